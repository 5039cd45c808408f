package clv_test

import (
	"context"
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cxmodel/cxmodel/metrics/clv"
)

// drawModel returns one of the four models with random parameters.
func drawModel(t *rapid.T) clv.Model {
	draw := func(name string, low, high float64) float64 {
		return math.Exp(rapid.Float64Range(math.Log(low), math.Log(high)).Draw(t, name))
	}
	switch rapid.IntRange(0, 3).Draw(t, "model") {
	case 0:
		return clv.BGNBD{R: draw("r", .1, 5), Alpha: draw("alpha", 1, 50), A: draw("a", .1, 5), B: draw("b", .1, 9)}
	case 1:
		return clv.MBGNBD{R: draw("r", .1, 5), Alpha: draw("alpha", 1, 50), A: draw("a", .1, 5), B: draw("b", .1, 9)}
	case 2:
		return clv.ParetoNBD{R: draw("r", .1, 5), Alpha: draw("alpha", 1, 50), S: draw("s", .1, 5), Beta: draw("beta", 1, 50)}
	}
	return clv.BGBB{Alpha: draw("alpha", .2, 5), Beta: draw("beta", .2, 5), Gamma: draw("gamma", .2, 5), Delta: draw("delta", .2, 9)}
}

func drawCustomer(t *rapid.T, m clv.Model) clv.Customer {
	c := clv.Customer{Age: float64(rapid.IntRange(1, 60).Draw(t, "T"))}
	if _, occasions := m.(clv.BGBB); occasions {
		c.Age = math.Min(c.Age, 12)
		c.Recency = float64(rapid.IntRange(0, int(c.Age)).Draw(t, "t_x"))
		if c.Recency > 0 {
			c.Frequency = rapid.IntRange(1, int(c.Recency)).Draw(t, "x")
		}
		return c
	}
	if c.Frequency = rapid.IntRange(0, 30).Draw(t, "x"); c.Frequency > 0 {
		c.Recency = c.Age * rapid.Float64Range(.01, 1).Draw(t, "t_x/T")
	}
	return c
}

// An endless or negative time has no expectation; it once had an endless sum.
func TestTimesOutsideTheDomainAreNaN(t *testing.T) {
	c := clv.Customer{Frequency: 2, Recency: 3, Age: 5}
	for _, m := range []clv.Model{bgExact, mbgExact, paretoExact, clv.BGBB{Alpha: 1.2, Beta: .75, Gamma: .66, Delta: 2.78}} {
		for _, bad := range []float64{math.Inf(1), math.Inf(-1), -1, math.NaN()} {
			assert.True(t, math.IsNaN(m.Expected(bad)), "%s %v", m.Name(), bad)
			assert.True(t, math.IsNaN(m.ConditionalExpected(c, bad)), "%s %v", m.Name(), bad)
			assert.True(t, math.IsNaN(m.PMF(1, bad)), "%s %v", m.Name(), bad)
		}
	}
}

func TestLawsOfEveryModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		c := drawCustomer(t, m)
		name := fmt.Sprintf("%s %v %+v", m.Name(), m.Parameters(), c)
		p := m.PAlive(c)
		assert.True(t, p >= 0 && p <= 1, name)
		assert.False(t, math.IsNaN(m.LogLikelihood(c)), name)

		// Expectations begin at 0, rise, and rise ever more slowly; a given customer's is that of one alive, times P(alive).
		assert.Zero(t, m.ConditionalExpected(c, 0))
		e := []float64{m.Expected(0), m.Expected(5), m.Expected(10), m.Expected(15)}
		y := []float64{0, m.ConditionalExpected(c, 5), m.ConditionalExpected(c, 10), m.ConditionalExpected(c, 15)}
		for i := 1; i < 4; i++ {
			assert.GreaterOrEqual(t, e[i], e[i-1], name)
			assert.GreaterOrEqual(t, y[i], y[i-1], name)
			if i > 1 {
				assert.LessOrEqual(t, e[i]-e[i-1], (e[i-1]-e[i-2])*(1+1e-9), name)
			}
		}

		// The mass adds up to 1 and its mean is the expectation: over x up to where the tail is a small part.
		sum, mean, at := 0.0, 0.0, 4.0
		for x := 0; x < 3000; x++ {
			v := m.PMF(x, at)
			require.False(t, math.IsNaN(v) || v < 0, name)
			sum += v
			mean += v * float64(x)
			if x > 20 && v*float64(x) < 1e-13 {
				break
			}
		}
		assert.InDelta(t, 1, sum, 1e-9, name)
		within(t, m.Expected(at), mean, 1e-7, name)
		// Nobody has ordered with the probability of x = 0, which the likelihood of such a customer is.
		within(t, m.PMF(0, at), math.Exp(m.LogLikelihood(clv.Customer{Age: at})), 1e-10, name)
	})
}

