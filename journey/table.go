package journey

import (
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/table"
)

// A Table is the table form of a result: a heading, and rows of as many cells. What is not known is an empty cell.
type Table struct {
	Head []string   `json:"head"`
	Rows [][]string `json:"rows"`
}

// WriteCSV writes a heading and one line per row (RFC 4180). A cell that a spreadsheet would run as a formula gets an
// apostrophe before it.
func (t *Table) WriteCSV(w io.Writer) error { return written((*table.Table)(t).WriteCSV(w)) }

// WriteMarkdown writes a pipe table.
func (t *Table) WriteMarkdown(w io.Writer) error { return written((*table.Table)(t).WriteMarkdown(w)) }

func written(err error) error {
	if err != nil {
		return fmt.Errorf("journey: write table: %w", err)
	}
	return nil
}

func (t *Table) add(cells ...string) { t.Rows = append(t.Rows, cells) }

func cell(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return ""
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// Table returns one row per touchpoint.
func (c Curve) Table() *Table {
	t := &Table{Head: []string{"stage", "touchpoint", "sentiment", "evidence", "moment"}}
	for _, p := range c.Points {
		t.add(string(p.Stage), string(p.Touchpoint), cell(p.Value), p.Grade.String(), p.Moment.String())
	}
	return t
}

// Table returns one row per entry: its count, of how many, and the ones that do not count.
func (c Coverage) Table() *Table {
	t := &Table{Head: []string{"touchpoints that", "count", "of", "without"}}
	for _, row := range []struct {
		what  string
		share Share
	}{
		{"listen", c.Listening}, {"are proactive", c.Proactive}, {"say something", c.Messages}, {"say something personal", c.Personal},
		{"have a standard", c.Standards}, {"keep their standard", c.Kept}, {"are measured", c.Measured}, {"are rated", c.Rated},
		{"rest on evidence", c.Evidenced}, {"delight", c.Delights}, {"have an owner", c.Owners},
		{"(measures) lead to a decision", c.Decisions}, {"(pains) are addressed", c.Eased},
	} {
		t.add(row.what, itoa(row.share.Count), itoa(row.share.Of), join(refTexts(row.share.Without)))
	}
	return t
}

func refTexts(refs []cxmodel.Ref) []string {
	out := make([]string, len(refs))
	for i, r := range refs {
		out[i] = r.String()
	}
	return out
}

// Table returns one row per phase.
func (ps PhaseSummaries) Table() *Table {
	t := &Table{Head: []string{"phase", "stages", "share", "touchpoints", "moments", "pains", "delights", "opportunities", "mean sentiment"}}
	for _, p := range ps {
		t.add(p.Phase.String(), join(p.Stages), cell(p.Share), itoa(p.Touchpoints), itoa(p.Moments), itoa(p.Pains), itoa(p.Delights),
			itoa(p.Opportunities), cell(p.Sentiment.Value))
	}
	return t
}

// Table returns one row per persona.
func (fs ChannelFits) Table() *Table {
	t := &Table{Head: []string{"persona", "offered", "lacking", "forced in"}}
	for _, f := range fs {
		t.add(string(f.Persona), join(f.Offered), join(f.Lacking), join(f.Forced))
	}
	return t
}

// Table returns one row per pair of channels.
func (hs ChannelHandOffs) Table() *Table {
	t := &Table{Head: []string{"from", "to", "carried", "partly", "lost", "unknown"}}
	for _, h := range hs {
		t.add(string(h.From), string(h.To), itoa(h.Carried), itoa(h.Partly), itoa(h.Lost), itoa(h.Unknown))
	}
	return t
}

// Table returns one row per feeling.
func (ss EmotionShifts) Table() *Table {
	t := &Table{Head: []string{"feeling", "before", "after", "touchpoints", "missing"}}
	for _, s := range ss {
		t.add(string(s.Tag), cell(s.Before), cell(s.After), itoa(s.Touchpoints), itoa(s.Missing))
	}
	return t
}

// Table returns one row per entry.
func (ds DeltaList) Table() *Table {
	t := &Table{Head: []string{"kind", "touchpoint", "text", "trend", "from", "to"}}
	for _, d := range ds {
		t.add(string(d.Kind), string(d.Touchpoint), d.Text, d.Trend.String(), cell(d.From), cell(d.To))
	}
	return t
}
