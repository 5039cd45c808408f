package control_test

import (
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

// A baseline and then 60 looks, without a change; weeks of unequal size. The bar: at most .05 of the series ever get
// "real".
func TestJudgeFindsAChangeWhereThereIsNoneInAtMostFivePerCent(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 1))
	const runs, looks = 200, 60
	for _, baseline := range []int{8, 20} {
		for _, truth := range truths[:3] {
			real, watch := 0, 0
			for range runs {
				var periods []control.Period
				found := false
				for week := range baseline + looks {
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
			t.Logf("baseline %d, %s: real at any look %.4f, watch at one look %.4f", baseline, truth.name, float64(real)/runs, float64(watch)/runs/looks)
			assert.LessOrEqual(t, float64(real)/runs, .05, truth.name)
			assert.LessOrEqual(t, float64(watch)/runs/looks, map[int]float64{8: .20, 20: .07}[baseline], truth.name)
		}
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
// year.
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

// With excess variation between the weeks the plain interval would call it a change.
func TestJudgeAllowsForWeeksThatVaryMoreThanTheirSizes(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 1))
	const runs = 200
	real := 0
	excess := 0.0
	for range runs {
		var periods []control.Period
		found := false
		for week := range 50 {
			shift := .08 * r.NormFloat64()
			periods = append(periods, period(t, r, truth{"", min(max(.2-shift, 0), .5), min(max(.4+shift, 0), .5)}, 200))
			if week < 20 {
				continue
			}
			v, err := control.Judge(periods, &control.JudgeOptions{Baseline: 20})
			require.NoError(t, err)
			found = found || v.Answer == control.Real
			excess = v.Excess
		}
		if found {
			real++
		}
		assert.Greater(t, excess, 1.)
	}
	t.Logf("real at any look %.4f", float64(real)/runs)
	assert.LessOrEqual(t, float64(real)/runs, .08, "the baseline tells the excess only roughly")
}
