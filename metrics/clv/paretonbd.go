package clv

import (
	"context"
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/internal/special"
)

// ParetoNBD is the Pareto/NBD model of Schmittlein, Morrison & Colombo (1987): while alive a customer orders at a rate
// from Gamma(R, Alpha), and leaves at a rate from Gamma(S, Beta), at any time. All four are positive; Alpha and Beta
// are times, in the unit of the summary that it was fitted to.
type ParetoNBD struct{ R, Alpha, S, Beta float64 }

// Name returns "Pareto/NBD".
func (m ParetoNBD) Name() string { return "Pareto/NBD" }

// ParameterNames returns the names of the parameters.
func (m ParetoNBD) ParameterNames() []string { return []string{"r", "alpha", "s", "beta"} }

// Parameters returns R, Alpha, S, Beta.
func (m ParetoNBD) Parameters() []float64 { return []float64{m.R, m.Alpha, m.S, m.Beta} }

func (m ParetoNBD) valid() bool { return positive(m.R, m.Alpha, m.S, m.Beta) }

// LogLikelihood returns the log-likelihood of one customer, Weight not counted; NaN for a customer or parameters out of
// range. With the time of leaving integrated out by quadrature instead of a difference of hypergeometric functions:
//
//	L = Γ(r+x) α^r β^s/Γ(r) {(α+T)^-(r+x) (β+T)^-s + s ∫_{t_x}^T (α+y)^-(r+x) (β+y)^-(s+1) dy}
//
// Fader & Hardie, "A note on deriving the Pareto/NBD model" (2005), without factorials.
func (m ParetoNBD) LogLikelihood(c Customer) float64 {
	if !m.valid() || c.check() != nil {
		return math.NaN()
	}
	alive, dead := m.branches(c)
	x := float64(c.Frequency)
	return special.LogGamma(m.R+x) - special.LogGamma(m.R) + m.R*math.Log(m.Alpha) + m.S*math.Log(m.Beta) + logAddExp(alive, dead)
}

// branches returns the logarithms of the two terms in braces.
func (m ParetoNBD) branches(c Customer) (alive, dead float64) {
	var d deathTime
	x := float64(c.Frequency)
	d.integrate(m.R, m.Alpha, m.S, m.Beta, x, c.Recency, c.Age, false)
	return -(m.R+x)*math.Log(m.Alpha+c.Age) - m.S*math.Log(m.Beta+c.Age), math.Log(m.S) + d.logMass
}

// PAlive returns the probability that c is still a customer at Age.
func (m ParetoNBD) PAlive(c Customer) float64 {
	if !m.valid() || c.check() != nil {
		return math.NaN()
	}
	alive, dead := m.branches(c)
	return 1 / (1 + math.Exp(dead-alive))
}

// Expected returns the expected number of repeat orders of a new customer within t; NaN unless t is finite and 0 or more:
//
//	E = rβ/(α(s-1)) [1 - (β/(β+t))^(s-1)],   for s = 1 its limit rβ/α ln((β+t)/β)
func (m ParetoNBD) Expected(t float64) float64 {
	if !m.valid() || !(t >= 0) || math.IsInf(t, 0) {
		return math.NaN()
	}
	return m.R * m.Beta / m.Alpha * paretoSpan(m.S, t/m.Beta)
}

// paretoSpan returns [1 - (1+v)^-(s-1)]/(s-1).
func paretoSpan(s, v float64) float64 {
	l := math.Log1p(v)
	if math.Abs(s-1)*l < 1e-9 {
		return l * (1 - (s-1)*l/2)
	}
	return -math.Expm1(-(s-1)*l) / (s - 1)
}

// ConditionalExpected returns the expected number of orders of c in the time from Age to Age+t.
func (m ParetoNBD) ConditionalExpected(c Customer, t float64) float64 {
	p := m.PAlive(c)
	if math.IsNaN(p) {
		return p
	}
	return p * m.expectedAlive(c, t)
}

