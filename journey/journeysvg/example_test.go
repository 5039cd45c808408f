package journeysvg_test

import (
	"bytes"
	"fmt"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/golden"
	"github.com/cxmodel/cxmodel/journey"
	"github.com/cxmodel/cxmodel/journey/journeysvg"
	"github.com/cxmodel/cxmodel/metrics"
)

func ExampleRender() {
	j := &journey.Journey{Scenario: "A neighbour comes for lunch", Stages: []journey.Stage{
		{Key: "enquiry", Name: "Asks for a table", Kind: journey.KindConsideration},
		{Key: "visit", Name: "Eats with us", Kind: journey.KindUse},
		{Key: "follow-up", Name: "Hears from us", Kind: journey.KindAdvocacy},
	}}
	var picture bytes.Buffer
	if err := journeysvg.Render(&picture, j, nil); err != nil {
		fmt.Println(err)
	}
	fmt.Println(golden.Check("cafe.svg", picture.Bytes()))
	// Output: <nil>
}

// A page 1200 pixels wide, with what customers answered.
func ExampleRender_observed() {
	j, observed := runningShoes()
	var picture bytes.Buffer
	if err := journeysvg.Render(&picture, j, &journeysvg.Options{Width: 1200, Observed: observed}); err != nil {
		fmt.Println(err)
	}
	fmt.Println(golden.Check("running-shoes.svg", picture.Bytes()))
	// Output: <nil>
}

// A telephone: lanes are named above their row.
func ExampleRender_narrow() {
	j, observed := runningShoes()
	var picture bytes.Buffer
	opts := &journeysvg.Options{Width: 390, Observed: observed, Theme: &journeysvg.Theme{Mode: journeysvg.ModeDark}}
	if err := journeysvg.Render(&picture, j, opts); err != nil {
		fmt.Println(err)
	}
	fmt.Println(golden.Check("running-shoes-390-dark.svg", picture.Bytes()))
	// Output: <nil>
}

// Some lanes only, for one persona, in German.
func ExampleRender_german() {
	j, _ := runningShoes()
	var picture bytes.Buffer
	opts := &journeysvg.Options{Labels: german(), Persona: "new",
		Lanes: []journeysvg.Lane{journeysvg.LaneTouchpoints, journeysvg.LaneFeels, journeysvg.LaneEmotions, journeysvg.LanePains, journeysvg.LaneDelights, journeysvg.LaneHandOff, "legal"}}
	if err := journeysvg.Render(&picture, j, opts); err != nil {
		fmt.Println(err)
	}
	fmt.Println(golden.Check("running-shoes-german.svg", picture.Bytes()))
	// Output: <nil>
}

// The map runs from right to left.
func ExampleRender_rightToLeft() {
	var picture bytes.Buffer
	if err := journeysvg.Render(&picture, lunch(), &journeysvg.Options{Labels: arabic()}); err != nil {
		fmt.Println(err)
	}
	fmt.Println(golden.Check("lunch-arabic.svg", picture.Bytes()))
	// Output: <nil>
}

// A generated journey of 30 stages, in rows that fit a page.
func ExampleRender_long() {
	var picture bytes.Buffer
	if err := journeysvg.Render(&picture, generated(30), &journeysvg.Options{Width: 1400}); err != nil {
		fmt.Println(err)
	}
	fmt.Println(golden.Check("thirty-stages.svg", picture.Bytes()))
	// Output: <nil>
}

func ExampleObserve() {
	nps, err := metrics.NPSOf(22, 131, 502, nil)
	if err != nil {
		fmt.Println(err)
	}
	observed := map[cxmodel.Key][]journeysvg.Observation{"visit": {journeysvg.Observe(nps)}}
	fmt.Printf("%+v\n", observed["visit"][0])
	// Output: {Metric:NPS Value:+73 Interval:[+69, +77] N:655 Note:}
}
