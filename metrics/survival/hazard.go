package survival

import (
	"math"

	"github.com/cxmodel/cxmodel/metrics"
)

// CumulativeHazard returns the Nelson-Aalen estimate at time t: the number of events that a subject would have had by
// then, were it replaced after each.
//
//	H(t)   = Σ d_i / n_i       over t_i <= t
//	SE²(t) = Σ d_i / n_i²
//	limits = H exp(± z SE/H)
//
// (O. Aalen, Nonparametric inference for a family of counting processes, Annals of Statistics 6 (1978), 701-726). The
// slope between two times is the rate of events per unit of time there. Before the first event there is no interval;
// beyond the last time observed it fails with [ErrHorizon].
func (c *Curve) CumulativeHazard(t float64) (metrics.Estimate, error) {
	e := unavailable("cumulative hazard", metrics.UnitRate)
	if err := c.empty(); err != nil {
		return e, err
	}
	if err := c.horizon(t); err != nil {
		return e, err
	}
	h, v := 0.0, 0.0
	for i := range c.Steps {
		s := &c.Steps[i]
		if s.Time > t {
			break
		}
		n, d := float64(s.AtRisk), float64(s.Events)
		h += d / n
		v += d / (n * n)
	}
	e.Definition, e.Value, e.StdErr = "events per subject until "+c.settings().at(t), h, math.Sqrt(v)
	e.N, e.EffectiveN, e.Method = c.N, float64(c.N), "Nelson-Aalen, log"
	if h == 0 {
		e.Warnings |= metrics.WarnNoInterval
		return e, nil
	}
	w := math.Exp(c.settings().z * e.StdErr / h)
	e.Low, e.High, e.Level = h/w, h*w, c.Level
	return e, nil
}
