package metrics_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cxmodel/cxmodel/metrics"
)

func nps(t require.TestingT, d, m, p int) metrics.Estimate {
	e, err := metrics.NPSOf(d, m, p, nil)
	require.NoError(t, err)
	return e
}

func TestMOVERFromScoreIntervals(t *testing.T) {
	// Computed with scipy 1.10.1 from Tango limits by root finding.
	for _, c := range []struct {
		a, b      [3]int
		low, high float64
	}{
		{[3]int{10, 30, 60}, [3]int{20, 40, 40}, 9.822743055112, 49.200467631461},
		{[3]int{150, 350, 500}, [3]int{200, 350, 450}, 3.444771032011, 16.529440685979},
		{[3]int{0, 5, 15}, [3]int{2, 6, 12}, -11.470184533895, 63.012730231101},
	} {
		d, err := metrics.Difference(nps(t, c.a[0], c.a[1], c.a[2]), nps(t, c.b[0], c.b[1], c.b[2]))
		require.NoError(t, err)
		assert.InDelta(t, c.low, d.Low, 1e-11)
		assert.InDelta(t, c.high, d.High, 1e-11)
		assert.Equal(t, c.low > 0, d.ExcludesZero())
		assert.Equal(t, "MOVER from score", d.Method)
	}
}

func TestDifferenceKeepsItsSign(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		count := rapid.IntRange(0, 60)
		draw := func() metrics.Estimate {
			method := rapid.SampledFrom([]metrics.NPSMethod{metrics.NPSTango, metrics.NPSWald, metrics.NPSAdjustedWald}).Draw(t, "method")
			e, err := metrics.NPSOf(count.Draw(t, "d"), count.Draw(t, "m"), 1+count.Draw(t, "p"), &metrics.NPSOptions{Method: method})
			require.NoError(t, err)
			return e
		}
		a, b := draw(), draw()
		x, err := metrics.Difference(a, b)
		require.NoError(t, err)
		y, err := metrics.Difference(b, a)
		require.NoError(t, err)
		assert.Equal(t, -x.Value, y.Value)
		assert.InDelta(t, -x.Low, y.High, 1e-12)
		assert.InDelta(t, -x.High, y.Low, 1e-12)
		assert.True(t, -200 <= x.Low && x.Low <= x.Value && x.Value <= x.High && x.High <= 200)
		self, err := metrics.Difference(a, a)
		require.NoError(t, err)
		assert.False(t, self.ExcludesZero())
	})
}

func TestUnlikeEstimatesAreNotCompared(t *testing.T) {
	a := nps(t, 10, 30, 60)
	e, err := metrics.ENPSOf(10, 30, 60, nil)
	require.NoError(t, err)
	wide, err := metrics.NPSOf(10, 30, 60, &metrics.NPSOptions{Level: .99})
	require.NoError(t, err)
	ten, err := metrics.NPSOf(10, 30, 60, &metrics.NPSOptions{Bands: metrics.TenPointBands()})
	require.NoError(t, err)
	share, err := metrics.Proportion(10, 30, nil)
	require.NoError(t, err)
	units := a
	units.Unit = metrics.UnitShare
	for _, b := range []metrics.Estimate{e, wide, ten, share, units} {
		c, err := metrics.Difference(a, b)
		require.ErrorIs(t, err, metrics.ErrMismatch)
		assert.True(t, math.IsNaN(c.Value) && math.IsNaN(c.Low) && math.IsNaN(c.High))
		assert.Equal(t, "NPS difference not available", c.String())
		assert.False(t, c.ExcludesZero())
	}
}

func TestDifferenceNeedsTwoIntervals(t *testing.T) {
	a, err := metrics.ChurnOverStart(3, 100)
	require.NoError(t, err)
	_, err = metrics.Difference(a, a)
	require.ErrorIs(t, err, metrics.ErrNoInterval)
	one, err := metrics.CES2([]int{5}, nil)
	require.NoError(t, err)
	many, err := metrics.CES2([]int{5, 6, 7}, nil)
	require.NoError(t, err)
	_, err = metrics.Difference(many, one)
	require.ErrorIs(t, err, metrics.ErrNoInterval)
	none, _ := metrics.NPSOf(0, 0, 0, nil)
	_, err = metrics.Difference(nps(t, 1, 1, 1), none)
	require.ErrorIs(t, err, metrics.ErrNoInterval)
	assert.ErrorContains(t, err, "NPS not available (n=0)")
}

