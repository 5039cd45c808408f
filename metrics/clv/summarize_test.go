package clv_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics/clv"
)

func date(y int, m time.Month, d int) cxmodel.Date { return cxmodel.Date{Year: y, Month: m, Day: d} }

func TestSummaryByHand(t *testing.T) {
	// anna: days 0, 10, 10, 30; ben: day 5 only; cleo: first order in the holdout.
	orders := []clv.Order{
		order(t, "anna", "2026-01-01 09:00", "10 EUR"), order(t, "ben", "2026-01-06 09:00", "7 EUR"),
		order(t, "anna", "2026-01-11 09:00", "0.10 EUR"), order(t, "anna", "2026-01-11 21:00", "0.20 EUR"),
		order(t, "anna", "2026-01-31 09:00", "0.30 EUR"), order(t, "cleo", "2026-02-10 09:00", "5 EUR"),
		order(t, "ben", "2026-02-10 09:00", "4 EUR"), order(t, "ben", "2026-02-11 09:00", "6 EUR"), order(t, "anna", "2026-04-01 09:00", "1 EUR"),
	}
	s, err := clv.Summarize(context.Background(), stream(orders, nil), &clv.SummaryOptions{Unit: clv.Week, End: date(2026, 2, 5), HoldoutEnd: date(2026, 3, 5)})
	require.NoError(t, err)
	assert.Equal(t, []clv.Customer{
		{ID: "anna", Frequency: 2, Recency: 30. / 7, Age: 35. / 7, MeanSpend: .6 / 2}, // .10 + .20 + .30, exact
		{ID: "ben", Age: 30. / 7},
	}, s.Customers)
	assert.Equal(t, []clv.Holdout{{}, {Frequency: 2, MeanSpend: 5}}, s.Holdout)
	assert.Equal(t, 4., s.HoldoutSpan)
	assert.Equal(t, "EUR", s.Currency)
	assert.Equal(t, []int{8, 7, 1, 1, 0}, []int{s.Orders, s.Days, s.Late, s.Newer, s.Unordered})
	assert.Equal(t, money(t, "32.60 EUR"), s.Revenue)

	// Without an end, T is counted to the last order.
	s, err = clv.Summarize(context.Background(), stream(orders, nil), nil)
	require.NoError(t, err)
	assert.Equal(t, date(2026, 4, 1), s.End)
	assert.Equal(t, clv.Customer{ID: "cleo", Age: 50}, s.Customers[2])
	assert.Nil(t, s.Holdout)
}

func TestTheDayBoundaryIsTheOneGiven(t *testing.T) {
	orders := []clv.Order{order(t, "a", "2026-03-01 21:00", "1 EUR"), order(t, "a", "2026-03-02 01:00", "1 EUR"), order(t, "a", "2026-03-02 12:00", "1 EUR")}
	berlin := time.FixedZone("east", 3600)
	for _, c := range []struct {
		calendar clv.Calendar
		x        int
	}{{clv.Calendar{}, 1}, {clv.Calendar{Location: berlin}, 1}, {clv.Calendar{DayStart: 4 * time.Hour}, 1}, {clv.Calendar{Location: time.FixedZone("east", 4*3600)}, 0}, {clv.Calendar{DayStart: 2 * time.Hour, Location: berlin}, 1}} {
		s, err := clv.Summarize(context.Background(), stream(orders, nil), &clv.SummaryOptions{Calendar: c.calendar})
		require.NoError(t, err)
		assert.Equal(t, c.x, s.Customers[0].Frequency, "%+v", c.calendar)
	}
	// Before 1970 a day still begins at midnight.
	s, err := clv.Summarize(context.Background(), stream([]clv.Order{order(t, "a", "1969-12-30 23:00", "1 EUR"), order(t, "a", "1969-12-31 01:00", "1 EUR"), order(t, "a", "1969-12-31 23:00", "1 EUR")}, nil), nil)
	require.NoError(t, err)
	assert.Equal(t, 1, s.Customers[0].Frequency)
	assert.Equal(t, "1969-12-31", s.End.String())
}

