package metricstest_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/metricstest"
)

// printer prints what a test would log; in a test pass its t.
type printer struct{ testing.TB }

func (printer) Helper()                           {}
func (printer) Errorf(format string, args ...any) { fmt.Printf(format+"\n", args...) }

var t printer

// A service is fed with answers whose truth is known, and what it computes is held to that truth.
func ExamplePlausible() {
	population := metricstest.Answers{Seed: 7, Customers: 500}
	population.Shares[3], population.Shares[8], population.Shares[10] = .2, .3, .5
	rows, err := population.Rows()
	if err != nil {
		panic(err)
	}
	var store metricstest.Recorder[metricstest.Answer]
	for _, r := range rows { // the service under test
		if err := store.Record(context.Background(), r); err != nil {
			panic(err)
		}
	}
	score := func(a metricstest.Answer) float64 { return a.Score }
	nps, err := store.Tally(cxmodel.Scale{Max: 10}, score).NPS(nil)
	if err != nil {
		panic(err)
	}
	fmt.Println(metricstest.Plausible(t, nps, population.NPS(), nil))
	// Output: true
}

func ExampleNotWorse() {
	before, _ := metrics.NPSOf(100, 300, 600, nil)
	after, _ := metrics.NPSOf(200, 300, 500, nil)
	metricstest.NotWorse(t, after, before, 3, nil)
	// Output:
	// metricstest: NPS is more than 3 worse than the baseline
	//   got:        NPS +30 (95 % CI +25..+35, n=1000, score)
	//   baseline:   NPS +50 (95 % CI +46..+54, n=1000, score)
	//   difference: NPS difference -20 (98 % CI -28..-12, excludes 0, n=1000 and 1000, MOVER from score)
	//   it is worse by at least 12.41, one-sided at alpha 0.01
}

func ExampleNonInferior() {
	before, _ := metrics.NPSOf(100, 300, 600, nil)
	after, _ := metrics.NPSOf(9, 31, 60, nil)
	metricstest.NonInferior(t, after, before, 3, nil)
	// Output:
	// metricstest: NPS is not shown to be less than 3 worse than the baseline
	//   got:        NPS +51 (95 % CI +37..+63, n=100, score)
	//   baseline:   NPS +50 (95 % CI +46..+54, n=1000, score)
	//   difference: NPS difference +1 (98 % CI -16..+16, includes 0, n=100 and 1000, MOVER from score)
	//   it may be worse by 16.44, one-sided at alpha 0.01
}

func ExampleAnswers() {
	p := metricstest.Answers{Seed: 1, Customers: 2, Start: monday, Span: 48 * time.Hour}
	p.Shares[6], p.Shares[9] = .4, .6
	rows, err := p.Rows()
	if err != nil {
		panic(err)
	}
	fmt.Println(len(rows), rows[1].Customer, rows[1].Time.Format(time.DateOnly))
	fmt.Printf("NPS %.0f, mean %.1f\n", p.NPS(), p.Mean())
	// Output:
	// 2 customer-2 2026-03-03
	// NPS 20, mean 7.8
}

func ExampleOrders() {
	p := metricstest.Orders{Seed: 1, Customers: 100, Rate: .02, Leave: .005, Amount: 35, Start: monday, Days: 365}
	rows, err := p.Rows()
	if err != nil {
		panic(err)
	}
	fmt.Println(len(rows) > 100, rows[0].Time.Equal(monday))
	fmt.Printf("%.2f orders a customer, %.0f %% buy again\n", p.MeanOrders(), 100*p.Repeat())
	// Output:
	// true true
	// 4.36 orders a customer, 80 % buy again
}

func ExampleTickets() {
	p := metricstest.Tickets{Seed: 1, N: 100, Median: 8 * time.Hour, FirstContact: .7, Start: monday, Span: 72 * time.Hour}
	rows, err := p.Rows()
	if err != nil {
		panic(err)
	}
	open := 0
	for _, t := range rows {
		if t.Resolved.IsZero() {
			open++
		}
	}
	fmt.Printf("some are open: %v; %.0f %% are resolved within a day\n", open > 0, 100*p.Within(24*time.Hour))
	// Output: some are open: true; 88 % are resolved within a day
}

func ExampleVisits() {
	p := metricstest.Visits{Seed: 1, N: 2, Steps: []string{"search", "cart", "pay"}, Continue: []float64{1, .5}, Gap: time.Minute, Start: monday, Span: time.Hour}
	rows, err := p.Rows()
	if err != nil {
		panic(err)
	}
	for _, e := range rows[:2] {
		fmt.Println(e.Case, e.Activity)
	}
	fmt.Println(p.Reach("pay"))
	// Output:
	// visit-1 search
	// visit-1 cart
	// 0.5
}

func ExampleRecorder() {
	var store metricstest.Recorder[string]
	store.FailWith(fmt.Errorf("store is down"))
	fmt.Println(store.Record(context.Background(), "an answer"))
	store.FailWith(nil)
	fmt.Println(store.Record(context.Background(), "an answer"), store.Rows())
	// Output:
	// store is down
	// <nil> [an answer]
}

// An accumulator that keeps only a sum and a number forgets what was missing.
func ExampleCheckAccumulator() {
	type sums struct {
		sum float64
		n   int
	}
	scale := cxmodel.Scale{Min: 1, Max: 5}
	err := metricstest.CheckAccumulator(metricstest.Accumulator[*sums]{
		Scale: scale,
		New:   func() *sums { return &sums{} },
		Add: func(a *sums, score float64) {
			if scale.Contains(score) {
				a.sum += score
				a.n++
			}
		},
		Merge: func(a, b *sums) error { a.sum += b.sum; a.n += b.n; return nil },
		Estimate: func(a *sums) (metrics.Estimate, error) {
			e := metrics.Estimate{Metric: "mean", Unit: metrics.UnitScore, Value: a.sum / float64(a.n), N: a.n}
			if a.n == 0 {
				return e, metrics.ErrNoData
			}
			return e, nil
		},
	})
	for _, err := range err.(interface{ Unwrap() []error }).Unwrap() {
		law, _, _ := strings.Cut(err.Error(), "\n")
		fmt.Println(law)
	}
	// Output:
	// metricstest: NaN is missing: [NaN NaN] among the answers
	// metricstest: off the scale is counted apart: [0 6 5.5 +Inf -Inf] among the answers
}
