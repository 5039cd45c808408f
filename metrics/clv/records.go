package clv

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/cxmodel/cxmodel"
)

// records cuts a delimited file into rows: quotes as in RFC 4180, LF or CRLF, a byte-order mark skipped.
// A quote inside an unquoted field is taken as it stands. Fields are valid until the next call.
type records struct {
	in     *bufio.Reader
	sep    byte
	limit  int // bytes of one row
	line   int // lines read
	start  int // line on which the current row began
	long   []byte
	fields [][]byte
}

func newRecords(r io.Reader, limit int) *records {
	return &records{in: bufio.NewReaderSize(r, 1<<16), limit: limit}
}

// next returns the fields of the next row that is not blank, or io.EOF.
func (r *records) next() ([][]byte, error) {
	if r.line == 0 {
		if mark, _ := r.in.Peek(3); bytes.Equal(mark, []byte("\xef\xbb\xbf")) {
			_, _ = r.in.Discard(3)
		}
	}
	for {
		line, err := r.readLine(nil)
		if err != nil {
			return nil, err
		}
		r.start = r.line
		if len(line) == 0 {
			continue
		}
		if r.sep == 0 {
			r.sep = sniff(line)
		}
		if bytes.IndexByte(line, '"') < 0 {
			r.split(line)
			return r.fields, nil
		}
		return r.quoted(line)
	}
}

func (r *records) split(line []byte) {
	r.fields = r.fields[:0]
	for {
		i := bytes.IndexByte(line, r.sep)
		if i < 0 {
			r.fields = append(r.fields, line)
			return
		}
		r.fields = append(r.fields, line[:i])
		line = line[i+1:]
	}
}

// quoted cuts a row that has quotes, and reads on where a quoted field holds line breaks.
func (r *records) quoted(line []byte) ([][]byte, error) {
	row := append([]byte(nil), line...) // rare: a copy of its own keeps the code plain
	r.fields = r.fields[:0]
	for at := 0; ; {
		if at < len(row) && row[at] == '"' {
			field := make([]byte, 0, 32)
			at++
			for {
				i := bytes.IndexByte(row[at:], '"')
				if i < 0 {
					more, err := r.readLine(row)
					if err == io.EOF {
						return nil, fmt.Errorf("clv: line %d: %w: the field that opens here is never closed", r.start, ErrQuote)
					}
					if err != nil {
						return nil, err
					}
					field = append(field, row[at:]...)
					at = len(row)
					row = append(append(row, '\n'), more...)
					continue
				}
				field = append(field, row[at:at+i]...)
				at += i + 1
				if at >= len(row) || row[at] != '"' {
					break
				}
				field = append(field, '"')
				at++
			}
			if at < len(row) && row[at] != r.sep {
				return nil, fmt.Errorf("clv: line %d: %w: after a closing quote comes %q, not the separator %q; double the quotes inside a field", r.start, ErrQuote, row[at], r.sep)
			}
			r.fields = append(r.fields, field)
		} else {
			end := len(row)
			if i := bytes.IndexByte(row[at:], r.sep); i >= 0 {
				end = at + i
			}
			r.fields = append(r.fields, row[at:end])
			at = end
		}
		if at >= len(row) {
			return r.fields, nil
		}
		at++ // the separator; a row that ends with one has a last empty field
		if at == len(row) {
			r.fields = append(r.fields, nil)
			return r.fields, nil
		}
	}
}

// readLine returns the next line without its end; head is what the row already holds, for the limit.
func (r *records) readLine(head []byte) ([]byte, error) {
	line, err := r.in.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		r.long = r.long[:0]
		for errors.Is(err, bufio.ErrBufferFull) {
			r.long = append(r.long, line...)
			if len(head)+len(r.long) > r.limit {
				break
			}
			line, err = r.in.ReadSlice('\n')
		}
		r.long = append(r.long, line...)
		line = r.long
	}
	if len(line) == 0 && err != nil {
		if err != io.EOF {
			err = fmt.Errorf("clv: after line %d: %w", r.line, err)
		}
		return nil, err
	}
	if len(head) == 0 {
		r.start = r.line + 1
	}
	r.line++
	if len(head)+len(line) > r.limit {
		return nil, fmt.Errorf("clv: %w", &cxmodel.LimitError{What: "bytes in one row", Limit: int64(r.limit), Pos: cxmodel.Position{Line: r.start}})
	}
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("clv: line %d: %w", r.line, err)
	}
	line = bytes.TrimSuffix(line, []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r")), nil
}

// sniff returns the separator that occurs most often in the heading, outside quotes; the comma if none does.
func sniff(line []byte) byte {
	best, most := byte(','), 0
	for _, sep := range []byte(",;\t|") {
		n, open := 0, false
		for _, c := range line {
			switch {
			case c == '"':
				open = !open
			case c == sep && !open:
				n++
			}
		}
		if n > most {
			best, most = sep, n
		}
	}
	return best
}
