package canvas_test

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/canvas"
)

func TestPerformanceReadsWordsAndNumbers(t *testing.T) {
	for text, want := range map[string]canvas.Performance{
		"broken": 0, "poor": .25, "fair": .5, "good": .75, "excellent": 1,
		"0": canvas.Broken, "0.7": .7, "1": canvas.Excellent, "1e-3": .001, ".5": canvas.Fair, "-2": -2, "1.5": 1.5,
		".inf": canvas.Performance(math.Inf(1)), "-.inf": canvas.Performance(math.Inf(-1)),
	} {
		var p canvas.Performance
		require.NoError(t, p.UnmarshalText([]byte(text)), text)
		assert.Equal(t, want, p, text)
	}
	for _, text := range []string{"", "Good", "great", "70%", "0,7", "0x1p-2", "1_0", "NaN", "inf", strings.Repeat("9", 400), "nul\x00"} {
		p := canvas.Fair
		err := p.UnmarshalText([]byte(text))
		require.ErrorContains(t, err, "write a number from 0 to 1, or one of broken, poor, fair, good, excellent", text)
		assert.Less(t, len(err.Error()), 200)
		assert.Equal(t, canvas.Fair, p, "an error leaves the value alone")
	}
}

func TestPerformanceWritesWhatItReads(t *testing.T) {
	for _, p := range []canvas.Performance{0, .25, .5, .75, 1, .7, 1. / 3, 1e-9, -1, 2, canvas.Performance(math.Inf(1)), canvas.Performance(math.Inf(-1))} {
		text, err := p.MarshalText()
		require.NoError(t, err)
		var back canvas.Performance
		require.NoError(t, back.UnmarshalText(text))
		assert.Equal(t, p, back, "%s", text)
	}
	nan := canvas.Performance(math.NaN())
	text, _ := nan.MarshalText()
	var back canvas.Performance
	require.NoError(t, back.UnmarshalText(text))
	assert.True(t, math.IsNaN(float64(back)))
	assert.False(t, back.Valid())
	assert.Equal(t, "good", canvas.Good.String())
	assert.Equal(t, "0.7", canvas.Performance(.7).String())
}
