package records

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
)

// MaxColumns is the number of columns that a file may have.
const MaxColumns = 4096

// A Text cuts separated text into records as encoding/csv does (RFC 4180, quotes strict, blank lines skipped),
// but hands out slices of its own buffer and refuses a record beyond the limit before it is buffered.
type Text struct {
	*window
	sep     byte
	fields  [][]byte // of the record handed out last; valid until the next call
	scratch []byte   // text of quoted fields
}

// Text reads the source as text with the separator; 0 is the one of comma, semicolon, tab and bar that the first
// Heading has most often.
func (s *Source) Text(separator byte) *Text { return &Text{window: s.window, sep: separator} }

// Separates says whether b can stand between fields.
func Separates(b byte) bool {
	return b != '"' && b != '\n' && b != '\r' && b != 0 && b < 0x80
}

// Separator returns the separator; 0 where the first Heading is still to tell.
func (s *Text) Separator() byte { return s.sep }

// Heading returns the fields of the next record as Next does, after a look whether they can be headings.
func (s *Text) Heading() ([][]byte, error) {
	if s.sep == 0 {
		line, err := s.peekLine()
		for ; err == nil && len(trimEOL(line)) == 0; line, err = s.peekLine() {
			s.skip(len(line))
		}
		if err == nil {
			s.sep = sniff(line)
		}
	}
	cells, err := s.Next()
	if err != nil {
		return nil, err
	}
	if len(cells) > MaxColumns {
		return nil, &cxmodel.LimitError{What: "columns", Limit: MaxColumns, Pos: cxmodel.Position{Line: s.first}}
	}
	for _, c := range cells {
		if !utf8.Valid(c) || bytes.IndexByte(c, 0) >= 0 {
			return nil, fmt.Errorf("%w: the heading %q; save the file as \"CSV UTF-8\"", ErrEncoding, clip.Text(c))
		}
	}
	return cells, nil
}

// Next returns the fields of the next record, valid until the next call, ErrEnd after the last, a *Rejection for a record
// that cannot be cut (the next call goes on with the line after the fault), or another error, which ends the reading.
func (s *Text) Next() ([][]byte, error) {
	for {
		line, err := s.peekLine()
		if err != nil {
			return nil, err
		}
		s.first = s.line
		if bytes.IndexByte(line, '"') >= 0 {
			return s.quoted()
		}
		s.start += len(line)
		s.line++
		line = trimEOL(line)
		if len(line) == 0 {
			continue
		}
		fields, sep, begin := s.fields[:0], s.sep, 0
		for i, c := range line {
			if c == sep {
				fields = append(fields, line[begin:i:i])
				begin = i + 1
			}
		}
		s.fields = append(fields, line[begin:])
		return s.fields, nil
	}
}

// quoted cuts the record at the start of the window, which has a quote in its first line.
func (s *Text) quoted() ([][]byte, error) {
	for {
		n, err := s.cut(s.buf[s.start:s.end], errors.Is(s.err, ErrEnd))
		switch {
		case n > s.limit+2:
			return nil, s.tooLong()
		case !errors.Is(err, errMore):
			s.skip(n)
			return s.fields, err
		case s.err != nil:
			return nil, s.err
		}
		for more := s.end - s.start + (s.end-s.start)/8; s.end-s.start <= more && s.err == nil; { // not byte by byte: cut begins anew
			if err := s.fill(); err != nil {
				return nil, fmt.Errorf("%w; a quote may have been left open", err)
			}
		}
	}
}

// errMore asks cut to be called again with a longer window.
var errMore = errors.New("the record goes on behind the window")

// cut cuts the first record of b into s.fields and returns its length in bytes; with a *Rejection, the length up
// to the end of the faulty line.
func (s *Text) cut(b []byte, atEOF bool) (int, error) {
	s.fields, s.scratch = s.fields[:0], s.scratch[:0]
	for p := 0; ; {
		if p < len(b) && b[p] == '"' {
			field, after, err := s.unquote(b, p, atEOF)
			if err != nil {
				return after, err
			}
			s.fields = append(s.fields, field)
			if after == len(b) || b[after] != s.sep {
				return after + eolLength(b[after:]), nil
			}
			p = after + 1
			continue
		}
		begin := p
		for p < len(b) && b[p] != s.sep && b[p] != '\n' && b[p] != '"' {
			p++
		}
		switch {
		case p == len(b) && !atEOF:
			return 0, errMore
		case p == len(b) || b[p] == '\n':
			s.fields = append(s.fields, trimEOL(b[begin:p]))
			return min(p+1, len(b)), nil
		case b[p] == '"':
			return s.broken(b, p, atEOF, "there is a quote in a field that does not begin with one; double it and put the field in quotes")
		}
		s.fields = append(s.fields, b[begin:p:p])
		p++
	}
}

