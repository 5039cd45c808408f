package alignment

import (
	"context"
	"fmt"
	"math/bits"
	"slices"

	"github.com/cxmodel/cxmodel/canvas"
)

// divide returns the Owen values of a block's items in one cell, in points of the stage: the mean, over the coalitions H
// of the other blocks with the weights of Shapley, of the items' Shapley values in the game v(H + T) of their subsets T.
func (a *Assessment) divide(ctx context.Context, c, block, bearing int) ([]Leaf, error) {
	p := a.program
	g := cellGame{p: p, cell: &p.cells[c], w: a.world}
	needs := false
	for i := range p.items {
		if _, bears := slices.BinarySearch(p.reach[i], c); !bears {
			continue
		}
		g.bearing = append(g.bearing, i)
		needs = needs || len(p.items[i].needs) > 0
		if p.items[i].block == block {
			g.items = append(g.items, i)
		}
	}
	others := bearing &^ (1 << block)
	outer := shapleyWeights(bits.OnesCount(uint(others)) + 1)
	ref := a.cellRef(c)
	var each func(weight float64) error // adds the game of g.w.blocks to g.amounts
	switch {
	case !needs && g.layer():
		each = g.layers
	case len(g.items)+bits.OnesCount(uint(others)) > 16:
		return nil, fmt.Errorf("%w: %s (%s) has %d items of %s and %d other blocks, together more than 16; leave out links that decide nothing there", ErrTooMany,
			ref.Touchpoint, ref.Facet, len(g.items), canvas.Block(block+1).Title(), bits.OnesCount(uint(others)))
	default:
		g.enumerable()
		each = func(weight float64) error { return g.enumerate(ctx, weight) }
	}
	g.amounts = make([]float64, len(g.items))
	for h := others; ; h = (h - 1) & others {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		g.w.blocks = h | 1<<block
		if err := each(outer[bits.OnesCount(uint(h))] * g.cell.weight); err != nil {
			return nil, err
		}
		if h == 0 {
			break
		}
	}
	leaves := make([]Leaf, len(g.items))
	for i, item := range g.items {
		leaves[i] = Leaf{Touchpoint: ref.Touchpoint, Facet: ref.Facet, Item: p.items[item].ref, Amount: g.amounts[i]}
	}
	return leaves, nil
}

// A cellGame is what the items of one block make of one cell.
type cellGame struct {
	p       *program
	cell    *progCell
	w       world
	items   []int // of the block, that bear on the cell: the players
	bearing []int // of all blocks
	amounts []float64

	order  []int     // of bearing, each after those that it needs
	values []float64 // by coalition

	helps []float64  // by player: what it delivers
	needs []needSets // by group of alternatives
}

func (g *cellGame) enumerable() {
	for _, i := range g.p.order {
		if slices.Contains(g.bearing, i) {
			g.order = append(g.order, i)
		}
	}
	g.w.absent = make([]bool, len(g.p.items))
	g.w.factor = slices.Clone(g.w.factor)
	g.values = make([]float64, 1<<len(g.items))
}

// enumerate looks at every subset of the players.
func (g *cellGame) enumerate(ctx context.Context, weight float64) error {
	for t := range g.values {
		if t%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		for i, item := range g.items {
			g.w.absent[item] = t>>i&1 == 0
		}
		g.p.settleItems(&g.w, g.order)
		g.values[t], _ = g.w.cell(g.p, g.cell)
	}
	inner := shapleyWeights(len(g.items))
	for t := range g.values {
		for i := range g.items {
			if t>>i&1 == 0 {
				g.amounts[i] += weight * inner[bits.OnesCount(uint(t))] * (g.values[t|1<<i] - g.values[t])
			}
		}
	}
	return nil
}

// needSets are the members of a group of alternatives.
type needSets struct {
	with, without []float64 // by player: 1 - r (1 - q), and 1 - r, of its links in the group; -1 for no link
	others        []term    // of other blocks
}

// layer makes the game ready for layers. It is not for cells of several raters, nor where a player stands in two sets.
func (g *cellGame) layer() bool {
	if len(g.cell.raters) != 1 {
		return false
	}
	r := &g.cell.raters[0]
	player := map[int]int{}
	for k, i := range g.items {
		player[i] = k
	}
	g.helps = make([]float64, len(g.items))
	g.w.blocks = allBlocks
	for i := range r.helpers {
		if k, own := player[r.helpers[i].item]; own {
			v, _ := g.w.helper(g.p, &r.helpers[i])
			g.helps[k] = max(g.helps[k], v)
		}
	}
	seen := make([]int, len(g.items)) // sets of several players that it stands in
	for _, group := range r.needed {
		n := needSets{with: fill(len(g.items), -1), without: fill(len(g.items), -1)}
		for i := range group {
			k, own := player[group[i].item]
			if !own {
				n.others = append(n.others, group[i])
				continue
			}
			without := g.w
			without.out = group[i].item
			n.with[k] = max(n.with[k], g.w.need(g.p, &group[i]))
			n.without[k] = max(n.without[k], without.need(g.p, &group[i]))
		}
		members := 0
		for _, v := range n.with {
			if v >= 0 {
				members++
			}
		}
		for k, v := range n.with {
			if members > 1 && v >= 0 {
				if seen[k]++; seen[k] > 1 || g.helps[k] > 0 {
					return false
				}
			}
		}
		g.needs = append(g.needs, n)
	}
	return true
}

