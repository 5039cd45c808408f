package alignment

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/codec"
	"github.com/cxmodel/cxmodel/journey"
	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

// ErrNoMeasure is returned for a model whose journeys ask nothing.
var ErrNoMeasure = errors.New("the journeys have no measure that is asked of customers; add one to a journey, such as measures: [{key: nps, metric: nps}]")

// MeasureDefs returns the questions of the model's journeys as package survey needs them: the measures whose metric is
// computed from answers, each key once. Two measures of one key that differ in metric, level or scale are an error,
// because their answers could not be told apart.
func MeasureDefs(m *Model) ([]survey.MeasureDef, error) {
	var out []survey.MeasureDef
	var fault error
	if m == nil {
		return nil, fmt.Errorf("alignment: there is no model: %w", ErrNoMeasure)
	}
	newCompiler(m, "").eachMeasure(func(x *journey.Measure, at cxmodel.Ref) {
		if !x.Metric.Asked() {
			return
		}
		def := survey.MeasureDef{Key: x.Key, Metric: survey.Metric(x.Metric), Question: x.Question, Level: levelOf(x.Level)}
		def.Scale, _ = x.AnswerScale()
		same := slices.IndexFunc(out, func(d survey.MeasureDef) bool { return d.Key == x.Key })
		switch {
		case same < 0:
			out = append(out, def)
		case out[same].Metric != def.Metric || out[same].Level != def.Level || out[same].Scale != def.Scale:
			fault = fmt.Errorf("alignment: measure %q at %s differs in metric, level or scale from the one before; give it a key of its own", x.Key, at)
		}
	})
	if fault == nil && len(out) == 0 {
		fault = fmt.Errorf("alignment: %w", ErrNoMeasure)
	}
	return out, fault
}

func levelOf(l journey.Level) survey.Level {
	switch l {
	case journey.LevelRelationship:
		return survey.LevelRelationship
	case journey.LevelTransaction:
		return survey.LevelTransaction
	}
	return survey.LevelUnspecified
}

// AnswerAliases returns the names by which answers may call the model's measures, touchpoints and segments: their
// aliases and former keys.
func AnswerAliases(m *Model) survey.Aliases {
	a := survey.Aliases{Measures: map[string]cxmodel.Key{}, Touchpoints: map[string]cxmodel.Key{}, Segments: map[string]cxmodel.Key{}}
	if m == nil {
		return a
	}
	put := func(to map[string]cxmodel.Key, key cxmodel.Key, aliases []string, formerly []cxmodel.Key) {
		for _, x := range aliases {
			to[x] = key
		}
		for _, x := range formerly {
			to[string(x)] = key
		}
	}
	newCompiler(m, "").eachMeasure(func(x *journey.Measure, _ cxmodel.Ref) { put(a.Measures, x.Key, x.Aliases, x.Formerly) })
	for _, j := range m.Journeys {
		if j == nil {
			continue // Validate reports it
		}
		for _, t := range j.AllTouchpoints() {
			put(a.Touchpoints, t.Key, t.Aliases, t.Formerly)
		}
	}
	if m.Canvas != nil {
		for i := range m.Canvas.Segments {
			s := &m.Canvas.Segments[i]
			put(a.Segments, s.Key, s.Aliases, s.Formerly)
		}
	}
	return a
}

// ReadAnswers counts the answers of a file by the measures of the model; answers to other questions are passed over and
// counted in the cube's Skipped. The issues are the rows that could not be read, the first hundred of them; rejected is
// how many there are.
func ReadAnswers(ctx context.Context, m *Model, r io.Reader, opts *survey.ReaderOptions) (cube *survey.Cube, issues cxmodel.Issues, rejected int, err error) {
	defs, err := MeasureDefs(m)
	if err != nil {
		return nil, nil, 0, err
	}
	o := survey.ReaderOptions{}
	if opts != nil {
		o = *opts
	}
	if o.Aliases.Measures == nil && o.Aliases.Touchpoints == nil && o.Aliases.Segments == nil {
		o.Aliases = AnswerAliases(m)
	}
	cube, err = survey.NewCube(defs, &survey.CubeOptions{SkipUnknown: true})
	if err != nil {
		return nil, nil, 0, fmt.Errorf("alignment: answers: %w", err)
	}
	reader := survey.NewReader(r, &o)
	err = cube.AddReader(ctx, reader)
	issues, rejected = reader.Rejected()
	if err != nil {
		return nil, issues, rejected, fmt.Errorf("alignment: answers: %w", err)
	}
	return cube, issues, rejected, nil
}

// Measurements returns the estimates of a cube by measure and touchpoint, over all segments and periods, for
// Options.Measured. What has no answer is left out; so are, each with a warning, answers about a touchpoint that the model
// does not have or does not ask there, and those that name none where several measures of the key could be meant.
func Measurements(m *Model, cube *survey.Cube) ([]Measurement, cxmodel.Issues, error) {
	if m == nil || cube == nil {
		return nil, nil, fmt.Errorf("alignment: answers: there is no model or no cube: %w", metrics.ErrNoData)
	}
	rolled, err := cube.RollUp(survey.DimensionSegment | survey.DimensionPeriod)
	if err != nil {
		return nil, nil, fmt.Errorf("alignment: answers: %w", err)
	}
	compiler := newCompiler(m, "")
	var out []Measurement
	var issues cxmodel.Issues
	for c := range rolled.Cells() {
		e, err := c.Estimate(nil)
		if errors.Is(err, metrics.ErrNoData) {
			continue
		}
		if err != nil {
			return nil, nil, fmt.Errorf("alignment: answers to %q at %q: %w", c.Measure.Key, c.Touchpoint, err)
		}
		ref := cxmodel.Ref{Kind: cxmodel.KindTouchpoint, Key: c.Touchpoint}
		place := compiler.names.places.find(ref)
		if c.Touchpoint != "" && len(place) != 1 {
			cure := "add it, or the name as an alias of one"
			if guess := codec.Nearest(string(c.Touchpoint), compiler.names.places.known()); guess != "" {
				cure = fmt.Sprintf("did you mean %q? (it can be an alias)", guess)
			}
			issues = append(issues, cxmodel.Issue{Ref: ref, Code: CodeDangling, Severity: cxmodel.SeverityWarning, Err: ErrDangling,
				Message: fmt.Sprintf("%s to %q left out: the journeys have no touchpoint %q; %s", count(c.N(), "answer"), c.Measure.Key, c.Touchpoint, cure)})
			continue
		}
		x := Measurement{Measure: c.Measure.Key, Touchpoint: c.Touchpoint, Estimate: e}
		if c.Touchpoint != "" {
			x.Touchpoint = place[0].ref.Key // the present key where the answers have a former one
		}
		if _, _, err := compiler.findMeasure(x); err != nil {
			code := CodeDangling
			if errors.Is(err, ErrAmbiguous) {
				code = CodeAmbiguous
			}
			issues = append(issues, cxmodel.Issue{Ref: cxmodel.Ref{Kind: cxmodel.KindMeasure, Key: c.Measure.Key}, Code: code, Severity: cxmodel.SeverityWarning,
				Err: err, Message: fmt.Sprintf("%s left out: %s", count(c.N(), "answer"), strings.TrimPrefix(err.Error(), "alignment: "))})
			continue
		}
		out = append(out, x)
	}
	return out, issues, nil
}
