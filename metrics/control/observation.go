package control

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/cxmodel/cxmodel/metrics"
)

// The errors of this package wrap one of these, or one of package metrics; test with [errors.Is].
var (
	// ErrObservation: a value or standard error that is not a finite number, or an impossible count.
	ErrObservation = errors.New("control: impossible observation")
	// ErrNoVariation: the baseline is all alike, so nothing says how much is usual.
	ErrNoVariation = errors.New("control: no variation in the baseline")
)

// An Observation is a metric in one period.
type Observation struct {
	Label  string  `json:"label"` // the period: "2026-W14"
	Value  float64 `json:"value"`
	StdErr float64 `json:"std-err"` // of Value; 0 where not known: then the spread is read from the moving ranges
	N      float64 `json:"n"`       // the (effective) number of answers behind Value; 0 where not known
}

// Observe makes an observation of an estimate.
func Observe(label string, e metrics.Estimate) Observation {
	return Observation{label, e.Value, e.StdErr, e.EffectiveN}
}

// Options are the choices of a chart; nil stands for the defaults.
type Options struct {
	Baseline int      // the first so many observations say what is usual; 0 means all
	Center   *float64 // the usual value, where it is known; nil: the mean of the baseline, weighted by N
	Sigma    *float64 // the usual standard deviation of one observation, where it is known; nil: from the data
	Width    float64  // distance of the limits from the centre in standard deviations; 0 means 3
	Lambda   float64  // EWMA: the weight of the newest observation, in (0, 1]; 0 means .2
	K        float64  // CUSUM: the allowance, half the shift to be found, in standard deviations; 0 means .5
	H        float64  // CUSUM: the decision limit, in standard deviations; 0 means 5
	// Laney widens known standard errors by what the weeks vary beyond them, and narrows them likewise: the answers
	// of one week resemble each other. D. B. Laney, Improved control charts for attributes, Quality Engineering 14
	// (2002), 531-537.
	Laney bool
}

// settings are resolved options.
type settings struct {
	Options
	baseline int
	// doubt makes the limits allow for the error of a centre that is read from the baseline.
	doubt bool
}

