package survival_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/survival"
)

// By hand: logs 0, 1, 2 have mean 1, standard deviation 1, and on two degrees of freedom the quantile of
// Student's t is (2p-1)/sqrt(2p(1-p)): 4.3027 at p = .975.
func TestGeometricMeanByHand(t *testing.T) {
	in := subjects([]float64{1, math.E, math.E * math.E}, []int{1, 1, 1})
	e, err := survival.GeometricMean(in, nil)
	require.NoError(t, err)
	assert.InDelta(t, math.E, e.Value, 1e-14)
	q := .95 / math.Sqrt(2*.975*.025)
	assert.InEpsilon(t, math.Exp(1-q/math.Sqrt(3)), e.Low, 1e-12)
	assert.InEpsilon(t, math.Exp(1+q/math.Sqrt(3)), e.High, 1e-12)
}

func TestGeometricMeanRefusesOpenTimesAndZeros(t *testing.T) {
	for want, in := range map[error][]survival.Subject{
		metrics.ErrNoData:   {{Exit: 1, Cause: 1}, {Exit: 2}},
		survival.ErrSubject: {{Exit: 1, Cause: 1}, {Cause: 1}},
	} {
		e, err := survival.GeometricMean(in, nil)
		assert.ErrorIs(t, err, want)
		assert.True(t, math.IsNaN(e.Value))
	}
	_, err := survival.GeometricMean(nil, nil)
	assert.ErrorIs(t, err, metrics.ErrNoData)
	_, err = survival.GeometricMean([]survival.Subject{{Entry: 1, Exit: 2, Cause: 1}}, nil)
	assert.ErrorIs(t, err, survival.ErrSubject)
	_, err = survival.GeometricMean(nil, &survival.Options{Level: 2})
	assert.ErrorIs(t, err, metrics.ErrOption)
	one, err := survival.GeometricMean([]survival.Subject{{Exit: 2, Cause: 1}}, nil)
	require.NoError(t, err)
	assert.False(t, one.HasInterval())
}

func ExampleGeometricMean() {
	minutes := subjects([]float64{4, 5, 6, 6, 7, 9, 12, 15, 40, 180}, []int{1, 1, 1, 1, 1, 1, 1, 1, 1, 1})
	e, err := survival.GeometricMean(minutes, &survival.Options{Unit: "minutes"})
	fmt.Println(e, err) // the plain mean is 28.4
	// Output:
	// geometric mean time 11.94 minutes (95 % CI 5.20..27.40, n=10, t on logarithms) <nil>
}
