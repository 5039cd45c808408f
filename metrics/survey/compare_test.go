package survey_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

func part(t *testing.T, label string, d, m, p int) survey.Part {
	e, err := metrics.NPSOf(d, m, p, nil)
	require.NoError(t, err)
	return survey.Part{Label: label, Estimate: e}
}

// TestDifferencesAreThoseOfPackageMetrics: (10,30,60)-(20,40,40) by MOVER from Tango is [.09822743055112, .49200467631461]
// (scipy; reference, section 3).
func TestDifferencesAreThoseOfPackageMetrics(t *testing.T) {
	d, err := survey.Compare([]survey.Part{part(t, "a", 10, 30, 60), part(t, "b", 20, 40, 40), part(t, "c", 20, 40, 40)}, nil)
	require.NoError(t, err)
	require.Len(t, d.Rows, 3)
	r := d.Rows[0]
	assert.Equal(t, "a b", r.A+" "+r.B)
	assert.InDelta(t, 9.822743055112, r.Comparison.Low, 1e-9)
	assert.InDelta(t, 49.200467631461, r.Comparison.High, 1e-9)
	// The standard error on the side of zero is (30-9.8227)/1.959964 = 10.2948; z = 2.9141; p = .003567.
	assert.InDelta(t, .003567, r.P, 2e-6)
	assert.Equal(t, metrics.BenjaminiHochberg, d.Adjustment)
	// Benjamini-Hochberg of p, p, 1: 3/2 p, 3/2 p, 1.
	assert.InDelta(t, 1.5*r.P, r.Adjusted, 1e-15)
	assert.Equal(t, 1., d.Rows[2].Adjusted)
	assert.Len(t, d.Differing(), 2)
	holm, err := survey.Compare([]survey.Part{part(t, "a", 10, 30, 60), part(t, "b", 20, 40, 40), part(t, "c", 20, 40, 40)}, &survey.CompareOptions{Adjustment: metrics.Holm})
	require.NoError(t, err)
	assert.InDelta(t, 3*r.P, holm.Rows[0].Adjusted, 1e-15)
}

// TestPAgreesWithTheInterval: p is below .05 exactly where the interval excludes zero.
func TestPAgreesWithTheInterval(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 1))
	for range 2000 {
		a := part(t, "a", rng.IntN(20), rng.IntN(20), 1+rng.IntN(20))
		b := part(t, "b", rng.IntN(20), rng.IntN(20), 1+rng.IntN(20))
		d, err := survey.Compare([]survey.Part{a, b}, nil)
		require.NoError(t, err)
		r := d.Rows[0]
		assert.Equal(t, r.Comparison.ExcludesZero(), r.P < .05, "%v: p=%v", r.Comparison, r.P)
		assert.LessOrEqual(t, r.P, r.Adjusted)
	}
}

func weeks(t require.TestingT, rng *rand.Rand, n, answers int, promoters func(week int) float64) *survey.Cube {
	c, err := survey.NewCube([]survey.MeasureDef{npsOf}, &survey.CubeOptions{Every: survey.EveryWeek})
	require.NoError(t, err)
	start := time.Date(2023, 1, 2, 0, 0, 0, 0, time.UTC)
	for w := range n {
		for range answers {
			a := survey.Answer{Measure: "nps", Time: start.AddDate(0, 0, 7*w)}
			switch u := rng.Float64(); {
			case u < .15:
				a.Score = 2
			case u < 1-promoters(w):
				a.Score = 7
			default:
				a.Score = 10
			}
			require.NoError(t, c.Add(a))
		}
	}
	return c
}

