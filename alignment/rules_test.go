package alignment_test

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

// The numbers of the rules' tests are worked out by hand from the definition: strengths none, weak, medium, strong are
// 0, 1/9, 3/9, 1, and every tolerance is 1e-12.
const tolerance = 1e-12

// twoStages is a canvas of four items, a and b good (.75), c fair (.5), d not judged, with two stages judged by one facet.
const twoStages = `
format: cxmodel/1
journey:
  stages:
    - {key: one, name: One}
    - {key: two, name: Two}
canvas:
  channels:
    - {key: a, name: A, performance: 0.75}
    - {key: b, name: B, performance: 0.75}
  resources:
    - {key: c, name: C, performance: 0.5}
    - {key: d, name: D}
`

func TestRule01SeveralLinksOfAnItemAllApply(t *testing.T) {
	m := decode(t, twoStages+"links: [{item: a, to: one, strength: weak}, {item: a, to: one, strength: strong}]\n")
	a := assess(t, m, nil)
	assert.InDelta(t, .75, stage(t, a, "one").Support.Delivered, tolerance, "max for contributors")
	assert.Len(t, a.Issues.Code(alignment.CodeConflictingLinks), 1)

	m = decode(t, twoStages+`
helps: {b: {one: strong}}
links: [{item: c, to: one, role: required, strength: medium}, {item: c, to: one, role: required, strength: strong}]
`)
	a = assess(t, m, nil)
	assert.InDelta(t, .75*.5, stage(t, a, "one").Support.Delivered, tolerance, "min for requirements: 1 - 1 (1 - .5) = .5")
	assert.Len(t, a.Issues.Code(alignment.CodeConflictingLinks), 1)
}

func TestRule02SeveralRatersGiveTheLowerMedian(t *testing.T) {
	m := decode(t, twoStages+`
links:
  - {item: a, to: one, strength: strong, rater: anna}
  - {item: a, to: one, strength: medium, rater: ben}
  - {item: a, to: one, strength: weak, rater: cleo}
  - {item: b, to: two, strength: strong, rater: anna}
  - {item: b, to: two, strength: medium, rater: ben}
`)
	a := assess(t, m, nil)
	assert.InDelta(t, .25, stage(t, a, "one").Support.Delivered, tolerance, "median of .75, .25, .75/9")
	assert.InDelta(t, .25, stage(t, a, "two").Support.Delivered, tolerance, "the lower of .75 and .25")
	require.Len(t, a.Disagreements, 2)
	assert.Equal(t, []alignment.RaterValue{{Rater: "anna", Value: .75}, {Rater: "ben", Value: .25}}, a.Disagreements[1].Raters)
	assert.Empty(t, a.Issues.Code(alignment.CodeConflictingLinks), "other raters are no conflict")
}

func TestRule02RatersMayDifferInRequirements(t *testing.T) {
	m := decode(t, twoStages+`
links:
  - {item: a, to: one, strength: strong, rater: anna}
  - {item: c, to: one, strength: strong, role: required, rater: anna}
  - {item: a, to: one, strength: strong}
`)
	a := assess(t, m, nil)
	assert.InDelta(t, .375, stage(t, a, "one").Support.Delivered, tolerance,
		"anna .5 × .75, the unnamed rater .75; requirements act within a rater")
}

func TestRule03WholeTouchpointAndFacetLinksBothApply(t *testing.T) {
	const head = `
format: cxmodel/1
journey:
  facets: {emotion: 1, convenience: 1}
  stages: [{key: one, name: One}]
canvas:
  channels: [{key: a, name: A, performance: 0.75}, {key: b, name: B, performance: 0.5}]
`
	a := assess(t, decode(t, head+"helps: {a: {one.emotion: strong}, b: {one: strong}}\n"), nil)
	assert.InDelta(t, (.75+.5)/2, stage(t, a, "one").Support.Delivered, tolerance)
	assert.True(t, a.Coarse, "a link names the whole")
	a = assess(t, decode(t, head+"helps: {a: {one.emotion: strong}, b: {one.convenience: strong}}\n"), nil)
	assert.False(t, a.Coarse)
}

func TestRule04RequiredAndContributingBothApply(t *testing.T) {
	m := decode(t, twoStages+"helps: {a: {one: strong}}\nmust-not-fail: {a: {one: strong}}\n")
	a := assess(t, m, nil)
	assert.InDelta(t, .75*.75, stage(t, a, "one").Support.Delivered, tolerance)
	assert.Len(t, a.Issues.Code(alignment.CodeBothRoles), 1)
}

func TestRule05AlternativesCountByTheirBest(t *testing.T) {
	m := decode(t, twoStages+`
helps: {a: {one: strong, two: strong}}
links:
  - {item: c, to: one, role: required, strength: strong, group: payment}
  - {item: b, to: one, role: required, strength: strong, group: payment}
  - {item: c, to: two, role: required, strength: strong}
  - {item: b, to: two, role: required, strength: strong}
`)
	a := assess(t, m, nil)
	assert.InDelta(t, .75*.75, stage(t, a, "one").Support.Delivered, tolerance, "b stands in for c")
	assert.InDelta(t, .75*.5, stage(t, a, "two").Support.Delivered, tolerance, "both are needed")
}

