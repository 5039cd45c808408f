package control

import (
	"cmp"
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/metrics"
)

// SequenceOptions are the choices of an always-valid interval; nil stands for the defaults.
type SequenceOptions struct {
	Level   float64 // the chance that no look ever excludes the truth, in (0, 1); 0 means .95
	TightAt float64 // the number of answers at which the interval is narrowest for its level; 0 means 1000. Choose it before looking
	MinN    float64 // fewer answers give no interval; 0 means 50
}

type sequence struct{ alpha, tightAt, minN float64 }

func (o *SequenceOptions) resolve() (sequence, error) {
	if o == nil {
		o = &SequenceOptions{}
	}
	s := sequence{1 - cmp.Or(o.Level, metrics.DefaultLevel), cmp.Or(o.TightAt, 1000), cmp.Or(o.MinN, 50)}
	switch {
	case !(s.alpha > 0 && s.alpha < 1):
		return s, fmt.Errorf("%w: level %v is not between 0 and 1; write .95 for 95 %%", metrics.ErrOption, o.Level)
	case !(s.tightAt > 0) || math.IsInf(s.tightAt, 1) || !(s.minN >= 2):
		return s, fmt.Errorf("%w: tight at %v answers, none below %v; want more than 0, and at least 2", metrics.ErrOption, o.TightAt, o.MinN)
	}
	return s, nil
}

// HalfWidth returns half the width of the always-valid interval for the mean of n answers with standard deviation sd:
//
//	sqrt((V+r) ln((V+r)/(r α²))) / n,   V = n sd²,   r = sd² TightAt/c,   c = -2 ln α + ln(1 - 2 ln α)
//
// (H. Robbins, Statistical methods related to the law of the iterated logarithm, Annals of Mathematical Statistics 41
// (1970), 1397-1409; S. R. Howard, A. Ramdas, J. McAuliffe, J. Sekhon, Time-uniform, nonparametric, nonasymptotic
// confidence sequences, Annals of Statistics 49 (2021), 1055-1080). MinN does not matter to it.
func HalfWidth(n, sd float64, opts *SequenceOptions) (float64, error) {
	s, err := opts.resolve()
	if err != nil {
		return math.NaN(), err
	}
	if !(n > 0 && sd >= 0) || math.IsInf(n, 1) || math.IsInf(sd, 1) {
		return math.NaN(), fmt.Errorf("%w: %v answers with standard deviation %v", ErrObservation, n, sd)
	}
	return s.halfWidth(sd/math.Sqrt(n), n/s.tightAt), nil
}

// halfWidth is that of an estimate with standard error se, where progress is its information 1/se² in parts of that at
// which the interval is to be tightest. It depends on nothing else, because an estimate that gathers information,
// a difference from a fixed baseline included, is a Brownian motion in 1/se².
func (s sequence) halfWidth(se, progress float64) float64 {
	c := -2*math.Log(s.alpha) + math.Log1p(-2*math.Log(s.alpha))
	return se * math.Sqrt((1+1/(c*progress))*(math.Log1p(c*progress)-2*math.Log(s.alpha)))
}

// AlwaysValid returns e with an interval that may be looked at as often as you like while answers come in: over all
// looks together, the chance that it ever excludes the truth is at most 1 - Level. An ordinary interval looked at 100
// times is wrong at some time in 38 of 100 runs.
//
// e must be a mean of independent answers with its plain standard error: an NPS, a proportion or a mean by the
// default methods or by Wald. The standard deviation of one answer is read from it and moved towards half the range
// of the metric with the weight of four answers, where the unit tells the range, so that an all but unanimous sample
// does not pass for certain. The guarantee is asymptotic in that the standard deviation is estimated; below MinN
// answers there is no interval, with [metrics.WarnNoInterval]. It fails with [ErrObservation] where e has no value,
// standard error or n, and with [metrics.ErrOption]; Value, Low and High are NaN then.
func AlwaysValid(e metrics.Estimate, opts *SequenceOptions) (metrics.Estimate, error) {
	s, err := opts.resolve()
	if err != nil {
		return unavailable(e), err
	}
	n := e.EffectiveN
	if !finite(e.Value) || !(e.StdErr >= 0) || math.IsInf(e.StdErr, 1) || !(n > 0) || math.IsInf(n, 1) {
		return unavailable(e), fmt.Errorf("%w: %s %v with standard error %v, n %v", ErrObservation, e.Metric, e.Value, e.StdErr, n)
	}
	e.Method, e.Level = alwaysValid, 1-s.alpha
	e.Warnings &^= metrics.WarnClamped | metrics.WarnZeroWidth | metrics.WarnNoInterval | metrics.WarnWald
	sd := guarded(e.StdErr*math.Sqrt(n), n, e.Unit)
	if n < s.minN || sd == 0 {
		e.Low, e.High, e.Level = math.NaN(), math.NaN(), 0
		e.Warnings |= metrics.WarnNoInterval
		return e, nil
	}
	half := s.halfWidth(sd/math.Sqrt(n), n/s.tightAt)
	e.Low, e.High = e.Value-half, e.Value+half
	least, most := reach(e.Unit)
	clamp(&e.Low, &e.High, &e.Warnings, least, most)
	return e, nil
}

// clamp moves limits that left the range to its ends, and says so.
func clamp(low, high *float64, w *metrics.Warning, least, most float64) {
	if *low < least || *high > most {
		*low, *high = max(*low, least), min(*high, most)
		*w |= metrics.WarnClamped
	}
}

// unavailable is what stands beside an error: nothing of e that could be taken for a result.
func unavailable(e metrics.Estimate) metrics.Estimate {
	nan := math.NaN()
	return metrics.Estimate{Metric: e.Metric, Definition: e.Definition, Unit: e.Unit, Value: nan, Low: nan, High: nan, StdErr: nan}
}

// alwaysValid is the method of the estimates.
const alwaysValid = "normal mixture, always valid"

// guardWeight is how many answers at the two ends of the range join the sample when its standard deviation is taken.
const guardWeight = 4

// guarded returns the standard deviation of n answers and guardWeight more at the ends of the range.
func guarded(sd, n float64, u metrics.Unit) float64 {
	low, high := reach(u)
	if math.IsInf(high, 1) {
		return sd
	}
	half := (high - low) / 2
	return math.Sqrt((n*sd*sd + guardWeight*half*half) / (n + guardWeight))
}

// reach returns the ends of what the metric can be.
func reach(u metrics.Unit) (low, high float64) {
	switch u {
	case metrics.UnitPoints:
		return -100, 100
	case metrics.UnitShare:
		return 0, 1
	}
	return math.Inf(-1), math.Inf(1)
}
