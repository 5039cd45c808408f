package main

import (
	"io"
	"strings"
	"unicode/utf8"
)

// A textTable is printed with aligned columns: the first ones left, numbers right.
type textTable struct {
	head []string
	rows [][]string
	left int // columns that are aligned left besides the first
	max  int // width of a left column; longer text ends in an ellipsis
}

func (t *textTable) add(cells ...string) {
	for i := range cells {
		cells[i] = visible(cells[i])
		if i <= t.left && t.max > 0 && utf8.RuneCountInString(cells[i]) > t.max {
			cells[i] = string([]rune(cells[i])[:t.max-1]) + "…"
		}
	}
	t.rows = append(t.rows, cells)
}

func (t *textTable) write(b io.StringWriter) {
	widths := make([]int, len(t.head))
	for _, row := range append([][]string{t.head}, t.rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range append([][]string{t.head}, t.rows...) {
		line := ""
		for i, cell := range row {
			blanks := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if i > 0 {
				line += "  "
			}
			if i <= t.left {
				line += cell + blanks
			} else {
				line += blanks + cell
			}
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n") //nolint:errcheck // a strings.Builder does not fail
	}
}
