package clv_test

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics/clv"
)

func TestRFMScoresByTheShareThatIsWorse(t *testing.T) {
	s := &clv.Summary{Unit: clv.Day, Customers: []clv.Customer{
		{ID: "a", Frequency: 4, Recency: 95, Age: 100, MeanSpend: 10},
		{ID: "b", Frequency: 0, Age: 3},
		{ID: "c", Frequency: 1, Recency: 10, Age: 100, MeanSpend: 90},
		{ID: "d", Frequency: 0, Age: 100},
		{ID: "e", Frequency: 1, Recency: 80, Age: 100, MeanSpend: 20},
	}}
	got, err := clv.ScoreRFM(s, nil)
	require.NoError(t, err)
	// Days since the last order: 5, 3, 90, 100, 20. Worse: 3, 4, 1, 0, 2 of 5. Frequency: worse 4, 0, 2, 0, 2. Money 40, 0, 90, 0, 20.
	assert.Equal(t, []clv.RFM{
		{"a", 4, 5, 4, "champions"}, {"b", 5, 1, 1, "new"}, {"c", 2, 3, 5, "at risk"}, {"d", 1, 1, 1, "hibernating"}, {"e", 3, 3, 3, "loyal"},
	}, got)
	got, err = clv.ScoreRFM(s, &clv.RFMOptions{Scores: 2})
	require.NoError(t, err)
	assert.Equal(t, clv.RFM{ID: "a", R: 2, F: 2, M: 2}, got[0])
	_, err = clv.ScoreRFM(s, &clv.RFMOptions{Scores: 1})
	require.ErrorIs(t, err, clv.ErrOption)
	_, err = clv.ScoreRFM(&clv.Summary{}, nil)
	require.ErrorIs(t, err, clv.ErrNoData)
	_, err = clv.ScoreRFM(&clv.Summary{Customers: []clv.Customer{{Recency: 2}}}, nil)
	require.ErrorIs(t, err, clv.ErrInvalid)
}

func TestSegmentsCoverEveryScore(t *testing.T) {
	// 25 customers, five by five: each pair of R and F occurs once.
	s := &clv.Summary{Unit: clv.Day}
	for r := range 5 {
		for f := range 5 {
			c := clv.Customer{Frequency: f, Age: float64(10 - r)}
			if f > 0 {
				c.Recency, c.Age = 1, c.Age+1
			}
			s.Customers = append(s.Customers, c)
		}
	}
	scored, err := clv.ScoreRFM(s, nil)
	require.NoError(t, err)
	for i, c := range scored {
		assert.Equal(t, []int{1 + i/5, 1 + i%5}, []int{c.R, c.F})
		assert.NotEmpty(t, c.Segment, "%+v", c)
	}
}

func TestTransitionsAndTheValueOfMoving(t *testing.T) {
	before, after := map[string]string{}, map[string]string{}
	put := func(n int, from, to string) {
		for i := range n {
			id := fmt.Sprint(from, to, i)
			before[id], after[id] = from, to
		}
	}
	put(80, "active", "active")
	put(20, "active", "gone")
	put(50, "gone", "gone")
	before["x"], after["y"] = "active", "gone"
	m, err := clv.CountTransitions(before, after)
	require.NoError(t, err)
	assert.Equal(t, []string{"active", "gone"}, m.States)
	assert.Equal(t, [][]float64{{80, 20}, {0, 50}}, m.Counts)
	assert.Equal(t, []int{1, 1}, []int{m.New, m.Gone})
	assert.Equal(t, [][]float64{{.8, .2}, {0, 1}}, m.Probabilities())
	// With one living state the chain is the simple formula: 100 × 1.1/(1.1-.8).
	v, err := m.Value([]float64{100, 0}, .1)
	require.NoError(t, err)
	simple, err := clv.CLV(100, clv.Terms{Retention: .8, Discount: .1, Timing: clv.PayAtStart})
	require.NoError(t, err)
	assert.InDelta(t, simple, v[0], 1e-9)
	assert.InDelta(t, 0, v[1], 1e-12)
	for _, bad := range []struct {
		r []float64
		d float64
	}{{[]float64{1}, .1}, {[]float64{1, 1}, 0}, {[]float64{1, math.NaN()}, .1}} {
		_, err = m.Value(bad.r, bad.d)
		require.ErrorIs(t, err, clv.ErrInvalid)
	}
	_, err = clv.CountTransitions(before, nil)
	require.ErrorIs(t, err, clv.ErrNoData)
	// A table from elsewhere may have any shape.
	for _, counts := range [][][]float64{nil, {{1}}, {{1, 2}, {3}}, {{1, 2}, {3, 4, 5}}, {{1, 2}, {3, -4}}, {{1, 2}, {3, math.NaN()}}, {{1, 2}, {3, math.Inf(1)}}} {
		_, err = (&clv.Transitions{States: []string{"a", "b"}, Counts: counts}).Value([]float64{1, 1}, .1)
		require.ErrorIs(t, err, clv.ErrInvalid, "%v", counts)
	}
}

