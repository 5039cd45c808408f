package control_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/control"
)

func noise(r *rand.Rand, n int) []control.Observation {
	obs := make([]control.Observation, n)
	for i := range obs {
		obs[i] = control.Observation{Label: "x", Value: r.NormFloat64(), StdErr: 1, N: 10}
	}
	return obs
}

// Alarms for nothing come as often as the run length says; standard normal observations, 1 and .5 off.
func TestRunLengthsAreThoseOfTheCharts(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 1))
	zero, one := 0., 1.
	const horizon, runs = 2000, 400
	opts := &control.Options{Center: &zero, Sigma: &one, H: 4}
	var cusum, ewma, single float64
	for range runs {
		obs := noise(r, horizon)
		first := func(signals []int) float64 {
			if len(signals) == 0 {
				return horizon
			}
			return float64(signals[0] + 1)
		}
		c, err := control.CUSUM(obs, opts)
		require.NoError(t, err)
		e, err := control.EWMA(obs, &control.Options{Center: &zero, Sigma: &one, Width: 2.7})
		require.NoError(t, err)
		s, err := control.Individuals(obs, &control.Options{Center: &zero, Sigma: &one, Width: 2.7})
		require.NoError(t, err)
		cusum, ewma, single = cusum+first(c.Signals())/runs, ewma+first(e.Signals())/runs, single+first(s.Signals())/runs
	}
	// The mean of 400 run lengths, which are all but exponential, is within 3/sqrt(400) = 15 % of its expectation.
	want, err := control.CUSUMRunLength(.5, 4, 0)
	require.NoError(t, err)
	assert.InEpsilon(t, want, cusum, .15)
	want, err = control.EWMARunLength(.2, 2.7, 0)
	require.NoError(t, err)
	assert.InEpsilon(t, want, ewma, .15)
	want, err = control.EWMARunLength(1, 2.7, 0)
	require.NoError(t, err)
	assert.InEpsilon(t, 144.2, want, .001, "1/(2 Φ(-2.7))")
	assert.InEpsilon(t, want, single, .15)
}

// Both sides are watched alike, so a fall is found as soon as a rise.
func TestRunLengthsDoNotDependOnTheDirectionOfTheShift(t *testing.T) {
	for _, shift := range []float64{.5, 1, 3, 10} {
		up, err := control.CUSUMRunLength(.5, 5, shift)
		require.NoError(t, err)
		down, err := control.CUSUMRunLength(.5, 5, -shift)
		require.NoError(t, err, shift)
		assert.InDelta(t, up, down, 1e-9*up, shift)
		up, err = control.EWMARunLength(.2, 3, shift)
		require.NoError(t, err)
		down, err = control.EWMARunLength(.2, 3, -shift)
		require.NoError(t, err)
		assert.InDelta(t, up, down, 1e-9*up, shift)
	}
}

// Single values about limits of ten standard deviations signal once in 1/(2 Φ(-10)), more than 10^22, periods.
func TestARunLengthTooLongToComputeIsAnErrorAtEveryWeight(t *testing.T) {
	_, err := control.EWMARunLength(1, 10, 0)
	require.ErrorIs(t, err, metrics.ErrOption)
	_, err = control.EWMARunLength(.5, 10, 0)
	require.ErrorIs(t, err, metrics.ErrOption)
}

func TestTheLimitOfARunLengthIsFoundUpToFifty(t *testing.T) {
	for _, h := range []float64{33, 49.9} {
		want, err := control.CUSUMRunLength(0, h, 0)
		require.NoError(t, err)
		got, err := control.CUSUMLimit(0, want)
		require.NoError(t, err, h)
		assert.InDelta(t, h, got, 1e-6, "from h to the run length and back")
	}
}

