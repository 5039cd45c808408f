package report_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	gohtml "html"
	"math"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/alignment/report"
	"github.com/cxmodel/cxmodel/internal/golden"
	"github.com/cxmodel/cxmodel/internal/svg"
	"github.com/cxmodel/cxmodel/journey"
	"github.com/cxmodel/cxmodel/journey/journeysvg"
	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

const sentences = "The score is judgement unless marked measured. It is not satisfaction, and not comparable with another company's or another set of facets. A second-best helper adds safety, not points."

// has and hasNot keep the whole report out of the message.
func has(t *testing.T, text, want string, about ...any) {
	t.Helper()
	if !strings.Contains(text, want) && !strings.Contains(strings.ReplaceAll(gohtml.UnescapeString(text), "\u00a0", " "), want) {
		assert.Fail(t, "the report does not say: "+want, about...)
	}
}

func hasNot(t *testing.T, text, unwanted string, about ...any) {
	t.Helper()
	if at := strings.Index(text, unwanted); at >= 0 {
		assert.Fail(t, "the report says: "+text[max(0, at-100):min(len(text), at+len(unwanted)+100)], about...)
	}
}

func TestTheFirstScreenSaysWhatTheScoreSays(t *testing.T) {
	// The restaurant's numbers are those of the worked example: delivered .41 .506667 .689 .493333 .36, total .541767; after
	// one failure .06 .186667 .225 .213333 .24; order and dine loses 12.4, 12.8, 12.9 of 100 on the three scales; the lowest
	// is advocate on 1-3-9 and discover on the others; the kitchen brigade's knock-out is .1856, the website's leverage .0585.
	text := markdown(t, example(t, "restaurant"), nil)
	for _, want := range []string{
		"**54** of 100 works today",
		"`#` works today 54, `+` there, but not working fully 27, `.` not there 19",
		"> " + sentences,
		"| Discover (lowest, perhaps) | 15 % | 41 | 60 | 8.8 | 6 |",
		"| Choose | 20 % | 51 | 73 | 9.9 | 19 |",
		"| Order and dine (loses most) | 40 % | 69 | 100 | 12.4 | 22 |",
		"| Pay | 10 % | 49 | 83 | 5.1 | 21 |",
		"| Advocate (lowest, perhaps) | 15 % | 36 | 60 | 9.6 | 24 |",
		"Most points lost: Order and dine (12.4–12.9 of 100, on every rating scale). Lowest score: Advocate or Discover, depending on the rating scale.",
		"- **Fix**: Website+menu **+5.8 points** if it worked fully (works 70 today, judged)",
		"- **Protect**: Kitchen brigade **−18.6 points** if it failed",
		"which stage is lowest: Advocate on 1-3-9, Discover on 1-3-5, Discover on 1-2-3",
		"strong 100, medium 33, weak 11",
		"- Nothing is measured: every number is somebody's judgement.",
		"- Not in the file: customer segments, revenue streams, cost structure, personas, touchpoints, measures, what customers feel.",
	} {
		has(t, text, want)
	}
	page := html(t, example(t, "restaurant"), nil)
	for _, want := range []string{sentences, "Lowest score: Advocate or Discover", "strong 100, medium 33, weak 11", `<b>54</b> of 100 works today`} {
		has(t, page, want)
	}
}

func TestTheSentencesStandUnderEveryScore(t *testing.T) {
	m, _ := big(t)
	for _, a := range []*alignment.Assessment{example(t, "cafe"), example(t, "running-shoes"), assess(t, m, nil)} {
		first, rest, found := strings.Cut(html(t, a, nil), `<nav`)
		require.True(t, found)
		has(t, first, sentences)
		has(t, rest, "A second-best helper adds safety", "with the pictures and the method")
		text := markdown(t, a, nil)
		assert.Equal(t, 3+len(regexp.MustCompile(`## All stages`).FindAllString(text, -1)), strings.Count(text, sentences), "first, map, method, and the long table")
	}
}

