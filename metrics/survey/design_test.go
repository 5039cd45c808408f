package survey_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

var csatOf = survey.MeasureDef{Key: "csat", Metric: survey.MetricCSAT, Scale: cxmodel.Scale{Min: 1, Max: 5}}
var meanOf = survey.MeasureDef{Key: "mean", Metric: survey.MetricMean, Scale: cxmodel.Scale{Min: 1, Max: 5}}

// someSample draws rows with weights, in strata of several clusters.
func someSample(rng *rand.Rand, def survey.MeasureDef, rows int) *survey.Sample {
	s := &survey.Sample{Measure: def}
	for i := range rows {
		score := float64(1 + rng.IntN(5))
		if rng.IntN(10) == 0 {
			score = math.NaN()
		}
		h := i % 3
		s.Scores = append(s.Scores, score)
		s.Weights = append(s.Weights, float64(1+h)*(1+rng.Float64()))
		s.Strata = append(s.Strata, fmt.Sprint(h))
		s.Clusters = append(s.Clusters, fmt.Sprint(h, rng.IntN(rows/5+2)))
	}
	return s
}

func TestScalingWeightsChangesNothing(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 1))
	for _, def := range []survey.MeasureDef{npsOf, csatOf, meanOf} {
		for range 20 {
			s := someSample(rng, def, 40)
			want, err := s.Estimate(t.Context(), nil)
			require.NoError(t, err)
			for _, factor := range []float64{1e-9, 1. / 3, 1e9} {
				scaled := *s
				scaled.Weights = make([]float64, len(s.Weights))
				for i, w := range s.Weights {
					scaled.Weights[i] = factor * w
				}
				got, err := scaled.Estimate(t.Context(), nil)
				require.NoError(t, err)
				assert.InDelta(t, want.Estimate.Value, got.Estimate.Value, 1e-9)
				assert.InDelta(t, want.Estimate.Low, got.Estimate.Low, 1e-9)
				assert.InDelta(t, want.Estimate.High, got.Estimate.High, 1e-9)
				assert.InDelta(t, want.DesignEffect, got.DesignEffect, 1e-9)
				assert.InDelta(t, want.KishN, got.KishN, 1e-9)
			}
		}
	}
}

func TestOrderOfRowsChangesNothing(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 2))
	s := someSample(rng, csatOf, 60)
	want, err := s.Estimate(t.Context(), nil)
	require.NoError(t, err)
	rng.Shuffle(60, func(i, j int) {
		s.Scores[i], s.Scores[j] = s.Scores[j], s.Scores[i]
		s.Weights[i], s.Weights[j] = s.Weights[j], s.Weights[i]
		s.Strata[i], s.Strata[j] = s.Strata[j], s.Strata[i]
		s.Clusters[i], s.Clusters[j] = s.Clusters[j], s.Clusters[i]
	})
	got, err := s.Estimate(t.Context(), nil)
	require.NoError(t, err)
	assert.InDelta(t, want.Estimate.Value, got.Estimate.Value, 1e-12)
	assert.InDelta(t, want.Estimate.StdErr, got.Estimate.StdErr, 1e-12)
}

func TestEffectiveNIsAtMostN(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	for range 200 {
		s := someSample(rng, []survey.MeasureDef{npsOf, csatOf, meanOf}[rng.IntN(3)], 12+rng.IntN(50))
		e, err := s.Estimate(t.Context(), nil)
		require.NoError(t, err)
		assert.LessOrEqual(t, e.Estimate.EffectiveN, float64(e.Estimate.N))
		assert.LessOrEqual(t, e.KishN, float64(e.Estimate.N)*(1+1e-12))
		assert.False(t, math.IsNaN(e.Estimate.Low) || math.IsNaN(e.Estimate.High), "%v", e)
	}
}

// TestEqualWeightsAreTheSimpleSample: without a design the value and the interval are those of the counts, but for n/(n-1)
// in the variance.
func TestEqualWeightsAreTheSimpleSample(t *testing.T) {
	s := &survey.Sample{Measure: npsOf}
	for i := range 100 {
		s.Scores = append(s.Scores, []float64{0, 8, 10, 9, 7}[i%5])
	}
	e, err := s.Estimate(t.Context(), nil)
	require.NoError(t, err)
	want, err := metrics.NPSOfWeights(20, 40, 40, 100, 99, nil)
	require.NoError(t, err)
	assert.InDelta(t, 20, e.Estimate.Value, 1e-12)
	assert.InDelta(t, 99, e.Estimate.EffectiveN, 1e-9)
	assert.InDelta(t, want.Low, e.Estimate.Low, 1e-9)
	assert.InDelta(t, want.High, e.Estimate.High, 1e-9)
	assert.InDelta(t, 1, e.DesignEffect, 1e-12)
	assert.Equal(t, "score", e.Estimate.Method)
}

