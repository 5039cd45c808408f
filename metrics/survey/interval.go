package survey

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/cxmodel/cxmodel/internal/dist"
	"github.com/cxmodel/cxmodel/internal/enum"
	"github.com/cxmodel/cxmodel/metrics"
)

// DesignInterval names the interval of an estimate from weighted or clustered answers.
type DesignInterval int

// The intervals.
const (
	// IntervalEffectiveN is the method of package metrics with the effective number of answers for their number, times
	// (t(n-1)/t(DF))² for the degrees of freedom that clusters cost (E. L. Korn, B. I. Graubard, Confidence intervals for
	// proportions with small expected number of positive counts estimated from survey data, Survey Methodology 24 (1998),
	// 193-201). It stays inside the range and serves near its ends and with few clusters. With a Population the number is
	// divided by the share of the variance that is left. The default. Means have Student's interval in any case.
	IntervalEffectiveN DesignInterval = iota + 1
	// IntervalT is value ± t·SE with the linearised standard error and as many degrees of freedom as there are clusters
	// less strata, as other programs have it. Where all clusters agree the standard error is zero, and the effective number
	// of answers is used, at most one a cluster.
	//
	// Where all of the Population is in the sample and has answered, the value is known and the interval has no width.
	IntervalT
)

var designIntervals = &enum.Table{Type: "design interval", Names: []string{"", "effective n", "t"}}

// String returns "effective n" or "t"; "" if unspecified.
func (d DesignInterval) String() string { return designIntervals.String(int(d)) }

// MarshalText implements [encoding.TextMarshaler].
func (d DesignInterval) MarshalText() ([]byte, error) {
	if d < 0 || int(d) >= len(designIntervals.Names) {
		return nil, fmt.Errorf("%w: there is no interval %d", ErrOption, int(d))
	}
	return []byte(d.String()), nil
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown word is an error that lists the words.
func (d *DesignInterval) UnmarshalText(text []byte) error {
	i, err := designIntervals.Parse(text)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrOption, err)
	}
	*d = DesignInterval(i)
	return nil
}

// A weighing is what an estimate from weighted answers is made of.
type weighing struct {
	sums      map[float64]float64 // of weights, by value
	w         float64             // sum of the weights
	heaviest  float64             // weight
	squares   float64             // sum of the squares of the weights over the heaviest, which neither overflow nor vanish
	mean, dev float64             // weighted mean, and Σ w(y-mean)²/Σ w
	variance  float64             // of the mean, by linearisation
	sampled   float64             // variance over that in a population far larger than the sample; 0 means 1
	whole     bool                // everybody in the population has answered
	n         int                 // answers on the scale that have a weight
	df        float64
	clusters  int
	interval  DesignInterval
}

// add adds n answers of a value and weight.
func (w *weighing) add(y, weight float64, n int) {
	w.sums[y] += weight * float64(n)
	w.w += weight * float64(n)
	w.n += n
	if weight > w.heaviest {
		w.squares *= w.heaviest / weight * w.heaviest / weight
		w.heaviest = weight
	}
	w.squares += weight / w.heaviest * weight / w.heaviest * float64(n)
}

// average returns Σ w y/Σ w, without rounding where all answers agree.
func (w *weighing) average() float64 {
	keys := slices.Sorted(maps.Keys(w.sums))
	s := 0.
	for _, y := range keys {
		s += (y - keys[0]) * w.sums[y]
	}
	return keys[0] + s/w.w
}

// kish returns (Σw)²/Σw².
func (w *weighing) kish() float64 {
	return w.w / w.heaviest * w.w / w.heaviest / w.squares
}

// effectiveN returns the size of the simple random sample that would tell as much, at most n. Where the clusters do not
// differ, that is Kish's number, at most one for a cluster.
func (w *weighing) effectiveN() float64 {
	n := w.dev / w.variance
	if w.alike() {
		n = min(w.kish(), float64(w.clusters))
	}
	return min(n, float64(w.n))
}

