package clv_test

import (
	"context"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics/clv"
)

// published is Table 2 of Fader, Hardie & Lee (2005); exact is the maximum on exact days, found by an independent
// Newton fit (numpy and mpmath) to |gradient| <= 1e-10.
var (
	bgPublished = clv.BGNBD{R: .243, Alpha: 4.414, A: .793, B: 2.426}
	bgExact     = clv.BGNBD{R: .242594522, Alpha: 4.41360202, A: .792922017, B: 2.42590678}
	mbgExact    = clv.MBGNBD{R: .524843159, Alpha: 6.18308528, A: .891359391, B: 1.61400224}
)

func fitted[M any](t testing.TB) func(f *clv.Fit[M], err error) *clv.Fit[M] {
	return func(f *clv.Fit[M], err error) *clv.Fit[M] {
		t.Helper()
		require.NoError(t, err)
		assert.Equal(t, clv.Converged, f.Status)
		assert.LessOrEqual(t, f.Gradient, 1e-8)
		assert.Empty(t, f.Unidentified)
		return f
	}
}

func TestBGNBDFitOfCDNOW(t *testing.T) {
	f := fitted[clv.BGNBD](t)(clv.FitBGNBD(context.Background(), cdnowSummary(t), nil))
	parametersWithin(t, bgExact.Parameters(), f.Model.Parameters(), 1e-6)
	parametersWithin(t, []float64{.0125574, .378224, .185734, .705414}, f.StdErr, 1e-5)
	within(t, -9582.429207, f.LogLikelihood, 1e-10, "LL")
	assert.Equal(t, 1016, f.Rows)
	assert.InDelta(t, 2357, f.Customers, 0)
	for i := range f.StdErr {
		within(t, f.StdErr[i]*f.StdErr[i], f.Covariance[i][i], 1e-12, "variance")
	}

	f = fitted[clv.BGNBD](t)(clv.FitBGNBD(context.Background(), roundedSummary(t), nil))
	parametersWithin(t, []float64{.242592907, 4.41353156, .792886148, 2.42575344}, f.Model.Parameters(), 1e-6)
	within(t, -9582.425561, f.LogLikelihood, 1e-10, "LL")

	f = fitted[clv.BGNBD](t)(clv.FitBGNBD(context.Background(), cdnow78(t), nil))
	parametersWithin(t, []float64{.253561156, 5.44725751, .607365425, 2.64723448}, f.Model.Parameters(), 1e-6)
	parametersWithin(t, []float64{.0109135, .398296, .110919, .638048}, f.StdErr, 1e-5)
	within(t, -17138.233965, f.LogLikelihood, 1e-10, "LL")
}

func TestMBGNBDFitOfCDNOW(t *testing.T) {
	f := fitted[clv.MBGNBD](t)(clv.FitMBGNBD(context.Background(), cdnowSummary(t), nil))
	parametersWithin(t, mbgExact.Parameters(), f.Model.Parameters(), 1e-6)
	parametersWithin(t, []float64{.0832682, .695621, .15479, .537495}, f.StdErr, 1e-5)
	within(t, -9582.135716, f.LogLikelihood, 1e-10, "LL")

	f = fitted[clv.MBGNBD](t)(clv.FitMBGNBD(context.Background(), roundedSummary(t), nil))
	parametersWithin(t, []float64{.524837984, 6.18299202, .891356155, 1.61399933}, f.Model.Parameters(), 1e-6)
	within(t, -9582.132685, f.LogLikelihood, 1e-10, "LL")
}

func TestBGNBDLogLikelihoodOfFigureOne(t *testing.T) {
	s := cdnowSummary(t)
	// Fader, Hardie & Lee (2005), Fig. 1, prints times and parameters rounded; its log-likelihoods are those of the
	// unrounded ones, to what a spreadsheet's solver reaches.
	for i, want := range map[int]float64{0: -9.4596, 1: -4.4711, 2: -.5538, 5: -21.8644, 2355: -14.1284} {
		assert.InDelta(t, want, bgExact.LogLikelihood(s.Customers[i]), 5e-4)
	}
	// On exact days, and summed over all; note 004 of Fader & Hardie for (1, 1, 1, 1).
	sum, ones := 0.0, 0.0
	for _, c := range s.Customers {
		sum += bgPublished.LogLikelihood(c)
		ones += clv.BGNBD{R: 1, Alpha: 1, A: 1, B: 1}.LogLikelihood(c)
	}
	within(t, -9582.430478, sum, 1e-10, "sum")
	within(t, -13887.712625, ones, 1e-10, "ones")
	for i, want := range map[int]float64{0: -9.4585, 1: -4.4698, 2: -.5547, 5: -21.8629, 2355: -14.1270} {
		assert.InDelta(t, want, bgPublished.LogLikelihood(s.Customers[i]), 5e-5)
	}
}

