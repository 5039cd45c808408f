package canvas

import (
	"iter"
	"slices"
	"strconv"

	"github.com/cxmodel/cxmodel"
)

// A part is a job, pain, gain, product, reliever or creator of an item.
type part struct {
	ref      cxmodel.Ref // the key may be empty
	text     string
	formerly []cxmodel.Key
	value    any // pointer to the Job, Pain, …
	item     Entry
	path     string
}

// parts returns the parts of an item; at is the item's JSON Pointer.
func parts(e Entry, at string) []part {
	var out []part
	add := func(kind cxmodel.Kind, field string, i int, key cxmodel.Key, text string, formerly []cxmodel.Key, value any) {
		out = append(out, part{cxmodel.Ref{Kind: kind, Key: key}, text, formerly, value, e, at + field + strconv.Itoa(i)})
	}
	switch e := e.(type) {
	case *Segment:
		for i := range e.Jobs {
			x := &e.Jobs[i]
			add(KindJob, "/jobs/", i, x.Key, x.Text, x.Formerly, x)
		}
		for i := range e.Pains {
			x := &e.Pains[i]
			add(KindPain, "/pains/", i, x.Key, x.Text, x.Formerly, x)
		}
		for i := range e.Gains {
			x := &e.Gains[i]
			add(KindGain, "/gains/", i, x.Key, x.Text, x.Formerly, x)
		}
	case *Proposition:
		for i := range e.Products {
			x := &e.Products[i]
			add(KindProduct, "/products/", i, x.Key, x.Name, x.Formerly, x)
		}
		for i := range e.Relievers {
			x := &e.Relievers[i]
			add(KindReliever, "/relievers/", i, x.Key, x.Text, x.Formerly, x)
		}
		for i := range e.Creators {
			x := &e.Creators[i]
			add(KindCreator, "/creators/", i, x.Key, x.Text, x.Formerly, x)
		}
	}
	return out
}

// A resolver finds what links lead to: items, and parts of items.
type resolver struct {
	*Index
	parts  map[cxmodel.Ref][]part // by kind and key
	former map[cxmodel.Ref][]part // by kind and former key
}

func newResolver(c *Canvas) *resolver {
	r := &resolver{c.Index(), map[cxmodel.Ref][]part{}, map[cxmodel.Ref][]part{}}
	for e, at := range c.placed() {
		for _, p := range parts(e, at) {
			if p.ref.Key == "" {
				continue
			}
			r.parts[p.ref] = append(r.parts[p.ref], p)
			for _, k := range p.formerly {
				was := cxmodel.Ref{Kind: p.ref.Kind, Key: k}
				r.former[was] = append(r.former[was], p)
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
	if BlockOf(l.Kind.wanted()[0]) == BlockUnspecified {
		known := r.parts[l.To]
		if len(known) == 0 {
			known = r.former[l.To]
		}
		var found []cxmodel.Ref
		for _, p := range known[:min(len(known), 6)] {
			found = append(found, p.ref)
		}
		return found
	}
	kinds := l.Kind.wanted()
	if l.To.Kind != "" {
		if !slices.Contains(kinds, l.To.Kind) {
			return nil
		}
		kinds = []cxmodel.Kind{l.To.Kind}
	}
	return refsOf(r.find(l.To.Key, kinds...))
}
