package journey

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/fielddiff"
)

// Diff says how b differs from a, in the words of the model. Elements are the same if they have the same key, or if
// the one in b was formerly called as the one in a; a pain, delight or opportunity that has no key, in a or in b, is
// the same as one at the same touchpoint with the same text. References that follow a rename are no change. A nil
// journey is an empty one.
//
// The changes stand in the order of b, with what was removed at the end in the order of a; the pains, delights and
// opportunities of a touchpoint that is new or gone are not listed beside it. What stands in another stage or another
// order is moved; of a list in a new order, as few as possible are called moved. The same journeys give the same
// changes.
func Diff(a, b *Journey) []cxmodel.Change {
	if a == nil {
		a = new(Journey)
	}
	if b == nil {
		b = new(Journey)
	}
	p := pair(a, b)
	a = p.renamed(a)
	d := &differ{pairing: p}
	for e := range a.Elements() {
		d.values = append(d.values, e.Value)
	}
	d.journey(a, b)
	moved := p.moved()
	for i := range p.new {
		d.element(i, moved[i])
	}
	for i := range p.old {
		if p.toNew[i] < 0 {
			d.removed(i)
		}
	}
	return d.changes
}

type differ struct {
	*pairing
	values  []any // of the older elements, with their references renamed
	changes []cxmodel.Change
}

func (d *differ) journey(a, b *Journey) {
	rename := a.Key != b.Key && slices.Contains(b.Formerly, a.Key)
	if rename {
		d.changes = append(d.changes, cxmodel.Change{Kind: cxmodel.ChangeRenamed, Ref: b.Ref(), Path: "/key", From: string(a.Key), To: string(b.Key)})
	}
	d.fields(b.Ref(), "", a, b, rename)
}

// element reports what became of element i of the newer journey.
func (d *differ) element(i int, moved bool) {
	n := d.new[i]
	was := d.toOld[i]
	ref, own := d.subject(d.new, i)
	if was < 0 {
		if note(n.Value) && d.toOld[n.parent] < 0 {
			return // it came with its touchpoint
		}
		c := cxmodel.Change{Kind: cxmodel.ChangeAdded, Ref: ref, Path: n.Path, To: n.text}
		if !own {
			c.Field = string(n.Ref.Kind)
		}
		d.changes = append(d.changes, c)
		return
	}
	o := d.old[was]
	rename := d.renames(was, i)
	switch {
	case rename:
		d.changes = append(d.changes, cxmodel.Change{Kind: cxmodel.ChangeRenamed, Ref: ref, Path: n.Path, From: string(o.Ref.Key), To: string(n.Ref.Key)})
	case n.Ref.Key != o.Ref.Key:
		d.changes = append(d.changes, cxmodel.Change{Kind: cxmodel.ChangeEdited, Ref: ref, Path: n.Path + "/key", Field: "key", From: string(o.Ref.Key), To: string(n.Ref.Key)})
	}
	if moved {
		d.changes = append(d.changes, cxmodel.Change{Kind: cxmodel.ChangeMoved, Ref: ref, Path: n.Path, From: d.place(d.old, was, i), To: d.place(d.new, i, i)})
	}
	d.fields(ref, n.Path, d.values[was], n.Value, rename)
}

func (d *differ) removed(i int) {
	o := d.old[i]
	if note(o.Value) && d.toNew[o.parent] < 0 {
		return // it went with its touchpoint
	}
	ref, own := d.subject(d.old, i)
	c := cxmodel.Change{Kind: cxmodel.ChangeRemoved, Ref: ref, Path: o.Path, From: o.text}
	if !own {
		c.Field = string(o.Ref.Kind)
		if o.parent >= 0 && d.toNew[o.parent] >= 0 {
			c.Ref, _ = d.subject(d.new, d.toNew[o.parent])
		}
	}
	d.changes = append(d.changes, c)
}

// note reports whether an element is a remark on a touchpoint.
func note(element any) bool {
	switch element.(type) {
	case *Pain, *Delight, *Opportunity:
		return true
	}
	return false
}

// fields reports the fields that have another value.
func (d *differ) fields(ref cxmodel.Ref, path string, a, b any, renamed bool) {
	a, b = bare(a), bare(b)
	if reflect.DeepEqual(a, b) { // most are, and their text need not be made
		return
	}
	var skip []string
	if _, whole := b.(*Journey); !whole {
		skip = append(skip, "key") // another key is a rename, or another element
	}
	if renamed {
		skip = append(skip, "key", "formerly")
	}
	for _, f := range fielddiff.Compare(a, b, skip...) {
		d.changes = append(d.changes, cxmodel.Change{Kind: cxmodel.ChangeEdited, Ref: ref, Path: path + "/" + pointerEscaper.Replace(f.Name),
			Field: f.Name, From: f.From, To: f.To})
	}
}

// bare returns an element without the lists of elements in it.
func bare(element any) any {
	switch x := element.(type) {
	case *Journey:
		c := *x
		c.Personas, c.Measures, c.Lanes, c.Stages = nil, nil, nil, nil
		return &c
	case *Stage:
		c := *x
		c.Measures, c.Touchpoints = nil, nil
		return &c
	case *Touchpoint:
		c := *x
		c.Measures, c.Pains, c.Delights, c.Opportunities = nil, nil, nil, nil
		return &c
	}
	return element
}

// subject returns the reference to an element, or to what it stands in if it has no key of its own.
func (d *differ) subject(nodes []node, i int) (ref cxmodel.Ref, own bool) {
	if nodes[i].Ref.Key != "" {
		return nodes[i].Ref, true
	}
	if p := nodes[i].parent; p >= 0 {
		ref, _ = d.subject(nodes, p)
		return ref, false
	}
	return cxmodel.Ref{}, false
}

// place says where an element stands: its parent where that is another one now, else what it follows.
func (d *differ) place(nodes []node, i, newer int) string {
	if d.parentChanged(newer) {
		if p := nodes[i].parent; p >= 0 {
			return nodes[p].Ref.String()
		}
		return "the journey"
	}
	before := nodes[i].before
	if before < 0 {
		return "first"
	}
	if key := nodes[before].Ref.Key; key != "" {
		return "after " + string(key)
	}
	return fmt.Sprintf("after %q", nodes[before].text)
}
