package journey_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/journey"
)

func keys(fs []journey.Facet) []cxmodel.Key {
	out := make([]cxmodel.Key, len(fs))
	for i, f := range fs {
		out[i] = f.Key
	}
	return out
}

func TestFacetsAreWrittenInFourWaysAndKeepThem(t *testing.T) {
	for text, want := range map[string][]cxmodel.Key{
		"facets: experience":                                     {"outcome", "convenience", "emotion", "personalization"},
		"facets: [engagement, trust]":                            {"emotion", "convenience", "personalization", "trust"},
		"facets: [emotion, convenience]":                         {"emotion", "convenience"},
		"facets: {emotion: 0.3, convenience: 0.7}":               {"emotion", "convenience"},
		"facets: [{key: calm, name: Peace and quiet, x-a: 1}]":   {"calm"},
		"facets: {calm: {name: Peace, weight: 0.5}, trust: 0.5}": {"calm", "trust"},
		"facets: clarity":                                        {"communication", "personalization", "branding", "navigation"},
		"facets: servqual":                                       {"reliability", "assurance", "tangibles", "empathy", "responsiveness"},
	} {
		file := "format: cxmodel/1\n" + text + "\nstages:\n  - {key: a, name: A}\n"
		j := decode(t, file)
		assert.Equal(t, want, keys(j.FacetsOf(&j.Stages[0], nil)), text)
		assert.Equal(t, file, encode(t, j, nil))
		assert.Empty(t, j.Validate(), text)
		again, issues, err := journey.Decode(strings.NewReader(encode(t, j, &cxmodel.EncodeOptions{Format: cxmodel.FormatJSON})), nil)
		require.NoError(t, err)
		require.Empty(t, issues)
		assert.Empty(t, journey.Diff(j, again), text)
	}
}

func TestFacetsOfTakesTheNearestList(t *testing.T) {
	j := &journey.Journey{Stages: []journey.Stage{{Touchpoints: make([]journey.Touchpoint, 1)}}}
	s := &j.Stages[0]
	tp := &s.Touchpoints[0]
	of := func() []cxmodel.Key { return keys(j.FacetsOf(s, tp)) }
	assert.Equal(t, []cxmodel.Key{journey.DefaultFacet}, of())
	j.Facets = []journey.Facet{{Key: "engagement"}}
	assert.Equal(t, []cxmodel.Key{"emotion", "convenience", "personalization"}, of())
	s.Facets = []journey.Facet{{Key: "trust"}}
	assert.Equal(t, []cxmodel.Key{"trust"}, of())
	tp.Facets = []journey.Facet{{Key: "value"}}
	assert.Equal(t, []cxmodel.Key{"value"}, of(), "exactly those listed")
	assert.Equal(t, []cxmodel.Key{"trust"}, keys(j.FacetsOf(s, nil)))
}

func TestASetsWeightIsDividedAmongItsMembers(t *testing.T) {
	fs := journey.ExpandFacets([]journey.Facet{{Key: "engagement", Weight: new(.6)}, {Key: "trust", Weight: new(.4)}})
	shares, err := journey.FacetShares(fs, nil)
	require.NoError(t, err)
	assert.InDeltaSlice(t, []float64{.2, .2, .2, .4}, shares, 1e-15)
}

func TestEverySetIsNamedAndItsMembersDiffer(t *testing.T) {
	for _, name := range journey.FacetSets() {
		fs, ok := journey.FacetSet(name)
		require.True(t, ok)
		assert.Equal(t, keys(fs), keys(journey.ExpandFacets([]journey.Facet{{Key: name}})))
		seen := map[cxmodel.Key]bool{}
		for _, f := range fs {
			assert.True(t, f.Key.Valid())
			assert.False(t, seen[f.Key])
			assert.NotEmpty(t, f.Name)
			seen[f.Key] = true
		}
	}
	_, ok := journey.FacetSet("emotion")
	assert.False(t, ok)
}
