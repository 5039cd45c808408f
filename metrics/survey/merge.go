package survey

import (
	"fmt"
	"time"

	"github.com/cxmodel/cxmodel"
)

// Merge adds the counts of o. Measures that c does not know are taken over. It fails with [ErrPool] if the two define a
// measure differently, with [ErrShape] if their periods, location or rolled-up dimensions differ, and with [ErrFull] or
// a *cxmodel.LimitError; nothing is then added.
func (c *Cube) Merge(o *Cube) error {
	before := c.mark()
	err := c.tryMerge(o)
	if err != nil {
		c.rewind(before)
	}
	return err
}

// tryMerge is Merge; after an error the cube may have measures, weights, keys and periods that no cell has.
func (c *Cube) tryMerge(o *Cube) error {
	if err := c.fits(o); err != nil {
		return err
	}
	used := o.used()
	for i, m := range o.measures {
		if m.weight == 1 || used.measures[i] {
			if _, err := c.countersLike(m); err != nil {
				return err
			}
		}
	}
	ids, err := c.translate(o, used, c.touchpoints.add, c.segments.add, c.period)
	if err != nil {
		return err
	}
	need, all := make([]int, len(c.measures)), c.cells+c.fractions
	for i, m := range o.measures {
		for cell := range m.ids {
			if m.empty(uint32(cell)) {
				continue
			}
			id := ids[i][cell]
			at, known := c.index(id)
			if !known {
				need[id.measure()]++
				all += 1 + len(m.fractions[uint32(cell)])
				continue
			}
			fresh, err := c.measures[id.measure()].room(at, m, uint32(cell))
			if err != nil {
				return err
			}
			all += fresh
		}
	}
	if all > c.opts.MaxCells {
		return fmt.Errorf("survey: %w", &cxmodel.LimitError{What: "cells", Limit: int64(c.opts.MaxCells)})
	}
	c.reserve(need)
	for i, m := range o.measures {
		for cell := range m.ids {
			if !m.empty(uint32(cell)) {
				if err := c.take(ids[i][cell], m, uint32(cell)); err != nil {
					return err
				}
			}
		}
	}
	c.skipped += o.skipped
	return nil
}

// Sub takes the counts of o away again: the inverse of Merge, for answers that were set aside or a window that moves on.
// It fails as Merge does, or with [ErrNegative] if o has counted what c has not; nothing is then taken away.
func (c *Cube) Sub(o *Cube) error {
	if err := c.fits(o); err != nil {
		return err
	}
	ids, err := c.translate(o, o.used(), c.touchpoints.find, c.segments.find, c.findPeriod)
	if err != nil {
		return err
	}
	for i, m := range o.measures {
		for cell := range m.ids {
			if m.empty(uint32(cell)) {
				continue
			}
			at, known := c.index(ids[i][cell])
			if !known || !c.measures[ids[i][cell].measure()].covers(at, m, uint32(cell)) {
				return fmt.Errorf("%w: answers to %s", ErrNegative, m.def.Key)
			}
		}
	}
	if c.skipped < o.skipped {
		return fmt.Errorf("%w: %d skipped from %d", ErrNegative, o.skipped, c.skipped)
	}
	for i, m := range o.measures {
		for cell := range m.ids {
			if m.empty(uint32(cell)) {
				continue
			}
			from := c.measures[ids[i][cell].measure()]
			at, _ := from.find(ids[i][cell])
			c.fractions -= from.sub(at, m, uint32(cell))
			if from.empty(at) {
				c.emptied++
			}
		}
	}
	c.skipped -= o.skipped
	if c.emptied > c.cells/4 { // a window that moves on leaves them behind
		return c.compact()
	}
	return nil
}

// fits says whether the cells of o mean the same as those of c.
func (c *Cube) fits(o *Cube) error {
	switch {
	case c.byMeasure == nil || o == nil || o.byMeasure == nil:
		return fmt.Errorf("%w: a cube is nil or zero; make it with NewCube", ErrShape)
	case c.opts.Every != o.opts.Every:
		return fmt.Errorf("%w: periods %q and %q", ErrShape, c.opts.Every, o.opts.Every)
	case c.opts.Every != EveryUnspecified && !sameLocation(c.opts.Location, o.opts.Location):
		return fmt.Errorf("%w: periods in %s and in %s", ErrShape, c.opts.Location, o.opts.Location)
	case o.opts.Weighted && !c.opts.Weighted:
		return fmt.Errorf("%w: one cube counts by weight, the other does not", ErrWeighted)
	case c.rolledUp != o.rolledUp:
		return fmt.Errorf("%w: not the same dimensions have been rolled up", ErrShape)
	}
	for _, m := range o.measures {
		if i, known := c.byMeasure[m.def.Key]; known && c.measures[i].def != m.def {
			return poolError(c.measures[i].def, m.def)
		}
	}
	return nil
}

