package survey

import (
	"context"
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/internal/dist"
	"github.com/cxmodel/cxmodel/metrics"
)

// TotalOf returns Σ w x over the rows: how much of something the population has, such as the orders or the revenue of all
// customers, where the weights sum to the population. x has one value per row, NaN where it is not known: such a row adds
// nothing to the total, and is told as missing. The interval is value ± t·SE with the linearised standard error and as
// many degrees of freedom as there are clusters less strata; the unit is UnitNumber. It fails as [Sample.Estimate] does,
// and with metrics.ErrValue where a value, the total or its variance is infinite.
func (s *Sample) TotalOf(ctx context.Context, x []float64, opts *DesignOptions) (metrics.Estimate, error) {
	e := unavailable("total")
	e.Definition, e.Unit = "sum of weight times value", metrics.UnitNumber
	o, err := opts.withDefaults()
	if err != nil {
		return e, err
	}
	d, err := s.design(ctx, len(x))
	if err != nil {
		return e, err
	}
	rows, known := all(len(x)), make([]bool, len(x))
	z, sum := make([]float64, len(x)), 0.
	for i, v := range x {
		switch {
		case math.IsInf(v, 0):
			return e, fmt.Errorf("survey: %w: row %d is %v", metrics.ErrValue, i, v)
		case math.IsNaN(v):
			e.Missing++
		default:
			known[i] = true
			z[i] = d.w[i] * v
			sum += z[i]
			if d.w[i] > 0 {
				e.N++
			}
		}
	}
	if e.N == 0 {
		return e, fmt.Errorf("survey: %w for a total: %d values are missing", metrics.ErrNoData, e.Missing)
	}
	clusters, strata, whole := d.degrees(rows, known)
	v, _, err := d.variance(ctx, z, rows)
	if err != nil {
		return e, err
	}
	if math.IsInf(sum, 0) || math.IsNaN(sum) || math.IsInf(v, 0) || math.IsNaN(v) {
		return e, fmt.Errorf("survey: %w: the total or its variance is too large for a float64; give the values in a larger unit", metrics.ErrValue)
	}
	e.Value, e.StdErr, e.EffectiveN = sum, math.Sqrt(v), float64(e.N)
	if e.N < 5 {
		e.Warnings |= metrics.WarnFewAnswers
	}
	if clusters == strata {
		e.StdErr = math.NaN()
		e.Warnings |= metrics.WarnNoInterval
		return e, nil
	}
	half := -dist.TQuantile((1-o.Level)/2, float64(clusters-strata)) * e.StdErr
	e.Low, e.High, e.Level, e.Method = sum-half, sum+half, o.Level, "linearised t"
	if half == 0 && (!whole || e.Missing > 0) {
		e.Warnings |= metrics.WarnZeroWidth
	}
	return e, nil
}
