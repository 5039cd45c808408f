package metrics_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cxmodel/cxmodel/metrics"
)

// shares are the functions whose definition is a part of a whole.
var shares = map[string]func(x, n int, o *metrics.ProportionOptions) (metrics.Estimate, error){
	"proportion": metrics.Proportion, "CSAT": metrics.CSATOf, "CES 2.0 share": metrics.CES2ShareOf,
	"cohort churn": metrics.CohortChurn, "cohort retention": metrics.CohortRetention,
	"gross first contact resolution":               metrics.FirstContactResolutionGross,
	"first contact resolution of resolved tickets": metrics.FirstContactResolutionOfResolved, "first contact resolution, asked": metrics.FirstContactResolutionAsked,
	"repeat purchase rate": metrics.RepeatPurchaseRate, "returning customer rate": metrics.ReturningCustomerRate,
	"conversion of visitors": metrics.ConversionOfVisitors, "conversion of visits": metrics.ConversionOfVisits,
	"referring customers": metrics.ReferringCustomers, "referred customers": metrics.ReferredCustomers,
	"negative share of mentions": metrics.NegativeOfMentions, "response rate": metrics.ResponseRate,
}

func TestEveryShareIsAPartOfAWhole(t *testing.T) {
	definitions := map[string]string{}
	for name, f := range shares {
		e, err := f(15, 148, nil)
		require.NoError(t, err)
		assert.Equal(t, name, e.Metric)
		assert.NotContains(t, definitions, e.Definition, "%s and %s", name, definitions[e.Definition])
		definitions[e.Definition] = name
		assert.Equal(t, metrics.UnitShare, e.Unit)
		assert.Equal(t, 15./148, e.Value)
		assert.InDelta(t, .0624, e.Low, 5e-5) // Newcombe 1998, table I, Wilson
		assert.InDelta(t, .1605, e.High, 5e-5)
		for _, c := range []struct {
			x, n int
			err  error
		}{{0, 0, metrics.ErrNoData}, {-1, 5, metrics.ErrCount}, {6, 5, metrics.ErrCount}, {0, -1, metrics.ErrCount}} {
			e, err := f(c.x, c.n, nil)
			require.ErrorIs(t, err, c.err, "%s of %+v", name, c)
			assert.True(t, math.IsNaN(e.Value) && math.IsNaN(e.Low) && math.IsNaN(e.High) && math.IsNaN(e.StdErr))
			assert.Equal(t, name, e.Metric)
		}
		_, err = f(1, 2, &metrics.ProportionOptions{Level: 2})
		require.ErrorIs(t, err, metrics.ErrOption)
	}
}

func TestGoodOfGoodAndBad(t *testing.T) {
	for _, f := range []func(int, int, *metrics.ProportionOptions) (metrics.Estimate, error){metrics.CSATGoodBad, metrics.NegativeOfOpinions} {
		e, err := f(8, 2, nil)
		require.NoError(t, err)
		assert.Equal(t, .8, e.Value)
		assert.Equal(t, 10, e.N)
		assert.ErrorIs(t, second(f(0, 0, nil)), metrics.ErrNoData)
		assert.ErrorIs(t, second(f(-1, 2, nil)), metrics.ErrCount)
		assert.ErrorIs(t, second(f(1, -2, nil)), metrics.ErrCount)
		assert.ErrorIs(t, second(f(math.MaxInt, 1, nil)), metrics.ErrCount)
	}
}

func TestNetResolutionLeavesOutWhatCouldNotBeResolved(t *testing.T) {
	e, err := metrics.FirstContactResolutionNet(60, 100, 20, nil)
	require.NoError(t, err)
	assert.Equal(t, .75, e.Value)
	assert.Equal(t, 80, e.N)
	assert.ErrorIs(t, second(metrics.FirstContactResolutionNet(60, 100, 101, nil)), metrics.ErrCount)
	assert.ErrorIs(t, second(metrics.FirstContactResolutionNet(60, 100, -1, nil)), metrics.ErrCount)
	assert.ErrorIs(t, second(metrics.FirstContactResolutionNet(60, 100, 50, nil)), metrics.ErrCount)
	assert.ErrorIs(t, second(metrics.FirstContactResolutionNet(0, 100, 100, nil)), metrics.ErrNoData)
}

