package clv

import (
	"context"
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/internal/special"
)

// GammaGamma is the model of spend of Fader & Hardie, "The Gamma-Gamma model of monetary value" (2013): the money of an
// order varies around the customer's own mean by Gamma(P, ν), and ν varies over customers by Gamma(Q, Gamma). How much
// customers spend is taken to be independent of how often they buy. All three are positive; Gamma is money.
//
// For Q of 1 or less the mean spend over customers is infinite; [GammaGamma.Mean] is then NaN, never a number.
type GammaGamma struct{ P, Q, Gamma float64 }

// Name returns "Gamma-Gamma".
func (m GammaGamma) Name() string { return "Gamma-Gamma" }

// ParameterNames returns the names of the parameters.
func (m GammaGamma) ParameterNames() []string { return []string{"p", "q", "gamma"} }

// Parameters returns P, Q, Gamma.
func (m GammaGamma) Parameters() []float64 { return []float64{m.P, m.Q, m.Gamma} }

func (m GammaGamma) valid() bool { return positive(m.P, m.Q, m.Gamma) }

// LogLikelihood returns the log-density of the mean spend of one customer, Weight not counted; NaN unless Frequency and
// MeanSpend are positive. Eq. 1a of the paper:
//
//	f(z) = Γ(px+q)/(Γ(px)Γ(q)) γ^q z^(px-1) x^(px) / (γ+xz)^(px+q)
func (m GammaGamma) LogLikelihood(c Customer) float64 {
	if !m.valid() || c.Frequency < 1 || !positive(c.MeanSpend) {
		return math.NaN()
	}
	x, z := float64(c.Frequency), c.MeanSpend
	px := m.P * x
	// With w = xz/(γ+xz): w^px (1-w)^q / (z B(px, q)).
	w := math.Log1p(m.Gamma / (x * z)) // -ln w
	return -px*w - m.Q*math.Log1p(x*z/m.Gamma) - math.Log(z) - special.LogBeta(px, m.Q)
}

// Mean returns the mean spend per order over all customers, pγ/(q-1), or ErrNoMean with NaN where q <= 1.
func (m GammaGamma) Mean() (float64, error) {
	if !m.valid() {
		return math.NaN(), fmt.Errorf("clv: %w: parameters %v", ErrInvalid, m)
	}
	if m.Q <= 1 {
		return math.NaN(), fmt.Errorf("clv: %w: q is %.4g; a few customers spend without bound, so give the spend of each, or a median", ErrNoMean, m.Q)
	}
	return m.P * m.Gamma / (m.Q - 1), nil
}

// ExpectedSpend returns the expected money of a future order of c: a mean of what c has spent and of what all spend,
//
//	E[M|z,x] = p(γ+xz)/(px+q-1)
//
// and [GammaGamma.Mean] for a customer without a repeat order. Errors: ErrNoMean where px+q <= 1, ErrInvalid for a
// frequency or spend out of range.
func (m GammaGamma) ExpectedSpend(c Customer) (float64, error) {
	if c.Frequency == 0 {
		return m.Mean()
	}
	x, z := float64(c.Frequency), c.MeanSpend
	switch {
	case !m.valid():
		return math.NaN(), fmt.Errorf("clv: %w: parameters %v", ErrInvalid, m)
	case c.Frequency < 0 || !(z >= 0) || math.IsInf(z, 0):
		return math.NaN(), fmt.Errorf("clv: %w: frequency %d with mean spend %v", ErrInvalid, c.Frequency, z)
	case m.P*x+m.Q <= 1:
		return math.NaN(), fmt.Errorf("clv: %w: px+q is %.4g", ErrNoMean, m.P*x+m.Q)
	}
	return m.P * (m.Gamma + x*z) / (m.P*x + m.Q - 1), nil
}

