package durations_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/durations"
)

// logNormal returns n times with median half an hour and heavy tails, as those of a service desk.
func logNormal(r *rand.Rand, n int) []time.Duration {
	d := make([]time.Duration, n)
	for i := range d {
		d[i] = time.Duration(float64(30*time.Minute) * math.Exp(1.5*r.NormFloat64()))
	}
	return d
}

func count(t require.TestingT, d []time.Duration) *durations.Histogram {
	h := new(durations.Histogram)
	for _, x := range d {
		h.Add(x)
	}
	require.Equal(t, len(d), h.N()+h.Negative())
	return h
}

func encode(t require.TestingT, h *durations.Histogram) []byte {
	b, err := h.MarshalBinary()
	require.NoError(t, err)
	return b
}

func TestQuantilesOfTwoHundredMergedPartsAreWithinTheStatedError(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	all := logNormal(r, 400_000)
	whole := count(t, all)
	for _, relative := range []float64{0, .05, .001} {
		merged, err := durations.New(relative)
		require.NoError(t, err)
		for part := range slices.Chunk(all, 2000) {
			h, err := durations.New(relative)
			require.NoError(t, err)
			for _, d := range part {
				h.Add(d)
			}
			require.NoError(t, merged.Merge(h))
		}
		if relative == 0 {
			assert.Equal(t, encode(t, whole), encode(t, merged), "200 parts equal one pass")
			relative = .01
		}
		require.LessOrEqual(t, merged.RelativeError(), relative)
		sorted := slices.Sorted(slices.Values(all))
		worst := 0.0
		for i := 1; i < 1000; i++ {
			p := float64(i) / 1000
			e, err := merged.Quantile(p, &durations.Options{Unit: 1})
			require.NoError(t, err)
			exact := float64(sorted[i*len(sorted)/1000-1])
			worst = max(worst, math.Abs(e.Value/exact-1))
			assert.LessOrEqual(t, e.Low, exact)
			assert.GreaterOrEqual(t, e.High, exact)
		}
		t.Logf("stated %.5f, worst of 999 quantiles %.5f", merged.RelativeError(), worst)
		assert.LessOrEqual(t, worst, merged.RelativeError())
	}
}

func TestMergeIsAssociativeAndCommutativeAndSubUndoesIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		part := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) time.Duration {
			return time.Duration(rapid.Int64Range(-5, math.MaxInt64).Draw(t, "ns") >> rapid.IntRange(0, 62).Draw(t, "shift"))
		}), 0, 40)
		x, y, z := part.Draw(t, "x"), part.Draw(t, "y"), part.Draw(t, "z")
		want := encode(t, count(t, slices.Concat(x, y, z)))

		a, b := count(t, x), count(t, z)
		require.NoError(t, a.Merge(count(t, y)))
		require.NoError(t, a.Merge(b))
		require.Equal(t, want, encode(t, a))
		require.NoError(t, b.Merge(count(t, y)))
		require.NoError(t, b.Merge(count(t, x)))
		require.Equal(t, want, encode(t, b))

		kept := encode(t, a)
		require.NoError(t, a.Sub(count(t, x)))
		require.Equal(t, encode(t, count(t, slices.Concat(y, z))), encode(t, a))
		clone := b.Clone()
		require.NoError(t, clone.Sub(b))
		require.Equal(t, encode(t, new(durations.Histogram)), encode(t, clone))
		require.Equal(t, kept, encode(t, b), "a clone shares nothing")
	})
}

func TestEveryDurationIsInItsBucket(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := time.Duration(rapid.Int64Range(0, math.MaxInt64).Draw(t, "ns") >> rapid.IntRange(0, 62).Draw(t, "shift"))
		h, err := durations.New(rapid.SampledFrom([]float64{0, .25, .1, .01, .001, .0001}).Draw(t, "error"))
		require.NoError(t, err)
		h.Add(d)
		for b := range h.Buckets() {
			require.Equal(t, 1, b.Count)
			require.LessOrEqual(t, b.Low, d)
			require.GreaterOrEqual(t, b.High, d)
			require.LessOrEqual(t, float64(b.High-b.Low), 2*h.RelativeError()*float64(b.Low))
		}
		e, err := h.Quantile(.5, &durations.Options{Unit: 1})
		require.NoError(t, err)
		require.LessOrEqual(t, math.Abs(e.Value-float64(d)), h.RelativeError()*float64(d))
	})
}

