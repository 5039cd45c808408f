package control_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/control"
)

func TestEveryChartHasATable(t *testing.T) {
	obs := []control.Observation{{Label: "=a", Value: 1}, {Label: "b", Value: 2}, {Label: "c", Value: 1}, {Label: "d", Value: 99}}
	single, err := control.Individuals(obs, &control.Options{Baseline: 3})
	require.NoError(t, err)
	cusum, err := control.CUSUM(obs, &control.Options{Baseline: 3})
	require.NoError(t, err)
	var b strings.Builder
	require.NoError(t, single.WriteCSV(&b))
	require.NoError(t, cusum.WriteCSV(&b))
	require.NoError(t, cusum.WriteMarkdown(&b))
	assert.Contains(t, b.String(), "'=a,1,", "a spreadsheet runs no formula")
	assert.Contains(t, b.String(), "d,99,")
	assert.Contains(t, b.String(), "| d |")
	assert.Equal(t, []int{3}, cusum.Signals())
	length, err := single.RunLength()
	require.NoError(t, err)
	assert.InEpsilon(t, 370.398, length, 1e-5, "1/(2 Φ(-3)), in every textbook 370")

	out, err := json.Marshal(single)
	require.NoError(t, err)
	assert.Contains(t, string(out), `"signal":"above"`)
	var back control.Chart
	require.NoError(t, json.Unmarshal(out, &back))
	assert.Equal(t, *single, back)
	_, err = control.Signal(7).MarshalText()
	require.ErrorIs(t, err, metrics.ErrOption)
	_, err = control.Answer(7).MarshalText()
	require.ErrorIs(t, err, metrics.ErrOption)
}

func TestTheSmallestNumberHasAMarkdownForm(t *testing.T) {
	chart := control.Chart{Name: "x", Points: []control.Point{{Label: "a", Value: 5e-324, Low: -12345.6, High: 1e300}}}
	var b strings.Builder
	require.NoError(t, chart.WriteMarkdown(&b))
	assert.Contains(t, b.String(), "| 5e-324 | -12350 | 1e+300 |")
}

func TestJudgeWritesLargeNumbersInDigits(t *testing.T) {
	var spend []control.Period
	for week := range 9 {
		spend = append(spend, control.Period{Label: "w", Estimate: metrics.Estimate{
			Metric: "spend", Unit: metrics.UnitMoney, Value: 12340 + float64(week%2), StdErr: 1, EffectiveN: 80, N: 80,
		}})
	}
	spend[8].Estimate.Value = 23450
	v, err := control.Judge(spend, nil)
	require.NoError(t, err)
	assert.Contains(t, v.String(), "spend really rose: from 12340 to 23450 (+11110 against", "four digits, no exponents")
}

// Shares and means are judged like points; where the unit has no range, unanimity cannot be widened.
func TestJudgeSpeaksTheUnitOfTheMetric(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 1))
	var shares, means []control.Period
	for week := range 16 {
		p := .2
		if week >= 8 {
			p = .5
		}
		x := 0
		for range 80 {
			if r.Float64() < p {
				x++
			}
		}
		e, err := metrics.Proportion(x, 80, nil)
		require.NoError(t, err)
		shares = append(shares, control.Period{Label: "w", Estimate: e})
		means = append(means, control.Period{Label: "w", Estimate: metrics.Estimate{
			Metric: "mean", Unit: metrics.UnitScore, Value: 3 + 4*e.Value, StdErr: .2, EffectiveN: 80, N: 80,
		}})
	}
	v, err := control.Judge(shares, nil)
	require.NoError(t, err)
	assert.Equal(t, control.Real, v.Answer)
	assert.Regexp(t, `^proportion really rose: from \d+\.\d % to \d+\.\d % \(\+\d+\.\d points `, v.String())
	v, err = control.Judge(means, nil)
	require.NoError(t, err)
	assert.Equal(t, control.Real, v.Answer)
	means[3].Estimate.StdErr = 0
	_, err = control.Judge(means, nil)
	assert.ErrorIs(t, err, control.ErrNoVariation)
}
