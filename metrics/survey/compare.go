package survey

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/dist"
	"github.com/cxmodel/cxmodel/internal/enum"
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

// orEmpty is Estimate, with an empty estimate where there are no answers.
func (c Count) orEmpty(opts *EstimateOptions) (metrics.Estimate, error) {
	e, err := c.Estimate(opts)
	if err != nil && !errors.Is(err, metrics.ErrNoData) && !errors.Is(err, metrics.ErrOffScale) {
		return e, fmt.Errorf("survey: %s: %w", c.Measure.Key, err)
	}
	return e, nil
}

// Pairing says which parts are compared with which.
type Pairing int

// The pairings.
const (
	PairAll      Pairing = iota + 1 // each with each: the earlier less the later in the list
	PairPrevious                    // each less the one before it
	PairFirst                       // each less the first
)

var pairings = &enum.Table{Type: "pairing", Names: []string{"", "all", "previous", "first"}}

// String returns "all", "previous" or "first"; "" if unspecified.
func (p Pairing) String() string { return pairings.String(int(p)) }

// MarshalText implements [encoding.TextMarshaler].
func (p Pairing) MarshalText() ([]byte, error) {
	if p < 0 || int(p) >= len(pairings.Names) {
		return nil, fmt.Errorf("%w: there is no pairing %d", ErrOption, int(p))
	}
	return []byte(p.String()), nil
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown word is an error that lists the words.
func (p *Pairing) UnmarshalText(text []byte) error {
	i, err := pairings.Parse(text)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrOption, err)
	}
	*p = Pairing(i)
	return nil
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
	if err := d.pairs(parts, o, nil, "", independent); err != nil {
		return nil, err
	}
	return d, d.adjust(o)
}

// Compare returns the differences between the segments of each touchpoint and period, or between the touchpoints or the
// periods of the others: along is the one dimension to compare along. Periods are compared with the one before that has
// answers. All differences of the table, over all measures, are corrected together. It fails with [ErrOption] if along is
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
		return d.pairs(l.parts, o, l.labels, l.measure, independent)
	})
	if err != nil {
		return nil, err
	}
	d.Labels = along.others()
	return d, d.adjust(o)
}

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
	if math.IsNaN(b.Value) || math.IsInf(b.Value, 0) {
		return e, fmt.Errorf("%w: the benchmark %q is %v", ErrOption, clip.Text(b.Name), b.Value)
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
	err = d.pairs(parts, o, nil, s.Measure.Key, func(a, b Part) (metrics.Comparison, error) {
		return p.difference(ctx, rows, a.Label, b.Label)
	})
	if err != nil {
		return nil, err
	}
	return d, d.adjust(o)
}

func independent(a, b Part) (metrics.Comparison, error) {
	return metrics.Difference(a.Estimate, b.Estimate)
}

// pairs adds the differences of parts.
func (d *Differences) pairs(parts []Part, o CompareOptions, labels []string, measure cxmodel.Key, difference func(a, b Part) (metrics.Comparison, error)) error {
	parts = d.comparable(parts, labels, measure)
	for i := range parts {
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
		case e.N == 0 || math.IsNaN(e.Value):
			why = "no answers"
		case !e.HasInterval():
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
	if err != nil {
		return fmt.Errorf("survey: %q and %q: %w", clip.Text(a.Label), clip.Text(b.Label), err)
	}
	d.Rows = append(d.Rows, DifferenceRow{Measure: measure, Labels: labels, A: a.Label, B: b.Label, Comparison: c, P: pValue(c)})
	return nil
}

// pValue returns the two-sided p-value that belongs to the interval: its standard error is read from the limit on the side
// of zero, so that p < 1-level where the interval excludes zero.
func pValue(c metrics.Comparison) float64 {
	reach := c.Value - c.Low
	if c.Value < 0 {
		reach = c.High - c.Value
	}
	if c.Value == 0 || reach == 0 {
		return 1
	}
	z := -dist.NormalQuantile((1 - c.A.Level) / 2)
	return 2 * dist.NormalCDF(-z*math.Abs(c.Value)/reach)
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