// TestWeeksWithoutChangeAreQuiet: on 180 weeks of one truth the default table reports a change in at most 5 % of weeks,
// in every one of the runs, and any change at all in few of them; without the correction it is near 5 % of the weeks.
func TestWeeksWithoutChangeAreQuiet(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 2))
	const runs = 40
	raw, alarmed := 0, 0
	for run := range runs {
		c := weeks(t, rng, 180, []int{20, 60, 150}[run%3], func(int) float64 { return .5 })
		d, err := c.Compare(context.Background(), survey.DimensionPeriod, nil)
		require.NoError(t, err)
		require.Len(t, d.Rows, 179)
		assert.LessOrEqual(t, len(d.Differing()), 9)
		if len(d.Differing()) > 0 {
			alarmed++
		}
		for _, r := range d.Rows {
			if r.P < .05 {
				raw++
			}
		}
	}
	t.Logf("%d of %d tables report a change; %.3f of the differences do uncorrected", alarmed, runs, float64(raw)/runs/179)
	assert.LessOrEqual(t, alarmed, 6) // the rate is .05, so that 40 runs have more than 6 with a chance of .004
}

func TestAChangeIsFound(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 3))
	c := weeks(t, rng, 20, 400, func(w int) float64 {
		if w >= 12 {
			return .7
		}
		return .4
	})
	d, err := c.Compare(context.Background(), survey.DimensionPeriod, nil)
	require.NoError(t, err)
	require.Len(t, d.Differing(), 1)
	assert.Equal(t, "2023-W13", d.Differing()[0].A)
	assert.Equal(t, "2023-W12", d.Differing()[0].B)
	first, err := c.Compare(context.Background(), survey.DimensionPeriod, &survey.CompareOptions{Pairs: survey.PairFirst})
	require.NoError(t, err)
	assert.Len(t, first.Differing(), 8)
}

func TestABenchmarkIsKnownOrEstimated(t *testing.T) {
	parts := []survey.Part{part(t, "us", 150, 350, 500)}
	known, err := survey.CompareWith(parts, survey.Benchmark{Name: "trade", Value: 25}, nil)
	require.NoError(t, err)
	c := known.Rows[0].Comparison
	assert.InDelta(t, parts[0].Estimate.Low-25, c.Low, 1e-12)
	assert.InDelta(t, parts[0].Estimate.High-25, c.High, 1e-12)
	assert.True(t, known.Rows[0].Differs)
	other := part(t, "trade", 200, 350, 450).Estimate
	estimated, err := survey.CompareWith(parts, survey.Benchmark{Name: "trade", Estimate: &other}, nil)
	require.NoError(t, err)
	// .03444771032011, .16529440685979 (scipy; reference, section 3).
	assert.InDelta(t, 3.444771032011, estimated.Rows[0].Comparison.Low, 1e-9)
	share, err := metrics.Proportion(1, 2, nil)
	require.NoError(t, err)
	_, err = survey.CompareWith(parts, survey.Benchmark{Estimate: &share}, nil)
	assert.ErrorIs(t, err, metrics.ErrMismatch)
	for _, value := range []float64{math.NaN(), math.Inf(1), 101, -100.5} {
		_, err = survey.CompareWith(parts, survey.Benchmark{Value: value}, nil)
		assert.ErrorIs(t, err, survey.ErrOption)
	}
	_, err = survey.CompareWith([]survey.Part{{Label: "us", Estimate: share}}, survey.Benchmark{Value: 75}, nil)
	assert.ErrorContains(t, err, "from 0 to 1")
}

func twoSegments(t require.TestingT) *survey.Cube {
	c, err := survey.NewCube([]survey.MeasureDef{npsOf}, nil)
	require.NoError(t, err)
	for segment, counts := range map[cxmodel.Key][3]int{"new": {10, 30, 60}, "old": {20, 40, 40}, "none": {}} {
		for i, n := range counts {
			require.NoError(t, c.AddN(survey.Answer{Measure: "nps", Touchpoint: "phone", Segment: segment, Score: []float64{0, 8, 10}[i]}, n))
		}
		require.NoError(t, c.Add(survey.Answer{Measure: "nps", Touchpoint: "phone", Segment: segment, Score: math.NaN()}))
	}
	return c
}

