package metrics_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
)

// binomialShares returns the chance of each number of successes of n.
func binomialShares(n int, p float64) []float64 {
	chance := make([]float64, n+1)
	for k := range chance {
		a, _ := math.Lgamma(float64(n) + 1)
		b, _ := math.Lgamma(float64(k) + 1)
		c, _ := math.Lgamma(float64(n-k) + 1)
		chance[k] = math.Exp(a - b - c + float64(k)*math.Log(p) + float64(n-k)*math.Log1p(-p))
	}
	return chance
}

// Every pair of outcomes is enumerated: the intervals cover what they say, on the average over truths.
func TestDifferencesOfProportionsCover(t *testing.T) {
	truths := [][2]float64{{.1, .1}, {.1, .3}, {.3, .5}, {.5, .5}, {.6, .9}, {.9, .95}, {.2, .8}}
	const n1, n2 = 30, 20
	for m, least := range map[metrics.DifferenceMethod]float64{
		metrics.DifferenceNewcombe: .94, metrics.DifferenceMiettinenNurminen: .94, metrics.DifferenceMee: .94, metrics.DifferenceAgrestiCaffo: .94,
	} {
		var limits [n1 + 1][n2 + 1][2]float64
		for x := range n1 + 1 {
			for y := range n2 + 1 {
				d, err := metrics.ProportionDifference(x, n1, y, n2, &metrics.DifferenceOptions{Method: m})
				require.NoError(t, err)
				assert.True(t, d.Low <= d.Value && d.Value <= d.High, "%v %d %d", m, x, y)
				back, err := metrics.ProportionDifference(y, n2, x, n1, &metrics.DifferenceOptions{Method: m})
				require.NoError(t, err)
				assert.InDelta(t, -d.Low, back.High, 1e-12)
				limits[x][y] = [2]float64{d.Low, d.High}
			}
		}
		mean := 0.
		for _, truth := range truths {
			a, b := binomialShares(n1, truth[0]), binomialShares(n2, truth[1])
			covered := 0.
			for x := range a {
				for y := range b {
					if l := limits[x][y]; l[0] <= truth[0]-truth[1] && truth[0]-truth[1] <= l[1] {
						covered += a[x] * b[y]
					}
				}
			}
			assert.Greater(t, covered, .92, "%v at %v", m, truth)
			mean += covered / float64(len(truths))
		}
		assert.True(t, mean > least && mean < .97, "%v covers %.4f", m, mean)
	}
}

// Where all succeed in one group and none in the other, of n each, the restricted shares are (1±d)/2 by symmetry, and the
// score equation (1-d)² = z² (1-d²)/(2n) has the solution 1-d = 2z²/(2n+z²).
func TestScoreLimitsOfOneMindHaveAClosedForm(t *testing.T) {
	for _, n := range []int{1, 100, 1_000_000, 1_000_000_000_000} {
		for level, z := range map[float64]float64{.05: .06270677794321385, .95: 1.959963984540054, .999: 3.290526731491895} {
			d, err := metrics.ProportionDifference(n, n, 0, n, &metrics.DifferenceOptions{Level: level, Method: metrics.DifferenceMee})
			require.NoError(t, err)
			assert.InDelta(t, 2*z*z/(2*float64(n)+z*z), 1-d.Low, 1e-9*z*z/float64(n)+0x1p-50, "n %d, level %v", n, level)
			assert.Equal(t, 1., d.High)
		}
	}
}

func TestNewcombeIsTheDifferenceOfTwoShares(t *testing.T) {
	a, err := metrics.Proportion(30, 40, nil)
	require.NoError(t, err)
	b, err := metrics.Proportion(20, 50, nil)
	require.NoError(t, err)
	want, err := metrics.Difference(a, b)
	require.NoError(t, err)
	got, err := metrics.ProportionDifference(30, 40, 20, 50, nil)
	require.NoError(t, err)
	got.Method = want.Method
	assert.Equal(t, want, got)
}

// A 2×2 table: the square of the pooled z is Pearson's chi-square, and the trend over two groups is the same.
func TestThreeTestsOfTwoProportionsAgree(t *testing.T) {
	z, err := metrics.ProportionTest(30, 40, 20, 50)
	require.NoError(t, err)
	chi, err := metrics.ChiSquare([][]int{{30, 10}, {20, 30}})
	require.NoError(t, err)
	trend, err := metrics.Trend([]int{30, 20}, []int{40, 50}, nil)
	require.NoError(t, err)
	assert.InEpsilon(t, chi.Statistic, z.Statistic*z.Statistic, 1e-13)
	assert.InEpsilon(t, chi.Statistic, trend.Statistic, 1e-13)
	assert.InEpsilon(t, chi.P, z.P, 1e-12)
	assert.InEpsilon(t, chi.P, trend.P, 1e-12)
	assert.Equal(t, 90, z.N)
}

