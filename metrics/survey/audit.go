package survey

import (
	"cmp"
	"context"
	"slices"
)

// maxAudit is the largest block of suppressed cells that is solved for: its square bounds the memory, its cube the steps.
const maxAudit = 2000

// audit suppresses a box around each suppressed cell that follows from several lines, and reports whether there were any.
// In a block of more than solvable cells each is taken to follow that has no box.
func (x *lattice) audit(ctx context.Context, solvable int) (more bool, err error) {
	for _, b := range x.blocks() {
		suspects := b.cells
		if len(b.cells) <= solvable {
			if suspects, err = x.solved(ctx, b); err != nil {
				return false, err
			}
		}
		for _, i := range suspects {
			if ctx.Err() != nil {
				return false, context.Cause(ctx)
			}
			for _, corner := range x.box(i) {
				if !x.cells[corner].hidden {
					x.hide(corner)
					more = true
				}
			}
		}
	}
	return more, nil
}

// A block is suppressed cells that hang together by lines.
type block struct{ cells, lines []int }

func (x *lattice) blocks() []block {
	parent := make([]int, len(x.cells))
	for i := range parent {
		parent[i] = i
	}
	root := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	first := make([]int, len(x.lines)) // a suppressed cell of each line
	for j, l := range x.lines {
		first[j] = -1
		if l.hidden == 0 {
			continue
		}
		for _, i := range x.members(j) {
			if !x.cells[i].hidden {
				continue
			}
			if first[j] < 0 {
				first[j] = i
			}
			parent[root(i)] = root(first[j])
		}
	}
	at := map[int]int{}
	var out []block
	of := func(i int) *block {
		r := root(i)
		if _, known := at[r]; !known {
			at[r] = len(out)
			out = append(out, block{})
		}
		return &out[at[r]]
	}
	for i := range x.cells {
		if x.cells[i].hidden {
			b := of(i)
			b.cells = append(b.cells, i)
		}
	}
	for j, i := range first {
		if i >= 0 {
			b := of(i)
			b.lines = append(b.lines, j)
		}
	}
	return out
}

// solved returns the cells of a block that its lines determine: those that Gauss-Jordan elimination over the integers modulo
// a prime leaves alone in a row.
func (x *lattice) solved(ctx context.Context, b block) ([]int, error) {
	const prime = 1<<31 - 1
	column := make(map[int]int, len(b.cells))
	for k, i := range b.cells {
		column[i] = k
	}
	var rows [][]uint32
	for _, j := range b.lines {
		row := make([]uint32, len(b.cells))
		for _, i := range x.lines[j].parts {
			if k, unknown := column[i]; unknown {
				row[k] = 1
			}
		}
		if k, unknown := column[x.lines[j].total]; unknown {
			row[k] = prime - 1
		}
		rows = append(rows, row)
	}
	rank := 0
	for k := 0; k < len(b.cells) && rank < len(rows); k++ {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		pivot := slices.IndexFunc(rows[rank:], func(row []uint32) bool { return row[k] != 0 })
		if pivot < 0 {
			continue
		}
		rows[rank], rows[rank+pivot] = rows[rank+pivot], rows[rank]
		inverse := power(uint64(rows[rank][k]), prime-2, prime)
		for c := range rows[rank] {
			rows[rank][c] = uint32(uint64(rows[rank][c]) * inverse % prime)
		}
		for r := range rows {
			if f := prime - uint64(rows[r][k]); r != rank && f != prime {
				for c, v := range rows[rank] {
					if v != 0 {
						rows[r][c] = uint32((uint64(rows[r][c]) + f*uint64(v)) % prime)
					}
				}
			}
		}
		rank++
	}
	var out []int
	for _, row := range rows[:rank] {
		unknown, at := 0, 0
		for k, v := range row {
			if v != 0 {
				unknown, at = unknown+1, k
			}
		}
		if unknown == 1 {
			out = append(out, b.cells[at])
		}
	}
	return out, nil
}

// power returns x^n modulo p < 2³².
func power(x, n, p uint64) uint64 {
	y := uint64(1)
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			y = y * x % p
		}
		x = x * x % p
	}
	return y
}

// maxTries bounds the cells that are tried in each dimension as the far side of a box.
const maxTries = 8

// box returns the corners of a box with the cell at one of them, all of which hold answers: of those tried the one with
// the fewest corners to suppress, and of these the one with the fewest answers. One of the cell and the totals above it
// there is always. Its corners can be one more and one less by turns: no line through a suppressed box determines any.
func (x *lattice) box(cell int) []int {
	s := boxSearch{lattice: x, fresh: 1 << 8}
	for d, line := range x.cells[cell].lines {
		if line >= 0 {
			s.dimensions = append(s.dimensions, d)
			s.levels = append(s.levels, x.levels(cell, d))
		}
	}
	s.extend([]int{cell}, 0, 0, 0)
	return s.best
}

// levels returns the codes to try for the other side of a box: those of suppressed cells, then those of the cells with the
// fewest answers, then the total.
func (x *lattice) levels(cell, dimension int) []int32 {
	others := slices.DeleteFunc(slices.Clone(x.members(x.cells[cell].lines[dimension])), func(i int) bool { return i == cell })
	slices.SortFunc(others, func(a, b int) int {
		p, q := &x.cells[a], &x.cells[b]
		if p.hidden != q.hidden {
			if p.hidden {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(p.n, q.n), cmp.Compare(a, b))
	})
	var out []int32
	for k, i := range others {
		code := x.cells[i].place[1+dimension]
		if x.cells[i].hidden || k < maxTries || code == 0 {
			out = append(out, code)
		}
	}
	return out
}

// A boxSearch looks for the cheapest box.
type boxSearch struct {
	*lattice
	dimensions []int
	levels     [][]int32
	best       []int
	fresh      int // corners of best that are shown
	answers    int // in these
}

// extend doubles a box, so many corners of which are shown, in each dimension from k on.
func (s *boxSearch) extend(corners []int, k, fresh, answers int) {
	if k == len(s.dimensions) {
		s.best, s.fresh, s.answers = slices.Clone(corners), fresh, answers
		return
	}
	for _, code := range s.levels[k] {
		wider, f, a := corners[:len(corners):len(corners)], fresh, answers
		for _, c := range corners {
			i := s.moved(c, s.dimensions[k], code)
			if i < 0 {
				f = s.fresh + 1
				break
			}
			if !s.cells[i].hidden {
				f++
				a += s.cells[i].n
			}
			wider = append(wider, i)
		}
		if f < s.fresh || f == s.fresh && a < s.answers {
			s.extend(wider, k+1, f, a)
		}
		if s.fresh == 0 {
			return
		}
	}
}
