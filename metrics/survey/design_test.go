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
	b, err := twice.Estimate(t.Context(), &survey.DesignOptions{Interval: survey.IntervalT})
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
		"no rows":      {Scores: six, Strata: []string{"a", "a", "a", "b", "b", "b"}, Population: map[string]float64{"a": 50, "b": 50, "c": 50}},
		"no rows of b": {Scores: six, Population: map[string]float64{"": 50, "b": 50}},
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
	// Without weights each stands for its share of the population: 2, 2 and 1; the mean is (2·1+2·3+5)/5 = 2.6.
	// z = (-3.2, .8, 2.4)/5; stratum a: 2 (1-2/4) 2 (2/5)² = .32; b nothing.
	assert.InDelta(t, 2.6, e.Estimate.Value, 1e-12)
	assert.InDelta(t, math.Sqrt(.32), e.Estimate.StdErr, 1e-12)
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

// TestWeightsOfAnyMagnitude: only their ratios count, even where their squares overflow or vanish.
func TestWeightsOfAnyMagnitude(t *testing.T) {
	scores := []float64{9, 9, 9, 9, 3}
	for _, scores := range [][]float64{scores, scores[:4]} {
		want, err := (&survey.Sample{Measure: npsOf, Scores: scores, Weights: []float64{1, 2, 3, 4, 5}[:len(scores)]}).Estimate(t.Context(), nil)
		require.NoError(t, err)
		for _, factor := range []float64{1e-300, 1e200, 1e300} {
			s, cube := &survey.Sample{Measure: npsOf, Scores: scores}, newWeightedCube(t)
			for i, score := range scores {
				s.Weights = append(s.Weights, factor*float64(i+1))
				require.NoError(t, cube.Add(survey.Answer{Measure: "nps", Score: score, Weight: s.Weights[i]}))
			}
			got, err := s.Estimate(t.Context(), nil)
			require.NoError(t, err)
			assert.InEpsilon(t, want.Estimate.Low, got.Estimate.Low, 1e-9)
			assert.InEpsilon(t, want.KishN, got.KishN, 1e-9)
			if e, err := total(t, cube, "nps").Estimate(nil); err == nil {
				assert.InEpsilon(t, want.Estimate.Low, e.Low, 1e-9)
			} else {
				assert.ErrorIs(t, err, survey.ErrDesign)
				assert.True(t, math.IsNaN(e.Value) && math.IsNaN(e.Low))
			}
		}
	}
	cube := newWeightedCube(t)
	require.NoError(t, cube.AddN(survey.Answer{Measure: "nps", Score: 9, Weight: math.MaxFloat64}, 2))
	e, err := total(t, cube, "nps").Estimate(nil)
	assert.ErrorIs(t, err, survey.ErrDesign)
	assert.True(t, math.IsNaN(e.Value))
}

func newWeightedCube(t *testing.T) *survey.Cube {
	c, err := survey.NewCube([]survey.MeasureDef{npsOf}, &survey.CubeOptions{Weighted: true})
	require.NoError(t, err)
	return c
}

// TestSmallPopulationsNarrowTheInterval: of all samples of 80 employees out of 100 the interval of a share contains the truth
// in .93 to .97 on average over 3 to 97 satisfied ones, in .90 at worst because there are few counts it can be, and is less
// than half as wide as that of a sample of many.
func TestSmallPopulationsNarrowTheInterval(t *testing.T) {
	const whole, n = 100, 80
	type interval struct{ low, high float64 }
	var by [n + 1]interval
	for x := range by {
		s := &survey.Sample{Measure: csatOf, Population: map[string]float64{"": whole}}
		for i := range n {
			s.Scores = append(s.Scores, 5)
			if i >= x {
				s.Scores[i] = 1
			}
		}
		e, err := s.Estimate(t.Context(), nil)
		require.NoError(t, err)
		assert.Equal(t, "Wilson", e.Estimate.Method)
		assert.LessOrEqual(t, e.Estimate.EffectiveN, float64(n))
		by[x] = interval{e.Estimate.Low, e.Estimate.High}
	}
	many, err := metrics.Proportion(n/2, n, nil)
	require.NoError(t, err)
	assert.Less(t, by[n/2].high-by[n/2].low, (many.High-many.Low)/2)
	choose := func(n, k int) float64 {
		a, _ := math.Lgamma(float64(n + 1))
		b, _ := math.Lgamma(float64(k + 1))
		c, _ := math.Lgamma(float64(n - k + 1))
		return a - b - c
	}
	worst, mean := 1., 0.
	for k := 3; k <= whole-3; k++ {
		covered := 0.
		for x := max(0, n+k-whole); x <= min(n, k); x++ {
			if truth := float64(k) / whole; by[x].low <= truth && truth <= by[x].high {
				covered += math.Exp(choose(k, x) + choose(whole-k, n-x) - choose(whole, n))
			}
		}
		worst, mean = min(worst, covered), mean+covered/(whole-5)
	}
	t.Logf("coverage at least %.4f, %.4f on average", worst, mean)
	assert.GreaterOrEqual(t, worst, .90)
	assert.GreaterOrEqual(t, mean, .93)
	assert.LessOrEqual(t, mean, .97)
}

// TestACensusIsKnown, unless somebody did not answer.
func TestACensusIsKnown(t *testing.T) {
	s := &survey.Sample{Measure: npsOf, Scores: []float64{10, 10, 3, 8}, Population: map[string]float64{"": 4}}
	e, err := s.Estimate(t.Context(), nil)
	require.NoError(t, err)
	assert.Equal(t, []float64{25, 25, 25, 0}, []float64{e.Estimate.Value, e.Estimate.Low, e.Estimate.High, e.Estimate.StdErr})
	assert.Equal(t, "whole population", e.Estimate.Method)
	s.Scores[3] = math.NaN()
	e, err = s.Estimate(t.Context(), nil)
	require.NoError(t, err)
	assert.Greater(t, e.Estimate.High-e.Estimate.Low, 50.)
	assert.Equal(t, "score", e.Estimate.Method)
}

