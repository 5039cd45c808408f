package survival_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/survival"
)

// random returns n subjects with ties; late makes half of them enter late.
func random(r *rand.Rand, n, causes int, late bool) []survival.Subject {
	s := make([]survival.Subject, n)
	for i := range s {
		s[i] = survival.Subject{Exit: float64(1 + r.IntN(30)), Cause: survival.Cause(r.IntN(causes + 1))}
		if late && r.IntN(2) == 0 {
			s[i].Entry = s[i].Exit * r.Float64() * .9
		}
	}
	return s
}

func TestWithoutCensoringTheCurveIsEmpirical(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 200 {
		n := 1 + r.IntN(60)
		times := make([]float64, n)
		s := make([]survival.Subject, n)
		for i := range s {
			times[i] = float64(r.IntN(40))
			s[i] = survival.Subject{Exit: times[i], Cause: survival.Event}
		}
		curve, err := survival.KaplanMeier(s, nil)
		require.NoError(t, err)
		sum := 0.0
		for _, x := range times {
			sum += x
		}
		for x := 0.; x <= 41; x++ {
			later := 0
			for _, y := range times {
				if y > x {
					later++
				}
			}
			e, err := curve.At(x)
			require.NoError(t, err)
			p := float64(later) / float64(n)
			require.InDelta(t, p, e.Value, 1e-12)
			require.InDelta(t, math.Sqrt(p*(1-p)/float64(n)), e.StdErr, 1e-12, "Greenwood is binomial")
		}
		slices.Sort(times)
		m, err := curve.Median()
		require.NoError(t, err)
		require.Equal(t, (times[(n-1)/2]+times[n/2])/2, m.Value, "sample median")
		mean, err := curve.RestrictedMean(50)
		require.NoError(t, err)
		require.InDelta(t, sum/float64(n), mean.Value, 1e-12*50, "sample mean")
	}
}

func TestTheOrderOfSubjectsChangesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 1))
	s := random(r, 5000, 2, true)
	want, err := survival.KaplanMeier(s, nil)
	require.NoError(t, err)
	shuffled := slices.Clone(s)
	r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	kept := slices.Clone(shuffled)
	got, err := survival.KaplanMeier(shuffled, nil)
	require.NoError(t, err)
	assert.Equal(t, want, got)
	assert.Equal(t, kept, shuffled, "arguments are not changed")
}

func TestStepsReconcile(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	for range 100 {
		s := random(r, 1+r.IntN(200), 2, false)
		x, err := survival.CumulativeIncidence(s, []string{"a", "b"}, nil)
		require.NoError(t, err)
		curve, err := survival.KaplanMeier(s, nil)
		require.NoError(t, err)
		left, last := len(s), 1.0
		for i, step := range curve.Steps {
			require.Equal(t, left, step.AtRisk)
			left -= step.Events + step.Censored
			require.LessOrEqual(t, step.Survival, last, "a curve never rises")
			last = step.Survival
			require.InDelta(t, step.Survival, x.Steps[i].Survival, 1e-12)
			require.InDelta(t, 1, x.Steps[i].Survival+x.Steps[i].Incidence[0]+x.Steps[i].Incidence[1], 1e-12, "survival and incidences sum to 1")
			if step.Survival > 0 {
				require.LessOrEqual(t, step.Low, step.Survival)
				require.GreaterOrEqual(t, step.High, step.Survival)
				require.GreaterOrEqual(t, step.Low, 0.)
				require.LessOrEqual(t, step.High, 1.)
			}
		}
		require.Zero(t, left)
	}
}

func TestOneCauseIsOneMinusKaplanMeierAndOtherwiseLess(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 1))
	s := random(r, 300, 1, false)
	x, err := survival.CumulativeIncidence(s, []string{"churn"}, nil)
	require.NoError(t, err)
	curve, err := survival.KaplanMeier(s, nil)
	require.NoError(t, err)
	for i, step := range curve.Steps {
		require.InDelta(t, 1-step.Survival, x.Steps[i].Incidence[0], 1e-12)
		require.InDelta(t, step.StdErr, x.Steps[i].StdErr[0], 1e-12)
	}

	two := random(r, 300, 2, false)
	x, err = survival.CumulativeIncidence(two, []string{"voluntary", "involuntary"}, nil)
	require.NoError(t, err)
	alone := slices.Clone(two)
	for i := range alone {
		if alone[i].Cause == 2 {
			alone[i].Cause = survival.Censored
		}
	}
	curve, err = survival.KaplanMeier(alone, nil)
	require.NoError(t, err)
	for i, step := range curve.Steps[2:] {
		require.Greater(t, 1-step.Survival, x.Steps[i+2].Incidence[0])
	}
}

func TestLateEntryOfEverybodyAtTheStartChangesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 1))
	s := random(r, 200, 1, false)
	want, err := survival.KaplanMeier(s, nil)
	require.NoError(t, err)
	for i := range s {
		s[i].Entry = 1e-9
	}
	got, err := survival.KaplanMeier(s, nil)
	require.NoError(t, err)
	assert.Equal(t, want, got)
}