// Finite values whose differences are not: no chart has limits that are no numbers.
func TestValuesTooFarApartAreAnError(t *testing.T) {
	for name, values := range map[string][]float64{"large": {1.7e308, -1.7e308, 1.7e308, 3}, "small": {5e-324, 0, 0, 0, 0, 0, 0, 0}} {
		obs := make([]control.Observation, len(values))
		for i, v := range values {
			obs[i].Value = v
		}
		for _, chart := range []func() error{
			func() error { _, err := control.Individuals(obs, nil); return err },
			func() error { _, err := control.EWMA(obs, nil); return err },
			func() error { _, err := control.CUSUM(obs, nil); return err },
		} {
			assert.ErrorIs(t, chart(), control.ErrObservation, name)
		}
	}
}

// Two values of which each is a number of standard deviations and their sum is none.
func TestASumBeyondEveryNumberIsAnError(t *testing.T) {
	obs := make([]control.Observation, 10)
	for i := range obs {
		obs[i].Value = float64(i % 2)
	}
	obs[7].Value, obs[9].Value = 1.5e308, 1.5e308
	_, err := control.CUSUM(obs, &control.Options{Baseline: 6})
	assert.ErrorIs(t, err, control.ErrObservation)
	assert.ErrorContains(t, err, "7")
}

func TestAnAlwaysValidIntervalThatFailsHasNoNumbers(t *testing.T) {
	e := metrics.Estimate{Metric: "NPS", Unit: metrics.UnitPoints, Value: 30, Low: 20, High: 40, StdErr: 5}
	for name, opts := range map[string]*control.SequenceOptions{"no n": nil, "level": {Level: 2}} {
		got, err := control.AlwaysValid(e, opts)
		require.Error(t, err, name)
		assert.True(t, math.IsNaN(got.Value) && math.IsNaN(got.Low) && math.IsNaN(got.High), name)
		assert.Equal(t, "NPS", got.Metric)
	}
}

func TestAnEWMAOfWeightOneIsTheIndividualsChart(t *testing.T) {
	obs := noise(rand.New(rand.NewPCG(6, 1)), 50)
	for i := range obs {
		obs[i].StdErr, obs[i].N = 0, 0
	}
	e, err := control.EWMA(obs, &control.Options{Lambda: 1, Width: 2})
	require.NoError(t, err)
	s, err := control.Individuals(obs, &control.Options{Width: 2})
	require.NoError(t, err)
	assert.Equal(t, s.Signals(), e.Signals())
	for i := range s.Points {
		assert.InDelta(t, s.Points[i].High, e.Points[i].High, 1e-12)
		assert.InDelta(t, s.Points[i].Value, e.Points[i].Value, 1e-12)
	}
	// Near 1 the integral equation meets the closed form.
	near, err := control.EWMARunLength(.999, 3, .5)
	require.NoError(t, err)
	exact, err := control.EWMARunLength(1, 3, .5)
	require.NoError(t, err)
	assert.InEpsilon(t, exact, near, .01)
}

func TestChartsMoveAndScaleWithTheData(t *testing.T) {
	obs := noise(rand.New(rand.NewPCG(7, 1)), 60)
	moved := slices.Clone(obs)
	for i := range moved {
		moved[i].Value, moved[i].StdErr = 100-50*obs[i].Value, 50*obs[i].StdErr
	}
	kept := slices.Clone(moved)
	a, err := control.CUSUM(obs, nil)
	require.NoError(t, err)
	b, err := control.CUSUM(moved, nil)
	require.NoError(t, err)
	assert.Equal(t, kept, moved, "arguments are not changed")
	for i := range a.Points {
		assert.InDelta(t, a.Points[i].Up, -b.Points[i].Down, 1e-10)
		assert.InDelta(t, a.Points[i].Down, -b.Points[i].Up, 1e-10)
	}
}

