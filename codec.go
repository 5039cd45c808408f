package cxmodel

import (
	"fmt"

	"github.com/cxmodel/cxmodel/internal/enum"
)

// A Format is a way to write a document.
type Format int

// Formats. FormatAuto lets a decoder tell them apart by file name and content, and makes an encoder write YAML.
const (
	FormatAuto Format = iota
	FormatYAML
	FormatJSON
)

var formatNames = enum.Table{Type: "document format", Names: []string{"", "yaml", "json"}}

// String returns "yaml" or "json", and "" for FormatAuto.
func (f Format) String() string { return formatNames.String(int(f)) }

// MarshalText implements [encoding.TextMarshaler].
func (f Format) MarshalText() ([]byte, error) { return formatNames.Text(int(f)) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown word is an error that lists the words.
func (f *Format) UnmarshalText(text []byte) error { return enum.Set(f, &formatNames, text) }

// Limits bound what a decoder takes from hostile or broken input. A zero field means its default.
type Limits struct {
	Bytes    int64 // size of the input; default 64 MiB
	Depth    int   // nesting of lists and mappings; default 64
	Elements int   // values, aliases expanded; default 2,000,000
	Issues   int   // issues kept; the rest is counted; default 1,000
}

// WithDefaults returns l with its zero fields set.
func (l Limits) WithDefaults() Limits {
	if l.Bytes <= 0 {
		l.Bytes = 64 << 20
	}
	if l.Depth <= 0 {
		l.Depth = 64
	}
	if l.Elements <= 0 {
		l.Elements = 2_000_000
	}
	if l.Issues <= 0 {
		l.Issues = 1_000
	}
	return l
}

// A LimitError says that input went beyond a limit. It wraps [ErrLimit].
type LimitError struct {
	What  string   // "bytes", "nested levels", "elements"
	Limit int64    // the limit that was passed
	Pos   Position // where, if known
}

// Error implements error.
func (e *LimitError) Error() string {
	at := ""
	if !e.Pos.IsZero() {
		at = e.Pos.String() + ": "
	}
	return fmt.Sprintf("%smore than %d %s; if the input is meant to be so large, raise the limit", at, e.Limit, e.What)
}

// Unwrap returns [ErrLimit].
func (e *LimitError) Unwrap() error { return ErrLimit }

// DecodeOptions are the options of every Decode. Nil means the defaults.
type DecodeOptions struct {
	Name   string // the file's name, for positions and, with FormatAuto, for the format
	Format Format // default: by name (".json") and content
	Limits Limits
}

// EncodeOptions are the options of every Encode. Nil means the defaults.
type EncodeOptions struct {
	Format Format // default: YAML
	// Plain leaves out the comments and the order of the file that the document was decoded from.
	Plain bool
}
