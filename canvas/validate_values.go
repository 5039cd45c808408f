package canvas

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/enum"
)

func (v *validator) performance(path string, p Performance) {
	if !p.Valid() {
		v.fail(CodeOutOfRange, path, "performance %s is outside 0 to 1; write a number from 0 to 1, or one of %s", p, strings.Join(performanceWords, ", "))
	}
}

func (v *validator) amount(path string, a cxmodel.Amount) {
	if a.IsZero() {
		return
	}
	switch currency := a.Money.Currency(); {
	case v.currency == "":
		v.currency = currency
	case currency != "" && currency != v.currency:
		v.add(cxmodel.SeverityError, CodeMixedCurrencies, path, cxmodel.ErrMixed,
			"%s is not in %s, the currency of the canvas or of its first amount; convert it, so that amounts can be added", a, v.currency)
	}
	if a.Money.Sign() < 0 {
		v.fail(CodeOutOfRange, path, "%s is negative; write revenue and cost as positive amounts", a)
	}
	if a.Per == cxmodel.PerUnspecified {
		v.warn(CodeAmountUnit, path, "%s has no unit; write %s/month, or per quarter, year, unit or once", a, a.Money)
	}
}

func (v *validator) evidence(path string, es []cxmodel.Evidence) {
	for n, e := range es {
		at := path + "/" + strconv.Itoa(n)
		if e.Kind == "" {
			v.warn(CodeBadEvidence, at, "evidence without kind counts as assumed; write kind: interview, survey, analytics, …")
		}
		word(v, at+"/kind", e.Kind)
		v.date(at+"/date", e.Date)
		v.count(at+"/n", &e.N, "the number of cases")
	}
}

func (v *validator) date(path string, d cxmodel.Date) {
	if !d.IsZero() && !d.Valid() {
		v.fail(CodeBadDate, path, "%s is not a day of the calendar", d)
	}
}

// count checks a number that must not be negative.
func (v *validator) count(path string, n *int, what string) {
	if n != nil && *n < 0 {
		v.fail(CodeOutOfRange, path, "%s is %d; write 0 or more, or leave it out if it is not known", what, *n)
	}
}

// rating checks one of the ratings from 0 to 5.
func (v *validator) rating(path string, n *int) {
	if n != nil && (*n < 0 || *n > 5) {
		v.fail(CodeOutOfRange, path, "%d is off the scale; rate from 0 (none at all) to 5", *n)
	}
}

// bounds checks a range; the bounds of a strict one differ.
func (v *validator) bounds(path string, low, high *float64, strict bool) {
	for _, x := range []*float64{low, high} {
		if x != nil && (math.IsNaN(*x) || math.IsInf(*x, 0)) {
			v.fail(CodeOutOfRange, path, "a bound is %v; write a number, or leave it out", *x)
			return
		}
	}
	if low != nil && high != nil && (*low > *high || strict && *low == *high) {
		v.fail(CodeEmptyRange, path, "nothing lies between %v and %v; exchange or mend the bounds", *low, *high)
	}
}

// value checks that the number of an enumeration has a name.
func (v *validator) value(path string, t *enum.Table, i int) {
	if _, err := t.Text(i); err != nil {
		v.add(cxmodel.SeverityError, CodeUnknownValue, path, err, "%v", err)
	}
}

// word checks a word of an open vocabulary: own words are welcome, written so that a program finds the same word again.
func word[W ~string](v *validator, path string, w W) {
	if w == "" || cxmodel.Key(w).Valid() {
		return
	}
	cure := "use lower-case letters, digits and hyphens"
	if made := cxmodel.KeyFrom(string(w)); made != "" {
		cure = "write " + string(made)
	}
	v.warn(CodeMalformedWord, path, "%q is not written like a key; %s", clip.Text(w), cure)
}

// words checks a list of words of an open vocabulary.
func words[W ~string](v *validator, path string, list []W) {
	for n, w := range list {
		word(v, path+"/"+strconv.Itoa(n), w)
	}
	repeated(v, path, list)
}

// repeated warns of entries that stand twice in a list.
func repeated[T comparable](v *validator, path string, list []T) {
	if len(list) < 2 {
		return
	}
	seen := make(map[T]bool, len(list))
	for n, x := range list {
		if seen[x] {
			v.warn(CodeTwice, path+"/"+strconv.Itoa(n), "%q stands twice in this list; remove one", clip.Text(fmt.Sprint(x)))
		}
		seen[x] = true
	}
}