// TestTheDesignEffectOfAPopulationNeedsItsWeights: with weights that sum to no more than the answers the variance of a simple
// random sample would be 0 or less.
func TestTheDesignEffectOfAPopulationNeedsItsWeights(t *testing.T) {
	s := &survey.Sample{Measure: npsOf, Scores: []float64{10, 10, 3, 8, 0, 9}, Population: map[string]float64{"": 60}}
	e, err := s.Estimate(t.Context(), nil)
	require.NoError(t, err)
	assert.InDelta(t, 1, e.DesignEffect, 1e-12, "without weights each stands for ten")
	for _, w := range []float64{1, .5} {
		s.Weights = []float64{w, w, w, w, w, w}
		e, err = s.Estimate(t.Context(), nil)
		require.NoError(t, err)
		assert.True(t, math.IsNaN(e.DesignEffect))
		assert.Contains(t, e.String(), "design effect not known")
	}
}

func TestAPartWithoutAnswersIsWarnedOf(t *testing.T) {
	s := &survey.Sample{Measure: npsOf, Scores: []float64{10, 0, math.NaN()}}
	domains, err := s.By(t.Context(), []string{"a", "a", "b"}, nil)
	require.NoError(t, err)
	e := domains[1].Result.Estimate
	assert.True(t, math.IsNaN(e.Value) && math.IsNaN(e.Low))
	assert.True(t, e.Warnings.Has(metrics.WarnFewAnswers|metrics.WarnNoInterval))
}

// TestWhereAllAgreeTheDifferenceHasAnInterval: that of package metrics from two intervals on the effective number.
func TestWhereAllAgreeTheDifferenceHasAnInterval(t *testing.T) {
	s, keys := &survey.Sample{Measure: npsOf}, []string(nil)
	for range 10 {
		s.Scores, keys = append(s.Scores, 10, 8), append(keys, "a", "b")
	}
	c, err := s.Difference(t.Context(), keys, "a", "b", nil)
	require.NoError(t, err)
	a, err := metrics.NPSOf(0, 0, 10, nil)
	require.NoError(t, err)
	b, err := metrics.NPSOf(0, 10, 0, nil)
	require.NoError(t, err)
	want, err := metrics.Difference(a, b)
	require.NoError(t, err)
	assert.InDelta(t, 100, c.Value, 1e-12)
	assert.InDelta(t, want.Low, c.Low, 1e-9)
	assert.Less(t, c.Low, 70.)
}

func TestManyPartsTakeTheTimeOfOne(t *testing.T) {
	s, keys := &survey.Sample{Measure: npsOf}, []string(nil)
	for i := range 100_000 { // each its own part: 10¹⁰ steps if each went over all rows
		s.Scores, keys = append(s.Scores, float64(i%11)), append(keys, fmt.Sprint(i))
	}
	domains, err := s.By(t.Context(), keys, nil)
	require.NoError(t, err)
	assert.Len(t, domains, len(keys))
}

func TestTotalsTellWhatIsMissingAndWhatIsTooLarge(t *testing.T) {
	s := &survey.Sample{Weights: []float64{2, 2, 2}}
	e, err := s.TotalOf(t.Context(), []float64{1, math.NaN(), 3}, nil)
	require.NoError(t, err)
	assert.Equal(t, 8., e.Value)
	assert.Equal(t, 1, e.Missing)
	for _, huge := range []float64{1e308, 1e200} {
		e, err = s.TotalOf(t.Context(), []float64{1, huge, 3}, nil)
		assert.ErrorIs(t, err, metrics.ErrValue)
		assert.True(t, math.IsNaN(e.Value))
	}
}

// TestADifferenceIsNotCertainWhereSomeHaveNotAnswered: all ten of a population are in the sample, and one in each part has not
// answered, so that the interval is that of the two estimates by MOVER, not without width.
func TestADifferenceIsNotCertainWhereSomeHaveNotAnswered(t *testing.T) {
	nan := math.NaN()
	s := &survey.Sample{Measure: npsOf, Scores: []float64{10, 9, 3, 7, nan, 10, 2, 3, 8, nan}, Population: map[string]float64{"": 10}}
	parts := []string{"a", "a", "a", "a", "a", "b", "b", "b", "b", "b"}
	d, err := s.Difference(context.Background(), parts, "a", "b", nil)
	require.NoError(t, err)
	want, err := metrics.Difference(d.A, d.B)
	require.NoError(t, err)
	assert.Equal(t, want, d)
	assert.Less(t, d.Low, 0.)
	assert.Greater(t, d.High, 50.)

	s.Measure = meanOf
	s.Scores = []float64{5, 4, 3, 4, nan, 5, 2, 3, 4, nan}
	d, err = s.Difference(context.Background(), parts, "a", "b", nil)
	require.NoError(t, err)
	assert.True(t, d.Warnings.Has(metrics.WarnZeroWidth), d)

	s.Scores = []float64{5, 4, 3, 4, 4, 5, 2, 3, 4, 4}
	d, err = s.Difference(context.Background(), parts, "a", "b", nil)
	require.NoError(t, err)
	assert.Equal(t, d.Low, d.High)
	assert.False(t, d.Warnings.Has(metrics.WarnZeroWidth), "all have answered: %v", d)
}
