package control

import (
	"fmt"
	"math"
	"strings"

	"github.com/cxmodel/cxmodel/internal/dist"
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
	Label    string // "2026-W14"; for messages, the order of the periods is that in which they are given
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
	// Excess is the factor by which the periods before the last vary beyond what their sample sizes explain, at least
	// 1. It widens the interval and the limits of the charts. With n of these periods,
	//
	//	mean |x_i - x_(i-1)| / sqrt((SE_i² + SE_(i-1)²) 2/π) · t(ν)/z,   ν = (n-1)² / (2 (.8264 n - 1.082))
	//
	// where the quantiles t and z of the level allow for telling a standard deviation from few distances, whose mean has
	// the variance σ² (.8264 n - 1.082)/(n-1)² (J. D. Cryer, T. P. Ryan, The estimation of sigma for an X chart, Journal
	// of Quality Technology 22 (1990), 187-192).
	Excess   float64     `json:"excess"`
	Shewhart *Chart      `json:"shewhart"`
	EWMA     *Chart      `json:"ewma"`
	CUSUM    *CUSUMChart `json:"cusum"`
}

// String returns the sentence.
func (v *Verdict) String() string { return v.Sentence }

// MarshalJSON writes the verdict with its charts.
func (v Verdict) MarshalJSON() ([]byte, error) { return nanjson.Marshal(v) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (v *Verdict) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, v) }

// Judge compares all periods after the baseline with the baseline, and says whether the level has changed. Run it
// every week on the longer series, with the same baseline: over all weeks together the chance of a "real" without a
// change is at most 1 - Level, asymptotically as in [AlwaysValid].
//
// Both levels are means over answers. Their difference D has SE² = Excess² (SE²(before) + SE²(after)), and its limits
// are
//
//	D ± SE sqrt((1 + 1/(c q)) (ln(1 + c q) - 2 ln α)),   c = -2 ln α + ln(1 - 2 ln α)
//
// with q = 1/SE² in parts of its value at TightAt answers: the normal mixture of [HalfWidth], for D is a Brownian
// motion in 1/SE².
//
// The charts signal single periods and drifts: three standard deviations for [Shewhart] and [EWMA], K = .5 and H = 5
// for [CUSUM]. The baseline is an estimate, so limits here are those of the distance from an estimate,
//
//	Shewhart: w² (σ_i² + Var(c))      EWMA: w² (v_i + A² Var(c) - 2A Cov(z_i, c))      CUSUM: k = K + 2 SE(c)/σ_i
//
// with A the sum of the weights so far. Alone the charts give no more than "watch", where one signals in the last
// period. For nothing that comes in less than one period of a hundred after a baseline of 8 to 200 of like size, and in
// less than one of twenty where a later period has up to nine times the answers of the whole baseline.
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
	before := pool(periods[:o.Baseline], obs[:o.Baseline])
	if o.TightAt == 0 {
		o.TightAt = before.EffectiveN
	}
	s, err := (&SequenceOptions{Level: o.Level, TightAt: o.TightAt}).resolve()
	if err != nil {
		return nil, err
	}
	v := &Verdict{Excess: excess(obs[:len(obs)-1], s.alpha)}
	for i := range obs {
		obs[i].StdErr *= v.Excess
	}
	before.StdErr *= v.Excess
	chart, err := (&Options{Baseline: o.Baseline}).resolve(len(obs))
	if err != nil {
		return nil, err
	}
	chart.doubt = true
	if v.Shewhart, err = chart.shewhart("Shewhart chart", obs); err != nil {
		return nil, err
	}
	if v.EWMA, err = chart.ewma(obs); err != nil {
		return nil, err
	}
	if v.CUSUM, err = chart.cusum(obs); err != nil {
		return nil, err
	}
	v.Change = s.compare(before, pool(periods[o.Baseline:], obs[o.Baseline:]))
	if !finite(v.Change.Low) || !finite(v.Change.High) {
		return nil, fmt.Errorf("%w: a change of %v with standard error %v", ErrObservation, v.Change.Value, v.Change.StdErr)
	}
	v.Answer = NotShown
	if v.Change.ExcludesZero() {
		v.Answer = Real
	} else if v.alarms(obs) != "" {
		v.Answer = Watch
	}
	v.Sentence = v.sentence(obs, len(periods)-o.Baseline)
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

// pool returns the mean over the answers of all periods, with its standard error and without an interval.
func pool(periods []Period, obs []Observation) metrics.Estimate {
	first := periods[0].Estimate
	p := metrics.Estimate{Metric: first.Metric, Definition: first.Definition, Unit: first.Unit}
	for i, x := range obs {
		e := periods[i].Estimate
		p.N, p.Missing, p.OffScale = p.N+e.N, p.Missing+e.Missing, p.OffScale+e.OffScale
		p.EffectiveN += x.N
		p.Warnings |= e.Warnings & metrics.WarnOffScale
	}
	for _, x := range obs {
		p.Value += x.N / p.EffectiveN * x.Value
		p.StdErr = math.Hypot(p.StdErr, x.N/p.EffectiveN*x.StdErr)
	}
	if p.EffectiveN < 5 {
		p.Warnings |= metrics.WarnFewAnswers
	}
	return p
}

// excess is [Verdict.Excess] of the observations.
func excess(obs []Observation, alpha float64) float64 {
	sum := 0.0
	for i := 1; i < len(obs); i++ {
		sum += math.Abs(obs[i].Value-obs[i-1].Value) / math.Hypot(obs[i].StdErr, obs[i-1].StdErr)
	}
	n := float64(len(obs))
	nu := (n - 1) * (n - 1) / (2 * (.8264*n - 1.082))
	return max(sum/(n-1)*math.Sqrt(math.Pi/2)*dist.TQuantile(alpha/2, nu)/dist.NormalQuantile(alpha/2), 1)
}

// compare returns the change from before to after, each of the two with the always-valid interval of its own level.
func (s sequence) compare(before, after metrics.Estimate) metrics.Comparison {
	least, most := reach(before.Unit)
	c := metrics.Comparison{A: after, B: before, Value: after.Value - before.Value, StdErr: math.Hypot(before.StdErr, after.StdErr), Method: alwaysValid}
	for _, e := range []*metrics.Estimate{&c.A, &c.B} {
		half := s.halfWidth(e.StdErr, e.EffectiveN/s.tightAt)
		e.Low, e.High, e.Level, e.Method = e.Value-half, e.Value+half, 1-s.alpha, alwaysValid
		c.Warnings |= e.Warnings
		clamp(&e.Low, &e.High, &e.Warnings, least, most)
	}
	tightest := math.Hypot(before.StdErr, after.StdErr*math.Sqrt(after.EffectiveN/s.tightAt))
	half := s.halfWidth(c.StdErr, tightest/c.StdErr*(tightest/c.StdErr))
	c.Low, c.High = c.Value-half, c.Value+half
	clamp(&c.Low, &c.High, &c.Warnings, least-most, most-least)
	return c
}

// alarms names the charts that signal in the last period, and since when they do.
func (v *Verdict) alarms(obs []Observation) string {
	var out []string
	for _, c := range []struct {
		name    string
		signals []int
	}{{"the Shewhart chart", v.Shewhart.Signals()}, {"EWMA", v.EWMA.Signals()}, {"CUSUM", v.CUSUM.Signals()}} {
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

func (v *Verdict) sentence(obs []Observation, after int) string {
	c := v.Change
	e := c.A
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
	if signed && x >= 0 {
		return "+" + short(x)
	}
	return short(x)
}
