package records

import (
	"errors"
	"fmt"

	"github.com/cxmodel/cxmodel"
)

var (
	// ErrEnd says that the file ends, as io.EOF does, which a source may wrap in a failure.
	ErrEnd = errors.New("the end of the file")
	// ErrConsumed says that a reader, which reads its file once, is ranged over a second time.
	ErrConsumed = errors.New("the reader has been read already")
	// ErrEncoding says that the file is UTF-16, or not text in UTF-8.
	ErrEncoding = errors.New("the file is not UTF-8")
)

// A SyntaxError is a record that cannot be cut into fields: a broken quote, or text that is not JSON.
type SyntaxError struct {
	Pos    cxmodel.Position // the line, and in separated text the column in bytes; both from 1
	Reason string           // what is wrong and how to mend it
}

// Error implements error.
func (e *SyntaxError) Error() string { return fmt.Sprintf("%s: %s", e.Pos, e.Reason) }

// A Rejection is why a record, or a part of one, is left out.
type Rejection struct {
	Code string // stable, kebab-case
	Err  error
}

// Error implements error.
func (e *Rejection) Error() string { return e.Err.Error() }

// Unwrap returns Err.
func (e *Rejection) Unwrap() error { return e.Err }

// Reject returns a Rejection; format and args are those of [fmt.Errorf].
func Reject(code, format string, args ...any) error {
	return &Rejection{code, fmt.Errorf(format, args...)}
}

// broken is the rejection of a record that cannot be cut.
func broken(fault *SyntaxError) error { return &Rejection{"broken-record", fault} }
