package alignmentcsv

import (
	"fmt"
	"io"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/sheet"
)

// Decode reads links from a table in either form; one with a column "to" is in the long form. Whether items and places
// exist is for [Update], or for the model's Validate, to say. The error means that nothing could be read.
func Decode(r io.Reader, opts *ReadOptions) ([]alignment.Link, cxmodel.Issues, error) {
	t, err := read(r, opts.orDefault())
	if err != nil {
		return nil, nil, err
	}
	links := make([]alignment.Link, len(t.links))
	for i := range t.links {
		links[i] = t.links[i].Link
	}
	return links, t.issues, nil
}

// A placed link knows where in the table it stands.
type placed struct {
	alignment.Link
	pos    cxmodel.Position // of the cell of its strength
	column string           // its heading
	text   string           // of the cell
	sheet  bool             // it comes from a sheet, which has no room for some of its fields
	bad    []string         // fields whose cells could not be read
}

// A table is a table under way into links.
type table struct {
	o      *ReadOptions
	head   sheet.Row
	rows   []sheet.Row
	links  []placed
	raters map[cxmodel.Key]bool // in the table, also without a link
	made   map[string]bool      // raters whose key was made, to say it once
	twice  map[int]bool         // columns that are not read
	has    map[string]bool      // fields that the table has columns for
	issues cxmodel.Issues
}

func read(r io.Reader, o *ReadOptions) (*table, error) {
	s, err := sheet.Read(r, sheet.Options{Name: o.Name, Separator: o.Separator, Limits: o.Limits})
	if err != nil {
		return nil, fmt.Errorf("alignmentcsv: %w", err)
	}
	t := &table{o: o, head: s.Rows[0], rows: s.Rows[1:], raters: map[cxmodel.Key]bool{}, made: map[string]bool{}, twice: map[int]bool{}, has: map[string]bool{}}
	at := map[string]int{}
	for i, h := range t.head {
		name := field(h.Text)
		if first, twice := at[name]; twice && name != "" {
			t.issue(h.Pos, CodeDuplicateColumn, cxmodel.SeverityError, fmt.Sprintf("the heading %q has this column and column %d; the first is read", clip.Text(h.Text), first+1), nil)
			t.skip(i, fmt.Sprintf("its column stands twice; column %d is read", first+1))
			t.twice[i] = true
			continue
		}
		at[name] = i
		t.has[name] = true
	}
	if _, ok := at[headItem]; !ok {
		return nil, fmt.Errorf("alignmentcsv: %s: there is no column %q; the first row holds the headings", t.head[0].Pos, headItem)
	}
	if to, long := at[headTo]; long {
		t.long(at, to)
	} else {
		t.sheet(at)
	}
	return t, nil
}

// field returns a heading as fields are compared: in lower case, but for fields of the user's own.
func field(heading string) string {
	if strings.HasPrefix(heading, "x-") {
		return heading
	}
	return strings.ToLower(heading)
}

func (t *table) issue(pos cxmodel.Position, code string, severity cxmodel.Severity, message string, err error) {
	t.issues = append(t.issues, cxmodel.Issue{Pos: pos, Code: code, Severity: severity, Message: message, Err: err})
}

// unplaced lists a cell that found no place, with all of its text behind it.
func (t *table) unplaced(c sheet.Cell, code, row, column, reason string) {
	e := &UnplacedError{Row: row, Column: column, Text: c.Text, Reason: reason}
	t.issue(c.Pos, code, cxmodel.SeverityError, fmt.Sprintf("%q has no place: %s", clip.Text(c.Text), reason), e)
}

// skip lists the cells of a column that is not read.
func (t *table) skip(column int, reason string) {
	for _, row := range t.rows {
		if c := row.At(column); c.Text != "" {
			t.unplaced(c, CodeUnplaced, row.At(0).Text, t.head.At(column).Text, reason)
		}
	}
}

// beyond lists the cells of a row that stand right of the headings.
func (t *table) beyond(row sheet.Row) {
	for i := len(t.head); i < len(row); i++ {
		if row[i].Text != "" {
			t.unplaced(row[i], CodeUnplaced, row.At(0).Text, "", "its column has no heading")
		}
	}
}

// rater returns the rater of a row.
func (t *table) rater(c sheet.Cell) cxmodel.Key {
	key := cxmodel.Key(c.Text)
	if c.Text == "" {
		key = t.o.Rater
	} else if !key.Valid() {
		made := cxmodel.KeyFrom(c.Text)
		if made != "" {
			if !t.made[c.Text] {
				t.made[c.Text] = true
				t.issue(c.Pos, CodeMadeKey, cxmodel.SeverityNote, fmt.Sprintf("%q is no key; the rater is called %q", clip.Text(c.Text), made), nil)
			}
			key = made
		}
	}
	t.raters[key] = true
	return key
}

