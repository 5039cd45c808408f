package durations

import (
	"cmp"
	"fmt"
	"math"
	"sort"
	"time"

	"github.com/cxmodel/cxmodel/internal/dist"
	"github.com/cxmodel/cxmodel/metrics"
)

// Options are the choices of an estimate; nil stands for the defaults.
type Options struct {
	Level float64       // confidence level in (0, 1); 0 means .95
	Unit  time.Duration // the unit of Value, Low and High; 0 means time.Second
}

type settings struct {
	level, unit float64
	in          string
}

func (o *Options) resolve() (settings, error) {
	if o == nil {
		o = &Options{}
	}
	unit := cmp.Or(o.Unit, time.Second)
	s := settings{level: cmp.Or(o.Level, metrics.DefaultLevel), unit: float64(unit)}
	if !(s.level > 0 && s.level < 1) {
		return s, fmt.Errorf("%w: level %v is not between 0 and 1; write .95 for 95 %%", metrics.ErrOption, s.level)
	}
	if unit < 0 {
		return s, fmt.Errorf("%w: unit %v", metrics.ErrOption, unit)
	}
	switch unit {
	case time.Millisecond:
		s.in = "milliseconds"
	case time.Second:
		s.in = "seconds"
	case time.Minute:
		s.in = "minutes"
	case time.Hour:
		s.in = "hours"
	default:
		s.in = "units of " + unit.String()
	}
	return s, nil
}

// start resolves the options and prepares the estimate of a histogram that has durations.
func (h *Histogram) start(metric string, unit metrics.Unit, opts *Options) (metrics.Estimate, settings, error) {
	nan := math.NaN()
	e := metrics.Estimate{Metric: metric, Unit: unit, Value: nan, Low: nan, High: nan, StdErr: nan, OffScale: h.Negative()}
	s, err := opts.resolve()
	if err == nil && h.n == 0 {
		err = fmt.Errorf("%w for %s: the histogram is empty", metrics.ErrNoData, metric)
	}
	if err == nil {
		e.N, e.EffectiveN = h.N(), float64(h.n)
		if h.n < 5 {
			e.Warnings |= metrics.WarnFewAnswers
		}
		if h.negative > h.n/20 {
			e.Warnings |= metrics.WarnOffScale
		}
	}
	return e, s, err
}

// Quantile returns the duration that the share p, in (0, 1), does not exceed: that of rank ceil(p n), told from the
// middle of its bucket and so within [Histogram.RelativeError] of it. The limits are order statistics, right for any
// distribution: with B the number of durations below the true quantile, binomial(n, p),
//
//	low  has the largest rank l  with P(B <= l-1) <= (1-level)/2
//	high has the smallest rank u with P(B >= u)   <= (1-level)/2
//
// taken at the outer ends of their buckets. Low is 0 where there is no such rank; High is +Inf, with
// [metrics.WarnOpenEnd], where n is too small for one.
func (h *Histogram) Quantile(p float64, opts *Options) (metrics.Estimate, error) {
	e, s, err := h.start(fmt.Sprintf("p%v", math.Round(p*1e12)/1e10), metrics.UnitTime, opts)
	if err != nil {
		return e, err
	}
	if !(p > 0 && p < 1) {
		return e, fmt.Errorf("%w: share %v is not between 0 and 1; write .9 for the ninetieth percentile", metrics.ErrOption, p)
	}
	low, high := h.ofRank(rank(p, h.n))
	e.Value = middle(low, high) / s.unit
	e.Definition, e.In, e.Level, e.Method = "duration in "+s.in, s.in, s.level, fmt.Sprintf("order statistics, buckets within %.2g %%", 100*h.RelativeError())
	l, u := ranks(h.N(), p, (1-s.level)/2)
	e.Low, e.High = 0, math.Inf(1)
	if l > 0 {
		low, _ = h.ofRank(uint64(l))
		e.Low = float64(low) / s.unit
	}
	if u <= h.N() {
		_, high = h.ofRank(uint64(u))
		e.High = float64(high) / s.unit
	} else {
		e.Warnings |= metrics.WarnOpenEnd
	}
	return e, nil
}

