package canvas

import (
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/fielddiff"
)

// Diff returns what changed from a to b, in the words of the model: items, and jobs, pains, gains, products, relievers
// and creators with a key, that were added, removed, renamed (the old key is among the new one's Formerly), moved to
// another block or another item, and the fields that were edited.
//
// An item's references follow its rename, and the parts of an item that is new or gone are not listed beside it. The
// order within a block has no meaning and is not compared. The changes stand in the order of b, the removals after
// them in the order of a. Changes of the canvas itself, such as its name, have the Ref "canvas". A nil canvas is an
// empty one. The time taken grows with the size of the canvases, not with its square.
func Diff(a, b *Canvas) []cxmodel.Change {
	if a == nil {
		a = new(Canvas)
	}
	if b == nil {
		b = new(Canvas)
	}
	olds, news := elements(a), elements(b)
	d := &differ{old: map[*element]*element{}, now: map[*element]*element{}}
	d.match(olds, news)
	d.document(a, b)
	d.follow(olds)
	for _, n := range news {
		d.element(n)
	}
	for _, o := range olds {
		if d.now[o] == nil && (o.parent == nil || d.now[o.parent] != nil) {
			d.changes = append(d.changes, cxmodel.Change{Kind: cxmodel.ChangeRemoved, Ref: o.ref, Path: o.path})
		}
	}
	return d.changes
}

// An element is an item, or a part of an item that has a key.
type element struct {
	ref      cxmodel.Ref
	formerly []cxmodel.Key
	path     string
	parent   *element // of a part
	value    any      // what is compared: a copy without the parts that are elements of their own
	fields   []linkField
}

// elements returns the items of a copy of c, each followed by its parts.
func elements(c *Canvas) []*element {
	var out []*element
	for e, at := range c.Clone().placed() {
		fields := e.linkFields(at)
		for _, f := range fields {
			for i := range f.refs {
				f.refs[i].Kind = "" // the key of an item says all; the kind is there for people
			}
		}
		item := &element{e.Ref(), e.Base().Formerly, at, nil, e, fields}
		out = append(out, item)
		for _, p := range parts(e, at) {
			if p.ref.Key != "" {
				out = append(out, &element{p.ref, p.formerly, p.path, item, p.copied(), nil})
			}
		}
		dropKeyed(e)
	}
	return out
}

// copied returns a copy of the part that stays as it is when the item's list changes.
func (p part) copied() any {
	switch x := p.value.(type) {
	case *Job:
		return new(*x)
	case *Pain:
		return new(*x)
	case *Gain:
		return new(*x)
	case *Product:
		return new(*x)
	case *Reliever:
		return new(*x)
	case *Creator:
		return new(*x)
	}
	panic("canvas: a part of no known type")
}

// dropKeyed leaves only the parts without key in an item's lists.
func dropKeyed(e Entry) {
	switch e := e.(type) {
	case *Segment:
		e.Jobs = slices.DeleteFunc(e.Jobs, func(x Job) bool { return x.Key != "" })
		e.Pains = slices.DeleteFunc(e.Pains, func(x Pain) bool { return x.Key != "" })
		e.Gains = slices.DeleteFunc(e.Gains, func(x Gain) bool { return x.Key != "" })
	case *Proposition:
		e.Products = slices.DeleteFunc(e.Products, func(x Product) bool { return x.Key != "" })
		e.Relievers = slices.DeleteFunc(e.Relievers, func(x Reliever) bool { return x.Key != "" })
		e.Creators = slices.DeleteFunc(e.Creators, func(x Creator) bool { return x.Key != "" })
	}
}

// space returns the set in which the element's key is unique: the nine blocks share one.
func (e *element) space() cxmodel.Kind {
	if e.parent == nil {
		return "item"
	}
	return e.ref.Kind
}

type differ struct {
	old     map[*element]*element // of a new element
	now     map[*element]*element // of an old element
	changes []cxmodel.Change
}