func TestTheValuesOfAChainSolveItsEquation(t *testing.T) {
	// The recency chain of Pfeifer & Carraway (2000): each year without an order moves a customer on, the fifth is lost.
	m := &clv.Transitions{States: []string{"1", "2", "3", "4", "lost"}, Counts: [][]float64{
		{.3, .7, 0, 0, 0}, {.2, 0, .8, 0, 0}, {.15, 0, 0, .85, 0}, {.05, 0, 0, 0, .95}, {0, 0, 0, 0, 1},
	}}
	v, err := m.Value([]float64{36, -4, -4, -4, 0}, .2)
	require.NoError(t, err)
	// The definition, row by row: v = r + P v/(1+d).
	p := m.Probabilities()
	for i, r := range []float64{36, -4, -4, -4, 0} {
		sum := 0.0
		for j := range v {
			sum += p[i][j] * v[j]
		}
		assert.InDelta(t, r+sum/1.2, v[i], 1e-10)
	}
}

func TestValueByWhatCustomersSay(t *testing.T) {
	s := cdnowSummary(t)
	p, err := clv.Predict(context.Background(), &clv.Fit[clv.MBGNBD]{Model: mbgExact, Unit: clv.Week}, s, 39,
		&clv.ValueOptions{Spend: dollars(clv.GammaGamma{P: 6.25, Q: 3.74, Gamma: 15.44}), Margin: .3})
	require.NoError(t, err)
	group := func(id string) (string, bool) {
		switch id[len(id)-1] {
		case '0', '1', '2':
			return "promoter", true
		case '3', '4':
			return "detractor", true
		}
		return "", false
	}
	groups, unmatched, err := clv.ByGroup(p, s, group)
	require.NoError(t, err)
	require.Len(t, groups, 2)
	assert.Equal(t, "detractor", groups[0].Group)
	assert.Equal(t, 2357, groups[0].N+groups[1].N+unmatched)
	for _, g := range groups {
		n, sum, back := 0, 0.0, 0
		for i, c := range p.Customers {
			if name, ok := group(c.ID); ok && name == g.Group {
				n++
				sum += c.CLV
				if s.Customers[i].Frequency > 0 {
					back++
				}
			}
		}
		assert.Equal(t, n, g.N)
		within(t, sum/float64(n), g.CLV.Value, 1e-12, "CLV")
		assert.True(t, g.CLV.Low < g.CLV.Value && g.CLV.Value < g.CLV.High)
		within(t, float64(back)/float64(n), g.Returned.Value, 1e-12, "returned")
	}
	assert.Contains(t, clv.Association, "association")
	_, _, err = clv.ByGroup(p, s, func(string) (string, bool) { return "", false })
	require.ErrorIs(t, err, clv.ErrNoData)
	_, _, err = clv.ByGroup(p, roundedSummary(t), group)
	require.ErrorIs(t, err, clv.ErrInvalid)
}

