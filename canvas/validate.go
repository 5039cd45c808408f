package canvas

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/codec"
)

// maxIssues bounds what Validate lists of a canvas that is broken throughout.
const maxIssues = 1000

// Validate checks the canvas and returns what it finds, in document order; the codes stand with [CodeMissingKey]. Every
// issue names its item, its place (a JSON Pointer, and line and column if c was decoded from a file) and a cure.
// A canvas with nothing but keys and names is valid: what is merely not filled in is not an issue.
// [cxmodel.Issues.Err] is the gate for programs that need a sound canvas.
func (c *Canvas) Validate() cxmodel.Issues {
	if c == nil {
		return cxmodel.Issues{{Code: CodeNoCanvas, Severity: cxmodel.SeverityError, Message: "there is no canvas, it is nil; look at the error of Decode"}}
	}
	v := &validator{resolver: newResolver(c), canvas: c, currency: c.Currency, first: map[string]string{}, budget: adviceBudget}
	v.document()
	for e, at := range c.placed() {
		v.item(e, at)
		v.attributes(e, at)
		for _, p := range parts(e, at) {
			v.part(p)
		}
		v.links(e, at)
	}
	if v.dropped > 0 {
		v.issues = append(v.issues, cxmodel.Issue{Code: CodeTooMany, Severity: v.worst,
			Message: fmt.Sprintf("%d further issues are not listed; mend the first ones", v.dropped)})
	}
	c.origin.Locate(c, v.issues)
	return v.issues
}

type validator struct {
	*resolver
	canvas   *Canvas
	ref      cxmodel.Ref       // of the item in hand
	currency string            // of the canvas, or of the first amount
	first    map[string]string // kind and key of what was met -> its place
	known    map[LinkKind][]string
	budget   int // see adviceBudget

	issues  cxmodel.Issues
	dropped int
	worst   cxmodel.Severity // of those dropped
}

func (v *validator) add(severity cxmodel.Severity, code, path string, cause error, format string, args ...any) {
	if len(v.issues) >= maxIssues {
		if v.dropped++; v.dropped == 1 || severity < v.worst {
			v.worst = severity
		}
		return
	}
	v.issues = append(v.issues, cxmodel.Issue{Ref: v.ref, Path: path, Code: code, Severity: severity,
		Message: fmt.Sprintf(format, args...), Err: cause})
}

func (v *validator) fail(code, path, format string, args ...any) {
	v.add(cxmodel.SeverityError, code, path, nil, format, args...)
}

func (v *validator) warn(code, path, format string, args ...any) {
	v.add(cxmodel.SeverityWarning, code, path, nil, format, args...)
}

func (v *validator) note(code, path, format string, args ...any) {
	v.add(cxmodel.SeverityNote, code, path, nil, format, args...)
}

func (v *validator) document() {
	c := v.canvas
	v.date("/as-of", c.AsOf)
	word(v, "/cost-focus", c.CostFocus)
	if c.Currency != "" {
		if _, err := cxmodel.NewMoney(0, 0, c.Currency); err != nil {
			v.add(cxmodel.SeverityError, CodeUnknownCurrency, "/currency", err, "%q is not a currency; use an ISO 4217 code such as EUR", clip.Text(c.Currency))
			v.currency = "" // the amounts are then held against the first of them
		}
	}
}

// item checks what the items of all blocks have in common.
func (v *validator) item(e Entry, at string) {
	i := e.Base()
	v.ref = e.Ref()
	if i.Key == "" {
		cure := "write one of lower-case letters, digits and hyphens"
		if made := cxmodel.KeyFrom(i.Name); made != "" {
			cure = "write key: " + string(made)
		}
		v.fail(CodeMissingKey, at, "this %s has no key; %s", v.ref.Kind, cure)
	} else {
		v.key(at, "item", i.Key)
	}
	if i.Name == "" {
		v.note(CodeMissingName, at, "%s has no name; the key is shown in its place", called(v.ref))
	}
	v.formerly(at, "item", i.Key, i.Formerly)
	v.aliases(e, at)
	words(v, at+"/functions", i.Functions)
	word(v, at+"/work", i.Work)
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

// part checks a job, pain, gain, product, reliever or creator.
func (v *validator) part(p part) {
	kind := string(p.ref.Kind)
	if p.ref.Key != "" {
		v.key(p.path, kind, p.ref.Key)
	}
	v.formerly(p.path, kind, p.ref.Key, p.formerly)
	switch {
	case p.text != "":
	case p.ref.Kind == KindProduct:
		v.note(CodeMissingName, p.path, "this product has no name; the key is shown in its place")
	default:
		v.fail(CodeMissingText, p.path, "this %s says nothing; describe it in a few words", kind)
	}
}

// key checks that a key is well formed and met for the first time in its space: "item" for the nine blocks, or a kind
// of part.
func (v *validator) key(at, space string, key cxmodel.Key) {
	if err := key.Check(); err != nil {
		v.add(cxmodel.SeverityError, CodeMalformedKey, at+"/key", err, "%v", err)
		return
	}
	name := space + "/" + string(key)
	if place, met := v.first[name]; met {
		v.add(cxmodel.SeverityError, CodeDuplicateKey, at+"/key", &codec.Elsewhere{Path: place}, "another %s, at %s, has the key %q; give one of them another key", space, place, key)
		return
	}
	v.first[name] = at
}

// formerly checks that former keys lead to one element only.
func (v *validator) formerly(at, space string, key cxmodel.Key, formerly []cxmodel.Key) {
	repeated(v, at+"/formerly", formerly)
	for n, k := range formerly {
		path := at + "/formerly/" + strconv.Itoa(n)
		if err := k.Check(); err != nil {
			v.add(cxmodel.SeverityError, CodeMalformedKey, path, err, "%v", err)
			continue
		}
		if k == key {
			v.fail(CodeFormerKey, path, "%q is the present key; formerly lists the keys of the past", k)
			continue
		}
		if v.lives(space, k) {
			v.fail(CodeFormerKey, path, "%q is the key of another %s; a former key must not be in use again", k, space)
			continue
		}
		name := "formerly " + space + "/" + string(k)
		if place, met := v.first[name]; met && place != at {
			v.add(cxmodel.SeverityWarning, CodeSharedFormer, path, &codec.Elsewhere{Path: place}, "the %s at %s had the key %q too; history cannot tell them apart", space, place, k)
			continue
		}
		v.first[name] = at
	}
}

// lives reports whether an element of the canvas has the key.
func (v *validator) lives(space string, key cxmodel.Key) bool {
	if space == "item" {
		return len(v.keys[cxmodel.Ref{Key: key}]) > 0
	}
	return len(v.parts[cxmodel.Ref{Kind: cxmodel.Kind(space), Key: key}]) > 0
}

// aliases checks that the aliases of an item are not names of another one.
func (v *validator) aliases(e Entry, at string) {
	aliases := e.Base().Aliases
	repeated(v, at+"/aliases", aliases)
	for n, a := range aliases {
		ref := cxmodel.Ref{Key: cxmodel.Key(a)}
		for _, known := range [][]Entry{v.keys[ref], v.others[ref]} {
			if i := slices.IndexFunc(known, func(other Entry) bool { return other != e }); i >= 0 {
				v.fail(CodeAmbiguousAlias, at+"/aliases/"+strconv.Itoa(n), "%q is a name of %s too; an alias leads to one item", clip.Text(a), called(known[i].Ref()))
				break
			}
		}
	}
}
