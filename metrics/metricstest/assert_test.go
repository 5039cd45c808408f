package metricstest_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/metricstest"
)

// fake is a test that only listens.
type fake struct {
	testing.TB
	said []string
}

func (f *fake) Helper() {}
func (f *fake) Errorf(format string, args ...any) {
	f.said = append(f.said, fmt.Sprintf(format, args...))
}
func (f *fake) text() string { return strings.Join(f.said, "\n") }

func nps(t *testing.T, d, m, p int) metrics.Estimate {
	t.Helper()
	e, err := metrics.NPSOf(d, m, p, nil)
	require.NoError(t, err)
	return e
}

func share(t *testing.T, x, n int) metrics.Estimate {
	t.Helper()
	e, err := metrics.Proportion(x, n, nil)
	require.NoError(t, err)
	return e
}

func mean(t *testing.T, scores ...float64) metrics.Estimate {
	t.Helper()
	e, err := metrics.Mean(scores, zeroToTen, nil)
	require.NoError(t, err)
	return e
}

// binomial draws the number of successes of n.
func binomial(r *rand.Rand, n int, p float64) int {
	x := 0
	for range n {
		if r.Float64() < p {
			x++
		}
	}
	return x
}

func TestPlausibleFailsAsOftenAsAlphaSays(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	const draws = 4000
	opts := &metricstest.Options{Alpha: .05}
	var shares, scores, wrong fake
	for range draws {
		metricstest.Plausible(&shares, share(t, binomial(r, 80, .1), 80), .1, opts)
		d := binomial(r, 200, .15)
		p := binomial(r, 200-d, .5/.85)
		metricstest.Plausible(&scores, nps(t, d, 200-d-p, p), 35, opts)
		metricstest.Plausible(&wrong, nps(t, d, 200-d-p, p), 60, opts)
	}
	assert.LessOrEqual(t, float64(len(shares.said))/draws, .05, "the exact test is on the safe side")
	assert.Greater(t, float64(len(shares.said))/draws, .02)
	assert.InDelta(t, .05, float64(len(scores.said))/draws, .0104) // three binomial errors
	assert.Greater(t, float64(len(wrong.said))/draws, .99)
}

// With four normal numbers the interval is Student's t on 3 degrees of freedom. Beyond 12.92 standard errors lie .001 of the
// estimates; the interval drawn out as a normal one, to 3.29/1.96 of 3.182, leaves .013 outside.
func TestPlausibleOfAFewNumbersKnowsStudent(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	const draws = 20_000
	var f fake
	for range draws {
		d, err := metrics.Describe([]float64{r.NormFloat64(), r.NormFloat64(), r.NormFloat64(), r.NormFloat64()}, nil)
		require.NoError(t, err)
		metricstest.Plausible(&f, d.Mean, 0, &metricstest.Options{Alpha: .001})
	}
	assert.InDelta(t, 20, len(f.said), 18) // 20 expected, four Poisson errors; by the normal tail it would be about 260
}

// A share from censored times is not a count of answers, even where it happens to be one of ten: its interval decides.
func TestPlausibleTakesOnlyCountsForCounts(t *testing.T) {
	e := metrics.Estimate{Metric: "survival", Unit: metrics.UnitShare, Value: .5, Low: .05, High: .9, Level: .95, N: 10, EffectiveN: 10, Method: "Kaplan-Meier, log-log"}
	var f fake
	assert.True(t, metricstest.Plausible(&f, e, .01, nil), f.text()) // 5 of 10 at 1 % has the chance 2.4e-8
}

func TestPlausibleShowsTruthAndEstimate(t *testing.T) {
	var f fake
	assert.False(t, metricstest.Plausible(&f, nps(t, 100, 300, 600), 30, nil))
	assert.Contains(t, f.text(), "metricstest: NPS could hardly come from the truth\n  truth:    30\n")
	assert.Contains(t, f.text(), "NPS +50 (95 % CI +46..+54, n=1000, score)")
	assert.True(t, metricstest.Plausible(&f, nps(t, 100, 300, 600), 48, nil))
	assert.Len(t, f.said, 1)
}

func TestPlausibleAtTheEndsOfTheRange(t *testing.T) {
	for _, c := range []struct {
		e     metrics.Estimate
		truth float64
		want  bool
	}{
		{share(t, 0, 1000), 0, true}, {share(t, 1, 1000), 0, false}, {share(t, 1000, 1000), 1, true}, {share(t, 999, 1000), 1, false},
		{share(t, 0, 1000), .01, true},   // .99^1000 = 4.3e-5, twice that is above 1e-6
		{share(t, 0, 1000), .015, false}, // .985^1000 = 2.7e-7
		{share(t, 5, 10), 1.5, false}, {nps(t, 0, 0, 50), 100, true}, {nps(t, 0, 0, 50), 99, true}, {nps(t, 0, 50, 0), 0, true},
	} {
		var f fake
		assert.Equal(t, c.want, metricstest.Plausible(&f, c.e, c.truth, nil), "%v from %v: %s", c.e, c.truth, f.text())
	}
}