func TestRule06CellWithoutLinkIsUnratedUntilReviewed(t *testing.T) {
	const head = `
format: cxmodel/1
journey:
  facets: {emotion: 1, convenience: 1}
  stages: [{key: one, name: One%s}]
canvas: {channels: [{key: a, name: A, performance: 0.75}]}
helps: {a: {one.emotion: strong}}
`
	a := assess(t, decode(t, sprintf(head, "")), nil)
	assert.True(t, math.IsNaN(cellAt(t, a, "one", "convenience").Support.Delivered))
	assert.Len(t, a.Unjudged, 1)
	assert.Empty(t, a.Uncovered)
	assert.InDelta(t, .375, a.Total.Low, tolerance)
	assert.InDelta(t, .875, a.Total.High, tolerance)

	a = assess(t, decode(t, sprintf(head, ", reviewed: true")), nil)
	assert.Equal(t, 0., cellAt(t, a, "one", "convenience").Support.Delivered)
	assert.Empty(t, a.Unjudged)
	require.Len(t, a.Uncovered, 1)
	assert.InDelta(t, .5, a.Uncovered[0].Weight, tolerance)
	assert.InDelta(t, .375, a.Total.High, tolerance)
}

func TestRule07LinkWithoutStrengthLiesBetweenWeakAndStrong(t *testing.T) {
	a := assess(t, decode(t, twoStages+"helps: {a: [one]}\n"), nil)
	c := cellAt(t, a, "one", "overall")
	assert.True(t, math.IsNaN(c.Support.Delivered))
	assert.InDelta(t, .75/9, c.Support.Low, tolerance)
	assert.InDelta(t, .75, c.Support.High, tolerance)

	a = assess(t, decode(t, twoStages+"helps: {a: {one: strong}}\nmust-not-fail: {c: [one]}\n"), nil)
	c = cellAt(t, a, "one", "overall")
	assert.InDelta(t, .75, c.Support.Delivered, tolerance, "an unrated requirement is taken as met")
	assert.InDelta(t, .75*.5, c.Support.Low, tolerance, "at worst it is strong: 1 - 1 (1 - .5)")
	assert.InDelta(t, .75, c.Support.High, tolerance, "at best it is weak, .75 (1 - .5/9); the point value, which takes it as met, lies above and bounds the interval")
}

func TestRule08UnsetPerformanceIsUnrated(t *testing.T) {
	a := assess(t, decode(t, twoStages+"helps: {d: {one: strong}}\n"), nil)
	c := cellAt(t, a, "one", "overall")
	assert.True(t, math.IsNaN(c.Support.Delivered))
	assert.InDelta(t, 0, c.Support.Low, tolerance)
	assert.InDelta(t, 1, c.Support.High, tolerance)
	assert.InDelta(t, 1, c.Support.Design, tolerance, "on paper it works")
	assert.True(t, math.IsNaN(item(t, a, "d").Leverage), "nobody knows what there is to gain")
}

func TestRule09OnlyRequirementsGiveAnInterval(t *testing.T) {
	a := assess(t, decode(t, twoStages+"must-not-fail: {c: {one: strong}}\n"), nil)
	c := cellAt(t, a, "one", "overall")
	assert.True(t, math.IsNaN(c.Support.Delivered))
	assert.InDelta(t, 0, c.Support.Low, tolerance)
	assert.InDelta(t, .5, c.Support.High, tolerance)
	assert.Len(t, a.Issues.Code(alignment.CodeNoContributor), 1)
}

func TestRule10PointValueInventsNothing(t *testing.T) {
	m := decode(t, `
format: cxmodel/1
journey:
  facets: {emotion: 1, convenience: 1}
  stages: [{key: one, name: One}, {key: two, name: Two}]
canvas: {channels: [{key: a, name: A, performance: 0.5}, {key: d, name: D}]}
helps: {a: {one.emotion: medium}, d: {one.emotion: strong}}
must-not-fail: {d: {one.emotion: strong}}
`)
	a := assess(t, m, nil)
	one, two := stage(t, a, "one"), stage(t, a, "two")
	assert.InDelta(t, .5*(1./3*.5), one.Support.Delivered, tolerance, "the unrated cell adds 0, the unrated links are left out or met")
	assert.InDelta(t, 0, one.Support.Low, tolerance)
	assert.InDelta(t, 1, one.Support.High, tolerance)
	assert.True(t, math.IsNaN(two.Support.Delivered), "nothing rated, no value")
	assert.True(t, math.IsNaN(two.PointsLost))
	assert.InDelta(t, one.Support.Delivered, a.Total.Delivered, tolerance, "the total is over the rated stages")
	assert.True(t, a.Partial, "and says so")
	assert.Contains(t, bytesOf(t, a), `"delivered":null`)
	assert.NotContains(t, bytesOf(t, a), "NaN")
}

func TestRule11IntervalSetsEveryUnknownToItsCorner(t *testing.T) {
	m := decode(t, twoStages+`
helps: {a: [one], b: {two: strong}}
must-not-fail: {d: {two: medium}}
needs: [{item: b, needs: d, strength: strong}]
`)
	a := assess(t, m, nil)
	two := stage(t, a, "two").Support
	assert.InDelta(t, .75, two.Delivered, tolerance, "need and requirement taken as met")
	assert.InDelta(t, 0, two.Low, tolerance, "with d at 0, b works 0")
	assert.InDelta(t, .75, two.High, tolerance)
	assert.InDelta(t, (.75/9+0)/2, a.Total.Low, tolerance, "Low and High are over all stages")
	assert.InDelta(t, .75, a.Total.High, tolerance)
}

