package metrics_test

import (
	"math"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
)

// Who imports package metrics downloads the standard library, the root package with uuid, and x/exp.
func TestImportGraph(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("the go command is not there to list the imports")
	}
	out, err := exec.Command("go", "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", ".").Output()
	require.NoError(t, err)
	for _, path := range strings.Fields(string(out)) {
		ours := path == "github.com/cxmodel/cxmodel" || path == "github.com/cxmodel/cxmodel/metrics" || strings.HasPrefix(path, "github.com/cxmodel/cxmodel/internal/")
		assert.True(t, ours || path == "github.com/google/uuid" || path == "golang.org/x/exp/constraints", path)
		assert.NotContains(t, path, "internal/codec", "metrics knows no files")
	}
}

// One table over the functions that take slices: they change nothing and keep nothing.
func TestArgumentsAreNeverChanged(t *testing.T) {
	scores := []float64{1, 2.5, math.NaN(), 9, 5, 4}
	days := []metrics.Activity{{Start: 0, Days: []int{7, 3}}}
	counts := []int{3, 1, 2, 4, 5}
	revenue := []float64{5, 6}
	labels := []string{"a"}
	table := metrics.Table{Labels: []string{"x"}}
	opts := metrics.NPSOptions{Level: .9}
	var tally *metrics.Tally
	for name, f := range map[string]func(){
		"NPS":      func() { _, _ = metrics.NPS(scores, &opts) },
		"ENPS":     func() { _, _ = metrics.ENPS(scores, &opts) },
		"CSAT":     func() { _, _ = metrics.CSAT(scores, oneToFive, nil) },
		"MeanCSAT": func() { _, _ = metrics.MeanCSAT(scores, oneToFive, nil) },
		"CES": func() {
			_, _ = metrics.CES1(scores, nil)
			_, _ = metrics.CES2(scores, nil)
			_, _ = metrics.CES2Share(scores, nil)
		},
		"CESIndex": func() { _, _ = metrics.CES2Index(scores, &opts) },
		"Stars":    func() { _, _ = metrics.Stars(scores, nil) },
		"Tally":    func() { tally = metrics.TallyOf(scores, oneToFive) },
		"Counts":   func() { _, _ = metrics.TallyOfCounts(oneToFive, counts) },
		"Percents": func() { _, _ = metrics.Percents(counts) },
		"Revenue": func() {
			_, _ = metrics.GrossRevenueRetention(revenue, revenue)
			_, _ = metrics.NetRevenueRetention(revenue, revenue)
		},
		"Inference": func() {
			_, _ = metrics.AdjustPValues(scores[4:], metrics.Holm)
			_, _ = metrics.SimultaneousShares(counts, nil)
			_, _ = metrics.ChiSquare([][]int{counts, counts})
			_, _ = metrics.Trend(counts, counts, revenue)
			_, _ = metrics.MannWhitney(scores, scores, nil)
			_, _ = metrics.MannWhitney(counts, counts, nil)
			_, _ = metrics.Describe(scores, nil)
			_, _ = metrics.ANOVA([][]float64{scores, revenue})
			_, _ = metrics.LinearRegression(t.Context(), revenue, [][]float64{{1}, {2}}, &metrics.RegressionOptions{NoIntercept: true})
			_, _ = metrics.CronbachAlpha([][]float64{scores, scores}, nil)
			_, _ = metrics.WalletShares(counts)
			_, _ = metrics.ShareOfWallet(scores, nil)
			_, _ = metrics.AnswerIndex([][]float64{scores}, nil, nil)
		},
		"Days":  func() { _, _ = metrics.RetentionOnDay(days, 7, 9, nil) },
		"Table": func() { table.Add(metrics.Estimate{}, labels...) },
	} {
		f()
		assert.Equal(t, []float64{1, 2.5, 9, 5, 4}, slices.DeleteFunc(slices.Clone(scores), math.IsNaN), name)
		assert.True(t, math.IsNaN(scores[2]), name)
		assert.Equal(t, []metrics.Activity{{Start: 0, Days: []int{7, 3}}}, days, name)
		assert.Equal(t, []int{3, 1, 2, 4, 5}, counts, name)
		assert.Equal(t, []float64{5, 6}, revenue, name)
		assert.Equal(t, metrics.NPSOptions{Level: .9}, opts, name)
	}
	scores[0], labels[0] = 5, "b"
	assert.Equal(t, 1, tally.Count(1))
	assert.Equal(t, "a", table.Rows[0].Labels[0])
}
