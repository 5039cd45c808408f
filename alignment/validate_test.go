package alignment_test

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/journey"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

func TestIssuesNamePlaceAndCure(t *testing.T) {
	const good = "helps: {a: {one: strong}}\n"
	cases := []struct{ name, tail, code, want string }{
		{"unknown item", "helps: {aa: {one: strong}}\n", "dangling", `m.yaml:14:19: there is no canvas item "aa"; did you mean "a"?`},
		{"unknown target", "helps: {a: {on: strong}}\n", "dangling", `there is no stage or touchpoint "on"; did you mean "one"?`},
		{"wrong kind", "helps: {resource/a: {one: strong}}\n", "dangling", `"a" is of another kind: channel/a`},
		{"unknown facet", "helps: {a: {one.speed: strong}}\n", "unknown-facet", `stage/one is not judged by "speed"; add it to the facets of the journey, or use one of overall [`},
		{"misspelt facet", "helps: {a: {one.overal: strong}}\n", "unknown-facet", `stage/one is not judged by "overal"; did you mean "overall"? (overall)`},
		{"misspelt facet of a target", good + "targets: [{stage: one, facet: overal, score: 0.6}]\n", "unknown-facet", `did you mean "overall"?`},
		{"performance off range", "links: [{item: a, to: one, strength: weak, performance: 1.5}]\n", "out-of-range", "lies in [0, 1]"},
		{"need of itself", good + "needs: [{item: a, needs: a, strength: weak}]\n", "need-cycle", "a → a"},
		{"need cycle", good + "needs:\n  - {item: a, needs: c}\n  - {item: c, needs: b}\n  - {item: b, needs: a}\n", "need-cycle", "items that need each other: a → c → b → a"},
		{"target off range", good + "targets: [{stage: one, score: 60}]\n", "out-of-range", "target 60; it lies in [0, 1]"},
		{"target of an item", good + "targets: [{stage: a, score: 0.6}]\n", "dangling", `there is no stage "a"`},
		{"team twice", good + "teams: [{key: x, name: X}, {key: x, name: Y}]\n", "duplicate-key", "team/x stands twice"},
		{"end before start", good + "initiatives: [{key: i, name: I, start: 2026-05-02, end: 2026-05-01}]\n", "bad-date", "initiative/i ends on 2026-05-01, before it starts on 2026-05-02"},
		{"unknown objective", good + "initiatives: [{key: i, name: I, objectives: [grow]}]\n", "dangling", `there is no objective "grow"`},
		{"group of helpers", "links: [{item: a, to: one, strength: weak, group: g}]\n", "group-without-required", "only required links have alternatives"},
		{"link without target", "links: [{item: a, strength: weak}]\n", "dangling", "the stage or touchpoint is missing"},
		{"malformed rater", "links: [{item: a, to: one, strength: weak, rater: Anna B}]\n", "malformed-key", `use lower-case letters, digits and hyphens, such as "anna-b"`},
		{"objective of no measure", good + "objectives: [{key: o, name: O, measure: npz}]\n", "dangling", `there is no measure "npz"; add it to a journey`},
		{"waiver without reason", good + "waivers: [{code: x, at: a}]\n", "incomplete-waiver", "code, at and reason"},
		{"waiver of nothing", good + "waivers: [{code: x, at: a, reason: because}]\n", "unused-waiver", "remove the waiver"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			issues := decode(t, twoStages+c.tail).Validate().Code(c.code)
			require.NotEmpty(t, issues)
			assert.Contains(t, issues[0].Error(), c.want)
			assert.Equal(t, "m.yaml", issues[0].Pos.File)
			assert.GreaterOrEqual(t, issues[0].Pos.Line, 14)
		})
	}
}

func TestAMalformedKeyIsSaidOnce(t *testing.T) {
	m, read, err := alignment.Decode(strings.NewReader(`format: cxmodel/1
journey: {stages: [{key: Visit, name: Visit}]}
canvas: {channels: [{key: s, name: S, performance: gud}]}
helps: {S: {visit: strong}, s: {Visit: strong, visit: strong}}
`), &cxmodel.DecodeOptions{Name: "m.yaml"})
	require.NoError(t, err)
	var got []string
	for _, i := range append(read, m.Validate()...) {
		got = append(got, i.Error())
	}
	assert.Equal(t, []string{
		`m.yaml:3:52: "gud" is not a performance; write a number from 0 to 1, or one of broken, poor, fair, good, excellent [bad-value]`,
		`m.yaml:4:9: malformed key: "S"; use lower-case letters, digits and hyphens, such as "s" [bad-value]`,
		`m.yaml:4:33: malformed key: "Visit"; use lower-case letters, digits and hyphens, such as "visit" [bad-value]`,
		`m.yaml:2:26: malformed key: "Visit"; use lower-case letters, digits and hyphens, such as "visit" [malformed-key]`,
		`m.yaml:4:55: there is no stage or touchpoint "visit"; mend the malformed key "Visit" first [dangling]`,
	}, got)
}

