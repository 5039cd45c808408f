package metricstest_test

import (
	"fmt"
	"hash/fnv"
	"math"
	"strconv"
	"strings"
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

// The numbers are pins, not truths: they were the same on amd64 and on 386, and whoever keeps rows of a population in a
// golden file counts on them.
func TestTheSameSeedGivesTheSameRowsOnEveryPlatform(t *testing.T) {
	hash := func(rows ...any) uint64 {
		h := fnv.New64a()
		for _, r := range rows {
			fmt.Fprintln(h, r)
		}
		return h.Sum64()
	}
	p := answers
	p.PerCustomer, p.Alike = 3, .3
	rows, err := p.Rows()
	require.NoError(t, err)
	assert.Equal(t, uint64(0x22e7835ab602ea63), hash(rows), "answers")
	again, err := p.Rows()
	require.NoError(t, err)
	assert.Equal(t, hash(rows), hash(again))
	p.Seed++
	other, err := p.Rows()
	require.NoError(t, err)
	assert.NotEqual(t, hash(rows), hash(other))
	orders, err := metricstest.Orders{Customers: 300, Rate: .05, Leave: .01, Amount: 40, Start: monday, Days: 100}.Rows()
	require.NoError(t, err)
	assert.Equal(t, uint64(0x9acbbcb6b771a177), hash(orders), "orders")
	tickets, err := metricstest.Tickets{N: 500, Median: 8 * time.Hour, FirstContact: .7, Start: monday, Span: 48 * time.Hour}.Rows()
	require.NoError(t, err)
	assert.Equal(t, uint64(0xc8aad3f81af13c6e), hash(tickets), "tickets")
	visits, err := metricstest.Visits{N: 500, Steps: []string{"search", "cart", "pay"}, Continue: []float64{.4, .5}, Gap: time.Minute, Start: monday, Span: time.Hour}.Rows()
	require.NoError(t, err)
	assert.Equal(t, uint64(0x7d15a37ddd88f0dc), hash(visits), "visits")
}

// Large samples against the formulas of the truths, to 4.5 standard errors of the sample; and each formula against another
// way to the same number.
func TestTruthsHoldInLargeSamples(t *testing.T) {
	near := func(want float64, what string, x []float64) {
		t.Helper()
		d, err := metrics.Describe(x, nil)
		require.NoError(t, err)
		assert.InDelta(t, want, d.Mean.Value, 4.5*d.Mean.StdErr, what)
	}
	indicator := func(b bool) float64 {
		if b {
			return 1
		}
		return 0
	}

	o := metricstest.Orders{Customers: 100_000, Rate: .05, Leave: .01, Amount: 40, Start: monday, Days: 100}
	orders, err := o.Rows()
	require.NoError(t, err)
	count := make([]float64, o.Customers)
	late := make([]float64, o.Customers) // has an order after day 60
	var amounts, squares []float64
	for _, r := range orders {
		c, err := strconv.Atoi(strings.TrimPrefix(r.Customer, "customer-"))
		require.NoError(t, err)
		count[c-1]++
		if r.Time.Sub(monday) > 60*24*time.Hour {
			late[c-1] = 1
		}
		amounts, squares = append(amounts, r.Amount), append(squares, r.Amount*r.Amount)
	}
	near(o.MeanOrders(), "orders of a customer", count)
	repeat := make([]float64, len(count))
	for i, n := range count {
		repeat[i] = indicator(n > 1)
	}
	near(o.Repeat(), "repeat purchase", repeat)
	near(40, "amount", amounts)
	near(2*40*40, "second moment of an exponential amount", squares)
	// Who is there on day 60 orders again with the rate .05 unless it leaves with .01, within 40 days.
	near(o.Stay(60)*.05/.06*(1-math.Exp(-.06*40)), "orders after day 60", late)
	// 1 + ∫ .05 exp(-.01 t) dt and ∫ .05 exp(-.06 t) dt from 0 to 100, by the midpoint rule.
	mean, again := 1., 0.
	for i := range 100_000 {
		day := (float64(i) + .5) / 1000
		mean += .05 * o.Stay(day) / 1000
		again += .05 * math.Exp(-.06*day) / 1000
	}
	assert.InDelta(t, mean, o.MeanOrders(), 1e-9)
	assert.InDelta(t, again, o.Repeat(), 1e-9)

	p := metricstest.Tickets{N: 200_000, Median: 8 * time.Hour, FirstContact: .7, Start: monday, Span: 1000 * time.Hour}
	tickets, err := p.Rows()
	require.NoError(t, err)
	end := monday.Add(p.Span)
	for _, hours := range []float64{1, 4, 8, 24, 48} { // of tickets that were watched so long
		d := time.Duration(hours * float64(time.Hour))
		var within []float64
		for _, r := range tickets {
			if !r.Opened.Add(d).After(end) {
				within = append(within, indicator(!r.Resolved.IsZero() && r.Resolved.Sub(r.Opened) <= d))
			}
		}
		near(1-math.Pow(2, -hours/8), fmt.Sprint("resolved within ", d), within)
		assert.InDelta(t, 1-math.Pow(2, -hours/8), p.Within(d), 1e-15)
	}
	var first []float64
	for _, r := range tickets {
		first = append(first, indicator(r.Contacts == 1))
	}
	near(.7, "first contact", first)

	v := metricstest.Visits{N: 100_000, Steps: []string{"search", "cart", "pay"}, Continue: []float64{.4, .5}, Gap: time.Minute, Start: monday, Span: time.Hour}
	events, err := v.Rows()
	require.NoError(t, err)
	began := map[string]time.Time{}
	var gaps []float64
	reached := map[string]int{}
	for _, e := range events {
		reached[e.Activity]++
		switch e.Activity {
		case "search":
			began[e.Case] = e.Time
		case "cart":
			gaps = append(gaps, e.Time.Sub(began[e.Case]).Minutes())
		}
	}
	near(1, "minutes between two steps", gaps)
	for step, want := range map[string]float64{"search": 1, "cart": .4, "pay": .2} {
		assert.InDelta(t, want, v.Reach(step), 1e-15)
		assert.InDelta(t, want, float64(reached[step])/1e5, 4.5*math.Sqrt(want*(1-want)/1e5), step)
	}

	a := answers
	a.Customers, a.Missing = 200_000, 0
	rows, err := a.Rows()
	require.NoError(t, err)
	seen := [11]float64{}
	for _, r := range rows {
		seen[int(r.Score)]++
	}
	for score, n := range seen {
		s := a.Shares[score]
		assert.InDelta(t, s, n/2e5, 4.5*math.Sqrt(s*(1-s)/2e5), score)
	}
}

func TestTruthsAtTheEnds(t *testing.T) {
	p := metricstest.Tickets{N: 1000, Median: 80 * 8760 * time.Hour, FirstContact: 1, Start: monday, Span: 200 * 8760 * time.Hour}
	assert.Zero(t, p.Within(-time.Hour))
	rows, err := p.Rows()
	require.NoError(t, err)
	slow := 0 // those of the first year, after 75 years
	for _, r := range rows[:5] {
		if r.Resolved.IsZero() || r.Resolved.Sub(r.Opened) > 75*8760*time.Hour {
			slow++
		}
	}
	assert.NotZero(t, slow)
	o := metricstest.Orders{Customers: 1, Rate: 1, Leave: .1, Amount: 1, Days: 1}
	assert.Equal(t, 1., o.Stay(-3))
}

func TestImpossiblePopulationsAreRefused(t *testing.T) {
	half := answers
	half.Shares[10] = .1
	alike := answers
	alike.Alike = 1
	many := answers
	many.PerCustomer = math.MaxInt - 1
	for _, p := range []interface{ Check() error }{
		half, alike, metricstest.Answers{}, many,
		metricstest.Answers{Shares: answers.Shares, Customers: 1 << 30, PerCustomer: 1 << 30}, metricstest.Answers{Shares: answers.Shares, Span: -1},
		metricstest.Orders{Customers: 1, Rate: 1, Amount: math.Inf(1), Days: 1}, metricstest.Orders{Rate: math.Inf(1), Amount: 1, Days: 1},
		metricstest.Orders{Customers: 1, Rate: 1, Leave: math.Inf(1), Amount: 1, Days: 1}, metricstest.Orders{Rate: 1, Amount: 1, Days: math.NaN()},
		metricstest.Tickets{N: -1, Median: 1}, metricstest.Tickets{Median: 1, Span: -1},
		metricstest.Visits{N: 50_000_001, Steps: []string{"a", "b"}, Continue: []float64{1}}, metricstest.Visits{Steps: []string{"a"}, Gap: 8761 * time.Hour},
		metricstest.Visits{Steps: []string{"a"}, Span: -1}, metricstest.Visits{Steps: []string{"a"}, Continue: []float64{1}},
		metricstest.Orders{Customers: 1}, metricstest.Orders{Customers: math.MaxInt, Rate: 1, Amount: 1, Days: 365},
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
