package survey

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/enum"
)

// Field is what a column of a file holds.
type Field int

// The fields. A heading that is one of these words, or one of the usual ones in brackets, needs no entry in
// ReaderOptions.Columns; case, blanks, hyphens, underscores and points do not matter.
const (
	FieldUnspecified Field = iota
	FieldIgnore            // nothing of use
	FieldID                // the response (response id, answer id)
	FieldCustomer          // who answered (customer id, respondent, respondent id, user id)
	FieldTime              // when (date, timestamp, recorded date, submitted at, answered at)
	FieldMeasure           // the question (measure key)
	FieldTouchpoint        // (touchpoint key)
	FieldSegment           //
	FieldChannel           //
	FieldScore             // the answer to the column's own measure, or else to that of the row (rating)
	FieldStatus            // a word for a Status
	FieldFinished          // true or 1: completed; false or 0: partial
	FieldThemes            // keys, separated by ReaderOptions.ThemeSeparator (theme)
	FieldWeight            //
	FieldLabel             // goes into Answer.Labels; such a column has to be named in Columns
)

var fields = &enum.Table{Type: "field", Names: []string{
	"", "ignore", "id", "customer", "time", "measure", "touchpoint", "segment", "channel", "score", "status", "finished", "themes", "weight", "label",
}}

var usualWords = map[string]Field{
	"id": FieldID, "responseid": FieldID, "answerid": FieldID,
	"customer": FieldCustomer, "customerid": FieldCustomer, "respondent": FieldCustomer, "respondentid": FieldCustomer, "userid": FieldCustomer,
	"time": FieldTime, "date": FieldTime, "timestamp": FieldTime, "recordeddate": FieldTime, "submittedat": FieldTime, "answeredat": FieldTime,
	"measure": FieldMeasure, "measurekey": FieldMeasure, "touchpoint": FieldTouchpoint, "touchpointkey": FieldTouchpoint,
	"segment": FieldSegment, "channel": FieldChannel, "score": FieldScore, "rating": FieldScore,
	"status": FieldStatus, "finished": FieldFinished, "themes": FieldThemes, "theme": FieldThemes, "weight": FieldWeight,
}

// String returns "ignore", "id", "customer", "time", "measure", "touchpoint", "segment", "channel", "score", "status",
// "finished", "themes", "weight" or "label"; "" if unspecified.
func (f Field) String() string { return fields.String(int(f)) }

// MarshalText implements [encoding.TextMarshaler].
func (f Field) MarshalText() ([]byte, error) {
	if f < 0 || int(f) >= len(fields.Names) {
		return nil, fmt.Errorf("%w: there is no field %d", ErrOption, int(f))
	}
	return []byte(f.String()), nil
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown word is an error that lists the words.
func (f *Field) UnmarshalText(text []byte) error {
	i, err := fields.Parse(text)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrOption, err)
	}
	*f = Field(i)
	return nil
}

// A Column says what one column of a file holds. A column with a Measure needs no Field: it holds scores.
type Column struct {
	Field      Field
	Measure    cxmodel.Key        // of a score column: the question; empty takes that of the row
	Touchpoint cxmodel.Key        // of a score column: what it was about; empty takes that of the row
	Label      string             // of a label column: its key in Answer.Labels; empty takes the name in the map
	Words      map[string]float64 // of a score column: what is no number, such as "Very satisfied": 5
}

// A layout is the map from the columns of a file to fields, with indexes into the fields of a record.
type layout struct {
	single    [FieldLabel + 1]int // -1: no such column
	labels    []labelColumn
	questions []question
}

type labelColumn struct {
	index int
	label string
}

type question struct {
	index      int
	measure    cxmodel.Key
	touchpoint cxmodel.Key
	words      map[string]float64
}

// makeLayout maps the headings. With partial, as in JSON where a member may first appear later, a mapped column that
// is missing is no error.
func makeLayout(h *headings, columns map[string]Column, partial bool) (*layout, error) {
	l := &layout{}
	for i := range l.single {
		l.single[i] = -1
	}
	taken := make([]string, len(h.first))
	for _, name := range slices.Sorted(maps.Keys(columns)) {
		found := h.find(name)
		switch {
		case len(found) == 0 && partial:
			continue
		case len(found) == 0:
			return nil, h.missing(name)
		case len(found) > 1:
			return nil, fmt.Errorf("%w: columns %d and %d are both named %q", ErrColumn, found[0]+1, found[1]+1, clip.Text(name))
		case taken[found[0]] != "":
			return nil, fmt.Errorf("%w: %q and %q are the same column", ErrColumn, clip.Text(taken[found[0]]), clip.Text(name))
		}
		taken[found[0]] = name
		if err := l.set(h, found[0], name, columns[name]); err != nil {
			return nil, err
		}
	}
	for i, name := range h.first {
		if f, ok := usualWords[plain(name)]; ok && taken[i] == "" {
			if err := l.set(h, i, name, Column{Field: f}); err != nil {
				return nil, err
			}
		}
	}
	slices.SortFunc(l.questions, func(a, b question) int { return cmp.Compare(a.index, b.index) })
	if partial {
		return l, nil
	}
	return l, l.complete(h)
}

// complete says whether there are scores, and whether it is known what they answer.
func (l *layout) complete(h *headings) error {
	if len(l.questions) == 0 {
		return fmt.Errorf("%w: none holds scores; name it %q or map it in Columns; the file has %s", ErrColumn, FieldScore, h.list())
	}
	for _, q := range l.questions {
		if q.measure == "" && l.single[FieldMeasure] < 0 {
			return fmt.Errorf("%w: %q answers no measure: give its Measure in Columns, map it to %q, or name a column %q; the file has %s",
				ErrColumn, clip.Text(h.first[q.index]), FieldIgnore, FieldMeasure, h.list())
		}
	}
	return nil
}

func (l *layout) set(h *headings, i int, name string, c Column) error {
	if c.Field == FieldUnspecified && c.Measure != "" {
		c.Field = FieldScore
	}
	if c.Field < 0 || int(c.Field) >= len(fields.Names) || c.Field == FieldUnspecified {
		return fmt.Errorf("%w: the entry of Columns for %q says neither field nor measure", ErrOption, clip.Text(name))
	}
	if c.Field != FieldScore && (c.Measure != "" || c.Touchpoint != "" || c.Words != nil) {
		return fmt.Errorf("%w: in Columns, %q is a %s column; measure, touchpoint and words belong to score columns", ErrOption, clip.Text(name), c.Field)
	}
	for _, key := range []cxmodel.Key{c.Measure, c.Touchpoint} {
		if key != "" && !key.Valid() {
			return fmt.Errorf("%w: in Columns, %q: %w", ErrOption, clip.Text(name), key.Check())
		}
	}
	switch c.Field {
	case FieldIgnore:
	case FieldLabel:
		l.labels = append(l.labels, labelColumn{i, cmp.Or(c.Label, name)})
	case FieldScore:
		l.questions = append(l.questions, question{i, c.Measure, c.Touchpoint, c.Words})
	default:
		if before := l.single[c.Field]; before >= 0 {
			return fmt.Errorf("%w: both %q and %q are the %s; map one of them to %q in Columns",
				ErrColumn, clip.Text(h.first[before]), clip.Text(h.first[i]), c.Field, FieldIgnore)
		}
		l.single[c.Field] = i
	}
	return nil
}