func TestSegmentsAreComparedWithinATouchpoint(t *testing.T) {
	c := twoSegments(t)
	d, err := c.Compare(context.Background(), survey.DimensionSegment, nil)
	require.NoError(t, err)
	require.Len(t, d.Rows, 1)
	assert.Equal(t, []string{"touchpoint", "period"}, d.Labels)
	assert.Equal(t, []string{"phone", ""}, d.Rows[0].Labels)
	assert.Equal(t, "new", d.Rows[0].A)
	assert.InDelta(t, 30, d.Rows[0].Comparison.Value, 1e-12)
	assert.Equal(t, []survey.LeftOut{{Measure: "nps", Labels: []string{"phone", ""}, Part: "none", Reason: "no answers"}}, d.Left)
	with, err := c.CompareWith(context.Background(), "nps", survey.Benchmark{Name: "trade", Value: 10}, nil)
	require.NoError(t, err)
	assert.Len(t, with.Rows, 2)
	assert.Equal(t, []string{"phone", "new"}, with.Rows[0].Labels)

	var b bytes.Buffer
	require.NoError(t, d.WriteCSV(&b))
	assert.Contains(t, b.String(), "nps,phone,,new,old,100,100,NPS,30,9.82")
	b.Reset()
	require.NoError(t, d.WriteMarkdown(&b))
	assert.Contains(t, b.String(), "excludes 0")
	text, err := json.Marshal(d)
	require.NoError(t, err)
	assert.Contains(t, string(text), `"adjusted-p":0.00`)
}

func TestWhatCannotBeCompared(t *testing.T) {
	ctx := context.Background()
	c := twoSegments(t)
	_, err := c.Compare(ctx, survey.AllDimensions, nil)
	assert.ErrorIs(t, err, survey.ErrOption)
	rolled, err := c.RollUp(survey.DimensionSegment)
	require.NoError(t, err)
	_, err = rolled.Compare(ctx, survey.DimensionSegment, nil)
	assert.ErrorIs(t, err, survey.ErrShape)
	_, err = c.Compare(ctx, survey.DimensionSegment, &survey.CompareOptions{Pairs: 7})
	assert.ErrorIs(t, err, survey.ErrOption)
	_, err = c.Compare(ctx, survey.DimensionSegment, &survey.CompareOptions{Adjustment: 77})
	assert.ErrorIs(t, err, metrics.ErrOption)
	var limit *cxmodel.LimitError
	_, err = survey.Compare([]survey.Part{part(t, "a", 1, 2, 3), part(t, "b", 1, 2, 3), part(t, "c", 1, 2, 3)}, &survey.CompareOptions{MaxRows: 2})
	assert.ErrorAs(t, err, &limit)
	_, err = c.CompareWith(ctx, "npz", survey.Benchmark{}, nil)
	assert.ErrorIs(t, err, survey.ErrUnknownMeasure)
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	_, err = c.Compare(cancelled, survey.DimensionSegment, nil)
	assert.ErrorIs(t, err, context.Canceled)
	share, err := metrics.Proportion(1, 2, nil)
	require.NoError(t, err)
	_, err = survey.Compare([]survey.Part{part(t, "a", 1, 2, 3), {Label: "b", Estimate: share}}, nil)
	assert.ErrorIs(t, err, metrics.ErrMismatch)
	d, err := survey.Compare(nil, nil)
	require.NoError(t, err)
	assert.Empty(t, d.Rows)
}

// TestPartsOfASampleMayBeAlike: equal estimates are told apart by their keys.
func TestPartsOfASampleMayBeAlike(t *testing.T) {
	s, keys := &survey.Sample{Measure: npsOf}, []string(nil)
	for i := range 60 {
		s.Scores, keys = append(s.Scores, []float64{0, 8, 10, 10}[i%4]), append(keys, []string{"a", "b", "c"}[i/4%3])
	}
	d, err := s.Compare(context.Background(), keys, nil)
	require.NoError(t, err)
	assert.Zero(t, d.Rows[0].Comparison.Value)
	var names []string
	for _, r := range d.Rows {
		names = append(names, r.A+r.B)
	}
	assert.Equal(t, []string{"ab", "ac", "bc"}, names)
}