func TestNoScoreThatTheRungCannotCarry(t *testing.T) {
	scores := []string{"Works today", "On paper", "Points lost", "After one failure", "of 100", "judgement unless", "If it failed", "Fix", "strong 100"}
	for name, m := range map[string]*alignment.Model{"names": unlinked(t), "marks": marks(t)} {
		a := assess(t, m, nil)
		for _, text := range []string{html(t, a, nil), markdown(t, a, nil)} {
			for _, score := range scores {
				hasNot(t, text, score, name)
			}
			has(t, text, "No score yet", name)
			has(t, text, "listens nowhere", "%s: the gaps between journey and canvas", name)
			has(t, text, "Do next", name)
		}
	}
	text := markdown(t, assess(t, marks(t), nil), nil)
	has(t, text, "| Browsing | 20 % | Value propositions, Channels, Customer relationships, Key resources, Key activities |")
	has(t, text, "| Channels | ● | ● | ● | ● | ● |")

	paper := markdown(t, example(t, "running-shoes"), nil)
	has(t, paper, "on paper 87")
	hasNot(t, paper, "Works today |")
	hasNot(t, paper, "Points lost |")
	hasNot(t, paper, "**Fix**")
}

func TestAStageWithoutAValueIsNA(t *testing.T) {
	m := load(t, "cafe")
	m.Links = m.Links[:2] // the phone and the food: nothing about the follow-up
	a := assess(t, m, nil)
	text := markdown(t, a, nil)
	has(t, text, "| Hears from us | 33 % | n/a (0–100) | n/a | n/a | n/a |")
	has(t, text, "The total is over the stages that have a score; without: Hears from us.")
}

func TestFewAnswersAreSuppressedEverywhere(t *testing.T) {
	m := load(t, "shop")
	payment := cxmodel.Ref{Kind: cxmodel.KindTouchpoint, Key: "payment"}
	secret := metrics.Estimate{Metric: "CSAT mean", Unit: metrics.UnitScore, Value: 4.37, Low: 3.91, High: 4.66, N: 4, Level: .95, Missing: 77}
	rate := metrics.Estimate{Metric: "response rate", Unit: metrics.UnitShare, Value: .3141, N: 13}
	o := &report.Options{Observed: []report.Observation{{At: payment, Measure: "checkout-csat", Estimate: secret, ResponseRate: &rate}}}
	for _, text := range []string{html(t, assess(t, m, nil), o), markdown(t, assess(t, m, nil), o)} {
		has(t, text, "suppressed")
		has(t, text, "below 5")
		text = regexp.MustCompile(` (d|points|transform)="[^"]*"`).ReplaceAllString(text, "") // coordinates may be any number
		for _, number := range []string{"4.37", "3.91", "4.66", "31 %", "31\u00a0%", "77 not answered"} {
			hasNot(t, text, number)
		}
	}
	o.Observed[0].Estimate.N = 5
	has(t, markdown(t, assess(t, m, nil), o), "4.37")
}

func TestWhatCustomersSay(t *testing.T) {
	m := load(t, "shop")
	at := func(kind cxmodel.Kind, key cxmodel.Key) cxmodel.Ref { return cxmodel.Ref{Kind: kind, Key: key} }
	quarter := func(month time.Month) survey.Period {
		return survey.PeriodOf(time.Date(2026, month, 1, 0, 0, 0, 0, time.UTC), survey.EveryQuarter, nil)
	}
	csat := func(share float64, n int) metrics.Estimate {
		return metrics.Estimate{Metric: "CSAT", Unit: metrics.UnitShare, Value: share, Low: share - .1, High: share + .1, N: n, Level: .95}
	}
	rate := metrics.Estimate{Unit: metrics.UnitShare, Value: .25, N: 400}
	o := &report.Options{Observed: []report.Observation{
		{At: at(cxmodel.KindTouchpoint, "payment"), Measure: "checkout-csat", Period: quarter(1), Estimate: csat(.5, 900)},
		{At: at(cxmodel.KindTouchpoint, "payment"), Measure: "checkout-csat", Period: quarter(10), Estimate: csat(.6, 100), ResponseRate: &rate, Reach: new(.42)},
		{At: at(cxmodel.KindTouchpoint, "payment"), Measure: "checkout-csat", Period: quarter(10), Segment: "new-shoppers", Estimate: csat(.3, 5000)},
		{At: at(cxmodel.KindStage, "browsing"), Estimate: csat(.7, 10)},
		{At: at(cxmodel.KindTouchpoint, "search"), Measure: "search-ces", Estimate: metrics.Estimate{Metric: "CES 2.0", Unit: metrics.UnitScore, Value: 5.25, Low: 5, High: 5.5, N: 800, Level: .95}},
		{Measure: "nps", Estimate: nps(t, 100)},
	}}
	text := markdown(t, assess(t, m, nil), o)
	for _, want := range []string{
		"| Browsing | 20 % | 60 | 79 | 8.0 | 38 | CSAT 70 % (60 % to 80 %, n 10, 1 more below) |",                                                // the stage itself before its touchpoint
		"| Checkout (loses most) | 30 % | 30 | 53 | 21.0 | 17 | CSAT 60 % (50 % to 70 %, n 100, Payment, 2 more below) |",                        // all segments, the last period
		"| Cart | 10 % | 31 | 43 | 6.9 | 18 | not asked |",                                                                                       //
		"| Payment | CSAT (How satisfied were you with paying?) | all | 2026-Q4 | 60 % | 50 % to 70 % | 100 | 25 % | 42 % |",                     //
		"| Payment | CSAT (How satisfied were you with paying?) | New shoppers | 2026-Q4 | 30 % | 20 % to 40 % | 5000 | not known | not known |", //
		"| Search and filters | CES 2.0 (The shop made it easy to find what I wanted) | all | all | 5.25 | 5.00 to 5.50 | 800 | not known | not known |",
		"| the relationship as a whole | NPS (How likely are you to recommend us to a friend?) | all | all | +25 |",
		"- stars, Request for a review", // asked for, no answers
		"- About 3 of 5 stages no customer was asked.",
	} {
		has(t, text, want)
	}
	hasNot(t, text, "- CSAT, Payment")
}

