package control

import (
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/internal/enum"
	"github.com/cxmodel/cxmodel/internal/nanjson"
	"github.com/cxmodel/cxmodel/metrics"
)

// A Signal says on which side a point left its limits.
type Signal int

// The signals; the zero value is none.
const (
	None Signal = iota
	Above
	Below
)

var signals = enum.Table{Type: "signal", Names: []string{"", "above", "below"}}

// String returns "above", "below", or "" for none.
func (s Signal) String() string { return signals.String(int(s)) }

// MarshalText implements [encoding.TextMarshaler].
func (s Signal) MarshalText() ([]byte, error) {
	b, err := signals.Text(int(s))
	if err != nil {
		err = fmt.Errorf("%w: %w", metrics.ErrOption, err)
	}
	return b, err
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown name is an error that lists the names.
func (s *Signal) UnmarshalText(text []byte) error {
	i, err := signals.Parse(text)
	if err != nil {
		return fmt.Errorf("%w: %w", metrics.ErrOption, err)
	}
	*s = Signal(i)
	return nil
}

// A Point is one period on a chart. On the limit is within it.
type Point struct {
	Label  string  `json:"label"`
	Value  float64 `json:"value"` // what is drawn: the value itself, or the average
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	Signal Signal  `json:"signal,omitempty"`
}

// A Chart is a line with limits.
type Chart struct {
	Name     string  `json:"name"`
	Center   float64 `json:"center"`
	Baseline int     `json:"baseline"` // the first so many points say what is usual
	Width    float64 `json:"width"`    // of the limits, in standard deviations
	Lambda   float64 `json:"lambda"`   // the weight of the newest value; 1 where single values are drawn
	Points   []Point `json:"points"`
}

// RunLength returns the mean number of periods until an alarm for nothing, if periods are independent, normal, and
// their centre and spread known. From a short baseline alarms come sooner; the charts of [Judge] allow for that.
func (c *Chart) RunLength() (float64, error) { return EWMARunLength(c.Lambda, c.Width, 0) }

// Signals returns the indices of the points outside their limits.
func (c *Chart) Signals() []int {
	var out []int
	for i, p := range c.Points {
		if p.Signal != None {
			out = append(out, i)
		}
	}
	return out
}

// MarshalJSON writes the chart.
func (c Chart) MarshalJSON() ([]byte, error) { return nanjson.Marshal(c) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (c *Chart) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, c) }

// signal compares a value with its limits; rounding alone gives none.
func signal(x, low, high float64) Signal {
	eps := 1e-12 * math.Max(math.Abs(low), math.Abs(high))
	switch {
	case x > high+eps:
		return Above
	case x < low-eps:
		return Below
	}
	return None
}

// PChart draws shares of unequal samples, events[i] of sizes[i], about their common share p:
//
//	p ± w sqrt(p (1-p) / n_i)
//
// clamped to [0, 1] (W. A. Shewhart, 1931; D. C. Montgomery, Introduction to Statistical Quality Control, ch. 7). It
// takes the answers as independent; where weeks differ more than that, every week signals: use Laney. Labels are 1,
// 2, ... It fails with [metrics.ErrCount] for impossible counts and an empty sample, and with [ErrNoVariation] where
// the baseline has no events, or nothing else.
func PChart(events, sizes []int, opts *Options) (*Chart, error) {
	if len(events) != len(sizes) {
		return nil, fmt.Errorf("%w: %d events and %d sizes", metrics.ErrMismatch, len(events), len(sizes))
	}
	obs := make([]Observation, len(events))
	for i, x := range events {
		if n := sizes[i]; x < 0 || n <= 0 || x > n {
			return nil, fmt.Errorf("%w: %d of %d in sample %d; leave out a period without answers", metrics.ErrCount, x, n, i)
		}
		obs[i] = Observation{Label: fmt.Sprint(i + 1), Value: float64(x) / float64(sizes[i]), N: float64(sizes[i])}
	}
	s, err := opts.resolve(len(obs))
	if err != nil {
		return nil, err
	}
	p := s.middle(obs).value
	if !(p > 0 && p < 1) {
		return nil, fmt.Errorf("%w: the share is %v throughout", ErrNoVariation, p)
	}
	for i := range obs {
		obs[i].StdErr = math.Sqrt(p * (1 - p) / obs[i].N)
	}
	c, err := s.shewhart("p-chart", obs)
	if err != nil {
		return nil, err
	}
	for i := range c.Points {
		c.Points[i].Low, c.Points[i].High = max(c.Points[i].Low, 0), min(c.Points[i].High, 1)
	}
	return c, nil
}

