package alignment

import (
	"iter"
	"slices"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
)

// A directory finds elements by reference: by key, and where no key matches by alias or former key.
type directory struct {
	keys  map[cxmodel.Key][]element
	other map[cxmodel.Key][]element
}

type element struct {
	ref cxmodel.Ref
	at  int // index in document order
}

func (d *directory) add(e element, aliases []string, formerly []cxmodel.Key) {
	if d.keys == nil {
		d.keys, d.other = map[cxmodel.Key][]element{}, map[cxmodel.Key][]element{}
	}
	d.keys[e.ref.Key] = append(d.keys[e.ref.Key], e)
	for _, a := range aliases {
		d.other[cxmodel.Key(a)] = append(d.other[cxmodel.Key(a)], e)
	}
	for _, f := range formerly {
		d.other[f] = append(d.other[f], e)
	}
}

// find returns the elements that ref can mean: none is dangling, several are ambiguous.
func (d *directory) find(ref cxmodel.Ref) []element {
	for _, m := range []map[cxmodel.Key][]element{d.keys, d.other} {
		var out []element
		for _, e := range m[ref.Key] {
			if ref.Kind == "" || ref.Kind == e.ref.Kind {
				out = append(out, e)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// known returns the keys in order, for messages.
func (d *directory) known() []string {
	out := make([]string, 0, len(d.keys))
	for k := range d.keys {
		out = append(out, string(k))
	}
	slices.Sort(out)
	return out
}

// names are the directories of a model.
type names struct {
	items  directory // canvas items, numbered as Entries iterates
	places directory // stages and touchpoints of all journeys
}

func newNames(m *Model) *names {
	n := &names{}
	at := 0
	for e := range entries(m) {
		n.items.add(element{e.Ref(), at}, e.Base().Aliases, e.Base().Formerly)
		at++
	}
	at = 0
	for _, j := range m.Journeys {
		if j == nil {
			continue // Validate reports it
		}
		for i := range j.Stages {
			s := &j.Stages[i]
			n.places.add(element{cxmodel.Ref{Kind: cxmodel.KindStage, Key: s.Key}, at}, s.Aliases, s.Formerly)
			at++
			for k := range s.Touchpoints {
				t := &s.Touchpoints[k]
				n.places.add(element{cxmodel.Ref{Kind: cxmodel.KindTouchpoint, Key: t.Key}, at}, t.Aliases, t.Formerly)
				at++
			}
		}
	}
	return n
}

// entries iterates over the canvas items of a model, none where it has no canvas.
func entries(m *Model) iter.Seq[canvas.Entry] {
	if m == nil || m.Canvas == nil {
		return func(func(canvas.Entry) bool) {}
	}
	return m.Canvas.Entries()
}
