package keydriver_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics/keydriver"
)

// lre returns the number of correct decimal digits, at most 15.
func lre(got, want float64) float64 {
	switch {
	case got == want:
		return 15
	case want == 0:
		return min(-math.Log10(math.Abs(got)), 15)
	}
	return max(min(-math.Log10(math.Abs(got-want)/math.Abs(want)), 15), 0)
}

// The certified values of the NIST Statistical Reference Datasets, linear regression. The bar is the smallest number
// of correct digits of a coefficient by gonum v0.17.0's QR.
func TestLinearRegressionHasTheDigitsOfAQRFit(t *testing.T) {
	b, err := os.ReadFile("../testdata/nist.json")
	require.NoError(t, err)
	var nist struct {
		LLS map[string]struct {
			N       int
			Coef    []struct{ Name, Est, SE string }
			R2      string
			SD      string `json:"resid_sd"`
			Data    [][]float64
			Model   string
			Columns any
		}
	}
	require.NoError(t, json.Unmarshal(b, &nist))
	number := func(s string) float64 {
		x, err := strconv.ParseFloat(s, 64)
		require.NoError(t, err)
		return x
	}
	for name, bar := range map[string]float64{"Norris": 12.2, "Longley": 10.9, "Wampler1": 9.9, "Wampler3": 9.5, "Wampler5": 5.5} {
		set, ok := nist.LLS[name]
		require.True(t, ok, name)
		p := len(set.Coef) - 1
		drivers := make([]keydriver.Driver, p)
		y := make([]float64, len(set.Data))
		for j := range drivers {
			drivers[j] = keydriver.Driver{Key: cxmodel.Key(fmt.Sprint("x", j+1)), Values: make([]float64, len(y))}
		}
		for i, row := range set.Data {
			y[i] = row[0]
			for j := range drivers {
				if len(row) == p+1 {
					drivers[j].Values[i] = row[j+1]
				} else { // a polynomial
					drivers[j].Values[i] = math.Pow(row[1], float64(j+1))
				}
			}
		}
		r, err := keydriver.Regress(t.Context(), y, drivers, &keydriver.RegressOptions{MinRows: 1})
		require.NoError(t, err, name)
		require.Equal(t, set.N, r.N)
		worst, worstSE := lre(r.Intercept.Value, number(set.Coef[0].Est)), lre(r.Intercept.StdErr, number(set.Coef[0].SE))
		for j, c := range r.Coefficients {
			worst = min(worst, lre(c.Value, number(set.Coef[j+1].Est)))
			worstSE = min(worstSE, lre(c.StdErr, number(set.Coef[j+1].SE)))
		}
		t.Logf("%-9s coefficients %.1f digits (bar %.1f), standard errors %.1f, R² %.1f, residual sd %.1f",
			name, worst, bar, worstSE, lre(r.R2, number(set.R2)), lre(r.ResidualSD, number(set.SD)))
		assert.GreaterOrEqual(t, worst, bar, name)
		if name != "Wampler1" { // where everything but rounding is explained
			assert.GreaterOrEqual(t, worstSE, 8., name)
			assert.GreaterOrEqual(t, lre(r.ResidualSD, number(set.SD)), 8., name)
		}
		assert.GreaterOrEqual(t, lre(r.R2, number(set.R2)), 9., name)
	}
}
