package metricstest

import (
	"math"
	"testing"

	"github.com/cxmodel/cxmodel/internal/dist"
	"github.com/cxmodel/cxmodel/metrics"
)

// NotWorse fails the test if it is shown that got is worse than the baseline by more than margin: with a test at alpha (.01 by
// default, one-sided) on the difference by MOVER, see [metrics.Difference]. Too few answers show nothing and pass; to
// demand proof use [NonInferior]. margin is in the unit of both and not negative. The groups must be independent.
func NotWorse(tb testing.TB, got, baseline metrics.Estimate, margin float64, opts *Options) bool {
	tb.Helper()
	g, ok := compare(tb, got, baseline, margin, opts)
	if ok && g.best < -margin {
		tb.Errorf("metricstest: worse than the baseline by more than %v\n  got:        %v\n  baseline:   %v\n  difference: %v, at best %.4g worse (alpha %.2g, one-sided)",
			margin, got, baseline, g.difference, -g.best, g.alpha)
		return false
	}
	return ok
}

// NonInferior fails the test unless it is shown that got is not worse than the baseline by margin or more: with a test at alpha
// (.01 by default, one-sided) on the difference by MOVER. Too few answers show nothing and fail. margin is in the unit of
// both and not negative. The groups must be independent.
func NonInferior(tb testing.TB, got, baseline metrics.Estimate, margin float64, opts *Options) bool {
	tb.Helper()
	g, ok := compare(tb, got, baseline, margin, opts)
	if ok && g.worst <= -margin {
		tb.Errorf("metricstest: not shown to be within %v of the baseline\n  got:        %v\n  baseline:   %v\n  difference: %v, at worst %.4g worse (alpha %.2g, one-sided)",
			margin, got, baseline, g.difference, -g.worst, g.alpha)
		return false
	}
	return ok
}

// gain is how much better got is than the baseline, with its one-sided limits.
type gain struct {
	worst, best float64
	alpha       float64
	difference  metrics.Comparison
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
	d, err := metrics.Difference(got, baseline)
	if err != nil {
		tb.Errorf("metricstest: %v\n  got:      %v\n  baseline: %v", err, got, baseline)
		return gain{}, false
	}
	gotBelow, gotAbove := deviations(got)
	baseBelow, baseAbove := deviations(baseline)
	z := -dist.NormalQuantile(o.Alpha)
	low, high := d.Value-z*math.Hypot(gotBelow, baseAbove), d.Value+z*math.Hypot(gotAbove, baseBelow)
	if o.LowIsGood {
		low, high = -high, -low
	}
	return gain{low, high, o.Alpha, d}, true
}
