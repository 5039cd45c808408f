package survey_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

// TestAddColumnsIsAdd: blocks of columns, small and large, with and without each dimension and with statuses.
func TestAddColumnsIsAdd(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	ctx := context.Background()
	first, err := survey.ParsePeriod("2026-W01")
	require.NoError(t, err)
	for _, rows := range []int{0, 1, 1000, 5000, 140_000} { // by row, by table, by two tables
		for with := range 16 {
			if rows > 5000 && with != 7 {
				continue
			}
			cols := survey.Columns{Measure: "nps-contact", Scores: make([]int16, rows),
				Touchpoints: []cxmodel.Key{"a", "b", ""}, Segments: []cxmodel.Key{"x", "y"}, Periods: []survey.Period{{}, first, first.Add(1), first}}
			code := func(bit, n int) []uint16 {
				if with&bit == 0 {
					return nil
				}
				out := make([]uint16, rows)
				for i := range out {
					out[i] = uint16(rng.IntN(n))
				}
				return out
			}
			cols.TouchpointCode, cols.SegmentCode, cols.PeriodCode = code(1, 3), code(2, 2), code(4, 4)
			for i := range cols.Scores {
				if cols.Scores[i] = int16(rng.IntN(14)) - 1; rng.IntN(8) == 0 {
					cols.Scores[i] = survey.NoScore
				}
			}
			if with&8 != 0 {
				cols.Statuses = make([]survey.Status, rows)
				for i := range cols.Statuses {
					if cols.Statuses[i] = survey.Status(rng.IntN(7)); cols.Statuses[i] == survey.StatusInvited || cols.Statuses[i] == survey.StatusBounced {
						cols.Scores[i] = survey.NoScore
					}
				}
			}
			got, want := newCube(t, &survey.CubeOptions{Every: survey.EveryWeek}), newCube(t, &survey.CubeOptions{Every: survey.EveryWeek})
			require.NoError(t, got.AddColumns(ctx, cols))
			require.NoError(t, got.AddColumns(ctx, cols))
			for i := range cols.Scores {
				require.NoError(t, want.AddN(rowOf(cols, i), 2))
			}
			requireEqual(t, want, got)
		}
	}
}

func TestAddColumnsRefusesWhatDoesNotFit(t *testing.T) {
	ctx := context.Background()
	for _, rows := range []int{2, 10_000} { // row by row, and by table
		good := func() survey.Columns {
			return survey.Columns{Measure: "effort", Touchpoints: []cxmodel.Key{"a"}, TouchpointCode: make([]uint16, rows), Scores: make([]int16, rows)}
		}
		for name, c := range map[string]struct {
			spoil func(*survey.Columns)
			is    error
		}{
			"unknown measure": {func(c *survey.Columns) { c.Measure = "efort" }, survey.ErrUnknownMeasure},
			"code beyond":     {func(c *survey.Columns) { c.TouchpointCode[rows-1] = 1 }, survey.ErrOption},
			"short column":    {func(c *survey.Columns) { c.SegmentCode = make([]uint16, 1) }, survey.ErrOption},
			"bad key":         {func(c *survey.Columns) { c.Touchpoints[0] = "A b" }, cxmodel.ErrKey},
			"other periods": {func(c *survey.Columns) {
				c.Periods = []survey.Period{survey.PeriodOf(time.Unix(0, 0), survey.EveryDay, nil)}
			}, survey.ErrShape},
			"scored invitation": {func(c *survey.Columns) {
				c.Statuses = make([]survey.Status, rows)
				c.Statuses[0] = survey.StatusInvited
			}, survey.ErrAnswer},
		} {
			cube := newCube(t, &survey.CubeOptions{Every: survey.EveryWeek})
			cols := good()
			c.spoil(&cols)
			assert.ErrorIs(t, cube.AddColumns(ctx, cols), c.is, name)
			assert.Empty(t, slices.Collect(cube.Cells()), name)
		}
		cancelled, cancel := context.WithCancel(ctx)
		cancel()
		assert.ErrorIs(t, newCube(t, nil).AddColumns(cancelled, good()), context.Canceled)
	}
}

func TestInternRoundTrips(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 14))
	for _, rows := range []int{0, 1, 100, 530_000} {
		texts := make([]string, rows)
		for i := range texts {
			if texts[i] = fmt.Sprintf("key-%d", int(math.Abs(rng.NormFloat64())*float64(i/1000))); rng.IntN(100) == 0 {
				texts[i] = ""
			}
		}
		codes, keys, err := survey.Intern(context.Background(), texts)
		require.NoError(t, err)
		require.Len(t, codes, rows)
		next := 0
		for i, c := range codes {
			if keys[c] != texts[i] || int(c) > next {
				require.FailNow(t, "not in the order of first appearance", "row %d: code %d, %q for %q", i, c, keys[c], texts[i])
			}
			next = max(next, int(c)+1)
		}
		require.Len(t, keys, next)
	}
	many := make([]string, 70_000)
	for i := range many {
		many[i] = fmt.Sprint(i)
	}
	_, _, err := survey.Intern(context.Background(), many)
	assert.ErrorIs(t, err, cxmodel.ErrLimit)
}
