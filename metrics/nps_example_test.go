package metrics_test

import (
	"fmt"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
)

func ExampleNPS() {
	type Score uint8 // a database column, say
	e, err := metrics.NPS([]Score{9, 10, 8, 6, 10, 9, 7, 10, 3, 9}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(e)
	fmt.Println(e.Definition)
	// Output:
	// NPS +40 (95 % CI -15..+75, n=10, score)
	// 0..10, detractors below 7, promoters from 9
}

func ExampleNPSOf() {
	for _, m := range []metrics.NPSMethod{metrics.NPSTango, metrics.NPSAdjustedWald, metrics.NPSJeffreys, metrics.NPSWald} {
		e, err := metrics.NPSOf(10, 30, 60, &metrics.NPSOptions{Method: m})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%.2f..%.2f %s\n", e.Low, e.High, e.Method)
	}
	// Output:
	// 35.57..61.88 score
	// 35.47..61.62 adjusted Wald
	// 35.59..61.72 Jeffreys
	// 36.85..63.15 Wald
}

// An empty sample has no score: the error says where the answers went.
func ExampleNPS_noData() {
	e, err := metrics.NPS([]int{42, 57}, nil)
	fmt.Println(e)
	fmt.Println(err)
	// Output:
	// NPS not available (n=0, 2 off scale)
	// metrics: all answers are off the scale, metrics: no data for NPS: 2 lie outside 0..10, 0 are missing; is it the question's scale?
}

func ExampleENPS() {
	e, err := metrics.ENPS([]int{5, 4, 5, 2, 3, 5, 4, 5}, &metrics.NPSOptions{Bands: metrics.FivePointBands()})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(e)
	fmt.Println(e.Definition)
	// Output:
	// eNPS +25 (95 % CI -33..+68, n=8, score)
	// 1..5, detractors below 4, promoters from 5
}

func ExampleENPSOf() {
	e, err := metrics.ENPSOf(20, 55, 25, nil)
	fmt.Println(e, err)
	// Output:
	// eNPS +5 (95 % CI -8..+18, n=100, score) <nil>
}

func ExampleNPSOfWeights() {
	// 400 weighted answers; the design of the survey makes them worth 250.
	e, err := metrics.NPSOfWeights(.21, .27, .52, 400, 250, nil)
	fmt.Println(e, err)
	// Output:
	// NPS +31 (95 % CI +21..+40, n=400, effective 250, score) <nil>
}

func ExampleNPSPosterior() {
	post := metrics.NPSPosterior{Detractors: 1, Passives: 2, Promoters: 7}
	fmt.Printf("mean %.1f, sd %.1f\n", post.Mean(), post.StdDev())
	fmt.Printf("P(NPS > 0) = %.3f\n", 1-post.CDF(0))
	fmt.Printf("90 %% within %.1f..%.1f\n", post.Quantile(.05), post.Quantile(.95))
	// Output:
	// mean 52.2, sd 20.2
	// P(NPS > 0) = 0.987
	// 90 % within 15.5..81.3
}

func ExampleBands() {
	// School grades: 1 is the best, 6 the worst.
	grades := metrics.Bands{Scale: cxmodel.Scale{Min: 1, Max: 6, LowIsGood: true}, Promoter: 1, Passive: 2}
	e, err := metrics.NPS([]float64{1, 1, 1.5, 2, 2.3, 6}, &metrics.NPSOptions{Bands: grades})
	fmt.Println(e, err)
	fmt.Println(e.Definition)
	// Output:
	// NPS 0 (95 % CI -56..+56, n=6, score) <nil>
	// 1..6, low is good, detractors above 2, promoters up to 1
}

func ExampleStandardBands() {
	fmt.Println(metrics.StandardBands())
	// Output: 0..10, detractors below 7, promoters from 9
}

// Of 7, 8, 9 and 1 on 1 to 10 two are passive, one promotes and one detracts.
func ExampleTenPointBands() {
	fmt.Println(metrics.TenPointBands())
	fmt.Println(metrics.NPS([]int{7, 8, 9, 1}, &metrics.NPSOptions{Bands: metrics.TenPointBands()}))
	// Output:
	// 1..10, detractors below 7, promoters from 9
	// NPS 0 (95 % CI -60..+60, n=4, score); fewer than 5 answers, collect more before acting on it <nil>
}

func ExampleFivePointBands() {
	fmt.Println(metrics.FivePointBands())
	e, err := metrics.ENPS([]int{5, 5, 5, 4, 3}, &metrics.NPSOptions{Bands: metrics.FivePointBands()})
	fmt.Println(e.Value, err) // three promoters less one detractor, of five
	// Output:
	// 1..5, detractors below 4, promoters from 5
	// 40 <nil>
}
