package survey_test

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

func total(t require.TestingT, c *survey.Cube, measure cxmodel.Key) survey.Count {
	count, err := c.Total(measure)
	require.NoError(t, err)
	return count
}

// TestEstimateOfACellIsThatOfPackageMetrics: D10 N30 P60 has NPS 50 with the score interval [.355691936484892,
// .618762081995125] (Tango 1998, by bisection).
func TestEstimateOfACellIsThatOfPackageMetrics(t *testing.T) {
	c := newCube(t, nil)
	for score, n := range map[float64]int{6: 10, 7: 30, 9: 60} {
		require.NoError(t, c.AddN(survey.Answer{Measure: "nps-company", Score: score}, n))
	}
	e, err := total(t, c, "nps-company").Estimate(nil)
	require.NoError(t, err)
	assert.InDelta(t, 50, e.Value, 1e-12)
	assert.InDelta(t, 35.5691936484892, e.Low, 1e-10)
	assert.InDelta(t, 61.8762081995125, e.High, 1e-10)
	e, err = total(t, c, "nps-company").Estimate(&survey.EstimateOptions{NPS: metrics.NPSWald})
	require.NoError(t, err)
	assert.InDelta(t, 36.8521618913513, e.Low, 1e-10) // R NPS 1.1
}

// TestEachMetricIsRead by hand: answers 1, 4, 5, 5 on the metric's scale or on five points.
func TestEachMetricIsRead(t *testing.T) {
	five := cxmodel.Scale{Min: 1, Max: 5}
	for metric, want := range map[survey.Metric]float64{
		survey.MetricNPS: -100, survey.MetricENPS: -100, // all below 7
		survey.MetricCSAT: .75, survey.MetricTopBox: .75, survey.MetricBottomBox: .25, // 4 and 5; 1 and 2
		survey.MetricCSATMean: 3.75, survey.MetricMean: 3.75, survey.MetricStars: 3.75, survey.MetricCES: 3.75, survey.MetricCES2: 3.75,
		survey.MetricCES2Share: .5, survey.MetricCES2Index: -25, // 5 and more; 6 and more less 3 and less
	} {
		d := survey.MeasureDef{Key: "a", Metric: metric, Scale: metric.Scale()}
		if d.Scale == (cxmodel.Scale{}) {
			d.Scale, d.Boxes = five, 2
		}
		c, err := survey.NewCube([]survey.MeasureDef{d}, nil)
		require.NoError(t, err)
		for _, s := range []float64{1, 4, 5, 5} {
			require.NoError(t, c.Add(survey.Answer{Measure: "a", Score: s}))
		}
		e, err := total(t, c, "a").Estimate(nil)
		require.NoError(t, err, metric)
		assert.InDelta(t, want, e.Value, 1e-12, metric)
		assert.Equal(t, 4, e.N)
	}
	assert.Len(t, survey.Metrics(), 12, "all of them")
}

// A survey shown 730 times, ignored 501 times, dismissed 164 times and answered 65 times is answered by 65/730 = 8.9 %
// (formbricks/formbricks issue 2450, where dismissals were counted as responses).
func TestResponseRateTellsDismissalsFromResponses(t *testing.T) {
	c := newCube(t, nil)
	nan := math.NaN()
	for _, x := range []struct {
		status survey.Status
		score  float64
		n      int
	}{{survey.StatusCompleted, 5, 65}, {survey.StatusDismissed, nan, 164}, {survey.StatusInvited, nan, 501}, {survey.StatusBounced, nan, 40}, {survey.StatusExcluded, 1, 9}} {
		require.NoError(t, c.AddN(survey.Answer{Measure: "csat", Status: x.status, Score: x.score}, x.n))
	}
	count := total(t, c, "csat")
	assert.Equal(t, 730, count.Delivered())
	rate, err := count.ResponseRate(nil)
	require.NoError(t, err)
	assert.InDelta(t, 65./730, rate.Value, 1e-15)
	assert.Equal(t, "response rate 8.9 % (95 % CI 7.0..11.2 %, n=730, Wilson)", rate.String())
	e, err := count.Estimate(nil)
	require.NoError(t, err)
	assert.Equal(t, 65, e.N, "none of the others has a score")
	assert.Equal(t, 1., e.Value)
	assert.Equal(t, []int{164, 501, 40, 9}, []int{count.Dismissed, count.Invited, count.Bounced, count.Excluded})
}

