package survival

import (
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/metrics"
)

// Median returns the time by which half have had the event; see [Curve.Quantile].
func (c *Curve) Median() (metrics.Estimate, error) { return c.quantile(.5, "median time") }

// Quantile returns the time by which the share p, in (0, 1), has had the event: the first time at which the curve is
// at most 1 - p, or the middle of the flat piece where it equals 1 - p, which makes it the sample median without
// censoring; the last piece ends with the last time observed. The limits are those of the pointwise interval, read in the same way (R. Brookmeyer, J. Crowley, A
// confidence interval for the median survival time, Biometrics 38 (1982), 29-41). High is +Inf, with
// [metrics.WarnOpenEnd], where the upper limit of the curve never falls so far. It fails with [ErrNotReached] where
// the curve itself does not.
func (c *Curve) Quantile(p float64) (metrics.Estimate, error) {
	return c.quantile(p, fmt.Sprintf("p%v of time", math.Round(p*1e12)/1e10))
}

func (c *Curve) quantile(p float64, metric string) (metrics.Estimate, error) {
	e := unavailable(metric, metrics.UnitTime)
	if err := c.empty(); err != nil {
		return e, err
	}
	if !(p > 0 && p < 1) {
		return e, fmt.Errorf("%w: share %v is not between 0 and 1; write .5 for the median", metrics.ErrOption, p)
	}
	value := c.firstBelow(1-p, func(s *Step) float64 { return s.Survival })
	if math.IsInf(value, 1) {
		last := c.Steps[len(c.Steps)-1]
		return e, fmt.Errorf("%w: %s; after %s %.1f %% are left", ErrNotReached, metric, c.settings().at(last.Time), 100*last.Survival)
	}
	e.Value, e.Level, e.N, e.EffectiveN = value, c.Level, c.N, float64(c.N)
	e.Low = c.firstBelow(1-p, func(s *Step) float64 { return s.Low })
	e.High = c.firstBelow(1-p, func(s *Step) float64 { return s.High })
	e.Definition, e.In, e.Method = "until the event"+c.in(), c.Unit, c.method()
	if math.IsInf(e.Low, 1) { // the curve jumps to 0, where it has no limits
		e.Low = e.Value
	}
	if math.IsInf(e.High, 1) {
		e.Warnings |= metrics.WarnOpenEnd
	}
	if c.Events < 5 {
		e.Warnings |= metrics.WarnFewAnswers
	}
	return e, nil
}

// in names the unit of the times.
func (c *Curve) in() string {
	if c.Unit == "" {
		return ""
	}
	return ", in " + c.Unit
}

// firstBelow returns the first time at which the curve y is at most q, the middle of the flat piece where it equals q,
// which on the last one reaches to the last time, and +Inf where it never falls so far.
func (c *Curve) firstBelow(q float64, y func(*Step) float64) float64 {
	const equal = 1e-9 // products of ratios that are equal in exact arithmetic
	for i := range c.Steps {
		v := y(&c.Steps[i])
		if !(v <= q+equal) {
			continue
		}
		if v < q-equal {
			return c.Steps[i].Time
		}
		for j := i + 1; j < len(c.Steps); j++ {
			if w := y(&c.Steps[j]); w < v-equal {
				return (c.Steps[i].Time + c.Steps[j].Time) / 2
			}
		}
		return (c.Steps[i].Time + c.Steps[len(c.Steps)-1].Time) / 2
	}
	return math.Inf(1)
}
