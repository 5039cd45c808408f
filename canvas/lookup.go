package canvas

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel"
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
	items map[string][]Entry // by key
	other map[string][]Entry // by former key and alias
}

// Index returns an index of the items of c.
func (c *Canvas) Index() *Index {
	x := &Index{items: map[string][]Entry{}, other: map[string][]Entry{}}
	for e := range c.Entries() {
		base := e.Base()
		x.items[string(base.Key)] = append(x.items[string(base.Key)], e)
		for _, k := range base.Formerly {
			x.add(string(k), e)
		}
		for _, a := range base.Aliases {
			x.add(a, e)
		}
	}
	return x
}

func (x *Index) add(name string, e Entry) {
	if !slices.Contains(x.other[name], e) {
		x.other[name] = append(x.other[name], e)
	}
}

// Lookup is [Canvas.Lookup].
func (x *Index) Lookup(ref cxmodel.Ref) (Entry, error) {
	switch found := x.find(ref); len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, fmt.Errorf("canvas: %w: %q%s", ErrUnknown, ref.String(), x.advice(ref))
	default:
		return nil, fmt.Errorf("canvas: %w: %q can be %s", ErrAmbiguous, ref.String(), listRefs(found))
	}
}

// find returns the items that ref can mean: those with the key, else those that once had it or have it as an alias.
func (x *Index) find(ref cxmodel.Ref) []Entry {
	if ref.Key == "" {
		return nil
	}
	for _, names := range []map[string][]Entry{x.items, x.other} {
		found := names[string(ref.Key)]
		if ref.Kind != "" {
			found = slices.DeleteFunc(slices.Clone(found), func(e Entry) bool { return e.Block().Kind() != ref.Kind })
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
	if others := x.find(cxmodel.Ref{Key: ref.Key}); len(others) > 0 {
		return "; there is " + listRefs(others)
	}
	known := make([]string, 0, len(x.items))
	for key, entries := range x.items {
		if slices.ContainsFunc(entries, func(e Entry) bool { return ref.Kind == "" || e.Block().Kind() == ref.Kind }) {
			known = append(known, key)
		}
	}
	slices.Sort(known)
	if near := codec.Nearest(string(ref.Key), known); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}

func listRefs(entries []Entry) string {
	const most = 5
	names := make([]string, 0, most+1)
	for i, e := range entries {
		if i == most {
			names = append(names, fmt.Sprintf("%d more", len(entries)-most))
			break
		}
		names = append(names, e.Ref().String())
	}
	return strings.Join(names, ", ")
}