// match pairs the elements by key, and then by former key. Of a duplicate key, first goes with first.
func (d *differ) match(olds, news []*element) {
	byKey := map[cxmodel.Ref][]*element{}
	for _, o := range olds {
		name := cxmodel.Ref{Kind: o.space(), Key: o.ref.Key}
		byKey[name] = append(byKey[name], o)
	}
	pair := func(n *element, key cxmodel.Key) bool {
		name := cxmodel.Ref{Kind: n.space(), Key: key}
		if len(byKey[name]) == 0 {
			return false
		}
		o := byKey[name][0]
		byKey[name] = byKey[name][1:]
		d.old[n], d.now[o] = o, n
		return true
	}
	for _, n := range news {
		pair(n, n.ref.Key)
	}
	for _, n := range news {
		if d.old[n] == nil {
			_ = slices.ContainsFunc(n.formerly, func(k cxmodel.Key) bool { return pair(n, k) })
		}
	}
}

// follow lets the references of the old elements follow the renames, so that a rename is one change.
func (d *differ) follow(olds []*element) {
	renamed := map[cxmodel.Ref]cxmodel.Key{} // by space and old key
	for _, o := range olds {
		if n := d.now[o]; n != nil && n.ref.Key != o.ref.Key {
			renamed[cxmodel.Ref{Kind: o.space(), Key: o.ref.Key}] = n.ref.Key
		}
	}
	if len(renamed) == 0 {
		return
	}
	for _, o := range olds {
		for _, f := range o.fields {
			space := f.kind.wanted()[0]
			if BlockOf(space) != BlockUnspecified {
				space = "item"
			}
			for i, k := range f.keys {
				if now, ok := renamed[cxmodel.Ref{Kind: space, Key: k}]; ok {
					f.keys[i] = now
				}
			}
			for i, r := range f.refs {
				if now, ok := renamed[cxmodel.Ref{Kind: space, Key: r.Key}]; ok {
					f.refs[i].Key = now
				}
			}
		}
	}
}

func (d *differ) document(a, b *Canvas) {
	var blocks []string
	for block := range Blocks() {
		blocks = append(blocks, block.field())
	}
	d.edits(cxmodel.Ref{Key: "canvas"}, "", fielddiff.Compare(a, b, blocks...))
}

func (d *differ) edits(ref cxmodel.Ref, path string, fields []fielddiff.Field) {
	for _, f := range fields {
		at := path + "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(f.Name)
		d.changes = append(d.changes, cxmodel.Change{Kind: cxmodel.ChangeEdited, Ref: ref, Path: at, Field: f.Name, From: f.From, To: f.To})
	}
}

// element lists what happened to n.
func (d *differ) element(n *element) {
	o := d.old[n]
	if o == nil {
		if n.parent == nil || d.old[n.parent] != nil {
			d.changes = append(d.changes, cxmodel.Change{Kind: cxmodel.ChangeAdded, Ref: n.ref, Path: n.path})
		}
		return
	}
	skip := []string{"key"}
	if n.ref.Key != o.ref.Key {
		d.changes = append(d.changes, cxmodel.Change{Kind: cxmodel.ChangeRenamed, Ref: n.ref, Path: n.path, From: string(o.ref.Key), To: string(n.ref.Key)})
		skip = append(skip, "formerly")
	}
	if from, to := d.place(o), d.place(n); from != to {
		d.changes = append(d.changes, cxmodel.Change{Kind: cxmodel.ChangeMoved, Ref: n.ref, Path: n.path, From: from, To: to})
	}
	d.edits(n.ref, n.path, fielddiff.Compare(o.value, n.value, skip...))
}

// place returns the block of an item and the item of a part; the item of an old part by its new reference.
func (d *differ) place(e *element) string {
	if e.parent == nil {
		return BlockOf(e.ref.Kind).String()
	}
	if now := d.now[e.parent]; now != nil {
		return now.ref.String()
	}
	return e.parent.ref.String()
}
