package alignment

import (
	"fmt"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/journey"
)

// plans checks targets, teams, objectives and initiatives.
func (v *validator) plans() {
	for i, t := range v.m.Targets {
		path := fmt.Sprintf("/targets/%d", i)
		at, ok := v.resolve(&v.names.places, t.Stage, path+"/stage", "stage", "a target belongs to a stage")
		switch {
		case ok && at.ref.Kind != cxmodel.KindStage:
			v.fault(t.Stage, path+"/stage", CodeDangling, "%s is no stage; a target belongs to a stage, or to a facet of it", at.ref)
		case ok && t.Facet != "":
			v.judged(t.Stage, path+"/facet", at.ref, t.Facet)
		}
		if !(t.Score >= 0 && t.Score <= 1) {
			v.fault(t.Stage, path+"/score", CodeOutOfRange, "target %v; it lies in [0, 1]", t.Score)
		}
	}
	objectives := directory{}
	keyed := func(kind cxmodel.Kind, key cxmodel.Key, path string, seen map[cxmodel.Ref]bool) {
		ref := cxmodel.Ref{Kind: kind, Key: key}
		if err := key.Check(); err != nil {
			v.add(cxmodel.SeverityError, ref, path+"/key", CodeMissingKey, err, "%v", err)
		} else if seen[ref] {
			v.fault(ref, path+"/key", CodeDuplicateKey, "%s stands twice", ref)
		}
		seen[ref] = true
	}
	seen := map[cxmodel.Ref]bool{}
	for i, t := range v.m.Teams {
		keyed(cxmodel.KindTeam, t.Key, fmt.Sprintf("/teams/%d", i), seen)
	}
	measures := directory{}
	for _, j := range v.m.Journeys {
		for _, x := range j.AllMeasures() {
			if len(measures.keys[x.Key]) == 0 { // one key may stand at several touchpoints
				measures.add(element{cxmodel.Ref{Kind: cxmodel.KindMeasure, Key: x.Key}, 0}, x.Aliases, x.Formerly)
			}
		}
	}
	for i, o := range v.m.Objectives {
		path := fmt.Sprintf("/objectives/%d", i)
		keyed(cxmodel.KindObjective, o.Key, path, seen)
		objectives.add(element{cxmodel.Ref{Kind: cxmodel.KindObjective, Key: o.Key}, i}, nil, nil)
		for k, about := range o.About {
			v.resolve(&v.names.places, about, fmt.Sprintf("%s/about/%d", path, k), "stage or touchpoint", "an objective is about those")
		}
		if o.Measure != "" {
			v.resolve(&measures, cxmodel.Ref{Key: o.Measure}, path+"/measure", "measure", "add it to a journey, a stage or a touchpoint")
		}
	}
	eased := v.m.addressable()
	for i, n := range v.m.Initiatives {
		path := fmt.Sprintf("/initiatives/%d", i)
		keyed(cxmodel.KindInitiative, n.Key, path, seen)
		for k, o := range n.Objectives {
			v.resolve(&objectives, o, fmt.Sprintf("%s/objectives/%d", path, k), "objective", "add it under objectives")
		}
		for k, key := range n.Addresses {
			if ref := (cxmodel.Ref{Key: key}); len(eased.find(ref)) == 0 {
				v.resolve(&eased, ref, fmt.Sprintf("%s/addresses/%d", path, k), "pain or opportunity", "give it that key where it stands, at a touchpoint or a segment")
			}
		}
		for k, item := range n.Items {
			v.resolve(&v.names.items, item, fmt.Sprintf("%s/items/%d", path, k), "canvas item", "add it to a block of the canvas")
		}
		ref := cxmodel.Ref{Kind: cxmodel.KindInitiative, Key: n.Key}
		v.date(ref, path+"/start", n.Start)
		v.date(ref, path+"/end", n.End)
		if n.Start.Valid() && n.End.Valid() && n.End.Before(n.Start) {
			v.fault(ref, path+"/end", CodeBadDate, "%s ends on %s, before it starts on %s; swap the days", ref, n.End, n.Start)
		}
	}
}

// addressable returns what an initiative may address: pains and opportunities of touchpoints, jobs, pains and gains of segments.
func (m *Model) addressable() directory {
	var d directory
	put := func(kind cxmodel.Kind, key cxmodel.Key, formerly []cxmodel.Key) {
		if key != "" {
			d.add(element{cxmodel.Ref{Kind: kind, Key: key}, 0}, nil, formerly)
		}
	}
	for _, j := range m.Journeys {
		for _, t := range j.AllTouchpoints() {
			for _, p := range t.Pains {
				put(journey.PainKind, p.Key, p.Formerly)
			}
			for _, o := range t.Opportunities {
				put(journey.OpportunityKind, o.Key, o.Formerly)
			}
		}
	}
	if m.Canvas == nil {
		return d
	}
	for i := range m.Canvas.Segments {
		s := &m.Canvas.Segments[i]
		for _, x := range s.Jobs {
			put(canvas.KindJob, x.Key, x.Formerly)
		}
		for _, x := range s.Pains {
			put(canvas.KindPain, x.Key, x.Formerly)
		}
		for _, x := range s.Gains {
			put(canvas.KindGain, x.Key, x.Formerly)
		}
	}
	return d
}

// measures checks the items whose performance is measured; a name that means none would leave the answers without effect.
func (v *validator) measures() {
	for i, j := range v.m.Journeys {
		path := v.m.journeyPath(i)
		v.measured(path, j.Measures)
		for s := range j.Stages {
			at := fmt.Sprintf("%s/stages/%d", path, s)
			v.measured(at, j.Stages[s].Measures)
			for t := range j.Stages[s].Touchpoints {
				v.measured(fmt.Sprintf("%s/touchpoints/%d", at, t), j.Stages[s].Touchpoints[t].Measures)
			}
		}
	}
}

func (v *validator) measured(path string, ms []journey.Measure) {
	for i := range ms {
		if ref := ms[i].Item; ref.Key.Valid() { // a malformed key is an issue of the journey
			v.resolve(&v.names.items, ref, fmt.Sprintf("%s/measures/%d/item", path, i), "canvas item", "add it to a block of the canvas")
		}
	}
}

// date checks a day that may be unset.
func (v *validator) date(ref cxmodel.Ref, path string, d cxmodel.Date) {
	if !d.IsZero() && !d.Valid() {
		v.fault(ref, path, CodeBadDate, "the calendar has no %s; write a day that it has", d)
	}
}
