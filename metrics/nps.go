package metrics

import (
	"cmp"
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/enum"
)

// NPSMethod names the interval of a Net Promoter Score. All of them take the score as what it is, a difference of two
// shares of the same answers.
type NPSMethod int

// The methods. Coverage is the share of intervals that contain the truth, by exact enumeration at level .95.
const (
	// NPSTango inverts the score test: T. Tango, Equivalence test and confidence interval for the difference in
	// proportions for the paired-sample design, Statistics in Medicine 17 (1998), 891-908. It stays inside
	// [-100, 100], is never of zero width, agrees with its own p-value and covers at worst .914 at n = 10 and
	// .930 at n = 30. The default.
	NPSTango NPSMethod = iota + 1
	// NPSAdjustedWald adds 3/4 detractor, 3/2 passives, 3/4 promoter and uses Wald: B. Rocks, Interval estimation
	// for the Net Promoter Score, The American Statistician 70 (2016), 365-372. The convention of MeasuringU.
	NPSAdjustedWald
	// NPSAgrestiMin adds 1/2, 1, 1/2: A. Agresti, Y. Min, Effects and non-effects of paired identical observations
	// in comparing proportions with binary matched-pairs data, Statistics in Medicine 23 (2004), 65-75.
	NPSAgrestiMin
	// NPSBonettPrice adds 1, 0, 1: D. G. Bonett, R. M. Price, Adjusted Wald confidence interval for a difference of
	// binomial proportions based on paired data, Journal of Educational and Behavioral Statistics 37 (2012), 479-488.
	NPSBonettPrice
	// NPSJeffreys takes the equal tails of the posterior under a Dirichlet(1/2, 1/2, 1/2) prior; see [NPSPosterior].
	NPSJeffreys
	// NPSWald is value ± z·SE. It covers as little as .22 at n = 10: only for comparison with other tools.
	NPSWald
)

var npsMethods = enum.Table{Type: "NPS method", Names: []string{"", "score", "adjusted Wald", "Agresti-Min", "Bonett-Price", "Jeffreys", "Wald"}}

// String returns the name of m, as it stands in Estimate.Method; [NPSTango] is "score".
func (m NPSMethod) String() string { return npsMethods.String(int(m)) }

