package cxmodel

import (
	"fmt"
	"strings"

	"github.com/cxmodel/cxmodel/internal/enum"
)

// A ChangeKind says what happened to an element between two versions of a document.
type ChangeKind int

// Kinds of change.
const (
	ChangeUnspecified ChangeKind = iota
	ChangeAdded
	ChangeRemoved
	ChangeMoved   // another place in the order, or another parent
	ChangeRenamed // another key; the old one is among the element's Formerly
	ChangeEdited  // a field has another value
)

var changeNames = enum.Table{Type: "kind of change", Names: []string{"", "added", "removed", "moved", "renamed", "changed"}}

// String returns "added", "removed", "moved", "renamed" or "changed".
func (k ChangeKind) String() string { return changeNames.String(int(k)) }

// MarshalText implements [encoding.TextMarshaler].
func (k ChangeKind) MarshalText() ([]byte, error) { return changeNames.Text(int(k)) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown word is an error that lists the words.
func (k *ChangeKind) UnmarshalText(text []byte) error { return enum.Set(k, &changeNames, text) }

// A Change is one difference between two versions of a document, in the words of the model.
type Change struct {
	Kind  ChangeKind `json:"kind"`
	Ref   Ref        `json:"ref"`             // the element, by its newer key
	Path  string     `json:"path,omitempty"`  // JSON Pointer in the newer version; in the older one for a removal
	Field string     `json:"field,omitempty"` // the field that was edited
	From  string     `json:"from,omitempty"`  // old value, place or key
	To    string     `json:"to,omitempty"`    // new value, place or key
}

// String returns one line such as `touchpoint/search: sentiment changed from 1 to -1` or `touchpoint/search: added "Search"`.
func (c Change) String() string {
	var b strings.Builder
	if !c.Ref.IsZero() {
		b.WriteString(c.Ref.String() + ": ")
	}
	if c.Field != "" {
		b.WriteString(c.Field + " ")
	}
	b.WriteString(c.Kind.String())
	if what := c.From + c.To; (c.Kind == ChangeAdded || c.Kind == ChangeRemoved) && what != "" {
		return b.String() + fmt.Sprintf(" %q", what)
	}
	if c.From != "" {
		b.WriteString(" from " + c.From)
	}
	if c.To != "" {
		b.WriteString(" to " + c.To)
	}
	return b.String()
}
