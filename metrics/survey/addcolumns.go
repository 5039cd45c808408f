package survey

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"

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
	Scores         []int16  // NoScore: not answered
	Statuses       []Status // nil: unspecified
}

const (
	blockRows  = 1 << 16 // rows between two looks at the context
	tableRows  = 1 << 12 // rows from which on a table pays
	maxTable   = 1 << 22 // counts in the table of one goroutine, 16 MiB
	maxWorkers = 4
)

// AddColumns counts len(cols.Scores) answers. It gives the same cube as Add for each row. It fails as Add does, with
// [ErrOption] if the columns differ in length or a code has no key, with [ErrShape] if a period has another length than
// those of the cube, and with the error of the context; nothing is then counted.
func (c *Cube) AddColumns(ctx context.Context, cols Columns) error {
	m, ok := c.byMeasure[cols.Measure]
	switch {
	case !ok && c.opts.SkipUnknown:
		c.skipped += len(cols.Scores)
		return nil
	case !ok:
		return c.unknown(cols.Measure)
	}
	if err := c.checkColumns(&cols); err != nil {
		return err
	}
	part := newCube(c.opts)
	part.rolledUp = c.rolledUp
	part.define(c.measures[m].def)
	if err := part.fill(ctx, &cols); err != nil {
		return err
	}
	return c.Merge(part)
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
	if rows > math.MaxUint32 {
		return fmt.Errorf("survey: %w", &cxmodel.LimitError{What: "rows in one set of columns", Limit: math.MaxUint32})
	}
	for _, d := range cols.dimensions() {
		if d.code != nil && len(d.code) != rows {
			return fmt.Errorf("%w: %d %s codes for %d scores", ErrOption, len(d.code), d.name, rows)
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

// fill counts the columns into c, which is empty and has one measure.
func (c *Cube) fill(ctx context.Context, cols *Columns) error {
	size := c.measures[0].points
	for _, d := range cols.dimensions() {
		if d.code != nil {
			size *= d.keys
		}
		if size > maxTable {
			break
		}
	}
	if cols.Statuses != nil || len(cols.Scores) < tableRows || size > maxTable || size == 0 {
		return c.fillRows(ctx, cols)
	}
	return c.fillTable(ctx, cols, size)
}

// codesOf returns the codes in c for the codes of cols.
func (c *Cube) codesOf(cols *Columns) (codes [3][]uint16, err error) {
	for i, keys := range [2][]cxmodel.Key{cols.Touchpoints, cols.Segments} {
		ring := [2]*keyring{c.touchpoints, c.segments}[i]
		codes[i] = make([]uint16, len(keys))
		for j, k := range keys {
			if codes[i][j], err = ring.add(k); err != nil {
				return codes, err
			}
		}
	}
	codes[2] = make([]uint16, len(cols.Periods))
	for j, p := range cols.Periods {
		if codes[2][j], err = c.period(p); err != nil {
			return codes, err
		}
	}
	return codes, nil
}

// fillRows counts row by row.
func (c *Cube) fillRows(ctx context.Context, cols *Columns) error {
	codes, err := c.codesOf(cols)
	if err != nil {
		return err
	}
	dimensions, m := cols.dimensions(), c.measures[0]
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
		cell, err := c.cell(makeID(0, at[0], at[1], at[2]))
		if err != nil {
			return err
		}
		if err := c.count(m, cell, a.Score, a.Status, 1); err != nil {
			return err
		}
	}
	return nil
}

func noKey(d dimension) error {
	return fmt.Errorf("%w: a %s code is beyond the %d keys", ErrOption, d.name, d.keys)
}

// A dense is an array of counts by point, key by key, with what each code and each score adds to the index. A code
// without key, and a score that is no point, add so much that the index leaves the array.
type dense struct {
	dimensions [3]dimension
	step       [3]int // what one key adds to the index
	offset     [3]*[1 << 16]uint32
	point      *[1 << 16]uint32 // by score, as its 16 bits
	points     int
	scores     []int16
}

// outside is beyond each array, and four of it are below 2^32.
const outside = 1 << 29

// A part is what one goroutine has counted.
type part struct {
	counts []uint32
	others []uint32 // by cell: missing, off the scale
	bad    *dimension
}

// fillTable counts by way of a table of the size.
func (c *Cube) fillTable(ctx context.Context, cols *Columns, size int) error {
	t := &dense{dimensions: cols.dimensions(), points: c.measures[0].points, scores: cols.Scores}
	step := t.points
	for i := range t.dimensions {
		d := &t.dimensions[i]
		t.offset[i], t.step[i] = new([1 << 16]uint32), step
		if d.code == nil {
			continue
		}
		for code := range t.offset[i] {
			if t.offset[i][code] = outside; code < d.keys {
				t.offset[i][code] = uint32(code * step)
			}
		}
		step *= d.keys
	}
	t.point = new([1 << 16]uint32)
	low := c.measures[0].def.Scale.Min
	for i := range t.point {
		p := int(int16(uint16(i))) - low
		if t.point[i] = outside; p >= 0 && p < t.points {
			t.point[i] = uint32(p)
		}
	}
	noScore := int16(NoScore)
	t.point[uint16(noScore)] = outside

	counted, err := t.count(ctx, size)
	if err != nil {
		return err
	}
	return t.into(c, cols, counted)
}

// count counts all rows, by several goroutines; sums of integers do not depend on how many.
func (t *dense) count(ctx context.Context, size int) (*part, error) {
	rows := len(t.scores)
	workers := max(1, min(runtime.GOMAXPROCS(0), maxWorkers, rows/blockRows, rows/(4*size)))
	parts := make([]part, workers)
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() {
			parts[w] = part{counts: make([]uint32, size), others: make([]uint32, size/t.points*2)}
			t.run(ctx, &parts[w], rows*w/workers, rows*(w+1)/workers)
		})
	}
	group.Wait()
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	sum := &parts[0]
	for _, p := range parts {
		if p.bad != nil {
			return nil, noKey(*p.bad)
		}
	}
	for _, p := range parts[1:] {
		for i, n := range p.counts {
			sum.counts[i] += n
		}
		for i, n := range p.others {
			sum.others[i] += n
		}
	}
	return sum, nil
}

