package journeycsv

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/sheet"
	"github.com/cxmodel/cxmodel/journey"
)

// touchpointWords are what people call the row that names the touchpoints.
var touchpointWords = []string{"touchpoints", "touch-point", "touch-points", "step", "steps"}

// A grid is a table under way into a journey.
type grid struct {
	o       *Options
	rows    []sheet.Row
	head    sheet.Row // the row that names the touchpoints
	width   int
	comma   bool                        // decimal commas may occur, as the separator is another
	columns map[int]*journey.Touchpoint // those that have a place
	why     map[int]string              // why a column has none
	issues  cxmodel.Issues
}

func read(r io.Reader, o *Options) (*grid, error) {
	t, err := sheet.Read(r, sheet.Options{Name: o.Name, Separator: o.Separator, Limits: o.Limits})
	if err != nil {
		return nil, fmt.Errorf("journeycsv: %w", err)
	}
	rows := t.Rows
	g := &grid{o: o, comma: t.Separator != ',', columns: map[int]*journey.Touchpoint{}, why: map[int]string{}}
	at := 0
	for i, row := range rows {
		if h := heading(row.At(0).Text); h == heading(o.label(headTouchpoint)) || h == headTouchpoint || slices.Contains(touchpointWords, h) {
			at = i
			break
		}
	}
	g.head = rows[at]
	g.rows = append(rows[:at:at], rows[at+1:]...)
	g.width = len(g.head)
	return g, nil
}

func (g *grid) issue(pos cxmodel.Position, code string, severity cxmodel.Severity, message string, err error) {
	g.issues = append(g.issues, cxmodel.Issue{Pos: pos, Code: code, Severity: severity, Message: message, Err: err})
}

// row returns the first row of that heading, nil if there is none.
func (g *grid) row(name string) sheet.Row {
	for _, r := range g.rows {
		if g.headOf(r.At(0).Text) == name {
			return r
		}
	}
	return nil
}

// headOf returns which of the rows that are no lanes a label names, "" if it is a lane.
func (g *grid) headOf(label string) string {
	h := heading(label)
	for _, name := range []string{headTouchpoint, headStage, headStageName} {
		if h == name || h == heading(g.o.label(name)) {
			return name
		}
	}
	return ""
}

// beyond lists the cells of a row that stand right of the headings.
func (g *grid) beyond(row sheet.Row, label string) {
	for i := g.width; i < len(row); i++ {
		if row[i].Text != "" {
			g.unplaced(row[i].Pos, CodeUnplaced, label, i, row[i].Text, "its column has no heading")
		}
	}
}

// skip takes a column out; its cells are listed with the reason.
func (g *grid) skip(column int, code, message, reason string) {
	g.issue(g.head.At(column).Pos, code, cxmodel.SeverityError, message, nil)
	g.why[column] = reason
}

// find matches the columns with the touchpoints of a journey.
func (g *grid) find(j *journey.Journey) {
	stages, stageNames := g.row(headStage), g.row(headStageName)
	index := newIndex(j)
	seen := map[*journey.Touchpoint]int{}
	under := ""
	for i := 1; i < g.width; i++ {
		h := g.head.At(i).Text
		if s := stages.At(i).Text; s != "" {
			under = s
		}
		if h == "" || isStage(h, j) {
			continue
		}
		s, t := index.find(h)
		switch first, twice := seen[t]; {
		case t == nil:
			g.skip(i, CodeUnknownTouchpoint, fmt.Sprintf("unknown touchpoint %q; the journey has %s", clip.Text(h), index.list), "the journey has no such touchpoint")
		case twice:
			g.skip(i, CodeDuplicateColumn, fmt.Sprintf("the touchpoint %q has this column and column %d; the first is read", t.Key, first+1), fmt.Sprintf("the touchpoint has column %d already", first+1))
		default:
			seen[t] = i
			g.columns[i] = t
			if under != "" && j.Stage(under) != s && under != s.Name {
				g.unplaced(stages.At(i).Pos, CodeUnplaced, headStage, i, under, fmt.Sprintf("the touchpoint stands in stage %q; move it in the model", s.Key))
			}
			if name := stageNames.At(i); name.Text != "" && name.Text != normal(s.Name) {
				g.unplaced(name.Pos, CodeUnplaced, headStageName, i, name.Text, "a table does not rename stages; do it in the model")
			}
		}
	}
}

func isStage(h string, j *journey.Journey) bool {
	ref, err := cxmodel.ParseRef(h)
	return err == nil && ref.Kind == cxmodel.KindStage && (j == nil || j.Stage(string(ref.Key)) != nil)
}

// cell puts one cell where it belongs, or lists it.
func (g *grid) cell(l lane, reason, label string, column int, text string, row sheet.Row) {
	t := g.columns[column]
	pos := row.At(column).Pos
	switch {
	case reason == "" && t != nil:
		if text == normal(l.get(t)) {
			return
		}
		dropped, err := l.set(t, text, g.comma)
		if err != nil {
			g.unplaced(pos, CodeBadValue, label, column, text, strings.TrimPrefix(err.Error(), "cxmodel: "))
		}
		for _, what := range dropped {
			if pos.IsZero() {
				pos = row.At(0).Pos
			}
			g.issue(pos, CodeRemoved, cxmodel.SeverityNote, fmt.Sprintf("touchpoint %q: the table no longer has %s", t.Key, what), nil)
		}
	case text == "":
	case reason != "":
		g.unplaced(pos, CodeUnplaced, label, column, text, reason)
	case g.why[column] != "":
		g.unplaced(pos, CodeUnplaced, label, column, text, g.why[column])
	case column < g.width && g.head.At(column).Text != "":
		g.unplaced(pos, CodeUnplaced, label, column, text, "the column is a stage; write it under a touchpoint")
	default:
		g.unplaced(pos, CodeUnplaced, label, column, text, "its column has no heading")
	}
}

// unplaced lists a cell that found no place, with all of its text behind it.
func (g *grid) unplaced(pos cxmodel.Position, code, label string, column int, text, reason string) {
	e := &UnplacedError{Lane: label, Touchpoint: g.head.At(column).Text, Text: text, Reason: reason}
	g.issue(pos, code, cxmodel.SeverityError, fmt.Sprintf("%q in lane %q has no place: %s", clip.Text(text), clip.Text(label), reason), e)
}