// TestPartsWithoutLimitsAreLeftOut: an interval that is infinite, or of no level, would make NaN of what it is weighed by.
func TestPartsWithoutLimitsAreLeftOut(t *testing.T) {
	parts := []survey.Part{part(t, "a", 1, 2, 3), part(t, "b", 1, 2, 3), part(t, "open", 1, 2, 3), part(t, "bare", 1, 2, 3), {Label: "nobody"}}
	parts[2].Estimate.High, parts[3].Estimate.Level = math.Inf(1), 0
	d, err := survey.Compare(parts, nil)
	require.NoError(t, err)
	assert.Len(t, d.Rows, 1)
	assert.Len(t, d.Left, 3)
	c, err := survey.ConsistencyOf(parts)
	require.NoError(t, err)
	assert.Equal(t, 2, c.Groups)
	assert.False(t, math.IsNaN(c.Pooled))
}

// TestConsistencyByHand: intervals of ±1.959964 have variance 1, so that for 0, 2, 7 the mean is 3, Q = 9+1+16 = 26,
// I² = 24/26, Between² = 24/(3-1) = 12; p = exp(-13) with two degrees of freedom.
func TestConsistencyByHand(t *testing.T) {
	var parts []survey.Part
	for i, v := range []float64{0, 2, 7} {
		parts = append(parts, survey.Part{Label: string(rune('a' + i)), Estimate: metrics.Estimate{
			Metric: "NPS", Unit: metrics.UnitPoints, Value: v, Low: v - 1.959963984540054, High: v + 1.959963984540054, Level: .95, N: 10}})
	}
	parts = append(parts, survey.Part{Label: "nobody"})
	c, err := survey.ConsistencyOf(parts)
	require.NoError(t, err)
	assert.InDelta(t, 3, c.Pooled, 1e-12)
	assert.InDelta(t, 26, c.Test.Statistic, 1e-9)
	assert.InDelta(t, 24./26, c.I2, 1e-9)
	assert.InDelta(t, math.Sqrt(12), c.Between, 1e-9)
	assert.InEpsilon(t, math.Exp(-13), c.Test.P, 1e-8)
	assert.InDelta(t, 7, c.Spread, 1e-12)
	assert.Equal(t, "a c 3 1", fmt.Sprint(c.Lowest.Label, " ", c.Highest.Label, " ", c.Groups, " ", c.Left))
	_, err = survey.ConsistencyOf(parts[:1])
	assert.ErrorIs(t, err, metrics.ErrNoData)
	parts[1].Estimate.Level = .9
	_, err = survey.ConsistencyOf(parts)
	assert.ErrorIs(t, err, metrics.ErrMismatch)
}

// TestConsistentWeeksAreCalledSo at about the level of the test.
func TestConsistentWeeksAreCalledSo(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 4))
	rejected := 0
	for range 200 {
		c, err := weeks(t, rng, 12, 80, func(int) float64 { return .5 }).Consistency(context.Background(), survey.DimensionPeriod, nil)
		require.NoError(t, err)
		require.Len(t, c, 1)
		if c[0].Test.P < .05 {
			rejected++
		}
	}
	assert.LessOrEqual(t, rejected, 20) // 10 expected, SD 3.1
}

func TestConsistencyAcrossChannels(t *testing.T) {
	answers := func(yield func(survey.Answer, error) bool) {
		for i := range 90 {
			if !yield(survey.Answer{Measure: "nps", Channel: []string{"mail", "shop", "web"}[i%3], Score: []float64{10, 10, 0}[i%3]}, nil) {
				return
			}
		}
	}
	groups, err := survey.GroupBy(context.Background(), answers, []survey.MeasureDef{npsOf}, func(a survey.Answer) string { return a.Channel }, nil)
	require.NoError(t, err)
	parts, err := survey.PartsOf(groups, nil)
	require.NoError(t, err)
	c, err := survey.ConsistencyOf(parts)
	require.NoError(t, err)
	assert.Equal(t, "web", c.Lowest.Label)
	assert.Less(t, c.Test.P, 1e-6)
	assert.Contains(t, c.String(), "NPS over 3 groups: -100 (web) to 100 (mail)")
}