// FitGammaGamma fits the model by maximum likelihood to the customers with repeat orders and a positive mean spend; the
// others are counted in Omitted. Errors: ErrNoData where there are none, ErrNoCurrency where the summary does not say its
// own, ErrInvalid for a spend that is not finite, and those of [FitBGNBD]. Where all spend alike, Status is Boundary.
func FitGammaGamma(ctx context.Context, s *Summary, opts *FitOptions) (*Fit[GammaGamma], error) {
	if s == nil {
		return nil, fmt.Errorf("clv: %w: the summary is nil", ErrNoData)
	}
	f := &Fit[GammaGamma]{Names: GammaGamma{}.ParameterNames()}
	spends := make([]spend, 0, len(s.Customers))
	omitted, total := 0.0, 0.0
	for i, c := range s.Customers {
		if math.IsNaN(c.MeanSpend) || math.IsInf(c.MeanSpend, 0) {
			return nil, customerError(c, i, fmt.Errorf("mean spend %v; it is a finite number", c.MeanSpend))
		}
		if c.Frequency < 0 || c.Frequency > maxFrequency || !(c.Weight >= 0) || math.IsInf(c.Weight, 0) {
			return nil, customerError(c, i, fmt.Errorf("frequency %d, weight %v", c.Frequency, c.Weight))
		}
		if w := c.weight(); c.Frequency == 0 || c.MeanSpend <= 0 {
			omitted += w
		} else {
			spends = append(spends, spend{float64(c.Frequency), c.MeanSpend, w})
			f.Customers += w
			total += w * c.MeanSpend
		}
	}
	if len(spends) == 0 {
		return nil, fmt.Errorf("clv: %w: no customer has a repeat order with money", ErrNoData)
	}
	if math.IsInf(f.Customers, 0) || math.IsInf(total, 0) {
		return nil, fmt.Errorf("clv: %w: the weights of the customers sum to %v, and weight times spend to %v", ErrInvalid, f.Customers, total)
	}
	if err := knownCurrency("the summary", s.Currency); err != nil {
		return nil, err
	}
	f.Currency = s.Currency
	f.Rows, f.Omitted = len(spends), int(math.Round(omitted))
	theta, limit, err := opts.starting(3, 3, 2./3*total/f.Customers)
	if err != nil {
		return nil, err
	}
	xs := spendCounts(spends)
	o, err := maximize(ctx, 3, theta, limit, func(p []float64) sums {
		out := sumCells(len(spends), func(from, to int, out *sums) { spendKernel(spends[from:to], p, out) })
		spendCommon(xs, p, &out)
		return out
	})
	if err != nil {
		return nil, err
	}
	f.Model = GammaGamma{math.Exp(o.theta[0]), math.Exp(o.theta[1]), math.Exp(o.theta[2])}
	return f, f.settle(o, f.Model.Parameters())
}

// A spend is the money of a repeat buyer.
type spend struct{ x, z, w float64 }

// spendCounts counts the customers of each frequency, in the order of frequency.
func spendCounts(spends []spend) []countOf {
	cells := make([]cell, len(spends))
	for i, s := range spends {
		cells[i] = cell{x: int32(s.x), w: s.w}
	}
	return tally(cells)
}

// spendKernel adds px ln(xz) - (px+q) ln(γ+xz) + q ln γ - ln z.
func spendKernel(spends []spend, p []float64, out *sums) {
	q, gamma := p[1], p[2]
	logGamma := math.Log(gamma)
	for i := range spends {
		s := &spends[i]
		px := p[0] * s.x
		i1 := 1 / (gamma + s.x*s.z)
		l := math.Log(gamma + s.x*s.z)
		lxz := math.Log(s.x * s.z)
		out.ll += s.w * (px*(lxz-l) - q*(l-logGamma) - lxz + math.Log(s.x))
		out.grad[0] += s.w * s.x * (lxz - l)
		out.grad[1] += s.w * (logGamma - l)
		out.grad[2] += s.w * (q/gamma - (px+q)*i1)
		out.hess[2][0] -= s.w * s.x * i1
		out.hess[2][1] += s.w * (1/gamma - i1)
		out.hess[2][2] += s.w * ((px+q)*i1*i1 - q/(gamma*gamma))
	}
}

// spendCommon adds -ln B(px, q).
func spendCommon(xs []countOf, p []float64, out *sums) {
	q := p[1]
	dq, tq := special.Digamma(q), special.Trigamma(q)
	for _, c := range xs {
		x := float64(c.x)
		px := p[0] * x
		ds, ts := special.Digamma(px+q), special.Trigamma(px+q)
		out.ll -= c.w * special.LogBeta(px, q)
		out.grad[0] += c.w * x * (ds - special.Digamma(px))
		out.grad[1] += c.w * (ds - dq)
		out.hess[0][0] += c.w * x * x * (ts - special.Trigamma(px))
		out.hess[1][0] += c.w * x * ts
		out.hess[1][1] += c.w * (ts - tq)
	}
}
