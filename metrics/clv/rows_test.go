package clv_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/clv"
)

func TestEveryResultHasATableAndAJSONForm(t *testing.T) {
	wide := func(heads int, write func(b *strings.Builder) error) {
		t.Helper()
		var b strings.Builder
		require.NoError(t, write(&b))
		lines := strings.Split(strings.TrimSpace(b.String()), "\n")
		require.Len(t, lines, 2)
		for _, line := range lines {
			assert.Equal(t, heads-1, strings.Count(line, ","), line)
		}
		assert.NotContains(t, lines[0], ",,", "each column has a heading")
	}
	wide(6, func(b *strings.Builder) error { return clv.WriteCSV(b, []clv.Customer{{ID: "=a"}}) })
	wide(7, func(b *strings.Builder) error { return clv.WriteCSV(b, []clv.Prediction{{ID: "a", CLV: math.NaN()}}) })
	wide(5, func(b *strings.Builder) error { return clv.WriteCSV(b, []clv.HoldoutRow{{}}) })
	wide(5, func(b *strings.Builder) error { return clv.WriteCSV(b, []clv.TrackRow{{Until: holdoutEnd}}) })
	wide(6, func(b *strings.Builder) error { return clv.WriteCSV(b, []clv.Ranked{{Status: clv.Converged}}) })
	wide(4, func(b *strings.Builder) error { return clv.WriteCSV(b, []clv.AliveShare{{}}) })
	wide(3, func(b *strings.Builder) error { return clv.WriteCSV(b, []clv.FrequencyRow{{}}) })
	wide(5, func(b *strings.Builder) error { return clv.WriteCSV(b, []clv.RFM{{}}) })
	wide(14, func(b *strings.Builder) error { return clv.WriteCSV(b, []clv.GroupValue{{}}) })
	wide(4, func(b *strings.Builder) error { return clv.WriteCSV(b, []clv.Drift{{}}) })
	wide(6, func(b *strings.Builder) error { return clv.WriteCSV(b, []clv.Choice{{Contract: true}}) })

	var b strings.Builder
	e := metrics.Estimate{Value: .25, Low: math.NaN(), High: math.NaN()}
	require.NoError(t, clv.WriteMarkdown(&b, []clv.HoldoutRow{{Frequency: 3, Actual: e, Expected: .2612345678}}))
	assert.Contains(t, b.String(), "| frequency | actual | actual-low | actual-high | expected |")
	assert.Contains(t, b.String(), "| 3 | 0.25 |  |  | 0.261235 |")

	for _, v := range []any{clv.Prediction{CLV: math.NaN()}, clv.Prospect{Net: math.NaN()}, clv.Drift{Z: math.NaN()}} {
		text, err := json.Marshal(v)
		require.NoError(t, err)
		assert.Contains(t, string(text), "null")
	}
	text, err := json.Marshal(clv.Customer{ID: "a", Frequency: 1, Recency: 2, Age: 3})
	require.NoError(t, err)
	assert.JSONEq(t, `{"id":"a","frequency":1,"recency":2,"age":3,"mean-spend":0}`, string(text))
	_, err = json.Marshal(clv.Overview{RepeatRate: e})
	require.NoError(t, err)
	_, err = json.Marshal(clv.Predictions{Customers: []clv.Prediction{{Spend: math.NaN()}}})
	require.NoError(t, err)
}
