package survey_test

import (
	"context"
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

var byWeight = &survey.CubeOptions{Every: survey.EveryWeek, Weighted: true}

// heavyAnswers are someAnswers with one of seven weights.
func heavyAnswers(rng *rand.Rand, n int) []survey.Answer {
	answers := someAnswers(rng, n)
	for i := range answers {
		answers[i].Weight = []float64{0, 1, .3, 1. / 3, 2.5, 1e-9, 7e8}[rng.IntN(7)]
	}
	return answers
}

func cubeOf(t require.TestingT, answers []survey.Answer) *survey.Cube {
	c := newCube(t, byWeight)
	require.NoError(t, c.AddAll(context.Background(), stream(answers, nil)))
	return c
}

// TestWeightedCubesMergeAndSubtractExactly: counts by weight are integers, so that any order gives the same bits.
func TestWeightedCubesMergeAndSubtractExactly(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 1))
	for range 10 {
		answers := heavyAnswers(rng, 600)
		whole := cubeOf(t, answers)
		a, b, c := cubeOf(t, answers[:100]), cubeOf(t, answers[100:350]), cubeOf(t, answers[350:])
		left := cubeOf(t, nil)
		for _, part := range []*survey.Cube{a, b, c} {
			require.NoError(t, left.Merge(part))
		}
		requireEqual(t, whole, left)
		right := cubeOf(t, nil)
		require.NoError(t, b.Merge(c))
		for _, part := range []*survey.Cube{b, a} {
			require.NoError(t, right.Merge(part))
		}
		requireEqual(t, whole, right)
		require.NoError(t, right.Sub(b))
		requireEqual(t, a, right)
		assert.ErrorIs(t, right.Sub(whole), survey.ErrNegative)
		requireEqual(t, a, right)
		for _, dims := range []survey.Dimensions{survey.DimensionSegment, survey.AllDimensions} {
			x, err := whole.RollUp(dims)
			require.NoError(t, err)
			rng.Shuffle(len(answers), func(i, j int) { answers[i], answers[j] = answers[j], answers[i] })
			y, err := cubeOf(t, answers).RollUp(dims)
			require.NoError(t, err)
			requireEqual(t, x, y)
			for cell := range x.Cells() {
				other, err := y.Cell(cell.Measure.Key, cell.Touchpoint, cell.Segment, cell.Period)
				require.NoError(t, err)
				e, _ := cell.Estimate(nil)
				f, _ := other.Estimate(nil)
				assert.Equal(t, math.Float64bits(e.Value), math.Float64bits(f.Value))
				assert.Equal(t, math.Float64bits(e.High), math.Float64bits(f.High))
			}
		}
	}
}

// TestAWeightedCellIsASample: the cube and the rows give the same estimate.
func TestAWeightedCellIsASample(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 2))
	for _, def := range []survey.MeasureDef{npsOf, csatOf, meanOf} {
		c, err := survey.NewCube([]survey.MeasureDef{def}, &survey.CubeOptions{Weighted: true})
		require.NoError(t, err)
		s := &survey.Sample{Measure: def}
		for range 80 {
			a := survey.Answer{Measure: def.Key, Score: float64(1 + rng.IntN(5)), Weight: []float64{.5, 1, 4}[rng.IntN(3)]}
			require.NoError(t, c.Add(a))
			s.Scores, s.Weights = append(s.Scores, a.Score), append(s.Weights, a.Weight)
		}
		count, err := c.Total(def.Key)
		require.NoError(t, err)
		got, err := count.Estimate(nil)
		require.NoError(t, err)
		want, err := s.Estimate(t.Context(), nil)
		require.NoError(t, err)
		assert.InDelta(t, want.Estimate.Value, got.Value, 1e-9)
		assert.InDelta(t, want.Estimate.Low, got.Low, 1e-9)
		assert.InDelta(t, want.Estimate.High, got.High, 1e-9)
		assert.InDelta(t, want.Estimate.StdErr, got.StdErr, 1e-9)
		assert.InDelta(t, want.Estimate.EffectiveN, got.EffectiveN, 1e-9)
		assert.LessOrEqual(t, got.EffectiveN, float64(got.N))
		assert.Equal(t, want.Estimate.Metric+want.Estimate.Definition+want.Estimate.Method, got.Metric+got.Definition+got.Method)
		assert.Equal(t, 80, got.N)
	}
}