func TestRule12DesignIsTheValueWhereEverythingWorks(t *testing.T) {
	a := assess(t, decode(t, twoStages+"helps: {a: {one: medium}, d: {two: strong}}\nmust-not-fail: {c: {one: strong}}\n"), nil)
	assert.InDelta(t, 1./3, stage(t, a, "one").Support.Design, tolerance)
	assert.InDelta(t, 1, stage(t, a, "two").Support.Design, tolerance)
	assert.InDelta(t, 1, stage(t, a, "two").Support.Design, tolerance, "on paper nobody needs to have judged it")
	assert.InDelta(t, 1./3, a.Total.Design, tolerance, "over the stages that have a value, as the total itself")
}

func TestRule13FacetsComeFromTouchpointStageOrJourney(t *testing.T) {
	m := decode(t, `
format: cxmodel/1
journey:
  facets: [emotion]
  stages:
    - {key: one, name: One, touchpoints: [{key: x, name: X, facets: [trust, clarity]}, {key: y, name: Y}]}
    - {key: two, name: Two, facets: {speed: 1, calm: 3}, touchpoints: [{key: z, name: Z}]}
    - {key: three, name: Three}
canvas: {channels: [{key: a, name: A, performance: 1}]}
helps: {a: {z.calm: strong}}
`)
	a := assess(t, m, nil)
	var got []string
	for c := range a.Cells() {
		got = append(got, string(c.Touchpoint.Key)+"."+string(c.Facet))
	}
	assert.Equal(t, []string{"x.trust", "x.communication", "x.personalization", "x.branding", "x.navigation", "y.emotion", "z.speed", "z.calm", "three.emotion"}, got)
	assert.InDelta(t, .75, stage(t, a, "two").Support.Delivered, tolerance)
}

func TestRule13DefaultIsOneFacetOverall(t *testing.T) {
	a := assess(t, decode(t, twoStages+"helps: {a: {one.overall: strong}}\n"), nil)
	assert.InDelta(t, .75, stage(t, a, "one").Support.Delivered, tolerance)
}

func TestRule14Weights(t *testing.T) {
	const model = `
format: cxmodel/1
journey:
  stages: [{key: one, name: One%s}, {key: two, name: Two%s}, {key: three, name: Three%s}]
canvas: {channels: [{key: a, name: A, performance: 1}]}
helps: {a: {one: strong, two: medium, three: none}}
`
	cases := []struct {
		name, one, two, three string
		want                  float64
		warning               bool
	}{
		{"all unset are equal", "", "", "", (1 + 1./3) / 3, false},
		{"unset ones take the mean", ", weight: 1", ", weight: 3", "", (1. + 3./3) / 6, true},
		{"zero is legal", ", weight: 1", ", weight: 0", ", weight: 1", .5, false},
		{"scaling changes nothing", ", weight: 20", ", weight: 40", ", weight: 40", (1 + 2./3) / 5, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a := assess(t, decode(t, sprintf(model, c.one, c.two, c.three)), nil)
			assert.InDelta(t, c.want, a.Total.Delivered, tolerance)
			assert.Equal(t, c.warning, len(a.Issues.Code("unset-weights")) > 0)
		})
	}
	for name, w := range map[string]string{"negative": ", weight: -1", "NaN": ", weight: .nan", "infinite": ", weight: .inf"} {
		t.Run(name, func(t *testing.T) {
			_, err := alignment.Assess(t.Context(), decode(t, sprintf(model, w, "", "")), nil)
			require.ErrorContains(t, err, "m.yaml:4:")
		})
	}
	_, err := alignment.Assess(t.Context(), decode(t, sprintf(model, ", weight: 0", ", weight: 0", ", weight: 0")), nil)
	require.ErrorContains(t, err, "zero")
}

func TestRule15PersonaReplacesWeightsAndLimitsTouchpoints(t *testing.T) {
	m := decode(t, `
format: cxmodel/1
journey:
  facets: {emotion: 1, convenience: 1}
  personas:
    - {key: hurried, name: Hurried, stage-weights: {one: 3, two: 1}, facet-weights: {emotion: 0, convenience: 1}}
    - {key: regular, name: Regular, touchpoints: [x]}
  stages:
    - {key: one, name: One, touchpoints: [{key: x, name: X}, {key: y, name: Y}]}
    - {key: two, name: Two, touchpoints: [{key: z, name: Z}]}
canvas: {channels: [{key: a, name: A, performance: 1}]}
helps: {a: {x.convenience: strong, z.emotion: strong, z.convenience: medium, y: none, x.emotion: none}}
`)
	a := assess(t, m, &alignment.Options{Persona: "hurried"})
	assert.InDelta(t, .5, stage(t, a, "one").Support.Delivered, tolerance, "x has convenience 1, y 0")
	assert.InDelta(t, 1./3, stage(t, a, "two").Support.Delivered, tolerance)
	assert.InDelta(t, .75*.5+.25/3, a.Total.Delivered, tolerance)
	a = assess(t, m, &alignment.Options{Persona: "regular"})
	require.Len(t, a.Stages, 1, "regulars never meet stage two")
	assert.InDelta(t, .5, a.Total.Delivered, tolerance, "x alone: emotion 0, convenience 1")

	table, err := alignment.Personas(t.Context(), m, nil)
	require.NoError(t, err)
	require.Len(t, table.Rows, 2)
	assert.InDelta(t, .5, table.Rows[0].Delivered[0], tolerance)
	assert.True(t, math.IsNaN(table.Rows[1].Delivered[1]))

	_, err = alignment.Assess(t.Context(), m, &alignment.Options{Persona: "nobody"})
	require.ErrorIs(t, err, alignment.ErrPersona)
	require.ErrorContains(t, err, `the journeys have ["hurried" "regular"]`)

	m.Journeys[0].Personas = nil
	_, err = alignment.Assess(t.Context(), m, &alignment.Options{Persona: "hurried"})
	require.ErrorIs(t, err, alignment.ErrPersona)
	require.ErrorContains(t, err, "the journeys have none, add it under personas")
}

