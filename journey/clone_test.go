package journey_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/journey"
)

func TestCloneIsEqualAndSharesNothing(t *testing.T) {
	j, c := full(2), full(2).Clone()
	require.Equal(t, j, c)
	eachLeaf(t, c, func(v reflect.Value, path string) { scramble(v) })
	assert.Equal(t, full(2), j)
	assert.NotEqual(t, j, c)

	shared := j.Clone()
	eachLeaf(t, shared, func(v reflect.Value, path string) { scramble(v) })
	assert.Equal(t, full(2), j, "what is done to a copy of j stays there")
	assert.Nil(t, (*journey.Journey)(nil).Clone())
}

func TestCloneKeepsTheFile(t *testing.T) {
	j, text := load(t, "running-shoes.yaml")
	assert.Equal(t, text, encode(t, j.Clone(), nil))
}

func TestNothingChangesItsArguments(t *testing.T) {
	j, _ := load(t, "running-shoes.yaml")
	other := j.Clone()
	other.Stages[2].Touchpoints[0].Key, other.Stages[2].Touchpoints[0].Formerly = "basket", append(other.Stages[2].Touchpoints[0].Formerly, "cart")
	was, otherWas := j.Clone(), other.Clone()
	p := &j.Personas[2]
	j.Validate()
	encode(t, j, nil)
	journey.Diff(j, other)
	journey.Deltas(j, other)
	j.Curve(p).PeakEndIndex()
	j.Coverage(p)
	j.ChannelFits()
	j.HandOffs()
	j.EmotionShifts(p)
	j.TouchpointNames()
	_, err := j.Phases(p)
	require.NoError(t, err)
	for s, tp := range j.AllTouchpoints() {
		fs := j.FacetsOf(s, tp)
		_, err := journey.FacetShares(fs, p)
		require.NoError(t, err)
		fs[0].Weight, fs[0].Key = new(9.), "mine" // what is returned belongs to the caller
	}
	assert.Equal(t, was, j)
	assert.Equal(t, otherWas, other)
}