func TestScoresBeforeTheEndArePartial(t *testing.T) {
	c := newCube(t, nil)
	for _, s := range []survey.Status{survey.StatusUnspecified, survey.StatusCompleted, survey.StatusPartial, survey.StatusDismissed} {
		require.NoError(t, c.Add(survey.Answer{Measure: "csat", Status: s, Score: 4}))
		require.NoError(t, c.Add(survey.Answer{Measure: "csat", Status: s, Score: math.NaN()}))
		require.NoError(t, c.Add(survey.Answer{Measure: "csat", Status: s, Score: 9}))
	}
	count := total(t, c, "csat")
	assert.Equal(t, 4, count.N())
	assert.Equal(t, 4, count.Partial, "two on the scale, two off it")
	assert.Equal(t, 3, count.Answers.Missing())
	assert.Equal(t, 4, count.Answers.OffScale())
	assert.Equal(t, 1, count.Dismissed)
}

func TestResponseRateNeedsTheInvitations(t *testing.T) {
	c := newCube(t, nil)
	require.NoError(t, c.Add(survey.Answer{Measure: "nps-contact", Score: 9}))
	rate, err := total(t, c, "nps-contact").ResponseRate(nil)
	assert.ErrorIs(t, err, survey.ErrInvitations)
	assert.True(t, math.IsNaN(rate.Value) && math.IsNaN(rate.Low))
	_, err = total(t, c, "csat").ResponseRate(nil)
	assert.ErrorIs(t, err, metrics.ErrNoData)
	_, err = total(t, c, "csat").Estimate(nil)
	assert.ErrorIs(t, err, metrics.ErrNoData)
}

// TestTheDenominatorIsWhoAnswered: 31 answers of which 18 promoters and 2 detractors, and 5 rows without score, give
// 16/31 = 51.6 and not 16/36 = 44.4.
func TestTheDenominatorIsWhoAnswered(t *testing.T) {
	text := "measure,score\n" + strings.Repeat("nps-company,9\n", 18) + strings.Repeat("nps-company,7\n", 11) + strings.Repeat("nps-company,0\n", 2) + strings.Repeat("nps-company,NA\n", 5)
	c := newCube(t, nil)
	require.NoError(t, c.AddReader(context.Background(), survey.NewReader(strings.NewReader(text), nil)))
	e, err := total(t, c, "nps-company").Estimate(nil)
	require.NoError(t, err)
	assert.InDelta(t, 100*16./31, e.Value, 1e-12)
	assert.Equal(t, 31, e.N)
	assert.Equal(t, 5, e.Missing)
}

func TestFractionsAreKept(t *testing.T) {
	c := newCube(t, nil)
	for _, s := range []float64{6.5, 8.5, 6.5, 9} { // 6.5 is a detractor, 8.5 a passive
		require.NoError(t, c.Add(survey.Answer{Measure: "nps-company", Score: s}))
	}
	e, err := total(t, c, "nps-company").Estimate(nil)
	require.NoError(t, err)
	assert.InDelta(t, -25, e.Value, 1e-12)
	assert.Equal(t, 4, e.N)
}

func TestSumOfCounts(t *testing.T) {
	_, err := survey.Sum()
	assert.ErrorIs(t, err, metrics.ErrNoData)
	c := newCube(t, nil)
	var counts []survey.Count
	for i, key := range []cxmodel.Key{"search", "cart", "checkout"} {
		require.NoError(t, c.AddN(survey.Answer{Measure: "csat", Touchpoint: key, Score: float64(i + 2), Status: survey.StatusPartial}, i+1))
		require.NoError(t, c.AddN(survey.Answer{Measure: "csat", Touchpoint: key, Score: math.NaN(), Status: survey.StatusInvited}, 10))
		cell, err := c.Cell("csat", key, "", survey.Period{})
		require.NoError(t, err)
		counts = append(counts, cell.Count)
	}
	sum, err := survey.Sum(counts...)
	require.NoError(t, err)
	assert.Equal(t, total(t, c, "csat"), sum)
	assert.Equal(t, 1, counts[0].N(), "the parts are not changed")
	empty, err := survey.Sum(survey.Count{Measure: defs[0]})
	require.NoError(t, err)
	assert.Zero(t, empty.N()+empty.Delivered())
	_, err = survey.Count{}.Estimate(nil)
	assert.True(t, errors.Is(err, survey.ErrMeasure))
}