func (m ParetoNBD) expectedAlive(c Customer, t float64) float64 {
	if !(t >= 0) || math.IsInf(t, 0) {
		return math.NaN()
	}
	return (m.R + float64(c.Frequency)) * (m.Beta + c.Age) / (m.Alpha + c.Age) * paretoSpan(m.S, t/(m.Beta+c.Age))
}

// PMF returns the probability of x repeat orders of a new customer within t: the negative binomial of a customer who
// stays, and that of a customer who leaves at y, integrated over y.
func (m ParetoNBD) PMF(x int, t float64) float64 {
	if !m.valid() || x < 0 || !(t >= 0) || math.IsInf(t, 0) {
		return math.NaN()
	}
	if t == 0 {
		if x == 0 {
			return 1
		}
		return 0
	}
	n := float64(x)
	norm := special.LogGamma(m.R+n) - special.LogGamma(m.R) - special.LogGamma(n+1) + m.R*math.Log(m.Alpha)
	logNB := func(y, logY float64) float64 {
		v := norm - (m.R+n)*math.Log(m.Alpha+y)
		if x > 0 {
			v += n * logY
		}
		return v
	}
	stays := math.Exp(logNB(t, math.Log(t)) - m.S*math.Log1p(t/m.Beta))
	leaves := trapezoid(func(v float64) float64 {
		// y = t/(1+e^-v)
		lp, lq := -softplus(-v), -softplus(v)
		y := t * math.Exp(lp)
		return math.Exp(logNB(y, math.Log(t)+lp) + math.Log(m.S/m.Beta) - (m.S+1)*math.Log1p(y/m.Beta) + math.Log(t) + lp + lq)
	}, 0)
	return stays + leaves
}

// DERT returns the discounted expected residual transactions of c: the orders from Age on for ever, each worth
// e^(-rate·time) with the continuous discount rate per unit of time (see [ContinuousRate]); NaN unless rate > 0.
// Fader, Hardie & Lee, "RFM and CLV" (2005), eq. 2, in the form
//
//	DERT = P(alive) (r+x)/(α+T) ∫_0^∞ ((β+T)/(β+T+t))^s e^(-δt) dt
func (m ParetoNBD) DERT(c Customer, rate float64) float64 {
	p := m.PAlive(c)
	if math.IsNaN(p) || !(rate > 0) || math.IsInf(rate, 0) {
		return math.NaN()
	}
	return p * (m.R + float64(c.Frequency)) / (m.Alpha + c.Age) * (m.Beta + c.Age) * decay(m.S, rate*(m.Beta+c.Age))
}

// decay returns ∫_0^∞ (1+v)^-s e^(-zv) dv = U(1, 2-s, z) = z^(s-1) U(s, s, z), Kummer's function, for z > 0.
func decay(s, z float64) float64 {
	return trapezoid(func(w float64) float64 {
		v := math.Exp(w)
		return math.Exp(w - s*math.Log1p(v) - z*v)
	}, -math.Log(s+z+1))
}

// FitParetoNBD fits the model by maximum likelihood, with the exact gradient and Hessian under the integral over the
// time of leaving; see [FitBGNBD] for errors and Status.
func FitParetoNBD(ctx context.Context, s *Summary, opts *FitOptions) (*Fit[ParetoNBD], error) {
	cells, err := s.cells()
	if err != nil {
		return nil, err
	}
	var p [maxParams]float64
	x, total, most := 0.0, 0.0, 0.0
	for _, c := range cells {
		x += c.w * float64(c.x)
		total += c.w * c.age
		most = max(most, c.age)
	}
	if x == 0 {
		return nil, fmt.Errorf("clv: %w: no customer has a repeat order", ErrNoRepeats)
	}
	theta, limit, err := opts.starting(.6, .25*total/x, .6, .3*most)
	if err != nil {
		return nil, err
	}
	xs := tally(cells)
	o, err := maximize(ctx, 4, theta, limit, func(p []float64) sums {
		out := sumCells(len(cells), func(from, to int, out *sums) { paretoKernel(cells[from:to], p, out) })
		paretoCommon(xs, p, &out)
		return out
	})
	if err != nil {
		return nil, err
	}
	for i := range 4 {
		p[i] = math.Exp(o.theta[i])
	}
	f := newFit(ParetoNBD{p[0], p[1], p[2], p[3]}, s, cells)
	return f, f.settle(o, p[:4])
}