// rank returns ceil(p n), where p n is whole but for rounding that whole number.
func rank(p float64, n uint64) uint64 {
	return min(max(uint64(math.Ceil(p*float64(n)*(1-0x1p-51))), 1), n)
}

// middle returns the duration with the same relative distance to both ends.
func middle(low, high uint64) float64 {
	if low == high {
		return float64(low)
	}
	a, b := float64(low), float64(high)
	return 2 * a / (a + b) * b
}

// ofRank returns the bucket of the duration of rank r, 1 to n.
func (h *Histogram) ofRank(r uint64) (low, high uint64) {
	var seen uint64
	for i, c := range h.counts {
		if seen += c; seen >= r {
			return boundsOf(h.base+i, h.bits())
		}
	}
	panic("durations: rank beyond the counts") // the counts sum to n
}

// ranks returns the ranks of the limits: l may be 0 and u may be n+1.
func ranks(n int, p, tail float64) (l, u int) {
	atLeast := func(k int) float64 { // P(B >= k)
		if k > n {
			return 0
		}
		return dist.BetaCDF(p, float64(k), float64(n-k+1))
	}
	below := func(k int) float64 { // P(B <= k-1)
		if k > n {
			return 1
		}
		return dist.BetaCDF(1-p, float64(n-k+1), float64(k))
	}
	u = 1 + sort.Search(n, func(i int) bool { return atLeast(i+1) <= tail })
	l = sort.Search(n, func(i int) bool { return below(i+1) > tail })
	return l, u
}

// Mean returns the mean duration, exact but for the last bit. It has no interval: durations are skewed, and a symmetric
// interval on them covers less than it says and can fall below zero. Report the median and p90 beside it.
func (h *Histogram) Mean(opts *Options) (metrics.Estimate, error) {
	e, s, err := h.start("mean duration", metrics.UnitTime, opts)
	if err != nil {
		return e, err
	}
	e.Value, e.Definition, e.In, e.Method = h.sum.over(h.n)/s.unit, "mean in "+s.in, s.in, "no interval"
	e.Warnings |= metrics.WarnNoInterval
	return e, nil
}

// Within returns the share of durations that are at most limit: the service level. Durations in the bucket of limit
// are shared out in proportion; Low and High, from Wilson's interval, take all of them to be above and all to be
// below.
func (h *Histogram) Within(limit time.Duration, opts *Options) (metrics.Estimate, error) {
	e, s, err := h.start("within "+limit.String(), metrics.UnitShare, opts)
	if err != nil {
		return e, err
	}
	if limit < 0 {
		return e, fmt.Errorf("%w: limit %v is negative", metrics.ErrOption, limit)
	}
	var below, split uint64
	at, k := bucketOf(uint64(limit), h.bits()), h.bits()
	for i, c := range h.counts {
		if h.base+i < at {
			below += c
		}
	}
	low, high := boundsOf(at, k)
	part := float64(uint64(limit)-low+1) / float64(high-low+1)
	if split = h.count(at); part == 1 {
		below, split = below+split, 0
	}
	o := &metrics.ProportionOptions{Level: s.level}
	least, err := metrics.Proportion(int(below), h.N(), o)
	if err != nil {
		return e, fmt.Errorf("durations: %w", err)
	}
	most, err := metrics.Proportion(int(below+split), h.N(), o)
	if err != nil {
		return e, fmt.Errorf("durations: %w", err)
	}
	e.Value = (float64(below) + part*float64(split)) / float64(h.n)
	e.StdErr = math.Sqrt(e.Value * (1 - e.Value) / float64(h.n))
	e.Definition, e.Low, e.High, e.Level, e.Method = "durations of at most "+limit.String()+" / all", least.Low, most.High, s.level, least.Method
	return e, nil
}

// Table returns the mean and the given quantiles, ready for CSV or Markdown.
func (h *Histogram) Table(opts *Options, quantiles ...float64) (*metrics.Table, error) {
	t := &metrics.Table{}
	mean, err := h.Mean(opts)
	if err != nil {
		return nil, err
	}
	t.Add(mean)
	for _, p := range quantiles {
		e, err := h.Quantile(p, opts)
		if err != nil {
			return nil, err
		}
		t.Add(e)
	}
	return t, nil
}
