package canvas_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
)

const linked = `
segments:
  - key: families
    name: Families
    jobs: [{key: eat, text: Eat together}]
    pains: [{key: waiting, text: Waiting, jobs: [eat]}]
    gains: [{key: rest, text: Rest, jobs: [eat]}]
propositions:
  - key: food
    name: Food
    products: [{key: menu, name: Menu, jobs: [eat]}]
    relievers: [{key: fast, text: Fast kitchen, pains: [waiting], through: [menu]}]
    creators: [{text: Play corner, gains: [rest], through: [menu]}]
    segments: [parents]
channels: [{key: phone, name: Phone, segments: [families], propositions: [food]}]
relationships: [{key: host, name: Host, segments: [families]}]
revenue-streams: [{key: meals, name: Meals, payers: [families], propositions: [food]}]
resources: [{key: oven, name: Oven, serves: [food, channel/phone, host]}]
activities: [{key: cook, name: Cook, serves: food}]
partnerships: [{key: farm, name: Farm, supplies: [oven, cook, phone]}]
costs: [{key: rent, name: Rent, pays-for: [oven, cook, farm, phone, host, nowhere]}]
`

func TestLinksAreAllReferencesInDocumentOrder(t *testing.T) {
	c := decode(t, linked)
	c.Segments[0].Formerly = []cxmodel.Key{"parents"}
	var got []string
	for l := range c.Links() {
		got = append(got, fmt.Sprintf("%s %s %s @%s", l.From, l.Kind, l.To, l.Path))
	}
	assert.Equal(t, []string{
		"pain/waiting concerns job/eat @/segments/0/pains/0/jobs/0",
		"gain/rest concerns job/eat @/segments/0/gains/0/jobs/0",
		"product/menu performs job/eat @/propositions/0/products/0/jobs/0",
		"reliever/fast relieves pain/waiting @/propositions/0/relievers/0/pains/0",
		"reliever/fast through product/menu @/propositions/0/relievers/0/through/0",
		"creator/ creates gain/rest @/propositions/0/creators/0/gains/0",
		"creator/ through product/menu @/propositions/0/creators/0/through/0",
		"proposition/food targets segment/families @/propositions/0/segments/0",
		"channel/phone reaches segment/families @/channels/0/segments/0",
		"channel/phone delivers proposition/food @/channels/0/propositions/0",
		"relationship/host keeps segment/families @/relationships/0/segments/0",
		"revenue-stream/meals paid-by segment/families @/revenue-streams/0/payers/0",
		"revenue-stream/meals sells proposition/food @/revenue-streams/0/propositions/0",
		"resource/oven serves proposition/food @/resources/0/serves/0",
		"resource/oven serves channel/phone @/resources/0/serves/1",
		"resource/oven serves relationship/host @/resources/0/serves/2",
		"activity/cook serves proposition/food @/activities/0/serves/0",
		"partnership/farm supplies resource/oven @/partnerships/0/supplies/0",
		"partnership/farm supplies activity/cook @/partnerships/0/supplies/1",
		"partnership/farm supplies channel/phone @/partnerships/0/supplies/2",
		"cost/rent pays-for resource/oven @/costs/0/pays-for/0",
		"cost/rent pays-for activity/cook @/costs/0/pays-for/1",
		"cost/rent pays-for partnership/farm @/costs/0/pays-for/2",
		"cost/rent pays-for channel/phone @/costs/0/pays-for/3",
		"cost/rent pays-for relationship/host @/costs/0/pays-for/4",
		"cost/rent pays-for nowhere @/costs/0/pays-for/5",
	}, got)
	for range c.Links() {
		break // an iterator must bear being left
	}
}

func TestEveryLinkNamesItsItem(t *testing.T) {
	c := decode(t, linked)
	for l := range c.Links() {
		e, err := c.Lookup(l.Item)
		require.NoError(t, err)
		assert.Equal(t, l.Item, e.Ref())
	}
}

func TestEveryKindOfLinkHasAVerb(t *testing.T) {
	verbs := map[string]bool{}
	for k := canvas.Targets; k <= canvas.Concerns; k++ {
		text, err := k.MarshalText()
		require.NoError(t, err)
		var back canvas.LinkKind
		require.NoError(t, back.UnmarshalText(text))
		assert.Equal(t, k, back)
		verbs[k.String()] = true
	}
	assert.Len(t, verbs, 14)
	_, err := (canvas.Concerns + 1).MarshalText()
	assert.Error(t, err)
}
