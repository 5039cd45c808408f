package journeysvg_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/svg/svgtest"
	"github.com/cxmodel/cxmodel/journey"
	"github.com/cxmodel/cxmodel/journey/journeysvg"
	"github.com/cxmodel/cxmodel/metrics"
)

// hostileNames may stand in any text of a journey.
var hostileNames = []string{
	"<script>alert(1)</script>", `"><svg onload="alert(1)"/>`, "&lt;&nope;&#0;", "]]>", "nul\x00 bell\a\x1b[31m", "\u202etxet neddih\u202c", "\u2067isolate",
	"\xff\xfe bytes", strings.Repeat("long ", 2000), strings.Repeat("x", 10_000), "顧客体験の設計は難しい。", "👩‍👩‍👧‍👦🏳️‍🌈🇩🇪👍🏽", "العملاء أولا في كل مرحلة", "z" + strings.Repeat("\u0335", 200), "  \n\n\t ", "﷽",
}

// hostile puts the text wherever a journey has one.
func hostile(text string) *journey.Journey {
	degree, bad := journey.Degree(math.NaN()), math.Inf(1)
	t := journey.Touchpoint{Key: cxmodel.Key(text), Name: text, Description: text, Action: text, Thought: text, Expectation: text, Says: text,
		Messages: []journey.Message{{Text: text, Personas: []cxmodel.Key{cxmodel.Key(text)}, Segments: []cxmodel.Key{"s"}}}, Strategy: text,
		Standard: &journey.Standard{Text: text, Compliance: &bad}, Channel: journey.Channel(text), Layer: 77, Actors: []journey.Actor{{Name: text, Role: -3}},
		Systems: []string{text}, Owner: text, Moment: 99, Sentiment: new(1e300), Emotions: []journey.Emotion{{Tag: journey.EmotionTag(text), Before: &degree}},
		Pains: []journey.Pain{{Text: text, Severity: &degree, Reach: &bad}}, Delights: []journey.Delight{{Text: text, Strength: &degree}},
		Opportunities: []journey.Opportunity{{Text: text, Impact: &degree, Owner: text}}, Next: []journey.Transition{{To: cxmodel.Ref{Key: cxmodel.Key(text)}, When: text, Share: &bad}},
		HandOff: &journey.HandOff{State: 9, To: "nobody", Carries: text, Note: text}, Measures: []journey.Measure{{Key: "m", Metric: journey.Metric(text), Question: text}},
		Lanes: map[cxmodel.Key]string{cxmodel.Key(text): text}, SubJourney: cxmodel.Key(text), Optional: true, Repeats: true}
	other := t
	other.Key, other.Sentiment, other.Moment, other.Layer = "other", new(math.NaN()), journey.MomentUltimate, journey.LayerCustomer
	third := t
	third.Key, third.Sentiment, third.Layer = "third", new(-.5), journey.LayerSupportProcess
	return &journey.Journey{Name: text, Scenario: text, Purpose: text, Version: text, Owner: text, State: 5, Basis: -1, AsOf: cxmodel.Date{Year: -1},
		Personas: []journey.Persona{{Key: "p", Name: text, Description: text, Role: text, Says: text, Goals: []string{text, text}, Share: &bad, PreferredChannels: []journey.Channel{journey.Channel(text)}}},
		Lanes:    []journey.Lane{{Key: cxmodel.Key(text), Name: text}},
		Stages: []journey.Stage{
			{Key: "one", Name: text, Description: text, Goal: text, Owner: text, Weight: &bad, Phase: 9, Touchpoints: []journey.Touchpoint{t, other, third}},
			{Key: "two", Name: text, Kind: journey.KindUse},
		}}
}