func TestRule16BackstageHasNoWeightUnlessGiven(t *testing.T) {
	const model = `
format: cxmodel/1
journey:
  stages:
    - {key: one, name: One, touchpoints: [{key: front, name: Front}, {key: back, name: Back, layer: backstage%s}]}
    - {key: two, name: Two, touchpoints: [{key: lab, name: Lab, layer: support-process}]}
canvas: {channels: [{key: a, name: A, performance: 1}], resources: [{key: c, name: C, performance: 0.5}]}
helps: {a: {front: strong, two: strong}, c: {back: strong}}
needs: [{item: a, needs: c, strength: medium}]
`
	a := assess(t, decode(t, sprintf(model, "")), nil)
	works := 1 - (1-.5)/3 // a needs c: 1 - 1/3 (1 - .5)
	assert.InDelta(t, works, stage(t, a, "one").Support.Delivered, tolerance, "the back counts 0; what it does reaches the customer through needs")
	assert.InDelta(t, works, stage(t, a, "two").Support.Delivered, tolerance, "a stage of support processes alone is one touchpoint of its own")
	a = assess(t, decode(t, sprintf(model, ", weight: 1")), nil)
	assert.InDelta(t, (works+.5)/2, stage(t, a, "one").Support.Delivered, tolerance, "front takes the mean weight, 1")
}

func TestRule17EvidenceNeverChangesTheValue(t *testing.T) {
	plain := decode(t, twoStages+"links: [{item: a, to: one, strength: strong}]\n")
	graded := plain.Clone()
	graded.Links[0].Evidence = []cxmodel.Evidence{{Kind: cxmodel.EvidenceSurvey, N: 400}}
	graded.Claims = []cxmodel.Claim{{Text: "30 % more", Low: new(.2), High: new(.3)}}
	assert.Equal(t, assess(t, plain, nil).Total, assess(t, graded, nil).Total)
}

// a works .75 for anna; nobody has judged how d works, so ben's view is left out, also where d fails.
func TestRule10WhatIsLeftOutOfTheValueIsLeftOutOfWhatIfs(t *testing.T) {
	a := assess(t, decode(t, twoStages+"links: [{item: a, to: one, strength: strong, rater: anna}, {item: d, to: one, strength: strong, rater: ben}]\n"), nil)
	assert.InDelta(t, .75, stage(t, a, "one").Support.Delivered, tolerance)
	assert.Zero(t, item(t, a, "d").KnockOut)
	assert.InDelta(t, .75, a.Block(canvas.Channels).Contribution[0], tolerance)
	assert.Zero(t, a.Block(canvas.KeyResources).Contribution[0])
	assert.InDelta(t, .75, a.Block(canvas.Channels).Standalone[0], tolerance)
	assert.InDelta(t, .75, item(t, a, "a").KnockOut, tolerance)
}

func TestRule06WhereEveryLinkIsNoneNothingHelps(t *testing.T) {
	m := decode(t, twoStages+"helps: {a: {one: none}}\n")
	m.Journeys[0].Stages[0].Reviewed = true
	a := assess(t, m, nil)
	require.Len(t, a.Uncovered, 1)
	assert.Equal(t, "stage/one", a.Uncovered[0].Stage.String())
}

// A journey of weight 0 is shown with a score of its own, (.75 + .25) / 2, and does not count in the total.
func TestRule14AJourneyOfWeightZeroHasAScore(t *testing.T) {
	a := assess(t, decode(t, `
format: cxmodel/1
journeys:
  - {key: j, weight: 0, stages: [{key: one, name: One}, {key: two, name: Two}]}
  - {key: k, weight: 2, stages: [{key: three, name: Three}]}
canvas: {channels: [{key: a, name: A, performance: 0.75}]}
helps: {a: {one: strong, two: medium, three: weak}}
`), nil)
	require.Len(t, a.Journeys, 2)
	assert.Zero(t, a.Journeys[0].Weight)
	assert.InDelta(t, .5, a.Journeys[0].Support.Delivered, tolerance)
	assert.InDelta(t, .75/9, a.Total.Delivered, tolerance)
}

// .9 of emotion at .75 and .1 of convenience at .5/9.
func TestRule14ATouchpointOfWeightZeroIsScoredByItsFacetsWeights(t *testing.T) {
	a := assess(t, decode(t, `
format: cxmodel/1
journey:
  facets: {emotion: 0.9, convenience: 0.1}
  stages: [{key: one, name: One, touchpoints: [{key: x, name: X, weight: 0}, {key: y, name: Y, weight: 1}]}]
canvas: {channels: [{key: a, name: A, performance: 0.75}, {key: b, name: B, performance: 0.5}]}
helps: {a: {x.emotion: strong, y: strong}, b: {x.convenience: weak}}
`), nil)
	assert.InDelta(t, .9*.75+.1*.5/9, a.Touchpoints[0].Support.Delivered, tolerance)
	assert.InDelta(t, .75, stage(t, a, "one").Support.Delivered, tolerance)
}

