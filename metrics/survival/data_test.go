package survival_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics/survival"
)

// rows reads a data set of another project: time, status and one more column by name.
func rows(t *testing.T, file, by string, event string) map[string][]survival.Subject {
	t.Helper()
	dir := os.Getenv("CXMODEL_DATA")
	if dir == "" {
		t.Skip("CXMODEL_DATA is not set: the data set is not in the repository")
	}
	f, err := os.Open(filepath.Join(dir, "clv", file))
	require.NoError(t, err)
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	column := map[string]int{}
	for i, name := range all[0] {
		column[name] = i
	}
	groups := map[string][]survival.Subject{}
	for _, row := range all[1:] {
		x, err := strconv.ParseFloat(row[column["time"]], 64)
		require.NoError(t, err)
		s := survival.Subject{Exit: x}
		if row[column["status"]] == event {
			s.Cause = survival.Event
		}
		groups[row[column[by]]] = append(groups[row[column[by]]], s)
	}
	return groups
}

// R survival 3.5-3, survfit(Surv(time, status) ~ 1, lung): digits as printed.
func TestLungCancerData(t *testing.T) {
	groups := rows(t, "survival_lung.csv", "sex", "2")
	all := append(groups["1"], groups["2"]...)
	curve, err := survival.KaplanMeier(all, &survival.Options{Transform: survival.Log})
	require.NoError(t, err)
	assert.Equal(t, 228, curve.N)
	assert.Equal(t, 165, curve.Events)
	e, err := curve.At(310)
	require.NoError(t, err)
	assert.InDelta(t, .495024293, e.Value, 5e-10)
	assert.InDelta(t, .035232746, e.StdErr, 5e-10)
	assert.InDelta(t, .430569525, e.Low, 5e-10)
	// R's ninth digit of the upper limit, .569127719, is off: in 40-digit arithmetic it is .56912771751076275.
	assert.InDelta(t, .56912771751076275, e.High, 5e-15)
	curve, err = survival.KaplanMeier(all, nil)
	require.NoError(t, err)
	e, err = curve.At(310)
	require.NoError(t, err)
	// Log-log, by hand from S and SE above: S^exp(±1.959964 SE/(S |ln S|)).
	assert.InDelta(t, .424244, e.Low, 5e-7)
	assert.InDelta(t, .561796, e.High, 5e-7)

	// R documentation of survdiff, ~ sex: 112 observed and 91.6 expected, 53 and 73.4, chi-square 10.3, p = .001.
	test, err := survival.LogRank([]survival.Group{{"male", groups["1"]}, {"female", groups["2"]}})
	require.NoError(t, err)
	assert.Equal(t, 112, test.Groups[0].Observed)
	assert.InDelta(t, 91.6, test.Groups[0].Expected, .05)
	assert.InDelta(t, 73.4, test.Groups[1].Expected, .05)
	assert.InDelta(t, 10.3, test.ChiSquare, .05)
	assert.InDelta(t, .001, test.P, .0005)
}

// Miller (1997), in R as aml: survdiff prints expected 10.69 and 7.31, chi-square 3.4 on 1 degree of freedom, p = 0.07.
func TestLeukaemiaData(t *testing.T) {
	groups := rows(t, "survival_aml.csv", "x", "1")
	test, err := survival.LogRank([]survival.Group{{"maintained", groups["Maintained"]}, {"not", groups["Nonmaintained"]}})
	require.NoError(t, err)
	assert.Equal(t, 7, test.Groups[0].Observed)
	assert.Equal(t, 11, test.Groups[1].Observed)
	assert.InDelta(t, 10.69, test.Groups[0].Expected, .005)
	assert.InDelta(t, 7.31, test.Groups[1].Expected, .005)
	assert.InDelta(t, 3.4, test.ChiSquare, .05)
	assert.InDelta(t, .07, test.P, .005)
	assert.Equal(t, 1, test.DF)
}