func TestMapsAreSoundWhateverTheTexts(t *testing.T) {
	for _, text := range hostileNames {
		for _, width := range []float64{390, 900} {
			obs := map[cxmodel.Key][]journeysvg.Observation{"one": {{Metric: text, Value: text, Interval: text, N: 5, Note: text}}}
			got := render(t, hostile(text), &journeysvg.Options{ID: text, Width: width, Observed: obs, Labels: &journeysvg.Labels{RightToLeft: width == 900}})
			require.NoError(t, svgtest.Check(got), "%.40q at %g", text, width)
		}
	}
}

func TestMapsOfEveryWidthHoldTheirTexts(t *testing.T) {
	shoes, observed := runningShoes()
	for _, width := range []float64{0, 200, 390, 599, 600, 1024, 4000} {
		for _, column := range []float64{0, 80} {
			for _, rtl := range []bool{false, true} {
				opts := &journeysvg.Options{Width: width, ColumnWidth: column, Labels: &journeysvg.Labels{RightToLeft: rtl}}
				require.NoError(t, svgtest.Check(render(t, generated(12), opts)), "%+v", opts)
				opts.Observed = observed
				require.NoError(t, svgtest.Check(render(t, shoes, opts)), "%+v", opts)
			}
		}
	}
}

func TestNothingIsMissing(t *testing.T) {
	j := generated(30)
	texts, err := svgtest.Read(render(t, j, &journeysvg.Options{Width: 1200}))
	require.NoError(t, err)
	var all strings.Builder
	for _, text := range texts {
		all.WriteString(text.Line + " ")
	}
	for s, x := range j.AllTouchpoints() {
		for _, text := range []string{s.Name, s.Goal, x.Name, x.Action, x.Thought, x.Says, x.Lanes["legal"]} {
			assert.Contains(t, all.String(), text)
		}
		for _, p := range x.Pains {
			assert.Contains(t, all.String(), p.Text)
		}
	}
}

func TestTextsAreCutOnlyWithAnEllipsisAndATitle(t *testing.T) {
	long := strings.Repeat("many words ", 400)
	j := &journey.Journey{Name: "N", Stages: []journey.Stage{{Key: "s", Name: "S", Touchpoints: []journey.Touchpoint{{Key: "t", Name: "T", Action: long}}}}}
	cut := string(render(t, j, nil))
	assert.Contains(t, cut, "…</text>")
	assert.Contains(t, cut, "<title>"+strings.TrimSpace(long)+"</title>")
	whole := string(render(t, j, &journeysvg.Options{MaxLines: -1}))
	assert.NotContains(t, whole, "…</text>")
	assert.Equal(t, 400, strings.Count(whole, "many"))
}

func TestSameJourneySameBytes(t *testing.T) {
	first := render(t, generated(30), nil)
	before := runtime.GOMAXPROCS(1)
	second := render(t, generated(30), nil)
	runtime.GOMAXPROCS(before)
	assert.Equal(t, first, second)
}

func TestJourneyIsNotChanged(t *testing.T) {
	j := generated(8)
	want := j.Clone()
	render(t, j, &journeysvg.Options{Width: 800})
	assert.Equal(t, want, j)
}

func TestEmptyJourneySaysSo(t *testing.T) {
	for _, j := range []*journey.Journey{{}, {Name: "Nothing yet"}} {
		got := render(t, j, nil)
		require.NoError(t, svgtest.Check(got))
		assert.Contains(t, string(got), "This journey has no stages yet.")
	}
	assert.EqualError(t, journeysvg.Render(&bytes.Buffer{}, nil, nil), "journeysvg: there is no journey to draw")
}

