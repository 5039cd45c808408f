package canvas_test

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
)

func TestEveryFaultHasAPlaceACodeAndACure(t *testing.T) {
	cases := []struct{ name, in, want string }{
		{"missing key", `channels: [{name: Web site}]`,
			`c.yaml:1:12: this channel has no key; write key: web-site [missing-key]`},
		{"malformed key", `channels: [{key: Web_site, name: A}]`,
			`c.yaml:1:18: malformed key: "Web_site"; use lower-case letters, digits and hyphens, such as "web-site" [malformed-key]`},
		{"duplicate key in two blocks", "channels: [{key: a, name: A}]\ncosts: [{key: a, name: B}]",
			`c.yaml:2:15: another item, in line 1, has the key "a"; give one of them another key [duplicate-key]`},
		{"duplicate pain", `segments: [{key: a, name: A, pains: [{key: p, text: x}]}, {key: b, name: B, pains: [{key: p, text: y}]}]`,
			`c.yaml:1:91: another pain, in line 1, has the key "p"; give one of them another key [duplicate-key]`},
		{"missing name", `channels: [{key: a}]`,
			`c.yaml:1:12: note: channel/a has no name; the key is shown in its place [missing-name]`},
		{"missing text", `segments: [{key: a, name: A, jobs: [{key: j}]}]`,
			`c.yaml:1:37: this job says nothing; describe it in a few words [missing-text]`},
		{"former key alive", `channels: [{key: a, name: A, formerly: [b]}, {key: b, name: B}]`,
			`c.yaml:1:41: "b" is the key of another item; a former key must not be in use again [former-key]`},
		{"former key present", `channels: [{key: a, name: A, formerly: a}]`,
			`c.yaml:1:40: "a" is the present key; formerly lists the keys of the past [former-key]`},
		{"former key of a pain alive", `segments: [{key: a, name: A, pains: [{key: p, text: x, formerly: [q]}, {key: q, text: y}]}]`,
			`c.yaml:1:67: "q" is the key of another pain; a former key must not be in use again [former-key]`},
		{"shared former key", `channels: [{key: a, name: A, formerly: [c]}, {key: b, name: B, formerly: [c]}]`,
			`c.yaml:1:75: warning: the item in line 1 had the key "c" too; history cannot tell them apart [shared-former]`},
		{"alias that is a key", `channels: [{key: a, name: A, aliases: [b]}, {key: b, name: B}]`,
			`c.yaml:1:40: "b" is a name of channel/b too; an alias leads to one item [ambiguous-alias]`},
		{"dangling", `channels: [{key: a, name: A, segments: [familes]}]` + "\n" + `segments: [{key: families, name: F}]`,
			`c.yaml:1:41: there is no segment "familes"; did you mean "families"? [dangling]`},
		{"dangling, nothing near", `costs: [{key: a, name: A, pays-for: [oven]}]`,
			`c.yaml:1:38: there is no resource, activity, partnership, channel or relationship "oven"; add it, or remove the reference [dangling]`},
		{"dangling pain", `segments: [{key: s, name: S, pains: [{key: wait, text: x}]}]` + "\n" + `propositions: [{key: p, name: P, relievers: [{text: r, pains: [wiat]}]}]`,
			`c.yaml:2:64: there is no pain "wiat"; did you mean "wait"? [dangling]`},
		{"wrong kind", `channels: [{key: a, name: A, segments: [p]}]` + "\n" + `propositions: [{key: p, name: P}]`,
			`c.yaml:1:41: "p" is proposition/p; here stands the key of a segment [wrong-kind]`},
		{"wrong kind written", `resources: [{key: a, name: A, serves: [segment/s]}]` + "\n" + `segments: [{key: s, name: S}]`,
			`c.yaml:1:40: "s" is segment/s; here stands the key of a proposition, channel or relationship [wrong-kind]`},
		{"a gain is no pain", `segments: [{key: s, name: S, gains: [{key: g, text: x}]}]` + "\n" + `propositions: [{key: p, name: P, relievers: [{text: r, pains: [g]}]}]`,
			`c.yaml:2:64: "g" is gain/g; here stands the key of a pain [wrong-kind]`},
		{"self link", `activities: [{key: a, name: A, serves: [a]}]`,
			`c.yaml:1:41: activity/a refers to itself; write the key of a proposition, channel or relationship [self-link]`},
		{"reference by a former key", `channels: [{key: a, name: A, segments: [old]}]` + "\n" + `segments: [{key: s, name: S, formerly: [old]}]`,
			`c.yaml:1:41: note: the present key of "old" is "s"; write that [former-reference]`},
		{"pain of another segment", `segments: [{key: s, name: S}, {key: z, name: Z, pains: [{key: w, text: x}]}]` + "\n" +
			`propositions: [{key: p, name: P, segments: [s], relievers: [{text: r, pains: [w]}]}]`,
			`c.yaml:2:79: warning: pain/w belongs to segment/z, which proposition/p is not for; add the segment, or choose another pain [out-of-scope]`},
		{"product of another proposition", `propositions: [{key: p, name: P, products: [{key: x, name: X}]}, {key: q, name: Q, creators: [{text: r, through: [x]}]}]`,
			`c.yaml:1:115: warning: product/x belongs to proposition/p, not to proposition/q; choose one of its own [out-of-scope]`},
		{"twice", `channels: [{key: a, name: A, phases: [purchase, purchase]}]`,
			`c.yaml:1:49: warning: "purchase" stands twice in this list; remove one [twice]`},
		{"reference twice", `activities: [{key: a, name: A, serves: [p, proposition/p]}]` + "\n" + `propositions: [{key: p, name: P}]`,
			`c.yaml:1:44: warning: proposition/p stands twice in this list; remove one [twice]`},
		{"performance", `channels: [{key: a, name: A, performance: 7}]`,
			`c.yaml:1:43: performance 7 is outside 0 to 1; write a number from 0 to 1, or one of broken, poor, fair, good, excellent [out-of-range]`},
		{"performance NaN", `channels: [{key: a, name: A, performance: .nan}]`,
			`c.yaml:1:43: performance .nan is outside 0 to 1; write a number from 0 to 1, or one of broken, poor, fair, good, excellent [out-of-range]`},
		{"competitor", `propositions: [{key: p, name: P, competitors: [{name: X, performance: -1}]}]`,
			`c.yaml:1:71: performance -1 is outside 0 to 1; write a number from 0 to 1, or one of broken, poor, fair, good, excellent [out-of-range]`},
		{"size", `segments: [{key: s, name: S, size: -3}]`,
			`c.yaml:1:36: the size of the segment is -3; write 0 or more, or leave it out if it is not known [out-of-range]`},
		{"rating", `partnerships: [{key: s, name: S, substitutability: 6}]`,
			`c.yaml:1:52: 6 is off the scale; rate from 0 (none at all) to 5 [out-of-range]`},
		{"elasticity", `revenue-streams: [{key: s, name: S, elasticity: .inf}]`,
			`c.yaml:1:49: the elasticity is +Inf; write a number such as -1.5, or leave it out [out-of-range]`},
		{"negative amount", `costs: [{key: s, name: S, amount: -3 EUR/month}]`,
			`c.yaml:1:35: -3.00 EUR/month is negative; write revenue and cost as positive amounts [out-of-range]`},
		{"cases", `costs: [{key: s, name: S, evidence: [{kind: audit, n: -1}]}]`,
			`c.yaml:1:55: the number of cases is -1; write 0 or more, or leave it out if it is not known [out-of-range]`},
		{"predicate range", `segments: [{key: s, name: S, predicates: [{attribute: age, at-least: 40, below: 25}]}]`,
			`c.yaml:1:43: nothing lies between 40 and 25; exchange or mend the bounds [empty-range]`},
		{"predicate without attribute", `segments: [{key: s, name: S, predicates: [{at-least: 40}]}]`,
			`c.yaml:1:43: warning: this predicate compares nothing; name the attribute, such as attribute: age [incomplete-predicate]`},
		{"predicate without value", `segments: [{key: s, name: S, predicates: [{attribute: age}]}]`,
			`c.yaml:1:43: warning: what should "age" be? write in, not-in, at-least or below, or a note [incomplete-predicate]`},
		{"claim", `costs: [{key: s, name: S, claims: [{text: x, low: 2, high: 1}]}]`,
			`c.yaml:1:36: nothing lies between 2 and 1; exchange or mend the bounds [empty-range]`},
		{"word", `segments: [{key: s, name: S, type: Niche market}]`,
			`c.yaml:1:36: warning: "Niche market" is not written like a key; write niche-market [malformed-word]`},
		{"unknown currency", `currency: Euro`,
			`c.yaml:1:11: "Euro" is not a currency; use an ISO 4217 code such as EUR [unknown-currency]`},
		{"currency of the canvas", "currency: CHF\ncosts: [{key: s, name: S, amount: 3 EUR/month}]",
			`c.yaml:2:35: 3.00 EUR/month is not in CHF, the currency of the canvas or of its first amount; convert it, so that amounts can be added [mixed-currencies]`},
		{"mixed currencies", `revenue-streams: [{key: s, name: S, price: 3 EUR/unit, willingness-to-pay: 4 USD/unit}]`,
			`c.yaml:1:76: 4.00 USD/unit is not in EUR, the currency of the canvas or of its first amount; convert it, so that amounts can be added [mixed-currencies]`},
		{"amount without unit", `relationships: [{key: s, name: S, cost-to-serve: 3 EUR}]`,
			`c.yaml:1:50: warning: 3.00 EUR has no unit; write 3.00 EUR/month, or per quarter, year, unit or once [amount-without-unit]`},
		{"free with a price", `revenue-streams: [{key: s, name: S, free: true, price: 3 EUR/unit}]`,
			`c.yaml:1:43: warning: revenue-stream/s is free, and yet has an amount or a price; remove one of the two [contradiction]`},
		{"evidence without kind", `costs: [{key: s, name: S, evidence: [{source: x}]}]`,
			`c.yaml:1:38: warning: evidence without kind counts as assumed; write kind: interview, survey, analytics, … [bad-evidence]`},
	}
	codes := map[string]bool{}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			doc, issues, err := canvas.Decode(strings.NewReader(c.in+"\n"), &cxmodel.DecodeOptions{Name: "c.yaml"})
			require.NoError(t, err)
			require.Empty(t, issues)
			found := doc.Validate()
			require.Len(t, found, 1)
			assert.Equal(t, c.want, found[0].Error())
			codes[found[0].Code] = true
		})
	}
	// What a file cannot say, or says only with a second fault beside it.
	for _, rest := range []string{canvas.CodeUnknownValue, canvas.CodeBadDate, canvas.CodeTooMany, canvas.CodeAmbiguous} {
		assert.NotContains(t, codes, rest)
		codes[rest] = true
	}
	assert.Len(t, codes, 27, "every code has a case")
}

