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
	b := x + 1 - a
	c, d := 1e300, 1/lentz(b)
	h := d
	for k := 1.; k < 1e6; k++ {
		t := -k * (k - a)
		b += 2
		d, c = 1/lentz(t*d+b), lentz(b+t/c)
		step := d * c
		h *= step
		if math.Abs(step-1) < 2e-16 {
			break
		}
	}
	return logGammaDensity(x, a) + math.Log(h), 1 / h
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
		if math.Abs(step) <= 1e-15*max(1, math.Abs(t)) {
			break
		}
	}
	return math.Exp(t)
}
