package survey

import (
	"context"
	"fmt"
	"maps"
	"math"
	"math/bits"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/cxmodel/cxmodel"
)

const (
	bucketBits = 16      // a bucket has 2^16 counts, 256 KiB, which stay in the cache; a row says in 16 bits which it is
	maxBuckets = 1 << 18 // beyond it rows are counted one by one
	sortRows   = 1 << 15 // rows sorted at once, which stay in the cache
)

// buckets count columns that have too many places, or weights, for one table: the rows are sorted into buckets by
// weight and by range of places, and counted bucket by bucket.
type buckets struct {
	*dense
	weights  dimension
	weightOf []float64 // by code
	slotBits int       // of a place: the points, and the slots for missing and off the scale
	ranges   int       // of places, and so buckets of one weight
}

// newBuckets returns false if there would be too many of them.
func newBuckets(t *dense, cols *Columns) (*buckets, bool) {
	b := &buckets{dense: t, weights: dimension{"weight", 1, cols.WeightCode}, weightOf: []float64{1}, slotBits: bits.Len(uint(t.points + slotOffScale))}
	if cols.WeightCode != nil {
		b.weights.keys, b.weightOf = len(cols.Weights), cols.Weights
	}
	places := uint64(1)
	for _, d := range b.dimensions {
		if places *= uint64(d.keys); places == 0 || places > math.MaxUint32 {
			return nil, false
		}
	}
	if b.slotBits > bucketBits || b.weights.keys > maxBuckets {
		return nil, false
	}
	b.ranges = int((places-1)>>(bucketBits-b.slotBits)) + 1
	return b, int64(b.ranges)*int64(b.weights.keys) <= maxBuckets
}

// into makes cells of the rows: those of one weight by one goroutine, as it alone writes to the counters of that weight.
func (b *buckets) into(ctx context.Context, c *Cube, m int, codes [3][]uint16) error {
	blocks, err := b.sort(ctx)
	if err != nil {
		return err
	}
	weights := map[int][]int{} // by class; a weight may be there under two codes
	for w, weight := range b.weightOf {
		if rowsIn(blocks, w*b.ranges, (w+1)*b.ranges) == 0 {
			continue
		}
		class, err := c.class(m, weight)
		if err != nil {
			return err
		}
		weights[class] = append(weights[class], w)
	}
	order := slices.Sorted(maps.Keys(weights))
	var group sync.WaitGroup
	var next, cells atomic.Int64
	full := func() bool { return cells.Load() > int64(c.opts.MaxCells) }
	for range min(runtime.GOMAXPROCS(0), maxWorkers, len(order)) {
		group.Go(func() {
			table := make([]uint32, 1<<bucketBits)
			for i := next.Add(1) - 1; int(i) < len(order); i = next.Add(1) - 1 {
				m := c.measures[order[i]]
				for _, w := range weights[order[i]] {
					for r := range b.ranges {
						if ctx.Err() != nil || full() {
							return
						}
						before := len(m.ids)
						k := w*b.ranges + r
						rest := min(rowsIn(blocks, k, (w+1)*b.ranges), c.opts.MaxCells)
						b.count(m, rowsOf(blocks, k), table, b.ranges-r, rest, func(place uint32) cellID {
							return b.id(order[i], uint32(r)<<(bucketBits-b.slotBits)+place, codes) & c.rolledUp.mask()
						})
						cells.Add(int64(len(m.ids) - before))
					}
				}
			}
		})
	}
	group.Wait()
	c.cells += int(cells.Load())
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case full():
		return fmt.Errorf("survey: %w", &cxmodel.LimitError{What: "cells", Limit: int64(c.opts.MaxCells)})
	}
	return nil
}

// count makes cells of the rows of a bucket, the first of so many of its weight, which make at most so many cells. The
// table is empty before and after.
func (b *buckets) count(m *counters, rows [][]uint16, table []uint32, buckets, most int, id func(place uint32) cellID) {
	n := 0
	for _, some := range rows {
		n += len(some)
	}
	places := len(table) >> b.slotBits
	if n < places/4 { // it costs less to sort the rows than to look at all places
		b.countFew(m, slices.Concat(rows...), id)
		return
	}
	for _, some := range rows {
		for _, at := range some {
			table[at]++
		}
	}
	slots := b.points + slotOffScale + 1
	used := make([]uint32, 0, places)
	for place := range places {
		if slices.ContainsFunc(table[place<<b.slotBits:][:slots], func(n uint32) bool { return n > 0 }) {
			used = append(used, uint32(place))
		}
	}
	m.reserve(int(min(int64(len(used))*int64(buckets), int64(most)))) // the others are mostly as full
	for _, place := range used {
		row := table[place<<b.slotBits:][:slots]
		cell := m.row(m.at(id(place)))[:len(row)]
		for i, n := range row {
			cell[i] += n // the rows are fewer than 2^32
		}
		clear(row)
	}
}