// Individuals draws single values about their mean, with limits from the mean moving range of the baseline:
//
//	centre ± w MR / 1.128
//
// It knows nothing of sample sizes and so sees all that varies from week to week (Montgomery, 6.4). Standard errors
// of the observations are not used; [Shewhart] uses them.
func Individuals(obs []Observation, opts *Options) (*Chart, error) {
	plain := make([]Observation, len(obs))
	for i, x := range obs {
		plain[i] = Observation{Label: x.Label, Value: x.Value}
	}
	s, err := opts.resolve(len(obs))
	if err != nil {
		return nil, err
	}
	return s.shewhart("individuals chart", plain)
}

// Shewhart draws single values about their mean, each with limits from its own standard error: [PChart] for any
// metric.
//
//	centre ± w σ_i
//
// Where a standard error is not known, limits are those of [Individuals].
func Shewhart(obs []Observation, opts *Options) (*Chart, error) {
	s, err := opts.resolve(len(obs))
	if err != nil {
		return nil, err
	}
	return s.shewhart("Shewhart chart", obs)
}

// shewhart draws the observations as they are.
func (s settings) shewhart(name string, obs []Observation) (*Chart, error) {
	center, sd, err := s.scale(obs)
	if err != nil {
		return nil, err
	}
	c := &Chart{Name: name, Center: center.value, Baseline: s.baseline, Width: s.Width, Lambda: 1, Points: make([]Point, len(obs))}
	doubt := center.variance(sd)
	for i, x := range obs {
		half := s.Width * math.Sqrt(max(sd[i]*sd[i]*(1-2*center.of(i))+doubt, 0))
		low, high := center.value-half, center.value+half
		c.Points[i] = Point{x.Label, x.Value, low, high, signal(x.Value, low, high)}
	}
	return c, nil
}

// EWMA draws the exponentially weighted moving average z_i = λ x_i + (1-λ) z_(i-1) from the centre on, with limits
//
//	centre ± w sqrt(v_i),  v_i = (1-λ)² v_(i-1) + λ² σ_i²,  v_0 = 0
//
// which for equal σ is σ² λ/(2-λ) (1 - (1-λ)^2i) (S. W. Roberts, Control chart tests based on geometric moving
// averages, Technometrics 1 (1959), 239-250). It sees small lasting changes sooner than single values do.
func EWMA(obs []Observation, opts *Options) (*Chart, error) {
	s, err := opts.resolve(len(obs))
	if err != nil {
		return nil, err
	}
	return s.ewma(obs)
}

// ewma draws the average a = Σ λ_j x_j of weights that sum to A. Where the centre c is in doubt, the limits are those of
// a - A c, whose variance is v + A² Var(c) - 2 A Cov(a, c).
func (s settings) ewma(obs []Observation) (*Chart, error) {
	center, sd, err := s.scale(obs)
	if err != nil {
		return nil, err
	}
	c := &Chart{Name: "EWMA", Center: center.value, Baseline: s.baseline, Width: s.Width, Lambda: s.Lambda, Points: make([]Point, len(obs))}
	doubt := center.variance(sd)
	z, v, cov, left := 0.0, 0.0, 0.0, 1.0 // left is 1 - A
	for i, x := range obs {
		z += s.Lambda * (x.Value - center.value - z)
		v = (1-s.Lambda)*(1-s.Lambda)*v + s.Lambda*s.Lambda*sd[i]*sd[i]
		cov = (1-s.Lambda)*cov + s.Lambda*center.of(i)*sd[i]*sd[i]
		left *= 1 - s.Lambda
		half := s.Width * math.Sqrt(max(v+(1-left)*((1-left)*doubt-2*cov), 0))
		c.Points[i] = Point{x.Label, center.value + z, center.value - half, center.value + half, signal(z, -half, half)}
	}
	return c, nil
}
