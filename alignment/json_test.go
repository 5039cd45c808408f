package alignment_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/journey"
)

// encoding/json writes and reads the documents, by value, by pointer and inside others, without losing what is the user's own.
func TestEncodingJSONLosesNothing(t *testing.T) {
	m := decode(t, `
format: cxmodel/1
x-model: {a: [1, two]}
journey: {name: J, x-journey: 1, stages: [{key: one, name: One, x-stage: {deep: true}}]}
canvas: {name: C, x-canvas: 1, channels: [{key: a, name: A, x-item: yes, performance: good}]}
links: [{item: a, to: one.overall, strength: weak, x-link: 1}]
helps: {a: }
`)
	type row struct {
		Model    alignment.Model
		Journey  *journey.Journey
		Canvas   canvas.Canvas
		None     *canvas.Canvas
		Journeys map[string]journey.Journey
	}
	in := row{Model: *m, Journey: m.Journeys[0], Canvas: *m.Canvas, Journeys: map[string]journey.Journey{"j": *m.Journeys[0]}}
	b, err := json.Marshal(in)
	require.NoError(t, err)
	var out row
	require.NoError(t, json.Unmarshal(b, &out))
	assert.Empty(t, alignment.Diff(m, &out.Model))
	assert.Equal(t, m.Fields, out.Model.Fields)
	assert.Equal(t, m.Links, out.Model.Links)
	assert.Len(t, out.Model.Validate().Code(alignment.CodeNoTarget), 1)
	assert.Empty(t, journey.Diff(m.Journeys[0], out.Journey))
	for _, j := range []journey.Journey{*out.Journey, out.Journeys["j"]} {
		assert.Equal(t, m.Journeys[0].Fields, j.Fields)
		assert.Equal(t, m.Journeys[0].Stages, j.Stages)
	}
	assert.Empty(t, canvas.Diff(m.Canvas, &out.Canvas))
	assert.Equal(t, m.Canvas.Channels, out.Canvas.Channels)
	assert.Equal(t, m.Canvas.Fields, out.Canvas.Fields)
	assert.Nil(t, out.None)
}

func TestUnmarshalJSONNamesWhatDoesNotFitAndKeepsTheRest(t *testing.T) {
	var r struct{ Journey journey.Journey }
	err := json.Unmarshal([]byte(`{"Journey": {"name": "J", "stagse": [], "stages": ["one"]}}`), &r)
	require.ErrorContains(t, err, `unknown field "stagse"; did you mean "stages"?`)
	assert.Equal(t, "J", r.Journey.Name)
	assert.Len(t, r.Journey.Stages, 1)
	var c canvas.Canvas
	require.Error(t, json.Unmarshal([]byte(`[1]`), &c))
	var m alignment.Model
	require.Error(t, json.Unmarshal([]byte(`{"helps": {"a": {"one": "stong"}}}`), &m))
	assert.Len(t, m.Links, 1)
}