func TestRefundsFollowTheRule(t *testing.T) {
	orders := []clv.Order{
		order(t, "a", "2026-03-01 10:00", "10 EUR"), order(t, "a", "2026-03-02 10:00", "-4 EUR"), // of the first day: not in the mean
		order(t, "a", "2026-03-05 10:00", "20 EUR"), order(t, "a", "2026-03-08 10:00", "-5 EUR"), order(t, "b", "2026-03-08 10:00", "-5 EUR"),
	}
	s, err := clv.Summarize(context.Background(), stream(orders, nil), nil)
	require.NoError(t, err)
	assert.Equal(t, clv.Customer{ID: "a", Frequency: 1, Recency: 4, Age: 4, MeanSpend: 20}, s.Customers[0])
	assert.Equal(t, 3, s.RejectedCount)
	assert.ErrorContains(t, s.Rejected[0], `customer "a": negative amount: -4.00 EUR on 2026-03-02 is left out`)
	require.ErrorIs(t, s.Rejected[0], clv.ErrRefund)

	s, err = clv.Summarize(context.Background(), stream(orders, nil), &clv.SummaryOptions{Refunds: clv.RefundsNetted})
	require.NoError(t, err)
	assert.Equal(t, clv.Customer{ID: "a", Frequency: 1, Recency: 4, Age: 4, MeanSpend: 15}, s.Customers[0])
	assert.Equal(t, []int{2, 2, 1, 1}, []int{s.Orders, s.Refunds, s.RejectedCount, len(s.Customers)})
	assert.Equal(t, money(t, "21 EUR"), s.Revenue)

	_, err = clv.Summarize(context.Background(), stream(orders, nil), &clv.SummaryOptions{Refunds: clv.RefundsFail})
	require.ErrorIs(t, err, clv.ErrRefund)
}

func TestAShuffledLogGivesTheSameSummary(t *testing.T) {
	var orders []clv.Order
	for o, err := range cdnowReader(t).All() {
		require.NoError(t, err)
		orders = append(orders, o)
	}
	rand.New(rand.NewPCG(3, 4)).Shuffle(len(orders), func(i, j int) { orders[i], orders[j] = orders[j], orders[i] })
	opts := &clv.SummaryOptions{Unit: clv.Week, End: calibrationEnd, HoldoutEnd: holdoutEnd}
	s, err := clv.Summarize(context.Background(), stream(orders, nil), opts)
	require.NoError(t, err)
	assert.Positive(t, s.Unordered)
	want := slices.Clone(cdnowSummary(t).Customers)
	byID := func(a, b clv.Customer) int { return cmpString(a.ID, b.ID) }
	slices.SortFunc(want, byID)
	slices.SortFunc(s.Customers, byID)
	assert.Equal(t, want, s.Customers)

	// More disorder than is held back is an error that names the customer, never a wrong count.
	opts.Window = 100
	_, err = clv.Summarize(context.Background(), stream(orders, nil), opts)
	require.ErrorIs(t, err, clv.ErrTimeOrder)
	assert.ErrorContains(t, err, "customer \"")
}

