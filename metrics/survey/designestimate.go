package survey

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"

	"github.com/cxmodel/cxmodel/internal/nanjson"
	"github.com/cxmodel/cxmodel/metrics"
)

// DesignOptions are the choices of an estimate from a Sample; nil stands for the defaults.
type DesignOptions struct {
	Level      float64                  // confidence level in (0, 1); 0 means .95
	NPS        metrics.NPSMethod        // for NPS and eNPS; 0 means the score interval
	Proportion metrics.ProportionMethod // for shares; 0 means Wilson
	Interval   DesignInterval           // 0 means IntervalEffectiveN
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
	DesignEffect float64          `json:"design-effect"` // the variance over that of a simple random sample of as many answers; NaN where they all agree, or where a Population has weights that sum to no more than N
	KishN        float64          `json:"kish-n"`        // (Σw)²/Σw², the effective number by the weights alone
	Clusters     int              `json:"clusters"`      // with an answer
	Strata       int              `json:"strata"`        // with an answer
	DF           float64          `json:"df"`            // degrees of freedom: Clusters - Strata
}

// MarshalJSON writes the estimate; a number that is not available is null.
func (e DesignEstimate) MarshalJSON() ([]byte, error) { return nanjson.Marshal(e) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (e *DesignEstimate) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, e) }

// String returns the estimate and the design effect in one line.
func (e DesignEstimate) String() string {
	effect := "not known"
	if !math.IsNaN(e.DesignEffect) {
		effect = strconv.FormatFloat(e.DesignEffect, 'f', 2, 64)
	}
	return fmt.Sprintf("%v [design effect %s, effective n %.1f, %d clusters]", e.Estimate, effect, e.Estimate.EffectiveN, e.Clusters)
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
// With a Population the design effect supposes weights that sum to it; nothing else depends on their scale. It fails with
// [ErrMeasure], [ErrDesign], metrics.ErrNoData or the error of the context.
func (s *Sample) Estimate(ctx context.Context, opts *DesignOptions) (DesignEstimate, error) {
	p, err := s.prepare(ctx, opts)
	if err != nil {
		return DesignEstimate{}, err
	}
	return p.estimate(ctx, all(len(p.y)))
}

// A Domain is a part of a Sample, and what was estimated of it.
type Domain struct {
	Key    string         `json:"key"`
	Result DesignEstimate `json:"result"`
}

// By returns the metric of each part of the sample, such as segments, sorted by key; keys has one entry per row. The rows
// of the other parts stay in the design, because the sizes of parts vary from sample to sample too. A part without
// answers has an empty estimate, with a warning. It fails as Estimate does.
func (s *Sample) By(ctx context.Context, keys []string, opts *DesignOptions) ([]Domain, error) {
	p, err := s.prepare(ctx, opts)
	if err != nil {
		return nil, err
	}
	parts, err := p.parts(keys)
	if err != nil {
		return nil, err
	}
	var out []Domain
	for _, k := range slices.Sorted(maps.Keys(parts)) {
		e, err := p.estimate(ctx, parts[k])
		if err != nil && !errors.Is(err, metrics.ErrNoData) {
			return nil, err
		}
		out = append(out, Domain{k, e})
	}
	return out, nil
}

// prepared is a Sample ready to be estimated from.
type prepared struct {
	opts     DesignOptions
	values   *values
	design   *design
	scores   []float64
	y        []float64
	answered []bool    // on the scale
	z        []float64 // what the rows estimated last contribute
}

func (s *Sample) prepare(ctx context.Context, opts *DesignOptions) (*prepared, error) {
	o, err := opts.withDefaults()
	if err != nil {
		return nil, err
	}
	n := len(s.Scores)
	p := &prepared{opts: o, scores: s.Scores, y: make([]float64, n), answered: make([]bool, n), z: make([]float64, n)}
	if p.values, err = newValues(s.Measure); err != nil {
		return nil, err
	}
	if p.design, err = s.design(ctx, n); err != nil {
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

// parts returns the rows of each key.
func (p *prepared) parts(keys []string) (map[string][]int, error) {
	if len(keys) != len(p.scores) {
		return nil, fmt.Errorf("%w: %d keys for %d rows", ErrDesign, len(keys), len(p.scores))
	}
	parts := map[string][]int{}
	for i, k := range keys {
		parts[k] = append(parts[k], i)
	}
	return parts, nil
}

// estimate returns the metric of the rows; z is left as their linearised contributions.
func (p *prepared) estimate(ctx context.Context, rows []int) (DesignEstimate, error) {
	d, w := p.design, &weighing{sums: map[float64]float64{}, interval: p.opts.Interval}
	missing, offScale := 0, 0
	for _, i := range rows {
		switch {
		case p.answered[i]:
			if d.w[i] > 0 {
				w.add(p.y[i], d.w[i], 1)
			}
		case math.IsNaN(p.scores[i]):
			missing++
		default:
			offScale++
		}
	}
	e := DesignEstimate{Estimate: unavailable(p.values.template.Metric), DesignEffect: math.NaN()}
	e.Estimate.Definition, e.Estimate.Unit = p.values.template.Definition, p.values.template.Unit
	e.Estimate.Missing, e.Estimate.OffScale = missing, offScale
	if w.n == 0 {
		e.Estimate.Warnings = metrics.WarnFewAnswers | metrics.WarnNoInterval
		return e, fmt.Errorf("survey: %w for %s: no answer with a weight on %v, %d missing, %d off the scale", metrics.ErrNoData, p.values.def.Key, p.values.def.Scale, missing, offScale)
	}
	if ctx.Err() != nil {
		return e, context.Cause(ctx)
	}
	w.mean = w.average()
	for _, i := range rows {
		if p.z[i] = 0; p.answered[i] {
			x := p.y[i] - w.mean
			w.dev += d.w[i] / w.w * x * x
			p.z[i] = d.w[i] / w.w * x
		}
	}
	e.Clusters, e.Strata, w.whole = d.degrees(rows, p.answered)
	w.whole = w.whole && missing+offScale == 0
	v, infinite, err := d.variance(ctx, p.z, rows)
	if err != nil {
		return e, err
	}
	w.variance = v
	if infinite > 0 {
		w.sampled = v / infinite
	}
	e.DF, w.df, w.clusters = float64(e.Clusters-e.Strata), float64(e.Clusters-e.Strata), e.Clusters
	e.KishN = w.kish()
	e.DesignEffect = w.designEffect()
	if d.finite {
		if e.DesignEffect /= 1 - float64(w.n)/w.w; w.w <= float64(w.n) {
			e.DesignEffect = math.NaN()
		}
	}
	estimate, err := p.values.estimate(w, EstimateOptions{p.opts.Level, p.opts.NPS, p.opts.Proportion})
	if err != nil {
		return e, err
	}
	estimate.Missing, estimate.OffScale = missing, offScale
	if offScale > w.n/19 {
		estimate.Warnings |= metrics.WarnOffScale
	}
	e.Estimate = estimate
	return e, nil
}