func TestReferralValue(t *testing.T) {
	// Two a year for two years, a quarter would have come anyway, CLV 100, 20 saved: 2 × 95 × (1/1.1 + 1/1.21).
	r := clv.Referrals{PerPeriod: 2, Periods: 2, CLV: 100, Otherwise: .25, Saved: 20, Discount: .1}
	v, err := r.Value()
	require.NoError(t, err)
	assert.InDelta(t, 190*(1/1.1+1/1.21), v, 1e-10)
	r.Discount = 0
	v, err = r.Value()
	require.NoError(t, err)
	assert.InDelta(t, 380, v, 1e-12)
	r.Otherwise = 2
	_, err = r.Value()
	require.ErrorIs(t, err, clv.ErrInvalid)
	r = clv.Referrals{PerPeriod: math.NaN(), Periods: 1}
	_, err = r.Value()
	require.ErrorIs(t, err, clv.ErrInvalid)
}

func TestElasticitiesAreTheDerivativesOfTheMultiple(t *testing.T) {
	for _, timing := range []clv.Timing{clv.PayAtStart, clv.JustPaid, clv.PayAtEnd} {
		terms := clv.Terms{Retention: .8, Discount: .12, Growth: .03, Timing: timing}
		e, err := terms.Elasticities()
		require.NoError(t, err)
		slope := func(change func(*clv.Terms, float64)) float64 {
			const h = 1e-5
			up, down := terms, terms
			change(&up, 1+h)
			change(&down, 1-h)
			a, err := up.Multiple()
			require.NoError(t, err)
			b, err := down.Multiple()
			require.NoError(t, err)
			return math.Log(a/b) / (2 * h)
		}
		assert.InDelta(t, slope(func(x *clv.Terms, f float64) { x.Retention *= f }), e.Retention, 1e-7)
		assert.InDelta(t, slope(func(x *clv.Terms, f float64) { x.Discount *= f }), e.Discount, 1e-7)
		assert.InDelta(t, slope(func(x *clv.Terms, f float64) { x.Growth = (1+x.Growth)*f - 1 }), e.Growth, 1e-7)
	}
	// Gupta, Lehmann & Stuart (2004): retention 3 to 7, and more than five times the discount rate's.
	for _, r := range []float64{.75, .8, .85} {
		e, err := clv.Terms{Retention: r, Discount: .12, Timing: clv.JustPaid}.Elasticities()
		require.NoError(t, err)
		assert.True(t, e.Retention > 3 && e.Retention < 7)
		assert.Greater(t, e.Retention, -5*e.Discount)
	}
	_, err := clv.Terms{}.Elasticities()
	require.ErrorIs(t, err, clv.ErrInvalid)
}

func TestPriceChange(t *testing.T) {
	// 10 % more, elasticity -2, cost 60 % of the old price: quantity 1.1^-2 = .826446.
	revenue, margin, err := clv.PriceChange{Change: .1, Elasticity: -2, CostShare: .6}.Factor()
	require.NoError(t, err)
	assert.InDelta(t, 1/1.1, revenue, 1e-12)
	assert.InDelta(t, .5/.4/1.21, margin, 1e-12)
	_, _, err = clv.PriceChange{Change: -1}.Factor()
	require.ErrorIs(t, err, clv.ErrInvalid)
}

func TestValuesBeyondEveryNumberAreErrors(t *testing.T) {
	_, _, err := clv.PriceChange{Change: -.999999, Elasticity: -300}.Factor()
	require.ErrorIs(t, err, clv.ErrInfinite)
	stay, err := clv.CountTransitions(map[string]string{"anna": "loyal"}, map[string]string{"anna": "loyal"})
	require.NoError(t, err)
	_, err = stay.Value([]float64{1e308}, .01) // 101 times that
	require.ErrorIs(t, err, clv.ErrInfinite)
}

// Whoever passes amounts for states would ask for a matrix of customers by customers.
func TestStatesAreFew(t *testing.T) {
	before, after := map[string]string{}, map[string]string{}
	for i := range 1001 {
		id := strconv.Itoa(i)
		before[id], after[id] = id, id
	}
	_, err := clv.CountTransitions(before, after)
	require.ErrorIs(t, err, clv.ErrInvalid)
}
