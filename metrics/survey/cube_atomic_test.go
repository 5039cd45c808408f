package survey_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

// manyKeys are n different keys.
func manyKeys(prefix string, n int) []cxmodel.Key {
	keys := make([]cxmodel.Key, n)
	for i := range keys {
		keys[i] = cxmodel.Key(fmt.Sprintf("%s-%d", prefix, i))
	}
	return keys
}

// TestAFailedAddLeavesNothing: neither a cell, nor a key or a weight that takes the place of others.
func TestAFailedAddLeavesNothing(t *testing.T) {
	c := newCube(t, &survey.CubeOptions{Weighted: true})
	for i := range 1<<16 - 1 {
		a := survey.Answer{Measure: "csat", Touchpoint: cxmodel.Key(fmt.Sprint("t", i)), Segment: "No key", Score: 3, Weight: 2 + float64(i)}
		require.ErrorIs(t, c.Add(a), cxmodel.ErrKey)
	}
	require.ErrorIs(t, c.AddN(survey.Answer{Measure: "csat", Score: 3, Touchpoint: "t"}, math.MaxUint32+1), survey.ErrFull)
	require.NoError(t, c.AddN(survey.Answer{Measure: "csat", Score: 3, Touchpoint: "t"}, 0))
	assert.Zero(t, c.Len())
	require.NoError(t, c.Add(survey.Answer{Measure: "csat", Touchpoint: "t", Segment: "s", Score: 3, Weight: 1.5}))

	for _, over := range []survey.Dimensions{0, survey.DimensionTouchpoint} {
		c, err := newCube(t, &survey.CubeOptions{MaxCells: 2}).RollUp(over)
		require.NoError(t, err)
		add := func(segment cxmodel.Key, score float64) error {
			return c.Add(survey.Answer{Measure: "csat", Touchpoint: "t", Segment: segment, Score: score})
		}
		require.NoError(t, add("b", 3))
		require.ErrorIs(t, add("a", 3.5), cxmodel.ErrLimit, "a cell and a fraction")
		assert.Equal(t, 1, c.Len())
		require.NoError(t, add("c", 2))
		require.NoError(t, add("c", 2))
		require.ErrorIs(t, add("a", 3), cxmodel.ErrLimit)
		total, err := c.Total("csat")
		require.NoError(t, err)
		assert.Equal(t, 3, total.N())
	}
}

// TestAFailedMergeLeavesNothing: measures, weights and keys of the other cube do not stay behind.
func TestAFailedMergeLeavesNothing(t *testing.T) {
	weighted := &survey.CubeOptions{Weighted: true, MaxCells: 1 << 17}
	cube := func(d survey.MeasureDef, opts *survey.CubeOptions) *survey.Cube {
		c, err := survey.NewCube([]survey.MeasureDef{d}, opts)
		require.NoError(t, err)
		return c
	}
	small, big := cube(npsDef, &survey.CubeOptions{Weighted: true, MaxCells: 3}), cube(csatOf, weighted)
	for i, k := range manyKeys("t", 50_000) {
		require.NoError(t, big.Add(survey.Answer{Measure: csatOf.Key, Touchpoint: k, Segment: k, Score: 3, Weight: 2 + float64(i%9)}))
	}
	require.NoError(t, small.Add(survey.Answer{Measure: "nps", Touchpoint: "a", Score: 3}))
	want := slices.Collect(small.Cells())
	for range 2 {
		require.ErrorIs(t, small.Merge(big), cxmodel.ErrLimit)
		require.ErrorIs(t, small.Sub(big), survey.ErrNegative)
		assert.Equal(t, want, slices.Collect(small.Cells()))
		assert.Equal(t, []survey.MeasureDef{npsDef}, small.Measures())
	}

	other := cube(npsDef, weighted)
	for i, k := range manyKeys("u", 50_000) {
		require.NoError(t, other.Add(survey.Answer{Measure: "nps", Touchpoint: k, Score: 3, Weight: 2 + float64(i)}))
	}
	require.ErrorIs(t, other.Merge(big), cxmodel.ErrLimit, "too many touchpoints")
	require.ErrorIs(t, other.Sub(big), survey.ErrNegative)
	assert.Len(t, other.Measures(), 1)
	for _, k := range manyKeys("v", 10_000) {
		require.NoError(t, other.Add(survey.Answer{Measure: "nps", Touchpoint: k, Score: 3, Weight: .5}), "there is room as before")
	}
	require.NoError(t, big.Sub(big))
	require.NoError(t, other.Merge(big), "keys and weights of which nothing is left take no place")
}

