package metrics

import (
	"fmt"
	"math"
)

// bandCounts are answers by band.
type bandCounts struct{ detractors, passives, promoters, missing, offScale int }

// answers returns the number of answers on the scale.
func (c bandCounts) answers() (int, error) {
	if c.detractors < 0 || c.passives < 0 || c.promoters < 0 {
		return 0, fmt.Errorf("%w: %d detractors, %d passives, %d promoters; counts are not negative", ErrCount, c.detractors, c.passives, c.promoters)
	}
	n, ok := sum(c.detractors, c.passives, c.promoters)
	if !ok {
		return 0, fmt.Errorf("%w: %d + %d + %d overflows", ErrCount, c.detractors, c.passives, c.promoters)
	}
	return n, nil
}

// sum adds counts that are not negative and reports whether the result fits.
func sum(counts ...int) (total int, ok bool) {
	for _, c := range counts {
		if c > math.MaxInt-total {
			return 0, false
		}
		total += c
	}
	return total, true
}

// countBands counts answers by band.
func countBands[T Number](scores []T, b Bands) (c bandCounts) {
	for _, x := range scores {
		c.add(b, float64(x), 1)
	}
	return c
}

func (c *bandCounts) add(b Bands, score float64, n int) {
	switch {
	case b.Scale.Contains(score):
		switch b.side(score) {
		case -1:
			c.detractors += n
		case 0:
			c.passives += n
		default:
			c.promoters += n
		}
	case math.IsNaN(score):
		c.missing += n
	default:
		c.offScale += n
	}
}
