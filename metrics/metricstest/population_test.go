package metricstest_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/metricstest"
	"github.com/cxmodel/cxmodel/metrics/survival"
)

var (
	zeroToTen = cxmodel.Scale{Max: 10}
	monday    = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	answers   = metricstest.Answers{
		Customers: 400, Missing: .1, Start: monday, Span: 30 * 24 * time.Hour,
		Shares: [11]float64{.01, .01, .01, .02, .02, .04, .04, .15, .2, .25, .25},
	}
)

// Fifty seeds and the default alpha: an estimate from the rows never contradicts the truth that the population tells.
func TestAnswersComeFromTheirShares(t *testing.T) {
	assert.InDelta(t, 35, answers.NPS(), 1e-12)
	p := answers
	for p.Seed = range 50 {
		rows, err := p.Rows()
		require.NoError(t, err)
		require.Len(t, rows, 400)
		tally := metrics.NewTally(zeroToTen)
		for i, a := range rows {
			tally.Add(a.Score)
			assert.False(t, a.Time.Before(monday) || !a.Time.Before(monday.Add(p.Span)) || i > 0 && a.Time.Before(rows[i-1].Time))
		}
		score, err := tally.NPS(nil)
		require.NoError(t, err)
		mean, err := tally.Mean(nil)
		require.NoError(t, err)
		top, err := tally.TopBox(2, nil)
		require.NoError(t, err)
		metricstest.Plausible(t, score, p.NPS(), nil)
		metricstest.Plausible(t, mean, p.Mean(), nil)
		metricstest.Plausible(t, top, p.Share(9, 10), nil)
		answered, err := metrics.ResponseRate(tally.N(), len(rows), nil)
		require.NoError(t, err)
		metricstest.Plausible(t, answered, 1-p.Missing, nil)
	}
}

func TestAnswersOfACustomerAreAlike(t *testing.T) {
	p := answers
	p.Customers, p.PerCustomer, p.Alike, p.Missing = 20_000, 2, .36, 0
	rows, err := p.Rows()
	require.NoError(t, err)
	var xy, xx float64
	for i := range p.Customers {
		a, b := rows[i], rows[i+p.Customers]
		require.Equal(t, a.Customer, b.Customer)
		x, y := a.Score-p.Mean(), b.Score-p.Mean()
		xy += x * y
		xx += (x*x + y*y) / 2
	}
	assert.InDelta(t, .36, xy/xx, .03) // four errors of about (1-ρ²)/sqrt(20000) = .006
}

func TestOrdersComeFromTheirRates(t *testing.T) {
	p := metricstest.Orders{Customers: 300, Rate: .05, Leave: .01, Amount: 40, Start: monday, Days: 100}
	for p.Seed = range 20 {
		rows, err := p.Rows()
		require.NoError(t, err)
		counts := map[string]float64{}
		var amounts []float64
		for _, o := range rows {
			counts[o.Customer]++
			amounts = append(amounts, o.Amount)
		}
		require.Len(t, counts, 300, "everybody buys once")
		var each []float64
		repeat := 0
		for _, n := range counts {
			each = append(each, n)
			if n > 1 {
				repeat++
			}
		}
		mean, err := metrics.Describe(each, nil)
		require.NoError(t, err)
		metricstest.Plausible(t, mean.Mean, p.MeanOrders(), nil)
		again, err := metrics.RepeatPurchaseRate(repeat, len(counts), nil)
		require.NoError(t, err)
		metricstest.Plausible(t, again, p.Repeat(), nil)
		amount, err := metrics.Describe(amounts, nil)
		require.NoError(t, err)
		metricstest.Plausible(t, amount.Mean, p.Amount, nil)
	}
	assert.InDelta(t, math.Exp(-.5), p.Stay(50), 1e-15)
	p.Leave = 0
	assert.InDelta(t, 6, p.MeanOrders(), 1e-12)
}

