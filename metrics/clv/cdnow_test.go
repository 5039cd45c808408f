package clv_test

import (
	"context"
	"math"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics/clv"
)

var (
	calibrationEnd = cxmodel.Date{Year: 1997, Month: 9, Day: 30}
	holdoutEnd     = cxmodel.Date{Year: 1998, Month: 6, Day: 30}
)

// cdnowSummary returns CDNOW in weeks: 39 of calibration, 39 of holdout.
func cdnowSummary(t testing.TB) *clv.Summary {
	t.Helper()
	dataFile(t, "CDNOW_sample.txt")
	s, err := cdnowOnce()
	require.NoError(t, err)
	return s
}

var cdnowOnce = sync.OnceValues(func() (*clv.Summary, error) {
	var t testing.T
	return clv.Summarize(context.Background(), cdnowReader(&t).All(), &clv.SummaryOptions{Unit: clv.Week, End: calibrationEnd, HoldoutEnd: holdoutEnd})
})

// cdnow78 returns CDNOW in weeks, all 78 of calibration.
func cdnow78(t testing.TB) *clv.Summary {
	t.Helper()
	s, err := clv.Summarize(context.Background(), cdnowReader(t).All(), &clv.SummaryOptions{Unit: clv.Week, End: holdoutEnd})
	require.NoError(t, err)
	return s
}

// roundedSummary returns the well-known CSV of CDNOW, whose times are rounded to two decimals.
func roundedSummary(t testing.TB) *clv.Summary {
	t.Helper()
	s := &clv.Summary{Unit: clv.Week}
	for _, row := range table(t, "cdnow_customers_summary.csv") {
		s.Customers = append(s.Customers, clv.Customer{Frequency: int(row[1]), Recency: row[2], Age: row[3]})
	}
	return s
}

// checker is what *testing.T and *rapid.T share.
type checker interface {
	Errorf(format string, args ...any)
	Helper()
}

// within checks a number against one of so many printed digits.
func within(t checker, want, got, relative float64, what string) {
	t.Helper()
	if want == 0 {
		assert.InDelta(t, want, got, relative, what)
		return
	}
	assert.InDelta(t, want, got, relative*math.Abs(want), what)
}

func parametersWithin(t testing.TB, want, got []float64, relative float64) {
	t.Helper()
	require.Len(t, got, len(want))
	for i := range want {
		within(t, want[i], got[i], relative, "parameter")
	}
}

func TestSummaryOfCDNOW(t *testing.T) {
	s := cdnowSummary(t)
	// Fader, Hardie & Lee (2005): 2,357 customers, 946 repeaters; 1,882 repeat orders in the next 39 weeks.
	assert.Equal(t, 2357., s.Size())
	assert.Equal(t, 946., s.Repeaters())
	holdout := 0
	for _, h := range s.Holdout {
		holdout += h.Frequency
	}
	assert.Equal(t, 1882, holdout)
	assert.InDelta(t, 39, s.HoldoutSpan, 1e-12)
	assert.Equal(t, 6919, s.Orders)
	assert.Equal(t, "244091.94 USD", s.Revenue.String())
	assert.Zero(t, s.RejectedCount+s.Late+s.Newer+s.Unordered+s.Refunds)
	// The first day's customers have T = 272/7; customer 1516 has x = 26, t_x = 30.857143, T = 31 (BTYD vignette).
	assert.Equal(t, 272./7, s.Customers[0].Age)
	assert.Equal(t, 26, s.Customers[1515].Frequency)
	assert.InDelta(t, 30.857143, s.Customers[1515].Recency, 1e-6)
	assert.InDelta(t, 31, s.Customers[1515].Age, 1e-12)
	g, err := s.Group()
	require.NoError(t, err)
	assert.Len(t, g.Customers, 1016)
	assert.Equal(t, 2357., g.Size())
}
