package survey_test

import (
	"context"
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

// TestRakedWeightsMeetEveryMargin, and the order of the margins changes nothing.
func TestRakedWeightsMeetEveryMargin(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 1))
	ctx := context.Background()
	for range 20 {
		s := &survey.Sample{Measure: npsOf}
		region, age := make([]string, 200), make([]string, 200)
		for i := range 200 {
			s.Scores, s.Weights = append(s.Scores, float64(rng.IntN(11))), append(s.Weights, .5+rng.Float64())
			region[i], age[i] = string(rune('a'+rng.IntN(4))), string(rune('x'+rng.IntN(3)))
		}
		margins := []survey.Margin{
			{Name: "region", Keys: region, Totals: map[string]float64{"a": 100, "b": 200, "c": 300, "d": 400}},
			{Name: "age", Keys: age, Totals: map[string]float64{"x": 500, "y": 300, "z": 200}},
		}
		fitted, err := s.Rake(ctx, margins, nil)
		require.NoError(t, err)
		assert.Equal(t, survey.CalibrationConverged, fitted.Status)
		for _, m := range margins {
			sums := map[string]float64{}
			for i, w := range fitted.Sample.Weights {
				sums[m.Keys[i]] += w
			}
			for k, total := range m.Totals {
				assert.InEpsilon(t, total, sums[k], 1e-9, k)
			}
		}
		assert.LessOrEqual(t, fitted.KishN, 200.)
		assert.Less(t, fitted.MinFactor, fitted.MaxFactor)
		margins[0], margins[1] = margins[1], margins[0]
		other, err := s.Rake(ctx, margins, nil)
		require.NoError(t, err)
		assert.InDeltaSlice(t, fitted.Sample.Weights, other.Sample.Weights, 1e-6)
		for i := range s.Weights {
			s.Weights[i] *= 1e6
		}
		scaled, err := s.Rake(ctx, margins, nil)
		require.NoError(t, err)
		assert.InDeltaSlice(t, other.Sample.Weights, scaled.Sample.Weights, 1e-6)
		e, err := fitted.Sample.Estimate(t.Context(), nil)
		require.NoError(t, err)
		assert.LessOrEqual(t, e.Estimate.EffectiveN, 200.)
	}
}

// TestPostStratificationByHand: segments of 3 answers and of 1 are half of the population each, so that their weights are
// 1/6 and 1/2 and the mean is (1+2+3)/6 + 4/2. The segment of one answer adds no variance, because its residual is 0.
func TestPostStratificationByHand(t *testing.T) {
	s := &survey.Sample{Measure: meanOf, Scores: []float64{1, 2, 3, 4}}
	fitted, err := s.PostStratify(t.Context(), survey.Margin{Keys: []string{"a", "a", "a", "b"}, Totals: map[string]float64{"a": .5, "b": .5}})
	require.NoError(t, err)
	e, err := fitted.Sample.Estimate(t.Context(), nil)
	require.NoError(t, err)
	assert.InDelta(t, 1.+2, e.Estimate.Value, 1e-12)
	// z = (-1, 0, 1, 0)/6: 4/3 · 2/36.
	assert.InDelta(t, math.Sqrt(4./3*2/36), e.Estimate.StdErr, 1e-12)
	assert.Nil(t, s.Weights, "the sample itself is as it was")
	text, err := json.Marshal(fitted)
	require.NoError(t, err)
	assert.Contains(t, string(text), `"status":"converged"`)
}

// TestContradictingMarginsAreTold: all of region a is young, so that 50 % in a and 10 % young cannot both hold.
func TestContradictingMarginsAreTold(t *testing.T) {
	s := &survey.Sample{Measure: npsOf, Scores: []float64{9, 9, 3, 3, 7}}
	margins := []survey.Margin{
		{Name: "region", Keys: []string{"a", "a", "b", "b", "b"}, Totals: map[string]float64{"a": .5, "b": .5}},
		{Name: "age", Keys: []string{"young", "young", "young", "old", "old"}, Totals: map[string]float64{"young": .1, "old": .9}},
	}
	fitted, err := s.Rake(context.Background(), margins, &survey.RakeOptions{MaxSweeps: 50})
	require.ErrorIs(t, err, survey.ErrNotConverged)
	assert.Equal(t, survey.CalibrationSweepLimit, fitted.Status)
	assert.Equal(t, 50, fitted.Sweeps)
	assert.Greater(t, fitted.Deviation, .1)
	assert.Contains(t, fitted.String(), "is off by")
	assert.Contains(t, fitted.Worst, `"`)
	fitted, err = s.Rake(context.Background(), margins, &survey.RakeOptions{MaxSweeps: 5000}) // until weights underflow
	require.ErrorIs(t, err, survey.ErrNotConverged)
	for _, w := range fitted.Sample.Weights {
		assert.False(t, math.IsNaN(w) || math.IsInf(w, 0), "%v", w)
	}
}

