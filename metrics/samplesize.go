package metrics

import (
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/internal/dist"
)

// SampleSizeOptions are the choices of a sample size; nil stands for the defaults.
type SampleSizeOptions struct {
	Level float64 // confidence level in (0, 1) of the interval or of the two-sided test; 0 means .95
	Power float64 // the chance in (0, 1) that the test finds the difference; 0 means .8. Not used for intervals
}

// A SampleSize says how many answers are needed. Divide by the expected response rate for how many to ask.
type SampleSize struct {
	N      int     `json:"n"`      // answers in each group: Exact, rounded up
	Exact  float64 `json:"exact"`  // the solution before rounding
	Groups int     `json:"groups"` // 1, or 2 for a difference
	Method string  `json:"method"`
}

// Total returns the answers of all groups together.
func (s SampleSize) Total() int { return s.N * s.Groups }

// String returns the size in words.
func (s SampleSize) String() string {
	if s.Groups == 1 {
		return fmt.Sprintf("%d answers (%s)", s.N, s.Method)
	}
	return fmt.Sprintf("%d answers in each of %d groups (%s)", s.N, s.Groups, s.Method)
}

func sampleSize(exact float64, groups int, method string) (SampleSize, error) {
	n := math.Ceil(max(exact, 1) - 1e-9)
	if !(n < 1<<50) {
		return SampleSize{}, fmt.Errorf("%w: it would take %v answers", ErrValue, exact)
	}
	return SampleSize{N: int(n), Exact: exact, Groups: groups, Method: method}, nil
}

// resolve returns the two-sided quantile of the level and the quantile of the power.
func (o *SampleSizeOptions) resolve() (level, z, power, zPower float64, err error) {
	if o == nil {
		o = &SampleSizeOptions{}
	}
	if level, z, err = confidence(o.Level); err != nil {
		return
	}
	if power = o.Power; power == 0 {
		power = .8
	}
	if !(power > 0 && power < 1) {
		err = fmt.Errorf("%w: power %v is not between 0 and 1; write .8 for 80 %%", ErrOption, power)
	}
	return level, z, power, dist.NormalQuantile(power), err
}

// npsVariance checks the variance of one answer; 0 means 1.
func npsVariance(v float64) (float64, error) {
	if v == 0 {
		return 1, nil
	}
	if !(v > 0 && v <= 1) {
		return 0, fmt.Errorf("%w: the variance of an answer is %v; p + d - (p-d)² lies in (0, 1]", ErrOption, v)
	}
	return v, nil
}

// NPSSampleSize returns how many answers bring the interval of a Net Promoter Score to ± margin points,
//
//	n = variance z²/(margin/100)² - 3
//
// by the adjusted Wald interval (J. Sauro, J. R. Lewis, MeasuringU, 2021). variance is that of one answer, p + d - (p-d)² with
// the shares of promoters and detractors; 0 means 1, the worst case, and .5275 is that of 50 % and 15 %.
func NPSSampleSize(variance, margin float64, opts *SampleSizeOptions) (SampleSize, error) {
	_, z, _, _, err := opts.resolve()
	if err != nil {
		return SampleSize{}, err
	}
	v, err := npsVariance(variance)
	if err != nil {
		return SampleSize{}, err
	}
	if !(margin > 0 && margin <= 100) {
		return SampleSize{}, fmt.Errorf("%w: margin %v; it must be above 0 and at most 100 points", ErrOption, margin)
	}
	m := margin / 100
	return sampleSize(v*z*z/(m*m)-3, 1, "adjusted Wald")
}

// NPSDifferenceSampleSize returns how many answers in each group show a difference of Net Promoter Scores of so many
// points,
//
//	n = (variance1 + variance2)(z + z_power)²/(difference/100)² - 3
//
// with the variances of [NPSSampleSize].
func NPSDifferenceSampleSize(variance1, variance2, difference float64, opts *SampleSizeOptions) (SampleSize, error) {
	_, z, _, zPower, err := opts.resolve()
	if err != nil {
		return SampleSize{}, err
	}
	a, err := npsVariance(variance1)
	if err != nil {
		return SampleSize{}, err
	}
	b, err := npsVariance(variance2)
	if err != nil {
		return SampleSize{}, err
	}
	if d := math.Abs(difference); !(d > 0 && d <= 200) {
		return SampleSize{}, fmt.Errorf("%w: difference %v; it must be within 200 points and not 0", ErrOption, difference)
	}
	d := difference / 100
	return sampleSize((a+b)*(z+zPower)*(z+zPower)/(d*d)-3, 2, "adjusted Wald")
}

