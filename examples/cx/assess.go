package main

import (
	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

// assessFlags are the flags of every command that assesses a model.
type assessFlags struct {
	answers, persona, scale *string
	read                    *answerFlags
}

func (e *env) assessFlags() assessFlags {
	return assessFlags{
		read:    e.answerFlags(),
		answers: e.flags.String("answers", "", "survey answers, a CSV or JSON `file`; they replace judged performance where a measure names an item"),
		persona: e.flags.String("persona", "", "assess with the weights of this persona, by `key`"),
		scale:   e.flags.String("scale", "", "numbers of weak, medium, strong: `1-3-9`, 1-3-5 or 1-2-3"),
	}
}

// options returns the options of an assessment of m, and the answers that were counted, if any.
func (f assessFlags) options(e *env, m *alignment.Model) (*alignment.Options, *survey.Cube, error) {
	o := &alignment.Options{Persona: cxmodel.Key(*f.persona)}
	var err error
	if o.Scale, err = scale(*f.scale); err != nil {
		return nil, nil, err
	}
	if *f.answers == "" {
		return o, nil, nil
	}
	defs, err := alignment.MeasureDefs(m)
	if err != nil {
		return nil, nil, err
	}
	cube, err := survey.NewCube(defs, &survey.CubeOptions{SkipUnknown: true})
	if err != nil {
		return nil, nil, err
	}
	ro, err := f.read.reader(*f.answers, defs, alignment.AnswerAliases(m))
	if err != nil {
		return nil, nil, err
	}
	if err := e.count(cube, *f.answers, ro); err != nil {
		return nil, nil, err
	}
	measured, issues, err := alignment.Measurements(m, cube)
	list(e.stderr, issues)
	for _, x := range measured {
		if x.Estimate.Warnings&^metrics.WarnNoInterval != 0 {
			say(e.stderr, "%s: %s: %s\n", *f.answers, x.Measure, x.Estimate)
		}
	}
	o.Measured = measured
	return o, cube, err
}

func scale(name string) (alignment.StrengthScale, error) {
	if name == "" {
		return alignment.Scale139(), nil
	}
	for _, s := range []alignment.StrengthScale{alignment.Scale139(), alignment.Scale135(), alignment.Scale123()} {
		if s.Name == name {
			return s, nil
		}
	}
	return alignment.StrengthScale{}, usage("there is no scale %q; use 1-3-9, 1-3-5 or 1-2-3", name)
}
