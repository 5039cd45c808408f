package clv

import (
	"context"
	"math"

	"gonum.org/v1/gonum/mathext"

	"github.com/cxmodel/cxmodel/internal/special"
)

// BGNBD is the beta-geometric/NBD model of Fader, Hardie & Lee (2005), "Counting your customers" the easy way: while
// alive a customer orders at a rate from Gamma(R, Alpha), and after each repeat order drops out with a probability
// from Beta(A, B). All four are positive; Alpha is a time, in the unit of the summary that it was fitted to.
//
// A customer without a repeat order is alive with certainty: that is built in, and makes the share alive of a whole
// base too high. [MBGNBD] and [ParetoNBD] do not have this flaw.
type BGNBD struct{ R, Alpha, A, B float64 }

// Name returns "BG/NBD".
func (m BGNBD) Name() string { return "BG/NBD" }

// ParameterNames returns the names of the parameters.
func (m BGNBD) ParameterNames() []string { return []string{"r", "alpha", "a", "b"} }

// Parameters returns R, Alpha, A, B.
func (m BGNBD) Parameters() []float64 { return []float64{m.R, m.Alpha, m.A, m.B} }

func (m BGNBD) valid() bool { return positive(m.R, m.Alpha, m.A, m.B) }

// LogLikelihood returns the log-likelihood of one customer, Weight not counted; NaN for a customer or parameters out of
// range. Fader, Hardie & Lee (2005), eq. 6, without factorials.
func (m BGNBD) LogLikelihood(c Customer) float64 {
	if !m.valid() || c.check() != nil {
		return math.NaN()
	}
	return bgLogLikelihood(m.R, m.Alpha, m.A, m.B, 0, c.Frequency, c.Recency, c.Age)
}

// PAlive returns the probability that c is still a customer at Age; 1 for Frequency 0. Fader & Hardie, note 021 (2008).
func (m BGNBD) PAlive(c Customer) float64 {
	if !m.valid() || c.check() != nil {
		return math.NaN()
	}
	return bgAlive(m.R, m.Alpha, m.A, m.B, 0, c)
}

// Expected returns the expected number of repeat orders of a new customer within t; NaN unless t is finite and 0 or more.
func (m BGNBD) Expected(t float64) float64 {
	if !m.valid() {
		return math.NaN()
	}
	return bgExpected(m.R, m.Alpha, m.A, m.B, t)
}

// ConditionalExpected returns the expected number of orders of c in the time from Age to Age+t. Eq. 10 of the paper.
func (m BGNBD) ConditionalExpected(c Customer, t float64) float64 {
	p := m.PAlive(c)
	if math.IsNaN(p) {
		return p
	}
	return p * m.expectedAlive(c, t)
}

// expectedAlive depends on Frequency and Age only.
func (m BGNBD) expectedAlive(c Customer, t float64) float64 {
	n := float64(c.Frequency)
	return bgExpected(m.R+n, m.Alpha+c.Age, m.A, m.B+n, t)
}

// PMF returns the probability of x repeat orders of a new customer within t. Eq. 8 of the paper.
func (m BGNBD) PMF(x int, t float64) float64 {
	if !m.valid() || x < 0 || !(t >= 0) || math.IsInf(t, 0) {
		return math.NaN()
	}
	return bgPMF(m.R, m.Alpha, m.A, m.B, 0, x, t)
}

// bgPMF returns B(a,b+x+s)/B(a,b) NB(x) + [x>0 or s] B(a+1,b+x-1+s)/B(a,b) (1 - Σ_{j<x} NB(j)), s the shift.
func bgPMF(r, alpha, a, b, shift float64, x int, t float64) float64 {
	n := float64(x)
	norm := special.LogBeta(a, b)
	logNB := func(j float64) float64 {
		v := special.LogGamma(r+j) - special.LogGamma(r) - special.LogGamma(j+1) - r*math.Log1p(t/alpha)
		if j > 0 {
			v += j * math.Log(t/(alpha+t))
		}
		return v
	}
	p := math.Exp(special.LogBeta(a, b+n+shift) - norm + logNB(n))
	if x == 0 && shift == 0 {
		return p
	}
	tail := 1.0 // of the NB from x on: the regularised incomplete beta function I_z(x, r)
	if x > 0 {
		tail = mathext.RegIncBeta(n, r, t/(alpha+t))
	}
	return p + math.Exp(special.LogBeta(a+1, b+n-1+shift)-norm)*tail
}

// FitBGNBD fits the model by maximum likelihood: customers of one (x, t_x, T) are taken together, and Newton's method
// climbs with the exact Hessian. It takes under a second for a million customers. Errors: ErrNoData, ErrInvalid for a
// customer that cannot be (see [Summary.Check] for all of them), ErrNoRepeats, ErrNoFit with what was reached, ErrUnits.
// Where the data have no inner maximum the Status is Boundary and Unidentified says which parameters run away.
func FitBGNBD(ctx context.Context, s *Summary, opts *FitOptions) (*Fit[BGNBD], error) {
	cells, err := s.cells()
	if err != nil {
		return nil, err
	}
	o, p, err := bgCells(ctx, cells, 0, opts)
	if err != nil {
		return nil, err
	}
	f := newFit(BGNBD{p[0], p[1], p[2], p[3]}, s, cells)
	return f, f.settle(o, p[:4])
}
