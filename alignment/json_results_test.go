package alignment_test

import (
	"context"
	"encoding/json"
	"io"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/canvas"
)

func TestWhatIsNotAvailableStaysSoThroughJSON(t *testing.T) {
	nan := math.NaN()
	support := alignment.Support{Delivered: nan, Low: 0, High: 1, Design: .5}
	for _, v := range []any{
		support, alignment.StageScore{Support: support, PointsLost: nan, AfterOneFailure: nan}, alignment.BlockScore{CostShare: nan, Leverage: nan},
		alignment.ItemScore{Performance: nan, LeverageBy: []float64{nan}}, alignment.TargetGap{Gap: nan}, alignment.MeasuredUse{Replaced: nan},
		alignment.RaterValue{Value: nan}, alignment.StageChange{Before: nan}, alignment.PersonaRow{Delivered: []float64{nan}},
		alignment.Explanation{Score: nan}, alignment.Comparison{Change: nan}, alignment.Disagreement{Raters: []alignment.RaterValue{{Value: nan}}},
	} {
		text, err := json.Marshal(v)
		require.NoError(t, err, "%T", v)
		assert.Contains(t, string(text), "null", "%T", v)
	}
	text, err := json.Marshal([]alignment.Support{support})
	require.NoError(t, err)
	var back []alignment.Support
	require.NoError(t, json.Unmarshal(text, &back))
	assert.True(t, math.IsNaN(back[0].Delivered), "0 would be a score")
	assert.InDelta(t, .5, back[0].Design, 0)
}

func TestAnAssessmentIsReadFromItsJSONWithoutItsModel(t *testing.T) {
	whole, err := alignment.Assess(context.Background(), load(t, "cafe.yaml"), nil)
	require.NoError(t, err)
	text, err := json.Marshal(whole)
	require.NoError(t, err)
	var read alignment.Assessment
	require.NoError(t, json.Unmarshal(text, &read))
	again, err := json.Marshal(read)
	require.NoError(t, err)
	assert.JSONEq(t, string(text), string(again))

	for _, a := range []*alignment.Assessment{&read, {}} {
		assert.Nil(t, a.Model())
		for range a.Cells() {
			assert.Fail(t, "a cell without a model")
		}
		assert.Empty(t, a.Build())
		assert.Empty(t, a.NoStandIn())
		assert.Empty(t, a.WorkByStage())
		assert.Empty(t, a.Completeness().Steps)
		_, err = a.Explain(context.Background(), "visit", canvas.Channels)
		require.ErrorIs(t, err, alignment.ErrNoModel)
		require.ErrorIs(t, a.WriteSummary(io.Discard), alignment.ErrNoModel)
		require.ErrorIs(t, a.WriteCSV(io.Discard, alignment.PartCells), alignment.ErrNoModel)
		require.NoError(t, a.WriteCSV(io.Discard, alignment.PartStages))
	}
	assert.Equal(t, whole.Fix(), read.Fix())
	assert.Equal(t, whole.Risks(.5), read.Risks(.5))
}