// intervalN returns the size of the simple random sample from an infinite population whose interval is as wide: the
// effective number by weights and clusters, at most n, for the degrees of freedom, over the share of the variance that a
// population leaves.
func (w *weighing) intervalN(level float64) float64 {
	if w.alike() {
		return w.effectiveN()
	}
	n := w.effectiveN()
	if w.sampled > 0 {
		n = min(w.dev/w.variance*w.sampled, float64(w.n)) / w.sampled
	}
	if df := float64(w.n - 1); w.df > 0 && w.df != df {
		tail := (1 - cmp.Or(level, metrics.DefaultLevel)) / 2
		t := dist.TQuantile(tail, df) / dist.TQuantile(tail, w.df)
		n *= t * t
	}
	return n
}

// alike reports whether the variance is 0 but for rounding.
func (w *weighing) alike() bool { return w.variance <= 1e-20*w.dev }

// designEffect returns the variance over that of a simple random sample with replacement.
func (w *weighing) designEffect() float64 {
	if w.dev == 0 || w.n < 2 {
		return math.NaN()
	}
	return w.variance / w.dev * float64(w.n-1)
}

// estimate puts the interval on the mean.
func (v *values) estimate(w *weighing, o EstimateOptions) (metrics.Estimate, error) {
	if s := w.w + math.Abs(w.mean) + w.dev + w.variance; math.IsInf(s, 0) || math.IsNaN(s) {
		return unavailable(v.template.Metric), fmt.Errorf("%w: the weights of the answers to %s, which sum to %.3g, are too large; divide them all by the same number",
			ErrDesign, v.def.Key, w.w)
	}
	e, err := v.byEffectiveN(w, o)
	if err != nil {
		return e, err
	}
	t := v.template.Unit == metrics.UnitScore || w.interval == IntervalT && !w.alike()
	e.Metric, e.Definition, e.Unit = v.template.Metric, v.template.Definition, v.template.Unit
	e.Value, e.N, e.EffectiveN, e.StdErr = w.mean, w.n, w.effectiveN(), math.Sqrt(w.variance)
	e.Warnings &^= metrics.WarnFewAnswers
	if e.EffectiveN < 5 {
		e.Warnings |= metrics.WarnFewAnswers
	}
	switch {
	case w.whole:
		e.StdErr, e.Low, e.High, e.Method, e.Warnings = 0, w.mean, w.mean, "whole population", 0
		return e, nil
	case w.df == 0 && t:
		e.Low, e.High, e.Level, e.Method = math.NaN(), math.NaN(), 0, ""
		e.Warnings = e.Warnings&metrics.WarnFewAnswers | metrics.WarnNoInterval
	case t:
		half := -dist.TQuantile((1-e.Level)/2, w.df) * e.StdErr
		e.Low, e.High, e.Method = w.mean-half, w.mean+half, "linearised t"
		e.Warnings &= metrics.WarnFewAnswers
		low, high := v.span()
		if e.Low < low || e.High > high {
			e.Low, e.High = max(e.Low, low), min(e.High, high)
			e.Warnings |= metrics.WarnClamped
		}
		if e.Low == e.High {
			e.Warnings |= metrics.WarnZeroWidth
		}
	}
	if w.df == 0 {
		e.StdErr = math.NaN()
	}
	return e, nil
}

// byEffectiveN asks package metrics; of means it takes the level and the warnings.
func (v *values) byEffectiveN(w *weighing, o EstimateOptions) (metrics.Estimate, error) {
	n := w.intervalN(o.Level)
	most := max(w.n, int(math.Ceil(min(n, math.MaxInt32))))
	if v.template.Unit == metrics.UnitPoints {
		return metrics.NPSOfWeights(w.sums[-100], w.sums[0], w.sums[100], most, n, &metrics.NPSOptions{Level: o.Level, Method: o.NPS})
	}
	return metrics.ProportionOfWeights(w.sums[1], w.w, most, n, &metrics.ProportionOptions{Level: o.Level, Method: o.Proportion})
}
