package metrics

import (
	"math"

	"github.com/cxmodel/cxmodel/internal/dist"
)

// sisonGlaz returns how far the joint interval reaches below and above each count: c and c + 2γ, where c is the largest
// whole number with ν(c) < level and γ = (level - ν(c))/(ν(c+1) - ν(c)).
func sisonGlaz(counts []int, n, level float64) (below, above float64) {
	low, high := 0., n // ν(-1) = 0, and ν(n) = 1 up to its approximation
	if sisonGlazCoverage(counts, n, 0) >= level {
		return 0, 0
	}
	for high-low > 1 {
		if mid := math.Floor((low + high) / 2); sisonGlazCoverage(counts, n, mid) < level {
			low = mid
		} else {
			high = mid
		}
	}
	at, next := sisonGlazCoverage(counts, n, low), sisonGlazCoverage(counts, n, low+1)
	gamma := 1.
	if next > at {
		gamma = min((level-at)/(next-at), 1)
	}
	return low, low + 2*gamma
}

// sisonGlazCoverage returns ν(c), the chance that multinomial counts with the shares observed all lie within c of the
// counts observed: by B. Levin, A representation for multinomial cumulative distribution functions, Annals of Statistics
// 9 (1981), 1123-1126, that Poisson variables truncated to those ranges sum to n, by an Edgeworth expansion.
func sisonGlazCoverage(counts []int, n, c float64) float64 {
	chance := 1.
	var shift, variance, third, kurtosis float64
	for _, count := range counts {
		if count == 0 {
			continue // a Poisson variable with mean 0 is 0, within any range
		}
		p, m := truncatedPoisson(float64(count), c)
		chance *= p
		m2 := m[1] - m[0]*m[0]
		shift += m[0]
		variance += m2
		third += m[2] - 3*m[0]*m[1] + 2*m[0]*m[0]*m[0]
		kurtosis += m[3] - 4*m[0]*m[2] + 6*m[0]*m[0]*m[1] - 3*m[0]*m[0]*m[0]*m[0] - 3*m2*m2
	}
	if c == 0 { // each variable is its mean for sure, and the sum is n
		return chance / poissonAtMean(n)
	}
	x := -shift / math.Sqrt(variance)
	skew, excess := third/math.Pow(variance, 1.5), kurtosis/(variance*variance)
	x2 := x * x
	edgeworth := 1 + skew*x*(x2-3)/6 + excess*(x2*x2-6*x2+3)/24 + skew*skew*(x2*x2*x2-15*x2*x2+45*x2-15)/72
	return chance * math.Exp(-x2/2) / math.Sqrt(2*math.Pi*variance) * edgeworth / poissonAtMean(n)
}

// truncatedPoisson returns the chance p that a Poisson variable Y with the given whole mean λ lies within c of it, and the
// moments E[(Y-λ)^r] for r = 1 to 4 given that it does. From y P(y) = λ P(y-1),
//
//	E[(Y-λ)^r] = λ E[(Y+1-λ)^(r-1) - (Y-λ)^(r-1)] + (λ (-c)^(r-1) P(λ-c-1) - λ (c+1)^(r-1) P(λ+c))/p
//
// which, unlike the factorial moments, has no large terms that cancel.
func truncatedPoisson(mean, c float64) (p float64, m [4]float64) {
	if c == 0 {
		return poissonAtMean(mean), m
	}
	p = dist.GammaTail(mean, mean+c+1)
	var a, b float64
	if c < mean {
		p -= dist.GammaTail(mean, mean-c)
		a = mean * poisson(mean-c-1, mean) / p
	}
	b = mean * poisson(mean+c, mean) / p
	m[0] = a - b
	m[1] = mean - c*a - (c+1)*b
	m[2] = mean*(2*m[0]+1) + c*c*a - (c+1)*(c+1)*b
	m[3] = mean*(3*m[1]+3*m[0]+1) - c*c*c*a - (c+1)*(c+1)*(c+1)*b
	return p, m
}

// poisson returns the chance that a Poisson variable with the given mean is k, from the chance that one with mean k is.
func poisson(k, mean float64) float64 {
	if k == 0 {
		return math.Exp(-mean)
	}
	return poissonAtMean(k) * math.Exp(k*math.Log1p((mean-k)/k)-(mean-k))
}

// poissonAtMean returns e^-n n^n/n!, the chance that a Poisson variable with mean n is n, by Stirling's series.
func poissonAtMean(n float64) float64 {
	if n < 20 {
		l, _ := math.Lgamma(n + 1)
		return math.Exp(n*math.Log(n) - n - l)
	}
	n2 := n * n
	return math.Exp(-(1-(1-1/(3.5*n2))/(30*n2))/(12*n)) / math.Sqrt(2*math.Pi*n)
}