func TestDuplicateKeysMakeReferencesAmbiguous(t *testing.T) {
	c := decode(t, "activities: [{key: x, name: X, serves: [a]}]\nchannels: [{key: a, name: A}]\nrelationships: [{key: a, name: B}]\n")
	issues := c.Validate()
	assert.Len(t, issues, 2)
	assert.Equal(t, `"a" can be channel/a, relationship/a; keys and aliases must be unique`, issues.Code(canvas.CodeAmbiguous)[0].Message)
	c.Activities[0].Serves[0].Kind = cxmodel.KindChannel
	assert.Empty(t, c.Validate().Code(canvas.CodeAmbiguous), "the kind tells them apart")
}

func TestWhatOnlyCodeCanSayIsChecked(t *testing.T) {
	c := &canvas.Canvas{
		AsOf:         cxmodel.Date{Year: 2026, Month: time.February, Day: 30},
		Propositions: []canvas.Proposition{{Item: canvas.Item{Key: "p", Name: "P"}, ValueLevel: 9}},
		Channels:     []canvas.Channel{{Item: canvas.Item{Key: "c", Name: "C", Performance: new(canvas.Performance(math.NaN()))}, Phases: []canvas.Phase{-1}}},
		Activities:   []canvas.Activity{{Item: canvas.Item{Key: "a", Name: "A"}, Serves: []cxmodel.Ref{{}}}},
	}
	var got []string
	for _, i := range c.Validate() {
		got = append(got, i.Error())
	}
	assert.Equal(t, []string{
		`/as-of: 2026-02-30 is not a day of the calendar [bad-date]`,
		`/propositions/0/value-level: 9 is not a value level; use one of me-too, innovative-imitation, excellence, innovation [unknown-value]`,
		`/channels/0/performance: performance .nan is outside 0 to 1; write a number from 0 to 1, or one of broken, poor, fair, good, excellent [out-of-range]`,
		`/channels/0/phases/0: -1 is not a channel phase; use one of awareness, evaluation, purchase, delivery, after-sales [unknown-value]`,
		`/activities/0/serves/0: an empty reference; write the key of a proposition, channel or relationship [dangling]`,
	}, got)
}

