package metrics

import (
	"math"
	"sort"

	"github.com/cxmodel/cxmodel/internal/dist"
)

// BootstrapNPS returns the Net Promoter Score of counts by band, in points, with the percentile interval of infinitely
// many bootstrap draws, computed and not drawn: the score of a draw of n answers is (promoters - detractors)/n, where of
// the k that are one or the other, a binomial number, the promoters are binomial again. It is there to compare with other
// tools: the default of [NPSOf] covers .914 at worst for 10 answers, this one .224. Above a hundred thousand answers the limits
// are those of Cornish and Fisher, which miss by some two answers. opts.Method is not used.
func BootstrapNPS(detractors, passives, promoters int, opts *NPSOptions) (Estimate, error) {
	plain, err := NPSOf(detractors, passives, promoters, opts)
	e := unavailable(plain.Metric, plain.Unit)
	if err != nil {
		return e, err
	}
	e.Definition, e.Value, e.N, e.EffectiveN, e.Level = plain.Definition, plain.Value, plain.N, plain.EffectiveN, plain.Level
	d, p, n := float64(detractors), float64(promoters), float64(plain.N)
	e.StdErr, e.Method = 100*npsStdErr(d, float64(passives), p), "bootstrap, all draws"
	draw := npsDraw{d, p, n}
	if plain.N > 100_000 {
		e.Low, e.High = draw.quantile((1-e.Level)/2), draw.quantile((1+e.Level)/2)
		e.bootstrapWarnings()
		return e, nil
	}
	quantile := func(q float64) float64 { // the least sum that is exceeded with a chance of at most 1-q
		reached := func(sum int) bool { return draw.atMost(float64(sum)) >= q-1e-12 }
		sd := n * e.StdErr / 100
		guess := int(math.Round(p - d + dist.NormalQuantile(q)*sd))
		step := int(sd/32) + 1
		low, high := guess, guess // widened until the answer is in (low, high]
		for ; low >= -plain.N && reached(low); low -= step {
		}
		for ; high < plain.N && !reached(high); high += step {
		}
		return 100 * float64(low+1+sort.Search(high-low-1, func(i int) bool { return reached(low + 1 + i) })) / n
	}
	e.Low, e.High = quantile((1-e.Level)/2), quantile((1+e.Level)/2)
	e.bootstrapWarnings()
	return e, nil
}

// npsDraw is the sum of n answers drawn from d detractors, -1, p promoters, +1, and passives, 0.
type npsDraw struct{ d, p, n float64 }

// quantile returns the quantile q of the score of a large draw, in points, by the normal one and the skewness γ of the sum:
//
//	mean + sd (z + γ (z²-1)/6)
//
// (E. A. Cornish, R. A. Fisher, Moments and cumulants in the specification of distributions, Revue de l'Institut
// International de Statistique 5 (1938), 307-320).
func (x npsDraw) quantile(q float64) float64 {
	d, p := x.d/x.n, x.p/x.n
	m, rest := p-d, max(1-p-d, 0)
	variance := p*(1-m)*(1-m) + d*(1+m)*(1+m) + rest*m*m
	if variance == 0 {
		return 100 * m
	}
	third := p*(1-m)*(1-m)*(1-m) - d*(1+m)*(1+m)*(1+m) - rest*m*m*m
	z := dist.NormalQuantile(q)
	sd := math.Sqrt(variance / x.n)
	skew := third / (variance * math.Sqrt(variance*x.n))
	return 100 * min(max(m+sd*(z+skew*(z*z-1)/6), -1), 1)
}

// atMost returns the chance that the sum is at most s: over the number k of answers that are not passive, the chance of
// k times that of at most (k+s)/2 promoters among them. Beyond 9 standard deviations k has next to none.
func (x npsDraw) atMost(s float64) float64 {
	share, promoters := (x.d+x.p)/x.n, x.p/(x.d+x.p)
	if x.d+x.p == 0 {
		share, promoters = 0, 0
	}
	mean, reach := x.n*share, 9*math.Sqrt(x.n*share*(1-share))+1
	total := 0.
	for k := math.Floor(max(mean-reach, 0)); k <= min(mean+reach, x.n); k++ {
		total += binomial(k, x.n, share) * binomialAtMost(math.Floor((k+s)/2), k, promoters)
	}
	return total
}

// binomial returns the chance of k successes of n.
func binomial(k, n, p float64) float64 {
	switch {
	case p == 0:
		return indicator(k == 0)
	case p == 1:
		return indicator(k == n)
	}
	return dist.BetaDensity(p, 1-p, k+1, n-k+1) / (n + 1)
}

// binomialAtMost returns the chance of at most k successes of n, 0 below 0.
func binomialAtMost(k, n, p float64) float64 {
	switch {
	case k < 0:
		return 0
	case k >= n || p == 0:
		return 1
	case p == 1:
		return 0
	}
	return dist.BetaCDF(1-p, n-k, k+1)
}

func indicator(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
