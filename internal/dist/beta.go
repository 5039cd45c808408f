package dist

import "math"

// BetaCDF returns the regularised incomplete beta function I_x(a, b), the distribution function of the beta
// distribution with shapes a, b > 0, at x in [0, 1]; NaN outside. The upper tail is BetaCDF(1-x, b, a).
func BetaCDF(x, a, b float64) float64 {
	if math.IsNaN(x) || x < 0 || x > 1 {
		return math.NaN()
	}
	p, _ := betaTails(x, 1-x, a, b)
	return p
}

// BetaQuantile returns the x with I_x(a, b) = p, for p in [0, 1] and a, b > 0; NaN outside.
func BetaQuantile(p, a, b float64) float64 {
	x, _ := betaQuantile(p, 1-p, a, b)
	return x
}

// BetaTailQuantile returns the x with I_x(a, b) = 1-q, for q in [0, 1] and a, b > 0; NaN outside. It equals
// 1 - BetaQuantile(q, b, a), and keeps the digits where x is small.
func BetaTailQuantile(q, a, b float64) float64 {
	x, _ := betaQuantile(1-q, q, a, b)
	return x
}

// BetaDensity returns the density of the beta distribution at x in (0, 1), where y is 1-x.
func BetaDensity(x, y, a, b float64) float64 {
	if !(x > 0 && y > 0 && a > 0 && b > 0) {
		return math.NaN()
	}
	return math.Exp(logBetaDensity(x, y, a, b)) / x / y
}

// betaTails returns I_x(a, b) and its complement, each with full relative accuracy. y is 1-x.
func betaTails(x, y, a, b float64) (p, q float64) {
	switch {
	case !(a > 0 && b > 0) || math.IsInf(a, 0) || math.IsInf(b, 0):
		return math.NaN(), math.NaN()
	case x <= 0:
		return 0, 1
	case y <= 0:
		return 1, 0
	}
	if lowerSide(x, y, a, b) {
		logp, _ := logBetaLower(x, y, a, b)
		p = math.Exp(logp)
		return p, 1 - p
	}
	logq, _ := logBetaLower(y, x, b, a)
	q = math.Exp(logq)
	return 1 - q, q
}

// lowerSide reports whether the continued fraction for I_x(a, b) converges fast; otherwise that of the complement does.
func lowerSide(x, y, a, b float64) bool {
	if x <= .5 {
		return x*(a+b+2) <= a+1
	}
	return y*(a+b+2) >= b+1
}

// logBetaDensity returns ln(x^a y^b / B(a, b)), the log density of ln(x/y). With x0 = a/(a+b), y0 = b/(a+b),
// f = x/x0 - 1 and g = y/y0 - 1 (so that a f + b g = 0),
//
//	x^a y^b / B(a,b) = sqrt(ab / (2π(a+b))) exp(δ(a+b) - δ(a) - δ(b) + a(ln(1+f)-f) + b(ln(1+g)-g))
//
// which loses no digits for large a and b.
func logBetaDensity(x, y, a, b float64) float64 {
	n, d := a+b, betaOffset(x, y, a, b)
	s := stirlingError(n) - stirlingError(a) - stirlingError(b)
	return s + .5*math.Log(a/n*b/(2*math.Pi)) + deviance(d, a, x, n) + deviance(-d, b, y, n)
}

// betaOffset returns n(x - x0), from the smaller of x and y, which alone is known to full relative accuracy.
func betaOffset(x, y, a, b float64) float64 {
	if x <= .5 {
		return math.FMA(x, a+b, -a)
	}
	return -math.FMA(y, a+b, -b)
}

// deviance returns a(ln(1+f) - f) with f = d/a, where 1+f = x n/a.
func deviance(d, a, x, n float64) float64 {
	f := d / a
	if f > -.6 {
		return a * log1pmx(f)
	}
	return a*math.Log(x*n/a) - d
}

// logBetaLower returns ln I_x(a, b) and the derivative of it in ln(x/y), where lowerSide holds: by the expansion for
// large shapes, else by the continued fraction
//
//	I_x(a, b) = x^a y^b / B(a, b) / (β0 + α1/(β1 + α2/(β2 + …)))
//	αm = (a+m-1)(a+b+m-1) m (b-m) x² / (a+2m-1)²
//	βm = m + m(b-m)x/(a+2m-1) + (a+m)(ay - bx + 1 + m(2-x))/(a+2m+1)
//
// evaluated with the modified method of Lentz: A. R. DiDonato, A. H. Morris, Algorithm 708: significant digit
// computation of the incomplete beta function ratios, ACM Transactions on Mathematical Software 18 (1992), 360-373.
func logBetaLower(x, y, a, b float64) (logp, slope float64) {
	density := logBetaDensity(x, y, a, b)
	if min(a, b) > manyBeta {
		if p := betaExpansion(x, y, a, b); p > 1e-300 { // below that the continued fraction is short
			logp = math.Log(p)
			return logp, math.Exp(density - logp)
		}
	}
	offset := -betaOffset(x, y, a, b)
	f := a * (offset + 1) / (a + 1)
	c, d := lentz(f), 0.0
	f = c
	for m := 1.; m < 1e6; m++ {
		k := a + 2*m - 1
		alpha := (a + m - 1) / k * ((a + b + m - 1) / k) * m * (b - m) * x * x
		beta := m + m*(b-m)*x/k + (a+m)/(k+2)*(offset+1+m*(2-x))
		d = 1 / lentz(beta+alpha*d)
		c = lentz(beta + alpha/c)
		f *= c * d
		if !(math.Abs(c*d-1) >= 2e-16) { // NaN ends it too
			break
		}
	}
	return density - math.Log(f), f
}