// Answers about one of several journeys, about the relationship as a whole and about what has left the model are in the table;
// each map shows those of its own stages and touchpoints.
func TestAnswersAboutAnyPlaceAreReported(t *testing.T) {
	m := load(t, "b2b")
	require.Len(t, m.Journeys, 2)
	o := &report.Options{}
	for i, j := range m.Journeys {
		for k, at := range []cxmodel.Ref{{Kind: cxmodel.KindJourney, Key: j.Key}, j.Stages[0].Ref(), {Key: j.Stages[0].Touchpoints[0].Key}} {
			e := metrics.Estimate{Metric: fmt.Sprintf("Metric%d%d", i, k), Unit: metrics.UnitScore, Value: 4, Low: 3, High: 5, N: 50, Level: .95}
			o.Observed = append(o.Observed, report.Observation{At: at, Estimate: e})
		}
	}
	e := metrics.Estimate{Metric: "Lost", Unit: metrics.UnitNumber, Value: -.25, Low: math.Inf(-1), High: math.Inf(1), N: 50, Level: .95}
	o.Observed = append(o.Observed, report.Observation{At: cxmodel.Ref{Kind: cxmodel.KindTouchpoint, Key: "gone"}, Estimate: e})
	page := html(t, assess(t, m, nil), o)
	has(t, page, "touchpoint/gone")
	has(t, page, ">−0.25<")
	has(t, page, ">−∞ to ∞<")
	for i := range m.Journeys {
		_, picture, _ := strings.Cut(page, fmt.Sprintf(`id="journey-%d"`, i+1))
		picture, _, _ = strings.Cut(picture, "</svg>")
		for k, want := range []bool{false, true, true} {
			assert.Equal(t, want, strings.Contains(picture, fmt.Sprintf("Metric%d%d 4", i, k)), "journey %d, place %d", i, k)
			assert.NotContains(t, picture, fmt.Sprintf("Metric%d%d", 1-i, k))
		}
	}
}

func TestALevelThatIsNotTheUsualOneIsStated(t *testing.T) {
	at := cxmodel.Ref{Key: "payment"}
	e := metrics.Estimate{Metric: "CSAT", Unit: metrics.UnitShare, Value: .7, Low: .6, High: .8, N: 100, Level: .999}
	text := markdown(t, example(t, "shop"), &report.Options{Observed: []report.Observation{{At: at, Estimate: e}}})
	has(t, text, "| Payment | CSAT | 70 % | 60 % to 80 % | 100 | interval at 99.9 % |")
	e.Level = .95
	hasNot(t, markdown(t, example(t, "shop"), &report.Options{Observed: []report.Observation{{At: at, Estimate: e}}}), "interval at")
}

func TestMeasurementsOfTheAssessmentAreShownOnce(t *testing.T) {
	m := load(t, "shop")
	e := metrics.Estimate{Metric: "CSAT", Unit: metrics.UnitShare, Value: .7, Low: .6, High: .8, N: 100, Level: .95}
	a := assess(t, m, &alignment.Options{Measured: []alignment.Measurement{{Measure: "checkout-csat", Touchpoint: "payment", Estimate: e}}})
	row := "| Payment | CSAT (How satisfied were you with paying?) |"
	assert.Equal(t, 1, strings.Count(markdown(t, a, nil), row))
	rate := metrics.Estimate{Unit: metrics.UnitShare, Value: .25, N: 400}
	o := &report.Options{Observed: []report.Observation{{At: cxmodel.Ref{Kind: cxmodel.KindTouchpoint, Key: "payment"}, Measure: "checkout-csat", Estimate: e, ResponseRate: &rate}}}
	text := markdown(t, a, o)
	assert.Equal(t, 1, strings.Count(text, row))
	has(t, text, "| 25 % |")
	has(t, text, "1 of 23 performances are measured")
}

