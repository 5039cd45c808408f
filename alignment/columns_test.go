package alignment_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/journey"
)

// thirty is a model of thirty stages in two journeys where everything has the same name and some of it is not judged.
func thirty(name string) *alignment.Model {
	m := &alignment.Model{Name: name, Canvas: &canvas.Canvas{Channels: []canvas.Channel{
		{Item: canvas.Item{Key: "a", Name: name, Performance: new(canvas.Performance(.5))}}, {Item: canvas.Item{Key: "b", Name: name}}}}}
	for n, key := range []cxmodel.Key{"j", "k"} {
		j := &journey.Journey{Key: key, Name: name}
		for s := range 15 {
			j.Stages = append(j.Stages, journey.Stage{Key: cxmodel.Key(fmt.Sprintf("s%d", 15*n+s)), Name: name, Reviewed: s > 3})
		}
		m.Journeys = append(m.Journeys, j)
	}
	m.Links = []alignment.Link{alignment.Helps("a", "s1", alignment.Strong), alignment.Helps("a", "s7", alignment.Weak), alignment.Helps("b", "s20", alignment.Strong)}
	return m
}

// Characters of East Asia and emoji take two columns of a terminal, all others here one (Unicode Standard Annex 11).
func TestTheSummaryFitsEightyColumnsWhateverTheNames(t *testing.T) {
	for name, columns := range map[string]func(rune) int{
		strings.Repeat("Sehr lange Bezeichnung ", 9): func(rune) int { return 1 },
		strings.Repeat("Donaudampfschifffahrt", 7):   func(rune) int { return 1 },
		"": func(rune) int { return 1 },
		strings.Repeat("お客様のお席へのご案内と注文", 8): func(r rune) int { return 1 + min(1, int(r)/0x2E80) },
		strings.Repeat("🎉", 60):             func(r rune) int { return 1 + min(1, int(r)/0x1F300) },
	} {
		var b bytes.Buffer
		require.NoError(t, assess(t, thirty(name), nil).WriteSummary(&b))
		for line := range strings.Lines(b.String()) {
			width := 0
			for _, r := range strings.TrimSuffix(line, "\n") {
				width += columns(r)
			}
			assert.LessOrEqual(t, width, 80, line)
		}
		assert.Contains(t, b.String(), " 2 to 29, until", "(.5 + .5/9) / 30, and 8/30 more where nobody has judged")
	}
}

func TestExplanationsFitEightyColumns(t *testing.T) {
	for _, name := range []string{"", strings.Repeat("Sehr lange Bezeichnung ", 9), strings.Repeat("Donaudampfschifffahrt", 7)} {
		a := assess(t, thirty(name), nil)
		for _, s := range a.Stages {
			for b := range canvas.Blocks() {
				e, err := a.Explain(t.Context(), s.Ref.Key, b)
				require.NoError(t, err)
				for line := range strings.Lines(e.Text) {
					assert.LessOrEqual(t, len(strings.TrimSuffix(line, "\n")), 80, line)
				}
			}
		}
	}
}

func TestTheSummaryLetsNoNameSteerTheTerminal(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, assess(t, thirty("red\x1b[31m\ttwo\nlines\u202e"), nil).WriteSummary(&b))
	assert.NotContains(t, b.String(), "\x1b")
	assert.NotContains(t, b.String(), "\u202e")
	assert.Contains(t, b.String(), "red\ufffd[31m two lines\ufffd")
}

func TestAMapOfMarksExplainsItsCodes(t *testing.T) {
	a := assess(t, decode(t, "format: cxmodel/1\njourney: {stages: [{key: a, name: A}, {key: b, name: B}]}\n"+
		"canvas: {channels: [{key: c, name: C}], propositions: [{key: p, name: P}]}\nhelps: {c: [a], p: [a, b]}\n"), nil)
	var text strings.Builder
	require.NoError(t, a.WriteSummary(&text))
	assert.Contains(t, text.String(), "\nB                                VP\nVP value propositions, CH channels\n")
}
