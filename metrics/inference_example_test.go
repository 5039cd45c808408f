package metrics_test

import (
	"context"
	"fmt"
	"os"
	"slices"

	"github.com/cxmodel/cxmodel/metrics"
)

// Ten segments were compared with the rest; some p-values are small by chance alone.
func ExampleAdjustPValues() {
	p := []float64{.001, .008, .039, .041, .042, .06, .074, .205, .212, .216}
	bh, _ := metrics.AdjustPValues(p, metrics.BenjaminiHochberg)
	holm, _ := metrics.AdjustPValues(p, metrics.Holm)
	fmt.Printf("%.3f\n%.3f\n", bh[:3], holm[:3])
	// Output:
	// [0.010 0.040 0.084]
	// [0.010 0.072 0.312]
}

// Are detractors, passives and promoters of two quarters spread alike?
func ExampleChiSquare() {
	t, err := metrics.ChiSquare([][]int{{10, 30, 60}, {20, 40, 40}})
	if err != nil {
		panic(err)
	}
	fmt.Println(t)
	// Output: chi-square 8.762 (2 df, p=0.0125, n=200)
}

// Churn fell from 15 to 10 to 5 of 30: a trend, or chance?
func ExampleTrend() {
	t, err := metrics.Trend([]int{15, 10, 5}, []int{30, 30, 30}, nil)
	if err != nil {
		panic(err)
	}
	fmt.Println(t)
	// Output: Cochran-Armitage trend 7.5 (1 df, p=0.00617, n=90)
}

func ExampleMannWhitney() {
	r, err := metrics.MannWhitney([]int{9, 10, 8, 7, 10, 6, 9, 3}, []int{6, 7, 8, 5, 9, 2, 7, 7, 10}, nil)
	if err != nil {
		panic(err)
	}
	fmt.Println(r.Test)
	fmt.Println(r.Superiority)
	// Output:
	// Mann-Whitney W 46.5 (p=0.33, n=17)
	// superiority 64.6 % (95 % CI 35.0..86.1 %, n=17, DeLong, logit)
}

func ExampleProportionDifference() {
	d, err := metrics.ProportionDifference(56, 70, 48, 80, &metrics.DifferenceOptions{Method: metrics.DifferenceMiettinenNurminen})
	if err != nil {
		panic(err)
	}
	fmt.Println(d)
	// Output: proportion difference +20.0 % (95 % CI +5.3..+33.8 %, excludes 0, n=70 and 80, Miettinen-Nurminen)
}

func ExampleProportionTest() {
	t, err := metrics.ProportionTest(56, 70, 48, 80)
	if err != nil {
		panic(err)
	}
	fmt.Println(t)
	// Output: pooled z of two proportions 2.65 (p=0.00805, n=150)
}

// Customers who complained churn more often; how many times as often?
func ExampleProportionRatio() {
	e, err := metrics.ProportionRatio(30, 1000, 20, 1000, nil)
	if err != nil {
		panic(err)
	}
	fmt.Println(e)
	// Output: ratio of proportions 1.5 (95 % CI 0.864..2.606, n=2000, score)
}

func ExampleRateRatio() {
	e, err := metrics.RateRatio(11, 800, 21, 3011, nil) // complaints, and orders in thousands
	if err != nil {
		panic(err)
	}
	fmt.Println(e)
	// Output: ratio of rates 1.971 (95 % CI 0.8584..4.277, n=32, exact conditional)
}

func ExampleEventRate() {
	e, err := metrics.EventRate(7, 350, nil) // seven complaints in 350 orders
	if err != nil {
		panic(err)
	}
	fmt.Println(e)
	// Output: event rate 0.02 (95 % CI 0.008041..0.04121, n=7, exact Poisson)
}

// The three bands side by side: all three intervals hold at once.
func ExampleSimultaneousShares() {
	shares, err := metrics.SimultaneousShares([]int{10, 30, 60}, nil)
	if err != nil {
		panic(err)
	}
	for _, s := range shares {
		fmt.Println(s)
	}
	// Output:
	// share 10.0 % (95 % CI 4.9..19.5 %, n=100, Goodman, simultaneous)
	// share 30.0 % (95 % CI 20.4..41.8 %, n=100, Goodman, simultaneous)
	// share 60.0 % (95 % CI 48.0..70.9 %, n=100, Goodman, simultaneous)
}

