package survey

import (
	"context"
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel"
)

// AddReader counts the answers of a file: the same as AddAll over [Reader.All], without making an Answer of each cell;
// themes are not looked at. On an error the cube holds the answers before it: to count a file whole or not at all, count it
// in a cube of its own and [Cube.Merge] that. Errors are those of the context, of the source, and of what is in the file.
func (c *Cube) AddReader(ctx context.Context, r *Reader) error {
	f := feed{cube: c, reader: r}
	n := 0
	return r.scan(func(row *row, fields [][]byte) error {
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err := f.row(row, fields); err != nil {
			return fmt.Errorf("line %d: %w", r.records.Line(), err)
		}
		return nil
	})
}

// A feed finds the cells of a row once for all rows that share its coordinates.
type feed struct {
	cube   *Cube
	reader *Reader
	layout *layout // for which places holds

	places map[cellID][]place // by the reader's codes of measure, touchpoint and segment and the cube's of the period
	lastID cellID
	last   []place
}

// A place is where the answers to one question are counted; at is nil where it is not known yet.
type place struct {
	at   *counters
	cell uint32
	skip bool
}

// maxPlaces bounds the memory of a feed.
const maxPlaces = 1 << 20

func (f *feed) row(row *row, fields [][]byte) error {
	r, c := f.reader, f.cube
	heavy := row.weight != 0 && row.weight != 1 && !c.opts.IgnoreWeights
	if f.layout != r.layout {
		f.layout, f.last, f.places = r.layout, nil, map[cellID][]place{}
	}
	period, err := c.periodOf(row.time)
	if err != nil {
		return err
	}
	plain := !heavy && row.status <= StatusCompleted && !r.missingNumber && f.layout.questions[0].index >= 0
	id := makeID(int(row.measure), row.touchpoint, row.segment, period)
	if f.last == nil || id != f.lastID {
		places, ok := f.places[id]
		if !ok {
			if len(f.places)*len(f.layout.questions) >= maxPlaces {
				clear(f.places)
			}
			places = make([]place, len(f.layout.questions))
			f.places[id] = places
		}
		f.lastID, f.last = id, places
	}
	for i := range f.layout.questions {
		q := &f.layout.questions[i]
		if p := &f.last[i]; plain && p.at != nil {
			if at := digits(fields[q.index]) - p.at.def.Scale.Min; at >= 0 && at < p.at.points {
				if n := &p.at.row(p.cell)[at]; *n < math.MaxUint32 {
					*n++
					continue
				}
			}
		}
		score, err := r.score(q, row, fields)
		if err != nil {
			r.reject(err)
			continue
		}
		if heavy {
			a := Answer{Time: row.time, Segment: r.segments.keys[row.segment], Score: score, Status: row.status, Weight: row.weight}
			a.Measure, a.Touchpoint = f.keys(q, row)
			if err := c.add(&a, 1); err != nil {
				return err
			}
			continue
		}
		p := &f.last[i]
		if p.at == nil {
			if err := f.find(p, q, row, period); err != nil {
				return err
			}
		}
		if p.skip {
			c.skipped++
			continue
		}
		if err := c.count(p.at, p.cell, score, row.status, 1); err != nil {
			return err
		}
	}
	return nil
}

// digits returns the number that one or two digits are, a number below all scales for anything else.
func digits(text []byte) int {
	switch {
	case len(text) == 1 && isDigit(text[0]):
		return int(text[0] - '0')
	case len(text) == 2 && isDigit(text[0]) && isDigit(text[1]):
		return int(text[0]-'0')*10 + int(text[1]-'0')
	}
	return math.MinInt32
}

// keys returns the measure and the touchpoint of a question in a row.
func (f *feed) keys(q *question, row *row) (measure, touchpoint cxmodel.Key) {
	measure, touchpoint = q.measure, q.touchpoint
	if measure == "" {
		measure = f.reader.measures.keys[row.measure]
	}
	if touchpoint == "" {
		touchpoint = f.reader.touchpoints.keys[row.touchpoint]
	}
	return measure, touchpoint
}

// find fills in the place of a question.
func (f *feed) find(p *place, q *question, row *row, period uint16) error {
	r, c := f.reader, f.cube
	key, touchpoint := f.keys(q, row)
	m, ok := c.byMeasure[key]
	if !ok && c.opts.SkipUnknown {
		p.at, p.skip = &counters{}, true
		return nil
	}
	if !ok {
		return c.unknown(key)
	}
	cell, err := c.at(m, touchpoint, r.segments.keys[row.segment], period)
	if err != nil {
		return err
	}
	p.at, p.cell = c.measures[m], cell
	return nil
}
