package clv

import (
	"context"
	"fmt"
	"math"
)

// A FrequencyRow compares how many customers have a frequency with how many the model expects.
type FrequencyRow struct {
	Frequency int     `json:"frequency"` // x; of the last row, x or more
	Actual    float64 `json:"actual"`    // customers, weights counted
	Expected  float64 `json:"expected"`
}

// FrequencyTable compares, for the calibration, the number of customers with 0, 1, … repeat orders with what the model
// expects of customers of their ages, Σ_i P(X(T_i) = x); the last row holds most and more. A model that fits badly here
// fits badly everywhere; one that fits well here may still forecast badly, which [HoldoutTable] shows. Errors: ErrNoData
// without customers or a fit, ErrUnits, ErrInvalid, ErrOption for most outside 1 to 10,000.
func FrequencyTable[M Model](ctx context.Context, f *Fit[M], s *Summary, most int) ([]FrequencyRow, error) {
	m, err := usable(f, s)
	if err != nil {
		return nil, err
	}
	if most < 1 || most > 10_000 {
		return nil, fmt.Errorf("clv: %w: most is %d", ErrOption, most)
	}
	check := Customer.check
	if _, occasions := m.(BGBB); occasions {
		check = checkOccasions
	}
	out := make([]FrequencyRow, most+1)
	ages := map[float64]float64{}
	var order []float64 // of first appearance, so that sums are the same each time
	total := 0.0
	for i, c := range s.Customers {
		if err := check(c); err != nil {
			return nil, customerError(c, i, err)
		}
		w := c.weight()
		total += w
		out[min(c.Frequency, most)].Actual += w
		if _, ok := ages[c.Age]; !ok {
			order = append(order, c.Age)
		}
		ages[c.Age] += w
	}
	rest := total
	for x := range most {
		sum := 0.0
		for _, age := range order {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			sum += ages[age] * m.PMF(x, age)
		}
		if math.IsNaN(sum) {
			return nil, fmt.Errorf("clv: %w: %s %v has no mass at x = %d", ErrInvalid, m.Name(), m.Parameters(), x)
		}
		out[x].Frequency, out[x].Expected = x, sum
		rest -= sum
	}
	out[most].Frequency, out[most].Expected = most, max(0, rest)
	return out, nil
}
