package metrics_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
)

var npsMethods = []metrics.NPSMethod{metrics.NPSTango, metrics.NPSAdjustedWald, metrics.NPSAgrestiMin, metrics.NPSBonettPrice, metrics.NPSJeffreys, metrics.NPSWald}

func TestNPSIsPromotersMinusDetractorsInPoints(t *testing.T) {
	// Four promoters, one passive, one detractor of six: 100 (4-1)/6 = 50.
	e, err := metrics.NPS([]int{10, 9, 9, 10, 8, 0}, nil)
	require.NoError(t, err)
	assert.Equal(t, 50.0, e.Value)
	assert.Equal(t, 6, e.N)
	assert.Equal(t, 6.0, e.EffectiveN)
	assert.Equal(t, .95, e.Level)
	assert.Equal(t, metrics.UnitPoints, e.Unit)
	assert.Equal(t, "score", e.Method)
}

func TestFractionsFallIntoABand(t *testing.T) {
	// 6.5 and 6.999 are detractors, 7 and 8.5 passives, 9 and 9.5 promoters: no score is lost between the bands.
	e, err := metrics.NPS([]float64{6.5, 6.999, 7, 8.5, 9, 9.5}, nil)
	require.NoError(t, err)
	same, err := metrics.NPSOf(2, 2, 2, nil)
	require.NoError(t, err)
	assert.Equal(t, same, e)
}

func TestMissingAndOffScaleAreCountedAndNotInN(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	e, err := metrics.NPS([]float64{10, nan, 11, -1, inf, 3, -inf, nan}, nil)
	require.NoError(t, err)
	assert.Equal(t, 2, e.N)
	assert.Equal(t, 2, e.Missing)
	assert.Equal(t, 4, e.OffScale)
	assert.Zero(t, e.Value)
	assert.True(t, e.Warnings.Has(metrics.WarnOffScale|metrics.WarnFewAnswers))
}

func TestOffScaleWarnsAboveOneInTwenty(t *testing.T) {
	scores := make([]int, 20)
	scores[0] = 11
	e, err := metrics.NPS(scores, nil) // 1 of 20
	require.NoError(t, err)
	assert.False(t, e.Warnings.Has(metrics.WarnOffScale))
	e, err = metrics.NPS(scores[:19], nil) // 1 of 19
	require.NoError(t, err)
	assert.True(t, e.Warnings.Has(metrics.WarnOffScale))
}

func TestNPSLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		count := rapid.IntRange(0, 300)
		d, m, p := count.Draw(t, "d"), count.Draw(t, "m"), count.Draw(t, "p")
		if d+m+p == 0 {
			return
		}
		level := rapid.Float64Range(.5, .999).Draw(t, "level")
		method := rapid.SampledFrom(npsMethods).Draw(t, "method")
		e, err := metrics.NPSOf(d, m, p, &metrics.NPSOptions{Level: level, Method: method})
		require.NoError(t, err)

		// P + N + D = n; value and limits stay in the range and in order.
		assert.Equal(t, d+m+p, e.N)
		assert.True(t, -100 <= e.Low && e.Low <= e.High && e.High <= 100, "%v..%v", e.Low, e.High)
		assert.InDelta(t, 100*float64(p-d)/float64(d+m+p), e.Value, 1e-12)

		// Reversed bands: the negative score with the mirrored interval.
		r, err := metrics.NPSOf(p, m, d, &metrics.NPSOptions{Level: level, Method: method})
		require.NoError(t, err)
		assert.InDelta(t, -e.Value, r.Value, 1e-12)
		assert.InDelta(t, -e.Low, r.High, 1e-10)
		assert.InDelta(t, -e.High, r.Low, 1e-10)

		// More confidence, never a narrower interval.
		w, err := metrics.NPSOf(d, m, p, &metrics.NPSOptions{Level: (1 + level) / 2, Method: method})
		require.NoError(t, err)
		assert.LessOrEqual(t, w.Low, e.Low+1e-10)
		assert.GreaterOrEqual(t, w.High, e.High-1e-10)

		if method == metrics.NPSTango {
			assert.Greater(t, e.High, e.Low, "never of zero width")
			assert.True(t, e.Low <= e.Value && e.Value <= e.High)
		}
	})
}