// unquote returns the text of the quoted field that begins at b[p], and where it ends.
func (s *Text) unquote(b []byte, p int, atEOF bool) (field []byte, after int, err error) {
	opened, from := p, len(s.scratch)
	p++
	for {
		i := bytes.IndexByte(b[p:], '"')
		if i < 0 {
			if !atEOF {
				return nil, 0, errMore
			}
			return nil, len(b), fmt.Errorf("the rest of the file is inside one field: %w", s.fault(b, opened, "the quote that opens here is never closed"))
		}
		s.scratch = append(s.scratch, unixEOL(b[p:p+i])...)
		p += i + 1
		rest := b[p:]
		switch {
		case !atEOF && (len(rest) == 0 || len(rest) == 1 && rest[0] == '\r'):
			return nil, 0, errMore
		case len(rest) > 0 && rest[0] == '"':
			s.scratch = append(s.scratch, '"')
			p++
		case len(rest) == 0, rest[0] == s.sep, eolLength(rest) > 0:
			return s.scratch[from:len(s.scratch):len(s.scratch)], p, nil
		default:
			reason := "there is a quote inside a quoted field; double it"
			if n := bytes.Count(b[opened:p], newline); n > 0 {
				reason = fmt.Sprintf("%s, or close the field that opens on line %d", reason, s.first+bytes.Count(b[:opened], newline))
			}
			n, err := s.broken(b, p-1, atEOF, reason)
			return nil, n, err
		}
	}
}

// broken returns the rejection for the quote at b[p], and the length up to the end of its line.
func (s *Text) broken(b []byte, p int, atEOF bool, reason string) (int, error) {
	n := len(b)
	if i := bytes.IndexByte(b[p:], '\n'); i >= 0 {
		n = p + i + 1
	} else if !atEOF {
		return 0, errMore
	}
	return n, broken(s.fault(b, p, reason))
}

func (s *Text) fault(b []byte, p int, reason string) *SyntaxError {
	before := b[:p]
	pos := cxmodel.Position{Line: s.first + bytes.Count(before, newline), Column: p - bytes.LastIndexByte(before, '\n')}
	return &SyntaxError{Pos: pos, Reason: reason}
}

// eolLength returns the length of the line end that b begins with, 0 if there is none. A carriage return at the
// very end of the input counts as one.
func eolLength(b []byte) int {
	switch {
	case len(b) > 0 && b[0] == '\n', len(b) == 1 && b[0] == '\r':
		return 1
	case len(b) > 1 && b[0] == '\r' && b[1] == '\n':
		return 2
	}
	return 0
}

// trimEOL returns line without its line end.
func trimEOL(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\n' {
		line = line[:n-1]
	}
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	return line
}

// unixEOL returns b with "\n" for every "\r\n".
func unixEOL(b []byte) []byte {
	if bytes.IndexByte(b, '\r') < 0 {
		return b
	}
	return bytes.ReplaceAll(b, []byte("\r\n"), newline)
}

// sniff returns the one of comma, semicolon, tab and bar that the heading has most often outside quotes; the comma where
// it has none.
func sniff(heading []byte) byte {
	var count [256]int
	inside := false
	for _, c := range heading {
		if c == '"' {
			inside = !inside
		} else if !inside {
			count[c]++
		}
	}
	best := byte(',')
	for _, c := range []byte{';', '\t', '|'} {
		if count[c] > count[best] {
			best = c
		}
	}
	return best
}

// Blank says whether all fields are empty, as those of the rows that spreadsheets leave at the end.
func Blank(fields [][]byte) bool {
	for _, f := range fields {
		if len(f) > 0 {
			return false
		}
	}
	return true
}

// Trim returns b without the blanks around it.
func Trim(b []byte) []byte {
	for len(b) > 0 && (b[0] == ' ' || b[0] == '\t') {
		b = b[1:]
	}
	for len(b) > 0 && (b[len(b)-1] == ' ' || b[len(b)-1] == '\t') {
		b = b[:len(b)-1]
	}
	return b
}
