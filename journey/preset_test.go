package journey_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/journey"
)

func TestEveryPresetIsFlawless(t *testing.T) {
	require.True(t, slices.IsSorted(journey.Presets()))
	for _, name := range journey.Presets() {
		j, err := journey.Preset(name)
		require.NoError(t, err, name)
		assert.Empty(t, j.Validate(), name)
		assert.NotEmpty(t, j.Name, name)
		for _, s := range j.Stages {
			assert.NotEmpty(t, s.Goal, "%s: %s", name, s.Key)
			assert.Contains(t, journey.Kinds(), s.Kind, "%s: %s", name, s.Key)
		}
	}
}

func TestPresetsHaveTheStagesOfTheirName(t *testing.T) {
	for name, want := range map[string]string{
		"awareness-to-advocacy": "awareness consideration purchase post-purchase advocacy",
		"awareness-to-loyalty":  "awareness consideration purchase usage loyalty",
		"business-to-business":  "need exploration evaluation procurement contract rollout operation support renewal",
		"consumer-goods":        "discovering investigating arranging shopping transacting using",
		"need-to-conclusion":    "need awareness consideration purchase usage conclusion",
		"small":                 "before visit after",
		"subscription":          "awareness trial subscribing onboarding use care renewal advocacy exit",
		"three-phases":          "pre-sale sale post-sale",
	} {
		j, err := journey.Preset(name)
		require.NoError(t, err)
		var got []string
		for _, s := range j.Stages {
			got = append(got, string(s.Key))
		}
		assert.Equal(t, want, strings.Join(got, " "))
	}
	small, _ := journey.Preset("small")
	n := 0
	for range small.AllTouchpoints() {
		n++
	}
	assert.Equal(t, 3, n)
	conclusion, _ := journey.Preset("need-to-conclusion")
	assert.Equal(t, "need", conclusion.Stages[5].Next[0].To.String(), "the path leads back to its start")
}

func TestAPresetIsTheCallersOwn(t *testing.T) {
	a, _ := journey.Preset("small")
	a.Stages[0].Touchpoints[0].Name = "mine"
	b, _ := journey.Preset("small")
	assert.NotEqual(t, "mine", b.Stages[0].Touchpoints[0].Name)
}

func TestAnUnknownPresetNamesTheKnownOnes(t *testing.T) {
	for _, name := range []string{"", "smal", "../presets/small", "small.yaml"} {
		_, err := journey.Preset(name)
		require.ErrorContains(t, err, "use one of awareness-to-advocacy, ")
	}
}

func TestAFileMayNameAPreset(t *testing.T) {
	const file = "format: cxmodel/1\nname: Mine # so far\npreset: small\n"
	j := decode(t, file)
	require.Len(t, j.Stages, 3)
	assert.Empty(t, j.Validate())
	assert.Equal(t, file, encode(t, j, nil), "the name stands for the stages as long as they are the preset's")

	j.Stages[1].Weight = new(2.)
	out := encode(t, j, nil)
	assert.True(t, strings.HasPrefix(out, file+"stages:\n  - key: before\n"), out)
	assert.Empty(t, journey.Diff(j, decode(t, out)))

	own := decode(t, "preset: small\nstages: [{key: a, name: A}]\n")
	assert.Len(t, own.Stages, 1, "stages of one's own stay")

	unknown := decode(t, "preset: big\n")
	assert.Len(t, unknown.Validate().Code(journey.CodeUnknownPreset), 1)
	require.Error(t, unknown.ApplyPreset())
	require.NoError(t, (&journey.Journey{}).ApplyPreset())
}