func TestConditionalExpectationsAverageToThePlainOne(t *testing.T) {
	// Over all histories up to T, the mean of E[Y(t)|history] is E[X(T+t)] - E[X(T)]. For BG/BB the histories can be
	// counted: the mass of (x, t_x) is its likelihood times the number of ways.
	m := bgbbExact
	const n, later = 6, 4
	sum, total := m.ConditionalExpected(clv.Customer{Age: n}, later)*math.Exp(m.LogLikelihood(clv.Customer{Age: n})), math.Exp(m.LogLikelihood(clv.Customer{Age: n}))
	for tx := 1; tx <= n; tx++ {
		ways := 1. // C(tx-1, x-1)
		for x := 1; x <= tx; x++ {
			c := clv.Customer{Frequency: x, Recency: float64(tx), Age: n}
			p := ways * math.Exp(m.LogLikelihood(c))
			total += p
			sum += p * m.ConditionalExpected(c, later)
			ways = ways * float64(tx-x) / float64(x)
		}
	}
	assert.InDelta(t, 1, total, 1e-12)
	within(t, m.Expected(n+later)-m.Expected(n), sum, 1e-10, "BG/BB")

	// For the others over a simulated base, within 4 standard errors.
	for _, m := range []clv.Model{bgExact, mbgExact, paretoExact} {
		s, err := clv.Simulate(context.Background(), m, &clv.SimulateOptions{Customers: 20_000, Age: 39, Holdout: 39, Unit: clv.Week, Seed: 7})
		require.NoError(t, err)
		var sum, squares, actual, seen float64
		for i, c := range s.Customers {
			y := m.ConditionalExpected(c, 39)
			sum += y
			squares += y * y
			actual += float64(s.Holdout[i].Frequency)
			seen += float64(c.Frequency)
		}
		n := 20_000.
		se := math.Sqrt((squares/n - sum/n*sum/n) / n)
		assert.InDelta(t, m.Expected(78)-m.Expected(39), sum/n, 4*se, m.Name())
		// What the simulated customers do is what the model expects.
		assert.InDelta(t, sum/n, actual/n, .06, m.Name())
		assert.InDelta(t, m.Expected(39), seen/n, .06, m.Name())
	}
}

func TestSimulationDoesNotDependOnAnythingButItsSeed(t *testing.T) {
	o := &clv.SimulateOptions{Customers: 9000, Age: 30, Spread: 10, Holdout: 5, Unit: clv.Week, Spend: &clv.GammaGamma{P: 6, Q: 4, Gamma: 15}, Currency: "EUR", Seed: 3}
	a, err := clv.Simulate(context.Background(), bgExact, o)
	require.NoError(t, err)
	b, err := clv.Simulate(context.Background(), bgExact, o)
	require.NoError(t, err)
	assert.Equal(t, a, b)
	assert.Empty(t, a.Check())
	o.Seed = 4
	b, err = clv.Simulate(context.Background(), bgExact, o)
	require.NoError(t, err)
	assert.NotEqual(t, a, b)
	for _, bad := range []*clv.SimulateOptions{nil, {}, {Customers: 1, Age: 1}, {Customers: 1, Age: -1, Unit: clv.Day}, {Customers: 1, Age: 1, Spread: 2, Unit: clv.Day}} {
		_, err = clv.Simulate(context.Background(), bgExact, bad)
		require.Error(t, err)
	}
	_, err = clv.Simulate(context.Background(), clv.BGNBD{}, o)
	require.ErrorIs(t, err, clv.ErrInvalid)
	_, err = clv.Simulate(context.Background(), bgbbExact, &clv.SimulateOptions{Customers: 1, Age: 1.5, Unit: clv.Year})
	require.ErrorIs(t, err, clv.ErrOption)
}

