package journey_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/journey"
)

func TestLookupGoesByKeyThenFormerKeyThenAlias(t *testing.T) {
	j := decode(t, `personas: [{key: p, name: P, formerly: [q], aliases: [r]}]
measures: [{key: m, metric: nps, aliases: [Q1]}]
stages:
  - {key: a, name: A, formerly: [x], aliases: [y]}
  - {key: b, name: B, aliases: [x], touchpoints: [{key: t, name: T, aliases: [x, T1]}, {key: x, name: X, formerly: [y], measures: [{key: n, metric: churn}]}, {key: z, name: Z, aliases: [y]}]}
`)
	assert.Equal(t, "A", j.Stage("a").Name)
	assert.Equal(t, "A", j.Stage("x").Name, "a former key wins over an alias")
	assert.Equal(t, "A", j.Stage("y").Name)
	assert.Nil(t, j.Stage("z"))
	assert.Nil(t, j.Stage(""))
	s, tp := j.Touchpoint("x")
	assert.Equal(t, "B X", s.Name+" "+tp.Name, "a key wins over all")
	_, tp = j.Touchpoint("y")
	assert.Equal(t, "X", tp.Name)
	s, tp = j.Touchpoint("no")
	assert.True(t, s == nil && tp == nil)
	assert.Equal(t, "P", j.Persona("r").Name)
	of, m := j.Measure("Q1")
	assert.Equal(t, cxmodel.Key("m"), m.Key)
	assert.True(t, of.IsZero(), "the journey has no key")
	of, _ = j.Measure("n")
	assert.Equal(t, "touchpoint/x", of.String())
	_, m = j.Measure("no")
	assert.Nil(t, m)
	assert.Equal(t, map[string]cxmodel.Key{"t": "t", "x": "x", "z": "z", "y": "x", "T1": "t"}, j.TouchpointNames())

	tp = &j.Stages[1].Touchpoints[0]
	_, found := j.Touchpoint("T1")
	assert.Same(t, tp, found, "what is found leads into the journey")
}

func TestIteratorsKeepTheOrderAndMayBeLeft(t *testing.T) {
	j, _ := load(t, "running-shoes.yaml")
	var seen, moments, measures, elements []string
	for s, tp := range j.AllTouchpoints() {
		seen = append(seen, string(s.Key)+" "+string(tp.Key))
	}
	assert.Len(t, seen, 11)
	assert.Equal(t, "purchase packing", seen[6])
	for _, tp := range j.MomentsOfTruth() {
		moments = append(moments, string(tp.Key)+" "+tp.Moment.String())
	}
	assert.Equal(t, []string{"first-run zero", "gait-analysis first", "checkout yes", "try-on second", "review ultimate"}, moments)
	for of, m := range j.AllMeasures() {
		measures = append(measures, of.String()+" "+string(m.Key))
	}
	assert.Equal(t, []string{"journey/running-shoes nps", "touchpoint/checkout checkout-effort"}, measures)
	for e := range j.Elements() {
		elements = append(elements, e.Ref.String()+" "+e.Path)
	}
	assert.Equal(t, []string{"persona/frequent /personas/0", "persona/occasional /personas/1", "persona/new /personas/2", "measure/nps /measures/0",
		"lane/legal /lanes/0", "lane/partners /lanes/1", "stage/awareness /stages/0", "touchpoint/advert /stages/0/touchpoints/0"}, elements[:8])
	for n := range elements {
		count := 0
		for range j.Elements() {
			if count++; count > n {
				break
			}
		}
		assert.Equal(t, n+1, count)
	}
	for range j.AllTouchpoints() {
		break
	}
	for range j.MomentsOfTruth() {
		break
	}
	for range j.AllMeasures() {
		break
	}
}

func TestTitleFallsBackToTheKey(t *testing.T) {
	assert.Equal(t, "a", (&journey.Stage{Key: "a"}).Title())
	assert.Equal(t, "A", (&journey.Touchpoint{Key: "a", Name: "A"}).Title())
	assert.Equal(t, "p", (&journey.Persona{Key: "p"}).Title())
	require.True(t, (&journey.Journey{}).Ref().IsZero())
}
