package alignment

import (
	"math"
	"slices"
)

// findCells lists the cells that nothing helps, those that nobody judged, and those that raters see differently.
func (a *Assessment) findCells() {
	p := a.program
	for c := range p.cells {
		cell := &p.cells[c]
		if cell.weight == 0 {
			continue
		}
		switch {
		case !a.base.rated[c]:
			a.Unjudged = append(a.Unjudged, a.cellRef(c))
		case p.stages[cell.stage].reviewed && !cell.helped():
			a.Uncovered = append(a.Uncovered, a.cellRef(c))
		}
		if len(cell.raters) < 2 {
			continue
		}
		d := Disagreement{Cell: a.cellRef(c)}
		differ := false
		for r := range cell.raters {
			v, ok := a.world.rater(p, &cell.raters[r])
			if !ok {
				v = math.NaN()
			}
			d.Raters = append(d.Raters, RaterValue{cell.raters[r].key, v})
			differ = differ || !(math.Abs(v-d.Raters[0].Value) <= 1e-12) && !(math.IsNaN(v) && math.IsNaN(d.Raters[0].Value))
		}
		if differ {
			a.Disagreements = append(a.Disagreements, d)
		}
	}
}

// helped reports whether some link says that an item helps, however little.
func (cell *progCell) helped() bool {
	return slices.ContainsFunc(cell.raters, func(r progRater) bool {
		return slices.ContainsFunc(r.helpers, func(t term) bool { return t.strength != None })
	})
}

func (a *Assessment) measureTargets() {
	for _, t := range a.model.Targets {
		i := slices.IndexFunc(a.program.stages, func(s progStage) bool { return t.Stage.Matches(s.ref) })
		if i < 0 {
			continue // not in this persona's journeys
		}
		g := TargetGap{Stage: a.program.stages[i].ref, Facet: t.Facet, Target: t.Score, Support: a.Stages[i].Support}
		if t.Facet != "" {
			f := slices.IndexFunc(a.Stages[i].Facets, func(f FacetScore) bool { return f.Facet == t.Facet })
			if f < 0 {
				continue
			}
			g.Support = a.Stages[i].Facets[f].Support
		}
		g.Gap = g.Target - g.Support.Delivered
		if g.Gap < 0 {
			g.Gap = 0
		}
		g.Weighted = a.program.stages[i].weight * g.Gap
		a.Targets = append(a.Targets, g)
	}
}