// 24 weeks of 400 answers each that vary with standard deviation .1 beyond the binomial's .025: Laney's factor.
func TestLaneyWidensThePChart(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 1))
	events, sizes := make([]int, 24), make([]int, 24)
	for i := range events {
		sizes[i] = 400
		events[i] = int(400 * min(max(.5+.1*r.NormFloat64(), 0), 1))
	}
	plain, err := control.PChart(events, sizes, nil)
	require.NoError(t, err)
	laney, err := control.PChart(events, sizes, &control.Options{Laney: true})
	require.NoError(t, err)
	assert.Greater(t, len(plain.Signals()), 3)
	assert.Empty(t, laney.Signals())
	assert.Equal(t, plain.Center, laney.Center)
}

func TestTheAlwaysValidIntervalIsTightestWhereAsked(t *testing.T) {
	at := func(n, tight float64) float64 {
		h, err := control.HalfWidth(n, 1, &control.SequenceOptions{TightAt: tight})
		require.NoError(t, err)
		return h
	}
	for _, n := range []float64{100, 1000, 10000} {
		assert.Less(t, at(n, n), at(n, n*3))
		assert.Less(t, at(n, n), at(n, n/3))
		assert.Greater(t, at(n, n), 1.959963984540054/math.Sqrt(n), "wider than the interval for one look")
	}
}

func TestAlwaysValidKeepsWhatItWasGiven(t *testing.T) {
	e, err := metrics.NPSOf(30, 70, 100, nil)
	require.NoError(t, err)
	v, err := control.AlwaysValid(e, nil)
	require.NoError(t, err)
	assert.Equal(t, e.Value, v.Value)
	assert.Less(t, v.Low, e.Low)
	assert.Greater(t, v.High, e.High)
	assert.Equal(t, e.N, v.N)

	few, err := metrics.NPSOf(3, 7, 10, nil)
	require.NoError(t, err)
	few, err = control.AlwaysValid(few, nil)
	require.NoError(t, err)
	assert.False(t, few.HasInterval())
	assert.True(t, few.Warnings.Has(metrics.WarnNoInterval))

	alike, err := metrics.NPSOf(0, 0, 60, nil)
	require.NoError(t, err)
	alike, err = control.AlwaysValid(alike, nil)
	require.NoError(t, err)
	assert.Less(t, alike.Low, 95., "unanimity is not certainty")
	assert.True(t, alike.Warnings.Has(metrics.WarnClamped))
}

