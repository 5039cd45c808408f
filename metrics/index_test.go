package metrics_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
)

func TestBalanceCoversWithAnyWeight(t *testing.T) {
	const n = 30
	truths := [][2]float64{{.15, .5}, {.45, .45}, {.05, .2}, {.3, .3}, {.1, .8}} // bad, good
	for _, w := range []float64{1, 2, 3.5} {
		mean := 0.
		for _, truth := range truths {
			covered := 0.
			value := truth[1] - w*truth[0]
			bad := binomialShares(n, truth[0])
			for b := range bad {
				good := binomialShares(n-b, truth[1]/(1-truth[0]))
				for g := range good {
					e, err := metrics.Balance(b, n-b-g, g, &metrics.BalanceOptions{BadWeight: w})
					require.NoError(t, err)
					require.True(t, e.Low <= e.Value && e.Value <= e.High)
					if e.Low <= value && value <= e.High {
						covered += bad[b] * good[g]
					}
				}
			}
			assert.Greater(t, covered, .9, "%v %v", w, truth)
			mean += covered / float64(len(truths))
		}
		assert.InDelta(t, .95, mean, .012, w)
	}
}

func TestBalanceOfWeightOneIsTheNetScore(t *testing.T) {
	b, err := metrics.Balance(10, 30, 60, nil)
	require.NoError(t, err)
	nps, err := metrics.NPSOf(10, 30, 60, &metrics.NPSOptions{Method: metrics.NPSWald})
	require.NoError(t, err)
	assert.InDelta(t, nps.Value/100, b.Value, 1e-15)
	assert.InDelta(t, nps.StdErr/100, b.StdErr, 1e-15)
	heavier, err := metrics.Balance(10, 30, 60, &metrics.BalanceOptions{BadWeight: 2})
	require.NoError(t, err)
	assert.InDelta(t, .4, heavier.Value, 1e-15)
	_, err = metrics.Difference(b, heavier)
	require.ErrorIs(t, err, metrics.ErrMismatch, "another weight is another metric")
	for want, c := range map[error][4]float64{metrics.ErrNoData: {0, 0, 0, 1}, metrics.ErrCount: {-1, 2, 2, 1}, metrics.ErrOption: {1, 2, 3, -1}} {
		_, err := metrics.Balance(int(c[0]), int(c[1]), int(c[2]), &metrics.BalanceOptions{BadWeight: c[3]})
		require.ErrorIs(t, err, want)
	}
}

func TestIndexIsTheSumOfItsParts(t *testing.T) {
	nps, err := metrics.NPSOf(10, 30, 60, nil)
	require.NoError(t, err)
	wait, err := metrics.Describe([]float64{12, 15, 9, 14, 10, 12, 11, 13}, nil)
	require.NoError(t, err)
	measures := []metrics.IndexMeasure{
		{Name: "NPS", Estimate: nps, Floor: 0, Target: 80, Weight: 3},
		{Name: "wait", Estimate: wait.Mean, Floor: 20, Target: 5, Weight: 1}, // minutes, low is good
		{Name: "unused", Estimate: nps, Floor: 0, Target: 80, Weight: 0},
	}
	r, err := metrics.Index(measures)
	require.NoError(t, err)
	// 50 of 80 with weight 3/4, and (20-12)/15 with weight 1/4.
	assert.InDelta(t, .75*.625+.25*8/15, r.Index.Value, 1e-15)
	sum, lost := 0., 0.
	for _, p := range r.Parts {
		sum += p.Contribution
		lost += p.Lost
	}
	assert.InDelta(t, r.Index.Value, sum, 1e-15)
	assert.InDelta(t, 1-r.Index.Value, lost, 1e-15)
	assert.InDelta(t, r.Index.Value-math.Hypot(.75*(50-nps.Low)/80, .25*(wait.Mean.High-12)/15), r.Index.Low, 1e-14)
	assert.InDelta(t, r.Index.Value+math.Hypot(.75*(nps.High-50)/80, .25*(12-wait.Mean.Low)/15), r.Index.High, 1e-14)
	assert.Equal(t, 8, r.Index.N)
	b, err := json.Marshal(r)
	require.NoError(t, err)
	assert.Contains(t, string(b), `"contribution":`)
	assert.Len(t, r.Table().Rows, 4)

	// A first measure without weight and without interval does not take the level from the others.
	one, err := metrics.CES2([]int{5}, nil)
	require.NoError(t, err)
	led, err := metrics.Index(append([]metrics.IndexMeasure{{Name: "one answer", Estimate: one, Floor: 1, Target: 7}}, measures...))
	require.NoError(t, err)
	assert.Equal(t, .95, led.Index.Level)
	assert.Equal(t, r.Index.Low, led.Index.Low)
	assert.Equal(t, 8, led.Index.N)
	assert.Equal(t, r.Index.Warnings, led.Index.Warnings)
	weighted, err := metrics.NPSOfWeights(10, 30, 60, 100, 40, nil)
	require.NoError(t, err)
	led, err = metrics.Index([]metrics.IndexMeasure{{Name: "NPS", Estimate: weighted, Target: 80, Weight: 1}})
	require.NoError(t, err)
	assert.Equal(t, 40., led.Index.EffectiveN)
	for _, e := range []metrics.Estimate{{}, {Metric: "x", Value: math.Inf(1), N: 3}} {
		_, err = metrics.Index([]metrics.IndexMeasure{{Name: "none", Estimate: e, Target: 1, Weight: 1}})
		require.ErrorIs(t, err, metrics.ErrNoData, "%+v", e)
	}
	measures[1].Target = 20
	_, err = metrics.Index(measures)
	require.ErrorIs(t, err, metrics.ErrOption)
	_, err = metrics.Index(nil)
	require.ErrorIs(t, err, metrics.ErrNoData)
	_, err = metrics.Index([]metrics.IndexMeasure{{Name: "none", Estimate: metrics.Estimate{Value: math.NaN()}, Target: 1, Weight: 1}})
	require.ErrorIs(t, err, metrics.ErrNoData)
	_, err = metrics.Index([]metrics.IndexMeasure{{Name: "weightless", Estimate: nps, Target: 1}})
	require.ErrorIs(t, err, metrics.ErrOption)
}

