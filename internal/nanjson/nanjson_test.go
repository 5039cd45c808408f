package nanjson_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/nanjson"
)

type part struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
}

type causes struct {
	Frame float64 `json:"frame"`
}

type whole struct {
	causes
	Ref    cxmodel.Ref        `json:"ref,omitzero"`
	Level  float64            `json:"level,omitempty"`
	Total  float64            `json:"total"`
	Parts  []part             `json:"parts"`
	Line   []float64          `json:"line"`
	Pair   [2]float64         `json:"pair"`
	One    *part              `json:"one,omitempty"`
	ByName map[string]float64 `json:"by-name,omitempty"`
	Hidden float64            `json:"-"`
}

func (w whole) MarshalJSON() ([]byte, error)     { return nanjson.Marshal(w) }
func (w *whole) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, w) }

func TestWhatIsNotAvailableIsNullAndComesBackAsNaN(t *testing.T) {
	nan := math.NaN()
	text, err := json.Marshal([]whole{{causes: causes{nan}, Ref: cxmodel.Ref{Key: "a"}, Total: math.Inf(1), Parts: []part{{"b", nan}, {"<c>", 2}},
		Line: []float64{nan, 1}, Pair: [2]float64{3, nan}, One: &part{"d", nan}, ByName: map[string]float64{"y": 2, "x": 1}, Hidden: 1}, {}})
	require.NoError(t, err)
	assert.JSONEq(t, `[{"frame":null,"ref":"a","total":null,"parts":[{"name":"b","value":null},{"name":"<c>","value":2}],"line":[null,1],
		"pair":[3,null],"one":{"name":"d","value":null},"by-name":{"x":1,"y":2}},
		{"frame":0,"total":0,"parts":[],"line":[],"pair":[0,0]}]`, string(text))

	var back []whole
	require.NoError(t, json.Unmarshal(text, &back))
	w := back[0]
	for _, x := range []float64{w.Frame, w.Total, w.Parts[0].Value, w.Line[0], w.Pair[1], w.One.Value} {
		assert.True(t, math.IsNaN(x), "%v", w)
	}
	again, err := json.Marshal(back)
	require.NoError(t, err)
	assert.Equal(t, string(text), string(again))
}

func TestAMissingNumberIsNoZero(t *testing.T) {
	var w whole
	require.NoError(t, json.Unmarshal([]byte(`{"parts":[{"name":"b"}]}`), &w))
	assert.True(t, math.IsNaN(w.Total))
	assert.True(t, math.IsNaN(w.Frame))
	assert.True(t, math.IsNaN(w.Parts[0].Value))
	assert.Zero(t, w.Level, "0 is left out")
}

func TestWhatDoesNotFitIsAnErrorWithItsPlaceAndChangesNothing(t *testing.T) {
	w := whole{Total: 7}
	err := nanjson.Unmarshal([]byte(`{"total":1,"parts":[{"name":"b","value":"many"}]}`), &w)
	require.ErrorContains(t, err, "parts: [0]: value: ")
	assert.InDelta(t, 7, w.Total, 0)
	for _, bad := range []string{``, `[]`, `3`, `{"parts":{}}`, `{"pair":"x"}`, `{"ref":"A B"}`} {
		require.Error(t, nanjson.Unmarshal([]byte(bad), &w), bad)
	}
}
