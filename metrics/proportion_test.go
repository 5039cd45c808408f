package metrics_test

import (
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cxmodel/cxmodel/metrics"
)

var proportionMethods = []metrics.ProportionMethod{metrics.Wilson, metrics.ClopperPearson, metrics.AgrestiCoull, metrics.Jeffreys, metrics.Wald}

func proportion(t require.TestingT, x, n int, level float64, m metrics.ProportionMethod) metrics.Estimate {
	e, err := metrics.Proportion(x, n, &metrics.ProportionOptions{Level: level, Method: m})
	require.NoError(t, err)
	return e
}

func TestProportionLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 2000).Draw(t, "n")
		x := rapid.IntRange(0, n).Draw(t, "x")
		level := rapid.Float64Range(.5, .999).Draw(t, "level")
		m := rapid.SampledFrom(proportionMethods).Draw(t, "method")
		e := proportion(t, x, n, level, m)
		assert.True(t, 0 <= e.Low && e.Low <= e.High && e.High <= 1)
		assert.Equal(t, float64(x)/float64(n), e.Value)

		// Failures instead of successes: the mirrored interval.
		f := proportion(t, n-x, n, level, m)
		assert.InDelta(t, 1-e.Low, f.High, 1e-12)
		assert.InDelta(t, 1-e.High, f.Low, 1e-12)

		// More confidence, never a narrower interval.
		w := proportion(t, x, n, (1+level)/2, m)
		assert.LessOrEqual(t, w.Low, e.Low+1e-12)
		assert.GreaterOrEqual(t, w.High, e.High-1e-12)

		// One more success, never lower limits.
		if x < n {
			u := proportion(t, x+1, n, level, m)
			if m != metrics.Wald && m != metrics.AgrestiCoull { // the width of these jumps at the ends
				assert.GreaterOrEqual(t, u.Low, e.Low-1e-12)
				assert.GreaterOrEqual(t, u.High, e.High-1e-12)
			}
		}
	})
}

func TestClopperPearsonCoversForEveryTruth(t *testing.T) {
	// Exact: at each limit the binomial tail is .025, summed in 300-bit arithmetic.
	for _, c := range [][2]int{{3, 10}, {7, 10}, {1, 29}, {15, 148}} {
		x, n := c[0], c[1]
		e := proportion(t, x, n, .95, metrics.ClopperPearson)
		tail := func(p float64, from, to int) float64 {
			exact := func(x float64) *big.Float { return new(big.Float).SetPrec(300).SetFloat64(x) }
			P, Q, sum := exact(p), exact(1), exact(0)
			Q.Sub(Q, P)
			for k := from; k <= to; k++ {
				term := exact(0).SetInt(new(big.Int).Binomial(int64(n), int64(k)))
				for range k {
					term.Mul(term, P)
				}
				for range n - k {
					term.Mul(term, Q)
				}
				sum.Add(sum, term)
			}
			f, _ := sum.Float64()
			return f
		}
		assert.InEpsilon(t, .025, tail(e.Low, x, n), 1e-12)
		assert.InEpsilon(t, .025, tail(e.High, 0, x), 1e-12)
	}
}

func TestUnanimousSharesEndAtTheEnd(t *testing.T) {
	// With no success the exact upper limit solves (1-p)^n = .025: 1 - .025^(1/n); Wilson's is z²/(n+z²).
	const z2 = 3.8414588206941254
	for _, n := range []int{1, 5, 50, 1_000_000} {
		e := proportion(t, 0, n, 0, metrics.ClopperPearson)
		assert.Zero(t, e.Low)
		assert.InEpsilon(t, -math.Expm1(math.Log(.025)/float64(n)), e.High, 1e-12)
		e = proportion(t, 0, n, 0, metrics.Wilson)
		assert.Zero(t, e.Low)
		assert.InDelta(t, z2/(float64(n)+z2), e.High, 1e-15)
		e = proportion(t, n, n, 0, metrics.Jeffreys)
		assert.Equal(t, 1., e.High)
		assert.Less(t, e.Low, 1.)
	}
	assert.Equal(t, metrics.WarnWald|metrics.WarnZeroWidth, proportion(t, 0, 10, 0, metrics.Wald).Warnings)
	assert.Equal(t, metrics.WarnClamped, proportion(t, 1, 29, 0, metrics.AgrestiCoull).Warnings)
	assert.Equal(t, metrics.WarnFewAnswers, proportion(t, 1, 4, 0, 0).Warnings)
}

func TestProportionOfWeights(t *testing.T) {
	for _, m := range proportionMethods {
		a := proportion(t, 30, 100, 0, m)
		b, err := metrics.ProportionOfWeights(.3, 1, 100, 100, &metrics.ProportionOptions{Method: m})
		require.NoError(t, err)
		assert.InDelta(t, a.Low, b.Low, 1e-12)
		assert.InDelta(t, a.High, b.High, 1e-12)
		c, err := metrics.ProportionOfWeights(60, 200, 100, 1000, &metrics.ProportionOptions{Method: m})
		require.NoError(t, err)
		assert.Equal(t, 100., c.EffectiveN, "capped at n")
		assert.Equal(t, .3, c.Value)
	}
	for _, bad := range []struct {
		x, total float64
		n        int
		eff      float64
		err      error
	}{
		{2, 1, 5, 5, metrics.ErrCount}, {-1, 1, 5, 5, metrics.ErrCount}, {math.NaN(), 1, 5, 5, metrics.ErrCount}, {1, math.Inf(1), 5, 5, metrics.ErrCount}, {1, 2, -5, 5, metrics.ErrCount}, {1, 2, 5, math.NaN(), metrics.ErrCount},
		{0, 0, 5, 5, metrics.ErrNoData}, {1, 2, 0, 5, metrics.ErrNoData}, {1, 2, 5, 0, metrics.ErrNoData},
	} {
		e, err := metrics.ProportionOfWeights(bad.x, bad.total, bad.n, bad.eff, nil)
		require.ErrorIs(t, err, bad.err, "%+v", bad)
		assert.True(t, math.IsNaN(e.Value))
	}
}

func TestProportionOptionsThatDoNotExist(t *testing.T) {
	for _, o := range []metrics.ProportionOptions{{Level: 95}, {Level: -1}, {Method: 9}, {Method: -1}} {
		_, err := metrics.Proportion(1, 2, &o)
		require.ErrorIs(t, err, metrics.ErrOption)
		_, err = metrics.ProportionOfWeights(1, 2, 2, 2, &o)
		require.ErrorIs(t, err, metrics.ErrOption)
	}
}
