package keydriver_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/refcase"
	"github.com/cxmodel/cxmodel/metrics/keydriver"
)

func TestEveryReferenceCaseHasCode(t *testing.T) {
	refcase.Run(t, "keydriver", map[string]func(*refcase.Case){
		"lmg": relaimpo, "rwa": rwa, "data.swiss": dataOf("Fertility", 47, 70.14255), "data.mtcars": dataOf("mpg", 32, 20.09062),
		"data.attitude": dataOf("rating", 30, 64.63333), "data.longley": dataOf("Employed", 16, 65.317),
	})
}

// dataSet returns the outcome and the drivers of a data.* case.
func dataSet(c *refcase.Case, outcome string, names []string) ([]float64, []keydriver.Driver) {
	c.Helper()
	var out struct{ Rows []map[string]any }
	require.NoError(c.T, json.Unmarshal(c.Output, &out))
	column := func(name string) []float64 {
		x := make([]float64, len(out.Rows))
		for i, row := range out.Rows {
			v, ok := row[name].(float64)
			require.True(c.T, ok, name)
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

// relaimpo computes all importances of R's package of that name.
func relaimpo(c *refcase.Case) {
	var in struct {
		Formula string
		RowsIn  string `json:"rows_in"`
	}
	var out struct {
		Names                                        []string
		R2                                           float64
		LMG, Last, First, BetaSq, Pratt, Genizi, CAR []float64
	}
	c.Decode(&in, &out)
	outcome, _, _ := strings.Cut(in.Formula, " ~ ")
	y, drivers := dataSet(refcase.Named(c.T, in.RowsIn), outcome, out.Names)
	a, err := keydriver.Analyze(c.Context(), y, drivers, textbook)
	require.NoError(c.T, err)
	require.Len(c.T, a.Results, len(out.Names))
	c.Near(out.R2, a.R2, "R²")
	for j, r := range a.Results {
		name := out.Names[j]
		c.Near(out.LMG[j], r.LMG, "LMG", name)
		c.Near(out.Last[j], r.Last, "last", name)
		c.Near(out.First[j], r.First, "first", name)
		c.Near(out.BetaSq[j], r.Standardized.Value*r.Standardized.Value, "squared coefficient", name)
		c.Near(out.Pratt[j], r.Standardized.Value*r.Correlation.Value, "Pratt", name)
		c.Near(out.CAR[j], r.CAR, "CAR", name)
		if out.Genizi != nil {
			c.Near(out.Genizi[j], r.RelativeWeight, "Genizi", name)
		}
	}
}

// rwa computes Johnson's relative weights.
func rwa(c *refcase.Case) {
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
	c.Decode(&in, &out)
	if in.RowsIn == "" {
		in.RowsIn = "data." + strings.TrimPrefix(c.ID, "rwa.")
	}
	y, drivers := dataSet(refcase.Named(c.T, in.RowsIn), in.Outcome, in.Predictors)
	a, err := keydriver.Analyze(c.Context(), y, drivers, &keydriver.Options{MinRows: 1, WithoutLMG: true})
	require.NoError(c.T, err)
	require.Len(c.T, a.Results, len(out.Raw))
	c.Near(out.RSquare, a.R2, "R²")
	c.Same(out.N, a.N, "n")
	for _, r := range a.Results {
		c.Near(out.Raw[string(r.Key)], r.RelativeWeight, "relative weight", r.Key)
		c.Near(out.Rescaled[string(r.Key)], 100*r.Importance, "rescaled", r.Key)
		assert.True(c.T, math.IsNaN(r.LMG))
	}
}

// dataOf looks whether a data set, on which the other cases rest, is whole: its rows and the mean of its outcome by R.
func dataOf(outcome string, n int, mean float64) func(c *refcase.Case) {
	return func(c *refcase.Case) {
		y, _ := dataSet(c, outcome, nil)
		c.Same(n, len(y), "rows")
		sum := 0.0
		for _, x := range y {
			sum += x
		}
		c.Within(1e-5, mean, sum/float64(n), "mean of", outcome)
	}
}
