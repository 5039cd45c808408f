package clv

import (
	"context"
	"math"
)

// MBGNBD is the modified BG/NBD model of Batislam, Denizel & Filiztekin (2007) and Hoppe & Wagner (2007): as [BGNBD],
// but a customer may drop out after the first order too, so that those without a repeat order need not all be alive.
// All four parameters are positive; Alpha is a time, in the unit of the summary that it was fitted to.
type MBGNBD struct{ R, Alpha, A, B float64 }

// Name returns "MBG/NBD".
func (m MBGNBD) Name() string { return "MBG/NBD" }

// ParameterNames returns the names of the parameters.
func (m MBGNBD) ParameterNames() []string { return []string{"r", "alpha", "a", "b"} }

// Parameters returns R, Alpha, A, B.
func (m MBGNBD) Parameters() []float64 { return []float64{m.R, m.Alpha, m.A, m.B} }

func (m MBGNBD) valid() bool { return positive(m.R, m.Alpha, m.A, m.B) }

// LogLikelihood returns the log-likelihood of one customer, Weight not counted; NaN for a customer or parameters out of
// range. Batislam et al. (2007), eq. 6, without factorials.
func (m MBGNBD) LogLikelihood(c Customer) float64 {
	if !m.valid() || c.check() != nil {
		return math.NaN()
	}
	return bgLogLikelihood(m.R, m.Alpha, m.A, m.B, 1, c.Frequency, c.Recency, c.Age)
}

// PAlive returns the probability that c is still a customer at Age.
func (m MBGNBD) PAlive(c Customer) float64 {
	if !m.valid() || c.check() != nil {
		return math.NaN()
	}
	return bgAlive(m.R, m.Alpha, m.A, m.B, 1, c)
}

// Expected returns the expected number of repeat orders of a new customer within t; NaN unless t is finite and 0 or more.
func (m MBGNBD) Expected(t float64) float64 {
	if !m.valid() {
		return math.NaN()
	}
	return m.B / (m.A + m.B) * bgExpected(m.R, m.Alpha, m.A, m.B+1, t)
}

// ConditionalExpected returns the expected number of orders of c in the time from Age to Age+t.
func (m MBGNBD) ConditionalExpected(c Customer, t float64) float64 {
	p := m.PAlive(c)
	if math.IsNaN(p) {
		return p
	}
	return p * m.expectedAlive(c, t)
}

func (m MBGNBD) expectedAlive(c Customer, t float64) float64 {
	n := float64(c.Frequency)
	return bgExpected(m.R+n, m.Alpha+c.Age, m.A, m.B+n+1, t)
}

// PMF returns the probability of x repeat orders of a new customer within t.
func (m MBGNBD) PMF(x int, t float64) float64 {
	if !m.valid() || x < 0 || !(t >= 0) || math.IsInf(t, 0) {
		return math.NaN()
	}
	return bgPMF(m.R, m.Alpha, m.A, m.B, 1, x, t)
}

// FitMBGNBD fits the model by maximum likelihood; see [FitBGNBD].
func FitMBGNBD(ctx context.Context, s *Summary, opts *FitOptions) (*Fit[MBGNBD], error) {
	cells, err := s.cells()
	if err != nil {
		return nil, err
	}
	o, p, err := bgCells(ctx, cells, 1, opts)
	if err != nil {
		return nil, err
	}
	f := newFit(MBGNBD{p[0], p[1], p[2], p[3]}, s, cells)
	return f, f.settle(o, p[:4])
}