func TestTheNameThatWasMeantIsTheSameInEveryRun(t *testing.T) {
	const text = "format: cxmodel/1\njourney: {stages: [{key: one1, name: One}, {key: one2, name: Two}]}\ncanvas: {channels: [{key: a, name: A}]}\nhelps: {a: {one: strong}}\n"
	for range 50 {
		assert.Contains(t, decode(t, text).Validate().Code(alignment.CodeDangling)[0].Message, `did you mean "one1"?`)
	}
	text2 := strings.Replace(text, "{a: {one: strong}}", "{z: {one1: strong}}", 1)
	assert.NotContains(t, decode(t, text2).Validate().Code(alignment.CodeDangling)[0].Message, "mean", "no letter in common")
}

func TestTheSearchForTheNameThatWasMeantIsBounded(t *testing.T) {
	m := decode(t, twoStages)
	for range 1000 {
		m.Links = append(m.Links, alignment.Helps("aa", "one", alignment.Strong))
	}
	issues := m.Validate().Code(alignment.CodeDangling)
	require.Len(t, issues, 1000)
	assert.Contains(t, issues[0].Message, `did you mean "a"?`)
	assert.Contains(t, issues[999].Message, "add it to a block of the canvas")
}

func TestAKeyThatTwoItemsHaveAsksForKeysOfTheirOwn(t *testing.T) {
	issues := decode(t, `format: cxmodel/1
journey: {stages: [{key: one, name: One}]}
canvas: {channels: [{key: a, name: A}, {key: a, name: B}]}
helps: {a: {one: strong}}
`).Validate().Code(alignment.CodeAmbiguous)
	require.Len(t, issues, 1)
	assert.Contains(t, issues[0].Error(), `"a" can mean 2 elements with the key channel/a; give each a key of its own`)
}

func TestAMeasureOfAnItemThatIsNotThereIsDangling(t *testing.T) {
	const text = `format: cxmodel/1
journey:
  measures: [{key: m, metric: nps, item: phne}]
  stages:
    - {key: one, name: One, measures: [{key: n, metric: nps, item: channel/phone}]}
    - {key: two, name: Two, touchpoints: [{key: t, name: T, measures: [{key: o, metric: nps, item: shop}]}]}
canvas: {channels: [{key: phone, name: Phone}]}
helps: {phone: {one: strong}}
`
	issues := decode(t, text).Validate().Code(alignment.CodeDangling)
	require.Len(t, issues, 2)
	assert.Equal(t, `m.yaml:3:42: there is no canvas item "phne"; did you mean "phone"? [dangling]`, issues[0].Error())
	assert.Equal(t, `m.yaml:6:100: there is no canvas item "shop"; add it to a block of the canvas [dangling]`, issues[1].Error())
}

func TestSameKeyOfStageAndTouchpointIsAmbiguousInTheShortForm(t *testing.T) {
	const text = `
format: cxmodel/1
journey: {stages: [{key: one, name: One, touchpoints: [{key: one, name: One}]}]}
canvas: {channels: [{key: a, name: A, performance: 1}]}
helps: {a: {%s: strong}}
`
	issues := decode(t, sprintf(text, "one")).Validate()
	require.ErrorIs(t, issues.Err(), alignment.ErrAmbiguous)
	assert.Contains(t, issues.Err().Error(), `"one" can mean stage/one or touchpoint/one; write one of them`)
	require.NoError(t, decode(t, sprintf(text, "touchpoint/one")).Validate().Err())
}

func TestKeysAreUniqueOverJourneys(t *testing.T) {
	m := decode(t, `
format: cxmodel/1
journeys:
  - {key: j, stages: [{key: one, name: One}]}
  - {stages: [{key: one, name: One}]}
`)
	issues := m.Validate()
	assert.Len(t, issues.Code("duplicate-key"), 1)
	assert.Len(t, issues.Code("missing-key"), 1)
	assert.Len(t, issues.Code("no-canvas"), 1)
}