func TestBadInputIsAnError(t *testing.T) {
	good := noise(rand.New(rand.NewPCG(9, 1)), 10)
	nan, inf := math.NaN(), math.Inf(1)
	draw := map[string]func([]control.Observation, *control.Options) error{
		"EWMA":  func(x []control.Observation, o *control.Options) error { _, err := control.EWMA(x, o); return err },
		"CUSUM": func(x []control.Observation, o *control.Options) error { _, err := control.CUSUM(x, o); return err },
		"individuals": func(x []control.Observation, o *control.Options) error {
			_, err := control.Individuals(x, o)
			return err
		},
	}
	for name, f := range draw {
		require.NoError(t, f(good, nil), name)
		assert.ErrorIs(t, f(nil, nil), metrics.ErrNoData, name)
		bad := slices.Clone(good)
		bad[3].Value = nan
		assert.ErrorIs(t, f(bad, nil), control.ErrObservation, name)
		one := []control.Observation{{Value: 1}}
		assert.ErrorIs(t, f(one, nil), metrics.ErrNoData, name)
		assert.ErrorIs(t, f([]control.Observation{{Value: 1}, {Value: 1}, {Value: 2}}, &control.Options{Baseline: 2}), control.ErrNoVariation, name)
		zero := 0.
		for _, o := range []control.Options{
			{Baseline: 11}, {Baseline: -1}, {Width: -1}, {Width: nan}, {Lambda: 2}, {Lambda: -1}, {K: -1}, {K: inf}, {H: 100}, {Sigma: &zero}, {Sigma: &inf}, {Center: &nan},
		} {
			assert.ErrorIs(t, f(good, &o), metrics.ErrOption, "%s %+v", name, o)
		}
	}
	for _, x := range []control.Observation{{Value: inf}, {StdErr: -1}, {StdErr: nan}, {N: -1}, {N: inf}} {
		assert.ErrorIs(t, draw["EWMA"]([]control.Observation{{}, x}, nil), control.ErrObservation)
	}
	for _, c := range [][2][]int{{{1}, {0}}, {{2}, {1}}, {{-1}, {1}}} {
		_, err := control.PChart(c[0], c[1], nil)
		assert.ErrorIs(t, err, metrics.ErrCount)
	}
	_, err := control.PChart([]int{1}, nil, nil)
	assert.ErrorIs(t, err, metrics.ErrMismatch)
	_, err = control.PChart(nil, nil, nil)
	assert.ErrorIs(t, err, metrics.ErrNoData)
	_, err = control.PChart([]int{0, 0}, []int{5, 5}, nil)
	assert.ErrorIs(t, err, control.ErrNoVariation)
	for _, rows := range [][][]float64{{{1}}, {{1, nan}}, {{}}, {{1.7e308, -1.7e308}}, {{1, 2}, {1.7e308, -1.7e308, 3}}} {
		_, err = control.Subgroups(rows, nil)
		assert.ErrorIs(t, err, control.ErrObservation)
	}
	_, err = control.Subgroups([][]float64{{1, 1}, {2, 2}}, nil)
	assert.ErrorIs(t, err, control.ErrNoVariation)
	_, err = control.Subgroups(nil, nil)
	assert.ErrorIs(t, err, metrics.ErrNoData)

	for _, f := range []func() (float64, error){
		func() (float64, error) { return control.CUSUMRunLength(-1, 5, 0) },
		func() (float64, error) { return control.CUSUMRunLength(.5, 1e9, 0) },
		func() (float64, error) { return control.CUSUMRunLength(.5, 5, nan) },
		func() (float64, error) { return control.CUSUMRunLength(5, 50, 0) },
		func() (float64, error) { return control.EWMARunLength(0, 3, 0) },
		func() (float64, error) { return control.EWMARunLength(1e-9, 3, 0) },
		func() (float64, error) { return control.EWMARunLength(.2, inf, 0) },
		func() (float64, error) { return control.EWMARunLength(.2, 9, 0) },
		func() (float64, error) { return control.CUSUMLimit(.5, 1) },
		func() (float64, error) { return control.CUSUMLimit(nan, 500) },
		func() (float64, error) { return control.HalfWidth(10, 1, &control.SequenceOptions{Level: 95}) },
		func() (float64, error) { return control.HalfWidth(10, 1, &control.SequenceOptions{TightAt: -1}) },
	} {
		x, err := f()
		assert.ErrorIs(t, err, metrics.ErrOption)
		assert.True(t, math.IsNaN(x))
	}
	_, err = control.HalfWidth(0, 1, nil)
	assert.ErrorIs(t, err, control.ErrObservation)
	_, err = control.AlwaysValid(metrics.Estimate{Value: nan}, nil)
	assert.ErrorIs(t, err, control.ErrObservation)
}

func TestJudgeRefusesWhatItCannotCompare(t *testing.T) {
	e, err := metrics.NPSOf(10, 20, 30, nil)
	require.NoError(t, err)
	share, err := metrics.Proportion(1, 3, nil)
	require.NoError(t, err)
	weeks := func(n int, last metrics.Estimate) []control.Period {
		p := make([]control.Period, n)
		for i := range p {
			p[i] = control.Period{Label: "w", Estimate: e}
		}
		p[n-1].Estimate = last
		return p
	}
	_, err = control.Judge(weeks(8, e), nil)
	assert.ErrorIs(t, err, metrics.ErrNoData)
	_, err = control.Judge(nil, nil)
	assert.ErrorIs(t, err, metrics.ErrNoData)
	_, err = control.Judge(weeks(10, share), nil)
	assert.ErrorIs(t, err, metrics.ErrMismatch)
	_, err = control.Judge(weeks(10, metrics.Estimate{Metric: e.Metric, Definition: e.Definition, Unit: e.Unit, Value: math.NaN()}), nil)
	assert.ErrorIs(t, err, control.ErrObservation)
	_, err = control.Judge(weeks(10, e), &control.JudgeOptions{Baseline: 1})
	assert.ErrorIs(t, err, metrics.ErrOption)
	_, err = control.Judge(weeks(10, e), &control.JudgeOptions{Level: 95})
	assert.ErrorIs(t, err, metrics.ErrOption)
	v, err := control.Judge(weeks(10, e), nil)
	require.NoError(t, err)
	assert.Equal(t, control.NotShown, v.Answer, "weeks that are all alike vary by their sampling errors still")
}

