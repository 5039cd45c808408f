package svg

import (
	"unicode"
	"unicode/utf8"
)

const (
	zwj     = 0x200D // zero width joiner
	emoji16 = 0xFE0F // asks for the emoji form of the character before it
)

// cluster returns the length in bytes of the first grapheme cluster of s: what a reader takes for one character.
func cluster(s string) int {
	if len(s) < 2 || s[0] < utf8.RuneSelf && s[1] < utf8.RuneSelf {
		return min(len(s), 1)
	}
	before, n := utf8.DecodeRuneInString(s)
	flags := 0 // regional indicators so far: two of them are a flag
	if isRegional(before) {
		flags = 1
	}
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		switch {
		case before == '\n' || r == '\n':
			return n
		case extends(r):
		case before == zwj && unicode.In(r, unicode.So, unicode.Sk, unicode.L):
		case isRegional(before) && isRegional(r) && flags == 1:
			flags = 2
		case joinsHangul(before, r):
		case isVirama(before) && unicode.Is(unicode.Lo, r):
		default:
			return n
		}
		before, n = r, n+size
	}
	return n
}

// extends reports whether r belongs to the character before it.
func extends(r rune) bool {
	return r == zwj || r == 0x200C || r >= 0x1F3FB && r <= 0x1F3FF || r >= 0xE0020 && r <= 0xE007F ||
		r == 0x0E33 || r == 0x0EB3 || r >= 0x300 && unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc)
}

func isRegional(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }

// isVirama reports whether r joins the consonants of Devanagari, Bengali, Gujarati, Oriya, Telugu or Malayalam.
func isVirama(r rune) bool {
	switch r {
	case 0x094D, 0x09CD, 0x0ACD, 0x0B4D, 0x0C4D, 0x0D4D:
		return true
	}
	return false
}

// joinsHangul reports whether two Hangul letters belong to one syllable: L (L | V | syllable), (V | LV) (V | T), (T | LVT) T.
func joinsHangul(a, b rune) bool {
	type class int
	const (
		none class = iota
		leading
		vowel
		trailing
		open   // a syllable without trailing consonant
		closed // one with
	)
	of := func(r rune) class {
		switch {
		case r >= 0x1100 && r <= 0x115F || r >= 0xA960 && r <= 0xA97C:
			return leading
		case r >= 0x1160 && r <= 0x11A7 || r >= 0xD7B0 && r <= 0xD7C6:
			return vowel
		case r >= 0x11A8 && r <= 0x11FF || r >= 0xD7CB && r <= 0xD7FB:
			return trailing
		case r >= 0xAC00 && r <= 0xD7A3 && (r-0xAC00)%28 == 0:
			return open
		case r >= 0xAC00 && r <= 0xD7A3:
			return closed
		}
		return none
	}
	switch x, y := of(a), of(b); x {
	case leading:
		return y != none && y != trailing
	case vowel, open:
		return y == vowel || y == trailing
	case trailing, closed:
		return y == trailing
	}
	return false
}
