package keydriver_test

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics/keydriver"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

// export returns a wide file: one row a respondent, one column a question.
func export() string {
	recommend, drivers := panel()
	var b strings.Builder
	b.WriteString("response,Recommend?,Search,Delivery\n")
	for i, score := range recommend {
		fmt.Fprintf(&b, "r%d,%v,%v,%v\n", i, score, drivers[0].Values[i], drivers[1].Values[i])
	}
	return b.String()
}

// From a wide file to the drivers: a Reader yields the answers one by one, and the response says whose they are.
func Example() {
	reader := survey.NewReader(strings.NewReader(export()), &survey.ReaderOptions{Columns: map[string]survey.Column{
		"response":   {Field: survey.FieldID},
		"Recommend?": {Measure: "recommend"},
		"Search":     {Measure: "satisfaction", Touchpoint: "search"},
		"Delivery":   {Measure: "satisfaction", Touchpoint: "delivery"},
	}})
	var recommend []float64
	columns := map[cxmodel.Key][]float64{"search": nil, "delivery": nil}
	rows := map[string]int{}
	for a, err := range reader.All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		row, known := rows[a.ID]
		if !known { // nothing answered yet
			row = len(rows)
			rows[a.ID] = row
			recommend = append(recommend, math.NaN())
			for k := range columns {
				columns[k] = append(columns[k], math.NaN())
			}
		}
		if a.Measure == "recommend" {
			recommend[row] = a.Score
		} else {
			columns[a.Touchpoint][row] = a.Score
		}
	}
	a, err := keydriver.Analyze(context.Background(), recommend, []keydriver.Driver{
		{Key: "search", Values: columns["search"], Scale: cxmodel.Scale{Max: 10}},
		{Key: "delivery", Values: columns["delivery"], Scale: cxmodel.Scale{Min: 1, Max: 10}},
	}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range a.Results {
		fmt.Printf("%s: %.0f %% of what is explained\n", r.Key, 100*r.Importance)
	}
	// Output:
	// search: 3 % of what is explained
	// delivery: 97 % of what is explained
}
