package clv_test

import (
	"context"
	"errors"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cxmodel/cxmodel/metrics/clv"
)

// fits runs every fit of timing on s and hands on what each returns.
func fits(s *clv.Summary, opts *clv.FitOptions, check func(name string, f *outcome, err error)) {
	ctx := context.Background()
	bg, err := clv.FitBGNBD(ctx, s, opts)
	check("BG/NBD", outcomeOf(bg), err)
	mbg, err := clv.FitMBGNBD(ctx, s, opts)
	check("MBG/NBD", outcomeOf(mbg), err)
	pareto, err := clv.FitParetoNBD(ctx, s, opts)
	check("Pareto/NBD", outcomeOf(pareto), err)
}

type outcome struct {
	parameters, stdErr []float64
	ll                 float64
	status             clv.Status
	unidentified       []string
}

func outcomeOf[M interface{ Parameters() []float64 }](f *clv.Fit[M]) *outcome {
	if f == nil {
		return nil
	}
	return &outcome{f.Model.Parameters(), f.StdErr, f.LogLikelihood, f.Status, f.Unidentified}
}

func TestNoFitEndsInSilence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := &clv.Summary{Unit: clv.Day}
		scale := math.Exp(rapid.Float64Range(-8, 8).Draw(t, "ln scale"))
		for range rapid.IntRange(1, 12).Draw(t, "n") {
			c := clv.Customer{Age: scale * float64(rapid.IntRange(0, 400).Draw(t, "T")), Weight: float64(rapid.IntRange(0, 50).Draw(t, "w"))}
			if c.Age > 0 {
				if c.Frequency = rapid.IntRange(0, 40).Draw(t, "x"); c.Frequency > 0 {
					c.Recency = c.Age * float64(rapid.IntRange(1, 100).Draw(t, "t_x")) / 100
				}
			}
			s.Customers = append(s.Customers, c)
		}
		fits(s, nil, func(name string, f *outcome, err error) {
			switch {
			case errors.Is(err, clv.ErrNoFit):
				assert.NotEqual(t, clv.Converged, f.status, name)
			case err != nil:
				assert.True(t, errors.Is(err, clv.ErrNoRepeats), "%s: %v", name, err)
			case f.status == clv.Converged:
				assert.False(t, math.IsNaN(f.ll) || math.IsInf(f.ll, 0), name)
				for i, p := range f.parameters {
					assert.True(t, p > 0 && !math.IsInf(p, 0), name)
					assert.True(t, f.stdErr[i] > 0, "%s %v ± %v", name, f.parameters, f.stdErr)
				}
			default:
				assert.Equal(t, clv.Boundary, f.status, name)
				assert.NotEmpty(t, f.unidentified, "%s %v ± %v", name, f.parameters, f.stdErr)
			}
		})
	})
}

func TestBadCustomersAreNamed(t *testing.T) {
	for reason, c := range map[string]clv.Customer{
		"is not between 0 and the age": {Frequency: 2, Recency: 9, Age: 5},
		"no repeat order and yet":      {Recency: 3, Age: 5},
		"repeat orders at time 0":      {Frequency: 1, Age: 5},
		"is negative":                  {Frequency: -1, Age: 5},
		"age NaN":                      {Age: math.NaN()},
		"age -1":                       {Age: -1},
		"age +Inf":                     {Age: math.Inf(1)},
		"recency NaN":                  {Frequency: 1, Recency: math.NaN(), Age: 5},
		"weight -2":                    {Age: 5, Weight: -2},
		"beyond":                       {Frequency: 1 << 31, Recency: 1, Age: 5},
	} {
		c.ID = "anna"
		s := &clv.Summary{Unit: clv.Week, Customers: []clv.Customer{{ID: "ben", Frequency: 1, Recency: 2, Age: 4}, c}}
		fits(s, nil, func(name string, f *outcome, err error) {
			require.ErrorIs(t, err, clv.ErrInvalid, name)
			assert.ErrorContains(t, err, `customer "anna"`)
			assert.ErrorContains(t, err, reason)
			assert.Nil(t, f)
		})
		issues := s.Check()
		require.Len(t, issues, 1)
		assert.Equal(t, "/customers/1", issues[0].Path)
		require.Error(t, issues.Err())
	}
}

// Weights that are finite one by one may not be so together; the error speaks of them, not of a start that nobody gave.
func TestWeightsThatOverflowTogetherAreAnError(t *testing.T) {
	s := &clv.Summary{Unit: clv.Week, Customers: []clv.Customer{
		{Frequency: 2, Recency: 3, Age: 5, MeanSpend: 5, Weight: 1e308}, {Frequency: 1, Recency: 3, Age: 5, MeanSpend: 6, Weight: 1e308}}}
	fits(s, nil, func(name string, f *outcome, err error) {
		require.ErrorIs(t, err, clv.ErrInvalid, name)
		assert.ErrorContains(t, err, "weights")
	})
	_, err := clv.FitGammaGamma(context.Background(), s, nil)
	require.ErrorIs(t, err, clv.ErrInvalid)
}