func TestCurveIsSolidWhereMeasuredAndBrokenWhereUnknown(t *testing.T) {
	measured := []cxmodel.Evidence{{Kind: cxmodel.EvidenceSurvey, N: 40}}
	at := func(key cxmodel.Key, sentiment *float64, e []cxmodel.Evidence) journey.Touchpoint {
		return journey.Touchpoint{Key: key, Name: string(key), Sentiment: sentiment, Evidence: e}
	}
	backstage := at("packing", nil, nil)
	backstage.Layer = journey.LayerBackstage
	curve := func(touchpoints ...journey.Touchpoint) (solid, dotted, unknown int) {
		j := &journey.Journey{Name: "N", Stages: []journey.Stage{{Key: "s", Name: "S", Touchpoints: touchpoints}}}
		got := string(render(t, j, &journeysvg.Options{Lanes: []journeysvg.Lane{journeysvg.LaneFeels}, Theme: &journeysvg.Theme{Mode: journeysvg.ModeLight}}))
		for _, path := range regexp.MustCompile(`<path[^>]*>`).FindAllString(got, -1) {
			switch {
			case strings.Contains(path, "C") && strings.Contains(path, "dasharray"):
				dotted++
			case strings.Contains(path, "C"):
				solid++
			}
		}
		return solid, dotted, strings.Count(got, ">?</text>") - strings.Count(got, ">not known<")
	}
	check := func(wantSolid, wantDotted, wantUnknown int, touchpoints ...journey.Touchpoint) {
		t.Helper()
		solid, dotted, unknown := curve(touchpoints...)
		assert.Equal(t, []int{wantSolid, wantDotted, wantUnknown}, []int{solid, dotted, unknown})
	}
	one, two := new(1.), new(-1.)
	check(1, 0, 0, at("a", one, measured), at("b", two, measured))
	check(0, 1, 0, at("a", one, measured), at("b", two, nil))
	check(1, 1, 0, at("a", one, measured), at("b", two, measured), at("c", one, nil))
	check(0, 0, 1, at("a", one, measured), at("b", nil, measured), at("c", one, nil))
	check(1, 0, 0, at("a", one, measured), backstage, at("c", one, measured))
	check(0, 0, 0, at("a", nil, nil), at("b", nil, nil)) // no curve, no row
}

func TestPeakAndEndAreMarkedOnce(t *testing.T) {
	got := string(render(t, generated(30), &journeysvg.Options{Width: 1000}))
	assert.Equal(t, 1, strings.Count(got, ">Peak −2<"), "the first of equals")
	shoes, _ := runningShoes()
	got = string(render(t, shoes, nil))
	assert.Contains(t, got, ">Peak +2<")
	assert.Contains(t, got, ">End −0.5<")
}

func TestMomentsOfTruthAndPhasesAreNamed(t *testing.T) {
	shoes, _ := runningShoes()
	got := string(render(t, shoes, nil))
	for _, want := range []string{"Zero moment of truth", "First moment of truth", "Second moment of truth", "Ultimate moment of truth", "Moment of truth",
		"Before the sale", "Sale", "After the sale", "Line of interaction", "Line of visibility", "Back stage", "Weight 30\u00a0%"} {
		assert.Contains(t, got, ">"+want+"<")
	}
	assert.NotContains(t, got, "Line of internal interaction", "there is nothing below it")
}

func TestTheScaleOfTheCurveIsNamedOnAPhoneToo(t *testing.T) {
	for _, width := range []float64{200, 390, 1200} {
		picture := render(t, generated(3), &journeysvg.Options{Width: width, Lanes: []journeysvg.Lane{journeysvg.LaneFeels}})
		require.NoError(t, svgtest.Check(picture))
		assert.Contains(t, string(picture), ">very good</text>", width)
		assert.Contains(t, string(picture), ">very bad</text>", width)
	}
}

func TestAHandOffSaysWhatGoesWhere(t *testing.T) {
	said := func(h journey.HandOff) string {
		j := &journey.Journey{Stages: []journey.Stage{{Key: "s", Touchpoints: []journey.Touchpoint{{Key: "a", HandOff: &h}, {Key: "b", Name: "Desk"}}}}}
		texts, err := svgtest.Read(render(t, j, &journeysvg.Options{ColumnWidth: 600, Lanes: []journeysvg.Lane{journeysvg.LaneHandOff}}))
		require.NoError(t, err)
		for _, x := range texts {
			if strings.Contains(x.Line, "→") {
				return x.Line
			}
		}
		return ""
	}
	assert.Equal(t, "lost: The order → Desk", said(journey.HandOff{State: journey.CarryNone, Carries: "The order", To: "b"}))
	assert.Equal(t, "→ Desk", said(journey.HandOff{To: "b"}))
}

