package survey

import (
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/internal/dist"
	"github.com/cxmodel/cxmodel/internal/enum"
	"github.com/cxmodel/cxmodel/metrics"
)

// DesignInterval names the interval of an estimate from weighted or clustered answers.
type DesignInterval int

// The intervals.
const (
	// IntervalEffectiveN is the method of package metrics with the effective number of answers for their number: it stays
	// inside the range and serves near its ends. The default where no cluster has several answers. Means have Student's
	// interval in any case.
	IntervalEffectiveN DesignInterval = iota + 1
	// IntervalT is value ± t·SE with the linearised standard error and as many degrees of freedom as there are clusters
	// less strata. The default where clusters have several answers. Where all clusters agree the standard error is zero,
	// and the effective number of answers is used, at most one a cluster.
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
	w, w2     float64             // sums of the weights and of their squares
	mean, dev float64             // weighted mean, and Σ w(y-mean)²/Σ w
	variance  float64             // of the mean, by linearisation
	n         int                 // answers on the scale that have a weight
	df        float64
	clusters  int
	interval  DesignInterval
}

// effectiveN returns the size of the simple random sample that would tell as much, at most n. Where the clusters do not
// differ, that is Kish's number, at most one for a cluster.
func (w *weighing) effectiveN() float64 {
	n := w.dev / w.variance
	if w.alike() {
		n = min(w.w*w.w/w.w2, float64(w.clusters))
	}
	return min(n, float64(w.n))
}

// alike reports whether the variance is 0 but for rounding.
func (w *weighing) alike() bool { return w.variance <= 1e-20*w.dev }

// estimate puts the interval on the mean.
func (v *values) estimate(w *weighing, o EstimateOptions) (metrics.Estimate, error) {
	e, err := v.byEffectiveN(w, o)
	if err != nil {
		return e, err
	}
	t := w.interval == IntervalT && !w.alike()
	e.Metric, e.Definition, e.Unit = v.template.Metric, v.template.Definition, v.template.Unit
	e.Value, e.N, e.EffectiveN, e.StdErr = w.mean, w.n, w.effectiveN(), math.Sqrt(w.variance)
	if w.df == 0 {
		e.StdErr = math.NaN()
	}
	if w.df == 0 && (t || e.Unit == metrics.UnitScore) {
		e.Low, e.High, e.Level, e.Method = math.NaN(), math.NaN(), 0, ""
		e.Warnings = e.Warnings&metrics.WarnFewAnswers | metrics.WarnNoInterval
		return e, nil
	}
	if t || e.Unit == metrics.UnitScore {
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
	return e, nil
}

// byEffectiveN asks package metrics; of means it takes the level and the warnings.
func (v *values) byEffectiveN(w *weighing, o EstimateOptions) (metrics.Estimate, error) {
	if v.template.Unit == metrics.UnitPoints {
		return metrics.NPSOfWeights(w.sums[-100], w.sums[0], w.sums[100], w.n, w.effectiveN(), &metrics.NPSOptions{Level: o.Level, Method: o.NPS})
	}
	return metrics.ProportionOfWeights(w.sums[1], w.w, w.n, w.effectiveN(), &metrics.ProportionOptions{Level: o.Level, Method: o.Proportion})
}