func TestThemesAreCountedOncePerAnswer(t *testing.T) {
	answers := []survey.Answer{
		{Measure: "nps", Score: 2, Themes: []cxmodel.Key{"price", "wait", "price"}},
		{Measure: "nps", Score: 9, Themes: []cxmodel.Key{"staff"}},
		{Measure: "nps", Score: 3, Themes: []cxmodel.Key{"wait"}},
		{Measure: "nps", Score: math.NaN(), Themes: []cxmodel.Key{"staff", "wait"}},
		{Measure: "nps", Score: 10},
		{Measure: "nps", Score: 0, Themes: []cxmodel.Key{"wait"}, Status: survey.StatusExcluded},
	}
	themes, err := survey.CountThemes(context.Background(), stream(answers, nil), []survey.MeasureDef{npsOf}, nil)
	require.NoError(t, err)
	var got []string
	for _, c := range themes {
		got = append(got, fmt.Sprintf("%s %.2f of %d, %v", c.Theme, c.Share.Value, c.Share.N, c.Metric.Value))
	}
	assert.Equal(t, []string{"wait 0.75 of 4, -100", "staff 0.50 of 4, 100", "price 0.25 of 4, -100"}, got)
	// Wilson of 3 of 4: (3 + 1.9207 ± 1.96 sqrt(.75 + .9604))/(4 + 3.8415) = .3006, .9544.
	assert.InDelta(t, .3006, themes[0].Share.Low, 1e-4)
	assert.InDelta(t, .9544, themes[0].Share.High, 1e-4)
	var b strings.Builder
	require.NoError(t, survey.ThemeTable(themes).WriteCSV(&b))
	assert.Equal(t, 7, strings.Count(b.String(), "\n"))

	answers[0].Weight = 2
	_, err = survey.CountThemes(context.Background(), stream(answers, nil), []survey.MeasureDef{npsOf}, nil)
	assert.ErrorIs(t, err, survey.ErrWeighted)
	answers[0].Weight = 1
	_, err = survey.CountThemes(context.Background(), stream(answers, nil), defs, nil)
	assert.ErrorIs(t, err, survey.ErrUnknownMeasure)
}

// TestErasedCustomersLeaveNoTrace: the cube is the one that never saw them.
func TestErasedCustomersLeaveNoTrace(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	ctx := context.Background()
	for range 20 {
		answers := someAnswers(rng, 200)
		for i := range answers {
			answers[i].Customer = fmt.Sprint(rng.IntN(10))
		}
		answers[7].Segment, answers[7].Customer = "only-them", "3"
		c, without := newCube(t, &survey.CubeOptions{Every: survey.EveryWeek}), newCube(t, &survey.CubeOptions{Every: survey.EveryWeek})
		require.NoError(t, c.AddAll(ctx, stream(answers, nil)))
		theirs := 0
		for _, a := range answers {
			if a.Customer == "3" {
				theirs++
				continue
			}
			require.NoError(t, without.Add(a))
		}
		n, err := c.Erase(ctx, stream(answers, nil), "3")
		require.NoError(t, err)
		assert.Equal(t, theirs, n)
		requireEqual(t, without, c)
		assert.Equal(t, without.Len(), c.Len())
		require.NoError(t, c.AddAll(ctx, stream(slices.DeleteFunc(slices.Clone(answers), func(a survey.Answer) bool { return a.Customer != "3" }), nil)))
		require.NoError(t, without.AddAll(ctx, stream(answers, nil)))
	}
}

func TestWhatWasNotCountedCannotBeErased(t *testing.T) {
	ctx := context.Background()
	c := newCube(t, nil)
	require.NoError(t, c.Add(survey.Answer{Measure: "csat", Score: 5, Customer: "a"}))
	before := slices.Collect(c.Cells())
	_, err := c.Erase(ctx, stream([]survey.Answer{{Measure: "csat", Score: 4, Customer: "a"}}, nil), "a")
	assert.ErrorIs(t, err, survey.ErrNegative)
	_, err = c.Erase(ctx, stream(nil, nil), "")
	assert.ErrorIs(t, err, survey.ErrOption)
	n, err := c.Erase(ctx, stream([]survey.Answer{{Measure: "csat", Score: 4, Customer: "b"}}, nil), "a")
	require.NoError(t, err)
	assert.Zero(t, n)
	assert.Equal(t, before, slices.Collect(c.Cells()))
}