func TestWaiversHoldUntilTheirDay(t *testing.T) {
	const tail = "helps: {a: {one: strong}}\nmust-not-fail: {c: {two: strong}}\nwaivers: [{code: required-without-contributor, at: stage/two, reason: comes next year, until: 2027-01-01}]\n"
	m := decode(t, twoStages+tail)
	m.AsOf = cxmodel.Date{Year: 2026, Month: 11, Day: 1}
	issues := m.Validate().Code("required-without-contributor")
	require.Len(t, issues, 1)
	assert.Equal(t, "comes next year", issues[0].Waived)
	m.AsOf.Year = 2028
	assert.Empty(t, m.Validate().Code("required-without-contributor")[0].Waived)
	assert.Len(t, m.Validate().Code("expired-waiver"), 1)
}

func TestAnswersAboutAnUnknownTouchpointAreNamedAndTheRestCounts(t *testing.T) {
	m := load(t, "shop.yaml")
	csv := "measure,touchpoint,score\ncheckout-csat,payment,5\ncheckout-csat,paymnt,1\nnps,,9\n"
	cube, rows, rejected, err := alignment.ReadAnswers(t.Context(), m, strings.NewReader(csv), nil)
	require.NoError(t, err)
	require.Empty(t, rows)
	require.Zero(t, rejected)
	measured, issues, err := alignment.Measurements(m, cube)
	require.NoError(t, err)
	assert.Len(t, measured, 2)
	require.Len(t, issues, 1)
	assert.Equal(t, `warning: 1 answer to "checkout-csat" left out: the journeys have no touchpoint "paymnt"; did you mean "payment"? (it can be an alias) [dangling]`, issues[0].Error())
}

// Counted without AnswerAliases, by a cube that outlived a renaming.
func TestAnswersAtAFormerKeyAreThoseOfTheTouchpoint(t *testing.T) {
	m := decode(t, `
format: cxmodel/1
journey:
  stages:
    - key: one
      name: One
      touchpoints:
        - {key: pay, name: Pay, aliases: [till], formerly: [checkout], measures: [{key: nps, metric: nps}]}
        - {key: leave, name: Leave}
canvas: {channels: [{key: a, name: A}]}
helps: {a: {one: strong}}
`)
	m.Journeys = append(m.Journeys, nil) // for Validate to report
	for _, x := range []struct{ touchpoint, issue string }{
		{"pay", ""}, {"checkout", ""}, {"till", ""},
		{"leave", `"nps" is not asked at "leave", but at touchpoint/pay`},
	} {
		cube, err := survey.NewCube([]survey.MeasureDef{{Key: "nps", Metric: survey.MetricNPS}}, nil)
		require.NoError(t, err)
		require.NoError(t, cube.Add(survey.Answer{Measure: "nps", Touchpoint: cxmodel.Key(x.touchpoint), Score: 9}))
		measured, issues, err := alignment.Measurements(m, cube)
		require.NoError(t, err)
		if x.issue == "" {
			require.Empty(t, issues, x.touchpoint)
			require.Len(t, measured, 1)
			assert.Equal(t, cxmodel.Key("pay"), measured[0].Touchpoint)
			continue
		}
		require.Len(t, issues, 1)
		assert.Contains(t, issues[0].Message, x.issue)
	}
}

func TestGapsAreWaivedToo(t *testing.T) {
	m := load(t, "shop.yaml")
	a := assess(t, m, nil)
	for _, g := range a.Gaps.Code(alignment.GapStageDeaf) {
		assert.Equal(t, g.Ref.Key == "cart", g.Waived != "", g.Message)
	}
	assert.Empty(t, a.Issues.Code("unused-waiver"))
	cafe := load(t, "cafe.yaml")
	assert.Contains(t, assess(t, cafe, nil).Gaps[0].Message, "5 canvas items without an owner")
	cafe.Waivers = []cxmodel.Waiver{{Code: alignment.GapNoOwner, At: cxmodel.Ref{Key: "food"}, Reason: "Everybody cooks"}}
	a = assess(t, cafe, nil)
	assert.Contains(t, a.Gaps[0].Message, "4 canvas items without an owner")
	assert.Empty(t, a.Issues.Code("unused-waiver"))
}

