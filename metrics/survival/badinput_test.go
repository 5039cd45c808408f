package survival_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/survival"
)

func TestImpossibleTimesAreRefused(t *testing.T) {
	for name, s := range map[string]survival.Subject{
		"negative":           {Exit: -1},
		"NaN":                {Exit: math.NaN()},
		"infinite":           {Exit: math.Inf(1)},
		"beyond all units":   {Exit: math.MaxFloat64},
		"event before entry": {Entry: 5, Exit: 4, Cause: survival.Event},
		"event at entry":     {Entry: 5, Exit: 5},
		"negative entry":     {Entry: -1, Exit: 4},
		"NaN entry":          {Entry: math.NaN(), Exit: 4},
	} {
		for _, in := range [][]survival.Subject{{s}, {{Exit: 1}, s}} {
			_, err := survival.KaplanMeier(in, nil)
			assert.ErrorIs(t, err, survival.ErrSubject, name)
			_, err = survival.CumulativeIncidence(in, []string{"a"}, nil)
			assert.ErrorIs(t, err, survival.ErrSubject, name)
			_, err = survival.LogRank([]survival.Group{{"x", in}, {"y", in}})
			assert.ErrorIs(t, err, survival.ErrSubject, name)
		}
	}
}

func TestNoDataIsAnError(t *testing.T) {
	_, err := survival.KaplanMeier(nil, nil)
	assert.ErrorIs(t, err, metrics.ErrNoData)
	_, err = survival.CumulativeIncidence(nil, []string{"a"}, nil)
	assert.ErrorIs(t, err, metrics.ErrNoData)
	_, err = survival.Retention(nil, []survival.Window{survival.OnDay(1)}, 1, nil)
	assert.ErrorIs(t, err, metrics.ErrNoData)
	_, err = survival.LogRank(nil)
	assert.ErrorIs(t, err, metrics.ErrNoData)
	_, err = survival.LogRank([]survival.Group{{"a", []survival.Subject{{Exit: 1}}}, {"b", []survival.Subject{{Exit: 2}}}})
	assert.ErrorIs(t, err, metrics.ErrNoData, "no events")
	for _, e := range []func(*survival.Curve) (metrics.Estimate, error){
		(*survival.Curve).Median,
		func(c *survival.Curve) (metrics.Estimate, error) { return c.At(1) },
		func(c *survival.Curve) (metrics.Estimate, error) { return c.RestrictedMean(1) },
		func(c *survival.Curve) (metrics.Estimate, error) { return c.CumulativeHazard(1) },
	} {
		got, err := e(&survival.Curve{})
		assert.ErrorIs(t, err, metrics.ErrNoData)
		assert.True(t, math.IsNaN(got.Value))
	}
	_, err = new(survival.Incidence).At("a", 1)
	assert.Error(t, err)
}

func TestGroupsThatAreNeverAtRiskTogetherAreNotCompared(t *testing.T) {
	_, err := survival.LogRank([]survival.Group{
		{"early", []survival.Subject{{Exit: 1, Cause: survival.Event}, {Exit: 2, Cause: survival.Event}}},
		{"late", []survival.Subject{{Entry: 5, Exit: 6, Cause: survival.Event}, {Entry: 5, Exit: 7, Cause: survival.Event}}},
	})
	assert.ErrorIs(t, err, metrics.ErrNoData)

	// Two pairs, each of which is at risk together: the matrix has rank 2 of 3, but for rounding.
	r := rand.New(rand.NewPCG(11, 1))
	pair := func(from float64) survival.Group {
		g := survival.Group{Name: "pair"}
		for range 20 {
			g.Subjects = append(g.Subjects, survival.Subject{Entry: from + .5, Exit: from + 1 + r.Float64(), Cause: survival.Event})
		}
		return g
	}
	for range 500 {
		_, err = survival.LogRank([]survival.Group{pair(0), pair(0), pair(5), pair(5)})
		require.ErrorIs(t, err, metrics.ErrNoData)
	}
}

