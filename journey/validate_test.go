package journey_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/journey"
)

const head = "stages:\n  - key: a\n    name: A\n    kind: use\n    touchpoints:\n      - key: b\n        name: B\n"

// Each case is a text and the issues that it gives, each with its place; codes are checked against code.go.
var faults = []struct {
	name, in string
	want     []string
}{
	{"no stages", "name: x\n", []string{`j.yaml:1:1: the journey has no stage; write its stages, or name a preset: awareness-to-advocacy, awareness-to-loyalty, business-to-business, consumer-goods, need-to-conclusion, small, subscription, three-phases [no-stages]`}},
	{"unknown preset", "preset: smal\nstages: [{key: a, name: A}]\n", []string{`j.yaml:1:9: there is no preset "smal"; did you mean "small"? [unknown-preset]`}},
	{"missing key", "stages:\n  - name: The visit\n", []string{`j.yaml:2:5: this stage has no key; write key: the-visit [missing-key]`}},
	{"missing key and name", "stages:\n  - goal: x\n", []string{`j.yaml:2:5: this stage has no key; write one in lower-case letters, digits and hyphens [missing-key]`}},
	{"malformed key", "stages:\n  - {key: Visit us, name: A}\n", []string{`j.yaml:2:11: malformed key: "Visit us"; use lower-case letters, digits and hyphens, such as "visit-us" [malformed-key]`}},
	{"malformed journey key", "key: A\n" + head, []string{`j.yaml:1:6: malformed key: "A"; use lower-case letters, digits and hyphens, such as "a" [malformed-key]`}},
	{"malformed sub-journey", head + "        sub-journey: A b\n", []string{`j.yaml:8:22: malformed key: "A b"; use lower-case letters, digits and hyphens, such as "a-b" [malformed-key]`}},
	{"duplicate stages", "stages: [{key: a, name: A}, {key: a, name: B}]\n", []string{`j.yaml:1:35: another stage, in line 1, has the key "a"; give one of them another key [duplicate-key]`}},
	{"touchpoints twice in two stages", head + "  - {key: c, name: C, touchpoints: [{key: b, name: B}]}\n", []string{`j.yaml:8:43: another touchpoint, in line 6, has the key "b"; give one of them another key [duplicate-key]`}},
	{"a stage and a touchpoint may share a key", head + "      - {key: a, name: A}\n", nil},
	{"measures twice on two levels", "measures: [{key: m, metric: churn, decision: x}]\n" + head + "        measures: [{key: m, metric: churn, decision: x}]\n", []string{`j.yaml:9:26: another measure, in line 1, has the key "m"; give one of them another key [duplicate-key]`}},
	{"former key alive", head + "        formerly: [c]\n      - {key: c, name: C}\n", []string{`j.yaml:8:20: the former key "c" is the key of a touchpoint that lives, in line 9; remove it here [former-key]`}},
	{"former key shared", head + "        formerly: [c]\n      - {key: d, name: D, formerly: [c]}\n", []string{`j.yaml:9:38: warning: another touchpoint, in line 6, was called "c" too; history goes to that one [shared-former]`}},
	{"present key of the journey", "key: a\nformerly: [a]\n" + head, []string{`j.yaml:2:12: "a" is the present key; formerly lists the keys of the past, remove it here [former-key]`}},
	{"mean without scale", head + "        measures: [{key: m, metric: csat-mean, level: transaction, decision: x, floor: 3, target: 4}]\n", []string{
		`j.yaml:8:20: csat-mean is asked on many scales; write this one's, such as scale: {min: 1, max: 5} [missing-scale]`}},
	{"former key twice", head + "        formerly: [c, c]\n", []string{`j.yaml:8:23: warning: the former key "c" stands here twice; remove one [twice]`}},
	{"alias of two", head + "        aliases: [T1]\n      - {key: c, name: C, aliases: [T1, b]}\n", []string{
		`j.yaml:9:37: the alias "T1" is that of another touchpoint too, in line 6; leave it to one of them [ambiguous-alias]`,
		`j.yaml:9:41: the alias "b" is the key of another touchpoint, in line 6; remove it here [ambiguous-alias]`}},
	{"missing name", "stages: [a]\n", []string{`j.yaml:1:10: note: this stage shows its key "a" for want of a name [missing-name]`}},
	{"missing text", head + "        pains: [{severity: low}]\n        messages: [{text: ' '}]\n        standard: {target: 2}\n        emotions: [{after: 0.5}]\n", []string{
		`j.yaml:9:27: this message says nothing; write its text [missing-text]`,
		`j.yaml:10:19: this standard says nothing; write its text [missing-text]`,
		`j.yaml:11:20: this feeling has no tag; write one, such as "anxiety" [missing-text]`,
		`j.yaml:8:17: this pain says nothing; write its text [missing-text]`}},
	{"malformed word", head + "        channel: Web Shop\n", []string{`j.yaml:8:18: warning: the channel "Web Shop": write "web-shop", so that one thing has one spelling [malformed-word]`}},
	{"word without letters", head + "        channel: 店\n", []string{`j.yaml:8:18: warning: the channel "店": write it in lower-case letters, digits and hyphens, so that one thing has one spelling [malformed-word]`}},
	{"unknown kind", "stages: [{key: a, name: A, kind: considration}]\n", []string{`j.yaml:1:34: warning: "considration" is no kind of stage that the library knows (perhaps "consideration"); beside a kind of your own write its phase: pre-sale, sale or post-sale [unknown-kind]`}},
	{"own kind with its phase", "stages: [{key: a, name: A, kind: unboxing, phase: post-sale}]\n", nil},
	{"negative weight", "stages: [{key: a, name: A, weight: -1}]\n", []string{`j.yaml:1:36: the weight is -1; a weight is 0 or more [bad-weight]`}},
	{"weight of the journey", "weight: .nan\n" + head, []string{`j.yaml:1:9: the weight is NaN; a weight is 0 or more [bad-weight]`}},
	{"weight of a persona", "personas: [{key: p, name: P, stage-weights: {a: -.inf}}]\n" + head, []string{`j.yaml:1:49: the weight is -Inf; a weight is 0 or more [bad-weight]`}},
	{"zero weights", "stages: [{key: a, name: A, weight: 0}, {key: b, name: B, weight: 0}]\n", []string{`j.yaml:1:9: the stages that have a weight have 0; give at least one a weight above 0, or none any [zero-weights]`}},
	{"zero facets of a persona", "facets: {value: 1, trust: 2}\npersonas: [{key: p, name: P, facet-weights: {value: 0, trust: 0}}]\n" + head, []string{`j.yaml:2:45: where something is judged by value, trust, this persona gives weight 0 to all; give at least one a weight above 0 [zero-weights]`}},
	{"zero touchpoints of a persona", "personas: [{key: p, name: P, touchpoints: [b]}]\n" + head + "        weight: 0\n      - {key: c, name: C, weight: 1}\n", []string{`j.yaml:1:43: of stage "a" this persona uses only touchpoints of weight 0; give one of them a weight, or take them out here [zero-weights]`}},
	{"some weights", "stages: [{key: a, name: A, weight: 1}, {key: b, name: B}]\n", []string{`j.yaml:1:9: warning: 1 of 2 stages have a weight, and the others take its mean; give all of them one, or none [unset-weights]`}},
	{"some weights of a persona", "personas: [{key: p, name: P, stage-weights: {a: 1}}]\nstages: [{key: a, name: A}, {key: b, name: B}]\n", []string{`j.yaml:1:45: warning: 1 of 2 stages have a weight, and the others take its mean; give all of them one, or none [unset-weights]`}},
	{"some facets of a persona", "facets: [value, trust]\npersonas: [{key: p, name: P, facet-weights: {value: 1}}]\n" + head, []string{`j.yaml:2:45: warning: of value, trust only some have a weight, and the others take its mean; give all of them one, or none [unset-weights]`}},
	{"backstage without weight", head + "        weight: 1\n      - {key: c, name: C, layer: backstage}\n", nil},
	{"sentiment", head + "        sentiment: 3\n", []string{`j.yaml:8:20: sentiment is 3; it lies between -2 and 2 [out-of-range]`}},
	{"sentiment NaN", head + "        sentiment: .nan\n", []string{`j.yaml:8:20: sentiment is NaN; it lies between -2 and 2 [out-of-range]`}},
	{"degrees and shares", head + "        pains: [{text: x, severity: 7, reach: 30, count: -1}]\n        emotions: {joy: 2}\n        standard: {text: x, compliance: 95, target: .inf}\n        evidence: [{kind: survey, n: -1}]\n        opportunities: [{text: x, importance: 11}]\n", []string{
		`j.yaml:10:53: target is +Inf; write a number [out-of-range]`,
		`j.yaml:10:41: compliance is 95; it lies between 0 and 1 [out-of-range]`,
		`j.yaml:9:25: after is 2; it lies between 0 and 1 [out-of-range]`,
		`j.yaml:8:37: severity is 7; it lies between 0 and 1 [out-of-range]`,
		`j.yaml:8:47: reach is 30; it lies between 0 and 1 [out-of-range]`,
		`j.yaml:8:58: count is -1; it is 0 or more [out-of-range]`,
		`j.yaml:12:47: importance is 11; it lies between 0 and 10 [out-of-range]`,
		`j.yaml:11:38: n is -1; it is 0 or more [out-of-range]`}},
	{"shares of what follows", head + "        next: [{to: c, share: 0.7}, {to: d, share: 0.5}]\n      - {key: c, name: C}\n      - {key: d, name: D}\n", []string{`j.yaml:8:15: the shares of what follows add up to 1.2; together they are at most 1 [out-of-range]`}},
	{"facet twice", "facets: [emotion, emotion]\n" + head, []string{`j.yaml:1:19: the facet "emotion" stands here twice; remove one [duplicate-facet]`}},
	{"facet in two sets", "facets: [engagement, clarity]\n" + head, []string{`j.yaml:1:22: the facet "personalization" comes with "engagement" and with "clarity"; list the facets one by one [duplicate-facet]`}},
	{"weight without effect", "personas: [{key: p, name: P, facet-weights: {emotion: 1}}]\n" + head, []string{`j.yaml:1:55: warning: nothing is judged by a facet "emotion"; the weight has no effect [unused-weight]`}},
	{"dangling touchpoint", head + "        next: [pay]\n", []string{`j.yaml:8:16: there is neither a stage nor a touchpoint "pay"; the journey has b [dangling]`}},
	{"dangling kind", head + "        next: [stage/b, persona/p]\n", []string{
		`j.yaml:8:16: there is no stage "b"; the journey has a [dangling]`,
		`j.yaml:8:25: "persona/p" is neither a stage nor a touchpoint; write stage/key or touchpoint/key [dangling]`}},
	{"dangling references of personas", "personas: [{key: p, name: P, stage-weights: {z: 1}, touchpoints: [b, z]}]\n" + head, []string{
		`j.yaml:1:70: there is no touchpoint "z"; the journey has b [dangling]`,
		`j.yaml:1:49: there is no stage "z"; the journey has a [dangling]`}},
	{"dangling among many", head + "        next: [chekout]\n      - cart\n      - checkout\n      - {key: c, name: C}\n      - {key: d, name: D}\n      - {key: e, name: E}\n      - {key: f, name: F}\n      - {key: g, name: G}\n      - {key: h, name: H}\n", []string{
		`j.yaml:8:16: there is neither a stage nor a touchpoint "chekout"; did you mean "checkout"? [dangling]`,
		`j.yaml:9:9: note: this touchpoint shows its key "cart" for want of a name [missing-name]`,
		`j.yaml:10:9: note: this touchpoint shows its key "checkout" for want of a name [missing-name]`}},
	{"dangling by a former key", "personas: [{key: p, name: P, touchpoints: [old]}]\n" + head + "        formerly: [old]\n", []string{`j.yaml:1:44: there is no touchpoint "old"; it is called "b" now [dangling]`}},
	{"dangling in annotations", head + "        hand-off: {to: z}\n        messages: [{text: x, personas: [p]}]\n        opportunities: [{text: y, addresses: [slow]}]\n", []string{
		`j.yaml:9:41: there is no persona "p"; the journey has no persona with a key [dangling]`,
		`j.yaml:10:47: there is no pain "slow"; the journey has no pain with a key [dangling]`,
		`j.yaml:8:24: there is no touchpoint "z"; the journey has b [dangling]`}},
	{"listed twice", "personas: [{key: p, name: P, touchpoints: [b, b], preferred-channels: [app, app]}]\n" + head + "        next: [a, a, {to: a, when: x}]\n        emotions: [joy, joy]\n", []string{
		`j.yaml:1:77: warning: the channel "app" stands here twice; remove one [twice]`,
		`j.yaml:1:47: warning: "b" stands here twice; remove one [twice]`,
		`j.yaml:10:25: warning: the feeling "joy" stands here twice; remove one [twice]`,
		`j.yaml:9:19: warning: "stage/a" follows twice; say when, or remove one [twice]`}},
	{"unknown lane", head + "        lanes: {legal: x}\n", []string{`j.yaml:8:24: the journey has no lane "legal"; add it to the journey's lanes [unknown-lane]`}},
	{"missing metric", "measures: [{key: m, decision: x}]\n" + head, []string{`j.yaml:1:12: this measure has no metric; write one, such as "nps" or "csat" [missing-metric]`}},
	{"missing scale", "measures: [{key: m, metric: csat, level: transaction, decision: x}]\n" + head, []string{`j.yaml:1:12: csat is asked on many scales; write this one's, such as scale: {min: 1, max: 5} [missing-scale]`}},
	{"bad scale", "measures: [{key: m, metric: csat, level: transaction, scale: {min: 5, max: 1}, decision: x}]\n" + head, []string{`j.yaml:1:62: unusable scale: min 5 is not below max 1 [bad-scale]`}},
	{"floor is target", "measures: [{key: m, metric: nps, level: relationship, floor: 40, target: 40, decision: x}]\n" + head, []string{`j.yaml:1:74: floor and target are both 40; the floor is the value that is worth nothing, the target the one that is worth all [floor-is-target]`}},
	{"half a target", "measures: [{key: m, metric: nps, level: relationship, target: 40, decision: x}]\n" + head, []string{`j.yaml:1:12: warning: a performance needs both floor and target; write the other one too [half-target]`}},
	{"target on the wrong side", "measures: [{key: m, metric: churn, floor: 0.1, target: 0.2, decision: x}]\n" + head, []string{`j.yaml:1:56: warning: the target 0.2 is worse than the floor 0.1 in churn; swap them [target-side]`}},
	{"target off the metric", "measures: [{key: m, metric: csat, level: transaction, scale: {min: 1, max: 5}, floor: -0.1, target: 80, decision: x}]\n" + head, []string{
		`j.yaml:1:87: floor is -0.1; csat lies between 0 and 1 [out-of-range]`,
		`j.yaml:1:101: target is 80; csat lies between 0 and 1; 80 % is written 0.8 [out-of-range]`}},
	{"missing level and decision", "measures: [{key: m, metric: nps}]\n" + head, []string{
		`j.yaml:1:12: note: say whether the question is about the whole relationship or one transaction; answers to the two are not pooled [missing-level]`,
		`j.yaml:1:12: note: nothing is decided by this measure; say what its value changes, such as decision: who is on call, or drop it [no-decision]`}},
	{"misspelt metric", "measures: [{key: m, metric: csta, decision: x}, {key: n, metric: clv, decision: x}]\n" + head, []string{
		`j.yaml:1:29: warning: "csta" is no metric that the library knows; did you mean "csat"? [unknown-metric]`}},
	{"misspelt facet", "facets: [engagment, quiet, {key: emotions, name: Feelings}]\n" + head, []string{
		`j.yaml:1:10: warning: "engagment" is no facet or set that the library knows; did you mean "engagement"? One of your own has a name [unknown-facet]`}},
	{"evidence without kind", head + "        evidence: [{n: 3}]\n", []string{`j.yaml:8:20: warning: evidence without kind counts as assumed; write its kind, such as "interview" [bad-evidence]`}},
	{"aliases of measures and lanes", "lanes: [legal, legal]\n" + head, []string{`j.yaml:1:16: another lane, in line 1, has the key "legal"; give one of them another key [duplicate-key]`}},
}

