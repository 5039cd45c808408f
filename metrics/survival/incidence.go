package survival

import (
	"fmt"
	"math"
	"slices"
	"sort"

	"github.com/cxmodel/cxmodel/internal/nanjson"
	"github.com/cxmodel/cxmodel/metrics"
)

// An IncidenceStep is what happened at one time. Events, Incidence and StdErr are by cause, in the order of the names.
type IncidenceStep struct {
	Time      float64   `json:"time"`
	AtRisk    int       `json:"at-risk"`
	Censored  int       `json:"censored"`
	Survival  float64   `json:"survival"` // share without any event
	Events    []int     `json:"events"`
	Incidence []float64 `json:"incidence"` // share that has left by this cause so far
	StdErr    []float64 `json:"std-err"`
}

// An Incidence is the cumulative incidence of competing causes; at each step Survival and the Incidences sum to 1.
type Incidence struct {
	Causes    []string        `json:"causes"`
	Steps     []IncidenceStep `json:"steps"`
	N         int             `json:"n"`
	Level     float64         `json:"level"`
	Transform Transform       `json:"transform"`
	Unit      string          `json:"unit,omitempty"`
}

// maxCauses bounds the memory.
const maxCauses = 32

// CumulativeIncidence estimates for each cause the share that has left by it, by Aalen and Johansen: with d_j events of
// cause j among n at risk, and S just before t_i,
//
//	F_j(t) = Σ S(t_i-) d_ij / n_i       over t_i <= t
//
// The standard error is Greenwood's for several causes: at each time the multinomial covariance of the d_ij/n_i is
// carried through (1-Σa, a) (P. K. Andersen, O. Borgan, R. D. Gill, N. Keiding, Statistical Models Based on Counting
// Processes, 1993, IV.4.1.3). 1 - [KaplanMeier] of one cause with the others censored answers another question, the
// share that would leave if nobody could leave otherwise, and is larger.
//
// causes names the causes 1, 2, ... of the subjects, at most 32; each takes 32 bytes for each distinct time. Errors
// are those of [KaplanMeier], and [metrics.ErrOption] where a subject has a cause without name or two causes have one.
func CumulativeIncidence(subjects []Subject, causes []string, opts *Options) (*Incidence, error) {
	s, err := opts.resolve()
	if err != nil {
		return nil, err
	}
	k := len(causes)
	if k == 0 || k > maxCauses {
		return nil, fmt.Errorf("%w: %d causes; name 1 to %d, such as %q and %q", metrics.ErrOption, k, maxCauses, "voluntary", "involuntary")
	}
	for i, name := range causes {
		if slices.Contains(causes[:i], name) {
			return nil, fmt.Errorf("%w: cause %q stands twice; each needs a name of its own", metrics.ErrOption, name)
		}
	}
	for i, x := range subjects {
		if int(x.Cause) > k {
			return nil, fmt.Errorf("%w: subject %d has cause %d, and only %d are named", metrics.ErrOption, i, x.Cause, k)
		}
	}
	r, err := riskOf(subjects, k)
	if err != nil {
		return nil, err
	}
	x := &Incidence{
		Causes: append([]string(nil), causes...), Steps: make([]IncidenceStep, len(r.times)),
		N: len(subjects), Level: s.level, Transform: s.transform, Unit: s.unit,
	}
	var (
		p, varP      = 1.0, 0.0
		f, varF, cov = make([]float64, k), make([]float64, k), make([]float64, k) // cov: of S and F_j
		events       = make([]int, k*len(r.times))
		floats       = make([]float64, 2*k*len(r.times))
	)
	for i, t := range r.times {
		n := float64(r.atRisk[i])
		step := IncidenceStep{
			Time: t, AtRisk: r.atRisk[i], Censored: r.counts[0][i],
			Events: events[i*k : (i+1)*k : (i+1)*k], Incidence: floats[2*i*k : (2*i+1)*k : (2*i+1)*k], StdErr: floats[(2*i+1)*k : (2*i+2)*k : (2*i+2)*k],
		}
		total := 0
		for j := range k {
			step.Events[j] = r.counts[j+1][i]
			total += step.Events[j]
		}
		if total == r.atRisk[i] && total > 0 && i+1 < len(r.times) {
			return nil, fmt.Errorf("%w: all %d at risk at %s left, and others entered later; count from a later start", ErrRiskSet, total, s.at(t))
		}
		if total > 0 {
			stay := (n - float64(total)) / n
			for j, d := range step.Events {
				a := float64(d) / n
				varF[j] += 2*a*cov[j] + a*a*varP + p*p*a*(1-a)/n
				cov[j] = stay*(cov[j]+a*varP) - p*p*a*stay/n
				f[j] += p * a
			}
			varP = stay*stay*varP + p*p*(1-stay)*stay/n
			p *= stay
		}
		step.Survival = p
		for j := range k {
			step.Incidence[j], step.StdErr[j] = f[j], math.Sqrt(max(varF[j], 0))
		}
		x.Steps[i] = step
	}
	return x, nil
}

