package clv_test

import (
	"context"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cxmodel/cxmodel/metrics/clv"
)

// Survivors of 1,000 after years 0 to 7; Fader & Hardie (2007), Table 1, a published fact.
var (
	highEnd = clv.Cohort{Alive: []int{1000, 869, 743, 653, 593, 551, 517, 491}}
	regular = clv.Cohort{Alive: []int{1000, 631, 468, 382, 326, 289, 262, 241}}
)

func TestSBGFitOfFaderAndHardie(t *testing.T) {
	for _, c := range []struct {
		cohort clv.Cohort
		want   clv.SBG
		ll     float64
		later  []float64 // S(8..12) in per cent
	}{
		// The journal prints .668 and 3.806 (High End), .704 and 1.182 (Regular); digits beyond by an independent Newton fit.
		{highEnd, clv.SBG{Alpha: .668088328, Beta: 3.806094795}, -1611.158147, []float64{46.044, 43.578, 41.417, 39.506, 37.800}},
		{regular, clv.SBG{Alpha: .704077318, Beta: 1.182043067}, -1680.265188, []float64{22.009, 20.441, 19.119, 17.987, 17.004}},
	} {
		f := fitted[clv.SBG](t)(clv.FitSBG(context.Background(), []clv.Cohort{c.cohort}, nil))
		parametersWithin(t, c.want.Parameters(), f.Model.Parameters(), 1e-7)
		within(t, c.ll, f.LogLikelihood, 1e-9, "LL")
		for i, want := range c.later {
			assert.InDelta(t, want, 100*f.Model.Survival(8+i), 6e-4)
		}
	}
	within(t, -2115.545507, clv.SBG{Alpha: 1, Beta: 1}.LogLikelihood([]clv.Cohort{highEnd}), 1e-9, "LL at (1, 1)")
	m := clv.SBG{Alpha: .668, Beta: 3.806}
	within(t, 7.5299495, m.DERL(7, .1), 1e-8, "DERL after 7 renewals")
	within(t, 5.9225964, m.DEL(.1), 1e-8, "DEL")
	// The geometric with θ = .103 (printed) is the limit of a large α and β: LL -1637.09.
	within(t, -1637.09, clv.SBG{Alpha: .103 * 1e9, Beta: .897 * 1e9}.LogLikelihood([]clv.Cohort{highEnd}), 1e-5, "geometric")
}

func TestSBGOfSeveralCohorts(t *testing.T) {
	// Fader & Hardie, note 017: α 3.80, β 15.19 with all counts; 3.79, 15.18 where only the first and last are known.
	alive := []int{10000, 8000, 6480, 5307, 4391}
	var full, ends []clv.Cohort
	for n := 5; n >= 2; n-- {
		full = append(full, clv.Cohort{Alive: alive[:n]})
		ends = append(ends, clv.Cohort{Ages: []int{0, n - 1}, Alive: []int{alive[0], alive[n-1]}})
	}
	f := fitted[clv.SBG](t)(clv.FitSBG(context.Background(), full, nil))
	parametersWithin(t, []float64{3.798125987, 15.19190862}, f.Model.Parameters(), 1e-7)
	within(t, -40255.837281, f.LogLikelihood, 1e-9, "LL")
	f = fitted[clv.SBG](t)(clv.FitSBG(context.Background(), ends, nil))
	assert.InDelta(t, 3.79, f.Model.Alpha, .01) // a spreadsheet solver on a flat ridge
	assert.InDelta(t, 15.18, f.Model.Beta, .0051)
}

func TestThePerilsOfIgnoringHeterogeneity(t *testing.T) {
	// Fader & Hardie (2010), Case 1: residual lifetimes 3.84 3.72 3.59 3.45 3.31, value 207,438; digits beyond by mpmath.
	m := clv.SBG{Alpha: 3.80, Beta: 15.20}
	for i, want := range []float64{3.309818, 3.451000, 3.586544, 3.716812, 3.842134} {
		assert.InDelta(t, want, m.DERL(i, .1), 5e-7)
	}
	byRenewals := []int{20500, 15200, 11340, 7961, 4391}
	assert.InDelta(t, 207438.235, clv.ResidualValue(m, 1, .1, byRenewals), 1e-3)
	// The naive value: one retention rate, 38,892 of 48,027, for all 59,392.
	r := 38892. / 48027
	naive, err := clv.Terms{Retention: r, Discount: .1, Timing: clv.JustPaid}.Multiple()
	require.NoError(t, err)
	assert.InDelta(t, 182301.314, 59392*naive*1.1, 1e-3) // the next payment is not discounted in DERL
	assert.True(t, math.IsNaN(clv.ResidualValue(m, 1, .1, []int{-1})))
}

