package journey_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/journey"
)

func TestPerformanceIsTheClampedWayFromFloorToTarget(t *testing.T) {
	ces := journey.Measure{Metric: journey.MetricCES2, Floor: new(3.), Target: new(6.5)}
	churn := journey.Measure{Metric: journey.MetricChurn, Floor: new(.2), Target: new(.05)}
	for _, c := range []struct {
		m       journey.Measure
		x, want float64
	}{
		{ces, 4.75, .5}, {ces, 3, 0}, {ces, 6.5, 1}, {ces, 1, 0}, {ces, 7, 1},
		{churn, .125, .5}, {churn, .2, 0}, {churn, .05, 1}, {churn, .5, 0}, {churn, 0, 1}, {churn, math.Inf(1), 0},
	} {
		assert.InDelta(t, c.want, c.m.Performance(c.x), 1e-12, "%s %v", c.m.Metric, c.x)
	}
	assert.True(t, math.IsNaN(ces.Performance(math.NaN())))
	for _, m := range []journey.Measure{{}, {Floor: new(1.)}, {Target: new(1.)}, {Floor: new(1.), Target: new(1.)}} {
		assert.True(t, math.IsNaN(m.Performance(2)), "both are stated, and differ")
	}
}

func TestAMetricBringsItsScaleOnlyIfItHasOne(t *testing.T) {
	for metric, want := range map[journey.Metric]cxmodel.Scale{
		journey.MetricNPS: {Min: 0, Max: 10}, journey.MetricENPS: {Min: 0, Max: 10}, journey.MetricCES: {Min: 1, Max: 5, LowIsGood: true},
		journey.MetricCES2: {Min: 1, Max: 7}, journey.MetricStars: {Min: 1, Max: 5},
	} {
		m := journey.Measure{Metric: metric}
		scale, ok := m.AnswerScale()
		require.True(t, ok)
		assert.Equal(t, want, scale)
		m.Scale = cxmodel.Scale{Min: 1, Max: 9}
		scale, _ = m.AnswerScale()
		assert.Equal(t, m.Scale, scale, "the measure's own scale holds")
	}
	for _, metric := range []journey.Metric{journey.MetricCSAT, journey.MetricCSATMean, journey.MetricChurn, "our-own"} {
		_, ok := (&journey.Measure{Metric: metric}).AnswerScale()
		assert.False(t, ok, metric)
	}
}

func TestListeningPosts(t *testing.T) {
	for _, c := range []struct {
		t    journey.Touchpoint
		want bool
	}{
		{journey.Touchpoint{}, false},
		{journey.Touchpoint{Listens: true}, true},
		{journey.Touchpoint{Kind: journey.TouchpointReviewRequest}, true},
		{journey.Touchpoint{Kind: journey.TouchpointSupport}, true},
		{journey.Touchpoint{Kind: journey.TouchpointPayment}, false},
		{journey.Touchpoint{Measures: []journey.Measure{{Metric: journey.MetricCSAT}}}, true},
		{journey.Touchpoint{Measures: []journey.Measure{{Metric: journey.MetricWaitingTime}}}, false},
	} {
		assert.Equal(t, c.want, c.t.HearsCustomer(), "%+v", c.t)
	}
}
