package survey

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/dist"
	"github.com/cxmodel/cxmodel/metrics"
)

// Difference returns the metric among the rows with key a less that among the rows with key b, by the linearised
// variance of the difference, ± t with as many degrees of freedom as clusters less strata in both. Customers who answered
// in both parts, such as before and after a change, make it more certain, not less; package metrics' Difference supposes
// that there are none. It serves where that variance is 0, as where all agree in each part, or where the sample is the whole
// Population but not all have answered. It fails as Estimate does.
func (s *Sample) Difference(ctx context.Context, keys []string, a, b string, opts *DesignOptions) (metrics.Comparison, error) {
	p, err := s.prepare(ctx, opts)
	if err != nil {
		return noComparison(), err
	}
	parts, err := p.parts(keys)
	if err != nil {
		return noComparison(), err
	}
	return p.difference(ctx, parts, a, b)
}

func noComparison() metrics.Comparison {
	nan := math.NaN()
	return metrics.Comparison{Value: nan, Low: nan, High: nan, StdErr: nan}
}

func (p *prepared) difference(ctx context.Context, parts map[string][]int, a, b string) (metrics.Comparison, error) {
	c := noComparison()
	if a == b {
		return c, fmt.Errorf("%w: %q is to be compared with itself", ErrDesign, clip.Text(a))
	}
	for i, key := range []string{a, b} {
		e, err := p.estimate(ctx, parts[key])
		if err != nil {
			return noComparison(), fmt.Errorf("%w (%q)", err, clip.Text(key))
		}
		*[]*metrics.Estimate{&c.A, &c.B}[i] = e.Estimate
	}
	for _, i := range parts[b] {
		p.z[i] = -p.z[i]
	}
	rows, squares := slices.Concat(parts[a], parts[b]), 0.
	for _, i := range rows {
		squares += p.z[i] * p.z[i]
	}
	clusters, strata, whole := p.design.degrees(rows, p.answered)
	whole = whole && c.A.Missing+c.A.OffScale+c.B.Missing+c.B.OffScale == 0
	if clusters <= strata && !whole {
		return c, fmt.Errorf("survey: %w for the difference: each stratum has one cluster", metrics.ErrNoInterval)
	}
	v, _, err := p.design.variance(ctx, p.z, rows)
	if err != nil {
		return c, err
	}
	if v <= 1e-20*squares && !whole && c.A.Unit != metrics.UnitScore {
		return metrics.Difference(c.A, c.B)
	}
	c.Value, c.StdErr, c.Method = c.A.Value-c.B.Value, math.Sqrt(v), "linearised t"
	half := 0.
	if clusters > strata {
		half = -dist.TQuantile((1-p.opts.Level)/2, float64(clusters-strata)) * c.StdErr
	}
	c.Low, c.High = c.Value-half, c.Value+half
	c.Warnings = (c.A.Warnings | c.B.Warnings) & metrics.WarnFewAnswers
	low, high := p.values.span()
	if span := high - low; c.Low < -span || c.High > span {
		c.Low, c.High = max(c.Low, -span), min(c.High, span)
		c.Warnings |= metrics.WarnClamped
	}
	if c.Low == c.High && !whole {
		c.Warnings |= metrics.WarnZeroWidth
	}
	return c, nil
}