func TestTangoAgreesWithItsOwnTest(t *testing.T) {
	// Its limit touches 0 at the level at which McNemar's z = (P-D)/sqrt(P+D) does (Tango 1998).
	for _, c := range [][3]int{{10, 30, 25}, {3, 5, 9}, {0, 4, 5}, {40, 2, 55}} {
		z := float64(c[2]-c[0]) / math.Sqrt(float64(c[2]+c[0]))
		level := math.Erf(z / math.Sqrt2)
		e, err := metrics.NPSOf(c[0], c[1], c[2], &metrics.NPSOptions{Level: level})
		require.NoError(t, err)
		assert.InDelta(t, 0, e.Low, 1e-10, "%v", c)
	}
}

func TestTangoAtTheCornersIsWilson(t *testing.T) {
	// Without detractors the restricted problem is that of one proportion: the lower limit of n promoters of n is that of
	// (n - z²)/(n + z²), of n passives -z²/(n + z²), by hand from the score equation; z² = 3.8414588206941254.
	const z2 = 3.8414588206941254
	for _, n := range []int{1, 2, 10, 1000, 1_000_000_000} {
		f := float64(n)
		all, err := metrics.NPSOf(0, 0, n, nil)
		require.NoError(t, err)
		assert.InDelta(t, 100*(f-z2)/(f+z2), all.Low, 1e-12)
		assert.Equal(t, 100., all.High)
		passive, err := metrics.NPSOf(0, n, 0, nil)
		require.NoError(t, err)
		assert.InDelta(t, -100*z2/(f+z2), passive.Low, 1e-12)
		assert.InDelta(t, 100*z2/(f+z2), passive.High, 1e-12)
	}
}

func TestWeightsSetOnlyTheProportions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weight := rapid.Float64Range(.01, 100)
		d, m, p := weight.Draw(t, "d"), weight.Draw(t, "m"), weight.Draw(t, "p")
		n := rapid.IntRange(1, 1000).Draw(t, "n")
		eff := rapid.Float64Range(.5, 2000).Draw(t, "eff")
		k := rapid.Float64Range(.001, 1000).Draw(t, "k")
		a, err := metrics.NPSOfWeights(d, m, p, n, eff, nil)
		require.NoError(t, err)
		b, err := metrics.NPSOfWeights(k*d, k*m, k*p, n, eff, nil)
		require.NoError(t, err)
		assert.InDelta(t, a.Value, b.Value, 1e-9)
		assert.InDelta(t, a.Low, b.Low, 1e-9)
		assert.InDelta(t, a.High, b.High, 1e-9)
		assert.LessOrEqual(t, a.EffectiveN, float64(n)*(1+1e-12), "effective n is at most n")
	})
}

func TestWholeWeightsAreCounts(t *testing.T) {
	for _, m := range npsMethods {
		a, err := metrics.NPSOf(10, 30, 60, &metrics.NPSOptions{Method: m})
		require.NoError(t, err)
		b, err := metrics.NPSOfWeights(10, 30, 60, 100, 100, &metrics.NPSOptions{Method: m})
		require.NoError(t, err)
		assert.Equal(t, a, b)
		half, err := metrics.NPSOfWeights(10, 30, 60, 100, 25, &metrics.NPSOptions{Method: m})
		require.NoError(t, err)
		quarter, err := metrics.NPSOfWeights(2.5, 7.5, 15, 25, 25, &metrics.NPSOptions{Method: m})
		require.NoError(t, err)
		assert.InDelta(t, quarter.Low, half.Low, 1e-9, "the interval is that of the effective sample")
		assert.Equal(t, a.Value, half.Value)
		assert.Equal(t, 100, half.N)
	}
}

