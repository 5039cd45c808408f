package cxmodel

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel/internal/enum"
)

// A Severity says whether an Issue stands in the way.
type Severity int

// Severities. Errors block (see [Issues.Err]), warnings and notes do not.
const (
	SeverityUnspecified Severity = iota
	SeverityError
	SeverityWarning
	SeverityNote
)

var severityNames = enum.Table{Type: "severity", Names: []string{"", "error", "warning", "note"}}

// String returns "error", "warning" or "note".
func (s Severity) String() string { return severityNames.String(int(s)) }

// MarshalText implements [encoding.TextMarshaler].
func (s Severity) MarshalText() ([]byte, error) { return severityNames.Text(int(s)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (s *Severity) UnmarshalText(text []byte) error { return enum.Set(s, &severityNames, text) }

// A Position is a place in a file. Line and Column count from 1; the zero Position is unknown.
type Position struct {
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

// IsZero reports whether the place is unknown.
func (p Position) IsZero() bool { return p == Position{} }

// String returns "file:line:column", as compilers print it, without the parts that are unknown.
func (p Position) String() string {
	parts := make([]string, 0, 3)
	if p.File != "" {
		parts = append(parts, p.File)
	}
	if p.Line > 0 {
		parts = append(parts, fmt.Sprint(p.Line))
		if p.Column > 0 {
			parts = append(parts, fmt.Sprint(p.Column))
		}
	}
	return strings.Join(parts, ":")
}

// An Issue is one thing that a decoder, a reader or a validation found: what, where, how bad, and how to mend it.
type Issue struct {
	Ref      Ref      `json:"ref,omitzero"`     // the element that it is about
	Path     string   `json:"path,omitempty"`   // JSON Pointer from the root of the document
	Pos      Position `json:"pos,omitzero"`     // where the value stands in a file, if it came from one
	Code     string   `json:"code"`             // stable, kebab-case: "dangling"
	Severity Severity `json:"severity"`         //
	Message  string   `json:"message"`          // what is wrong and how to mend it; lower case, no full stop
	Waived   string   `json:"waived,omitempty"` // the reason of the Waiver that lets it pass
	Err      error    `json:"-"`                // the sentinel or cause behind it, for errors.Is
}

// Error returns the place, the severity where it is not an error, the message and the code.
func (i Issue) Error() string {
	var b strings.Builder
	if !i.Pos.IsZero() {
		b.WriteString(i.Pos.String())
		b.WriteString(": ")
	} else if i.Path != "" {
		b.WriteString(i.Path)
		b.WriteString(": ")
	}
	if i.Severity == SeverityWarning || i.Severity == SeverityNote {
		b.WriteString(i.Severity.String())
		b.WriteString(": ")
	}
	b.WriteString(i.Message)
	if i.Code != "" {
		b.WriteString(" [" + i.Code + "]")
	}
	if i.Waived != "" {
		b.WriteString(" (waived: " + i.Waived + ")")
	}
	return b.String()
}

// Unwrap returns the cause.
func (i Issue) Unwrap() error { return i.Err }

// Issues is what a decoder or a validation has to say, in document order.
type Issues []Issue

// Err returns the unwaived errors as one error, or nil if there are none: warnings, notes and waived issues
// never block. [errors.As] finds the first [Issue], [errors.Is] any cause.
func (is Issues) Err() error {
	var blocking issueError
	for _, i := range is {
		if i.Severity == SeverityError && i.Waived == "" {
			blocking = append(blocking, i)
		}
	}
	if len(blocking) == 0 {
		return nil
	}
	return blocking
}

// Of returns the issues of the given severity, waived ones included.
func (is Issues) Of(s Severity) Issues {
	var out Issues
	for _, i := range is {
		if i.Severity == s {
			out = append(out, i)
		}
	}
	return out
}

// Code returns the issues that have the given code.
func (is Issues) Code(code string) Issues {
	var out Issues
	for _, i := range is {
		if i.Code == code {
			out = append(out, i)
		}
	}
	return out
}

// A Waiver lets issues of one code about one element pass, with a reason. A lint that nobody can silence is ignored.
type Waiver struct {
	Code   string `json:"code"`           // the code of the issues
	At     Ref    `json:"at"`             // the element; the short form serves where it is unique
	Reason string `json:"reason"`         // why it may pass; required
	Until  Date   `json:"until,omitzero"` // last day on which it holds; unset means without end
}

// Waive returns the issues with those that ws covers marked as waived; they stay listed. A waiver that ended
// before asOf does not hold, and a warning says so; a zero asOf takes every waiver as holding.
// A waiver that covers nothing is a note, so that it can be removed.
func (is Issues) Waive(ws []Waiver, asOf Date) Issues {
	out := slices.Clone(is)
	type about struct {
		code string
		key  Key
	}
	at := map[about][]int{}
	for i := range out {
		a := about{out[i].Code, out[i].Ref.Key}
		at[a] = append(at[a], i)
	}
	for n, w := range ws {
		used := false
		path := fmt.Sprintf("/waivers/%d", n)
		expired := !w.Until.IsZero() && !asOf.IsZero() && w.Until.Before(asOf)
		for _, i := range at[about{w.Code, w.At.Key}] {
			if w.At.IsZero() || !w.At.Matches(out[i].Ref) {
				continue
			}
			used = true
			if !expired && w.Reason != "" {
				out[i].Waived = w.Reason
			}
		}
		switch {
		case w.Code == "" || w.At.IsZero() || w.Reason == "":
			out = append(out, Issue{Ref: w.At, Path: path, Code: "incomplete-waiver", Severity: SeverityError,
				Message: "a waiver names code, at and reason"})
		case !used:
			out = append(out, Issue{Ref: w.At, Path: path, Code: "unused-waiver", Severity: SeverityNote,
				Message: fmt.Sprintf("no issue %q at %q; remove the waiver", w.Code, w.At)})
		case expired:
			out = append(out, Issue{Ref: w.At, Path: path, Code: "expired-waiver", Severity: SeverityWarning,
				Message: fmt.Sprintf("the waiver of %q ended on %s; mend the cause or extend it", w.Code, w.Until)})
		}
	}
	return out
}

// issueError is the error form of Issues.
type issueError []Issue

func (e issueError) Error() string {
	const shown = 10
	var b strings.Builder
	for n, i := range e {
		if n == shown {
			fmt.Fprintf(&b, "\n… and %d more errors", len(e)-shown)
			break
		}
		if n > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(i.Error())
	}
	return b.String()
}

func (e issueError) Unwrap() []error {
	out := make([]error, len(e))
	for n, i := range e {
		out[n] = i
	}
	return out
}

// ErrLimit is wrapped by every LimitError.
var ErrLimit = errors.New("input beyond a limit")
