package alignment

import (
	"fmt"
	"reflect"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/internal/fielddiff"
	"github.com/cxmodel/cxmodel/journey"
)

// Diff says how b differs from a, in the words of the model: its own fields, its journeys (see [journey.Diff]), the canvas
// (see [canvas.Diff]), then links, needs, and the lists of teams, objectives, initiatives, targets and waivers. Links are
// the same if they are of the same item, place, facet, role, group and rater, renames followed; a link that is written in
// another form is no change. A nil model is an empty one.
func Diff(a, b *Model) []cxmodel.Change {
	if a == nil {
		a = new(Model)
	}
	if b == nil {
		b = new(Model)
	}
	d := &modelDiff{a: a, b: b, next: newSuccessor(a, b)}
	d.fields(cxmodel.Ref{}, "", "", a.file(), b.file(), "journey", "journeys", "canvas", "helps", "must-not-fail", "links", "needs",
		"teams", "objectives", "initiatives", "targets", "waivers")
	for _, p := range pairJourneys(a, b, d.next) {
		path := ""
		switch {
		case p.after != nil:
			path = b.journeyPath(p.at)
		case p.before != nil:
			d.add(cxmodel.ChangeRemoved, p.before.Ref(), "", "journey", p.before.Name, "")
			continue
		}
		if p.before == nil {
			d.add(cxmodel.ChangeAdded, p.after.Ref(), path, "journey", "", p.after.Name)
			continue
		}
		d.under(path, journey.Diff(p.before, p.after))
	}
	d.under("/canvas", canvas.Diff(a.Canvas, b.Canvas))
	d.links()
	d.lists()
	return d.changes
}

type modelDiff struct {
	a, b    *Model
	next    successor
	changes []cxmodel.Change
}

func (d *modelDiff) add(kind cxmodel.ChangeKind, ref cxmodel.Ref, path, field, from, to string) {
	d.changes = append(d.changes, cxmodel.Change{Kind: kind, Ref: ref, Path: path, Field: field, From: from, To: to})
}

func (d *modelDiff) under(path string, changes []cxmodel.Change) {
	for _, c := range changes {
		c.Path = path + c.Path
		d.changes = append(d.changes, c)
	}
}

// fields adds the fields in which two values differ; what names the element in front of them.
func (d *modelDiff) fields(ref cxmodel.Ref, path, what string, a, b any, skip ...string) {
	for _, f := range fielddiff.Compare(a, b, skip...) {
		d.add(cxmodel.ChangeEdited, ref, path+"/"+escape(f.Name), what+f.Name, f.From, f.To)
	}
}

func (d *modelDiff) links() {
	before := map[meaning][]Link{}
	names := newNames(d.a)
	var lost []Link
	for _, l := range d.a.Links {
		if id, ok := names.meaning(l, d.next); ok {
			before[id] = append(before[id], l)
		} else {
			lost = append(lost, l)
		}
	}
	now := newNames(d.b)
	for i, l := range d.b.Links {
		id, ok := now.meaning(l, nil)
		if !ok {
			id = meaning{item: l.Item, to: l.To, facet: l.Facet, required: l.required(), group: l.Group, rater: l.Rater}
		}
		path := d.b.linkPath(i)
		was := before[id]
		if len(was) == 0 {
			d.add(cxmodel.ChangeAdded, id.item, path, linkName(l, id), "", strengthName(l))
			continue
		}
		before[id] = was[1:]
		if was[0].Strength != l.Strength {
			d.add(cxmodel.ChangeEdited, id.item, path, linkName(l, id), strengthName(was[0]), strengthName(l))
		}
		d.fields(id.item, path, linkName(l, id)+": ", longForm(was[0]), longForm(l), "item", "to", "facet", "role", "strength", "group", "rater")
	}
	for _, l := range d.a.Links {
		id, ok := names.meaning(l, d.next)
		if !ok || len(before[id]) == 0 {
			continue
		}
		before[id] = before[id][1:]
		d.add(cxmodel.ChangeRemoved, id.item, "", linkName(l, id), strengthName(l), "")
	}
	for _, l := range lost {
		d.add(cxmodel.ChangeRemoved, l.Item, "", linkName(l, meaning{to: l.To}), strengthName(l), "")
	}
}

// linkName returns "link to visit.emotion by anna".
func linkName(l Link, id meaning) string {
	name := "link to "
	if l.required() {
		name = "required by "
	}
	name += Link{To: cxmodel.Ref{Key: id.to.Key}, Facet: l.Facet}.place()
	if l.Rater != "" {
		name += " by " + string(l.Rater)
	}
	return name
}

func strengthName(l Link) string {
	if l.Strength == Unrated {
		return "unrated"
	}
	return l.Strength.String()
}

func longForm(l Link) fileLink {
	return fileLink{Item: l.Item, To: place{l.To, l.Facet}, Role: l.Role, Strength: l.Strength, Performance: l.Performance,
		Group: l.Group, Rater: l.Rater, Evidence: l.Evidence, Note: l.Note, Extra: l.Extra}
}

func (d *modelDiff) lists() {
	needs := func(n Need) (cxmodel.Ref, string) {
		return n.Item, "need of " + n.Needs.String()
	}
	diffList(d, "/needs", d.a.Needs, d.b.Needs, needs, "item", "needs")
	diffList(d, "/teams", d.a.Teams, d.b.Teams, func(t Team) (cxmodel.Ref, string) { return cxmodel.Ref{Kind: cxmodel.KindTeam, Key: t.Key}, "" })
	diffList(d, "/objectives", d.a.Objectives, d.b.Objectives, func(o Objective) (cxmodel.Ref, string) {
		return cxmodel.Ref{Kind: cxmodel.KindObjective, Key: o.Key}, ""
	})
	diffList(d, "/initiatives", d.a.Initiatives, d.b.Initiatives, func(i Initiative) (cxmodel.Ref, string) {
		return cxmodel.Ref{Kind: cxmodel.KindInitiative, Key: i.Key}, ""
	})
	diffList(d, "/targets", d.a.Targets, d.b.Targets, func(t Target) (cxmodel.Ref, string) {
		if t.Facet == "" {
			return t.Stage, "target"
		}
		return t.Stage, "target of " + string(t.Facet)
	}, "stage", "facet")
	diffList(d, "/waivers", d.a.Waivers, d.b.Waivers, func(w cxmodel.Waiver) (cxmodel.Ref, string) { return w.At, "waiver of " + w.Code }, "code", "at")
}

// diffList compares two lists whose entries are named by name; skip are the fields that the name is made of.
func diffList[T any](d *modelDiff, path string, a, b []T, name func(T) (cxmodel.Ref, string), skip ...string) {
	type id struct {
		ref  cxmodel.Ref
		what string
	}
	before := map[id][]int{}
	for i := range a {
		ref, what := name(a[i])
		before[id{ref, what}] = append(before[id{ref, what}], i)
	}
	used := make([]bool, len(a))
	for i := range b {
		ref, what := name(b[i])
		at := fmt.Sprintf("%s/%d", path, i)
		was := before[id{ref, what}]
		if len(was) == 0 {
			d.add(cxmodel.ChangeAdded, ref, at, what, "", "")
			continue
		}
		before[id{ref, what}], used[was[0]] = was[1:], true
		if !reflect.DeepEqual(a[was[0]], b[i]) {
			if what != "" {
				what += ": "
			}
			d.fields(ref, at, what, a[was[0]], b[i], skip...)
		}
	}
	for i := range a {
		if !used[i] {
			ref, what := name(a[i])
			d.add(cxmodel.ChangeRemoved, ref, "", what, "", "")
		}
	}
}