var threeQuestions = []metrics.IndexQuestion{
	{Name: "met needs", Bands: metrics.Bands{Scale: cxmodel.Scale{Min: 1, Max: 5}, Passive: 3, Promoter: 4}, Weight: 1},
	{Name: "easy", Bands: metrics.Bands{Scale: cxmodel.Scale{Min: 1, Max: 5}, Passive: 3, Promoter: 4}, Weight: 1},
	{Name: "effort", Bands: metrics.Bands{Scale: cxmodel.Scale{Min: 1, Max: 5, LowIsGood: true}, Passive: 3, Promoter: 2}, Weight: 1},
}

// By hand: good less bad is (3-1)/4, (2-1)/4 and (1-2)/4, mean 1/6; with bad answers counted twice 1/4, 0 and -3/4.
func TestAnswerIndexIsTheMeanOfGoodLessBad(t *testing.T) {
	rows := [][]float64{{5, 4, 1}, {4, 3, 5}, {4, 5, 4}, {1, 2, 3}, {5, math.NaN(), 1}, {9, 5, 1}}
	r, err := metrics.AnswerIndex(rows, threeQuestions, nil)
	require.NoError(t, err)
	assert.InDelta(t, 1./6, r.Index.Value, 1e-15)
	assert.Equal(t, []int{4, 1, 1}, []int{r.Index.N, r.Index.Missing, r.Index.OffScale})
	assert.InDelta(t, .5, r.Parts[0].Score, 1e-15)
	assert.InDelta(t, -.25, r.Parts[2].Score, 1e-15)
	r, err = metrics.AnswerIndex(rows, threeQuestions, &metrics.BalanceOptions{BadWeight: 2})
	require.NoError(t, err)
	assert.InDelta(t, (.25+0-.75)/3, r.Index.Value, 1e-15)
	sum := 0.
	for _, p := range r.Parts {
		sum += p.Contribution
	}
	assert.InDelta(t, r.Index.Value, sum, 1e-15)
}

// Answers of one respondent hang together, so the interval must be that of respondents.
func TestAnswerIndexCovers(t *testing.T) {
	r := rand.New(rand.NewPCG(27, 28))
	draw := func(n int) [][]float64 {
		rows := make([][]float64, n)
		for i := range rows {
			mood := r.NormFloat64()
			for range 3 {
				rows[i] = append(rows[i], min(max(math.Round(3.4+mood+.5*r.NormFloat64()), 1), 5))
			}
		}
		return rows
	}
	truth, err := metrics.AnswerIndex(draw(200_000), threeQuestions, nil)
	require.NoError(t, err)
	const draws = 2000
	held := 0
	for range draws {
		e, err := metrics.AnswerIndex(draw(60), threeQuestions, nil)
		require.NoError(t, err)
		if e.Index.Low <= truth.Index.Value && truth.Index.Value <= e.Index.High {
			held++
		}
	}
	assert.InDelta(t, .95, float64(held)/draws, .018)
}

func TestAnswerIndexRefusesBadInput(t *testing.T) {
	_, err := metrics.AnswerIndex([][]float64{{1, 2}}, threeQuestions, nil)
	require.ErrorIs(t, err, metrics.ErrMismatch)
	_, err = metrics.AnswerIndex(nil, threeQuestions, nil)
	require.ErrorIs(t, err, metrics.ErrNoData)
	_, err = metrics.AnswerIndex(nil, nil, nil)
	require.ErrorIs(t, err, metrics.ErrOption)
	_, err = metrics.AnswerIndex(nil, []metrics.IndexQuestion{{Name: "no bands", Weight: 1}}, nil)
	require.ErrorIs(t, err, metrics.ErrBands)
}
