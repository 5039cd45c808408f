package metrics_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
)

// Items that are one normal factor plus noise of variance v have, k of them, reliability k/(k+v).
func TestAlphaCoversTheReliabilityOfParallelItems(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 18))
	const draws, k, v = 3000, 4, 1.5
	held := 0
	for range draws {
		rows := make([][]float64, 40)
		for i := range rows {
			factor := r.NormFloat64()
			for range k {
				rows[i] = append(rows[i], factor+math.Sqrt(v)*r.NormFloat64())
			}
		}
		a, err := metrics.CronbachAlpha(rows, nil)
		require.NoError(t, err)
		if a.Alpha.Low <= k/(k+v) && k/(k+v) <= a.Alpha.High {
			held++
		}
	}
	assert.InDelta(t, .95, float64(held)/draws, .012) // three binomial errors
}

func TestAlphaByHandAndAtItsEdges(t *testing.T) {
	// Variances 1 and 1, covariance 1/2: alpha = 2 (1 - 2/3).
	a, err := metrics.CronbachAlpha([][]float64{{1, 2}, {2, 1}, {3, 3}, {math.NaN(), 4}}, nil)
	require.NoError(t, err)
	assert.InDelta(t, 2./3, a.Alpha.Value, 1e-15)
	assert.InDelta(t, .5, a.MeanCorrelation, 1e-15)
	assert.Equal(t, 1, a.Alpha.Missing)
	same, err := metrics.CronbachAlpha([][]int{{1, 1}, {2, 2}, {5, 5}}, nil)
	require.NoError(t, err)
	assert.InDelta(t, 1, same.Alpha.Value, 1e-14)
	for want, rows := range map[error][][]float64{
		metrics.ErrNoData: {{1, 2}}, metrics.ErrMismatch: {{1, 2}, {1}}, metrics.ErrValue: {{1, 2}, {1, math.Inf(1)}}, metrics.ErrUndefined: {{1, 2}, {2, 1}, {0, 3}},
	} {
		r, err := metrics.CronbachAlpha(rows, nil)
		require.ErrorIs(t, err, want)
		assert.True(t, math.IsNaN(r.Alpha.Value))
	}
	_, err = metrics.CronbachAlpha([][]float64{}, nil)
	require.ErrorIs(t, err, metrics.ErrNoData)
}

func TestSERVQUALIsTheMeanOfRespondents(t *testing.T) {
	r := rand.New(rand.NewPCG(19, 20))
	answers := make([]metrics.ServqualAnswer, 60)
	var gaps []float64
	for i := range answers {
		sum := 0.
		for j := range 22 {
			answers[i].Expectations[j] = float64(5 + r.IntN(3))
			answers[i].Perceptions[j] = float64(3 + r.IntN(5))
			if 4 <= j && j < 9 {
				sum += answers[i].Perceptions[j] - answers[i].Expectations[j]
			}
		}
		gaps = append(gaps, sum/5)
	}
	got, err := metrics.SERVQUAL(answers, &metrics.ServqualOptions{Weights: [5]float64{20, 20, 20, 20, 20}})
	require.NoError(t, err)
	want, err := metrics.Describe(gaps, nil)
	require.NoError(t, err)
	gap := got.Gaps[metrics.ReliableService-1]
	assert.InDelta(t, want.Mean.Value, gap.Value, 1e-14)
	assert.InDelta(t, want.Mean.StdErr, gap.StdErr, 1e-14)
	assert.InDelta(t, got.Unweighted.Value, got.Weighted.Value, 1e-14, "equal weights")
	assert.Equal(t, 5, got.Reliability[1].Items)
	assert.Len(t, got.Table().Rows, 7)

	// An item without an answer leaves its dimension to the other items; a dimension without any leaves the respondent out.
	answers[0].Perceptions[4] = math.NaN()
	for j := range 4 {
		answers[1].Expectations[j] = math.NaN()
	}
	got, err = metrics.SERVQUAL(answers, nil)
	require.NoError(t, err)
	assert.Equal(t, 60, got.Gaps[1].N)
	assert.Equal(t, 59, got.Gaps[0].N)
	assert.Equal(t, 1, got.Unweighted.Missing)
	assert.True(t, math.IsNaN(got.Weighted.Value))
}

func TestSERVQUALRefusesWeightsThatDoNotSumTo100(t *testing.T) {
	for _, w := range [][5]float64{{1, 1, 1, 1, 1}, {-20, 120}, {math.NaN()}} {
		_, err := metrics.SERVQUAL(make([]metrics.ServqualAnswer, 3), &metrics.ServqualOptions{Weights: w})
		require.ErrorIs(t, err, metrics.ErrOption)
	}
	_, err := metrics.SERVQUAL(nil, nil)
	require.ErrorIs(t, err, metrics.ErrNoData)
}

func TestSharesOfAWalletSumToOne(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	for range 200 {
		ratings := make([]int, 1+r.IntN(8))
		for i := range ratings {
			ratings[i] = r.IntN(11)
		}
		shares, err := metrics.WalletShares(ratings)
		require.NoError(t, err)
		sum := 0.
		for i, s := range shares {
			sum += s
			for j := range shares {
				assert.False(t, ratings[i] > ratings[j] && s <= shares[j])
				assert.False(t, ratings[i] == ratings[j] && s != shares[j])
			}
		}
		assert.InDelta(t, 1, sum, 1e-12)
	}
	for _, rank := range []float64{4, 0, math.NaN()} {
		share, err := metrics.WalletAllocation(rank, 3)
		require.ErrorIs(t, err, metrics.ErrValue)
		assert.True(t, math.IsNaN(share))
	}
	_, err := metrics.WalletShares([]float64{})
	require.ErrorIs(t, err, metrics.ErrNoData)
	_, err = metrics.WalletShares([]float64{1, math.NaN()})
	require.ErrorIs(t, err, metrics.ErrValue)
	_, err = metrics.ShareOfWallet([]float64{.2, 1.2}, nil)
	require.ErrorIs(t, err, metrics.ErrValue)
	e, err := metrics.ShareOfWallet([]float64{.5, math.NaN(), 1, 1}, nil)
	require.NoError(t, err)
	assert.Equal(t, 1, e.Missing)
	assert.Equal(t, 1., e.High)
	assert.True(t, e.Warnings.Has(metrics.WarnClamped))
}