func TestValidateSaysPlaceAndCure(t *testing.T) {
	for _, c := range faults {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, i := range decode(t, c.in).Validate() {
				got = append(got, i.Error())
			}
			assert.Equal(t, c.want, got)
		})
	}
}

func TestEveryCodeIsListedAndShown(t *testing.T) {
	shown := map[string]bool{ // what no file can hold, or only a long one
		journey.CodeUnknownValue: true, journey.CodeBadDate: true, journey.CodeTooMany: true}
	for _, c := range faults {
		for _, i := range decode(t, c.in).Validate() {
			shown[i.Code] = true
		}
	}
	f, err := parser.ParseFile(token.NewFileSet(), "code.go", nil, 0)
	require.NoError(t, err)
	listed := map[string]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
			code, err := strconv.Unquote(l.Value)
			require.NoError(t, err)
			listed[code] = true
		}
		return true
	})
	assert.Equal(t, listed, shown)
}

func TestValidateOfWhatAProgramMade(t *testing.T) {
	j := &journey.Journey{Key: "k", State: 7, AsOf: cxmodel.Date{Year: 2026, Month: 2, Day: 30}, Stages: []journey.Stage{{Key: "a", Name: "A",
		Phase: -1, Touchpoints: []journey.Touchpoint{{Key: "b", Name: "B", Layer: 9, Sentiment: new(math.Inf(1))}}}}}
	var got []string
	for _, i := range j.Validate() {
		got = append(got, fmt.Sprintf("%s at %s: %s", i.Ref, i.Path, i.Code))
	}
	assert.Equal(t, []string{"journey/k at /state: unknown-value", "journey/k at /as-of: bad-date", "stage/a at /stages/0/phase: unknown-value",
		"touchpoint/b at /stages/0/touchpoints/0/layer: unknown-value", "touchpoint/b at /stages/0/touchpoints/0/sentiment: out-of-range"}, got)
}

