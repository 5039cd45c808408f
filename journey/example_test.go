package journey_test

import (
	"fmt"
	"os"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/journey"
)

const lunch = `format: cxmodel/1
name: Lunch
stages:
  - key: visit
    name: Eats with us
    kind: use
    touchpoints:
      - {key: welcome, name: Is shown to the table, channel: store, sentiment: 1}
      - {key: meal, name: Eats, channel: store, sentiment: 2} # the chef's pride
      - key: bill
        name: Waits for the bill
        channel: store
        sentiment: -1
        pains: [nobody looks our way]
  - key: after
    name: Hears from us
    kind: advocacy
    touchpoints:
      - {key: mail, name: Is asked for a review, kind: review-request, channel: email, proactive: true}
`

func read(text string) *journey.Journey {
	j, issues, err := journey.Decode(strings.NewReader(text), &cxmodel.DecodeOptions{Name: "lunch.yaml"})
	if err != nil || issues.Err() != nil {
		panic(fmt.Sprint(err, issues.Err()))
	}
	return j
}

func Example() {
	j := read(lunch)
	fmt.Println(j.Validate().Err())
	fmt.Println(j.Curve(nil).MeanIndex())
	worst, _ := j.Curve(nil).Worst()
	fmt.Println("worst at", worst.Touchpoint)
	fmt.Println("listening posts:", j.Coverage(nil).Listening)
	// Output:
	// <nil>
	// mean sentiment 0.6667 of 3 touchpoints, 3 of them assumed, 1 more not known
	// worst at bill
	// listening posts: 1 of 4
}

func ExampleDecode() {
	text := "stages:\n  - {key: visit, nmae: Eats with us}\n"
	j, issues, err := journey.Decode(strings.NewReader(text), &cxmodel.DecodeOptions{Name: "lunch.yaml"})
	fmt.Println(j.Stages[0].Key, err)
	fmt.Println(issues.Err())
	// Output:
	// visit <nil>
	// lunch.yaml:2:18: unknown field "nmae"; did you mean "name"? [unknown-field]
}

func ExampleEncode() {
	j := read(`format: cxmodel/1
stages:
  # the heart of it
  - {key: visit, name: Eats with us, kind: use} # every day but Monday
`)
	j.Stages[0].Name = "Eats with Anna"
	if err := journey.Encode(os.Stdout, j, nil); err != nil {
		fmt.Println(err)
	}
	// Output:
	// format: cxmodel/1
	// stages:
	//   # the heart of it
	//   - {key: visit, name: Eats with Anna, kind: use} # every day but Monday
}

func ExampleJourney_Validate() {
	j := read(`stages:
  - {key: visit, name: Eats with us, weight: -1}
  - {key: Visit us, name: Comes again, next: [visti]}
`)
	for _, issue := range j.Validate() {
		fmt.Println(issue)
	}
	// Output:
	// lunch.yaml:2:46: the weight is -1; a weight is 0 or more [bad-weight]
	// lunch.yaml:3:11: malformed key: "Visit us"; use lower-case letters, digits and hyphens, such as "visit-us" [malformed-key]
	// lunch.yaml:3:47: there is neither a stage nor a touchpoint "visti"; the journey has Visit us, visit [dangling]
}

func ExamplePreset() {
	j, err := journey.Preset("awareness-to-loyalty")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range j.Stages {
		fmt.Printf("%-13s %-9s %s\n", s.Name, s.EffectivePhase(), s.Goal)
	}
	// Output:
	// Awareness     pre-sale  Learn that this could be for me
	// Consideration pre-sale  Find out which one is right
	// Purchase      sale      Buy it without trouble
	// Usage         post-sale Have the use of it
	// Loyalty       post-sale Come back without having to think
}

func ExampleDiff() {
	a := read(lunch)
	b := a.Clone()
	bill := &b.Stages[0].Touchpoints[2]
	bill.Key, bill.Formerly = "paying", []cxmodel.Key{"bill"}
	bill.Sentiment = new(0.5)
	bill.Pains = nil
	for _, change := range journey.Diff(a, b) {
		fmt.Println(change)
	}
	// Output:
	// touchpoint/paying: renamed from bill to paying
	// touchpoint/paying: sentiment changed from -1 to 0.5
	// touchpoint/paying: pain removed "nobody looks our way"
}

func ExampleDeltas() {
	a := read(lunch)
	b := a.Clone()
	b.Stages[0].Touchpoints[2].Pains = nil
	b.Stages[0].Touchpoints[2].Sentiment = new(0.5)
	for _, d := range journey.Deltas(a, b) {
		if d.Trend != journey.TrendUnchanged {
			fmt.Println(d.Kind, d.Text, "is", d.Trend)
		}
	}
	// Output:
	// touchpoint Waits for the bill is improved
	// pain nobody looks our way is resolved
}