func (b *buckets) countFew(m *counters, rows []uint16, id func(place uint32) cellID) {
	slices.Sort(rows)
	last, cell := uint32(math.MaxUint32), []uint32(nil)
	for _, at := range rows {
		if place := uint32(at) >> b.slotBits; place != last {
			last, cell = place, m.row(m.at(id(place)))
		}
		cell[at&(1<<b.slotBits-1)]++
	}
}

// sortedRows are some rows, sorted by bucket.
type sortedRows struct {
	counts []uint16 // within its bucket the count of each row
	starts []uint32 // of each bucket, and the end
}

// rowsIn returns how many rows are in the buckets from..to-1.
func rowsIn(blocks []sortedRows, from, to int) (n int) {
	for _, b := range blocks {
		n += int(b.starts[to] - b.starts[from])
	}
	return n
}

// rowsOf returns the counts of the rows of bucket k.
func rowsOf(blocks []sortedRows, k int) [][]uint16 {
	rows := make([][]uint16, len(blocks))
	for i, b := range blocks {
		rows[i] = b.counts[b.starts[k]:b.starts[k+1]]
	}
	return rows
}

// sort sorts all rows, block by block.
func (b *buckets) sort(ctx context.Context) ([]sortedRows, error) {
	rows, n := len(b.scores), b.ranges*b.weights.keys
	size := max(sortRows, 4*n)
	blocks := make([]sortedRows, (rows+size-1)/size)
	bad := make([]*dimension, len(blocks))
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), maxWorkers, len(blocks)) {
		group.Go(func() {
			bucket, count, to := make([]uint32, size), make([]uint16, size), make([]uint32, n+1)
			for i := int(next.Add(1) - 1); i < len(bad) && ctx.Err() == nil; i = int(next.Add(1) - 1) {
				counts := make([]uint16, min(size, rows-i*size))
				bucket, count := bucket[:len(counts)], count[:len(counts)]
				starts := make([]uint32, n+1)
				if bad[i] = b.locate(bucket, count, starts[1:], i*size); bad[i] != nil {
					next.Store(int64(len(bad)))
					return
				}
				for k := range n {
					starts[k+1] += starts[k]
				}
				copy(to, starts)
				for j, k := range bucket {
					counts[to[k]] = count[j]
					to[k]++
				}
				blocks[i] = sortedRows{counts, starts}
			}
		})
	}
	group.Wait()
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	for _, d := range bad {
		if d != nil {
			return nil, noKey(*d)
		}
	}
	return blocks, nil
}

// locate finds the buckets of the rows from a row on, and their counts there, and counts the rows of each bucket. It
// returns the dimension in which a row has no key, if there is one.
func (b *buckets) locate(bucket []uint32, count []uint16, rows []uint32, from int) *dimension {
	n := len(bucket)
	scores, none := b.scores[from:][:n], []uint16(nil)
	code := func(d *dimension) []uint16 {
		if d.code != nil {
			return d.code[from:][:n]
		}
		if none == nil {
			none = make([]uint16, n)
		}
		return none
	}
	c0, c1, c2, w := code(&b.dimensions[0])[:n], code(&b.dimensions[1])[:n], code(&b.dimensions[2])[:n], code(&b.weights)[:n]
	n0, n1, n2, nw := uint32(b.dimensions[0].keys), uint32(b.dimensions[1].keys), uint32(b.dimensions[2].keys), uint32(b.weights.keys)
	low, points, ranges := int32(b.low), uint32(b.points), uint32(b.ranges)
	slotBits, rangeBits := b.slotBits&31, (bucketBits-b.slotBits)&31
	count = count[:n]
	for i := range bucket {
		k0, k1, k2, k := uint32(c0[i]), uint32(c1[i]), uint32(c2[i]), uint32(w[i])
		if k0 >= n0 || k1 >= n1 || k2 >= n2 || k >= nw {
			return b.beyond([4]uint32{k0, k1, k2, k})
		}
		place, slot := (k0*n1+k1)*n2+k2, uint32(int32(scores[i])-low)
		if slot >= points {
			slot = points + slotOffScale
			if scores[i] == NoScore {
				slot = points + slotMissing
			}
		}
		at := k*ranges + place>>rangeBits
		rows[at]++
		bucket[i] = at
		count[i] = uint16(place&(1<<rangeBits-1)<<slotBits | slot)
	}
	return nil
}

// beyond returns the first dimension in which a row has no key.
func (b *buckets) beyond(code [4]uint32) *dimension {
	for i := range b.dimensions {
		if int(code[i]) >= b.dimensions[i].keys {
			return &b.dimensions[i]
		}
	}
	return &b.weights
}
