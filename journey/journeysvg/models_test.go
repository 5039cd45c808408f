package journeysvg_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/journey"
	"github.com/cxmodel/cxmodel/journey/journeysvg"
)

// runningShoes returns the journey of the islands, with observed numbers for it.
func runningShoes() (*journey.Journey, map[cxmodel.Key][]journeysvg.Observation) {
	file, err := os.Open("../testdata/running-shoes.yaml")
	if err != nil {
		panic(err)
	}
	defer file.Close()
	j, issues, err := journey.Decode(file, nil)
	if err != nil || issues.Err() != nil {
		panic(fmt.Sprint(err, issues))
	}
	return j, map[cxmodel.Key][]journeysvg.Observation{
		"checkout":      {{Metric: "CES 2.0", Value: "4.1", Interval: "[3.8, 4.4]", N: 212}},
		"gait-analysis": {{Metric: "CSAT", Value: "91 %", Interval: "[88 %, 94 %]", N: 412}},
		"help":          {{Metric: "CSAT", Value: "n/a", Note: "3 answers, too few to show"}},
		"advocacy":      {{Metric: "NPS", Value: "+12", Interval: "[+4, +20]", N: 655}},
	}
}

// cafe returns three stages without touchpoints.
func cafe() *journey.Journey {
	return &journey.Journey{Scenario: "A neighbour comes for lunch", Stages: []journey.Stage{
		{Key: "enquiry", Name: "Asks for a table", Kind: journey.KindConsideration},
		{Key: "visit", Name: "Eats with us", Kind: journey.KindUse},
		{Key: "follow-up", Name: "Hears from us", Kind: journey.KindAdvocacy},
	}}
}

// generated returns a journey of n stages in which every field is filled somewhere.
func generated(n int) *journey.Journey {
	words := strings.Fields("The customer compares what is offered and asks a friend who knows whether the price is fair before deciding on anything at all today")
	text := func(seed, length int) string {
		var out []string
		for i := range length {
			out = append(out, words[(seed*7+i*3)%len(words)])
		}
		return strings.Join(out, " ")
	}
	j := &journey.Journey{Name: "A generated journey", Scenario: text(1, 12), Purpose: text(2, 9), State: journey.StateAsIs, Basis: journey.BasisResearched,
		Version: "7", AsOf: cxmodel.Date{Year: 2026, Month: 11, Day: 2}, Owner: "guild", Lanes: []journey.Lane{{Key: "legal", Name: "Law"}}}
	for i := range 4 {
		j.Personas = append(j.Personas, journey.Persona{Key: cxmodel.Key(fmt.Sprint("p", i)), Name: text(i, 3), Share: new(.25), Says: text(i+3, 8),
			Role: "buyer", Goals: []string{text(i, 4), text(i+1, 6)}, Needs: []string{text(i+2, 5)}})
	}
	kinds := journey.Kinds()
	for i := range n {
		s := journey.Stage{Key: cxmodel.Key(fmt.Sprint("stage-", i)), Name: text(i, 2+i%3), Kind: kinds[i*len(kinds)/n], Goal: text(i+5, 5+i%7), Weight: new(float64(1 + i%4)),
			AnyOrder: i%5 == 0, Owner: words[i%len(words)]}
		for k := range 1 + i%4 {
			seed := i*5 + k
			t := journey.Touchpoint{Key: cxmodel.Key(fmt.Sprint("t-", i, "-", k)), Name: text(seed, 2+seed%5), Action: text(seed+1, 6), Thought: text(seed+2, 9),
				Channel: journey.ChannelWebsite, Layer: journey.Layer(seed % 6), Systems: []string{"CRM", "shop"}, Owner: words[seed%len(words)],
				Lanes: map[cxmodel.Key]string{"legal": text(seed, seed%9)}}
			if seed%7 != 3 {
				t.Sentiment = new(float64(seed*3%9-4) / 2)
			}
			if seed%4 > 1 {
				t.Evidence = []cxmodel.Evidence{{Kind: cxmodel.EvidenceSurvey, N: 30}}
			}
			if seed%6 == 1 {
				t.Moment = journey.Moment(1 + seed%5)
			}
			if seed%3 == 0 {
				t.Pains = []journey.Pain{{Text: text(seed, 7), Severity: new(journey.DegreeHigh), Reach: new(.4), Count: new(seed)}, {Text: text(seed+4, 4)}}
				t.Delights = []journey.Delight{{Text: text(seed+8, 5), Strength: new(journey.Degree(.6))}}
				t.Opportunities = []journey.Opportunity{{Text: text(seed+6, 9), Impact: new(journey.DegreeHigh), Effort: new(journey.DegreeLow), Owner: "guild"}}
				t.Says, t.Expectation = text(seed+3, 8), text(seed+7, 6)
				t.Emotions = []journey.Emotion{{Tag: journey.EmotionAnxiety, Before: new(journey.DegreeHigh), After: new(journey.DegreeLow)}}
			}
			if seed%5 == 0 {
				t.Messages = []journey.Message{{Text: text(seed, 9), Personas: []cxmodel.Key{"p0"}}}
				t.HandOff = &journey.HandOff{State: journey.Carry(seed % 4), Carries: text(seed, 3), Note: text(seed, 4)}
				t.Standard = &journey.Standard{Text: text(seed, 5), Compliance: new(.7), Goal: new(.9)}
				t.Optional, t.Repeats = true, true
			}
			s.Touchpoints = append(s.Touchpoints, t)
		}
		j.Stages = append(j.Stages, s)
	}
	return j
}

func render(t testing.TB, j *journey.Journey, opts *journeysvg.Options) []byte {
	t.Helper()
	var b strings.Builder
	require.NoError(t, journeysvg.Render(&b, j, opts))
	return []byte(b.String())
}
