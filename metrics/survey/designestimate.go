package survey

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/dist"
	"github.com/cxmodel/cxmodel/internal/nanjson"
	"github.com/cxmodel/cxmodel/metrics"
)

// DesignOptions are the choices of an estimate from a Sample; nil stands for the defaults.
type DesignOptions struct {
	Level      float64                  // confidence level in (0, 1); 0 means .95
	NPS        metrics.NPSMethod        // for NPS and eNPS; 0 means the score interval
	Proportion metrics.ProportionMethod // for shares; 0 means Wilson
	Interval   DesignInterval           // 0: effective n, or t where clusters have several answers
}

func (o *DesignOptions) withDefaults() (DesignOptions, error) {
	var c DesignOptions
	if o != nil {
		c = *o
	}
	if _, err := c.Interval.MarshalText(); err != nil {
		return c, err
	}
	if c.Level == 0 {
		c.Level = metrics.DefaultLevel
	}
	if !(c.Level > 0 && c.Level < 1) {
		return c, fmt.Errorf("survey: %w: level %v is not between 0 and 1", metrics.ErrOption, c.Level)
	}
	return c, nil
}

// A DesignEstimate is a metric of weighted, stratified or clustered answers.
type DesignEstimate struct {
	Estimate     metrics.Estimate `json:"estimate"`      // its StdErr is the linearised one, its EffectiveN at most N
	DesignEffect float64          `json:"design-effect"` // the variance over that of a simple random sample of as many answers; NaN where they all agree
	KishN        float64          `json:"kish-n"`        // (Σw)²/Σw², the effective number by the weights alone
	Clusters     int              `json:"clusters"`      // with an answer
	Strata       int              `json:"strata"`        // with an answer
	DF           float64          `json:"df"`            // degrees of freedom: Clusters - Strata
}

// MarshalJSON writes the estimate; a number that is not available is null.
func (e DesignEstimate) MarshalJSON() ([]byte, error) { return nanjson.Marshal(e) }

// String returns the estimate and the design effect in one line.
func (e DesignEstimate) String() string {
	return fmt.Sprintf("%v [design effect %.2f, effective n %.1f, %d clusters]", e.Estimate, e.DesignEffect, e.Estimate.EffectiveN, e.Clusters)
}

// Estimate returns the measure's metric of the whole population, with the variance by linearisation,
//
//	Var = Σ_h n_h/(n_h-1) (1 - n_h/N_h) Σ_c (z_c - z̄_h)², z_c = Σ w(y - m)/Σw over the answers of cluster c
//
// over the n_h clusters of each stratum h, where m is the weighted mean of the values y of the answers and N_h the
// Population (D. A. Binder, On the variances of asymptotically normal estimators from complex surveys, International
// Statistical Review 51 (1983), 279-292). After [Sample.PostStratify] and [Sample.Rake] z is its residual on the margins.
//
//	effective n   = Σ w(y-m)²/Σw / Var, at most n
//	design effect = Var / (n/(n-1) Σ w(y-m)²/Σw / n), the denominator times 1 - n/Σw with a Population
//
// It fails with [ErrMeasure], [ErrDesign], metrics.ErrNoData or the error of the context. With a Population the design effect supposes weights that
// sum to the population; nothing else depends on their scale.
func (s *Sample) Estimate(ctx context.Context, opts *DesignOptions) (DesignEstimate, error) {
	p, err := s.prepare(ctx, opts)
	if err != nil {
		return DesignEstimate{}, err
	}
	e, _, err := p.estimate(func(int) bool { return true })
	return e, err
}

// A Domain is a part of a Sample, and what was estimated of it.
type Domain struct {
	Key    string         `json:"key"`
	Result DesignEstimate `json:"result"`
}