// TestWeightedColumnsAreWeightedRows, by each of the ways in which columns are counted.
func TestWeightedColumnsAreWeightedRows(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 3))
	weights := []float64{1, .25, 3}
	for name, rows := range map[string]int{"rows": 500, "table": 50_000} {
		t.Run(name, func(t *testing.T) {
			cols := grid(rows)
			cols.Weights, cols.WeightCode = weights, make([]uint16, rows)
			want := cubeWeekly(t)
			for i := range rows {
				cols.WeightCode[i] = uint16(rng.IntN(3))
				if i%50 == 0 {
					cols.Scores[i] = survey.NoScore
				}
				require.NoError(t, want.Add(rowOf(cols, i)))
			}
			got := cubeWeekly(t)
			require.NoError(t, got.AddColumns(context.Background(), cols))
			requireEqual(t, want, got)
			require.NoError(t, got.AddColumns(context.Background(), cols))
			require.NoError(t, want.Merge(want))
			requireEqual(t, want, got)

			cols.SegmentCode = nil
			flat, err := want.RollUp(survey.AllDimensions)
			require.NoError(t, err)
			got = cubeWeekly(t)
			require.NoError(t, got.AddColumns(context.Background(), cols))
			require.NoError(t, got.AddColumns(context.Background(), cols))
			got, err = got.RollUp(survey.AllDimensions)
			require.NoError(t, err)
			requireEqual(t, flat, got)

			cols.WeightCode[7] = 3
			assert.ErrorIs(t, cubeWeekly(t).AddColumns(context.Background(), cols), survey.ErrOption)
			cols.WeightCode[7], cols.Weights = 0, []float64{1, -1, 3}
			assert.ErrorIs(t, cubeWeekly(t).AddColumns(context.Background(), cols), survey.ErrAnswer)
			assert.ErrorIs(t, weekly(t).AddColumns(context.Background(), cols), survey.ErrWeighted)
		})
	}
}

func cubeWeekly(t require.TestingT) *survey.Cube {
	c, err := survey.NewCube([]survey.MeasureDef{npsDef}, byWeight)
	require.NoError(t, err)
	return c
}

func TestWeightedGroupsAndReaders(t *testing.T) {
	ctx := context.Background()
	const file = "measure,score,weight,channel\ncsat,5,2,mail\ncsat,1,1,mail\ncsat,5,0.5,web\n"
	c, err := survey.NewCube([]survey.MeasureDef{csatOf}, &survey.CubeOptions{Weighted: true})
	require.NoError(t, err)
	require.NoError(t, c.AddReader(ctx, survey.NewReader(strings.NewReader(file), nil)))
	total, err := c.Total("csat")
	require.NoError(t, err)
	e, err := total.Estimate(nil)
	require.NoError(t, err)
	assert.InDelta(t, 2.5/3.5, e.Value, 1e-12)
	groups, err := survey.GroupBy(ctx, survey.NewReader(strings.NewReader(file), nil).All(), []survey.MeasureDef{csatOf},
		func(a survey.Answer) string { return a.Channel }, &survey.CubeOptions{Weighted: true})
	require.NoError(t, err)
	require.Len(t, groups, 2)
	e, err = groups[0].Estimate(nil)
	require.NoError(t, err)
	assert.InDelta(t, 2./3, e.Value, 1e-12)
	assert.Equal(t, 2, groups[0].N())
	sum, err := survey.Sum(groups[0].Count, groups[1].Count)
	require.NoError(t, err)
	assert.Equal(t, total, sum)
	assert.Equal(t, []float64{.5, 1, 2}, []float64{sum.Weights[0].Weight, sum.Weights[1].Weight, sum.Weights[2].Weight})
}