func TestASmallPIsNotZero(t *testing.T) {
	test := survival.LogRankTest{ChiSquare: 40, DF: 1, P: 2.5e-10}
	assert.Equal(t, "log-rank chi-square 40.00 on 1 df, p<0.0001", test.String())
}

func TestQuestionsBeyondTheDataAreErrors(t *testing.T) {
	curve, err := survival.KaplanMeier([]survival.Subject{{Exit: 3, Cause: survival.Event}, {Exit: 5}, {Exit: 9}}, &survival.Options{Unit: "days"})
	require.NoError(t, err)
	_, err = curve.At(10)
	assert.ErrorIs(t, err, survival.ErrHorizon)
	assert.ErrorContains(t, err, "the last is 9 days")
	_, err = curve.RestrictedMean(10)
	assert.ErrorIs(t, err, survival.ErrHorizon)
	_, err = curve.CumulativeHazard(10)
	assert.ErrorIs(t, err, survival.ErrHorizon)
	_, err = curve.Table(1, 10)
	assert.ErrorIs(t, err, survival.ErrHorizon)
	_, err = curve.Median()
	assert.ErrorIs(t, err, survival.ErrNotReached)
	for _, p := range []float64{0, 1, -1, math.NaN()} {
		_, err = curve.Quantile(p)
		assert.ErrorIs(t, err, metrics.ErrOption)
	}
	for _, x := range []float64{-1, math.NaN(), math.Inf(1)} {
		_, err = curve.At(x)
		assert.ErrorIs(t, err, metrics.ErrOption)
	}
	_, err = curve.RestrictedMean(0)
	assert.ErrorIs(t, err, metrics.ErrOption)
}

func TestACurveThatFallsToZeroTooEarlyIsAnError(t *testing.T) {
	_, err := survival.KaplanMeier([]survival.Subject{{Exit: 1, Cause: survival.Event}, {Entry: 2, Exit: 9}}, nil)
	assert.ErrorIs(t, err, survival.ErrRiskSet)
	_, err = survival.CumulativeIncidence([]survival.Subject{{Exit: 1, Cause: survival.Event}, {Entry: 2, Exit: 9}}, []string{"a"}, nil)
	assert.ErrorIs(t, err, survival.ErrRiskSet)
}

func TestBadOptionsAreErrors(t *testing.T) {
	one := []survival.Subject{{Exit: 1, Cause: 2}}
	for _, o := range []survival.Options{{Level: 95}, {Level: -1}, {Level: math.NaN()}, {Transform: 9}, {Transform: -1}} {
		_, err := survival.KaplanMeier(one, &o)
		assert.ErrorIs(t, err, metrics.ErrOption)
	}
	_, err := survival.CumulativeIncidence(one, []string{"a"}, nil)
	assert.ErrorIs(t, err, metrics.ErrOption, "cause 2 has no name")
	for _, n := range []int{0, 33} {
		_, err = survival.CumulativeIncidence(one, make([]string, n), nil)
		assert.ErrorIs(t, err, metrics.ErrOption)
	}
	_, err = survival.CumulativeIncidence(one, []string{"a", "b", "a"}, nil)
	assert.ErrorIs(t, err, metrics.ErrOption, "two causes of one name")
	customers := []survival.Customer{{Cohort: "a"}}
	for _, w := range []survival.Window{{From: -1}, {From: 3, To: 2}, {From: 1, To: 2, Open: true}} {
		_, err = survival.Retention(customers, []survival.Window{w}, 9, nil)
		assert.ErrorIs(t, err, metrics.ErrOption)
	}
	_, err = survival.Retention(customers, nil, 9, nil)
	assert.ErrorIs(t, err, metrics.ErrOption)
}