func TestBdWHoldsSBG(t *testing.T) {
	// c = 1 is the sBG, so the BdW fits no worse; on both segments of Table 1 it fits better.
	for _, cohort := range []clv.Cohort{highEnd, regular} {
		s := fitted[clv.SBG](t)(clv.FitSBG(context.Background(), []clv.Cohort{cohort}, nil))
		b, err := clv.FitBdW(context.Background(), []clv.Cohort{cohort}, nil)
		require.NoError(t, err)
		assert.GreaterOrEqual(t, b.LogLikelihood, s.LogLikelihood)
		in := clv.BdW{Alpha: s.Model.Alpha, Beta: s.Model.Beta, C: 1}
		within(t, s.LogLikelihood, in.LogLikelihood([]clv.Cohort{cohort}), 1e-12, "LL")
		within(t, s.Model.DERL(3, .1), in.DERL(3, .1), 1e-12, "DERL")
	}
}

func TestContractLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) float64 { return math.Exp(rapid.Float64Range(-2, 4).Draw(t, name)) }
		a, b, c := draw("alpha"), draw("beta"), math.Exp(rapid.Float64Range(-.7, .7).Draw(t, "ln c"))
		d := rapid.Float64Range(.01, .5).Draw(t, "d")
		for _, m := range []clv.Contract{clv.SBG{Alpha: a, Beta: b}, clv.BdW{Alpha: a, Beta: b, C: c}} {
			alive, value := 1.0, 1.0
			assert.InDelta(t, 1, m.Survival(0), 1e-12)
			for k := 1; k <= 30; k++ {
				assert.InDelta(t, m.Survival(k), alive-m.Loss(k), 1e-12, m.Name())
				assert.InDelta(t, m.Survival(k), alive*m.Retention(k), 1e-12, m.Name())
				alive = m.Survival(k)
				value += alive / math.Pow(1+d, float64(k))
			}
			// The life from now on is this period and what follows the next renewal, one period later.
			within(t, m.DEL(d), 1+m.DERL(0, d)/(1+d), 1e-10, m.Name())
			within(t, m.DERL(4, d), m.Retention(5)*(1+m.DERL(5, d)/(1+d)), 1e-10, m.Name())
			assert.GreaterOrEqual(t, m.DEL(d), value*(1-1e-12))
			assert.True(t, math.IsNaN(m.DEL(0)) && math.IsNaN(m.Survival(-1)) && math.IsNaN(m.Loss(0)) && math.IsNaN(m.Retention(0)) && math.IsNaN(m.DERL(-1, d)))
		}
		// The sBG's own retention rises.
		assert.Greater(t, clv.SBG{Alpha: a, Beta: b}.Retention(9), clv.SBG{Alpha: a, Beta: b}.Retention(8))
	})
	for _, m := range []clv.Contract{clv.SBG{}, clv.BdW{Alpha: 1, Beta: 1}} {
		assert.True(t, math.IsNaN(m.Survival(1)) && math.IsNaN(m.DEL(.1)) && math.IsNaN(m.Loss(1)))
	}
}

func TestCohortsThatCannotBe(t *testing.T) {
	for name, c := range map[string]struct {
		cohorts []clv.Cohort
		want    error
	}{
		"none":            {nil, clv.ErrNoData},
		"empty":           {[]clv.Cohort{{}}, clv.ErrNoData},
		"counted once":    {[]clv.Cohort{{Alive: []int{100}}}, clv.ErrNoData},
		"nobody":          {[]clv.Cohort{{Alive: []int{0, 0}}}, clv.ErrNoData},
		"grows":           {[]clv.Cohort{{Alive: []int{100, 101}}}, clv.ErrInvalid},
		"negative":        {[]clv.Cohort{{Alive: []int{100, -1}}}, clv.ErrInvalid},
		"ages fall":       {[]clv.Cohort{{Ages: []int{0, 2, 1}, Alive: []int{9, 8, 7}}}, clv.ErrInvalid},
		"ages too few":    {[]clv.Cohort{{Ages: []int{0}, Alive: []int{9, 8}}}, clv.ErrInvalid},
		"no start":        {[]clv.Cohort{{Ages: []int{1, 2}, Alive: []int{9, 8}}}, clv.ErrInvalid},
		"nobody has left": {[]clv.Cohort{{Alive: []int{100, 100, 100}}}, clv.ErrNoLosses},
	} {
		_, err := clv.FitSBG(context.Background(), c.cohorts, nil)
		require.ErrorIs(t, err, c.want, name)
		_, err = clv.FitBdW(context.Background(), c.cohorts, nil)
		require.ErrorIs(t, err, c.want, name)
		assert.True(t, math.IsNaN(clv.SBG{Alpha: 1, Beta: 1}.LogLikelihood(c.cohorts)) || name == "nobody has left", name)
	}
	// One rate for all: 1,000, 900, 810, 729 is exactly geometric, so α and β have no finite maximum.
	f, err := clv.FitSBG(context.Background(), []clv.Cohort{{Alive: []int{1000, 900, 810, 729}}}, nil)
	require.NoError(t, err)
	assert.Equal(t, clv.Boundary, f.Status)
	assert.Equal(t, []string{"alpha", "beta"}, f.Unidentified)
	assert.InDelta(t, .9, f.Model.Retention(1), 1e-3)
}
