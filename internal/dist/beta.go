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
	if lowerSide(x, a, b) {
		logp, _ := logBetaLower(x, y, a, b)
		p = math.Exp(logp)
		return p, 1 - p
	}
	logq, _ := logBetaLower(y, x, b, a)
	q = math.Exp(logq)
	return 1 - q, q
}

// lowerSide reports whether the continued fraction for I_x(a, b) converges fast; otherwise that of the complement does.
func lowerSide(x, a, b float64) bool { return x*(a+b+2) <= a+1 }

// logBetaDensity returns ln(x^a y^b / B(a, b)), the log density of ln(x/y). With x0 = a/(a+b), y0 = b/(a+b),
// f = x/x0 - 1 and g = y/y0 - 1 (so that a f + b g = 0),
//
//	x^a y^b / B(a,b) = sqrt(ab / (2π(a+b))) exp(δ(a+b) - δ(a) - δ(b) + a(ln(1+f)-f) + b(ln(1+g)-g))
//
// which loses no digits for large a and b.
func logBetaDensity(x, y, a, b float64) float64 {
	n := a + b
	var d float64 // n(x - x0), from the smaller of x and y, which alone is known to full relative accuracy
	if x <= .5 {
		d = math.FMA(x, n, -a)
	} else {
		d = -math.FMA(y, n, -b)
	}
	s := stirlingError(n) - stirlingError(a) - stirlingError(b)
	return s + .5*math.Log(a/n*b/(2*math.Pi)) + deviance(d, a, x, n) + deviance(-d, b, y, n)
}

// deviance returns a(ln(1+f) - f) with f = d/a, where 1+f = x n/a.
func deviance(d, a, x, n float64) float64 {
	f := d / a
	if f > -.6 {
		return a * log1pmx(f)
	}
	return a*math.Log(x*n/a) - d
}

// logBetaLower returns ln I_x(a, b) and the derivative of it in ln(x/y), by the continued fraction 26.5.8 of
// Abramowitz and Stegun, evaluated with the modified method of Lentz. It converges fast where lowerSide holds.
func logBetaLower(x, y, a, b float64) (logp, slope float64) {
	const tiny = 1e-300
	c, d := 1.0, 1-(a+b)*x/(a+1)
	if math.Abs(d) < tiny {
		d = tiny
	}
	d = 1 / d
	h := d
	for m := 1.; m < 1e6; m++ {
		t := m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		d, c = lentz(1+t*d), lentz(1+t/c)
		d = 1 / d
		h *= d * c
		t = -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		d, c = lentz(1+t*d), lentz(1+t/c)
		d = 1 / d
		step := d * c
		h *= step
		if math.Abs(step-1) < 2e-16 {
			break
		}
	}
	return logBetaDensity(x, y, a, b) + math.Log(h/a), a / h
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
		if lowerSide(x, a, b) {
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
		if math.Abs(step) <= 1e-15*max(1, math.Abs(t)) {
			break
		}
	}
	return 1 / (1 + math.Exp(-t)), 1 / (1 + math.Exp(t))
}
