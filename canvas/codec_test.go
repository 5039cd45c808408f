package canvas_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
)

func encode(t testing.TB, c *canvas.Canvas, opts *cxmodel.EncodeOptions) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, canvas.Encode(&b, c, opts))
	return b.String()
}

func TestEveryFieldSurvivesYAMLAndJSON(t *testing.T) {
	for _, opts := range []*cxmodel.EncodeOptions{nil, {Plain: true}, {Format: cxmodel.FormatJSON}} {
		text := encode(t, filled(), opts)
		back := decode(t, text)
		require.Empty(t, canvas.Diff(filled(), back), text)
		assert.Equal(t, encode(t, filled(), &cxmodel.EncodeOptions{Plain: true}), encode(t, back, &cxmodel.EncodeOptions{Plain: true}))
		assert.Equal(t, text, encode(t, back, opts), "the same canvas gives the same bytes")
	}
}

const annotated = `# Café Anna, after the workshop
format: cxmodel/1
name: Café Anna # since 1987
segments:
  # who lives here
  - {key: neighbours, name: Neighbours, pains: [{key: waiting, text: Waiting for the bill, severity: high}, no parking]}
propositions:
  - key: food # not only lunch
    name: Home-style food
    performance: 0.75
    segments: [neighbours]
    relievers:
      - {text: Cards at the table, pains: [waiting]} # since March
channels:
  - {key: phone, name: Phone, performance: fair, phases: [evaluation, purchase]}
x-workshop: {room: 2}
# the end
`

func TestAFileThatIsNotEditedIsWrittenAsItWas(t *testing.T) {
	assert.Equal(t, annotated, encode(t, decode(t, annotated), nil))
}

func TestCommentsSurviveEdits(t *testing.T) {
	c := decode(t, annotated)
	clone := c.Clone()
	clone.Name = "Café Anna & Söhne"
	clone.Propositions[0].Performance = new(canvas.Excellent)
	clone.Propositions[0].Relievers[0].Text = "Cards: at the table"
	clone.Channels = append([]canvas.Channel{{Item: canvas.Item{Key: "web", Name: "Web site"}, Phases: []canvas.Phase{canvas.PhaseAwareness}}}, clone.Channels...)
	clone.Segments[0].Pains = clone.Segments[0].Pains[:1]
	out := encode(t, clone, nil)
	for _, comment := range []string{"# Café Anna, after the workshop", "# since 1987", "# who lives here", "# not only lunch", "# since March", "# the end"} {
		assert.Contains(t, out, comment)
	}
	assert.Contains(t, out, "performance: excellent\n")
	assert.Contains(t, out, "{key: web, name: Web site, phases: [awareness]}")
	assert.Empty(t, canvas.Diff(clone, decode(t, out)))
	assert.Equal(t, annotated, encode(t, c, nil), "the edit of a clone leaves the canvas alone")
}

func TestWordsAndNumbersStayAsTheyWereWritten(t *testing.T) {
	c := decode(t, annotated)
	assert.Equal(t, canvas.Good, *c.Propositions[0].Performance)
	assert.Contains(t, encode(t, c, nil), "performance: 0.75")
	assert.Contains(t, encode(t, c, &cxmodel.EncodeOptions{Plain: true}), "performance: good")
	*c.Channels[0].Performance = 0.7
	assert.Contains(t, encode(t, c, nil), "performance: 0.7,")
	assert.Contains(t, encode(t, c, &cxmodel.EncodeOptions{Format: cxmodel.FormatJSON}), `"performance": 0.7`)
}