// paretoKernel adds ln of the braces with its derivatives by r, α, s, β: those of a mixture of two terms, of which the
// second is itself a mixture over the time of leaving.
func paretoKernel(cells []cell, p []float64, out *sums) {
	r, alpha, s, beta := p[0], p[1], p[2], p[3]
	var d deathTime
	for i := range cells {
		c := &cells[i]
		w, k, q := c.w, r+float64(c.x), s+1
		d.integrate(r, alpha, s, beta, float64(c.x), c.tx, c.age, true)
		la, lb := math.Log(alpha+c.age), math.Log(beta+c.age)
		ia, ib := 1/(alpha+c.age), 1/(beta+c.age)
		alive, dead := -k*la-s*lb, math.Log(s)+d.logMass
		odds := dead - alive
		pd := 1 / (1 + math.Exp(-odds))
		pa := 1 / (1 + math.Exp(odds))
		out.ll += w * logAddExp(alive, dead)

		ga := [4]float64{-la, -k * ia, -lb, -s * ib}
		gd := [4]float64{-d.la, -k * d.ia, 1/s - d.lb, -q * d.ib}
		// Second derivatives of each term, its own outer product of gradients included.
		var ha, hd [4][4]float64
		for a := range 4 {
			for b := range a + 1 {
				ha[a][b] = ga[a] * ga[b]
			}
		}
		ha[1][0] -= ia
		ha[1][1] += k * ia * ia
		ha[3][2] -= ib
		ha[3][3] += s * ib * ib
		// For the integral E[g_i g_j] + E[g_ij], with 1/s joined to the derivative by s.
		hd[0][0] = d.lala
		hd[1][0] = k*d.laia - d.ia
		hd[1][1] = k*k*d.iaia + k*d.iaia
		hd[2][0] = d.lalb - d.la/s
		hd[2][1] = k * (d.lbia - d.ia/s)
		hd[2][2] = d.lblb - 2*d.lb/s // (1/s - lb)² - 1/s²
		hd[3][0] = q * d.laib
		hd[3][1] = k * q * d.iaib
		hd[3][2] = q*(d.lbib-d.ib/s) - d.ib
		hd[3][3] = q*q*d.ibib + q*d.ibib
		for a := range 4 {
			g := pa*ga[a] + pd*gd[a]
			out.grad[a] += w * g
			for b := range a + 1 {
				out.hess[a][b] += w * (pa*ha[a][b] + pd*hd[a][b] - g*(pa*ga[b]+pd*gd[b]))
			}
		}
	}
}

// paretoCommon adds lnΓ(r+x) - lnΓ(r) + r ln α + s ln β.
func paretoCommon(xs []countOf, p []float64, out *sums) {
	r, alpha, s, beta := p[0], p[1], p[2], p[3]
	rise, all := rising{at: r}, 0.0
	for _, c := range xs {
		all += c.w
		rise.to(c.x)
		out.ll += c.w * rise.log
		out.grad[0] += c.w * rise.d1
		out.hess[0][0] += c.w * rise.d2
	}
	out.ll += all * (r*math.Log(alpha) + s*math.Log(beta))
	out.grad[0] += all * math.Log(alpha)
	out.grad[1] += all * r / alpha
	out.grad[2] += all * math.Log(beta)
	out.grad[3] += all * s / beta
	out.hess[1][0] += all / alpha
	out.hess[1][1] -= all * r / (alpha * alpha)
	out.hess[3][2] += all / beta
	out.hess[3][3] -= all * s / (beta * beta)
}
