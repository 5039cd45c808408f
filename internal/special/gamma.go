// Package special holds the special functions that the value models need and the standard library lacks. It is not a
// general library: each function states the range that it is made and tested for.
package special

import "math"

// Digamma returns ψ(x) = d/dx ln Γ(x) for x > 0, to about 1e-15 relative except near its root 1.4616; NaN otherwise.
//
// The argument is raised to 10 or more by ψ(x) = ψ(x+1) - 1/x, then the asymptotic series is summed (Abramowitz &
// Stegun 6.3.5 and 6.3.18).
func Digamma(x float64) float64 {
	if !(x > 0) {
		return math.NaN()
	}
	shift := 0.0
	for ; x < 10; x++ {
		shift += 1 / x
	}
	y := 1 / (x * x)
	tail := y * (1./12 - y*(1./120-y*(1./252-y*(1./240-y*(1./132-y*(691./32760-y*(1./12-y*3617./8160)))))))
	return math.Log(x) - 1/(2*x) - tail - shift
}

// Trigamma returns ψ'(x) for x > 0, to about 1e-15 relative; NaN otherwise. Abramowitz & Stegun 6.4.6 and 6.4.12.
func Trigamma(x float64) float64 {
	if !(x > 0) {
		return math.NaN()
	}
	shift := 0.0
	for ; x < 10; x++ {
		shift += 1 / (x * x)
	}
	y := 1 / (x * x)
	tail := y / x * (1./6 - y*(1./30-y*(1./42-y*(1./30-y*(5./66-y*(691./2730-y*(7./6-y*3617./510)))))))
	return 1/x + y/2 + tail + shift
}

// LogGamma returns ln Γ(x) for x > 0.
func LogGamma(x float64) float64 {
	v, _ := math.Lgamma(x)
	return v
}

// LogBeta returns ln B(a, b) for a, b > 0. Where one argument is large the Stirling terms are taken together, so that
// the large parts of the three logarithms of Γ cancel before they are rounded.
func LogBeta(a, b float64) float64 {
	if !(a > 0 && b > 0) {
		return math.NaN()
	}
	a, b = min(a, b), max(a, b)
	switch {
	case math.IsInf(b, 1):
		return math.Inf(-1)
	case b < 10:
		return LogGamma(a) + LogGamma(b) - LogGamma(a+b)
	case a < 10:
		// ln Γ(b) - ln Γ(a+b) by Stirling.
		return LogGamma(a) + stirling(b) - stirling(a+b) - (b-.5)*math.Log1p(a/b) - a*math.Log(a+b) + a
	}
	return stirling(a) + stirling(b) - stirling(a+b) + .5*math.Log(2*math.Pi/b) + (a-.5)*math.Log(a/(a+b)) - b*math.Log1p(a/b)
}

// stirling returns ln Γ(x) - (x-½) ln x + x - ½ ln 2π for x >= 10.
func stirling(x float64) float64 {
	y := 1 / (x * x)
	return (1./12 - y*(1./360-y*(1./1260-y*(1./1680-y*(1./1188-y*(691./360360-y*(1./156))))))) / x
}
