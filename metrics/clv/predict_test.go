package clv_test

import (
	"context"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/clv"
)

// dollars is a model of spend whose money is in dollars.
func dollars(m clv.GammaGamma) *clv.Fit[clv.GammaGamma] {
	return &clv.Fit[clv.GammaGamma]{Model: m, Currency: "USD"}
}

func TestPredictIsTheModelCustomerByCustomer(t *testing.T) {
	s := cdnowSummary(t)
	ctx := context.Background()
	spend := clv.GammaGamma{P: 6.25, Q: 3.74, Gamma: 15.44}
	value := &clv.ValueOptions{Spend: dollars(spend), Margin: .3, Discount: .01, Period: 13}
	check := func(m clv.Model, p *clv.Predictions, err error) {
		require.NoError(t, err)
		require.Len(t, p.Customers, 2357)
		for i, c := range s.Customers {
			got := p.Customers[i]
			assert.Equal(t, c.ID, got.ID)
			within(t, m.PAlive(c), got.PAlive, 1e-14, m.Name())
			within(t, m.ConditionalExpected(c, 39), got.Expected, 1e-13, m.Name())
			// Three quarters of 13 weeks.
			q := []float64{m.ConditionalExpected(c, 13), m.ConditionalExpected(c, 26), m.ConditionalExpected(c, 39)}
			z, err := spend.ExpectedSpend(c)
			if c.Frequency > 0 && c.MeanSpend == 0 {
				z, err = spend.Mean()
			}
			require.NoError(t, err)
			within(t, z*(q[0]/1.01+(q[1]-q[0])/1.01/1.01+(q[2]-q[1])/1.01/1.01/1.01), got.Revenue, 1e-9, "revenue")
			within(t, .3*got.Revenue, got.CLV, 1e-14, "CLV")
			assert.GreaterOrEqual(t, got.CLV, 0.)
		}
		equity, err := p.Equity()
		require.NoError(t, err)
		assert.Positive(t, equity)
		assert.Equal(t, "USD", p.Currency)
	}
	p, err := clv.Predict(ctx, &clv.Fit[clv.BGNBD]{Model: bgExact, Unit: clv.Week}, s, 39, value)
	check(bgExact, p, err)
	assert.InDelta(t, 1653.4087, p.Expected(), 1e-4)
	assert.Contains(t, p.Caveat, "MBG/NBD")
	p, err = clv.Predict(ctx, &clv.Fit[clv.MBGNBD]{Model: mbgExact, Unit: clv.Week}, s, 39, value)
	check(mbgExact, p, err)
	assert.Empty(t, p.Caveat)
	p, err = clv.Predict(ctx, &clv.Fit[clv.ParetoNBD]{Model: paretoExact, Unit: clv.Week}, s, 39, value)
	check(paretoExact, p, err)
	assert.InDelta(t, 1665.5131, p.Expected(), 1e-4)
}

