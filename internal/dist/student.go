package dist

import "math"

// TCDF returns the distribution function of Student's t with nu > 0 degrees of freedom,
//
//	P(T <= t) = I_x(nu/2, 1/2)/2 for t <= 0, x = nu/(nu+t²)
//
// with full relative accuracy in the lower tail; the upper tail is TCDF(-t, nu). nu = +Inf is the normal.
func TCDF(t, nu float64) float64 {
	switch {
	case math.IsNaN(t) || !(nu > 0):
		return math.NaN()
	case math.IsInf(nu, 1):
		return NormalCDF(t)
	}
	x := 1 / (1 + t/nu*t)
	y := 1 / (1 + nu/t/t)
	tail, _ := betaTails(x, y, nu/2, .5)
	if t > 0 {
		return 1 - tail/2
	}
	return tail / 2
}

// TQuantile returns the t with P(T <= t) = p for p in [0, 1]; NaN outside.
func TQuantile(p, nu float64) float64 {
	switch {
	case !(p >= 0 && p <= 1) || !(nu > 0):
		return math.NaN()
	case math.IsInf(nu, 1) || p == 0 || p == 1:
		return NormalQuantile(p)
	case p > .5:
		return -TQuantile(1-p, nu)
	}
	x, y := betaQuantile(2*p, 1-2*p, nu/2, .5)
	return -math.Sqrt(nu * (y / x))
}
