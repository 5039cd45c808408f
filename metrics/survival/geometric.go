package survival

import (
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/internal/dist"
	"github.com/cxmodel/cxmodel/metrics"
)

// GeometricMean returns exp of the mean of log time, for skewed times that are all over, with Student's t interval on the
// logarithms:
//
//	exp(m ± t(n-1) s/sqrt(n))
//
// so that a few very long times do not rule it, and no limit falls below 0. It fails with [metrics.ErrNoData] where a time
// is censored, for which only [Curve.Median] and [Curve.RestrictedMean] are right, and with [ErrSubject] for a time of 0 or
// a late entry. One time has no interval. The Transform of opts is not used.
func GeometricMean(subjects []Subject, opts *Options) (metrics.Estimate, error) {
	e := unavailable("geometric mean time", metrics.UnitTime)
	s, err := opts.resolve()
	if err != nil {
		return e, err
	}
	n := float64(len(subjects))
	if n == 0 {
		return e, fmt.Errorf("%w: no subjects", metrics.ErrNoData)
	}
	sum := 0.0
	for i, x := range subjects {
		if err := x.check(i); err != nil {
			return e, err
		}
		switch {
		case x.Cause == Censored:
			return e, fmt.Errorf("%w: subject %d is still open, and a mean of the closed ones is too low; ask the curve for its median", metrics.ErrNoData, i)
		case x.Exit == 0 || x.Entry > 0:
			return e, fmt.Errorf("%w: subject %d from %v to %v; a geometric mean takes times above 0 from the start", ErrSubject, i, x.Entry, x.Exit)
		}
		sum += math.Log(x.Exit)
	}
	mean, ss := sum/n, 0.0
	for _, x := range subjects {
		ss += (math.Log(x.Exit) - mean) * (math.Log(x.Exit) - mean)
	}
	e.Definition, e.Value, e.N, e.EffectiveN, e.Method = "of times that are over", math.Exp(mean), len(subjects), n, "t on logarithms"
	if s.unit != "" {
		e.Definition += ", in " + s.unit
		e.In = s.unit
	}
	if n < 5 {
		e.Warnings |= metrics.WarnFewAnswers
	}
	if n == 1 {
		e.Warnings |= metrics.WarnNoInterval
		return e, nil
	}
	se := math.Sqrt(ss / (n - 1) / n)
	half := -dist.TQuantile((1-s.level)/2, n-1) * se
	e.Low, e.High, e.StdErr, e.Level = math.Exp(mean-half), math.Exp(mean+half), e.Value*se, s.level
	if e.Low == e.High {
		e.Warnings |= metrics.WarnZeroWidth
	}
	return e, nil
}