// TestAFailedAddColumnsLeavesNothing, and weights that are listed and not given take no place.
func TestAFailedAddColumnsLeavesNothing(t *testing.T) {
	ctx := context.Background()
	for _, rows := range []int{20, 5000} { // row by row, and by bucket
		c := newCube(t, &survey.CubeOptions{Weighted: true})
		cols := survey.Columns{
			Measure: "csat", Touchpoints: manyKeys("t", 60_000), TouchpointCode: make([]uint16, rows), Scores: make([]int16, rows),
			WeightCode: make([]uint16, rows), Weights: make([]float64, 60_000),
		}
		for i := range cols.Weights {
			cols.Weights[i] = 2 + float64(i)
		}
		cols.TouchpointCode[rows-1] = 60_001
		require.ErrorIs(t, c.AddColumns(ctx, cols), survey.ErrOption)
		cols.TouchpointCode[rows-1] = 0
		cols.Touchpoints = manyKeys("u", 60_000)
		for _, d := range defs {
			cols.Measure = d.Key
			require.NoError(t, c.AddColumns(ctx, cols))
			require.NoError(t, c.AddColumns(ctx, cols))
		}
		assert.Equal(t, len(defs), c.Len())
		cols.Measure, cols.SegmentCode = "nobody", []uint16{1}
		skipping := newCube(t, &survey.CubeOptions{Weighted: true, SkipUnknown: true})
		assert.ErrorIs(t, skipping.AddColumns(ctx, cols), survey.ErrOption, "a short column is one in any measure")
		assert.Zero(t, skipping.Skipped())
	}
}

// TestWeightsKeepTheirMeasure after columns that failed and left the cube with other indexes.
func TestWeightsKeepTheirMeasure(t *testing.T) {
	c, err := survey.NewCube(defs[:2], &survey.CubeOptions{Weighted: true})
	require.NoError(t, err)
	require.Error(t, c.Add(survey.Answer{Measure: defs[0].Key, Segment: "No key", Weight: 2}))
	more, err := survey.NewCube(defs[2:3], &survey.CubeOptions{Weighted: true})
	require.NoError(t, err)
	require.NoError(t, c.Merge(more))
	require.Error(t, c.Add(survey.Answer{Measure: defs[2].Key, Segment: "No key"}))
	cols := survey.Columns{Measure: defs[0].Key, Scores: []int16{9}, Weights: []float64{3}, WeightCode: []uint16{1}}
	require.ErrorIs(t, c.AddColumns(context.Background(), cols), survey.ErrOption)
	cols.WeightCode[0] = 0
	require.NoError(t, c.AddColumns(context.Background(), cols))
	require.NoError(t, c.Add(survey.Answer{Measure: defs[0].Key, Score: 9}))
	total, err := c.Total(defs[0].Key)
	require.NoError(t, err)
	assert.Len(t, total.Weights, 2)
}

// TestHostileColumnsTakeLittleMemory: 1,100 full places of a thousand million that the keys make possible.
func TestHostileColumnsTakeLittleMemory(t *testing.T) {
	const rows = 5000
	cols := survey.Columns{Measure: "nps", Touchpoints: manyKeys("t", 60_000), Segments: manyKeys("s", 17_000),
		TouchpointCode: make([]uint16, rows), SegmentCode: make([]uint16, rows), Scores: make([]int16, rows)}
	for i := range rows {
		cols.SegmentCode[i] = uint16(i % 1100)
	}
	c := weekly(t)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	require.NoError(t, c.AddColumns(context.Background(), cols))
	runtime.ReadMemStats(&after)
	assert.Equal(t, 1100, c.Len())
	assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(100<<20))
}