// On paper food is worth 1 at the visit and the host 1/3, so the food's failure costs 2/3 of a third of the total.
func TestNoStandInNeedsNoPerformance(t *testing.T) {
	m := load(t, "cafe.yaml")
	for e := range m.Canvas.Entries() {
		e.Base().Performance = nil
	}
	a := assess(t, m, nil)
	require.Equal(t, alignment.RungStrengths, a.Rung)
	lost := map[cxmodel.Key]float64{}
	for _, x := range a.NoStandIn() {
		lost[x.Item.Key] = x.Points
	}
	assert.InDelta(t, 2./9, lost["food"], 1e-12)
	assert.InDelta(t, 2./9, lost["phone"], 1e-12)
	assert.InDelta(t, 1./9, lost["cards"], 1e-12)
	assert.InDelta(t, 1./3, lost["dishes"], 1e-12)
	assert.NotContains(t, lost, cxmodel.Key("host"), "it stands in for others, and nobody needs it more")
}

func TestEmptyModelIsAnError(t *testing.T) {
	_, err := alignment.Assess(t.Context(), &alignment.Model{}, nil)
	require.ErrorContains(t, err, "no journey")
	for _, text := range []string{"", "# only\n", "- a\n"} {
		_, _, err := alignment.Decode(strings.NewReader(text), &cxmodel.DecodeOptions{Name: "m.yaml"})
		require.ErrorContains(t, err, "m.yaml")
	}
}

func TestAnEmptyEntryAmongJourneysIsAnIssue(t *testing.T) {
	m := decode(t, "journeys:\n  - {key: j, stages: [{key: one, name: One}]}\n  - \n")
	issues := m.Clone().Validate()
	require.Len(t, issues.Code("no-journey"), 1)
	assert.Equal(t, 3, issues[0].Pos.Line)
	require.NoError(t, alignment.Encode(&bytes.Buffer{}, m, nil))
	_, err := alignment.Personas(t.Context(), m, nil)
	require.ErrorContains(t, err, "this journey is empty")
	_, err = alignment.MeasureDefs(m)
	require.ErrorIs(t, err, alignment.ErrNoMeasure)
	assert.Empty(t, alignment.AnswerAliases(m).Touchpoints)
}

func TestNumbersOutsideAnEnumerationAreIssuesWithTheList(t *testing.T) {
	m := decode(t, twoStages+"helps: {a: {one: strong}}\n")
	m.Links[0].Strength, m.Links[0].Role = 9, -1
	m.Needs = []alignment.Need{{Item: m.Links[0].Item, Needs: cxmodel.Ref{Key: "b"}, Strength: -2}}
	issues := m.Validate().Code(alignment.CodeUnknownValue)
	require.Len(t, issues, 3)
	assert.Equal(t, "9 is not a strength; use one of none, weak, medium, strong", issues[0].Message)
	assert.Equal(t, "-1 is not a role; use one of contributes, required", issues[1].Message)
}

func TestDecodeReturnsWhatItCouldRead(t *testing.T) {
	m, issues, err := alignment.Decode(strings.NewReader(twoStages+"helps: {a: {one: stong, two: strong}}\nhelp: {b: {one: strong}}\n"), &cxmodel.DecodeOptions{Name: "m.yaml"})
	require.NoError(t, err)
	require.Len(t, issues, 2)
	assert.Equal(t, `m.yaml:14:18: "stong" is not a strength; did you mean "strong"? (none, weak, medium, strong) [unknown-word]`, issues[0].Error())
	assert.Equal(t, `m.yaml:15:1: unknown field "help"; did you mean "helps"? [unknown-field]`, issues[1].Error())
	assert.Len(t, m.Links, 2)
}

func TestLoadReadsAModelInSeveralFiles(t *testing.T) {
	fsys := fstest.MapFS{
		"models/m.yaml":            {Data: []byte("format: cxmodel/1\njourneys: [parts/j.yaml]\ncanvas: parts/c.json\nhelps: parts/h.yaml\n")},
		"models/parts/j.yaml":      {Data: []byte("format: cxmodel/1\nstages:\n  - {key: one, name: One, wieght: 2}\n")},
		"models/parts/c.json":      {Data: []byte(`{"channels": [{"key": "a", "name": "A", "performance": 7}]}`)},
		"models/parts/h.yaml":      {Data: []byte("a: {one: strong}\n")},
		"models/missing.yaml":      {Data: []byte("canvas: none.yaml\njourney: {stages: [{key: one, name: One}]}\n")},
		"models/parts/escape.yaml": {Data: []byte("canvas: ../../../etc/x.yaml\n")},
	}
	m, issues, err := alignment.Load(fsys, "models/m.yaml", nil)
	require.NoError(t, err)
	require.Len(t, issues, 1)
	assert.Equal(t, "models/parts/j.yaml:3:27", issues[0].Pos.String(), "the place is in the file that holds it")
	require.Len(t, m.Links, 1)
	bad := m.Validate().Code("out-of-range")
	require.NotEmpty(t, bad)
	assert.Equal(t, "models/parts/c.json", bad[0].Pos.File)

	_, issues, err = alignment.Load(fsys, "models/missing.yaml", nil)
	require.NoError(t, err)
	require.Len(t, issues.Code("unreadable-file"), 1)
	_, issues, err = alignment.Load(fsys, "models/parts/escape.yaml", nil)
	require.NoError(t, err)
	require.Len(t, issues.Code("unreadable-file"), 1)
	_, _, err = alignment.Load(fsys, "none.yaml", nil)
	require.Error(t, err)
}

