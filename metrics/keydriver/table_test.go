package keydriver_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/keydriver"
)

func TestEveryResultHasATableAndAJSONForm(t *testing.T) {
	outcome, drivers := panel()
	drivers[0].Key = "=search"
	a, err := keydriver.Analyze(t.Context(), outcome, drivers, &keydriver.Options{WithoutLMG: true})
	require.NoError(t, err)
	places, err := a.ImportancePerformance(nil)
	require.NoError(t, err)
	moments, err := a.MomentsOfTruth(nil)
	require.NoError(t, err)
	regression, err := keydriver.Regress(t.Context(), outcome, drivers, nil)
	require.NoError(t, err)
	coefficients := regression.Table()

	for name, write := range map[string]func(*strings.Builder) error{
		"analysis":     func(b *strings.Builder) error { return a.WriteCSV(b) },
		"places":       func(b *strings.Builder) error { return places.WriteCSV(b) },
		"moments":      func(b *strings.Builder) error { return moments.WriteCSV(b) },
		"coefficients": func(b *strings.Builder) error { return coefficients.WriteCSV(b) },
	} {
		var b strings.Builder
		require.NoError(t, write(&b), name)
		assert.Contains(t, b.String(), "'=search,", name)
		assert.NotContains(t, b.String(), "NaN", name)
	}
	for _, x := range []any{a, places, moments, regression} {
		_, err := json.Marshal(x)
		require.NoError(t, err)
	}
	b, err := json.Marshal(a)
	require.NoError(t, err)
	assert.Contains(t, string(b), `"lmg":null`)
	assert.Empty(t, moments.NotMeasured)

	_, err = keydriver.Quadrant(9).MarshalText()
	require.ErrorIs(t, err, metrics.ErrOption)
	var q keydriver.Quadrant
	require.NoError(t, q.UnmarshalText([]byte("keep-up")))
	assert.Equal(t, keydriver.KeepUp, q)
}
