package metrics

import "math"

// pair is two groups, x of n in each.
type pair struct{ x1, n1, x2, n2 float64 }

func (p pair) swap() pair { return pair{p.x2, p.n2, p.x1, p.n1} }

// lower returns the lower limit of p1 - p2 by the score test: the smallest difference d that solves
//
//	p1 - p2 - d = z sqrt(P1(1-P1)/n1 + P2(1-P2)/n2)
//
// where P1 = P2 + d are the shares of largest likelihood with that difference.
func (p pair) lower(z float64) float64 {
	diff := p.x1/p.n1 - p.x2/p.n2
	if diff == -1 {
		return -1
	}
	f := func(d float64) float64 {
		p2 := p.restricted(d)
		p1 := min(max(p2+d, 0), 1)
		return diff - d - z*math.Sqrt(p1*(1-p1)/p.n1+p2*(1-p2)/p.n2)
	}
	top := diff
	if f(top) == 0 { // the variance vanishes at the difference observed; the limit is about z²/n away
		top -= p.step(z)
	}
	return root(f, -1, top)
}

// step is far below z²/n, and not below the last bit of 1.
func (p pair) step(z float64) float64 { return max(1e-3*z*z/max(p.n1, p.n2), 0x1p-52) }

// restricted returns the P2 of largest likelihood under P1 = P2 + d: the zero of the falling derivative
//
//	x1/P1 - (n1-x1)/(1-P1) + x2/P2 - (n2-x2)/(1-P2)
func (p pair) restricted(d float64) float64 {
	low, high := max(0, -d), min(1, 1-d)
	if low >= high {
		return low
	}
	of := func(x, share float64) float64 {
		if x == 0 {
			return 0
		}
		return x / max(share, 0)
	}
	f := func(p2 float64) float64 {
		p1 := p2 + d
		return of(p.x1, p1) - of(p.n1-p.x1, 1-p1) + of(p.x2, p2) - of(p.n2-p.x2, 1-p2)
	}
	switch {
	case f(low) <= 0:
		return low
	case f(high) >= 0:
		return high
	}
	return root(f, low, high)
}

// ratioLower returns the lower limit of p1/p2 by the score test: the smallest ratio r that solves
//
//	p1 - r p2 = z sqrt(P1(1-P1)/n1 + r² P2(1-P2)/n2)
//
// where P1 = r P2 are the shares of largest likelihood with that ratio, of which P2 is a root of
//
//	(n1+n2) r P2² - (r (n1+x2) + x1+n2) P2 + x1+x2
func (p pair) ratioLower(z float64) float64 {
	if p.x1 == 0 {
		return 0
	}
	h1, h2 := p.x1/p.n1, p.x2/p.n2
	f := func(r float64) float64 {
		b, s := r*(p.n1+p.x2)+p.x1+p.n2, p.x1+p.x2
		p2 := 2 * s / (b + math.Sqrt(max(b*b-4*(p.n1+p.n2)*r*s, 0)))
		p1 := min(r*p2, 1)
		return h1 - r*h2 - z*math.Sqrt(p1*(1-p1)/p.n1+r*r*max(p2*(1-p2), 0)/p.n2)
	}
	top := h1 / h2
	if p.x2 == 0 { // any ratio is below the one observed; the limit is where f changes sign
		for top = 1; f(top) > 0; top *= 2 {
		}
	} else if f(top) == 0 {
		top *= 1 - p.step(z)
	}
	return root(f, 0, top)
}
