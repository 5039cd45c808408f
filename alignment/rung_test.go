package alignment_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/journey"
)

// A stage that is reviewed has a score, 0 where nothing helps, before anybody has rated or judged anything. That score
// does not lift the model to a rung: what is not rated cannot be shown as bad.
func TestAReviewedStageAloneCarriesNoScore(t *testing.T) {
	reviewed := func() *alignment.Model {
		m := load(t, "cafe.yaml")
		for i := range m.Journeys[0].Stages {
			m.Journeys[0].Stages[i].Reviewed = true
		}
		m.Journeys[0].Stages = append(m.Journeys[0].Stages, journey.Stage{Key: "bare", Name: "Bare", Reviewed: true})
		return m
	}
	m := reviewed()
	m.Links = nil
	assert.Equal(t, alignment.RungNames, assess(t, m, nil).Rung)

	m = reviewed()
	for i := range m.Links {
		m.Links[i].Strength = alignment.Unrated
	}
	assert.Equal(t, alignment.RungMarks, assess(t, m, nil).Rung)

	m = reviewed()
	for e := range m.Canvas.Entries() {
		e.Base().Performance = nil
	}
	a := assess(t, m, nil)
	assert.Equal(t, alignment.RungStrengths, a.Rung)
	assert.False(t, a.HasScore())

	assert.Equal(t, alignment.RungPerformance, assess(t, reviewed(), nil).Rung)
}
