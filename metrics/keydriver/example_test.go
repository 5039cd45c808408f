package keydriver_test

import (
	"context"
	"fmt"
	"math"
	"os"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics/keydriver"
)

// panel returns forty customers of a shop: how likely they are to recommend it, and how content they were with three
// touchpoints, on 0 to 10, but on 1 to 10 with the delivery. The fifth did not answer about that.
func panel() ([]float64, []keydriver.Driver) {
	search := []float64{8, 7, 9, 6, 8, 7, 5, 9, 8, 6}
	delivery := []float64{6, 9, 8, 3, 7, 9, 4, 8, 2, 7}
	returns := []float64{7, 7, 8, 6, 9, 8, 7, 9, 6, 8}
	var recommend, s, d, r []float64
	for i := range 40 {
		a, b, c := search[i%10], delivery[(3*i+i/10)%10], returns[(7*i+2*(i/10))%10]
		recommend = append(recommend, math.Round(.2*a+.7*b+.2*c+1.3*math.Sin(float64(i))))
		s, d, r = append(s, a), append(d, b), append(r, c)
	}
	d[4] = math.NaN()
	target, reach := 7., .35
	eleven, ten := cxmodel.Scale{Max: 10}, cxmodel.Scale{Min: 1, Max: 10}
	return recommend, []keydriver.Driver{
		{Key: "search", Values: s, Scale: eleven, Target: &target}, {Key: "delivery", Values: d, Scale: ten, Target: &target},
		{Key: "returns", Values: r, Scale: eleven, Target: &target, Reach: &reach},
	}
}

func ExampleAnalyze() {
	outcome, drivers := panel()
	a, err := keydriver.Analyze(context.Background(), outcome, drivers, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("n=%d, %d missing, R² %.2f\n", a.N, a.Missing, a.R2)
	for _, r := range a.Results {
		fmt.Printf("%s: %.0f %% of what is explained; %v\n", r.Key, 100*r.Importance, r.Correlation)
	}
	// Output:
	// n=39, 1 missing, R² 0.76
	// search: 3 % of what is explained; correlation 0.1405 (95 % CI -0.1831..0.4367, n=39, 1 missing, Fisher z)
	// delivery: 90 % of what is explained; correlation 0.8403 (95 % CI 0.7142..0.9136, n=39, 1 missing, Fisher z)
	// returns: 7 % of what is explained; correlation 0.2642 (95 % CI -0.05597..0.5351, n=39, 1 missing, Fisher z)
}

func ExampleAnalysis_WriteMarkdown() {
	outcome, drivers := panel()
	a, _ := keydriver.Analyze(context.Background(), outcome, drivers, nil)
	_ = a.WriteMarkdown(os.Stdout)
	// Output:
	// | driver | importance | lmg | relative weight | correlation | correlation low | correlation high | coefficient | coefficient low | coefficient high | standardised | performance | mean | n |
	// | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
	// | search | 0.031 | 0.024 | 0.024 | 0.141 | -0.183 | 0.437 | 0.234 | -0.005 | 0.473 | 0.164 | 0.728 | 7.282 | 39 |
	// | delivery | 0.9 | 0.686 | 0.686 | 0.84 | 0.714 | 0.914 | 0.627 | 0.498 | 0.755 | 0.82 | 0.584 | 6.256 | 39 |
	// | returns | 0.069 | 0.053 | 0.053 | 0.264 | -0.056 | 0.535 | 0.338 | 0.033 | 0.644 | 0.187 | 0.754 | 7.538 | 39 |
}

func ExampleAnalysis_ImportancePerformance() {
	outcome, drivers := panel()
	a, _ := keydriver.Analyze(context.Background(), outcome, drivers, nil)
	good := .7 // 7 on 0 to 10
	table, err := a.ImportancePerformance(&keydriver.PerformanceOptions{PerformanceCut: &good})
	if err != nil {
		fmt.Println(err)
		return
	}
	_ = table.WriteMarkdown(os.Stdout)
	// Output:
	// | driver | importance | performance | low | high | mean | quadrant | sure |
	// | --- | ---: | ---: | ---: | ---: | ---: | --- | --- |
	// | delivery | 0.9 | 0.584 | 0.497 | 0.671 | 6.256 | concentrate-here | true |
	// | returns | 0.069 | 0.754 | 0.721 | 0.787 | 7.538 | possible-overkill | true |
	// | search | 0.031 | 0.728 | 0.686 | 0.77 | 7.282 | possible-overkill | false |
}

func ExampleAnalysis_MomentsOfTruth() {
	outcome, drivers := panel()
	a, _ := keydriver.Analyze(context.Background(), outcome, drivers, nil)
	m, err := a.MomentsOfTruth([]cxmodel.Key{"search", "delivery", "unboxing"})
	if err != nil {
		fmt.Println(err)
		return
	}
	_ = m.WriteMarkdown(os.Stdout)
	fmt.Println("agreed", m.Agreed, "only flagged", m.OnlyFlagged, "not measured", m.NotMeasured)
	// Output:
	// | touchpoint | gain | low | high | effect | below target | reach | found | flagged |
	// | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |
	// | delivery | 0.226 | 0.13 | 0.322 | 0.564 | 0.41 | 0.975 | true | true |
	// | search | 0.07 | -0.007 | 0.147 | 0.234 | 0.3 | 1 | false | true |
	// | returns | 0.024 | -0.002 | 0.049 | 0.338 | 0.2 | 0.35 | false | false |
	// | unboxing |  |  |  |  |  |  |  | true |
	// agreed [delivery] only flagged [search] not measured [unboxing]
}

func ExampleRegress() {
	outcome, drivers := panel()
	r, err := keydriver.Regress(context.Background(), outcome, drivers, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.Coefficients[1])
	fmt.Println(r.Standardized[1])
	// Output:
	// coefficient of delivery 0.6266 (95 % CI 0.4979..0.7554, n=39, 1 missing, least squares, t)
	// standardised coefficient of delivery 0.8202 (95 % CI 0.6517..0.9888, n=39, 1 missing, least squares, t)
}