// By returns the metric of each part of the sample, such as segments, sorted by key; keys has one entry per row. The rows
// of the other parts stay in the design, because the sizes of parts vary from sample to sample too. A part without
// answers has an empty estimate. It fails as Estimate does, or with the error of the context.
func (s *Sample) By(ctx context.Context, keys []string, opts *DesignOptions) ([]Domain, error) {
	p, err := s.prepare(ctx, opts)
	if err != nil {
		return nil, err
	}
	if len(keys) != len(s.Scores) {
		return nil, fmt.Errorf("%w: %d keys for %d rows", ErrDesign, len(keys), len(s.Scores))
	}
	parts := map[string][]bool{}
	for _, k := range keys {
		parts[k] = nil
	}
	var out []Domain
	for _, k := range slices.Sorted(maps.Keys(parts)) {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		e, n, err := p.estimate(func(i int) bool { return keys[i] == k })
		if err != nil && n > 0 {
			return nil, err
		}
		out = append(out, Domain{k, e})
	}
	return out, nil
}

// Difference returns the metric among the rows with key a less that among the rows with key b, by the linearised
// variance of the difference, ± t with as many degrees of freedom as clusters less strata in both. Customers who answered
// in both parts, such as before and after a change, make it more certain, not less; package metrics' Difference supposes
// that there are none. It fails as Estimate does.
func (s *Sample) Difference(ctx context.Context, keys []string, a, b string, opts *DesignOptions) (metrics.Comparison, error) {
	nan := math.NaN()
	c := metrics.Comparison{Value: nan, Low: nan, High: nan, StdErr: nan}
	p, err := s.prepare(ctx, opts)
	if err != nil {
		return c, err
	}
	if len(keys) != len(s.Scores) || a == b {
		return c, fmt.Errorf("%w: %d keys for %d rows, to compare %q with %q", ErrDesign, len(keys), len(s.Scores), a, b)
	}
	z := make([]float64, len(s.Scores))
	for i, k := range []string{a, b} {
		e, _, err := p.estimate(func(row int) bool { return keys[row] == k })
		if err != nil {
			return c, fmt.Errorf("%w (%q)", err, clip.Text(k))
		}
		*[]*metrics.Estimate{&c.A, &c.B}[i] = e.Estimate
		sign := float64(1 - 2*i)
		for row, x := range p.z {
			z[row] += sign * x
		}
	}
	clusters, strata := p.design.degrees(func(row int) bool { return p.answered[row] && (keys[row] == a || keys[row] == b) })
	if clusters <= strata {
		return c, fmt.Errorf("survey: %w for the difference: each stratum has one cluster", metrics.ErrNoInterval)
	}
	c.Value, c.StdErr, c.Method = c.A.Value-c.B.Value, math.Sqrt(p.design.variance(z)), "linearised t"
	half := -dist.TQuantile((1-p.opts.Level)/2, float64(clusters-strata)) * c.StdErr
	c.Low, c.High = c.Value-half, c.Value+half
	c.Warnings = (c.A.Warnings | c.B.Warnings) & metrics.WarnFewAnswers
	low, high := p.values.span()
	if span := high - low; c.Low < -span || c.High > span {
		c.Low, c.High = max(c.Low, -span), min(c.High, span)
		c.Warnings |= metrics.WarnClamped
	}
	if c.Low == c.High {
		c.Warnings |= metrics.WarnZeroWidth
	}
	return c, nil
}

// prepared is a Sample ready to be estimated from.
type prepared struct {
	ctx      context.Context
	opts     DesignOptions
	values   *values
	design   *design
	scores   []float64
	y        []float64
	answered []bool // on the scale
	z        []float64
}