func TestBucketsTouch(t *testing.T) {
	h := new(durations.Histogram)
	for x := time.Duration(0); x < 5000; x++ {
		h.Add(x)
	}
	next := time.Duration(0)
	for b := range h.Buckets() {
		require.Equal(t, next, b.Low)
		next = b.High + 1
	}
	require.GreaterOrEqual(t, next, time.Duration(5000))
}

func TestTheMeanIsExact(t *testing.T) {
	h := new(durations.Histogram)
	require.NoError(t, h.AddN(math.MaxInt64, 1_000_000_000)) // 292 years each: sums beyond 64 bits
	require.NoError(t, h.AddN(1, 1_000_000_000))
	e, err := h.Mean(&durations.Options{Unit: 1})
	require.NoError(t, err)
	assert.Equal(t, 0x1p62, e.Value)
	assert.True(t, e.Warnings.Has(metrics.WarnNoInterval))
	assert.False(t, e.HasInterval())
}

// The limits of quantiles are order statistics: for n = 10 and the median, P(B <= 1) = 11/1024 and P(B <= 2) = 56/1024,
// so the 95 % limits are the second and the ninth of ten, as in every table of the sign test.
func TestQuantileLimitsAreOrderStatistics(t *testing.T) {
	h := new(durations.Histogram)
	for i := range 10 {
		h.Add(time.Duration(i + 1))
	}
	e, err := h.Quantile(.5, &durations.Options{Unit: 1})
	require.NoError(t, err)
	assert.Equal(t, []float64{5, 2, 9}, []float64{e.Value, e.Low, e.High})
	e, err = h.Quantile(.99, &durations.Options{Unit: 1})
	require.NoError(t, err)
	assert.True(t, math.IsInf(e.High, 1))
	assert.True(t, e.Warnings.Has(metrics.WarnOpenEnd))
}

func TestQuantileLimitsCover(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 1))
	const runs = 2000
	for _, p := range []float64{.5, .9} {
		truth := 1800 * math.Exp(1.5*map[float64]float64{.5: 0, .9: 1.2815515655446004}[p])
		covered := 0
		for range runs {
			e, err := count(t, logNormal(r, 200)).Quantile(p, nil)
			require.NoError(t, err)
			if e.Low <= truth && truth <= e.High {
				covered++
			}
		}
		t.Logf("p%v: %.4f", 100*p, float64(covered)/runs)
		assert.GreaterOrEqual(t, float64(covered)/runs, .94, "at least the level, but for the noise of the simulation")
	}
}

// Ten of two million are expected below the quantile. Poisson(10) has P(B <= 3) = .0103 and P(B <= 4) = .0293, P(B >= 17)
// = .0270 and P(B >= 18) = .0143, sums of exp(-10) 10^k/k!, so the 95 % limits are the fourth and the eighteenth.
func TestQuantileLimitsInTheFarTailOfManyAreOrderStatistics(t *testing.T) {
	h := new(durations.Histogram)
	for i := range 30 {
		h.Add(time.Duration(i + 1))
	}
	require.NoError(t, h.AddN(1000, 2_000_000-30))
	e, err := h.Quantile(5e-6, &durations.Options{Unit: 1})
	require.NoError(t, err)
	assert.Equal(t, []float64{10, 4, 18}, []float64{e.Value, e.Low, e.High})
}

