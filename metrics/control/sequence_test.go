package control_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/control"
)

// truth is a distribution of answers over the bands.
type truth struct {
	name     string
	down, up float64 // shares of detractors and promoters
}

func (t truth) nps() float64 { return 100 * (t.up - t.down) }

// draw adds n answers to the counts of detractors, passives and promoters.
func (t truth) draw(r *rand.Rand, n int, c *[3]int) {
	for range n {
		switch u := r.Float64(); {
		case u < t.down:
			c[0]++
		case u < t.down+t.up:
			c[2]++
		default:
			c[1]++
		}
	}
}

var truths = []truth{{"typical", .15, .50}, {"polarised", .45, .45}, {"high", .01, .90}, {"extreme", .005, .97}, {"mostly passive", .05, .01}}

// A hundred looks, one every 50 of 5,000 answers. The bar: at most .05 of the runs ever exclude the truth; an ordinary
// interval is wrong at some look in more than a third of them.
func TestAlwaysValidIsWrongAtAnyOfAHundredLooksInAtMostFivePerCent(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	runs := 1000
	if testing.Short() {
		runs = 400
	}
	for _, truth := range truths {
		always, plain := 0, 0
		for range runs {
			var c [3]int
			var missed, missedPlain bool
			for range 100 {
				truth.draw(r, 50, &c)
				e, err := metrics.NPSOf(c[0], c[1], c[2], &metrics.NPSOptions{Method: metrics.NPSWald})
				require.NoError(t, err)
				valid, err := control.AlwaysValid(e, nil)
				require.NoError(t, err)
				missedPlain = missedPlain || truth.nps() < e.Low || truth.nps() > e.High
				missed = missed || truth.nps() < valid.Low || truth.nps() > valid.High
			}
			if missed {
				always++
			}
			if missedPlain {
				plain++
			}
		}
		t.Logf("%s: always valid %.4f, Wald %.4f", truth.name, float64(always)/float64(runs), float64(plain)/float64(runs))
		assert.LessOrEqual(t, float64(always)/float64(runs), .05, truth.name)
		assert.GreaterOrEqual(t, float64(plain)/float64(runs), .30, truth.name)
	}
}

// cusumBound is the most often that a CUSUM of [control.Judge] lies beyond its limit at one look, where nothing changes.
// With z standard normal about a centre that is off by r d standard deviations, d standard normal, one side sums
// z - κ + r d with κ = K + 2r. Read backwards, its value at a look is the largest partial sum so far, and with
// θ = 2(κ - r d) > 0 the exponential exp(θ S) of those sums is a martingale, so by Ville's inequality
//
//	P(S ever > H) <= exp(-2 H (κ - r d))                          and at most 1
//	its mean over d: exp(-2Hκ + 2H²r²) Φ(κ/r - 2Hr) + Φ(-κ/r)
//
// which is Lundberg's bound of the ruin of an insurer.
func cusumBound(r float64) float64 {
	const h, k = 5, .5
	kappa := k + 2*r
	return 2 * (math.Exp(-2*h*kappa+2*h*h*r*r)*normal(kappa/r-2*h*r) + normal(-kappa/r))
}

func normal(x float64) float64 { return math.Erfc(-x/math.Sqrt2) / 2 }

// After 8 to 200 periods of one size a chart signals at one look in a hundred at most; up to weeks with nine times the
// answers of the whole baseline (r is the standard error of the baseline in theirs) at one in twenty.
func TestTheBoundOfFalseAlarmsHoldsForEveryBaseline(t *testing.T) {
	for baseline := 8.; baseline <= 200; baseline++ {
		assert.LessOrEqual(t, 4*normal(-3)+cusumBound(1/math.Sqrt(baseline)), .01, baseline)
	}
	for r := .05; r <= 3; r += .05 {
		assert.LessOrEqual(t, 4*normal(-3)+cusumBound(r), .05, r)
	}
}

