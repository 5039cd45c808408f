package survey

import (
	"context"
	"fmt"
	"iter"

	"github.com/cxmodel/cxmodel"
)

// Erase takes the answers of a customer out of the cube, for whom the law or a contract asks that. A cube holds no names,
// so it has to be shown the answers again: those of the stream that have the customer's name are taken away, exactly as
// they were counted, and the others passed over. It returns how many were. Cells, keys and periods that nobody else has
// used are forgotten too.
//
// It fails with [ErrOption] if no customer is named, with [ErrNegative] if the cube has not counted the answers, or as
// [Cube.AddAll] does; nothing is then taken away. That the same answers are not erased twice cannot be seen from a cube
// where others gave the same: keep a list of what was erased.
func (c *Cube) Erase(ctx context.Context, answers iter.Seq2[Answer, error], customer string) (int, error) {
	if customer == "" {
		return 0, fmt.Errorf("%w: the customer to erase has no name", ErrOption)
	}
	gone := c.like()
	n, rows := 0, 0
	for a, err := range answers {
		if err != nil {
			return 0, err
		}
		if rows++; rows%4096 == 0 && ctx.Err() != nil {
			return 0, context.Cause(ctx)
		}
		if a.Customer != customer {
			continue
		}
		if err := gone.add(&a, 1); err != nil {
			return 0, err
		}
		n++
	}
	if err := c.Sub(gone); err != nil {
		return 0, err
	}
	return n - gone.skipped, c.compact()
}

// compact forgets empty cells, and the keys and periods that no cell has.
func (c *Cube) compact() error {
	d := c.like()
	d.skipped = c.skipped
	for _, m := range c.measures {
		for cell, id := range m.ids {
			if m.empty(uint32(cell)) {
				continue
			}
			_, t, s, p := id.codes()
			if err := d.adopt(m, uint32(cell), c.touchpoints.keys[t], c.segments.keys[s], c.periods[p]); err != nil {
				return err
			}
		}
	}
	*c = *d
	return nil
}

// adopt takes a cell over, by its keys.
func (c *Cube) adopt(from *counters, cell uint32, touchpoint, segment cxmodel.Key, period Period) error {
	measure, err := c.countersLike(from)
	if err != nil {
		return err
	}
	t, err := c.touchpoints.add(touchpoint)
	if err != nil {
		return err
	}
	s, err := c.segments.add(segment)
	if err != nil {
		return err
	}
	p, err := c.period(period)
	if err != nil {
		return err
	}
	return c.take(makeID(measure, t, s, p), from, cell)
}
