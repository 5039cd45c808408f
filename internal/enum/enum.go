// Package enum gives the closed vocabularies of the model their text: one table of names each, from which
// String, MarshalText and UnmarshalText are read.
package enum

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel/internal/clip"
)

// A Table holds the names of an enumeration; index 0 is the unspecified value, whose text is empty.
type Table struct {
	Type  string   // what a person calls it: "stage kind"
	Names []string // Names[0] is ""
}

// String returns the name of value i, or "type(i)" outside the table.
func (t *Table) String(i int) string {
	if i < 0 || i >= len(t.Names) {
		return fmt.Sprintf("%s(%d)", t.Type, i)
	}
	return t.Names[i]
}

// Parse returns the value of a name; the empty text is 0.
func (t *Table) Parse(text []byte) (int, error) {
	if i := slices.Index(t.Names, string(text)); i >= 0 {
		return i, nil
	}
	return 0, &UnknownError{Type: t.Type, Word: string(text), Names: t.Names[1:]}
}

// Set gives v the value of a name, for UnmarshalText; where there is none, v stays as it was.
func Set[T ~int](v *T, t *Table, text []byte) error {
	i, err := t.Parse(text)
	if err == nil {
		*v = T(i)
	}
	return err
}

// UnknownError says that a word is not in the vocabulary.
type UnknownError struct {
	Type, Word string
	Names      []string
}

// Error quotes the word, shortened where it is long, and lists the names.
func (e *UnknownError) Error() string {
	return fmt.Sprintf("%q is not a %s; use one of %s", clip.Text(e.Word), e.Type, strings.Join(e.Names, ", "))
}

// Text returns the name of value i for MarshalText, or an error outside the table: no decoder would read it.
func (t *Table) Text(i int) ([]byte, error) {
	if i < 0 || i >= len(t.Names) {
		return nil, fmt.Errorf("%d is not a %s; use one of %s", i, t.Type, strings.Join(t.Names[1:], ", "))
	}
	return []byte(t.Names[i]), nil
}