// TestAWindowThatMovesOnDoesNotGrow: days come by Merge and go by Sub, for longer than there is room for empty cells.
func TestAWindowThatMovesOnDoesNotGrow(t *testing.T) {
	opts := &survey.CubeOptions{Every: survey.EveryDay, MaxCells: 2000}
	day := func(i int) *survey.Cube {
		c := newCube(t, opts)
		for s := range 30 {
			a := survey.Answer{Measure: "csat", Segment: cxmodel.Key(fmt.Sprintf("day-%d-%d", i, s)), Score: 3, Time: time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC)}
			require.NoError(t, c.Add(a))
		}
		return c
	}
	window := newCube(t, opts)
	for i := range 300 {
		require.NoError(t, window.Merge(day(i)))
		if i >= 28 {
			require.NoError(t, window.Sub(day(i-28)))
		}
	}
	assert.Len(t, slices.Collect(window.Cells()), 28*30)
}

// TestASliceHasSkippedNothing, so that taking it out of its cube leaves the number of those skipped.
func TestASliceHasSkippedNothing(t *testing.T) {
	c := newCube(t, &survey.CubeOptions{SkipUnknown: true})
	require.NoError(t, c.Add(survey.Answer{Measure: "nobody"}))
	require.NoError(t, c.Add(survey.Answer{Measure: "csat", Score: 3}))
	s, err := c.Slice(survey.Filter{Measures: []cxmodel.Key{"csat"}})
	require.NoError(t, err)
	require.NoError(t, c.Sub(s))
	assert.Equal(t, 1, c.Skipped())
	rolled, err := c.RollUp(survey.AllDimensions)
	require.NoError(t, err)
	assert.Equal(t, 1, rolled.Skipped())
}

// TestWeightedFilesSayTheLine of an error, as others do, and do not look at themes.
func TestWeightedFilesSayTheLine(t *testing.T) {
	const file = "measure,score,weight,themes\ncsat,5,2,Not a Key!\ncsat,5,1,price\ncsta,1,2,price\n"
	c := newCube(t, &survey.CubeOptions{Weighted: true})
	r := survey.NewReader(strings.NewReader(file), &survey.ReaderOptions{Name: "a.csv"})
	err := c.AddReader(context.Background(), r)
	assert.ErrorIs(t, err, survey.ErrUnknownMeasure)
	assert.ErrorContains(t, err, "a.csv: line 4:")
	_, rejected := r.Rejected()
	assert.Zero(t, rejected)
	assert.Equal(t, 2, c.Len())

	plain := newCube(t, nil)
	err = plain.AddReader(context.Background(), survey.NewReader(strings.NewReader(file), nil))
	assert.ErrorIs(t, err, survey.ErrWeighted)
	assert.ErrorContains(t, err, "line 2:")
	assert.Zero(t, plain.Len())
}

// TestManyWeightsInOneCell: 20,000 are added up in less time than their squares take.
func TestManyWeightsInOneCell(t *testing.T) {
	c := newCube(t, &survey.CubeOptions{Weighted: true})
	for i := range 20_000 {
		require.NoError(t, c.Add(survey.Answer{Measure: "csat", Score: float64(1 + i%5), Weight: 2 + float64(i)}))
	}
	start := time.Now()
	count := total(t, c, "csat")
	assert.Less(t, time.Since(start), 5*time.Second)
	assert.Len(t, count.Weights, 20_000)
	one, err := survey.Sum(count)
	require.NoError(t, err)
	one.Weights[0].Answers.Add(5)
	assert.Equal(t, 1, count.Weights[0].Answers.N(), "a sum shares nothing with its parts")
}

// TestAnEmptiedWeightIsGone: Sub undoes Merge for Cell too, which lists no weight of which nothing is left.
func TestAnEmptiedWeightIsGone(t *testing.T) {
	a := cubeOf(t, []survey.Answer{{Measure: "csat", Score: 5, Weight: 2}})
	b := cubeOf(t, []survey.Answer{{Measure: "csat", Score: 4, Weight: 3}})
	want, err := a.Cell("csat", "", "", survey.Period{})
	require.NoError(t, err)
	require.NoError(t, a.Merge(b))
	require.NoError(t, a.Sub(b))
	got, err := a.Cell("csat", "", "", survey.Period{})
	require.NoError(t, err)
	assert.Equal(t, want, got)
}

