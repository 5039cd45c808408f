package journey

import (
	"iter"
	"strconv"

	"github.com/cxmodel/cxmodel"
)

// AllTouchpoints iterates over the touchpoints with their stages, in the order of the document. What it yields are
// pointers into j.
func (j *Journey) AllTouchpoints() iter.Seq2[*Stage, *Touchpoint] {
	return func(yield func(*Stage, *Touchpoint) bool) {
		for i := range j.Stages {
			s := &j.Stages[i]
			for k := range s.Touchpoints {
				if !yield(s, &s.Touchpoints[k]) {
					return
				}
			}
		}
	}
}

// MomentsOfTruth iterates over the touchpoints that are marked as moments of truth, in the order of the document.
func (j *Journey) MomentsOfTruth() iter.Seq2[*Stage, *Touchpoint] {
	return func(yield func(*Stage, *Touchpoint) bool) {
		for s, t := range j.AllTouchpoints() {
			if t.Moment != MomentUnspecified && !yield(s, t) {
				return
			}
		}
	}
}

// AllMeasures iterates over the measures with what they are asked about: the journey's first, then those of each
// stage and its touchpoints. The reference is zero for the measures of a journey without key.
func (j *Journey) AllMeasures() iter.Seq2[cxmodel.Ref, *Measure] {
	return func(yield func(cxmodel.Ref, *Measure) bool) {
		each := func(of cxmodel.Ref, ms []Measure) bool {
			for i := range ms {
				if !yield(of, &ms[i]) {
					return false
				}
			}
			return true
		}
		if !each(j.Ref(), j.Measures) {
			return
		}
		for i := range j.Stages {
			s := &j.Stages[i]
			if !each(s.Ref(), s.Measures) {
				return
			}
			for k := range s.Touchpoints {
				if !each(s.Touchpoints[k].Ref(), s.Touchpoints[k].Measures) {
					return
				}
			}
		}
	}
}

// An Element is a part of a journey that a reference can name.
type Element struct {
	Ref   cxmodel.Ref // without key where the element has none
	Path  string      // JSON Pointer from the journey
	Value any         // *Persona, *Measure, *Lane, *Stage, *Touchpoint, *Pain, *Delight or *Opportunity
}

// Elements iterates over everything that has a key of its own, in the order of the document, parents before children.
func (j *Journey) Elements() iter.Seq[Element] {
	return func(yield func(Element) bool) {
		personas := func() bool {
			return list(yield, "/personas", j.Personas, cxmodel.KindPersona, func(p *Persona) cxmodel.Key { return p.Key }, nil)
		}
		measures := func(yield func(Element) bool, path string, ms []Measure) bool {
			return list(yield, path+"/measures", ms, cxmodel.KindMeasure, func(m *Measure) cxmodel.Key { return m.Key }, nil)
		}
		touchpoint := func(path string, t *Touchpoint) bool {
			return measures(yield, path, t.Measures) &&
				list(yield, path+"/pains", t.Pains, PainKind, func(p *Pain) cxmodel.Key { return p.Key }, nil) &&
				list(yield, path+"/delights", t.Delights, DelightKind, func(d *Delight) cxmodel.Key { return d.Key }, nil) &&
				list(yield, path+"/opportunities", t.Opportunities, OpportunityKind, func(o *Opportunity) cxmodel.Key { return o.Key }, nil)
		}
		stage := func(path string, s *Stage) bool {
			return measures(yield, path, s.Measures) &&
				list(yield, path+"/touchpoints", s.Touchpoints, cxmodel.KindTouchpoint, func(t *Touchpoint) cxmodel.Key { return t.Key }, touchpoint)
		}
		_ = personas() && measures(yield, "", j.Measures) &&
			list(yield, "/lanes", j.Lanes, LaneKind, func(l *Lane) cxmodel.Key { return l.Key }, nil) &&
			list(yield, "/stages", j.Stages, cxmodel.KindStage, func(s *Stage) cxmodel.Key { return s.Key }, stage)
	}
}

// list yields the elements of one list, each followed by what inner yields of it.
func list[T any](yield func(Element) bool, path string, of []T, kind cxmodel.Kind, key func(*T) cxmodel.Key, inner func(string, *T) bool) bool {
	for i := range of {
		at := path + "/" + strconv.Itoa(i)
		if !yield(Element{Ref: cxmodel.Ref{Kind: kind, Key: key(&of[i])}, Path: at, Value: &of[i]}) {
			return false
		}
		if inner != nil && !inner(at, &of[i]) {
			return false
		}
	}
	return true
}
