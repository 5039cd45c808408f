package journey_test

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/journey"
)

func TestUnsetWeightsAreEqual(t *testing.T) {
	shares, err := journey.Shares(make([]*float64, 4))
	require.NoError(t, err)
	assert.Equal(t, []float64{.25, .25, .25, .25}, shares)
}

func TestSomeUnsetWeightsTakeTheMeanOfTheOthers(t *testing.T) {
	shares, err := journey.Shares([]*float64{new(1.), nil, new(3.)}) // the mean of 1 and 3 is 2, the sum 6
	require.NoError(t, err)
	assert.InDeltaSlice(t, []float64{1. / 6, 2. / 6, 3. / 6}, shares, 1e-15)
}

func TestZeroIsALegalWeight(t *testing.T) {
	shares, err := journey.Shares([]*float64{new(0.), new(5.)})
	require.NoError(t, err)
	assert.Equal(t, []float64{0, 1}, shares)
}

func TestUnusableWeightsAreErrors(t *testing.T) {
	for _, w := range [][]*float64{{new(-1.)}, {new(math.NaN())}, {new(math.Inf(1))}, {new(0.), new(0.)}, {new(0.), nil}} {
		_, err := journey.Shares(w)
		require.ErrorIs(t, err, journey.ErrWeight)
	}
}

func TestNoWeightsGiveNoShares(t *testing.T) {
	shares, err := journey.Shares(nil)
	require.NoError(t, err)
	assert.Empty(t, shares)
}

func TestSharesSumToOneAndDoNotDependOnTheUnit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weights := rapid.SliceOfN(rapid.Ptr(rapid.Float64Range(0, 1e6), true), 1, 20).Draw(t, "weights")
		scale := rapid.SampledFrom([]float64{1e-300, .5, 3, 1e300}).Draw(t, "scale")
		shares, err := journey.Shares(weights)
		allZero := func(weights []*float64) bool { // those that are set; unset ones are their mean
			unset := func(w *float64) bool { return w == nil }
			set := slices.DeleteFunc(slices.Clone(weights), unset)
			return len(set) > 0 && !slices.ContainsFunc(set, func(w *float64) bool { return *w > 0 })
		}
		if allZero(weights) {
			require.ErrorIs(t, err, journey.ErrWeight)
			return
		}
		require.NoError(t, err)
		sum := 0.
		scaled := make([]*float64, len(weights))
		for i, w := range weights {
			sum += shares[i]
			if w != nil {
				scaled[i] = new(*w * scale)
			}
		}
		assert.InDelta(t, 1, sum, 1e-12)
		again, err := journey.Shares(scaled)
		if allZero(scaled) { // they were tiny
			require.ErrorIs(t, err, journey.ErrWeight)
			return
		}
		require.NoError(t, err)
		assert.InDeltaSlice(t, shares, again, 1e-6)
	})
}

// SCORE rule 16 and the persona rule 15, on one stage.
func TestWhatCustomersDoNotSeeWeighsNothingUnlessItIsGivenAWeight(t *testing.T) {
	s := journey.Stage{Key: "s", Touchpoints: []journey.Touchpoint{
		{Key: "evidence", Layer: journey.LayerEvidence}, {Key: "contact"}, {Key: "packing", Layer: journey.LayerBackstage},
		{Key: "systems", Layer: journey.LayerSupportProcess}}}
	shares, err := s.TouchpointShares(nil)
	require.NoError(t, err)
	assert.Equal(t, []float64{.5, .5, 0, 0}, shares)

	s.Touchpoints[2].Weight = new(2.) // the mean of what is set, 2, goes to the two that customers see
	shares, err = s.TouchpointShares(nil)
	require.NoError(t, err)
	assert.InDeltaSlice(t, []float64{1. / 3, 1. / 3, 1. / 3, 0}, shares, 1e-15)

	shares, err = s.TouchpointShares(&journey.Persona{Touchpoints: []cxmodel.Key{"contact", "systems"}})
	require.NoError(t, err)
	assert.Equal(t, []float64{0, 1, 0, 0}, shares)

	s.Touchpoints = s.Touchpoints[3:]
	shares, err = s.TouchpointShares(nil)
	require.NoError(t, err)
	assert.Nil(t, shares, "a stage with nothing else counts as one touchpoint of its own")
}

func TestAPersonasWeightsReplaceTheJourneysWhole(t *testing.T) {
	j, _ := load(t, "running-shoes.yaml")
	shares, err := j.StageShares(nil)
	require.NoError(t, err)
	assert.InDeltaSlice(t, []float64{.1, .3, .3, .2, .1}, shares, 1e-15)
	shares, err = j.StageShares(j.Persona("frequent"))
	require.NoError(t, err)
	assert.InDeltaSlice(t, []float64{0, .1, .3, .3, .3}, shares, 1e-15)

	p := &journey.Persona{StageWeights: map[cxmodel.Key]float64{"purchase": 2}} // the rest is unset, not the journey's
	shares, err = j.StageShares(p)
	require.NoError(t, err)
	assert.InDeltaSlice(t, []float64{.2, .2, .2, .2, .2}, shares, 1e-15)

	s, help := j.Touchpoint("delivery")
	fs := j.FacetsOf(s, help)
	shares, err = journey.FacetShares(fs, nil)
	require.NoError(t, err)
	assert.InDeltaSlice(t, []float64{.3, .7}, shares, 1e-15)
	shares, err = journey.FacetShares(fs, j.Persona("new"))
	require.NoError(t, err)
	assert.InDeltaSlice(t, []float64{5. / 7, 2. / 7}, shares, 1e-15)
}