func TestAssertionsRefuseWhatTheyCannotJudge(t *testing.T) {
	lost, err := metrics.ChurnOverStart(5, 10)
	require.NoError(t, err)
	none, _ := metrics.NPSOf(0, 0, 0, nil)
	ok := nps(t, 10, 30, 60)
	for _, c := range []struct {
		run  func(tb testing.TB) bool
		text string
	}{
		{func(tb testing.TB) bool { return metricstest.Plausible(tb, lost, .5, nil) }, "no interval"},
		{func(tb testing.TB) bool { return metricstest.Plausible(tb, none, .5, nil) }, "no value"},
		{func(tb testing.TB) bool { return metricstest.Plausible(tb, ok, math.NaN(), nil) }, "truth is NaN"},
		{func(tb testing.TB) bool { return metricstest.Plausible(tb, ok, 50, &metricstest.Options{Alpha: 1}) }, "alpha 1"},
		{func(tb testing.TB) bool { return metricstest.Plausible(tb, share(t, 3, 9), 35, nil) }, "write .35 for 35 %"},
		{func(tb testing.TB) bool { return metricstest.NotWorse(tb, ok, share(t, 1, 2), 3, nil) }, "not comparable"},
		{func(tb testing.TB) bool { return metricstest.Plausible(tb, mean(t, 10, 10, 10), 9.9, nil) }, "no width"},
		{func(tb testing.TB) bool {
			return metricstest.NonInferior(tb, mean(t, 10, 10), mean(t, 9, 8, 9), .5, nil)
		}, "no width"},
		{func(tb testing.TB) bool {
			return metricstest.NotWorse(tb, mean(t, 9, 8, 9), mean(t, 10, 10), .1, nil)
		}, "no width"},
		{func(tb testing.TB) bool { return metricstest.NotWorse(tb, ok, none, 3, nil) }, "not available"},
		{func(tb testing.TB) bool { return metricstest.NonInferior(tb, ok, ok, -3, nil) }, "margin -3"},
		{func(tb testing.TB) bool {
			return metricstest.NonInferior(tb, ok, ok, 3, &metricstest.Options{Alpha: -1})
		}, "alpha -1"},
	} {
		var f fake
		assert.False(t, c.run(&f))
		assert.Contains(t, f.text(), c.text)
	}
}

// At the margin itself each errs with its alpha: there NotWorse still holds, and NonInferior does not yet.
func TestComparisonsErrAsOftenAsAlphaSays(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	const draws, n = 4000, 400
	opts := &metricstest.Options{Alpha: .05}
	passed, failed := 0, 0
	for range draws {
		baseline := share(t, binomial(r, n, .8), n)
		got := share(t, binomial(r, n, .75), n)
		if !metricstest.NotWorse(&fake{}, got, baseline, .05, opts) {
			failed++
		}
		if metricstest.NonInferior(&fake{}, got, baseline, .05, opts) {
			passed++
		}
	}
	assert.InDelta(t, .05, float64(failed)/draws, .0104) // three binomial errors
	assert.InDelta(t, .05, float64(passed)/draws, .0104)
}

func TestFewAnswersPassOneAndFailTheOther(t *testing.T) {
	var f fake
	few, many := nps(t, 2, 3, 5), nps(t, 100, 300, 600)
	assert.True(t, metricstest.NotWorse(&f, few, many, 3, nil))
	assert.False(t, metricstest.NonInferior(&f, few, many, 3, nil))
	assert.Contains(t, f.text(), "got:        NPS +30 (95 % CI")
	assert.Contains(t, f.text(), "baseline:   NPS +50 (95 % CI")
	assert.Contains(t, f.text(), "difference: NPS difference -20 (98 % CI")

	worse := nps(t, 200, 300, 500)
	f = fake{}
	assert.False(t, metricstest.NotWorse(&f, share(t, 60, 100), share(t, 900, 1000), .05, nil))
	assert.Contains(t, f.text(), "is more than 5 % worse than the baseline\n")
	assert.Regexp(t, `it is worse by at least 1\d\.\d+ %, one-sided at alpha 0\.01`, f.text())

	f = fake{}
	assert.False(t, metricstest.NotWorse(&f, worse, many, 3, nil))
	assert.Contains(t, f.text(), "NPS is more than 3 worse than the baseline\n")
	assert.True(t, metricstest.NotWorse(&f, worse, many, 30, nil))
	assert.True(t, metricstest.NonInferior(&f, worse, many, 30, nil))
	assert.True(t, metricstest.NotWorse(&f, worse, many, 3, &metricstest.Options{LowIsGood: true}))
	assert.False(t, metricstest.NotWorse(&f, many, worse, 3, &metricstest.Options{LowIsGood: true}))
}
