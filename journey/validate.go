package journey

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
)

// maxIssues bounds what Validate lists of a document that is broken throughout.
const maxIssues = 1000

// Validate returns everything that is wrong with the journey, or likely to be, element by element in the order of the
// document, a thousand issues at most. The codes are listed with [CodeNoStages]. Errors stand in the way of an assessment; [cxmodel.Issues.Err] is the gate.
// Whether the references to a canvas resolve is for the model that holds both to say.
func (j *Journey) Validate() cxmodel.Issues {
	if j == nil {
		return cxmodel.Issues{{Code: CodeNoStages, Severity: cxmodel.SeverityError, Message: "there is no journey, it is nil; look at the error of Decode"}}
	}
	v := &validator{j: j, kinds: map[cxmodel.Kind]*names{}}
	for e := range j.Elements() {
		n := v.names(e.Ref.Kind)
		if _, taken := n.live[e.Ref.Key]; !taken && e.Ref.Key != "" {
			n.live[e.Ref.Key] = e.Path
		}
		for _, f := range formerKeys(e.Value) {
			if _, taken := n.now[f]; !taken {
				n.now[f] = e.Ref.Key
			}
		}
	}
	v.journey()
	if v.dropped > 0 {
		v.issues = append(v.issues, cxmodel.Issue{Code: CodeTooMany, Severity: v.worst,
			Message: fmt.Sprintf("%d further issues are not listed; mend the first ones", v.dropped)})
	}
	j.origin.Locate(j, v.issues)
	return v.issues
}

type validator struct {
	j          *Journey
	kinds      map[cxmodel.Kind]*names
	facets     map[cxmodel.Key]bool // every facet that something is judged by
	sets       [][]Facet            // the lists of facets that something is judged by, each once
	pairs      int                  // of persona and list, looked at so far
	facetNames []string             // of the library: sets and their members
	contact    map[cxmodel.Key]contact
	issues     cxmodel.Issues
	dropped    int
	worst      cxmodel.Severity // of those dropped
}

// A contact is a touchpoint with its stage.
type contact struct {
	stage      *Stage
	touchpoint *Touchpoint
}

// names are the keys of one kind of element, with the path of whoever has them.
type names struct {
	live, former map[cxmodel.Key]string
	aliases      map[string]string
	now          map[cxmodel.Key]cxmodel.Key // by former key, the present one
	keys         []cxmodel.Key               // of live, sorted, once they are needed
}

func (v *validator) names(kind cxmodel.Kind) *names {
	n := v.kinds[kind]
	if n == nil {
		n = &names{live: map[cxmodel.Key]string{}, former: map[cxmodel.Key]string{}, aliases: map[string]string{}, now: map[cxmodel.Key]cxmodel.Key{}}
		v.kinds[kind] = n
	}
	return n
}

// A place is an element, or a part of it, that an issue can be about.
type place struct {
	ref  cxmodel.Ref
	path string
}

// at returns the place of a part of p; segments are field names and list indices.
func (p place) at(segments ...any) place {
	for _, s := range segments {
		switch s := s.(type) {
		case int:
			p.path += "/" + strconv.Itoa(s)
		case string:
			p.path += "/" + pointerEscaper.Replace(s)
		}
	}
	return p
}

var pointerEscaper = strings.NewReplacer("~", "~0", "/", "~1")

// of returns the place with another element as its subject, unless that has no key to be named by.
func (p place) of(ref cxmodel.Ref) place {
	if ref.Key != "" {
		p.ref = ref
	}
	return p
}

func (v *validator) add(p place, s cxmodel.Severity, code string, cause error, format string, args ...any) {
	if len(v.issues) >= maxIssues {
		if v.dropped++; v.dropped == 1 || s < v.worst {
			v.worst = s
		}
		return
	}
	v.issues = append(v.issues, cxmodel.Issue{Ref: p.ref, Path: p.path, Code: code, Severity: s, Message: fmt.Sprintf(format, args...), Err: cause})
}

func (v *validator) err(p place, code, format string, args ...any) {
	v.add(p, cxmodel.SeverityError, code, nil, format, args...)
}

func (v *validator) warn(p place, code, format string, args ...any) {
	v.add(p, cxmodel.SeverityWarning, code, nil, format, args...)
}

func (v *validator) note(p place, code, format string, args ...any) {
	v.add(p, cxmodel.SeverityNote, code, nil, format, args...)
}

// within checks that a number is set and in its range, or not set at all.
func within[T ~float64](v *validator, p place, field string, x *T, low, high float64) {
	if x != nil && !(float64(*x) >= low && float64(*x) <= high) {
		v.err(p.at(field), CodeOutOfRange, "%s is %v; it lies between %v and %v", field, float64(*x), low, high)
	}
}

// count checks that a number of things is not negative.
func (v *validator) count(p place, field string, n *int) {
	if n != nil && *n < 0 {
		v.err(p.at(field), CodeOutOfRange, "%s is %d; it is 0 or more", field, *n)
	}
}

func (v *validator) finite(p place, field string, x *float64) bool {
	if x != nil && (math.IsNaN(*x) || math.IsInf(*x, 0)) {
		v.err(p.at(field), CodeOutOfRange, "%s is %v; write a number", field, *x)
		return false
	}
	return true
}

// member checks a number of an enumeration that a program has set.
func (v *validator) member(p place, field string, marshal func() ([]byte, error)) {
	if _, err := marshal(); err != nil {
		v.err(p.at(field), CodeUnknownValue, "%s: %v; use one of the constants", field, err)
	}
}

// word checks a word of an open vocabulary: one spelling, or counts by it fall apart.
func (v *validator) word(p func() place, what, s string) {
	if s == "" || cxmodel.Key(s).Valid() {
		return
	}
	cure := "write it in lower-case letters, digits and hyphens, so that one thing has one spelling"
	if made := cxmodel.KeyFrom(s); made != "" {
		cure = fmt.Sprintf("write %q, so that one thing has one spelling", made)
	}
	v.warn(p(), CodeMalformedWord, "the %s %q: %s", what, clip.Text(s), cure)
}

func (v *validator) evidence(p place, es []cxmodel.Evidence) {
	for i, e := range es {
		at := func(field string) place { return p.at("evidence", i, field) }
		if e.Kind == "" {
			v.warn(p.at("evidence", i), CodeBadEvidence, "evidence without kind counts as assumed; write its kind, such as %q", cxmodel.EvidenceInterview)
		}
		v.word(func() place { return at("kind") }, "kind of evidence", string(e.Kind))
		if e.N < 0 {
			v.err(at("n"), CodeOutOfRange, "n is %d; it is 0 or more", e.N)
		}
		v.date(func() place { return at("date") }, e.Date)
	}
}

func (v *validator) date(p func() place, d cxmodel.Date) {
	if !d.IsZero() && !d.Valid() {
		v.err(p(), CodeBadDate, "the calendar has no %s", d)
	}
}

func itoa(i int) string { return strconv.Itoa(i) }

func words[S ~string](list []S) []string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = string(w)
	}
	return out
}

func join[S ~string](list []S) string { return strings.Join(words(list), ", ") }

func sortedKeys[K ~string, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
