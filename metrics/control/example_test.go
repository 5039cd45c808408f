package control_test

import (
	"fmt"
	"os"

	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/control"
)

// weeks of NPS answers: detractors, passives, promoters. From the eleventh week on waiting takes longer.
var weeks = [][3]int{
	{10, 33, 57}, {12, 30, 58}, {9, 35, 56}, {13, 29, 58}, {11, 34, 55}, {10, 31, 59}, {12, 33, 55}, {9, 32, 59}, {11, 30, 59}, {12, 31, 57},
	{24, 35, 41}, {24, 33, 43}, {20, 38, 42}, {23, 35, 42},
}

func periods(n int) []control.Period {
	var p []control.Period
	for i, c := range weeks[:n] {
		e, err := metrics.NPSOf(c[0], c[1], c[2], nil)
		if err != nil {
			panic(err)
		}
		p = append(p, control.Period{Label: fmt.Sprintf("week %d", i+1), Estimate: e})
	}
	return p
}

func ExampleJudge() {
	for _, n := range []int{10, 11, 14} {
		v, err := control.Judge(periods(n), nil)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(v.Answer, "-", v)
	}
	// Output:
	// not-shown - no change of NPS is shown (+0 against the 8 periods before, 95 % interval -17 to +18, valid at every look)
	// watch - no change of the level of NPS is shown (-10 against the 8 periods before, 95 % interval -25 to +5, valid at every look), but the Shewhart chart signals at week 11
	// real - NPS really fell: from +46 to +28 (-18 against the 8 periods before, 95 % interval -30 to -6, valid at every look); the Shewhart chart signals since week 11, EWMA signals since week 12, CUSUM signals since week 13
}

func ExampleAlwaysValid() {
	e, _ := metrics.NPSOf(120, 280, 400, nil)
	valid, err := control.AlwaysValid(e, nil)
	fmt.Println(e)
	fmt.Println(valid, err)
	// Output:
	// NPS +35 (95 % CI +30..+40, n=800, score)
	// NPS +35 (95 % CI +27..+43, n=800, normal mixture, always valid) <nil>
}

func ExampleHalfWidth() {
	for _, n := range []float64{100, 1000, 10000} {
		h, _ := control.HalfWidth(n, .8, nil)
		fmt.Printf("%.0f answers: ±%.3f\n", n, h)
	}
	// Output:
	// 100 answers: ±0.308
	// 1000 answers: ±0.077
	// 10000 answers: ±0.026
}

func ExamplePChart() {
	// Tickets that came back, of all tickets of the week.
	chart, err := control.PChart([]int{12, 9, 14, 11, 10, 31, 13}, []int{110, 95, 120, 100, 104, 115, 108}, &control.Options{Baseline: 5})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, i := range chart.Signals() {
		p := chart.Points[i]
		fmt.Printf("week %s: %.3f is %v its limit %.3f\n", p.Label, p.Value, p.Signal, p.High)
	}
	// Output:
	// week 6: 0.270 is above its limit 0.192
}

func ExampleIndividuals() {
	var obs []control.Observation
	for i, hours := range []float64{6.1, 5.8, 6.4, 6.0, 5.9, 6.3, 8.2} {
		obs = append(obs, control.Observation{Label: fmt.Sprint("week ", i+1), Value: hours})
	}
	chart, _ := control.Individuals(obs, &control.Options{Baseline: 6})
	_ = chart.WriteMarkdown(os.Stdout)
	// Output:
	// | period | individuals chart | low | high | signal |
	// | --- | ---: | ---: | ---: | --- |
	// | week 1 | 6.1 | 5.126 | 7.04 |  |
	// | week 2 | 5.8 | 5.126 | 7.04 |  |
	// | week 3 | 6.4 | 5.126 | 7.04 |  |
	// | week 4 | 6 | 5.126 | 7.04 |  |
	// | week 5 | 5.9 | 5.126 | 7.04 |  |
	// | week 6 | 6.3 | 5.126 | 7.04 |  |
	// | week 7 | 8.2 | 5.126 | 7.04 | above |
}

func ExampleObserve() {
	e, _ := metrics.Proportion(12, 110, nil)
	o := control.Observe("2026-W14", e)
	fmt.Printf("%s: %.3f ± %.3f of %.0f\n", o.Label, o.Value, o.StdErr, o.N)
	// Output:
	// 2026-W14: 0.109 ± 0.030 of 110
}

func ExampleShewhart() {
	var obs []control.Observation
	for _, p := range periods(11) {
		obs = append(obs, control.Observe(p.Label, p.Estimate))
	}
	chart, _ := control.Shewhart(obs, &control.Options{Baseline: 8})
	last := chart.Points[len(chart.Points)-1]
	fmt.Printf("%s: %.0f is %v its limit %.1f\n", last.Label, last.Value, last.Signal, last.Low)
	// Output:
	// week 11: 17 is below its limit 22.7
}

func ExampleCUSUM() {
	var obs []control.Observation
	for _, p := range periods(14) {
		obs = append(obs, control.Observe(p.Label, p.Estimate))
	}
	chart, _ := control.CUSUM(obs, &control.Options{Baseline: 8})
	length, _ := chart.RunLength()
	fmt.Printf("an alarm for nothing once in %.0f weeks\n", length)
	for _, i := range chart.Signals() {
		fmt.Println(chart.Points[i].Label, chart.Points[i].Signal)
	}
	// Output:
	// an alarm for nothing once in 465 weeks
	// week 12 below
	// week 13 below
	// week 14 below
}

func ExampleEWMA() {
	var obs []control.Observation
	for _, p := range periods(14) {
		obs = append(obs, control.Observe(p.Label, p.Estimate))
	}
	chart, _ := control.EWMA(obs, &control.Options{Baseline: 8})
	last := chart.Points[len(chart.Points)-1]
	fmt.Printf("%s: average %.1f, limits %.1f to %.1f\n", last.Label, last.Value, last.Low, last.High)
	// Output:
	// week 14: average 30.5, limits 38.7 to 54.0
}

func ExampleCUSUMRunLength() {
	for _, shift := range []float64{0, .5, 1, 2} {
		l, _ := control.CUSUMRunLength(.5, 5, shift)
		fmt.Printf("%.1f off: %.1f\n", shift, l)
	}
	// Output:
	// 0.0 off: 465.4
	// 0.5 off: 38.0
	// 1.0 off: 10.4
	// 2.0 off: 4.0
}

func ExampleOneSidedCUSUMRunLength() {
	l, _ := control.OneSidedCUSUMRunLength(.5, 4, 0)
	fmt.Printf("%.1f\n", l)
	// Output:
	// 335.4
}

func ExampleEWMARunLength() {
	l, _ := control.EWMARunLength(.2, 3, 0)
	fmt.Printf("%.1f\n", l)
	// Output:
	// 559.9
}

func ExampleCUSUMLimit() {
	h, _ := control.CUSUMLimit(.5, 370)
	fmt.Printf("%.2f\n", h)
	// Output:
	// 4.77
}

func ExampleSubgroups() {
	obs, _ := control.Subgroups([][]float64{{5, 7, 6}, {6, 8, 7}, {5, 5, 6}}, nil)
	for _, x := range obs {
		fmt.Printf("%s: %.2f ± %.2f\n", x.Label, x.Value, x.StdErr)
	}
	// Output:
	// 1: 6.00 ± 0.57
	// 2: 7.00 ± 0.57
	// 3: 5.33 ± 0.57
}