func TestOneSubjectAndAllAlikeWarn(t *testing.T) {
	curve, err := survival.KaplanMeier([]survival.Subject{{Exit: 4, Cause: survival.Event}}, nil)
	require.NoError(t, err)
	e, err := curve.At(4)
	require.NoError(t, err)
	assert.Zero(t, e.Value)
	assert.False(t, e.HasInterval())
	assert.True(t, e.Warnings.Has(metrics.WarnNoInterval))
	m, err := curve.Median()
	require.NoError(t, err)
	assert.Equal(t, 4., m.Value)
	assert.True(t, m.Warnings.Has(metrics.WarnFewAnswers|metrics.WarnOpenEnd))
	e, err = curve.At(1)
	require.NoError(t, err)
	assert.True(t, e.Warnings.Has(metrics.WarnZeroWidth|metrics.WarnFewAnswers))
}

// All three have left by one cause: the observed share of 1 has no standard error to tell the doubt.
func TestAnIncidenceOfAllHasNoInterval(t *testing.T) {
	all := []survival.Subject{{Exit: 1, Cause: 1}, {Exit: 2, Cause: 1}, {Exit: 4, Cause: 1}}
	x, err := survival.CumulativeIncidence(all, []string{"voluntary", "involuntary"}, nil)
	require.NoError(t, err)
	e, err := x.At("voluntary", 4)
	require.NoError(t, err)
	assert.InDelta(t, 1, e.Value, 1e-12)
	assert.False(t, e.HasInterval())
	assert.True(t, e.Warnings.Has(metrics.WarnNoInterval|metrics.WarnFewAnswers))
}

func TestResultsHaveAJSONForm(t *testing.T) {
	in := []survival.Subject{{Exit: 1, Cause: survival.Event}, {Exit: 4, Cause: survival.Event}}
	curve, err := survival.KaplanMeier(in, nil)
	require.NoError(t, err)
	b, err := json.Marshal(curve)
	require.NoError(t, err)
	assert.Contains(t, string(b), `"low":null`)
	assert.Contains(t, string(b), `"transform":"log-log"`)
	var back survival.Curve
	require.NoError(t, json.Unmarshal(b, &back))
	m, err := back.Median()
	require.NoError(t, err)
	assert.Equal(t, 2.5, m.Value)
	want, err := curve.Median()
	require.NoError(t, err)
	want.StdErr, m.StdErr = 0, 0 // NaN equals nothing
	assert.Equal(t, want, m, "a limit that does not exist is none after reading either")
	x, err := survival.CumulativeIncidence(in, []string{"a"}, nil)
	require.NoError(t, err)
	b, err = json.Marshal(x)
	require.NoError(t, err)
	assert.Contains(t, string(b), `"incidence":[0.5]`)
	table, err := survival.Retention([]survival.Customer{{Cohort: "a"}}, []survival.Window{survival.OnDay(7)}, 3, nil)
	require.NoError(t, err)
	b, err = json.Marshal(table)
	require.NoError(t, err)
	assert.Contains(t, string(b), `"value":null`)
	assert.Contains(t, string(b), `"windows":[{"from":7,"to":7}]`)
}

// TestAtTheEndOfTheStudyAllAreStillAtRisk: 100 contracts are watched for 365 days, ten end after 100: a subject censored at
// t is at risk at t, so that 90 are at risk on the last day.
func TestAtTheEndOfTheStudyAllAreStillAtRisk(t *testing.T) {
	subjects := make([]survival.Subject, 100)
	for i := range subjects {
		subjects[i] = survival.Subject{Exit: 365}
		if i < 10 {
			subjects[i] = survival.Subject{Exit: 100, Cause: survival.Event}
		}
	}
	curve, err := survival.KaplanMeier(subjects, nil)
	require.NoError(t, err)
	incidence, err := survival.CumulativeIncidence(subjects, []string{"cancelled"}, nil)
	require.NoError(t, err)
	for _, at := range []float64{0, 100, 364, 365} {
		e, err := curve.At(at)
		require.NoError(t, err)
		assert.False(t, e.Warnings.Has(metrics.WarnFewAnswers), "curve at %v: %v", at, e)
		e, err = incidence.At("cancelled", at)
		require.NoError(t, err)
		assert.False(t, e.Warnings.Has(metrics.WarnFewAnswers), "incidence at %v: %v", at, e)
	}
}