// manyBeta is the smaller shape from which two terms of the expansion are good to 2e-13.
const manyBeta = 1e7

// betaExpansion returns I_x(a, b) for large a and b. With n = a+b, s² = x0 y0, δ = (x - x0)/s and
// -η²/2 = x0 ln(x/x0) + y0 ln(y/y0), integrating by parts twice gives
//
//	I_x(a, b) = Φ(η sqrt(n)) - exp(-nη²/2 + δ(n) - δ(a) - δ(b))/sqrt(2πn) (g0 + g1/n + …)
//	g0 = 1/δ - 1/η
//	g1 = (1/η² - η xy/(s²δ³) - (1/s²-1)/12)/η
//
// the uniform expansion of N. M. Temme, Incomplete Laplace integrals: uniform asymptotic expansion with application to
// the incomplete beta function, SIAM Journal on Mathematical Analysis 18 (1987), 1638-1663 (DLMF 8.18.9 to 8.18.12).
func betaExpansion(x, y, a, b float64) float64 {
	n, d := a+b, betaOffset(x, y, a, b)
	dev := deviance(d, a, x, n) + deviance(-d, b, y, n) // -nη²/2
	s2 := a / n * (b / n)
	s := math.Sqrt(s2)
	delta := d / n / s
	eta := math.Copysign(math.Sqrt(-2*dev/n), d)
	terms := func(eta, delta, xy float64) float64 {
		g0 := 1/delta - 1/eta
		g1 := (1/(eta*eta) - eta*xy/(s2*delta*delta*delta) - (1/s2-1)/12) / eta
		return g0 + g1/n
	}
	var g float64
	if h := .1 / math.Sqrt(n); math.Abs(delta) > h {
		g = terms(eta, delta, x*y)
	} else {
		// At δ = 0 the terms are 0/0, and smooth: take the line between two points beside it.
		at := func(h float64) float64 {
			dev := a*log1pmx(h*s*n/a) + b*log1pmx(-h*s*n/b)
			return terms(math.Copysign(math.Sqrt(-2*dev/n), h), h, (a/n+h*s)*(b/n-h*s))
		}
		w := (1 + delta/h) / 2
		g = (1-w)*at(-h) + w*at(h)
	}
	scale := math.Exp(dev + stirlingError(n) - stirlingError(a) - stirlingError(b))
	return NormalCDF(eta*math.Sqrt(n)) - scale/math.Sqrt(2*math.Pi*n)*g
}

// lentz keeps a denominator of a continued fraction away from 0.
func lentz(v float64) float64 {
	if math.Abs(v) < 1e-300 {
		return 1e-300
	}
	return v
}

// betaQuantile returns the x with I_x(a, b) = p, and y = 1-x, each with full relative accuracy; q is 1-p.
//
// The distribution function of t = ln(x/y) is log-concave for all a and b, so Newton's method on its logarithm
// converges from every start: from the left it never overshoots, from the right it steps to the left at once.
func betaQuantile(p, q, a, b float64) (x, y float64) {
	switch {
	case !(p >= 0 && q >= 0 && a > 0 && b > 0) || math.IsInf(a, 0) || math.IsInf(b, 0):
		return math.NaN(), math.NaN()
	case p == 0:
		return 0, 1
	case q == 0:
		return 1, 0
	case min(a, b) < 1e-300: // as good as a coin with the ends 0 and 1, the latter with chance a/(a+b)
		if p*a <= q*b {
			return 0, 1
		}
		return 1, 0
	case p > q:
		y, x = betaQuantile(q, p, b, a)
		return x, y
	}
	target := math.Log(p)
	spread := math.Sqrt(1/a + 1/b)
	t := math.Log(a/b) + NormalQuantile(p)*spread
	for range 200 {
		x, y = 1/(1+math.Exp(-t)), 1/(1+math.Exp(t))
		var logp, slope float64
		if lowerSide(x, y, a, b) {
			logp, slope = logBetaLower(x, y, a, b)
		} else {
			logq, _ := logBetaLower(y, x, b, a)
			logp = math.Log1p(-math.Exp(logq))
			slope = math.Exp(logBetaDensity(x, y, a, b) - logp)
		}
		step := (target - logp) / slope
		// Far to the right the slope is next to nothing; a bounded step keeps the iteration in range.
		step = max(step, -10*spread-1)
		t += step
		if !(math.Abs(step) > 1e-15*max(1, math.Abs(t))) {
			break
		}
	}
	return 1 / (1 + math.Exp(-t)), 1 / (1 + math.Exp(t))
}
