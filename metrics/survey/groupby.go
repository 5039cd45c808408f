package survey

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/cxmodel/cxmodel"
)

// A Group is what was counted for one measure and one value of a key.
type Group[K cmp.Ordered] struct {
	Key K `json:"key"`
	Count
}

// GroupBy counts the answers of a stream by measure and by a key of your choice, such as a label, the channel or the
// hour of the day; the groups are sorted by measure and key. Measures are never put in one group. It fails as [Cube.Add]
// does and with the error of the stream or the context; opts.MaxCells bounds the number of groups.
func GroupBy[K cmp.Ordered](ctx context.Context, answers iter.Seq2[Answer, error], measures []MeasureDef, key func(Answer) K, opts *CubeOptions) ([]Group[K], error) {
	c, err := NewCube(measures, opts) // counts each group as a cell
	if err != nil {
		return nil, err
	}
	type place struct {
		measure int
		key     K
	}
	cells := map[place]uint32{}
	n := 0
	for a, err := range answers {
		if err != nil {
			return nil, err
		}
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		m, err := c.admit(&a, 1)
		if err != nil {
			return nil, err
		}
		if m < 0 {
			continue
		}
		at := place{m, key(a)}
		if at.key != at.key {
			return nil, fmt.Errorf("%w: the key of a group is NaN", ErrAnswer)
		}
		cell, ok := cells[at]
		if !ok {
			if len(cells)+c.fractions >= c.opts.MaxCells {
				return nil, fmt.Errorf("survey: %w", &cxmodel.LimitError{What: "groups", Limit: int64(c.opts.MaxCells)})
			}
			cell = c.measures[m].grow(0)
			cells[at] = cell
		}
		if err := c.count(c.measures[m], cell, a.Score, a.Status, 1); err != nil {
			return nil, err
		}
	}
	places := slices.SortedFunc(maps.Keys(cells), func(a, b place) int {
		x, y := c.measures[a.measure], c.measures[b.measure]
		return cmp.Or(cmp.Compare(x.def.Key, y.def.Key), cmp.Compare(a.key, b.key), cmp.Compare(x.weight, y.weight))
	})
	var groups []Group[K]
	for _, p := range places {
		m := c.measures[p.measure]
		count := m.viewWeighted(cells[p], c.opts.Weighted)
		if n := len(groups) - 1; n >= 0 && groups[n].Key == p.key && groups[n].Measure.Key == m.def.Key {
			sum, err := Sum(groups[n].Count, count)
			if err != nil {
				return nil, err
			}
			groups[n].Count = sum
			continue
		}
		groups = append(groups, Group[K]{p.key, count})
	}
	return groups, nil
}

// GroupTable puts groups in a Table, with the key in a column of the given name.
func GroupTable[K cmp.Ordered](ctx context.Context, name string, groups []Group[K], opts *EstimateOptions) (*Table, error) {
	t := &Table{Labels: []string{name}}
	for _, g := range groups {
		if err := t.add(ctx, g.Count, opts, fmt.Sprint(g.Key)); err != nil {
			return nil, err
		}
	}
	return t, nil
}