// A filled diamond is a measured moment of truth; the legend shows one that is in the map.
func TestTheLegendShowsTheMomentsThatThereAre(t *testing.T) {
	diamonds := func(e []cxmodel.Evidence) int {
		j := &journey.Journey{Stages: []journey.Stage{{Key: "s", Touchpoints: []journey.Touchpoint{{Key: "a", Moment: journey.MomentFirst, Sentiment: new(1.), Evidence: e}}}}}
		return strings.Count(string(render(t, j, &journeysvg.Options{Lanes: []journeysvg.Lane{journeysvg.LaneFeels}})), `class="f-page"/>`) // the hole of a hollow one
	}
	assert.Equal(t, 2, diamonds(nil)-diamonds([]cxmodel.Evidence{{Kind: cxmodel.EvidenceSurvey, N: 40}}), "in the map and in the legend")
}

func TestObserveKeepsTheDigitsOfTheUnit(t *testing.T) {
	for want, e := range map[string]metrics.Estimate{
		"0.00012 [0.0001, ∞]":                {Unit: metrics.UnitRate, Value: .00012, Low: .0001, High: math.Inf(1), Level: .95},
		"-0.3125 [-∞, 0]":                    {Unit: metrics.UnitNumber, Value: -.3125, Low: math.Inf(-1), High: 0, Level: .95},
		"4.25 99.9\u00a0%: [3.75, 4.75]":     {Unit: metrics.UnitScore, Value: 4.25, Low: 3.75, High: 4.75, Level: .999},
		"0 [-4, +4]":                         {Unit: metrics.UnitPoints, Value: -.4, Low: -4, High: 4, Level: .95},
		"4.25 [4, 4.5]":                      {Unit: metrics.UnitScore, Value: 4.25, Low: 4, High: 4.5, Level: .95},
		"91.2\u00a0% [88\u00a0%, 94\u00a0%]": {Unit: metrics.UnitShare, Value: .912, Low: .88, High: .94, Level: .95},
		"3.25\u00a0hours [3, 4]":             {Unit: metrics.UnitTime, In: "hours", Value: 3.25, Low: 3, High: 4, Level: .95},
		"n/a ":                               {Value: math.NaN(), Low: math.NaN(), High: math.NaN(), Level: .95},
	} {
		o := journeysvg.Observe(e)
		assert.Equal(t, want, o.Value+" "+o.Interval)
	}
}

func TestPersonaSeesItsOwnTouchpoints(t *testing.T) {
	shoes, _ := runningShoes()
	got := string(render(t, shoes, &journeysvg.Options{Persona: "new"}))
	assert.Contains(t, got, "Has the stride filmed")
	assert.NotContains(t, got, "Is asked for a review")
	assert.NotContains(t, got, "Otto")
	assert.Contains(t, got, "Weight 40\u00a0%", "of the persona, not of the journey")
}

