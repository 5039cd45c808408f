package journey_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/journey"
)

func lines(changes []cxmodel.Change) []string {
	out := make([]string, len(changes))
	for i, c := range changes {
		out[i] = c.String()
	}
	return out
}

func TestDiffOfAJourneyWithItselfIsEmpty(t *testing.T) {
	j, _ := load(t, "running-shoes.yaml")
	assert.Empty(t, journey.Diff(j, j))
	assert.Empty(t, journey.Diff(j, j.Clone()))
	assert.Empty(t, journey.Diff(&journey.Journey{}, &journey.Journey{}))
}

func TestDiffSpeaksTheWordsOfTheModel(t *testing.T) {
	a, _ := load(t, "running-shoes.yaml")
	b := a.Clone()
	b.State = journey.StateToBe
	b.Fields["x-drawn-by"] = "nobody"
	b.Personas[0].Name = "Frida"
	b.Stages[1].Touchpoints[0].HandOff.State = journey.CarryAll
	b.Stages[1].Touchpoints[1].Pains[0].Severity = new(journey.DegreeLow)
	b.Stages[1].Touchpoints[1].Opportunities = nil
	cart, checkout, packing := &b.Stages[2].Touchpoints[0], &b.Stages[2].Touchpoints[1], b.Stages[2].Touchpoints[2]
	cart.Key, cart.Formerly, cart.Next = "basket", []cxmodel.Key{"cart"}, []journey.Transition{{To: cxmodel.Ref{Key: "checkout"}}}
	checkout.Pains[0].Text = "asked for the address three times"
	checkout.Next[1].To.Key = "basket" // follows the rename
	b.Personas[2].Touchpoints[4] = "basket"
	checkout.Proactive = new(false)
	b.Stages[2].Touchpoints = b.Stages[2].Touchpoints[:2]
	b.Stages[3].Touchpoints = append([]journey.Touchpoint{packing}, b.Stages[3].Touchpoints...)
	b.Stages[3].Touchpoints[1], b.Stages[3].Touchpoints[3] = b.Stages[3].Touchpoints[3], b.Stages[3].Touchpoints[1]
	b.Stages = append(b.Stages, journey.Stage{Key: "return", Name: "Return", Touchpoints: []journey.Touchpoint{{Key: "label", Name: "Prints a label", Pains: []journey.Pain{{Text: "no printer"}}}}})

	changes := journey.Diff(a, b)
	assert.Equal(t, []string{
		"journey/running-shoes: state changed from as-is to to-be",
		"journey/running-shoes: x-drawn-by changed from {team: CX guild, tool: paper} to nobody",
		"persona/frequent: name changed from Frida, runs four times a week to Frida",
		"touchpoint/gait-analysis: hand-off changed from {state: lost, carries: the film and the advice, note: The web shop knows nothing of it} " +
			"to {state: carried, carries: the film and the advice, note: The web shop knows nothing of it}",
		"pain/too-many: severity changed from 0.5 to 0.25",
		"touchpoint/basket: renamed from cart to basket",
		"touchpoint/checkout: proactive changed to false",
		"touchpoint/checkout: pain added \"asked for the address three times\"",
		"touchpoint/packing: moved from stage/purchase to stage/post-purchase",
		"touchpoint/help: moved from after try-on to after packing",
		"touchpoint/try-on: moved from after delivery to after help",
		"stage/return: added \"Return\"",
		"touchpoint/label: added \"Prints a label\"",
		"opportunity/carry-advice: removed \"Show the shoes that the gait analysis found\"",
		"touchpoint/checkout: pain removed \"asked for the address twice\"",
	}, lines(changes))
	assert.Equal(t, "/stages/3/touchpoints/0", changes[8].Path, "paths lead into the newer journey")
	assert.Equal(t, "/stages/1/touchpoints/1/opportunities/0", changes[13].Path, "but into the older one for what is gone")
	assert.Equal(t, changes, journey.Diff(a, b))
}

func TestDiffOfReorderedStagesMovesAsFewAsPossible(t *testing.T) {
	a, err := journey.Preset("subscription")
	require.NoError(t, err)
	b := a.Clone()
	b.Stages = append(b.Stages[1:], b.Stages[0])
	assert.Equal(t, []string{"stage/awareness: moved from first to after exit"}, lines(journey.Diff(a, b)))

	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		c := a.Clone()
		r.Shuffle(len(c.Stages), func(i, k int) { c.Stages[i], c.Stages[k] = c.Stages[k], c.Stages[i] })
		was := map[cxmodel.Key]int{}
		for i, s := range a.Stages {
			was[s.Key] = i
		}
		order := make([]int, len(c.Stages))
		for i, s := range c.Stages {
			order[i] = was[s.Key]
		}
		assert.Len(t, journey.Diff(a, c), len(order)-longestRising(order))
	}
}

// longestRising tries every subset of at most nine.
func longestRising(xs []int) int {
	best := 0
	for set := range 1 << len(xs) {
		n, last, rises := 0, -1, true
		for i, x := range xs {
			if set>>i&1 == 1 {
				rises = rises && x > last
				n, last = n+1, x
			}
		}
		if rises {
			best = max(best, n)
		}
	}
	return best
}

func TestDiffNamesAnotherKeyOfTheJourney(t *testing.T) {
	a, b := &journey.Journey{Key: "old"}, &journey.Journey{Key: "new", Formerly: []cxmodel.Key{"old"}}
	assert.Equal(t, []string{"journey/new: renamed from old to new"}, lines(journey.Diff(a, b)))
	b.Formerly = nil
	assert.Equal(t, []string{"journey/new: key changed from old to new"}, lines(journey.Diff(a, b)))
}

// Keys are optional for what stands at a touchpoint: whoever gives one later has not written another pain.
func TestAPainIsTheSameWithAndWithoutItsKey(t *testing.T) {
	const text = "stages: [{key: a, name: A, touchpoints: [{key: b, name: B, hand-off: lost, pains: [%s]}]}]\n"
	without := decode(t, fmt.Sprintf(text, "slow, {text: loud, severity: low}"))
	with := decode(t, fmt.Sprintf(text, "slow, {key: noise, text: loud, severity: high}"))
	assert.Equal(t, []string{"pain/noise: key changed to noise", "pain/noise: severity changed from 0.25 to 0.75"}, lines(journey.Diff(without, with)))
	assert.Equal(t, []string{"touchpoint/b: key changed from noise", "touchpoint/b: severity changed from 0.75 to 0.25"}, lines(journey.Diff(with, without)))
	trends := map[string]journey.Trend{}
	for _, d := range journey.Deltas(without, with) {
		trends[d.Text] = d.Trend
	}
	assert.Equal(t, map[string]journey.Trend{"slow": journey.TrendUnspecified, "loud": journey.TrendWorsened}, trends)
}

func TestAMoveNamesAPainWithoutKeyByItsText(t *testing.T) {
	const text = "stages: [{key: a, name: A, touchpoints: [{key: b, name: B, pains: [%s]}]}]\n"
	a := decode(t, fmt.Sprintf(text, "{key: x, text: X}, {key: y, text: Y}, {key: z, text: Z}"))
	b := decode(t, fmt.Sprintf(text, "{key: y, text: Y}, {key: z, text: Z}, loud, {key: x, text: X}"))
	assert.Contains(t, lines(journey.Diff(a, b)), `pain/x: moved from first to after "loud"`)
}