// What was never filled in is no result, and the message says which one it is.
func TestEmptyEstimatesAreNotCompared(t *testing.T) {
	assert.False(t, metrics.Estimate{}.HasInterval())
	_, err := metrics.Difference(nps(t, 1, 1, 1), metrics.Estimate{})
	require.EqualError(t, err, "metrics: no data: the second estimate is empty, as one is that no function has returned")
	c, err := metrics.Difference(metrics.Estimate{}, metrics.Estimate{})
	require.ErrorIs(t, err, metrics.ErrNoData)
	assert.Equal(t, "difference not available", c.String())
	assert.True(t, math.IsNaN(c.Value) && math.IsNaN(c.Low) && math.IsNaN(c.High))
}

func TestMixedMethodsAreSaid(t *testing.T) {
	wald, err := metrics.NPSOf(10, 30, 60, &metrics.NPSOptions{Method: metrics.NPSWald})
	require.NoError(t, err)
	d, err := metrics.Difference(nps(t, 10, 30, 60), wald)
	require.NoError(t, err)
	assert.Equal(t, "MOVER from score and Wald", d.Method)
}

func TestComparisonIsJSON(t *testing.T) {
	d, err := metrics.Difference(nps(t, 10, 30, 60), nps(t, 20, 40, 40))
	require.NoError(t, err)
	b, err := json.Marshal(d)
	require.NoError(t, err)
	var back metrics.Comparison
	require.NoError(t, json.Unmarshal(b, &back))
	assert.Equal(t, d, back)

	none, err := metrics.ProportionDifference(3, 2, 1, 2, nil)
	require.ErrorIs(t, err, metrics.ErrCount)
	b, err = json.Marshal(none)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(b, &back))
	assert.True(t, math.IsNaN(back.Value) && math.IsNaN(back.A.Value), "null is not zero")
	test, err := metrics.ProportionTest(0, 2, 0, 2)
	require.ErrorIs(t, err, metrics.ErrUndefined)
	b, err = json.Marshal(test)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(b, &test))
	assert.True(t, math.IsNaN(test.Statistic) && math.IsNaN(test.P), "null is not zero")
}

func TestComparisonIsATable(t *testing.T) {
	d, err := metrics.Difference(nps(t, 10, 30, 60), nps(t, 20, 40, 40))
	require.NoError(t, err)
	table := d.Table()
	require.Len(t, table.Rows, 3)
	last := table.Rows[2]
	assert.Equal(t, []string{"A - B"}, last.Labels)
	assert.Equal(t, "NPS difference +30 (95 % CI +10..+49, n=200, MOVER from score)", last.Estimate.String())
	var md strings.Builder
	require.NoError(t, table.WriteMarkdown(&md))
}

func TestDifferencesOfSharesAndMeansAreSigned(t *testing.T) {
	a, err := metrics.Proportion(56, 70, nil)
	require.NoError(t, err)
	b, err := metrics.Proportion(48, 80, nil)
	require.NoError(t, err)
	d, err := metrics.Difference(a, b)
	require.NoError(t, err)
	// Newcombe 1998, example (a), method 10: .0524 to .3339.
	assert.Equal(t, "proportion difference +20.0 % (95 % CI +5.2..+33.4 %, excludes 0, n=70 and 80, MOVER from Wilson)", d.String())
	x, err := metrics.CES2([]int{7, 6, 7, 6, 7}, nil)
	require.NoError(t, err)
	y, err := metrics.CES2([]int{6, 6, 7, 6, 6}, nil)
	require.NoError(t, err)
	m, err := metrics.Difference(x, y)
	require.NoError(t, err)
	// 6.6 ± .680, above clamped to 7, less 6.2 ± .555: .4 - hypot(.680, .555) = -.478, .4 + hypot(.4, .555) = 1.084.
	assert.Equal(t, "CES 2.0 difference +0.40 (95 % CI -0.48..+1.08, includes 0, n=5 and 5, MOVER from t)", m.String())
}

func TestZTest(t *testing.T) {
	z, p := metrics.ZTest(1.959963984540054, 1)
	assert.Equal(t, 1.959963984540054, z)
	assert.InDelta(t, .05, p, 1e-15)
	_, q := metrics.ZTest(-1.959963984540054, 1)
	assert.Equal(t, p, q)
	z, p = metrics.ZTest(1, 0)
	assert.Equal(t, math.Inf(1), z)
	assert.Zero(t, p)
	z, p = metrics.ZTest(0, 0)
	assert.True(t, math.IsNaN(z) && math.IsNaN(p))
}
