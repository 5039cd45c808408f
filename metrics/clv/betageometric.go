package clv

import (
	"context"
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/internal/special"
)

// What BG/NBD and MBG/NBD share. They differ in one thing: whether a customer may drop out right after the first
// order (once more than there are repeats). shift is 0 for BG/NBD, 1 for MBG/NBD.

// bgLogLikelihood returns the log-likelihood of one customer.
//
//	L = Γ(r+x)α^r/Γ(r) · B(a, b+x+shift)/B(a, b)·(…) [(α+T)^-(r+x) + a/(b+x-1+shift) (α+t_x)^-(r+x)]
//
// the second term only for x > 0 or shift 1. The bracket is kept in logarithms by its log-odds, after note 027 of
// Fader & Hardie (2013), so that nothing overflows.
func bgLogLikelihood(r, alpha, a, b, shift float64, x int, tx, age float64) float64 {
	n := float64(x)
	v := special.LogGamma(r+n) - special.LogGamma(r) + r*math.Log(alpha) - (r+n)*math.Log(alpha+age)
	if x > 0 || shift > 0 {
		// Γ(a+b)Γ(b+n+shift) / (Γ(b)Γ(a+b+n+shift)) = B(a, b+n+shift)/B(a, b)
		v += special.LogBeta(a, b+n+shift) - special.LogBeta(a, b)
		v += softplus(bgLogOdds(r, alpha, a, b, shift, n, tx, age))
	}
	return v
}

// bgLogOdds returns ln D, the log-odds that the customer has dropped out.
func bgLogOdds(r, alpha, a, b, shift, x, tx, age float64) float64 {
	return math.Log(a/(b+x-1+shift)) + (r+x)*math.Log1p((age-tx)/(alpha+tx))
}

// bgAlive returns P(alive) = 1/(1+D).
func bgAlive(r, alpha, a, b, shift float64, c Customer) float64 {
	if c.Frequency == 0 && shift == 0 {
		return 1 // by construction: a drop-out needs a repeat order
	}
	return 1 / (1 + math.Exp(bgLogOdds(r, alpha, a, b, shift, float64(c.Frequency), c.Recency, c.Age)))
}

// bgExpected returns the expected number of orders within t of a customer who is alive, with a rate from
// Gamma(r, alpha) and a drop-out probability after each order from Beta(a, b):
//
//	E = Σ_{n>=1} NB(n) Σ_{j<n} B(a, b+j)/B(a, b),   NB(n) = Γ(r+n)/(Γ(r)n!) (1-z)^r z^n,   z = t/(α+t)
//
// It is the closed form of Fader, Hardie & Lee (2005), eq. 9 and 10, as a series without a negative term: nothing
// cancels at a = 1 or a+b < 1, nothing overflows for heavy buyers. Where z is so near 1 that the series is long, the
// integral over the drop-out probability is taken instead.
func bgExpected(r, alpha, a, b, t float64) float64 {
	if t == 0 {
		return 0
	}
	if !(t > 0) || math.IsInf(t, 0) {
		return math.NaN()
	}
	z := t / (alpha + t)
	if mean := r * z / (1 - z); z > .99 || mean > 20_000 {
		return bgExpectedIntegral(r, alpha, a, b, t)
	}
	// The terms are scaled by (1-z)^r at the end; for large r that underflows, so the scale is carried along.
	logScale := r * math.Log1p(-z)
	term, stay, orders, sum := 1.0, 1.0, 0.0, 0.0
	for n := 1.0; ; n++ {
		orders += stay // Σ_{j<n} of the chance to be alive after j orders
		stay *= (b + n - 1) / (a + b + n - 1)
		ratio := (r + n - 1) / n * z
		term *= ratio
		add := term * orders
		sum += add
		if next := (r + n) / (n + 1) * z * (1 + 1/n); next < 1 && add <= sum*(1-next)*1e-17 {
			break
		}
		if term > 1e200 {
			term *= 1e-200
			sum *= 1e-200
			logScale += 200 * math.Ln10
		}
	}
	return math.Exp(math.Log(sum) + logScale)
}

// bgExpectedIntegral returns the same as
//
//	E = ∫_0^1 (1 - (1+pt/α)^-r)/p · p^(a-1) (1-p)^(b-1) dp / B(a, b)
//
// by the trapezoid rule in ln(p/(1-p)), halving the step until nothing changes. For small a, where almost nobody drops out,
// the integrand falls off as slowly as p^a; then the part (rt/α)(1-p)^m, which has the same first two terms at p = 0 and is
// nowhere larger, is taken out and integrated in closed form,
//
//	(rt/α) B(a, b+m)/B(a, b),   m = (r+1)t/(2α)
//
// and the rest falls off as p^(a+2).
func bgExpectedIntegral(r, alpha, a, b, t float64) float64 {
	norm := special.LogBeta(a, b)
	most := r * t / alpha // expected orders of a customer who never drops out
	m := (r + 1) * t / (2 * alpha)
	split := a < .5 && !math.IsInf(m, 0)
	f := func(u float64) float64 {
		// p = 1/(1+e^-u); ln p = -softplus(-u), ln(1-p) = -softplus(u); dp = p(1-p) du
		lp, lq := -softplus(-u), -softplus(u)
		p := math.Exp(lp)
		orders := most // (1 - (1+pt/α)^-r)/p, and its limit
		if p*t/alpha > 1e-18 {
			orders = -math.Expm1(-r*math.Log1p(p*t/alpha)) / p
		}
		if split {
			orders = max(0, orders-most*math.Exp(m*lq))
		}
		return orders * math.Exp(a*lp+b*lq-norm)
	}
	sum := trapezoid(f, math.Log(a/b))
	if split {
		sum += most * math.Exp(special.LogBeta(a, b+m)-norm)
	}
	return sum
}