// TestZonesOfOneNameAreNotAlwaysOne: Berlin has another summer than a zone made in code with its winter's name.
func TestZonesOfOneNameAreNotAlwaysOne(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	a := newCube(t, &survey.CubeOptions{Every: survey.EveryDay, Location: berlin})
	b := newCube(t, &survey.CubeOptions{Every: survey.EveryDay, Location: time.FixedZone("Europe/Berlin", 3600)})
	assert.ErrorIs(t, a.Merge(b), survey.ErrShape)
}

// TestTheZeroCubeHasNoMeasures, and nil is no cube.
func TestTheZeroCubeHasNoMeasures(t *testing.T) {
	var zero survey.Cube
	c := newCube(t, nil)
	for _, err := range []error{zero.Merge(c), c.Merge(&zero), c.Merge(nil), zero.Sub(c), c.Sub(&zero), c.Sub(nil)} {
		assert.ErrorIs(t, err, survey.ErrShape)
	}
	assert.ErrorIs(t, zero.Add(survey.Answer{Measure: "csat"}), survey.ErrUnknownMeasure)
	assert.ErrorIs(t, zero.AddColumns(t.Context(), survey.Columns{Measure: "csat"}), survey.ErrUnknownMeasure)
	_, err := zero.Total("csat")
	assert.ErrorIs(t, err, survey.ErrUnknownMeasure)
	assert.Empty(t, slices.Collect(zero.Cells()))
	assert.Empty(t, zero.Measures())
	rolled, err := zero.RollUp(survey.AllDimensions)
	require.NoError(t, err)
	assert.Zero(t, rolled.Len())
}

// TestACubeIsReadByManyAtOnce: reading and deriving change nothing, which the race detector sees.
func TestACubeIsReadByManyAtOnce(t *testing.T) {
	c := cubeOf(t, heavyAnswers(rand.New(rand.NewPCG(6, 5)), 500))
	want := slices.Collect(c.Cells())
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			_, err := c.RollUp(survey.DimensionPeriod)
			assert.NoError(t, err)
			_, err = c.Slice(survey.Filter{Segments: []cxmodel.Key{"segment-1"}})
			assert.NoError(t, err)
			_, err = c.Total("csat")
			assert.NoError(t, err)
			d := newCube(t, byWeight)
			assert.NoError(t, d.Merge(c))
			assert.Equal(t, want, slices.Collect(d.Cells()))
			assert.NoError(t, d.Sub(c))
			assert.Empty(t, slices.Collect(d.Cells()))
		})
	}
	group.Wait()
}

// TestAnErrorChangesNothing in small cubes, where cells and fractions reach the limit by every way in.
func TestAnErrorChangesNothing(t *testing.T) {
	ctx := t.Context()
	failed := map[string]int{}
	for seed := range 20 {
		rng := rand.New(rand.NewPCG(77, uint64(seed)))
		opts := &survey.CubeOptions{Every: survey.EveryWeek, Weighted: seed%2 == 0, MaxCells: 1 + rng.IntN(300)}
		big := *opts
		big.MaxCells = 0
		c := newCube(t, opts)
		for range 40 {
			before, n, measures := slices.Collect(c.Cells()), c.Len(), c.Measures()
			answers := someAnswers(rng, 1+rng.IntN(40))
			op, err := []string{"add", "add-n", "columns", "merge", "sub"}[rng.IntN(5)], error(nil)
			switch op {
			case "add":
				err = c.Add(answers[0])
			case "add-n":
				err = c.AddN(answers[0], math.MaxUint32-rng.IntN(3))
			case "columns":
				err = c.AddColumns(ctx, someColumns(rng, opts))
			case "merge":
				err = c.Merge(addEach(t, newCube(t, &big), answers))
			case "sub":
				err = c.Sub(addEach(t, newCube(t, &big), answers[:1]))
			}
			if err == nil {
				continue
			}
			failed[op]++
			sameCells(t, before, slices.Collect(c.Cells()), op)
			require.Equal(t, n, c.Len(), op)
			require.Equal(t, measures, c.Measures(), op)
		}
	}
	assert.Len(t, failed, 5, "each has failed")
}
