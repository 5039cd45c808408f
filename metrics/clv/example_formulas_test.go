package clv_test

import (
	"fmt"
	"os"

	"github.com/cxmodel/cxmodel/metrics/clv"
)

// A customer brings 100 a year, four of five stay on, and money costs 10 %: 100 × 1.1/(1.1 - .8) = 366.67.
func ExampleLifetimeRevenue() {
	v, err := clv.LifetimeRevenue(100, clv.Terms{Retention: .8, Discount: .1, Timing: clv.PayAtStart})
	fmt.Printf("%.2f %v\n", v, err)
	// Output: 366.67 <nil>
}

// Two years with their own rates, nothing counted after them: 40 (1 + .6/1.1 + .48/1.1²) = 77.69.
func ExampleCLVFromCurve() {
	curve, err := clv.CurveFromRates([]float64{.6, .8})
	if err != nil {
		fmt.Println(err)
		return
	}
	v, err := clv.CLVFromCurve(40, curve, clv.Terms{Discount: .1, Timing: clv.PayAtStart})
	fmt.Printf("%.2f %.2f %v\n", curve, v, err)
	// Output: [1.00 0.60 0.48] 77.69 <nil>
}

// After two periods .8 × .9 of the cohort is left.
func ExampleCurveFromRates() {
	curve, err := clv.CurveFromRates([]float64{.8, .9})
	fmt.Printf("%.2f %v\n", curve, err)
	// Output: [1.00 0.80 0.72] <nil>
}

func ExampleCurveFromCounts() {
	curve, err := clv.CurveFromCounts([]int{1000, 869, 743})
	fmt.Println(curve, err)
	// Output: [1 0.869 0.743] <nil>
}

// 15 % a year on weekly data: ln(1.15)/52.
func ExampleContinuousRate() {
	fmt.Printf("%.5f\n", clv.ContinuousRate(.15, 52))
	// Output: 0.00269
}

// 12 % a year is .949 % a month, not 1 %: 1.12^(1/12) - 1.
func ExamplePeriodRate() {
	fmt.Printf("%.5f\n", clv.PeriodRate(.12, 12))
	// Output: 0.00949
}

func ExampleSimulateCohort() {
	c, err := clv.SimulateCohort(clv.SBG{Alpha: .668, Beta: 3.806}, 1000, 7, 1)
	fmt.Println(c.Alive[0], len(c.Alive), c.Alive[7] < c.Alive[1], err)
	// Output: 1000 8 true <nil>
}

func ExampleChoices() {
	for _, c := range clv.Choices()[:2] {
		fmt.Println(c.Model)
	}
	// Output:
	// BG/NBD
	// MBG/NBD
}

// The segments are data: take them over, or write your own.
func ExampleRFMSegments() {
	for _, rule := range clv.RFMSegments()[:2] {
		fmt.Println(rule.Name, "from recency", rule.MinR, "and frequency", rule.MinF)
	}
	// Output:
	// champions from recency 4 and frequency 4
	// loyal from recency 3 and frequency 3
}

func ExampleCountTransitions() {
	spring := map[string]string{"anna": "active", "ben": "active", "carl": "asleep"}
	summer := map[string]string{"anna": "active", "ben": "asleep", "dora": "active"}
	t, err := clv.CountTransitions(spring, summer)
	fmt.Println(t.States, t.Counts, t.New, "new,", t.Gone, "gone", err)
	// Output: [active asleep] [[1 1] [0 0]] 1 new, 1 gone <nil>
}

func ExampleWriteCSV() {
	rows := []clv.FrequencyRow{{Frequency: 0, Actual: 12, Expected: 11.5}, {Frequency: 1, Actual: 4, Expected: 4.25}}
	if err := clv.WriteCSV(os.Stdout, rows); err != nil {
		fmt.Println(err)
	}
	// Output:
	// frequency,actual,expected
	// 0,12,11.5
	// 1,4,4.25
}
