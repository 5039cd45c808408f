package survey

import (
	"context"
	"runtime"
	"slices"
	"sync"
)

// A dense is an array of counts, indexed by the codes and the points.
type dense struct {
	dimensions [3]dimension
	low        int // the first point
	points     int
	scores     []int16
}

// A part is what one goroutine has counted.
type part struct {
	counts []uint32
	others []uint32 // by cell: missing, off the scale
	bad    *dimension
}

func newDense(m *counters, cols *Columns) *dense {
	t := &dense{dimensions: cols.dimensions(), low: m.def.Scale.Min, points: m.points, scores: cols.Scores}
	for i := range t.dimensions {
		if t.dimensions[i].code == nil {
			t.dimensions[i].keys = 1
		}
	}
	return t
}

// size returns the number of counts, false if there are too many, or none, for one table.
func (t *dense) size() (int, bool) {
	size := int64(t.points)
	for _, d := range t.dimensions {
		if size *= int64(d.keys); size > maxTable {
			return 0, false
		}
	}
	return int(size), size > 0
}

// count counts all rows, by several goroutines; sums of integers do not depend on how many.
func (t *dense) count(ctx context.Context, size int) (*part, error) {
	rows := len(t.scores)
	workers := max(1, min(runtime.GOMAXPROCS(0), maxWorkers, rows/blockRows, 2*rows/size))
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
	for _, p := range parts {
		if p.bad != nil {
			return nil, noKey(*p.bad)
		}
	}
	sum := &parts[0]
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
	n0, n1, n2 := uint32(t.dimensions[0].keys), uint32(t.dimensions[1].keys), uint32(t.dimensions[2].keys)
	counts, low, points := p.counts, int32(t.low), uint32(t.points)
	for ; from < to && ctx.Err() == nil; from += blockRows {
		scores := t.scores[from:min(from+blockRows, to)]
		var code [3][]uint16
		for i, d := range t.dimensions {
			if code[i] = none[:len(scores)]; d.code != nil {
				code[i] = d.code[from:][:len(scores)]
			}
		}
		c0, c1, c2 := code[0][:len(scores)], code[1][:len(scores)], code[2][:len(scores)]
		for i, s := range scores {
			k0, k1, k2, point := uint32(c0[i]), uint32(c1[i]), uint32(c2[i]), uint32(int32(s)-low)
			if k0 < n0 && k1 < n1 && k2 < n2 && point < points {
				counts[((k0*n1+k1)*n2+k2)*points+point]++
			} else {
				t.other(p, [3]uint32{k0, k1, k2}, s)
			}
		}
	}
}

// other counts a row whose score is no point of the scale, or notes the dimension in which it has no key.
//
//go:noinline
func (t *dense) other(p *part, code [3]uint32, score int16) {
	cell := 0
	for i := range t.dimensions {
		d := &t.dimensions[i]
		if int(code[i]) >= d.keys {
			p.bad = d
			return
		}
		cell = cell*d.keys + int(code[i])
	}
	if score == NoScore {
		p.others[2*cell]++
	} else {
		p.others[2*cell+1]++
	}
}

// into makes cells of the counts.
func (t *dense) into(ctx context.Context, c *Cube, m int, size int, codes [3][]uint16) error {
	p, err := t.count(ctx, size)
	if err != nil {
		return err
	}
	row := func(place int) (counts, others []uint32, used bool) {
		counts, others = p.counts[place*t.points:][:t.points], p.others[place*2:][:2]
		return counts, others, slices.Max(counts) > 0 || slices.Max(others) > 0
	}
	places, cells := len(p.others)/2, 0
	for place := range places {
		if _, _, used := row(place); used {
			cells++
		}
	}
	to := c.measures[m]
	to.reserve(min(cells, c.opts.MaxCells))
	for place := range places {
		counts, others, used := row(place)
		if !used {
			continue
		}
		at, err := c.cell(t.id(m, uint32(place), codes))
		if err != nil {
			return err
		}
		slots := to.row(at)
		for i, n := range counts {
			slots[i] += n // the rows are fewer than 2^32
		}
		slots[t.points+slotMissing] += others[0]
		slots[t.points+slotOffScale] += others[1]
	}
	return nil
}

// id returns the cell of a place.
func (t *dense) id(m int, place uint32, codes [3][]uint16) cellID {
	n1, n2 := uint32(t.dimensions[1].keys), uint32(t.dimensions[2].keys)
	return makeID(m, codes[0][place/n2/n1], codes[1][place/n2%n1], codes[2][place%n2])
}
