package metrics_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cxmodel/cxmodel/metrics"
)

func TestQuadratureIsExactForPolynomialsOfDegree22(t *testing.T) {
	// A mistyped node or weight of the 15-point Kronrod rule would show here: its degree is 22.
	for k := range 23 {
		got := metrics.Integrate(func(x float64) float64 { return math.Pow(x, float64(k)) }, -1, 3)
		want := (math.Pow(3, float64(k+1)) - math.Pow(-1, float64(k+1))) / float64(k+1)
		assert.InEpsilon(t, want, got, 4e-15, "degree %d", k)
	}
}

func TestQuadratureFindsAPeakAndAnEndSingularity(t *testing.T) {
	normal := func(x float64) float64 { return math.Exp(-x*x/2) / math.Sqrt(2*math.Pi) }
	assert.InDelta(t, 1, metrics.Integrate(func(x float64) float64 { return 1e3 * normal(1e3*(x-.3)) }, 0, 1), 1e-13)
	assert.InDelta(t, 2./3, metrics.Integrate(math.Sqrt, 0, 1), 1e-9)
}

func TestRootIsFoundToTheLastBits(t *testing.T) {
	assert.InDelta(t, math.Sqrt2, metrics.Root(func(x float64) float64 { return x*x - 2 }, 0, 2), 5e-16)
	assert.InDelta(t, 1e-9, metrics.Root(func(x float64) float64 { return math.Cbrt(x - 1e-9) }, -1, 1), 1e-16)
	assert.Equal(t, 3., metrics.Root(func(x float64) float64 { return x - 3 }, 3, 4))
	assert.Equal(t, 4., metrics.Root(func(x float64) float64 { return x - 4 }, 3, 4))
}
