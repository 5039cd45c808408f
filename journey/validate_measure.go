package journey

import (
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/codec"
)

func (v *validator) measures(p place, ms []Measure) {
	for i := range ms {
		v.measure(place{p.ref, p.path + "/measures/" + itoa(i)}.of(ms[i].Ref()), &ms[i])
	}
}

func (v *validator) measure(p place, m *Measure) {
	v.identity(p, cxmodel.KindMeasure, m.Key, m.Name, true, m.Formerly, m.Aliases)
	if m.Metric == "" {
		v.err(p.at("metric"), CodeMissingMetric, "this measure has no metric; write one, such as %q or %q", MetricNPS, MetricCSAT)
	}
	v.word(func() place { return p.at("metric") }, "metric", string(m.Metric))
	if guess := misspelt(string(m.Metric), words(m.Metric.known())); guess != "" {
		v.warn(p.at("metric"), CodeUnknownMetric, "%q is no metric that the library knows; did you mean %q?", clip.Text(m.Metric), guess)
	}
	v.member(p, "level", m.Level.MarshalText)
	if m.Metric.Asked() && m.Level == LevelUnspecified {
		v.note(p.at("level"), CodeMissingLevel, "say whether the question is about the whole relationship or one transaction; answers to the two are not pooled")
	}
	scale, known := m.AnswerScale()
	switch {
	case !known && m.Metric.Asked():
		v.add(p.at("scale"), cxmodel.SeverityError, CodeMissingScale, cxmodel.ErrScale, "%s is asked on many scales; write this one's, such as scale: {min: 1, max: 5}", m.Metric)
	case known:
		if err := scale.Check(); err != nil {
			v.add(p.at("scale"), cxmodel.SeverityError, CodeBadScale, err, "%v", err)
			return
		}
	}
	v.target(p, m, scale)
	if m.Decision == "" {
		v.note(p.at("decision"), CodeNoDecision, "nothing is decided by this measure; say what its value changes, such as decision: who is on call, or drop it")
	}
	if m.Item != (cxmodel.Ref{}) && !m.Item.Key.Valid() {
		v.add(p.at("item"), cxmodel.SeverityError, CodeMalformedKey, m.Item.Key.Check(), "%v", m.Item.Key.Check())
	}
}

// misspelt returns the known word that word begins like and nearly is; the vocabulary is open, so other words are one's own.
func misspelt(word string, known []string) string {
	if len(word) < 3 || slices.Contains(known, word) {
		return ""
	}
	guess := codec.Nearest(word, known)
	if !strings.HasPrefix(guess, strings.ToLower(word[:2])) || max(len(guess)-len(word), len(word)-len(guess)) > 1 {
		return ""
	}
	return guess
}

// target checks floor and target.
func (v *validator) target(p place, m *Measure, scale cxmodel.Scale) {
	if !v.finite(p, "floor", m.Floor) || !v.finite(p, "target", m.Target) {
		return
	}
	if low, high, ok := m.Metric.bounds(scale); ok {
		v.bounded(p, m.Metric, "floor", m.Floor, low, high)
		v.bounded(p, m.Metric, "target", m.Target, low, high)
	}
	less, known := m.Metric.lessIsBetter(scale)
	switch {
	case m.Floor == nil && m.Target == nil:
	case m.Floor == nil || m.Target == nil:
		v.warn(p, CodeHalfTarget, "a performance needs both floor and target; write the other one too")
	case *m.Floor == *m.Target:
		v.err(p.at("target"), CodeFloorIsTarget, "floor and target are both %v; the floor is the value that is worth nothing, the target the one that is worth all", *m.Target)
	case known && less != (*m.Target < *m.Floor):
		v.warn(p.at("target"), CodeTargetSide, "the target %v is worse than the floor %v in %s; swap them", *m.Target, *m.Floor, m.Metric)
	}
}

func (v *validator) bounded(p place, m Metric, field string, x *float64, low, high float64) {
	if x == nil || *x >= low && *x <= high {
		return
	}
	cure := ""
	if high == 1 && *x > 1 && *x <= 100 {
		cure = "; 80 % is written 0.8"
	}
	v.err(p.at(field), CodeOutOfRange, "%s is %v; %s lies between %v and %v%s", field, *x, m, low, high, cure)
}