func ExampleDescribe() {
	d, err := metrics.Describe([]float64{12.5, 18, 9.9, 14, 15.5, 11}, nil)
	if err != nil {
		panic(err)
	}
	fmt.Println(d.Mean)
	fmt.Printf("sd %.2f, from %v to %v\n", d.StdDev, d.Min, d.Max)
	// Output:
	// mean 13.48 (95 % CI 10.35..16.62, n=6, t)
	// sd 2.99, from 9.9 to 18
}

func ExampleANOVA() {
	r, err := metrics.ANOVA([][]int{{4, 5, 5, 3}, {3, 2, 4, 3}, {5, 5, 4, 5}})
	if err != nil {
		panic(err)
	}
	fmt.Println(r)
	// Output: one-way ANOVA F(2, 9) = 5.318, p=0.0299, R² 0.5417, n=12
}

// Minutes of waiting against satisfaction on 0 to 10.
func ExampleLinearRegression() {
	fit, err := metrics.LinearRegression(
		context.Background(),
		[]float64{9, 8, 8, 6, 5, 5},
		[][]float64{{2}, {4}, {5}, {9}, {12}, {13}},
		&metrics.RegressionOptions{Names: []string{"wait"}},
	)
	if err != nil {
		panic(err)
	}
	fmt.Println(fit.Coefficients[1])
	fmt.Printf("%.1f after seven minutes\n", fit.Predict([]float64{7}))
	// Output:
	// wait -0.3793 (95 % CI -0.4454..-0.3132, n=6, t)
	// 7.0 after seven minutes
}

func ExampleCronbachAlpha() {
	r, err := metrics.CronbachAlpha([][]int{{5, 4, 5}, {3, 3, 2}, {4, 4, 4}, {2, 1, 2}, {5, 5, 4}, {3, 2, 3}}, nil)
	if err != nil {
		panic(err)
	}
	fmt.Println(r)
	// Output: Cronbach's alpha 0.9443 (95 % CI 0.7641..0.9916, n=6, Feldt)
}

func ExampleSERVQUAL() {
	var a, b metrics.ServqualAnswer
	for i := range 22 {
		a.Expectations[i], a.Perceptions[i] = 6, 5
		b.Expectations[i], b.Perceptions[i] = 7, 5
	}
	r, err := metrics.SERVQUAL([]metrics.ServqualAnswer{a, b}, &metrics.ServqualOptions{Weights: [5]float64{11, 32, 23, 19, 15}})
	if err != nil {
		panic(err)
	}
	fmt.Println(r.Weighted.Value, r.Gaps[metrics.Responsiveness-1].Value)
	// Output: -1.5 -1.5
}

// A customer rates three shops 9, 7 and 7: half of the spending goes to the first.
func ExampleWalletShares() {
	shares, err := metrics.WalletShares([]int{9, 7, 7})
	if err != nil {
		panic(err)
	}
	fmt.Println(shares)
	// Output: [0.5 0.25 0.25]
}

// The second of three brands: (1 - 2/4) 2/3.
func ExampleWalletAllocation() {
	share, err := metrics.WalletAllocation(2, 3)
	fmt.Printf("%.4f %v\n", share, err)
	// Output: 0.3333 <nil>
}

func ExampleShareOfWallet() {
	e, err := metrics.ShareOfWallet([]float64{.5, .25, .4, 1, .33, .5}, nil)
	if err != nil {
		panic(err)
	}
	fmt.Println(e)
	// Output: share of wallet 49.7 % (95 % CI 21.8..77.5 %, n=6, t)
}

func ExampleBootstrap() {
	// A draw has its median at or below the third time with a chance of .05, the second .008; so from the other end.
	minutes := []float64{3, 3, 4, 5, 5, 6, 7, 8, 9, 12, 40}
	median := func(rows []float64) float64 {
		slices.Sort(rows)
		return rows[len(rows)/2]
	}
	e, err := metrics.Bootstrap(context.Background(), minutes, median, &metrics.BootstrapOptions{Seed: 1})
	if err != nil {
		panic(err)
	}
	fmt.Println(e.Value, e.Low, e.High)
	fmt.Println(e.Warnings.Codes())
	// Output:
	// 6 4 9
	// [bootstrap]
}

