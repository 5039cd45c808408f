package survey_test

import (
	"context"
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

var defs = []survey.MeasureDef{
	{Key: "nps-company", Metric: survey.MetricNPS, Level: survey.LevelRelationship, Invitations: true},
	{Key: "nps-contact", Metric: survey.MetricNPS, Level: survey.LevelTransaction},
	{Key: "effort", Metric: survey.MetricCES, Level: survey.LevelTransaction},
	{Key: "csat", Metric: survey.MetricCSAT, Level: survey.LevelTransaction, Scale: cxmodel.Scale{Min: 1, Max: 5}, Invitations: true},
}

func newCube(t require.TestingT, opts *survey.CubeOptions) *survey.Cube {
	c, err := survey.NewCube(defs, opts)
	require.NoError(t, err)
	return c
}

// requireEqual compares cubes cell by cell.
func requireEqual(t require.TestingT, want, got *survey.Cube) {
	require.Equal(t, want.Measures(), got.Measures())
	require.Equal(t, slices.Collect(want.Cells()), slices.Collect(got.Cells()))
	require.Equal(t, want.Skipped(), got.Skipped())
}

// someAnswers draws answers of all measures and statuses; some are off the scale, some between two points.
func someAnswers(rng *rand.Rand, n int) []survey.Answer {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	out := make([]survey.Answer, n)
	for i := range out {
		a := survey.Answer{
			Measure: defs[rng.IntN(len(defs))].Key, Status: survey.Status(rng.IntN(7)), Score: float64(rng.IntN(12)),
			Channel: []string{"email", "sms", "web"}[rng.IntN(3)],
		}
		if rng.IntN(5) > 0 {
			a.Touchpoint = cxmodel.Key(fmt.Sprintf("touchpoint-%d", rng.IntN(5)))
			a.Segment = cxmodel.Key(fmt.Sprintf("segment-%d", rng.IntN(3)))
			a.Time = start.Add(time.Duration(rng.IntN(60*24)) * time.Hour)
		}
		switch {
		case a.Status == survey.StatusInvited || a.Status == survey.StatusBounced || rng.IntN(6) == 0:
			a.Score = math.NaN()
		case rng.IntN(10) == 0:
			a.Score += .5
		}
		out[i] = a
	}
	return out
}

func addEach(t require.TestingT, c *survey.Cube, answers []survey.Answer) *survey.Cube {
	for _, a := range answers {
		require.NoError(t, c.Add(a))
	}
	return c
}

func TestCubeLaws(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	opts := &survey.CubeOptions{Every: survey.EveryWeek}
	for range 60 {
		answers := someAnswers(rng, 1+rng.IntN(200))
		whole := addEach(t, newCube(t, opts), answers)

		shuffled := slices.Clone(answers)
		rng.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		requireEqual(t, whole, addEach(t, newCube(t, opts), shuffled)) // order does not matter

		i := rng.IntN(len(answers) + 1)
		j := i + rng.IntN(len(answers)+1-i)
		part := func(from, to int) *survey.Cube { return addEach(t, newCube(t, opts), answers[from:to]) }
		a, b, c := part(0, i), part(i, j), part(j, len(answers))
		left := part(0, i)
		require.NoError(t, left.Merge(b))
		require.NoError(t, left.Merge(c))
		requireEqual(t, whole, left) // split and merged is whole
		right := part(i, j)
		require.NoError(t, right.Merge(c))
		require.NoError(t, right.Merge(a))
		requireEqual(t, whole, right) // merge is associative and commutative

		require.NoError(t, left.Sub(c))
		require.NoError(t, left.Sub(b))
		requireEqual(t, a, left) // Sub undoes Merge
		require.NoError(t, whole.Merge(whole))
		twice := addEach(t, addEach(t, newCube(t, opts), answers), answers)
		requireEqual(t, twice, whole)
		require.NoError(t, whole.Sub(whole))
		require.Empty(t, slices.Collect(whole.Cells()))
	}
}

func TestEveryAnswerIsCountedOnce(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 50 {
		answers := someAnswers(rng, 300)
		c := addEach(t, newCube(t, &survey.CubeOptions{Every: survey.EveryDay}), answers)
		n := 0
		for cell := range c.Cells() {
			n += cell.N() + cell.Answers.Missing() + cell.Answers.OffScale() + cell.Dismissed + cell.Invited + cell.Bounced + cell.Excluded
			require.LessOrEqual(t, cell.Partial, cell.N()+cell.Answers.OffScale())
		}
		require.Equal(t, len(answers), n)
	}
}

// TestRollUpIsTheSumOfItsCells holds RollUp, Slice and Total against a count of the answers themselves.
func TestRollUpIsTheSumOfItsCells(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	opts := &survey.CubeOptions{Every: survey.EveryMonth}
	for range 12 {
		answers := someAnswers(rng, 400)
		whole := addEach(t, newCube(t, opts), answers)
		for over := survey.Dimensions(0); over <= survey.AllDimensions; over++ {
			want := newCube(t, opts)
			for _, a := range answers {
				if over&survey.DimensionTouchpoint != 0 {
					a.Touchpoint = ""
				}
				if over&survey.DimensionSegment != 0 {
					a.Segment = ""
				}
				if over&survey.DimensionPeriod != 0 {
					a.Time = time.Time{}
				}
				require.NoError(t, want.Add(a))
			}
			got, err := whole.RollUp(over)
			require.NoError(t, err)
			requireEqual(t, want, got)
			require.NoError(t, got.Add(answers[0]), "a rolled-up cube counts on")
			require.Equal(t, want.Len(), got.Len())
		}
		february, err := survey.ParsePeriod("2026-02")
		require.NoError(t, err)
		got, err := whole.Slice(survey.Filter{Measures: []cxmodel.Key{"csat"}, Touchpoints: []cxmodel.Key{"touchpoint-1", "touchpoint-2"}, From: february})
		require.NoError(t, err)
		want := newCube(t, opts)
		for _, a := range answers {
			if a.Measure == "csat" && (a.Touchpoint == "touchpoint-1" || a.Touchpoint == "touchpoint-2") && a.Time.Month() >= 2 {
				require.NoError(t, want.Add(a))
			}
		}
		requireEqual(t, want, got)
		total, err := whole.Total("csat")
		require.NoError(t, err)
		require.Equal(t, 1, total.Measure.Scale.Min)
		n := 0
		for _, a := range answers {
			if a.Measure == "csat" && a.Status == survey.StatusExcluded {
				n++
			}
		}
		require.Equal(t, n, total.Excluded)
	}
}

func TestCellsAreSorted(t *testing.T) {
	c := addEach(t, newCube(t, &survey.CubeOptions{Every: survey.EveryDay}), someAnswers(rand.New(rand.NewPCG(1, 1)), 2000))
	cells := slices.Collect(c.Cells())
	require.True(t, slices.IsSortedFunc(cells, func(a, b survey.Cell) int {
		for _, d := range []int{
			strings.Compare(string(a.Measure.Key), string(b.Measure.Key)), strings.Compare(string(a.Touchpoint), string(b.Touchpoint)),
			strings.Compare(string(a.Segment), string(b.Segment)), a.Period.Compare(b.Period),
		} {
			if d != 0 {
				return d
			}
		}
		return 0
	}))
	for _, want := range cells[:50] {
		got, err := c.Cell(want.Measure.Key, want.Touchpoint, want.Segment, want.Period)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	none, err := c.Cell("csat", "touchpoint-1", "nobody", survey.Period{})
	require.NoError(t, err)
	assert.Zero(t, none.N())
}

// TestNothingIsPooled: another level, scale or metric under the same key, or other measures in one sum, is an error.
func TestNothingIsPooled(t *testing.T) {
	base := survey.MeasureDef{Key: "nps", Metric: survey.MetricNPS, Level: survey.LevelRelationship}
	one := func(d survey.MeasureDef) *survey.Cube {
		c, err := survey.NewCube([]survey.MeasureDef{d}, nil)
		require.NoError(t, err)
		require.NoError(t, c.Add(survey.Answer{Measure: d.Key, Score: 3}))
		return c
	}
	for name, change := range map[string]func(*survey.MeasureDef){
		"level":  func(d *survey.MeasureDef) { d.Level = survey.LevelTransaction },
		"metric": func(d *survey.MeasureDef) { d.Metric = survey.MetricMean; d.Scale = cxmodel.Scale{Max: 10} },
		"scale": func(d *survey.MeasureDef) {
			d.Scale = cxmodel.Scale{Min: 1, Max: 10}
			d.Bands = metrics.TenPointBands()
		},
		"question": func(d *survey.MeasureDef) { d.Question = "Would you come back?" },
	} {
		other := base
		change(&other)
		a, b := one(base), one(other)
		assert.ErrorIs(t, a.Merge(b), survey.ErrPool, name)
		assert.ErrorIs(t, a.Sub(b), survey.ErrPool, name)
		x, err := a.Total("nps")
		require.NoError(t, err)
		y, err := b.Total("nps")
		require.NoError(t, err)
		_, err = survey.Sum(x, y)
		assert.ErrorIs(t, err, survey.ErrPool, name)
	}
	c := newCube(t, nil)
	require.NoError(t, c.Add(survey.Answer{Measure: "nps-company", Score: 9}))
	require.NoError(t, c.Add(survey.Answer{Measure: "nps-contact", Score: 9}))
	company, err := c.Total("nps-company")
	require.NoError(t, err)
	contact, err := c.Total("nps-contact")
	require.NoError(t, err)
	_, err = survey.Sum(company, contact)
	assert.EqualError(t, err, "survey: different measures, levels or scales are never pooled: "+
		"nps-company (nps, relationship, 0..10) and nps-contact (nps, transaction, 0..10)")
	all, err := c.RollUp(survey.AllDimensions)
	require.NoError(t, err)
	assert.Len(t, slices.Collect(all.Cells()), 2, "a roll-up keeps measures apart")
}

func TestCubesOfOtherShapeDoNotMix(t *testing.T) {
	berlin := time.FixedZone("CET", 3600)
	week := newCube(t, &survey.CubeOptions{Every: survey.EveryWeek})
	assert.ErrorIs(t, week.Merge(newCube(t, nil)), survey.ErrShape)
	assert.ErrorIs(t, week.Merge(newCube(t, &survey.CubeOptions{Every: survey.EveryWeek, Location: berlin})), survey.ErrShape)
	rolled, err := week.RollUp(survey.DimensionSegment)
	require.NoError(t, err)
	assert.ErrorIs(t, week.Merge(rolled), survey.ErrShape)
	_, err = rolled.Slice(survey.Filter{Segments: []cxmodel.Key{"a"}})
	assert.ErrorIs(t, err, survey.ErrShape)
	_, err = week.Slice(survey.Filter{From: survey.PeriodOf(time.Unix(0, 0), survey.EveryDay, nil)})
	assert.ErrorIs(t, err, survey.ErrShape)
	_, err = week.Slice(survey.Filter{Measures: []cxmodel.Key{"nps-compny"}})
	assert.ErrorContains(t, err, `did you mean "nps-company"?`)
}

func TestSubOfMoreThanThereIsChangesNothing(t *testing.T) {
	answers := someAnswers(rand.New(rand.NewPCG(2, 2)), 100)
	a, b := addEach(t, newCube(t, nil), answers[:50]), addEach(t, newCube(t, nil), answers)
	assert.ErrorIs(t, a.Sub(b), survey.ErrNegative)
	requireEqual(t, addEach(t, newCube(t, nil), answers[:50]), a)
	assert.ErrorIs(t, a.AddN(survey.Answer{Measure: "csat", Score: 1}, -1), survey.ErrNegative)
}

func TestPeriodsBeginInTheLocation(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	a := survey.Answer{Measure: "csat", Score: 4, Time: time.Date(2026, 3, 31, 22, 30, 0, 0, time.UTC)} // 00:30 on 1 April in Berlin
	for _, c := range []struct {
		loc  *time.Location
		want string
	}{{nil, "2026-Q1"}, {berlin, "2026-Q2"}} {
		cube := newCube(t, &survey.CubeOptions{Every: survey.EveryQuarter, Location: c.loc})
		require.NoError(t, cube.Add(a))
		assert.Equal(t, c.want, slices.Collect(cube.Cells())[0].Period.String())
	}
}

func TestAddRefusesWhatCannotBeCounted(t *testing.T) {
	c := newCube(t, nil)
	for name, x := range map[string]struct {
		a  survey.Answer
		is error
	}{
		"unknown measure": {survey.Answer{Measure: "nps"}, survey.ErrUnknownMeasure},
		"weight":          {survey.Answer{Measure: "csat", Score: 3, Weight: 2}, survey.ErrWeighted},
		"negative weight": {survey.Answer{Measure: "csat", Score: 3, Weight: -1}, survey.ErrAnswer},
		"NaN weight":      {survey.Answer{Measure: "csat", Score: 3, Weight: math.NaN()}, survey.ErrAnswer},
		"bounced score":   {survey.Answer{Measure: "csat", Score: 3, Status: survey.StatusBounced}, survey.ErrAnswer},
		"status":          {survey.Answer{Measure: "csat", Score: 3, Status: 99}, survey.ErrAnswer},
		"bad key":         {survey.Answer{Measure: "csat", Score: 3, Segment: "New customers"}, cxmodel.ErrKey},
	} {
		assert.ErrorIs(t, c.Add(x.a), x.is, name)
	}
	assert.Empty(t, slices.Collect(c.Cells()))
	loose := newCube(t, &survey.CubeOptions{SkipUnknown: true, IgnoreWeights: true})
	require.NoError(t, loose.Add(survey.Answer{Measure: "nps"}))
	require.NoError(t, loose.Add(survey.Answer{Measure: "csat", Score: 3, Weight: 2}))
	assert.Equal(t, 1, loose.Skipped())
	total, err := loose.Total("csat")
	require.NoError(t, err)
	assert.Equal(t, 1, total.N())
}

func TestLimitOnCells(t *testing.T) {
	c := newCube(t, &survey.CubeOptions{MaxCells: 3})
	for i := range 3 {
		require.NoError(t, c.Add(survey.Answer{Measure: "csat", Score: 1, Segment: cxmodel.Key(fmt.Sprint(i))}))
	}
	var limit *cxmodel.LimitError
	require.ErrorAs(t, c.Add(survey.Answer{Measure: "csat", Score: 1, Segment: "more"}), &limit)
	assert.Equal(t, int64(3), limit.Limit)
	require.ErrorAs(t, c.Add(survey.Answer{Measure: "csat", Score: 1.5, Segment: "0"}), &limit, "a fraction takes memory too")
	require.NoError(t, c.Add(survey.Answer{Measure: "csat", Score: 2, Segment: "0"}))
	other := newCube(t, nil)
	require.NoError(t, other.Add(survey.Answer{Measure: "csat", Score: 1, Segment: "0"}))
	require.NoError(t, other.Add(survey.Answer{Measure: "csat", Score: 1, Segment: "more"}))
	before := slices.Collect(c.Cells())
	require.ErrorAs(t, c.Merge(other), &limit)
	assert.Equal(t, before, slices.Collect(c.Cells()))
}

func TestFullCellIsAnErrorAndNotAWrap(t *testing.T) {
	c, d := newCube(t, nil), newCube(t, nil)
	for _, a := range []survey.Answer{
		{Measure: "csat", Score: 1}, {Measure: "csat", Score: 1.5}, {Measure: "csat", Score: math.NaN()}, {Measure: "csat", Score: 2, Status: survey.StatusPartial},
	} {
		require.NoError(t, c.AddN(a, math.MaxUint32))
		assert.ErrorIs(t, c.Add(a), survey.ErrFull)
		require.NoError(t, d.Add(a))
		assert.ErrorIs(t, d.AddN(a, math.MaxUint32+1), survey.ErrFull)
		before := slices.Collect(c.Cells())
		assert.ErrorIs(t, c.Merge(d), survey.ErrFull)
		assert.Equal(t, before, slices.Collect(c.Cells()))
	}
	assert.ErrorIs(t, c.Add(survey.Answer{Measure: "csat", Score: 3, Status: survey.StatusPartial}), survey.ErrFull, "so many partial answers")
}

func TestBadDefinitions(t *testing.T) {
	five := cxmodel.Scale{Min: 1, Max: 5}
	for name, c := range map[string]struct {
		d    survey.MeasureDef
		says string
	}{
		"key":            {survey.MeasureDef{Key: "N P S", Metric: "nps"}, "n-p-s"},
		"metric":         {survey.MeasureDef{Key: "a", Metric: "npss", Scale: five}, `did you mean "nps"?`},
		"no scale":       {survey.MeasureDef{Key: "a", Metric: "csat"}, "unusable scale"},
		"scale of CES":   {survey.MeasureDef{Key: "a", Metric: "ces", Scale: five}, "low is good"},
		"NPS on five":    {survey.MeasureDef{Key: "a", Metric: "nps", Scale: five}, "bands"},
		"CSAT on seven":  {survey.MeasureDef{Key: "a", Metric: "csat", Scale: cxmodel.Scale{Min: 1, Max: 7}}, "Boxes"},
		"boxes":          {survey.MeasureDef{Key: "a", Metric: "csat", Scale: five, Boxes: 5}, "5 boxes"},
		"top box of how": {survey.MeasureDef{Key: "a", Metric: "top-box", Scale: five}, "0 boxes"},
		"bands of other": {survey.MeasureDef{Key: "a", Metric: "nps", Bands: metrics.TenPointBands()}, "1..10"},
		"level":          {survey.MeasureDef{Key: "a", Metric: "nps", Level: 7}, "no level 7"},
	} {
		_, err := survey.NewCube([]survey.MeasureDef{c.d}, nil)
		assert.ErrorIs(t, err, survey.ErrMeasure, name)
		assert.ErrorContains(t, err, c.says, name)
	}
	_, err := survey.NewCube([]survey.MeasureDef{defs[0], defs[0]}, nil)
	assert.ErrorContains(t, err, "defined twice")
	for _, o := range []survey.CubeOptions{{MaxCells: -1}, {Every: 9}} {
		_, err = survey.NewCube(defs, &o)
		assert.ErrorIs(t, err, survey.ErrOption)
	}
	for _, m := range survey.Metrics() {
		d := survey.MeasureDef{Key: "a", Metric: m, Boxes: 2}
		if d.Scale = m.Scale(); d.Scale == (cxmodel.Scale{}) {
			d.Scale = five
		}
		assert.NoError(t, d.Check(), m)
	}
}

func TestAddAllStopsWithTheFirstError(t *testing.T) {
	c := newCube(t, nil)
	err := c.AddAll(context.Background(), survey.NewReader(strings.NewReader("measure,score\ncsat,1\ncsta,1\ncsat,1\n"), nil).All())
	assert.ErrorIs(t, err, survey.ErrUnknownMeasure)
	assert.ErrorContains(t, err, `did you mean "csat"?`)
	c = newCube(t, nil)
	err = c.AddReader(context.Background(), survey.NewReader(strings.NewReader("measure,score\ncsat,1\ncsta,1\ncsat,1\n"), &survey.ReaderOptions{Name: "a.csv"}))
	assert.ErrorIs(t, err, survey.ErrUnknownMeasure)
	assert.ErrorContains(t, err, "a.csv: line 3:")
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	long := "measure,score\n" + strings.Repeat("csat,1\n", 10_000)
	assert.ErrorIs(t, newCube(t, nil).AddAll(cancelled, survey.NewReader(strings.NewReader(long), nil).All()), context.Canceled)
	assert.ErrorIs(t, newCube(t, nil).AddReader(cancelled, survey.NewReader(strings.NewReader(long), nil)), context.Canceled)
}

// TestAnEmptyListChoosesAll, as nil does.
func TestAnEmptyListChoosesAll(t *testing.T) {
	c := newCube(t, nil)
	require.NoError(t, c.Add(survey.Answer{Measure: "csat", Touchpoint: "cart", Segment: "new", Score: 5}))
	all, err := c.Slice(survey.Filter{Measures: []cxmodel.Key{}, Touchpoints: []cxmodel.Key{}, Segments: []cxmodel.Key{}})
	require.NoError(t, err)
	requireEqual(t, c, all)
	rolled, err := c.RollUp(survey.DimensionSegment)
	require.NoError(t, err)
	_, err = rolled.Slice(survey.Filter{Segments: []cxmodel.Key{}})
	assert.NoError(t, err)
}
