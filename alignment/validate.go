package alignment

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/codec"
	"github.com/cxmodel/cxmodel/journey"
)

// Codes of the issues that [Model.Validate] finds beside those of the journeys and the canvas. They are stable: waivers
// name them.
const (
	CodeNoJourney        = "no-journey"                   // error: there is nothing to support
	CodeNoCanvas         = "no-canvas"                    // warning: there is nothing that could support it
	CodeMissingKey       = "missing-key"                  // error: one of several journeys, or a team, has no key
	CodeDuplicateKey     = "duplicate-key"                // error: two journeys, or their stages or touchpoints, have one key
	CodeDangling         = "dangling"                     // error: a reference to something that the model does not have
	CodeAmbiguous        = "ambiguous"                    // error: a reference that means several elements
	CodeUnknownFacet     = "unknown-facet"                // error: a link to a quality by which its target is not judged
	CodeOutOfRange       = "out-of-range"                 // error: a performance or target outside [0, 1]
	CodeUnknownValue     = "unknown-value"                // error: a number that is no member of its enumeration
	CodeNeedCycle        = "need-cycle"                   // error: items that need each other
	CodeUnsetWeights     = "unset-weights"                // warning: some journeys have a weight and some have none
	CodeBadWeights       = "bad-weights"                  // error: weights that cannot be used, here for a persona
	CodeConflictingLinks = "conflicting-links"            // warning: one rater gives an item two strengths in one cell
	CodeBothRoles        = "required-and-contributing"    // warning: an item contributes to a cell and is required there
	CodeNoContributor    = "required-without-contributor" // warning: a cell has only requirements; say what delivers it
	CodeGroupNotRequired = "group-without-required"       // warning: a group of alternatives among contributors
	CodeSuggestedNeed    = "suggested-need"               // note: a partner supplies an item that bears on the journey
	CodeBadDate          = "bad-date"                     // error: a day that the calendar does not have
)

// Errors that issues wrap, for errors.Is.
var (
	ErrDangling  = errors.New("dangling reference")
	ErrAmbiguous = errors.New("ambiguous reference")
	ErrCycle     = errors.New("cycle of needs")
)

// Validate returns all issues of the model: those of its journeys and its canvas, and those of what links them, with
// the waivers applied and the positions of the file where it came from one.
func (m *Model) Validate() cxmodel.Issues {
	v := &validator{m: m, names: newNames(m)}
	v.parts()
	v.links()
	v.needs()
	v.plans()
	if v.issues.Err() == nil {
		v.weights()
	}
	if v.issues.Err() == nil {
		v.cells()
	}
	m.origin.Locate(m.file(), v.issues)
	return v.issues.Waive(m.Waivers, m.AsOf)
}

type validator struct {
	m      *Model
	names  *names
	issues cxmodel.Issues
}

func (v *validator) add(s cxmodel.Severity, ref cxmodel.Ref, path, code string, cause error, format string, args ...any) {
	v.issues = append(v.issues, cxmodel.Issue{Ref: ref, Path: path, Code: code, Severity: s, Err: cause, Message: fmt.Sprintf(format, args...)})
}

func (v *validator) fault(ref cxmodel.Ref, path, code, format string, args ...any) {
	v.add(cxmodel.SeverityError, ref, path, code, nil, format, args...)
}

func (v *validator) warn(ref cxmodel.Ref, path, code, format string, args ...any) {
	v.add(cxmodel.SeverityWarning, ref, path, code, nil, format, args...)
}