func ExampleBootstrapMean() {
	e, err := metrics.BootstrapMean(context.Background(), []int{9, 8, 8, 6, 5, 5, 10, 9}, metrics.StandardBands().Scale, &metrics.BootstrapOptions{Seed: 1})
	if err != nil {
		panic(err)
	}
	fmt.Println(e.Method)
	// Output: percentile bootstrap, 2000 draws
}

func ExampleBootstrapNPS() {
	e, err := metrics.BootstrapNPS(10, 30, 60, nil)
	if err != nil {
		panic(err)
	}
	fmt.Println(e)
	// Output: NPS +50 (95 % CI +37..+63, n=100, bootstrap, all draws)
}

func ExampleNPSSampleSize() {
	s, err := metrics.NPSSampleSize(.56, 10, nil)
	if err != nil {
		panic(err)
	}
	fmt.Println(s)
	// Output: 213 answers (adjusted Wald)
}

func ExampleNPSDifferenceSampleSize() {
	s, err := metrics.NPSDifferenceSampleSize(.64, .64, 10, nil)
	if err != nil {
		panic(err)
	}
	fmt.Println(s)
	// Output: 1002 answers in each of 2 groups (adjusted Wald)
}

func ExampleProportionSampleSize() {
	s, err := metrics.ProportionSampleSize(.5, .05, nil)
	if err != nil {
		panic(err)
	}
	fmt.Println(s)
	// Output: 385 answers (Wald)
}

func ExampleProportionDifferenceSampleSize() {
	s, err := metrics.ProportionDifferenceSampleSize(.7, .75, nil)
	if err != nil {
		panic(err)
	}
	fmt.Println(s)
	// Output: 1251 answers in each of 2 groups (z of two proportions)
}

func ExampleMeanDifferenceSampleSize() {
	s, err := metrics.MeanDifferenceSampleSize(.5, 1, nil)
	if err != nil {
		panic(err)
	}
	fmt.Println(s)
	// Output: 64 answers in each of 2 groups (t)
}

// One bad experience is held to undo two good ones.
func ExampleBalance() {
	e, err := metrics.Balance(10, 30, 60, &metrics.BalanceOptions{BadWeight: 2})
	if err != nil {
		panic(err)
	}
	fmt.Println(e)
	// Output: balance 0.40 (95 % CI 0.19..0.55, n=100, MOVER from Wilson)
}

// Two measures of different customers, each placed between a stated floor and target.
func ExampleIndex() {
	nps, _ := metrics.NPSOf(10, 30, 60, nil)
	resolved, _ := metrics.FirstContactResolutionGross(160, 200, nil)
	r, err := metrics.Index([]metrics.IndexMeasure{
		{Name: "recommend", Estimate: nps, Floor: 0, Target: 80, Weight: 2},
		{Name: "resolved", Estimate: resolved, Floor: .5, Target: .9, Weight: 1},
	})
	if err != nil {
		panic(err)
	}
	fmt.Println(r)
	for _, p := range r.Parts {
		fmt.Printf("%s brings %.3f, and would bring %.3f more\n", p.Name, p.Contribution, p.Lost)
	}
	// Output:
	// index 66.7 % (95 % CI 53.6..77.4 %, n=100, MOVER)
	// recommend brings 0.417, and would bring 0.250 more
	// resolved brings 0.250, and would bring 0.083 more
}

func ExampleAnswerIndex() {
	bands := metrics.Bands{Scale: metrics.FivePointBands().Scale, Passive: 3, Promoter: 4}
	r, err := metrics.AnswerIndex([][]float64{{5, 4}, {4, 3}, {4, 5}, {1, 2}, {5, 5}}, []metrics.IndexQuestion{
		{Name: "met needs", Bands: bands, Weight: 1}, {Name: "easy", Bands: bands, Weight: 1},
	}, nil)
	if err != nil {
		panic(err)
	}
	if err := r.Table().WriteMarkdown(os.Stdout); err != nil {
		panic(err)
	}
	// Output:
	// | part | metric | value | interval | n | notes |
	// | --- | --- | ---: | --- | ---: | --- |
	// | all | answer index | 0.50 | -0.58..1.00 (95 %) | 5 | a limit left the range and was moved to its end, collect more answers or use the default method |
	// | met needs | contribution to answer index | 0.30 |  | 5 | no interval: the sampling error of this number is not known |
	// | easy | contribution to answer index | 0.20 |  | 5 | no interval: the sampling error of this number is not known |
}