func TestOptionsThatFitNothingAreRefused(t *testing.T) {
	for want, opts := range map[string]journeysvg.Options{
		`there is no lane "nope"; use some of touchpoints, does,`:                                  {Lanes: []journeysvg.Lane{"nope"}},
		`the journey has no persona "nope"`:                                                        {Persona: "nope"},
		`numbers were observed at "nope", which is no touchpoint or stage of the journey`:          {Observed: map[cxmodel.Key][]journeysvg.Observation{"nope": nil}},
		`a map cannot be 10 pixels wide; from 200 to`:                                              {Width: 10},
		`a map cannot be NaN pixels wide`:                                                          {Width: math.NaN()},
		`columns cannot be 5 pixels wide; from 80 to 1000`:                                         {ColumnWidth: 5},
		`theme: ink: "blue" is not a colour; write six hexadecimal digits, such as "#0072b2"`:      {Theme: &journeysvg.Theme{Light: journeysvg.Palette{Ink: "blue"}}},
		`theme: tint3: "#12345g" is not a colour; write six hexadecimal digits, such as "#0072b2"`: {Theme: &journeysvg.Theme{Dark: journeysvg.Palette{Tints: [8]journeysvg.Color{3: "#12345g"}}}},
	} {
		var b bytes.Buffer
		err := journeysvg.Render(&b, cafe(), &opts)
		assert.ErrorContains(t, err, want)
		assert.Zero(t, b.Len(), "nothing half-written")
		if !strings.HasPrefix(want, "theme") {
			assert.ErrorIs(t, err, journeysvg.ErrOption)
		}
	}
}

func TestErrorOfTheWriterIsReturned(t *testing.T) {
	assert.ErrorIs(t, journeysvg.Render(closed{}, cafe(), nil), errClosed)
}

var errClosed = errors.New("closed pipe")

type closed struct{}

func (closed) Write([]byte) (int, error) { return 0, errClosed }

func TestAnyNumberOfStages(t *testing.T) {
	for _, n := range []int{1, 2, 100} {
		require.NoError(t, svgtest.Check(render(t, generated(n), &journeysvg.Options{Width: 1200, Lanes: []journeysvg.Lane{journeysvg.LaneTouchpoints, journeysvg.LaneFeels}})))
	}
}

func TestBrowserSeesNothingOverlapOrCut(t *testing.T) {
	shoes, observed := runningShoes()
	pictures := map[string][]byte{}
	add := func(name string, j *journey.Journey, opts journeysvg.Options) {
		opts.ID = name
		pictures[name] = render(t, j, &opts)
	}
	add("cafe", cafe(), journeysvg.Options{})
	add("empty", &journey.Journey{}, journeysvg.Options{})
	for _, width := range []float64{0, 390, 1200} {
		add(fmt.Sprint("shoes-", width), shoes, journeysvg.Options{Width: width, Observed: observed})
		add(fmt.Sprint("thirty-", width), generated(30), journeysvg.Options{Width: width})
	}
	add("german", shoes, journeysvg.Options{Labels: german()})
	add("arabic", lunch(), journeysvg.Options{Labels: arabic()})
	for i, text := range hostileNames {
		add(fmt.Sprint("hostile-", i), hostile(strings.ReplaceAll(text, "\u0335\u0335", "")), journeysvg.Options{Width: 1000})
	}
	svgtest.Browser(t, pictures)
}

func FuzzRender(f *testing.F) {
	for i, s := range hostileNames {
		f.Add(s, float64(200+i*90), i)
	}
	f.Fuzz(func(t *testing.T, text string, width float64, stages int) {
		if len(text) > 2000 || stages < 0 || stages > 12 {
			t.Skip("more than a fuzz run has time to draw; long names and thirty stages have tests of their own")
		}
		j := hostile(text)
		j.Stages = append(j.Stages, generated(1+stages).Stages...)
		var b bytes.Buffer
		if err := journeysvg.Render(&b, j, &journeysvg.Options{ID: text, Width: width}); err != nil {
			require.ErrorIs(t, err, journeysvg.ErrOption)
			return
		}
		require.NoError(t, svgtest.Check(b.Bytes()))
	})
}

func BenchmarkRender(b *testing.B) {
	j := generated(30)
	n := len(render(b, j, nil))
	b.SetBytes(int64(n))
	b.ReportAllocs()
	for b.Loop() {
		if err := journeysvg.Render(&bytes.Buffer{}, j, nil); err != nil {
			b.Fatal(err)
		}
	}
}