func TestWeightedCubesRefuse(t *testing.T) {
	_, err := survey.NewCube(defs, &survey.CubeOptions{Weighted: true, IgnoreWeights: true})
	assert.ErrorIs(t, err, survey.ErrOption)
	heavy := cubeOf(t, []survey.Answer{{Measure: "csat", Score: 5, Weight: 2}})
	plain := newCube(t, &survey.CubeOptions{Every: survey.EveryWeek})
	assert.ErrorIs(t, plain.Merge(heavy), survey.ErrWeighted)
	require.NoError(t, plain.Add(survey.Answer{Measure: "csat", Score: 5}))
	require.NoError(t, heavy.Merge(plain), "unweighted answers weigh 1")
	many, err := survey.NewCube([]survey.MeasureDef{csatOf}, &survey.CubeOptions{Weighted: true})
	require.NoError(t, err)
	var limit *cxmodel.LimitError
	for i := range 1 << 16 {
		if err = many.Add(survey.Answer{Measure: "csat", Score: 5, Weight: 2 + float64(i)}); err != nil {
			break
		}
	}
	require.ErrorAs(t, err, &limit)
	assert.ErrorContains(t, err, "three digits")
	empty := cubeOf(t, []survey.Answer{{Measure: "csat", Score: math.NaN(), Weight: 2}})
	total, err := empty.Total("csat")
	require.NoError(t, err)
	e, err := total.Estimate(nil)
	assert.ErrorIs(t, err, metrics.ErrNoData)
	assert.True(t, math.IsNaN(e.Value))
	assert.Equal(t, 1, e.Missing)
}

func TestErasingFromAWeightedCube(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 4))
	answers := heavyAnswers(rng, 100)
	for i := range answers {
		answers[i].Customer = []string{"a", "b", "c"}[rng.IntN(3)]
	}
	answers[0].Customer, answers[0].Weight = "a", 77
	c := cubeOf(t, answers)
	_, err := c.Erase(context.Background(), stream(answers, nil), "a")
	require.NoError(t, err)
	requireEqual(t, cubeOf(t, slices.DeleteFunc(answers, func(a survey.Answer) bool { return a.Customer == "a" })), c)
}

// benchmarkWeighted counts columns with weights; the bare work is to count them without, and the bar three times that. Weights
// by segment are what post-stratification gives. Independent ones make a cell each at every place: forty at 26,000 places
// are about as many cells as a cube takes by default, and come near the bar for the memory that they fill.
func benchmarkWeighted(b *testing.B, weights int, code func(i int, segment uint16) uint16) {
	plain := grid(gridRows)
	heavy := plain
	heavy.WeightCode = make([]uint16, gridRows)
	for i := range heavy.WeightCode {
		heavy.WeightCode[i] = code(i, plain.SegmentCode[i])
	}
	for i := range weights {
		heavy.Weights = append(heavy.Weights, .5+float64(i)/7)
	}
	ctx := context.Background()
	versus(b, func() {
		require.NoError(b, weekly(b).AddColumns(ctx, plain))
	}, func() {
		require.NoError(b, cubeWeekly(b).AddColumns(ctx, heavy))
	})
}

func BenchmarkWeightedCubeBySegment(b *testing.B) {
	benchmarkWeighted(b, 20, func(_ int, segment uint16) uint16 { return segment })
}

func BenchmarkWeightedCubeIndependent(b *testing.B) {
	benchmarkWeighted(b, 5, func(i int, _ uint16) uint16 { return uint16(i * 7919 % 5) })
}

func BenchmarkWeightedCubeIndependent40(b *testing.B) {
	benchmarkWeighted(b, 40, func(i int, _ uint16) uint16 { return uint16(i * 7919 % 40) })
}

// BenchmarkWeightedCubeAdd adds a million answers one by one; the bare work is to add them without weights.
func BenchmarkWeightedCubeAdd(b *testing.B) {
	answers := make([]survey.Answer, 1_000_000)
	cols := grid(len(answers))
	for i := range answers {
		answers[i] = survey.Answer{Measure: "nps", Touchpoint: cols.Touchpoints[cols.TouchpointCode[i]], Segment: cols.Segments[cols.SegmentCode[i]],
			Time: cols.Periods[cols.PeriodCode[i]].Start(time.UTC), Score: float64(cols.Scores[i])}
	}
	heavy := slices.Clone(answers)
	for i := range heavy {
		heavy[i].Weight = .5 + float64(cols.SegmentCode[i])/7
	}
	ctx := context.Background()
	versus(b, func() {
		require.NoError(b, weekly(b).AddAll(ctx, stream(answers, nil)))
	}, func() {
		require.NoError(b, cubeWeekly(b).AddAll(ctx, stream(heavy, nil)))
	})
}