func TestWithinCountsTheServiceLevel(t *testing.T) {
	h := new(durations.Histogram)
	for i := range 100 {
		h.Add(time.Duration(i+1) * time.Second)
	}
	e, err := h.Within(20*time.Second, nil)
	require.NoError(t, err)
	assert.InDelta(t, .2, e.Value, .011, "one bucket holds one duration here")
	w, err := metrics.Proportion(20, 100, nil)
	require.NoError(t, err)
	assert.LessOrEqual(t, e.Low, w.Low)
	assert.GreaterOrEqual(t, e.High, w.High)
	last := 0.0
	for limit := time.Duration(0); limit < 110*time.Second; limit += 77 * time.Millisecond {
		e, err := h.Within(limit, nil)
		require.NoError(t, err)
		require.GreaterOrEqual(t, e.Value, last)
		last = e.Value
	}
	assert.Equal(t, 1., last)
}

func TestNegativeDurationsAreCountedApart(t *testing.T) {
	h := count(t, []time.Duration{-1, -time.Hour, time.Second})
	assert.Equal(t, 1, h.N())
	assert.Equal(t, 2, h.Negative())
	require.NoError(t, h.AddN(-1, 3))
	e, err := h.Quantile(.5, nil)
	require.NoError(t, err)
	assert.Equal(t, 5, e.OffScale)
	assert.True(t, e.Warnings.Has(metrics.WarnOffScale|metrics.WarnFewAnswers))
}

func TestBadInputIsAnError(t *testing.T) {
	for _, x := range []float64{-1, 1, .3, .00001, math.NaN(), math.Inf(1)} {
		_, err := durations.New(x)
		assert.ErrorIs(t, err, metrics.ErrOption)
	}
	empty := new(durations.Histogram)
	for _, ask := range []func() (metrics.Estimate, error){
		func() (metrics.Estimate, error) { return empty.Quantile(.5, nil) },
		func() (metrics.Estimate, error) { return empty.Mean(nil) },
		func() (metrics.Estimate, error) { return empty.Within(1, nil) },
	} {
		e, err := ask()
		assert.ErrorIs(t, err, metrics.ErrNoData)
		assert.True(t, math.IsNaN(e.Value))
	}
	_, err := empty.Table(nil, .5)
	assert.ErrorIs(t, err, metrics.ErrNoData)

	h := count(t, []time.Duration{1, 2, 3})
	for _, p := range []float64{0, 1, -1, math.NaN()} {
		_, err := h.Quantile(p, nil)
		assert.ErrorIs(t, err, metrics.ErrOption)
	}
	for _, o := range []durations.Options{{Level: 95}, {Level: math.NaN()}, {Unit: -1}} {
		_, err := h.Quantile(.5, &o)
		assert.ErrorIs(t, err, metrics.ErrOption)
	}
	_, err = h.Within(-1, nil)
	assert.ErrorIs(t, err, metrics.ErrOption)

	fine, err := durations.New(.001)
	require.NoError(t, err)
	assert.ErrorIs(t, h.Merge(fine), metrics.ErrMismatch)
	assert.ErrorIs(t, h.Sub(fine), metrics.ErrMismatch)
	want := encode(t, h)
	for _, other := range [][]time.Duration{{1, 1}, {4}, {time.Hour}, {-1}, {1, 2, 3, 0}} {
		assert.ErrorIs(t, h.Sub(count(t, other)), metrics.ErrCount)
		assert.Equal(t, want, encode(t, h), "a failed Sub changes nothing")
	}
	far := count(t, []time.Duration{1000, 1 << 40})
	assert.ErrorIs(t, far.Sub(count(t, []time.Duration{1007})), metrics.ErrCount, "same bucket, impossible sum")
	assert.ErrorIs(t, h.AddN(1, -1), metrics.ErrCount)
	assert.ErrorIs(t, h.AddN(1, math.MaxInt), metrics.ErrCount)
	full := new(durations.Histogram)
	require.NoError(t, full.AddN(math.MaxInt64, 1<<53))
	assert.ErrorIs(t, h.Merge(full), metrics.ErrCount)
	assert.Equal(t, want, encode(t, h))
	_, err = full.Quantile(.5, nil)
	require.NoError(t, err)
}
