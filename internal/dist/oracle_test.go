package dist_test

import (
	"math"
	"math/big"
)

// The oracle sums series of positive terms in 256-bit arithmetic, by the plainest formula there is for shapes that are
// whole or half: no step of it is shared with the code under test.

const bits = 256

func num(x float64) *big.Float { return new(big.Float).SetPrec(bits).SetFloat64(x) }
func mul(a, b *big.Float) *big.Float {
	return new(big.Float).SetPrec(bits).Mul(a, b)
}
func quo(a, b *big.Float) *big.Float { return new(big.Float).SetPrec(bits).Quo(a, b) }
func add(a, b *big.Float) *big.Float { return new(big.Float).SetPrec(bits).Add(a, b) }
func sub(a, b *big.Float) *big.Float { return new(big.Float).SetPrec(bits).Sub(a, b) }
func sqrt(a *big.Float) *big.Float   { return new(big.Float).SetPrec(bits).Sqrt(a) }

// pi is π to 60 digits (Abramowitz and Stegun, table 1.1, and any other).
var pi, _ = new(big.Float).SetPrec(bits).SetString("3.141592653589793238462643383279502884197169399375105820974944592307816406286208998628034825342117067982")

// power returns x^a for a whole or half.
func power(x *big.Float, a float64) *big.Float {
	p := num(1)
	if a != math.Trunc(a) {
		p = sqrt(x)
	}
	base := num(0).Set(x)
	for k := int(a); k > 0; k /= 2 {
		if k%2 == 1 {
			p = mul(p, base)
		}
		base = mul(base, base)
	}
	return p
}

// gamma returns Γ(a) for a whole or half.
func gamma(a float64) *big.Float {
	g, x := num(1), 1.0
	if a != math.Trunc(a) {
		g, x = sqrt(pi), .5
	}
	for ; x < a; x++ {
		g = mul(g, num(x))
	}
	return g
}

// series sums term, term·ratio(1), term·ratio(1)·ratio(2) … of positive terms until nothing changes.
func series(ratio func(k float64) *big.Float) *big.Float {
	sum, term := num(1), num(1)
	for k := 1.; ; k++ {
		term = mul(term, ratio(k))
		if next := add(sum, term); next.Cmp(sum) != 0 {
			sum = next
		} else if k > 10 {
			return sum
		}
	}
}

// exactBeta returns I_x(a, b) = x^a y^b/(a B(a,b)) (1 + (a+b)/(a+1) x + (a+b)(a+b+1)/((a+1)(a+2)) x² + …).
func exactBeta(x, a, b float64) *big.Float {
	X := num(x)
	s := series(func(k float64) *big.Float { return mul(X, quo(num(a+b+k-1), num(a+k))) })
	s = mul(s, mul(power(X, a), power(sub(num(1), X), b)))
	return quo(mul(s, gamma(a+b)), mul(mul(gamma(a), gamma(b)), num(a)))
}

// exactExp returns e^x for x >= 0.
func exactExp(x float64) *big.Float {
	X := num(x)
	return series(func(k float64) *big.Float { return quo(X, num(k)) })
}

// exactGamma returns P(a, x) = x^a e^-x/Γ(a+1) (1 + x/(a+1) + x²/((a+1)(a+2)) + …).
func exactGamma(x, a float64) *big.Float {
	X := num(x)
	s := series(func(k float64) *big.Float { return quo(X, num(a+k)) })
	return quo(mul(s, power(X, a)), mul(gamma(a+1), exactExp(x)))
}

// exactNormal returns Φ(-x) for x >= 0: 1/2 - φ(x)(x + x³/3 + x⁵/(3·5) + …).
func exactNormal(x float64) *big.Float {
	X2 := mul(num(x), num(x))
	s := series(func(k float64) *big.Float { return quo(X2, num(2*k+1)) })
	e := series(func(k float64) *big.Float { return quo(X2, num(2*k)) }) // exp(x²/2)
	return sub(num(.5), quo(mul(s, num(x)), mul(e, sqrt(mul(num(2), pi)))))
}

// relative returns got/want - 1.
func relative(got float64, want *big.Float) float64 {
	r, _ := sub(quo(num(got), want), num(1)).Float64()
	return r
}
