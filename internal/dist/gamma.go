package dist

import "math"

// GammaCDF returns the regularised lower incomplete gamma function P(a, x), the distribution function of the
// gamma distribution with shape a > 0 and scale 1, at x >= 0; NaN outside. P(k+1, x) is the chance of more than
// k events where x are expected; chi-squared with nu degrees of freedom is GammaCDF(x/2, nu/2).
func GammaCDF(x, a float64) float64 {
	p, _ := gammaTails(x, a)
	return p
}

// GammaTail returns Q(a, x) = 1 - P(a, x) with full relative accuracy.
func GammaTail(x, a float64) float64 {
	_, q := gammaTails(x, a)
	return q
}

// GammaQuantile returns the x with P(a, x) = p, for p in [0, 1] and a > 0; NaN outside.
func GammaQuantile(p, a float64) float64 { return gammaQuantile(p, 1-p, a) }

// GammaTailQuantile returns the x with Q(a, x) = q, for q in [0, 1] and a > 0; NaN outside.
func GammaTailQuantile(q, a float64) float64 { return gammaQuantile(1-q, q, a) }

func gammaTails(x, a float64) (p, q float64) {
	switch {
	case !(a > 0) || math.IsInf(a, 1) || !(x >= 0):
		return math.NaN(), math.NaN()
	case x == 0:
		return 0, 1
	case math.IsInf(x, 1):
		return 1, 0
	case x < a+1:
		logp, _ := logGammaLower(x, a)
		p = math.Exp(logp)
		return p, 1 - p
	}
	logq, _ := logGammaUpper(x, a)
	q = math.Exp(logq)
	return 1 - q, q
}

// logGammaDensity returns ln(x^a e^-x / Γ(a)), the log density of ln x, without cancellation for large a.
func logGammaDensity(x, a float64) float64 {
	return deviance(x-a, a, x, 1) - stirlingError(a) + .5*math.Log(a/(2*math.Pi))
}

// logGammaLower returns ln P(a, x) and its derivative in ln x, by the series
//
//	P(a, x) = x^a e^-x / Γ(a+1) (1 + x/(a+1) + x²/((a+1)(a+2)) + …)
func logGammaLower(x, a float64) (logp, slope float64) {
	if a > manyGamma {
		p, _, logp := gammaExpansion(x, a)
		if p > 1e-300 {
			logp = math.Log(p)
		}
		return logp, math.Exp(logGammaDensity(x, a) - logp)
	}
	sum, term := 1.0, 1.0
	for k := a + 1; term > sum*1e-17; k++ {
		term *= x / k
		sum += term
	}
	return logGammaDensity(x, a) + math.Log(sum/a), a / sum
}

// logGammaUpper returns ln Q(a, x) and its derivative in -ln x, by the continued fraction 6.5.31 of Abramowitz
// and Stegun in its even form, evaluated with the modified method of Lentz.
func logGammaUpper(x, a float64) (logq, slope float64) {
	if a > manyGamma {
		_, q, logq := gammaExpansion(x, a)
		if q > 1e-300 {
			logq = math.Log(q)
		}
		return logq, math.Exp(logGammaDensity(x, a) - logq)
	}
	b := x + 1 - a
	c, d := 1e300, 1/lentz(b)
	h := d
	for k := 1.; k < 1e6; k++ {
		t := -k * (k - a)
		b += 2
		d, c = 1/lentz(t*d+b), lentz(b+t/c)
		step := d * c
		h *= step
		if !(math.Abs(step-1) >= 2e-16) { // NaN ends it too
			break
		}
	}
	return logGammaDensity(x, a) + math.Log(h), 1 / h
}

// manyGamma is the shape from which two terms of the expansion are good to 2e-13.
const manyGamma = 1e7