func TestTicketsComeFromTheirMedian(t *testing.T) {
	p := metricstest.Tickets{N: 500, Median: 8 * time.Hour, FirstContact: .7, Start: monday, Span: 48 * time.Hour}
	for p.Seed = range 20 {
		rows, err := p.Rows()
		require.NoError(t, err)
		var tickets []survival.Ticket
		first := 0
		for _, r := range rows {
			tickets = append(tickets, survival.Ticket{ID: r.ID, Opened: r.Opened, Resolved: r.Resolved, Contacts: r.Contacts})
			if r.Contacts == 1 {
				first++
			}
		}
		subjects, err := survival.ResolutionTimes(tickets, monday.Add(p.Span), nil)
		require.NoError(t, err)
		curve, err := survival.KaplanMeier(subjects, nil)
		require.NoError(t, err)
		open, err := curve.At(12)
		require.NoError(t, err)
		metricstest.Plausible(t, open, 1-p.Within(12*time.Hour), nil)
		fcr, err := metrics.FirstContactResolutionGross(first, len(rows), nil)
		require.NoError(t, err)
		metricstest.Plausible(t, fcr, p.FirstContact, nil)
	}
	assert.InDelta(t, .5, p.Within(p.Median), 1e-15)
}

func TestVisitsComeFromTheirSteps(t *testing.T) {
	p := metricstest.Visits{N: 1000, Steps: []string{"search", "cart", "pay"}, Continue: []float64{.4, .5}, Gap: time.Minute, Start: monday, Span: time.Hour}
	for p.Seed = range 20 {
		rows, err := p.Rows()
		require.NoError(t, err)
		reached := map[string]int{}
		for i, e := range rows {
			reached[e.Activity]++
			assert.False(t, i > 0 && e.Time.Before(rows[i-1].Time))
		}
		for _, step := range p.Steps {
			e, err := metrics.ConversionOfVisits(reached[step], p.N, nil)
			require.NoError(t, err)
			metricstest.Plausible(t, e, p.Reach(step), nil)
		}
	}
	assert.True(t, math.IsNaN(p.Reach("return")))
}

func TestTheSameSeedGivesTheSameRows(t *testing.T) {
	a, err := answers.Rows()
	require.NoError(t, err)
	b, err := answers.Rows()
	require.NoError(t, err)
	other := answers
	other.Seed++
	c, err := other.Rows()
	require.NoError(t, err)
	scores := func(rows []metricstest.Answer) (s []string) {
		for _, r := range rows {
			s = append(s, time.Duration(r.Score).String()+r.Customer)
		}
		return s
	}
	assert.Equal(t, scores(a), scores(b))
	assert.NotEqual(t, scores(a), scores(c))
}

func TestImpossiblePopulationsAreRefused(t *testing.T) {
	half := answers
	half.Shares[10] = .1
	alike := answers
	alike.Alike = 1
	many := answers
	many.PerCustomer = 1 << 62
	for _, p := range []interface{ Check() error }{
		half, alike, metricstest.Answers{}, many,
		metricstest.Orders{Customers: 1}, metricstest.Orders{Customers: 1 << 40, Rate: 1, Amount: 1, Days: 365},
		metricstest.Tickets{N: 1}, metricstest.Tickets{N: 1, Median: 1, FirstContact: math.NaN()},
		metricstest.Visits{N: 1}, metricstest.Visits{Steps: []string{"a", "a"}, Continue: []float64{1}}, metricstest.Visits{Steps: []string{"a", "b"}, Continue: []float64{2}},
	} {
		require.ErrorIs(t, p.Check(), metricstest.ErrPopulation, "%+v", p)
	}
	_, err := half.Rows()
	require.ErrorIs(t, err, metricstest.ErrPopulation)
	rows, err := metricstest.Visits{Steps: []string{"a"}}.Rows()
	require.NoError(t, err)
	assert.Empty(t, rows)
}
