package alignmentcsv

import (
	"fmt"
	"io"
	"slices"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/sheet"
)

// A linkID tells the links of a model apart, by what they mean and not by how they are written.
type linkID struct {
	item, to     cxmodel.Ref
	facet        cxmodel.Key
	required     bool
	group, rater cxmodel.Key
}

// Update brings a table that came back from a workshop into the model that it was made of, and returns the result; m is
// not changed. A link of the same item, place, role, group and rater takes the strength of the table and keeps what the
// table has no column for; another one is added, with its rater. Items and places that the model does not have are
// Issues, and their cells stand behind them in full.
func Update(m *alignment.Model, r io.Reader, opts *ReadOptions) (*alignment.Model, cxmodel.Issues, error) {
	if m == nil {
		return nil, nil, ErrNoModel
	}
	o := opts.orDefault()
	t, err := read(r, o)
	if err != nil {
		return nil, nil, err
	}
	out := m.Clone()
	n := namesOf(m)
	existing := map[linkID][]int{} // the links that the table has not named yet
	for i, l := range out.Links {
		if id, _, err := n.id(l); err == nil {
			existing[id] = append(existing[id], i)
		}
	}
	matched := make([]bool, len(out.Links))
	added := map[linkID]bool{}
	for _, p := range t.links {
		id, code, err := n.id(p.Link)
		switch {
		case err != nil:
			e := &UnplacedError{Row: p.Item.String(), Column: p.column, Text: p.text, Reason: err.Error()}
			t.issue(p.pos, code, cxmodel.SeverityError, err.Error(), e)
		case len(existing[id]) > 0:
			at := existing[id][0]
			existing[id], matched[at] = existing[id][1:], true
			t.update(&out.Links[at], p)
		case added[id] || existing[id] != nil:
			t.issue(p.pos, CodeTwice, cxmodel.SeverityWarning, fmt.Sprintf("the table has the link from %s to %s twice for one rater; the first is read", p.Item, placeText(p.To, p.Facet)),
				&UnplacedError{Row: p.Item.String(), Column: p.column, Text: p.text, Reason: "twice"})
		default:
			added[id] = true
			out.Links = append(out.Links, p.Link)
		}
	}
	if o.Replace && t.issues.Err() == nil {
		t.remove(out, matched)
	}
	return out, t.issues, nil
}

// id resolves a link; the error says which part of it the model does not have.
func (n *names) id(l alignment.Link) (linkID, string, error) {
	item, code, err := n.items.find(l.Item, "canvas item")
	if err != nil {
		return linkID{}, either(code, CodeUnknownItem), err
	}
	to, code, err := n.places.find(l.To, "stage or touchpoint")
	if err != nil {
		return linkID{}, either(code, CodeUnknownTarget), err
	}
	if facets := n.facets[to]; l.Facet != "" && !slices.Contains(facets, l.Facet) {
		return linkID{}, CodeUnknownFacet, fmt.Errorf("%s is not judged by %q; its facets are %q", to, clip.Text(l.Facet), facets)
	}
	return linkID{item, to, l.Facet, l.Role == alignment.Required, l.Group, l.Rater}, "", nil
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// update puts what the table says into a link of the model. What a column could not say stays as it was.
func (t *table) update(l *alignment.Link, p placed) {
	says := func(field string) bool { return t.has[field] && !slices.Contains(p.bad, field) }
	if p.sheet || says("strength") {
		l.Strength = p.Strength
	}
	if p.sheet {
		return
	}
	if says("performance") {
		l.Performance = p.Performance
	}
	if says("evidence") {
		l.Evidence = p.Evidence
	}
	if says("note") && sheet.Plain(l.Note) != p.Note {
		l.Note = p.Note
	}
	if says("labels") {
		l.Labels = p.Labels
	}
	for name := range l.Fields {
		if _, still := p.Fields[name]; !still && says(name) {
			delete(l.Fields, name)
		}
	}
	for name, v := range p.Fields {
		if l.Fields == nil {
			l.Fields = map[string]any{}
		}
		l.Fields[name] = v
	}
}

// remove takes out the links of the table's raters that the table does not have; those that Update added stay.
func (t *table) remove(m *alignment.Model, matched []bool) {
	kept := m.Links[:0]
	for i, l := range m.Links {
		if i < len(matched) && !matched[i] && t.raters[l.Rater] {
			t.issue(t.head[0].Pos, CodeRemoved, cxmodel.SeverityNote, fmt.Sprintf("the table no longer has the link of rater %q: %s", l.Rater, l), nil)
			continue
		}
		kept = append(kept, l)
	}
	m.Links = kept
}