func TestAModelOfSeveralFilesIsWrittenAsOne(t *testing.T) {
	fsys := fstest.MapFS{
		"m.yaml": {Data: []byte("format: cxmodel/1\nname: X\njourney: j.yaml\ncanvas: c.yaml\nhelps: {a: {one: strong}}\n")},
		"j.yaml": {Data: []byte("# the journey\nformat: cxmodel/1\n# its stages\nstages: [{key: one, name: One}] # one\n")},
		"c.yaml": {Data: []byte("format: cxmodel/2\nchannels: [{key: a, name: A}]\n")},
	}
	m, issues, err := alignment.Load(fsys, "m.yaml", nil)
	require.NoError(t, err)
	require.Len(t, issues, 1)
	assert.Equal(t, `c.yaml:1:9: this file says format "cxmodel/2"; this library reads "cxmodel/1" [unknown-format]`, issues[0].Error())
	var b bytes.Buffer
	require.NoError(t, alignment.Encode(&b, m, nil))
	again := decode(t, b.String())
	assert.Len(t, again.Canvas.Channels, 1)
	assert.Contains(t, b.String(), "# the journey\n  # its stages\n  stages: [{key: one, name: One}] # one\n")
}

func TestCommentsStayWhereJourneysAndLinksAreAdded(t *testing.T) {
	m := decode(t, `format: cxmodel/1
journey:
  key: j
  stages:
    - {key: one, name: One} # first
canvas:
  channels: [{key: a, name: A}]
links:
  - {item: a, to: one, strength: weak, rater: anna} # anna said so
  - {item: a, to: one, strength: strong, rater: ben} # ben too
`)
	m.Journeys = append(m.Journeys, &journey.Journey{Key: "k", Stages: []journey.Stage{{Key: "two", Name: "Two"}}})
	m.Links = append([]alignment.Link{{Item: m.Links[0].Item, To: m.Links[0].To, Rater: "cleo"}}, m.Links...)
	var b bytes.Buffer
	require.NoError(t, alignment.Encode(&b, m, nil))
	for _, line := range []string{"{key: one, name: One} # first", "rater: anna} # anna said so", "rater: ben} # ben too", "rater: cleo}\n"} {
		assert.Contains(t, b.String(), line)
	}
	assert.Len(t, decode(t, b.String()).Journeys, 2)
}

func TestEncodeKeepsCommentsFormsAndLongLinks(t *testing.T) {
	const text = `format: cxmodel/1
name: Café # the name
journey: # our guests
  stages:
    # before
    - {key: one, name: One}
canvas:
  channels:
    - {key: a, name: A, performance: good} # by phone
  resources:
    - {key: c, name: C, performance: 0.75}
# who helps
helps:
  a: {one: strong} # the phone
must-not-fail: {c: {one: weak}}
links:
  # Anna's view
  - {item: c, to: one.overall, strength: medium, rater: anna, evidence: [{kind: interview, n: 12, date: 2026-11-02}]}
  - {item: a, to: one, strength: weak}
x-owner: {team: cx}
`
	m := decode(t, text)
	var b bytes.Buffer
	require.NoError(t, alignment.Encode(&b, m, nil))
	assert.Equal(t, text, b.String())

	m.Links[0].Strength = alignment.Medium
	m.Links = append(m.Links, alignment.MustNotFail("a", "one", alignment.Strong))
	b.Reset()
	require.NoError(t, alignment.Encode(&b, m, nil))
	assert.Contains(t, b.String(), "a: {one: medium} # the phone")
	assert.Contains(t, b.String(), "must-not-fail: {c: {one: weak}, a: {one: strong}}")
	for _, comment := range []string{"# the name", "# our guests", "# before", "# by phone", "# who helps", "# Anna's view"} {
		assert.Contains(t, b.String(), comment)
	}
}

