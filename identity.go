package cxmodel

import (
	"errors"
	"fmt"

	"github.com/google/uuid"
)

// ErrNoDocumentID is returned by [ElementID] for a document without an ID.
var ErrNoDocumentID = errors.New("the document has no id; set one with uuid.NewV7 and keep it")

// ElementID returns a stable identity for an element of a document, for use as a database key: the
// version 5 UUID of the Ref's text in the document's namespace. The same document and Ref give the same
// UUID everywhere; a renamed element gets another one (look it up by its Formerly keys).
func ElementID(document uuid.UUID, ref Ref) (uuid.UUID, error) {
	if document == uuid.Nil {
		return uuid.Nil, fmt.Errorf("cxmodel: element %q: %w", ref, ErrNoDocumentID)
	}
	if ref.Kind == "" || !ref.Key.Valid() {
		return uuid.Nil, fmt.Errorf("cxmodel: element %q: %w: kind and key are needed", ref, ErrKey)
	}
	return uuid.NewSHA1(document, []byte(ref.String())), nil
}
