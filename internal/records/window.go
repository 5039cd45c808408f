package records

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/cxmodel/cxmodel"
)

// A window is the part of a stream that is read and not yet used up. It grows to hold one record, never beyond
// the limit.
type window struct {
	src   io.Reader
	buf   []byte // buf[start:end] is the window
	start int
	end   int
	err   error // why src gives no more
	limit int   // bytes of one record, without its line end

	first int // the line on which the record handed out last begins, from 1
	line  int // the line on which the window begins
}

const windowBytes = 64 << 10

func newWindow(src io.Reader, limit int) *window {
	return &window{src: src, buf: make([]byte, min(windowBytes, limit+2)), limit: limit, line: 1}
}

// fill reads more behind the window. Its error is that of a window at the limit; what src says is kept in w.err.
func (w *window) fill() error {
	if w.start > 0 {
		w.end = copy(w.buf, w.buf[w.start:w.end])
		w.start = 0
	}
	if w.end == len(w.buf) {
		if w.end > w.limit+1 {
			return w.tooLong()
		}
		grown := make([]byte, min(2*len(w.buf), w.limit+2))
		copy(grown, w.buf)
		w.buf = grown
	}
	w.read()
	return nil
}

// read reads into the free end of the buffer, at least one byte unless the stream ends.
func (w *window) read() {
	for range 100 {
		n, err := w.src.Read(w.buf[w.end:])
		switch {
		case n < 0 || n > len(w.buf)-w.end:
			w.err = fmt.Errorf("the reader returned the impossible count %d", n)
			return
		case err == io.EOF:
			w.err = ErrEnd
		case err != nil:
			w.err = fmt.Errorf("behind line %d: %w", w.line, err)
		}
		w.end += n
		if n > 0 || w.err != nil {
			return
		}
	}
	w.err = io.ErrNoProgress
}

// peek returns the first n bytes of the window, fewer only at the end of the stream, without using them up.
func (w *window) peek(n int) []byte {
	for w.end-w.start < n && w.err == nil {
		if w.fill() != nil {
			break
		}
	}
	return w.buf[w.start:min(w.end, w.start+n)]
}

// peekLine returns the next line with its end, without using it up; ErrEnd after the last.
func (w *window) peekLine() ([]byte, error) {
	seen := 0
	for {
		b := w.buf[w.start:w.end]
		if i := bytes.IndexByte(b[seen:], '\n'); i >= 0 {
			if seen+i > w.limit {
				return nil, w.tooLong()
			}
			return b[:seen+i+1], nil
		}
		seen = len(b)
		switch {
		case seen > w.limit:
			return nil, w.tooLong()
		case seen > 0 && errors.Is(w.err, ErrEnd):
			return b, nil
		case w.err != nil:
			return nil, w.err
		}
		if err := w.fill(); err != nil {
			return nil, err
		}
	}
}

// Line returns the line on which the record handed out last begins, from 1.
func (w *window) Line() int { return w.first }

// skip uses up n bytes.
func (w *window) skip(n int) {
	w.line += bytes.Count(w.buf[w.start:w.start+n], newline)
	w.start += n
}

func (w *window) tooLong() error {
	w.err = &cxmodel.LimitError{What: "bytes in one record", Limit: int64(w.limit), Pos: cxmodel.Position{Line: w.line}}
	w.start, w.end = 0, 0
	return w.err
}

var newline = []byte{'\n'}
