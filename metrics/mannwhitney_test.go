package metrics_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
)

func ratings(r *rand.Rand, n int, shift float64) []int {
	x := make([]int, n)
	for i := range x {
		x[i] = min(max(int(math.Round(7+shift+2.5*r.NormFloat64())), 0), 10)
	}
	return x
}

func TestMannWhitneyCountsPairs(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 100 {
		x, y := ratings(r, 1+r.IntN(30), 0), ratings(r, 2+r.IntN(30), 1)
		want := 0.
		for _, a := range x {
			for _, b := range y {
				switch {
				case a > b:
					want++
				case a == b:
					want += .5
				}
			}
		}
		got, err := metrics.MannWhitney(x, y, nil)
		require.NoError(t, err)
		assert.Equal(t, want, got.Test.Statistic)
		back, err := metrics.MannWhitney(y, x, nil)
		require.NoError(t, err)
		assert.Equal(t, float64(len(x)*len(y))-want, back.Test.Statistic)
		assert.InDelta(t, got.Test.P, back.Test.P, 1e-12)
		if got.Superiority.HasInterval() {
			assert.InDelta(t, 1-got.Superiority.Low, back.Superiority.High, 1e-12)
		}
	}
}

// The truth is the share of pairs in a large population of the same ratings.
func TestSuperiorityCovers(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	big, err := metrics.MannWhitney(ratings(r, 400_000, .8), ratings(r, 400_000, 0), nil)
	require.NoError(t, err)
	const draws = 3000
	held, alarms := 0, 0
	for range draws {
		e, err := metrics.MannWhitney(ratings(r, 40, .8), ratings(r, 50, 0), nil)
		require.NoError(t, err)
		if e.Superiority.Low <= big.Superiority.Value && big.Superiority.Value <= e.Superiority.High {
			held++
		}
		same, err := metrics.MannWhitney(ratings(r, 40, 0), ratings(r, 50, 0), nil)
		require.NoError(t, err)
		if same.Test.P < .05 {
			alarms++
		}
	}
	assert.InDelta(t, .95, float64(held)/draws, .02)
	assert.Less(t, float64(alarms)/draws, .06)
}

func TestMannWhitneyRefusesWhatHasNoRank(t *testing.T) {
	_, err := metrics.MannWhitney([]float64{math.NaN()}, []float64{2}, nil)
	require.ErrorIs(t, err, metrics.ErrNoData)
	some, err := metrics.MannWhitney([]float64{1, math.NaN(), 3}, []float64{math.NaN(), 2}, nil)
	require.NoError(t, err)
	assert.Equal(t, 2, some.Superiority.Missing)
	assert.Equal(t, 3, some.Superiority.N)
	assert.Equal(t, .5, some.Superiority.Value, "of two pairs one goes each way")
	_, err = metrics.MannWhitney([]float64{}, []float64{2}, nil)
	require.ErrorIs(t, err, metrics.ErrNoData)
	r, err := metrics.MannWhitney([]int{3, 3}, []int{3, 3, 3}, nil)
	require.ErrorIs(t, err, metrics.ErrUndefined)
	assert.True(t, math.IsNaN(r.Test.P))
	r, err = metrics.MannWhitney([]float64{math.Inf(1), 9}, []float64{1, 2, math.Inf(-1)}, nil)
	require.NoError(t, err, "infinity has a rank")
	assert.Equal(t, 1., r.Superiority.Value)
	assert.True(t, r.Superiority.Warnings.Has(metrics.WarnNoInterval|metrics.WarnFewAnswers))
}

func TestSuperiorityNarrowsWithTheLevel(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 32))
	x, y := ratings(r, 40, 1), ratings(r, 40, 0)
	wide, err := metrics.MannWhitney(x, y, &metrics.MeanOptions{Level: .99})
	require.NoError(t, err)
	narrow, err := metrics.MannWhitney(x, y, &metrics.MeanOptions{Level: .9})
	require.NoError(t, err)
	assert.Less(t, wide.Superiority.Low, narrow.Superiority.Low)
	assert.Greater(t, wide.Superiority.High, narrow.Superiority.High)
	assert.Len(t, wide.Table().Rows, 1)
	_, err = metrics.MannWhitney(x, y, &metrics.MeanOptions{Level: 2})
	require.ErrorIs(t, err, metrics.ErrOption)
}
