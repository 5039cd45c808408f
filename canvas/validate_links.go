package canvas

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/codec"
)

// adviceBudget bounds the work of finding the nearest known key over a whole document, in pairs of bytes compared.
const adviceBudget = 50_000_000

// links checks the references of one item.
func (v *validator) links(e Entry, at string) {
	served := v.served(e)
	for _, f := range e.linkFields(at) {
		seen := map[cxmodel.Ref]bool{}
		for l := range f.links(v.ref) {
			switch found := v.targets(l); len(found) {
			case 0:
				v.unresolved(l)
			case 1:
				to := found[0]
				if seen[to] {
					v.warn(CodeTwice, l.Path, "%s stands twice in this list; remove one", called(to))
				}
				seen[to] = true
				if to.Key != l.To.Key {
					v.note(CodeFormerReference, l.Path, "the present key of %q is %q; write that", clip.Text(l.To.Key), clip.Text(to.Key))
				}
				v.scope(l, to, served)
			default:
				v.fail(CodeAmbiguous, l.Path, "%q can be %s; keys and aliases must be unique", called(l.To), listRefs(found))
			}
		}
	}
}

// unresolved reports a link that leads to nothing of a kind that fits.
func (v *validator) unresolved(l Link) {
	wanted := wantedText(l.Kind)
	switch others := v.elsewhere(l.To.Key); {
	case l.To.Key == "":
		v.fail(CodeDangling, l.Path, "an empty reference; write the key of a %s", wanted)
	case l.To.Matches(l.Item) || len(others) == 1 && others[0] == l.Item:
		v.fail(CodeSelfLink, l.Path, "%s refers to itself; write the key of a %s", called(l.Item), wanted)
	case len(others) > 0:
		v.fail(CodeWrongKind, l.Path, "%q is %s; here stands the key of a %s", clip.Text(l.To.Key), listRefs(others), wanted)
	default:
		cure := "add it, or remove the reference"
		if near := v.nearest(l); near != "" {
			cure = fmt.Sprintf("did you mean %q?", near)
		}
		v.fail(CodeDangling, l.Path, "there is no %s %q; %s", wanted, clip.Text(l.To.Key), cure)
	}
}

// elsewhere returns the items and parts of whatever kind that have the key.
func (v *validator) elsewhere(key cxmodel.Key) []cxmodel.Ref {
	found := refsOf(v.find(key, ""))
	for _, kind := range []cxmodel.Kind{KindJob, KindPain, KindGain, KindProduct, KindReliever, KindCreator} {
		if ref := (cxmodel.Ref{Kind: kind, Key: key}); len(v.parts[ref]) > 0 {
			found = append(found, ref)
		}
	}
	return found
}

// served returns the segments that a proposition is for, nil if it names none or e is not a proposition.
func (v *validator) served(e Entry) map[cxmodel.Ref]bool {
	p, ok := e.(*Proposition)
	if !ok || len(p.Segments) == 0 {
		return nil
	}
	segments := make(map[cxmodel.Ref]bool, len(p.Segments))
	for _, key := range p.Segments {
		for _, ref := range refsOf(v.find(key, cxmodel.KindSegment)) {
			segments[ref] = true
		}
	}
	return segments
}

// scope warns where a part refers to a part of an item that it has nothing to do with: a proposition to a pain of a
// segment that it is not for, a reliever to a product of another proposition.
func (v *validator) scope(l Link, to cxmodel.Ref, served map[cxmodel.Ref]bool) {
	switch l.Kind {
	case Relieves, Creates, Performs:
		if owner := v.parts[to][0].item.Ref(); served != nil && !served[owner] {
			v.warn(CodeOutOfScope, l.Path, "%s belongs to %s, which %s is not for; add the segment, or choose another %s", called(to), called(owner), called(l.Item), to.Kind)
		}
	case Through, Concerns:
		if owner := v.parts[to][0].item.Ref(); owner != l.Item {
			v.warn(CodeOutOfScope, l.Path, "%s belongs to %s, not to %s; choose one of its own", called(to), called(owner), called(l.Item))
		}
	}
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
		for _, p := range parts(e, at) {
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
