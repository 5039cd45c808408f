package metrics_test

import (
	"fmt"
	"os"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
)

// The three steps: count, read the estimate, compare.
func Example() {
	online := []int{10, 9, 9, 8, 10, 7, 3, 10, 9, 6, 9, 10}
	store := []int{7, 6, 9, 4, 8, 10, 5, 7, 3, 9, 8, 6}

	a, err := metrics.NPS(online, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	b, err := metrics.NPS(store, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(a)
	fmt.Println(b)

	d, err := metrics.Difference(a, b)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(d)
	// Output:
	// NPS +50 (95 % CI -2..+80, n=12, score)
	// NPS -17 (95 % CI -55..+29, n=12, score)
	// NPS difference +67 (95 % CI -2..+115, includes 0, n=12 and 12, MOVER from score)
}

func ExampleTable() {
	table := metrics.Table{Labels: []string{"touchpoint"}}
	for _, row := range []struct {
		touchpoint                      string
		detractors, passives, promoters int
	}{{"checkout", 30, 50, 120}, {"delivery", 2, 1, 1}} {
		e, err := metrics.NPSOf(row.detractors, row.passives, row.promoters, nil)
		if err != nil {
			fmt.Println(err)
			return
		}
		table.Add(e, row.touchpoint)
	}
	if err := table.WriteMarkdown(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// | touchpoint | metric | value | interval | n | notes |
	// | --- | --- | ---: | --- | ---: | --- |
	// | checkout | NPS | +45 | +34..+55 (95 %) | 200 |  |
	// | delivery | NPS | -25 | -78..+50 (95 %) | 4 | fewer than 5 answers, collect more before acting on it |
}

func ExampleTable_WriteCSV() {
	table := metrics.Table{Labels: []string{"month"}}
	e, err := metrics.CSATOf(74, 107, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	table.Add(e, "2026-11")
	if err := table.WriteCSV(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// month,metric,value,low,high,unit,level,n,effective-n,missing,off-scale,method,definition,warnings
	// 2026-11,CSAT,0.6915887850467289,0.5987150913219855,0.7711826025212977,share,0.95,107,107,0,0,Wilson,satisfied of answers,
}

func ExampleDifference() {
	spring, _ := metrics.NPSOf(150, 350, 500, nil)
	autumn, _ := metrics.NPSOf(200, 350, 450, nil)
	d, err := metrics.Difference(spring, autumn)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(d)
	z, p := metrics.ZTest(d.Value, d.StdErr)
	fmt.Printf("z = %.2f, p = %.4f\n", z, p)
	// Output:
	// NPS difference +10 (95 % CI +3..+17, excludes 0, n=1000 and 1000, MOVER from score)
	// z = 2.99, p = 0.0027
}

func ExampleZTest() {
	e, _ := metrics.NPSOf(120, 300, 80, nil)
	z, p := metrics.ZTest(e.Value, e.StdErr)
	fmt.Printf("z = %.2f, p = %.4f\n", z, p)
	// Output:
	// z = -2.85, p = 0.0044
}

func ExampleProportion() {
	for _, m := range []metrics.ProportionMethod{metrics.Wilson, metrics.ClopperPearson, metrics.AgrestiCoull, metrics.Jeffreys, metrics.Wald} {
		e, err := metrics.Proportion(1, 29, &metrics.ProportionOptions{Method: m})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(e)
	}
	// Output:
	// proportion 3.4 % (95 % CI 0.6..17.2 %, n=29, Wilson)
	// proportion 3.4 % (95 % CI 0.1..17.8 %, n=29, Clopper-Pearson)
	// proportion 3.4 % (95 % CI 0.0..18.6 %, n=29, Agresti-Coull); a limit left the range and was moved to its end, collect more answers or use the default method
	// proportion 3.4 % (95 % CI 0.4..15.0 %, n=29, Jeffreys)
	// proportion 3.4 % (95 % CI 0.0..10.1 %, n=29, Wald); a limit left the range and was moved to its end, collect more answers or use the default method; the Wald interval is too narrow below 100 answers, use the default method
}

func ExampleProportionOfWeights() {
	// 100 answers whose weights say as much as 62 unweighted ones.
	e, err := metrics.ProportionOfWeights(41.2, 88.4, 100, 62, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(e)
	// Output:
	// proportion 46.6 % (95 % CI 34.8..58.9 %, n=100, effective 62, Wilson)
}

func ExampleMean() {
	e, err := metrics.Mean([]float64{4, 5, 3.5, 4, 2}, cxmodel.Scale{Min: 1, Max: 5}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(e)
	// Output:
	// mean 3.70 (95 % CI 2.34..5.00, n=5, t); a limit left the range and was moved to its end, collect more answers or use the default method
}

func ExamplePercents() {
	percents, err := metrics.Percents([]int{1, 1, 1})
	fmt.Println(percents, err)
	// Output:
	// [34 33 33] <nil>
}
