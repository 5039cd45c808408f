package journey

import (
	"fmt"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/codec"
)

// identity checks the key, the former keys and the aliases of an element; name is what a key can be made of.
func (v *validator) identity(p place, kind cxmodel.Kind, key cxmodel.Key, name string, needed bool, formerly []cxmodel.Key, aliases []string) {
	n := v.names(kind)
	switch {
	case key == "" && needed:
		cure := "write one in lower-case letters, digits and hyphens"
		if made := cxmodel.KeyFrom(name); made != "" {
			cure = fmt.Sprintf("write key: %s", made)
		}
		v.err(p, CodeMissingKey, "this %s has no key; %s", kind, cure)
	case key != "" && !key.Valid():
		v.add(p.at("key"), cxmodel.SeverityError, CodeMalformedKey, key.Check(), "%v", key.Check())
	}
	if first := n.live[key]; key != "" && first != "" && first != p.path {
		v.add(p.at("key"), cxmodel.SeverityError, CodeDuplicateKey, elsewhere(first), "another %s, at %s, has the key %q; give one of them another key", kind, first, clip.Text(key))
	}
	for i, f := range formerly {
		at := func() place { return p.at("formerly", i) }
		if !f.Valid() {
			v.add(at(), cxmodel.SeverityError, CodeMalformedKey, f.Check(), "%v", f.Check())
			continue
		}
		if f == key {
			v.err(at(), CodeFormerKey, "%q is the present key; formerly lists the keys of the past, remove it here", f)
		} else if owner, alive := n.live[f]; alive {
			v.add(at(), cxmodel.SeverityError, CodeFormerKey, elsewhere(owner), "the former key %q is the key of a %s that lives, at %s; remove it here", f, kind, owner)
		} else if other, shared := n.former[f]; shared && other == p.path {
			v.warn(at(), CodeTwice, "the former key %q stands here twice; remove one", f)
		} else if shared {
			v.add(at(), cxmodel.SeverityWarning, CodeSharedFormer, elsewhere(other), "another %s, at %s, was called %q too; history goes to that one", kind, other, f)
		} else {
			n.former[f] = p.path
		}
	}
	for i, a := range aliases {
		at := func() place { return p.at("aliases", i) }
		if owner, alive := n.live[cxmodel.Key(a)]; alive && owner != p.path {
			v.add(at(), cxmodel.SeverityError, CodeAmbiguousAlias, elsewhere(owner), "the alias %q is the key of another %s, at %s; remove it here", clip.Text(a), kind, owner)
		} else if other, shared := n.aliases[a]; shared && other == p.path {
			v.warn(at(), CodeTwice, "the alias %q stands here twice; remove one", clip.Text(a))
		} else if shared {
			v.add(at(), cxmodel.SeverityError, CodeAmbiguousAlias, elsewhere(other), "the alias %q is that of another %s too, at %s; leave it to one of them", clip.Text(a), kind, other)
		} else {
			n.aliases[a] = p.path
		}
	}
}

// elsewhere is the cause of an issue that speaks of a second place.
func elsewhere(path string) error { return &codec.Elsewhere{Path: path} }

// reference checks that key names an element of the kind.
func (v *validator) reference(p func() place, kind cxmodel.Kind, key cxmodel.Key) {
	if _, ok := v.names(kind).live[key]; !ok {
		v.err(p(), CodeDangling, "there is no %s %q%s", kind, clip.Text(key), v.known(kind, key))
	}
}

// known ends a message about a key that is not there: with the keys that are, if they are few, or the nearest one.
func (v *validator) known(kind cxmodel.Kind, key cxmodel.Key) string {
	n := v.names(kind)
	if now := n.now[key]; now != "" {
		return fmt.Sprintf("; it is called %q now", clip.Text(now))
	}
	if n.keys == nil {
		n.keys = sortedKeys(n.live)
	}
	switch few, many := 8, 1000; {
	case len(n.keys) == 0:
		return fmt.Sprintf("; the journey has no %s with a key", kind)
	case len(n.keys) <= few:
		return "; the journey has " + join(n.keys)
	case len(n.keys) <= many && len(v.issues) < maxIssues:
		if guess := codec.Nearest(string(key), words(n.keys)); guess != "" {
			return fmt.Sprintf("; did you mean %q?", guess)
		}
	}
	return "; write the key of one that the journey has"
}

// keys checks a list of references; check looks at each that is well formed and new.
func (v *validator) keys(p place, field string, keys []cxmodel.Key, check func(at func() place, k cxmodel.Key)) {
	seen := make(map[cxmodel.Key]bool, len(keys))
	for i, k := range keys {
		at := func() place { return p.at(field, i) }
		switch {
		case !k.Valid():
			v.add(at(), cxmodel.SeverityError, CodeMalformedKey, k.Check(), "%v", k.Check())
		case seen[k]:
			v.warn(at(), CodeTwice, "%q stands here twice; remove one", k)
		case check != nil:
			check(at, k)
		}
		seen[k] = true
	}
}
