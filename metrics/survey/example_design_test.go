package survey_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"strings"
	"time"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

const panelFile = `customer,segment,channel,weight,score,date,themes,measure
anna,new,mail,2,9,2026-03-02,staff,nps
anna,new,web,2,10,2026-09-02,staff;price,nps
ben,new,mail,2,3,2026-03-04,wait,nps
ben,new,web,2,7,2026-09-03,,nps
cleo,old,mail,1,10,2026-03-01,staff,nps
cleo,old,web,1,10,2026-09-01,price,nps
dora,old,mail,1,2,2026-03-09,wait;price,nps
dora,old,web,1,6,2026-09-08,wait,nps
emil,old,mail,1,8,2026-03-07,,nps
emil,old,web,1,9,2026-09-05,staff,nps
finn,new,mail,2,6,2026-03-05,wait,nps
finn,new,web,2,8,2026-09-09,,nps
`

func panelSample() (*survey.Sample, []survey.Answer) {
	s, rows, err := survey.SampleOf(context.Background(), survey.NewReader(strings.NewReader(panelFile), nil).All(),
		survey.MeasureDef{Key: "nps", Metric: survey.MetricNPS}, nil)
	if err != nil {
		log.Fatal(err)
	}
	return s, rows
}

// Six customers gave two answers each, and the new ones stand for more people.
func ExampleSampleOf() {
	s, rows := panelSample()
	e, err := s.Estimate(context.Background(), nil)
	fmt.Println(len(rows), "rows", err)
	fmt.Println(e)
	// Output:
	// 12 rows <nil>
	// NPS +6 (95 % CI -60..+66, n=12, effective 6, score) [design effect 1.87, effective n 5.9, 6 clusters]
}