func TestIssuesHaveTheirCause(t *testing.T) {
	is := decode(t, "measures: [{key: M, metric: csat, scale: {min: 2, max: 1}}]\nstages: [{key: a, name: A, weight: -1}]\n").Validate()
	assert.ErrorIs(t, is.Err(), cxmodel.ErrKey)
	assert.ErrorIs(t, is.Err(), cxmodel.ErrScale)
	assert.ErrorIs(t, is.Err(), journey.ErrWeight)
}

func TestWarningsAndNotesNeverBlock(t *testing.T) {
	j := decode(t, "measures: [{key: m, metric: nps, target: 3}]\nstages: [{key: a, weight: 1}, {key: b, kind: own}]\n")
	assert.NotEmpty(t, j.Validate())
	assert.NoError(t, j.Validate().Err())
}

func TestPositionsFollowEdits(t *testing.T) {
	j := decode(t, head+"        sentiment: 3\n")
	j.Stages = append([]journey.Stage{{Key: "new", Name: "New"}}, j.Stages...)
	is := j.Validate()
	require.Len(t, is, 1)
	assert.Equal(t, "/stages/1/touchpoints/0/sentiment", is[0].Path)
	assert.Equal(t, "j.yaml:8:20", is[0].Pos.String())
}

// Ten thousand faults of one kind, each of which could list all elements of the journey.
func TestABrokenDocumentIsReportedInBoundedTime(t *testing.T) {
	var b strings.Builder
	b.WriteString("stages:\n")
	for i := range 10_000 {
		fmt.Fprintf(&b, "  - {key: k%d, name: N, weight: -1, next: [gone], touchpoints: [{key: t%d, name: T, next: [gone], messages: [{text: x, personas: [p]}]}]}\n", i, i)
	}
	is := decode(t, b.String()).Validate()
	require.Len(t, is, 1001)
	assert.Equal(t, journey.CodeTooMany, is[1000].Code)
	assert.Equal(t, "39000 further issues are not listed; mend the first ones", is[1000].Message)
}

