package clv

import (
	"fmt"
	"math"
)

// A cell is the customers of one (x, t_x, T).
type cell struct {
	x       int32
	tx, age float64
	w       float64
}

// maxFrequency keeps a frequency in an int32 and its products exact in a float64.
const maxFrequency = 1 << 30

// group checks the customers and adds up those of one (x, t_x, T), in the order of first appearance.
func group(customers []Customer, check func(Customer) error) ([]cell, error) {
	cells := make([]cell, 0, min(len(customers), 1<<12))
	size := 1 << 8
	slots := make([]int32, size) // open addressing; 1 + index into cells, 0: free
	for i, c := range customers {
		err := check(c)
		if err == nil && c.Frequency > maxFrequency {
			err = fmt.Errorf("frequency %d is beyond %d", c.Frequency, maxFrequency)
		}
		if err != nil {
			return nil, customerError(c, i, err)
		}
		if 2*len(cells) >= size {
			size *= 4
			slots = make([]int32, size)
			for j, c := range cells {
				at := c.hash() & (uint64(size) - 1)
				for slots[at] != 0 {
					at = (at + 1) & (uint64(size) - 1)
				}
				slots[at] = int32(j + 1)
			}
		}
		n := cell{x: int32(c.Frequency), tx: c.Recency, age: c.Age, w: c.weight()}
		for at := n.hash() & (uint64(size) - 1); ; at = (at + 1) & (uint64(size) - 1) {
			j := slots[at]
			if j == 0 {
				cells = append(cells, n)
				slots[at] = int32(len(cells))
				break
			}
			if o := &cells[j-1]; o.x == n.x && o.tx == n.tx && o.age == n.age {
				o.w += n.w
				break
			}
		}
	}
	if len(cells) == 0 {
		return nil, fmt.Errorf("clv: %w: the summary has no customer", ErrNoData)
	}
	return cells, nil
}

func (c cell) hash() uint64 {
	const m = 0x9e3779b97f4a7c15
	h := (math.Float64bits(c.tx) ^ uint64(c.x)<<1) * m
	h = (h ^ h>>29 ^ math.Float64bits(c.age)) * m
	return h ^ h>>32
}

func customerError(c Customer, i int, err error) error {
	if c.ID != "" {
		return fmt.Errorf("clv: customer %q: %w: %w", shorten([]byte(c.ID)), ErrInvalid, err)
	}
	return fmt.Errorf("clv: customer %d: %w: %w", i, ErrInvalid, err)
}