func TestWeightsThatCannotBe(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		d, m, p float64
		n       int
		eff     float64
		err     error
	}{
		{-1, 1, 1, 3, 3, metrics.ErrCount}, {nan, 1, 1, 3, 3, metrics.ErrCount}, {1, math.Inf(1), 1, 3, 3, metrics.ErrCount}, {math.MaxFloat64, math.MaxFloat64, 0, 3, 3, metrics.ErrCount},
		{1, 1, 1, -1, 3, metrics.ErrCount}, {1, 1, 1, 3, nan, metrics.ErrCount}, {1, 1, 1, 3, -2, metrics.ErrCount},
		{0, 0, 0, 3, 3, metrics.ErrNoData}, {1, 1, 1, 0, 3, metrics.ErrNoData}, {1, 1, 1, 3, 0, metrics.ErrNoData},
	} {
		e, err := metrics.NPSOfWeights(c.d, c.m, c.p, c.n, c.eff, nil)
		require.ErrorIs(t, err, c.err, "%+v", c)
		assert.True(t, math.IsNaN(e.Value) && math.IsNaN(e.Low) && math.IsNaN(e.High))
	}
}

func TestCountsThatCannotBe(t *testing.T) {
	for _, c := range [][3]int{{-1, 5, 5}, {5, -1, 5}, {5, 5, -1}, {math.MaxInt, 1, 0}, {math.MaxInt, math.MaxInt, math.MaxInt}} {
		e, err := metrics.NPSOf(c[0], c[1], c[2], nil)
		require.ErrorIs(t, err, metrics.ErrCount)
		assert.True(t, math.IsNaN(e.Value))
	}
}

func TestHugeCountsStayFiniteAndFast(t *testing.T) {
	for _, m := range npsMethods {
		for _, c := range [][3]int{{1e16, 3e16, 6e16}, {1e4, 3e16, 6e16}, {0, 0, 1e18}, {1e18, 0, 1e18}, {0, 1e18, 0}, {1, 1e18, 1}} {
			e, err := metrics.NPSOf(c[0], c[1], c[2], &metrics.NPSOptions{Method: m})
			require.NoError(t, err)
			assert.InDelta(t, e.Value, e.Low, 1e-6, "%v %v", m, c)
			assert.InDelta(t, e.Value, e.High, 1e-6, "%v %v", m, c)
		}
	}
}

func TestBandsAreDataAndNeverGuessed(t *testing.T) {
	five := cxmodel.Scale{Min: 1, Max: 5}
	_, err := metrics.TallyOf([]int{1, 4, 5}, five).NPS(nil)
	require.ErrorIs(t, err, metrics.ErrBands)
	e, err := metrics.TallyOf([]int{1, 4, 5, 5}, five).ENPS(&metrics.NPSOptions{Bands: metrics.FivePointBands()})
	require.NoError(t, err)
	assert.Equal(t, 25.0, e.Value, "two promoters, one passive, one detractor")
	assert.Equal(t, "eNPS", e.Metric)
	_, err = metrics.TallyOf([]int{1, 4, 5}, five).NPS(&metrics.NPSOptions{Bands: metrics.TenPointBands()})
	require.ErrorIs(t, err, metrics.ErrBands, "bands of another scale")

	for _, b := range []metrics.Bands{
		{Scale: five, Passive: 5, Promoter: 4}, {Scale: five, Passive: 1, Promoter: 4}, {Scale: five, Passive: 4, Promoter: 6},
		{Scale: five, Passive: math.NaN(), Promoter: 5}, {Scale: five}, {Passive: 7, Promoter: 9},
		{Scale: cxmodel.Scale{Min: 1, Max: 5, LowIsGood: true}, Passive: 2, Promoter: 3}, {Scale: cxmodel.Scale{Min: 1, Max: 5, LowIsGood: true}, Passive: 5, Promoter: 1},
	} {
		require.ErrorIs(t, b.Check(), metrics.ErrBands, "%+v", b)
		_, err := metrics.NPS([]int{5}, &metrics.NPSOptions{Bands: b})
		require.ErrorIs(t, err, metrics.ErrBands)
	}
}

func TestLowIsGoodMirrorsTheBands(t *testing.T) {
	// On 0 to 10 with 0 the best, x is what 10-x is on the usual scale: promoters 0-1, passives 2-3.
	low := metrics.Bands{Scale: cxmodel.Scale{Max: 10, LowIsGood: true}, Passive: 3, Promoter: 1}
	rapid.Check(t, func(t *rapid.T) {
		scores := rapid.SliceOfN(rapid.Float64Range(0, 10), 1, 50).Draw(t, "scores")
		for i := range scores {
			if i%2 == 0 {
				scores[i] = math.Round(scores[i])
			}
			scores[i] = math.Round(scores[i]*4) / 4 // exact in 10-x
		}
		mirrored := make([]float64, len(scores))
		for i, x := range scores {
			mirrored[i] = 10 - x
		}
		a, err := metrics.NPS(scores, nil)
		require.NoError(t, err)
		b, err := metrics.NPS(mirrored, &metrics.NPSOptions{Bands: low})
		require.NoError(t, err)
		assert.Equal(t, a.Value, b.Value)
		assert.Equal(t, a.Low, b.Low)
		assert.Contains(t, b.Definition, "low is good")
	})
}

