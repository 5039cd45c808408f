package metrics_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
)

func TestJointIntervalsHoldTogether(t *testing.T) {
	truth := []float64{.15, .35, .5}
	r := rand.New(rand.NewPCG(5, 6))
	const draws, n = 2000, 200
	for _, m := range []metrics.SimultaneousMethod{metrics.Goodman, metrics.SisonGlaz} {
		held := 0
		for range draws {
			counts := make([]int, 3)
			for range n {
				u, k := r.Float64(), 0
				for k < 2 && u >= truth[k] {
					u -= truth[k]
					k++
				}
				counts[k]++
			}
			shares, err := metrics.SimultaneousShares(counts, &metrics.SimultaneousOptions{Method: m})
			require.NoError(t, err)
			all := true
			for i, e := range shares {
				all = all && e.Low <= truth[i] && truth[i] <= e.High
			}
			if all {
				held++
			}
		}
		// The binomial error of 2000 draws is .005.
		assert.InDelta(t, .95, float64(held)/draws, .02, m)
	}
}

// For large n with even shares the half width of Sison-Glaz tends to that of the largest of k correlated normal
// deviations, so it falls with the root of n; a sum of large terms that cancel would show here.
func TestSisonGlazScalesWithTheRootOfN(t *testing.T) {
	width := func(scale int) float64 {
		shares, err := metrics.SimultaneousShares([]int{10 * scale, 30 * scale, 60 * scale}, &metrics.SimultaneousOptions{Method: metrics.SisonGlaz})
		require.NoError(t, err)
		return (shares[1].High - shares[1].Low) * math.Sqrt(float64(scale))
	}
	reference := width(10_000)
	for _, scale := range []int{100_000, 1_000_000, 10_000_000} {
		assert.InEpsilon(t, reference, width(scale), 3e-3, scale)
	}
}

func TestSharesOfOneMindAreFlagged(t *testing.T) {
	shares, err := metrics.SimultaneousShares([]int{0, 50}, &metrics.SimultaneousOptions{Method: metrics.SisonGlaz})
	require.NoError(t, err)
	assert.True(t, shares[0].Warnings.Has(metrics.WarnZeroWidth))
	for want, counts := range map[error][]int{metrics.ErrNoData: {0, 0}, metrics.ErrCount: {1, -1}} {
		_, err := metrics.SimultaneousShares(counts, nil)
		require.ErrorIs(t, err, want)
	}
	_, err = metrics.SimultaneousShares([]int{5}, nil)
	require.ErrorIs(t, err, metrics.ErrNoData)
	_, err = metrics.SimultaneousShares([]int{5, 5}, &metrics.SimultaneousOptions{Method: 3})
	require.ErrorIs(t, err, metrics.ErrOption)
}
