package alignment

import (
	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/journey"
)

// A successor maps the elements of an older model to those of a newer one: the same kind and key, or the one that was
// formerly called so.
type successor map[cxmodel.Ref]cxmodel.Ref

type named struct {
	ref      cxmodel.Ref
	formerly []cxmodel.Key
}

// newSuccessor pairs the canvas items, journeys, stages and touchpoints of two models.
func newSuccessor(before, after *Model) successor {
	living, former := map[cxmodel.Ref]bool{}, map[cxmodel.Ref]cxmodel.Ref{}
	each := func(m *Model, f func(named)) {
		for e := range entries(m) {
			f(named{e.Ref(), e.Base().Formerly})
		}
		for _, j := range m.Journeys {
			f(named{cxmodel.Ref{Kind: cxmodel.KindJourney, Key: j.Key}, j.Formerly})
			for i := range j.Stages {
				f(named{j.Stages[i].Ref(), j.Stages[i].Formerly})
				for k := range j.Stages[i].Touchpoints {
					f(named{j.Stages[i].Touchpoints[k].Ref(), j.Stages[i].Touchpoints[k].Formerly})
				}
			}
		}
	}
	each(after, func(n named) {
		living[n.ref] = true
		for _, key := range n.formerly {
			if old := (cxmodel.Ref{Kind: n.ref.Kind, Key: key}); former[old].IsZero() {
				former[old] = n.ref
			}
		}
	})
	s, items := successor{}, map[cxmodel.Key]cxmodel.Ref{}
	for e := range entries(after) {
		items[e.Base().Key] = e.Ref()
		for _, key := range e.Base().Formerly {
			if _, taken := items[key]; !taken {
				items[key] = e.Ref()
			}
		}
	}
	each(before, func(n named) {
		switch now, moved := former[n.ref], items[n.ref.Key]; {
		case living[n.ref]:
			s[n.ref] = n.ref
		case !now.IsZero():
			s[n.ref] = now
		case isItem(n.ref.Kind) && !moved.IsZero(): // in another block
			s[n.ref] = moved
		}
	})
	return s
}

func isItem(k cxmodel.Kind) bool {
	switch k {
	case cxmodel.KindJourney, cxmodel.KindStage, cxmodel.KindTouchpoint:
		return false
	}
	return true
}

// A meaning is what a link links, by the elements and not by how they are written.
type meaning struct {
	item, to     cxmodel.Ref
	facet        cxmodel.Key
	required     bool
	group, rater cxmodel.Key
}

// meaning returns what a link of m means, false if something in it does not resolve. With a successor it is told in the
// names of the newer model, and false also if that has no such element.
func (n *names) meaning(l Link, s successor) (meaning, bool) {
	items, places := n.items.find(l.Item), n.places.find(l.To)
	if len(items) != 1 || len(places) != 1 {
		return meaning{}, false
	}
	item, to, ok1, ok2 := items[0].ref, places[0].ref, true, true
	if s != nil {
		item, ok1 = s[item]
		to, ok2 = s[to]
	}
	return meaning{item, to, l.Facet, l.required(), l.Group, l.Rater}, ok1 && ok2
}

// journeyPair is a journey of the older model with that of the newer; either may be nil.
type journeyPair struct {
	before, after *journey.Journey
	at            int // of the newer; -1
}

func pairJourneys(before, after *Model, s successor) []journeyPair {
	used := make([]bool, len(before.Journeys))
	var out []journeyPair
	for i, j := range after.Journeys {
		p := journeyPair{after: j, at: i}
		for k, o := range before.Journeys {
			same := s[cxmodel.Ref{Kind: cxmodel.KindJourney, Key: o.Key}].Key == j.Key && (o.Key == j.Key || j.Key != "")
			if !used[k] && (same || len(before.Journeys) == 1 && len(after.Journeys) == 1) {
				p.before, used[k] = o, true
				break
			}
		}
		out = append(out, p)
	}
	for k, o := range before.Journeys {
		if !used[k] {
			out = append(out, journeyPair{before: o, at: -1})
		}
	}
	return out
}