// parts validates journeys and canvas, and what must be unique over several journeys.
func (v *validator) parts() {
	m := v.m
	if len(m.Journeys) == 0 {
		v.fault(cxmodel.Ref{}, "/journey", CodeNoJourney, "the model has no journey; give it one with at least one stage")
	}
	if m.Canvas == nil {
		v.warn(cxmodel.Ref{}, "/canvas", CodeNoCanvas, "the model has no canvas; nothing can support the journey yet")
	}
	seen := map[cxmodel.Ref]string{}
	for i, j := range m.Journeys {
		path := m.journeyPath(i)
		if j == nil {
			v.fault(cxmodel.Ref{}, path, CodeNoJourney, "this journey is empty")
			continue
		}
		v.adopt(path, j.Validate())
		if j.Key == "" && len(m.Journeys) > 1 {
			v.fault(cxmodel.Ref{}, path, CodeMissingKey, "one of several journeys needs a key")
		}
		v.once(seen, cxmodel.Ref{Kind: cxmodel.KindJourney, Key: j.Key}, path, path)
		for s := range j.Stages {
			st := &j.Stages[s]
			at := fmt.Sprintf("%s/stages/%d", path, s)
			v.once(seen, st.Ref(), at+"/key", path)
			for t := range st.Touchpoints {
				v.once(seen, st.Touchpoints[t].Ref(), fmt.Sprintf("%s/touchpoints/%d/key", at, t), path)
			}
		}
	}
	if m.Canvas != nil {
		v.adopt("/canvas", m.Canvas.Validate())
	}
	if !m.AsOf.IsZero() && !m.AsOf.Valid() {
		v.fault(cxmodel.Ref{}, "/as-of", CodeBadDate, "the calendar has no %s", m.AsOf)
	}
}

// once reports a key that another journey has too; within one journey the journey itself reports it.
func (v *validator) once(seen map[cxmodel.Ref]string, ref cxmodel.Ref, path, journey string) {
	if ref.Key == "" {
		return
	}
	if first, twice := seen[ref]; twice && (first != journey || ref.Kind == cxmodel.KindJourney) {
		v.fault(ref, path, CodeDuplicateKey, "%s stands in two journeys of the model; keys of stages and touchpoints are unique over all of them", ref)
	} else if !twice {
		seen[ref] = journey
	}
}

// adopt takes over the issues of a part.
func (v *validator) adopt(path string, issues cxmodel.Issues) {
	for _, i := range issues {
		i.Path = path + i.Path
		v.issues = append(v.issues, i)
	}
}

// resolve finds what ref means, or reports why it cannot.
func (v *validator) resolve(d *directory, ref cxmodel.Ref, path, what, hint string) (element, bool) {
	found := d.find(ref)
	switch len(found) {
	case 1:
		return found[0], true
	case 0:
		message := fmt.Sprintf("there is no %s %q", what, ref)
		if ref.IsZero() || ref.Key == "" {
			message = "the " + what + " is missing"
		}
		if guess := codec.Nearest(string(ref.Key), d.known()); guess != "" && guess != string(ref.Key) {
			message += fmt.Sprintf("; did you mean %q?", guess)
		} else if guess != "" {
			message += fmt.Sprintf("; %q is of another kind: %s", guess, refsOf(d.keys[cxmodel.Key(guess)]))
		} else {
			message += "; " + hint
		}
		v.add(cxmodel.SeverityError, ref, path, CodeDangling, ErrDangling, "%s", message)
	default:
		v.add(cxmodel.SeverityError, ref, path, CodeAmbiguous, ErrAmbiguous, "%q can mean %s; write one of them", ref, refsOf(found))
	}
	return element{}, false
}

func refsOf(es []element) string {
	var out []string
	for _, e := range es {
		out = append(out, e.ref.String())
	}
	return strings.Join(out, " or ")
}

func (v *validator) links() {
	for i, l := range v.m.Links {
		path := v.m.linkPath(i)
		item, ok := v.resolve(&v.names.items, l.Item, path, "canvas item", "add it to a block of the canvas")
		ref := item.ref
		if !ok {
			ref = l.Item
		}
		if to, ok := v.resolve(&v.names.places, l.To, path, "stage or touchpoint", "add it to the journey"); ok && l.Facet != "" {
			if facets := v.facets(to.ref); !slices.Contains(facets, l.Facet) {
				v.fault(ref, path, CodeUnknownFacet, "%s is not judged by %q; its facets are %q", to.ref, l.Facet, facets)
			}
		}
		if l.Performance != nil && !(*l.Performance >= 0 && *l.Performance <= 1) {
			v.fault(ref, path, CodeOutOfRange, "performance %v; it lies in [0, 1]", float64(*l.Performance))
		}
		if l.Strength < Unrated || l.Strength > Strong {
			v.fault(ref, path, CodeUnknownValue, "%v is not a strength", l.Strength)
		}
		if l.Role < RoleUnspecified || l.Role > Required {
			v.fault(ref, path, CodeUnknownValue, "%v is not a role", l.Role)
		}
		if l.Group != "" && !l.required() {
			v.warn(ref, path, CodeGroupNotRequired, "group %q stands on a link that contributes; only required links have alternatives", l.Group)
		}
	}
}

