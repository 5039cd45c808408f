package survival

import (
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/metrics"
)

// RestrictedMean returns the mean time without the event within the first tau, the area under the curve:
//
//	μ(τ)   = ∫ S(t) dt                                  from 0 to τ
//	SE²(τ) = Σ d_i / (n_i (n_i - d_i)) (∫ S(t) dt)²      from t_i to τ, over t_i <= τ
//
// with the normal interval, clamped to [0, τ] (J. P. Klein, M. L. Moeschberger, Survival Analysis, 2nd ed. 2003,
// 4.5.1-4.5.2). It exists where the mean does not, because some are still there. Say the same tau when you compare.
// Beyond the last time observed it fails with [ErrHorizon], unless nobody was left.
func (c *Curve) RestrictedMean(tau float64) (metrics.Estimate, error) {
	e := unavailable("restricted mean time", metrics.UnitTime)
	if err := c.empty(); err != nil {
		return e, err
	}
	if err := c.horizon(tau); err != nil {
		return e, err
	}
	if tau == 0 {
		return e, fmt.Errorf("%w: a mean within 0 is 0; say how far", metrics.ErrOption)
	}
	n := len(c.Steps)
	for n > 0 && c.Steps[n-1].Time >= tau {
		n--
	}
	// From the right, so that area is what lies between a step and tau.
	area, variance, right := 0.0, 0.0, tau
	for i := n - 1; i >= 0; i-- {
		s := &c.Steps[i]
		area += s.Survival * (right - s.Time)
		right = s.Time
		if s.Events > 0 && s.Events < s.AtRisk {
			variance += area * area * float64(s.Events) / (float64(s.AtRisk) * float64(s.AtRisk-s.Events))
		}
	}
	area += right
	e.Definition, e.In = "time without the event within "+c.settings().at(tau), c.Unit
	e.Value, e.StdErr, e.Level, e.N, e.EffectiveN = area, math.Sqrt(variance), c.Level, c.N, float64(c.N)
	half := c.settings().z * e.StdErr
	e.Low, e.High, e.Method = area-half, area+half, "Kaplan-Meier area, normal"
	if e.Low < 0 || e.High > tau {
		e.Low, e.High = max(e.Low, 0), min(e.High, tau)
		e.Warnings |= metrics.WarnClamped
	}
	if e.Low == e.High {
		e.Warnings |= metrics.WarnZeroWidth
	}
	if c.N < 5 {
		e.Warnings |= metrics.WarnFewAnswers
	}
	return e, nil
}