func TestBGNBDExpectations(t *testing.T) {
	// lifetimes' test, 3 digits; and mpmath at the same parameters.
	assert.InDelta(t, 1.2260282, bgPublished.ConditionalExpected(clv.Customer{Frequency: 2, Recency: 30.43, Age: 38.86}, 39), 5e-8)
	for at, want := range map[float64]float64{.1429: .007828, 1: .053268, 3: .150865, 31.8571: 1.041996, 32: 1.045243, 78: 1.860519} {
		assert.InDelta(t, want, bgPublished.Expected(at), 6e-7, "t = %v", at)
	}
	// BTYD's vignette, at BTYD's own estimate, which agrees with the maximum to 3 or 4 digits.
	assert.InDelta(t, 1.444004, bgExact.Expected(52), 2e-4)
	heavy := clv.Customer{Frequency: 26, Recency: 30.857143, Age: 31}
	assert.InDelta(t, 25.75659, bgExact.ConditionalExpected(heavy, 52), 5e-3)
	assert.InDelta(t, .9688523, bgExact.PAlive(heavy), 5e-6)
	// The increasing-frequency paradox, same vignette.
	for x, want := range map[int]float64{10: .3474606, 15: .04283391, 20: .004158973, 25: .0003585685} {
		within(t, want, bgExact.ConditionalExpected(clv.Customer{Frequency: x, Recency: 20, Age: 39}, 52), 1e-3, "paradox")
	}
}

func TestBGNBDMass(t *testing.T) {
	// BTYD's manual and lifetimes' test; mpmath at the published parameters.
	for _, c := range []struct {
		t    float64
		x    int
		want float64
	}{{2, 10, 1.0786896e-7}, {30, 11, .0019995214}, {30, 12, .0015170236}, {30, 13, .0011633150}, {30, 14, .0009003148}, {39, 0, .57378635}} {
		within(t, c.want, bgPublished.PMF(c.x, c.t), 1e-7, "pmf")
	}
}

func TestBGNBDEdgeCases(t *testing.T) {
	// mpmath: a+b < 1, where lifetimes returns NaN; a = 1 exactly; a heavy buyer.
	within(t, .5645886155, clv.BGNBD{R: .11, Alpha: 2.24, A: .31, B: .5}.ConditionalExpected(clv.Customer{Age: 1}, 30), 1e-9, "a+b < 1")
	within(t, 1.2395505738, clv.BGNBD{R: .5, Alpha: 10, A: 1, B: 2}.ConditionalExpected(clv.Customer{Frequency: 3, Recency: 20, Age: 30}, 30), 1e-9, "a = 1")
	within(t, 6.52488816e-5, bgPublished.ConditionalExpected(clv.Customer{Frequency: 1000, Recency: 38, Age: 39}, 39), 1e-8, "x = 1000")
}

func TestExpectedOrdersOfAllOfCDNOW(t *testing.T) {
	s := cdnowSummary(t)
	for _, c := range []struct {
		m           clv.Model
		sum, alive  float64
		correlation float64
	}{
		{bgExact, 1653.4087, 1917.2777, .6256},
		{mbgExact, 1576.7283, 1057.6364, 0},
		{paretoExact, 1665.5131, 1051.8752, .6302},
	} {
		sum, alive := 0.0, 0.0
		for _, x := range s.Customers {
			sum += c.m.ConditionalExpected(x, 39)
			alive += c.m.PAlive(x)
		}
		assert.InDelta(t, c.sum, sum, 1e-4, c.m.Name())
		assert.InDelta(t, c.alive, alive, 1e-4, c.m.Name())
	}
}

func TestModelsOutsideTheirDomainAreNaN(t *testing.T) {
	good := clv.Customer{Frequency: 2, Recency: 3, Age: 10}
	for _, m := range []clv.Model{bgExact, mbgExact, paretoExact, bgbbExact} {
		for _, c := range []clv.Customer{{Frequency: -1}, {Frequency: 1, Recency: 5, Age: 4}, {Recency: 1, Age: 2}, {Frequency: 1, Age: 2}, {Age: math.NaN()}, {Age: math.Inf(1)}} {
			assert.True(t, math.IsNaN(m.PAlive(c)), "%s %+v", m.Name(), c)
			assert.True(t, math.IsNaN(m.ConditionalExpected(c, 10)), m.Name())
			assert.True(t, math.IsNaN(m.LogLikelihood(c)), m.Name())
		}
		assert.True(t, math.IsNaN(m.Expected(-1)) && math.IsNaN(m.PMF(-1, 1)) && math.IsNaN(m.ConditionalExpected(good, -1)))
		assert.Zero(t, m.Expected(0))
	}
	for _, m := range []clv.Model{clv.BGNBD{}, clv.MBGNBD{R: 1, Alpha: -1, A: 1, B: 1}} {
		assert.True(t, math.IsNaN(m.Expected(1)) && math.IsNaN(m.PAlive(good)) && math.IsNaN(m.PMF(0, 1)), m.Name())
	}
}
