package survey_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

// grid is so many answers in 20 segments × 25 touchpoints × 52 weeks, all of them on the scale.
func grid(rows int) survey.Columns {
	rng := rand.New(rand.NewPCG(1, 2))
	c := survey.Columns{
		Measure:        "nps",
		TouchpointCode: make([]uint16, rows), SegmentCode: make([]uint16, rows), PeriodCode: make([]uint16, rows), Scores: make([]int16, rows),
	}
	for i := range 25 {
		c.Touchpoints = append(c.Touchpoints, cxmodel.Key(fmt.Sprintf("touchpoint-%d", i)))
	}
	for i := range 20 {
		c.Segments = append(c.Segments, cxmodel.Key(fmt.Sprintf("segment-%d", i)))
	}
	first, err := survey.ParsePeriod("2026-W01")
	if err != nil {
		panic(err)
	}
	for i := range 52 {
		c.Periods = append(c.Periods, first.Add(i))
	}
	for i := range rows {
		r := rng.Uint64()
		c.TouchpointCode[i] = uint16(r % 25)
		c.SegmentCode[i] = uint16(r >> 16 % 20)
		c.PeriodCode[i] = uint16(r >> 32 % 52)
		c.Scores[i] = int16(r >> 48 % 11)
	}
	return c
}

var npsDef = survey.MeasureDef{Key: "nps", Metric: survey.MetricNPS, Level: survey.LevelTransaction, Scale: cxmodel.Scale{Max: 10}}

func weekly(t require.TestingT) *survey.Cube {
	c, err := survey.NewCube([]survey.MeasureDef{npsDef}, &survey.CubeOptions{Every: survey.EveryWeek})
	require.NoError(t, err)
	return c
}

const gridRows = 10_000_000

// bareHistogram is the bare work: to count the same codes in an array, in one goroutine.
func bareHistogram(c *survey.Columns) []uint32 {
	counts := make([]uint32, 20*25*52*11)
	for i, s := range c.Scores {
		counts[((int(c.SegmentCode[i])*25+int(c.TouchpointCode[i]))*52+int(c.PeriodCode[i]))*11+int(s)]++
	}
	return counts
}

// versus runs bare and measured work in turn and reports their best times and the ratio of these: on a busy machine the
// best of several is what the work costs.
func versus(b *testing.B, bare, work func()) {
	best := [2]time.Duration{1 << 62, 1 << 62}
	for b.Loop() {
		for i, f := range [2]func(){bare, work} {
			start := time.Now()
			f()
			best[i] = min(best[i], time.Since(start))
		}
	}
	b.ReportMetric(float64(best[0].Microseconds())/1000, "bare-ms")
	b.ReportMetric(float64(best[1].Microseconds())/1000, "work-ms")
	b.ReportMetric(float64(best[1])/float64(best[0]), "work/bare")
}

// BenchmarkCubeColumns counts ten million answers.
func BenchmarkCubeColumns(b *testing.B) {
	c := grid(gridRows)
	versus(b, func() { bareHistogram(&c) }, func() {
		cube := weekly(b)
		require.NoError(b, cube.AddColumns(context.Background(), c))
	})
}

// BenchmarkCubeStrings counts the same from three columns of strings, which [survey.Intern] turns into codes.
func BenchmarkCubeStrings(b *testing.B) {
	c := grid(gridRows)
	touchpoints, segments, periods := make([]cxmodel.Key, gridRows), make([]cxmodel.Key, gridRows), make([]string, gridRows)
	names := make([]string, len(c.Periods))
	for i, p := range c.Periods {
		names[i] = p.String()
	}
	for i := range gridRows {
		touchpoints[i], segments[i], periods[i] = c.Touchpoints[c.TouchpointCode[i]], c.Segments[c.SegmentCode[i]], names[c.PeriodCode[i]]
	}
	ctx := context.Background()
	versus(b, func() { bareHistogram(&c) }, func() {
		cube := weekly(b)
		cols := survey.Columns{Measure: "nps", Scores: c.Scores}
		var err error
		cols.TouchpointCode, cols.Touchpoints, err = survey.Intern(ctx, touchpoints)
		require.NoError(b, err)
		cols.SegmentCode, cols.Segments, err = survey.Intern(ctx, segments)
		require.NoError(b, err)
		var weeks []string
		cols.PeriodCode, weeks, err = survey.Intern(ctx, periods)
		require.NoError(b, err)
		for _, w := range weeks {
			p, err := survey.ParsePeriod(w)
			require.NoError(b, err)
			cols.Periods = append(cols.Periods, p)
		}
		require.NoError(b, cube.AddColumns(ctx, cols))
		require.Equal(b, 26_000, cube.Len())
	})
}
