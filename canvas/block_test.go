package canvas_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
)

func TestBlocksAreOsterwaldersNineInHisOrder(t *testing.T) {
	var codes []string
	kinds := map[cxmodel.Kind]bool{}
	for b := range canvas.Blocks() {
		codes = append(codes, b.Code())
		kinds[b.Kind()] = true
		assert.Equal(t, b, canvas.BlockOf(b.Kind()))
		assert.NotEmpty(t, b.Title())
		assert.Contains(t, b.Question(), "?")

		text, err := b.MarshalText()
		require.NoError(t, err)
		var back canvas.Block
		require.NoError(t, back.UnmarshalText(text))
		assert.Equal(t, b, back)
	}
	// Osterwalder and Pigneur (2010), p. 16-17.
	assert.Equal(t, []string{"CS", "VP", "CH", "CR", "RS", "KR", "KA", "KP", "C$"}, codes)
	assert.Len(t, kinds, 9)
	assert.Equal(t, canvas.Block(1), canvas.CustomerSegments)
}

func TestEveryBlockCreatesDeliversOrCaptures(t *testing.T) {
	count := map[canvas.Perspective]int{}
	for b := range canvas.Blocks() {
		count[b.Perspective()]++
	}
	assert.Equal(t, map[canvas.Perspective]int{canvas.Create: 4, canvas.Deliver: 3, canvas.Capture: 2}, count)
}

func TestNoBlockIsNotABlock(t *testing.T) {
	for _, b := range []canvas.Block{-1, 0, 10} {
		assert.False(t, b.Valid())
		assert.Empty(t, b.Title()+b.Code()+b.Question()+string(b.Kind()))
		assert.Empty(t, slices.Collect(filled().EntriesOf(b)))
	}
	assert.Equal(t, canvas.BlockUnspecified, canvas.BlockOf("touchpoint"))
	_, err := canvas.Block(10).MarshalText()
	assert.Error(t, err)
}