// Both cost; c is broken and nothing else is linked, so all contributions are 0. To work fully c would gain (1/9)/2, which
// is not below .01; what b costs carries nothing.
func TestCostWithContributionZeroIsOverInvestedAlsoWhereTheTotalIsZero(t *testing.T) {
	a := assess(t, decode(t, `
format: cxmodel/1
journey: {stages: [{key: one, name: One, reviewed: true}, {key: two, name: Two, reviewed: true}]}
canvas:
  channels: [{key: b, name: B, performance: 1, amount: 10 EUR/month}]
  resources: [{key: c, name: C, performance: 0, amount: 10 EUR/month}]
helps: {c: {one: weak}}
`), nil)
	assert.Zero(t, a.Total.Delivered)
	assert.True(t, a.Block(canvas.Channels).OverInvested)
	assert.False(t, a.Block(canvas.KeyResources).OverInvested)

	m := a.Model().Clone()
	m.Links = nil
	assert.False(t, assess(t, m, nil).Block(canvas.Channels).OverInvested, "nothing is linked yet: there is no score to compare with")
}

func TestTheNextRungIsSaidWhereAllLinksRequire(t *testing.T) {
	a := assess(t, decode(t, twoStages+"must-not-fail: {a: {one: strong}}\n"), nil)
	assert.Equal(t, alignment.RungMarks, a.Rung)
	require.NotEmpty(t, a.Next)
	assert.Contains(t, a.Next[0], "say what helps")
}

func TestAWaiverGivesNoNumberToWhatHasNone(t *testing.T) {
	const link = "helps: {a: {one: strong}}\n"
	for _, tail := range []string{
		"needs: [{item: a, needs: a}]\nwaivers: [{code: need-cycle, at: channel/a, reason: because}]\n",
		"links: [{item: a, to: two, strength: weak, performance: 7}]\nwaivers: [{code: out-of-range, at: channel/a, reason: because}]\n",
	} {
		m := decode(t, twoStages+link+tail)
		require.NoError(t, m.Validate().Err())
		_, err := alignment.Assess(t.Context(), m, nil)
		require.ErrorContains(t, err, "waived or not")
	}
	m := decode(t, twoStages+link+"needs: [{item: b, needs: nobody, strength: strong}]\nwaivers: [{code: dangling, at: nobody, reason: because}]\n")
	assert.InDelta(t, .75, stage(t, assess(t, m, nil), "one").Support.Delivered, tolerance, "the need of nobody is left out")
	m = decode(t, twoStages+link+"needs: [{item: nobody, needs: d, strength: strong}]\nwaivers: [{code: dangling, at: nobody, reason: because}]\n")
	assert.Zero(t, item(t, assess(t, m, nil), "d").KnockOut, "and so is nobody's need")
}

// An NPS of +20 between 0 and 40 is .5 everywhere; a CSAT of .7 between .5 and .9 is .5 at x.
func TestTheSummarySaysWhereAPerformanceIsMeasured(t *testing.T) {
	m := decode(t, `
format: cxmodel/1
journey:
  measures: [{key: nps, metric: nps, floor: 0, target: 40, item: a}]
  stages:
    - {key: one, name: One, touchpoints: [{key: x, name: X, measures: [{key: csat, metric: csat, scale: {min: 1, max: 5}, floor: 0.5, target: 0.9, item: a}]}]}
    - {key: two, name: Two, touchpoints: [{key: y, name: Y}]}
canvas: {channels: [{key: a, name: A, performance: 0.8}]}
helps: {a: {x: strong, y: strong}}
`)
	nps, err := metrics.NPSOf(30, 20, 50, nil)
	require.NoError(t, err)
	csat, err := metrics.Proportion(70, 100, nil)
	require.NoError(t, err)
	everywhere, here := alignment.Measurement{Measure: "nps", Estimate: nps}, alignment.Measurement{Measure: "csat", Estimate: csat}
	for want, ms := range map[string][]alignment.Measurement{
		"(works 50 today, measured)":                   {everywhere},
		"(works 80 today, judged; measured 50 at x)":   {here},
		"(works 50 today, measured; measured 50 at x)": {here, everywhere},
	} {
		var b strings.Builder
		require.NoError(t, assess(t, m, &alignment.Options{Measured: ms}).WriteSummary(&b))
		assert.Contains(t, strings.Join(strings.Fields(b.String()), " "), want)
	}
}

// A CSAT of .8 between 0 and 1 is .8, which is also what somebody judged elsewhere.
func TestOnlyWhatIsMeasuredIsCalledMeasured(t *testing.T) {
	m := decode(t, `
format: cxmodel/1
journey:
  stages:
    - {key: one, name: One, touchpoints: [{key: x, name: X, measures: [{key: csat, metric: csat, scale: {min: 1, max: 5}, floor: 0, target: 1, item: a}]}]}
    - {key: two, name: Two, touchpoints: [{key: y, name: Y}]}
canvas: {channels: [{key: a, name: A, performance: 0.8}]}
helps: {a: {x: strong, y: strong}}
`)
	csat, err := metrics.Proportion(80, 100, nil)
	require.NoError(t, err)
	a := assess(t, m, &alignment.Options{Measured: []alignment.Measurement{{Measure: "csat", Estimate: csat}}})
	for stage, want := range map[cxmodel.Key]bool{"one": true, "two": false} {
		e, err := a.Explain(t.Context(), stage, canvas.Channels)
		require.NoError(t, err)
		assert.Equal(t, want, strings.Contains(e.Text, "measured"), e.Text)
	}
}