func (s *Sample) prepare(ctx context.Context, opts *DesignOptions) (*prepared, error) {
	o, err := opts.withDefaults()
	if err != nil {
		return nil, err
	}
	p := &prepared{ctx: ctx, opts: o, scores: s.Scores, y: make([]float64, len(s.Scores)), answered: make([]bool, len(s.Scores)), z: make([]float64, len(s.Scores))}
	if p.values, err = newValues(s.Measure); err != nil {
		return nil, err
	}
	if p.design, err = s.design(ctx, len(s.Scores)); err != nil {
		return nil, err
	}
	scale := p.values.def.Scale
	for i, score := range s.Scores {
		if p.answered[i] = scale.Contains(score); p.answered[i] {
			if p.y[i], err = p.values.of(score); err != nil {
				return nil, err
			}
		}
	}
	return p, nil
}

// estimate returns the metric of the rows in a part, and their number; z is left as their linearised contributions.
func (p *prepared) estimate(in func(row int) bool) (DesignEstimate, int, error) {
	d, w := p.design, &weighing{sums: map[float64]float64{}, interval: p.opts.Interval}
	missing, offScale := 0, 0
	for i, score := range p.scores {
		switch {
		case !in(i):
		case p.answered[i]:
			if d.w[i] > 0 {
				w.add(p.y[i], d.w[i], 1)
			}
		case math.IsNaN(score):
			missing++
		default:
			offScale++
		}
	}
	e := DesignEstimate{Estimate: unavailable(p.values.template.Metric), DesignEffect: math.NaN()}
	e.Estimate.Definition, e.Estimate.Unit = p.values.template.Definition, p.values.template.Unit
	e.Estimate.Missing, e.Estimate.OffScale = missing, offScale
	if w.n == 0 {
		return e, 0, fmt.Errorf("survey: %w for %s: no answer with a weight on %v, %d missing, %d off the scale", metrics.ErrNoData, p.values.def.Key, p.values.def.Scale, missing, offScale)
	}
	w.mean = w.average()
	tells := func(i int) bool { return p.answered[i] && in(i) }
	for i := range p.z {
		if p.z[i] = 0; tells(i) {
			x := p.y[i] - w.mean
			w.dev += d.w[i] * x * x / w.w
			p.z[i] = d.w[i] * x / w.w
		}
	}
	e.Clusters, e.Strata = d.degrees(tells)
	if p.ctx.Err() != nil {
		return e, w.n, context.Cause(p.ctx)
	}
	w.variance = d.variance(slices.Clone(p.z))
	e.DF, w.df, w.clusters = float64(e.Clusters-e.Strata), float64(e.Clusters-e.Strata), e.Clusters
	e.KishN = w.w * w.w / w.w2
	if w.interval == 0 {
		w.interval = IntervalEffectiveN
		if !d.single {
			w.interval = IntervalT
		}
	}
	e.DesignEffect = w.designEffect()
	if d.finite {
		e.DesignEffect /= 1 - float64(w.n)/w.w
	}
	estimate, err := p.values.estimate(w, EstimateOptions{p.opts.Level, p.opts.NPS, p.opts.Proportion})
	if err != nil {
		return e, w.n, err
	}
	estimate.Missing, estimate.OffScale = missing, offScale
	if offScale > w.n/19 {
		estimate.Warnings |= metrics.WarnOffScale
	}
	e.Estimate = estimate
	return e, w.n, nil
}

// add adds n answers of a value and weight.
func (w *weighing) add(y, weight float64, n int) {
	w.sums[y] += weight * float64(n)
	w.w += weight * float64(n)
	w.w2 += weight * weight * float64(n)
	w.n += n
}

// average returns Σ w y/Σ w, without rounding where all answers agree.
func (w *weighing) average() float64 {
	keys := slices.Sorted(maps.Keys(w.sums))
	s := 0.
	for _, y := range keys {
		s += (y - keys[0]) * w.sums[y]
	}
	return keys[0] + s/w.w
}

// designEffect returns the variance over that of a simple random sample with replacement.
func (w *weighing) designEffect() float64 {
	if w.dev == 0 || w.n < 2 {
		return math.NaN()
	}
	return w.variance / w.dev * float64(w.n-1)
}
