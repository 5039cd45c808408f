package survey

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/metrics"
)

func independent(a, b Part) (metrics.Comparison, error) {
	return metrics.Difference(a.Estimate, b.Estimate)
}

// pairs adds the differences of parts.
func (d *Differences) pairs(ctx context.Context, parts []Part, o CompareOptions, labels []string, measure cxmodel.Key, difference func(a, b Part) (metrics.Comparison, error)) error {
	parts = d.comparable(parts, labels, measure)
	for i := range parts {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		var err error
		switch {
		case o.Pairs == PairAll:
			for j := i + 1; j < len(parts) && err == nil; j++ {
				err = d.add(parts[i], parts[j], o, labels, measure, difference)
			}
		case i > 0 && o.Pairs == PairPrevious:
			err = d.add(parts[i], parts[i-1], o, labels, measure, difference)
		case i > 0:
			err = d.add(parts[i], parts[0], o, labels, measure, difference)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (d *Differences) against(parts []Part, b Benchmark, o CompareOptions, labels []string, measure cxmodel.Key) error {
	for _, p := range d.comparable(parts, labels, measure) {
		e, err := b.as(p.Estimate)
		if err != nil {
			return err
		}
		if err := d.add(p, Part{b.Name, e}, o, labels, measure, independent); err != nil {
			return err
		}
	}
	return nil
}

// comparable sorts out what cannot be compared, and notes it.
func (d *Differences) comparable(parts []Part, labels []string, measure cxmodel.Key) []Part {
	var out []Part
	for _, p := range parts {
		why := ""
		switch e := p.Estimate; {
		case math.IsNaN(e.Value):
			why = "no answers"
		case !e.HasInterval() || !(e.Level > 0 && e.Level < 1) || math.IsInf(e.Value, 0) || math.IsInf(e.High-e.Low, 0):
			why = "no interval"
		case e.Low == e.High:
			why = "an interval without width"
		default:
			out = append(out, p)
			continue
		}
		d.Left = append(d.Left, LeftOut{Measure: measure, Labels: labels, Part: p.Label, Reason: why})
	}
	return out
}

func (d *Differences) add(a, b Part, o CompareOptions, labels []string, measure cxmodel.Key, difference func(a, b Part) (metrics.Comparison, error)) error {
	if len(d.Rows) == o.MaxRows {
		return fmt.Errorf("survey: %w", &cxmodel.LimitError{What: "differences", Limit: int64(o.MaxRows)})
	}
	c, err := difference(a, b)
	left := LeftOut{Measure: measure, Labels: labels, Part: a.Label + " less " + b.Label}
	switch {
	case errors.Is(err, metrics.ErrNoInterval):
		left.Reason = "no interval"
	case err != nil:
		return fmt.Errorf("survey: %q and %q: %w", clip.Text(a.Label), clip.Text(b.Label), err)
	case c.Low == c.High:
		left.Reason = "an interval without width"
	}
	if left.Reason != "" {
		d.Left = append(d.Left, left)
		return nil
	}
	d.Rows = append(d.Rows, DifferenceRow{Measure: measure, Labels: labels, A: a.Label, B: b.Label, Comparison: c, P: pValue(c)})
	return nil
}

func (d *Differences) adjust(o CompareOptions) error {
	p := make([]float64, len(d.Rows))
	for i, r := range d.Rows {
		p[i] = r.P
	}
	adjusted, err := metrics.AdjustPValues(p, o.Adjustment)
	if err != nil {
		return fmt.Errorf("survey: %w", err)
	}
	for i := range d.Rows {
		r := &d.Rows[i]
		r.Adjusted = adjusted[i]
		r.Differs = r.Adjusted <= 1-r.Comparison.A.Level
	}
	d.Adjustment = o.Adjustment
	return nil
}