// A performance that is measured at one touchpoint only leaves the number of all others a judged one.
func TestAJudgedNumberIsNotCalledMeasured(t *testing.T) {
	model := func(journeyMeasure, touchpointMeasure string) *alignment.Assessment {
		m, issues, err := alignment.Decode(strings.NewReader(`
format: cxmodel/1
journey:
  measures: [`+journeyMeasure+`]
  stages:
    - {key: one, name: One, touchpoints: [{key: x, name: X, measures: [`+touchpointMeasure+`]}, {key: y, name: Y}]}
canvas: {channels: [{key: host, name: Host, performance: 0.5}]}
helps: {host: {x: strong, y: strong}}
`), nil)
		require.NoError(t, err)
		require.NoError(t, issues.Err())
		e, err := metrics.Proportion(90, 100, nil)
		require.NoError(t, err)
		ms := alignment.Measurement{Measure: "csat", Estimate: e}
		if touchpointMeasure != "" {
			ms.Touchpoint = "x"
		}
		return assess(t, m, &alignment.Options{Measured: []alignment.Measurement{ms}})
	}
	const csat = "{key: csat, metric: csat, scale: {min: 1, max: 5}, floor: 0, target: 1, item: host}"
	has(t, markdown(t, model(csat, ""), nil), "works 90 today, measured")
	text := markdown(t, model("", csat), nil)
	has(t, text, "works 50 today, judged")
	hasNot(t, text, "50 (measured)", "works 50 today, measured")
}

// Of the steps of the shop the one that two customers were asked about is not called lowest without a word.
func TestWhatTooFewAnswersLeaveOpenIsSaid(t *testing.T) {
	m := load(t, "shop")
	for _, j := range m.Journeys {
		for i := range j.Stages {
			j.Stages[i].Reviewed = true
		}
	}
	e, err := metrics.Proportion(1, 2, nil)
	require.NoError(t, err)
	e.Metric = "csat"
	a := assess(t, m, &alignment.Options{Measured: []alignment.Measurement{{Measure: "checkout-csat", Touchpoint: "payment", Estimate: e}}})
	require.NotEmpty(t, append(a.Lowest.Within, a.MostLost.Within...))
	has(t, markdown(t, a, nil), "By what is measured it could also be ")
}

func TestObserveReadsACube(t *testing.T) {
	m := load(t, "shop")
	defs, err := alignment.MeasureDefs(m)
	require.NoError(t, err)
	for i := range defs {
		defs[i].Invitations = true
	}
	c, err := survey.NewCube(defs, nil)
	require.NoError(t, err)
	require.NoError(t, c.AddN(survey.Answer{Measure: "checkout-csat", Touchpoint: "payment", Score: 5}, 6))
	require.NoError(t, c.AddN(survey.Answer{Measure: "checkout-csat", Touchpoint: "payment", Score: math.NaN(), Status: survey.StatusInvited}, 18))
	require.NoError(t, c.AddN(survey.Answer{Measure: "nps", Score: 9}, 10))
	observed, err := report.Observe(m, c)
	require.NoError(t, err)
	require.Len(t, observed, 2)
	assert.Equal(t, cxmodel.Ref{Kind: cxmodel.KindTouchpoint, Key: "payment"}, observed[0].At)
	assert.Equal(t, 1., observed[0].Estimate.Value)
	assert.Equal(t, .25, observed[0].ResponseRate.Value, "6 of 24 delivered")
	assert.Equal(t, cxmodel.Ref{Kind: cxmodel.KindJourney, Key: "purchase"}, observed[1].At)
	text := markdown(t, assess(t, m, nil), &report.Options{Observed: observed})
	has(t, text, "| Payment | CSAT (How satisfied were you with paying?) | 100 % |")
	has(t, text, "| the relationship as a whole | NPS")
}

