package survey_test

import (
	"context"
	"fmt"
	"log"
	"math"
	"os"
	"strings"
	"time"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

// From a file to a number for each touchpoint.
func Example() {
	f, err := os.Open("testdata/answers.csv")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	cube, err := survey.NewCube([]survey.MeasureDef{
		{Key: "nps", Metric: survey.MetricNPS, Level: survey.LevelTransaction, Invitations: true},
	}, nil)
	if err != nil {
		log.Fatal(err)
	}
	reader := survey.NewReader(f, nil)
	if err := cube.AddReader(context.Background(), reader); err != nil {
		log.Fatal(err)
	}
	byTouchpoint, err := cube.RollUp(survey.DimensionSegment)
	if err != nil {
		log.Fatal(err)
	}
	for cell := range byTouchpoint.Cells() {
		nps, _ := cell.Estimate(nil)
		rate, _ := cell.ResponseRate(nil)
		fmt.Printf("%s: %v\n  %v\n", cell.Touchpoint, nps, rate)
	}
	_, bad := reader.Rejected()
	fmt.Println(reader.Rows(), "rows,", bad, "rejected")
	// Output:
	// checkout: NPS +25 (95 % CI -50..+78, n=4, score); fewer than 5 answers, collect more before acting on it
	//   response rate 80.0 % (95 % CI 37.6..96.4 %, n=5, Wilson)
	// delivery: NPS +67 (95 % CI -27..+94, n=3, score); fewer than 5 answers, collect more before acting on it
	//   response rate 75.0 % (95 % CI 30.1..95.4 %, n=4, Wilson); fewer than 5 answers, collect more before acting on it
	// 10 rows, 0 rejected
}

// A wide file has one row a respondent and one column a question.
func ExampleNewReader() {
	const file = `Respondent;Datum;Frage 1;Frage 2
1;02.11.2026;9;sehr zufrieden
2;03.11.2026;;zufrieden
3;03.11.2026;zehn;
`
	reader := survey.NewReader(strings.NewReader(file), &survey.ReaderOptions{
		Columns: map[string]survey.Column{
			"Datum":   {Field: survey.FieldTime},
			"Frage 1": {Measure: "nps"},
			"Frage 2": {Measure: "csat", Touchpoint: "checkout", Words: map[string]float64{"sehr zufrieden": 5, "zufrieden": 4}},
		},
		Layouts: []string{"02.01.2006"},
	})
	for a, err := range reader.All() {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(a.Customer, a.Time.Format(time.DateOnly), a.Measure, a.Touchpoint, a.Score)
	}
	issues, _ := reader.Rejected()
	fmt.Println(issues[0])
	// Output:
	// 1 2026-11-02 nps  9
	// 1 2026-11-02 csat checkout 5
	// 2 2026-11-03 nps  NaN
	// 2 2026-11-03 csat checkout 4
	// 3 2026-11-03 csat checkout NaN
	// 4: warning: column "Frage 1": "zehn" is not a number; name what it means in the Words of the column, or in Missing [bad-score]
}

func ExampleQualtricsOptions() {
	const file = `Status,Finished,RecordedDate,ResponseId,Q1
Response Type,Finished,Recorded Date,Response ID,How likely are you to recommend us?
"{""ImportId"":""status""}","{""ImportId"":""finished""}","{""ImportId"":""recordedDate"",""timeZone"":""UTC""}","{""ImportId"":""_recordId""}","{""ImportId"":""QID1""}"
IP Address,True,2026-11-02 10:00:00,R_1,9
Survey Preview,True,2026-11-02 10:05:00,R_2,0
`
	opts := survey.QualtricsOptions(map[string]survey.Column{"QID1": {Measure: "nps"}})
	for a, err := range survey.NewReader(strings.NewReader(file), opts).All() {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(a.ID, a.Score, a.Status)
	}
	// Output:
	// R_1 9 completed
	// R_2 0 excluded
}

func exampleCube(every survey.Every) *survey.Cube {
	cube, err := survey.NewCube([]survey.MeasureDef{
		{Key: "csat", Metric: survey.MetricCSAT, Level: survey.LevelTransaction, Scale: cxmodel.Scale{Min: 1, Max: 5}, Invitations: true},
	}, &survey.CubeOptions{Every: every})
	if err != nil {
		log.Fatal(err)
	}
	return cube
}

// What the sending tool knows as a number is added as one.
func ExampleCube_AddN() {
	cube := exampleCube(survey.EveryUnspecified)
	_ = cube.AddN(survey.Answer{Measure: "csat", Score: 5}, 65)
	_ = cube.AddN(survey.Answer{Measure: "csat", Score: math.NaN(), Status: survey.StatusDismissed}, 164)
	_ = cube.AddN(survey.Answer{Measure: "csat", Score: math.NaN(), Status: survey.StatusInvited}, 501)
	count, err := cube.Total("csat")
	if err != nil {
		log.Fatal(err)
	}
	rate, err := count.ResponseRate(nil)
	fmt.Println(rate, err)
	// Output: response rate 8.9 % (95 % CI 7.0..11.2 %, n=730, Wilson) <nil>
}

func ExampleCube_AddAll() {
	cube := exampleCube(survey.EveryWeek)
	answers := survey.NewReader(strings.NewReader("measure,score,date\ncsat,4,2026-11-02\ncsat,5,2026-11-09\n"), nil).All()
	if err := cube.AddAll(context.Background(), answers); err != nil {
		log.Fatal(err)
	}
	for cell := range cube.Cells() {
		fmt.Println(cell.Period, cell.N())
	}
	// Output:
	// 2026-W45 1
	// 2026-W46 1
}

func ExampleCube_AddColumns() {
	ctx := context.Background()
	touchpoints := []cxmodel.Key{"cart", "checkout", "cart", "cart"}
	codes, keys, err := survey.Intern(ctx, touchpoints)
	if err != nil {
		log.Fatal(err)
	}
	cube := exampleCube(survey.EveryUnspecified)
	err = cube.AddColumns(ctx, survey.Columns{
		Measure: "csat", Touchpoints: keys, TouchpointCode: codes, Scores: []int16{5, 3, survey.NoScore, 4},
	})
	if err != nil {
		log.Fatal(err)
	}
	for cell := range cube.Cells() {
		fmt.Println(cell.Touchpoint, cell.N(), cell.Answers.Missing())
	}
	// Output:
	// cart 2 1
	// checkout 1 0
}

func ExampleIntern() {
	codes, keys, err := survey.Intern(context.Background(), []string{"new", "frequent", "new"})
	fmt.Println(codes, keys, err)
	// Output: [0 1 0] [new frequent] <nil>
}

// A window of two weeks moves on: the new week comes in, the oldest goes out.
func ExampleCube_Sub() {
	week := func(scores ...float64) *survey.Cube {
		c := exampleCube(survey.EveryUnspecified)
		for _, s := range scores {
			if err := c.Add(survey.Answer{Measure: "csat", Score: s}); err != nil {
				log.Fatal(err)
			}
		}
		return c
	}
	first, second, third := week(1, 2, 3), week(4, 4), week(5)
	window := week()
	for _, err := range []error{window.Merge(first), window.Merge(second), window.Merge(third), window.Sub(first)} {
		if err != nil {
			log.Fatal(err)
		}
	}
	count, _ := window.Total("csat")
	fmt.Println(count.N())
	// Output: 3
}

func ExampleCube_Slice() {
	cube := exampleCube(survey.EveryMonth)
	for day, score := range map[string]float64{"2026-09-30": 1, "2026-10-01": 5, "2026-10-31": 4, "2026-11-01": 2} {
		at, _ := time.Parse(time.DateOnly, day)
		if err := cube.Add(survey.Answer{Measure: "csat", Time: at, Score: score}); err != nil {
			log.Fatal(err)
		}
	}
	october, err := survey.ParsePeriod("2026-10")
	if err != nil {
		log.Fatal(err)
	}
	slice, err := cube.Slice(survey.Filter{From: october, To: october})
	if err != nil {
		log.Fatal(err)
	}
	count, _ := slice.Total("csat")
	csat, _ := count.Estimate(nil)
	fmt.Println(csat)
	// Output: CSAT 100.0 % (95 % CI 34.2..100.0 %, n=2, Wilson); fewer than 5 answers, collect more before acting on it
}

func ExampleCube_Table() {
	cube := exampleCube(survey.EveryUnspecified)
	_ = cube.AddN(survey.Answer{Measure: "csat", Touchpoint: "checkout", Score: 4}, 80)
	_ = cube.AddN(survey.Answer{Measure: "csat", Touchpoint: "checkout", Score: 2}, 20)
	_ = cube.AddN(survey.Answer{Measure: "csat", Touchpoint: "checkout", Score: math.NaN(), Status: survey.StatusInvited}, 300)
	table, err := cube.Table(context.Background(), nil)
	if err != nil {
		log.Fatal(err)
	}
	if err := table.WriteMarkdown(os.Stdout); err != nil {
		log.Fatal(err)
	}
	// Output:
	// | measure | level | touchpoint | segment | period | estimate | response rate |
	// | --- | --- | --- | --- | --- | --- | --- |
	// | csat | transaction | checkout |  |  | CSAT 80.0 % (95 % CI 71.1..86.7 %, n=100, Wilson) | 25.0 % (95 % CI 21.0..29.5 %, n=400, Wilson) |
}

func ExampleGroupBy() {
	ctx := context.Background()
	answers := survey.NewReader(strings.NewReader("measure,channel,score\ncsat,email,4\ncsat,sms,1\ncsat,email,5\n"), nil).All()
	defs := []survey.MeasureDef{{Key: "csat", Metric: survey.MetricCSATMean, Scale: cxmodel.Scale{Min: 1, Max: 5}}}
	groups, err := survey.GroupBy(ctx, answers, defs, func(a survey.Answer) string { return a.Channel }, nil)
	if err != nil {
		log.Fatal(err)
	}
	for _, g := range groups {
		e, _ := g.Estimate(nil)
		fmt.Println(g.Key, g.N(), e.Value)
	}
	// Output:
	// email 2 4.5
	// sms 1 1
}

// The touchpoints of a stage make one number; other measures never join it.
func ExampleSum() {
	cube, err := survey.NewCube([]survey.MeasureDef{
		{Key: "ease", Metric: survey.MetricCES2, Level: survey.LevelTransaction},
		{Key: "ease-overall", Metric: survey.MetricCES2, Level: survey.LevelRelationship},
	}, nil)
	if err != nil {
		log.Fatal(err)
	}
	_ = cube.Add(survey.Answer{Measure: "ease", Touchpoint: "cart", Score: 7})
	_ = cube.Add(survey.Answer{Measure: "ease", Touchpoint: "checkout", Score: 5})
	_ = cube.Add(survey.Answer{Measure: "ease-overall", Score: 3})
	cart, _ := cube.Cell("ease", "cart", "", survey.Period{})
	checkout, _ := cube.Cell("ease", "checkout", "", survey.Period{})
	overall, _ := cube.Total("ease-overall")
	stage, err := survey.Sum(cart.Count, checkout.Count)
	fmt.Println(stage.N(), err)
	_, err = survey.Sum(stage, overall)
	fmt.Println(err)
	// Output:
	// 2 <nil>
	// survey: different measures, levels or scales are never pooled: ease (ces2, transaction, 1..7) and ease-overall (ces2, relationship, 1..7)
}

func ExamplePeriodOf() {
	at := time.Date(2027, 1, 3, 12, 0, 0, 0, time.UTC)
	week := survey.PeriodOf(at, survey.EveryWeek, nil)
	fmt.Println(week, week.Add(1), week.Start(nil).Format(time.DateOnly), survey.PeriodOf(at, survey.EveryQuarter, nil))
	// Output: 2026-W53 2027-W01 2026-12-28 2027-Q1
}
