package alignment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const zeroWidthJoiner = 0x200D

// plain returns a name as a terminal can show it on one line: white space is one blank, and what would steer the
// terminal (control characters, overrides of the writing direction) is the replacement character.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 {
			return utf8.RuneError
		}
		return r
	}, strings.Join(strings.Fields(s), " "))
}

// columns returns how many columns of a terminal s takes: two for the characters of East Asia and for emoji, none for
// marks and for what is joined to the emoji before it.
func columns(s string) int {
	width, last := 0, rune(0)
	for _, r := range s {
		width += columnsOf(r, last)
		last = r
	}
	return width
}

func columnsOf(r, last rune) int {
	switch {
	case r < 0x300:
		return 1
	case last == zeroWidthJoiner, r >= 0x1F3FB && r <= 0x1F3FF, unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case r >= 0x1100 && r <= 0x115F, r >= 0x2E80 && r <= 0xA4CF, r >= 0xA960 && r <= 0xA97C, r >= 0xAC00 && r <= 0xD7A3,
		r >= 0xF900 && r <= 0xFAFF, r >= 0xFE30 && r <= 0xFE6F, r >= 0xFF00 && r <= 0xFF60, r >= 0xFFE0 && r <= 0xFFE6,
		r >= 0x2600 && r <= 0x27BF, r >= 0x1F300 && r <= 0x1FAFF, r >= 0x20000 && r <= 0x3FFFD:
		return 2
	}
	return 1
}

// cut splits s after as many columns as fit, without parting a mark from its character.
func cut(s string, width int) (head, rest string) {
	used, last := 0, rune(0)
	for i, r := range s {
		if used += columnsOf(r, last); used > width {
			return s[:i], s[i:]
		}
		last = r
	}
	return s, ""
}

// clip cuts a name at a width, with an ellipsis.
func clip(s string, width int) string {
	s = plain(s)
	if columns(s) <= width {
		return s
	}
	head, _ := cut(s, width-1)
	return head + "…"
}

// pad fills a name up to a width.
func pad(s string, width int) string { return s + strings.Repeat(" ", max(0, width-columns(s))) }

// wrap breaks text at blanks into lines of at most 80 columns, and inside words that are longer than a line.
func wrap(text, indent string) string {
	const stump = 8 // columns at the end of a line that are too few for the beginning of a long word
	var b strings.Builder
	line, gap := "", ""
	next := func() {
		b.WriteString(line + "\n")
		line, gap = indent, ""
	}
	for word := range strings.FieldsSeq(plain(text)) {
		for rest := word; rest != ""; {
			room := summaryWidth - columns(line) - len(gap)
			n := columns(rest)
			if n > room && (n <= summaryWidth-len(indent) || room < stump) {
				next()
				continue
			}
			word, rest = cut(rest, room)
			line += gap + word
			if gap = " "; rest != "" {
				next()
			}
		}
	}
	return b.String() + line + "\n"
}