// TestDoubledAnswersAreNoInformation: each answer given twice by the same customer tells no more than once. By hand: the
// variance is that of 30 answers, sum of squares over 30·29.
func TestDoubledAnswersAreNoInformation(t *testing.T) {
	once := &survey.Sample{Measure: npsOf}
	twice := &survey.Sample{Measure: npsOf}
	for i := range 30 {
		score := []float64{3, 7, 10}[i%3]
		once.Scores = append(once.Scores, score)
		twice.Scores = append(twice.Scores, score, score)
		twice.Clusters = append(twice.Clusters, fmt.Sprint(i), fmt.Sprint(i))
	}
	a, err := once.Estimate(t.Context(), &survey.DesignOptions{Interval: survey.IntervalT})
	require.NoError(t, err)
	b, err := twice.Estimate(t.Context(), nil)
	require.NoError(t, err)
	assert.InDelta(t, 100*math.Sqrt(20./(30*29)), a.Estimate.StdErr, 1e-12)
	assert.InDelta(t, a.Estimate.StdErr, b.Estimate.StdErr, 1e-12)
	assert.InDelta(t, a.Estimate.Low, b.Estimate.Low, 1e-12)
	assert.InDelta(t, 29, b.DF, 0)
	// 60/59 of the variance of 60 answers against 30/29 of that of 30: 2·59/58.
	assert.InDelta(t, 2*59./58, b.DesignEffect, 1e-12)
}

func TestAllAlikeHasAnIntervalFromTheEffectiveNumber(t *testing.T) {
	s := &survey.Sample{Measure: npsOf}
	for i := range 40 {
		s.Scores, s.Clusters = append(s.Scores, 10), append(s.Clusters, fmt.Sprint(i/4))
	}
	e, err := s.Estimate(t.Context(), nil)
	require.NoError(t, err)
	// Tango, D0 N0 P10: [.444934400274222, 1] (reference, section 3).
	assert.InDelta(t, 44.4934400274222, e.Estimate.Low, 1e-9)
	assert.InDelta(t, 100, e.Estimate.High, 1e-12)
	assert.Equal(t, 10., e.Estimate.EffectiveN)
	assert.True(t, math.IsNaN(e.DesignEffect))
}

func TestDifferenceOfTheSameCustomersIsPaired(t *testing.T) {
	s, keys := &survey.Sample{Measure: meanOf}, []string(nil)
	for i, pair := range [][2]float64{{3, 4}, {2, 3}, {5, 5}, {1, 3}, {4, 4}, {2, 4}} {
		s.Scores = append(s.Scores, pair[0], pair[1])
		s.Clusters = append(s.Clusters, fmt.Sprint(i), fmt.Sprint(i))
		keys = append(keys, "before", "after")
	}
	c, err := s.Difference(t.Context(), keys, "after", "before", nil)
	require.NoError(t, err)
	// Differences 1 1 0 2 0 2: mean 1, squares about it sum to 4, variance of the mean 4/(6·5); t(5) = 2.570581836.
	assert.InDelta(t, 1, c.Value, 1e-12)
	assert.InDelta(t, math.Sqrt(4./30), c.StdErr, 1e-12)
	assert.InDelta(t, 1-2.570581836*math.Sqrt(4./30), c.Low, 1e-8)
	assert.Equal(t, 6, c.A.N)
	_, err = s.Difference(t.Context(), keys, "after", "never", nil)
	assert.ErrorIs(t, err, metrics.ErrNoData)
}

