package survey

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/cxmodel/cxmodel"
)

// open finds the format, reads the headings and maps the columns.
func (r *Reader) open() error {
	if err := r.opts.check(); err != nil {
		return err
	}
	w := newWindow(r.src, r.opts.RowBytes)
	r.window = w
	begin := w.peek(4)
	if bytes.HasPrefix(begin, []byte("\xff\xfe")) || bytes.HasPrefix(begin, []byte("\xfe\xff")) || bytes.IndexByte(begin, 0) >= 0 {
		return fmt.Errorf("%w but UTF-16; save it as \"CSV UTF-8\"", ErrEncoding)
	}
	if bytes.HasPrefix(begin, []byte("\xef\xbb\xbf")) {
		w.start += 3
	}
	if r.loc = r.opts.Location; r.loc == nil {
		r.loc = time.UTC
	}
	first := bytes.TrimLeft(w.peek(256), " \t\r\n")
	if r.opts.Format == FormatJSON || r.opts.Format == FormatAuto && len(first) > 0 && (first[0] == '[' || first[0] == '{') {
		return r.openJSON(len(first) > 0 && first[0] == '[')
	}
	return r.openText()
}

func (r *Reader) openText() error {
	s := &splitter{window: r.window, sep: r.opts.Separator}
	r.records = s
	for n := range r.opts.HeaderRows {
		if n == 0 && s.sep == 0 {
			line, err := s.peekLine()
			for ; err == nil && len(trimEOL(line)) == 0; line, err = s.peekLine() {
				s.skip(len(line))
			}
			if err == nil {
				s.sep = sniff(line)
			}
		}
		cells, err := s.record()
		switch {
		case errors.Is(err, errEnd) && n == 0:
			return ErrEmpty
		case errors.Is(err, errEnd):
			return fmt.Errorf("%w: it has %d of %d header rows", ErrEmpty, n, r.opts.HeaderRows)
		case err != nil:
			return fmt.Errorf("survey: in the headings: %w", err)
		case len(cells) > maxColumns:
			return fmt.Errorf("survey: %w", &cxmodel.LimitError{What: "columns", Limit: maxColumns, Pos: cxmodel.Position{Line: s.first}})
		}
		for _, c := range cells {
			if !utf8.Valid(c) || bytes.IndexByte(c, 0) >= 0 {
				return fmt.Errorf("%w: the heading %q; save the file as \"CSV UTF-8\"", ErrEncoding, shorten(string(c)))
			}
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
			return fmt.Errorf("%w: the heading gives times in the zone %q, which is not known here (%w); set Location", ErrOption, shorten(r.heads.zones[i]), err)
		}
	}
	return nil
}

func (r *Reader) openJSON(array bool) error {
	r.json = &objects{window: r.window, array: array, join: r.opts.ThemeSeparator, column: map[string]int{}}
	r.records = r.json
	r.opts.Decimal = '.'
	r.json.expect(r.opts.Columns)
	return r.widen()
}

// widen maps the members of JSON objects anew, after some that were not seen before.
func (r *Reader) widen() error {
	r.heads = headings{first: slices.Clone(r.json.names), others: make([][]string, len(r.json.names)), zones: make([]string, len(r.json.names))}
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
	if r.rows == 0 && r.json.array {
		return nil
	}
	if r.rows == 0 {
		return ErrEmpty
	}
	seen := headings{}
	for i, name := range r.json.names {
		if r.json.set[i] > 0 {
			seen.first = append(seen.first, name)
		}
	}
	for i, name := range r.json.names {
		if r.json.set[i] == 0 {
			return seen.missing(name)
		}
	}
	if r.layout.questions[0].index < 0 {
		return (&layout{}).complete(&seen)
	}
	return r.layout.complete(&r.heads)
}