// At returns the share that has left by the named cause at time t. Before the first event of that cause it is 0, and
// when all have left by it 1, both without an interval; with fewer than five still at risk it warns. Beyond the last time
// observed it fails with [ErrHorizon], unless nobody was left.
func (x *Incidence) At(cause string, t float64) (metrics.Estimate, error) {
	s := settingsOf(x.Level, x.Transform, x.Unit)
	e := unavailable("cumulative incidence", metrics.UnitShare)
	if len(x.Steps) == 0 {
		return e, fmt.Errorf("%w: no steps; make them with CumulativeIncidence", metrics.ErrNoData)
	}
	j := -1
	for i, name := range x.Causes {
		if name == cause {
			j = i
		}
	}
	if j < 0 {
		return e, fmt.Errorf("%w: %q is not a cause; use one of %q", metrics.ErrOption, cause, x.Causes)
	}
	if !(t >= 0) || math.IsInf(t, 1) {
		return e, fmt.Errorf("%w: time %v; it must be finite and not negative", metrics.ErrOption, t)
	}
	if end := x.Steps[len(x.Steps)-1]; t > end.Time && end.Survival > 0 {
		return e, fmt.Errorf("%w: time %v; the last is %s", ErrHorizon, t, s.at(end.Time))
	}
	e.Definition, e.N, e.EffectiveN = cause+" by "+s.at(t), x.N, float64(x.N)
	e.Level, e.Method, e.Value, e.StdErr = x.Level, "Aalen-Johansen, "+x.Transform.String(), 0, 0
	i := sort.Search(len(x.Steps), func(i int) bool { return x.Steps[i].Time > t }) - 1
	if i >= 0 {
		e.Value, e.StdErr = x.Steps[i].Incidence[j], x.Steps[i].StdErr[j]
	}
	if i >= 0 && x.Steps[i].Survival == 0 && e.Value > 1-1e-9 { // all by this cause: like a curve at 0
		e.Low, e.High, e.Level = math.NaN(), math.NaN(), 0
		e.Warnings |= metrics.WarnNoInterval
	} else {
		s.interval(&e, e.Value, e.StdErr)
	}
	if x.left(t, i) < 5 {
		e.Warnings |= metrics.WarnFewAnswers
	}
	return e, nil
}

// left is that of a [Curve], for all causes.
func (x *Incidence) left(t float64, i int) int {
	switch {
	case i >= 0 && x.Steps[i].Time == t:
		n := x.Steps[i].AtRisk
		for _, d := range x.Steps[i].Events {
			n -= d
		}
		return n
	case i+1 < len(x.Steps):
		return x.Steps[i+1].AtRisk
	}
	return 0
}

// Table returns every cause at the given times, ready for CSV or Markdown.
func (x *Incidence) Table(times ...float64) (*metrics.Table, error) {
	t := &metrics.Table{Labels: []string{"cause", "time"}}
	for _, cause := range x.Causes {
		for _, at := range times {
			e, err := x.At(cause, at)
			if err != nil {
				return nil, err
			}
			t.Add(e, cause, settings{unit: x.Unit}.at(at))
		}
	}
	return t, nil
}

// MarshalJSON writes the causes and steps.
func (x Incidence) MarshalJSON() ([]byte, error) { return nanjson.Marshal(x) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (x *Incidence) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, x) }
