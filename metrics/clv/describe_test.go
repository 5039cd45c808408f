package clv_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics/clv"
)

// cdnow returns the public CDNOW sample as a CSV file: customer, day, dollars.
func cdnow(t testing.TB) string {
	t.Helper()
	raw, err := os.ReadFile(dataFile(t, "CDNOW_sample.txt"))
	require.NoError(t, err)
	rows := regexp.MustCompile(`(?m)^ *(\d+) +\d+ +(\d+) +\d+ +([\d.]+)\r?$`)
	return "customer,date,amount\n" + rows.ReplaceAllString(string(raw), "$1,$2,$3")
}

func cdnowReader(t testing.TB) *clv.Reader {
	return clv.NewReader(strings.NewReader(cdnow(t)), &clv.ReaderOptions{Currency: "USD"})
}

// stream yields orders, and an error as the last element if there is one.
func stream(orders []clv.Order, last error) iter.Seq2[clv.Order, error] {
	return func(yield func(clv.Order, error) bool) {
		for _, o := range orders {
			if !yield(o, nil) {
				return
			}
		}
		if last != nil {
			yield(clv.Order{}, last)
		}
	}
}

func order(t testing.TB, customer, when, amount string) clv.Order {
	t.Helper()
	at, err := time.Parse("2006-01-02 15:04", when)
	require.NoError(t, err)
	return clv.Order{Customer: customer, Time: at, Amount: money(t, amount)}
}

func TestDescribeCDNOW(t *testing.T) {
	r := cdnowReader(t)
	o, err := clv.Describe(context.Background(), r.All(), nil)
	require.NoError(t, err)
	_, rejected := r.Rejected()
	assert.Zero(t, rejected)
	// Counted from the file by awk: 6,919 rows, 2,357 customers, 1,139 with a second day; the dollars add up to 244,091.94.
	assert.Equal(t, 6919, o.Orders)
	assert.Equal(t, 2357, o.Customers)
	assert.Equal(t, 1139, o.Repeaters)
	assert.Equal(t, money(t, "244091.94 USD"), o.Revenue)
	assert.Equal(t, "1997-01-01", o.First.String())
	assert.Equal(t, "1998-06-30", o.Last.String())
	assert.InDelta(t, 1139./2357, o.RepeatRate.Value, 1e-15)
	// Wilson: p = .483241, n = 2357, z = 1.959964: centre (p+z²/2n)/(1+z²/n) = .483269, half width .020158.
	assert.InDelta(t, .463111, o.RepeatRate.Low, 2e-6)
	assert.InDelta(t, .503427, o.RepeatRate.High, 2e-6)
	assert.InDelta(t, 244091.94/6919, o.PerOrder.Value, 1e-9)
	assert.InDelta(t, 103.56, o.PerCustomer.Value, .005)
	assert.Less(t, o.PerCustomer.Low, o.PerCustomer.Value)
	// All customers began in the first quarter of 1997 and the log covers six quarters, so the retention seen gives
	// back the revenue seen: what a customer has brought in six quarters.
	assert.Len(t, o.Retention, 6)
	assert.InDelta(t, 244091.94/2357, o.LifetimeRevenue.Value, 1e-9)
	assert.InDelta(t, o.PerCustomer.Low, o.LifetimeRevenue.Low, 1e-9)
}

func TestDescribeDoesNotDependOnTheOrderOfTheLog(t *testing.T) {
	var orders []clv.Order
	for o, err := range cdnowReader(t).All() {
		require.NoError(t, err)
		orders = append(orders, o)
	}
	for _, per := range []cxmodel.Per{cxmodel.PerMonth, cxmodel.PerQuarter, cxmodel.PerYear} {
		opts := &clv.DescribeOptions{Period: per, Discount: .02}
		want, err := clv.Describe(context.Background(), stream(orders, nil), opts)
		require.NoError(t, err)
		rng := rand.New(rand.NewPCG(1, 2))
		shuffled := slices.Clone(orders)
		rng.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		got, err := clv.Describe(context.Background(), stream(shuffled, nil), opts)
		require.NoError(t, err)
		assert.Equal(t, want.Revenue, got.Revenue)
		assert.Equal(t, want.Retention, got.Retention)
		assert.Equal(t, want.Repeaters, got.Repeaters)
		assert.InEpsilon(t, want.LifetimeRevenue.High, got.LifetimeRevenue.High, 1e-12)
	}
}

