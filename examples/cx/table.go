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
	max  int // width of a left column, less where the screen asks for it; longer text ends in an ellipsis; 0: never cut
}

const (
	screen   = 80 // columns
	narrowed = 6  // the width below which no column is cut
)

func (t *textTable) add(cells ...string) {
	for i := range cells {
		cells[i] = visible(cells[i])
	}
	t.rows = append(t.rows, cells)
}

// widths returns the widths of the columns, the left ones at most wide.
func (t *textTable) widths(wide int) (widths []int, total int) {
	widths = make([]int, len(t.head))
	for _, row := range append([][]string{t.head}, t.rows...) {
		for i, cell := range row {
			n := utf8.RuneCountInString(cell)
			if i <= t.left && t.max > 0 {
				n = min(n, wide)
			}
			widths[i] = max(widths[i], n)
		}
	}
	for _, w := range widths {
		total += w + 2
	}
	return widths, total - 2
}

func (t *textTable) write(b io.StringWriter) {
	widths, total := t.widths(t.max)
	for wide := t.max - 1; total > screen && wide >= narrowed; wide-- {
		widths, total = t.widths(wide)
	}
	for _, row := range append([][]string{t.head}, t.rows...) {
		line := ""
		for i, cell := range row {
			if runes := []rune(cell); len(runes) > widths[i] {
				cell = string(runes[:widths[i]-1]) + "…"
			}
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
