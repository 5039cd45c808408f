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
	size := c.measures[0].points + binEnd
	for _, d := range cols.dimensions() {
		if d.code != nil {
			size *= d.keys + 1
		}
		if size > maxTable {
			break
		}
	}
	if cols.Statuses != nil || len(cols.Scores) < tableRows || size > maxTable {
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

// Bins of a table behind the points.
const (
	binMissing = iota
	binOffScale
	binEnd
)

// A dense is an array of counts with an index for each code. The last place of each dimension collects codes that
// have no key, so that the loop over the rows needs no test.
type dense struct {
	dimensions [3]dimension
	step       [3]int // what one key adds to the index
	offset     [3]*[1 << 16]uint32
	bin        *[1 << 16]uint32 // by score, as its 16 bits
	points     int
	scores     []int16
}

// fillTable counts by way of a table.
func (c *Cube) fillTable(ctx context.Context, cols *Columns, size int) error {
	t := &dense{dimensions: cols.dimensions(), points: c.measures[0].points, scores: cols.Scores}
	step := t.points + binEnd
	for i := range t.dimensions {
		d := &t.dimensions[i]
		t.offset[i], t.step[i] = new([1 << 16]uint32), step
		if d.code == nil {
			d.keys = 0
			continue
		}
		for code := range t.offset[i] {
			t.offset[i][code] = uint32(min(code, d.keys) * step)
		}
		step *= d.keys + 1
	}
	t.bin = new([1 << 16]uint32)
	for i := range t.bin {
		t.bin[i] = uint32(t.points + binOffScale)
	}
	low := c.measures[0].def.Scale.Min
	for p := range t.points {
		if s := low + p; s > NoScore && s <= math.MaxInt16 {
			t.bin[uint16(int16(s))] = uint32(p)
		}
	}
	noScore := int16(NoScore)
	t.bin[uint16(noScore)] = uint32(t.points + binMissing)

	counts, err := t.count(ctx, size)
	if err != nil {
		return err
	}
	return t.into(c, cols, counts)
}

// count returns the counts of all rows, by several goroutines; sums of integers do not depend on how many.
func (t *dense) count(ctx context.Context, size int) ([]uint32, error) {
	rows := len(t.scores)
	workers := max(1, min(runtime.GOMAXPROCS(0), maxWorkers, rows/blockRows, rows/(4*size)))
	parts := make([][]uint32, workers)
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() {
			parts[w] = make([]uint32, size)
			t.run(ctx, parts[w], rows*w/workers, rows*(w+1)/workers)
		})
	}
	group.Wait()
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	for _, part := range parts[1:] {
		for i, n := range part {
			parts[0][i] += n
		}
	}
	return parts[0], nil
}

// run counts the rows from..to-1.
func (t *dense) run(ctx context.Context, counts []uint32, from, to int) {
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
		o0, o1, o2, bin := t.offset[0], t.offset[1], t.offset[2], t.bin
		for i, s := range scores {
			counts[o0[c0[i]]+o1[c1[i]]+o2[c2[i]]+bin[uint16(s)]]++
		}
	}
}

// into makes cells of the counts.
func (t *dense) into(c *Cube, cols *Columns, counts []uint32) error {
	codes, err := c.codesOf(cols)
	if err != nil {
		return err
	}
	stride := t.points + binEnd
	used := 0
	for row := range slices.Chunk(counts, stride) {
		if slices.Max(row) > 0 {
			used++
		}
	}
	c.reserve(0, used)
	m := c.measures[0]
	for at := 0; at < len(counts); at += stride {
		row := counts[at : at+stride]
		if slices.Max(row) == 0 {
			continue
		}
		var code [3]uint16
		for i, d := range t.dimensions {
			if d.code == nil {
				continue
			}
			k := at / t.step[i] % (d.keys + 1)
			if k == d.keys {
				return noKey(d)
			}
			code[i] = codes[i][k]
		}
		cell, err := c.cell(makeID(0, code[0], code[1], code[2]))
		if err != nil {
			return err
		}
		to := m.row(cell)
		for i, n := range row[:t.points] {
			to[i] += n // the rows are fewer than 2^32
		}
		to[t.points+slotMissing] += row[t.points+binMissing]
		to[t.points+slotOffScale] += row[t.points+binOffScale]
	}
	return nil
}
