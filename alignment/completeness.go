package alignment

import (
	"math"
	"slices"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/journey"
)

// A Completeness says how far a model has been entered. Nothing in it is a score of the business.
type Completeness struct {
	Components []Component `json:"components"`
	Steps      []Step      `json:"steps"`
}

// A Component is a part of customer experience work, with the share of the model that has it.
type Component struct {
	Name  string        `json:"name"`
	Share journey.Share `json:"share"`
}

// A Step is one of the four steps from map to improvement. Open is what keeps its gate shut.
type Step struct {
	Name  string        `json:"name"`
	Share journey.Share `json:"share"`
	Done  bool          `json:"done"` // this step and all before it
	Open  string        `json:"open,omitempty"`
}

// Completeness reports how far the model has been entered: by component (journey map, touchpoints, feedback, internal
// alignment, governance, metrics), and by the four steps map the stages, find the touchpoints, assess the blocks, find
// improvements, each with a gate that is open when the share is whole and the gates before it are open.
func (a *Assessment) Completeness() Completeness {
	var c Completeness
	if a.model == nil {
		return c
	}
	var stages, touchpoints, rated, eased journey.Share
	var listening, owners, measured, decided, linked journey.Share
	add := func(s *journey.Share, ref cxmodel.Ref, counts bool) {
		s.Of++
		if counts {
			s.Count++
		} else {
			s.Without = append(s.Without, ref)
		}
	}
	join := func(s *journey.Share, o journey.Share) {
		s.Count, s.Of, s.Without = s.Count+o.Count, s.Of+o.Of, append(s.Without, o.Without...)
	}
	addressed := a.model.addressed()
	for _, j := range a.model.Journeys {
		for i := range j.Stages {
			s := &j.Stages[i]
			add(&stages, s.Ref(), s.Kind != "" || s.Phase != journey.PhaseUnspecified)
			add(&touchpoints, s.Ref(), len(s.Touchpoints) > 0)
		}
		of := j.Coverage(nil)
		join(&listening, of.Listening)
		join(&owners, of.Owners)
		join(&measured, of.Measured)
		join(&decided, of.Decisions)
		for _, t := range j.AllTouchpoints() {
			for i := range t.Pains {
				add(&eased, t.Ref(), addressed[t.Pains[i].Key])
			}
		}
	}
	for n := range a.program.cells {
		if a.program.cells[n].weight > 0 {
			add(&rated, a.program.cells[n].touchpoint, a.base.rated[n])
		}
	}
	for i := range a.program.items {
		if slices.Contains(servingBlocks, canvas.Block(a.program.items[i].block+1)) {
			add(&linked, a.program.items[i].ref, len(a.program.touch[i]) > 0)
			add(&owners, a.program.items[i].ref, a.program.items[i].owner != "")
		}
	}
	c.Components = []Component{
		{"journey map: stages with kind or phase", stages}, {"touchpoints: stages that have some", touchpoints},
		{"feedback: touchpoints that hear the customer", listening}, {"internal alignment: items that serve the journey", linked},
		{"governance: touchpoints and items with an owner", owners}, {"metrics: touchpoints with a measure", measured},
		{"decisions: measures that decide something", decided},
	}
	open := true
	for _, s := range []Step{
		{Name: "map the stages", Share: stages, Open: "stages without kind and phase"},
		{Name: "find the touchpoints", Share: touchpoints, Open: "stages without touchpoints"},
		{Name: "assess the blocks", Share: rated, Open: "cells that nobody has judged"},
		{Name: "find improvements", Share: eased, Open: "pains that nobody works on"},
	} {
		open = open && s.Share.Count == s.Share.Of
		s.Done = open
		if s.Share.Count == s.Share.Of {
			s.Open = ""
		}
		c.Steps = append(c.Steps, s)
	}
	return c
}

// A WorkCount says how many items of one kind of work (strategy, process, role, …) touch each stage.
type WorkCount struct {
	Work    canvas.Work `json:"work"` // empty: items that do not say
	Items   int         `json:"items"`
	ByStage []int       `json:"by-stage"` // items with a link to the stage that is not none, or a path of needs
}

// WorkByStage counts, by kind of work, the items that touch each stage, in the order in which the canvas first names
// the kinds: are there strategies, processes and roles behind every stage?
func (a *Assessment) WorkByStage() []WorkCount {
	var out []WorkCount
	i := 0
	for e := range entries(a.model) {
		at := slices.IndexFunc(out, func(w WorkCount) bool { return w.Work == e.Base().Work })
		if at < 0 {
			at = len(out)
			out = append(out, WorkCount{Work: e.Base().Work, ByStage: make([]int, len(a.program.stages))})
		}
		out[at].Items++
		touched := map[int]bool{}
		for _, c := range a.program.touch[i] {
			touched[a.program.cells[c].stage] = true
		}
		for s := range touched {
			out[at].ByStage[s]++
		}
		i++
	}
	return out
}

// A Risk is an item without which a stage loses much: a single point of failure.
type Risk struct {
	Stage cxmodel.Ref `json:"stage"`
	Item  cxmodel.Ref `json:"item"`
	Lost  float64     `json:"lost"`  // points of the stage, in [0, 1]
	Share float64     `json:"share"` // of the stage's score
}

// Risks lists the items whose failure would cost a stage at least the given share of its score, in (0, 1], the largest
// loss of the total first.
func (a *Assessment) Risks(share float64) []Risk {
	var out []Risk
	weight := map[cxmodel.Ref]float64{}
	for i, s := range a.Stages {
		weight[s.Ref] = s.Weight
		if math.IsNaN(s.Support.Delivered) || s.Support.Delivered == 0 {
			continue
		}
		for _, it := range a.Items {
			if lost := it.KnockOutBy[i]; lost/s.Support.Delivered >= share-1e-12 && lost > 0 {
				out = append(out, Risk{Stage: s.Ref, Item: it.Ref, Lost: lost, Share: lost / s.Support.Delivered})
			}
		}
	}
	slices.SortStableFunc(out, func(x, y Risk) int {
		switch d := weight[y.Stage]*y.Lost - weight[x.Stage]*x.Lost; {
		case d > 1e-12:
			return 1
		case d < -1e-12:
			return -1
		}
		return 0
	})
	return out
}