func ExampleSample_Estimate() {
	s := &survey.Sample{
		Measure: survey.MeasureDef{Key: "csat", Metric: survey.MetricCSAT, Scale: cxmodel.Scale{Min: 1, Max: 5}},
		Scores:  []float64{5, 4, 2, 5, 4, 1, 3, 5, 4, 4},
		Weights: []float64{1, 1, 1, 1, 1, 3, 3, 3, 3, 3},
		Strata:  []string{"large", "large", "large", "large", "large", "small", "small", "small", "small", "small"},
	}
	e, err := s.Estimate(context.Background(), nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(e.Estimate)
	fmt.Printf("design effect %.2f, effective n %.1f of %d, by weights alone %.1f\n", e.DesignEffect, e.Estimate.EffectiveN, e.Estimate.N, e.KishN)
	// Output:
	// CSAT 65.0 % (95 % CI 28.9..89.5 %, n=10, effective 6, Wilson)
	// design effect 1.43, effective n 6.3 of 10, by weights alone 8.0
}

func ExampleSample_By() {
	s, rows := panelSample()
	domains, err := s.By(context.Background(), survey.KeysOf(rows, func(a survey.Answer) string { return string(a.Segment) }), nil)
	if err != nil {
		log.Fatal(err)
	}
	for _, d := range domains {
		fmt.Println(d.Key, d.Result.Estimate)
	}
	// Output:
	// new NPS 0 (95 % CI -84..+84, n=6, effective 3, score); fewer than 5 answers, collect more before acting on it
	// old NPS +17 (95 % CI -84..+91, n=6, effective 3, score); fewer than 5 answers, collect more before acting on it
}

// The same customers by mail in spring and on the web in autumn: their differences count, not two groups of six.
func ExampleSample_Difference() {
	s, rows := panelSample()
	c, err := s.Difference(context.Background(), survey.KeysOf(rows, func(a survey.Answer) string { return a.Channel }), "web", "mail", nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(c)
	// Output:
	// NPS difference +56 (95 % CI -4..+115, includes 0, n=6 and 6, linearised t); fewer than 5 answers, collect more before acting on it
}

func ExampleSample_Compare() {
	s, rows := panelSample()
	d, err := s.Compare(context.Background(), survey.KeysOf(rows, func(a survey.Answer) string { return a.Channel }), nil)
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range d.Rows {
		fmt.Printf("%s - %s: p %.3f, differs %v\n", r.A, r.B, r.Adjusted, r.Differs)
	}
	// Output:
	// mail - web: p 0.062, differs false
}

func ExampleSample_TotalOf() {
	s := &survey.Sample{Scores: nil, Weights: []float64{120, 120, 80, 80, 80}, Strata: []string{"a", "a", "b", "b", "b"}}
	orders, err := s.TotalOf(context.Background(), []float64{3, 5, 1, 0, 2}, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(orders)
	// Output:
	// total 1200 (95 % CI 318.1..2082, n=5, linearised t)
}

func ExampleSample_PostStratify() {
	s, rows := panelSample()
	fitted, err := s.PostStratify(context.Background(), survey.Margin{
		Name: "segment", Keys: survey.KeysOf(rows, func(a survey.Answer) string { return string(a.Segment) }),
		Totals: map[string]float64{"new": 3000, "old": 9000},
	})
	if err != nil {
		log.Fatal(err)
	}
	e, err := fitted.Sample.Estimate(context.Background(), nil)
	fmt.Println(fitted)
	fmt.Println(e.Estimate, err)
	// Output:
	// converged after 1 sweeps, weights times 0.375 to 2.25, effective n by weights 9.6
	// NPS +13 (95 % CI -64..+76, n=12, effective 4, score); fewer than 5 answers, collect more before acting on it <nil>
}

func ExampleSample_Rake() {
	s, rows := panelSample()
	fitted, err := s.Rake(context.Background(), []survey.Margin{
		{Name: "segment", Keys: survey.KeysOf(rows, func(a survey.Answer) string { return string(a.Segment) }), Totals: map[string]float64{"new": .25, "old": .75}},
		{Name: "channel", Keys: survey.KeysOf(rows, func(a survey.Answer) string { return a.Channel }), Totals: map[string]float64{"mail": .4, "web": .6}},
	}, nil)
	if err != nil {
		log.Fatal(err)
	}
	e, err := fitted.Sample.Estimate(context.Background(), nil)
	fmt.Println(fitted)
	fmt.Println(e.Estimate, err)
	// Output:
	// converged after 2 sweeps, weights times 0.3 to 2.7, effective n by weights 9.2
	// NPS +17 (95 % CI -62..+78, n=12, effective 4, score); fewer than 5 answers, collect more before acting on it <nil>
}

func monthly() *survey.Cube {
	cube, err := survey.NewCube([]survey.MeasureDef{{Key: "nps", Metric: survey.MetricNPS}}, &survey.CubeOptions{Every: survey.EveryMonth})
	if err != nil {
		log.Fatal(err)
	}
	for i, bands := range [][3]int{{40, 60, 100}, {42, 55, 103}, {38, 62, 100}, {20, 50, 130}} {
		for j, n := range bands {
			a := survey.Answer{Measure: "nps", Segment: "new", Time: time.Date(2026, time.Month(i+1), 5, 0, 0, 0, 0, time.UTC), Score: []float64{3, 8, 10}[j]}
			if err := cube.AddN(a, n); err != nil {
				log.Fatal(err)
			}
		}
	}
	return cube
}

// Is this month another than the one before? The p-values are corrected for the number of months.
func ExampleCube_Compare() {
	d, err := monthly().Compare(context.Background(), survey.DimensionPeriod, nil)
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range d.Rows {
		fmt.Printf("%s less %s: %v, p %.2g\n", r.A, r.B, r.Comparison, r.Adjusted)
	}
	fmt.Println(len(d.Differing()), "differs after", d.Adjustment)
	// Output:
	// 2026-02 less 2026-01: NPS difference +1 (95 % CI -15..+16, includes 0, n=200 and 200, MOVER from score), p 0.95
	// 2026-03 less 2026-02: NPS difference +1 (95 % CI -15..+16, includes 0, n=200 and 200, MOVER from score), p 0.95
	// 2026-04 less 2026-03: NPS difference +24 (95 % CI +10..+38, excludes 0, n=200 and 200, MOVER from score), p 0.003
	// 1 differs after Benjamini-Hochberg
}

func ExampleCube_CompareWith() {
	d, err := monthly().CompareWith(context.Background(), "nps", survey.Benchmark{Name: "trade", Value: 32}, &survey.CompareOptions{Adjustment: metrics.Holm})
	if err != nil {
		log.Fatal(err)
	}
	if err := d.WriteMarkdown(os.Stdout); err != nil {
		log.Fatal(err)
	}
	// Output:
	// | measure | touchpoint | segment | a | b | difference | p (Holm) | differs |
	// | --- | --- | --- | ---: | --- | --- | --- | --- |
	// | nps |  | new | 2026-01 | trade | NPS difference -2 (95 % CI -13..+8, includes 0, n=200 and 0, MOVER from score and given) | 1 | no |
	// | nps |  | new | 2026-02 | trade | NPS difference -2 (95 % CI -13..+9, includes 0, n=200 and 0, MOVER from score and given) | 1 | no |
	// | nps |  | new | 2026-03 | trade | NPS difference -1 (95 % CI -12..+9, includes 0, n=200 and 0, MOVER from score and given) | 1 | no |
	// | nps |  | new | 2026-04 | trade | NPS difference +23 (95 % CI +13..+32, excludes 0, n=200 and 0, MOVER from score and given) | 2.8e-05 | yes |
}

func ExampleCompare() {
	a, _ := metrics.NPSOf(10, 30, 60, nil)
	b, _ := metrics.NPSOf(20, 40, 40, nil)
	d, err := survey.Compare([]survey.Part{{Label: "shop", Estimate: a}, {Label: "web", Estimate: b}}, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d.Rows[0].Comparison)
	// Output:
	// NPS difference +30 (95 % CI +10..+49, excludes 0, n=100 and 100, MOVER from score)
}

func ExampleCompareWith() {
	a, _ := metrics.NPSOf(150, 350, 500, nil)
	trade, _ := metrics.NPSOf(200, 350, 450, nil)
	d, err := survey.CompareWith([]survey.Part{{Label: "us", Estimate: a}}, survey.Benchmark{Name: "trade", Estimate: &trade}, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d.Rows[0].Comparison, d.Rows[0].Differs)
	// Output:
	// NPS difference +10 (95 % CI +3..+17, excludes 0, n=1000 and 1000, MOVER from score) true
}

func ExampleCube_Consistency() {
	c, err := monthly().Consistency(context.Background(), survey.DimensionPeriod, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(c[0])
	// Output:
	// NPS over 4 groups: 30 (2026-01) to 55 (2026-04), between groups SD 12, I² 84 %, Cochran's Q 18.47 (3 df, p=0.000352, n=800)
}

// Channels are no dimension of a cube: group by them.
func ExampleConsistencyOf() {
	answers := survey.NewReader(strings.NewReader(panelFile), nil).All()
	groups, err := survey.GroupBy(context.Background(), answers, []survey.MeasureDef{{Key: "nps", Metric: survey.MetricNPS}},
		func(a survey.Answer) string { return a.Channel }, &survey.CubeOptions{IgnoreWeights: true})
	if err != nil {
		log.Fatal(err)
	}
	parts, err := survey.PartsOf(groups, nil)
	if err != nil {
		log.Fatal(err)
	}
	c, err := survey.ConsistencyOf(parts)
	fmt.Println(c, err)
	// Output:
	// NPS over 2 groups: -16.7 (mail) to 33.3 (web), between groups SD 20.8, I² 35 %, Cochran's Q 1.53 (1 df, p=0.216, n=12) <nil>
}

func ExampleCountThemes() {
	answers := survey.NewReader(strings.NewReader(panelFile), nil).All()
	themes, err := survey.CountThemes(context.Background(), answers, []survey.MeasureDef{{Key: "nps", Metric: survey.MetricNPS}}, &survey.ThemeOptions{IgnoreWeights: true})
	if err != nil {
		log.Fatal(err)
	}
	for _, t := range themes {
		fmt.Printf("%s: %v, NPS %+.0f\n", t.Theme, t.Share, t.Metric.Value)
	}
	// Output:
	// staff: theme 44.4 % (95 % CI 18.9..73.3 %, n=9, Wilson), NPS +100
	// wait: theme 44.4 % (95 % CI 18.9..73.3 %, n=9, Wilson), NPS -100
	// price: theme 33.3 % (95 % CI 12.1..64.6 %, n=9, Wilson), NPS +33
}

// The new customers weigh twice, and each customer who brings up a theme twice is one customer.
func ExampleSample_Themes() {
	s, rows := panelSample()
	themes, err := s.Themes(context.Background(), rows, nil)
	if err != nil {
		log.Fatal(err)
	}
	for _, t := range themes {
		fmt.Printf("%s: %.1f %% of the weight of %d answers, NPS %+.0f\n", t.Theme, 100*t.Share.Value, t.Share.N, t.Metric.Value)
	}
	fmt.Println(themes[2].Share)
	// Output:
	// staff: 46.2 % of the weight of 9 answers, NPS +100
	// wait: 46.2 % of the weight of 9 answers, NPS -100
	// price: 30.8 % of the weight of 9 answers, NPS +50
	// theme 30.8 % (95 % CI 9.5..65.4 %, n=9, Wilson)
}

func ExampleCube_Suppress() {
	cube, err := survey.NewCube([]survey.MeasureDef{{Key: "enps", Metric: survey.MetricENPS}}, nil)
	if err != nil {
		log.Fatal(err)
	}
	for team, n := range map[cxmodel.Key]int{"kitchen": 3, "service": 12, "office": 8} {
		if err := cube.AddN(survey.Answer{Measure: "enps", Segment: team, Score: 9}, n); err != nil {
			log.Fatal(err)
		}
	}
	table, err := cube.Suppress(context.Background(), &survey.SuppressOptions{Totals: survey.DimensionSegment})
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range table.Rows {
		fmt.Printf("%s: n=%d, suppressed %v\n", r.Labels[1], r.Estimate.N, r.Suppressed)
	}
	// Output:
	// kitchen: n=0, suppressed true
	// office: n=0, suppressed true
	// service: n=12, suppressed false
	// (all): n=23, suppressed false
}

func ExampleCube_Erase() {
	cube, err := survey.NewCube([]survey.MeasureDef{{Key: "nps", Metric: survey.MetricNPS}}, &survey.CubeOptions{Weighted: true})
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	if err := cube.AddReader(ctx, survey.NewReader(strings.NewReader(panelFile), nil)); err != nil {
		log.Fatal(err)
	}
	n, err := cube.Erase(ctx, survey.NewReader(strings.NewReader(panelFile), nil).All(), "anna")
	left, _ := cube.Total("nps")
	fmt.Println(n, "erased,", left.N(), "left", err)
	// Output: 2 erased, 10 left <nil>
}

// Weights come from the file; the cube keeps the answers of each weight apart.
func ExampleNewCube_weighted() {
	cube, err := survey.NewCube([]survey.MeasureDef{{Key: "nps", Metric: survey.MetricNPS}}, &survey.CubeOptions{Weighted: true})
	if err != nil {
		log.Fatal(err)
	}
	if err := cube.AddReader(context.Background(), survey.NewReader(strings.NewReader(panelFile), nil)); err != nil {
		log.Fatal(err)
	}
	total, err := cube.Total("nps")
	if err != nil {
		log.Fatal(err)
	}
	nps, err := total.Estimate(nil)
	fmt.Println(nps, err)
	fmt.Printf("effective n %.1f of %d\n", nps.EffectiveN, nps.N)
	// Output:
	// NPS +6 (95 % CI -42..+51, n=12, effective 10, score) <nil>
	// effective n 10.2 of 12
}
