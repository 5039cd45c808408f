package control_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/control"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

// export returns a file of answers, a hundred each week; from the eleventh week on fewer are content.
func export() string {
	var b strings.Builder
	b.WriteString("measure,time,score\n")
	monday := time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC)
	for i := range 1400 {
		content := 80
		if i >= 1000 {
			content = 62
		}
		score := 9
		if (i*37+i/100*11)%100 >= content {
			score = 4
		}
		fmt.Fprintf(&b, "nps,%s,%d\n", monday.AddDate(0, 0, i/100*7).Format(time.DateOnly), score)
	}
	b.WriteString("nps,,0\n") // nobody knows when
	return b.String()
}

// From a file of answers to the verdict of the week: a cube counts them by week, and its series has every week in order.
func Example() {
	cube, err := survey.NewCube([]survey.MeasureDef{{Key: "nps", Metric: survey.MetricNPS}}, &survey.CubeOptions{Every: survey.EveryWeek})
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := cube.AddReader(context.Background(), survey.NewReader(strings.NewReader(export()), nil)); err != nil {
		fmt.Println(err)
		return
	}
	whole, err := cube.RollUp(survey.DimensionTouchpoint | survey.DimensionSegment)
	if err != nil {
		fmt.Println(err)
		return
	}
	series, err := whole.Series("nps", "", "", survey.Period{}, survey.Period{}) // every week from the first to the last
	if err != nil {
		fmt.Println(err)
		return
	}
	var weeks []control.Period
	for cell := range series {
		e, err := cell.Estimate(nil)
		if errors.Is(err, metrics.ErrNoData) { // a week in which nobody answered says nothing
			continue
		}
		if err != nil {
			fmt.Println(err)
			return
		}
		weeks = append(weeks, control.Period{Label: cell.Period.String(), Estimate: e})
	}
	verdict, err := control.Judge(weeks, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(verdict)
	// Output:
	// NPS really fell: from +60 to +36 (-24 against the 8 periods before, 95 % interval -38 to -10, valid at every look); the Shewhart chart signals since 2026-W12, EWMA signals since 2026-W13, CUSUM signals since 2026-W13
}
