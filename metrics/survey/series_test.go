package survey_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

func TestASeriesHasEveryPeriod(t *testing.T) {
	cube := plainCube(t, &survey.CubeOptions{Every: survey.EveryWeek, Weighted: true})
	monday := time.Date(2026, 12, 14, 0, 0, 0, 0, time.UTC)
	week := func(n int) survey.Period {
		return survey.PeriodOf(monday.AddDate(0, 0, 7*n), survey.EveryWeek, nil)
	}
	for _, a := range []survey.Answer{
		{Measure: "nps", Segment: "gold", Time: monday.AddDate(0, 0, 28), Score: 9, Weight: 2},
		{Measure: "nps", Segment: "gold", Time: monday, Score: 9},
		{Measure: "nps", Segment: "gold", Score: 9},
		{Measure: "nps", Time: monday.AddDate(0, 0, 70), Score: 9},
	} {
		require.NoError(t, cube.Add(a))
	}
	said := func(segment cxmodel.Key, from, to survey.Period) (out []string) {
		series, err := cube.Series("nps", "", segment, from, to)
		require.NoError(t, err)
		for cell := range series {
			assert.Equal(t, segment, cell.Segment)
			out = append(out, fmt.Sprint(cell.Period, " ", cell.N()))
		}
		return out
	}
	whole := []string{"2026-W51 1", "2026-W52 0", "2026-W53 0", "2027-W01 0", "2027-W02 1"}
	assert.Equal(t, whole, said("gold", survey.Period{}, survey.Period{}))
	assert.Equal(t, whole[1:4], said("gold", week(1), week(3)))
	assert.Equal(t, []string{"2027-W02 1", "2027-W03 0"}, said("gold", week(4), week(5)))
	assert.Empty(t, said("gold", week(9), survey.Period{}), "after the last")
	assert.Empty(t, said("nobody", survey.Period{}, survey.Period{}))
	assert.Equal(t, []string{"2026-W51 0"}, said("nobody", week(0), week(0)))
	series, err := cube.Series("nps", "", "gold", survey.Period{}, survey.Period{})
	require.NoError(t, err)
	for range series {
		break
	}
}

func TestASeriesThatCannotBeIsAnError(t *testing.T) {
	weeks, all := plainCube(t, &survey.CubeOptions{Every: survey.EveryWeek}), plainCube(t, nil)
	rolled, err := weeks.RollUp(survey.DimensionPeriod)
	require.NoError(t, err)
	week, err := survey.ParsePeriod("2026-W45")
	require.NoError(t, err)
	day, err := survey.ParsePeriod("2026-11-02")
	require.NoError(t, err)
	for name, c := range map[string]struct {
		cube     *survey.Cube
		measure  cxmodel.Key
		from, to survey.Period
		want     error
	}{
		"unknown":        {weeks, "ces", week, week, survey.ErrUnknownMeasure},
		"no periods":     {all, "nps", survey.Period{}, survey.Period{}, survey.ErrShape},
		"rolled up":      {rolled, "nps", week, week, survey.ErrShape},
		"days":           {weeks, "nps", day, day, survey.ErrShape},
		"backwards":      {weeks, "nps", week, week.Add(-1), survey.ErrOption},
		"the zero value": {new(survey.Cube), "nps", week, week, survey.ErrUnknownMeasure},
	} {
		_, err := c.cube.Series(c.measure, "", "", c.from, c.to)
		require.ErrorIs(t, err, c.want, name)
	}
}