// A hundred and eighty weeks without a change, of unequal size, judged every week after the baseline. The bars: at most
// .05 of the series ever get "real"; and "watch", that one of three charts signals, comes at no more looks than the
// three together can give. Shewhart's chart and EWMA have limits of three standard deviations of what they draw, so
// each signals at 2 Φ(-3) = .0027 of the looks; for the CUSUM see cusumBound, with r = 1/sqrt(baseline). The sum is .009
// after 8 periods and .007 after 20. Excess, which is at least 1, makes it less.
func TestJudgeFindsAChangeWhereThereIsNoneInAtMostFivePerCent(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 1))
	const weeks = 180
	runs := 80
	if testing.Short() {
		runs = 40
	}
	for _, baseline := range []int{8, 20} {
		bound := 4*normal(-3) + cusumBound(1/math.Sqrt(float64(baseline)))
		require.Less(t, bound, .05)
		for _, truth := range truths[:3] {
			real, watch := 0, 0
			for range runs {
				var periods []control.Period
				found := false
				for week := range weeks {
					periods = append(periods, period(t, r, truth, 20+r.IntN(60)))
					if week < baseline {
						continue
					}
					v, err := control.Judge(periods, &control.JudgeOptions{Baseline: baseline})
					require.NoError(t, err)
					found = found || v.Answer == control.Real
					if v.Answer == control.Watch {
						watch++
					}
				}
				if found {
					real++
				}
			}
			looks := float64(runs * (weeks - baseline))
			t.Logf("baseline %d, %s: real at any look %.4f, watch at one look %.4f of %.4f", baseline, truth.name, float64(real)/float64(runs), float64(watch)/looks, bound)
			assert.LessOrEqual(t, float64(real)/float64(runs), .05, truth.name)
			assert.LessOrEqual(t, float64(watch)/looks, bound, truth.name)
		}
	}
}

// The charts with their defaults on 180 weeks of one truth, which all count as the baseline. Limits of three standard
// deviations signal at 2 Φ(-3) = .0027 of the weeks; where the moving ranges tell the standard deviation it is Student's
// t on (n-1)²/(2(.8264n - 1.082)) = 108 degrees that exceeds 3, .0034. The CUSUM is beyond its limit at 2 exp(-2kh) =
// 2 exp(-5) = .0135 of the weeks at most, by the bound above with r = 0. Standard errors of the means are .0004 to .001.
func TestChartsOf180WeeksWithoutChangeSignalInFewOfThem(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 1))
	const runs, weeks = 100, 180
	signals := map[string]int{}
	for range runs {
		obs := noise(r, weeks)
		events, sizes := make([]int, weeks), make([]int, weeks)
		for i := range events {
			sizes[i] = 200
			for range sizes[i] {
				events[i] += r.IntN(2)
			}
		}
		for _, draw := range []func() (*control.Chart, error){
			func() (*control.Chart, error) { return control.Shewhart(obs, nil) },
			func() (*control.Chart, error) { return control.Individuals(obs, nil) },
			func() (*control.Chart, error) { return control.EWMA(obs, nil) },
			func() (*control.Chart, error) { return control.PChart(events, sizes, nil) },
		} {
			c, err := draw()
			require.NoError(t, err)
			signals[c.Name] += len(c.Signals())
			assert.LessOrEqual(t, len(c.Signals()), 9, "%s: at most 5 %% of 180 weeks in every run", c.Name)
		}
		c, err := control.CUSUM(obs, nil)
		require.NoError(t, err)
		signals["CUSUM"] += len(c.Signals())
	}
	t.Log(signals)
	for name, most := range map[string]float64{"Shewhart chart": .0027, "individuals chart": .0034, "EWMA": .0027, "p-chart": .0027, "CUSUM": .0135} {
		assert.LessOrEqual(t, float64(signals[name])/runs/weeks, most+.001, name)
	}
}

func period(t *testing.T, r *rand.Rand, truth truth, n int) control.Period {
	var c [3]int
	truth.draw(r, n, &c)
	e, err := metrics.NPSOf(c[0], c[1], c[2], nil)
	require.NoError(t, err)
	return control.Period{Label: "week", Estimate: e}
}

