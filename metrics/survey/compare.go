package survey

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/cxmodel/cxmodel/metrics"
)

// A Part is one of the groups that are compared: its label, such as a segment, channel or week, and its estimate.
type Part struct {
	Label    string
	Estimate metrics.Estimate
}

// PartsOf returns the estimates of groups as parts to compare. The groups must be of one measure (ErrPool). Groups
// without answers have an empty estimate.
func PartsOf[K cmp.Ordered](groups []Group[K], opts *EstimateOptions) ([]Part, error) {
	var parts []Part
	for _, g := range groups {
		if g.Measure != groups[0].Measure {
			return nil, poolError(groups[0].Measure, g.Measure)
		}
		e, err := g.orEmpty(opts)
		if err != nil {
			return nil, err
		}
		parts = append(parts, Part{fmt.Sprint(g.Key), e})
	}
	return parts, nil
}

// CompareOptions are the choices of a table of differences; nil stands for the defaults.
type CompareOptions struct {
	EstimateOptions                    // of the single estimates, where they are made here
	Pairs           Pairing            // 0 means PairPrevious for periods, else PairAll
	Adjustment      metrics.Adjustment // 0 means BenjaminiHochberg; metrics.Holm is for tables in which not one difference may be false
	MaxRows         int                // 0 means 100,000 differences; more are a *cxmodel.LimitError
}

func (o *CompareOptions) withDefaults(pairs Pairing) (CompareOptions, error) {
	var c CompareOptions
	if o != nil {
		c = *o
	}
	if c.Pairs == 0 {
		c.Pairs = pairs
	}
	if c.MaxRows == 0 {
		c.MaxRows = 100_000
	}
	if c.Adjustment == 0 {
		c.Adjustment = metrics.BenjaminiHochberg
	}
	if _, err := c.Pairs.MarshalText(); err != nil {
		return c, err
	}
	if c.MaxRows < 0 {
		return c, fmt.Errorf("%w: at most %d rows", ErrOption, c.MaxRows)
	}
	return c, nil
}

// Compare returns the differences of parts, with p-values corrected for their number. The parts must be independent: not
// the same customers, for whom there is [Sample.Compare]. It fails with metrics.ErrMismatch if the parts are not of one
// metric, unit and level, with metrics.ErrOption for an unknown adjustment, with [ErrOption] or a *cxmodel.LimitError.
func Compare(parts []Part, opts *CompareOptions) (*Differences, error) {
	o, err := opts.withDefaults(PairAll)
	if err != nil {
		return nil, err
	}
	d := &Differences{}
	if err := d.pairs(context.Background(), parts, o, nil, "", independent); err != nil {
		return nil, err
	}
	return d, d.adjust(o)
}

// Compare returns the differences between the segments of each touchpoint and period, or between the touchpoints or the
// periods of the others: along is the one dimension to compare along. Periods are compared with the one before that has
// answers. All differences of the table, over all measures, are corrected together. Customers are supposed to have answered
// in one part each; where they come back, use [Sample.Compare]. It fails with [ErrOption] if along is
// not one dimension, with [ErrShape] if it has been rolled up, as [Compare] does, or with the error of the context.
func (c *Cube) Compare(ctx context.Context, along Dimensions, opts *CompareOptions) (*Differences, error) {
	pairs := PairAll
	if along == DimensionPeriod {
		pairs = PairPrevious
	}
	o, err := opts.withDefaults(pairs)
	if err != nil {
		return nil, err
	}
	d := &Differences{}
	err = c.lines(ctx, along, &o.EstimateOptions, func(l line) error {
		return d.pairs(ctx, l.parts, o, l.labels, l.measure, independent)
	})
	if err != nil {
		return nil, err
	}
	d.Labels = along.others()
	return d, d.adjust(o)
}

// Compare returns the differences between the parts of the sample by keys, one per row, with the design in each of them;
// customers may have answered in several parts. It fails as [Sample.Estimate] and [Compare] do.
func (s *Sample) Compare(ctx context.Context, keys []string, opts *CompareOptions) (*Differences, error) {
	o, err := opts.withDefaults(PairAll)
	if err != nil {
		return nil, err
	}
	p, err := s.prepare(ctx, &DesignOptions{Level: o.Level, NPS: o.NPS, Proportion: o.Proportion})
	if err != nil {
		return nil, err
	}
	rows, err := p.parts(keys)
	if err != nil {
		return nil, err
	}
	var parts []Part
	for _, k := range slices.Sorted(maps.Keys(rows)) {
		e, err := p.estimate(ctx, rows[k])
		if err != nil && !errors.Is(err, metrics.ErrNoData) {
			return nil, err
		}
		parts = append(parts, Part{k, e.Estimate})
	}
	d := &Differences{}
	err = d.pairs(ctx, parts, o, nil, s.Measure.Key, func(a, b Part) (metrics.Comparison, error) {
		return p.difference(ctx, rows, a.Label, b.Label)
	})
	if err != nil {
		return nil, err
	}
	return d, d.adjust(o)
}
