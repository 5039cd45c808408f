package canvas

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/codec"
)

// Errors of a look-up.
var (
	ErrUnknown   = errors.New("no such item")
	ErrAmbiguous = errors.New("several items have this name")
)

// Lookup returns the item that ref means: the one with that key, else the one that had the key formerly or has it as
// an alias. The short form of a Ref, without kind, looks in all nine blocks. Errors wrap [ErrUnknown], with the
// nearest known name, or [ErrAmbiguous], with the candidates. For many look-ups, make an [Index] once.
func (c *Canvas) Lookup(ref cxmodel.Ref) (Entry, error) { return c.Index().Lookup(ref) }

// An Index finds the items of a canvas by name in constant time. It is a picture of the canvas when it was made:
// after keys, aliases or the lists of items have changed, make another.
type Index struct {
	keys   names
	others names // former keys and aliases
}

// names leads from references, the full and the short form, to items.
type names map[cxmodel.Ref][]Entry

func (n names) add(key cxmodel.Key, e Entry) {
	for _, ref := range []cxmodel.Ref{{Key: key}, {Kind: e.Block().Kind(), Key: key}} {
		if known := n[ref]; len(known) == 0 || known[len(known)-1] != e {
			n[ref] = append(known, e)
		}
	}
}

// Index returns an index of the items of c.
func (c *Canvas) Index() *Index {
	x := &Index{names{}, names{}}
	for e := range c.Entries() {
		base := e.Base()
		if base.Key != "" {
			x.keys.add(base.Key, e)
		}
		for _, k := range base.Formerly {
			x.others.add(k, e)
		}
		for _, a := range base.Aliases {
			x.others.add(cxmodel.Key(a), e)
		}
	}
	return x
}

// Lookup is [Canvas.Lookup].
func (x *Index) Lookup(ref cxmodel.Ref) (Entry, error) {
	switch found := x.find(ref.Key, ref.Kind); len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, fmt.Errorf("canvas: %w: %q%s", ErrUnknown, called(ref), x.advice(ref))
	default:
		return nil, fmt.Errorf("canvas: %w: %q can be %s", ErrAmbiguous, called(ref), listRefs(refsOf(found)))
	}
}

// find returns the items of the given kinds that have the key, or else those that had it or have it as an alias; the
// empty kind is any. Of very many it returns some.
func (x *Index) find(key cxmodel.Key, kinds ...cxmodel.Kind) []Entry {
	const most = 6
	for _, n := range []names{x.keys, x.others} {
		var found []Entry
		for _, kind := range kinds {
			of := n[cxmodel.Ref{Kind: kind, Key: key}]
			found = append(found, of[:min(len(of), most)]...)
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// advice says what ref may have meant, beginning with a semicolon, or nothing.
func (x *Index) advice(ref cxmodel.Ref) string {
	if ref.Kind != "" && BlockOf(ref.Kind) == BlockUnspecified {
		kinds := make([]string, 0, 9)
		for b := range Blocks() {
			kinds = append(kinds, string(b.Kind()))
		}
		return fmt.Sprintf("; the kinds of item are %s", strings.Join(kinds, ", "))
	}
	if others := refsOf(x.find(ref.Key, "")); len(others) > 0 {
		return "; there is " + listRefs(others)
	}
	var known []string
	for r := range x.keys {
		if r.Kind == ref.Kind && r.Key.Valid() {
			known = append(known, string(r.Key))
		}
	}
	slices.Sort(known)
	if near := codec.Nearest(string(ref.Key), known); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}

func refsOf(entries []Entry) []cxmodel.Ref {
	refs := make([]cxmodel.Ref, len(entries))
	for i, e := range entries {
		refs[i] = e.Ref()
	}
	return refs
}

// listRefs names the first five for a message.
func listRefs(refs []cxmodel.Ref) string {
	const most = 5
	names := make([]string, 0, most+1)
	for i, ref := range refs {
		if i == most {
			names = append(names, "…")
			break
		}
		names = append(names, called(ref))
	}
	return strings.Join(names, ", ")
}

// called returns a reference as messages quote it.
func called(ref cxmodel.Ref) string { return clip.Text(ref.String()) }