// gammaExpansion returns P(a, x) and Q(a, x) for large a. With δ = (x-a)/a and η²/2 = δ - ln(1+δ), integrating by parts
// twice gives, as for the beta distribution,
//
//	P(a, x) = Φ(η sqrt(a)) - exp(-aη²/2 - δ(a))/sqrt(2πa) (g0 + g1/a + …)
//	g0 = 1/δ - 1/η
//	g1 = (1/η² - η(1+δ)/δ³ - 1/12)/η
//
// the uniform expansion of N. M. Temme, The asymptotic expansion of the incomplete gamma functions, SIAM Journal on
// Mathematical Analysis 10 (1979), 757-766 (DLMF 8.12.3 to 8.12.10). The third result is the logarithm of the smaller of the
// two where it is too small for a float64 and the series and the fraction are too long, with Φ by its asymptotic series
// (Abramowitz and Stegun 26.2.12), exp(-t²/2)/(sqrt(2π) t) (1 - 1/t² + 3/t⁴ - …).
func gammaExpansion(x, a float64) (p, q, logTail float64) {
	delta := (x - a) / a
	dev := deviance(x-a, a, x, 1) // -aη²/2
	root := func(dev, sign float64) float64 { return math.Copysign(math.Sqrt(-2*dev/a), sign) }
	terms := func(eta, delta float64) float64 {
		g0 := 1/delta - 1/eta
		g1 := (1/(eta*eta) - eta*(1+delta)/(delta*delta*delta) - 1./12) / eta
		return g0 + g1/a
	}
	eta := root(dev, delta)
	var g float64
	if h := .1 / math.Sqrt(a); math.Abs(delta) > h {
		g = terms(eta, delta)
	} else {
		// At δ = 0 the terms are 0/0, and smooth: take the line between two points beside it.
		w := (1 + delta/h) / 2
		g = (1-w)*terms(root(a*log1pmx(-h), -1), -h) + w*terms(root(a*log1pmx(h), 1), h)
	}
	r := math.Exp(dev-stirlingError(a)) / math.Sqrt(2*math.Pi*a) * g
	p, q = NormalCDF(eta*math.Sqrt(a))-r, NormalCDF(-eta*math.Sqrt(a))+r
	if min(p, q) > 1e-300 {
		return p, q, 0
	}
	t := math.Abs(eta) * math.Sqrt(a) // above 36
	sum, term := 1., 1.
	for k := 1.; math.Abs(term) > 1e-17; k += 2 {
		term *= -k / (t * t)
		sum += term
	}
	tail := sum/t + math.Copysign(1, eta)*g*math.Exp(-stirlingError(a))/math.Sqrt(a)
	return p, q, dev + math.Log(tail/math.Sqrt(2*math.Pi))
}

// gammaQuantile inverts the smaller tail by Newton's method in ln x, in which both tails are log-concave.
func gammaQuantile(p, q, a float64) float64 {
	switch {
	case !(p >= 0 && q >= 0 && a > 0) || math.IsInf(a, 1):
		return math.NaN()
	case p == 0:
		return 0
	case q == 0:
		return math.Inf(1)
	}
	spread := 1 / math.Sqrt(a)
	// Wilson and Hilferty, where the cube is positive.
	t := math.Log(a)
	if w := 1 - spread*spread/9 + NormalQuantile(p)*spread/3; w > .1 {
		t += 3 * math.Log(w)
	} else {
		t = (math.Log(p) + math.Log(a)) / a // P(a, x) is about x^a / Γ(a+1)
	}
	for range 200 {
		x := math.Exp(t)
		var logp, logq, slope float64
		lower := x < a+1
		if lower {
			logp, slope = logGammaLower(x, a)
			logq = math.Log1p(-math.Exp(logp))
		} else {
			logq, slope = logGammaUpper(x, a)
			logp = math.Log1p(-math.Exp(logq))
		}
		var step float64
		if p <= q {
			if !lower {
				slope = math.Exp(logGammaDensity(x, a) - logp)
			}
			step = (math.Log(p) - logp) / slope
		} else {
			if lower {
				slope = math.Exp(logGammaDensity(x, a) - logq)
			}
			step = (logq - math.Log(q)) / slope
		}
		step = min(max(step, -10*spread-1), 10*spread+1)
		t += step
		if !(math.Abs(step) > 1e-15*max(1, math.Abs(t))) {
			break
		}
	}
	return math.Exp(t)
}