func cmpString(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func TestSummarizeSaysWhatItCannotCount(t *testing.T) {
	good := order(t, "anna", "2026-01-05 10:00", "10 EUR")
	gone := errors.New("gone")
	for name, c := range map[string]struct {
		orders []clv.Order
		last   error
		opts   clv.SummaryOptions
		want   error
	}{
		"nothing":                {nil, nil, clv.SummaryOptions{}, clv.ErrNoData},
		"all late":               {[]clv.Order{good}, nil, clv.SummaryOptions{End: date(2025, 1, 1)}, clv.ErrNoData},
		"all newer":              {[]clv.Order{good}, nil, clv.SummaryOptions{End: date(2025, 1, 1), HoldoutEnd: date(2027, 1, 1)}, clv.ErrNoData},
		"two currencies":         {[]clv.Order{good, order(t, "ben", "2026-01-05 10:00", "1 USD")}, nil, clv.SummaryOptions{}, cxmodel.ErrMixed},
		"a failing stream":       {[]clv.Order{good}, gone, clv.SummaryOptions{}, gone},
		"unit":                   {[]clv.Order{good}, nil, clv.SummaryOptions{Unit: -7}, clv.ErrOption},
		"endless unit":           {[]clv.Order{good}, nil, clv.SummaryOptions{Unit: clv.Unit(math.Inf(1))}, clv.ErrOption},
		"window":                 {[]clv.Order{good}, nil, clv.SummaryOptions{Window: -1}, clv.ErrOption},
		"rule":                   {[]clv.Order{good}, nil, clv.SummaryOptions{Refunds: 9}, clv.ErrOption},
		"holdout without end":    {[]clv.Order{good}, nil, clv.SummaryOptions{HoldoutEnd: date(2026, 1, 1)}, clv.ErrOption},
		"holdout before the end": {[]clv.Order{good}, nil, clv.SummaryOptions{End: date(2026, 1, 1), HoldoutEnd: date(2026, 1, 1)}, clv.ErrOption},
		"no such day":            {[]clv.Order{good}, nil, clv.SummaryOptions{End: date(2026, 2, 30)}, clv.ErrOption},
	} {
		_, err := clv.Summarize(context.Background(), stream(c.orders, c.last), &c.opts)
		require.ErrorIs(t, err, c.want, name)
	}
	_, err := clv.Summarize(context.Background(), stream([]clv.Order{good, order(t, "ben", "2026-01-05 10:00", "1 USD")}, nil), nil)
	assert.ErrorContains(t, err, "10.00 EUR and 1.00 USD")
	// Orders without a customer or a time are listed, the rest is counted.
	s, err := clv.Summarize(context.Background(), stream([]clv.Order{{Time: good.Time}, good, {Customer: "x"}}, nil), nil)
	require.NoError(t, err)
	assert.Len(t, s.Customers, 1)
	assert.Equal(t, 2, s.RejectedCount)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = clv.Summarize(ctx, stream(slices.Repeat([]clv.Order{good}, 1<<17), nil), nil)
	require.ErrorIs(t, err, context.Canceled)
}

func TestUnitsChangeTheNumbersAndNotTheCustomers(t *testing.T) {
	s := cdnowSummary(t)
	days, err := s.In(clv.Day)
	require.NoError(t, err)
	x := 0
	for i, c := range s.Customers {
		assert.InDelta(t, 7*c.Age, days.Customers[i].Age, 1e-9)
		x += c.Frequency
	}
	weekly := fitted[clv.BGNBD](t)(clv.FitBGNBD(context.Background(), s, nil))
	daily := fitted[clv.BGNBD](t)(clv.FitBGNBD(context.Background(), days, nil))
	// The density of a time in days is that in weeks over 7, once for each repeat order.
	assert.InDelta(t, weekly.LogLikelihood-float64(x)*math.Log(7), daily.LogLikelihood, 1e-7)
	within(t, 7*weekly.Model.Alpha, daily.Model.Alpha, 1e-8, "alpha")
	within(t, weekly.Model.B, daily.Model.B, 1e-8, "b")
	_, err = s.In(0)
	require.ErrorIs(t, err, clv.ErrUnits)

	rapid.Check(t, func(t *rapid.T) {
		u := clv.Unit(rapid.Float64Range(1e-3, 1e4).Draw(t, "days"))
		text, err := u.MarshalText()
		require.NoError(t, err)
		var back clv.Unit
		require.NoError(t, back.UnmarshalText(text))
		assert.Equal(t, u, back)
	})
	var u clv.Unit
	require.NoError(t, u.UnmarshalText([]byte("month")))
	assert.Equal(t, clv.Month, u)
	for _, bad := range []string{"", "weeks", "-3 days", "NaN days", "7"} {
		require.ErrorIs(t, u.UnmarshalText([]byte(bad)), clv.ErrInvalid, bad)
	}
}

// manyOrders yields n orders in time order, of 5/12 as many customers at random.
func manyOrders(n int) iter.Seq2[clv.Order, error] {
	names := make([]string, n*5/12)
	for i := range names {
		names[i] = fmt.Sprintf("customer-%07d", i)
	}
	amount, _ := cxmodel.NewMoney(1999, 2, "EUR")
	start := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	return func(yield func(clv.Order, error) bool) {
		rng := rand.New(rand.NewPCG(5, 6))
		for i := range n {
			o := clv.Order{Customer: names[rng.IntN(len(names))], Time: start.Add(time.Duration(i) * (365 * 24 * time.Hour / time.Duration(n))), Amount: amount}
			if !yield(o, nil) {
				return
			}
		}
	}
}

// lifetimes 0.11.3 takes 9.3 s and 1,092 MB for 5 million orders, 1.0 s for 1 million. B/op is all that is ever allocated,
// so the peak is below it. "iterator alone" is the cost of making the orders.
func BenchmarkSummarize(b *testing.B) {
	for _, n := range []int{1_000_000, 5_000_000} {
		orders := manyOrders(n)
		b.Run(fmt.Sprintf("orders=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s, err := clv.Summarize(context.Background(), orders, nil)
				if err != nil || s.Orders != n {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("iterator alone=%d", n), func(b *testing.B) {
			for b.Loop() {
				for o := range orders {
					if o.Customer == "" {
						b.Fatal()
					}
				}
			}
		})
	}
}

func TestOccasionsAreCalendarPeriodsWithAnOrder(t *testing.T) {
	orders := []clv.Order{
		order(t, "anna", "2020-05-01 09:00", "10 EUR"), order(t, "anna", "2020-12-31 09:00", "10 EUR"), // the first year
		order(t, "ben", "2021-03-01 09:00", "10 EUR"),
		order(t, "anna", "2022-01-01 09:00", "10 EUR"), order(t, "anna", "2022-07-01 09:00", "30 EUR"),
		order(t, "anna", "2024-02-01 09:00", "20 EUR"), order(t, "ben", "2025-02-01 09:00", "20 EUR"),
	}
	s, err := clv.Summarize(context.Background(), stream(orders, nil), &clv.SummaryOptions{Occasions: cxmodel.PerYear, End: date(2024, 12, 31)})
	require.NoError(t, err)
	assert.Equal(t, []clv.Customer{
		{ID: "anna", Frequency: 2, Recency: 4, Age: 4, MeanSpend: 30}, // 2022 with 40 and 2024 with 20
		{ID: "ben", Age: 3},
	}, s.Customers)
	assert.Equal(t, clv.Year, s.Unit)
	assert.Equal(t, 1, s.Late)
	// A year that has not ended is no occasion.
	s, err = clv.Summarize(context.Background(), stream(orders, nil), &clv.SummaryOptions{Occasions: cxmodel.PerYear, End: date(2024, 12, 30)})
	require.NoError(t, err)
	assert.Equal(t, clv.Customer{ID: "anna", Frequency: 1, Recency: 2, Age: 3, MeanSpend: 40}, s.Customers[0])
	assert.Equal(t, 2, s.Late)
	s, err = clv.Summarize(context.Background(), stream(orders, nil), &clv.SummaryOptions{Occasions: cxmodel.PerQuarter, End: date(2021, 3, 31), HoldoutEnd: date(2022, 3, 31)})
	require.NoError(t, err)
	assert.Equal(t, clv.Customer{ID: "anna", Frequency: 1, Recency: 2, Age: 3, MeanSpend: 10}, s.Customers[0])
	assert.Equal(t, []clv.Holdout{{Frequency: 1, MeanSpend: 10}, {}}, s.Holdout)
	assert.Equal(t, 4., s.HoldoutSpan)
	assert.Equal(t, date(2020, 4, 1), s.Daily[0].Day)
	_, err = clv.Summarize(context.Background(), stream(orders, nil), &clv.SummaryOptions{Occasions: cxmodel.PerOnce})
	require.ErrorIs(t, err, clv.ErrOption)
	_, err = clv.Summarize(context.Background(), stream(orders, nil), &clv.SummaryOptions{Occasions: cxmodel.PerYear, Unit: clv.Week, End: date(2024, 12, 31)})
	require.ErrorIs(t, err, clv.ErrOption)
	_, err = clv.Summarize(context.Background(), stream(orders, nil), &clv.SummaryOptions{Occasions: cxmodel.PerYear})
	require.ErrorIs(t, err, clv.ErrOption)
}
