package alignment

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/codec"
	"github.com/cxmodel/cxmodel/internal/enum"
	"github.com/cxmodel/cxmodel/journey"
)

func (v *validator) links() {
	for _, r := range v.m.bare {
		name := "helps"
		if r.required {
			name = "must-not-fail"
		}
		path := "/" + name + "/" + escape(r.item.String())
		if item, ok := v.resolve(&v.names.items, r.item, path, "canvas item", "add it to a block of the canvas"); ok {
			v.warn(item.ref, path, CodeNoTarget, "%s stands under %s without a target; write what for, such as %s: {stage: strong}, or remove it", item.ref, name, r.item)
		}
	}
	for i, l := range v.m.Links {
		path := v.m.linkPath(i)
		item, ok := v.resolve(&v.names.items, l.Item, path, "canvas item", "add it to a block of the canvas")
		ref := item.ref
		if !ok {
			ref = l.Item
		}
		if to, ok := v.resolve(&v.names.places, l.To, path, "stage or touchpoint", "add it to the journey"); ok && l.Facet != "" {
			v.judged(ref, path, to.ref, l.Facet)
		}
		if l.Performance != nil && !(*l.Performance >= 0 && *l.Performance <= 1) {
			v.fault(ref, path, CodeOutOfRange, "performance %v; it lies in [0, 1]", float64(*l.Performance))
		}
		v.member(ref, path, &strengths, int(l.Strength))
		v.member(ref, path, &roles, int(l.Role))
		for _, k := range []cxmodel.Key{l.Rater, l.Group} {
			if err := k.Check(); k != "" && err != nil {
				v.add(cxmodel.SeverityError, ref, path, CodeMalformedKey, err, "%v", err)
			}
		}
		if l.Group != "" && !l.required() {
			v.warn(ref, path, CodeGroupNotRequired, "group %q stands on a link that contributes; only required links have alternatives", l.Group)
		}
	}
}

// member checks that a number is one of an enumeration's.
func (v *validator) member(ref cxmodel.Ref, path string, of *enum.Table, value int) {
	if _, err := of.Text(value); err != nil {
		v.add(cxmodel.SeverityError, ref, path, CodeUnknownValue, err, "%v", err)
	}
}

// judged reports a quality by which a stage or touchpoint is not judged.
func (v *validator) judged(ref cxmodel.Ref, path string, at cxmodel.Ref, facet cxmodel.Key) {
	facets := v.facets(at)
	if slices.Contains(facets, facet) {
		return
	}
	names := make([]string, len(facets))
	for i, f := range facets {
		names[i] = string(f)
	}
	cure := "add it to the facets of the journey, or use one of " + strings.Join(names, ", ")
	if v.guesses++; v.guesses > mostGuesses {
	} else if guess := codec.Nearest(string(facet), names); guess != "" {
		cure = fmt.Sprintf("did you mean %q? (%s)", guess, strings.Join(names, ", "))
	}
	v.fault(ref, path, CodeUnknownFacet, "%s is not judged by %q; %s", at, facet, cure)
}

// facets returns the qualities by which a stage or touchpoint is judged; those of a stage are all of its touchpoints'.
func (v *validator) facets(at cxmodel.Ref) []cxmodel.Key {
	if v.judgedBy == nil {
		v.judgedBy, v.spots = map[cxmodel.Ref][]cxmodel.Key{}, map[cxmodel.Ref]spot{}
		for _, j := range v.m.Journeys {
			for s := range j.Stages {
				st := &j.Stages[s]
				v.spots[st.Ref()] = spot{j, st, nil}
				for t := range st.Touchpoints {
					v.spots[st.Touchpoints[t].Ref()] = spot{j, st, &st.Touchpoints[t]}
				}
			}
		}
	}
	out, known := v.judgedBy[at]
	here, ok := v.spots[at]
	if known || !ok {
		return out
	}
	seen := map[cxmodel.Key]bool{}
	add := func(fs []journey.Facet) {
		for _, f := range fs {
			if !seen[f.Key] {
				seen[f.Key] = true
				out = append(out, f.Key)
			}
		}
	}
	add(here.journey.FacetsOf(here.stage, here.touchpoint))
	for t := range here.stage.Touchpoints {
		if x := &here.stage.Touchpoints[t]; here.touchpoint == nil && len(x.Facets) > 0 {
			add(here.journey.FacetsOf(here.stage, x))
		}
	}
	v.judgedBy[at] = out
	return out
}

// A spot is a stage, or a touchpoint of it.
type spot struct {
	journey    *journey.Journey
	stage      *journey.Stage
	touchpoint *journey.Touchpoint
}

func (v *validator) needs() {
	c := v.names.compiler(v.m, "")
	for i, n := range v.m.Needs {
		path := fmt.Sprintf("/needs/%d", i)
		from, ok1 := v.resolve(&v.names.items, n.Item, path+"/item", "canvas item", "add it to a block of the canvas")
		on, ok2 := v.resolve(&v.names.items, n.Needs, path+"/needs", "canvas item", "add it to a block of the canvas")
		v.member(n.Item, path, &strengths, int(n.Strength))
		if ok1 && ok2 {
			c.p.items[from.at].needs = append(c.p.items[from.at].needs, progNeed{on.at, n.Strength})
		}
	}
	if _, cycle := needOrder(c.p.items); cycle != nil {
		var keys []string
		for _, i := range cycle {
			keys = append(keys, string(c.p.items[i].ref.Key))
		}
		last := c.p.items[cycle[len(cycle)-2]].ref
		path := "/needs"
		for i, n := range v.m.Needs {
			if n.Item.Matches(last) && n.Needs.Matches(c.p.items[cycle[0]].ref) {
				path = fmt.Sprintf("/needs/%d", i)
			}
		}
		v.add(cxmodel.SeverityError, last, path, CodeNeedCycle, ErrCycle, "items that need each other: %s; leave one of these needs out", strings.Join(keys, " → "))
	}
	v.suggest()
}

// suggest proposes needs where a partner supplies something that has links to the journey.
func (v *validator) suggest() {
	if v.m.Canvas == nil {
		return
	}
	one := func(ref cxmodel.Ref) cxmodel.Ref {
		if found := v.names.items.find(ref); len(found) == 1 {
			return found[0].ref
		}
		return ref
	}
	linked, known := map[cxmodel.Ref]bool{}, map[[2]cxmodel.Ref]bool{}
	for _, l := range v.m.Links {
		linked[one(l.Item)] = true
	}
	for _, n := range v.m.Needs {
		known[[2]cxmodel.Ref{one(n.Item), one(n.Needs)}] = true
	}
	for l := range v.m.Canvas.Links() {
		if l.From.Kind != cxmodel.KindPartnership {
			continue
		}
		if linked[l.To] && !known[[2]cxmodel.Ref{l.To, l.From}] {
			v.add(cxmodel.SeverityNote, l.From, "/canvas"+l.Path, CodeSuggestedNeed, nil,
				"%s supplies %s, which touches customers; if it fails without the partner, add {item: %s, needs: %s} under needs", l.From, l.To, l.To.Key, l.From.Key)
		}
	}
}