func ExampleJourney_Curve() {
	c := read(lunch).Curve(nil)
	for _, p := range c.Points {
		fmt.Println(p.Touchpoint, p.Value, p.Assumed())
	}
	fmt.Println(c.PeakEndIndex())
	// Output:
	// welcome 1 true
	// meal 2 true
	// bill -1 true
	// mail NaN false
	// peak-end sentiment not known of 3 touchpoints, 3 of them assumed, 1 more not known
}

func ExampleJourney_Coverage() {
	c := read(lunch).Coverage(nil)
	fmt.Println("listen:", c.Listening, "- all but", c.Listening.Without)
	fmt.Println("pains addressed:", c.Eased)
	// Output:
	// listen: 1 of 4 - all but [touchpoint/welcome touchpoint/meal touchpoint/bill]
	// pains addressed: 0 of 1
}

func ExampleJourney_ChannelFits() {
	j := read(lunch)
	j.Personas = []journey.Persona{{Key: "regular", Name: "Comes every week", PreferredChannels: []journey.Channel{"store", "phone"}}}
	for _, f := range j.ChannelFits() {
		fmt.Println(f.Persona, "finds", f.Offered, "lacks", f.Lacking, "is forced in", f.Forced)
	}
	// Output:
	// regular finds [store] lacks [phone] is forced in [after]
}

func ExampleJourney_Phases() {
	phases, err := read(lunch).Phases(nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range phases {
		fmt.Printf("%-9s %.0f %% of the weight, %d touchpoints\n", p.Phase, 100*p.Share, p.Touchpoints)
	}
	// Output:
	// pre-sale  0 % of the weight, 0 touchpoints
	// sale      0 % of the weight, 0 touchpoints
	// post-sale 100 % of the weight, 4 touchpoints
}

func ExampleJourney_Edges() {
	for e := range read(lunch).Edges() {
		fmt.Println(e.From.Key, "to", e.To.Key)
	}
	// Output:
	// welcome to meal
	// meal to bill
	// bill to mail
}

func ExampleJourney_HandOffs() {
	j := read(lunch)
	j.Stages[0].Touchpoints[2].HandOff = &journey.HandOff{State: journey.CarryNone}
	for _, h := range j.HandOffs() {
		fmt.Printf("%s to %s: %d lost, %d not known\n", h.From, h.To, h.Lost, h.Unknown)
	}
	// Output:
	// store to store: 0 lost, 2 not known
	// store to email: 1 lost, 0 not known
}

func ExampleJourney_EmotionShifts() {
	j := read(lunch)
	j.Stages[0].Touchpoints[0].Emotions = []journey.Emotion{{Tag: journey.EmotionAnxiety, Before: new(journey.DegreeHigh), After: new(journey.DegreeLow)}}
	for _, s := range j.EmotionShifts(nil) {
		fmt.Println(s.Tag, "from", s.Before, "to", s.After)
	}
	// Output:
	// anxiety from 0.75 to 0.25
}

func ExampleJourney_Touchpoint() {
	j := read(lunch)
	j.Stages[0].Touchpoints[2].Aliases = []string{"Q7"}
	stage, touchpoint := j.Touchpoint("Q7")
	fmt.Println(stage.Key, touchpoint.Key)
	// Output:
	// visit bill
}

func ExampleJourney_AllTouchpoints() {
	for stage, touchpoint := range read(lunch).AllTouchpoints() {
		fmt.Println(stage.Key, touchpoint.Key)
	}
	// Output:
	// visit welcome
	// visit meal
	// visit bill
	// after mail
}

func ExampleJourney_FacetsOf() {
	j := read(lunch)
	j.Facets = []journey.Facet{{Key: "engagement", Weight: new(0.6)}, {Key: "trust", Weight: new(0.4)}}
	facets := j.FacetsOf(&j.Stages[0], &j.Stages[0].Touchpoints[0])
	shares, err := journey.FacetShares(facets, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, f := range facets {
		fmt.Printf("%s %.1f\n", f.Key, shares[i])
	}
	// Output:
	// emotion 0.2
	// convenience 0.2
	// personalization 0.2
	// trust 0.4
}

func ExampleShares() {
	shares, err := journey.Shares([]*float64{new(3.0), nil, new(1.0)})
	fmt.Println(shares, err)
	// Output:
	// [0.5 0.3333333333333333 0.16666666666666666] <nil>
}

func ExampleMeasure_Performance() {
	m := journey.Measure{Key: "effort", Metric: journey.MetricCES2, Floor: new(3.0), Target: new(6.5)}
	fmt.Println(m.Performance(4.75), m.Performance(7))
	// Output:
	// 0.5 1
}