func TestAPresetStandsForItsStages(t *testing.T) {
	const text = "format: cxmodel/1\njourney: {preset: small}\ncanvas:\n  channels:\n    - {key: a, name: A, performance: good}\nhelps: {a: {enquiry: strong}}\n"
	m := decode(t, text)
	require.NoError(t, m.Validate().Err())
	assert.Len(t, assess(t, m, nil).Stages, 3)
	var b bytes.Buffer
	require.NoError(t, alignment.Encode(&b, m, nil))
	assert.Equal(t, text, b.String())
	issues := decode(t, "journey: {preset: smal}\n").Validate()
	require.ErrorContains(t, issues.Err(), "m.yaml:1:")
}

func TestCloneIsDeep(t *testing.T) {
	m := load(t, "restaurant.yaml")
	var before, after bytes.Buffer
	require.NoError(t, alignment.Encode(&before, m, nil))
	c := m.Clone()
	c.Journeys[0].Stages[0].Name = "changed"
	*c.Canvas.Channels[0].Performance = 0
	c.Links[0].Strength = alignment.None
	c.Links = append(c.Links, c.Links...)
	require.NoError(t, alignment.Encode(&after, m, nil))
	assert.Equal(t, before.String(), after.String())
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(twoStages + "helps: {a: [one, two], b: {one.overall: strong}}\nlinks: [{item: c, to: one, role: required, group: g}]\n"))
	f.Add([]byte(`{"journey": {"stages": [{"key": "one", "name": "One"}]}, "needs": [{"item": "a", "needs": "b"}]}`))
	f.Add([]byte("journeys: [null]\n"))
	f.Add([]byte("journeys: [{preset: small}]\ncanvas: {}\nhelps: {a: }\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		limits := cxmodel.Limits{Elements: 5000, Bytes: 1 << 16}
		m, issues, err := alignment.Decode(bytes.NewReader(data), &cxmodel.DecodeOptions{Limits: limits})
		if err != nil {
			return
		}
		if m.Validate().Err() == nil {
			_, err := alignment.Assess(t.Context(), m, nil)
			require.NoError(t, err)
		}
		if len(issues) > 0 {
			return
		}
		var one, two bytes.Buffer
		require.NoError(t, alignment.Encode(&one, m, &cxmodel.EncodeOptions{Plain: true}))
		again, issues, err := alignment.Decode(bytes.NewReader(one.Bytes()), nil)
		require.NoError(t, err, one.String())
		require.Empty(t, issues, one.String())
		require.NoError(t, alignment.Encode(&two, again, &cxmodel.EncodeOptions{Plain: true}))
		require.Equal(t, one.String(), two.String())
	})
}

// A journey by itself knows neither its place in the model nor its lines; the model does.
func TestTheOtherPlaceOfAnIssueIsALineOfTheModel(t *testing.T) {
	const in = "format: cxmodel/1\njourney:\n  stages:\n    - {key: a, name: A, kind: use}\n    - {key: a, name: B, kind: use}\n"
	m := decode(t, in)
	duplicate := m.Validate().Code("duplicate-key")
	require.NotEmpty(t, duplicate)
	assert.Contains(t, duplicate[0].Error(), `m.yaml:5:13: another stage, in line 4, has the key "a"`)
	made := &alignment.Model{Journeys: m.Journeys}
	assert.Contains(t, made.Validate().Code("duplicate-key")[0].Message, `another stage, at /journey/stages/0, has the key "a"`)
}

// Reports are read by people who do not know the keys.
func TestGapsCallThingsByTheirNames(t *testing.T) {
	m := load(t, "cafe.yaml")
	m.Journeys[0].Stages[0].Touchpoints = []journey.Touchpoint{{Key: "c0", Name: "Orders", Channel: "phone", Pains: []journey.Pain{{Text: "engaged"}}}, {Key: "c1"}}
	m.Journeys[0].Stages[0].Facets, m.Links = nil, nil
	var messages []string
	for _, g := range assess(t, m, nil).Gaps {
		messages = append(messages, g.Message)
	}
	all := strings.Join(messages, "\n")
	assert.Contains(t, all, `no touchpoint uses the channel "Review cards"`)
	assert.Contains(t, all, `the stage "Asks for a table" listens nowhere`)
	assert.Contains(t, all, `nobody works on the pain "engaged" at the touchpoint "Orders"`)
	assert.Contains(t, all, `2 touchpoints without an owner: "Orders", "c1"`)
}
