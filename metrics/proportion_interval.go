package metrics

import (
	"math"

	"github.com/cxmodel/cxmodel/internal/dist"
)

// binomialStdErr returns sqrt(p(1-p)/n) with p = x/n.
func binomialStdErr(x, n float64) float64 { return math.Sqrt(x / n * ((n - x) / n) / n) }

// wilson returns the limits of Wilson's interval, the roots of (p - x/n)² = z² p(1-p)/n; the lower is taken from
// their product, so that few successes cost no digits.
func wilson(x, n, z float64) (low, high float64) {
	z2 := z * z
	scaled := x + z2/2 + z*math.Sqrt(x*((n-x)/n)+z2/4) // (n + z²) times the upper limit
	low, high = x*(x/n)/scaled, min(scaled/(n+z2), 1)
	if x == n {
		high = 1
	}
	return low, high
}

// exact returns the limits of Clopper and Pearson: the p for which x or more (or fewer) successes have the chance tail,
// quantiles of Beta(x, n-x+1) and Beta(x+1, n-x).
func exact(x, n, tail float64) (low, high float64) {
	low, high = 0, 1
	if x > 0 {
		low = dist.BetaQuantile(tail, x, n-x+1)
	}
	if x < n {
		high = dist.BetaTailQuantile(tail, x+1, n-x)
	}
	return low, high
}

// jeffreys returns quantiles of Beta(x+1/2, n-x+1/2), and the ends of the range where they are called for.
func jeffreys(x, n, tail float64) (low, high float64) {
	low, high = 0, 1
	if x > 0 {
		low = dist.BetaQuantile(tail, x+.5, n-x+.5)
	}
	if x < n {
		high = dist.BetaTailQuantile(tail, x+.5, n-x+.5)
	}
	return low, high
}
