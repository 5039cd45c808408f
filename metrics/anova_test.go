package metrics_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
)

func TestDescribeAgreesWithTheTally(t *testing.T) {
	scores := []float64{1, 5, 4, math.NaN(), 2, 2.5, 5, 5}
	d, err := metrics.Describe(scores, nil)
	require.NoError(t, err)
	tally := metrics.TallyOf(scores, cxmodel.Scale{Min: -100, Max: 100})
	mean, err := tally.Mean(nil)
	require.NoError(t, err)
	assert.InDelta(t, mean.Value, d.Mean.Value, 1e-14)
	assert.InDelta(t, mean.Low, d.Mean.Low, 1e-13)
	assert.InDelta(t, tally.StdDev(), d.StdDev, 1e-14)
	assert.Equal(t, 1, d.Mean.Missing)
	assert.Equal(t, []float64{1, 5}, []float64{d.Min, d.Max})
}

func TestDescribeRefusesWhatHasNoMean(t *testing.T) {
	for want, values := range map[error][]float64{
		metrics.ErrNoData: {math.NaN()}, metrics.ErrValue: {1, math.Inf(1)},
	} {
		d, err := metrics.Describe(values, nil)
		require.ErrorIs(t, err, want)
		assert.True(t, math.IsNaN(d.Mean.Value) && math.IsNaN(d.StdDev))
	}
	_, err := metrics.Describe([]float64{math.MaxFloat64, -math.MaxFloat64}, nil)
	require.ErrorIs(t, err, metrics.ErrValue)
	d, err := metrics.Describe([]int{7}, nil)
	require.NoError(t, err)
	assert.Equal(t, 7., d.Mean.Value)
	assert.True(t, d.Mean.Warnings.Has(metrics.WarnNoInterval))
}

// F of two groups is the square of Student's t with pooled variance, and F of any groups is that of the regression on
// indicators of all groups but one.
func TestANOVAIsTheRegressionOnGroups(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for k := 2; k < 6; k++ {
		groups := make([][]float64, k)
		var y []float64
		var x [][]float64
		for g := range groups {
			for range 2 + r.IntN(10) {
				v := float64(g) + r.NormFloat64()
				row := make([]float64, k-1)
				if g > 0 {
					row[g-1] = 1
				}
				groups[g], y, x = append(groups[g], v), append(y, v), append(x, row)
			}
		}
		a, err := metrics.ANOVA(groups)
		require.NoError(t, err)
		fit, err := metrics.LinearRegression(t.Context(), y, x, nil)
		require.NoError(t, err)
		assert.InEpsilon(t, a.F, fit.F.Statistic, 1e-11)
		assert.InEpsilon(t, a.P, fit.F.P, 1e-9)
		assert.InEpsilon(t, a.R2, fit.R2, 1e-11)
		assert.InEpsilon(t, a.ResidualSD, fit.ResidualSD, 1e-11)
		if k == 2 {
			student := fit.Coefficients[1].Value / fit.Coefficients[1].StdErr
			assert.InEpsilon(t, student*student, a.F, 1e-11)
		}
	}
}

func TestANOVALeavesOutMissingAndEmptyGroups(t *testing.T) {
	a, err := metrics.ANOVA([][]float64{{1, 2, 3}, {4, 5}})
	require.NoError(t, err)
	b, err := metrics.ANOVA([][]float64{{}, {1, math.NaN(), 2, 3}, {math.NaN()}, {4, 5}})
	require.NoError(t, err)
	assert.Equal(t, 2, b.Missing)
	b.Missing = 0
	assert.Equal(t, a, b)
	// Means 2 and 4.5 about 3: 3·1 + 2·2.25 = 7.5 between; 2 + .5 = 2.5 within on 3 degrees of freedom.
	assert.InDelta(t, 7.5, a.SumBetween, 1e-14)
	assert.InDelta(t, 9., a.F, 1e-13)
	for want, groups := range map[error][][]float64{
		metrics.ErrNoData: {{1, 2}}, metrics.ErrValue: {{1, math.Inf(-1)}, {2}}, metrics.ErrUndefined: {{1, 1}, {1, 1}},
	} {
		r, err := metrics.ANOVA(groups)
		require.ErrorIs(t, err, want)
		assert.True(t, math.IsNaN(r.F))
	}
	r, err := metrics.ANOVA([][]int{{1, 1}, {2, 2}})
	require.NoError(t, err, "groups that differ and do not vary")
	assert.True(t, math.IsInf(r.F, 1) && r.P == 0)
	b2, err := r.MarshalJSON()
	require.NoError(t, err)
	assert.Contains(t, string(b2), `"f":null`)
}
