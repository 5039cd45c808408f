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
	if err := c.fits(o); err != nil {
		return err
	}
	at := make([]int, len(o.measures)) // where the measures of o are here
	for i, m := range o.measures {
		var err error
		if at[i], err = c.like(m); err != nil {
			return err
		}
	}
	ids, err := c.translate(o)
	if err != nil {
		return err
	}
	cells, fractions := make([]int, len(o.measures)), 0
	for i, m := range o.measures {
		to := c.measures[at[i]]
		for cell := range m.ids {
			if m.empty(uint32(cell)) {
				continue
			}
			at, known := c.index(ids[i][cell])
			if !known {
				cells[i]++
				fractions += len(m.fractions[uint32(cell)])
				continue
			}
			fresh, err := to.room(at, m, uint32(cell))
			if err != nil {
				return err
			}
			fractions += fresh
		}
	}
	used := c.cells + c.fractions + fractions
	for _, n := range cells {
		used += n
	}
	if used > c.opts.MaxCells {
		return fmt.Errorf("survey: %w", &cxmodel.LimitError{What: "cells", Limit: int64(c.opts.MaxCells)})
	}
	need := make([]int, len(c.measures))
	for i, n := range cells {
		need[at[i]] = n
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
	ids, err := c.translate(o)
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
			if at, known := c.index(ids[i][cell]); known && !m.empty(uint32(cell)) {
				c.fractions -= c.measures[ids[i][cell].measure()].sub(at, m, uint32(cell))
			}
		}
	}
	c.skipped -= o.skipped
	return nil
}

// fits says whether the cells of o mean the same as those of c.
func (c *Cube) fits(o *Cube) error {
	switch {
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

// sameLocation compares locations by name and, for zones made in code, by offset.
func sameLocation(a, b *time.Location) bool {
	_, x := time.Unix(0, 0).In(a).Zone()
	_, y := time.Unix(0, 0).In(b).Zone()
	return a.String() == b.String() && x == y
}

// translate returns the ids that the cells of o have in c, by measure of o; those of measures that c does not know
// are those of no cell.
func (c *Cube) translate(o *Cube) ([][]cellID, error) {
	codes := func(ring *keyring, keys []cxmodel.Key) ([]uint16, error) {
		out := make([]uint16, len(keys))
		var err error
		for i, k := range keys {
			if out[i], err = ring.add(k); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	touchpoints, err := codes(c.touchpoints, o.touchpoints.keys)
	if err != nil {
		return nil, err
	}
	segments, err := codes(c.segments, o.segments.keys)
	if err != nil {
		return nil, err
	}
	periods := make([]uint16, len(o.periods))
	for i, p := range o.periods {
		if periods[i], err = c.period(p); err != nil {
			return nil, err
		}
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