func TestWhatCannotBeFittedIsSaid(t *testing.T) {
	for name, c := range map[string]struct {
		s    *clv.Summary
		opts *clv.FitOptions
		want error
	}{
		"nil":           {nil, nil, clv.ErrNoData},
		"nobody":        {&clv.Summary{Unit: clv.Week}, nil, clv.ErrNoData},
		"no unit":       {&clv.Summary{Customers: []clv.Customer{{Age: 1}}}, nil, clv.ErrUnits},
		"no repeats":    {&clv.Summary{Unit: clv.Week, Customers: []clv.Customer{{Age: 10}, {Age: 20}}}, nil, clv.ErrNoRepeats},
		"start short":   {&clv.Summary{Unit: clv.Week, Customers: []clv.Customer{{Frequency: 1, Recency: 1, Age: 10}}}, &clv.FitOptions{Start: []float64{1}}, clv.ErrOption},
		"iterations":    {&clv.Summary{Unit: clv.Week, Customers: []clv.Customer{{Frequency: 1, Recency: 1, Age: 10}}}, &clv.FitOptions{Iterations: -1}, clv.ErrOption},
		"start of zero": {&clv.Summary{Unit: clv.Week, Customers: []clv.Customer{{Frequency: 1, Recency: 1, Age: 10}}}, &clv.FitOptions{Start: []float64{1, 1, 0, 1}}, clv.ErrOption},
	} {
		fits(c.s, c.opts, func(model string, f *outcome, err error) {
			require.ErrorIs(t, err, c.want, "%s %s", name, model)
			assert.Nil(t, f)
		})
	}
	// One step is not enough: what was reached comes beside the error, and says so.
	fits(cdnowSummary(t), &clv.FitOptions{Iterations: 1}, func(model string, f *outcome, err error) {
		require.ErrorIs(t, err, clv.ErrNoFit, model)
		assert.Equal(t, clv.IterationLimit, f.status)
	})
	// All alike: nothing tells how customers differ.
	alike := &clv.Summary{Unit: clv.Week, Customers: []clv.Customer{{Frequency: 3, Recency: 20, Age: 30, Weight: 500}}}
	fits(alike, nil, func(model string, f *outcome, err error) {
		require.NoError(t, err, model)
		assert.Equal(t, clv.Boundary, f.status, model)
		assert.NotEmpty(t, f.unidentified, model)
	})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := clv.FitBGNBD(ctx, alike, nil)
	require.ErrorIs(t, err, context.Canceled)
}

func TestWeightsAreCustomers(t *testing.T) {
	// A row of weight 3 is three rows; a row of weight 0 is one.
	one := &clv.Summary{Unit: clv.Week}
	three := &clv.Summary{Unit: clv.Week}
	for i, c := range cdnowSummary(t).Customers {
		if i%5 != 0 {
			continue
		}
		c.Weight = 3
		one.Customers = append(one.Customers, c)
		c.Weight = 0
		three.Customers = append(three.Customers, c, c, c)
	}
	a, err := clv.FitBGNBD(context.Background(), one, nil)
	require.NoError(t, err)
	b, err := clv.FitBGNBD(context.Background(), three, nil)
	require.NoError(t, err)
	parametersWithin(t, a.Model.Parameters(), b.Model.Parameters(), 1e-9)
	within(t, a.LogLikelihood, b.LogLikelihood, 1e-12, "LL")
	assert.InDelta(t, a.Customers, b.Customers, 1e-9)
	assert.Equal(t, a.Rows, b.Rows)
}

func TestEveryStartEndsAtTheSameMaximum(t *testing.T) {
	s := cdnowSummary(t)
	for _, start := range [][]float64{{1, 1, 1, 1}, {.01, 100, .05, 50}, {5, .1, 9, .2}, {1.105, 1.105, 1.105, 1.105}} {
		o := &clv.FitOptions{Start: start}
		bg, err := clv.FitBGNBD(context.Background(), s, o)
		require.NoError(t, err, "%v", start)
		parametersWithin(t, bgExact.Parameters(), bg.Model.Parameters(), 1e-6)
		mbg, err := clv.FitMBGNBD(context.Background(), s, o)
		require.NoError(t, err, "%v", start)
		parametersWithin(t, mbgExact.Parameters(), mbg.Model.Parameters(), 1e-6)
		pareto, err := clv.FitParetoNBD(context.Background(), s, o)
		require.NoError(t, err, "%v", start)
		parametersWithin(t, paretoExact.Parameters(), pareto.Model.Parameters(), 1e-6)
	}
}

func TestTheUnitOfTimeDoesNotMatterToAFit(t *testing.T) {
	// Seconds and centuries: where CLVTools 0.12.1 ran off to an alpha of 1e267 on days and was right on weeks.
	weeks := cdnowSummary(t)
	for _, u := range []clv.Unit{clv.Day / 86400, clv.Day, clv.Month, 100 * clv.Year} {
		s, err := weeks.In(u)
		require.NoError(t, err)
		ratio := float64(clv.Week / u)
		bg := fitted[clv.BGNBD](t)(clv.FitBGNBD(context.Background(), s, nil))
		parametersWithin(t, []float64{bgExact.R, bgExact.Alpha * ratio, bgExact.A, bgExact.B}, bg.Model.Parameters(), 1e-6)
		mbg := fitted[clv.MBGNBD](t)(clv.FitMBGNBD(context.Background(), s, nil))
		parametersWithin(t, []float64{mbgExact.R, mbgExact.Alpha * ratio, mbgExact.A, mbgExact.B}, mbg.Model.Parameters(), 1e-6)
		pareto := fitted[clv.ParetoNBD](t)(clv.FitParetoNBD(context.Background(), s, nil))
		parametersWithin(t, []float64{paretoExact.R, paretoExact.Alpha * ratio, paretoExact.S, paretoExact.Beta * ratio}, pareto.Model.Parameters(), 1e-6)
		within(t, 1653.4087, sumExpected(bg.Model, s, 39*ratio), 1e-6, "forecast")
	}
}

func sumExpected(m clv.Model, s *clv.Summary, t float64) float64 {
	sum := 0.0
	for _, c := range s.Customers {
		sum += m.ConditionalExpected(c, t)
	}
	return sum
}
