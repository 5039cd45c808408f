package survey

import (
	"context"
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/metrics"
)

// A Benchmark is what a metric is compared with, in its unit: points for NPS, a part of 1 for a share.
type Benchmark struct {
	Name  string
	Value float64 // taken as exactly known, unless there is
	// Estimate, whose sampling error then counts too. It must be of the same metric, definition and level.
	Estimate *metrics.Estimate
}

// as returns the benchmark as an estimate like e.
func (b Benchmark) as(e metrics.Estimate) (metrics.Estimate, error) {
	if b.Estimate != nil {
		return *b.Estimate, nil
	}
	low, high := rangeOf(e.Unit)
	if !(b.Value >= low && b.Value <= high) {
		return e, fmt.Errorf("%w: the benchmark %q of the %s is %v; give a number from %v to %v", ErrOption, clip.Text(b.Name), e.Metric, b.Value, low, high)
	}
	return metrics.Estimate{Metric: e.Metric, Definition: e.Definition, Unit: e.Unit, Level: e.Level, Value: b.Value, Low: b.Value, High: b.Value, Method: "given"}, nil
}

// CompareWith returns the differences of parts from a benchmark. It fails as [Compare] does.
func CompareWith(parts []Part, b Benchmark, opts *CompareOptions) (*Differences, error) {
	o, err := opts.withDefaults(PairAll)
	if err != nil {
		return nil, err
	}
	d := &Differences{}
	if err := d.against(parts, b, o, nil, ""); err != nil {
		return nil, err
	}
	return d, d.adjust(o)
}

// CompareWith returns the difference of each cell of a measure from a benchmark. It fails with [ErrUnknownMeasure] or as
// [Compare] does.
func (c *Cube) CompareWith(ctx context.Context, measure cxmodel.Key, b Benchmark, opts *CompareOptions) (*Differences, error) {
	o, err := opts.withDefaults(PairAll)
	if err != nil {
		return nil, err
	}
	one, err := c.Slice(Filter{Measures: []cxmodel.Key{measure}})
	if err != nil {
		return nil, err
	}
	d := &Differences{Labels: []string{"touchpoint", "segment"}}
	for cell := range one.Cells() {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		e, err := cell.orEmpty(&o.EstimateOptions)
		if err != nil {
			return nil, err
		}
		if err := d.against([]Part{{cell.Period.String(), e}}, b, o, []string{string(cell.Touchpoint), string(cell.Segment)}, measure); err != nil {
			return nil, err
		}
	}
	return d, d.adjust(o)
}

// rangeOf returns the range of a unit; for one without it, that of the numbers.
func rangeOf(u metrics.Unit) (low, high float64) {
	switch u {
	case metrics.UnitPoints:
		return -100, 100
	case metrics.UnitShare:
		return 0, 1
	}
	return -math.MaxFloat64, math.MaxFloat64
}
