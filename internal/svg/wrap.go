package svg

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Ellipsis stands for the end of a text that has been cut.
const Ellipsis = "…"

// A Block is a text in lines, ready to be set.
type Block struct {
	Font  Font
	Lines []string
	Width float64 // of the widest line, in pixels
	Whole string  // the text, where only its beginning is in Lines and the last line ends with an ellipsis; else empty

	RightToLeft bool // how the text is written
}

// Leading is the distance of base lines, in sizes of the font.
const Leading = 1.3

// Height returns the height of the block, in pixels.
func (b Block) Height() float64 { return float64(len(b.Lines)) * Leading * b.Font.Size }

// Wrap sets s, cleaned by [Clean], in lines that are not wider than width pixels. Lines end where words do; a word that
// is too long for a line goes on in the next one without a hyphen, but no character is broken. Line breaks of the
// text are kept. If there are more than most lines (0: any number), the last of them ends with an ellipsis. A text
// without a visible character has no lines.
func Wrap(s string, f Font, width float64, most int) Block {
	s = Clean(s)
	out := Block{Font: f, RightToLeft: RightToLeft(s)}
	if s == "" {
		return out
	}
	limit := int(width * em / f.Size)
	widest, rest := 0, s
	for rest != "" {
		end, next, units := f.line(rest, limit)
		if most > 0 && len(out.Lines) == most-1 && next < len(rest) {
			var last string
			last, units = f.cut(rest[:end], limit)
			out.Lines, out.Whole = append(out.Lines, last), s
			widest = max(widest, units)
			break
		}
		out.Lines = append(out.Lines, rest[:end])
		widest, rest = max(widest, units), rest[next:]
	}
	out.Width = float64(widest) * f.Size / em
	return out
}

// Fit returns s as a single line not wider than width pixels, cut with an ellipsis if need be.
func Fit(s string, f Font, width float64) Block {
	return Wrap(OneLine(s), f, width, 1)
}

// line returns the first line of s, which is s[:end], as wide as units says; the rest of the text is s[next:].
func (f Font) line(s string, limit int) (end, next, units int) {
	var (
		at, wide             int // what is taken so far
		breakEnd, breakNext  int // the last place where the line may end
		breakUnits           int
		before, beforeBefore rune
	)
	for at < len(s) {
		if s[at] == '\n' {
			return at, at + 1, wide
		}
		n := cluster(s[at:])
		first := firstRune(s[at:])
		if at > 0 && before != ' ' && first != ' ' && mayBreak(beforeBefore, before, first) {
			breakEnd, breakNext, breakUnits = at, at, wide
		}
		u, _ := f.clusterUnits(s[at : at+n])
		if first == ' ' {
			breakEnd, breakNext, breakUnits = at, at+n, wide
		} else if wide+u > limit && at > 0 {
			if breakEnd > 0 {
				return breakEnd, breakNext, breakUnits
			}
			return at, at, wide
		}
		beforeBefore = before
		if last, _ := utf8.DecodeLastRuneInString(s[at : at+n]); n == utf8.RuneLen(first) || !extends(last) {
			before = last
		} else {
			before = first
		}
		at, wide = at+n, wide+u
	}
	return at, at, wide
}

// cut returns the beginning of s with an ellipsis in place of blanks and full stops at its end, not wider than limit
// unless that is narrower than the ellipsis.
func (f Font) cut(s string, limit int) (string, int) {
	dots, _ := f.units(Ellipsis)
	at, wide := 0, 0
	for at < len(s) {
		n := cluster(s[at:])
		u, _ := f.clusterUnits(s[at : at+n])
		if wide+u+dots > limit {
			break
		}
		at, wide = at+n, wide+u
	}
	short := strings.TrimRight(s[:at], " .,;:")
	units, _ := f.units(short)
	return short + Ellipsis, units + dots
}

// mayBreak reports whether a line may end between a and b, neither a space; before is the rune in front of a. Chinese and
// Japanese break between any two characters, but for punctuation that belongs to one of them.
func mayBreak(before, a, b rune) bool {
	switch a {
	case 0x200B:
		return true
	case '-', '/', '‐', '–', '—', '_':
		return (unicode.IsLetter(before) || unicode.IsDigit(before)) && unicode.IsLetter(b)
	}
	if !ideographic(a) && !ideographic(b) || a == 0xA0 || b == 0xA0 || a == 0x2060 || b == 0x2060 {
		return false
	}
	return !strings.ContainsRune(opening, a) && !strings.ContainsRune(closing, b) && !unicode.In(b, unicode.Pe, unicode.Pf)
}

const (
	opening = "（［｛〔〈《「『【〖‘“([{"
	closing = "、。，．：；？！）］｝〕〉》」』】〗’”ーゝゞヽヾ々〻ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ・…‥%)]}!?:;,."
)

func ideographic(r rune) bool {
	return isWide(r) && !(r >= 0xAC00 && r <= 0xD7A3) || r >= 0x1F000 && r <= 0x1FAFF
}

// String returns the lines, joined by spaces.
func (b Block) String() string { return strings.Join(b.Lines, " ") }
