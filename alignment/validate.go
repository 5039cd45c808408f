package alignment

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/internal/codec"
	"github.com/cxmodel/cxmodel/internal/sentinel"
)

// Codes of the issues that [Model.Validate] finds beside those of the journeys and the canvas. They are stable: waivers
// name them.
const (
	CodeNoJourney        = "no-journey"                   // error: there is nothing to support
	CodeNoCanvas         = "no-canvas"                    // warning: there is nothing that could support it
	CodeMissingKey       = "missing-key"                  // error: one of several journeys, or a team, has no key
	CodeMalformedKey     = "malformed-key"                // error: a rater or group that is not lower-case letters, digits and hyphens
	CodeDuplicateKey     = "duplicate-key"                // error: two journeys, or their stages or touchpoints, have one key
	CodeDangling         = "dangling"                     // error: a reference to something that the model does not have
	CodeAmbiguous        = "ambiguous"                    // error: a reference that means several elements
	CodeUnknownFacet     = "unknown-facet"                // error: a link to a quality by which its target is not judged
	CodeOutOfRange       = "out-of-range"                 // error: a performance or target outside [0, 1]
	CodeUnknownValue     = "unknown-value"                // error: a number that is no member of its enumeration
	CodeNeedCycle        = "need-cycle"                   // error: items that need each other
	CodeUnsetWeights     = "unset-weights"                // warning: some journeys have a weight and some have none
	CodeBadWeights       = "bad-weights"                  // error: weights that cannot be used, here for a persona
	CodeConflictingLinks = "conflicting-links"            // warning: one rater gives an item two strengths in one cell
	CodeBothRoles        = "required-and-contributing"    // warning: an item contributes to a cell and is required there
	CodeNoContributor    = "required-without-contributor" // warning: a cell, or a rater in it, has only requirements; say what delivers it
	CodeNoTarget         = "link-without-target"          // warning: a row of helps or must-not-fail names no target
	CodeTooManyCells     = "too-many-cells"               // error: the links lead to more cells than can be scored
	CodeGroupNotRequired = "group-without-required"       // warning: a group of alternatives among contributors
	CodeSuggestedNeed    = "suggested-need"               // note: a partner supplies an item that bears on the journey
	CodeBadDate          = "bad-date"                     // error: a day that the calendar does not have, or an end before its start
)

// Errors that issues wrap, for errors.Is.
var (
	ErrDangling  = sentinel.New("dangling reference", canvas.ErrUnknown)    // it is canvas.ErrUnknown too
	ErrAmbiguous = sentinel.New("ambiguous reference", canvas.ErrAmbiguous) // it is canvas.ErrAmbiguous too
	ErrCycle     = errors.New("cycle of needs")
)

// Validate returns all issues of the model: those of its journeys and its canvas, and those of what links them, with
// the waivers applied and the positions of the file where it came from one.
func (m *Model) Validate() cxmodel.Issues {
	if m == nil {
		return cxmodel.Issues{{Code: CodeNoJourney, Severity: cxmodel.SeverityError, Message: "there is no model, it is nil; look at the error of Load or Decode"}}
	}
	for i, j := range m.Journeys {
		if j == nil { // nothing else can be said
			issues := cxmodel.Issues{{Path: m.journeyPath(i), Code: CodeNoJourney, Severity: cxmodel.SeverityError, Message: "this journey is empty; remove it or give it a stage"}}
			m.locate(issues)
			return issues
		}
	}
	v := &validator{m: m, names: newNames(m)}
	v.parts()
	v.links()
	v.needs()
	v.plans()
	v.measures()
	if v.issues.Err() == nil {
		v.weights()
	}
	if v.issues.Err() == nil {
		v.cells()
	}
	issues := m.waive(v.issues, false)
	m.locate(issues)
	return issues
}

// locate gives issues their places in the file that the model was read from.
func (m *Model) locate(issues cxmodel.Issues) {
	if m.origin != nil && len(issues) > 0 {
		m.origin.Locate(m.file(), issues)
	}
}

type validator struct {
	m        *Model
	names    *names
	issues   cxmodel.Issues
	judgedBy map[cxmodel.Ref][]cxmodel.Key // facets of stages and touchpoints
	spots    map[cxmodel.Ref]spot
	guesses  int // names that were looked for among all others
}

// mostGuesses bounds the search for the name that was meant: it reads all names for every one that is wrong.
const mostGuesses = 100

func (v *validator) add(s cxmodel.Severity, ref cxmodel.Ref, path, code string, cause error, format string, args ...any) {
	v.issues = append(v.issues, cxmodel.Issue{Ref: ref, Path: path, Code: code, Severity: s, Err: cause, Message: fmt.Sprintf(format, args...)})
}

