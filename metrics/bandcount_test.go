package metrics_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
)

// slowBands counts by the definition of the bands, one answer at a time.
func slowBands(scores []float64, b metrics.Bands) (d, m, p, missing, off int) {
	for _, x := range scores {
		good, passive, promoter := x, b.Passive, b.Promoter
		if b.Scale.LowIsGood {
			good, passive, promoter = -x, -passive, -promoter
		}
		switch {
		case math.IsNaN(x):
			missing++
		case x < float64(b.Scale.Min) || x > float64(b.Scale.Max):
			off++
		case good >= promoter:
			p++
		case good >= passive:
			m++
		default:
			d++
		}
	}
	return
}

func checkCounts[T metrics.Number](t *testing.T, scores []T, bands metrics.Bands) {
	t.Helper()
	floats := make([]float64, len(scores))
	for i, x := range scores {
		floats[i] = float64(x)
	}
	d, m, p, missing, off := slowBands(floats, bands)
	e, err := metrics.NPS(scores, &metrics.NPSOptions{Bands: bands})
	name := fmt.Sprintf("%T of %d on %v", scores, len(scores), bands)
	if d+m+p == 0 {
		require.ErrorIs(t, err, metrics.ErrNoData, name)
		assert.Equal(t, [2]int{missing, off}, [2]int{e.Missing, e.OffScale}, name)
		return
	}
	require.NoError(t, err, name)
	want, err := metrics.NPSOf(d, m, p, &metrics.NPSOptions{Bands: bands})
	require.NoError(t, err)
	assert.Equal(t, [5]any{want.Value, want.Low, want.High, want.N, [2]int{missing, off}}, [5]any{e.Value, e.Low, e.High, e.N, [2]int{e.Missing, e.OffScale}}, name)
}

func TestEveryWayOfCountingAgrees(t *testing.T) {
	scales := []metrics.Bands{
		metrics.StandardBands(), metrics.TenPointBands(), metrics.FivePointBands(),
		{Scale: cxmodel.Scale{Max: 10, LowIsGood: true}, Passive: 3, Promoter: 1},
		{Scale: cxmodel.Scale{Min: -5, Max: 5}, Passive: 2, Promoter: 4},
		{Scale: cxmodel.Scale{Min: -5, Max: -1}, Passive: -3, Promoter: -2},
		{Scale: cxmodel.Scale{Max: 126}, Passive: 63.5, Promoter: 100}, {Scale: cxmodel.Scale{Max: 127}, Passive: 70, Promoter: 90}, {Scale: cxmodel.Scale{Max: 1000}, Passive: 700, Promoter: 900},
	}
	r := rand.New(rand.NewPCG(5, 6))
	for _, bands := range scales {
		for _, n := range []int{0, 1, 7, 31, 32, 33, 63, 64, 2015, 2016, 2017, 5000} {
			for _, stray := range []int{0, 1, 50} { // per cent of answers off the scale
				bytes, signed := make([]uint8, n), make([]int8, n)
				defined, ints := make([]score, n), make([]int, n)
				wide, floats, short := make([]uint64, n), make([]float64, n), make([]float32, n)
				for i := range n {
					v := bands.Scale.Min + r.IntN(bands.Scale.Points())
					if r.IntN(100) < stray {
						v = r.IntN(512) - 256
					}
					bytes[i], signed[i], defined[i], ints[i], floats[i] = uint8(v), int8(v), score(v), v, float64(v)
					wide[i] = uint64(v) // a negative one becomes huge
					if r.IntN(10) == 0 {
						floats[i] += .5
					}
					if stray > 0 && r.IntN(10) == 0 {
						floats[i] = []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e300, -1e300, 0x1p63, -0x1p63}[r.IntN(7)]
					}
					short[i] = float32(floats[i])
				}
				checkCounts(t, bytes, bands)
				checkCounts(t, signed, bands)
				checkCounts(t, defined, bands)
				checkCounts(t, ints, bands)
				checkCounts(t, wide, bands)
				checkCounts(t, floats, bands)
				checkCounts(t, short, bands)
			}
		}
	}
}

func TestCountingAllocatesNothing(t *testing.T) {
	bytes, defined, ints, floats := answers[uint8](1000), answers[score](1000), answers[int](1000), answers[float64](1000)
	assert.Zero(t, testing.AllocsPerRun(10, func() {
		for _, err := range []error{
			second(metrics.NPS(bytes, nil)), second(metrics.NPS(defined, nil)), second(metrics.NPS(ints, nil)), second(metrics.NPS(floats, nil)),
		} {
			if err != nil {
				t.Error(err)
			}
		}
	}))
}

func second[T any](_ T, err error) error { return err }