func TestChurnHasAsManyValuesAsDenominators(t *testing.T) {
	// 200 customers at the start; 20 of them leave, and 10 of 60 newly won ones: 230 at the end.
	cohort, err := metrics.CohortChurn(20, 200, nil)
	require.NoError(t, err)
	assert.Equal(t, .1, cohort.Value)
	over, err := metrics.ChurnOverStart(30, 200)
	require.NoError(t, err)
	assert.Equal(t, .15, over.Value)
	average, err := metrics.ChurnOverAverage(30, 200, 230)
	require.NoError(t, err)
	assert.InDelta(t, 30./215, average.Value, 1e-15)
	net, err := metrics.NetCustomerLoss(200, 230)
	require.NoError(t, err)
	assert.Equal(t, -.15, net.Value, "negative while the base grows")
	for _, e := range []metrics.Estimate{over, average, net} {
		assert.False(t, e.HasInterval())
		assert.Equal(t, metrics.WarnNoInterval, e.Warnings)
		assert.Equal(t, metrics.UnitRatio, e.Unit)
		assert.Zero(t, e.Level)
	}
	for _, err := range []error{
		second(metrics.ChurnOverStart(-1, 5)), second(metrics.ChurnOverStart(1, -5)), second(metrics.ChurnOverAverage(1, -1, 5)), second(metrics.ChurnOverAverage(1, 5, -1)), second(metrics.NetCustomerLoss(-1, 5)), second(metrics.NetCustomerLoss(5, -1)),
	} {
		assert.ErrorIs(t, err, metrics.ErrCount)
	}
	for _, err := range []error{second(metrics.ChurnOverStart(0, 0)), second(metrics.ChurnOverAverage(0, 0, 0)), second(metrics.NetCustomerLoss(0, 3))} {
		assert.ErrorIs(t, err, metrics.ErrNoData)
	}
}

func TestChurnAndRetentionOfACohortMirror(t *testing.T) {
	c, err := metrics.CohortChurn(20, 200, nil)
	require.NoError(t, err)
	r, err := metrics.CohortRetention(180, 200, nil)
	require.NoError(t, err)
	assert.InDelta(t, 1, c.Value+r.Value, 1e-15)
	assert.InDelta(t, 1, c.Low+r.High, 1e-15)
	assert.InDelta(t, 1, c.High+r.Low, 1e-15)
}

func TestAnnualChurnCompounds(t *testing.T) {
	m, err := metrics.CohortChurn(50, 1000, nil)
	require.NoError(t, err)
	year, err := metrics.AnnualChurn(m, 12)
	require.NoError(t, err)
	// 1 - .95^12, and not 12 × 5 %.
	assert.InDelta(t, 0.45963991233736334, year.Value, 1e-14)
	assert.InDelta(t, 1-math.Pow(1-m.Low, 12), year.Low, 1e-14)
	assert.InDelta(t, 1-math.Pow(1-m.High, 12), year.High, 1e-14)
	assert.InDelta(t, m.StdErr*12*math.Pow(.95, 11), year.StdErr, 1e-14)
	assert.Equal(t, "annual cohort churn", year.Metric)

	all, err := metrics.CohortChurn(5, 5, nil)
	require.NoError(t, err)
	gone, err := metrics.AnnualChurn(all, 12)
	require.NoError(t, err)
	assert.Equal(t, 1., gone.Value)

	net, err := metrics.NetCustomerLoss(200, 230)
	require.NoError(t, err)
	for _, err := range []error{second(metrics.AnnualChurn(net, 12)), second(metrics.AnnualChurn(metrics.Estimate{}, 12)), second(metrics.AnnualChurn(metrics.Estimate{Unit: metrics.UnitShare, Value: math.NaN()}, 12))} {
		assert.ErrorIs(t, err, metrics.ErrMismatch)
	}
	for _, periods := range []float64{0, math.NaN(), math.Inf(1), -12} {
		assert.ErrorIs(t, second(metrics.AnnualChurn(m, periods)), metrics.ErrOption)
	}
	same, err := metrics.AnnualChurn(m, 1)
	require.NoError(t, err)
	assert.Equal(t, m.StdErr, same.StdErr, "a year of one period is that period")
}

