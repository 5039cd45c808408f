// Package clip cuts what a message quotes from its input, so that no message is as long as a hostile cell.
package clip

import "unicode/utf8"

// Most is the number of bytes that are kept.
const Most = 60

// Text returns s where it has at most Most bytes, otherwise its beginning, cut between runes, with an ellipsis.
func Text[S ~string | ~[]byte](s S) string {
	if len(s) <= Most {
		return string(s)
	}
	n := Most
	for n > Most-utf8.UTFMax && !utf8.RuneStart(s[n]) {
		n--
	}
	return string(s[:n]) + "…"
}
