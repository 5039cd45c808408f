package metrics_test

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
)

// The distribution of the score of a draw is that of a sum of n answers: n convolutions of the three shares.
func TestBootstrapOfNPSIsTheConvolution(t *testing.T) {
	r := rand.New(rand.NewPCG(23, 24))
	for range 60 {
		d, m, p := r.IntN(15), r.IntN(15), r.IntN(40)
		n := d + m + p
		if n == 0 {
			continue
		}
		chance := []float64{1} // of the sums -k to k
		for range n {
			next := make([]float64, len(chance)+2)
			for i, c := range chance {
				next[i] += c * float64(d) / float64(n)
				next[i+1] += c * float64(m) / float64(n)
				next[i+2] += c * float64(p) / float64(n)
			}
			chance = next
		}
		quantile := func(q float64) float64 {
			sum := 0.
			for i, c := range chance {
				if sum += c; sum >= q-1e-12 {
					return 100 * float64(i-n) / float64(n)
				}
			}
			return 100
		}
		e, err := metrics.BootstrapNPS(d, m, p, nil)
		require.NoError(t, err)
		assert.Equal(t, quantile(.025), e.Low, "%d %d %d", d, m, p)
		assert.Equal(t, quantile(.975), e.High, "%d %d %d", d, m, p)
		assert.True(t, e.Warnings.Has(metrics.WarnBootstrap))
	}
	big, err := metrics.BootstrapNPS(15_000, 35_000, 50_000, nil)
	require.NoError(t, err)
	wald, err := metrics.NPSOf(15_000, 35_000, 50_000, &metrics.NPSOptions{Method: metrics.NPSWald})
	require.NoError(t, err)
	assert.InDelta(t, wald.Low, big.Low, 2e-3)
	assert.InDelta(t, wald.High, big.High, 2e-3)
	_, err = metrics.BootstrapNPS(0, 0, 0, nil)
	require.ErrorIs(t, err, metrics.ErrNoData)
}

// A hundred thousand answers are counted draw by draw, and more by the quantile of Cornish and Fisher: the two meet within three
// answers, 300/n points, also where the answers are skewed, and a trillion take no longer than a thousand.
func TestBootstrapOfManyAnswersMeetsTheExactOne(t *testing.T) {
	for _, c := range [][3]int{{20_000, 30_000, 50_000}, {99_900, 50, 50}, {0, 99_900, 100}, {50_000, 0, 50_000}} {
		exact, err := metrics.BootstrapNPS(c[0], c[1], c[2], nil)
		require.NoError(t, err)
		near, err := metrics.BootstrapNPS(c[0]+1, c[1], c[2], nil)
		require.NoError(t, err)
		assert.InDelta(t, exact.Low, near.Low, 4e-3, "%v: three answers and the one more", c)
		assert.InDelta(t, exact.High, near.High, 4e-3, "%v", c)
	}
	const n = 1 << 40
	huge, err := metrics.BootstrapNPS(n, n, n, nil)
	require.NoError(t, err)
	// 100 · 1.959964 · sqrt((2/3)/(3 · 2^40))
	assert.InDelta(t, 8.8113e-5, huge.High, 1e-8)
	assert.InDelta(t, -8.8113e-5, huge.Low, 1e-8)
}

func TestBootstrapIsReproducibleAndNearTheFormula(t *testing.T) {
	scores := ratings(rand.New(rand.NewPCG(25, 26)), 400, 0)
	scale := metrics.StandardBands().Scale
	a, err := metrics.BootstrapMean(t.Context(), scores, scale, &metrics.BootstrapOptions{Seed: 7})
	require.NoError(t, err)
	b, err := metrics.BootstrapMean(t.Context(), scores, scale, &metrics.BootstrapOptions{Seed: 7})
	require.NoError(t, err)
	assert.Equal(t, a, b)
	c, err := metrics.BootstrapMean(t.Context(), scores, scale, &metrics.BootstrapOptions{Seed: 8})
	require.NoError(t, err)
	assert.NotEqual(t, a.Low, c.Low)
	mean, err := metrics.Mean(scores, scale, nil)
	require.NoError(t, err)
	// The limits of 2000 draws have an error of about SE·sqrt(.025·.975/2000)/φ(1.96) = .06 SE.
	assert.InDelta(t, mean.Low, a.Low, .25*mean.StdErr)
	assert.InDelta(t, mean.High, a.High, .25*mean.StdErr)
	assert.Equal(t, mean.Value, a.Value)
	assert.Zero(t, a.Warnings)
}

func TestBootstrapStopsAndRefuses(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	first := func(rows []int) float64 { return float64(rows[0]) }
	_, err := metrics.Bootstrap(ctx, []int{1, 2}, first, nil)
	require.ErrorIs(t, err, context.Canceled)
	_, err = metrics.Bootstrap(t.Context(), nil, first, nil)
	require.ErrorIs(t, err, metrics.ErrNoData)
	_, err = metrics.Bootstrap(t.Context(), []int{1}, first, &metrics.BootstrapOptions{Draws: 5})
	require.ErrorIs(t, err, metrics.ErrOption)
	e, err := metrics.Bootstrap(t.Context(), []int{0, 1}, func(rows []int) float64 { return 1 / float64(rows[0]+rows[1]) }, nil)
	require.ErrorIs(t, err, metrics.ErrUndefined, "a draw of two zeros")
	assert.True(t, math.IsNaN(e.Low))
	rows := []int{3, 1, 2}
	_, err = metrics.Bootstrap(t.Context(), rows, func(rows []int) float64 { rows[0] = 9; return 1 }, nil)
	require.NoError(t, err)
	assert.Equal(t, []int{3, 1, 2}, rows)
}
