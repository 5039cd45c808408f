package alignment

import (
	"context"
	"math/bits"
	"runtime"
	"sync"
)

// contribution returns, by block and stage, the exact Shapley value over the nine blocks of the stage's delivered
// score (L. S. Shapley, A value for n-person games, 1953):
//
//	φ_b = Σ over S without b of |S|! (n-|S|-1)! / n! (v(S + b) - v(S))
//
// The value is additive over cells, and a block that does not bear on a cell gets nothing there, so each cell is a
// game of its own among the blocks that bear on it.
func (p *program) contribution(ctx context.Context, scale StrengthScale, base scored) ([9][]float64, error) {
	var out [9][]float64
	for b := range out {
		out[b] = make([]float64, len(p.stages))
	}
	bearing := p.blocksBearing(p.reach)
	players := 0
	for _, blocks := range bearing {
		players |= blocks
	}
	worlds := p.coalitions(players, scale)
	perCell := make([][9]float64, len(p.cells))
	var wg sync.WaitGroup
	workers := min(runtime.GOMAXPROCS(0), len(p.stages))
	for worker := range workers {
		wg.Go(func() {
			for c := worker; c < len(p.cells) && ctx.Err() == nil; c += workers {
				if base.rated[c] && p.cells[c].weight > 0 {
					perCell[c] = p.cellContribution(&p.cells[c], bearing[c], worlds)
				}
			}
		})
	}
	wg.Wait()
	for c := range p.cells { // in order, so that the sums do not depend on the workers
		for b, v := range perCell[c] {
			out[b][p.cells[c].stage] += p.cells[c].weight * v
		}
	}
	return out, ctx.Err()
}

// coalitions returns the world of every set of some blocks. Without needs they share their factors.
func (p *program) coalitions(blocks int, scale StrengthScale) []world {
	worlds := make([]world, blocks+1)
	whole := p.world(known, scale)
	for s := blocks; ; s = (s - 1) & blocks {
		worlds[s] = whole
		worlds[s].blocks = s
		if p.anyNeeds {
			p.settle(&worlds[s])
		}
		if s == 0 {
			return worlds
		}
	}
}

// blocksBearing returns, by cell, the bit set of the blocks with an item that reaches it.
func (p *program) blocksBearing(reach [][]int) []int {
	out := make([]int, len(p.cells))
	for i, cells := range reach {
		for _, c := range cells {
			out[c] |= 1 << p.items[i].block
		}
	}
	return out
}

func (p *program) cellContribution(c *progCell, players int, worlds []world) (phi [9]float64) {
	n := bits.OnesCount(uint(players))
	weights := shapleyWeights(n)
	var values [1 << 9]float64
	for s := players; s > 0; s = (s - 1) & players { // every non-empty subset; the empty one is worth 0
		values[s], _ = worlds[s].cell(p, c)
	}
	for s := players; ; s = (s - 1) & players {
		size := bits.OnesCount(uint(s))
		for rest := players &^ s; rest > 0; rest &= rest - 1 {
			b := rest & -rest
			phi[bits.TrailingZeros(uint(b))] += weights[size] * (values[s|b] - values[s])
		}
		if s == 0 {
			return phi
		}
	}
}

// shapleyWeights returns s! (n-s-1)! / n! by s.
func shapleyWeights(n int) []float64 {
	w := make([]float64, n)
	if n == 0 {
		return w
	}
	w[0] = 1 / float64(n)
	for s := 1; s < n; s++ {
		w[s] = w[s-1] * float64(s) / float64(n-s)
	}
	return w
}

// standalone returns, by block and stage, the score where only that block's items contribute, and requirements and
// needs on other blocks are taken as met.
func (p *program) standalone(scale StrengthScale, base scored) (out [9][]float64) {
	for b := range out {
		w := p.world(known, scale)
		w.blocks, w.alone = 1<<b, true
		p.settle(&w)
		out[b] = make([]float64, len(p.stages))
		for c := range p.cells {
			if base.rated[c] {
				v, _ := w.cell(p, &p.cells[c])
				out[b][p.cells[c].stage] += p.cells[c].weight * v
			}
		}
	}
	return out
}
