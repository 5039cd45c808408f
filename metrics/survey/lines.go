package survey

import (
	"context"
	"fmt"
	"slices"

	"github.com/cxmodel/cxmodel"
)

// A line is the cells of one measure along one dimension.
type line struct {
	measure cxmodel.Key
	labels  []string
	parts   []Part
}

// others returns the names of the dimensions but one.
func (d Dimensions) others() []string {
	names := []string{"touchpoint", "segment", "period"}
	return slices.Delete(names, d.index(), d.index()+1)
}

// index returns the place of a single dimension, -1 where d is none or several.
func (d Dimensions) index() int {
	return slices.Index([]Dimensions{DimensionTouchpoint, DimensionSegment, DimensionPeriod}, d)
}

// lines hands the lines of cells along a dimension to do, in the order of Cells.
func (c *Cube) lines(ctx context.Context, along Dimensions, opts *EstimateOptions, do func(line) error) error {
	at := along.index()
	if at < 0 {
		return fmt.Errorf("%w: give one dimension to compare along", ErrOption)
	}
	if c.rolledUp&along != 0 {
		return fmt.Errorf("%w: the dimension to compare along has been rolled up", ErrShape)
	}
	type key struct {
		measure cxmodel.Key
		a, b    string
	}
	var order []key
	lines := map[key]*line{}
	for cell := range c.Cells() {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		e, err := cell.orEmpty(opts)
		if err != nil {
			return err
		}
		labels := []string{string(cell.Touchpoint), string(cell.Segment), cell.Period.String()}
		label := labels[at]
		labels = slices.Delete(labels, at, at+1)
		k := key{cell.Measure.Key, labels[0], labels[1]}
		if lines[k] == nil {
			order = append(order, k)
			lines[k] = &line{measure: k.measure, labels: labels}
		}
		lines[k].parts = append(lines[k].parts, Part{label, e})
	}
	for _, k := range order {
		if err := do(*lines[k]); err != nil {
			return err
		}
	}
	return nil
}
