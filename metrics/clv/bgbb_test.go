package clv_test

import (
	"context"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics/clv"
)

// bgbbExact is the maximum for the donors of 1995, by an independent Newton fit.
var bgbbExact = clv.BGBB{Alpha: 1.20352235, Beta: .749716358, Gamma: .656718208, Delta: 2.78344223}

func donors(t testing.TB) *clv.Summary {
	t.Helper()
	s := &clv.Summary{Unit: clv.Year}
	for _, row := range table(t, "donations.csv") {
		s.Customers = append(s.Customers, clv.Customer{Frequency: int(row[0]), Recency: row[1], Age: row[2], Weight: row[3]})
	}
	return s
}

func TestBGBBFitOfTheDonors(t *testing.T) {
	s := donors(t)
	f := fitted[clv.BGBB](t)(clv.FitBGBB(context.Background(), s, nil))
	parametersWithin(t, bgbbExact.Parameters(), f.Model.Parameters(), 1e-6)
	parametersWithin(t, []float64{.0693914, .0294477, .0510099, .320819}, f.StdErr, 1e-5)
	within(t, -33225.581274, f.LogLikelihood, 1e-10, "LL")
	assert.Equal(t, 11104., f.Customers)
	assert.Equal(t, 22, f.Rows)
	// FH&S (2010), Table 6 and text.
	assert.InDelta(t, .1081, f.Model.PAlive(clv.Customer{Age: 6}), 5e-5)
	assert.InDelta(t, .5897, f.Model.PAlive(clv.Customer{Frequency: 2, Recency: 4, Age: 6}), 5e-5)
	assert.InDelta(t, .9304, f.Model.PAlive(clv.Customer{Frequency: 6, Recency: 6, Age: 6}), 5e-5)
	sum := 0.0
	for _, c := range s.Customers {
		sum += c.Weight * f.Model.ConditionalExpected(c, 5)
	}
	assert.InDelta(t, 12884.1568, sum, 1e-3)
	for x, want := range []float64{3454.9, 1888.65, 1348.88, 1113.38, 1017.92, 1027.17, 1253.1} {
		assert.InDelta(t, want, 11104*f.Model.PMF(x, 6), .051)
	}
	within(t, 3.179829, f.Model.Expected(10), 1e-6, "E[X(10)]")
	within(t, .1302181, f.Model.ConditionalExpected(clv.Customer{Age: 6}, 10), 1e-6, "(0,0,6)")
	within(t, 3.6279677, f.Model.ConditionalExpected(clv.Customer{Frequency: 4, Recency: 5, Age: 6}, 10), 1e-6, "(4,5,6)")
	// Tracking 1996 to 2006, BTYD's vignette at its estimate.
	last := 0.0
	for i, want := range []float64{5535.833, 4717.059, 4147.621, 3724.665, 3395.888, 3131.647, 2913.778, 2730.482, 2573.731, 2437.854, 2318.727} {
		now := 11104 * f.Model.Expected(float64(i+1))
		within(t, want, now-last, 2e-4, "tracking")
		last = now
	}
}

func TestBGBBAtRoundedParameters(t *testing.T) {
	// mpmath, and BTYD.
	m := clv.BGBB{Alpha: 1.20, Beta: .75, Gamma: .66, Delta: 2.78}
	c := clv.Customer{Frequency: 3, Recency: 4, Age: 6}
	within(t, 1.6213792, m.DERT(c, .1), 3e-8, "DERT")
	for x, want := range []float64{1.8020448, 2.6211561, 3.4402673, 4.2593786, 5.0784899, 5.8976012} {
		within(t, want, m.DERT(clv.Customer{Frequency: x + 1, Recency: 6, Age: 6}, .1), 3e-8, "DERT")
	}
	within(t, .43834385, m.PAlive(c), 2e-8, "P(alive)")
	sum := 0.0
	for x, want := range []float64{.312683461, .17039549, .121430221, .100047151, .091324397, .092021349, .112097931} {
		within(t, want, m.PMF(x, 6), 1e-8, "pmf")
		sum += m.PMF(x, 6)
	}
	assert.InDelta(t, 1, sum, 1e-14)
	within(t, 3.1649902, m.Expected(10), 2e-8, "E[X(10)]")
	within(t, 1.8408127, m.ConditionalExpected(c, 10), 3e-8, "E[next 10]")
	// γ = 1 is the limit from both sides; DERT without a discount is the sum for ever, infinite for γ <= 1.
	at := func(g float64) float64 { return clv.BGBB{Alpha: 1, Beta: 1, Gamma: g, Delta: 2}.Expected(20) }
	within(t, at(1), (at(1-1e-5)+at(1+1e-5))/2, 1e-9, "gamma = 1")
	assert.True(t, math.IsNaN(m.DERT(c, 0)))
	m.Gamma = 4
	within(t, m.ConditionalExpected(c, 100_000), m.DERT(c, 0), 1e-6, "for ever")
}

func TestBGBBTakesWholeOccasionsOnly(t *testing.T) {
	for _, c := range []clv.Customer{{Age: 2.5}, {Frequency: 1, Recency: .5, Age: 2}, {Frequency: 3, Recency: 2, Age: 5}, {Recency: 1, Age: 2}, {Frequency: 1, Recency: 3, Age: 2}, {Age: 1e9}, {Frequency: -1}, {Age: 1, Weight: -1}} {
		assert.True(t, math.IsNaN(bgbbExact.PAlive(c)), "%+v", c)
		assert.True(t, math.IsNaN(bgbbExact.ConditionalExpected(c, 3)), "%+v", c)
		_, err := clv.FitBGBB(context.Background(), &clv.Summary{Unit: clv.Year, Customers: []clv.Customer{c}}, nil)
		require.ErrorIs(t, err, clv.ErrInvalid, "%+v", c)
	}
	assert.True(t, math.IsNaN(bgbbExact.Expected(1.5)))
	_, err := clv.FitBGBB(context.Background(), &clv.Summary{Unit: clv.Year, Customers: []clv.Customer{{Age: 3}}}, nil)
	require.ErrorIs(t, err, clv.ErrNoRepeats)
	_, err = clv.FitBGBB(context.Background(), nil, nil)
	require.ErrorIs(t, err, clv.ErrNoData)
	_, err = clv.FitBGBB(context.Background(), &clv.Summary{}, nil)
	require.ErrorIs(t, err, clv.ErrUnits)
}
