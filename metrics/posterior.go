package metrics

import (
	"cmp"
	"math"

	"github.com/cxmodel/cxmodel/internal/dist"
)

// NPSPosterior is the posterior distribution of a Net Promoter Score, in points, under a symmetric Dirichlet prior:
// what is believed about the true score after the answers. Counts need not be whole. The uniform prior 1 is not advised:
// near unanimous answers its intervals all but never contain the truth. Every method returns NaN for counts that are negative
// or not finite, or a prior below 1/2.
//
// The share s of promoters and detractors together and the share r of promoters among them are independent,
//
//	NPS/100 = s(2r - 1), s ~ Beta(P+D+2a, M+a), r ~ Beta(P+a, D+a)
//
// so that the distribution function is one integral over s.
type NPSPosterior struct {
	Detractors, Passives, Promoters float64
	Prior                           float64 // the pseudo count of each band, at least 1/2; 0 means 1/2, the prior of NPSJeffreys
}

// resolved fills the prior in and reports whether the posterior exists.
func (p NPSPosterior) resolved() (NPSPosterior, bool) {
	p.Prior = cmp.Or(p.Prior, .5)
	return p, p.Detractors >= 0 && p.Passives >= 0 && p.Promoters >= 0 && p.Prior >= .5 &&
		!math.IsInf(p.Detractors+p.Passives+p.Promoters+p.Prior, 0)
}

// Mean returns the posterior mean in points.
func (p NPSPosterior) Mean() float64 {
	p, ok := p.resolved()
	if !ok {
		return math.NaN()
	}
	return 100 * (p.Promoters - p.Detractors) / (p.Detractors + p.Passives + p.Promoters + 3*p.Prior)
}

// StdDev returns the posterior standard deviation in points.
func (p NPSPosterior) StdDev() float64 {
	p, ok := p.resolved()
	if !ok {
		return math.NaN()
	}
	d, m, q := p.Detractors+p.Prior, p.Passives+p.Prior, p.Promoters+p.Prior
	n := d + m + q
	return 100 * npsStdErr(d, m, q) * math.Sqrt(n/(n+1))
}

// CDF returns the posterior probability that the true score is at most x points; 1 - CDF(0) is the probability
// that it is positive.
func (p NPSPosterior) CDF(x float64) float64 {
	p, ok := p.resolved()
	switch {
	case !ok || math.IsNaN(x):
		return math.NaN()
	case x <= -100:
		return 0
	case x >= 100:
		return 1
	case x > 0: // the smaller tail is the accurate one
		return 1 - p.mirror().lower(-x/100, p.window())
	}
	return p.lower(x/100, p.window())
}

// Quantile returns the score in points below which the true one lies with probability q in [0, 1].
func (p NPSPosterior) Quantile(q float64) float64 {
	p, ok := p.resolved()
	if !ok || !(q >= 0 && q <= 1) {
		return math.NaN()
	}
	if q > .5 {
		return -100 * p.mirror().quantile(1-q, p.window())
	}
	return 100 * p.quantile(q, p.window())
}

// limits returns the equal-tailed interval with the given tail, on [-1, 1]. As with one proportion, the limit
// that unanimous answers point to is the end of the range.
func (p NPSPosterior) limits(tail float64) (low, high float64) {
	low, high = -1, 1
	w := p.window()
	if p.Passives+p.Promoters > 0 {
		low = p.quantile(tail, w)
	}
	if p.Passives+p.Detractors > 0 {
		high = -p.mirror().quantile(tail, w)
	}
	return low, high
}

func (p NPSPosterior) mirror() NPSPosterior {
	p.Detractors, p.Promoters = p.Promoters, p.Detractors
	return p
}

// window is a range of s outside of which lies next to no probability, and the same as t = 1-s; each end is accurate
// where it is small.
type window struct{ s, t [2]float64 }

func (p NPSPosterior) window() window {
	const nothing = 1e-18
	a, b := p.Promoters+p.Detractors+2*p.Prior, p.Passives+p.Prior
	s0, t1 := dist.BetaQuantile(nothing, a, b), dist.BetaQuantile(nothing, b, a)
	s1, t0 := dist.BetaTailQuantile(nothing, a, b), dist.BetaTailQuantile(nothing, b, a)
	return window{[2]float64{s0, s1}, [2]float64{t0, t1}}
}

// quantile returns the solution of P(θ <= x) = q on [-1, 1] for q <= 1/2.
func (p NPSPosterior) quantile(q float64, w window) float64 {
	if q == 0 {
		return -1
	}
	f := func(x float64) float64 {
		switch {
		case x <= -1:
			return -q
		case x >= 1:
			return 1 - q
		case x > 0:
			return 1 - q - p.mirror().lower(-x, w)
		}
		return p.lower(x, w) - q
	}
	// The posterior is nearly normal, so the root mostly lies within a standard deviation of the normal's quantile.
	low, high := -1., 1.
	sd := p.StdDev() / 100
	guess := p.Mean()/100 + dist.NormalQuantile(q)*sd
	if x := guess - sd; x > low && f(x) < 0 {
		low = x
	}
	if x := guess + sd; x < high && f(x) > 0 {
		high = x
	}
	return root(f, low, high)
}

// lower returns P(θ <= x) for x in (-1, 0], with u = -x:
//
//	∫_u^1 f(s) I_{(1-u/s)/2}(P+a, D+a) ds
//
// where f is the density of s. With s = u + (1-u) sin²φ the integrand has no singular ends. The angle is counted from
// the end that the distribution is nearer to, where it must be exact.
func (p NPSPosterior) lower(x float64, w window) float64 {
	u := -x
	a, b := p.Promoters+p.Detractors+2*p.Prior, p.Passives+p.Prior
	rp, rd := p.Promoters+p.Prior, p.Detractors+p.Prior
	fromBelow := a < b
	angle := func(above float64) float64 { return math.Asin(math.Sqrt(min(max(above/(1-u), 0), 1))) }
	first, last := angle(w.t[1]), angle(w.t[0])
	if fromBelow {
		first, last = angle(w.s[0]-u), angle(w.s[1]-u)
	}
	return integrate(func(angle float64) float64 {
		sin, cos := math.Sincos(angle)
		above, t := (1-u)*cos*cos, (1-u)*sin*sin // s-u and 1-s
		if fromBelow {
			above, t = t, above
		}
		s := u + above
		if s <= 0 || t <= 0 {
			return 0
		}
		ds := 2 * (1 - u) * sin * cos
		return dist.BetaDensity(s, t, a, b) * ds * dist.BetaCDF(above/(2*s), rp, rd)
	}, first, last)
}