func TestOptionsThatDoNotExist(t *testing.T) {
	for _, o := range []metrics.NPSOptions{{Level: 95}, {Level: 1}, {Level: -.1}, {Level: math.NaN()}, {Method: 99}, {Method: -1}} {
		_, err := metrics.NPSOf(1, 2, 3, &o)
		require.ErrorIs(t, err, metrics.ErrOption, "%+v", o)
	}
}

func TestWarningsSayWhatWouldCureThem(t *testing.T) {
	of := func(d, m, p int, method metrics.NPSMethod) metrics.Estimate {
		e, err := metrics.NPSOf(d, m, p, &metrics.NPSOptions{Method: method})
		require.NoError(t, err)
		return e
	}
	assert.Zero(t, of(1, 1, 3, 0).Warnings)
	assert.Equal(t, metrics.WarnFewAnswers, of(1, 1, 2, 0).Warnings)
	assert.Equal(t, metrics.WarnClamped, of(0, 0, 10, metrics.NPSAdjustedWald).Warnings)
	assert.Equal(t, metrics.WarnWald|metrics.WarnZeroWidth, of(0, 0, 10, metrics.NPSWald).Warnings)
	assert.Equal(t, metrics.WarnWald|metrics.WarnClamped, of(1, 2, 7, metrics.NPSWald).Warnings)
	assert.Zero(t, of(10, 30, 60, metrics.NPSWald).Warnings)
}

func TestPosterior(t *testing.T) {
	// No answers and the uniform prior: the score is uniform over the triangle of shares, of area 1/2. NPS <= -50 is the
	// triangle (d, p) = (.5, 0), (1, 0), (.75, .25) of area 1/16: probability 1/8.
	flat := metrics.NPSPosterior{Prior: 1}
	assert.InDelta(t, .125, flat.CDF(-50), 1e-12)
	assert.InDelta(t, .875, flat.CDF(50), 1e-12)
	assert.InDelta(t, -50, flat.Quantile(.125), 1e-9)
	assert.Equal(t, 0., flat.CDF(-100))
	assert.Equal(t, 1., flat.CDF(101))
	assert.Equal(t, -100., flat.Quantile(0))
	assert.Equal(t, 100., flat.Quantile(1))

	// The sign depends on the share of promoters among the two alone: 9 and 3 with prior 1 give
	// P(r < 1/2) for Beta(10, 4) = 378/8192 (the binomial tail of 10 or more of 13 at 1/2).
	post := metrics.NPSPosterior{Detractors: 3, Passives: 17, Promoters: 9, Prior: 1}
	assert.InDelta(t, 378./8192, post.CDF(0), 1e-13)
	for _, q := range []float64{1e-6, .025, .3, .5, .8, .999} {
		assert.InDelta(t, q, post.CDF(post.Quantile(q)), 1e-12)
	}
	for _, bad := range []metrics.NPSPosterior{{Prior: -.5}, {Prior: .1}, {Detractors: -1, Prior: 1}, {Promoters: math.NaN(), Prior: 1}, {Passives: math.Inf(1), Prior: 1}} {
		for _, x := range []float64{bad.Mean(), bad.StdDev(), bad.CDF(0), bad.Quantile(.5)} {
			assert.True(t, math.IsNaN(x), "%+v", bad)
		}
	}
	assert.Equal(t, metrics.NPSPosterior{Promoters: 3, Prior: .5}.CDF(20), metrics.NPSPosterior{Promoters: 3}.CDF(20), "the default is Jeffreys' prior")
	assert.True(t, math.IsNaN(post.Quantile(-.1)) && math.IsNaN(post.Quantile(2)) && math.IsNaN(post.CDF(math.NaN())))
}