func TestTheBlocksThatCarryNoPointsAnswer(t *testing.T) {
	m := load(t, "cafe")
	m.Canvas.Currency = "EUR"
	amount := func(s string) cxmodel.Amount {
		a, err := cxmodel.ParseAmount(s)
		require.NoError(t, err)
		return a
	}
	m.Canvas.Channels[0].Amount = amount("100 EUR/month")      // the phone: all of 1200 a year for the enquiry
	m.Canvas.Relationships[0].Amount = amount("200 EUR/month") // Anna: 2400 a year for enquiry and visit, 1200 each
	j := m.Journeys[0]
	j.Stages[1].Kind = journey.KindPurchase
	j.Personas = []journey.Persona{{Key: "ada", Name: "Ada", Segment: "regulars", StageWeights: map[cxmodel.Key]float64{"enquiry": 0, "visit": 3, "follow-up": 1}}}
	text := markdown(t, assess(t, m, nil), nil)
	// 2400 and 1200 of 3600 are 67 and 33 %; a stage of weight 33 % gets "more than twice" above 67 %.
	has(t, text, "| Asks for a table | not known | nothing | 67 %")
	has(t, text, "| Eats with us | Ada (75 %)")
	has(t, text, "| nothing | 33 % | 33 % |")
	has(t, text, "| Hears from us | Ada (25 %)")
	has(t, text, "| nothing | 0 % (less than half of its importance) | 33 % |")
	has(t, text, "3 600 EUR a year of known costs")
	has(t, text, "No revenue stream is in the file.")
}

func TestEveryWaiverIsListed(t *testing.T) {
	m := load(t, "shop")
	m.Waivers = append(m.Waivers,
		cxmodel.Waiver{Code: alignment.GapPainUnaddressed, At: cxmodel.Ref{Key: "payment"}, Reason: "Next year"},
		cxmodel.Waiver{Code: "no-such-code", At: cxmodel.Ref{Key: "cart"}, Reason: "Left over"},
		cxmodel.Waiver{Code: alignment.GapStageDeaf, At: cxmodel.Ref{Key: "cart"}, Reason: "Last year", Until: cxmodel.Date{Year: 2025, Month: 12, Day: 31}})
	text := markdown(t, assess(t, m, nil), nil)
	for _, want := range []string{
		"| stage-listens-nowhere | stage/cart | Nobody is asked before the order is made | 2027-06-30 | holds (1) |",
		"| pain-unaddressed | payment | Next year | without end | holds (1) |",
		"| no-such-code | cart | Left over | without end | covers nothing |",
		"| stage-listens-nowhere | cart | Last year | 2025-12-31 | ended |",
		"| Own bank is not among the ways to pay (waived: Next year) | Payment | medium | 15 % |  |",
		"| Nobody tells of a delay in time | Message about a delay | extreme | 8 % | 340 |",
	} {
		has(t, text, want)
	}
}

func TestAnEngineerCanTraceACell(t *testing.T) {
	text := markdown(t, example(t, "cafe"), nil)
	// visit: food strong at .75 gives .75, marked down by washing up at .75, strong: .75 × .75 = .5625.
	has(t, text, "| Eats with us | overall | 33.3 % | 56 | 100 | Home-style food: strong, works 75, gives 75 (decides); "+
		"Anna greets everyone: medium, works 100, gives 33; Washing up: must not fail, strong, works 75, leaves 75 % (marks it down) |")
	has(t, text, "| Review cards | Channels |  | 25 (judged) | −2.8 | +8.3 |  | D |") // .083333/3; from .083333 to .333333, a third of it
}

func TestAPersonaIsSaid(t *testing.T) {
	a := assess(t, load(t, "shop"), &alignment.Options{Persona: "new"})
	page := html(t, a, &report.Options{Journey: &journeysvg.Options{Persona: "otto"}}) // the report's, not the options'
	has(t, page, "as Nina, first order sees it")
	html(t, example(t, "shop"), &report.Options{Journey: &journeysvg.Options{Persona: "nobody"}})
	hasNot(t, strings.SplitN(page, "<nav", 2)[0], "Otto")
}

// outside finds what would make a browser fetch something or run it.
var outside = regexp.MustCompile(`(?i)<(script|link|img|iframe|object|embed|base|form|image|foreignobject|animate|set)\b|\s(src|srcset|on[a-z]+|action|formaction|xlink:href)\s*=|\shref="[^#]|url\(|@import|@font-face`)