// run counts the rows from..to-1.
func (t *dense) run(ctx context.Context, p *part, from, to int) {
	none := make([]uint16, blockRows)
	for ; from < to && ctx.Err() == nil; from += blockRows {
		scores := t.scores[from:min(from+blockRows, to)]
		var code [3][]uint16
		for i, d := range t.dimensions {
			if code[i] = none[:len(scores)]; d.code != nil {
				code[i] = d.code[from:][:len(scores)]
			}
		}
		c0, c1, c2 := code[0][:len(scores)], code[1][:len(scores)], code[2][:len(scores)]
		o0, o1, o2, point, counts := t.offset[0], t.offset[1], t.offset[2], t.point, p.counts
		for i, s := range scores {
			cell := o0[c0[i]] + o1[c1[i]] + o2[c2[i]]
			if at := int(cell + point[uint16(s)]); at < len(counts) {
				counts[at]++
			} else if int(cell) < len(counts) {
				other := int(cell) / t.points * 2
				if s != NoScore {
					other++
				}
				p.others[other]++
			} else if p.bad == nil {
				p.bad = t.keyless([3]uint16{c0[i], c1[i], c2[i]})
			}
		}
	}
}

// keyless returns the dimension in which a code has no key.
func (t *dense) keyless(codes [3]uint16) *dimension {
	for i := range t.dimensions {
		if t.offset[i][codes[i]] == outside {
			return &t.dimensions[i]
		}
	}
	return nil
}

// into makes cells of the counts.
func (t *dense) into(c *Cube, cols *Columns, p *part) error {
	codes, err := c.codesOf(cols)
	if err != nil {
		return err
	}
	row := func(cell int) (counts, others []uint32, used bool) {
		counts, others = p.counts[cell*t.points:][:t.points], p.others[cell*2:][:2]
		return counts, others, slices.Max(counts) > 0 || slices.Max(others) > 0
	}
	cells := len(p.others) / 2
	n := 0
	for cell := range cells {
		if _, _, used := row(cell); used {
			n++
		}
	}
	c.reserve(0, n)
	m := c.measures[0]
	for cell := range cells {
		counts, others, used := row(cell)
		if !used {
			continue
		}
		var code [3]uint16
		for i, d := range t.dimensions {
			if d.code != nil {
				code[i] = codes[i][cell*t.points/t.step[i]%d.keys]
			}
		}
		at, err := c.cell(makeID(0, code[0], code[1], code[2]))
		if err != nil {
			return err
		}
		to := m.row(at)
		for i, n := range counts {
			to[i] += n // the rows are fewer than 2^32
		}
		to[t.points+slotMissing] += others[0]
		to[t.points+slotOffScale] += others[1]
	}
	return nil
}