func TestRetentionCountsWhomTheLogCovers(t *testing.T) {
	// Three customers by month; the log covers January to March. anna: January, March. ben: January. cleo: March,
	// not covered in full for a month after, and twice on one day, which is no repeat.
	orders := []clv.Order{
		order(t, "anna", "2026-01-05 10:00", "10 EUR"), order(t, "ben", "2026-01-31 23:59", "10 EUR"),
		order(t, "cleo", "2026-03-02 09:00", "20 EUR"), order(t, "cleo", "2026-03-02 18:00", "20 EUR"),
		order(t, "anna", "2026-03-31 10:00", "15 EUR"), order(t, "anna", "2026-03-31 11:00", "-5 EUR"),
	}
	o, err := clv.Describe(context.Background(), stream(orders, nil), &clv.DescribeOptions{Period: cxmodel.PerMonth})
	require.NoError(t, err)
	require.Len(t, o.Retention, 3)
	assert.Equal(t, []int{3, 2, 2}, []int{o.Retention[0].N, o.Retention[1].N, o.Retention[2].N})
	assert.Equal(t, []float64{1, 0, .5}, []float64{o.Retention[0].Value, o.Retention[1].Value, o.Retention[2].Value})
	assert.Equal(t, 5, o.Orders)
	assert.Equal(t, 1, o.Refunds)
	assert.Equal(t, 1, o.Repeaters)
	assert.Equal(t, money(t, "70 EUR"), o.Revenue)
	// 70 over 4 months with an order, times 1 + 0 + .5
	assert.InDelta(t, 70./4*1.5, o.LifetimeRevenue.Value, 1e-12)

	// The log ends on 30 March: March is not covered.
	o, err = clv.Describe(context.Background(), stream(orders[:4], nil), &clv.DescribeOptions{Period: cxmodel.PerMonth, Through: cxmodel.Date{Year: 2026, Month: 3, Day: 30}})
	require.NoError(t, err)
	assert.Len(t, o.Retention, 2)

	// At a day that begins at 12:00 cleo's orders are on two days, at one that begins at 4:00 on one.
	o, err = clv.Describe(context.Background(), stream(orders[2:4], nil), &clv.DescribeOptions{Calendar: clv.Calendar{DayStart: 12 * time.Hour}})
	require.NoError(t, err)
	assert.Equal(t, 1, o.Repeaters)
	// East of Greenwich by two hours ben's order of 31 January falls into February.
	o, err = clv.Describe(context.Background(), stream(orders[1:2], nil), &clv.DescribeOptions{Calendar: clv.Calendar{Location: time.FixedZone("", 7200)}})
	require.NoError(t, err)
	assert.Equal(t, "2026-02-01", o.First.String())
}

// A customer of a hundred months pays 1 EUR in each; what is followed is 64 of them.
func TestTheCurveOfALongLogEndsAndItsRevenueWithIt(t *testing.T) {
	var log []clv.Order
	for k := range 100 {
		log = append(log, clv.Order{Customer: "anna", Time: time.Date(2018, time.Month(1+k), 5, 0, 0, 0, 0, time.UTC), Amount: money(t, "1 EUR")})
	}
	opts := &clv.DescribeOptions{Period: cxmodel.PerMonth, Through: cxmodel.Date{Year: 2026, Month: 12, Day: 31}}
	o, err := clv.Describe(context.Background(), stream(log, nil), opts)
	require.NoError(t, err)
	require.Len(t, o.Retention, 64)
	assert.InDelta(t, 64, o.LifetimeRevenue.Value, 1e-12)
	// Backwards, and with two orders in some months, it is the same.
	twice := slices.Clone(log)
	slices.Reverse(twice)
	o, err = clv.Describe(context.Background(), stream(twice, nil), opts)
	require.NoError(t, err)
	assert.InDelta(t, 64, o.LifetimeRevenue.Value, 1e-12)
	o, err = clv.Describe(context.Background(), stream(append(log, log[99], log[99]), nil), opts)
	require.NoError(t, err)
	assert.InDelta(t, 64*1.02, o.LifetimeRevenue.Value, 1e-12)
}

// Of amounts that differ in their last digit the squares of the sums say nothing.
func TestTheIntervalOfLargeAmountsIsNotLost(t *testing.T) {
	var log []clv.Order
	for k := range 4 {
		log = append(log, clv.Order{Customer: string(rune('a' + k)), Time: time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC), Amount: money(t, fmt.Sprintf("%d EUR", 1_000_000_000_000+k))})
	}
	o, err := clv.Describe(context.Background(), stream(log, nil), nil)
	require.NoError(t, err)
	assert.InDelta(t, math.Sqrt(5./3/4), o.PerOrder.StdErr, 1e-6) // of 0, 1, 2, 3: variance 5/3, over 4
}

