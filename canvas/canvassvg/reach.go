package canvassvg

import (
	"slices"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
)

// A reach says which segments the items of a canvas reach, by the places of the segments in the canvas.
type reach struct {
	segments map[cxmodel.Ref]int
	direct   map[cxmodel.Ref][]int         // the segments that an item names
	onward   map[cxmodel.Ref][]cxmodel.Ref // the items that an item works for
	known    map[cxmodel.Ref][]int         // what of has found
}

// newReach returns nil if nothing is linked to a segment.
func newReach(c *canvas.Canvas) *reach {
	r := &reach{map[cxmodel.Ref]int{}, map[cxmodel.Ref][]int{}, map[cxmodel.Ref][]cxmodel.Ref{}, map[cxmodel.Ref][]int{}}
	for i := range c.Segments {
		if ref := c.Segments[i].Ref(); ref.Key != "" {
			if _, taken := r.segments[ref]; !taken {
				r.segments[ref] = i
			}
		}
	}
	for l := range c.Links() {
		switch l.Kind {
		case canvas.Targets, canvas.Reaches, canvas.Keeps, canvas.PaidBy:
			if i, ok := r.segments[l.To]; ok && !slices.Contains(r.direct[l.Item], i) {
				r.direct[l.Item] = append(r.direct[l.Item], i)
			}
		case canvas.Delivers, canvas.Sells, canvas.Serves, canvas.Supplies, canvas.PaysFor:
			r.onward[l.Item] = append(r.onward[l.Item], l.To)
		}
	}
	if len(r.direct) == 0 {
		return nil
	}
	return r
}

// of returns the segments that an item reaches, in their order: those that it names, else those of what it works for.
func (r *reach) of(item cxmodel.Ref) []int {
	if i, ok := r.segments[item]; ok {
		return []int{i}
	}
	if found, ok := r.known[item]; ok {
		return found
	}
	out := slices.Clone(r.direct[item])
	r.known[item] = nil // should the links run in a circle
	if len(out) == 0 {
		for _, to := range r.onward[item] {
			for _, i := range r.of(to) {
				if !slices.Contains(out, i) {
					out = append(out, i)
				}
			}
		}
	}
	slices.Sort(out)
	r.known[item] = out
	return out
}
