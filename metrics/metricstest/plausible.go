package metricstest

import (
	"fmt"
	"math"
	"testing"

	"github.com/cxmodel/cxmodel/internal/dist"
	"github.com/cxmodel/cxmodel/metrics"
)

// Options are the choices of the assertions; nil stands for the defaults.
type Options struct {
	// Alpha is the chance in (0, .5] that the assertion fails although all is well. 0 means 1e-6 for Plausible, so that a
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
	if !(r.Alpha > 0 && r.Alpha <= .5) {
		return r, fmt.Errorf("metricstest: alpha %v is not in (0, .5]", r.Alpha)
	}
	return r, nil
}

// Plausible fails the test if the estimate could hardly come from that truth, and reports whether it could. truth is in the
// unit of the estimate: points for a Net Promoter Score, [0, 1] for a share.
//
// A share of answers that count alike is compared by the exact binomial test. Any other estimate is compared by its
// interval, drawn out on each side to the level 1-alpha as a normal one would be: rough in the far tail of a few answers.
// An estimate without interval fails.
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
		tb.Errorf("metricstest: %v\n  estimate: %v", err, e)
	case p < o.Alpha:
		tb.Errorf("metricstest: the truth is not plausible given the estimate, or the estimate is wrong\n  truth:    %v\n  estimate: %v\n  a distance as large has the chance %.2g, below alpha %.2g", truth, e, p, o.Alpha)
	default:
		return true
	}
	return false
}

// chance returns the two-sided p-value of the truth given the estimate.
func chance(e metrics.Estimate, truth float64) (float64, error) {
	switch {
	case math.IsNaN(truth) || math.IsInf(truth, 0):
		return 0, fmt.Errorf("the truth is %v; it must be a number", truth)
	case math.IsNaN(e.Value):
		return 0, fmt.Errorf("the estimate has no value")
	}
	if x := math.Round(e.Value * float64(e.N)); e.Unit == metrics.UnitShare && float64(e.N) == e.EffectiveN && e.N > 0 && math.Abs(x/float64(e.N)-e.Value) < 1e-12 {
		return binomialChance(x, float64(e.N), truth), nil
	}
	if !e.HasInterval() {
		return 0, fmt.Errorf("the estimate has no interval")
	}
	below, above := deviations(e)
	d, sd := truth-e.Value, above
	if d < 0 {
		d, sd = -d, below
	}
	if d <= 1e-12*math.Abs(e.Value) {
		return 1, nil
	}
	return 2 * dist.NormalCDF(-d/sd), nil
}

// binomialChance returns twice the smaller tail of x successes or more, or fewer, of n.
func binomialChance(x, n, p float64) float64 {
	switch {
	case p < 0 || p > 1:
		return 0
	case p == 0 || p == 1:
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

// deviations returns the parts of the interval below and above the value in standard deviations of its level.
func deviations(e metrics.Estimate) (below, above float64) {
	z := -dist.NormalQuantile((1 - e.Level) / 2)
	return max(e.Value-e.Low, 0) / z, max(e.High-e.Value, 0) / z
}
