package survey

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/cxmodel/cxmodel"
)

// AllLabel stands in the label columns of a suppressed table for a dimension that is added up.
const AllLabel = "(all)"

// SuppressOptions are the choices of a table without small cells; nil stands for the defaults.
type SuppressOptions struct {
	EstimateOptions
	Min    int        // the fewest answers that are shown; 0 means 5
	Totals Dimensions // over which sums are shown too, in every combination
}

// Suppression says why a row is not shown.
type Suppression string

// The reasons.
const (
	SuppressedFew        Suppression = "few-answers"   // fewer than Min
	SuppressedComplement Suppression = "complementary" // else a row with few answers would follow by subtraction
)

// Suppressed is a table without small cells.
type Suppressed struct {
	Table
	Few        int  `json:"few"`        // rows suppressed for having few answers
	Complement int  `json:"complement"` // rows suppressed to protect those
	Audited    bool `json:"audited"`    // no number of a suppressed row follows from the others by any sums and differences
}

// Suppress returns the cells as a table in which groups of fewer than Min answers are not shown, so that nobody's answer
// can be read off, and neither are others from which they would follow:
//
//   - of the rows that add up to one total, none or at least two are suppressed, the total among them, and
//   - the suppressed ones below a total that is shown have Min answers together.
//
// Line by line the rows are taken that make the fewest others follow, the smallest first. Then every block of lines with at most 500 suppressed rows is
// audited for rows that follow from several lines at once, and these are protected too; Audited says whether that was
// all of them. Bounds are not audited: a row can be known to lie in a range. Only the sums named by Totals are protected;
// show no others. Empty cells are shown as empty. It fails with [ErrOption], [ErrShape] if Totals has been rolled up
// already, as [Cube.Table] does, or with the error of the context.
func (c *Cube) Suppress(ctx context.Context, opts *SuppressOptions) (*Suppressed, error) {
	var o SuppressOptions
	if opts != nil {
		o = *opts
	}
	if o.Min == 0 {
		o.Min = 5
	}
	if o.Min < 0 || o.Totals&^AllDimensions != 0 {
		return nil, fmt.Errorf("%w: at least %d answers, totals %b", ErrOption, o.Min, o.Totals)
	}
	if c.rolledUp&o.Totals != 0 {
		return nil, fmt.Errorf("%w: totals over a dimension that has been rolled up", ErrShape)
	}
	cells, lines, err := c.lattice(ctx, o.Totals)
	if err != nil {
		return nil, err
	}
	index := newLineIndex(cells, lines)
	for i := range cells {
		if n := cells[i].cell.N(); n > 0 && n < o.Min {
			index.hide(cells, i, SuppressedFew)
		}
	}
	out := &Suppressed{Table: Table{Labels: []string{"touchpoint", "segment", "period"}}}
	for {
		if err := protect(ctx, cells, lines, index, o.Min); err != nil {
			return nil, err
		}
		more, whole, err := audit(ctx, cells, lines, index)
		if err != nil {
			return nil, err
		}
		if out.Audited = whole; !more {
			break
		}
	}
	for i := range cells {
		if err := out.show(ctx, &cells[i], &o.EstimateOptions); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *Suppressed) show(ctx context.Context, l *latticeCell, opts *EstimateOptions) error {
	switch l.hidden {
	case SuppressedFew:
		s.Few++
	case SuppressedComplement:
		s.Complement++
	default:
		return s.add(ctx, l.cell.Count, opts, l.labels[:]...)
	}
	d := l.cell.Measure
	s.Rows = append(s.Rows, TableRow{Measure: d.Key, Level: d.Level, Labels: l.labels[:], Estimate: unavailable(""), Suppressed: l.hidden})
	return nil
}

// A latticeCell is a cell of the cube or of one of its sums.
type latticeCell struct {
	cell   Cell
	labels [3]string
	hidden Suppression
}

// A sumLine is the indexes of cells that add up to a total.
type sumLine struct {
	parts []int
	total int
}

// lattice returns the cells with all their sums, and how they add up.
func (c *Cube) lattice(ctx context.Context, totals Dimensions) ([]latticeCell, []sumLine, error) {
	type place struct {
		measure cxmodel.Key
		labels  [3]string
	}
	var cells []latticeCell
	at := map[place]int{}
	for t := Dimensions(0); t <= AllDimensions; t++ {
		if t&^totals != 0 {
			continue
		}
		sums, err := c.RollUp(t)
		if err != nil {
			return nil, nil, err
		}
		for cell := range sums.Cells() {
			if ctx.Err() != nil {
				return nil, nil, context.Cause(ctx)
			}
			l := latticeCell{cell: cell, labels: [3]string{string(cell.Touchpoint), string(cell.Segment), cell.Period.String()}}
			for d := range 3 {
				if t&(1<<d) != 0 {
					l.labels[d] = AllLabel
				}
			}
			at[place{cell.Measure.Key, l.labels}] = len(cells)
			cells = append(cells, l)
		}
	}
	lines, byTotal := []sumLine{}, map[[2]int]int{} // by total and dimension
	for i, l := range cells {
		if l.cell.N() == 0 {
			continue
		}
		for d := range 3 {
			if totals&(1<<d) == 0 || l.labels[d] == AllLabel {
				continue
			}
			up := l.labels
			up[d] = AllLabel
			k := [2]int{at[place{l.cell.Measure.Key, up}], d}
			j, known := byTotal[k]
			if !known {
				j = len(lines)
				byTotal[k] = j
				lines = append(lines, sumLine{total: k[0]})
			}
			lines[j].parts = append(lines[j].parts, i)
		}
	}
	return cells, lines, nil
}

// protect suppresses more cells until no line gives one away.
func protect(ctx context.Context, cells []latticeCell, lines []sumLine, index *lineIndex, least int) error {
	for again := true; again; {
		again = false
		for _, l := range lines {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			for !l.safe(cells, least) {
				i := l.cheapest(cells, index)
				if i < 0 {
					break
				}
				index.hide(cells, i, SuppressedComplement)
				again = true
			}
		}
	}
	return nil
}

// safe reports whether a line gives nothing away.
func (l sumLine) safe(cells []latticeCell, least int) bool {
	hidden, answers := 0, 0
	for _, i := range l.parts {
		if cells[i].hidden != "" {
			hidden++
			answers += cells[i].cell.N()
		}
	}
	if cells[l.total].hidden != "" {
		return hidden > 0
	}
	return hidden == 0 || hidden > 1 && answers >= least
}

// cheapest returns the part to suppress of those that are shown: the one that breaks into the fewest lines without
// suppressed cells, so that few others have to follow, and of these the one with the fewest answers. It returns the total
// if no part is shown, -1 if that is not either.
func (l sumLine) cheapest(cells []latticeCell, index *lineIndex) int {
	best, bestBreaks := -1, 0
	for _, i := range l.parts {
		if cells[i].hidden != "" {
			continue
		}
		breaks := index.breaks(i)
		if best < 0 || cmp.Or(cmp.Compare(breaks, bestBreaks), cmp.Compare(cells[i].cell.N(), cells[best].cell.N())) < 0 {
			best, bestBreaks = i, breaks
		}
	}
	if best < 0 && cells[l.total].hidden == "" {
		best = l.total
	}
	return best
}

// A lineIndex knows the lines of each cell, and how many cells of each line are suppressed.
type lineIndex struct {
	of     [][]int // by cell
	hidden []int   // by line
}

func newLineIndex(cells []latticeCell, lines []sumLine) *lineIndex {
	x := &lineIndex{make([][]int, len(cells)), make([]int, len(lines))}
	for j, l := range lines {
		for _, i := range l.members() {
			x.of[i] = append(x.of[i], j)
		}
	}
	return x
}

func (x *lineIndex) hide(cells []latticeCell, i int, why Suppression) {
	cells[i].hidden = why
	for _, j := range x.of[i] {
		x.hidden[j]++
	}
}

// breaks returns the number of lines of a cell that have no suppressed cell.
func (x *lineIndex) breaks(i int) (n int) {
	for _, j := range x.of[i] {
		if x.hidden[j] == 0 {
			n++
		}
	}
	return n
}

// maxAudit is the largest block of suppressed cells that is audited; its cube is the number of steps.
const maxAudit = 500

// audit looks for suppressed cells that follow from several lines, by elimination, and suppresses another for each. whole
// is false where a block was too large.
func audit(ctx context.Context, cells []latticeCell, lines []sumLine, index *lineIndex) (more, whole bool, err error) {
	whole = true
	for _, block := range blocks(cells, lines) {
		if ctx.Err() != nil {
			return false, false, context.Cause(ctx)
		}
		if len(block.cells) > maxAudit {
			whole = false
			continue
		}
		if !block.solvable(cells, lines) {
			continue
		}
		best := -1
		for _, j := range block.lines {
			if i := lines[j].cheapest(cells, index); i >= 0 && (best < 0 || cells[i].cell.N() < cells[best].cell.N()) {
				best = i
			}
		}
		if best < 0 {
			whole = false
			continue
		}
		index.hide(cells, best, SuppressedComplement)
		more = true
	}
	return more, whole, nil
}

// A block is suppressed cells that hang together by lines.
type block struct{ cells, lines []int }

func blocks(cells []latticeCell, lines []sumLine) []block {
	parent := make([]int, len(cells))
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
	first := make([]int, len(lines)) // a suppressed cell of each line
	for j, l := range lines {
		first[j] = -1
		for _, i := range l.members() {
			if cells[i].hidden == "" {
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
	for i, c := range cells {
		if c.hidden != "" {
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

func (l sumLine) members() []int { return append(l.parts[:len(l.parts):len(l.parts)], l.total) }

// solvable reports whether the lines determine a suppressed cell: whether Gauss-Jordan elimination over the integers
// modulo a prime leaves a row with one unknown.
func (b block) solvable(cells []latticeCell, lines []sumLine) bool {
	const prime = 1<<31 - 1
	column := make(map[int]int, len(b.cells))
	for k, i := range b.cells {
		column[i] = k
	}
	var rows [][]uint64
	for _, j := range b.lines {
		row := make([]uint64, len(b.cells))
		for _, i := range lines[j].parts {
			if k, unknown := column[i]; unknown {
				row[k] = 1
			}
		}
		if k, unknown := column[lines[j].total]; unknown {
			row[k] = prime - 1
		}
		rows = append(rows, row)
	}
	rank := 0
	for k := 0; k < len(b.cells) && rank < len(rows); k++ {
		pivot := slices.IndexFunc(rows[rank:], func(row []uint64) bool { return row[k] != 0 })
		if pivot < 0 {
			continue
		}
		rows[rank], rows[rank+pivot] = rows[rank+pivot], rows[rank]
		inverse := power(rows[rank][k], prime-2, prime)
		for c := range rows[rank] {
			rows[rank][c] = rows[rank][c] * inverse % prime
		}
		for r := range rows {
			if f := rows[r][k]; r != rank && f != 0 {
				for c, x := range rows[rank] {
					if x != 0 {
						rows[r][c] = (rows[r][c] + (prime-f)*x) % prime
					}
				}
			}
		}
		rank++
	}
	return slices.ContainsFunc(rows[:rank], func(row []uint64) bool {
		unknown := 0
		for _, x := range row {
			unknown += cmp.Compare(x, 0)
		}
		return unknown == 1
	})
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
