package metrics_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
)

func TestRatioOfSwappedGroupsIsTheReciprocal(t *testing.T) {
	for _, m := range []metrics.RatioMethod{metrics.RatioScore, metrics.RatioLog} {
		a, err := metrics.ProportionRatio(30, 40, 20, 50, &metrics.RatioOptions{Method: m})
		require.NoError(t, err)
		b, err := metrics.ProportionRatio(20, 50, 30, 40, &metrics.RatioOptions{Method: m})
		require.NoError(t, err)
		assert.InEpsilon(t, 1/a.Value, b.Value, 1e-14)
		assert.InEpsilon(t, 1/a.High, b.Low, 1e-10, m)
		assert.InEpsilon(t, 1/a.Low, b.High, 1e-10, m)
	}
	a, err := metrics.RateRatio(11, 800, 21, 3011, nil)
	require.NoError(t, err)
	b, err := metrics.RateRatio(21, 3011, 11, 800, nil)
	require.NoError(t, err)
	assert.InEpsilon(t, 1/a.High, b.Low, 1e-11)
}

// The exact interval holds 1 exactly where the two-sided binomial test by doubling does: with equal exposures and x of n
// events in the first group, its limit for the chance of a first-group event is 1/2 where P(X >= x) = .025.
func TestRateRatioSolvesTheBinomialEquation(t *testing.T) {
	tail := func(x, n int, p float64) float64 { // P(X >= x)
		s := 0.
		for k, c := range binomialShares(n, p) {
			if k >= x {
				s += c
			}
		}
		return s
	}
	for _, c := range [][2]int{{11, 21}, {3, 1}, {1, 40}} {
		e, err := metrics.RateRatio(c[0], 2, c[1], 2, nil)
		require.NoError(t, err)
		assert.InEpsilon(t, .025, tail(c[0], c[0]+c[1], e.Low/(1+e.Low)), 1e-10)
		assert.InEpsilon(t, .025, 1-tail(c[0]+1, c[0]+c[1], e.High/(1+e.High)), 1e-10)
	}
	e, err := metrics.RateRatio(0, 1, 4, 1, nil)
	require.NoError(t, err)
	assert.Zero(t, e.Low)
	assert.Zero(t, e.Value)
	assert.Positive(t, e.High)
}

// The example of poisson.test in R's manual: 11 cases in 800 person-years, 21 in 3011.
func TestRateRatioReproducesR(t *testing.T) {
	e, err := metrics.RateRatio(11, 800, 21, 3011, nil)
	require.NoError(t, err)
	assert.InDelta(t, 1.971488, e.Value, 5e-7)
	assert.InDelta(t, .8584264, e.Low, 5e-8)
	assert.InDelta(t, 4.277266, e.High, 5e-7)
}

func TestRatioCovers(t *testing.T) {
	const n1, n2 = 40, 40
	for _, truth := range [][2]float64{{.2, .2}, {.5, .3}, {.8, .6}} {
		a, b := binomialShares(n1, truth[0]), binomialShares(n2, truth[1])
		covered, defined := 0., 0.
		for x := range a {
			for y := range b {
				e, err := metrics.ProportionRatio(x, n1, y, n2, nil)
				if y == 0 {
					require.ErrorIs(t, err, metrics.ErrUndefined)
					continue
				}
				require.NoError(t, err)
				require.LessOrEqual(t, e.Low, e.Value)
				require.LessOrEqual(t, e.Value, e.High)
				defined += a[x] * b[y]
				if r := truth[0] / truth[1]; e.Low <= r && r <= e.High {
					covered += a[x] * b[y]
				}
			}
		}
		assert.InDelta(t, .95, covered/defined, .01, truth)
	}
}

func TestRatioRefusesBadInput(t *testing.T) {
	e, err := metrics.ProportionRatio(3, 2, 1, 2, nil)
	require.ErrorIs(t, err, metrics.ErrCount)
	assert.True(t, math.IsNaN(e.Value))
	_, err = metrics.ProportionRatio(1, 2, 1, 2, &metrics.RatioOptions{Method: 9})
	require.ErrorIs(t, err, metrics.ErrOption)
	_, err = metrics.RateRatio(1, 0, 1, 2, nil)
	require.ErrorIs(t, err, metrics.ErrCount)
	_, err = metrics.RateRatio(1, 1, 0, 2, nil)
	require.ErrorIs(t, err, metrics.ErrUndefined)
	_, err = metrics.RateRatio(1, 1, 1, math.NaN(), nil)
	require.ErrorIs(t, err, metrics.ErrCount)
	e, err = metrics.ProportionRatio(0, 10, 5, 10, &metrics.RatioOptions{Method: metrics.RatioLog})
	require.NoError(t, err)
	assert.True(t, e.Warnings.Has(metrics.WarnNoInterval))
}
