package survey

import (
	"cmp"
	"iter"
	"maps"
	"slices"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
)

// Cells yields the cells that hold anything, by measure, touchpoint, segment and period; keys in alphabetical order,
// periods in that of time, the empty key and the zero period first.
func (c *Cube) Cells() iter.Seq[Cell] {
	return func(yield func(Cell) bool) {
		for _, id := range c.sorted() {
			m, t, s, p := id.codes()
			count := c.measures[m].view(c.cells[id])
			if !yield(Cell{c.touchpoints.keys[t], c.segments.keys[s], c.periods[p], count}) {
				return
			}
		}
	}
}

// sorted returns the cells that hold anything, in the order of Cells.
func (c *Cube) sorted() []cellID {
	rank := func(keys []cxmodel.Key) []uint16 {
		order := make([]uint16, len(keys))
		for i := range order {
			order[i] = uint16(i)
		}
		slices.SortFunc(order, func(a, b uint16) int { return cmp.Compare(keys[a], keys[b]) })
		ranks := make([]uint16, len(keys))
		for r, i := range order {
			ranks[i] = uint16(r)
		}
		return ranks
	}
	measures := make([]cxmodel.Key, len(c.measures))
	for i, m := range c.measures {
		measures[i] = m.def.Key
	}
	mr, tr, sr := rank(measures), rank(c.touchpoints.keys), rank(c.segments.keys)
	ids := slices.Collect(maps.Keys(c.cells))
	ids = slices.DeleteFunc(ids, func(id cellID) bool {
		m, _, _, _ := id.codes()
		return c.measures[m].empty(c.cells[id])
	})
	slices.SortFunc(ids, func(a, b cellID) int {
		am, at, as, ap := a.codes()
		bm, bt, bs, bp := b.codes()
		return cmp.Or(cmp.Compare(mr[am], mr[bm]), cmp.Compare(tr[at], tr[bt]), cmp.Compare(sr[as], sr[bs]), c.periods[ap].Compare(c.periods[bp]))
	})
	return ids
}

// A Cell is what a Cube has counted for one measure at one touchpoint, in one segment and period.
type Cell struct {
	Touchpoint cxmodel.Key // empty: not given, or rolled up
	Segment    cxmodel.Key // empty: not given, or rolled up
	Period     Period      // zero: no time given, or rolled up
	Count
}

// Cell returns one cell, with nothing counted where no answer fell into it. It fails with [ErrUnknownMeasure].
func (c *Cube) Cell(measure, touchpoint, segment cxmodel.Key, period Period) (Cell, error) {
	cell := Cell{Touchpoint: touchpoint, Segment: segment, Period: period}
	m, ok := c.byMeasure[measure]
	if !ok {
		return cell, c.unknown(measure)
	}
	cell.Count = Count{Measure: c.measures[m].def, Answers: metrics.NewTally(c.measures[m].def.Scale)}
	t, ok1 := c.touchpoints.byKey[touchpoint]
	s, ok2 := c.segments.byKey[segment]
	p, ok3 := c.byPeriod[period]
	if i, ok := c.cells[makeID(m, t, s, p)]; ok && ok1 && ok2 && ok3 {
		cell.Count = c.measures[m].view(i)
	}
	return cell, nil
}

// Total returns all answers to one measure. It fails with [ErrUnknownMeasure].
func (c *Cube) Total(measure cxmodel.Key) (Count, error) {
	if _, ok := c.byMeasure[measure]; !ok {
		return Count{}, c.unknown(measure)
	}
	slice, err := c.Slice(Filter{Measures: []cxmodel.Key{measure}})
	if err != nil {
		return Count{}, err
	}
	whole, err := slice.RollUp(AllDimensions)
	if err != nil {
		return Count{}, err
	}
	cell, err := whole.Cell(measure, "", "", Period{})
	return cell.Count, err
}
