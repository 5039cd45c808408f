package metrics_test

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
)

func adjusted(t *testing.T, p []float64, m metrics.Adjustment) []float64 {
	t.Helper()
	a, err := metrics.AdjustPValues(p, m)
	require.NoError(t, err)
	return a
}

// Hommel's adjusted p-value is by definition the largest Simes p-value of the sets of comparisons that hold it.
func TestHommelIsTheClosureOfSimes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		p := make([]float64, 1+r.IntN(7))
		for i := range p {
			p[i] = math.Pow(r.Float64(), 2)
		}
		want := make([]float64, len(p))
		for set := uint(1); set < 1<<len(p); set++ {
			var in []float64
			for i := range p {
				if set&(1<<i) != 0 {
					in = append(in, p[i])
				}
			}
			slices.Sort(in)
			simes := 1.
			for i, x := range in {
				simes = min(simes, float64(bits.OnesCount(set))*x/float64(i+1))
			}
			for i := range p {
				if set&(1<<i) != 0 {
					want[i] = max(want[i], simes)
				}
			}
		}
		assert.InDeltaSlice(t, want, adjusted(t, p, metrics.Hommel), 1e-15)
	}
}

func TestAdjustmentsKeepTheirOrderAndThatOfThePValues(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	// Each is at least as strong as the next.
	chain := []metrics.Adjustment{metrics.BenjaminiHochberg, metrics.Hommel, metrics.Hochberg, metrics.Holm, metrics.Bonferroni}
	for range 100 {
		p := make([]float64, 1+r.IntN(30))
		for i := range p {
			p[i] = math.Pow(r.Float64(), 3)
		}
		previous := p
		for _, m := range chain {
			a := adjusted(t, p, m)
			for i := range p {
				assert.GreaterOrEqual(t, a[i], previous[i]*(1-1e-15), m)
				assert.LessOrEqual(t, a[i], 1.)
				for j := range p {
					assert.False(t, p[i] < p[j] && a[i] > a[j], m)
				}
			}
			previous = a
		}
		bh, by := adjusted(t, p, 0), adjusted(t, p, metrics.BenjaminiYekutieli)
		sidak, bonferroni := adjusted(t, p, metrics.HolmSidak), adjusted(t, p, metrics.Holm)
		for i := range p {
			assert.LessOrEqual(t, bh[i], by[i])
			assert.LessOrEqual(t, sidak[i], bonferroni[i]*(1+1e-15))
		}
		shuffled := r.Perm(len(p))
		q := make([]float64, len(p))
		for i, j := range shuffled {
			q[i] = p[j]
		}
		a, b := adjusted(t, p, metrics.Hommel), adjusted(t, q, metrics.Hommel)
		for i, j := range shuffled {
			assert.Equal(t, a[j], b[i], "the order of the comparisons does not matter")
		}
	}
}

func TestAdjustmentRefusesWhatIsNoPValue(t *testing.T) {
	for _, bad := range []float64{math.NaN(), -.1, 1.1, math.Inf(1)} {
		_, err := metrics.AdjustPValues([]float64{.5, bad}, metrics.Holm)
		require.ErrorIs(t, err, metrics.ErrValue)
	}
	_, err := metrics.AdjustPValues(nil, 99)
	require.ErrorIs(t, err, metrics.ErrOption)
	assert.Empty(t, adjusted(t, nil, metrics.Hommel))
	var m metrics.Adjustment
	require.NoError(t, m.UnmarshalText([]byte("Holm")))
	assert.Equal(t, metrics.Holm, m)
	require.ErrorContains(t, m.UnmarshalText([]byte("holms")), "Benjamini-Hochberg")
}
