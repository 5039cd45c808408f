package svg

import (
	"sort"
	"unicode"
	"unicode/utf8"
)

// A Font is a size and weight of the one typeface.
type Font struct {
	Size   float64 // of the em, in pixels
	Bold   bool
	Italic bool // as wide as upright
}

// em is how many units of the table of widths make the size of a font.
const em = 2048

// Widths, in units of the table, of characters that the table does not have.
const (
	wideWidth   = em          // Chinese, Japanese, Korean: exactly one em in their fonts
	emojiWidth  = 2816        // 1.375 em, the widest of the common emoji fonts
	arabicWidth = em * 3 / 4  // the mean over running text is below that in the common fonts
	letterWidth = em * 5 / 6  // other alphabets
	markWidth   = em * 9 / 16 // marks that take room beside their letter
	otherWidth  = em * 5 / 4
)

// A widthRun gives the widths of the runes lo to hi.
type widthRun struct {
	lo, hi        rune
	regular, bold uint16
}

// Width returns the width of s, a single line, in pixels.
func (f Font) Width(s string) float64 {
	units, _ := f.units(s)
	return float64(units) * f.Size / em
}

// units returns the width of s in 1/2048 em, and whether it can be relied on: false where a character belongs to a
// script of which fonts do not agree.
func (f Font) units(s string) (units int, sure bool) {
	sure = true
	for len(s) > 0 {
		n := cluster(s)
		u, ok := f.clusterUnits(s[:n])
		units, sure = units+u, sure && ok
		s = s[n:]
	}
	return units, sure
}

// clusterUnits returns the width of one grapheme cluster. A sequence of joined emoji has the width of all of them,
// which is what a viewer shows who lacks the joint form.
func (f Font) clusterUnits(c string) (units int, sure bool) {
	if len(c) == 1 {
		u, _ := f.runeUnits(rune(c[0]))
		return u, true
	}
	sure = true
	for _, r := range c {
		switch {
		case r == emoji16:
			units = max(units, emojiWidth)
		case r >= 0x1F3FB && r <= 0x1F3FF && units >= emojiWidth: // skin tone
		default:
			u, ok := f.runeUnits(r)
			units, sure = units+u, sure && ok
		}
	}
	return units, sure
}

func (f Font) runeUnits(r rune) (units int, sure bool) {
	if r < 256 && latin[r][0] != 0 {
		if f.Bold {
			return int(latin[r][1]), true
		}
		return int(latin[r][0]), true
	}
	if i := sort.Search(len(widths), func(i int) bool { return widths[i].hi >= r }); i < len(widths) && widths[i].lo <= r {
		if r >= 0x300 && unicode.Is(unicode.Mn, r) {
			return 0, true
		}
		if f.Bold {
			return int(widths[i].bold), true
		}
		return int(widths[i].regular), true
	}
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0, true
	case isWide(r):
		return wideWidth, true
	case isRegional(r), r >= 0x1F000 && r <= 0x1FAFF, r >= 0x2190 && r < 0x2C00:
		return emojiWidth, true
	case r == 0xFDFD: // a whole sentence in one character
		return 5 * em, false
	case r >= 0x600 && r <= 0x8FF, r >= 0xFB50 && r <= 0xFEFC:
		return arabicWidth, true
	case unicode.Is(unicode.Mc, r):
		return markWidth, true
	case r < 0x1100, r >= 0x1780 && r < 0x1800, r >= 0x1E00 && r < 0x2190:
		return letterWidth, true
	case r >= 0x12000 && r <= 0x1254F: // cuneiform
		return 4 * em, false
	}
	return otherWidth, false
}

// isWide reports whether r is as wide as high: East Asian Width W or F by Unicode Standard Annex 11, without emoji.
func isWide(r rune) bool {
	switch {
	case r < 0x1100:
		return false
	case r <= 0x115F, r >= 0x2E80 && r <= 0xA4CF && r != 0x303F, r >= 0xA960 && r <= 0xA97F, r >= 0xAC00 && r <= 0xD7A3,
		r >= 0xF900 && r <= 0xFAFF, r >= 0xFE10 && r <= 0xFE19, r >= 0xFE30 && r <= 0xFE6F, r >= 0xFF00 && r <= 0xFF60,
		r >= 0xFFE0 && r <= 0xFFE6, r >= 0x16FE0 && r <= 0x18DFF, r >= 0x1AFF0 && r <= 0x1B2FF, r >= 0x20000 && r <= 0x3FFFD:
		return true
	}
	return false
}

// firstRune returns the first rune of s.
func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
