package survey

import "context"

// maxWeightedTable bounds the table of weighted columns: 64 MiB.
const maxWeightedTable = 1 << 24

// weightPairs are the pairs of a segment and a weight that occur in Columns. Weights mostly follow the segment, so they
// are few, and take the place of the segments in a table of counts.
type weightPairs struct {
	segments bool     // there are segments
	segment  []uint16 // by pair, its code
	class    []int    // by pair, the index of its counters
	code     []uint16 // by row
}

// classesOf returns the indexes of the counters of a measure by code of weight.
func (c *Cube) classesOf(m int, weights []float64) ([]int, error) {
	classes := make([]int, len(weights))
	for i, w := range weights {
		var err error
		if classes[i], err = c.class(m, w); err != nil {
			return nil, err
		}
	}
	return classes, nil
}

// fillWeighted counts weighted columns for a measure.
func (c *Cube) fillWeighted(ctx context.Context, m int, cols *Columns) error {
	t := &dense{dimensions: cols.dimensions(), low: c.measures[m].def.Scale.Min, points: c.measures[m].points, scores: cols.Scores}
	size := t.points
	for i := range t.dimensions {
		if t.dimensions[i].code == nil {
			t.dimensions[i].keys = 1
		}
		if i != 1 && size <= maxWeightedTable {
			size *= t.dimensions[i].keys
		}
	}
	if cols.Statuses != nil || len(cols.Scores) < tableRows || t.low <= NoScore || size == 0 ||
		len(cols.Weights) > maxTable || t.dimensions[1].keys*len(cols.Weights) > maxTable {
		return c.fillRows(ctx, m, cols)
	}
	pairs, err := c.pairs(ctx, m, cols, t.dimensions[1].keys, maxWeightedTable/size)
	if err != nil {
		return err
	}
	if pairs == nil {
		return c.fillRows(ctx, m, cols)
	}
	t.dimensions[1] = dimension{"segment", len(pairs.class), pairs.code}
	counted, err := t.count(ctx, size*len(pairs.class))
	if err != nil {
		return err
	}
	return t.into(c, m, cols, counted, pairs)
}

// pairs finds the pairs that occur, nil if there are more than most.
func (c *Cube) pairs(ctx context.Context, m int, cols *Columns, segments, most int) (*weightPairs, error) {
	classes, err := c.classesOf(m, cols.Weights)
	if err != nil {
		return nil, err
	}
	p := &weightPairs{segments: cols.SegmentCode != nil, code: make([]uint16, len(cols.Scores))}
	weights := len(cols.Weights)
	known := make([]int32, segments*weights) // 1 + the number of the pair
	for from := 0; from < len(p.code); from += blockRows {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		to := min(from+blockRows, len(p.code))
		code, weight := p.code[from:to], cols.WeightCode[from:to]
		segment := make([]uint16, len(code))
		if p.segments {
			segment = cols.SegmentCode[from:to]
		}
		for i, w := range weight {
			s := int(segment[i])
			if int(w) >= weights {
				return nil, noKey(dimension{name: "weight", keys: weights})
			}
			if s >= segments {
				return nil, noKey(dimension{name: "segment", keys: segments})
			}
			pair := &known[s*weights+int(w)]
			if *pair == 0 {
				if len(p.class) == min(most, maxKeys) {
					return nil, nil
				}
				p.segment, p.class = append(p.segment, uint16(s)), append(p.class, classes[w])
				*pair = int32(len(p.class))
			}
			code[i] = uint16(*pair - 1)
		}
	}
	return p, nil
}
