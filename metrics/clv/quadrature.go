package clv

import "math"

// softplus returns ln(1+e^u) without overflow.
func softplus(u float64) float64 {
	if u > 0 {
		return u + math.Log1p(math.Exp(-u))
	}
	return math.Log1p(math.Exp(u))
}

// logAddExp returns ln(e^a + e^b).
func logAddExp(a, b float64) float64 {
	if math.IsInf(a, -1) {
		return b
	}
	return a + softplus(b-a)
}

// trapezoid integrates f, positive and falling off exponentially on both sides of a place near centre, over the whole
// line. For a function that is analytic in a strip around it the rule converges exponentially in the number of nodes
// (Trefethen & Weideman 2014); the step is halved until the sum stands still.
func trapezoid(f func(float64) float64, centre float64) float64 {
	h := .5
	sum := wing(f, centre, h, h) + wing(f, centre, -h, h) + f(centre)
	last := sum * h
	for range 8 {
		sum += wing(f, centre, h/2, h) + wing(f, centre, -h/2, h)
		h /= 2
		next := sum * h
		if math.Abs(next-last) <= 1e-14*math.Abs(next) {
			return next
		}
		last = next
	}
	return last
}

// wing sums f at centre+first, then on in steps of size step away from centre, until nothing is added.
func wing(f func(float64) float64, centre, first, step float64) float64 {
	if first < 0 {
		step = -step
	}
	sum, quiet := 0.0, 0
	for k := range 4096 {
		v := f(centre + first + float64(k)*step)
		sum += v
		if v > 1e-18*sum && v > 0 {
			quiet = 0
		} else if quiet++; quiet > 16 {
			break
		}
	}
	return sum
}
