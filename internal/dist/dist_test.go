package dist_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cxmodel/cxmodel/internal/dist"
)

// tolerance is what the package promises, relative, in both tails.
const tolerance = 1e-12

func within(t *testing.T, got float64, want *big.Float, format string, args ...any) {
	t.Helper()
	assert.LessOrEqual(t, math.Abs(relative(got, want)), tolerance, append([]any{format + ": got %.17g, want %.20g"}, append(args, got, want)...)...)
}

func TestNormalAgreesWithItsSeriesIn256Bits(t *testing.T) {
	for x := 0.; x <= 12; x += .37 {
		tail := exactNormal(x)
		within(t, dist.NormalCDF(-x), tail, "Φ(-%v)", x)
		within(t, dist.NormalCDF(x), sub(num(1), tail), "Φ(%v)", x)
	}
}

func TestNormalQuantileInvertsThe256BitSeries(t *testing.T) {
	for _, p := range []float64{.5 + 1e-9, .3, .1, .02425, .01, 1e-3, 1e-5, 1e-9, 1e-12, 1e-20, 1e-30} {
		x := dist.NormalQuantile(p)
		if p > .5 {
			assert.InEpsilon(t, 1e-9*math.Sqrt(2*math.Pi), x, 1e-7) // p is known to 2^-53 only
			continue
		}
		// An error e of the quantile moves Φ by |x| e relative to the tail, and x is rounded itself.
		back := relative(p, exactNormal(-x))
		assert.LessOrEqual(t, math.Abs(back), max(x*x, 1)*4e-16, "p = %v", p)
	}
	assert.Equal(t, math.Inf(-1), dist.NormalQuantile(0))
	assert.Equal(t, math.Inf(1), dist.NormalQuantile(1))
	assert.Zero(t, dist.NormalQuantile(.5))
}

func TestBetaAgreesWithItsSeriesIn256Bits(t *testing.T) {
	shapes := []float64{.5, 1, 1.5, 2, 3.5, 10, 29.5, 100, 500.5}
	for _, a := range shapes {
		for _, b := range shapes {
			mean, sd := a/(a+b), math.Sqrt(a*b/(a+b+1))/(a+b)
			for _, z := range []float64{-6, -3, -1, 0, .5, 2, 5} {
				x := mean + z*sd
				if x <= 1e-6 || x >= .95 {
					continue
				}
				want := exactBeta(x, a, b)
				within(t, dist.BetaCDF(x, a, b), want, "I_%v(%v, %v)", x, a, b)
				if x < .5 { // 1-x is exact enough only where x is not much smaller
					continue
				}
				within(t, dist.BetaCDF(1-x, b, a), sub(num(1), want), "1 - I_%v(%v, %v)", x, a, b)
			}
		}
	}
}

func TestBetaOfWholeShapesIsABinomialTail(t *testing.T) {
	// I_p(k, n-k+1) = P(X >= k) for n trials, summed exactly as a rational number.
	for _, c := range []struct {
		k, n int64
		p    float64
	}{{1, 1, .25}, {3, 7, .125}, {15, 148, .0625}, {140, 148, .875}, {1, 1000, 1. / 4096}, {500, 1000, .5}, {730, 1000, .75}} {
		p := new(big.Rat).SetFloat64(c.p)
		hit, miss := p.Num(), new(big.Int).Sub(p.Denom(), p.Num())
		pow := func(x *big.Int, n int64) *big.Int { return new(big.Int).Exp(x, big.NewInt(n), nil) }
		sum := new(big.Int)
		for i := c.k; i <= c.n; i++ {
			term := new(big.Int).Binomial(c.n, i)
			sum.Add(sum, term.Mul(term, pow(hit, i)).Mul(term, pow(miss, c.n-i)))
		}
		tail := new(big.Rat).SetFrac(sum, pow(p.Denom(), c.n))
		within(t, dist.BetaCDF(c.p, float64(c.k), float64(c.n-c.k+1)), new(big.Float).SetPrec(bits).SetRat(tail), "k = %d of %d at %v", c.k, c.n, c.p)
	}
}

func TestBetaQuantileInvertsThe256BitSeries(t *testing.T) {
	shapes := []float64{.5, 1, 2.5, 15.5, 134, 1000.5}
	for _, a := range shapes {
		for _, b := range shapes {
			for _, p := range []float64{1e-6, .005, .025, .05, .25, .5, .9, .975} {
				x := dist.BetaQuantile(p, a, b)
				if x > .95 { // the series is slow there, and the mirror image is tested
					continue
				}
				// The rounding of x alone moves I by x f(x)/I of an ulp.
				slope := x * dist.BetaDensity(x, 1-x, a, b) / p
				assert.LessOrEqual(t, math.Abs(relative(p, exactBeta(x, a, b))), 1e-13+slope*2e-15, "p = %v, a = %v, b = %v", p, a, b)
			}
		}
	}
}

