package journey_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/journey"
)

func TestDeltasSayWhatBecameBetter(t *testing.T) {
	a, _ := load(t, "running-shoes.yaml")
	b := a.Clone()
	comparison, checkout := &b.Stages[1].Touchpoints[1], &b.Stages[2].Touchpoints[1]
	comparison.Pains[0].Reach = new(.3)                                     // .5 × .7 becomes .5 × .3
	comparison.Opportunities[0].Satisfaction = new(8.)                      // 9 + 6 becomes 9 + 1
	comparison.Pains = append(comparison.Pains, journey.Pain{Text: "slow"}) // new
	checkout.Pains = nil                                                    // resolved
	checkout.Sentiment = new(-2.)                                           // worsened
	b.Stages[0].Touchpoints[0].Pains = append(checkout.Pains, journey.Pain{Text: "loud", Severity: new(journey.DegreeLow)})
	a.Stages[0].Touchpoints[0].Pains = []journey.Pain{{Text: "loud", Severity: new(journey.DegreeLow), Reach: new(.5)}}

	got := map[string]journey.Delta{}
	for _, d := range journey.Deltas(a, b) {
		got[string(d.Kind)+" "+d.Text] = d
	}
	for name, want := range map[string]struct {
		trend    journey.Trend
		from, to float64
	}{
		"pain Two hundred shoes, and no word on which is mine":    {journey.TrendImproved, .35, .15},
		"opportunity Show the shoes that the gait analysis found": {journey.TrendImproved, 15, 10},
		"pain slow":                        {journey.TrendNew, math.NaN(), math.NaN()},
		"pain asked for the address twice": {journey.TrendResolved, math.NaN(), math.NaN()},
		"pain loud":                        {journey.TrendUnchanged, .25, .25}, // only the severity is known in both
		"touchpoint Pays":                  {journey.TrendWorsened, -1, -2},
		"touchpoint Fills the cart":        {journey.TrendUnchanged, .5, .5},
	} {
		d, ok := got[name]
		require.True(t, ok, name)
		assert.Equal(t, want.trend, d.Trend, name)
		if math.IsNaN(want.from) {
			assert.True(t, math.IsNaN(d.From), name)
		} else {
			assert.InDelta(t, want.from, d.From, 1e-15, name)
			assert.InDelta(t, want.to, d.To, 1e-15, name)
		}
	}
	_, known := got["touchpoint Asks what to do about blisters"]
	assert.False(t, known, "a sentiment that is not known has no trend")
	assert.Equal(t, "resolved", journey.TrendResolved.String())
}

// Ulwick's examples: importance 9 and satisfaction 3, 9 and 9, 4.7 and 2.1.
func TestOpportunityScore(t *testing.T) {
	for _, x := range [][3]float64{{9, 3, 15}, {9, 9, 9}, {4.7, 2.1, 7.3}, {3, 8, 3}} {
		o := journey.Opportunity{Importance: new(x[0]), Satisfaction: new(x[1])}
		assert.InDelta(t, x[2], o.Score(), 1e-12)
	}
	assert.True(t, math.IsNaN((&journey.Opportunity{Importance: new(9.)}).Score()))
	assert.True(t, math.IsNaN((&journey.Pain{Severity: new(journey.DegreeHigh)}).Burden()))
}

// .75 × .2 is .15000000000000002 in floating point, .5 × .3 is .15.
func TestATrendIsNoRoundingError(t *testing.T) {
	pains := func(p journey.Pain) *journey.Journey {
		return &journey.Journey{Stages: []journey.Stage{{Key: "a", Touchpoints: []journey.Touchpoint{{Key: "b", Pains: []journey.Pain{p}}}}}}
	}
	a := pains(journey.Pain{Text: "x", Severity: new(journey.DegreeHigh), Reach: new(.2)})
	b := pains(journey.Pain{Text: "x", Severity: new(journey.DegreeMedium), Reach: new(.3)})
	assert.Equal(t, journey.TrendUnchanged, journey.Deltas(a, b)[0].Trend)
}