func TestChiSquareLeavesOutEmptyColumnsAndWarnsOfFewExpected(t *testing.T) {
	a, err := metrics.ChiSquare([][]int{{10, 30, 60}, {20, 40, 40}})
	require.NoError(t, err)
	b, err := metrics.ChiSquare([][]int{{10, 0, 30, 60}, {0, 0, 0, 0}, {20, 0, 40, 40}})
	require.NoError(t, err)
	assert.Equal(t, a, b)
	assert.Zero(t, a.Warnings)
	assert.Equal(t, "chi-square 8.762 (2 df, p=0.0125, n=200)", a.String())
	c, err := metrics.ChiSquare([][]int{{1, 3}, {3, 1}})
	require.NoError(t, err)
	assert.Equal(t, metrics.WarnSparse, c.Warnings)
	for want, table := range map[error][][]int{
		metrics.ErrNoData: {{1, 2}}, metrics.ErrCount: {{1, -2}, {3, 4}}, metrics.ErrMismatch: {{1, 2}, {3}},
	} {
		got, err := metrics.ChiSquare(table)
		require.ErrorIs(t, err, want)
		assert.True(t, math.IsNaN(got.P))
	}
	_, err = metrics.ChiSquare([][]int{{math.MaxInt, 1}, {math.MaxInt, 1}})
	require.ErrorIs(t, err, metrics.ErrCount)
}

func TestTrendKnowsOnlyTheSpacingOfScores(t *testing.T) {
	x, n := []int{15, 10, 5, 7}, []int{30, 30, 40, 20}
	a, err := metrics.Trend(x, n, nil)
	require.NoError(t, err)
	b, err := metrics.Trend(x, n, []float64{-20, -10, 0, 10})
	require.NoError(t, err)
	assert.InEpsilon(t, a.Statistic, b.Statistic, 1e-13)
	for want, c := range map[error]struct {
		x, n   []int
		scores []float64
	}{
		metrics.ErrMismatch: {x, n[1:], nil}, metrics.ErrNoData: {nil, nil, nil}, metrics.ErrCount: {[]int{2}, []int{1}, nil},
		metrics.ErrValue: {[]int{1, 1}, []int{2, 2}, []float64{1, math.NaN()}}, metrics.ErrUndefined: {[]int{2, 2}, []int{2, 2}, nil},
	} {
		_, err := metrics.Trend(c.x, c.n, c.scores)
		require.ErrorIs(t, err, want)
	}
}

func TestDifferenceOfProportionsRefusesBadInput(t *testing.T) {
	for _, c := range [][4]int{{2, 1, 0, 1}, {0, 1, -1, 1}} {
		_, err := metrics.ProportionDifference(c[0], c[1], c[2], c[3], nil)
		require.ErrorIs(t, err, metrics.ErrCount)
		_, err = metrics.ProportionTest(c[0], c[1], c[2], c[3])
		require.ErrorIs(t, err, metrics.ErrCount)
	}
	d, err := metrics.ProportionDifference(0, 0, 1, 2, nil)
	require.ErrorIs(t, err, metrics.ErrNoData)
	assert.True(t, math.IsNaN(d.Value))
	_, err = metrics.ProportionDifference(1, 2, 1, 2, &metrics.DifferenceOptions{Method: 17})
	require.ErrorIs(t, err, metrics.ErrOption)
	_, err = metrics.ProportionDifference(1, 2, 1, 2, &metrics.DifferenceOptions{Level: 95})
	require.ErrorIs(t, err, metrics.ErrOption)
}

// The unit of the scores does not matter, however large or small: their squares are never taken as they are.
func TestTrendDoesNotDependOnTheUnitOfTheScores(t *testing.T) {
	want, err := metrics.Trend([]int{5, 9, 14}, []int{20, 20, 20}, []float64{0, 1, 2})
	require.NoError(t, err)
	for _, unit := range []float64{1e-200, 1e200, 5e307} {
		got, err := metrics.Trend([]int{5, 9, 14}, []int{20, 20, 20}, []float64{-unit, 0, unit})
		if unit > 1e300 { // 20 times that overflows
			require.ErrorIs(t, err, metrics.ErrValue)
			continue
		}
		require.NoError(t, err)
		assert.InEpsilon(t, want.Statistic, got.Statistic, 1e-12, unit)
	}
}