func TestBetaQuantileMirrors(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		a, b := math.Exp(r.NormFloat64()*4), math.Exp(r.NormFloat64()*4)
		p := r.Float64()
		x, y := dist.BetaQuantile(p, a, b), dist.BetaQuantile(1-p, b, a)
		assert.InDelta(t, 1, x+y, 1e-12, "p = %v, a = %v, b = %v", p, a, b)
	}
}

func TestLargeShapesJoinOn(t *testing.T) {
	// Across the border between continued fraction and expansion neighbouring shapes must agree: the function is smooth
	// in them. The median of Beta(a, a) is 1/2, of Gamma(a) about a - 1/3 + 8/(405a) (Choi 1994).
	for _, a := range []float64{1, 50, 1e4, 9.9e6, 1.01e7, 1e9, 1e12, 1e18} {
		assert.InDelta(t, .5, dist.BetaCDF(.5, a, a), 1e-14, "a = %v", a)
		assert.InEpsilon(t, .5, dist.BetaQuantile(.5, a, a), 1e-14)
		if a >= 1e4 {
			assert.InEpsilon(t, a-1./3+8/(405*a)+184/(25515*a*a), dist.GammaQuantile(.5, a), 1e-12, "a = %v", a)
		}
	}
	for _, z := range []float64{-7, -2, -.05, 0, .05, 1, 4} {
		for _, below := range []float64{9.999999e6, 9.999999e6 * .3} {
			// b stands for a ratio of shapes; one part in 10^7 of a moves the tail by about as much.
			b := below * 3
			at := func(a float64) float64 {
				x := a/(a+b) + z*math.Sqrt(a*b/(a+b))/(a+b)
				return dist.BetaCDF(x, a, b)
			}
			assert.InEpsilon(t, at(below), at(below*(1+2e-7)), 1e-8)
		}
		a := 9.9999999e6
		at := func(a float64) float64 { return dist.GammaCDF(a+z*math.Sqrt(a), a) }
		assert.InEpsilon(t, at(a), at(a*(1+2e-8)), 1e-8)
	}
}

// Where a tail of a large shape no longer fits a float64 its logarithm takes over: at once, and without a step.
func TestFarTailsOfLargeShapesJoinOn(t *testing.T) {
	for _, a := range []float64{2e7, 1e9, 1e15, 1e18} {
		for _, z := range []float64{-1e3, -40, 40, 1e3} {
			x := a + z*math.Sqrt(a)
			assert.Zero(t, min(dist.GammaCDF(x, a), dist.GammaTail(x, a)), "a = %v, z = %v", a, z)
		}
		if a > 1e12 { // x is too coarse for the differences
			continue
		}
		for _, tail := range []func(float64) float64{
			func(z float64) float64 { return dist.GammaCDF(a-z*math.Sqrt(a), a) },
			func(z float64) float64 { return dist.GammaTail(a+z*math.Sqrt(a), a) },
		} {
			border := 37.
			for tail(border) > 1e-300 {
				border += .001
			}
			// The logarithm falls by about z h + h²/2 a step, so that the third difference is next to nothing.
			y := func(i float64) float64 { return math.Log(tail(border + i*.005)) }
			assert.InDelta(t, 0, y(2)-3*y(1)+3*y(0)-y(-1), 1e-6, "a = %v", a)
			assert.InDelta(t, 0, y(1)-3*y(0)+3*y(-1)-y(-2), 1e-6, "a = %v", a)
		}
	}
}

func TestTMatchesClosedForms(t *testing.T) {
	for _, x := range []float64{-300, -12.7, -3, -1, -.2, -1e-9, 0, 1e-3, .5, 2.2, 40} {
		// One degree is Cauchy's, two degrees have an algebraic form (Abramowitz and Stegun 26.7.3, 26.7.4).
		one := math.Atan2(1, -x) / math.Pi
		assert.InEpsilon(t, one, dist.TCDF(x, 1), tolerance, "t = %v", x)
		s := math.Sqrt(2 + x*x)
		two := (1 + x/s) / 2
		if x < 0 {
			two = 1 / (s * (s - x)) // the same without cancellation
		}
		assert.InEpsilon(t, two, dist.TCDF(x, 2), tolerance, "t = %v", x)
	}
	for _, p := range []float64{1e-8, .005, .025, .3, .5} {
		assert.InDelta(t, -1/math.Tan(math.Pi*p), dist.TQuantile(p, 1), 1e-12*max(1, 1/p), "p = %v", p)
		want := (2*p - 1) / math.Sqrt(2*p*(1-p))
		assert.InDelta(t, want, dist.TQuantile(p, 2), 1e-12*max(1, math.Abs(want)), "p = %v", p)
	}
}

