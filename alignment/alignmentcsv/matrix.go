package alignmentcsv

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/internal/sheet"
	"github.com/cxmodel/cxmodel/journey"
)

// The headings of a sheet before its places.
const (
	headItem  = "item"
	headName  = "name"
	headRater = "rater"
	headRole  = "role"
	headGroup = "group"
	headTo    = "to" // of the long form only
)

// A rowID tells the rows of a sheet apart.
type rowID struct {
	item  cxmodel.Ref
	rater cxmodel.Key
	role  alignment.Role
	group cxmodel.Key
}

// EncodeSheet writes the sheet of a model: a row for each item, rater, role and group, a column for each place that has
// a link or could have one. The issues name what links say and a sheet has no room for: performance, evidence, notes,
// labels and fields of one's own; Update keeps them where the sheet comes back. A link that stands twice has a row of its own.
func EncodeSheet(w io.Writer, m *alignment.Model, opts *SheetOptions) (cxmodel.Issues, error) {
	if m == nil {
		return nil, ErrNoModel
	}
	o := SheetOptions{}
	if opts != nil {
		o = *opts
	}
	places, names := placesOf(m, o)
	column := make(map[string]int, len(places))
	for i, p := range places {
		column[p] = i
	}
	var issues cxmodel.Issues
	var ids []rowID
	cells := map[int]map[int]string{} // by row and column
	rowsOf := map[rowID][]int{}
	for n, l := range m.Links {
		if o.Blank {
			break
		}
		id := rowID{l.Item, l.Rater, l.Role, l.Group}
		at, c := -1, column[placeText(l.To, l.Facet)]
		for _, r := range rowsOf[id] {
			if _, taken := cells[r][c]; !taken {
				at = r
				break
			}
		}
		if at < 0 {
			at = len(ids)
			ids = append(ids, id)
			rowsOf[id] = append(rowsOf[id], at)
			cells[at] = map[int]string{}
		}
		cells[at][c] = l.Strength.String()
		if l.Strength == alignment.Unrated {
			cells[at][c] = mark
		}
		if more := saysMore(l); more != "" {
			issues = append(issues, cxmodel.Issue{Ref: l.Item, Path: fmt.Sprintf("/links/%d", n), Code: CodeNotInSheet, Severity: cxmodel.SeverityNote,
				Message: fmt.Sprintf("the sheet has no room for the %s of the link from %s to %s; the long form has", more, l.Item, placeText(l.To, l.Facet))})
		}
	}
	ids = append(ids, unlinked(m, o)...)
	titles := titles(m)
	rows := [][]string{append([]string{headItem, headName, headRater, headRole, headGroup}, headings(m, places)...), append([]string{"# names", "", "", "", ""}, names...)}
	for r, id := range ids {
		row := make([]string, 5+len(places))
		row[0], row[1], row[2], row[3], row[4] = id.item.String(), titles[id.item.Key], string(id.rater), id.role.String(), string(id.group)
		for c, text := range cells[r] {
			row[5+c] = text
		}
		rows = append(rows, row)
	}
	if !slices.ContainsFunc(ids, func(id rowID) bool { return id.group != "" }) {
		for i := range rows {
			rows[i] = slices.Delete(rows[i], 4, 5)
		}
	}
	if err := sheet.Write(w, rows, o.Separator); err != nil {
		return issues, fmt.Errorf("alignmentcsv: %w", err)
	}
	return issues, nil
}

// headings returns places as headings; one that is a word for a field says its kind: "touchpoint/name".
func headings(m *alignment.Model, places []string) []string {
	out := slices.Clone(places)
	for i, p := range out {
		key, facet, dotted := strings.Cut(p, ".")
		if dotted || !slices.Contains([]string{headItem, headName, headRater, headRole, headGroup, headTo}, key) {
			continue
		}
		kind := cxmodel.KindStage
		for _, j := range m.Journeys {
			if j == nil {
				continue
			}
			if _, t := j.Touchpoint(key); t != nil {
				kind = cxmodel.KindTouchpoint
			}
		}
		out[i] = placeText(cxmodel.Ref{Kind: kind, Key: cxmodel.Key(key)}, cxmodel.Key(facet))
	}
	return out
}

