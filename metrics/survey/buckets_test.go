package survey_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

// manyPlaces are answers in so many touchpoints and segments, in three of four weeks each. Keys and weights are there
// twice, and one touchpoint is not given.
func manyPlaces(rng *rand.Rand, rows, touchpoints, segments, weights int) survey.Columns {
	cols := survey.Columns{
		Measure: "nps", TouchpointCode: make([]uint16, rows), SegmentCode: make([]uint16, rows), PeriodCode: make([]uint16, rows), Scores: make([]int16, rows),
	}
	for i := range touchpoints {
		cols.Touchpoints = append(cols.Touchpoints, cxmodel.Key(fmt.Sprintf("touchpoint-%d", i%(touchpoints-1))))
	}
	cols.Touchpoints[1] = ""
	for i := range segments {
		cols.Segments = append(cols.Segments, cxmodel.Key(fmt.Sprintf("segment-%d", i)))
	}
	first, _ := survey.ParsePeriod("2026-W01")
	cols.Periods = []survey.Period{first, {}, first.Add(1), first}
	if weights > 0 {
		cols.WeightCode = make([]uint16, rows)
		for i := range weights {
			cols.Weights = append(cols.Weights, float64(1+i%(weights-1))/8)
		}
	}
	for i := range rows {
		cols.TouchpointCode[i], cols.SegmentCode[i], cols.PeriodCode[i] = uint16(rng.IntN(touchpoints)), uint16(rng.IntN(segments)), uint16(rng.IntN(4))
		if weights > 0 {
			cols.WeightCode[i] = uint16(min(rng.IntN(weights), rng.IntN(weights))) // some are rare
		}
		if cols.Scores[i] = int16(rng.IntN(14)) - 1; rng.IntN(8) == 0 {
			cols.Scores[i] = survey.NoScore
		}
	}
	return cols
}

// addRows adds columns answer by answer.
func addRows(t require.TestingT, c *survey.Cube, cols survey.Columns) {
	for i := range cols.Scores {
		require.NoError(t, c.Add(rowOf(cols, i)))
	}
}

// TestColumnsOfManyPlacesAreRows: places beyond one table, and weights, few and many, whose buckets are full or nearly empty.
func TestColumnsOfManyPlacesAreRows(t *testing.T) {
	ctx := context.Background()
	for _, size := range []struct{ rows, touchpoints, segments, weights int }{
		{5_000, 400, 300, 0}, // 5,280,000 counts
		{5_000, 3, 2, 5},
		{20_000, 60, 50, 2},
		{6_000, 90, 80, 70},
		{4_500, 3, 2, 3_000},
	} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			cols := manyPlaces(rand.New(rand.NewPCG(21, 1)), size.rows, size.touchpoints, size.segments, size.weights)
			want, got := cubeWeekly(t), cubeWeekly(t)
			addRows(t, want, cols)
			require.NoError(t, got.AddColumns(ctx, cols))
			requireEqual(t, want, got)
			assert.Equal(t, want.Len(), got.Len())

			cells := want.Len()
			require.NoError(t, got.AddColumns(ctx, cols))
			require.NoError(t, got.Sub(want))
			assert.Equal(t, cells, got.Len())
			for _, most := range []int{cells, cells - 1, 1} {
				c, err := survey.NewCube([]survey.MeasureDef{npsDef}, &survey.CubeOptions{Every: survey.EveryWeek, Weighted: true, MaxCells: most})
				require.NoError(t, err)
				err = c.AddColumns(ctx, cols)
				if most == cells {
					require.NoError(t, err)
					continue
				}
				var limit *cxmodel.LimitError
				require.ErrorAs(t, err, &limit)
				assert.Zero(t, c.Len(), "nothing is counted")
				addRows(t, c, survey.Columns{Measure: "nps", Touchpoints: []cxmodel.Key{"a"}, Segments: []cxmodel.Key{"b"}, Periods: []survey.Period{{}},
					TouchpointCode: []uint16{0}, SegmentCode: []uint16{0}, PeriodCode: []uint16{0}, Scores: []int16{9}})
			}

			cols.TouchpointCode[size.rows-1], cols.SegmentCode[size.rows-2] = uint16(size.touchpoints), uint16(size.segments)
			err := cubeWeekly(t).AddColumns(ctx, cols)
			require.ErrorIs(t, err, survey.ErrOption)
			assert.ErrorContains(t, err, "a segment code", "that of the first row which has none")
			cancelled, cancel := context.WithCancel(ctx)
			cancel()
			require.ErrorIs(t, cubeWeekly(t).AddColumns(cancelled, cols), context.Canceled)
		})
	}
}

// TestColumnsIntoARolledUpCube: many places fall into one cell.
func TestColumnsIntoARolledUpCube(t *testing.T) {
	for _, weights := range []int{0, 9} {
		cols := manyPlaces(rand.New(rand.NewPCG(21, 2)), 5_000, 40, 30, weights)
		all := cubeWeekly(t)
		addRows(t, all, cols)
		want, err := all.RollUp(survey.DimensionTouchpoint | survey.DimensionPeriod)
		require.NoError(t, err)
		got, err := cubeWeekly(t).RollUp(survey.DimensionTouchpoint | survey.DimensionPeriod)
		require.NoError(t, err)
		require.NoError(t, got.AddColumns(context.Background(), cols))
		requireEqual(t, want, got)
	}
}

// TestTooManyWeightsLeaveTheCubeAsItWas, without room taken by weights of which nothing is counted.
func TestTooManyWeightsLeaveTheCubeAsItWas(t *testing.T) {
	cols := manyPlaces(rand.New(rand.NewPCG(21, 3)), 1<<16, 3, 2, 3)
	cols.Weights = make([]float64, 1<<16)
	for i := range cols.Weights {
		cols.Weights[i], cols.WeightCode[i] = 2+float64(i), uint16(i)
	}
	c := cubeWeekly(t)
	var limit *cxmodel.LimitError
	require.ErrorAs(t, c.AddColumns(context.Background(), cols), &limit)
	assert.Zero(t, c.Len())
	require.NoError(t, c.Add(survey.Answer{Measure: "nps", Score: 9, Weight: 1.5}))
}

// BenchmarkCubeManyPlaces counts half a million rows into 400 touchpoints × 300 segments × 4 periods, which are beyond one
// table; the bare work is to add them answer by answer.
func BenchmarkCubeManyPlaces(b *testing.B) {
	cols := manyPlaces(rand.New(rand.NewPCG(21, 4)), 500_000, 400, 300, 0)
	versus(b, func() { addRows(b, weekly(b), cols) }, func() {
		require.NoError(b, weekly(b).AddColumns(context.Background(), cols))
	})
}
