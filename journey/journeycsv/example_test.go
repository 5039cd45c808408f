package journeycsv_test

import (
	"fmt"
	"os"
	"strings"

	"github.com/cxmodel/cxmodel/journey"
	"github.com/cxmodel/cxmodel/journey/journeycsv"
)

func ExampleEncode() {
	j, err := journey.Preset("small")
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := journeycsv.Encode(os.Stdout, j, nil); err != nil {
		fmt.Println(err)
	}
	// Output:
	// touchpoint,enquiry,service,follow-up
	// stage,before,visit,after
	// stage-name,Before the visit,The visit,After the visit
	// name,Asks or books,Is served,Is thanked and asked
	// kind,information,service,review-request
	// moment,,first,
	// proactive,no,,yes
}

func ExampleDecode() {
	const wall = "Step,Looks us up,Calls us\nStage,Before,\nDoing,Searches,Dials\nMood,1,great\n"
	j, issues, err := journeycsv.Decode(strings.NewReader(wall), &journeycsv.Options{Name: "wall.csv"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for s, t := range j.AllTouchpoints() {
		fmt.Println(s.Key, t.Key, t.Action)
	}
	fmt.Println(issues.Err())
	// Output:
	// before looks-us-up Searches
	// before calls-us Dials
	// wall.csv:4:8: "great" in lane "Mood" has no place: "great" is not a number [bad-value]
}

func ExampleUpdate() {
	j, err := journey.Preset("small")
	if err != nil {
		fmt.Println(err)
		return
	}
	edited, issues, err := journeycsv.Update(j, strings.NewReader("touchpoint;service\npains;Loud\n"), nil)
	if err != nil || issues.Err() != nil {
		fmt.Println(err, issues.Err())
		return
	}
	_, service := edited.Touchpoint("service")
	fmt.Println(service.Name, "-", service.Pains[0].Text)
	// Output: Is served - Loud
}
