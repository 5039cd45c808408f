package canvas_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
)

func TestARealBusinessFitsTheCanvas(t *testing.T) {
	file, err := os.ReadFile("testdata/airbnb.yaml")
	require.NoError(t, err)
	c := decode(t, string(file))
	assert.Empty(t, c.Validate())
	assert.Equal(t, string(file), encode(t, c, nil), "long lines and comments stay")

	var cost cxmodel.Money
	for _, x := range c.Costs {
		cost, err = cost.Add(x.Amount.Money)
		require.NoError(t, err)
	}
	// Form S-1, consolidated statements of operations, 2019: costs and expenses 5,306.8 million, loss from operations
	// 501.6 million (501.5 in the form, which rounds thousands).
	assert.Equal(t, "5306800000.00 USD", cost.String())
	result, err := c.RevenueStreams[0].Amount.Money.Sub(cost)
	require.NoError(t, err)
	assert.Equal(t, "-501600000.00 USD", result.String())

	perspectives := map[canvas.Perspective]int{}
	for e := range c.Entries() {
		perspectives[e.Block().Perspective()]++
	}
	assert.Equal(t, map[canvas.Perspective]int{canvas.Create: 2 + 4 + 5 + 3, canvas.Deliver: 2 + 3 + 3, canvas.Capture: 1 + 5}, perspectives)
}
