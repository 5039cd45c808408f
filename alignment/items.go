package alignment

import (
	"context"
	"math"
	"slices"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
)

func (a *Assessment) scoreItems(ctx context.Context) error {
	p := a.program
	measured := map[cxmodel.Ref]bool{}
	for _, u := range a.Measured {
		measured[u.Item] = true
	}
	worst := make([]float64, len(p.stages))
	for i := range p.items {
		if err := ctx.Err(); err != nil {
			return err
		}
		it := &p.items[i]
		out, full := p.knockOut(i, a.world, a.base), p.leverage(i, a.world, a.base)
		s := ItemScore{Ref: it.ref, Name: it.name, Owner: it.owner, Block: canvas.Block(it.block + 1), Performance: math.NaN(),
			Measured: measured[it.ref], KnockOut: out.total, Leverage: full.total, KnockOutBy: out.stages, LeverageBy: full.stages,
			Stages: p.linkedStages(i), CostPerYear: it.cost, GainPerCost: math.NaN(), LossPerCost: math.NaN()}
		if it.rated {
			s.Performance = it.perf
		}
		if it.cost > 0 {
			s.GainPerCost, s.LossPerCost = full.total/it.cost, out.total/it.cost
			s.Currency = a.model.Canvas.Currency
		}
		for st := range a.Stages {
			if out.stages[st] > worst[st]+1e-12 {
				worst[st] = out.stages[st]
				a.Stages[st].WorstFailure = it.ref
			}
		}
		a.Items = append(a.Items, s)
	}
	for st := range a.Stages {
		a.Stages[st].AfterOneFailure = a.Stages[st].Support.Delivered - worst[st]
	}
	return nil
}

// linkedStages counts the stages that the item has a link in.
func (p *program) linkedStages(item int) int {
	stages := map[int]bool{}
	for _, c := range p.reach[item] {
		for r := range p.cells[c].raters {
			p.cells[c].raters[r].each(func(t *term, _ bool) {
				if t.item == item && t.strength != None {
					stages[p.cells[c].stage] = true
				}
			})
		}
	}
	return len(stages)
}

// servingBlocks are the blocks whose items are meant to reach customers; the others count money and name segments.
var servingBlocks = []canvas.Block{canvas.ValuePropositions, canvas.Channels, canvas.CustomerRelationships, canvas.KeyResources, canvas.KeyActivities, canvas.KeyPartnerships}

// findItems lists the items that serve nothing and those that carry too much.
func (a *Assessment) findItems() {
	p := a.program
	byKnockOut := make([]int, len(p.items))
	for i := range p.items {
		byKnockOut[i] = i
		if slices.Contains(servingBlocks, canvas.Block(p.items[i].block+1)) && len(p.touch[i]) == 0 {
			a.Orphans = append(a.Orphans, p.items[i].ref)
		}
	}
	slices.SortStableFunc(byKnockOut, func(x, y int) int {
		switch d := a.Items[y].KnockOut - a.Items[x].KnockOut; {
		case d > 1e-12:
			return 1
		case d < -1e-12:
			return -1
		}
		return 0
	})
	top := byKnockOut[:(len(byKnockOut)+9)/10]
	for i := range p.items {
		if slices.Contains(top, i) && a.Items[i].KnockOut > 0 && a.Items[i].Stages > 3 {
			a.Overloaded = append(a.Overloaded, p.items[i].ref)
		}
	}
}