func TestExposureOfZero(t *testing.T) {
	assert.ErrorIs(t, second(metrics.ChurnPerExposure(0, 0, nil)), metrics.ErrNoData)
	for _, err := range []error{second(metrics.ChurnPerExposure(1, 0, nil)), second(metrics.ChurnPerExposure(-1, 10, nil)), second(metrics.ChurnPerExposure(1, -10, nil)), second(metrics.ChurnPerExposure(1, math.NaN(), nil)), second(metrics.ChurnPerExposure(1, math.Inf(1), nil))} {
		assert.ErrorIs(t, err, metrics.ErrCount)
	}
	assert.ErrorIs(t, second(metrics.ChurnPerExposure(1, 10, &metrics.RateOptions{Level: 2})), metrics.ErrOption)
	e, err := metrics.ChurnPerExposure(0, 10, &metrics.RateOptions{Level: .9})
	require.NoError(t, err)
	assert.Zero(t, e.Low)
	assert.InEpsilon(t, -math.Log(.05)/10, e.High, 1e-12) // no event: exp(-10 rate) = .05
}

func TestRevenueRetentionLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "n")
		amount := rapid.OneOf(rapid.Just(0.), rapid.Float64Range(0, 1e6))
		start, end := make([]float64, n), make([]float64, n)
		for i := range n {
			start[i], end[i] = amount.Draw(t, "start"), amount.Draw(t, "end")
		}
		g, err := metrics.GrossRevenueRetention(start, end)
		if err != nil {
			assert.ErrorIs(t, err, metrics.ErrNoData)
			return
		}
		r, err := metrics.NetRevenueRetention(start, end)
		require.NoError(t, err)
		assert.LessOrEqual(t, g.Value, 1.)
		assert.LessOrEqual(t, g.Value, r.Value, "GRR <= min(1, NRR)")

		// The totals say the same.
		var base, expansion, contraction, churned float64
		for i := range n {
			switch s, e := start[i], end[i]; {
			case s == 0: // won later
			case e == 0:
				base, churned = base+s, churned+s
			case e < s:
				base, contraction = base+s, contraction+s-e
			default:
				base, expansion = base+s, expansion+e-s
			}
		}
		r2, err := metrics.NetRevenueRetentionOf(base, expansion, contraction, churned)
		require.NoError(t, err)
		assert.InEpsilon(t, r.Value+1, r2.Value+1, 1e-9)
	})
}

