package alignment_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/journey"
)

// A row of a matrix that names no target yet is a warning, and is written again until it does.
func TestARowWithoutTargetIsNotLost(t *testing.T) {
	for _, row := range []string{"helps:\n  a:\n", "helps:\n  a: {}\n", "helps: {b: {one: strong}, a: }\n", "must-not-fail:\n  a: []\n", "helps:\n  - {item: a}\n"} {
		text := twoStages[1:] + row
		m := decode(t, text)
		issues := m.Validate()
		require.NoError(t, issues.Err())
		require.Len(t, issues.Code(alignment.CodeNoTarget), 1, row)
		assert.Positive(t, issues.Code(alignment.CodeNoTarget)[0].Pos.Line)
		var b bytes.Buffer
		require.NoError(t, alignment.Encode(&b, m.Clone(), nil))
		assert.Contains(t, b.String(), "\n"+row[:6])
		again := decode(t, b.String())
		assert.Len(t, again.Validate().Code(alignment.CodeNoTarget), 1, b.String())
		b.Reset()
		require.NoError(t, alignment.Encode(&b, m, &cxmodel.EncodeOptions{Format: cxmodel.FormatJSON}))
		assert.Len(t, decode(t, b.String()).Validate().Code(alignment.CodeNoTarget), 1, b.String())

		m.Links = append(m.Links, alignment.Helps("a", "two", alignment.Weak), alignment.MustNotFail("a", "two", alignment.Weak))
		b.Reset()
		require.NoError(t, alignment.Encode(&b, m, nil))
		assert.Empty(t, decode(t, b.String()).Validate().Code(alignment.CodeNoTarget), "it has a target now")
	}
	m := decode(t, twoStages+"helps: {nobody: }\n")
	require.ErrorIs(t, m.Validate().Err(), alignment.ErrDangling)
}

// One name stands for a list of one target; with a strength it is a mapping, not the fields of one.
func TestATargetThatGetsAStrengthIsReadAsOne(t *testing.T) {
	m := decode(t, twoStages+"helps: {a: one}\n")
	m.Links[0].Strength = alignment.Medium
	var b bytes.Buffer
	require.NoError(t, alignment.Encode(&b, m, nil))
	assert.Contains(t, b.String(), "helps: {a: {one: medium}}\n")
	assert.Equal(t, m.Links, decode(t, b.String()).Links)
}

func TestAnInitiativeAddressesWhatIsThere(t *testing.T) {
	const model = `
format: cxmodel/1
journey: {stages: [{key: one, name: One, touchpoints: [{key: x, name: X, pains: [{key: slow, text: Slow, formerly: [sluggish]}], opportunities: [{key: chat, text: Chat}]}]}]}
canvas: {segments: [{key: s, name: S, pains: [{key: dear, text: Dear}], gains: [{key: rest, text: Rest}]}]}
initiatives: [{key: i, name: I, addresses: [slow, sluggish, chat, dear, rest%s]}]
`
	assert.NoError(t, decode(t, sprintf(model, "")).Validate().Err())
	err := decode(t, sprintf(model, ", slwo")).Validate().Err()
	require.ErrorIs(t, err, alignment.ErrDangling)
	require.ErrorContains(t, err, `m.yaml:5:79: there is no pain or opportunity "slwo"; did you mean "slow"?`)
}

// A thousand links to a stage of a thousand touchpoints and one are a million links to cells, and some: what a small file
// can ask for is bounded.
func TestWhatLinksToStagesStandForIsBounded(t *testing.T) {
	m := &alignment.Model{Canvas: &canvas.Canvas{}, Journeys: []*journey.Journey{{Stages: []journey.Stage{{Key: "one", Name: "One"}}}}}
	for i := range 1001 {
		key := cxmodel.Key(fmt.Sprintf("t%d", i))
		m.Journeys[0].Stages[0].Touchpoints = append(m.Journeys[0].Stages[0].Touchpoints, journey.Touchpoint{Key: key, Name: "T"})
	}
	for i := range 1000 {
		key := fmt.Sprintf("i%d", i)
		m.Canvas.Channels = append(m.Canvas.Channels, canvas.Channel{Item: canvas.Item{Key: cxmodel.Key(key), Name: "I"}})
		m.Links = append(m.Links, alignment.Helps(key, "one", alignment.Weak))
	}
	require.ErrorIs(t, m.Validate().Err(), cxmodel.ErrLimit)
	_, err := alignment.Assess(t.Context(), m, nil)
	require.ErrorContains(t, err, "link touchpoints or facets in place of stages")
	m.Waivers = []cxmodel.Waiver{{Code: alignment.CodeTooManyCells, Reason: "never mind"}}
	_, err = alignment.Assess(t.Context(), m, nil)
	require.ErrorIs(t, err, cxmodel.ErrLimit)
}

// A thousand and one facets on a thousand stages are a million cells and some.
func TestWhatFacetsMakeOfStagesIsBounded(t *testing.T) {
	j := &journey.Journey{}
	for i := range 1001 {
		j.Facets = append(j.Facets, journey.Facet{Key: cxmodel.Key(fmt.Sprintf("f%d", i))})
	}
	for i := range 1000 {
		j.Stages = append(j.Stages, journey.Stage{Key: cxmodel.Key(fmt.Sprintf("s%d", i)), Name: "S"})
	}
	issues := (&alignment.Model{Journeys: []*journey.Journey{j}}).Validate()
	require.Len(t, issues.Code(alignment.CodeTooManyCells), 1)
	require.ErrorIs(t, issues.Err(), cxmodel.ErrLimit)
}

// Whoever passes over the error of Load holds a nil model: that is an error, no panic.
func TestANilModelIsAnError(t *testing.T) {
	var m *alignment.Model
	_, err := alignment.Assess(t.Context(), m, nil)
	require.ErrorContains(t, err, "there is no model")
	_, err = alignment.Personas(t.Context(), m, nil)
	require.Error(t, err)
	_, err = alignment.Compare(t.Context(), m, m, nil)
	require.Error(t, err)
	_, err = alignment.MeasureDefs(m)
	require.ErrorIs(t, err, alignment.ErrNoMeasure)
	require.Error(t, alignment.Encode(&bytes.Buffer{}, m, nil))
	assert.Nil(t, m.Clone())
	var j *journey.Journey
	require.Error(t, j.Validate().Err())
	require.Error(t, journey.Encode(&bytes.Buffer{}, j, nil))
	assert.Empty(t, journey.Deltas(j, nil))
	var c *canvas.Canvas
	require.Error(t, c.Validate().Err())
	assert.Equal(t, alignment.BlockScore{}, assess(t, crowd(1), nil).Block(0))
}
