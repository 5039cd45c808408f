package report

import "html/template"

// content is all that a report says, before it becomes HTML or Markdown.
type content struct {
	L        *Labels
	Title    string
	Facts    []string
	First    first
	Sections []section
}

// first is the first screen.
type first struct {
	Score     string // works today; empty: there is no score
	OfHundred string
	Range     string // its interval; empty: all is judged
	Bar       *bar   // nil: nothing is rated
	Legend    []key  // of the bar
	Message   string // instead of a score
	Stages    *table
	Naming    []string // which stage loses most, which is lowest
	More      string   // that the table shows a part
	Do        []action
	DoTitle   string
	Unsure    []string
	Hidden    string // how many more are not sure, below
	Gaps      []string
	Short     bool   // the table leaves room below it
	GapsAll   string // how many more gaps there are, below
	Sentences []string
}

// A bar has its numbers in per cent of the whole.
type bar struct {
	Works, Paper float64 // NaN is not drawn
	Low, High    float64
	Interval     bool
	Text         string // the same in words
}

// ExecutionGap is the width of what is there but does not work fully.
func (b bar) ExecutionGap() float64 { return max(b.Paper-b.Works, 0) }

// A key of a legend.
type key struct{ Class, Text string }

// An action is one line of what to do first.
type action struct {
	Kind, What, Points, Why, Then string
	Loss                          bool // the points are lost, not won
}

type section struct {
	ID, Title, Lead string
	Blocks          []block
}

// A block is one of a paragraph, a list, a table, a picture or preformatted text.
type block struct {
	Title   string
	Text    string
	List    []string
	Table   *table
	Picture template.HTML
	Narrow  template.HTML // the picture for phones
	ID      string        // of the picture
	Width   float64       // of the picture, in pixels
	Slices  []slice       // of the picture on paper; nil: whole
	Code    string
	Fold    bool // the title opens it
}

type table struct {
	Caption string
	Columns []column
	Rows    [][]cell
	Notes   []string
}

type column struct {
	Name   string
	Number bool
	First  bool // names the row
	Bar    bool // has a bar in each cell
}

type cell struct {
	Text  string
	Title string // the whole text, where Text is cut
	Sub   string // a second line
	Flag  string // a remark in colour
	Bar   *bar
}

// Class returns the class of the cell in a column.
func (c cell) Class(in column) string {
	switch {
	case c.Text == "" && c.Sub == "" && c.Flag == "":
		return "empty"
	case in.Number:
		return "number"
	}
	return ""
}

func (t *table) add(cells ...cell) { t.Rows = append(t.Rows, cells) }

// text is a cell of plain text.
func text(s string) cell { return cell{Text: s} }
