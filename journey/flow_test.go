package journey_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/journey"
)

func edges(j *journey.Journey) []string {
	var out []string
	for e := range j.Edges() {
		arrow := " > "
		if e.Implied {
			arrow = " ~ "
		}
		out = append(out, string(e.From.Key)+arrow+string(e.To.Key))
	}
	return out
}

func TestEdgesFollowWhatIsSaidElseTheOrder(t *testing.T) {
	j, _ := load(t, "running-shoes.yaml")
	assert.Equal(t, []string{
		"advert ~ first-run",
		"first-run ~ gait-analysis", "first-run ~ comparison", // a stage without order is entered anywhere
		"gait-analysis ~ cart", "comparison ~ cart", // and left from anywhere
		"cart > checkout",
		"checkout > delivery", "checkout > cart", // packing is backstage
		"delivery ~ try-on",
		"try-on ~ help", "try-on ~ review", // help is optional
		"help ~ review",
		"review > gait-analysis", "review > comparison", // the loop back, by the stage
	}, edges(j))
}

func TestEdgesPassOptionalAndEmptyStagesAndEnd(t *testing.T) {
	j := decode(t, `stages:
  - {key: a, name: A, touchpoints: [a1]}
  - {key: b, name: B}
  - {key: c, name: C, touchpoints: [{key: c1, optional: true}, {key: c2, optional: true}]}
  - {key: d, name: D, touchpoints: [d1, {key: d2, next: [gone]}]}
  - {key: e, name: E}
`)
	assert.Equal(t, []string{"a1 ~ c1", "a1 ~ c2", "a1 ~ d1", "c1 ~ c2", "c1 ~ d1", "c2 ~ d1", "d1 ~ d2"}, edges(j))
	for range j.Edges() {
		break // may be left at any time
	}
}

func TestAShortReferenceMeansItsOwnKindFirst(t *testing.T) {
	j := decode(t, `stages:
  - {key: pay, name: Pay, touchpoints: [{key: form, next: [pay]}, pay], next: [use]}
  - {key: use, name: Use, touchpoints: [begin, {key: use, next: [stage/pay]}]}
`)
	assert.Equal(t, []string{"form > pay", "pay > begin", "begin ~ use", "use > form"}, edges(j))
	assert.NoError(t, j.Validate().Err())
}

func TestHandOffsAreCountedByChannel(t *testing.T) {
	j, _ := load(t, "running-shoes.yaml")
	j.Stages[2].Touchpoints[1].HandOff = &journey.HandOff{State: journey.CarryAll, To: "delivery"}
	j.Stages[3].Touchpoints[0].HandOff = &journey.HandOff{State: journey.CarryPart}
	var found int
	for _, h := range j.HandOffs() {
		switch {
		case h.From == "store" && h.To == "website":
			assert.Equal(t, journey.ChannelHandOff{From: "store", To: "website", Lost: 1}, h)
			found++
		case h.From == "website" && h.To == "email":
			assert.Equal(t, 1, h.Carried)
			found++
		case h.From == "website" && h.To == "website":
			assert.Equal(t, 3, h.Unknown, "the hand-off to delivery says nothing of the way back to the cart")
			found++
		case h.From == "email" && h.To == "product":
			assert.Equal(t, 1, h.Partly)
			found++
		}
	}
	require.Equal(t, 4, found)
}

// Half of the customers go to a stage that may begin at either of two touchpoints: how many begin at each is not said.
func TestAShareIsKnownWhereOneWayHasIt(t *testing.T) {
	j := decode(t, `stages:
  - {key: a, name: A, touchpoints: [{key: a1, next: [{to: stage/b, share: 0.5}, {to: c1, share: 0.25}]}]}
  - {key: b, name: B, any-order: true, touchpoints: [b1, b2]}
  - {key: c, name: C, touchpoints: [c1]}
`)
	shares := map[string]*float64{}
	for e := range j.Edges() {
		if !e.Implied {
			shares[string(e.To.Key)] = e.Share
		}
	}
	assert.Equal(t, map[string]*float64{"b1": nil, "b2": nil, "c1": new(.25)}, shares)
}