func TestPredictRefusesWhatDoesNotFit(t *testing.T) {
	ctx := context.Background()
	f := &clv.Fit[clv.BGNBD]{Model: bgExact, Unit: clv.Week}
	s := &clv.Summary{Unit: clv.Week, Currency: "USD", Customers: []clv.Customer{{ID: "anna", Frequency: 1, Recency: 2, Age: 5, MeanSpend: 10}}}
	spend := clv.GammaGamma{P: 6, Q: 4, Gamma: 15}
	_, err := clv.Predict(ctx, f, &clv.Summary{Unit: clv.Day, Customers: s.Customers}, 10, nil)
	require.ErrorIs(t, err, clv.ErrUnits)
	_, err = clv.Predict(ctx, &clv.Fit[clv.BGNBD]{Model: bgExact}, s, 10, nil)
	require.ErrorIs(t, err, clv.ErrUnits)
	_, err = clv.Predict(ctx, f, &clv.Summary{Unit: clv.Week}, 10, nil)
	require.ErrorIs(t, err, clv.ErrNoData)
	_, err = clv.Predict(ctx, &clv.Fit[clv.BGNBD]{Unit: clv.Week}, s, 10, nil)
	require.ErrorIs(t, err, clv.ErrInvalid)
	_, err = clv.Predict(ctx, f, &clv.Summary{Unit: clv.Week, Customers: []clv.Customer{{ID: "anna", Frequency: 1, Recency: 9, Age: 5}}}, 10, nil)
	require.ErrorIs(t, err, clv.ErrInvalid)
	assert.ErrorContains(t, err, `"anna"`)
	for _, h := range []float64{0, -1, math.NaN(), math.Inf(1)} {
		_, err = clv.Predict(ctx, f, s, h, nil)
		require.ErrorIs(t, err, clv.ErrOption)
	}
	for _, v := range []clv.ValueOptions{{}, {Spend: dollars(spend), Margin: 30}, {Spend: dollars(spend), Discount: -1}, {Spend: dollars(spend), Period: -1}, {Spend: dollars(spend), Period: 1e-9}, {Spend: dollars(spend), Acquisition: -1}} {
		_, err = clv.Predict(ctx, f, s, 10, &v)
		require.ErrorIs(t, err, clv.ErrOption, "%+v", v)
	}
	p, err := clv.Predict(ctx, f, s, 10, &clv.ValueOptions{Spend: dollars(spend)})
	require.NoError(t, err)
	_, err = p.Equity()
	require.ErrorIs(t, err, clv.ErrInvalid, "revenue is not CLV")
	// An infinite mean leaves the customers without repeat orders without a value, and the sum says so.
	s.Customers = append(s.Customers, clv.Customer{ID: "=1+1", Age: 5})
	p, err = clv.Predict(ctx, f, s, 10, &clv.ValueOptions{Spend: dollars(clv.GammaGamma{P: 6, Q: .9, Gamma: 15}), Margin: .5})
	require.NoError(t, err)
	assert.Positive(t, p.Customers[0].CLV)
	assert.True(t, math.IsNaN(p.Customers[1].CLV))
	_, err = p.Equity()
	require.ErrorIs(t, err, clv.ErrNoMean)
	var b strings.Builder
	require.NoError(t, p.WriteCSV(&b))
	rows := strings.Split(b.String(), "\n")
	assert.Equal(t, "id,p-alive,expected,currency,spend,revenue,clv", rows[0])
	assert.True(t, strings.HasPrefix(rows[2], "'=1+1,1,") && strings.HasSuffix(rows[2], ",USD,,,"), rows[2])
}

func TestMoneySaysItsCurrencyAndNeverMixes(t *testing.T) {
	ctx := context.Background()
	f := &clv.Fit[clv.BGNBD]{Model: bgExact, Unit: clv.Week}
	anna := clv.Customer{ID: "anna", Frequency: 2, Recency: 2, Age: 5, MeanSpend: 10}
	spend := dollars(clv.GammaGamma{P: 6, Q: 4, Gamma: 15})
	base := func(currency string) *clv.Summary {
		return &clv.Summary{Unit: clv.Week, Currency: currency, Customers: []clv.Customer{anna, {ID: "ben", Frequency: 1, Recency: 1, Age: 5, MeanSpend: 30}}}
	}
	value := &clv.ValueOptions{Spend: spend, Margin: .3}
	p, err := clv.Predict(ctx, f, base("USD"), 10, value)
	require.NoError(t, err)
	assert.Equal(t, "USD", p.Currency)
	groups, _, err := clv.ByGroup(p, base("USD"), func(string) (string, bool) { return "all", true })
	require.NoError(t, err)
	assert.Equal(t, "mean over customers, in USD", groups[0].CLV.Definition)
	prospect, err := clv.ProspectValue(f, 10, value)
	require.NoError(t, err)
	assert.Equal(t, "USD", prospect.Currency)

	for currency, want := range map[string]error{"EUR": cxmodel.ErrMixed, "": cxmodel.ErrMixed} {
		_, err = clv.Predict(ctx, f, base(currency), 10, value)
		require.ErrorIs(t, err, want)
		assert.ErrorContains(t, err, "Summary.Currency")
	}
	for currency, want := range map[string]error{"": clv.ErrNoCurrency, "dollars": cxmodel.ErrCurrency} {
		spend.Currency = currency
		_, err = clv.Predict(ctx, f, base(currency), 10, value)
		require.ErrorIs(t, err, want)
		_, err = clv.ProspectValue(f, 10, value)
		require.ErrorIs(t, err, want)
		_, err = clv.FitGammaGamma(ctx, base(currency), nil)
		require.ErrorIs(t, err, want)
		_, err = clv.Simulate(ctx, bgExact, &clv.SimulateOptions{Customers: 1, Age: 1, Unit: clv.Week, Spend: &spend.Model, Currency: currency})
		require.ErrorIs(t, err, want)
	}
	_, err = clv.Predict(ctx, f, base(""), 10, nil)
	require.NoError(t, err, "orders have no currency")

	_, err = clv.Compare(dollars(spend.Model), &clv.Fit[clv.GammaGamma]{Model: spend.Model, Currency: "EUR"})
	require.ErrorIs(t, err, cxmodel.ErrMixed)
	saved, err := json.Marshal(dollars(spend.Model))
	require.NoError(t, err)
	var back clv.Fit[clv.GammaGamma]
	require.NoError(t, json.Unmarshal(saved, &back))
	assert.Equal(t, "USD", back.Currency)
	assert.Contains(t, back.String(), ", USD,")

	// A mean spend that is no number is named, not called an infinite mean.
	s := base("USD")
	s.Customers[1].MeanSpend = math.NaN()
	_, err = clv.Predict(ctx, f, s, 10, &clv.ValueOptions{Spend: dollars(spend.Model)})
	require.ErrorIs(t, err, clv.ErrInvalid)
	assert.ErrorContains(t, err, `"ben"`)
}