// Summarize and Describe leave out the same orders, and say so in the same words.
func TestOrdersThatCannotBeUsedAreListedAlike(t *testing.T) {
	good := order(t, "anna", "2026-01-05 10:00", "10 EUR")
	late := clv.Order{Customer: "x", Time: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), Amount: money(t, "1 USD")}
	log := []clv.Order{{Time: good.Time, Amount: money(t, "1 USD")}, good, {Customer: "x"}, late}
	o, err := clv.Describe(context.Background(), stream(log, nil), nil)
	require.NoError(t, err)
	s, err := clv.Summarize(context.Background(), stream(log, nil), nil)
	require.NoError(t, err)
	assert.Equal(t, []int{1, 1, 3}, []int{o.Customers, o.Orders, o.RejectedCount})
	assert.Equal(t, money(t, "10 EUR"), o.Revenue, "their money is left out too")
	assert.Equal(t, s.Rejected, o.Rejected)
	assert.Equal(t, "unusable-order", o.Rejected[0].Code)
	require.ErrorIs(t, o.Rejected[0], clv.ErrInvalid)
	assert.NotContains(t, o.Rejected[0].Message, "clv:")

	_, err = clv.Describe(context.Background(), stream(log[2:], nil), nil)
	require.ErrorIs(t, err, clv.ErrNoData)
	_, same := clv.Summarize(context.Background(), stream(log[2:], nil), nil)
	assert.Equal(t, same, err)
	assert.ErrorContains(t, err, "none of the 2 orders can be used, the first because of this: input outside its range: customer \"x\" has an order at")
}

func TestDescribeSaysWhatItCannotCount(t *testing.T) {
	good := order(t, "anna", "2026-01-05 10:00", "10 EUR")
	gone := errors.New("gone")
	for name, c := range map[string]struct {
		orders []clv.Order
		last   error
		opts   *clv.DescribeOptions
		want   error
	}{
		"nothing":            {nil, nil, nil, clv.ErrNoData},
		"only a refund":      {[]clv.Order{order(t, "anna", "2026-01-05 10:00", "-10 EUR")}, nil, nil, clv.ErrNoData},
		"two currencies":     {[]clv.Order{good, order(t, "ben", "2026-01-05 10:00", "1 USD")}, nil, nil, cxmodel.ErrMixed},
		"no customer":        {[]clv.Order{{Time: good.Time, Amount: good.Amount}}, nil, nil, clv.ErrInvalid},
		"no time":            {[]clv.Order{{Customer: "a", Amount: good.Amount}}, nil, nil, clv.ErrInvalid},
		"a failing stream":   {[]clv.Order{good}, gone, nil, gone},
		"through too early":  {[]clv.Order{good}, nil, &clv.DescribeOptions{Through: cxmodel.Date{Year: 2025, Month: 1, Day: 1}}, clv.ErrOption},
		"period":             {[]clv.Order{good}, nil, &clv.DescribeOptions{Period: cxmodel.PerOnce}, clv.ErrOption},
		"discount":           {[]clv.Order{good}, nil, &clv.DescribeOptions{Discount: -1}, clv.ErrOption},
		"a day of 25 hours":  {[]clv.Order{good}, nil, &clv.DescribeOptions{Calendar: clv.Calendar{DayStart: 25 * time.Hour}}, clv.ErrOption},
		"more than all sums": {[]clv.Order{order(t, "a", "2026-01-05 10:00", "900000000000000000 EUR"), order(t, "b", "2026-01-05 10:00", "9000000000000000000 EUR")}, nil, nil, cxmodel.ErrOverflow},
	} {
		_, err := clv.Describe(context.Background(), stream(c.orders, c.last), c.opts)
		require.ErrorIs(t, err, c.want, name)
	}
	// Refunds of somebody who has no order are left out, and counted.
	o, err := clv.Describe(context.Background(), stream([]clv.Order{good, order(t, "ben", "2026-01-06 10:00", "-3 EUR")}, nil), nil)
	require.NoError(t, err)
	assert.Equal(t, 1, o.Unmatched)
	assert.Equal(t, money(t, "10 EUR"), o.Revenue)
	assert.True(t, math.IsNaN(o.PerCustomer.Low), "one customer has no interval")
}