func placeText(to cxmodel.Ref, facet cxmodel.Key) string {
	if facet == "" {
		return to.String()
	}
	return to.String() + "." + string(facet)
}

// saysMore names what a sheet has no room for.
func saysMore(l alignment.Link) string {
	switch {
	case l.Performance != nil:
		return "performance"
	case len(l.Evidence) > 0:
		return "evidence"
	case l.Note != "":
		return "note"
	case len(l.Labels) > 0 || len(l.Fields) > 0:
		return "labels and fields"
	}
	return ""
}

// placesOf returns the headings of the columns and the names under them: every touchpoint, or stage without touchpoints,
// in the order of the journeys, and after each what links say of it more precisely.
func placesOf(m *alignment.Model, o SheetOptions) (places, names []string) {
	linked := map[cxmodel.Key][]string{} // what links call a place, by its key
	for _, l := range m.Links {
		text := placeText(l.To, l.Facet)
		if !o.Blank && !slices.Contains(linked[l.To.Key], text) {
			linked[l.To.Key] = append(linked[l.To.Key], text)
		}
	}
	seen := map[string]bool{}
	add := func(text, name string) {
		if !seen[text] {
			seen[text] = true
			places, names = append(places, text), append(names, name)
		}
	}
	for _, j := range m.Journeys {
		if j == nil {
			continue // Validate reports it
		}
		for i := range j.Stages {
			s := &j.Stages[i]
			for _, text := range linked[s.Key] {
				add(text, s.Title())
			}
			if len(s.Touchpoints) == 0 {
				addPlace(add, linked, o, s.Ref(), s.Title(), j.FacetsOf(s, nil))
			}
			for k := range s.Touchpoints {
				t := &s.Touchpoints[k]
				for _, text := range linked[t.Key] {
					add(text, t.Title())
				}
				if t.Layer.Visible() || t.Weight != nil {
					addPlace(add, linked, o, t.Ref(), t.Title(), j.FacetsOf(s, t))
				}
			}
		}
	}
	for _, l := range m.Links { // by alias, former key, or to nowhere
		if !o.Blank {
			add(placeText(l.To, l.Facet), "")
		}
	}
	return places, names
}

// addPlace adds the columns of a place that no link has named: one, or one a facet.
func addPlace(add func(text, name string), linked map[cxmodel.Key][]string, o SheetOptions, ref cxmodel.Ref, name string, facets []journey.Facet) {
	if !o.Facets {
		if len(linked[ref.Key]) == 0 {
			add(string(ref.Key), name)
		}
		return
	}
	for _, f := range facets {
		text := placeText(cxmodel.Ref{Key: ref.Key}, f.Key)
		if !slices.Contains(linked[ref.Key], placeText(ref, f.Key)) {
			add(text, name+": "+string(f.Key))
		}
	}
}

// unlinked returns the rows of items that serve customers and have no link.
func unlinked(m *alignment.Model, o SheetOptions) []rowID {
	if m.Canvas == nil {
		return nil
	}
	linked := map[cxmodel.Key]bool{}
	if !o.Blank {
		for _, l := range m.Links {
			linked[l.Item.Key] = true
		}
	}
	var out []rowID
	for e := range m.Canvas.Entries() {
		switch e.Block() {
		case canvas.CustomerSegments, canvas.RevenueStreams, canvas.CostStructure:
			continue
		}
		if key := e.Base().Key; !linked[key] {
			out = append(out, rowID{cxmodel.Ref{Key: key}, o.Rater, alignment.Contributes, ""})
		}
	}
	return out
}

func titles(m *alignment.Model) map[cxmodel.Key]string {
	out := map[cxmodel.Key]string{}
	if m.Canvas != nil {
		for e := range m.Canvas.Entries() {
			out[e.Base().Key] = e.Base().Name
		}
	}
	return out
}
