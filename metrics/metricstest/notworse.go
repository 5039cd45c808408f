package metricstest

import (
	"errors"
	"math"
	"testing"

	"github.com/cxmodel/cxmodel/metrics"
)

// NotWorse fails the test if it is shown that got is worse than the baseline by more than margin: with a test at alpha (.01 by
// default, one-sided) on the difference by MOVER, see [metrics.Difference]. Too few answers show nothing and pass; to
// demand proof use [NonInferior]. margin is in the unit of both, .05 for five points of a share, and not negative. The groups
// must be independent.
func NotWorse(tb testing.TB, got, baseline metrics.Estimate, margin float64, opts *Options) bool {
	tb.Helper()
	g, ok := compare(tb, got, baseline, margin, opts)
	if ok && g.best < -margin {
		g.fail(tb, "is more than", "it is worse by at least", -g.best)
		return false
	}
	return ok
}

// NonInferior fails the test unless it is shown that got is not worse than the baseline by margin or more: with a test at alpha
// (.01 by default, one-sided) on the difference by MOVER. Too few answers show nothing and fail. margin is in the unit of
// both, .05 for five points of a share, and not negative. The groups must be independent.
func NonInferior(tb testing.TB, got, baseline metrics.Estimate, margin float64, opts *Options) bool {
	tb.Helper()
	g, ok := compare(tb, got, baseline, margin, opts)
	if ok && g.worst <= -margin {
		g.fail(tb, "is not shown to be less than", "it may be worse by", -g.worst)
		return false
	}
	return ok
}

// gain is how much better got is than the baseline, with its one-sided limits.
type gain struct {
	worst, best   float64
	margin, alpha float64
	got, baseline metrics.Estimate
	difference    metrics.Comparison // at the level 1-2 alpha, whose limits are the one-sided ones
}

// fail shows both estimates, the difference, and the limit that decided.
func (g gain) fail(tb testing.TB, what, limit string, worse float64) {
	tb.Helper()
	u := g.got.Unit
	tb.Errorf("metricstest: %s %s %s worse than the baseline\n  got:        %v\n  baseline:   %v\n  difference: %v\n  %s %s, one-sided at alpha %.2g",
		g.got.Metric, what, written(g.margin, u), g.got, g.baseline, g.difference, limit, written(worse, u), g.alpha)
}

func compare(tb testing.TB, got, baseline metrics.Estimate, margin float64, opts *Options) (gain, bool) {
	tb.Helper()
	o, err := opts.resolve(.01)
	if err != nil {
		tb.Errorf("%v", err)
		return gain{}, false
	}
	if !(margin >= 0) || math.IsInf(margin, 1) {
		tb.Errorf("metricstest: margin %v; it must be a number that is not negative", margin)
		return gain{}, false
	}
	_, err = metrics.Difference(got, baseline)
	for _, e := range []metrics.Estimate{got, baseline} {
		if err == nil && e.Warnings.Has(metrics.WarnZeroWidth) {
			err = errors.New("an interval has no width, so it does not tell what chance does")
		}
	}
	if err != nil {
		tb.Errorf("metricstest: %v\n  got:      %v\n  baseline: %v", err, got, baseline)
		return gain{}, false
	}
	level := 1 - 2*o.Alpha
	d, err := metrics.Difference(atLevel(got, level), atLevel(baseline, level))
	if err != nil {
		tb.Errorf("metricstest: %v\n  got:      %v\n  baseline: %v", err, got, baseline)
		return gain{}, false
	}
	g := gain{d.Low, d.High, margin, o.Alpha, got, baseline, d}
	if o.LowIsGood {
		g.worst, g.best = -d.High, -d.Low
	}
	return g, true
}
