package alignment

import (
	"math"
	"slices"

	"github.com/cxmodel/cxmodel"
)

// nameStages names the stage that loses most and the lowest one, on the three scales.
func (a *Assessment) nameStages() {
	p := a.program
	add := func(n *Naming, scale string, at int, value float64) {
		ref := p.stages[at].ref
		n.ByScale = append(n.ByScale, NamedBy{Scale: scale, Stage: ref, Value: value})
		if !slices.Contains(n.Candidates, ref) {
			n.Candidates = append(n.Candidates, ref)
		}
	}
	const tie = 1e-12 // equal but for rounding: document order decides
	for _, scale := range standardScales() {
		s := p.score(p.world(known, scale))
		most, low := -1, -1
		lost := func(i int) float64 { return p.stages[i].weight * (100 - 100*s.stages[i]) }
		for i := range p.stages {
			if math.IsNaN(s.stages[i]) || p.stages[i].weight == 0 {
				continue
			}
			if most < 0 || lost(i) > lost(most)+tie {
				most = i
			}
			if a.Stages[i].mayBeLowest() && (low < 0 || s.stages[i] < s.stages[low]-tie) {
				low = i
			}
		}
		if most >= 0 {
			add(&a.MostLost, scale.Name, most, lost(most))
		}
		if low >= 0 {
			add(&a.Lowest, scale.Name, low, s.stages[low])
		}
	}
	order := func(x, y cxmodel.Ref) int { return p.stageIndex(x) - p.stageIndex(y) }
	slices.SortFunc(a.MostLost.Candidates, order)
	slices.SortFunc(a.Lowest.Candidates, order)
}

// mayBeLowest reports whether enough is known of a stage to call it the lowest.
func (s StageScore) mayBeLowest() bool { return s.Reviewed && s.Rated >= .5-1e-12 }

func (p *program) stageIndex(ref cxmodel.Ref) int {
	return slices.IndexFunc(p.stages, func(s progStage) bool { return s.ref == ref })
}
