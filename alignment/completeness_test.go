package alignment_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/canvas"
)

func TestCompletenessOpensGatesInOrder(t *testing.T) {
	cafe := assess(t, load(t, "cafe.yaml"), nil).Completeness()
	require.Len(t, cafe.Steps, 4)
	assert.True(t, cafe.Steps[0].Done, "three stages with a kind")
	assert.False(t, cafe.Steps[1].Done)
	assert.Equal(t, "0 of 3", cafe.Steps[1].Share.String())
	assert.Equal(t, 3, cafe.Steps[2].Share.Count)
	assert.False(t, cafe.Steps[2].Done, "a gate opens only behind the gates before it")

	shop := assess(t, load(t, "shop.yaml"), nil).Completeness()
	assert.True(t, shop.Steps[2].Done)
	assert.Equal(t, "3 of 5", shop.Steps[3].Share.String(), "two of five pains have neither opportunity nor initiative")
}

// In the restaurant's stage of paying .493 the terminal carries .8 × (.6 - 1/3 × .75) = .28, more than half.
func TestRisksAreWhatOneFailureWouldTakeAway(t *testing.T) {
	a := assess(t, load(t, "restaurant.yaml"), nil)
	found := false
	for _, r := range a.Risks(.5) {
		assert.GreaterOrEqual(t, r.Share, .5)
		if r.Stage.Key == "pay" && r.Item.Key == "card-terminal" {
			found = true
			assert.InDelta(t, .28, r.Lost, 1e-12)
		}
	}
	assert.True(t, found)
	assert.Empty(t, a.Risks(1.1))
}

func TestWorkByStageCountsStrategiesProcessesAndRoles(t *testing.T) {
	a := assess(t, load(t, "shop.yaml"), nil)
	counts := map[canvas.Work][]int{}
	items := 0
	for _, w := range a.WorkByStage() {
		counts[w.Work] = w.ByStage
		items += w.Items
	}
	assert.Len(t, a.Items, items)
	assert.Equal(t, []int{0, 0, 0, 1, 1}, counts[canvas.WorkRole], "the service team touches delays and returns")
	assert.Contains(t, counts, canvas.WorkProcess)
}
