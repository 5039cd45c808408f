package clv

import (
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/internal/clip"
)

// A cell is the customers of one (x, t_x, T).
type cell struct {
	x       int32
	tx, age float64
	w       float64
}

// maxFrequency keeps a frequency in an int32.
const maxFrequency = 1 << 30

// group checks the customers and adds up those of one (x, t_x, T), in the order of first appearance.
func group(customers []Customer, check func(Customer) error) ([]cell, error) {
	var index cellIndex
	for i, c := range customers {
		if err := check(c); err != nil {
			return nil, customerError(c, i, err)
		}
		at := index.find(cell{x: int32(c.Frequency), tx: c.Recency, age: c.Age})
		index.cells[at].w += c.weight()
	}
	if len(index.cells) == 0 {
		return nil, fmt.Errorf("clv: %w: the summary has no customer", ErrNoData)
	}
	total := 0.0
	for _, c := range index.cells {
		total += c.w
	}
	if !(total > 0) || math.IsInf(total, 0) {
		return nil, fmt.Errorf("clv: %w: the weights of the customers sum to %v", ErrInvalid, total)
	}
	return index.cells, nil
}

// cellIndex numbers cells in the order of their first appearance, by open addressing.
type cellIndex struct {
	cells []cell
	slots []int32 // 1 + index into cells, 0: free
}

// find returns the number of the cell with this x, tx and age, which is added if it is new.
func (x *cellIndex) find(c cell) int32 {
	if 2*len(x.cells) >= len(x.slots) {
		x.slots = make([]int32, max(1<<9, 4*len(x.slots)))
		mask := uint64(len(x.slots) - 1)
		for i, c := range x.cells {
			at := c.hash() & mask
			for x.slots[at] != 0 {
				at = (at + 1) & mask
			}
			x.slots[at] = int32(i + 1)
		}
	}
	mask := uint64(len(x.slots) - 1)
	at := c.hash() & mask
	for ; x.slots[at] != 0; at = (at + 1) & mask {
		if o := &x.cells[x.slots[at]-1]; o.x == c.x && o.tx == c.tx && o.age == c.age {
			return x.slots[at] - 1
		}
	}
	x.cells = append(x.cells, c)
	x.slots[at] = int32(len(x.cells))
	return x.slots[at] - 1
}

func (c cell) hash() uint64 {
	const m = 0x9e3779b97f4a7c15
	h := (math.Float64bits(c.tx) ^ uint64(c.x)<<1) * m
	h = (h ^ h>>29 ^ math.Float64bits(c.age)) * m
	return h ^ h>>32
}

func customerError(c Customer, i int, err error) error {
	if c.ID != "" {
		return fmt.Errorf("clv: customer %q: %w: %w", clip.Text(c.ID), ErrInvalid, err)
	}
	return fmt.Errorf("clv: customer %d: %w: %w", i, ErrInvalid, err)
}