// long reads one row a link.
func (t *table) long(at map[string]int, to int) {
	known := map[int]column{}
	for _, c := range columns {
		if i, ok := at[c.name]; ok {
			known[i] = c
		}
	}
	for i, h := range t.head {
		name := field(h.Text)
		if _, ok := known[i]; ok || t.twice[i] || name == headName {
			continue
		}
		if strings.HasPrefix(name, "x-") {
			known[i] = ownColumn(name)
			continue
		}
		if name != "" {
			t.issue(h.Pos, CodeUnknownColumn, cxmodel.SeverityError, fmt.Sprintf("unknown column %q; a link has item, to, facet, role, group, strength, performance, rater, evidence, note, labels, and x- fields of your own", clip.Text(h.Text)), nil)
		}
		t.skip(i, "its column has no name that is known")
	}
	item, rater := at[headItem], at["rater"]
	if _, ok := at["rater"]; !ok {
		rater = -1
	}
	for _, row := range t.rows {
		t.beyond(row)
		l := placed{pos: row.At(item).Pos, column: row.At(to).Text}
		good := true
		for i := range t.head {
			c, ok := known[i]
			cell := row.At(i)
			if !ok || cell.Text == "" || i == rater {
				continue
			}
			if err := c.set(&l.Link, cell.Text); err != nil {
				t.unplaced(cell, CodeBadValue, row.At(item).Text, c.name, strings.TrimPrefix(err.Error(), "cxmodel: "))
				good = good && i != item && i != to
				l.bad = append(l.bad, c.name)
			}
			if c.name == "strength" {
				l.pos, l.text = cell.Pos, cell.Text
			}
		}
		l.Rater = t.rater(row.At(rater))
		switch {
		case !good:
		case l.Item.IsZero():
			t.issue(row[0].Pos, CodeMissingItem, cxmodel.SeverityError, "the row names no item", &UnplacedError{Text: rowText(row), Reason: "no item"})
		case l.To.IsZero():
			t.issue(row[0].Pos, CodeMissingTarget, cxmodel.SeverityError, "the row does not say where its link goes; write a stage or touchpoint under to", &UnplacedError{Row: l.Item.String(), Text: rowText(row), Reason: "no target"})
		default:
			t.links = append(t.links, l)
		}
	}
}

func rowText(row sheet.Row) string {
	texts := make([]string, len(row))
	for i, c := range row {
		texts[i] = c.Text
	}
	return strings.Join(texts, " | ")
}

// sheet reads one row an item, rater, role and group.
func (t *table) sheet(at map[string]int) {
	fixed := func(name string) int {
		if i, ok := at[name]; ok {
			return i
		}
		return -1
	}
	item, rater, role, group := at[headItem], fixed(headRater), fixed(headRole), fixed(headGroup)
	targets := map[int]alignment.Link{}
	for i, h := range t.head {
		switch {
		case t.twice[i]:
		case i == item || i == rater || i == role || i == group || strings.EqualFold(h.Text, headName):
		case h.Text == "":
			t.skip(i, "its column has no heading")
		default:
			l := alignment.Link{}
			if err := columns[1].set(&l, h.Text); err != nil || l.Facet != "" && !l.Facet.Valid() {
				t.issue(h.Pos, CodeUnknownColumn, cxmodel.SeverityError, fmt.Sprintf("%q is no place; write the key of a stage or touchpoint, or place.facet, such as %q", clip.Text(h.Text), "visit.emotion"), nil)
				t.skip(i, "its column is no place of the journey")
				continue
			}
			targets[i] = l
		}
	}
	for _, row := range t.rows {
		t.beyond(row)
		var of alignment.Link
		reason := ""
		name := row.At(item)
		if name.Text == "" {
			t.issue(row[0].Pos, CodeMissingItem, cxmodel.SeverityError, "the row names no item", nil)
			reason = "its row names no item"
		} else if err := of.Item.UnmarshalText([]byte(name.Text)); err != nil {
			t.issue(name.Pos, CodeBadValue, cxmodel.SeverityError, strings.TrimPrefix(err.Error(), "cxmodel: "), nil)
			reason = "its row names no item"
		}
		if c := row.At(role); of.Role.UnmarshalText([]byte(strings.ToLower(c.Text))) != nil {
			t.unplaced(c, CodeBadValue, name.Text, headRole, "a role is contributes or required")
			reason = "the role of its row is not known"
		}
		of.Group = cxmodel.Key(row.At(group).Text)
		of.Rater = t.rater(row.At(rater))
		for i := range t.head {
			target, ok := targets[i]
			cell := row.At(i)
			if !ok || cell.Text == "" {
				continue
			}
			strength, err := parseStrength(cell.Text)
			switch {
			case reason != "":
				t.unplaced(cell, CodeUnplaced, name.Text, t.head[i].Text, reason)
			case err != nil:
				t.unplaced(cell, CodeBadValue, name.Text, t.head[i].Text, err.Error())
			default:
				l := of
				l.To, l.Facet, l.Strength = target.To, target.Facet, strength
				t.links = append(t.links, placed{Link: l, pos: cell.Pos, column: t.head[i].Text, text: cell.Text, sheet: true})
			}
		}
	}
}