// recovered checks that each true parameter lies within 3 standard errors of its estimate.
func recovered[M interface {
	Name() string
	Parameters() []float64
}](t *testing.T, truth M, f *clv.Fit[M], err error) {
	t.Helper()
	require.NoError(t, err)
	require.Equal(t, clv.Converged, f.Status, "%s %v", truth.Name(), truth)
	for i, want := range truth.Parameters() {
		got := any(f.Model).(interface{ Parameters() []float64 }).Parameters()[i]
		assert.LessOrEqual(t, math.Abs(got-want), 3*f.StdErr[i], "%s %s: %v ± %v, truth %v", truth.Name(), f.Names[i], got, f.StdErr[i], want)
	}
}

func TestFitsRecoverWhatWasSimulated(t *testing.T) {
	n := 100_000
	if testing.Short() || raceEnabled {
		n = 10_000
	}
	ctx := context.Background()
	base := func(m clv.Model, age, spread float64) *clv.Summary {
		s, err := clv.Simulate(ctx, m, &clv.SimulateOptions{Customers: n, Age: age, Spread: spread, Unit: clv.Week, Seed: 11})
		require.NoError(t, err)
		return s
	}
	for _, m := range []clv.BGNBD{bgPublished, {R: 1.2, Alpha: 8, A: .4, B: 4}, {R: .6, Alpha: 20, A: 2, B: 5}} {
		f, err := clv.FitBGNBD(ctx, base(m, 52, 26), nil)
		recovered(t, m, f, err)
	}
	for _, m := range []clv.MBGNBD{mbgExact, {R: 1.2, Alpha: 8, A: .4, B: 4}, {R: .6, Alpha: 20, A: 2, B: 5}} {
		f, err := clv.FitMBGNBD(ctx, base(m, 52, 26), nil)
		recovered(t, m, f, err)
	}
	for _, m := range []clv.ParetoNBD{paretoExact, {R: 1.2, Alpha: 8, S: 1.5, Beta: 40}, {R: .8, Alpha: 5, S: .4, Beta: 6}} {
		f, err := clv.FitParetoNBD(ctx, base(m, 52, 0), nil)
		recovered(t, m, f, err)
	}
	for _, m := range []clv.BGBB{bgbbExact, {Alpha: .5, Beta: 1.5, Gamma: 1, Delta: 6}, {Alpha: 2, Beta: 4, Gamma: .5, Delta: 1.5}} {
		f, err := clv.FitBGBB(ctx, base(m, 8, 2), nil)
		recovered(t, m, f, err)
	}
	for _, m := range []clv.GammaGamma{{P: 6.25, Q: 3.74, Gamma: 15.44}, {P: 2, Q: 6, Gamma: 100}, {P: 12, Q: 2.5, Gamma: 4}} {
		s, err := clv.Simulate(ctx, bgPublished, &clv.SimulateOptions{Customers: n, Age: 52, Unit: clv.Week, Spend: &m, Currency: "EUR", Seed: 12})
		require.NoError(t, err)
		f, err := clv.FitGammaGamma(ctx, s, nil)
		recovered(t, m, f, err)
	}
	for _, m := range []clv.SBG{{Alpha: .668, Beta: 3.806}, {Alpha: 3.8, Beta: 15.2}, {Alpha: .3, Beta: .5}} {
		c, err := clv.SimulateCohort(m, n, 10, 13)
		require.NoError(t, err)
		f, err := clv.FitSBG(ctx, []clv.Cohort{c}, nil)
		recovered(t, m, f, err)
	}
	for _, m := range []clv.BdW{{Alpha: .668, Beta: 3.806, C: 1.5}, {Alpha: 1.5, Beta: 4, C: .8}, {Alpha: .5, Beta: 1, C: 1.2}} {
		c, err := clv.SimulateCohort(m, n, 12, 14)
		require.NoError(t, err)
		f, err := clv.FitBdW(ctx, []clv.Cohort{c}, nil)
		recovered(t, m, f, err)
	}
	_, err := clv.SimulateCohort(clv.SBG{}, 10, 10, 1)
	require.ErrorIs(t, err, clv.ErrInvalid)
	_, err = clv.SimulateCohort(clv.SBG{Alpha: 1, Beta: 1}, 0, 10, 1)
	require.ErrorIs(t, err, clv.ErrOption)
}