// What is not listed blocks no more than what is.
func TestManyNotesAreNoError(t *testing.T) {
	j := new(journey.Journey)
	for i := range 1100 {
		k := cxmodel.Key(fmt.Sprint("k", i))
		j.Stages = append(j.Stages, journey.Stage{Key: k, Name: "S", Touchpoints: []journey.Touchpoint{{Key: k}}})
	}
	is := j.Validate()
	require.Len(t, is, 1001)
	assert.Equal(t, journey.CodeTooMany, is[1000].Code)
	for _, i := range is[:1000] {
		require.NotEqual(t, cxmodel.SeverityError, i.Severity, i)
	}
	assert.NoError(t, is.Err())
}

// Ten thousand personas, stages and facets each: their products would take long.
func TestValidateAndDiffGrowWithTheDocument(t *testing.T) {
	j := new(journey.Journey)
	for i := range 10_000 {
		k := cxmodel.Key(fmt.Sprint("k", i))
		j.Facets = append(j.Facets, journey.Facet{Key: k})
		j.Personas = append(j.Personas, journey.Persona{Key: k, Name: "P", Touchpoints: []cxmodel.Key{k}, FacetWeights: map[cxmodel.Key]float64{k: 0},
			StageWeights: map[cxmodel.Key]float64{k: 1}})
		j.Stages = append(j.Stages, journey.Stage{Key: k, Name: "S", Touchpoints: []journey.Touchpoint{{Key: k, Name: "T", Facets: []journey.Facet{{Key: k}}}, {Key: "o" + k, Name: "T"}}})
	}
	assert.NotEmpty(t, j.Validate())
	other := j.Clone()
	slices.Reverse(other.Stages)
	assert.Len(t, journey.Diff(j, other), 9_999)
}