// MarshalText implements [encoding.TextMarshaler].
func (m NPSMethod) MarshalText() ([]byte, error) { return enumText(&npsMethods, int(m)) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown name is an error that lists the names.
func (m *NPSMethod) UnmarshalText(text []byte) error {
	i, err := enumParse(&npsMethods, text)
	if err == nil {
		*m = NPSMethod(i)
	}
	return err
}

// NPSOptions are the choices of a Net Promoter Score; nil stands for the defaults.
type NPSOptions struct {
	Level  float64   // confidence level in (0, 1); 0 means .95
	Method NPSMethod // 0 means NPSTango
	Bands  Bands     // zero means StandardBands, and only on the scale 0 to 10
}

// NPS returns the Net Promoter Score of answers on 0 to 10 (or on the scale of opts.Bands), in points,
//
//	NPS = 100 (promoters - detractors) / answers
//
// NaN is not answered and counts as missing; what lies off the scale is counted in OffScale. It fails with
// [ErrNoData], [ErrOffScale], [ErrBands] or [ErrOption]. One-byte answers are counted eight at a time; nothing is
// allocated.
func NPS[T Number](scores []T, opts *NPSOptions) (Estimate, error) {
	return npsOfScores("NPS", scores, opts)
}

// ENPS is [NPS] asked of employees. Scales of 5 and of 11 points are both in use; other than 0 to 10 needs
// opts.Bands, such as [FivePointBands].
func ENPS[T Number](scores []T, opts *NPSOptions) (Estimate, error) {
	return npsOfScores("eNPS", scores, opts)
}

// NPSOf returns the Net Promoter Score of counts by band, taken to be those of opts.Bands.
func NPSOf(detractors, passives, promoters int, opts *NPSOptions) (Estimate, error) {
	return npsOfCounts("NPS", bandCounts{detractors: detractors, passives: passives, promoters: promoters}, opts)
}

// ENPSOf is [NPSOf] for employees.
func ENPSOf(detractors, passives, promoters int, opts *NPSOptions) (Estimate, error) {
	return npsOfCounts("eNPS", bandCounts{detractors: detractors, passives: passives, promoters: promoters}, opts)
}

// NPSOfWeights returns the Net Promoter Score of n weighted or clustered answers: the sums of weights by band (or the
// shares; only their proportions count) and the effective sample size, which sets the width of the interval and is
// capped at n. How to find effectiveN depends on the sample design; Kish's (Σw)²/Σw² serves for weights alone.
func NPSOfWeights(detractors, passives, promoters float64, n int, effectiveN float64, opts *NPSOptions) (Estimate, error) {
	const metric = "NPS"
	s, err := opts.resolve(cxmodel.Scale{})
	if err != nil {
		return unavailable(metric, UnitPoints), err
	}
	total := detractors + passives + promoters
	if !(detractors >= 0 && passives >= 0 && promoters >= 0) || math.IsInf(total, 0) {
		return unavailable(metric, UnitPoints), fmt.Errorf("%w: weights %v, %v, %v must be finite and not negative", ErrCount, detractors, passives, promoters)
	}
	if err := checkWeighted(metric, total, n, effectiveN); err != nil {
		return unavailable(metric, UnitPoints), err
	}
	effectiveN = min(effectiveN, float64(n))
	_, exponent := math.Frexp(total) // only proportions count, and those of weights near 1 neither overflow nor vanish
	d, m, p := math.Ldexp(detractors, -exponent), math.Ldexp(passives, -exponent), math.Ldexp(promoters, -exponent)
	total = d + m + p
	f := effectiveN / total
	e := s.estimate(metric, d*f, m*f, p*f)
	e.Value = 100 * (p - d) / total
	e.N = n
	return e, nil
}

// leastEffectiveN is far below the effective size of any sample.
const leastEffectiveN = 1e-6

// checkWeighted checks the sum of the weights of n answers, and their effective number.
func checkWeighted(metric string, total float64, n int, effectiveN float64) error {
	switch {
	case n < 0 || !(effectiveN >= 0) || effectiveN > 0 && effectiveN < leastEffectiveN:
		return fmt.Errorf("%w for %s: n = %d, effective n = %v", ErrCount, metric, n, effectiveN)
	case total == 0 || n == 0 || effectiveN == 0:
		return fmt.Errorf("%w for %s: %d answers, effective n = %v, of weight %v", ErrNoData, metric, n, effectiveN, total)
	}
	return nil
}

// npsSettings are resolved options.
type npsSettings struct {
	level, z float64
	method   NPSMethod
	bands    Bands
}

// resolve fills the defaults in. scale is the one that the answers are known to have, zero if they are bare numbers.
func (o *NPSOptions) resolve(scale cxmodel.Scale) (npsSettings, error) {
	if o == nil {
		o = &NPSOptions{}
	}
	s := npsSettings{method: cmp.Or(o.Method, NPSTango), bands: o.Bands}
	var err error
	if s.level, s.z, err = confidence(o.Level); err != nil {
		return s, err
	}
	if s.method < 0 || int(s.method) >= len(npsMethods.Names) {
		return s, fmt.Errorf("%w: there is no NPS method %d", ErrOption, s.method)
	}
	standard := StandardBands()
	switch unset := s.bands == (Bands{}); {
	case unset && scale != (cxmodel.Scale{}) && scale != standard.Scale:
		return s, fmt.Errorf("%w: answers on %v have no standard cut-offs; set NPSOptions.Bands, such as FivePointBands()", ErrBands, scale)
	case unset:
		s.bands = standard
		return s, nil
	case scale != (cxmodel.Scale{}) && scale != s.bands.Scale:
		return s, fmt.Errorf("%w: bands for %v, answers on %v", ErrBands, s.bands.Scale, scale)
	}
	return s, s.bands.Check()
}

func npsOfScores[T Number](metric string, scores []T, opts *NPSOptions) (Estimate, error) {
	s, err := opts.resolve(cxmodel.Scale{})
	if err != nil {
		return unavailable(metric, UnitPoints), err
	}
	return s.of(metric, countBands(scores, s.bands))
}

func npsOfCounts(metric string, c bandCounts, opts *NPSOptions) (Estimate, error) {
	s, err := opts.resolve(cxmodel.Scale{})
	if err != nil {
		return unavailable(metric, UnitPoints), err
	}
	return s.of(metric, c)
}

// of returns the estimate of whole counts.
func (s npsSettings) of(metric string, c bandCounts) (Estimate, error) {
	n, err := c.answers()
	if err == nil && n == 0 {
		err = noAnswers(metric, s.bands.Scale, c.missing, c.offScale)
	}
	if err != nil {
		e := unavailable(metric, UnitPoints)
		e.Missing, e.OffScale = c.missing, c.offScale
		return e, err
	}
	e := s.estimate(metric, float64(c.detractors), float64(c.passives), float64(c.promoters))
	e.Value = 100 * float64(c.promoters-c.detractors) / float64(n)
	e.N, e.Missing, e.OffScale = n, c.missing, c.offScale
	if c.offScale > n/19 {
		e.Warnings |= WarnOffScale
	}
	return e, nil
}

// estimate returns everything but Value and the whole counts; d, m and p need not be whole.
func (s npsSettings) estimate(metric string, d, m, p float64) Estimate {
	n := d + m + p
	e := Estimate{
		Metric: metric, Definition: s.bands.String(), Unit: UnitPoints, Level: s.level,
		StdErr: npsStdErr(d, m, p), EffectiveN: n, Method: s.method.String(),
	}
	switch s.method {
	case NPSTango:
		e.Low, e.High = tango(d, p, n, s.z)
	case NPSJeffreys:
		post := NPSPosterior{d, m, p, .5}
		e.StdErr = post.StdDev() / 100
		e.Low, e.High = post.limits((1 - s.level) / 2)
	default:
		add := pseudoCounts[s.method]
		d, m, p := d+add[0], m+add[1], p+add[2]
		e.StdErr = npsStdErr(d, m, p)
		centre := (p - d) / (d + m + p)
		e.Low, e.High = centre-s.z*e.StdErr, centre+s.z*e.StdErr
		e.clamp(-1, 1)
	}
	if n < 5 {
		e.Warnings |= WarnFewAnswers
	}
	if s.method == NPSWald && n < 100 {
		e.Warnings |= WarnWald
	}
	if e.Low == e.High {
		e.Warnings |= WarnZeroWidth
	}
	e.Low, e.High, e.StdErr = 100*e.Low, 100*e.High, 100*e.StdErr
	return e
}

// pseudoCounts are what the adjusted Wald methods add to detractors, passives and promoters.
var pseudoCounts = [...][3]float64{
	NPSAdjustedWald: {.75, 1.5, .75},
	NPSAgrestiMin:   {.5, 1, .5},
	NPSBonettPrice:  {1, 0, 1},
	NPSWald:         {},
}

// npsStdErr returns sqrt(Var/n) with the variance of one answer, p + d - (p-d)², written without cancellation.
func npsStdErr(d, m, p float64) float64 {
	n := d + m + p
	d, m, p = d/n, m/n, p/n
	return math.Sqrt((4*p*d + m*(p+d)) / n)
}

// clamp moves limits into [lo, hi] and says so.
func (e *Estimate) clamp(lo, hi float64) {
	if e.Low < lo || e.High > hi {
		e.Low, e.High = max(e.Low, lo), min(e.High, hi)
		e.Warnings |= WarnClamped
	}
}

// noAnswers is the error for an empty sample; it says where the answers went.
func noAnswers(metric string, scale cxmodel.Scale, missing, offScale int) error {
	if offScale > 0 {
		return fmt.Errorf("%w, %w for %s: %d lie outside %v, %d are missing; is it the question's scale?", ErrOffScale, ErrNoData, metric, offScale, scale, missing)
	}
	return fmt.Errorf("%w for %s: no answer on %v, %d missing", ErrNoData, metric, scale, missing)
}