// Typical answers fall from +35 to +20, 50 a week after a baseline of 20 weeks: the verdict must come within half a
// year. One answer has a standard deviation of 73 points before and 77 after, so that after 26 weeks SE is 3.1; the
// interval reaches 3.03 SE, and the last look alone finds it with the chance Φ((15 - 3.03·3.1)/3.1) = .96. An Excess of 1.2 for noise
// makes that .87.
func TestJudgeFindsARealChange(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	const runs = 100
	found, weeks := 0, 0
	for range runs {
		var periods []control.Period
		for range 20 {
			periods = append(periods, period(t, r, truth{"", .15, .50}, 50))
		}
		for week := range 26 {
			periods = append(periods, period(t, r, truth{"", .22, .42}, 50))
			v, err := control.Judge(periods, &control.JudgeOptions{Baseline: 20})
			require.NoError(t, err)
			if v.Answer == control.Real {
				assert.Negative(t, v.Change.Value)
				assert.Contains(t, v.Sentence, "fell")
				found++
				weeks += week + 1
				break
			}
		}
	}
	t.Logf("found %d of %d, after %.1f weeks on average", found, runs, float64(weeks)/float64(found))
	assert.GreaterOrEqual(t, found, 80*runs/100)
}

// Where weeks vary beyond their sizes the plain interval would call it a change. The bar is that of weeks that do not.
func TestJudgeAllowsForWeeksThatVaryMoreThanTheirSizes(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 1))
	const runs = 200
	for _, baseline := range []int{8, 20} {
		real := 0
		excess := 0.0
		for range runs {
			var periods []control.Period
			found := false
			for week := range baseline + 40 {
				shift := .08 * r.NormFloat64()
				periods = append(periods, period(t, r, truth{"", min(max(.2-shift, 0), .5), min(max(.4+shift, 0), .5)}, 200))
				if week < baseline {
					continue
				}
				v, err := control.Judge(periods, &control.JudgeOptions{Baseline: baseline})
				require.NoError(t, err)
				found = found || v.Answer == control.Real
				excess = v.Excess
			}
			if found {
				real++
			}
			assert.Greater(t, excess, 1.)
		}
		t.Logf("baseline %d: real at any look %.4f", baseline, float64(real)/runs)
		assert.LessOrEqual(t, float64(real)/runs, .05)
	}
}

// The limits after the baseline are those of the difference from a mean that is itself an estimate: by brute force,
// the variance of Σ λ(1-λ)^(i-j) x_j - A c over all weights of all weeks, where weeks have unequal sizes.
func TestJudgesLimitsAllowForTheErrorOfTheBaseline(t *testing.T) {
	const baseline, weeks, lambda = 8, 14, .2
	r := rand.New(rand.NewPCG(13, 1))
	periods := make([]control.Period, weeks)
	n, sum := make([]float64, weeks), 0.0
	for i := range periods {
		n[i] = float64(20 + r.IntN(60))
		if i < baseline {
			sum += n[i]
		}
		periods[i].Estimate = metrics.Estimate{Metric: "hours", Unit: metrics.UnitScore, Value: 3, StdErr: 2 / math.Sqrt(n[i]), EffectiveN: n[i], N: int(n[i])}
	}
	v, err := control.Judge(periods, nil)
	require.NoError(t, err)
	require.Equal(t, 1., v.Excess)
	for i := range periods {
		var single, average float64
		for j := range weeks {
			c := 0.0
			if j < baseline {
				c = n[j] / sum
			}
			weight := 0.0
			if j <= i {
				weight = lambda * math.Pow(1-lambda, float64(i-j))
			}
			own := 0.0
			if j == i {
				own = 1
			}
			single += (own - c) * (own - c) * 4 / n[j]
			average += math.Pow(weight-(1-math.Pow(1-lambda, float64(i+1)))*c, 2) * 4 / n[j]
		}
		assert.InDelta(t, 3+3*math.Sqrt(single), v.Shewhart.Points[i].High, 1e-12)
		assert.InDelta(t, 3-3*math.Sqrt(average), v.EWMA.Points[i].Low, 1e-12)
	}
}