func TestTQuantileOfFourDegrees(t *testing.T) {
	// With α = 4p(1-p), t² = 4(cos(arccos(sqrt α)/3)/sqrt α - 1): W. T. Shaw, Sampling Student's T distribution, Journal of
	// Computational Finance 9 (2006), equation 37.
	for _, p := range []float64{1e-6, .005, .025, .1, .3} {
		r := math.Sqrt(4 * p * (1 - p))
		want := -2 * math.Sqrt(math.Cos(math.Acos(r)/3)/r-1)
		assert.InEpsilon(t, want, dist.TQuantile(p, 4), tolerance, "p = %v", p)
		assert.InEpsilon(t, want, -dist.TQuantile(1-p, 4), 1e-16/p+tolerance, "p = %v", p)
	}
}

func TestTTendsToTheNormal(t *testing.T) {
	// t = z + (z³+z)/(4ν) + (5z⁵+16z³+3z)/(96ν²) + … (Abramowitz and Stegun 26.7.5).
	z := dist.NormalQuantile(.025)
	for _, nu := range []float64{1e5, 1e8, 1e12, 1e18} {
		want := z + z*(z*z+1)/(4*nu) + z*(5*z*z*z*z+16*z*z+3)/(96*nu*nu)
		assert.InEpsilon(t, want, dist.TQuantile(.025, nu), tolerance, "nu = %v", nu)
	}
	assert.Equal(t, z, dist.TQuantile(.025, math.Inf(1)))
}

func TestGammaAgreesWithItsSeriesIn256Bits(t *testing.T) {
	for _, a := range []float64{.5, 1, 2.5, 3, 13, 101, 400.5} {
		for _, z := range []float64{-5, -2, -.5, 0, 1, 3, 6} {
			x := a + z*math.Sqrt(a)
			if x <= 0 {
				x = a / 100
			}
			want := exactGamma(x, a)
			within(t, dist.GammaCDF(x, a), want, "P(%v, %v)", a, x)
			within(t, dist.GammaTail(x, a), sub(num(1), want), "Q(%v, %v)", a, x)
		}
		for _, p := range []float64{1e-6, .025, .5, .975} {
			x := dist.GammaQuantile(p, a)
			assert.LessOrEqual(t, math.Abs(relative(p, exactGamma(x, a))), 1e-13+a*4e-16, "p = %v, a = %v", p, a)
			x = dist.GammaTailQuantile(p, a)
			assert.LessOrEqual(t, math.Abs(relative(p, sub(num(1), exactGamma(x, a)))), 1e-13+x*4e-16, "q = %v, a = %v", p, a)
		}
	}
}

func TestOutsideTheDomainIsNaN(t *testing.T) {
	nan := math.NaN()
	for i, x := range []float64{
		dist.NormalQuantile(-.1), dist.NormalQuantile(1.1), dist.NormalQuantile(nan), dist.BetaCDF(-1, 1, 1), dist.BetaCDF(.5, 0, 1),
		dist.BetaCDF(.5, 1, math.Inf(1)), dist.BetaCDF(nan, 1, 1), dist.BetaQuantile(2, 1, 1), dist.BetaQuantile(.5, -1, 1), dist.BetaDensity(0, 1, 1, 1), dist.TCDF(nan, 3),
		dist.TCDF(1, 0), dist.TQuantile(.5, -1), dist.TQuantile(nan, 3), dist.GammaCDF(-1, 1), dist.GammaCDF(1, 0), dist.GammaTail(nan, 1), dist.GammaQuantile(-1, 1), dist.GammaTailQuantile(.5, nan),
	} {
		assert.True(t, math.IsNaN(x), "%d: %v", i, x)
	}
}

func TestEndsOfTheRange(t *testing.T) {
	assert.Equal(t, 0., dist.BetaCDF(0, 2, 3))
	assert.Equal(t, 1., dist.BetaCDF(1, 2, 3))
	assert.Equal(t, 0., dist.BetaQuantile(0, 2, 3))
	assert.Equal(t, 1., dist.BetaQuantile(1, 2, 3))
	assert.Equal(t, 0., dist.GammaQuantile(0, 2))
	assert.Equal(t, math.Inf(1), dist.GammaQuantile(1, 2))
	assert.Equal(t, 1., dist.GammaCDF(math.Inf(1), 2))
	assert.Equal(t, .5, dist.TCDF(0, 7))
}

func BenchmarkBetaQuantile(b *testing.B) {
	for b.Loop() {
		dist.BetaQuantile(.025, 15, 134)
	}
}

func BenchmarkTQuantile(b *testing.B) {
	for b.Loop() {
		dist.TQuantile(.025, 106)
	}
}