// The change has the answers of its periods, weighted ones told apart, and no limit beyond the range of the metric.
func TestTheChangeTellsItsAnswersAndKeepsToTheRange(t *testing.T) {
	e, err := metrics.NPSOf(1, 1, 1, nil)
	require.NoError(t, err)
	e.N, e.EffectiveN, e.Missing, e.OffScale = 4, 3, 2, 1
	e.Warnings |= metrics.WarnOffScale
	weeks := make([]control.Period, 9)
	for i := range weeks {
		weeks[i].Estimate = e
	}
	v, err := control.Judge(weeks, nil)
	require.NoError(t, err)
	b := v.Change.B
	assert.Equal(t, []int{32, 16, 8}, []int{b.N, b.Missing, b.OffScale})
	assert.InDelta(t, 24, b.EffectiveN, 1e-12)
	assert.True(t, v.Change.Warnings.Has(metrics.WarnOffScale|metrics.WarnFewAnswers))
	assert.True(t, v.Change.A.Warnings.Has(metrics.WarnFewAnswers))
	assert.False(t, b.Warnings.Has(metrics.WarnFewAnswers))

	for i := range weeks {
		weeks[i].Estimate, err = metrics.NPSOf(0, 0, 3, nil)
		require.NoError(t, err)
	}
	weeks[8].Estimate, err = metrics.NPSOf(3, 0, 0, nil)
	require.NoError(t, err)
	v, err = control.Judge(weeks, nil)
	require.NoError(t, err)
	assert.Equal(t, -200., v.Change.Low)
	assert.True(t, v.Change.Warnings.Has(metrics.WarnClamped))
}

func TestJudgeHasNoNumbersThatAreNone(t *testing.T) {
	for _, e := range []metrics.Estimate{{Value: 1, StdErr: 1, EffectiveN: 1e308}, {Value: 1, StdErr: 1e200, EffectiveN: 9}, {Value: 1e308, StdErr: 1, EffectiveN: 9}} {
		e.Unit = metrics.UnitScore
		weeks := make([]control.Period, 12)
		for i := range weeks {
			weeks[i].Estimate = e
		}
		weeks[11].Estimate.Value = -e.Value
		_, err := control.Judge(weeks, nil)
		assert.ErrorIs(t, err, control.ErrObservation)
	}
}

func TestVerdictsHaveAJSONForm(t *testing.T) {
	r := rand.New(rand.NewPCG(10, 1))
	var periods []control.Period
	for range 12 {
		periods = append(periods, period(t, r, truths[0], 60))
	}
	v, err := control.Judge(periods, nil)
	require.NoError(t, err)
	b, err := json.Marshal(v)
	require.NoError(t, err)
	var back control.Verdict
	require.NoError(t, json.Unmarshal(b, &back))
	assert.Equal(t, v.Answer, back.Answer)
	assert.Equal(t, v.CUSUM, back.CUSUM)
	for _, u := range []interface{ UnmarshalText([]byte) error }{new(control.Answer), new(control.Signal)} {
		assert.ErrorIs(t, u.UnmarshalText([]byte("perhaps")), metrics.ErrOption)
	}
}