// An NPS of +20 is .4 between 0 and 50, and .2 between 0 and 100.
func TestAMeasurementAtATouchpointBelongsToTheMeasureOfItsJourney(t *testing.T) {
	m := decode(t, `
format: cxmodel/1
journeys:
  - {key: j, measures: [{key: nps, metric: nps, level: relationship, floor: 0, target: 50, item: a}], stages: [{key: one, name: One, touchpoints: [{key: x, name: X}]}]}
  - {key: k, measures: [{key: nps, metric: nps, level: relationship, floor: 0, target: 100, item: b}], stages: [{key: two, name: Two, touchpoints: [{key: y, name: Y, aliases: [Y1]}]}]}
canvas: {channels: [{key: a, name: A, performance: 0.75}, {key: b, name: B, performance: 0.75}]}
helps: {a: {x: strong}, b: {y: strong}}
`)
	nps, err := metrics.NPSOf(30, 20, 50, nil)
	require.NoError(t, err)
	for _, at := range []cxmodel.Key{"y", "Y1"} {
		a := assess(t, m, &alignment.Options{Measured: []alignment.Measurement{{Measure: "nps", Touchpoint: at, Estimate: nps}}})
		assert.InDelta(t, .2, stage(t, a, "two").Support.Delivered, tolerance)
		assert.InDelta(t, .75, stage(t, a, "one").Support.Delivered, tolerance)
	}
	_, err = alignment.Assess(t.Context(), m, &alignment.Options{Measured: []alignment.Measurement{{Measure: "nps", Touchpoint: "z", Estimate: nps}}})
	require.ErrorContains(t, err, `no touchpoint "z"`)
}

// Measured performance is clamp((x - floor) / (target - floor), 0, 1): an NPS of 20 between 0 and 50 is .4.
func TestMeasuredPerformanceReplacesTheJudgedOne(t *testing.T) {
	m := decode(t, `
format: cxmodel/1
journey:
  measures: [{key: nps, metric: nps, level: relationship, floor: 0, target: 50, item: a}]
  stages:
    - key: one
      name: One
      touchpoints:
        - {key: x, name: X, measures: [{key: csat, metric: csat, scale: {min: 1, max: 5}, floor: 0.5, target: 0.9, item: b}]}
        - {key: y, name: Y}
canvas: {channels: [{key: a, name: A, performance: 0.75}, {key: b, name: B, performance: 0.75}]}
helps: {a: {y: strong}, b: {x: strong, y: weak}}
`)
	nps, err := metrics.NPSOf(30, 20, 50, nil) // +20
	require.NoError(t, err)
	csat, err := metrics.Proportion(70, 100, nil) // .7: (.7 - .5) / .4 = .5
	require.NoError(t, err)
	a := assess(t, m, &alignment.Options{Measured: []alignment.Measurement{{Measure: "nps", Estimate: nps}, {Measure: "csat", Touchpoint: "x", Estimate: csat}}})
	assert.InDelta(t, .4, cellAt(t, a, "y", "overall").Support.Delivered, tolerance)
	assert.InDelta(t, .5, cellAt(t, a, "x", "overall").Support.Delivered, tolerance)
	assert.Equal(t, alignment.RungMeasurement, a.Rung)
	assert.InDelta(t, .75, a.Measured[0].Replaced, tolerance)
	e, err := a.Explain(t.Context(), "one", 3)
	require.NoError(t, err)
	assert.Contains(t, e.Text, "measured: NPS +20")
	assert.Contains(t, e.Text, "in place of the judged 75")

	_, err = alignment.Assess(t.Context(), m, &alignment.Options{Measured: []alignment.Measurement{{Measure: "ces", Estimate: nps}}})
	require.ErrorIs(t, err, alignment.ErrMeasurement)
	_, err = alignment.Assess(t.Context(), m, &alignment.Options{Measured: []alignment.Measurement{{Measure: "nps", Estimate: csat}}})
	require.ErrorIs(t, err, alignment.ErrMeasurement, "a share is no NPS")
}

// A requirement of a rater who does not say what delivers the quality is a view with a gate and no value (rule 9): the
// median is over the others, the interval knows it, and a warning says so.
func TestRule02ARequirementHoldsInTheViewOfItsRater(t *testing.T) {
	m := decode(t, twoStages+`
must-not-fail: {c: {one: strong}}
links: [{item: a, to: one, strength: strong, rater: anna}]
`)
	a := assess(t, m, nil)
	c := cellAt(t, a, "one", "overall")
	assert.InDelta(t, .75, c.Support.Delivered, tolerance)
	assert.InDelta(t, 0, c.Support.Low, tolerance)
	warnings := a.Issues.Code(alignment.CodeNoContributor)
	require.Len(t, warnings, 1)
	assert.Contains(t, warnings[0].Message, "the rater without a name does not say what delivers it")
	assert.Positive(t, warnings[0].Pos.Line)

	m.Links = append(m.Links, alignment.Helps("a", "one", alignment.Medium))
	a = assess(t, m, nil)
	assert.InDelta(t, .25*.5, stage(t, a, "one").Support.Delivered, tolerance, "the lower of .75 and .75/3 × .5")
	assert.Empty(t, a.Issues.Code(alignment.CodeNoContributor))
}

// None is 0 however the item works: the cell is rated, its interval is [0, 0], and nobody is asked how the item works.
func TestRule08NoneIsRatedWhereThePerformanceIsUnset(t *testing.T) {
	a := assess(t, decode(t, twoStages+"helps: {d: {one: none}, a: {two: strong}}\n"), nil)
	c := cellAt(t, a, "one", "overall")
	assert.Equal(t, alignment.Support{Delivered: 0, Low: 0, High: 0, Design: 0}, c.Support)
	assert.Zero(t, c.Links[0].Value)
	assert.True(t, math.IsNaN(c.Links[0].Works))
	assert.InDelta(t, .375, a.Total.Delivered, tolerance)
	assert.True(t, a.Total.Certain())
	assert.Empty(t, a.Unjudged)
	assert.NotContains(t, strings.Join(a.Next, "\n"), "without a performance")

	a = assess(t, decode(t, twoStages+"helps: {d: {one: none}}\n"), nil)
	assert.Equal(t, alignment.RungStrengths, a.Rung)
	assert.Contains(t, a.Next[0], "say what helps")
}

