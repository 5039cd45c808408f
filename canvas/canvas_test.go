package canvas_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
)

const cafe = `format: cxmodel/1
name: Café Anna
propositions:
  - {key: food, name: Home-style food, performance: good}
channels:
  - {key: phone, name: Phone, performance: fair}
  - {key: cards, name: Review cards, performance: poor}
relationships:
  - {key: host, name: Anna greets everyone, performance: excellent}
activities:
  - {key: dishes, name: Washing up, performance: good}
`

func decode(t testing.TB, text string) *canvas.Canvas {
	t.Helper()
	c, issues, err := canvas.Decode(strings.NewReader(text), &cxmodel.DecodeOptions{Name: "canvas.yaml"})
	require.NoError(t, err)
	require.Empty(t, issues)
	return c
}

func TestNamesAreEnough(t *testing.T) {
	assert.Empty(t, decode(t, cafe).Validate())
	assert.Empty(t, new(canvas.Canvas).Validate())
}
