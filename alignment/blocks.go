package alignment

import (
	"context"
	"math"

	"github.com/cxmodel/cxmodel/canvas"
)

func (a *Assessment) scoreBlocks(ctx context.Context) error {
	p := a.program
	contribution, err := p.contribution(ctx, a.scale, a.base)
	if err != nil {
		return err
	}
	standalone := p.standalone(a.scale, a.base)
	bearing := p.blocksBearing()
	cost, known := [9]float64{}, 0.
	counts := [9]int{}
	for i := range p.items {
		counts[p.items[i].block]++
		if c := p.items[i].cost; !math.IsNaN(c) {
			cost[p.items[i].block] += c
			known += c
		}
	}
	for b := range contribution {
		s := BlockScore{Block: canvas.Block(b + 1), Contribution: contribution[b], Standalone: standalone[b],
			Applicable: make([]bool, len(p.stages)), Items: counts[b], CostShare: math.NaN()}
		for c := range p.cells {
			if bearing[c]>>b&1 == 1 {
				s.Applicable[p.cells[c].stage] = true
			}
		}
		weight := 0.
		for i := range p.stages {
			if !math.IsNaN(a.base.stages[i]) {
				s.Total += p.stages[i].weight * contribution[b][i]
				weight += p.stages[i].weight
			}
		}
		if weight > 0 {
			s.Total /= weight
		}
		s.Leverage = a.blockLeverage(b)
		if known > 0 {
			s.CostShare = cost[b] / known
			carries := s.Total > 1e-12 && s.CostShare <= 2*s.Total/a.base.total
			s.OverInvested = s.CostShare > 0 && s.Leverage < .01 && !carries && !math.IsNaN(a.base.total)
		}
		a.Blocks = append(a.Blocks, s)
	}
	return nil
}

// blockLeverage returns what the total gains if every judged item of the block works fully.
func (a *Assessment) blockLeverage(block int) float64 {
	w := a.world
	w.fullBlocks = 1 << block
	if a.program.anyNeeds {
		a.program.settle(&w)
	}
	return a.program.score(w).total - a.base.total
}