func (o *Options) resolve(n int) (settings, error) {
	var s settings
	if o != nil {
		s.Options = *o
	}
	for _, d := range []struct {
		field    *float64
		name     string
		standard float64
		most     float64
	}{{&s.Width, "width", 3, 100}, {&s.Lambda, "lambda", .2, 1}, {&s.K, "k", .5, maxK}, {&s.H, "h", 5, maxH}} {
		if *d.field == 0 {
			*d.field = d.standard
		}
		if !(*d.field > 0 && *d.field <= d.most) {
			return s, fmt.Errorf("%w: %s %v; want more than 0, at most %v", metrics.ErrOption, d.name, *d.field, d.most)
		}
	}
	if s.Sigma != nil && !(*s.Sigma > 0 && !math.IsInf(*s.Sigma, 1)) || s.Center != nil && !finite(*s.Center) {
		return s, fmt.Errorf("%w: centre and sigma must be finite, sigma above 0", metrics.ErrOption)
	}
	if n == 0 {
		return s, fmt.Errorf("%w: no observations", metrics.ErrNoData)
	}
	if s.baseline = s.Baseline; s.baseline == 0 {
		s.baseline = n
	}
	if s.baseline < 0 || s.baseline > n {
		return s, fmt.Errorf("%w: a baseline of %d of %d observations", metrics.ErrOption, s.Baseline, n)
	}
	return s, nil
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// maxN is more answers than any count holds.
const maxN = 1 << 53

func check(obs []Observation) error {
	for i, x := range obs {
		if !finite(x.Value) || !(x.StdErr >= 0) || math.IsInf(x.StdErr, 1) || !(x.N >= 0 && x.N <= maxN) {
			return fmt.Errorf("%w %d, %q: value %v, standard error %v, n %v", ErrObservation, i, x.Label, x.Value, x.StdErr, x.N)
		}
	}
	return nil
}

// A middle is the usual value, and what the observations have to do with it.
type middle struct {
	value   float64
	weights []float64 // of the first observations in value; none where it is known, or taken as known
}

// middle returns the centre: Center, or the mean of the baseline, weighted by N where every N is known.
func (s settings) middle(obs []Observation) middle {
	if s.Center != nil {
		return middle{value: *s.Center}
	}
	m := middle{value: obs[0].Value, weights: make([]float64, s.baseline)}
	sum := 0.0
	for i := range m.weights {
		m.weights[i] = obs[i].N
		sum += obs[i].N
	}
	if slices.Contains(m.weights, 0) {
		sum = float64(s.baseline)
		for i := range m.weights {
			m.weights[i] = 1
		}
	}
	for i := range m.weights {
		m.weights[i] /= sum
		m.value += m.weights[i] * (obs[i].Value - obs[0].Value) // shifted, so that close values keep their digits
	}
	if !s.doubt {
		m.weights = nil
	}
	return m
}

// of returns the weight of observation i.
func (m middle) of(i int) float64 {
	if i < len(m.weights) {
		return m.weights[i]
	}
	return 0
}

// variance returns that of the centre, where sd are the standard deviations of the observations.
func (m middle) variance(sd []float64) float64 {
	sum := 0.0
	for i, w := range m.weights {
		sum += w * w * sd[i] * sd[i]
	}
	return sum
}

// scale checks the observations and returns their centre and the standard deviation of each about it.
func (s settings) scale(obs []Observation) (middle, []float64, error) {
	if err := check(obs); err != nil {
		return middle{}, nil, err
	}
	center := s.middle(obs)
	sd, err := s.spread(obs, center.value)
	return center, sd, err
}

// d2 of two observations, 2/sqrt(π): the mean distance of two normal values in standard deviations.
const d2of2 = 2 / (math.SqrtPi)

// movingRange returns the standard deviation that the moving ranges of the values tell.
func movingRange(values []float64) (float64, error) {
	if len(values) < 2 {
		return 0, fmt.Errorf("%w: a baseline of %d observations has no moving range; take at least two, better twenty", metrics.ErrNoData, len(values))
	}
	sum := 0.0
	for i := 1; i < len(values); i++ {
		sum += math.Abs(values[i] - values[i-1])
	}
	if sum == 0 {
		return 0, fmt.Errorf("%w: %d observations of %v", ErrNoVariation, len(values), values[0])
	}
	return sum / float64(len(values)-1) / d2of2, nil
}

// spread returns the standard deviation of each observation about the centre: Sigma, the standard errors where all are
// known, or that of the moving ranges for all.
func (s settings) spread(obs []Observation, center float64) ([]float64, error) {
	out := make([]float64, len(obs))
	known := true
	for i, x := range obs {
		out[i] = x.StdErr
		known = known && x.StdErr > 0
	}
	scale := 1.0
	switch {
	case s.Sigma != nil:
		for i := range out {
			out[i] = *s.Sigma
		}
	case !known:
		sigma, err := movingRange(values(obs[:s.baseline]))
		if err != nil {
			return nil, err
		}
		for i := range out {
			out[i] = sigma
		}
	case s.Laney:
		z := make([]float64, s.baseline)
		for i := range z {
			z[i] = (obs[i].Value - center) / out[i]
		}
		var err error
		if scale, err = movingRange(z); err != nil {
			return nil, err
		}
	}
	for i := range out {
		out[i] *= scale
		reach := math.Abs(center) + 2*s.Width*out[i]
		if !finite(reach*reach) || !finite((obs[i].Value-center)/out[i]*float64(len(obs))) || out[i]*out[i] == 0 {
			return nil, fmt.Errorf("%w %d, %q: about the centre %v its standard deviation is %v; the values are too far apart, or too small, for a float64",
				ErrObservation, i, obs[i].Label, center, out[i])
		}
	}
	return out, nil
}

func values(obs []Observation) []float64 {
	v := make([]float64, len(obs))
	for i, x := range obs {
		v[i] = x.Value
	}
	return v
}
