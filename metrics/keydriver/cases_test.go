package keydriver_test

import (
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics/keydriver"
)

// refCase is a case of the table that all packages of metrics share; "peer" and "call" there name the source.
type refCase struct {
	ID     string          `json:"id"`
	Input  json.RawMessage `json:"input"`
	Output json.RawMessage `json:"output"`
	RelTol float64         `json:"rel_tol"`
}

func (c refCase) near(t *testing.T, want, got float64, what string) {
	t.Helper()
	tol := c.RelTol * math.Abs(want)
	if !(math.Abs(want-got) <= tol) {
		assert.Failf(t, what, "want %.17g, got %.17g, relative error %.2g", want, got, math.Abs(got/want-1))
	}
}

func allCases(t testing.TB) map[string]refCase {
	t.Helper()
	b, err := os.ReadFile("../testdata/cases.json")
	require.NoError(t, err)
	var all []refCase
	require.NoError(t, json.Unmarshal(b, &all))
	byID := map[string]refCase{}
	for _, c := range all {
		byID[c.ID] = c
	}
	return byID
}

// dataSet returns the outcome and the drivers of a data.* case.
func dataSet(t testing.TB, all map[string]refCase, id, outcome string, names []string) ([]float64, []keydriver.Driver) {
	t.Helper()
	var out struct{ Rows []map[string]any }
	require.NoError(t, json.Unmarshal(all[id].Output, &out))
	column := func(name string) []float64 {
		x := make([]float64, len(out.Rows))
		for i, row := range out.Rows {
			v, ok := row[name].(float64)
			require.True(t, ok, name)
			x[i] = v
		}
		return x
	}
	drivers := make([]keydriver.Driver, len(names))
	for j, name := range names {
		drivers[j] = keydriver.Driver{Key: cxmodel.Key(name), Values: column(name)}
	}
	return column(outcome), drivers
}

// The data sets have 3 to 9 rows a driver; the default asks for ten.
var textbook = &keydriver.Options{MinRows: 1}

func TestImportanceReproducesRelaimpo(t *testing.T) {
	all := allCases(t)
	run := 0
	for id, c := range all {
		if !strings.HasPrefix(id, "lmg.") {
			continue
		}
		run++
		t.Run(id, func(t *testing.T) {
			var in struct {
				Formula string
				RowsIn  string `json:"rows_in"`
			}
			var out struct {
				Names                                        []string
				R2                                           float64
				LMG, Last, First, BetaSq, Pratt, Genizi, CAR []float64
			}
			require.NoError(t, json.Unmarshal(c.Input, &in))
			require.NoError(t, json.Unmarshal(c.Output, &out))
			outcome, _, _ := strings.Cut(in.Formula, " ~ ")
			y, drivers := dataSet(t, all, in.RowsIn, outcome, out.Names)
			a, err := keydriver.Analyze(t.Context(), y, drivers, textbook)
			require.NoError(t, err)
			c.near(t, out.R2, a.R2, "R²")
			for j, r := range a.Results {
				c.near(t, out.LMG[j], r.LMG, "LMG "+out.Names[j])
				c.near(t, out.Last[j], r.Last, "last "+out.Names[j])
				c.near(t, out.First[j], r.First, "first "+out.Names[j])
				c.near(t, out.BetaSq[j], r.Standardized.Value*r.Standardized.Value, "squared coefficient "+out.Names[j])
				c.near(t, out.Pratt[j], r.Standardized.Value*r.Correlation.Value, "Pratt "+out.Names[j])
				c.near(t, out.CAR[j], r.CAR, "CAR "+out.Names[j])
				if out.Genizi != nil {
					c.near(t, out.Genizi[j], r.RelativeWeight, "Genizi "+out.Names[j])
				}
			}
		})
	}
	assert.Equal(t, 4, run)
}

func TestRelativeWeightsReproduceRWA(t *testing.T) {
	all := allCases(t)
	run := 0
	for id, c := range all {
		if !strings.HasPrefix(id, "rwa.") {
			continue
		}
		run++
		var in struct {
			Outcome    string
			Predictors []string
			RowsIn     string `json:"rows_in"`
		}
		var out struct {
			RSquare       float64
			Raw, Rescaled map[string]float64
			N             int
		}
		require.NoError(t, json.Unmarshal(c.Input, &in))
		require.NoError(t, json.Unmarshal(c.Output, &out))
		if in.RowsIn == "" {
			in.RowsIn = "data." + strings.TrimPrefix(id, "rwa.")
		}
		y, drivers := dataSet(t, all, in.RowsIn, in.Outcome, in.Predictors)
		a, err := keydriver.Analyze(t.Context(), y, drivers, &keydriver.Options{MinRows: 1, WithoutLMG: true})
		require.NoError(t, err)
		c.near(t, out.RSquare, a.R2, "R²")
		assert.Equal(t, out.N, a.N)
		for _, r := range a.Results {
			c.near(t, out.Raw[string(r.Key)], r.RelativeWeight, "relative weight")
			c.near(t, out.Rescaled[string(r.Key)], 100*r.Importance, "rescaled")
			assert.True(t, math.IsNaN(r.LMG))
		}
	}
	assert.Equal(t, 2, run)
}

// The rows of the data sets are what the other cases rest on; attitude and longley by their published totals:
// attitude's mean rating is 64.633 (R), longley's employment 65.317 (R).
func TestDataSetsAreWhole(t *testing.T) {
	all := allCases(t)
	for _, c := range []struct {
		id, outcome string
		n           int
		mean        float64
	}{{"data.swiss", "Fertility", 47, 70.14255}, {"data.mtcars", "mpg", 32, 20.09062}, {"data.attitude", "rating", 30, 64.63333}, {"data.longley", "Employed", 16, 65.317}} {
		y, _ := dataSet(t, all, c.id, c.outcome, nil)
		require.Len(t, y, c.n)
		sum := 0.0
		for _, x := range y {
			sum += x
		}
		assert.InDelta(t, c.mean, sum/float64(c.n), 1e-5, c.id)
	}
}
