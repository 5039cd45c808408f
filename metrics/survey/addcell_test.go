package survey_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

// somewhere returns answers of every kind: on the scale, between its points, off it, missing, and of every status.
func somewhere(rng *rand.Rand) survey.Answer {
	a := survey.Answer{
		Measure:    []cxmodel.Key{"nps", "csat"}[rng.IntN(2)],
		Touchpoint: []cxmodel.Key{"", "search", "checkout"}[rng.IntN(3)],
		Segment:    []cxmodel.Key{"", "gold"}[rng.IntN(2)],
		Score:      []float64{0, 1, 4, 4.5, 5, 11, -1, math.NaN()}[rng.IntN(8)],
		Status:     survey.Status(rng.IntN(7)),
	}
	if rng.IntN(5) > 0 {
		a.Time = time.Date(2026, 1, rng.IntN(60), 23, 30, 0, 0, time.UTC)
	}
	if a.Status == survey.StatusInvited || a.Status == survey.StatusBounced {
		a.Score = math.NaN()
	}
	return a
}

// cellsOf returns the cells without the weights that nobody answered with, which are not told apart.
func cellsOf(c *survey.Cube) []survey.Cell {
	cells := slices.Collect(c.Cells())
	for i := range cells {
		cells[i].Weights = slices.DeleteFunc(cells[i].Weights, func(w survey.WeightClass) bool {
			return w.Answers.N()+w.Answers.Missing()+w.Answers.OffScale() == 0
		})
	}
	return cells
}

func TestCellsAndAddCellAreInverse(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	defs := []survey.MeasureDef{
		{Key: "nps", Metric: survey.MetricNPS, Level: survey.LevelRelationship, Invitations: true},
		{Key: "csat", Metric: survey.MetricCSAT, Scale: cxmodel.Scale{Min: 1, Max: 5}, Question: "How was it?"},
	}
	for _, weighted := range []bool{false, true} {
		opts := &survey.CubeOptions{Every: survey.EveryWeek, Location: berlin, Weighted: weighted}
		cube, err := survey.NewCube(defs, opts)
		require.NoError(t, err)
		rng := rand.New(rand.NewPCG(1, 2))
		for range 3000 {
			a := somewhere(rng)
			if weighted {
				a.Weight = []float64{0, .5, 1, 3}[rng.IntN(4)]
			}
			require.NoError(t, cube.Add(a))
		}
		again, err := survey.NewCube(nil, opts) // measures are taken over
		require.NoError(t, err)
		for cell := range cube.Cells() {
			row, err := json.Marshal(cell)
			require.NoError(t, err)
			var back survey.Cell
			require.NoError(t, json.Unmarshal(row, &back))
			require.NoError(t, again.AddCell(back))
		}
		assert.Equal(t, cube.Measures()[0], again.Measures()[0])
		assert.Equal(t, cellsOf(cube), cellsOf(again))
		if !weighted {
			require.NoError(t, again.Sub(cube))
			assert.Empty(t, slices.Collect(again.Cells()))
		}
	}
}

func TestAddCellAddsToWhatIsThere(t *testing.T) {
	cube := plainCube(t, nil)
	require.NoError(t, cube.Add(survey.Answer{Measure: "nps", Score: 9}))
	for cell := range cube.Cells() {
		require.NoError(t, cube.AddCell(cell))
	}
	total, err := cube.Total("nps")
	require.NoError(t, err)
	assert.Equal(t, 2, total.N())
}

func plainCube(t *testing.T, opts *survey.CubeOptions) *survey.Cube {
	cube, err := survey.NewCube([]survey.MeasureDef{{Key: "nps", Metric: survey.MetricNPS}}, opts)
	require.NoError(t, err)
	return cube
}

