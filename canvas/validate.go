package canvas

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/enum"
)

// Validate checks the canvas and returns all that it finds, in document order: see the Code constants. Every issue
// names its element, its place (a JSON Pointer, and line and column if c was decoded from a file) and a cure.
// A canvas with nothing but keys and names is valid: what is merely not filled in is not an issue.
// [cxmodel.Issues.Err] is the gate for programs that need a sound canvas.
func (c *Canvas) Validate() cxmodel.Issues {
	v := &validator{resolver: newResolver(c), canvas: c, currency: c.Currency, first: map[string]string{}, budget: adviceBudget}
	v.document()
	for e, at := range c.placed() {
		v.item(e, at)
		v.attributes(e, at)
		for p := range parts(e, at) {
			v.part(p)
		}
		v.links(e, at)
	}
	c.origin.Locate(c, v.issues)
	return v.issues
}

type validator struct {
	*resolver
	canvas   *Canvas
	issues   cxmodel.Issues
	ref      cxmodel.Ref       // of the item in hand
	currency string            // of the canvas, or of the first amount
	first    map[string]string // kind and key of what was met -> its place
	known    map[LinkKind][]string
	budget   int // of comparisons to find the nearest known key
}

func (v *validator) add(severity cxmodel.Severity, code, path string, cause error, format string, args ...any) {
	v.issues = append(v.issues, cxmodel.Issue{Ref: v.ref, Path: path, Code: code, Severity: severity,
		Message: fmt.Sprintf(format, args...), Err: cause})
}

func (v *validator) fail(code, path, format string, args ...any) {
	v.add(cxmodel.SeverityError, code, path, nil, format, args...)
}

func (v *validator) warn(code, path, format string, args ...any) {
	v.add(cxmodel.SeverityWarning, code, path, nil, format, args...)
}

func (v *validator) document() {
	c := v.canvas
	v.date("/as-of", c.AsOf)
	if c.Currency != "" {
		if _, err := cxmodel.NewMoney(0, 0, c.Currency); err != nil {
			v.add(cxmodel.SeverityError, CodeUnknownCurrency, "/currency", err, "%q is not a currency; use an ISO 4217 code such as EUR", clip(c.Currency))
			v.currency = "" // the amounts are then held against the first of them
		}
	}
}

// item checks what the items of all blocks have in common.
func (v *validator) item(e Entry, at string) {
	i := e.Base()
	v.ref = e.Ref()
	v.key(at, "item", i.Key)
	if i.Name == "" {
		v.warn(CodeMissingName, at, "%s has no name; give it one, the key is shown until then", v.ref)
	}
	v.names(e, at)
	repeated(v, at+"/functions", i.Functions)
	if i.Performance != nil {
		v.performance(at+"/performance", *i.Performance)
	}
	v.amount(at+"/amount", i.Amount)
	v.evidence(at+"/evidence", i.Evidence)
	for n, claim := range i.Claims {
		v.bounds(at+"/claims/"+strconv.Itoa(n), claim.Low, claim.High, false)
	}
	v.date(at+"/reviewed-on", i.ReviewedOn)
}

// key checks that a key is well formed and met for the first time among its kind; space is "item" for the nine blocks.
func (v *validator) key(at, space string, key cxmodel.Key) {
	if err := key.Check(); err != nil {
		v.add(cxmodel.SeverityError, CodeMalformedKey, at+"/key", err, "%v", err)
		return
	}
	name := space + "/" + string(key)
	if place, met := v.first[name]; met {
		v.fail(CodeDuplicateKey, at+"/key", "the key %q stands at %s too; every %s of the canvas needs its own", key, place, space)
		return
	}
	v.first[name] = at
}

// names checks that former keys and aliases lead to this item only.
func (v *validator) names(e Entry, at string) {
	i := e.Base()
	repeated(v, at+"/formerly", i.Formerly)
	repeated(v, at+"/aliases", i.Aliases)
	check := func(code, what, path, name string) {
		for _, names := range []map[string][]Entry{v.items, v.other} {
			for _, other := range names[name] {
				if other != e {
					v.fail(code, path, "the %s %q is also a name of %s; a name leads to one item", what, clip(name), other.Ref())
					return
				}
			}
		}
	}
	for n, k := range i.Formerly {
		path := at + "/formerly/" + strconv.Itoa(n)
		if err := k.Check(); err != nil {
			v.add(cxmodel.SeverityError, CodeMalformedKey, path, err, "%v", err)
		} else if k == i.Key {
			v.fail(CodeFormerKey, path, "%q is the present key; formerly lists the keys that the item had before", k)
		} else {
			check(CodeFormerKey, "former key", path, string(k))
		}
	}
	for n, a := range i.Aliases {
		check(CodeAliasInUse, "alias", at+"/aliases/"+strconv.Itoa(n), a)
	}
}

// part checks a job, pain, gain, product, reliever or creator.
func (v *validator) part(p part) {
	if p.ref.Key != "" {
		v.key(p.path, string(p.ref.Kind), p.ref.Key)
	}
	if p.text == "" {
		v.warn(CodeMissingName, p.path, "this %s says nothing; describe it in a few words", p.ref.Kind)
	}
}

func (v *validator) performance(path string, p Performance) {
	if !p.Valid() {
		v.fail(CodeOutOfRange, path, "performance %s is outside 0 to 1; write a number from 0 to 1, or one of broken, poor, fair, good, excellent", p)
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
			"%s is not in %s, as the canvas or its first amount is; convert it, so that amounts can be added", a, v.currency)
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
		v.date(at+"/date", e.Date)
		v.count(at+"/n", &e.N, "the number of cases")
	}
}

func (v *validator) date(path string, d cxmodel.Date) {
	if !d.IsZero() && !d.Valid() {
		v.fail(CodeInvalidDate, path, "%s is not a day of the calendar", d)
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
		v.fail(CodeOutOfRange, path, "%d is off the scale; rate from 0 (none) to 5", *n)
	}
}

// bounds checks a range; strict ranges need low < high.
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

// word checks that the number of an enumeration has a name.
func (v *validator) word(path string, t *enum.Table, i int) {
	if _, err := t.Text(i); err != nil {
		v.add(cxmodel.SeverityError, CodeUnknownWord, path, err, "%v", err)
	}
}

// repeated warns of entries that stand twice in a list.
func repeated[T comparable](v *validator, path string, list []T) {
	if len(list) < 2 {
		return
	}
	seen := make(map[T]bool, len(list))
	for n, x := range list {
		if seen[x] {
			v.warn(CodeRepeated, path+"/"+strconv.Itoa(n), "%q stands twice in this list; remove one", clip(fmt.Sprint(x)))
		}
		seen[x] = true
	}
}

// clip shortens what is quoted in a message.
func clip(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
