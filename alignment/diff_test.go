package alignment_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
)

func TestDiffNamesEveryPartOfAModel(t *testing.T) {
	before := decode(t, `
name: A
journey: {name: J, stages: [{key: visit, touchpoints: [{key: pay}]}]}
canvas: {channels: [{key: phone}, {key: mail}], activities: [{key: dishes}]}
helps: {phone: {visit: weak}, mail: {pay: medium}}
links: [{item: phone, to: pay, rater: anna, strength: strong}]
needs: [{item: phone, needs: mail, strength: weak}]
teams: [{key: front, name: Front}]
targets: [{stage: visit, score: 0.5}]
waivers: [{code: x, at: phone, reason: r}]
`)
	after := decode(t, `
name: B
journey: {name: K, stages: [{key: visit, touchpoints: [{key: till, formerly: [pay]}]}]}
canvas: {channels: [{key: phone}, {key: mail}], activities: [{key: dishes, performance: good}]}
helps: {phone: {visit: strong}, mail: {till: medium}}
must-not-fail: {dishes: {visit: strong}}
links: [{item: phone, to: till, rater: anna, strength: strong, note: seen}]
needs: [{item: phone, needs: mail, strength: strong}, {item: mail, needs: dishes}]
teams: [{key: front, name: Front office}]
targets: [{stage: visit, score: 0.6}]
`)
	var got []string
	for _, c := range alignment.Diff(before, after) {
		got = append(got, c.Path+" "+c.String())
	}
	assert.Equal(t, []string{
		"/name name changed from A to B",
		"/journey/name name changed from J to K",
		"/journey/stages/0/touchpoints/0 touchpoint/till: renamed from pay to till",
		"/canvas/activities/0/performance activity/dishes: performance changed to good",
		"/helps/phone/visit channel/phone: link to visit changed from weak to strong",
		`/must-not-fail/dishes/visit activity/dishes: required by visit added "strong"`,
		"/links/0/note channel/phone: link to till by anna: note changed to seen",
		"/needs/0/strength phone: need of mail: strength changed from weak to strong",
		"/needs/1 mail: need of dishes added",
		"/teams/0/name team/front: name changed from Front to Front office",
		"/targets/0/score visit: target: score changed from 0.5 to 0.6",
		" phone: waiver of x removed",
	}, got)
	assert.Len(t, alignment.Diff(nil, before), len(alignment.Diff(before, nil)))
}

func TestDiffWithItselfIsEmpty(t *testing.T) {
	t.Parallel()
	forModels(t, func(t *testing.T, rng *rand.Rand, m *alignment.Model, _ *alignment.Assessment) {
		c := m.Clone()
		rng.Shuffle(len(c.Links), func(i, j int) { c.Links[i], c.Links[j] = c.Links[j], c.Links[i] })
		changes := alignment.Diff(m, c)
		for _, x := range changes { // two links of one meaning may have changed places
			require.Equal(t, cxmodel.ChangeEdited, x.Kind)
		}
		assert.Empty(t, alignment.Diff(m, m))
	})
}

func ExampleDiff() {
	before, _, err := alignment.Load(os.DirFS("../examples/models"), "cafe.yaml", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	after := before.Clone()
	after.Links[0].Strength = alignment.Medium
	after.Links = append(after.Links, alignment.MustNotFail("phone", "follow-up", alignment.Weak))
	for _, c := range alignment.Diff(before, after) {
		fmt.Println(c)
	}
	// Output:
	// channel/phone: link to enquiry changed from strong to medium
	// channel/phone: required by follow-up added "weak"
}
