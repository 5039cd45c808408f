package special_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/cxmodel/cxmodel/internal/special"
)

func TestDigammaAndTrigammaAtKnownPoints(t *testing.T) {
	const gamma = 0.57721566490153286061 // Euler's constant
	assert.InEpsilon(t, -gamma, special.Digamma(1), 1e-15)
	assert.InEpsilon(t, -gamma-2*math.Ln2, special.Digamma(.5), 1e-15)
	assert.InEpsilon(t, 1-gamma, special.Digamma(2), 1e-14)
	assert.InEpsilon(t, math.Pi*math.Pi/6, special.Trigamma(1), 1e-15)
	assert.InEpsilon(t, math.Pi*math.Pi/2, special.Trigamma(.5), 1e-15)
	assert.InEpsilon(t, math.Pi*math.Pi/6-1, special.Trigamma(2), 1e-14)
	for _, f := range []func(float64) float64{special.Digamma, special.Trigamma} {
		assert.True(t, math.IsNaN(f(0)) && math.IsNaN(f(-1)) && math.IsNaN(f(math.NaN())))
	}
}

func TestDigammaAndTrigammaObeyTheirRecurrences(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := math.Exp(rapid.Float64Range(-12, 12).Draw(t, "ln x"))
		assert.InDelta(t, special.Digamma(x)+1/x, special.Digamma(x+1), 1e-13*(1+1/x+math.Abs(special.Digamma(x))))
		assert.InEpsilon(t, special.Trigamma(x), special.Trigamma(x+1)+1/(x*x), 1e-13)
	})
}

func TestLogBetaIsTheProductOfItsFactors(t *testing.T) {
	// B(a, n) = (n-1)! / (a (a+1) … (a+n-1))
	for _, a := range []float64{1e-6, .3, 1, 7.5, 40, 1e6, 1e12} {
		for _, n := range []int{1, 2, 9, 10, 11, 50} {
			want := -math.Log(a)
			for j := 1; j < n; j++ {
				want += math.Log(float64(j) / (a + float64(j)))
			}
			assert.InDelta(t, want, special.LogBeta(a, float64(n)), 1e-13*(1+math.Abs(want)), "a=%v n=%v", a, n)
			assert.Equal(t, special.LogBeta(a, float64(n)), special.LogBeta(float64(n), a))
		}
	}
	assert.True(t, math.IsNaN(special.LogBeta(0, 1)))
}

func TestLogBetaObeysItsRecurrence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := math.Exp(rapid.Float64Range(-8, 20).Draw(t, "ln a"))
		b := math.Exp(rapid.Float64Range(-8, 20).Draw(t, "ln b"))
		// B(a+1, b) = B(a, b) a/(a+b)
		want := special.LogBeta(a, b) + math.Log(a/(a+b))
		assert.InDelta(t, want, special.LogBeta(a+1, b), 2e-13*(1+math.Abs(want)))
	})
}