func TestUnusableDesigns(t *testing.T) {
	six := []float64{1, 2, 3, 4, 5, 5}
	inf, nan := math.Inf(1), math.NaN()
	for name, s := range map[string]*survey.Sample{
		"negative":     {Scores: six, Weights: []float64{1, 1, -1, 1, 1, 1}},
		"NaN":          {Scores: six, Weights: []float64{1, 1, nan, 1, 1, 1}},
		"infinite":     {Scores: six, Weights: []float64{1, 1, inf, 1, 1, 1}},
		"overflow":     {Scores: six, Weights: []float64{1e308, 1e308, 1, 1, 1, 1}},
		"all zero":     {Scores: six, Weights: make([]float64, 6)},
		"short":        {Scores: six, Weights: []float64{1}},
		"lonely":       {Scores: six, Strata: []string{"a", "a", "a", "a", "a", "b"}},
		"one cluster":  {Scores: six, Clusters: []string{"a", "a", "a", "a", "a", "a"}},
		"not nested":   {Scores: six, Strata: []string{"a", "a", "a", "b", "b", "b"}, Clusters: []string{"x", "", "", "x", "", ""}},
		"population":   {Scores: six, Population: map[string]float64{"": 5}},
		"no stratum":   {Scores: six, Population: map[string]float64{"a": 50}},
		"NaN stratum":  {Scores: six, Population: map[string]float64{"": nan}},
		"one row only": {Scores: six[:1]},
	} {
		t.Run(name, func(t *testing.T) {
			s.Measure = meanOf
			e, err := s.Estimate(t.Context(), nil)
			assert.ErrorIs(t, err, survey.ErrDesign)
			assert.Zero(t, e.Estimate.N)
		})
	}
	_, err := (&survey.Sample{Measure: meanOf}).Estimate(t.Context(), nil)
	assert.ErrorIs(t, err, metrics.ErrNoData)
	_, err = (&survey.Sample{Measure: meanOf, Scores: []float64{nan, nan}}).Estimate(t.Context(), nil)
	assert.ErrorIs(t, err, metrics.ErrNoData)
	_, err = (&survey.Sample{Measure: meanOf, Scores: []float64{77, nan}}).Estimate(t.Context(), nil)
	assert.ErrorIs(t, err, metrics.ErrNoData)
	_, err = (&survey.Sample{Scores: six}).Estimate(t.Context(), nil)
	assert.ErrorIs(t, err, survey.ErrMeasure)
	_, err = (&survey.Sample{Measure: meanOf, Scores: six}).Estimate(t.Context(), &survey.DesignOptions{Level: 95})
	assert.ErrorIs(t, err, metrics.ErrOption)
	_, err = (&survey.Sample{Measure: meanOf, Scores: six}).Estimate(t.Context(), &survey.DesignOptions{Interval: 9})
	assert.ErrorIs(t, err, survey.ErrOption)
	_, err = (&survey.Sample{Measure: meanOf, Scores: six}).TotalOf(t.Context(), []float64{1, inf}, nil)
	assert.ErrorIs(t, err, metrics.ErrValue)
}

// TestAWholeStratumDoesNotVary: one cluster of one in the population is known, not estimated.
func TestAWholeStratumDoesNotVary(t *testing.T) {
	s := &survey.Sample{Measure: meanOf, Scores: []float64{1, 3, 5}, Strata: []string{"a", "a", "b"}, Population: map[string]float64{"a": 4, "b": 1}}
	e, err := s.Estimate(t.Context(), nil)
	require.NoError(t, err)
	// z = (-2, 0, 2)/3; stratum a: 2 (1-2/4) ((-1/3)² + (1/3)²) = 2/9; b nothing.
	assert.InDelta(t, math.Sqrt(2./9), e.Estimate.StdErr, 1e-12)
}

// TestADomainWithOneCustomer has the interval of one answer, or none for a mean; its sampling error is not known.
func TestADomainWithOneCustomer(t *testing.T) {
	s := &survey.Sample{Measure: npsOf, Scores: []float64{10, 0, 10, 7}, Clusters: []string{"a", "a", "b", "c"}}
	domains, err := s.By(context.Background(), []string{"x", "x", "y", "z"}, nil)
	require.NoError(t, err)
	one, err := metrics.NPSOfWeights(1, 0, 1, 2, 1, nil)
	require.NoError(t, err)
	assert.InDelta(t, one.Low, domains[0].Result.Estimate.Low, 1e-9)
	assert.True(t, domains[0].Result.Estimate.Warnings.Has(metrics.WarnFewAnswers))
	assert.True(t, math.IsNaN(domains[0].Result.Estimate.StdErr))
	s.Measure, s.Scores = meanOf, []float64{1, 5, 2, 3}
	domains, err = s.By(context.Background(), []string{"x", "x", "y", "z"}, nil)
	require.NoError(t, err)
	assert.False(t, domains[0].Result.Estimate.HasInterval())
	assert.True(t, domains[0].Result.Estimate.Warnings.Has(metrics.WarnNoInterval))
}

func TestEstimatesCanBeCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s := &survey.Sample{Measure: npsOf, Scores: []float64{1, 9, 9}}
	_, err := s.Estimate(ctx, nil)
	assert.ErrorIs(t, err, context.Canceled)
	_, err = s.Difference(ctx, []string{"a", "b", "b"}, "a", "b", nil)
	assert.ErrorIs(t, err, context.Canceled)
	_, err = s.TotalOf(ctx, []float64{1, 2, 3}, nil)
	assert.ErrorIs(t, err, context.Canceled)
	_, err = s.PostStratify(ctx, survey.Margin{Keys: []string{"a", "b", "b"}, Totals: map[string]float64{"a": 1, "b": 1}})
	assert.ErrorIs(t, err, context.Canceled)
}