// bgCells fits either model.
func bgCells(ctx context.Context, cells []cell, shift float64, opts *FitOptions) (optimum, [maxParams]float64, error) {
	var p [maxParams]float64
	x, total, most := 0.0, 0.0, 0.0
	for _, c := range cells {
		x += c.w * float64(c.x)
		total += c.w * c.age
		most = max(most, c.age)
	}
	if x == 0 {
		return optimum{}, p, fmt.Errorf("clv: %w: no customer has a repeat order", ErrNoRepeats)
	}
	// Times are scaled to a maximum of 1, which adds Σx ln(scale) to the likelihood.
	scaled := make([]cell, len(cells))
	for i, c := range cells {
		c.tx /= most
		c.age /= most
		scaled[i] = c
	}
	rate := x / total * most // per scaled time, dropped-out time counted
	theta, limit, err := opts.starting(.5, .25/rate*most, .8, 2)
	if err != nil {
		return optimum{}, p, err
	}
	theta[1] -= math.Log(most)
	xs := tally(scaled)
	o, err := maximize(ctx, 4, theta, limit, func(p []float64) sums {
		s := sumCells(len(scaled), func(from, to int, out *sums) { bgKernel(scaled[from:to], p, shift, out) })
		bgCommon(xs, p, shift, &s)
		return s
	})
	o.theta[1] += math.Log(most)
	o.at.ll -= x * math.Log(most)
	for i := range 4 {
		p[i] = math.Exp(o.theta[i])
	}
	return o, p, err
}

// bgKernel adds the part of the log-likelihood that depends on the times:
//
//	A = -(r+x) ln(α+T) + softplus(u),   u = ln a - ln(b+x-1+shift) + (r+x) (ln(α+T) - ln(α+t_x))
func bgKernel(cells []cell, p []float64, shift float64, out *sums) {
	r, alpha, a, b := p[0], p[1], p[2], p[3]
	la := math.Log(a)
	for i := range cells {
		c := &cells[i]
		w, n := c.w, float64(c.x)
		k := r + n
		ia := 1 / (alpha + c.age)
		lAge := math.Log(alpha + c.age)
		if c.x == 0 && shift == 0 {
			out.ll -= w * k * lAge
			out.grad[0] -= w * lAge
			out.grad[1] -= w * k * ia
			out.hess[1][0] -= w * ia
			out.hess[1][1] += w * k * ia * ia
			continue
		}
		it := 1 / (alpha + c.tx)
		d := lAge - math.Log(alpha+c.tx)
		e := ia - it
		m := 1 / (b + n - 1 + shift)
		u := la + math.Log(m) + k*d
		// softplus and logistic share one exponential.
		soft, q := math.Max(u, 0), 0.0
		ex := math.Exp(-math.Abs(u))
		soft += math.Log1p(ex)
		if q = 1 / (1 + ex); u < 0 {
			q = ex / (1 + ex)
		}
		v := w * q * (1 - q)
		wq := w * q
		u1, u2, u3 := k*e, 1/a, -m // by α, a, b; by r it is d
		out.ll += w * (soft - k*lAge)
		out.grad[0] += wq*d - w*lAge
		out.grad[1] += wq*u1 - w*k*ia
		out.grad[2] += wq * u2
		out.grad[3] += wq * u3
		out.hess[0][0] += v * d * d
		out.hess[1][0] += v*d*u1 + wq*e - w*ia
		out.hess[1][1] += v*u1*u1 - wq*k*(ia*ia-it*it) + w*k*ia*ia
		out.hess[2][0] += v * d * u2
		out.hess[2][1] += v * u1 * u2
		out.hess[2][2] += v*u2*u2 - wq*u2*u2
		out.hess[3][0] += v * d * u3
		out.hess[3][1] += v * u1 * u3
		out.hess[3][2] += v * u2 * u3
		out.hess[3][3] += v*u3*u3 + wq*m*m
	}
}

// A countOf is how many customers have a frequency.
type countOf struct {
	x int
	w float64
}

// bgCommon adds what depends on x alone:
//
//	lnΓ(r+x) - lnΓ(r) + r ln α + ln B(a, b+x+shift) - ln B(a, b)
func bgCommon(xs []countOf, p []float64, shift float64, out *sums) {
	r, alpha, a, b := p[0], p[1], p[2], p[3]
	all := 0.0
	rise := rising{at: r}
	fall, whole := rising{at: b}, rising{at: a + b}
	for _, c := range xs {
		all += c.w
		rise.to(c.x)
		out.ll += c.w * rise.log
		out.grad[0] += c.w * rise.d1
		out.hess[0][0] += c.w * rise.d2
		if c.x == 0 && shift == 0 {
			continue
		}
		fall.to(c.x + int(shift))
		whole.to(c.x + int(shift))
		out.ll += c.w * (fall.log - whole.log)
		out.grad[2] -= c.w * whole.d1
		out.grad[3] += c.w * (fall.d1 - whole.d1)
		out.hess[2][2] -= c.w * whole.d2
		out.hess[3][2] -= c.w * whole.d2
		out.hess[3][3] += c.w * (fall.d2 - whole.d2)
	}
	out.ll += all * r * math.Log(alpha)
	out.grad[0] += all * math.Log(alpha)
	out.grad[1] += all * r / alpha
	out.hess[1][0] += all / alpha
	out.hess[1][1] -= all * r / (alpha * alpha)
}