// d is needed and nobody has judged it: what it would gain is not known, also where its own link states a performance.
func TestLeverageOfWhatIsNeededAndNotJudgedIsNotKnown(t *testing.T) {
	a := assess(t, decode(t, twoStages+`
helps: {a: {one: strong}}
links: [{item: d, to: one, strength: weak, performance: 0.5}]
needs: [{item: a, needs: d, strength: strong}]
`), nil)
	assert.True(t, math.IsNaN(item(t, a, "d").Leverage))
	assert.True(t, math.IsNaN(a.Block(canvas.KeyResources).Leverage))
}

func TestWhatAnItemDoesNotTouchIsNotCounted(t *testing.T) {
	m := decode(t, `
format: cxmodel/1
journey: {stages: [{key: one, name: One, touchpoints: [{key: x, name: X}, {key: y, name: Y}]}, {key: two, name: Two}]}
canvas:
  channels: [{key: a, name: A, work: role}]
  resources: [{key: c, name: C, work: role}]
helps: {a: [x], c: {y: none}}
`)
	a := assess(t, m, nil)
	assert.Equal(t, []canvas.Block{canvas.Channels}, a.Touchpoints[0].Blocks)
	assert.Empty(t, a.Touchpoints[1].Blocks)
	assert.Equal(t, []int{1, 0}, a.WorkByStage()[0].ByStage)
	m.Links = m.Links[:1]
	a = assess(t, m, nil)
	require.Equal(t, alignment.RungMarks, a.Rung)
	var b strings.Builder
	require.NoError(t, a.WriteSummary(&b))
	assert.Contains(t, b.String(), "One                              CH\n  X                              CH\n  Y                              nothing\nTwo                              nothing\n")
}

// d has half of the costs and nobody has judged it: what it carries is not known, so it is not called over-invested.
func TestWhatNobodyJudgedIsNotCalledOverInvested(t *testing.T) {
	a := assess(t, decode(t, `
format: cxmodel/1
journey: {stages: [{key: one, name: One}, {key: two, name: Two}]}
canvas:
  channels: [{key: a, name: A, performance: 1, amount: 10 EUR/month}]
  resources: [{key: d, name: D, amount: 10 EUR/month}, {key: idle, name: Idle}]
helps: {a: {one: strong}, d: {two: strong}}
`), nil)
	require.True(t, a.HasScore())
	b := a.Block(canvas.KeyResources)
	assert.False(t, b.OverInvested)
	assert.True(t, math.IsNaN(b.Leverage))
	assert.InDelta(t, .5, b.CostShare, tolerance)
	assert.Contains(t, a.Notes, "whether Key resources costs more than it carries is not known: nobody has judged d")
	assert.Zero(t, a.Block(canvas.Channels).Leverage)
}

func TestRule14EqualWeightsAreSaidAtEveryLevel(t *testing.T) {
	notes := func(facets, x, y, stage string) []string {
		return assess(t, decode(t, sprintf(`
format: cxmodel/1
journey:
  facets: %s
  stages:
    - {key: one, name: One%s, touchpoints: [{key: x, name: X%s}, {key: y, name: Y%s}]}
    - {key: two, name: Two, touchpoints: [{key: p, name: P, facets: {calm: 1, speed: 2}}, {key: q, name: Q}]}
canvas: {channels: [{key: a, name: A, performance: 1}]}
helps: {a: {one: strong}}
`, facets, stage, x, y)), nil).Notes
	}
	assert.Equal(t, []string{"all stages count the same: no weights are set", "all facets count the same in x, y, q: no weights are set",
		"all touchpoints of a stage count the same: no weights are set"}, notes("experience", "", "", ""))
	assert.Equal(t, []string{"all touchpoints of a stage count the same in two: no weights are set"},
		notes("{calm: 1, speed: 3}", ", weight: 1", ", weight: 2", ", weight: 2"))
}

func TestASuggestedNeedFollowsAliases(t *testing.T) {
	const model = `
format: cxmodel/1
journey: {stages: [{key: one, name: One}]}
canvas:
  resources: [{key: oven, name: Oven, aliases: [stove], performance: 1}]
  partnerships: [{key: gas, name: Gas works, supplies: [oven]}]
helps: {stove: {one: strong}}
`
	assert.Len(t, decode(t, model).Validate().Code(alignment.CodeSuggestedNeed), 1)
	assert.Empty(t, decode(t, model+"needs: [{item: stove, needs: gas}]\n").Validate().Code(alignment.CodeSuggestedNeed))
}