// facets returns the qualities by which a stage or touchpoint is judged; those of a stage are all of its touchpoints'.
func (v *validator) facets(at cxmodel.Ref) []cxmodel.Key {
	var out []cxmodel.Key
	add := func(fs []journey.Facet) {
		for _, f := range fs {
			if !slices.Contains(out, f.Key) {
				out = append(out, f.Key)
			}
		}
	}
	for _, j := range v.m.Journeys {
		for s := range j.Stages {
			st := &j.Stages[s]
			if st.Ref() == at {
				add(j.FacetsOf(st, nil))
			}
			for t := range st.Touchpoints {
				if st.Ref() == at || st.Touchpoints[t].Ref() == at {
					add(j.FacetsOf(st, &st.Touchpoints[t]))
				}
			}
		}
	}
	return out
}

func (v *validator) needs() {
	c := newCompiler(v.m, "")
	for i, n := range v.m.Needs {
		path := fmt.Sprintf("/needs/%d", i)
		from, ok1 := v.resolve(&v.names.items, n.Item, path+"/item", "canvas item", "add it to a block of the canvas")
		on, ok2 := v.resolve(&v.names.items, n.Needs, path+"/needs", "canvas item", "add it to a block of the canvas")
		if n.Strength < Unrated || n.Strength > Strong {
			v.fault(n.Item, path, CodeUnknownValue, "%v is not a strength", n.Strength)
		}
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
	for l := range v.m.Canvas.Links() {
		if l.From.Kind != cxmodel.KindPartnership {
			continue
		}
		linked := slices.ContainsFunc(v.m.Links, func(x Link) bool { return x.Item.Matches(l.To) })
		known := slices.ContainsFunc(v.m.Needs, func(n Need) bool { return n.Item.Matches(l.To) && n.Needs.Matches(l.From) })
		if linked && !known {
			v.add(cxmodel.SeverityNote, l.From, "/canvas"+l.Path, CodeSuggestedNeed, nil,
				"%s supplies %s, which touches customers; if it fails without the partner, add {item: %s, needs: %s} under needs", l.From, l.To, l.To.Key, l.From.Key)
		}
	}
}

// plans checks targets, teams, objectives and initiatives.
func (v *validator) plans() {
	for i, t := range v.m.Targets {
		path := fmt.Sprintf("/targets/%d", i)
		at, ok := v.resolve(&v.names.places, t.Stage, path+"/stage", "stage", "a target belongs to a stage")
		switch {
		case ok && at.ref.Kind != cxmodel.KindStage:
			v.fault(t.Stage, path+"/stage", CodeDangling, "%s is no stage; a target belongs to a stage, or to a facet of it", at.ref)
		case ok && t.Facet != "" && !slices.Contains(v.facets(at.ref), t.Facet):
			v.fault(t.Stage, path+"/facet", CodeUnknownFacet, "%s is not judged by %q; its facets are %q", at.ref, t.Facet, v.facets(at.ref))
		}
		if !(t.Score >= 0 && t.Score <= 1) {
			v.fault(t.Stage, path+"/score", CodeOutOfRange, "target %v; it lies in [0, 1]", t.Score)
		}
	}
	objectives := directory{}
	keyed := func(kind cxmodel.Kind, key cxmodel.Key, path string, seen map[cxmodel.Ref]bool) {
		ref := cxmodel.Ref{Kind: kind, Key: key}
		if err := key.Check(); err != nil {
			v.add(cxmodel.SeverityError, ref, path+"/key", CodeMissingKey, err, "%v", err)
		} else if seen[ref] {
			v.fault(ref, path+"/key", CodeDuplicateKey, "%s stands twice", ref)
		}
		seen[ref] = true
	}
	seen := map[cxmodel.Ref]bool{}
	for i, t := range v.m.Teams {
		keyed(cxmodel.KindTeam, t.Key, fmt.Sprintf("/teams/%d", i), seen)
	}
	for i, o := range v.m.Objectives {
		path := fmt.Sprintf("/objectives/%d", i)
		keyed(cxmodel.KindObjective, o.Key, path, seen)
		objectives.add(element{cxmodel.Ref{Kind: cxmodel.KindObjective, Key: o.Key}, i}, nil, nil)
		for k, about := range o.About {
			v.resolve(&v.names.places, about, fmt.Sprintf("%s/about/%d", path, k), "stage or touchpoint", "an objective is about those")
		}
	}
	for i, n := range v.m.Initiatives {
		path := fmt.Sprintf("/initiatives/%d", i)
		keyed(cxmodel.KindInitiative, n.Key, path, seen)
		for k, o := range n.Objectives {
			v.resolve(&objectives, o, fmt.Sprintf("%s/objectives/%d", path, k), "objective", "add it under objectives")
		}
		for k, item := range n.Items {
			v.resolve(&v.names.items, item, fmt.Sprintf("%s/items/%d", path, k), "canvas item", "add it to a block of the canvas")
		}
		for end, d := range map[string]cxmodel.Date{"start": n.Start, "end": n.End} {
			if !d.IsZero() && !d.Valid() {
				v.fault(cxmodel.Ref{Kind: cxmodel.KindInitiative, Key: n.Key}, path+"/"+end, CodeBadDate, "the calendar has no %s", d)
			}
		}
	}
}

// weights checks those of the journeys against each other, and that every persona can be assessed.
func (v *validator) weights() {
	set, unset := 0, 0
	for _, j := range v.m.Journeys {
		if j.Weight == nil {
			unset++
		} else {
			set++
		}
	}
	if set > 0 && unset > 0 {
		v.warn(cxmodel.Ref{}, "/journeys", CodeUnsetWeights, "%d of %d journeys have no weight; they count as the mean of the others", unset, set+unset)
	}
	personas := []cxmodel.Key{""}
	for _, j := range v.m.Journeys {
		for i := range j.Personas {
			personas = append(personas, j.Personas[i].Key)
		}
	}
	slices.Sort(personas)
	for _, p := range slices.Compact(personas) {
		if err := newCompiler(v.m, p).stages(); err != nil {
			ref := cxmodel.Ref{}
			if p != "" {
				ref = cxmodel.Ref{Kind: cxmodel.KindPersona, Key: p}
			}
			v.add(cxmodel.SeverityError, ref, v.m.journeyPath(0), CodeBadWeights, err, "%s", strings.TrimPrefix(err.Error(), "alignment: "))
		}
	}
}

// cells looks at the links where they meet.
func (v *validator) cells() {
	p, _, err := newCompiler(v.m, "").compile()
	if err != nil {
		return // reported by weights
	}
	warned := map[[2]int]bool{}
	pair := func(code string, a, b *term, format string, args ...any) {
		if !warned[[2]int{a.link, b.link}] {
			warned[[2]int{a.link, b.link}] = true
			v.warn(p.items[b.item].ref, v.m.linkPath(b.link), code, format, args...)
		}
	}
	for c := range p.cells {
		cell := &p.cells[c]
		needed, helped := -1, false
		for r := range cell.raters {
			rater := &cell.raters[r]
			type role struct {
				item     int
				required bool
			}
			first := map[role]*term{}
			rater.each(func(t *term, required bool) {
				if required {
					needed = t.link
				} else {
					helped = true
				}
				same, other := first[role{t.item, required}], first[role{t.item, !required}]
				switch {
				case same == nil:
					first[role{t.item, required}] = t
				case same.strength != t.strength:
					pair(CodeConflictingLinks, same, t, "%s has two strengths at %s (%s): %q and %q; the best counts for help, the worst for requirements",
						p.items[t.item].ref, cell.touchpoint, cell.facet, same.strength, t.strength)
				}
				if other != nil {
					pair(CodeBothRoles, other, t, "%s contributes to %s (%s) and is required there; both count", p.items[t.item].ref, cell.touchpoint, cell.facet)
				}
			})
		}
		if needed >= 0 && !helped {
			v.warn(cell.touchpoint, v.m.linkPath(needed), CodeNoContributor,
				"%s (%s) requires %s, but nothing delivers it; say what contributes, until then it is unrated", cell.touchpoint, cell.facet, v.m.Links[needed].Item)
		}
	}
}
