package main

import (
	"strings"
	"unicode/utf8"
)

// wrap breaks lines at blanks so that they fit 80 columns; what follows a break is indented.
func wrap(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		column := 0
		for i, word := range strings.Fields(line) {
			n := utf8.RuneCountInString(word)
			switch {
			case i == 0:
			case column+1+n > 80:
				b.WriteString("\n  ")
				column = 2
			default:
				b.WriteByte(' ')
				column++
			}
			b.WriteString(word)
			column += n
		}
		b.WriteByte('\n')
	}
	return b.String()
}
