package alignmentcsv

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/internal/codec"
	"github.com/cxmodel/cxmodel/journey"
)

// A directory finds elements by key, and where no key matches by former key or alias.
type directory struct {
	keys, other map[cxmodel.Key][]cxmodel.Ref
	known       []string
}

func (d *directory) add(ref cxmodel.Ref, aliases []string, formerly []cxmodel.Key) {
	if d.keys == nil {
		d.keys, d.other = map[cxmodel.Key][]cxmodel.Ref{}, map[cxmodel.Key][]cxmodel.Ref{}
	}
	d.keys[ref.Key] = append(d.keys[ref.Key], ref)
	d.known = append(d.known, string(ref.Key))
	for _, a := range aliases {
		d.other[cxmodel.Key(a)] = append(d.other[cxmodel.Key(a)], ref)
	}
	for _, f := range formerly {
		d.other[f] = append(d.other[f], ref)
	}
}

// find returns the element that ref means; the error says what is wrong and what was probably meant.
func (d *directory) find(ref cxmodel.Ref, what string) (cxmodel.Ref, string, error) {
	for _, m := range []map[cxmodel.Key][]cxmodel.Ref{d.keys, d.other} {
		var found []cxmodel.Ref
		for _, r := range m[ref.Key] {
			if (ref.Kind == "" || ref.Kind == r.Kind) && !slices.Contains(found, r) {
				found = append(found, r)
			}
		}
		switch {
		case len(found) == 1:
			return found[0], "", nil
		case len(found) > 1:
			texts := make([]string, len(found))
			for i, r := range found {
				texts[i] = r.String()
			}
			return ref, CodeAmbiguous, fmt.Errorf("%q means several: %s; write one of them", ref, strings.Join(texts, ", "))
		}
	}
	hint := ""
	if guess := codec.Nearest(string(ref.Key), d.known); guess != "" {
		hint = fmt.Sprintf("; did you mean %q?", guess)
	}
	return ref, "", fmt.Errorf("the model has no %s %q%s", what, ref, hint)
}

// names are the directories of a model.
type names struct {
	items, places directory
	facets        map[cxmodel.Ref][]cxmodel.Key
}

func namesOf(m *alignment.Model) *names {
	n := &names{facets: map[cxmodel.Ref][]cxmodel.Key{}}
	if m.Canvas != nil {
		for e := range m.Canvas.Entries() {
			n.items.add(e.Ref(), e.Base().Aliases, e.Base().Formerly)
		}
	}
	for _, j := range m.Journeys {
		if j == nil {
			continue // Validate reports it
		}
		for i := range j.Stages {
			s := &j.Stages[i]
			n.places.add(s.Ref(), s.Aliases, s.Formerly)
			n.judge(j.FacetsOf(s, nil), s.Ref())
			for k := range s.Touchpoints {
				t := &s.Touchpoints[k]
				n.places.add(t.Ref(), t.Aliases, t.Formerly)
				n.judge(j.FacetsOf(s, t), s.Ref(), t.Ref())
			}
		}
	}
	return n
}

func (n *names) judge(facets []journey.Facet, at ...cxmodel.Ref) {
	for _, ref := range at {
		for _, f := range facets {
			if !slices.Contains(n.facets[ref], f.Key) {
				n.facets[ref] = append(n.facets[ref], f.Key)
			}
		}
	}
}
