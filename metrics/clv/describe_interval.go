package clv

import (
	"math"

	"github.com/cxmodel/cxmodel/internal/dist"
	"github.com/cxmodel/cxmodel/metrics"
)

// share returns a proportion with Wilson's interval.
func (d *describer) share(metric string, part, whole int) (metrics.Estimate, error) {
	e, err := metrics.Proportion(part, whole, &metrics.ProportionOptions{Level: d.opts.Level})
	e.Metric, e.Definition = metric, "customers of customers"
	return e, err
}

// money returns a mean of money with its interval.
func (d *describer) money(metric string, value, squares float64, n int) metrics.Estimate {
	return meanEstimate(metric, "sum over number, in "+d.out.Revenue.Currency(), metrics.UnitMoney, d.opts.Level, value, squares, n)
}

// meanEstimate returns a mean of numbers that are seldom negative with Student's interval, cut at 0; squares is the sum of
// squared deviations, level 0 means .95.
func meanEstimate(metric, definition string, unit metrics.Unit, level, value, squares float64, n int) metrics.Estimate {
	if level == 0 {
		level = .95
	}
	e := metrics.Estimate{
		Metric: metric, Definition: definition, Unit: unit,
		Value: value, Low: math.NaN(), High: math.NaN(), StdErr: math.NaN(),
		N: n, EffectiveN: float64(n), Method: "t", Warnings: metrics.WarnNoInterval,
	}
	if n < 2 {
		return e
	}
	e.Level, e.Warnings = level, 0
	e.StdErr = math.Sqrt(squares / float64(n-1) / float64(n))
	half := dist.TQuantile((1+level)/2, float64(n-1)) * e.StdErr
	e.Low, e.High = value-half, value+half
	if e.Low < 0 && value >= 0 {
		e.Low, e.Warnings = 0, metrics.WarnClamped
	}
	if n < 5 {
		e.Warnings |= metrics.WarnFewAnswers
	}
	return e
}
