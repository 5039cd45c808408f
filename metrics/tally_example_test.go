package metrics_test

import (
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
)

func ExampleTally() {
	scale := cxmodel.Scale{Max: 10}
	monday, tuesday := metrics.NewTally(scale), metrics.NewTally(scale)
	for _, score := range []float64{9, 10, 7, math.NaN(), 8.5, 2} {
		monday.Add(score)
	}
	for _, score := range []float64{10, 10, 9, 6.5, 99} {
		tuesday.Add(score)
	}

	week := monday.Clone()
	if err := week.Merge(tuesday); err != nil {
		fmt.Println(err)
		return
	}
	e, err := week.NPS(nil)
	fmt.Println(e, err)

	if err := week.Sub(monday); err != nil { // the window moves on
		fmt.Println(err)
		return
	}
	fmt.Println(week.Equal(tuesday))
	// Output:
	// NPS +33 (95 % CI -23..+72, n=9, 1 missing, 1 off scale, score); more than one answer in 20 is off the scale, check that the scale is the question's <nil>
	// true
}

// Answers that come one by one.
func ExampleNewTally() {
	t := metrics.NewTally(cxmodel.Scale{Min: 1, Max: 5})
	for _, stars := range []float64{5, 4, 4.5, 1} {
		t.Add(stars)
	}
	if err := t.AddMissing(2); err != nil {
		panic(err)
	}
	fmt.Println(t.N(), t.Missing(), t.Count(4.5))
	// Output: 4 2 1
}

// One question, read as several metrics.
func ExampleTallyOf() {
	t := metrics.TallyOf([]int{5, 4, 4, 2, 5, 3, 5, 4}, cxmodel.Scale{Min: 1, Max: 5})
	satisfied, err := t.CSAT(nil)
	if err != nil {
		panic(err)
	}
	mean, err := t.MeanCSAT(nil)
	if err != nil {
		panic(err)
	}
	fmt.Println(satisfied.Value, mean.Value) // six of eight, and 32/8
	// Output: 0.75 4
}

func ExampleTally_MarshalBinary() {
	day := metrics.TallyOf([]int{9, 10, 10, 7, 3}, cxmodel.Scale{Max: 10})
	column, err := day.MarshalBinary() // into a database
	if err != nil {
		fmt.Println(err)
		return
	}
	var back metrics.Tally
	fmt.Println(len(column), "bytes", back.UnmarshalBinary(column), back.Equal(day))
	// Output:
	// 18 bytes <nil> true
}

func ExampleTallyOfCounts() {
	// One count per point, from a GROUP BY: 14 ones, 9 twos and so on.
	t, err := metrics.TallyOfCounts(cxmodel.Scale{Min: 1, Max: 5}, []int{14, 9, 10, 32, 42})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(t.CSAT(nil))
	fmt.Println(t.MeanCSAT(nil))
	fmt.Println(t.BottomBox(1, nil))
	fmt.Printf("standard deviation %.3f\n", t.StdDev())
	// Output:
	// CSAT 69.2 % (95 % CI 59.9..77.1 %, n=107, Wilson) <nil>
	// mean CSAT 3.74 (95 % CI 3.47..4.01, n=107, t) <nil>
	// bottom-1 box 13.1 % (95 % CI 8.0..20.8 %, n=107, Wilson) <nil>
	// standard deviation 1.396
}

func ExampleTally_Scores() {
	t := metrics.TallyOf([]float64{4, 3.5, 4, 5}, cxmodel.Scale{Min: 1, Max: 5})
	for score, n := range t.Scores() {
		fmt.Println(score, n)
	}
	// Output:
	// 3.5 1
	// 4 2
	// 5 1
}

func ExampleTally_TopBox() {
	t := metrics.TallyOf([]int{7, 6, 4, 7, 5}, cxmodel.Scale{Min: 1, Max: 7})
	fmt.Println(t.TopBox(2, nil))
	// Output:
	// top-2 box 60.0 % (95 % CI 23.1..88.2 %, n=5, Wilson) <nil>
}
