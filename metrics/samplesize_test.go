package metrics_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
)

// J. Cohen, Statistical Power Analysis for the Behavioral Sciences, 2nd edition 1988, table 2.4.1 (power .80, two-sided .05):
// 393, 64 and 26 in each group for effects of .2, .5 and .8. A t test of 2 in each group has power .8 only for huge effects.
func TestPowerOfTheTTestAgreesWithCohen(t *testing.T) {
	for effect, n := range map[float64]int{.2: 393, .5: 64, .8: 26} {
		s, err := metrics.MeanDifferenceSampleSize(effect, 1, nil)
		require.NoError(t, err)
		assert.InDelta(t, n, s.N, 1, "Cohen rounds to the nearest")
		assert.Equal(t, 2*s.N, s.Total())
		scaled, err := metrics.MeanDifferenceSampleSize(-30*effect, 30, nil)
		require.NoError(t, err)
		assert.InEpsilon(t, s.Exact, scaled.Exact, 1e-9)
	}
	s, err := metrics.MeanDifferenceSampleSize(50, 1, nil)
	require.NoError(t, err)
	assert.Equal(t, 2, s.N)
}

// So many answers do what was asked of them: the adjusted Wald interval of the planned answers has the planned margin.
func TestSampleSizeReachesItsMargin(t *testing.T) {
	s, err := metrics.NPSSampleSize(.5275, 5, nil)
	require.NoError(t, err)
	n := float64(s.N)
	e, err := metrics.NPSOfWeights(.15*n, .35*n, .5*n, s.N, n, &metrics.NPSOptions{Method: metrics.NPSAdjustedWald})
	require.NoError(t, err)
	assert.InDelta(t, 5, (e.High-e.Low)/2, .03)
	worst, err := metrics.NPSSampleSize(0, 5, nil)
	require.NoError(t, err)
	assert.InDelta(t, s.Exact+3, .5275*(worst.Exact+3), 1e-9)
}

func TestSampleSizeRefusesWhatCannotBe(t *testing.T) {
	check := func(_ metrics.SampleSize, err error) {
		t.Helper()
		require.ErrorIs(t, err, metrics.ErrOption)
	}
	check(metrics.NPSSampleSize(1.5, 5, nil))
	check(metrics.NPSSampleSize(.5, 0, nil))
	check(metrics.NPSSampleSize(.5, 5, &metrics.SampleSizeOptions{Level: 95}))
	check(metrics.NPSDifferenceSampleSize(.5, .5, 0, nil))
	check(metrics.NPSDifferenceSampleSize(.5, -.5, 5, nil))
	check(metrics.NPSDifferenceSampleSize(.5, .5, 5, &metrics.SampleSizeOptions{Power: 1}))
	check(metrics.ProportionSampleSize(1, .1, nil))
	check(metrics.ProportionDifferenceSampleSize(.5, .5, nil))
	check(metrics.MeanDifferenceSampleSize(0, 1, nil))
	check(metrics.MeanDifferenceSampleSize(1, math.NaN(), nil))
	_, err := metrics.MeanDifferenceSampleSize(1e-300, 1, nil)
	require.Error(t, err, "more answers than there are people")
	_, err = metrics.MeanDifferenceSampleSize(1e-4, 1, nil)
	require.NoError(t, err)
}