func TestNothingOutsideThePage(t *testing.T) {
	m, observed := big(t)
	pages := []string{html(t, assess(t, m, nil), &report.Options{Observed: observed}), html(t, assess(t, unlinked(t), nil), nil)}
	for _, name := range examples {
		pages = append(pages, html(t, example(t, name), nil))
	}
	poisoned := load(t, "shop")
	poison(poisoned)
	pages = append(pages, html(t, assess(t, poisoned, nil), nil))
	text := regexp.MustCompile(`>[^<]*`)
	for _, page := range pages {
		tags := text.ReplaceAllString(page, ">") // what stands between tags is text
		_, style, _ := strings.Cut(page, "<style>")
		style, _, _ = strings.Cut(style, "</style>")
		quoted := regexp.MustCompile(`"[^"]*"`)
		attributes := quoted.ReplaceAllStringFunc(tags, func(s string) string { return `"` + strings.TrimLeft(s, `"`)[:1] })
		assert.Empty(t, outside.FindAllString(attributes+style, -1))
		ids := map[string]bool{}
		for _, id := range regexp.MustCompile(` id="[^"]*"`).FindAllString(tags, -1) {
			assert.False(t, ids[id], "%s comes twice", id)
			ids[id] = true
		}
		tags = regexp.MustCompile(` (title|aria-label|data-label)="[^"]*"`).ReplaceAllString(tags, "") // these are text too
		hasNot(t, strings.ReplaceAll(tags, `xmlns="http://www.w3.org/2000/svg"`, ""), "http:")
		has(t, page, `content="default-src 'none'; style-src 'unsafe-inline'"`)
	}
}

func TestHostileNamesAreText(t *testing.T) {
	m := load(t, "shop")
	poison(m)
	a := assess(t, m, nil)
	page, text := html(t, a, nil), markdown(t, a, nil)
	hasNot(t, page, "<script")
	hasNot(t, page, "<img")
	has(t, page, "&lt;script&gt;", "shown as text")
	for _, s := range []string{page, text} {
		for _, r := range []string{"\x00", "\x07", "\x1b", "\u202E", "\u202D", "\ufffe"} {
			hasNot(t, s, r)
		}
		assert.True(t, strings.ToValidUTF8(s, "") == s)
	}
	hasNot(t, text, strings.Repeat("long", 300), "long names are cut")
	has(t, text, "&lt;script&gt;")
	assert.NotRegexp(t, `[^\\][\]\[*_|]\(`, text, "a mark that is not escaped")
	for _, s := range []string{"<script", "<img", "![", "<http", "http://", "www.", " @everyone", "\n# not a heading"} {
		hasNot(t, text, s)
	}
	assert.Less(t, len(page), 3_000_000)
}

// People number their stages and begin names with a dash; in Markdown such a name is no list.
func TestNamesThatLookLikeListsAreNames(t *testing.T) {
	m := load(t, "cafe")
	m.Journeys[0].Stages[0].Name, m.Journeys[0].Stages[1].Name, m.Journeys[0].Stages[2].Name = "1. Asks", "- Eats", "2) Hears"
	m.Canvas.Channels[1].Name = "+ Cards"
	text := markdown(t, assess(t, m, nil), nil)
	assert.NotRegexp(t, `(?m)^(- )?([0-9]+[.)]|[-+]) ?(Asks|Eats|Hears|Cards)`, text)
	has(t, text, `- 2\) Hears: + Cards`)
}

// Weights that leave a stage as good as nothing, make no actions of 0.0 points.
func TestNothingIsToBeDoneForNoPoints(t *testing.T) {
	m := load(t, "cafe")
	m.Journeys[0].Stages[0].Weight, m.Journeys[0].Stages[1].Weight, m.Journeys[0].Stages[2].Weight = new(1e5), new(1.), new(1.)
	text := markdown(t, assess(t, m, nil), nil)
	_, text, _ = strings.Cut(text, "## Do first")
	text, _, _ = strings.Cut(text, "##")
	has(t, text, "- **Fix**: Phone **+50.0 points**")
	hasNot(t, strings.ReplaceAll(text, "50.0", ""), "0.0")
}

func TestTheReportIsTheSameOnEveryRunAndNumberOfCores(t *testing.T) {
	m, observed := big(t)
	write := func() string {
		a := assess(t, m, nil)
		return html(t, a, &report.Options{Observed: observed}) + markdown(t, a, &report.Options{Observed: observed})
	}
	want := write()
	for _, n := range []int{1, 2, 8} {
		before := runtime.GOMAXPROCS(n)
		got := write()
		runtime.GOMAXPROCS(before)
		require.Equal(t, want, got)
	}
}

