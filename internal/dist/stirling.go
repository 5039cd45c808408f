package dist

import "math"

// stirlingError returns δ(a) in
//
//	ln Γ(a) = (a-1/2) ln a - a + ln(2π)/2 + δ(a)
//
// for a > 0: Stirling's series from 10 on (Abramowitz and Stegun 6.1.41), below it the recurrence
// δ(a) = δ(a+1) + (a+1/2) ln(1+1/a) - 1.
func stirlingError(a float64) float64 {
	sum := 0.0
	for ; a < 10; a++ {
		sum += (a+.5)*math.Log1p(1/a) - 1
	}
	r := 1 / (a * a)
	return sum + (1./12-(1./360-(1./1260-(1./1680-(1./1188-(691./360360-(1./156-3617./122400*r)*r)*r)*r)*r)*r)*r)/a
}

// log1pmx returns ln(1+e) - e for e > -1 without cancellation near 0. With r = e/(2+e),
//
//	ln(1+e) - e = r (2 r² (1/3 + r²/5 + r⁴/7 + …) - e)
func log1pmx(e float64) float64 {
	if e < -.6 || e > 1.2 {
		return math.Log1p(e) - e
	}
	r := e / (2 + e)
	r2 := r * r
	sum, power := 1./3, r2
	for k := 5.; ; k += 2 {
		next := sum + power/k
		if next == sum {
			break
		}
		sum, power = next, power*r2
	}
	return r * (2*r2*sum - e)
}