func fill(n int, v float64) []float64 { return slices.Repeat([]float64{v}, n) }

// layers adds the Shapley values without looking at subsets. The game is a product, G(T) · B(T), and with the levels
// g_j of G and b_k of B
//
//	v(T) = Σ over j, k of (g_j - g_{j-1}) (b_k - b_{k-1}) [G(T) ≥ g_j] [B(T) ≥ b_k]
//
// is a sum of games in which T is worth 1 if it holds one of each of some sets of players (those who lift their group to
// g_j, those who deliver b_k) and 0 otherwise. Where these sets are disjoint, or one holds the other, the value of such
// a game follows from their sizes alone.
func (g *cellGame) layers(weight float64) error {
	floors := make([]float64, len(g.needs)) // of the groups, without players
	top, bottom := 1., 1.
	var gates []float64
	for n, group := range g.needs {
		for i := range group.others {
			floors[n] = max(floors[n], g.w.need(g.p, &group.others[i]))
		}
		best := floors[n]
		for k := range g.items {
			floors[n] = max(floors[n], group.without[k])
			best = max(best, group.with[k])
		}
		best = max(best, floors[n])
		top, bottom = min(top, best), min(bottom, floors[n])
		gates = append(append(gates, floors[n]), group.with...)
	}
	best := 0.
	for i := range g.cell.raters[0].helpers {
		if t := &g.cell.raters[0].helpers[i]; !slices.Contains(g.items, t.item) {
			v, _ := g.w.helper(g.p, t)
			best = max(best, v)
		}
	}
	gates, helps := levels(append(gates, bottom), bottom, top), levels(append(slices.Clone(g.helps), best), best, 1)
	for j, gate := range gates {
		sets := make([][]int, 0, len(g.needs)+1)
		for n, group := range g.needs {
			if j > 0 && floors[n] < gate {
				sets = append(sets, atLeastLevel(group.with, gate))
			}
		}
		for k, help := range helps {
			all := sets
			if k > 0 {
				all = append(all, atLeastLevel(g.helps, help))
			}
			g.unanimous(all, weight*step(gates, j)*step(helps, k))
		}
	}
	return nil
}

// levels returns the distinct values from low to high, in order; low is among them.
func levels(values []float64, low, high float64) []float64 {
	values = slices.DeleteFunc(values, func(v float64) bool { return v < low || v > high })
	slices.Sort(values)
	return slices.Compact(values)
}

func step(levels []float64, i int) float64 {
	if i == 0 {
		return levels[0]
	}
	return levels[i] - levels[i-1]
}

func atLeastLevel(values []float64, level float64) []int {
	var out []int
	for k, v := range values {
		if v >= level {
			out = append(out, k)
		}
	}
	return out
}

// unanimous adds the Shapley values of the game that is worth worth to whoever holds one of each set. A set that holds
// another asks nothing more. Of those that remain, with N_j(s) the number of coalitions of s players that hold one of
// each set but none of set j, a player of set j has
//
//	φ = Σ over s of s! (n-s-1)! / n! · N_j(s)
//
// and N_j(s) is the coefficient of x^s in the product of (1 + x)^a - 1 over the sizes a of the other sets.
func (g *cellGame) unanimous(sets [][]int, worth float64) {
	if worth == 0 {
		return
	}
	var least [][]int
	n := 0
	for i, s := range sets {
		if !slices.ContainsFunc(sets, func(o []int) bool { return len(o) < len(s) && holds(s, o) }) &&
			!slices.ContainsFunc(sets[:i], func(o []int) bool { return slices.Equal(o, s) }) {
			least = append(least, s)
			n += len(s)
		}
	}
	weights := shapleyWeights(n)
	for j, s := range least {
		counts := []float64{1}
		for i, o := range least {
			if i != j {
				counts = meets(counts, len(o))
			}
		}
		phi := 0.
		for size, count := range counts {
			phi += weights[size] * count
		}
		for _, k := range s {
			g.amounts[k] += worth * phi
		}
	}
}

// holds reports whether sorted s holds all of sorted o.
func holds(s, o []int) bool {
	for _, k := range o {
		if _, found := slices.BinarySearch(s, k); !found {
			return false
		}
	}
	return true
}

// meets returns p · ((1 + x)^a - 1).
func meets(p []float64, a int) []float64 {
	out := make([]float64, len(p)+a)
	choose := 1.
	for i := 1; i <= a; i++ {
		choose = choose * float64(a-i+1) / float64(i)
		for k, v := range p {
			out[k+i] += v * choose
		}
	}
	return out
}
