package control

import (
	"fmt"
	"math"
	"strings"

	"github.com/cxmodel/cxmodel/internal/enum"
	"github.com/cxmodel/cxmodel/internal/nanjson"
	"github.com/cxmodel/cxmodel/metrics"
)

// An Answer is the short form of a [Verdict].
type Answer int

// The answers.
const (
	Real     Answer = iota + 1 // the level has changed: the interval of the change excludes 0
	Watch                      // not shown, and a chart signals in the last period: look at it
	NotShown                   // nothing has been shown; not the same as "nothing has changed"
)

var answers = enum.Table{Type: "answer", Names: []string{"", "real", "watch", "not-shown"}}

// String returns "real", "watch" or "not-shown".
func (a Answer) String() string { return answers.String(int(a)) }

// MarshalText implements [encoding.TextMarshaler].
func (a Answer) MarshalText() ([]byte, error) {
	b, err := answers.Text(int(a))
	if err != nil {
		err = fmt.Errorf("%w: %w", metrics.ErrOption, err)
	}
	return b, err
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown name is an error that lists the names.
func (a *Answer) UnmarshalText(text []byte) error {
	i, err := answers.Parse(text)
	if err != nil {
		return fmt.Errorf("%w: %w", metrics.ErrOption, err)
	}
	*a = Answer(i)
	return nil
}

// A Period is a metric in one period.
type Period struct {
	Label    string // "2026-W14"
	Estimate metrics.Estimate
}

// JudgeOptions are the choices of [Judge]; nil stands for the defaults.
type JudgeOptions struct {
	Baseline int     // the first so many periods are the usual; 0 means 8, better are 20. The rest is asked about
	Level    float64 // the chance that no look ever finds a change that is none, in (0, 1); 0 means .95
	TightAt  float64 // the number of answers after the baseline at which to see best; 0 means those of the baseline
}

// A Verdict is the answer to "is this change real", and what stands behind it.
type Verdict struct {
	Answer   Answer             `json:"answer"`
	Sentence string             `json:"sentence"`
	Change   metrics.Comparison `json:"change"` // after less before; its interval may be looked at every week
	// Excess is the factor by which the baseline varies from period to period beyond what its sample sizes explain,
	// at least 1. It widens the interval and the limits of EWMA and CUSUM.
	Excess      float64     `json:"excess"`
	Individuals *Chart      `json:"individuals"`
	EWMA        *Chart      `json:"ewma"`
	CUSUM       *CUSUMChart `json:"cusum"`
}

// String returns the sentence.
func (v *Verdict) String() string { return v.Sentence }

// MarshalJSON writes the verdict with its charts.
func (v *Verdict) MarshalJSON() ([]byte, error) { return nanjson.Marshal(v) }

// Judge compares all periods after the baseline with the baseline, and says whether the level has changed. Run it
// every week on the longer series, with the same baseline: over all weeks together the chance of a "real" without a
// change is at most 1 - Level.
//
// Both levels are means over answers. Their difference D has SE² = Excess² (SE²(before) + SE²(after)), where Excess
// is the standard deviation of the baseline in its standard errors by moving ranges, or 1 if that is less, and its
// limits are
//
//	D ± SE sqrt((1 + 1/(c q)) (ln(1 + c q) - 2 ln α)),   c = -2 ln α + ln(1 - 2 ln α)
//
// with q = 1/SE² in parts of its value at TightAt answers: the normal mixture of [HalfWidth], for D is a Brownian
// motion in 1/SE². The charts signal single periods and drifts. Alone they give no more than "watch", where one
// signals in the last period, and that comes for nothing too: at one look in sixteen after a baseline of 20 periods,
// at one in six after 8.
//
// Every estimate needs the same metric, definition and unit, a standard error, and independent answers; standard
// errors are widened as in [AlwaysValid]. It fails with [metrics.ErrMismatch], [ErrObservation],
// [metrics.ErrNoData] where nothing follows the baseline, and [ErrNoVariation].
func Judge(periods []Period, opts *JudgeOptions) (*Verdict, error) {
	o := JudgeOptions{}
	if opts != nil {
		o = *opts
	}
	if o.Baseline == 0 {
		o.Baseline = 8
	}
	if o.Baseline < 2 {
		return nil, fmt.Errorf("%w: a baseline of %d periods; take at least 2, better 20", metrics.ErrOption, o.Baseline)
	}
	if len(periods) <= o.Baseline {
		return nil, fmt.Errorf("%w: %d periods, the baseline takes %d, and none is left to ask about", metrics.ErrNoData, len(periods), o.Baseline)
	}
	obs, err := observations(periods)
	if err != nil {
		return nil, err
	}
	first := periods[0].Estimate
	before, after := pool(obs[:o.Baseline]), pool(obs[o.Baseline:])
	if o.TightAt == 0 {
		o.TightAt = before.N
	}
	s, err := (&SequenceOptions{Level: o.Level, TightAt: o.TightAt}).resolve()
	if err != nil {
		return nil, err
	}
	v := &Verdict{Excess: excess(obs[:o.Baseline], before.Value)}
	for i := range obs {
		obs[i].StdErr *= v.Excess
	}
	chart := &Options{Baseline: o.Baseline}
	if v.Individuals, err = Individuals(obs, chart); err != nil {
		return nil, err
	}
	if v.EWMA, err = EWMA(obs, chart); err != nil {
		return nil, err
	}
	if v.CUSUM, err = CUSUM(obs, chart); err != nil {
		return nil, err
	}
	v.Change = s.compare(first, before, after, v.Excess)
	v.Answer = NotShown
	if v.Change.ExcludesZero() {
		v.Answer = Real
	} else if v.alarms(obs) != "" {
		v.Answer = Watch
	}
	v.Sentence = v.sentence(obs, first, len(periods)-o.Baseline)
	return v, nil
}

// observations checks that the periods measure one thing, and widens their standard errors like AlwaysValid.
func observations(periods []Period) ([]Observation, error) {
	first := periods[0].Estimate
	obs := make([]Observation, len(periods))
	for i, p := range periods {
		e := p.Estimate
		if e.Metric != first.Metric || e.Definition != first.Definition || e.Unit != first.Unit {
			return nil, fmt.Errorf("%w: period %q has %s (%s), period %q %s (%s)", metrics.ErrMismatch, periods[0].Label, first.Metric, first.Definition, p.Label, e.Metric, e.Definition)
		}
		if obs[i] = Observe(p.Label, e); !(e.EffectiveN > 0) {
			return nil, fmt.Errorf("%w %d, %q: n is %v; leave out a period without answers", ErrObservation, i, p.Label, e.EffectiveN)
		}
	}
	if err := check(obs); err != nil {
		return nil, err
	}
	for i, x := range obs {
		obs[i].StdErr = guarded(x.StdErr*math.Sqrt(x.N), x.N, first.Unit) / math.Sqrt(x.N)
		if obs[i].StdErr == 0 {
			return nil, fmt.Errorf("%w: period %q has standard error 0", ErrNoVariation, x.Label)
		}
	}
	return obs, nil
}

// pool returns the mean over the answers of all observations, with its standard error.
func pool(obs []Observation) Observation {
	var p Observation
	variance := 0.0
	for _, x := range obs {
		p.N += x.N
		variance += x.N * x.N * x.StdErr * x.StdErr
	}
	for _, x := range obs {
		p.Value += x.N / p.N * x.Value
	}
	p.StdErr = math.Sqrt(variance) / p.N
	return p
}

// excess returns the standard deviation of the values in their standard errors, at least 1.
func excess(obs []Observation, center float64) float64 {
	z := make([]float64, len(obs))
	for i, x := range obs {
		z[i] = (x.Value - center) / x.StdErr
	}
	sd, err := movingRange(z)
	if err != nil {
		return 1
	}
	return max(sd, 1)
}

// compare returns the change as a comparison of after with before, each with the always-valid interval of its own
// level.
func (s sequence) compare(e metrics.Estimate, before, after Observation, excess float64) metrics.Comparison {
	seB, seA := before.StdErr*excess, after.StdErr*excess
	of := func(o Observation, se float64) metrics.Estimate {
		low, high := reach(e.Unit)
		half := s.halfWidth(se, o.N/s.tightAt)
		x := metrics.Estimate{
			Metric: e.Metric, Definition: e.Definition, Unit: e.Unit, Value: o.Value, StdErr: se, Level: 1 - s.alpha,
			Low: max(o.Value-half, low), High: min(o.Value+half, high), N: int(math.Round(o.N)), EffectiveN: o.N, Method: alwaysValid,
		}
		if o.Value-half < low || o.Value+half > high {
			x.Warnings |= metrics.WarnClamped
		}
		return x
	}
	variance := func(afterN float64) float64 { return seB*seB + seA*seA*after.N/afterN }
	c := metrics.Comparison{A: of(after, seA), B: of(before, seB), Value: after.Value - before.Value, StdErr: math.Sqrt(variance(after.N)), Method: alwaysValid}
	half := s.halfWidth(c.StdErr, variance(s.tightAt)/variance(after.N))
	c.Low, c.High = c.Value-half, c.Value+half
	return c
}

// alarms names the charts that signal in the last period, and since when they do.
func (v *Verdict) alarms(obs []Observation) string {
	var out []string
	for _, c := range []struct {
		name    string
		signals []int
	}{{"the individuals chart", v.Individuals.Signals()}, {"EWMA", v.EWMA.Signals()}, {"CUSUM", v.CUSUM.Signals()}} {
		i := len(c.signals) - 1
		if i < 0 || c.signals[i] != len(obs)-1 {
			continue
		}
		for i > 0 && c.signals[i-1] == c.signals[i]-1 {
			i--
		}
		if c.signals[i] == len(obs)-1 {
			out = append(out, c.name+" signals at "+obs[len(obs)-1].Label)
		} else {
			out = append(out, c.name+" signals since "+obs[c.signals[i]].Label)
		}
	}
	return strings.Join(out, ", ")
}

func (v *Verdict) sentence(obs []Observation, e metrics.Estimate, after int) string {
	c := v.Change
	behind := fmt.Sprintf("%s against the %d periods before, %.4g %% interval %s to %s, valid at every look",
		number(e.Unit, c.Value, true), len(obs)-after, 100*c.A.Level, number(e.Unit, c.Low, true), number(e.Unit, c.High, true))
	alarms := v.alarms(obs)
	switch v.Answer {
	case Real:
		verb := "rose"
		if c.Value < 0 {
			verb = "fell"
		}
		s := fmt.Sprintf("%s really %s: from %s to %s (%s)", e.Metric, verb, number(e.Unit, c.B.Value, false), number(e.Unit, c.A.Value, false), behind)
		if alarms != "" {
			s += "; " + alarms
		}
		return s
	case Watch:
		return fmt.Sprintf("no change of the level of %s is shown (%s), but %s", e.Metric, behind, alarms)
	}
	return fmt.Sprintf("no change of %s is shown (%s)", e.Metric, behind)
}

// number writes a value in its unit; signed asks for a plus sign.
func number(u metrics.Unit, x float64, signed bool) string {
	format := "%"
	if signed || u == metrics.UnitPoints {
		format += "+"
	}
	switch u {
	case metrics.UnitPoints:
		return fmt.Sprintf(format+".0f", math.Round(x)+0)
	case metrics.UnitShare, metrics.UnitRatio:
		if signed {
			return fmt.Sprintf(format+".1f points", 100*x)
		}
		return fmt.Sprintf(format+".1f %%", 100*x)
	}
	return fmt.Sprintf(format+".3g", x)
}
