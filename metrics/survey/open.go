package survey

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/records"
)

// open finds the format, reads the headings and maps the columns.
func (r *Reader) open() error {
	if err := r.opts.check(); err != nil {
		return err
	}
	src, err := records.Open(r.src, r.opts.RowBytes)
	if err != nil {
		return fmt.Errorf("survey: %w", err)
	}
	if r.loc = r.opts.Location; r.loc == nil {
		r.loc = time.UTC
	}
	array, object := src.JSON()
	if r.opts.Format == FormatJSON || r.opts.Format == FormatAuto && (array || object) {
		r.json = src.Objects(r.opts.ThemeSeparator, slices.Sorted(maps.Keys(r.opts.Columns))...)
		r.records = r.json
		r.opts.Decimal = '.'
		return r.widen()
	}
	text := src.Text(r.opts.Separator)
	r.records = text
	return r.openText(text)
}

func (r *Reader) openText(text *records.Text) error {
	for n := range r.opts.HeaderRows {
		cells, err := text.Heading()
		switch {
		case errors.Is(err, records.ErrEnd) && n == 0:
			return ErrEmpty
		case errors.Is(err, records.ErrEnd):
			return fmt.Errorf("%w: it has %d of %d header rows", ErrEmpty, n, r.opts.HeaderRows)
		case err != nil:
			return fmt.Errorf("survey: in the headings: %w", err)
		}
		if err := r.heads.add(cells); err != nil {
			return err
		}
	}
	var err error
	if r.layout, err = makeLayout(&r.heads, r.opts.Columns, false); err != nil {
		return err
	}
	if i := r.layout.single[FieldTime]; i >= 0 && r.opts.Location == nil && r.heads.zones[i] != "" {
		if r.loc, err = time.LoadLocation(r.heads.zones[i]); err != nil {
			return fmt.Errorf("%w: the heading gives times in the zone %q, which is not known here (%w); set Location", ErrOption, clip.Text(r.heads.zones[i]), err)
		}
	}
	return nil
}

// widen maps the members of JSON objects anew, after some that were not seen before.
func (r *Reader) widen() error {
	names := r.json.Names()
	r.heads = headings{first: slices.Clone(names), others: make([][]string, len(names)), zones: make([]string, len(names))}
	var err error
	if r.layout, err = makeLayout(&r.heads, r.opts.Columns, true); err != nil {
		return err
	}
	if len(r.layout.questions) == 0 { // as long as nobody gave a score
		r.layout.questions = []question{{index: -1}}
	}
	return nil
}

// ended says at the end of a file whether all columns were there.
func (r *Reader) ended() error {
	if r.json == nil {
		return nil
	}
	if r.rows == 0 && r.json.Array() {
		return nil
	}
	if r.rows == 0 {
		return ErrEmpty
	}
	seen := headings{}
	for i, name := range r.json.Names() {
		if r.json.Seen(i) {
			seen.first = append(seen.first, name)
		}
	}
	for i, name := range r.json.Names() {
		if !r.json.Seen(i) {
			return seen.missing(name)
		}
	}
	if r.layout.questions[0].index < 0 {
		return (&layout{}).complete(&seen)
	}
	return r.layout.complete(&r.heads)
}