func TestPlacesFollowEdits(t *testing.T) {
	c := decode(t, "channels:\n  - {key: a, name: A}\n  - {key: b, name: B, performance: 2}\n")
	c.Channels = append([]canvas.Channel{{Item: canvas.Item{Key: "new", Name: "New", Performance: new(canvas.Performance(3))}}}, c.Channels...)
	issues := c.Clone().Validate()
	require.Len(t, issues, 2)
	assert.Equal(t, "canvas.yaml:2:3", issues[0].Pos.String(), "what is not in the file has the place of its list")
	assert.Equal(t, "canvas.yaml:3:36", issues[1].Pos.String())
	assert.Equal(t, "/channels/2/performance", issues[1].Path)
}

func TestEveryPathOfAnIssueExists(t *testing.T) {
	c := filled() // full of nonsense: every key dangles, every word repeats
	issues := c.Validate()
	require.Greater(t, len(issues), 40)
	for _, i := range issues {
		assert.True(t, exists(reflect.ValueOf(c).Elem(), strings.Split(i.Path, "/")[1:]), i.Path)
		assert.NotEmpty(t, i.Code)
		assert.NotZero(t, i.Severity)
	}
}

// exists reports whether the segments of a JSON Pointer name a value below v.
func exists(v reflect.Value, segments []string) bool {
	if len(segments) == 0 {
		return true
	}
	switch v.Kind() {
	case reflect.Pointer:
		return exists(v.Elem(), segments)
	case reflect.Slice:
		var i int
		_, err := fmt.Sscan(segments[0], &i)
		return err == nil && i < v.Len() && exists(v.Index(i), segments[1:])
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if name == segments[0] && exists(v.Field(i), segments[1:]) || f.Anonymous && exists(v.Field(i), segments) {
				return true
			}
		}
	}
	return false
}