// Two journeys ask the same question, with an item each: a measurement that does not say where it was taken fits neither
// more.
func TestAMeasurementThatCouldBeOfSeveralMeasuresIsNotGuessed(t *testing.T) {
	const model = `
format: cxmodel/1
journeys:
  - {key: j, stages: [{key: one, name: One, touchpoints: [{key: x, name: X, measures: [{key: csat, metric: csat, level: transaction, scale: {min: 1, max: 5}, floor: 0, target: 1%s}]}]}]}
  - {key: k, stages: [{key: two, name: Two, touchpoints: [{key: y, name: Y, measures: [{key: csat, metric: csat, level: transaction, scale: {min: 1, max: 5}, floor: 0, target: 1%s}]}]}]}
canvas: {channels: [{key: a, name: A, performance: 0.5}]}
helps: {a: {x: strong, y: strong}}
`
	csat, err := metrics.Proportion(80, 100, nil)
	require.NoError(t, err)
	opts := &alignment.Options{Measured: []alignment.Measurement{{Measure: "csat", Estimate: csat}}}
	both := decode(t, sprintf(model, ", item: a", ", item: a"))
	_, err = alignment.Assess(t.Context(), both, opts)
	require.ErrorIs(t, err, alignment.ErrAmbiguous)
	require.ErrorContains(t, err, "stands at touchpoint/x, touchpoint/y; say at which touchpoint")

	a := assess(t, decode(t, sprintf(model, "", "")), opts)
	assert.True(t, math.IsNaN(a.Measured[0].Performance), "it sets nothing wherever it belongs")
	assert.True(t, a.Measured[0].At.IsZero())

	defs, err := alignment.MeasureDefs(both)
	require.NoError(t, err)
	cube, err := survey.NewCube(defs, nil)
	require.NoError(t, err)
	require.NoError(t, cube.Add(survey.Answer{Measure: "csat", Score: 5}))
	require.NoError(t, cube.Add(survey.Answer{Measure: "csat", Touchpoint: "x", Score: 5}))
	measured, issues, err := alignment.Measurements(both, cube)
	require.NoError(t, err)
	require.Len(t, measured, 1, "the answer that says where it was given")
	require.Len(t, issues.Code(alignment.CodeAmbiguous), 1)

	opts.Measured[0].Touchpoint = "y"
	assert.InDelta(t, .8, stage(t, assess(t, both, opts), "two").Support.Delivered, tolerance)
}

func TestTwoMeasurementsOfOneItemInOnePlaceAreAnError(t *testing.T) {
	m := decode(t, `
format: cxmodel/1
journey:
  measures:
    - {key: nps, metric: nps, level: relationship, floor: 0, target: 50, item: a}
    - {key: enps, metric: enps, level: relationship, floor: 0, target: 50, item: a}
  stages: [{key: one, name: One}]
canvas: {channels: [{key: a, name: A, performance: 0.5}]}
helps: {a: {one: strong}}
`)
	nps, err := metrics.NPSOf(30, 20, 50, nil)
	require.NoError(t, err)
	_, err = alignment.Assess(t.Context(), m, &alignment.Options{Measured: []alignment.Measurement{{Measure: "nps", Estimate: nps}, {Measure: "enps", Estimate: nps}}})
	require.ErrorContains(t, err, `"nps" and "enps" both say how channel/a works`)
}

// At b 1 of 2 customers is content and at c all of 40 are, so a's judged .6 is told from c's and not from b's: two answers
// leave b anywhere from .09 to .91 (Wilson, Agresti and Coull 1998).
func TestTwoAnswersMakeNoStageTheLowest(t *testing.T) {
	m := decode(t, `
format: cxmodel/1
journey:
  measures:
    - {key: b, metric: csat, scale: {min: 1, max: 5}, floor: 0, target: 1, item: b}
    - {key: c, metric: csat, scale: {min: 1, max: 5}, floor: 0, target: 1, item: c}
  stages:
    - {key: one, name: One, reviewed: true}
    - {key: two, name: Two, reviewed: true}
    - {key: three, name: Three, reviewed: true}
canvas: {channels: [{key: a, name: A, performance: 0.6}, {key: b, name: B, performance: 0.9}, {key: c, name: C, performance: 0.9}]}
helps: {a: {one: strong}, b: {two: strong}, c: {three: strong}}
`)
	refs := func(keys ...cxmodel.Key) (out []cxmodel.Ref) {
		for _, k := range keys {
			out = append(out, cxmodel.Ref{Kind: cxmodel.KindStage, Key: k})
		}
		return out
	}
	measured := func(successes, n int) *alignment.Assessment {
		b, err := metrics.Proportion(successes, n, nil)
		require.NoError(t, err)
		b.Metric = "csat"
		c, err := metrics.Proportion(40, 40, nil)
		require.NoError(t, err)
		c.Metric = "csat"
		return assess(t, m, &alignment.Options{Measured: []alignment.Measurement{{Measure: "b", Estimate: b}, {Measure: "c", Estimate: c}}})
	}
	a := measured(1, 2)
	for _, n := range []alignment.Naming{a.Lowest, a.MostLost} {
		assert.Equal(t, refs("one", "two"), n.Candidates, "three is far above both")
		assert.Equal(t, refs("one"), n.Within)
		assert.Equal(t, cxmodel.Key("two"), n.ByScale[0].Stage.Key, "by the point values")
		assert.False(t, n.Agreed())
		assert.False(t, n.DependsOnScale())
	}
	var b strings.Builder
	require.NoError(t, a.WriteSummary(&b))
	assert.Contains(t, b.String(), "Lowest score: Two; by what is measured it could also be One.")
	assert.NotContains(t, b.String(), "depends on the rating scale")

	a = measured(100, 200) // .43 to .57
	assert.Equal(t, refs("two"), a.Lowest.Candidates)
	assert.True(t, a.Lowest.Agreed())
	assert.Empty(t, a.Lowest.Within)

	none, err := metrics.Proportion(1, 2, nil)
	require.NoError(t, err)
	none.Metric, none.Level, none.Low, none.High, none.Warnings = "csat", 0, math.NaN(), math.NaN(), metrics.WarnNoInterval
	a = assess(t, m, &alignment.Options{Measured: []alignment.Measurement{{Measure: "b", Estimate: none}}})
	assert.Equal(t, refs("one", "three"), a.Lowest.Within, "without an interval nothing is known")
}