// ProportionSampleSize returns how many answers bring the Wald interval of a share p to ± margin, both in [0, 1],
//
//	n = p(1-p) z²/margin²
//
// p = .5 is the worst case.
func ProportionSampleSize(p, margin float64, opts *SampleSizeOptions) (SampleSize, error) {
	_, z, _, _, err := opts.resolve()
	switch {
	case err != nil:
		return SampleSize{}, err
	case !(p > 0 && p < 1) || !(margin > 0 && margin < 1):
		return SampleSize{}, fmt.Errorf("%w: share %v and margin %v; both must lie between 0 and 1", ErrOption, p, margin)
	}
	return sampleSize(p*(1-p)*z*z/(margin*margin), 1, "Wald")
}

// ProportionDifferenceSampleSize returns how many answers in each group show that shares differ where they are p1 and p2,
//
//	n = (z sqrt((p1+p2)(1-(p1+p2)/2)) + z_power sqrt(p1(1-p1) + p2(1-p2)))²/(p1-p2)²
//
// (J. L. Fleiss, Statistical Methods for Rates and Proportions, 2nd edition 1981, equation 3.14, without continuity
// correction).
func ProportionDifferenceSampleSize(p1, p2 float64, opts *SampleSizeOptions) (SampleSize, error) {
	_, z, _, zPower, err := opts.resolve()
	switch {
	case err != nil:
		return SampleSize{}, err
	case !(p1 >= 0 && p1 <= 1 && p2 >= 0 && p2 <= 1) || p1 == p2:
		return SampleSize{}, fmt.Errorf("%w: shares %v and %v; they must lie in [0, 1] and differ", ErrOption, p1, p2)
	}
	s := p1 + p2
	root := (z*math.Sqrt(s*(1-s/2)) + zPower*math.Sqrt(p1*(1-p1)+p2*(1-p2))) / (p1 - p2)
	return sampleSize(root*root, 2, "z of two proportions")
}

// MeanDifferenceSampleSize returns how many answers in each group show that means differ where they are difference apart and
// answers have the standard deviation stdDev, in any one unit, by the two-sided t test: its power is the chance that
// noncentral t with 2(n-1) degrees of freedom and noncentrality difference/stdDev sqrt(n/2) exceeds the critical value.
func MeanDifferenceSampleSize(difference, stdDev float64, opts *SampleSizeOptions) (SampleSize, error) {
	level, z, power, zPower, err := opts.resolve()
	d := math.Abs(difference / stdDev)
	switch {
	case err != nil:
		return SampleSize{}, err
	case !(stdDev > 0) || !(d > 0) || !finite(d):
		return SampleSize{}, fmt.Errorf("%w: difference %v and standard deviation %v; want a finite difference other than 0 and a standard deviation above 0", ErrOption, difference, stdDev)
	}
	short := func(n float64) float64 {
		df := 2 * (n - 1)
		critical := -dist.TQuantile((1-level)/2, df)
		return noncentralTTail(critical, df, d*math.Sqrt(n/2)) - power
	}
	guess := 2 * (z + zPower) * (z + zPower) / (d * d) // that of known variance, a little too small
	const method = "t"
	if short(2) >= 0 {
		return sampleSize(2, 2, method)
	}
	low, high := 2., max(guess, 2)+8
	for !(short(high) >= 0) {
		if high *= 2; !(high < 1<<50) {
			return sampleSize(math.Inf(1), 2, method)
		}
	}
	return sampleSize(root(short, low, high), 2, method)
}

// noncentralTTail returns the chance that noncentral t exceeds x: with the root u of chi-squared over its degrees of freedom,
//
//	∫ Φ(ncp - x u) f(u) du, log f(u) = log f(1) + (df-1) log u - df (u²-1)/2
func noncentralTTail(x, df, ncp float64) float64 {
	peak := df * poissonAtMean(df/2) // f(1)
	reach := 10 / math.Sqrt(2*df)
	return integrate(func(u float64) float64 {
		return dist.NormalCDF(ncp-x*u) * peak * math.Exp((df-1)*math.Log(u)-df*(u*u-1)/2)
	}, max(1-reach, 1e-300), 1+reach)
}
