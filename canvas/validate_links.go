package canvas

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/codec"
)

// adviceBudget bounds the work of finding the nearest known key over a whole document, in pairs of bytes compared.
const adviceBudget = 50_000_000

// links checks the references of one item.
func (v *validator) links(e Entry, at string) {
	list, seen := "", map[cxmodel.Ref]bool{}
	e.links(at, func(l Link) bool {
		if parent := l.Path[:strings.LastIndexByte(l.Path, '/')]; parent != list {
			list = parent
			clear(seen)
		}
		found := v.targets(l)
		switch len(found) {
		case 1:
			to := found[0]
			if seen[to] {
				v.warn(CodeRepeated, l.Path, "%s stands twice in this list; remove one", to)
			}
			seen[to] = true
			if to.Key != l.To.Key {
				v.add(cxmodel.SeverityNote, CodeFormerReference, l.Path, nil, "%q is now called %q", clip(string(l.To.Key)), to.Key)
			}
			v.scope(e, l, to)
		case 0:
			v.unresolved(l)
		default:
			v.ambiguous(l, found)
		}
		return true
	})
}

// unresolved reports a link that leads to nothing of a kind that fits.
func (v *validator) unresolved(l Link) {
	wanted := wantedText(l.Kind)
	switch others := v.find(cxmodel.Ref{Key: l.To.Key}); {
	case l.To.Key == "":
		v.fail(CodeDanglingReference, l.Path, "an empty reference; write the key of a %s", wanted)
	case l.Item.Matches(l.To) || l.Item.Key == l.To.Key && len(others) == 1:
		v.fail(CodeSelfLink, l.Path, "%s refers to itself; write the key of a %s", l.Item, wanted)
	case len(others) > 0:
		v.fail(CodeWrongKind, l.Path, "%q is %s; here stands the key of a %s", l.To, listRefs(others), wanted)
	default:
		cure := "add it, or remove the reference"
		if near := v.nearest(l); near != "" {
			cure = fmt.Sprintf("did you mean %q?", near)
		}
		v.fail(CodeDanglingReference, l.Path, "there is no %s %q; %s", wanted, clip(l.To.String()), cure)
	}
}

func (v *validator) ambiguous(l Link, found []cxmodel.Ref) {
	names := make([]string, len(found))
	for i, to := range found {
		names[i] = to.String()
	}
	v.fail(CodeAmbiguousReference, l.Path, "%q can be %s; keys and aliases must be unique", clip(l.To.String()), strings.Join(names[:min(5, len(names))], ", "))
}

// scope warns where a proposition that names its segments addresses a pain, gain or job of another one.
func (v *validator) scope(e Entry, l Link, to cxmodel.Ref) {
	p, ok := e.(*Proposition)
	if !ok || len(p.Segments) == 0 || l.Kind == Targets || l.Kind == Through {
		return
	}
	segment := v.parts[to][0].item.Ref()
	for _, key := range p.Segments {
		if found := v.find(cxmodel.Ref{Kind: cxmodel.KindSegment, Key: key}); slices.ContainsFunc(found, func(e Entry) bool { return e.Ref() == segment }) {
			return
		}
	}
	v.warn(CodeOutOfScope, l.Path, "%s belongs to %s, which %s is not for; add the segment, or address another %s", to, segment, l.Item, to.Kind)
}

// nearest returns the key of a fitting element that the writer of l most probably meant, or "".
func (v *validator) nearest(l Link) string {
	known, ok := v.known[l.Kind]
	if !ok {
		known = v.keysFor(l.Kind)
		if v.known == nil {
			v.known = map[LinkKind][]string{}
		}
		v.known[l.Kind] = known
	}
	if v.budget -= len(l.To.Key) * len(known) * 16; v.budget < 0 { // keys are about 16 bytes long, at most 64
		return ""
	}
	return codec.Nearest(string(l.To.Key), known)
}

// keysFor returns the well-formed keys of the elements that links of a kind may lead to, in document order.
func (v *validator) keysFor(k LinkKind) []string {
	var keys []string
	for e, at := range v.canvas.placed() {
		if slices.Contains(k.wanted(), e.Block().Kind()) && e.Base().Key.Valid() {
			keys = append(keys, string(e.Base().Key))
		}
		for p := range parts(e, at) {
			if slices.Contains(k.wanted(), p.ref.Kind) && p.ref.Key.Valid() {
				keys = append(keys, string(p.ref.Key))
			}
		}
	}
	return keys
}

// wantedText lists the kinds that links of a kind may lead to: "proposition, channel or relationship".
func wantedText(k LinkKind) string {
	kinds := k.wanted()
	names := make([]string, len(kinds))
	for i, kind := range kinds {
		names[i] = string(kind)
	}
	if len(names) == 1 {
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}
