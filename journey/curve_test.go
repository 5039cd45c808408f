package journey_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/journey"
)

// rated returns a journey of one stage with these sentiments; NaN is none.
func rated(sentiments ...float64) *journey.Journey {
	s := journey.Stage{Key: "s"}
	for i, x := range sentiments {
		t := journey.Touchpoint{Key: cxmodel.Key(rune('a' + i))}
		if !math.IsNaN(x) {
			t.Sentiment = new(x)
		}
		s.Touchpoints = append(s.Touchpoints, t)
	}
	return &journey.Journey{Stages: []journey.Stage{s}}
}

// 0, 1, 2, -.5, .5, -1, 1, 1, none, -.5: the nine known sum to 3.5; the peak is 2, the end -.5.
func TestCurveOfTheRunningShoes(t *testing.T) {
	j, _ := load(t, "running-shoes.yaml")
	c := j.Curve(nil)
	require.Len(t, c.Points, 10, "packing is backstage")
	best, _ := c.Best()
	worst, _ := c.Worst()
	peak, _ := c.Peak()
	end, ok := c.End()
	assert.Equal(t, []cxmodel.Key{"gait-analysis", "checkout", "gait-analysis", "review"}, []cxmodel.Key{best.Touchpoint, worst.Touchpoint, peak.Touchpoint, end.Touchpoint})
	assert.True(t, ok)
	assert.InDelta(t, 3.5/9, c.MeanIndex().Value, 1e-15)
	assert.Equal(t, journey.Index{Method: "peak-end", Value: .75, Known: 9, Assumed: 8, Missing: 1}, c.PeakEndIndex())
	assert.Equal(t, -1., c.WorstIndex().Value)
	assert.Equal(t, "peak-end sentiment 0.75 of 9 touchpoints, 8 of them assumed, 1 more not known", c.PeakEndIndex().String())
	assert.False(t, best.Assumed(), "412 answers")
	assert.True(t, worst.Assumed())
}

func TestACurveOfAPersonaEndsWhereThePersonaLeaves(t *testing.T) {
	j, _ := load(t, "running-shoes.yaml")
	c := j.Curve(j.Persona("new"))
	end, ok := c.End()
	assert.Equal(t, cxmodel.Key("help"), end.Touchpoint)
	assert.False(t, ok)
	assert.True(t, math.IsNaN(c.PeakEndIndex().Value), "an end that is not known is not made up")
	assert.Equal(t, "peak-end sentiment not known of 8 touchpoints, 7 of them assumed, 1 more not known", c.PeakEndIndex().String())
}

func TestGapsAreNeitherZeroNorCounted(t *testing.T) {
	nan := math.NaN()
	c := rated(nan, 2, nan, -1).Curve(nil)
	assert.True(t, math.IsNaN(c.Points[0].Value))
	assert.False(t, c.Points[0].Assumed(), "what is not known is not assumed either")
	assert.Equal(t, .5, c.MeanIndex().Value)
	assert.Equal(t, 2, c.MeanIndex().Missing)

	for _, none := range []journey.Curve{rated().Curve(nil), rated(nan, nan).Curve(nil)} {
		for _, x := range []journey.Index{none.MeanIndex(), none.PeakEndIndex(), none.WorstIndex()} {
			assert.True(t, math.IsNaN(x.Value), x)
		}
		_, best := none.Best()
		_, end := none.End()
		assert.False(t, best || end)
	}
}

func TestOfTwoEqualPeaksTheBadOneIsRemembered(t *testing.T) {
	peak, _ := rated(2, -2, 1).Curve(nil).Peak()
	assert.Equal(t, -2., peak.Value)
	peak, _ = rated(-1, 2, 2).Curve(nil).Peak()
	assert.Equal(t, cxmodel.Key("b"), peak.Touchpoint, "of equals the first")
}

func TestCurveLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		xs := rapid.SliceOfN(rapid.Float64Range(-2, 2), 1, 12).Draw(t, "sentiments")
		c := rated(xs...).Curve(nil)
		best, _ := c.Best()
		worst, _ := c.Worst()
		peak, _ := c.Peak()
		mean, peakEnd := c.MeanIndex().Value, c.PeakEndIndex().Value
		assert.LessOrEqual(t, worst.Value, mean+1e-12)
		assert.LessOrEqual(t, mean, best.Value+1e-12)
		assert.True(t, peak.Value == best.Value || peak.Value == worst.Value)
		assert.True(t, worst.Value <= peakEnd && peakEnd <= best.Value)
		gap := rated(append([]float64{math.NaN()}, xs...)...).Curve(nil)
		assert.Equal(t, mean, gap.MeanIndex().Value, "a gap changes no mean")
	})
}

func TestEmotionsBeforeAndAfter(t *testing.T) {
	emotion := func(tag journey.EmotionTag, before, after float64) journey.Emotion {
		e := journey.Emotion{Tag: tag}
		if before >= 0 {
			e.Before = new(journey.Degree(before))
		}
		if after >= 0 {
			e.After = new(journey.Degree(after))
		}
		return e
	}
	j := rated(0, 0, 0)
	j.Stages[0].Touchpoints[0].Emotions = []journey.Emotion{emotion("anxiety", .8, .4), emotion("joy", -1, .5)}
	j.Stages[0].Touchpoints[1].Emotions = []journey.Emotion{emotion("anxiety", .4, .2)}
	j.Stages[0].Touchpoints[2].Emotions = []journey.Emotion{emotion("anxiety", .9, -1)}
	assert.InDelta(t, -.4, j.Stages[0].Touchpoints[0].Emotions[0].Change(), 1e-15)
	assert.True(t, math.IsNaN(j.Stages[0].Touchpoints[0].Emotions[1].Change()))
	shifts := j.EmotionShifts(nil)
	require.Len(t, shifts, 2)
	assert.InDelta(t, .6, shifts[0].Before, 1e-15)
	assert.InDelta(t, .3, shifts[0].After, 1e-15)
	assert.Equal(t, [2]int{2, 1}, [2]int{shifts[0].Touchpoints, shifts[0].Missing})
	assert.True(t, math.IsNaN(shifts[1].Before) && math.IsNaN(shifts[1].After))
	assert.Len(t, j.EmotionShifts(&journey.Persona{Touchpoints: []cxmodel.Key{"b"}}), 1)
}
