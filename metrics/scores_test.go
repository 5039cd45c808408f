package metrics_test

import (
	"errors"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
)

var oneToFive = cxmodel.Scale{Min: 1, Max: 5}

func TestCSATBoxesAreNeverGuessed(t *testing.T) {
	e, err := metrics.CSAT([]int{5, 4, 3, 2, 1}, oneToFive, nil)
	require.NoError(t, err)
	assert.Equal(t, .4, e.Value)
	for _, scale := range []cxmodel.Scale{{Min: 1, Max: 3}, {Min: 1, Max: 7}, {Min: 1, Max: 10}, {Max: 10}} {
		_, err := metrics.CSAT([]int{1, 2, 3}, scale, nil)
		require.ErrorIs(t, err, metrics.ErrOption, "%v", scale)
	}
	e, err = metrics.CSAT([]int{3, 3, 2, 1}, cxmodel.Scale{Min: 1, Max: 3}, &metrics.ProportionOptions{Boxes: 1})
	require.NoError(t, err)
	assert.Equal(t, .5, e.Value)
	for _, boxes := range []int{-1, 5, 6} {
		_, err := metrics.CSAT([]int{5}, oneToFive, &metrics.ProportionOptions{Boxes: boxes})
		require.ErrorIs(t, err, metrics.ErrOption)
	}
}

func TestBoxesFollowTheDirection(t *testing.T) {
	low := metrics.TallyOf([]int{1, 1, 2, 5}, metrics.CES1Scale())
	top, err := low.TopBox(2, nil)
	require.NoError(t, err)
	assert.Equal(t, .75, top.Value, "1 and 2 are the good end")
	bottom, err := low.BottomBox(1, nil)
	require.NoError(t, err)
	assert.Equal(t, .25, bottom.Value)
}

func TestHalfPointsBelowTheBoxAreOutside(t *testing.T) {
	a := metrics.TallyOf([]float64{3.5, 4, 4.5, math.NaN(), 6}, oneToFive)
	e, err := a.CSAT(nil)
	require.NoError(t, err)
	assert.InDelta(t, 2./3, e.Value, 1e-15)
	assert.Equal(t, [2]int{1, 1}, [2]int{e.Missing, e.OffScale})
	assert.True(t, e.Warnings.Has(metrics.WarnOffScale))
}

func TestMeanIsThatOfTheNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scores := rapid.SliceOfN(rapid.Map(rapid.IntRange(4, 20), func(i int) float64 { return float64(i) / 4 }), 2, 60).Draw(t, "scores")
		e, err := metrics.Mean(scores, oneToFive, nil)
		require.NoError(t, err)
		sum, ss := 0., 0.
		for _, x := range scores {
			sum += x
		}
		mean := sum / float64(len(scores))
		for _, x := range scores {
			ss += (x - mean) * (x - mean)
		}
		assert.InDelta(t, mean, e.Value, 1e-13)
		assert.InDelta(t, math.Sqrt(ss/float64(len(scores)-1)/float64(len(scores))), e.StdErr, 1e-13)
		assert.True(t, 1 <= e.Low && e.Low <= e.Value && e.Value <= e.High && e.High <= 5)
	})
}

func TestMeanOfFewAnswers(t *testing.T) {
	e, err := metrics.Mean([]int{4}, oneToFive, nil)
	require.NoError(t, err)
	assert.Equal(t, 4., e.Value)
	assert.False(t, e.HasInterval())
	assert.Equal(t, metrics.WarnFewAnswers|metrics.WarnNoInterval, e.Warnings)
	assert.True(t, math.IsNaN(metrics.TallyOf([]int{4}, oneToFive).StdDev()))
	// 1 and 5: 3 ± 12.7 · 2, clamped to the scale.
	e, err = metrics.Mean([]int{1, 5}, oneToFive, nil)
	require.NoError(t, err)
	assert.Equal(t, [2]float64{1, 5}, [2]float64{e.Low, e.High})
	assert.True(t, e.Warnings.Has(metrics.WarnClamped))
	e, err = metrics.Mean([]int{4, 4, 4, 4, 4, 4}, oneToFive, nil)
	require.NoError(t, err)
	assert.Equal(t, metrics.WarnZeroWidth, e.Warnings)
	_, err = metrics.Mean([]int{4}, oneToFive, &metrics.MeanOptions{Level: 7})
	require.ErrorIs(t, err, metrics.ErrOption)
}

