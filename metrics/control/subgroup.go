package control

import (
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/internal/dist"
)

// Subgroups makes an observation of each row of single values, two or more: their mean, with the standard error that
// the ranges within the baseline rows tell,
//
//	σ = mean of (max - min)/d2(n),  σ/sqrt(n)
//
// where d2(n) is the mean range of n standard normal values (Montgomery, 6.2). Labels are 1, 2, ... Baseline is that
// of opts, to which the rest of opts does not matter.
func Subgroups(rows [][]float64, opts *Options) ([]Observation, error) {
	s, err := opts.resolve(len(rows))
	if err != nil {
		return nil, err
	}
	obs := make([]Observation, len(rows))
	sigma := 0.0
	ranges := map[int]float64{} // d2 by the length of a row
	for i, row := range rows {
		if len(row) < 2 {
			return nil, fmt.Errorf("%w %d: %d values have no range", ErrObservation, i, len(row))
		}
		sum, low, high := 0.0, row[0], row[0]
		for _, x := range row {
			if !finite(x) {
				return nil, fmt.Errorf("%w %d: value %v", ErrObservation, i, x)
			}
			sum += x - row[0]
			low, high = min(low, x), max(high, x)
		}
		n := float64(len(row))
		if ranges[len(row)] == 0 {
			ranges[len(row)] = d2(len(row))
		}
		obs[i] = Observation{Label: fmt.Sprint(i + 1), Value: row[0] + sum/n, N: n}
		if i < s.baseline {
			sigma += (high - low) / ranges[len(row)] / float64(s.baseline)
		}
		if !finite(obs[i].Value) || !finite(high-low) {
			return nil, fmt.Errorf("%w %d: its values are from %v to %v, too far apart for a float64", ErrObservation, i, low, high)
		}
	}
	if sigma == 0 {
		return nil, fmt.Errorf("%w: every row is all alike", ErrNoVariation)
	}
	for i := range obs {
		obs[i].StdErr = sigma / math.Sqrt(obs[i].N)
	}
	return obs, nil
}

// d2 returns ∫ 1 - Φ(x)^n - (1-Φ(x))^n dx. The trapezoidal rule converges faster than any power here.
func d2(n int) float64 {
	const step = .0625
	sum := 0.0
	for x := -12.; x <= 12; x += step {
		p := dist.NormalCDF(x)
		sum += 1 - math.Pow(p, float64(n)) - math.Pow(1-p, float64(n))
	}
	return sum * step
}
