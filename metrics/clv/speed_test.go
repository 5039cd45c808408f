package clv_test

import (
	"context"
	"fmt"
	"math"
	"testing"

	"github.com/cxmodel/cxmodel/metrics/clv"
)

// dailyBase returns n simulated customers with times rounded to days, as an order log has them, in weeks.
func dailyBase(b *testing.B, m clv.Model, n int) *clv.Summary {
	b.Helper()
	s, err := clv.Simulate(context.Background(), m, &clv.SimulateOptions{Customers: n, Age: 52, Spread: 39, Unit: clv.Week, Seed: 1})
	if err != nil {
		b.Fatal(err)
	}
	for i := range s.Customers {
		c := &s.Customers[i]
		c.Age = math.Ceil(c.Age*7) / 7
		c.Recency = min(math.Ceil(c.Recency*7)/7, c.Age)
	}
	return s
}

// lifetimes 0.11.3: CDNOW .042 s grouped; 1 million customers 10.1 s raw, 2.8 s grouped.
func BenchmarkFitBGNBD(b *testing.B) {
	s := cdnowSummary(b)
	b.Run("CDNOW", func(b *testing.B) {
		for b.Loop() {
			if _, err := clv.FitBGNBD(context.Background(), s, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
	for _, n := range []int{1_000_000} {
		s := dailyBase(b, bgExact, n)
		b.Run(fmt.Sprintf("customers=%d", n), func(b *testing.B) {
			for b.Loop() {
				f, err := clv.FitBGNBD(context.Background(), s, nil)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(f.Rows), "rows")
				b.ReportMetric(float64(f.Iterations), "steps")
			}
		})
	}
}

// lifetimes 0.11.3: CDNOW .27 s; 1 million customers 451 s.
func BenchmarkFitParetoNBD(b *testing.B) {
	s := cdnowSummary(b)
	b.Run("CDNOW", func(b *testing.B) {
		for b.Loop() {
			if _, err := clv.FitParetoNBD(context.Background(), s, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
	for _, n := range []int{100_000, 1_000_000} {
		s := dailyBase(b, paretoExact, n)
		b.Run(fmt.Sprintf("customers=%d", n), func(b *testing.B) {
			for b.Loop() {
				f, err := clv.FitParetoNBD(context.Background(), s, nil)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(f.Rows), "rows")
				b.ReportMetric(float64(f.Iterations), "steps")
			}
		})
	}
}

// lifetimes 0.11.3: 181 thousand repeaters 1.3 s; 917 thousand end in a ConvergenceError.
func BenchmarkFitGammaGamma(b *testing.B) {
	s, err := clv.Simulate(context.Background(), clv.BGNBD{R: 5, Alpha: 8, A: .4, B: 4}, &clv.SimulateOptions{Customers: 917_000, Age: 52, Unit: clv.Week, Spend: &clv.GammaGamma{P: 6.25, Q: 3.74, Gamma: 15.44}, Currency: "EUR", Seed: 1})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		f, err := clv.FitGammaGamma(context.Background(), s, nil)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(f.Customers, "repeaters")
		b.ReportMetric(float64(f.Iterations), "steps")
	}
}

// lifetimes 0.11.3: 44.6 s.
func BenchmarkSimulate(b *testing.B) {
	for b.Loop() {
		if _, err := clv.Simulate(context.Background(), bgExact, &clv.SimulateOptions{Customers: 1_000_000, Age: 52, Spread: 26, Unit: clv.Week, Seed: 1}); err != nil {
			b.Fatal(err)
		}
	}
}
