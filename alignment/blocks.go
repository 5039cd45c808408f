package alignment

import (
	"context"
	"fmt"
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
	bearing := p.blocksBearing(p.reach)
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
		}
		a.Blocks = append(a.Blocks, s)
	}
	return nil
}

// blockLeverage returns what the total gains if the whole block works fully; NaN if it is not known how some of its items
// that serve the journey work.
func (a *Assessment) blockLeverage(block int) float64 {
	if len(a.unjudged(block)) > 0 {
		return math.NaN()
	}
	w := a.world
	w.fullBlocks = 1 << block
	if a.program.anyNeeds {
		a.program.settle(&w)
	}
	return a.program.score(w).total - a.base.total
}

// unjudged returns the keys of the block's items that serve the journey, nobody knows how well.
func (a *Assessment) unjudged(block int) []string {
	var out []string
	for i := range a.program.items {
		if a.program.items[i].block == block && len(a.program.touch[i]) > 0 && !a.program.judged(i) {
			out = append(out, string(a.program.items[i].ref.Key))
		}
	}
	return out
}

// weighCosts finds the blocks that cost much, carry little and have little to gain. What carries little is known only
// where something is judged, and what there is to gain only where all is.
func (a *Assessment) weighCosts() {
	if !a.HasScore() {
		return
	}
	for b := range a.Blocks {
		s := &a.Blocks[b]
		carries := s.Total > 1e-12 && s.CostShare <= 2*s.Total/a.base.total
		s.OverInvested = s.CostShare > 0 && s.Leverage < .01 && !carries
		if names := a.unjudged(b); s.CostShare > 0 && !carries && len(names) > 0 {
			a.Notes = append(a.Notes, fmt.Sprintf("whether %s costs more than it carries is not known: nobody has judged %s", s.Block.Title(), listed(names)))
		}
	}
}
