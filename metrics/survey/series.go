package survey

import (
	"fmt"
	"iter"

	"github.com/cxmodel/cxmodel"
)

// Series yields the cell of every period from one to another, both included, in the order of time, with nothing counted
// where no answer fell into it: those of one measure at a touchpoint and in a segment, as in [Cube.Cell]. For all of them
// together roll the cube up first ([Cube.RollUp]). A zero from or to stands for the first or last period in which that
// series has anything; where it has nothing, none is yielded. Answers without a time are in none.
//
// It fails with [ErrUnknownMeasure], with [ErrShape] where the cube has no periods, or not of the length of from and to, and
// with [ErrOption] where to is before from. The cube must not be changed meanwhile.
func (c *Cube) Series(measure, touchpoint, segment cxmodel.Key, from, to Period) (iter.Seq[Cell], error) {
	m, known := c.byMeasure[measure]
	switch {
	case !known:
		return nil, c.unknown(measure)
	case c.opts.Every == EveryUnspecified || c.rolledUp&DimensionPeriod != 0:
		return nil, fmt.Errorf("%w: the cube has no periods; set Every, and do not roll them up", ErrShape)
	}
	for _, p := range []Period{from, to} {
		if !p.IsZero() && p.Every() != c.opts.Every {
			return nil, fmt.Errorf("%w: %s in a cube of periods %q", ErrShape, p, c.opts.Every)
		}
	}
	if !from.IsZero() && !to.IsZero() && to.Compare(from) < 0 {
		return nil, fmt.Errorf("%w: the series ends with %s, before it begins with %s", ErrOption, to, from)
	}
	first, last := c.span(m, touchpoint, segment)
	if from.IsZero() {
		from = first
	}
	if to.IsZero() {
		to = last
	}
	return func(yield func(Cell) bool) {
		if from.IsZero() || to.IsZero() {
			return
		}
		for p := from; !p.IsZero() && p.Compare(to) <= 0; p = p.Add(1) {
			cell, err := c.Cell(measure, touchpoint, segment, p)
			if err != nil || !yield(cell) { // the measure is known
				return
			}
		}
	}, nil
}

// span returns the first and the last period in which a series has anything, zero without.
func (c *Cube) span(measure int, touchpoint, segment cxmodel.Key) (first, last Period) {
	t, ok1 := c.touchpoints.byKey[touchpoint]
	s, ok2 := c.segments.byKey[segment]
	if !ok1 || !ok2 {
		return first, last
	}
	for _, w := range c.weightsOf(measure) {
		m := c.measures[w]
		for cell, id := range m.ids {
			_, ct, cs, p := id.codes()
			if period := c.periods[p]; ct == t && cs == s && !period.IsZero() && !m.empty(uint32(cell)) {
				if first.IsZero() || period.Compare(first) < 0 {
					first = period
				}
				if last.Compare(period) < 0 { // the zero Period comes first
					last = period
				}
			}
		}
	}
	return first, last
}
