package svg

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxMarks is how many marks may stand on one character; more would run into the lines above and below.
const maxMarks = 6

// Clean returns s as it can be shown. White space is one space, or one line break where it has any; at the ends it
// is cut. Control characters, overrides of the writing direction, what is no UTF-8 and what XML cannot hold become
// the replacement character. Embeddings and isolates are left out (each text is isolated as a whole), and so are soft
// hyphens and all but the first marks on a character.
func Clean(s string) string {
	if isClean(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	gap, marks := byte(0), 0
	for _, r := range s {
		switch {
		case r == '\n' || r == '\r' || r == 0x85 || r == 0x2028 || r == 0x2029 || r == '\v' || r == '\f':
			gap = '\n'
			continue
		case r == ' ' || r == '\t' || r > 0x7F && unicode.Is(unicode.Zs, r) && r != 0xA0 && r != 0x202F: // but not those that forbid a break
			if gap == 0 {
				gap = ' '
			}
			continue
		case r >= 0x2066 && r <= 0x2069 || r >= 0x202A && r <= 0x202C || r == 0xAD || r == 0xFEFF:
			continue
		case r == 0x202D || r == 0x202E || unicode.IsControl(r) || r&0xFFFE == 0xFFFE || r >= 0xFDD0 && r <= 0xFDEF:
			r = utf8.RuneError
		}
		if r >= 0x300 && unicode.In(r, unicode.Mn, unicode.Me) {
			if marks++; marks > maxMarks {
				continue
			}
		} else if r != zwj {
			marks = 0
		}
		if gap != 0 && b.Len() > 0 {
			b.WriteByte(gap)
		}
		gap = 0
		b.WriteRune(r)
	}
	return b.String()
}

// isClean reports whether s is plain ASCII that Clean would return as it is.
func isClean(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c > '~' || c == ' ' && (i == 0 || i == len(s)-1 || s[i-1] == ' ') {
			return false
		}
	}
	return true
}

// OneLine returns s as [Clean] does, its line breaks made spaces.
func OneLine(s string) string { return strings.ReplaceAll(Clean(s), "\n", " ") }

// RightToLeft reports whether s is written from right to left: its first letter belongs to such a script.
func RightToLeft(s string) bool {
	for _, r := range s {
		switch {
		case r < 0x590 && !unicode.IsLetter(r):
		case r >= 0x590 && r <= 0x8FF, r >= 0xFB1D && r <= 0xFDFF, r >= 0xFE70 && r <= 0xFEFC, r >= 0x10800 && r <= 0x10FFF, r >= 0x1E800 && r <= 0x1EFFF:
			if unicode.IsLetter(r) {
				return true
			}
		case r == 0x200F:
			return true
		case r == 0x200E || unicode.IsLetter(r):
			return false
		}
	}
	return false
}

// appendEscaped appends s, which is clean, as XML text or attribute value.
func appendEscaped(b []byte, s string) []byte {
	for i := range len(s) {
		switch c := s[i]; c {
		case '&':
			b = append(b, "&amp;"...)
		case '<':
			b = append(b, "&lt;"...)
		case '>':
			b = append(b, "&gt;"...)
		case '"':
			b = append(b, "&quot;"...)
		case '\n':
			b = append(b, "&#10;"...)
		default:
			b = append(b, c)
		}
	}
	return b
}
