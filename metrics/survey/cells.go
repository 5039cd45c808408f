package survey

import (
	"cmp"
	"iter"
	"slices"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
)

// Cells yields the cells that hold anything, by measure, touchpoint, segment and period; keys in alphabetical order,
// periods in that of time, the empty key and the zero period first. The cube must not be changed meanwhile.
func (c *Cube) Cells() iter.Seq[Cell] {
	return func(yield func(Cell) bool) {
		ids := c.sorted()
		for len(ids) > 0 {
			m, t, s, p := ids[0].codes()
			n := 1 // cells of the same place and measure, by weight
			for n < len(ids) && ids[n]&^makeID(maxMeasures, 0, 0, 0) == makeID(0, t, s, p) && c.measures[ids[n].measure()].def.Key == c.measures[m].def.Key {
				n++
			}
			if !yield(Cell{c.touchpoints.keys[t], c.segments.keys[s], c.periods[p], c.counted(ids[:n])}) {
				return
			}
			ids = ids[n:]
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
	mr, tr, sr := c.rankMeasures(), rank(c.touchpoints.keys), rank(c.segments.keys)
	ids := make([]cellID, 0, c.cells)
	for _, m := range c.measures {
		for cell, id := range m.ids {
			if !m.empty(uint32(cell)) {
				ids = append(ids, id)
			}
		}
	}
	slices.SortFunc(ids, func(a, b cellID) int {
		am, at, as, ap := a.codes()
		bm, bt, bs, bp := b.codes()
		return cmp.Or(cmp.Compare(mr[am], mr[bm]), cmp.Compare(tr[at], tr[bt]), cmp.Compare(sr[as], sr[bs]), c.periods[ap].Compare(c.periods[bp]),
			cmp.Compare(c.measures[am].weight, c.measures[bm].weight))
	})
	return ids
}

// rankMeasures returns the alphabetical rank of each measure, the same for all its weights.
func (c *Cube) rankMeasures() []int {
	rank := map[cxmodel.Key]int{}
	for i, d := range c.Measures() {
		rank[d.Key] = i
	}
	ranks := make([]int, len(c.measures))
	for i, m := range c.measures {
		ranks[i] = rank[m.def.Key]
	}
	return ranks
}

// A Cell is what a Cube has counted for one measure at one touchpoint, in one segment and period.
type Cell struct {
	Touchpoint cxmodel.Key `json:"touchpoint,omitempty"` // empty: not given, or rolled up
	Segment    cxmodel.Key `json:"segment,omitempty"`    // empty: not given, or rolled up
	Period     Period      `json:"period,omitzero"`      // zero: no time given, or rolled up
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
	if !ok1 || !ok2 || !ok3 {
		return cell, nil
	}
	var ids []cellID
	for _, w := range c.weightsOf(m) {
		id := makeID(w, t, s, p)
		if cell, known := c.index(id); known && !c.measures[w].empty(cell) {
			ids = append(ids, id)
		}
	}
	if len(ids) > 0 {
		cell.Count = c.counted(ids)
	}
	return cell, nil
}

// Total returns all answers to one measure. It fails with [ErrUnknownMeasure] and [ErrFull].
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
