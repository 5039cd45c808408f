package clv_test

import (
	"encoding/json"
	"math"
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

// Where almost nobody leaves the integrands fall off without end. By mpmath 1.3.0 at 40 digits, from the closed forms as
// printed (hyp2f1 for expectations and DEL, a sum of Γ-functions for the PMF).
func TestModelsThatAlmostNobodyLeaves(t *testing.T) {
	bg := func(r, alpha, a, b float64) clv.BGNBD { return clv.BGNBD{R: r, Alpha: alpha, A: a, B: b} }
	within(t, 40.276065332257309, bg(.5, 1, .05, 1).Expected(99.1), 1e-13, "a .05")
	within(t, 47.50640374536083, bg(.5, 1, .01, 1).Expected(99.1), 1e-13, "a .01")
	within(t, 273.84249632441537, bg(.243, 4.414, .001, 2.4).Expected(5000), 1e-12, "a .001")
	within(t, 21486.439193951127, bg(3, .01, .2, .5).Expected(1000), 1e-12, "a .2")

	del := func(alpha, beta, d float64) float64 { return clv.SBG{Alpha: alpha, Beta: beta}.DEL(d) }
	within(t, 10.479513678492578, del(.01, .3, .1), 1e-13, "DEL")
	within(t, 100.99075227019687, del(.001, 1000, .01), 1e-13, "DEL")
	within(t, 1.0079845957977611, del(.5, .001, .1), 1e-13, "DEL")
	within(t, 10.999989460998086, del(1e-6, 5, .1), 1e-13, "DEL")
	within(t, 308.4785868110693, del(.49, 3, .0001), 1e-12, "DEL")
	within(t, 5.1623697820743693, clv.BGBB{Alpha: 1.2, Beta: .75, Gamma: .01, Delta: 2.78}.DERT(clv.Customer{Frequency: 3, Recency: 4, Age: 6}, .1), 1e-12, "DERT")

	within(t, 3.3333333277107082e-10, bg(1e-9, 1e-9, 1e-9, .3).PMF(3, 1), 1e-7, "a sum of a billion terms once")
	within(t, .14299068088441787, bg(.5, .01, .8, 2.4).PMF(2, 100), 1e-12, "PMF")
	within(t, 3.5872653593075307e-6, bg(.243, 4.414, .793, 2.426).PMF(50, 39), 1e-12, "PMF")
	within(t, 1.4897609270640063e-11, clv.MBGNBD{R: .525, Alpha: 6.183, A: .891, B: 1.614}.PMF(40, 10), 1e-12, "PMF")
	within(t, 4.3263278205073999e-5, bg(3, .01, .2, .5).PMF(1000, 20), 1e-11, "PMF")
}

// Parameters beyond all measure, as a saved fit may hold them, end in some number or NaN, not in an endless loop.
func TestParametersBeyondAllMeasureEnd(t *testing.T) {
	c := clv.Customer{Frequency: 2, Recency: 3, Age: 5}
	for _, m := range []clv.Model{clv.ParetoNBD{R: 1e300, Alpha: 1e-9, S: 1e-9, Beta: 1}, clv.ParetoNBD{R: 1, Alpha: 1, S: 1e300, Beta: 1e-9}, clv.ParetoNBD{R: 1e18, Alpha: 1, S: 1, Beta: 1}} {
		p := m.PAlive(c)
		assert.True(t, math.IsNaN(p) || p >= 0 && p <= 1, "%v", m)
	}
}
