// Package table writes rows of text as CSV and Markdown, safe for spreadsheets and pages.
package table

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Table has a heading and rows of as many cells.
type Table struct {
	Head []string
	Rows [][]string
}

// Add appends a row.
func (t *Table) Add(cells ...string) { t.Rows = append(t.Rows, cells) }

// WriteCSV writes the table as RFC 4180 CSV; a cell that a spreadsheet would run as a formula gets an apostrophe.
func (t *Table) WriteCSV(w io.Writer) error {
	c := csv.NewWriter(w)
	for _, row := range append([][]string{t.Head}, t.Rows...) {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = Defuse(cell)
		}
		if err := c.Write(safe); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// Defuse guards a cell against spreadsheets that run what begins like a formula; plain numbers stay. A cell that looks
// guarded already gets one more apostrophe, so that Arm is the exact inverse.
func Defuse(cell string) string {
	if !formula(strings.TrimLeft(cell, "'")) {
		return cell
	}
	if _, err := strconv.ParseFloat(cell, 64); err == nil && strings.Trim(cell, "0123456789.eE+-") == "" {
		return cell // a number
	}
	return "'" + cell
}

// Arm undoes Defuse.
func Arm(cell string) string {
	if strings.HasPrefix(cell, "'") && formula(strings.TrimLeft(cell, "'")) {
		return cell[1:]
	}
	return cell
}

// formula reports whether s begins as formulas do, full-width signs included.
func formula(s string) bool {
	first, size := utf8.DecodeRuneInString(s)
	return size > 0 && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first)
}

// markdown makes text of marks, tags and links, and of mentions, which would notify people where the table is posted.
var markdown = strings.NewReplacer(`\`, `\\`, "|", `\|`, "`", "\\`", "*", `\*`, "](", `]\(`, "<", "&lt;", ">", "&gt;", "&", "&amp;", "@", "&#64;",
	"://", "&#58;//", "\n", " ", "\r", " ")

// WriteMarkdown writes the table as a pipe table; columns of numbers are aligned right. Cells are shown as they are: they
// link nowhere, load nothing and notify nobody.
func (t *Table) WriteMarkdown(w io.Writer) error {
	var b strings.Builder
	line := func(cells []string) {
		for _, c := range cells {
			b.WriteString("| " + markdown.Replace(c) + " ")
		}
		b.WriteString("|\n")
	}
	line(t.Head)
	for i := range t.Head {
		if t.numeric(i) {
			b.WriteString("| ---: ")
		} else {
			b.WriteString("| --- ")
		}
	}
	b.WriteString("|\n")
	for _, row := range t.Rows {
		line(row)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// numeric reports whether a column holds a number and nothing that is not one, "n/a" or empty.
func (t *Table) numeric(column int) bool {
	numbers := 0
	for _, row := range t.Rows {
		cell := strings.TrimSuffix(row[column], " %")
		if cell == "" || cell == "n/a" {
			continue
		}
		if strings.Trim(cell, "+-−.0123456789 ") != "" {
			return false
		}
		numbers++
	}
	return numbers > 0
}