func TestWhatDoesNotFitIsAnIssueWithPlaceAndCure(t *testing.T) {
	cases := []struct{ name, in, want string }{
		{"block misspelt", "chanels: []\n", `c.yaml:1:1: unknown field "chanels"; did you mean "channels"? [unknown-field]`},
		{"field misspelt", "channels: [{key: a, phase: [purchase]}]\n", `c.yaml:1:21: unknown field "phase"; did you mean "phases"? [unknown-field]`},
		{"phase", "channels: [{key: a, phases: [buying]}]\n", `c.yaml:1:30: "buying" is not a channel phase; use one of awareness, evaluation, purchase, delivery, after-sales [unknown-word]`},
		{"phase misspelt", "channels: [{key: a, phases: [after_sales]}]\n", `c.yaml:1:30: "after_sales" is not a channel phase; did you mean "after-sales"? (awareness, evaluation, purchase, delivery, after-sales) [unknown-word]`},
		{"severity", "segments: [{key: a, pains: [{text: b, severity: 4}]}]\n", `c.yaml:1:49: "4" is not a level; use one of low, medium, high [unknown-word]`},
		{"performance", "costs: [{key: a, performance: 70%}]\n", `"70%" is not a performance; write a number from 0 to 1, or one of broken, poor, fair, good, excellent`},
		{"performance list", "costs: [{key: a, performance: [1]}]\n", `expected a number, found a list`},
		{"amount", "costs: [{key: a, amount: 1.200 EUR/Monat}]\n", `"Monat" is not a unit of amounts; did you mean "month"? (month, quarter, year, unit, once)`},
		{"reference", "costs: [{key: a, pays-for: [Big oven]}]\n", `malformed key: "Big oven"; use lower-case letters, digits and hyphens, such as "big-oven"`},
		{"size", "segments: [{key: a, size: many}]\n", `expected a whole number, found the text "many"`},
		{"item as text", "segments: [families]\n", `expected a mapping with fields such as key, name, description, found the text "families"`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, issues, err := canvas.Decode(strings.NewReader(c.in), &cxmodel.DecodeOptions{Name: "c.yaml"})
			require.NoError(t, err)
			require.Len(t, issues, 1)
			assert.Contains(t, issues[0].Error(), c.want)
			assert.Equal(t, 1, issues[0].Pos.Line)
		})
	}
}

func TestABrokenFileIsReadAsFarAsItGoesAndKept(t *testing.T) {
	const in = `format: cxmodel/1
channels:
  - {key: a, name: A, phases: [purchase, buying], performance: high}
activities:
  - {key: b, name: B, serves: [Channel A, a]}
`
	c, issues, err := canvas.Decode(strings.NewReader(in), nil)
	require.NoError(t, err)
	require.Len(t, issues, 3)
	assert.Equal(t, canvas.PhasePurchase, c.Channels[0].Phases[0])
	assert.Nil(t, c.Channels[0].Performance, "what could not be read is unset, not zero")
	assert.Equal(t, in, encode(t, c, nil))
}

func TestHostileInputIsRefused(t *testing.T) {
	for name, in := range map[string]string{
		"empty":  "",
		"deep":   "x-a: " + strings.Repeat("[", 10_000),
		"cycle":  "segments: &a [*a]\n",
		"broken": "segments: [{key: a\n",
		"list":   "- a\n",
	} {
		_, _, err := canvas.Decode(strings.NewReader(in), nil)
		assert.Error(t, err, name)
	}
	_, _, err := canvas.Decode(strings.NewReader(annotated), &cxmodel.DecodeOptions{Limits: cxmodel.Limits{Elements: 10}})
	assert.ErrorIs(t, err, cxmodel.ErrLimit)
}

func TestNothingCannotBeEncoded(t *testing.T) {
	assert.ErrorContains(t, canvas.Encode(new(bytes.Buffer), nil, nil), "canvas: there is no canvas")
	wrong := &canvas.Canvas{Channels: []canvas.Channel{{Item: canvas.Item{Key: "a"}, Phases: []canvas.Phase{9}}}}
	assert.ErrorContains(t, canvas.Encode(new(bytes.Buffer), wrong, nil), "9 is not a channel phase")
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(cafe))
	f.Add([]byte(annotated))
	f.Add([]byte(encode(f, filled(), nil)))
	f.Add([]byte(encode(f, filled(), &cxmodel.EncodeOptions{Format: cxmodel.FormatJSON})))
	f.Add([]byte("propositions: [{key: a, competitors: [b, {name: c, performance: .nan}], relievers: [x]}]\nas-of: 2026-02-30\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, issues, err := canvas.Decode(bytes.NewReader(data), &cxmodel.DecodeOptions{Limits: cxmodel.Limits{Elements: 10_000}})
		if err != nil {
			return
		}
		_ = c.Validate()
		for range c.Links() {
		}
		require.Empty(t, canvas.Diff(c, c.Clone()))
		var text bytes.Buffer
		if err := canvas.Encode(&text, c, &cxmodel.EncodeOptions{Format: cxmodel.FormatJSON}); err != nil || len(issues) > 0 {
			return
		}
		back, issues, err := canvas.Decode(&text, &cxmodel.DecodeOptions{Format: cxmodel.FormatJSON})
		require.NoError(t, err)
		require.Empty(t, issues)
		require.Empty(t, canvas.Diff(c, back))
	})
}

func TestErrorsNameThePackage(t *testing.T) {
	_, _, err := canvas.Decode(strings.NewReader(""), nil)
	assert.ErrorContains(t, err, "canvas: the file is empty")
}