func TestUnusableMargins(t *testing.T) {
	ctx := context.Background()
	keys := []string{"a", "a", "b"}
	s := &survey.Sample{Measure: npsOf, Scores: []float64{9, 3, 7}, Weights: []float64{1, 1, 0}}
	both := map[string]float64{"a": 1, "b": 1}
	for name, margins := range map[string][]survey.Margin{
		"none":           nil,
		"empty cell":     {{Keys: keys, Totals: map[string]float64{"a": 1, "b": 1, "c": 1}}},
		"without weight": {{Keys: keys, Totals: both}},
		"no total":       {{Keys: keys, Totals: map[string]float64{"a": 1}}},
		"zero":           {{Keys: keys, Totals: map[string]float64{"a": 1, "b": 0}}},
		"negative":       {{Keys: keys, Totals: map[string]float64{"a": 1, "b": -1}}},
		"NaN":            {{Keys: keys, Totals: map[string]float64{"a": 1, "b": math.NaN()}}},
		"infinite":       {{Keys: keys, Totals: map[string]float64{"a": 1, "b": math.Inf(1)}}},
		"short":          {{Keys: keys[:2], Totals: both}},
		"other sum":      {{Keys: []string{"a", "b", "b"}, Totals: both}, {Keys: []string{"a", "b", "b"}, Totals: map[string]float64{"a": 1, "b": 2}}},
	} {
		_, err := s.Rake(ctx, margins, nil)
		assert.ErrorIs(t, err, survey.ErrMargin, name)
	}
	good := []survey.Margin{{Keys: []string{"a", "b", "b"}, Totals: both}, {Keys: []string{"a", "b", "a"}, Totals: both}}
	_, err := s.Rake(ctx, good, &survey.RakeOptions{MaxSweeps: -1})
	assert.ErrorIs(t, err, survey.ErrOption)
	_, err = s.Rake(ctx, good, &survey.RakeOptions{Tolerance: math.NaN()})
	assert.ErrorIs(t, err, survey.ErrOption)
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	_, err = s.Rake(cancelled, good, nil)
	assert.ErrorIs(t, err, context.Canceled)
	_, err = (&survey.Sample{Measure: npsOf}).Rake(ctx, good, nil)
	assert.ErrorIs(t, err, metrics.ErrNoData)
	s.Weights[0] = -1
	_, err = s.Rake(ctx, good, nil)
	assert.ErrorIs(t, err, survey.ErrDesign)
}

// Answers without weights weigh what the Population says: NPS +80 in nine tenths, -100 in one tenth is +62.
func TestSampleOfWithoutWeightsTakesThePopulation(t *testing.T) {
	var answers []survey.Answer
	for i := range 50 {
		score := 9.
		if i < 5 {
			score = 0
		}
		answers = append(answers, survey.Answer{Measure: npsOf.Key, Score: score, Segment: "big"}, survey.Answer{Measure: npsOf.Key, Score: 0, Segment: "small"})
	}
	s, _, err := survey.SampleOf(context.Background(), stream(answers, nil), npsOf, &survey.SampleOptions{Stratum: func(a survey.Answer) string { return string(a.Segment) }})
	require.NoError(t, err)
	s.Population = map[string]float64{"big": 9000, "small": 1000}
	e, err := s.Estimate(context.Background(), nil)
	require.NoError(t, err)
	assert.InDelta(t, 62, e.Estimate.Value, 1e-9)
}

func TestSampleOfKeepsWhoReplied(t *testing.T) {
	answers := []survey.Answer{
		{Measure: "nps", Customer: "a", Score: 9, Weight: 2, Channel: "mail"},
		{Measure: "nps", Customer: "a", Score: math.NaN(), Channel: "web"},
		{Measure: "csat", Customer: "a", Score: 5},
		{Measure: "nps", Customer: "b", Score: math.NaN(), Status: survey.StatusInvited},
		{Measure: "nps", Customer: "c", Score: 1, Status: survey.StatusExcluded},
	}
	s, rows, err := survey.SampleOf(context.Background(), stream(answers, nil), npsOf, nil)
	require.NoError(t, err)
	require.Len(t, rows, 2)
	assert.Equal(t, []float64{2, 1}, s.Weights)
	assert.Equal(t, []string{"a", "a"}, s.Clusters)
	assert.Equal(t, []string{"mail", "web"}, survey.KeysOf(rows, func(a survey.Answer) string { return a.Channel }))
	s, _, err = survey.SampleOf(context.Background(), stream(answers, nil), npsOf, &survey.SampleOptions{
		Stratum: func(a survey.Answer) string { return a.Channel }, Cluster: func(survey.Answer) string { return "" }})
	require.NoError(t, err)
	assert.Equal(t, []string{"mail", "web"}, s.Strata)
	_, _, err = survey.SampleOf(context.Background(), stream(answers, nil), npsOf, &survey.SampleOptions{MaxRows: 1})
	assert.Error(t, err)
	answers[0].Weight = -1
	_, _, err = survey.SampleOf(context.Background(), stream(answers, nil), npsOf, nil)
	assert.ErrorIs(t, err, survey.ErrAnswer)
}

// TestChangedWeightsAreNotThoseOfTheFit: trimmed by hand, the weights meet the margins no more, and what the margins explain
// must not be taken out of the variance.
func TestChangedWeightsAreNotThoseOfTheFit(t *testing.T) {
	s := &survey.Sample{Measure: npsOf, Scores: []float64{9, 3, 7, 10}}
	fitted, err := s.PostStratify(t.Context(), survey.Margin{Name: "segment", Keys: []string{"a", "a", "a", "b"}, Totals: map[string]float64{"a": .5, "b": .5}})
	require.NoError(t, err)
	fitted.Sample.Weights[3] = .25
	_, err = fitted.Sample.Estimate(t.Context(), nil)
	assert.ErrorIs(t, err, survey.ErrDesign)
	assert.ErrorContains(t, err, `"segment"`)
}
