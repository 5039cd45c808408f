package table

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// minimum is the width below which no column of words is cut.
const minimum = 6

// Text lays the table out in columns for a terminal, at most width characters wide where cutting words allows that: the
// widest column of words is cut first, numbers never are. Columns of numbers are aligned right, columns without a cell are
// left out. Lines end without blanks and without a last line end.
func (t *Table) Text(width int) string {
	var columns, widths []int
	var right []bool
	for i, head := range t.Head {
		w := 0
		for _, row := range t.Rows {
			w = max(w, utf8.RuneCountInString(row[i]))
		}
		if w > 0 || len(t.Rows) == 0 {
			columns, widths, right = append(columns, i), append(widths, max(w, utf8.RuneCountInString(head))), append(right, t.numeric(i))
		}
	}
	total := 2 * (len(columns) - 1)
	for _, w := range widths {
		total += w
	}
	for ; total > width; total-- {
		widest := -1
		for k, w := range widths {
			if !right[k] && w > minimum && (widest < 0 || w > widths[widest]) {
				widest = k
			}
		}
		if widest < 0 {
			break
		}
		widths[widest]--
	}
	var b strings.Builder
	line := func(row []string) {
		var l strings.Builder
		for k, i := range columns {
			cell := strings.Join(strings.Fields(row[i]), " ")
			if runes := []rune(cell); len(runes) > widths[k] {
				cell = string(runes[:widths[k]-1]) + "…"
			}
			blanks := strings.Repeat(" ", widths[k]-utf8.RuneCountInString(cell))
			if right[k] {
				cell, blanks = blanks, cell
			}
			l.WriteString(cell + blanks + "  ")
		}
		b.WriteString(strings.TrimRight(l.String(), " ") + "\n")
	}
	line(t.Head)
	for _, row := range t.Rows {
		line(row)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// Notes are the footnotes of a table, each told once.
type Notes struct{ texts []string }

// Mark returns the letters of a note, "" for none.
func (n *Notes) Mark(text string) string {
	if text == "" {
		return ""
	}
	i := slices.Index(n.texts, text)
	if i < 0 {
		i = len(n.texts)
		n.texts = append(n.texts, text)
	}
	return letters(i)
}

// letters returns a to z, then aa, ab and so on.
func letters(i int) string {
	if i < 26 {
		return string(rune('a' + i))
	}
	return letters(i/26-1) + string(rune('a'+i%26))
}

// Text returns the notes, one after the other in lines of at most width characters, each with a line end before it.
func (n *Notes) Text(width int) string {
	var b strings.Builder
	for i, text := range n.texts {
		line := ""
		fmt.Fprintf(&b, "\n%-3s", letters(i))
		for _, word := range strings.Fields(text) {
			switch {
			case line == "":
				line = word
			case 3+utf8.RuneCountInString(line+" "+word) <= width:
				line += " " + word
			default:
				b.WriteString(line + "\n   ")
				line = word
			}
		}
		b.WriteString(line)
	}
	return b.String()
}
