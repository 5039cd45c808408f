package clv_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics/clv"
)

// testdata/mpmath.json holds random parameters and customers, extreme ones among them, with values computed by mpmath 1.3.0
// at 40 digits: the likelihoods from the formulas as printed, the expectations of BG/NBD and MBG/NBD by quadrature over
// the drop-out probability, Pareto/NBD by Gauss' hypergeometric function and DERT by Kummer's U.
func TestModelsAgainstMpmath(t *testing.T) {
	b, err := os.ReadFile("testdata/mpmath.json")
	require.NoError(t, err)
	var cases []struct {
		Model           string
		P               []float64
		X               int
		Tx, T           float64
		Horizon         float64 `json:"horizon"`
		LL              float64 `json:"ll"`
		Alive, Expected float64
		D, Dert         float64
	}
	require.NoError(t, json.Unmarshal(b, &cases))
	require.Len(t, cases, 72)
	for _, c := range cases {
		var m clv.Model
		switch c.Model {
		case "BG/NBD":
			m = clv.BGNBD{R: c.P[0], Alpha: c.P[1], A: c.P[2], B: c.P[3]}
		case "MBG/NBD":
			m = clv.MBGNBD{R: c.P[0], Alpha: c.P[1], A: c.P[2], B: c.P[3]}
		default:
			pareto := clv.ParetoNBD{R: c.P[0], Alpha: c.P[1], S: c.P[2], Beta: c.P[3]}
			within(t, c.Dert, pareto.DERT(clv.Customer{Frequency: c.X, Recency: c.Tx, Age: c.T}, c.D), 1e-10, "DERT")
			m = pareto
		}
		x := clv.Customer{Frequency: c.X, Recency: c.Tx, Age: c.T}
		ok := assert.InDelta(t, c.LL, m.LogLikelihood(x), 1e-12*max(1, -c.LL, c.LL))
		// A probability of 1e-200 is the exponential of 460: its relative error is that of the exponent.
		within(t, c.Alive, m.PAlive(x), 1e-10, "P(alive)")
		within(t, c.Expected, m.ConditionalExpected(x, c.Horizon), 1e-10, "E[Y]")
		if !ok || t.Failed() {
			t.Fatalf("%+v", c)
		}
	}
}
