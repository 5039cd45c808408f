package alignment

import (
	"fmt"
	"math"
	"slices"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
)

func (a *Assessment) scoreTotal() {
	p := a.program
	paper := a.paperStages()
	a.Total = Support{Delivered: a.base.total, Design: p.totalOf(paper), Low: a.low.total, High: a.high.total}.ordered()
	for j, jn := range a.model.Journeys {
		s := JourneyScore{Key: jn.Key, Name: jn.Name}
		present := false
		for i := range p.stages {
			if p.stages[i].journey == j {
				s.Weight += p.stages[i].weight
				present = true
			}
		}
		if !present {
			continue // left out for this persona
		}
		designs := paper
		if math.IsNaN(p.journeyOf(j, a.base.stages)) {
			designs = a.paper.stages
		}
		s.Support = Support{Delivered: p.journeyOf(j, a.base.stages), Design: p.journeyOf(j, designs),
			Low: p.journeyOf(j, a.low.stages), High: p.journeyOf(j, a.high.stages)}.ordered()
		a.Journeys = append(a.Journeys, s)
	}
}

// paperStages returns the designs of the stages that have a value today, so that the totals' gaps are of the same stages;
// of all stages where none has.
func (a *Assessment) paperStages() []float64 {
	if math.IsNaN(a.base.total) {
		return a.paper.stages
	}
	out := slices.Clone(a.paper.stages)
	for i := range out {
		if math.IsNaN(a.base.stages[i]) {
			out[i] = math.NaN()
		}
	}
	return out
}

func (a *Assessment) scoreStages() {
	p := a.program
	touching := p.blocksBearing(p.touch)
	for i := range p.stages {
		st := &p.stages[i]
		s := StageScore{Ref: st.ref, Name: st.name, Weight: st.weight, Reviewed: st.reviewed,
			Journey: a.model.Journeys[st.journey].Key,
			Support: Support{Delivered: a.base.stages[i], Design: a.paper.stages[i], Low: a.low.stages[i], High: a.high.stages[i]}.ordered()}
		s.PointsLost = s.Weight * (100 - 100*s.Support.Delivered)
		s.AfterOneFailure = s.Support.Delivered
		for c := st.first; c < st.last; c++ {
			if a.base.rated[c] {
				s.Rated += p.cells[c].weight
			}
		}
		s.Facets = a.facets(i)
		a.Touchpoints = append(a.Touchpoints, a.touchpoints(i, touching)...)
		if math.IsNaN(st.weight) || st.weight == 0 {
			a.Notes = append(a.Notes, fmt.Sprintf("stage %q has weight 0: it is shown and does not count", st.ref.Key))
		}
		a.Partial = a.Partial || st.weight > 0 && math.IsNaN(s.Support.Delivered)
		a.Stages = append(a.Stages, s)
	}
}

// mean returns the weighted support of some cells; NaN where they have no weight.
func (a *Assessment) mean(cells []int, weight func(*progCell) float64) Support {
	total, s := 0., Support{}
	rated, paper := false, false
	for _, c := range cells {
		w := weight(&a.program.cells[c])
		total += w
		s.Low += w * a.low.cells[c]
		s.High += w * a.high.cells[c]
		if a.base.rated[c] {
			s.Delivered += w * a.base.cells[c]
			rated = true
		}
		if a.paper.rated[c] {
			s.Design += w * a.paper.cells[c]
			paper = true
		}
	}
	if total == 0 {
		nan := math.NaN()
		return Support{nan, nan, nan, nan}
	}
	s = Support{s.Delivered / total, s.Low / total, s.High / total, s.Design / total}
	if !rated {
		s.Delivered = math.NaN()
	}
	if !paper {
		s.Design = math.NaN()
	}
	return s.ordered()
}

func (a *Assessment) facets(stage int) []FacetScore {
	var out []FacetScore
	st := &a.program.stages[stage]
	by := map[cxmodel.Key][]int{}
	for c := st.first; c < st.last; c++ {
		f := a.program.cells[c].facet
		if by[f] == nil {
			out = append(out, FacetScore{Facet: f})
		}
		by[f] = append(by[f], c)
	}
	for i := range out {
		for _, c := range by[out[i].Facet] {
			out[i].Weight += a.program.cells[c].weight
		}
		out[i].Support = a.mean(by[out[i].Facet], func(c *progCell) float64 { return c.weight })
	}
	return out
}

func (a *Assessment) touchpoints(stage int, touching []int) []TouchpointScore {
	var out []TouchpointScore
	st := &a.program.stages[stage]
	for first := st.first; first < st.last; {
		cell := &a.program.cells[first]
		var cells []int
		for c := first; c < st.last && a.program.cells[c].touchpoint == cell.touchpoint; c++ {
			cells = append(cells, c)
		}
		t := TouchpointScore{Stage: st.ref, Ref: cell.touchpoint, Name: cell.name, Weight: cell.share}
		t.Support = a.mean(cells, func(c *progCell) float64 { return c.facetShare })
		for b := range canvas.Blocks() {
			if slices.ContainsFunc(cells, func(c int) bool { return touching[c]>>(b-1)&1 == 1 }) {
				t.Blocks = append(t.Blocks, b)
			}
		}
		out = append(out, t)
		first += len(cells)
	}
	return out
}
