package metrics

import "math"

// tango returns the score interval of the difference (p - d)/n of paired proportions, from counts that need not be
// whole. For a candidate difference x the restricted estimate q of the share of detractors and the statistic are
//
//	A = 2n, B = -d - p + (2n - p + d)x, C = -d x(1-x)
//	q = (sqrt(B² - 4AC) - B)/(2A)
//	z(x) = (p - d - n x)/sqrt(n(2q + x(1-x)))
//
// and the limits solve z(x) = ±z (Tango 1998, equations 13 to 16).
func tango(d, p, n, z float64) (low, high float64) {
	return tangoLower(d, p, n, z), -tangoLower(p, d, n, z)
}

func tangoLower(d, p, n, z float64) float64 {
	theta := (p - d) / n
	// At the corners the restricted variance vanishes at theta, and the equation is solved by hand.
	switch {
	case d == n:
		return -1
	case p == n:
		return (n - z*z) / (n + z*z)
	case d == 0 && p == 0:
		return -z * z / (n + z*z)
	}
	// Without division the equation holds at the end of the range too: it is 0 or more at -1, below 0 at theta.
	f := func(x float64) float64 {
		return (p - d - n*x) - z*math.Sqrt(n*tangoVariance(d, p, n, x))
	}
	// A start twice as far out as a Wald limit mostly saves halving the whole range.
	lo := max(-1, theta-2*(z*npsStdErr(d+.5, n-d-p+1, p+.5)+z*z/n))
	if lo > -1 && f(lo) < 0 {
		lo = -1
	}
	return root(f, lo, theta)
}

// tangoVariance returns 2q + x(1-x), the variance of one answer if the difference is x. It is even in (x, d-p), so
// that only x >= 0 needs computing, where C <= 0 and the root of the quadratic is taken without cancellation.
func tangoVariance(d, p, n, x float64) float64 {
	if x < 0 {
		x, d, p = -x, p, d
	}
	b := -d - p + (2*n-p+d)*x
	c := -d * x * (1 - x)
	s := math.Sqrt(b*b - 8*n*c)
	var q float64
	if b < 0 {
		q = (s - b) / (4 * n)
	} else if c != 0 {
		q = -2 * c / (b + s)
	}
	return max(2*q+x*(1-x), 0)
}

// root returns a zero of f between a and b, at which f has opposite signs or is zero, to the last bits: T. R.
// Chandrupatla, A new hybrid quadratic/bisection algorithm, Advances in Engineering Software 28 (1997), 145-149.
func root(f func(float64) float64, a, b float64) float64 {
	fa, fb := f(a), f(b)
	if fa == 0 {
		return a
	}
	if fb == 0 {
		return b
	}
	var c, fc float64
	t := .5
	for range 200 {
		x := a + t*(b-a)
		fx := f(x)
		if (fx < 0) == (fa < 0) {
			c, fc = a, fa
		} else {
			c, b, fc, fb = b, a, fb, fa
		}
		a, fa = x, fx
		best := a
		if math.Abs(fb) < math.Abs(fa) {
			best = b
		}
		limit := (1e-16 + 2e-16*math.Abs(best)) / math.Abs(b-a)
		if fa == 0 || fb == 0 || limit > .5 {
			return best
		}
		xi, phi := (a-b)/(c-b), (fa-fb)/(fc-fb)
		t = .5
		if phi*phi < xi && (1-phi)*(1-phi) < 1-xi { // inverse quadratic interpolation is safe
			t = fa/(fb-fa)*fc/(fb-fc) + (c-a)/(b-a)*fa/(fc-fa)*fb/(fc-fb)
		}
		t = min(max(t, limit), 1-limit)
	}
	return a
}
