package survival

import (
	"fmt"
	"math"
	"sort"

	"github.com/cxmodel/cxmodel/internal/nanjson"
	"github.com/cxmodel/cxmodel/metrics"
)

// A Step is what happened at one time, and the curve from there to the next step.
type Step struct {
	Time     float64 `json:"time"`
	AtRisk   int     `json:"at-risk"`  // watched just before Time
	Events   int     `json:"events"`   // at Time
	Censored int     `json:"censored"` // at Time, after the events
	Survival float64 `json:"survival"` // share without the event after Time, [0, 1]
	StdErr   float64 `json:"std-err"`  // Greenwood's
	Low      float64 `json:"low"`      // the limits at this time alone, not a band for the curve; NaN where Survival is 0
	High     float64 `json:"high"`
}

// MarshalJSON writes null for a number that is not available.
func (s Step) MarshalJSON() ([]byte, error) { return nanjson.Marshal(s) }

// UnmarshalJSON reads a step; a limit that is null does not exist, NaN.
func (s *Step) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, s) }

// A Curve is a Kaplan-Meier estimate: 1 before the first step, constant between steps.
type Curve struct {
	Steps     []Step    `json:"steps"` // one for each time at which somebody left, ascending
	N         int       `json:"n"`
	Events    int       `json:"events"`
	Level     float64   `json:"level"`
	Transform Transform `json:"transform"`
	Unit      string    `json:"unit,omitempty"`
}

// KaplanMeier estimates the share that has not had the event, from subjects that may be censored and may have entered
// late. With d events among n at risk at time t_i,
//
//	S(t)  = Π (1 - d_i/n_i)                        over t_i <= t
//	SE(t) = S(t) sqrt(Σ d_i / (n_i (n_i - d_i)))
//
// (E. L. Kaplan, P. Meier, Nonparametric estimation from incomplete observations, Journal of the American Statistical
// Association 53 (1958), 457-481; M. Greenwood, 1926). A subject censored at t is at risk at t; one that entered late
// is at risk after its entry. Every cause above [Censored] is the event. Censoring must not foretell the event:
// whoever is censored must be as likely to leave later as those that stay.
//
// It fails with [metrics.ErrNoData], [ErrSubject], and [ErrRiskSet] where late entry left the start too thin.
func KaplanMeier(subjects []Subject, opts *Options) (*Curve, error) {
	s, err := opts.resolve()
	if err != nil {
		return nil, err
	}
	r, err := riskOf(subjects, 1)
	if err != nil {
		return nil, err
	}
	c := &Curve{Steps: make([]Step, len(r.times)), N: len(subjects), Level: s.level, Transform: s.transform, Unit: s.unit}
	p, greenwood, low, high := 1.0, 0.0, 1.0, 1.0
	for i, t := range r.times {
		n, d := r.atRisk[i], r.counts[1][i]
		if d > 0 {
			if d == n && i+1 < len(r.times) && p > 0 {
				return nil, fmt.Errorf("%w: all %d at risk at %s left, and others entered later; count from a later start", ErrRiskSet, n, s.at(t))
			}
			c.Events += d
			p *= float64(n-d) / float64(n)
			greenwood += float64(d) / (float64(n) * float64(n-d))
			low, high, _ = s.limits(p, p*math.Sqrt(greenwood))
		}
		se := 0.0
		if p > 0 {
			se = p * math.Sqrt(greenwood)
		}
		c.Steps[i] = Step{t, n, d, r.counts[0][i], p, se, low, high}
	}
	return c, nil
}

func (c *Curve) settings() settings { return settingsOf(c.Level, c.Transform, c.Unit) }

func (c *Curve) method() string { return "Kaplan-Meier, " + c.Transform.String() }

// empty says that a curve was not made by KaplanMeier.
func (c *Curve) empty() error {
	if len(c.Steps) == 0 {
		return fmt.Errorf("%w: the curve has no steps; make it with KaplanMeier", metrics.ErrNoData)
	}
	return nil
}

// At returns the share without the event at time t, with the interval of the curve's transform. N is the number of all
// subjects; with fewer than five still at risk it warns. Beyond the last time observed it fails with [ErrHorizon],
// unless nobody was left.
func (c *Curve) At(t float64) (metrics.Estimate, error) {
	s := c.settings()
	e := unavailable("share without the event", metrics.UnitShare)
	if err := c.empty(); err != nil {
		return e, err
	}
	if err := c.horizon(t); err != nil {
		return e, err
	}
	e.Definition, e.Level, e.N, e.EffectiveN, e.Method = "at "+s.at(t), c.Level, c.N, float64(c.N), c.method()
	i := sort.Search(len(c.Steps), func(i int) bool { return c.Steps[i].Time > t }) - 1
	p, se := 1.0, 0.0
	if i >= 0 {
		p, se = c.Steps[i].Survival, c.Steps[i].StdErr
	}
	e.Value, e.StdErr = p, se
	s.interval(&e, p, se)
	if c.left(t, i) < 5 {
		e.Warnings |= metrics.WarnFewAnswers
	}
	return e, nil
}

// left returns how many are at risk at time t without the event, where step i is the last one up to it: those censored at
// t are.
func (c *Curve) left(t float64, i int) int {
	switch {
	case i >= 0 && c.Steps[i].Time == t:
		return c.Steps[i].AtRisk - c.Steps[i].Events
	case i+1 < len(c.Steps):
		return c.Steps[i+1].AtRisk
	}
	return 0
}

// horizon fails where the curve says nothing about time t.
func (c *Curve) horizon(t float64) error {
	switch end := c.Steps[len(c.Steps)-1]; {
	case !(t >= 0) || math.IsInf(t, 1):
		return fmt.Errorf("%w: time %v; it must be finite and not negative", metrics.ErrOption, t)
	case t > end.Time && end.Survival > 0:
		return fmt.Errorf("%w: time %v; the last is %s", ErrHorizon, t, c.settings().at(end.Time))
	}
	return nil
}

// interval sets the limits of a probability and their warnings.
func (s settings) interval(e *metrics.Estimate, p, se float64) {
	var clamped bool
	e.Low, e.High, clamped = s.limits(p, se)
	switch {
	case math.IsNaN(e.Low):
		e.Level = 0
		e.Warnings |= metrics.WarnNoInterval
	case e.Low == e.High:
		e.Warnings |= metrics.WarnZeroWidth
	}
	if clamped {
		e.Warnings |= metrics.WarnClamped
	}
}

// Table returns the curve at the given times, ready for CSV or Markdown.
func (c *Curve) Table(times ...float64) (*metrics.Table, error) {
	t := &metrics.Table{Labels: []string{"time"}}
	for _, x := range times {
		e, err := c.At(x)
		if err != nil {
			return nil, err
		}
		t.Add(e, c.settings().at(x))
	}
	return t, nil
}

// MarshalJSON writes the curve; a limit that does not exist is null.
func (c Curve) MarshalJSON() ([]byte, error) { return nanjson.Marshal(c) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (c *Curve) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, c) }

// unavailable is the estimate that goes with an error.
func unavailable(metric string, unit metrics.Unit) metrics.Estimate {
	nan := math.NaN()
	return metrics.Estimate{Metric: metric, Unit: unit, Value: nan, Low: nan, High: nan, StdErr: nan}
}