func TestArgumentsAreNotChanged(t *testing.T) {
	m, observed := big(t)
	a := assess(t, m, nil)
	o := &report.Options{Observed: observed, Labels: &report.Labels{}, Theme: &report.Theme{}}
	state := func() string {
		x, err := json.Marshal(a)
		require.NoError(t, err)
		y, err := json.Marshal(o.Observed)
		require.NoError(t, err)
		return string(x) + string(y)
	}
	before := state()
	html(t, a, o)
	markdown(t, a, o)
	assert.Equal(t, before, state())
	assert.Equal(t, report.Labels{}, *o.Labels)
	assert.Equal(t, report.Theme{}, *o.Theme)
}

func TestWordsAndThemeAreData(t *testing.T) {
	l := &report.Labels{Language: "ar", RightToLeft: true, WorksToday: "يعمل اليوم", Decimal: ",", DoFirst: "أولا"}
	page := html(t, example(t, "restaurant"), &report.Options{Labels: l, Theme: &report.Theme{Mode: report.ModeDark, Dark: report.Palette{Page: "#102030"}, Font: `Tahoma}</style><script>`}})
	for _, want := range []string{`<html lang="ar" dir="rtl">`, "يعمل اليوم", "أولا", "12,4", "--page:#102030", `content="dark"`, "--font:Tahomastylescript;"} {
		has(t, page, want)
	}
	hasNot(t, page, "prefers-color-scheme")
	hasNot(t, page, "<script")
	var b bytes.Buffer
	err := report.HTML(&b, example(t, "cafe"), &report.Options{Theme: &report.Theme{Light: report.Palette{Good: "blue"}}, NoPictures: true})
	assert.ErrorContains(t, err, `report: theme: good: "blue" is not a colour`)
	assert.Zero(t, b.Len(), "nothing half-written")
}

// On a page that is read from the right, names in other letters and the signs of numbers stay as they are: a mark before
// the sign, and isolates around the name.
func TestNothingIsTurnedRoundOnAPageFromTheRight(t *testing.T) {
	m := load(t, "restaurant")
	m.Canvas.Channels[0].Name = "C++"
	l := &report.Labels{Language: "ar", RightToLeft: true, Points: "{1} نقطة"}
	page := html(t, assess(t, m, nil), &report.Options{Labels: l, NoPictures: true})
	has(t, page, "\u2068C++\u2069")
	has(t, page, ">\u200e+5.8 نقطة<")
	has(t, page, ">\u200e−18.6 نقطة<")
	english := html(t, assess(t, m, nil), &report.Options{NoPictures: true})
	hasNot(t, english, "\u2068")
	hasNot(t, english, "\u200e")
}

func TestEveryWordHasAnEnglishOne(t *testing.T) {
	b, err := json.Marshal(report.English())
	require.NoError(t, err)
	var words map[string]any
	require.NoError(t, json.Unmarshal(b, &words))
	for name, word := range words {
		if name != "RightToLeft" && name != "Terms" {
			assert.NotEmpty(t, word, name)
		}
	}
}

func TestTextIsReadableOnItsGround(t *testing.T) {
	for _, p := range []svg.Palette{svg.LightPalette(), svg.DarkPalette()} {
		for _, text := range []svg.Color{p.Ink, p.Muted, p.Accent, p.Good, p.Bad} {
			assert.GreaterOrEqual(t, svg.Contrast(text, p.Page), 4.5)
		}
		assert.GreaterOrEqual(t, svg.Contrast(p.Ink, p.Panel), 4.5)
		assert.GreaterOrEqual(t, svg.Contrast(p.Ramp[6], p.Ramp[3]), 2., "the parts of the bar are told apart without colour")
	}
}

func TestPicturesOnPaperAreCutWithoutLoss(t *testing.T) {
	m, observed := big(t)
	page := html(t, assess(t, m, nil), &report.Options{Observed: observed})
	for _, id := range []string{"carries", "journey-1", "canvas"} {
		root := regexp.MustCompile(`id="` + id + `" width="[0-9.]+" height="([0-9.]+)"`).FindStringSubmatch(page)
		require.NotNil(t, root, id)
		y := "0"
		for _, m := range regexp.MustCompile(`viewBox="0 ([0-9.]+) [0-9.]+ ([0-9.]+)" aria-hidden="true"><use href="#`+id+`"`).FindAllStringSubmatch(page, -1) {
			assert.Equal(t, y, m[1], "%s: no gap and no overlap", id)
			y = sum(t, m[1], m[2])
		}
		assert.Equal(t, root[1], y, id)
	}
}

