package journey_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/journey"
)

// Counted by hand in testdata/running-shoes.yaml: eleven touchpoints, one of them backstage.
func TestCoverageOfTheRunningShoes(t *testing.T) {
	j, _ := load(t, "running-shoes.yaml")
	c := j.Coverage(nil)
	for name, x := range map[string]struct {
		share journey.Share
		want  string
	}{
		"listening": {c.Listening, "3 of 10"}, // checkout asks, help and review are made for it
		"proactive": {c.Proactive, "3 of 4"},  // advert, delivery, review; not help
		"messages":  {c.Messages, "2 of 10"},
		"personal":  {c.Personal, "1 of 10"},
		"standards": {c.Standards, "1 of 10"},
		"measured":  {c.Measured, "1 of 10"},
		"rated":     {c.Rated, "9 of 10"},
		"evidenced": {c.Evidenced, "1 of 10"},
		"delights":  {c.Delights, "1 of 9"},
		"owners":    {c.Owners, "10 of 11"}, // nobody owns advocacy
		"decisions": {c.Decisions, "2 of 2"},
		"kept":      {c.Kept, "0 of 1"},  // .7 of .9
		"eased":     {c.Eased, "1 of 2"}, // nobody thought of the address
	} {
		assert.Equal(t, x.want, x.share.String(), name)
		assert.Len(t, x.share.Without, x.share.Of-x.share.Count, name)
	}
	assert.Equal(t, []cxmodel.Ref{{Kind: "touchpoint", Key: "review"}}, c.Owners.Without)
	assert.Equal(t, []cxmodel.Ref{{Kind: "touchpoint", Key: "checkout"}}, c.Eased.Without, "a pain without key is named by its touchpoint")
	assert.InDelta(t, .3, c.Listening.Value(), 1e-15)

	assert.Equal(t, "2 of 9", j.Coverage(j.Persona("new")).Listening.String(), "who does not use the review does not miss it")
}

func TestAMessageCountsForWhomItIsMeant(t *testing.T) {
	j, _ := load(t, "running-shoes.yaml")
	review := &j.Stages[4].Touchpoints[0]
	review.Messages = []journey.Message{{Text: "How was the marathon?", Segments: []cxmodel.Key{"frequent-shoppers"}, Personal: true}}
	assert.Equal(t, "2 of 10", j.Coverage(j.Persona("frequent")).Personal.String())
	assert.Equal(t, "1 of 10", j.Coverage(j.Persona("occasional")).Personal.String())
	review.Messages[0].Personas = []cxmodel.Key{"occasional"}
	assert.Equal(t, "2 of 10", j.Coverage(j.Persona("occasional")).Personal.String())
	assert.False(t, journey.Message{Segments: []cxmodel.Key{""}}.For(&journey.Persona{}), "no segment is not a segment")
}

func TestAShareOfNothingIsNoNumber(t *testing.T) {
	j, _ := load(t, "cafe.yaml")
	assert.True(t, math.IsNaN(j.Coverage(nil).Listening.Value()))
	assert.Equal(t, "0 of 0", j.Coverage(nil).Listening.String())
}

func TestEveryJourneyRollsUpToThreePhases(t *testing.T) {
	for _, name := range journey.Presets() {
		j, err := journey.Preset(name)
		require.NoError(t, err)
		ps, err := j.Phases(nil)
		require.NoError(t, err)
		require.Len(t, ps, 3, name)
		sum, stages := 0., 0
		for _, p := range ps {
			sum += p.Share
			stages += len(p.Stages)
			assert.NotEmpty(t, p.Stages, "%s: %s", name, p.Phase)
		}
		assert.InDelta(t, 1, sum, 1e-12)
		assert.Equal(t, len(j.Stages), stages)
	}
}

func TestPhasesOfTheRunningShoes(t *testing.T) {
	j, _ := load(t, "running-shoes.yaml")
	ps, err := j.Phases(nil)
	require.NoError(t, err)
	assert.Equal(t, []cxmodel.Key{"post-purchase", "advocacy"}, ps[2].Stages)
	assert.InDeltaSlice(t, []float64{.4, .3, .3}, []float64{ps[0].Share, ps[1].Share, ps[2].Share}, 1e-15)
	assert.InDelta(t, 2.5/4, ps[0].Sentiment.Value, 1e-15) // 0, 1, 2, -.5
	assert.Equal(t, [5]int{4, 2, 1, 1, 1}, [5]int{ps[0].Touchpoints, ps[0].Moments, ps[0].Pains, ps[0].Delights, ps[0].Opportunities})

	ps, err = j.Phases(j.Persona("frequent"))
	require.NoError(t, err)
	assert.InDeltaSlice(t, []float64{.1, .3, .6}, []float64{ps[0].Share, ps[1].Share, ps[2].Share}, 1e-15)

	j.Stages[0].Kind, j.Stages[1].Phase = "unboxing", 9
	ps, err = j.Phases(nil)
	require.NoError(t, err)
	assert.Equal(t, []cxmodel.Key{"awareness", "consideration"}, ps[3].Stages, "a kind of one's own without phase is nowhere")
	j.Stages[0].Weight = new(-1.)
	_, err = j.Phases(nil)
	require.ErrorIs(t, err, journey.ErrWeight)
}

func TestChannelsThatPersonasPreferAndFind(t *testing.T) {
	j, _ := load(t, "running-shoes.yaml")
	fits := j.ChannelFits()
	require.Len(t, fits, 3)
	assert.Equal(t, journey.ChannelFit{Persona: "frequent", Offered: []journey.Channel{"email"}, Lacking: []journey.Channel{"app"},
		Forced: []cxmodel.Key{"awareness", "consideration", "purchase"}}, fits[0])
	assert.Equal(t, []cxmodel.Key{"purchase", "post-purchase"}, fits[2].Forced)

	j.Stages[2].Touchpoints[0].Channel = ""
	assert.Equal(t, []cxmodel.Key{"post-purchase"}, j.ChannelFits()[2].Forced, "what is not known is no fault")
	j.Personas[0].PreferredChannels = nil
	assert.Len(t, j.ChannelFits(), 2)
}

func TestAMessageIsForSomebody(t *testing.T) {
	m := journey.Message{Text: "hello", Personas: []cxmodel.Key{"anna"}}
	assert.True(t, m.For(nil))
	assert.True(t, m.For(&journey.Persona{Key: "anna"}))
	assert.False(t, m.For(&journey.Persona{Key: "bo"}))
}