// brokenCanvas has n channels and n segments, all with faults.
func brokenCanvas(n int) *canvas.Canvas {
	keys := make([]cxmodel.Key, n)
	channels := make([]canvas.Channel, n)
	segments := make([]canvas.Segment, n)
	for i := range n {
		keys[i] = cxmodel.Key(fmt.Sprint("familes-", i))
		channels[i] = canvas.Channel{Item: canvas.Item{Key: "same", Name: strings.Repeat("x", 10), Aliases: []string{"alias"}, Formerly: []cxmodel.Key{"old"}},
			Segments: []cxmodel.Key{"twin", keys[i]}}
		segments[i] = canvas.Segment{Item: canvas.Item{Key: "twin"}}
		segments[i].Pains = []canvas.Pain{{Key: "pain", Jobs: []cxmodel.Key{"job"}}}
	}
	return &canvas.Canvas{Segments: segments, Channels: channels, Propositions: []canvas.Proposition{
		{Item: canvas.Item{Key: "p"}, Segments: keys, Relievers: []canvas.Reliever{{Text: "r", Pains: keys}}}}}
}

func TestABrokenCanvasIsCheckedInBoundedTimeAndSpace(t *testing.T) {
	small, large := time.Hour, time.Hour
	few, many := brokenCanvas(1_000), brokenCanvas(8_000)
	for range 7 { // in turns, and the best of each, so that a busy machine is busy for both
		start := time.Now()
		few.Validate()
		small = min(small, time.Since(start))
		start = time.Now()
		many.Validate()
		large = min(large, time.Since(start))
	}
	assert.Less(t, large, 24*small, "eight times the items: work that grows with the square would take 64 times as long")
	issues := brokenCanvas(8_000).Validate()
	require.Len(t, issues, 1001)
	assert.Equal(t, canvas.CodeTooMany, issues[1000].Code)
	assert.Equal(t, cxmodel.SeverityError, issues[1000].Severity)

	warnings := &canvas.Canvas{Resources: []canvas.Resource{{Item: canvas.Item{Key: "r", Name: "R"}, Enablers: make([]canvas.Enabler, 3000)}}}
	for i := range warnings.Resources[0].Enablers {
		warnings.Resources[0].Enablers[i] = "ai"
	}
	assert.NoError(t, warnings.Validate().Err(), "a list of warnings that ends early does not block")
	warnings.Costs = []canvas.Cost{{}}
	assert.Error(t, warnings.Validate().Err(), "an error after the end of the list does")
}

// A canvas made in code has no lines; its places are JSON Pointers.
func TestWithoutAFileTheOtherPlaceIsAPointer(t *testing.T) {
	c := &canvas.Canvas{Channels: []canvas.Channel{{Item: canvas.Item{Key: "a", Name: "A"}}, {Item: canvas.Item{Key: "a", Name: "B"}}}}
	assert.Contains(t, c.Validate()[0].Message, `another item, at /channels/0, has the key "a"`)
}