// Exponential lifetimes of mean 10, uniform censoring and uniform late entry: the truth is exp(-t/10).
func TestTheIntervalCovers(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 1))
	const runs = 4000
	truth := math.Exp(-1)
	for _, tr := range []survival.Transform{survival.LogLog, survival.Log, survival.Logit} {
		covered, medians, means := 0, 0, 0
		for range runs {
			var s []survival.Subject
			for len(s) < 100 {
				exit, entry := 10*r.ExpFloat64(), max(0, 6*r.Float64()-4)
				if exit <= entry {
					continue // left before anybody watched
				}
				x := survival.Subject{Entry: entry, Exit: exit, Cause: survival.Event}
				if end := entry + 5 + 20*r.Float64(); end < exit {
					x.Exit, x.Cause = end, survival.Censored
				}
				s = append(s, x)
			}
			curve, err := survival.KaplanMeier(s, &survival.Options{Transform: tr})
			require.NoError(t, err)
			e, err := curve.At(10)
			require.NoError(t, err)
			if e.Low <= truth && truth <= e.High {
				covered++
			}
			m, err := curve.Median()
			require.NoError(t, err)
			if m.Low <= 10*math.Ln2 && 10*math.Ln2 <= m.High {
				medians++
			}
			mean, err := curve.RestrictedMean(10)
			require.NoError(t, err)
			if x := 10 * (1 - truth); mean.Low <= x && x <= mean.High {
				means++
			}
		}
		t.Logf("%s: S(10) %.4f, median %.4f, restricted mean %.4f", tr, float64(covered)/runs, float64(medians)/runs, float64(means)/runs)
		assert.InDelta(t, .95, float64(means)/runs, .02, "%s", tr)
		assert.InDelta(t, .95, float64(covered)/runs, .02, "%s", tr)
		assert.InDelta(t, .95, float64(medians)/runs, .02, "%s", tr)
	}
}

// Two causes with hazards .06 and .04: F1(10) = .6 (1 - exp(-1)).
func TestTheIntervalOfAnIncidenceCovers(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 1))
	const runs = 2000
	truth, covered := .6*(1-math.Exp(-1)), 0
	for range runs {
		s := make([]survival.Subject, 100)
		for i := range s {
			s[i] = survival.Subject{Exit: 10 * r.ExpFloat64(), Cause: 1}
			if r.Float64() < .4 {
				s[i].Cause = 2
			}
			if end := 5 + 20*r.Float64(); end < s[i].Exit {
				s[i] = survival.Subject{Exit: end}
			}
		}
		x, err := survival.CumulativeIncidence(s, []string{"voluntary", "involuntary"}, nil)
		require.NoError(t, err)
		e, err := x.At("voluntary", 10)
		require.NoError(t, err)
		if e.Low <= truth && truth <= e.High {
			covered++
		}
	}
	t.Logf("%.4f", float64(covered)/runs)
	assert.InDelta(t, .95, float64(covered)/runs, .02)
}

func TestTheLogRankTestRejectsFiveInAHundred(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 1))
	const runs = 4000
	rejected := 0
	for range runs {
		test, err := survival.LogRank([]survival.Group{{"a", random(r, 60, 1, false)}, {"b", random(r, 40, 1, false)}, {"c", random(r, 50, 1, false)}})
		require.NoError(t, err)
		sum := 0.0
		for _, g := range test.Groups {
			sum += float64(g.Observed) - g.Expected
		}
		require.InDelta(t, 0, sum, 1e-9)
		if test.P < .05 {
			rejected++
		}
	}
	assert.InDelta(t, .05, float64(rejected)/runs, .012)
}

func TestEveryCurveQuestionCarriesItsTerms(t *testing.T) {
	curve, err := survival.KaplanMeier(random(rand.New(rand.NewPCG(8, 1)), 100, 1, false), &survival.Options{Level: .9, Unit: "days"})
	require.NoError(t, err)
	at, err := curve.At(7)
	require.NoError(t, err)
	median, err := curve.Median()
	require.NoError(t, err)
	mean, err := curve.RestrictedMean(7)
	require.NoError(t, err)
	hazard, err := curve.CumulativeHazard(7)
	require.NoError(t, err)
	for _, e := range []metrics.Estimate{at, median, mean, hazard} {
		assert.NotEmpty(t, e.Metric)
		assert.NotEmpty(t, e.Method)
		assert.Contains(t, e.Definition, "days")
		assert.Equal(t, .9, e.Level)
		assert.Equal(t, 100, e.N)
		assert.Less(t, e.Low, e.Value)
		assert.Greater(t, e.High, e.Value)
	}
}

// By hand, on times 9 and 13 of eleven and ten at risk: H = 1/11 + 1/10, SE² = 1/121 + 1/100.
func TestNelsonAalenByHand(t *testing.T) {
	in := subjects([]float64{9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161}, []int{1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0})
	curve, err := survival.KaplanMeier(in, nil)
	require.NoError(t, err)
	h, err := curve.CumulativeHazard(13)
	require.NoError(t, err)
	assert.InDelta(t, 1./11+1./10, h.Value, 1e-15)
	assert.InDelta(t, math.Sqrt(1./121+1./100), h.StdErr, 1e-15)
	for _, step := range curve.Steps {
		h, err := curve.CumulativeHazard(step.Time)
		require.NoError(t, err)
		assert.GreaterOrEqual(t, math.Exp(-h.Value), step.Survival)
	}
	h, err = curve.CumulativeHazard(1)
	require.NoError(t, err)
	assert.True(t, h.Warnings.Has(metrics.WarnNoInterval))
}

func TestTransformsAreNamed(t *testing.T) {
	for tr := survival.LogLog; tr <= survival.Plain; tr++ {
		b, err := tr.MarshalText()
		require.NoError(t, err)
		var back survival.Transform
		require.NoError(t, back.UnmarshalText(b))
		assert.Equal(t, tr, back)
	}
	_, err := survival.Transform(9).MarshalText()
	assert.ErrorIs(t, err, metrics.ErrOption)
	assert.ErrorIs(t, new(survival.Transform).UnmarshalText([]byte("cubic")), metrics.ErrOption)
}
