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

// With residuals orthogonal to every column no other coefficients have a smaller sum of squares.
func TestResidualsAreOrthogonalToTheColumns(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	for range 50 {
		k := 1 + r.IntN(6)
		n := k + 2 + r.IntN(40)
		x, y := make([][]float64, n), make([]float64, n)
		for i := range x {
			for range k {
				x[i] = append(x[i], r.NormFloat64()*10)
			}
			y[i] = r.NormFloat64()
		}
		for _, origin := range []bool{false, true} {
			fit, err := metrics.LinearRegression(t.Context(), y, x, &metrics.RegressionOptions{NoIntercept: origin})
			require.NoError(t, err)
			ones := 0.
			dots := make([]float64, k)
			for i, row := range x {
				e := y[i] - fit.Predict(row)
				ones += e
				for j, v := range row {
					dots[j] += e * v
				}
			}
			if !origin {
				assert.InDelta(t, 0, ones, 1e-12)
			}
			for _, d := range dots {
				assert.InDelta(t, 0, d, 1e-11)
			}
			assert.True(t, math.IsNaN(fit.Predict(make([]float64, k+2))))
		}
	}
}

// One slope by hand: x̄ = 2.5, ȳ = 4, Sxx = 5, Sxy = 7, so 1.4 and .5; residuals .1 -.3 .3 -.1, sum of squares .2 on 2
// degrees of freedom, variance of the slope .1/5.
func TestALineByHand(t *testing.T) {
	fit, err := metrics.LinearRegression(t.Context(), []float64{2, 3, 5, 6}, [][]float64{{1}, {2}, {3}, {4}}, &metrics.RegressionOptions{Names: []string{"wait"}})
	require.NoError(t, err)
	slope := fit.Coefficients[1]
	assert.Equal(t, "wait", slope.Metric)
	assert.InDelta(t, .5, fit.Coefficients[0].Value, 1e-14)
	assert.InDelta(t, 1.4, slope.Value, 1e-15)
	assert.InDelta(t, math.Sqrt(.02), slope.StdErr, 1e-15)
	assert.InDelta(t, .98, fit.R2, 1e-15)
	assert.InDelta(t, .97, fit.AdjustedR2, 1e-14)
	assert.InDelta(t, 98, fit.F.Statistic, 1e-11)
	// Student's t of 2 degrees of freedom at .975 is 4.302652729911275 (closed form: 2p-1 = .95, t = (2p-1) sqrt(2/(1-(2p-1)²))).
	assert.InDelta(t, 1.4+.95*math.Sqrt(2/(1-.95*.95))*math.Sqrt(.02), slope.High, 1e-13)
}

func TestRegressionCovers(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	const draws = 4000
	held := 0
	for range draws {
		x, y := make([][]float64, 15), make([]float64, 15)
		for i := range x {
			x[i] = []float64{r.Float64(), r.Float64()}
			y[i] = 1 + 2*x[i][0] - x[i][1] + r.NormFloat64()
		}
		fit, err := metrics.LinearRegression(t.Context(), y, x, nil)
		require.NoError(t, err)
		if c := fit.Coefficients[1]; c.Low <= 2 && 2 <= c.High {
			held++
		}
	}
	assert.InDelta(t, .95, float64(held)/draws, .0105) // three binomial errors
}

func TestRegressionSaysWhatIsWrong(t *testing.T) {
	rows := func(n int, f func(i int) []float64) [][]float64 {
		x := make([][]float64, n)
		for i := range x {
			x[i] = f(i)
		}
		return x
	}
	y := []float64{1, 3, 2, 5, 4}
	for name, c := range map[string]struct {
		x    [][]float64
		want error
		text string
	}{
		"collinear": {rows(5, func(i int) []float64 {
			return []float64{float64(i), float64(i * i), 3*float64(i) - float64(i*i)/7 + .1}
		}), metrics.ErrUndefined, `"x3"`},
		"constant": {rows(5, func(i int) []float64 { return []float64{float64(i), 2.5} }), metrics.ErrUndefined, `"x2"`},
		"zeros":    {rows(5, func(i int) []float64 { return []float64{0} }), metrics.ErrUndefined, `"x1"`},
		"wide":     {rows(5, func(i int) []float64 { return make([]float64, 4) }), metrics.ErrNoData, "5 rows for 5 coefficients"},
		"short":    {rows(4, func(i int) []float64 { return []float64{1} }), metrics.ErrMismatch, "4 rows"},
		"ragged":   {rows(5, func(i int) []float64 { return make([]float64, 1+i/4) }), metrics.ErrMismatch, "row 4"},
		"NaN":      {rows(5, func(i int) []float64 { return []float64{math.NaN()} }), metrics.ErrValue, "row 0"},
	} {
		fit, err := metrics.LinearRegression(t.Context(), y, c.x, nil)
		require.ErrorIs(t, err, c.want, name)
		require.ErrorContains(t, err, c.text, name)
		assert.True(t, math.IsNaN(fit.R2), name)
	}
	_, err := metrics.LinearRegression(t.Context(), []float64{1, math.Inf(1), 2}, [][]float64{{1}, {2}, {4}}, nil)
	require.ErrorIs(t, err, metrics.ErrValue)
	_, err = metrics.LinearRegression(t.Context(), nil, nil, nil)
	require.ErrorIs(t, err, metrics.ErrNoData)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = metrics.LinearRegression(ctx, y, rows(5, func(i int) []float64 { return []float64{float64(i)} }), nil)
	require.ErrorIs(t, err, context.Canceled)
	// Columns of very different size are no obstacle.
	fit, err := metrics.LinearRegression(t.Context(), y, rows(5, func(i int) []float64 { return []float64{1e-200 * float64(i), 1e200 * float64(i*i)} }), nil)
	require.NoError(t, err)
	assert.Equal(t, 5, fit.N)
}

// The refinement costs a few passes over the data in twice the precision; plain work is one pass of products.
func BenchmarkLinearRegression(b *testing.B) {
	r := rand.New(rand.NewPCG(29, 30))
	const n, k = 100_000, 8
	x, y := make([][]float64, n), make([]float64, n)
	for i := range x {
		for range k {
			x[i] = append(x[i], r.NormFloat64())
		}
		y[i] = r.NormFloat64()
	}
	b.Run("fit", func(b *testing.B) {
		for b.Loop() {
			if _, err := metrics.LinearRegression(b.Context(), y, x, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("products", func(b *testing.B) {
		sum := 0.
		for b.Loop() {
			for i, row := range x {
				for _, v := range row {
					for _, w := range row {
						sum += v * w * y[i]
					}
				}
			}
		}
		_ = sum
	})
}
