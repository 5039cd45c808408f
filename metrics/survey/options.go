package survey

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/enum"
	"github.com/cxmodel/cxmodel/internal/records"
)

// Format is the way in which a file of answers is written.
type Format int

// The formats.
const (
	FormatAuto Format = iota // JSON if the first character is [ or {, else separated text
	FormatCSV                // text separated by comma, semicolon, tab or bar, with headings
	FormatJSON               // an array of objects, or one object a line
)

var formats = &enum.Table{Type: "format", Names: []string{"", "csv", "json"}}

// String returns "csv" or "json"; "" for FormatAuto.
func (f Format) String() string { return formats.String(int(f)) }

// MarshalText implements [encoding.TextMarshaler].
func (f Format) MarshalText() ([]byte, error) {
	if f < 0 || int(f) >= len(formats.Names) {
		return nil, fmt.Errorf("%w: there is no format %d", ErrOption, int(f))
	}
	return []byte(f.String()), nil
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown word is an error that lists the words.
func (f *Format) UnmarshalText(text []byte) error {
	i, err := formats.Parse(text)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrOption, err)
	}
	*f = Format(i)
	return nil
}

// ReaderOptions say how a file of answers is to be read. Nil means the defaults. What a file means is never guessed:
// day and month, decimal mark, time zone and the sense of a column are taken as said here.
type ReaderOptions struct {
	Name           string            // of the file, for messages
	Format         Format            // default: by the first character
	Separator      byte              // 0: the one of comma, semicolon, tab and bar that the first heading has most often
	HeaderRows     int               // 0 means 1; a Qualtrics export has 3; see [QualtricsOptions]
	Columns        map[string]Column // by name in any of the header rows; each must exist
	Aliases        Aliases           // what the file calls touchpoints, measures, segments and themes
	StatusWords    map[string]Status // what the file calls statuses, besides their own names; case does not matter
	Missing        []string          // what stands for no answer, besides nothing; nil means NA, NaN, N/A and null; case does not matter
	Decimal        byte              // '.' or ','; 0 means '.'; JSON numbers have '.' always
	Layouts        []string          // time layouts as in package time, or "unix" or "unix-ms" for seconds or milliseconds since 1970; nil means ISO 8601, such as 2006-01-02T15:04:05Z
	Location       *time.Location    // of times without offset; nil means the zone in a Qualtrics heading, or else UTC
	ThemeSeparator string            // between the themes of one cell; "" means ";"
	RowBytes       int               // the longest record; 0 means 1 MiB
}

// Aliases map the names in a file, exactly as they stand there, to keys. Without an alias a name that is a key but for
// capitals, blanks and underscores is that key ("Order online" is order-online), and any other name is rejected.
type Aliases struct {
	Measures, Touchpoints, Segments, Themes map[string]cxmodel.Key
}

const defaultRowBytes = 1 << 20

// withDefaults returns a copy of o that shares nothing with it.
func (o *ReaderOptions) withDefaults() ReaderOptions {
	var c ReaderOptions
	if o != nil {
		c = *o
	}
	c.Columns = maps.Clone(c.Columns)
	for name, column := range c.Columns {
		column.Words = maps.Clone(column.Words)
		c.Columns[name] = column
	}
	a := &c.Aliases
	a.Measures, a.Touchpoints, a.Segments, a.Themes = maps.Clone(a.Measures), maps.Clone(a.Touchpoints), maps.Clone(a.Segments), maps.Clone(a.Themes)
	words := make(map[string]Status, len(c.StatusWords)+len(statuses.Names))
	for i, name := range statuses.Names {
		words[name] = Status(i)
	}
	for word, status := range c.StatusWords {
		words[strings.ToLower(strings.TrimSpace(word))] = status
	}
	c.StatusWords = words
	if c.Missing == nil {
		c.Missing = missingWords()
	}
	c.Missing = slices.Clone(c.Missing)
	c.Layouts = slices.Clone(c.Layouts)
	if c.Decimal == 0 {
		c.Decimal = '.'
	}
	if c.ThemeSeparator == "" {
		c.ThemeSeparator = ";"
	}
	if c.RowBytes <= 0 {
		c.RowBytes = defaultRowBytes
	}
	if c.HeaderRows == 0 {
		c.HeaderRows = 1
	}
	return c
}

// missingWords are what stands for no answer where nothing else is said.
func missingWords() []string { return []string{"NA", "NaN", "N/A", "null"} }

// check returns an error for options that cannot be used.
func (o *ReaderOptions) check() error {
	switch {
	case o.Decimal != '.' && o.Decimal != ',':
		return fmt.Errorf("%w: decimal mark %q; use '.' or ','", ErrOption, rune(o.Decimal))
	case o.Separator != 0 && !records.Separates(o.Separator):
		return fmt.Errorf("%w: separator %q", ErrOption, rune(o.Separator))
	case o.HeaderRows < 0 || o.HeaderRows > 100:
		return fmt.Errorf("%w: %d header rows; a file has at least 1", ErrOption, o.HeaderRows)
	case o.Format < 0 || int(o.Format) >= len(formats.Names):
		return fmt.Errorf("%w: there is no format %d", ErrOption, int(o.Format))
	}
	for word, status := range o.StatusWords {
		if !status.valid() {
			return fmt.Errorf("%w: in StatusWords, %q is the status %d, which does not exist", ErrOption, clip.Text(word), int(status))
		}
	}
	for _, aliases := range []map[string]cxmodel.Key{o.Aliases.Measures, o.Aliases.Touchpoints, o.Aliases.Segments, o.Aliases.Themes} {
		for name, key := range aliases {
			if err := key.Check(); err != nil {
				return fmt.Errorf("%w: the alias %q: %w", ErrOption, clip.Text(name), err)
			}
		}
	}
	return nil
}
