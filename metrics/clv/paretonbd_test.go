package clv_test

import (
	"context"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cxmodel/cxmodel/metrics/clv"
)

// paretoExact is the maximum on exact days, found by an independent Newton fit to |gradient| <= 1e-10.
var paretoExact = clv.ParetoNBD{R: .553277047, Alpha: 10.5776835, S: .606239989, Beta: 11.6687353}

func TestParetoNBDFitOfCDNOW(t *testing.T) {
	f := fitted[clv.ParetoNBD](t)(clv.FitParetoNBD(context.Background(), cdnowSummary(t), nil))
	parametersWithin(t, paretoExact.Parameters(), f.Model.Parameters(), 1e-6)
	parametersWithin(t, []float64{.0476279, .842723, .187281, 6.21111}, f.StdErr, 1e-5)
	within(t, -9594.976179, f.LogLikelihood, 1e-10, "LL")

	f = fitted[clv.ParetoNBD](t)(clv.FitParetoNBD(context.Background(), roundedSummary(t), nil))
	parametersWithin(t, []float64{.553275509, 10.5776122, .606213569, 11.6679112}, f.Model.Parameters(), 1e-6)
	within(t, -9594.973930, f.LogLikelihood, 1e-10, "LL")

	f = fitted[clv.ParetoNBD](t)(clv.FitParetoNBD(context.Background(), cdnow78(t), nil))
	parametersWithin(t, []float64{.563003664, 12.5591691, .408107277, 10.5145447}, f.Model.Parameters(), 1e-6)
	parametersWithin(t, []float64{.0438876, .89374, .0740111, 4.22998}, f.StdErr, 1e-5)
	within(t, -17135.835886, f.LogLikelihood, 1e-10, "LL")
	// These parameters in the likelihood of 39 weeks: -9608 in RFM and CLV (2005), -9608.2547 by mpmath.
	sum := 0.0
	for _, c := range cdnowSummary(t).Customers {
		sum += f.Model.LogLikelihood(c)
	}
	assert.InDelta(t, -9608.2547, sum, 1e-4)
}

func TestParetoNBDExpectations(t *testing.T) {
	// BTYD's manual, E[X(0..9)].
	m := clv.ParetoNBD{R: .55, Alpha: 10.56, S: .61, Beta: 11.64}
	for i, want := range []float64{0, .05077821, .09916088, .14542507, .18979930, .23247466, .27361274, .31335159, .35181024, .38909211} {
		assert.InDelta(t, want, m.Expected(float64(i)), 1e-8)
	}
	// BTYD's vignette at its own estimate, which has 3 or 4 digits.
	btyd := clv.ParetoNBD{R: .553397, Alpha: 10.580199, S: .606062, Beta: 11.656224}
	heavy := clv.Customer{Frequency: 26, Recency: 30.857143, Age: 31}
	within(t, 25.45647, btyd.ConditionalExpected(heavy, 52), 1e-4, "E[Y(52)]")
	within(t, .997874, btyd.PAlive(heavy), 1e-5, "P(alive)")
	within(t, 1.473434, btyd.Expected(52), 3e-4, "E[X(52)]")
	// DERT: 1.9 in RFM and CLV (2005); mpmath.
	m = clv.ParetoNBD{R: .5629966, Alpha: 12.559037, S: .4081095, Beta: 10.5148048}
	within(t, 1.8641833, m.DERT(clv.Customer{Frequency: 7, Recency: 35, Age: 77.86}, .0027), 3e-8, "DERT")
	assert.True(t, math.IsNaN(m.DERT(clv.Customer{Age: 3}, 0)))
}

func TestParetoNBDEdgeCases(t *testing.T) {
	// mpmath; the third by both the hypergeometric functions and quadrature, with 60 digits.
	m := clv.ParetoNBD{R: 10.465, Alpha: .00798565181, S: 3.0516, Beta: 2.82}
	within(t, .001885128187, m.PAlive(clv.Customer{Frequency: 40, Recency: 5, Age: 6}), 1e-9, "P(alive)")
	within(t, 1.417144291e-96, m.PAlive(clv.Customer{Frequency: 50, Recency: 1, Age: 37}), 1e-9, "P(alive)")
	within(t, 6.73297487179916e-60, m.PAlive(clv.Customer{Frequency: 50, Recency: 4, Age: 37}), 1e-9, "P(alive)")
	m = clv.ParetoNBD{R: .55, Alpha: 10.58, S: .61, Beta: 11.67}
	within(t, 6.206051789, m.ConditionalExpected(clv.Customer{Frequency: 132, Recency: 200, Age: 200}, 10), 1e-9, "x = 132")
	within(t, 6.252872247, m.ConditionalExpected(clv.Customer{Frequency: 133, Recency: 200, Age: 200}, 10), 1e-9, "x = 133")
	// s = 1 is the limit from both sides, and T = 0 is a customer of today.
	at := func(s float64) float64 { return clv.ParetoNBD{R: .5, Alpha: 10, S: s, Beta: 12}.Expected(30) }
	within(t, at(1), (at(1-1e-6)+at(1+1e-6))/2, 1e-9, "s = 1")
	assert.Equal(t, 1., m.PAlive(clv.Customer{}))
	assert.Zero(t, m.LogLikelihood(clv.Customer{}))
}