// A Fit function that fails returns nil; whoever goes on with that gets an error.
func TestANilFitIsAnError(t *testing.T) {
	ctx := context.Background()
	s := &clv.Summary{Unit: clv.Week, Currency: "USD", Customers: []clv.Customer{{Frequency: 1, Recency: 1, Age: 2}},
		Daily: []clv.DayCount{{Day: calibrationEnd, First: 1}}, End: calibrationEnd, Holdout: []clv.Holdout{{}}, HoldoutSpan: 1}
	var f *clv.Fit[clv.BGNBD]
	for name, use := range map[string]func() error{
		"Predict":        func() error { _, err := clv.Predict(ctx, f, s, 1, nil); return err },
		"ProspectValue":  func() error { _, err := clv.ProspectValue(f, 1, &clv.ValueOptions{}); return err },
		"Track":          func() error { _, err := clv.Track(f, s, 1); return err },
		"FrequencyTable": func() error { _, err := clv.FrequencyTable(ctx, f, s, 3); return err },
		"HoldoutTable":   func() error { _, err := clv.HoldoutTable(ctx, f, s, 3); return err },
		"Compare":        func() error { _, err := clv.Compare(f, f); return err },
		"Rank":           func() error { _, err := clv.Rank(f); return err },
		"Rank nothing":   func() error { _, err := clv.Rank(nil); return err },
		"DeltaInterval": func() error {
			_, err := clv.DeltaInterval(f, "r", metrics.UnitCount, 0, func(m clv.BGNBD) float64 { return m.R })
			return err
		},
		"Bootstrap": func() error {
			_, err := clv.Bootstrap(ctx, f, s, clv.FitBGNBD, "r", metrics.UnitCount, &clv.BootstrapOptions{}, func(m clv.BGNBD) float64 { return m.R })
			return err
		},
	} {
		require.ErrorIs(t, use(), clv.ErrNoData, name)
	}
	f = &clv.Fit[clv.BGNBD]{Model: bgExact, Unit: clv.Week}
	_, err := clv.Bootstrap(ctx, f, nil, clv.FitBGNBD, "r", metrics.UnitCount, &clv.BootstrapOptions{}, func(m clv.BGNBD) float64 { return m.R })
	require.ErrorIs(t, err, clv.ErrNoData)
	_, err = clv.Simulate(ctx, nil, &clv.SimulateOptions{Customers: 1, Age: 1, Unit: clv.Week})
	require.ErrorIs(t, err, clv.ErrInvalid)
}

