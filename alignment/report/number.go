package report

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/svg"
	"github.com/cxmodel/cxmodel/metrics"
)

// put returns a text of the labels with what belongs into it.
func put(text string, args ...string) string {
	pairs := make([]string, 0, 2*len(args))
	for i, a := range args {
		pairs = append(pairs, "{"+strconv.Itoa(i+1)+"}", a)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// few chooses between the texts for one and for several.
func few(n int, one, many string) string {
	if n == 1 {
		return put(one, count(n))
	}
	return put(many, count(n))
}

func count(n int) string { return strconv.Itoa(n) }

// points writes a score of [0, 1] as 0 to 100 without decimals.
func (b *builder) points(x float64) string {
	if math.IsNaN(x) {
		return b.l.NotAvailable
	}
	return strconv.FormatFloat(100*x+0, 'f', 0, 64)
}

// tenth writes points with one decimal.
func (b *builder) tenth(x float64) string { return b.decimal(x, 1) }

// decimal writes x with so many decimals.
func (b *builder) decimal(x float64, digits int) string {
	if math.IsNaN(x) {
		return b.l.NotAvailable
	}
	s := strconv.FormatFloat(x, 'f', digits, 64)
	if strings.Trim(s, "-0.") == "" {
		s = strings.TrimPrefix(s, "-")
	}
	return b.signs(s)
}

// signs gives a number the language's decimal sign and a real minus sign. Signs stay on the left of their number on
// pages that are read from the right.
func (b *builder) signs(s string) string {
	s = strings.Replace(strings.ReplaceAll(s, "-", "−"), ".", b.l.Decimal, 1)
	if b.l.RightToLeft && (strings.HasPrefix(s, "+") || strings.HasPrefix(s, "−")) {
		s = "\u200e" + s
	}
	return s
}

// percent writes a share of [0, 1] in per cent, without decimals.
func (b *builder) percent(x float64) string {
	if math.IsNaN(x) {
		return b.l.NotAvailable
	}
	return put(b.l.Percent, b.points(x))
}

// span writes an interval of scores, "" where its ends look the same.
func (b *builder) span(low, high float64) string {
	x, y := b.points(low), b.points(high)
	if x == y {
		return ""
	}
	return put(b.l.Interval, x, y)
}

// value writes a number of an estimate in its unit.
func (b *builder) value(u metrics.Unit, x float64) string {
	switch {
	case math.IsNaN(x):
		return b.l.NotAvailable
	case math.IsInf(x, 1):
		return "∞"
	case math.IsInf(x, -1):
		return b.signs("-∞")
	case u == metrics.UnitPoints:
		s := b.decimal(x, 0)
		if x > 0 && s != "0" {
			s = b.signs("+" + s)
		}
		return s
	case u == metrics.UnitShare, u == metrics.UnitRatio:
		return put(b.l.Percent, b.decimal(100*x, 0))
	case u == metrics.UnitRate, u == metrics.UnitNumber:
		return b.signs(strconv.FormatFloat(x, 'g', 4, 64))
	case u == metrics.UnitCount:
		return b.decimal(x, 1)
	}
	return b.decimal(x, 2)
}

// money writes a yearly amount, without what is below one.
func (b *builder) money(x float64, currency string) string {
	digits := strconv.FormatFloat(math.Abs(x), 'f', 0, 64)
	var s strings.Builder
	for i, r := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			s.WriteRune(' ') // a narrow space that forbids a break
		}
		s.WriteRune(r)
	}
	return put(b.l.AYear, strings.TrimSpace(s.String()+" "+currency))
}

// longest is how much of a name is shown; the whole is shown on hovering, where a name stands by itself.
const longest = 90

// show makes a text of the model fit to be shown: cleaned, in one line, cut at a length that no honest name has, and kept
// apart from its surroundings where either is written from right to left.
func (b *builder) show(s string) string { return b.isolate(cut(svg.OneLine(s), longest)) }

// prose is show for what may be a sentence or two.
func (b *builder) prose(s string) string { return b.isolate(cut(svg.OneLine(s), 6*longest)) }

// sentence is prose with a capital letter at its beginning and a full stop at its end, for messages, which have neither.
func (b *builder) sentence(s string) string {
	s = cut(svg.OneLine(s), 6*longest)
	if r, n := utf8.DecodeRuneInString(s); n > 0 {
		s = string(unicode.ToUpper(r)) + s[n:]
	}
	if last, _ := utf8.DecodeLastRuneInString(s); unicode.IsLetter(last) || unicode.IsDigit(last) || strings.ContainsRune(`)]}"`, last) {
		s += "."
	}
	return b.isolate(s)
}

func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	if r := []rune(s); len(r) > most {
		return strings.TrimRight(string(r[:most-1]), " \u200d") + svg.Ellipsis
	}
	return s
}

// isolate keeps texts with letters from right to left from turning round what stands beside them, and all texts on a page
// that is read from the right from being turned round.
func (b *builder) isolate(s string) string {
	if b.l.RightToLeft && s != "" {
		return "\u2068" + s + "\u2069"
	}
	for _, r := range s {
		if r > 0x590 && unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko) || r == 0x200F {
			return "\u2068" + s + "\u2069"
		}
	}
	return s
}

// learn keeps the name of an element.
func (b *builder) learn(ref cxmodel.Ref, name string) {
	shown := b.show(name)
	if shown == "" {
		shown = b.l.Unnamed
	}
	b.names[ref], b.whole[ref] = shown, cut(svg.OneLine(name), 1000)
}

// name returns the name of an element, its reference where there is none.
func (b *builder) name(ref cxmodel.Ref) string {
	if n, ok := b.names[ref]; ok {
		return n
	}
	return b.show(ref.String())
}

// named is a cell that names an element, whole on hovering if it is cut.
func (b *builder) named(ref cxmodel.Ref) cell {
	c := cell{Text: b.name(ref)}
	if strings.HasSuffix(strings.TrimSuffix(c.Text, "\u2069"), svg.Ellipsis) {
		c.Title = b.whole[ref]
	}
	return c
}

// list joins names, the first few of many.
func (b *builder) list(names []string, most int) string {
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return put(b.l.AndMore, strings.Join(names[:most], ", "), count(len(names)-most))
}