func TestAddCellRefusesWhatNoCubeHolds(t *testing.T) {
	scale := cxmodel.Scale{Max: 10}
	def := survey.MeasureDef{Key: "nps", Metric: survey.MetricNPS, Scale: scale}
	answers := func(scores ...float64) *metrics.Tally { return metrics.TallyOf(scores, scale) }
	day := survey.PeriodOf(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), survey.EveryDay, nil)
	many := metrics.NewTally(scale)
	require.NoError(t, many.AddN(3, math.MaxUint32+1))
	for name, c := range map[string]struct {
		cell survey.Cell
		opts *survey.CubeOptions
		want error
	}{
		"the zero cell":            {survey.Cell{}, nil, survey.ErrMeasure},
		"another definition":       {survey.Cell{Count: survey.Count{Measure: survey.MeasureDef{Key: "nps", Metric: survey.MetricENPS}}}, nil, survey.ErrPool},
		"another scale":            {survey.Cell{Count: survey.Count{Measure: def, Answers: metrics.NewTally(cxmodel.Scale{Max: 5})}}, nil, survey.ErrPool},
		"another period":           {survey.Cell{Period: day, Count: survey.Count{Measure: def}}, &survey.CubeOptions{Every: survey.EveryWeek}, survey.ErrShape},
		"a period, all time":       {survey.Cell{Period: day, Count: survey.Count{Measure: def}}, nil, survey.ErrShape},
		"no key":                   {survey.Cell{Touchpoint: "Check out", Count: survey.Count{Measure: def}}, nil, survey.ErrAnswer},
		"negative":                 {survey.Cell{Count: survey.Count{Measure: def, Invited: -1}}, nil, survey.ErrAnswer},
		"more partial than all":    {survey.Cell{Count: survey.Count{Measure: def, Answers: answers(3), Partial: 2}}, nil, survey.ErrAnswer},
		"too many":                 {survey.Cell{Count: survey.Count{Measure: def, Answers: many}}, nil, survey.ErrFull},
		"too many invitations":     {survey.Cell{Count: survey.Count{Measure: def, Invited: math.MaxUint32 + 1}}, nil, survey.ErrFull},
		"weights, a plain cube":    {survey.Cell{Count: survey.Count{Measure: def, Answers: answers(3), Weights: []survey.WeightClass{{Weight: 2, Answers: answers(3)}}}}, nil, survey.ErrWeighted},
		"weights of others":        {survey.Cell{Count: survey.Count{Measure: def, Answers: answers(3), Weights: []survey.WeightClass{{Weight: 2, Answers: answers(4)}}}}, &survey.CubeOptions{Weighted: true}, survey.ErrAnswer},
		"a weight without answers": {survey.Cell{Count: survey.Count{Measure: def, Answers: answers(3), Weights: []survey.WeightClass{{Weight: 2}}}}, &survey.CubeOptions{Weighted: true}, survey.ErrAnswer},
		"a weight that is none":    {survey.Cell{Count: survey.Count{Measure: def, Answers: answers(3), Weights: []survey.WeightClass{{Weight: math.NaN(), Answers: answers(3)}}}}, &survey.CubeOptions{Weighted: true}, survey.ErrAnswer},
	} {
		cube := plainCube(t, c.opts)
		require.ErrorIs(t, cube.AddCell(c.cell), c.want, name)
		assert.Zero(t, cube.Len(), name)
	}
}

func TestAddCellOfTheZeroCubeIsAnError(t *testing.T) {
	assert.ErrorIs(t, new(survey.Cube).AddCell(survey.Cell{}), survey.ErrShape)
}

func TestAddCellForgetsWeightsOnlyWhereToldTo(t *testing.T) {
	from := plainCube(t, &survey.CubeOptions{Weighted: true})
	require.NoError(t, from.Add(survey.Answer{Measure: "nps", Score: 9, Weight: 3}))
	to := plainCube(t, &survey.CubeOptions{IgnoreWeights: true})
	for cell := range from.Cells() {
		require.NoError(t, to.AddCell(cell))
	}
	total, err := to.Total("nps")
	require.NoError(t, err)
	assert.Equal(t, 1, total.N())
	assert.Nil(t, total.Weights)
}

func ExampleCube_AddCell() {
	asked := []survey.MeasureDef{{Key: "nps", Metric: survey.MetricNPS}}
	opts := &survey.CubeOptions{Every: survey.EveryDay}
	today, err := survey.NewCube(asked, opts)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, score := range []float64{10, 9, 7} {
		err := today.Add(survey.Answer{Measure: "nps", Touchpoint: "checkout", Time: time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC), Score: score})
		if err != nil {
			fmt.Println(err)
			return
		}
	}
	var rows [][]byte // of a file or a table
	for cell := range today.Cells() {
		row, err := json.Marshal(cell)
		if err != nil {
			fmt.Println(err)
			return
		}
		rows = append(rows, row)
	}

	restarted, err := survey.NewCube(asked, opts)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range rows {
		var cell survey.Cell
		if err := json.Unmarshal(row, &cell); err != nil {
			fmt.Println(err)
			return
		}
		if err := restarted.AddCell(cell); err != nil {
			fmt.Println(err)
			return
		}
	}
	for cell := range restarted.Cells() {
		nps, err := cell.Estimate(nil)
		fmt.Println(cell.Touchpoint, cell.Period, nps, err)
	}
	// Output: checkout 2026-11-02 NPS +67 (95 % CI -27..+94, n=3, score); fewer than 5 answers, collect more before acting on it <nil>
}