// A curve stays with its levels, and the head of a stage with what stands below it; a canvas a little too high for a page
// is made smaller instead.
func TestPicturesOnPaperAreCutWhereNothingBelongsTogether(t *testing.T) {
	m, observed := big(t)
	for name, page := range map[string]string{"large": html(t, assess(t, m, nil), &report.Options{Observed: observed}), "shop": html(t, example(t, "shop"), nil)} {
		from := strings.Index(page, `<svg xmlns="http://www.w3.org/2000/svg" id="journey-1"`)
		picture, _, _ := strings.Cut(page[from:], "</svg>")
		number := func(s string) float64 { x, _ := strconv.ParseFloat(s, 64); return x }
		var charts, heads [][2]float64
		for _, x := range regexp.MustCompile(`y="([0-9.]+)"[^>]*>very good</text>`).FindAllStringSubmatch(picture, -1) {
			charts = append(charts, [2]float64{number(x[1]) - 15, number(x[1]) + 120})
		}
		for _, x := range regexp.MustCompile(`<path d="M[0-9.]+ ([0-9.]+)L[0-9.]+ [0-9.]+L[0-9.]+ [0-9.]+L[0-9.]+ ([0-9.]+)L`).FindAllStringSubmatch(picture, -1) {
			if number(x[2])-number(x[1]) > 30 {
				heads = append(heads, [2]float64{number(x[1]), number(x[2]) + 20})
			}
		}
		require.NotEmpty(t, charts)
		require.NotEmpty(t, heads)
		cuts := regexp.MustCompile(`viewBox="0 ([0-9.]+) [0-9.]+ [0-9.]+" aria-hidden="true"><use href="#journey-1"`).FindAllStringSubmatch(page, -1)
		require.Greater(t, len(cuts), 1)
		for _, c := range cuts {
			for _, x := range append(charts, heads...) {
				assert.False(t, x[0] < number(c[1]) && number(c[1]) < x[1], "%s: a cut at %s goes through %v", name, c[1], x)
			}
		}
	}
	hasNot(t, html(t, example(t, "shop"), nil), `<use href="#canvas"`, "928 pixels of a page's 780")
}

func sum(t *testing.T, a, b string) string {
	var x, y float64
	require.NoError(t, json.Unmarshal([]byte(a), &x))
	require.NoError(t, json.Unmarshal([]byte(b), &y))
	out, err := json.Marshal(math.Round((x+y)*100) / 100)
	require.NoError(t, err)
	return string(out)
}

type broken struct{}

var errBroken = errors.New("broken pipe")

func (broken) Write([]byte) (int, error) { return 0, errBroken }

func TestErrorsAreReported(t *testing.T) {
	a := example(t, "cafe")
	assert.ErrorIs(t, report.HTML(broken{}, a, nil), errBroken)
	assert.ErrorIs(t, report.Markdown(broken{}, a, nil), errBroken)
	assert.ErrorIs(t, report.HTML(new(bytes.Buffer), nil, nil), report.ErrNoAssessment)
	assert.ErrorIs(t, report.HTML(new(bytes.Buffer), &alignment.Assessment{}, nil), report.ErrNoAssessment)
	assert.ErrorIs(t, report.Markdown(new(bytes.Buffer), nil, nil), report.ErrNoAssessment)
}

func TestGoldenReports(t *testing.T) {
	for _, name := range []string{"cafe", "restaurant", "shop", "running-shoes"} {
		assert.NoError(t, golden.Check(name+".md", []byte(markdown(t, example(t, name), nil))))
	}
	page := html(t, example(t, "cafe"), &report.Options{NoPictures: true})
	from, to := strings.Index(page, "<style>"), strings.Index(page, "</style>")
	assert.NoError(t, golden.Check("cafe.html", []byte(page[:from]+page[to+len("</style>"):]))) // the style has a file of its own
}

// The bar: the whole report of the shop in under 0.5 s, from the file to the page.
func BenchmarkReport(b *testing.B) {
	for _, name := range []string{"restaurant", "shop"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				require.NoError(b, report.HTML(new(bytes.Buffer), example(b, name), nil))
			}
		})
	}
	m, observed := big(b)
	b.Run("30 stages", func(b *testing.B) {
		for b.Loop() {
			require.NoError(b, report.HTML(new(bytes.Buffer), assess(b, m, nil), &report.Options{Observed: observed}))
		}
	})
}
