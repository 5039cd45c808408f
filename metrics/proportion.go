package metrics

import (
	"cmp"
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/internal/enum"
)

// ProportionMethod names the interval of a single proportion.
type ProportionMethod int

// The methods. They are compared in L. D. Brown, T. T. Cai, A. DasGupta, Interval estimation for a binomial
// proportion, Statistical Science 16 (2001), 101-133.
const (
	// Wilson inverts the score test (E. B. Wilson, 1927). It stays inside [0, 1]. The default.
	Wilson ProportionMethod = iota + 1
	// ClopperPearson is the exact interval (1934): it covers at least its level for every truth, and is wide for it.
	ClopperPearson
	// AgrestiCoull is a Wald interval around Wilson's centre (1998), clamped to [0, 1].
	AgrestiCoull
	// Jeffreys takes the equal tails of the posterior under a Beta(1/2, 1/2) prior; the lower limit is 0 where there
	// are no successes, the upper is 1 where there are no failures.
	Jeffreys
	// Wald is value ± z·SE, clamped to [0, 1]: only for comparison with other tools.
	Wald
)

var proportionMethods = enum.Table{Type: "proportion method", Names: []string{"", "Wilson", "Clopper-Pearson", "Agresti-Coull", "Jeffreys", "Wald"}}

// String returns the name of m, as it stands in Estimate.Method.
func (m ProportionMethod) String() string {
	return proportionMethods.String(int(m))
}

// MarshalText implements [encoding.TextMarshaler].
func (m ProportionMethod) MarshalText() ([]byte, error) {
	return enumText(&proportionMethods, int(m))
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown name is an error that lists the names.
func (m *ProportionMethod) UnmarshalText(text []byte) error {
	i, err := enumParse(&proportionMethods, text)
	if err == nil {
		*m = ProportionMethod(i)
	}
	return err
}

// ProportionOptions are the choices of a share; nil stands for the defaults.
type ProportionOptions struct {
	Level  float64          // confidence level in (0, 1); 0 means .95
	Method ProportionMethod // 0 means Wilson
	Boxes  int              // CSAT only: how many points at the good end count as satisfied; 0 means 2 on five points, and is an error on other scales
}

// Proportion returns successes/n with its interval, both in [0, 1].
func Proportion(successes, n int, opts *ProportionOptions) (Estimate, error) {
	return share("proportion", "successes of trials", successes, n, opts)
}

// ProportionOfWeights returns the weighted share successes/total of n weighted or clustered answers: sums of weights,
// and the effective sample size, which sets the width of the interval and is capped at n. See [NPSOfWeights].
func ProportionOfWeights(successes, total float64, n int, effectiveN float64, opts *ProportionOptions) (Estimate, error) {
	const metric = "proportion"
	s, err := opts.resolve()
	switch {
	case err != nil:
	case !(successes >= 0 && successes <= total) || math.IsInf(total, 0):
		err = fmt.Errorf("%w for %s: weights %v of %v; want 0 <= successes <= total, and finite", ErrCount, metric, successes, total)
	default:
		err = checkWeighted(metric, total, n, effectiveN)
	}
	if err != nil {
		return unavailable(metric, UnitShare), err
	}
	effectiveN = min(effectiveN, float64(n))
	p := successes / total
	e := s.estimate(metric, "weight of successes of weight of answers", p*effectiveN, effectiveN)
	e.Value, e.N = p, n
	return e, nil
}

// proportionSettings are resolved options.
type proportionSettings struct {
	level, z float64
	method   ProportionMethod
}

func (o *ProportionOptions) resolve() (proportionSettings, error) {
	if o == nil {
		o = &ProportionOptions{}
	}
	s := proportionSettings{method: cmp.Or(o.Method, Wilson)}
	var err error
	if s.level, s.z, err = confidence(o.Level); err != nil {
		return s, err
	}
	if s.method < 0 || int(s.method) >= len(proportionMethods.Names) {
		return s, fmt.Errorf("%w: there is no proportion method %d", ErrOption, s.method)
	}
	return s, nil
}

// share is Proportion with a name and a definition.
func share(metric, definition string, x, n int, opts *ProportionOptions) (Estimate, error) {
	s, err := opts.resolve()
	switch {
	case err != nil:
	case x < 0 || n < 0 || x > n:
		err = fmt.Errorf("%w for %s: %d of %d (%s)", ErrCount, metric, x, n, definition)
	case n == 0:
		err = fmt.Errorf("%w for %s: 0 of 0 (%s)", ErrNoData, metric, definition)
	}
	if err != nil {
		return unavailable(metric, UnitShare), err
	}
	e := s.estimate(metric, definition, float64(x), float64(n))
	e.N = n
	return e, nil
}

// goodBad is the share x/(x + y).
func goodBad(metric, definition string, x, y int, opts *ProportionOptions) (Estimate, error) {
	if x < 0 || y < 0 {
		return unavailable(metric, UnitShare), fmt.Errorf("%w for %s: %d and %d", ErrCount, metric, x, y)
	}
	n, ok := sum(x, y)
	if !ok {
		return unavailable(metric, UnitShare), fmt.Errorf("%w for %s: %d + %d overflows", ErrCount, metric, x, y)
	}
	return share(metric, definition, x, n, opts)
}

// estimate returns the estimate of x successes of n trials, neither of them necessarily whole.
func (s proportionSettings) estimate(metric, definition string, x, n float64) Estimate {
	e := Estimate{
		Metric: metric, Definition: definition, Unit: UnitShare, Value: x / n, Level: s.level,
		StdErr: binomialStdErr(x, n), EffectiveN: n, Method: s.method.String(),
	}
	tail := (1 - s.level) / 2
	switch s.method {
	case Wilson:
		e.Low, e.High = wilson(x, n, s.z)
	case ClopperPearson:
		e.Low, e.High = exact(x, n, tail)
	case Jeffreys:
		e.Low, e.High = jeffreys(x, n, tail)
		a, b := x+.5, n-x+.5
		e.StdErr = math.Sqrt(a/(n+1)*b/(n+1)) / math.Sqrt(n+2)
	case AgrestiCoull:
		x, n := x+s.z*s.z/2, n+s.z*s.z
		e.StdErr = binomialStdErr(x, n)
		e.Low, e.High = x/n-s.z*e.StdErr, x/n+s.z*e.StdErr
	case Wald:
		e.Low, e.High = x/n-s.z*e.StdErr, x/n+s.z*e.StdErr
		if n < 100 {
			e.Warnings |= WarnWald
		}
	}
	e.clamp(0, 1)
	if n < 5 {
		e.Warnings |= WarnFewAnswers
	}
	if e.Low == e.High {
		e.Warnings |= WarnZeroWidth
	}
	return e
}