func (v *validator) fault(ref cxmodel.Ref, path, code, format string, args ...any) {
	v.add(cxmodel.SeverityError, ref, path, code, nil, format, args...)
}

func (v *validator) warn(ref cxmodel.Ref, path, code, format string, args ...any) {
	v.add(cxmodel.SeverityWarning, ref, path, code, nil, format, args...)
}

// parts validates journeys and canvas, and what must be unique over several journeys.
func (v *validator) parts() {
	m := v.m
	if len(m.Journeys) == 0 {
		v.fault(cxmodel.Ref{}, "/journey", CodeNoJourney, "the model has no journey; give it one with at least one stage")
	}
	if m.Canvas == nil {
		v.warn(cxmodel.Ref{}, "/canvas", CodeNoCanvas, "the model has no canvas; nothing can support the journey yet")
	}
	seen := map[cxmodel.Ref]string{}
	for i, j := range m.Journeys {
		path := m.journeyPath(i)
		v.adopt(path, j.Validate())
		if j.Key == "" && len(m.Journeys) > 1 {
			v.fault(cxmodel.Ref{}, path, CodeMissingKey, "one of several journeys needs a key")
		}
		v.once(seen, cxmodel.Ref{Kind: cxmodel.KindJourney, Key: j.Key}, path, path)
		for s := range j.Stages {
			st := &j.Stages[s]
			at := fmt.Sprintf("%s/stages/%d", path, s)
			v.once(seen, st.Ref(), at+"/key", path)
			for t := range st.Touchpoints {
				v.once(seen, st.Touchpoints[t].Ref(), fmt.Sprintf("%s/touchpoints/%d/key", at, t), path)
			}
		}
	}
	if m.Canvas != nil {
		v.adopt("/canvas", m.Canvas.Validate())
	}
	v.date(cxmodel.Ref{}, "/as-of", m.AsOf)
}

// once reports a key that another journey has too; within one journey the journey itself reports it.
func (v *validator) once(seen map[cxmodel.Ref]string, ref cxmodel.Ref, path, journey string) {
	if ref.Key == "" {
		return
	}
	if first, twice := seen[ref]; twice && (first != journey || ref.Kind == cxmodel.KindJourney) {
		v.fault(ref, path, CodeDuplicateKey, "%s stands in two journeys of the model; keys of stages and touchpoints are unique over all of them", ref)
	} else if !twice {
		seen[ref] = journey
	}
}

// adopt takes over the issues of a part.
func (v *validator) adopt(path string, issues cxmodel.Issues) {
	for _, i := range issues {
		v.issues = append(v.issues, codec.Adopt(path, i))
	}
}

// resolve finds what ref means, or reports why it cannot.
func (v *validator) resolve(d *directory, ref cxmodel.Ref, path, what, hint string) (element, bool) {
	found := d.find(ref)
	switch len(found) {
	case 1:
		return found[0], true
	case 0:
		message := fmt.Sprintf("there is no %s %q", what, ref)
		if ref.IsZero() || ref.Key == "" {
			message = "the " + what + " is missing"
		}
		guess := ""
		if v.guesses++; v.guesses <= mostGuesses && ref.Key != "" {
			guess = codec.Nearest(string(ref.Key), d.known())
		}
		if guess != "" && !cxmodel.Key(guess).Valid() {
			message += fmt.Sprintf("; mend the malformed key %q first", guess)
		} else if guess != "" && guess != string(ref.Key) {
			message += fmt.Sprintf("; did you mean %q?", guess)
		} else if guess != "" {
			message += fmt.Sprintf("; %q is of another kind: %s", guess, refsOf(d.keys[cxmodel.Key(guess)]))
		} else {
			message += "; " + hint
		}
		v.add(cxmodel.SeverityError, ref, path, CodeDangling, ErrDangling, "%s", message)
	default:
		if all := refsOf(found[:1]); !slices.ContainsFunc(found, func(e element) bool { return e.ref.String() != all }) {
			v.add(cxmodel.SeverityError, ref, path, CodeAmbiguous, ErrAmbiguous, "%q can mean %d elements with the key %s; give each a key of its own", ref, len(found), all)
			break
		}
		v.add(cxmodel.SeverityError, ref, path, CodeAmbiguous, ErrAmbiguous, "%q can mean %s; write one of them", ref, refsOf(found))
	}
	return element{}, false
}

func refsOf(es []element) string {
	var out []string
	for _, e := range es {
		out = append(out, e.ref.String())
	}
	return strings.Join(out, " or ")
}
