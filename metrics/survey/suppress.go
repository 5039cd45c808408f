package survey

import (
	"context"
	"fmt"
)

// AllLabel stands in the label columns of a suppressed table for a dimension that is added up.
const AllLabel = "(all)"

// SuppressOptions are the choices of a table without small cells; nil stands for the defaults.
type SuppressOptions struct {
	EstimateOptions
	Min    int        // the fewest answers that are shown; 0 means 5
	Totals Dimensions // over which sums are shown too, in every combination
}

// Suppressed is a table without small cells. Which of its rows are small is not told, because a number can follow from
// that: of six answers in two rows, one of them with fewer than five, the other has five.
type Suppressed struct {
	Table
	Few        int `json:"-"` // rows suppressed for having few answers; not for publication
	Complement int `json:"-"` // rows suppressed because one of those would follow; not for publication
}

// Suppress returns the cells as a table in which groups of fewer than Min answers are not shown, so that nobody's answer
// can be read off, and neither are others from which they would follow by sums and differences:
//
//   - of the rows that add up to one total, none or at least two are suppressed, the total among them,
//   - the suppressed ones below a total that is shown have Min answers together, and
//   - no suppressed row follows from several totals at once.
//
// Line by line the rows are taken that make the fewest others follow, the smallest first. Rows that hang together are then
// solved for as a system of equations, and what can be solved for is protected by a hypercube of suppressed rows, which
// can all be one more or one less without changing a sum (R. D. Repsilber, Preservation of confidentiality in aggregated
// data, Second International Seminar on Statistical Confidentiality, Luxembourg 1994). Beyond 2,000 rows that hang together
// each of them gets a hypercube, so that somewhat more is suppressed than would have to be.
//
// Bounds are not looked at: a row can be known to lie in a range. Only the sums named by Totals are protected; show no
// others. Empty cells are shown as empty. It fails with [ErrOption], [ErrShape] if Totals has been rolled up
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
	x, err := c.lattice(ctx, o.Totals)
	if err != nil {
		return nil, err
	}
	if err := x.suppress(ctx, o.Min, maxAudit); err != nil {
		return nil, err
	}
	out := &Suppressed{Table: Table{Labels: []string{"touchpoint", "segment", "period"}}}
	for i := range x.cells {
		if err := out.show(ctx, &x.cells[i], &o); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *Suppressed) show(ctx context.Context, l *latticeCell, o *SuppressOptions) error {
	switch {
	case !l.hidden:
		return s.add(ctx, l.cell.Count, &o.EstimateOptions, l.labels[:]...)
	case l.n < o.Min:
		s.Few++
	default:
		s.Complement++
	}
	d := l.cell.Measure
	s.Rows = append(s.Rows, TableRow{Measure: d.Key, Level: d.Level, Labels: l.labels[:], Estimate: unavailable(""), Suppressed: true})
	return nil
}

// suppress hides the cells with few answers and those from which they follow; blocks of up to solvable cells are solved for.
func (x *lattice) suppress(ctx context.Context, least, solvable int) error {
	for i := range x.cells {
		if n := x.cells[i].n; n > 0 && n < least {
			x.hide(i)
		}
	}
	for again := true; again; {
		if err := x.protect(ctx, least); err != nil {
			return err
		}
		var err error
		if again, err = x.audit(ctx, solvable); err != nil {
			return err
		}
	}
	return nil
}

// protect suppresses more cells until no line gives one away.
func (x *lattice) protect(ctx context.Context, least int) error {
	for again := true; again; {
		again = false
		for j := range x.lines {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			for !x.safe(j, least) {
				i := x.cheapest(j)
				if i < 0 {
					break
				}
				x.hide(i)
				again = true
			}
		}
	}
	return nil
}

// safe reports whether a line gives nothing away.
func (x *lattice) safe(line, least int) bool {
	l := x.lines[line]
	hidden, answers := 0, 0
	for _, i := range l.parts {
		if x.cells[i].hidden {
			hidden++
			answers += x.cells[i].n
		}
	}
	if x.cells[l.total].hidden {
		return hidden > 0
	}
	return hidden == 0 || hidden > 1 && answers >= least
}

// cheapest returns the part to suppress of those that are shown: the one that breaks into the fewest lines without
// suppressed cells, so that few others have to follow, and of these the one with the fewest answers. It returns the total
// if no part is shown, -1 if that is not either.
func (x *lattice) cheapest(line int) int {
	l := x.lines[line]
	best, bestBreaks := -1, 0
	for _, i := range l.parts {
		if x.cells[i].hidden {
			continue
		}
		breaks := x.breaks(i)
		if best < 0 || breaks < bestBreaks || breaks == bestBreaks && x.cells[i].n < x.cells[best].n {
			best, bestBreaks = i, breaks
		}
	}
	if best < 0 && !x.cells[l.total].hidden {
		best = l.total
	}
	return best
}
