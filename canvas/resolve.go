package canvas

import (
	"iter"
	"slices"
	"strconv"

	"github.com/cxmodel/cxmodel"
)

// A part is a job, pain, gain, product, reliever or creator of an item.
type part struct {
	ref  cxmodel.Ref // the key may be empty
	text string
	item Entry
	path string
}

// parts iterates over the parts of an item; at is the item's JSON Pointer.
func parts(e Entry, at string) iter.Seq[part] {
	return func(yield func(part) bool) {
		list := func(kind cxmodel.Kind, field string, n int, get func(i int) (cxmodel.Key, string)) bool {
			for i := range n {
				key, text := get(i)
				if !yield(part{cxmodel.Ref{Kind: kind, Key: key}, text, e, at + field + strconv.Itoa(i)}) {
					return false
				}
			}
			return true
		}
		switch e := e.(type) {
		case *Segment:
			_ = list(KindJob, "/jobs/", len(e.Jobs), func(i int) (cxmodel.Key, string) { return e.Jobs[i].Key, e.Jobs[i].Text }) &&
				list(KindPain, "/pains/", len(e.Pains), func(i int) (cxmodel.Key, string) { return e.Pains[i].Key, e.Pains[i].Text }) &&
				list(KindGain, "/gains/", len(e.Gains), func(i int) (cxmodel.Key, string) { return e.Gains[i].Key, e.Gains[i].Text })
		case *Proposition:
			_ = list(KindProduct, "/products/", len(e.Products), func(i int) (cxmodel.Key, string) { return e.Products[i].Key, e.Products[i].Name }) &&
				list(KindReliever, "/relievers/", len(e.Relievers), func(i int) (cxmodel.Key, string) { return e.Relievers[i].Key, e.Relievers[i].Text }) &&
				list(KindCreator, "/creators/", len(e.Creators), func(i int) (cxmodel.Key, string) { return e.Creators[i].Key, e.Creators[i].Text })
		}
	}
}

// A resolver finds what links lead to: items, and parts of items.
type resolver struct {
	*Index
	parts map[cxmodel.Ref][]part
}

func newResolver(c *Canvas) *resolver {
	r := &resolver{c.Index(), map[cxmodel.Ref][]part{}}
	for e, at := range c.placed() {
		for p := range parts(e, at) {
			if p.ref.Key != "" {
				r.parts[p.ref] = append(r.parts[p.ref], p)
			}
		}
	}
	return r
}

// placed iterates over the items with their JSON Pointers.
func (c *Canvas) placed() iter.Seq2[Entry, string] {
	return func(yield func(Entry, string) bool) {
		for b := range Blocks() {
			n := 0
			for e := range c.EntriesOf(b) {
				if !yield(e, "/"+b.field()+"/"+strconv.Itoa(n)) {
					return
				}
				n++
			}
		}
	}
}

// targets returns the elements, of kinds that l may lead to, that l.To can mean.
func (r *resolver) targets(l Link) []cxmodel.Ref {
	var found []cxmodel.Ref
	if BlockOf(l.Kind.wanted()[0]) == BlockUnspecified {
		for _, p := range r.parts[l.To] {
			found = append(found, p.ref)
		}
		return found
	}
	for _, e := range r.find(l.To) {
		if slices.Contains(l.Kind.wanted(), e.Block().Kind()) {
			found = append(found, e.Ref())
		}
	}
	return found
}
