package alignment

import (
	"math"
	"slices"

	"github.com/cxmodel/cxmodel"
)

// nameStages names the stage that loses most and the lowest one, on the three scales, and those that the sampling error of
// what is measured does not tell from them: ends are the program at the worst and the best end of every interval.
func (a *Assessment) nameStages(ends []*program) {
	p := a.program
	add := func(n *Naming, scale string, at int, value float64) {
		ref := p.stages[at].ref
		n.ByScale = append(n.ByScale, NamedBy{Scale: scale, Stage: ref, Value: value})
		if !slices.Contains(n.Candidates, ref) {
			n.Candidates = append(n.Candidates, ref)
		}
	}
	var mayBeMost, mayBeLow []int
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
		if len(ends) == 0 || most < 0 {
			continue
		}
		worst, best := ends[0].score(ends[0].world(known, scale)).stages, ends[1].score(ends[1].world(known, scale)).stages
		for i := range p.stages {
			if math.IsNaN(s.stages[i]) || p.stages[i].weight == 0 {
				continue
			}
			if p.stages[i].weight*(1-worst[i]) > p.stages[most].weight*(1-best[most])+tie {
				mayBeMost = append(mayBeMost, i)
			}
			if low >= 0 && a.Stages[i].mayBeLowest() && worst[i] < best[low]-tie {
				mayBeLow = append(mayBeLow, i)
			}
		}
	}
	within := func(n *Naming, stages []int) {
		for _, i := range stages {
			if ref := p.stages[i].ref; !slices.Contains(n.Candidates, ref) {
				n.Candidates, n.Within = append(n.Candidates, ref), append(n.Within, ref)
			}
		}
	}
	within(&a.MostLost, mayBeMost)
	within(&a.Lowest, mayBeLow)
	order := func(x, y cxmodel.Ref) int { return p.stageIndex(x) - p.stageIndex(y) }
	slices.SortFunc(a.MostLost.Candidates, order)
	slices.SortFunc(a.Lowest.Candidates, order)
	slices.SortFunc(a.MostLost.Within, order)
	slices.SortFunc(a.Lowest.Within, order)
}

// mayBeLowest reports whether enough is known of a stage to call it the lowest.
func (s StageScore) mayBeLowest() bool { return s.Reviewed && s.Rated >= .5-1e-12 }

func (p *program) stageIndex(ref cxmodel.Ref) int {
	return slices.IndexFunc(p.stages, func(s progStage) bool { return s.ref == ref })
}
