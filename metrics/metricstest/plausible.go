package metricstest

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/cxmodel/cxmodel/internal/dist"
	"github.com/cxmodel/cxmodel/metrics"
)

// Options are the choices of the assertions; nil stands for the defaults.
type Options struct {
	// Alpha is the chance in (0, .5) that the assertion fails although all is well. 0 means 1e-6 for Plausible, so that a
	// test suite does not flake, and .01 for NotWorse and NonInferior.
	Alpha float64
	// LowIsGood says that a lower estimate is the better one: churn, effort, waiting time.
	LowIsGood bool
}

func (o *Options) resolve(alpha float64) (Options, error) {
	r := Options{}
	if o != nil {
		r = *o
	}
	if r.Alpha == 0 {
		r.Alpha = alpha
	}
	if !(r.Alpha > 0 && r.Alpha < .5) {
		return r, fmt.Errorf("metricstest: alpha %v is not in (0, .5)", r.Alpha)
	}
	return r, nil
}

// Plausible fails the test if the estimate could hardly come from that truth, and reports whether it could. truth is in the
// unit of the estimate: points for a Net Promoter Score, [0, 1] for a share.
//
// A share of answers that count alike, with an interval of [metrics.ProportionMethod], is compared by the exact binomial
// test. Any other estimate is compared by its interval, drawn out on each side to the level 1-alpha as one of Student's t
// would be where its method is "t", else as a normal one: rough in the far tail of a few answers. An estimate without
// interval fails, and one whose interval has no width, unless it is the truth itself.
func Plausible(tb testing.TB, e metrics.Estimate, truth float64, opts *Options) bool {
	tb.Helper()
	o, err := opts.resolve(1e-6)
	if err != nil {
		tb.Errorf("%v", err)
		return false
	}
	p, err := chance(e, truth)
	switch {
	case err != nil:
		tb.Errorf("metricstest: %v\n  truth:    %s\n  estimate: %v", err, written(truth, e.Unit), e)
	case p < o.Alpha:
		tb.Errorf("metricstest: %s could hardly come from the truth\n  truth:    %s\n  estimate: %v\n  so far off by chance: %.2g of estimates, below alpha %.2g",
			e.Metric, written(truth, e.Unit), e, p, o.Alpha)
	default:
		return true
	}
	return false
}

// written writes a number of a unit for a message.
func written(x float64, u metrics.Unit) string {
	if u == metrics.UnitShare || u == metrics.UnitRatio {
		return fmt.Sprintf("%.4g %%", 100*x)
	}
	return fmt.Sprintf("%.4g", x)
}

// chance returns the two-sided p-value of the truth given the estimate.
func chance(e metrics.Estimate, truth float64) (float64, error) {
	switch {
	case math.IsNaN(truth) || math.IsInf(truth, 0):
		return 0, fmt.Errorf("the truth is %v; it must be a number", truth)
	case e.Unit == metrics.UnitShare && (truth < 0 || truth > 1):
		return 0, errors.New("the truth of a share lies in [0, 1]; write .35 for 35 %")
	case math.IsNaN(e.Value):
		return 0, errors.New("the estimate has no value")
	}
	if x, ok := successes(e); ok {
		return binomialChance(x, float64(e.N), truth), nil
	}
	d := truth - e.Value
	switch {
	case !e.HasInterval() || !(e.Level > 0 && e.Level < 1):
		return 0, errors.New("the estimate has no interval to judge it by")
	case math.Abs(d) <= 1e-12*math.Abs(e.Value):
		return 1, nil
	case e.Low == e.High:
		return 0, errors.New("the interval of the estimate has no width, so it does not tell what chance does")
	}
	cdf, quantile := tail(e)
	reach := e.High - e.Value
	if d < 0 {
		d, reach = -d, e.Value-e.Low
	}
	return 2 * cdf(quantile((1-e.Level)/2)*d/max(reach, 0)), nil
}

// successes returns the x of a share x/n of answers that count alike.
func successes(e metrics.Estimate) (x float64, ok bool) {
	var method metrics.ProportionMethod
	n := float64(e.N)
	if e.Unit != metrics.UnitShare || n != e.EffectiveN || n < 1 || e.Method == "" || method.UnmarshalText([]byte(e.Method)) != nil {
		return 0, false
	}
	x = math.Round(e.Value * n)
	return x, math.Abs(x/n-e.Value) < 1e-12
}

// tail returns the distribution by which the interval of e is drawn out, and its inverse; both for the lower tail.
func tail(e metrics.Estimate) (cdf, quantile func(float64) float64) {
	df := float64(e.N - 1)
	if e.Method != "t" || df < 1 {
		df = math.Inf(1)
	}
	return func(x float64) float64 { return dist.TCDF(x, df) }, func(p float64) float64 { return dist.TQuantile(p, df) }
}

// binomialChance returns twice the smaller tail of x successes or more, or fewer, of n.
func binomialChance(x, n, p float64) float64 {
	if p == 0 || p == 1 {
		if x == n*p {
			return 1
		}
		return 0
	}
	atLeast, atMost := 1., 1.
	if x > 0 {
		atLeast = dist.BetaCDF(p, x, n-x+1)
	}
	if x < n {
		atMost = dist.BetaCDF(1-p, n-x, x+1)
	}
	return min(2*min(atLeast, atMost), 1)
}

// atLevel returns e with its interval drawn out, or in, to another level.
func atLevel(e metrics.Estimate, level float64) metrics.Estimate {
	_, quantile := tail(e)
	factor := quantile((1-level)/2) / quantile((1-e.Level)/2)
	e.Low, e.High = e.Value-factor*max(e.Value-e.Low, 0), e.Value+factor*max(e.High-e.Value, 0)
	e.Level = level
	return e
}
