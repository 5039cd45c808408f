package survey

import (
	"context"
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel"
)

// NoScore is the score of a question that was not answered, in Columns.Scores.
const NoScore = math.MinInt16

// Columns are the answers to one measure as columns of codes, the form in which many millions of them are counted
// fastest. Code i of a row stands for the key i of the list beside it; a nil code column is a dimension that was not
// given. [Intern] makes codes from texts.
type Columns struct {
	Measure        cxmodel.Key
	Touchpoints    []cxmodel.Key
	TouchpointCode []uint16
	Segments       []cxmodel.Key
	SegmentCode    []uint16
	Periods        []Period
	PeriodCode     []uint16
	Scores         []int16   // NoScore: not answered
	Statuses       []Status  // nil: unspecified
	Weights        []float64 // of a weighted cube: different, positive and finite
	WeightCode     []uint16  // nil: all weigh 1
}

const (
	blockRows  = 1 << 16 // rows between two looks at the context
	tableRows  = 1 << 12 // rows from which on a table pays
	maxTable   = 1 << 22 // counts in the table of one goroutine, 16 MiB
	maxWorkers = 4
)

// AddColumns counts len(cols.Scores) answers. It gives the same cube as Add for each row. It fails as Add does, with
// [ErrOption] if the columns differ in length or a code has no key, with [ErrShape] if a period has another length than
// those of the cube, and with the error of the context; nothing is then counted. Weights, and more places than fit one
// table, take about three bytes a row while they are counted.
func (c *Cube) AddColumns(ctx context.Context, cols Columns) error {
	if err := c.checkColumns(&cols); err != nil {
		return err
	}
	if _, ok := c.byMeasure[cols.Measure]; !ok {
		if !c.opts.SkipUnknown {
			return c.unknown(cols.Measure)
		}
		c.skipped += len(cols.Scores)
		return nil
	}
	more := c.like()
	if err := more.fill(ctx, more.byMeasure[cols.Measure], &cols); err != nil {
		return err
	}
	if c.cells > 0 {
		return c.Merge(more)
	}
	more.skipped = c.skipped
	*c = *more
	return nil
}

// dimension is one code column of Columns.
type dimension struct {
	name string
	keys int
	code []uint16
}

func (cols *Columns) dimensions() [3]dimension {
	return [3]dimension{
		{"touchpoint", len(cols.Touchpoints), cols.TouchpointCode},
		{"segment", len(cols.Segments), cols.SegmentCode},
		{"period", len(cols.Periods), cols.PeriodCode},
	}
}

func (c *Cube) checkColumns(cols *Columns) error {
	rows := len(cols.Scores)
	if uint64(rows) > math.MaxUint32 {
		return fmt.Errorf("survey: %w", &cxmodel.LimitError{What: "rows in one set of columns", Limit: math.MaxUint32})
	}
	for _, d := range cols.dimensions() {
		if d.code != nil && len(d.code) != rows {
			return fmt.Errorf("%w: %d %s codes for %d scores", ErrOption, len(d.code), d.name, rows)
		}
	}
	if cols.WeightCode != nil && len(cols.WeightCode) != rows {
		return fmt.Errorf("%w: %d weight codes for %d scores", ErrOption, len(cols.WeightCode), rows)
	}
	if cols.WeightCode != nil && !c.opts.Weighted && !c.opts.IgnoreWeights {
		return fmt.Errorf("%w; set Weighted to count by weight, or IgnoreWeights to count each answer once", ErrWeighted)
	}
	for _, w := range cols.Weights {
		if !(w > 0) || math.IsInf(w, 1) {
			return fmt.Errorf("%w: the weight %v is not positive and finite", ErrAnswer, w)
		}
	}
	if cols.Statuses != nil && len(cols.Statuses) != rows {
		return fmt.Errorf("%w: %d statuses for %d scores", ErrOption, len(cols.Statuses), rows)
	}
	for _, p := range cols.Periods {
		if !p.IsZero() && p.Every() != c.opts.Every {
			return fmt.Errorf("%w: the period %v in a cube of periods %q", ErrShape, p, c.opts.Every)
		}
	}
	return nil
}

// fill counts the columns for measure m into c, which is new.
func (c *Cube) fill(ctx context.Context, m int, cols *Columns) error {
	if c.opts.IgnoreWeights {
		cols.WeightCode = nil
	}
	t := newDense(c.measures[m], cols)
	size, small := t.size()
	b, ok := newBuckets(t, cols)
	if cols.Statuses != nil || len(cols.Scores) < tableRows || t.low <= NoScore || !small && !ok {
		return c.fillRows(ctx, m, cols)
	}
	codes, err := c.codesOf(cols)
	if err != nil {
		return err
	}
	if small && cols.WeightCode == nil {
		return t.into(ctx, c, m, size, codes)
	}
	return b.into(ctx, c, m, codes)
}

// codesOf returns the codes in c for the codes of cols; those of a dimension that is not given are 0 for 0.
func (c *Cube) codesOf(cols *Columns) (codes [3][]uint16, err error) {
	for i, keys := range [2][]cxmodel.Key{cols.Touchpoints, cols.Segments} {
		if cols.dimensions()[i].code == nil {
			codes[i] = []uint16{0}
			continue
		}
		ring := [2]*keyring{&c.touchpoints, &c.segments}[i]
		codes[i] = make([]uint16, len(keys))
		for j, k := range keys {
			if codes[i][j], err = ring.add(k); err != nil {
				return codes, err
			}
		}
	}
	if cols.PeriodCode == nil {
		codes[2] = []uint16{0}
		return codes, nil
	}
	codes[2] = make([]uint16, len(cols.Periods))
	for j, p := range cols.Periods {
		if codes[2][j], err = c.period(p); err != nil {
			return codes, err
		}
	}
	return codes, nil
}

// fillRows counts row by row. It is the slow way, for statuses and for few rows.
func (c *Cube) fillRows(ctx context.Context, m int, cols *Columns) error {
	codes, err := c.codesOf(cols)
	if err != nil {
		return err
	}
	dimensions := cols.dimensions()
	for i, s := range cols.Scores {
		if i%blockRows == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		var at [3]uint16
		for j, d := range dimensions {
			if d.code == nil {
				continue
			}
			if int(d.code[i]) >= d.keys {
				return noKey(d)
			}
			at[j] = codes[j][d.code[i]]
		}
		a := Answer{Score: float64(s)}
		if s == NoScore {
			a.Score = math.NaN()
		}
		if cols.Statuses != nil {
			a.Status = cols.Statuses[i]
			if err := a.Check(); err != nil {
				return err
			}
		}
		class := m
		if cols.WeightCode != nil {
			if int(cols.WeightCode[i]) >= len(cols.Weights) {
				return noKey(dimension{name: "weight", keys: len(cols.Weights)})
			}
			if class, err = c.class(m, cols.Weights[cols.WeightCode[i]]); err != nil {
				return err
			}
		}
		cell, err := c.cell(makeID(class, at[0], at[1], at[2]))
		if err != nil {
			return err
		}
		if err := c.count(c.measures[class], cell, a.Score, a.Status, 1); err != nil {
			return err
		}
	}
	return nil
}

func noKey(d dimension) error {
	return fmt.Errorf("%w: a %s code is beyond the %d keys", ErrOption, d.name, d.keys)
}
