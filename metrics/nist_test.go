package metrics_test

import (
	"encoding/json"
	"math"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
)

// nistSets are the Statistical Reference Datasets of the National Institute of Standards and Technology: certified values
// as printed, and how many of their digits exact arithmetic on float64 input can reach.
type nistSets struct {
	Univariate map[string]struct {
		Mean, SD string
		Data     []float64
		Ceiling  struct{ Mean, SD float64 } `json:"lre_ceiling"`
	}
	ANOVA map[string]struct {
		F      string
		SSB    string `json:"ss_between"`
		SSW    string `json:"ss_within"`
		R2     string
		SD     string `json:"resid_sd"`
		Groups [][]float64
		Limit  struct{ F float64 } `json:"lre_ceiling"`
	}
	LLS map[string]struct {
		Coef    []struct{ Est, SE string }
		R2      string
		SD      string `json:"resid_sd"`
		Data    [][]float64
		Columns []string
	}
}

func nist(t *testing.T) nistSets {
	t.Helper()
	b, err := os.ReadFile("testdata/nist.json")
	require.NoError(t, err)
	var sets nistSets
	require.NoError(t, json.Unmarshal(b, &sets))
	return sets
}

// digits returns the number of correct decimal digits, at most 15: the log relative error, absolute where 0 is certified.
func digits(t *testing.T, certified string, got float64) float64 {
	t.Helper()
	want, err := strconv.ParseFloat(certified, 64)
	require.NoError(t, err)
	err2 := math.Abs(got - want)
	if want != 0 {
		err2 /= math.Abs(want)
	}
	if err2 == 0 {
		return 15
	}
	return min(max(-math.Log10(err2), 0), 15)
}

// The ceilings are given to one decimal.
const ceilingRounding = .06

func TestMeansAndDeviationsReachTheCeilingOfNIST(t *testing.T) {
	sets := nist(t).Univariate
	require.Len(t, sets, 6)
	for name, s := range sets {
		d, err := metrics.Describe(s.Data, nil)
		require.NoError(t, err)
		mean, sd := digits(t, s.Mean, d.Mean.Value), digits(t, s.SD, d.StdDev)
		t.Logf("%-10s mean %4.1f of %4.1f, sd %4.1f of %4.1f", name, mean, s.Ceiling.Mean, sd, s.Ceiling.SD)
		assert.GreaterOrEqual(t, mean, s.Ceiling.Mean-ceilingRounding, name)
		assert.GreaterOrEqual(t, sd, s.Ceiling.SD-ceilingRounding, name)
	}
}

func TestANOVAReachesTheCeilingOfNIST(t *testing.T) {
	sets := nist(t).ANOVA
	require.Len(t, sets, 7)
	for name, s := range sets {
		r, err := metrics.ANOVA(s.Groups)
		require.NoError(t, err)
		f := digits(t, s.F, r.F)
		t.Logf("%-8s F %4.1f of %4.1f, between %4.1f, within %4.1f, R² %4.1f, sd %4.1f", name, f, s.Limit.F,
			digits(t, s.SSB, r.SumBetween), digits(t, s.SSW, r.SumWithin), digits(t, s.R2, r.R2), digits(t, s.SD, r.ResidualSD))
		assert.GreaterOrEqual(t, f, s.Limit.F-ceilingRounding, name)
	}
}

// The bar is the smallest number of digits of a coefficient by gonum 0.17's QR decomposition.
func TestRegressionKeepsMoreDigitsThanPlainQR(t *testing.T) {
	bar := map[string]float64{"Norris": 12.2, "Longley": 10.9, "Wampler1": 9.9, "Wampler3": 9.5, "Wampler5": 5.5}
	sets := nist(t).LLS
	require.Len(t, sets, len(bar))
	for name, s := range sets {
		y, x := make([]float64, len(s.Data)), make([][]float64, len(s.Data))
		for i, row := range s.Data {
			y[i], x[i] = row[0], row[1:]
			if name[0] == 'W' { // a polynomial of degree 5
				v := row[1]
				x[i] = []float64{v, v * v, v * v * v, v * v * v * v, v * v * v * v * v}
			}
		}
		r, err := metrics.LinearRegression(t.Context(), y, x, nil)
		require.NoError(t, err)
		est, se := 15., 15.
		for j, c := range s.Coef {
			est = min(est, digits(t, c.Est, r.Coefficients[j].Value))
			se = min(se, digits(t, c.SE, r.Coefficients[j].StdErr))
		}
		t.Logf("%-8s coefficients %4.1f (bar %4.1f), errors %4.1f, R² %4.1f, sd %4.1f", name, est, bar[name], se, digits(t, s.R2, r.R2), digits(t, s.SD, r.ResidualSD))
		assert.GreaterOrEqual(t, est, bar[name], name)
		assert.GreaterOrEqual(t, digits(t, s.R2, r.R2), 9., name)
		assert.GreaterOrEqual(t, se, 8., name)
	}
}
