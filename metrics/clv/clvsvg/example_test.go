package clvsvg_test

import (
	"bytes"
	"fmt"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/golden"
	"github.com/cxmodel/cxmodel/metrics/clv"
	"github.com/cxmodel/cxmodel/metrics/clv/clvsvg"
)

// The models of the CDNOW sample in weeks, as published, and the High End cohort of Fader & Hardie (2007).
var (
	bg      = clv.BGNBD{R: .243, Alpha: 4.414, A: .793, B: 2.426}
	sbg     = clv.SBG{Alpha: .668, Beta: 3.806}
	highEnd = clv.Cohort{Alive: []int{1000, 869, 743, 653, 593, 551, 517, 491}}
)

// track is 40 weeks of a shop whose orders run a little above what was expected.
func track() (rows []clv.TrackRow) {
	day := cxmodel.Date{Year: 2026, Month: 1, Day: 4}
	last := clv.TrackRow{}
	for k := range 40 {
		r := clv.TrackRow{Until: day.AddDays(7 * k), Expected: 60 * bg.Expected(float64(k+1)) / float64(k+1) * 10, Actual: float64(20 + (k*37)%17)}
		r.ActualC, r.ExpectedC = last.ActualC+r.Actual, last.ExpectedC+r.Expected
		rows = append(rows, r)
		last = r
	}
	return rows
}

func ExampleTracking() {
	var picture bytes.Buffer
	if err := clvsvg.Tracking(&picture, track(), cxmodel.Date{Year: 2026, Month: 7, Day: 5}, true, nil); err != nil {
		fmt.Println(err)
	}
	fmt.Println(golden.Check("tracking.svg", picture.Bytes()))
	// Output: <nil>
}

func ExampleHeatMap() {
	var picture bytes.Buffer
	if err := clvsvg.HeatMap(&picture, bg, clvsvg.Map{Age: 39, Horizon: 39}, nil); err != nil {
		fmt.Println(err)
	}
	fmt.Println(golden.Check("heatmap.svg", picture.Bytes()))
	// Output: <nil>
}

func ExampleRetention() {
	var picture bytes.Buffer
	if err := clvsvg.Retention(&picture, highEnd, sbg, 12, nil); err != nil {
		fmt.Println(err)
	}
	fmt.Println(golden.Check("retention.svg", picture.Bytes()))
	// Output: <nil>
}

func ExampleEnglish() {
	labels := clvsvg.English()
	labels.Language, labels.Retention, labels.Renewals = "de", "Bindung", "Verlängerungen"
	var picture bytes.Buffer
	opts := &clvsvg.Options{Labels: &labels, Theme: &clvsvg.Theme{Mode: clvsvg.ModeDark}}
	if err := clvsvg.Retention(&picture, highEnd, sbg, 12, opts); err != nil {
		fmt.Println(err)
	}
	fmt.Println(bytes.Contains(picture.Bytes(), []byte(`lang="de"`)), bytes.Contains(picture.Bytes(), []byte("Verlängerungen")))
	// Output: true true
}
