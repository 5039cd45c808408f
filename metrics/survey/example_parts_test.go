package survey_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

func ExampleMetrics() {
	for _, m := range survey.Metrics() {
		if m.Scale() == (cxmodel.Scale{}) {
			fmt.Println(m, "needs a scale of its own")
		}
	}
	// Output:
	// csat needs a scale of its own
	// csat-mean needs a scale of its own
	// top-box needs a scale of its own
	// bottom-box needs a scale of its own
	// mean needs a scale of its own
}

func ExampleParsePeriod() {
	for _, s := range []string{"2026", "2026-Q4", "2026-11", "2026-W45", "2026-11-05"} {
		p, err := survey.ParsePeriod(s)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(p, p.Every())
	}
	// Output:
	// 2026 year
	// 2026-Q4 quarter
	// 2026-11 month
	// 2026-W45 week
	// 2026-11-05 day
}

func ExampleKeysOf() {
	_, rows := panelSample()
	fmt.Println(survey.KeysOf(rows[:4], func(a survey.Answer) string { return a.Channel }))
	// Output:
	// [mail web mail web]
}

// Groups of any key, such as the channel, become parts to compare.
func ExamplePartsOf() {
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
	d, err := survey.Compare(parts, nil)
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range d.Rows {
		fmt.Println(r.A, r.B, r.Comparison)
	}
	// Output:
	// mail web NPS difference -50 (95 % CI -117..+41, includes 0, n=6 and 6, MOVER from score)
}

func ExampleThemeTable() {
	answers := survey.NewReader(strings.NewReader(panelFile), nil).All()
	themes, err := survey.CountThemes(context.Background(), answers, []survey.MeasureDef{{Key: "nps", Metric: survey.MetricNPS}}, &survey.ThemeOptions{IgnoreWeights: true})
	if err != nil {
		log.Fatal(err)
	}
	_ = survey.ThemeTable(themes[:1]).WriteMarkdown(os.Stdout)
	// Output:
	// | measure | theme | metric | value | interval | n | notes |
	// | --- | --- | --- | ---: | --- | ---: | --- |
	// | nps | staff | theme | 44.4 % | 18.9..73.3 % (95 %) | 9 |  |
	// | nps | staff | NPS | +100 | +2..+100 (95 %) | 4 | fewer than 5 answers, collect more before acting on it |
}

func ExampleGroupTable() {
	answers := survey.NewReader(strings.NewReader(panelFile), nil).All()
	groups, err := survey.GroupBy(context.Background(), answers, []survey.MeasureDef{{Key: "nps", Metric: survey.MetricNPS}},
		func(a survey.Answer) string { return a.Channel }, &survey.CubeOptions{IgnoreWeights: true})
	if err != nil {
		log.Fatal(err)
	}
	table, err := survey.GroupTable(context.Background(), "channel", groups, nil)
	if err != nil {
		log.Fatal(err)
	}
	_ = table.WriteMarkdown(os.Stdout)
	// Output:
	// | measure | level | channel | estimate | response rate |
	// | --- | --- | --- | --- | --- |
	// | nps |  | mail | NPS -17 (95 % CI -69..+48, n=6, score) | not known |
	// | nps |  | web | NPS +33 (95 % CI -31..+75, n=6, score) | not known |
}