func TestRevenueRetentionByHand(t *testing.T) {
	// Three customers: 100 → 150, 100 → 40, 50 → 0; one won later. Gross (100 + 40 + 0)/250, net (150 + 40)/250.
	start, end := []int{100, 100, 50, 0}, []int{150, 40, 0, 500}
	g, err := metrics.GrossRevenueRetention(start, end)
	require.NoError(t, err)
	assert.Equal(t, .56, g.Value)
	assert.Equal(t, 3, g.N)
	r, err := metrics.NetRevenueRetention(start, end)
	require.NoError(t, err)
	assert.Equal(t, .76, r.Value)
	assert.False(t, g.HasInterval() || r.HasInterval())

	assert.ErrorIs(t, second(metrics.GrossRevenueRetention(start, end[:3])), metrics.ErrMismatch)
	assert.ErrorIs(t, second(metrics.NetRevenueRetention([]float64{}, nil)), metrics.ErrNoData)
	for _, bad := range []float64{-1, math.NaN(), math.Inf(1)} {
		assert.ErrorIs(t, second(metrics.GrossRevenueRetention([]float64{bad}, []float64{1})), metrics.ErrCount)
		assert.ErrorIs(t, second(metrics.NetRevenueRetention([]float64{1}, []float64{bad})), metrics.ErrCount)
	}
	big := []float64{math.MaxFloat64 / 2, math.MaxFloat64 / 2, math.MaxFloat64 / 2}
	assert.ErrorIs(t, second(metrics.NetRevenueRetention(big, big)), metrics.ErrCount)
	assert.ErrorIs(t, second(metrics.GrossRevenueRetentionOf(100, 60, 50)), metrics.ErrCount)
	assert.ErrorIs(t, second(metrics.NetRevenueRetentionOf(100, -1, 0, 0)), metrics.ErrCount)
	assert.ErrorIs(t, second(metrics.NetRevenueRetentionOf(100, 0, 60, 50)), metrics.ErrCount)
	assert.ErrorIs(t, second(metrics.NetRevenueRetentionOf(math.NaN(), 0, 0, 0)), metrics.ErrCount)
	assert.ErrorIs(t, second(metrics.NetRevenueRetentionOf(0, 0, 0, 0)), metrics.ErrNoData)
}

func TestRetentionLeavesOutWhoseDayHasNotCome(t *testing.T) {
	customers := []metrics.Activity{{Start: 0, Days: []int{9, 7}}, {Start: 5, Days: []int{12}}, {Start: 6, Days: []int{13}}, {Start: 0}}
	e, err := metrics.RetentionOnDay(customers, 7, 12, nil)
	require.NoError(t, err)
	assert.Equal(t, 2./3, e.Value)
	assert.Equal(t, 1, e.Missing, "started on day 6: day 7 is day 13")
	far, err := metrics.RetentionOnDay([]metrics.Activity{{Start: math.MinInt, Days: []int{math.MinInt + 7}}}, 7, 12, nil)
	require.NoError(t, err)
	assert.Equal(t, 1., far.Value, "days as far apart as can be")
	// Activity after asOf is not known yet.
	e, err = metrics.RetentionOnOrAfter(customers, 7, 8, nil)
	require.NoError(t, err)
	assert.Equal(t, .5, e.Value)
	_, err = metrics.RetentionOnDay(customers, 30, 12, nil)
	require.ErrorIs(t, err, metrics.ErrNoData)
	for _, err := range []error{second(metrics.RetentionOnDay(customers, -1, 9, nil)), second(metrics.RetentionInBracket(customers, 5, 4, 9, nil))} {
		assert.ErrorIs(t, err, metrics.ErrOption)
	}
}

func TestPercentsSumToAHundred(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOfN(rapid.OneOf(rapid.IntRange(0, 9), rapid.IntRange(0, math.MaxInt/16)), 1, 12).Draw(t, "counts")
		p, err := metrics.Percents(counts)
		if err != nil {
			assert.ErrorIs(t, err, metrics.ErrNoData)
			return
		}
		total, sum := 0., 0
		for _, c := range counts {
			total += float64(c)
		}
		for i, c := range counts {
			sum += p[i]
			assert.InDelta(t, 100*float64(c)/total, float64(p[i]), 1.0001)
		}
		assert.Equal(t, 100, sum)
	})
	assert.ErrorIs(t, second(metrics.Percents(nil)), metrics.ErrNoData)
	assert.ErrorIs(t, second(metrics.Percents([]int{1, -1})), metrics.ErrCount)
	assert.ErrorIs(t, second(metrics.Percents([]int{math.MaxInt, 1})), metrics.ErrCount)
}

func TestARateBeyondEveryNumberIsAnError(t *testing.T) {
	e, err := metrics.EventRate(5, 1e-320, nil)
	require.ErrorIs(t, err, metrics.ErrCount)
	assert.True(t, math.IsNaN(e.Value))
	_, err = metrics.RateRatio(5, 1e-200, 5, 1e200, nil)
	require.ErrorIs(t, err, metrics.ErrCount)
}
