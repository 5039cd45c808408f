package metrics

import (
	"fmt"
	"math/bits"
	"slices"
)

// Percents rounds shares to whole per cent that sum to 100, by largest remainders: every share is rounded down, and the
// points that are left go to the largest remainders, on ties to the earlier. For labels only; compute with the counts.
func Percents(counts []int) ([]int, error) {
	total := 0
	for _, c := range counts {
		if c < 0 {
			return nil, fmt.Errorf("%w: %d", ErrCount, c)
		}
		var ok bool
		if total, ok = sum(total, c); !ok {
			return nil, fmt.Errorf("%w: the sum overflows", ErrCount)
		}
	}
	if total == 0 {
		return nil, fmt.Errorf("%w for per cent: the counts sum to 0", ErrNoData)
	}
	percents, remainders, order := make([]int, len(counts)), make([]uint64, len(counts)), make([]int, len(counts))
	left := 100
	for i, c := range counts {
		hi, lo := bits.Mul64(100, uint64(c))
		q, r := bits.Div64(hi, lo, uint64(total))
		percents[i], remainders[i], order[i] = int(q), r, i
		left -= int(q)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case remainders[a] > remainders[b]:
			return -1
		case remainders[a] < remainders[b]:
			return 1
		}
		return 0
	})
	for _, i := range order[:left] {
		percents[i]++
	}
	return percents, nil
}