func TestProspectValueIsTheFirstOrderAndWhatFollows(t *testing.T) {
	f := &clv.Fit[clv.BGNBD]{Model: bgExact, Unit: clv.Week}
	v := clv.ValueOptions{Spend: dollars(clv.GammaGamma{P: 6.25, Q: 3.74, Gamma: 15.44}), Margin: .4, Discount: .1, Period: 26, Acquisition: 50}
	p, err := clv.ProspectValue(f, 52, &v)
	require.NoError(t, err)
	mean := 6.25 * 15.44 / 2.74
	revenue := mean * (1 + bgExact.Expected(26)/1.1 + (bgExact.Expected(52)-bgExact.Expected(26))/1.21)
	within(t, 1+bgExact.Expected(52), p.Orders, 1e-14, "orders")
	within(t, revenue, p.Revenue, 1e-14, "revenue")
	within(t, .4*revenue, p.CLV, 1e-14, "CLV")
	within(t, .4*revenue-50, p.Net, 1e-12, "net")
	v.Spend.Model.Q = 1
	_, err = clv.ProspectValue(f, 52, &v)
	require.ErrorIs(t, err, clv.ErrNoMean)
}

// lifetimes 0.11.3 for 1 million: E[90] .29 s and P(alive) .015 s with BG/NBD, .33 s and .24 s with Pareto/NBD.
func BenchmarkPredict(b *testing.B) {
	s := dailyBase(b, bgExact, 1_000_000)
	b.Run("BGNBD", func(b *testing.B) {
		for b.Loop() {
			if _, err := clv.Predict(context.Background(), &clv.Fit[clv.BGNBD]{Model: bgExact, Unit: clv.Week}, s, 13, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("ParetoNBD", func(b *testing.B) {
		for b.Loop() {
			if _, err := clv.Predict(context.Background(), &clv.Fit[clv.ParetoNBD]{Model: paretoExact, Unit: clv.Week}, s, 13, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// A customer of weight 3 is three of the same.
func TestTotalsCountTheWeights(t *testing.T) {
	ctx := context.Background()
	a := clv.Customer{Frequency: 2, Recency: 10, Age: 30, MeanSpend: 20}
	b := clv.Customer{Frequency: 0, Age: 25}
	fit := &clv.Fit[clv.BGNBD]{Model: bgExact, Unit: clv.Week}
	value := &clv.ValueOptions{Spend: dollars(clv.GammaGamma{P: 6, Q: 4, Gamma: 15}), Margin: .3}
	total := func(s *clv.Summary) (expected, equity float64) {
		t.Helper()
		p, err := clv.Predict(ctx, fit, s, 52, value)
		require.NoError(t, err)
		equity, err = p.Equity()
		require.NoError(t, err)
		return p.Expected(), equity
	}
	one, oneEquity := total(&clv.Summary{Unit: clv.Week, Currency: "USD", Customers: []clv.Customer{a, a, a, b}})
	heavy := a
	heavy.Weight = 3
	weighted := &clv.Summary{Unit: clv.Week, Currency: "USD", Customers: []clv.Customer{heavy, b}, Holdout: make([]clv.Holdout, 2), HoldoutSpan: 4}
	two, twoEquity := total(weighted)
	assert.InDelta(t, one, two, 1e-12*one)
	assert.InDelta(t, oneEquity, twoEquity, 1e-12*oneEquity)

	p, err := clv.Predict(ctx, fit, weighted, 52, nil)
	require.NoError(t, err)
	_, _, err = clv.ByGroup(p, weighted, func(string) (string, bool) { return "all", true })
	require.ErrorIs(t, err, clv.ErrInvalid)
	_, err = clv.ScoreRFM(weighted, nil)
	require.ErrorIs(t, err, clv.ErrInvalid)
	_, err = clv.HoldoutTable(ctx, fit, weighted, 3)
	require.ErrorIs(t, err, clv.ErrInvalid)
}

// At -90 % a period, what comes in 400 periods is worth 10^400 of today's money.
func TestADiscountThatOutrunsEveryNumberIsAnError(t *testing.T) {
	fit := &clv.Fit[clv.BGNBD]{Model: bgExact, Unit: clv.Week}
	s := &clv.Summary{Unit: clv.Week, Currency: "USD", Customers: []clv.Customer{{Frequency: 2, Recency: 10, Age: 30, MeanSpend: 20}}}
	_, err := clv.Predict(context.Background(), fit, s, 400, &clv.ValueOptions{Spend: dollars(clv.GammaGamma{P: 6, Q: 4, Gamma: 15}), Discount: -.9})
	require.ErrorIs(t, err, clv.ErrInfinite)
}