// sameLocation compares locations by name and, for zones made in code, by their offsets in winter and in summer.
func sameLocation(a, b *time.Location) bool {
	for month := time.January; month <= time.July; month += 6 {
		t := time.Date(2025, month, 1, 0, 0, 0, 0, time.UTC)
		_, x := t.In(a).Zone()
		_, y := t.In(b).Zone()
		if x != y {
			return false
		}
	}
	return a.String() == b.String()
}

// usage tells which measures, keys and periods of a cube have answers, by code.
type usage struct{ measures, touchpoints, segments, periods []bool }

func (c *Cube) used() usage {
	u := usage{make([]bool, len(c.measures)), make([]bool, len(c.touchpoints.keys)), make([]bool, len(c.segments.keys)), make([]bool, len(c.periods))}
	for i, m := range c.measures {
		for cell, id := range m.ids {
			if !m.empty(uint32(cell)) {
				_, t, s, p := id.codes()
				u.measures[i], u.touchpoints[t], u.segments[s], u.periods[p] = true, true, true, true
			}
		}
	}
	return u
}

// codesOfUsed returns the codes of the keys that are used.
func codesOfUsed[K any](keys []K, used []bool, code func(K) (uint16, error)) ([]uint16, error) {
	out := make([]uint16, len(keys))
	var err error
	for i, k := range keys {
		if used[i] {
			if out[i], err = code(k); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// findPeriod returns the code of the period of answers to subtract.
func (c *Cube) findPeriod(p Period) (uint16, error) {
	if code, ok := c.byPeriod[p]; ok {
		return code, nil
	}
	return 0, fmt.Errorf("%w: there is none in the period %q", ErrNegative, p)
}

// translate returns the ids that the cells of o have in c, by measure of o; those of measures that c does not know
// are those of no cell, and those of empty cells are of no use.
func (c *Cube) translate(o *Cube, used usage, touchpoint, segment func(cxmodel.Key) (uint16, error), period func(Period) (uint16, error)) ([][]cellID, error) {
	touchpoints, err := codesOfUsed(o.touchpoints.keys, used.touchpoints, touchpoint)
	if err != nil {
		return nil, err
	}
	segments, err := codesOfUsed(o.segments.keys, used.segments, segment)
	if err != nil {
		return nil, err
	}
	periods, err := codesOfUsed(o.periods, used.periods, period)
	if err != nil {
		return nil, err
	}
	ids := make([][]cellID, len(o.measures))
	for i, m := range o.measures {
		to, known := c.find(m)
		if !known {
			to = maxMeasures
		}
		ids[i] = make([]cellID, len(m.ids))
		for cell, id := range m.ids {
			_, t, s, p := id.codes()
			ids[i][cell] = makeID(to, touchpoints[t], segments[s], periods[p])
		}
	}
	return ids, nil
}

// take adds a cell of from, whose coordinates here are id.
func (c *Cube) take(id cellID, from *counters, cell uint32) error {
	at, err := c.cell(id)
	if err != nil {
		return err
	}
	i, _, _, _ := id.codes()
	m := c.measures[i]
	fresh, err := m.room(at, from, cell)
	if err != nil {
		return err
	}
	c.fractions += fresh
	row := m.row(at)
	for j, n := range from.row(cell) {
		row[j] += n
	}
	for score, n := range from.fractions[cell] {
		if err := m.addFraction(at, score, false, n); err != nil {
			return err
		}
	}
	return nil
}

// room returns how many fractions a cell of from would add to cell at, or ErrFull.
func (m *counters) room(at uint32, from *counters, cell uint32) (fresh int, err error) {
	row := m.row(at)
	for j, n := range from.row(cell) {
		if row[j]+n < n {
			return 0, full(m.def)
		}
	}
	for score, n := range from.fractions[cell] {
		have, known := m.fractions[at][score]
		if have+n < n {
			return 0, full(m.def)
		}
		if !known {
			fresh++
		}
	}
	return fresh, nil
}

// covers reports whether a cell of from can be taken from cell at.
func (m *counters) covers(at uint32, from *counters, cell uint32) bool {
	row := m.row(at)
	for j, n := range from.row(cell) {
		if row[j] < n {
			return false
		}
	}
	for score, n := range from.fractions[cell] {
		if m.fractions[at][score] < n {
			return false
		}
	}
	return true
}

// sub takes a cell of from away from cell at and returns how many fractions are gone.
func (m *counters) sub(at uint32, from *counters, cell uint32) (gone int) {
	row := m.row(at)
	for j, n := range from.row(cell) {
		row[j] -= n
	}
	for score, n := range from.fractions[cell] {
		if m.fractions[at][score] == n {
			delete(m.fractions[at], score)
			gone++
		} else {
			m.fractions[at][score] -= n
		}
	}
	return gone
}
