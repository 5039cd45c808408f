package metrics

import (
	"cmp"
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/internal/enum"
)

// RatioMethod names the interval of a ratio of two independent proportions.
type RatioMethod int

// The methods.
const (
	// RatioScore inverts the score test with the variance times N/(N-1): O. Miettinen, M. Nurminen, Comparative analysis
	// of two rates, Statistics in Medicine 4 (1985), 213-226. The default.
	RatioScore RatioMethod = iota + 1
	// RatioLog is Wald's on the logarithm: D. Katz et al., Obtaining confidence intervals for the risk ratio in cohort
	// studies, Biometrics 34 (1978), 469-474. There is none where nobody succeeds in a group.
	RatioLog
	// RatioLogAdjusted is the same with half a success and half a trial added: S. D. Walter, The distribution of Levin's
	// measure of attributable risk, Biometrika 62 (1975), 371-374. Its lower limit is 0 where nobody succeeds in the first
	// group.
	RatioLogAdjusted
)

var ratioMethods = enum.Table{Type: "ratio method", Names: []string{"", "score", "log", "adjusted log"}}

// String returns the name of m, as it stands in Estimate.Method.
func (m RatioMethod) String() string { return ratioMethods.String(int(m)) }

// MarshalText implements [encoding.TextMarshaler].
func (m RatioMethod) MarshalText() ([]byte, error) { return enumText(&ratioMethods, int(m)) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown name is an error that lists the names.
func (m *RatioMethod) UnmarshalText(text []byte) error {
	i, err := enumParse(&ratioMethods, text)
	if err == nil {
		*m = RatioMethod(i)
	}
	return err
}

// RatioOptions are the choices of a ratio of proportions; nil stands for the defaults.
type RatioOptions struct {
	Level  float64     // confidence level in (0, 1); 0 means .95
	Method RatioMethod // 0 means RatioScore
}

// ProportionRatio returns (x1/n1)/(x2/n2) of two independent groups, such as the churn of those who complained over that
// of those who did not; 1 is no difference. N counts both groups. It fails like [Proportion], and with [ErrUndefined]
// where nobody succeeds in the second group; [ProportionDifference] serves there.
func ProportionRatio(x1, n1, x2, n2 int, opts *RatioOptions) (Estimate, error) {
	const metric = "ratio of proportions"
	if opts == nil {
		opts = &RatioOptions{}
	}
	e := unavailable(metric, UnitNumber)
	method := cmp.Or(opts.Method, RatioScore)
	level, z, err := confidence(opts.Level)
	switch {
	case err != nil:
		return e, err
	case method < 0 || int(method) >= len(ratioMethods.Names):
		return e, fmt.Errorf("%w: there is no ratio method %d", ErrOption, method)
	}
	for _, g := range [][2]int{{x1, n1}, {x2, n2}} {
		if _, err := share(metric, "successes of trials", g[0], g[1], nil); err != nil {
			return e, err
		}
	}
	n, ok := sum(n1, n2)
	switch {
	case !ok:
		return e, fmt.Errorf("%w: %d + %d overflows", ErrCount, n1, n2)
	case x2 == 0:
		return e, fmt.Errorf("%w: %s to 0 of %d", ErrUndefined, metric, n2)
	}
	p := pair{float64(x1), float64(n1), float64(x2), float64(n2)}
	e.Definition, e.Value, e.N, e.EffectiveN = "share of the first group over share of the second", p.x1/p.n1/(p.x2/p.n2), n, float64(n)
	if min(n1, n2) < 5 {
		e.Warnings |= WarnFewAnswers
	}
	switch method {
	case RatioScore:
		z *= math.Sqrt(float64(n) / float64(n-1))
		e.Low, e.High = p.ratioLower(z), 1/p.swap().ratioLower(z)
	case RatioLog:
		if x1 == 0 {
			e.Warnings |= WarnNoInterval
			return e, nil
		}
		e.Low, e.High = logRatio(p.x1, p.n1, p.x2, p.n2, z)
	case RatioLogAdjusted:
		e.Low, e.High = logRatio(p.x1+.5, p.n1+.5, p.x2+.5, p.n2+.5, z)
		if x1 == 0 {
			e.Low = 0
		}
	}
	e.Level, e.Method = level, method.String()
	if e.Low == e.High {
		e.Warnings |= WarnZeroWidth
	}
	return e, nil
}

// logRatio returns exp(log((x1/n1)/(x2/n2)) ± z sqrt(1/x1 - 1/n1 + 1/x2 - 1/n2)).
func logRatio(x1, n1, x2, n2, z float64) (low, high float64) {
	ratio := x1 / n1 / (x2 / n2)
	width := math.Exp(z * math.Sqrt((n1-x1)/(n1*x1)+(n2-x2)/(n2*x2)))
	return ratio / width, ratio * width
}

// RateRatio returns (events1/exposure1)/(events2/exposure2) of two independent event rates; 1 is no difference. Given the
// number of all events those of the first group are binomial, so that the limits come from the exact interval of Clopper
// and Pearson,
//
//	low = p/(1-p) exposure2/exposure1 for its lower limit p of events1/(events1+events2), high alike
//
// (J. Przyborowski, H. Wilenski, Homogeneity of results in testing samples from Poisson series, Biometrika 31 (1940),
// 313-323). N counts all events. It fails like [EventRate], and with [ErrUndefined] where the second group has no event.
func RateRatio(events1 int, exposure1 float64, events2 int, exposure2 float64, opts *RateOptions) (Estimate, error) {
	const metric = "ratio of rates"
	e := unavailable(metric, UnitNumber)
	for _, g := range []struct {
		events   int
		exposure float64
	}{{events1, exposure1}, {events2, exposure2}} {
		if _, err := EventRate(g.events, g.exposure, opts); err != nil {
			return e, err
		}
	}
	n, ok := sum(events1, events2)
	switch {
	case !ok:
		return e, fmt.Errorf("%w: %d + %d overflows", ErrCount, events1, events2)
	case events2 == 0:
		return e, fmt.Errorf("%w: %s to 0 in %v", ErrUndefined, metric, exposure2)
	}
	if opts == nil {
		opts = &RateOptions{}
	}
	level, _, _ := confidence(opts.Level)
	x1, x2, exposures := float64(events1), float64(events2), exposure2/exposure1
	e.Definition, e.Value, e.N, e.EffectiveN = "events per exposure of the first group over those of the second", x1/x2*exposures, n, float64(n)
	e.Level, e.Method = level, "exact conditional"
	tail := (1 - level) / 2
	low, _ := exact(x1, x1+x2, tail)
	less, _ := exact(x2, x1+x2, tail) // 1 less the upper limit, exact where it is small
	e.Low, e.High = low/(1-low)*exposures, (1-less)/less*exposures
	if math.IsInf(e.High, 1) || e.High == 0 || e.Low == 0 && events1 > 0 {
		return unavailable(metric, UnitNumber), fmt.Errorf("%w: %s with exposures of %v and %v is beyond the range of float64", ErrCount, metric, exposure1, exposure2)
	}
	return e, nil
}
