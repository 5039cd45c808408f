package clv_test

import (
	"context"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics/clv"
)

func TestGammaGammaFitOfCDNOW(t *testing.T) {
	s := cdnowSummary(t)
	f := fitted[clv.GammaGamma](t)(clv.FitGammaGamma(context.Background(), s, nil))
	// Fader & Hardie (2013): 6.25 3.74 15.44; CLVTools LL -4055.9177; independent Newton fit.
	parametersWithin(t, []float64{6.24957227, 3.74422467, 15.443521}, f.Model.Parameters(), 1e-6)
	parametersWithin(t, []float64{1.19006, .290133, 4.15942}, f.StdErr, 1e-5)
	within(t, -4055.917695, f.LogLikelihood, 1e-9, "LL")
	assert.Equal(t, 946., f.Customers)
	assert.Equal(t, 2357-946, f.Omitted)

	mean, err := f.Model.Mean()
	require.NoError(t, err)
	within(t, 35.170371, mean, 1e-6, "mean")
	// lifetimes' test and note 025: the first ten customers.
	sum := 0.0
	for i, want := range []float64{24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17} {
		got, err := f.Model.ExpectedSpend(s.Customers[i])
		require.NoError(t, err)
		assert.InDelta(t, want, got, .0051)
	}
	for _, c := range s.Customers {
		if c.Frequency > 0 {
			sum += f.Model.LogLikelihood(c)
		}
	}
	within(t, f.LogLikelihood, sum, 1e-12, "the sum over customers is the log-likelihood")

	f = fitted[clv.GammaGamma](t)(clv.FitGammaGamma(context.Background(), cdnow78(t), nil))
	parametersWithin(t, []float64{4.68345331, 4.18978328, 24.3905538}, f.Model.Parameters(), 1e-6)
	parametersWithin(t, []float64{.685429, .295278, 5.23582}, f.StdErr, 1e-5)
	within(t, -4884.566321, f.LogLikelihood, 1e-9, "LL")
	assert.Equal(t, 1139., f.Customers)

	// With the mean spend rounded to two decimals, ties upwards as in decimal arithmetic.
	rounded := &clv.Summary{Unit: clv.Week, Currency: "USD"}
	for _, c := range s.Customers {
		c.MeanSpend = math.Floor(c.MeanSpend*100+.5+1e-7) / 100
		rounded.Customers = append(rounded.Customers, c)
	}
	f = fitted[clv.GammaGamma](t)(clv.FitGammaGamma(context.Background(), rounded, nil))
	parametersWithin(t, []float64{6.24880249, 3.74458845, 15.447748}, f.Model.Parameters(), 1e-6)
	within(t, -4055.923244, f.LogLikelihood, 1e-9, "LL")
}

func TestMeanRepeatSpendOfCDNOW(t *testing.T) {
	// RFM and CLV (2005), Table 1: mean 35, sd 30, min 3, median 27, max 300; recomputed 35.0778 30.2835 2.99 27.4975 299.6338.
	var z []float64
	sum, squares := 0.0, 0.0
	for _, c := range cdnowSummary(t).Customers {
		if c.Frequency > 0 {
			z = append(z, c.MeanSpend)
			sum += c.MeanSpend
			squares += c.MeanSpend * c.MeanSpend
		}
	}
	n := float64(len(z))
	assert.InDelta(t, 35.0778, sum/n, 5e-5)
	assert.InDelta(t, 30.2835, math.Sqrt((squares-sum*sum/n)/(n-1)), 5e-5)
}

func TestAnInfiniteMeanIsSaidAndNeverANumber(t *testing.T) {
	m := clv.GammaGamma{P: .4, Q: .5, Gamma: 10}
	v, err := m.Mean()
	require.ErrorIs(t, err, clv.ErrNoMean)
	assert.True(t, math.IsNaN(v))
	v, err = m.ExpectedSpend(clv.Customer{Frequency: 1, MeanSpend: 20}) // px+q = .9
	require.ErrorIs(t, err, clv.ErrNoMean)
	assert.True(t, math.IsNaN(v))
	v, err = m.ExpectedSpend(clv.Customer{Frequency: 2, MeanSpend: 20}) // .4 (10+40)/(.8+.5-1)
	require.NoError(t, err)
	assert.InDelta(t, .4*50/.3, v, 1e-12)
	_, err = m.ExpectedSpend(clv.Customer{Frequency: 2, MeanSpend: -1})
	require.ErrorIs(t, err, clv.ErrInvalid)
	_, err = clv.GammaGamma{}.Mean()
	require.ErrorIs(t, err, clv.ErrInvalid)
	assert.True(t, math.IsNaN(m.LogLikelihood(clv.Customer{Frequency: 1})))
}

func TestGammaGammaOfUselessMoney(t *testing.T) {
	ctx := context.Background()
	_, err := clv.FitGammaGamma(ctx, &clv.Summary{Customers: []clv.Customer{{Frequency: 0}, {Frequency: 1, MeanSpend: 0}, {Frequency: 1, MeanSpend: -3}}}, nil)
	require.ErrorIs(t, err, clv.ErrNoData)
	for _, z := range []float64{math.NaN(), math.Inf(1)} {
		_, err = clv.FitGammaGamma(ctx, &clv.Summary{Customers: []clv.Customer{{ID: "anna", Frequency: 1, MeanSpend: z}}}, nil)
		require.ErrorIs(t, err, clv.ErrInvalid)
		assert.ErrorContains(t, err, `"anna"`)
	}
	// All alike: nothing says how customers differ.
	alike := &clv.Summary{Currency: "EUR", Customers: make([]clv.Customer, 50)}
	for i := range alike.Customers {
		alike.Customers[i] = clv.Customer{Frequency: 1 + i%3, MeanSpend: 20}
	}
	f, err := clv.FitGammaGamma(ctx, alike, nil)
	require.NoError(t, err)
	assert.Equal(t, clv.Boundary, f.Status)
	assert.NotEmpty(t, f.Unidentified)
	assert.True(t, math.IsNaN(f.StdErr[0]))
}