func TestEachEffortScoreHasItsOwnScale(t *testing.T) {
	one, two := metrics.TallyOf([]int{1, 2, 2, 5}, metrics.CES1Scale()), metrics.TallyOf([]int{1, 2, 4, 5, 6, 7, 7, 8}, metrics.CES2Scale())
	e, err := one.CES1(nil)
	require.NoError(t, err)
	assert.Equal(t, 2.5, e.Value)
	assert.Contains(t, e.Definition, "low is good")
	e, err = two.CES2(nil)
	require.NoError(t, err)
	assert.InDelta(t, 32./7, e.Value, 1e-15)
	e, err = two.CES2Share(nil)
	require.NoError(t, err)
	assert.Equal(t, 4./7, e.Value, "5, 6, 7, 7 of seven")
	e, err = two.CES2Index(nil)
	require.NoError(t, err)
	assert.InDelta(t, 100*(3.-2)/7, e.Value, 1e-13, "three easy, two difficult of seven")
	assert.Equal(t, 1, e.OffScale)
	for _, err := range []error{
		second(two.CES1(nil)), second(one.CES2(nil)), second(one.CES2Share(nil)), second(one.CES2Index(nil)),
		second(metrics.NewTally(cxmodel.Scale{Min: 1, Max: 5}).CES1(nil)),
	} {
		assert.ErrorIs(t, err, metrics.ErrMismatch)
	}
	// From a slice, from counts and from a tally: the same.
	scores := []float64{1, 2, 3.5, 4, 5.5, 6, 7}
	a, err := metrics.CES2Index(scores, &metrics.NPSOptions{Method: metrics.NPSWald, Bands: metrics.StandardBands()})
	require.NoError(t, err)
	b, err := metrics.CES2IndexOf(3, 2, 2, &metrics.NPSOptions{Method: metrics.NPSWald})
	require.NoError(t, err)
	assert.Equal(t, b, a)
	c, err := metrics.CES2Share(scores, nil)
	require.NoError(t, err)
	d, err := metrics.CES2ShareOf(3, 7, nil)
	require.NoError(t, err)
	assert.Equal(t, d, c)
	assert.NoError(t, second(metrics.CES1([]int{1, 2}, nil)))
	assert.NoError(t, second(metrics.CES2([]int{1, 2}, nil)))
}

func TestStarsSumToAllReviews(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ratings := rapid.SliceOfN(rapid.Map(rapid.IntRange(2, 10), func(i int) float64 { return float64(i) / 2 }), 1, 60).Draw(t, "ratings")
		r, err := metrics.Stars(ratings, nil)
		require.NoError(t, err)
		assert.Equal(t, len(ratings), r.Reviews())
		sum := 0.
		for _, s := range r.Shares {
			sum += s.Value
		}
		assert.InDelta(t, 1, sum, 1e-12)
		assert.Len(t, r.Shares, 5)
	})
	r, err := metrics.Stars([]float64{5, 4.5, 4, 1, math.NaN()}, &metrics.MeanOptions{Level: .9})
	require.NoError(t, err)
	assert.Equal(t, 3.625, r.Mean.Value)
	assert.Equal(t, []float64{.25, 0, 0, .5, .25}, []float64{r.Shares[0].Value, r.Shares[1].Value, r.Shares[2].Value, r.Shares[3].Value, r.Shares[4].Value})
	assert.Equal(t, .9, r.Shares[0].Level)
	assert.Equal(t, 1, r.Shares[0].Missing)
	_, err = metrics.Stars([]float64{}, nil)
	require.ErrorIs(t, err, metrics.ErrNoData)
}

// Every rating metric on no answers, on missing ones, and on answers that are all off the scale.
func TestNoDataIsNeverANumber(t *testing.T) {
	nan := math.NaN()
	for name, f := range map[string]func([]float64) (metrics.Estimate, error){
		"NPS":       func(x []float64) (metrics.Estimate, error) { return metrics.NPS(x, nil) },
		"eNPS":      func(x []float64) (metrics.Estimate, error) { return metrics.ENPS(x, nil) },
		"CSAT":      func(x []float64) (metrics.Estimate, error) { return metrics.CSAT(x, oneToFive, nil) },
		"mean CSAT": func(x []float64) (metrics.Estimate, error) { return metrics.MeanCSAT(x, oneToFive, nil) },
		"mean":      func(x []float64) (metrics.Estimate, error) { return metrics.Mean(x, oneToFive, nil) },
		"CES 1.0":   func(x []float64) (metrics.Estimate, error) { return metrics.CES1(x, nil) },
		"CES 2.0":   func(x []float64) (metrics.Estimate, error) { return metrics.CES2(x, nil) },
		"share":     func(x []float64) (metrics.Estimate, error) { return metrics.CES2Share(x, nil) },
		"index":     func(x []float64) (metrics.Estimate, error) { return metrics.CES2Index(x, nil) },
		"top":       func(x []float64) (metrics.Estimate, error) { return metrics.TallyOf(x, oneToFive).TopBox(1, nil) },
		"bottom":    func(x []float64) (metrics.Estimate, error) { return metrics.TallyOf(x, oneToFive).BottomBox(1, nil) },
		"stars": func(x []float64) (metrics.Estimate, error) {
			r, err := metrics.Stars(x, nil)
			return r.Mean, err
		},
	} {
		for _, c := range []struct {
			scores       []float64
			missing, off int
		}{{nil, 0, 0}, {[]float64{nan, nan}, 2, 0}, {[]float64{nan, 99, -5}, 1, 2}} {
			e, err := f(c.scores)
			require.ErrorIs(t, err, metrics.ErrNoData, "%s of %v", name, c.scores)
			assert.Equal(t, c.off > 0, errors.Is(err, metrics.ErrOffScale), "%s of %v", name, c.scores)
			assert.True(t, math.IsNaN(e.Value) && math.IsNaN(e.Low) && math.IsNaN(e.High) && math.IsNaN(e.StdErr), name)
			assert.Equal(t, [2]int{c.missing, c.off}, [2]int{e.Missing, e.OffScale}, name)
		}
	}
	assert.ErrorIs(t, second(metrics.NPSOf(0, 0, 0, nil)), metrics.ErrNoData)
	assert.ErrorIs(t, second(metrics.ENPSOf(0, 0, 0, nil)), metrics.ErrNoData)
	assert.ErrorIs(t, second(metrics.CES2IndexOf(0, 0, 0, nil)), metrics.ErrNoData)
}
