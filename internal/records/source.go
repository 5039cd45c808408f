package records

import (
	"bytes"
	"fmt"
	"io"
)

// A Source is a file that has been opened, with its byte-order mark used up.
type Source struct{ window *window }

// Open looks at the beginning of src, of which no record is to be longer than limit bytes. ErrEncoding for UTF-16.
func Open(src io.Reader, limit int) (*Source, error) {
	w := newWindow(src, limit)
	begin := w.peek(4)
	if bytes.HasPrefix(begin, []byte("\xff\xfe")) || bytes.HasPrefix(begin, []byte("\xfe\xff")) || bytes.IndexByte(begin, 0) >= 0 {
		return nil, fmt.Errorf("%w but UTF-16; save it as \"CSV UTF-8\"", ErrEncoding)
	}
	if bytes.HasPrefix(begin, []byte("\xef\xbb\xbf")) {
		w.start += 3
	}
	return &Source{w}, nil
}

// JSON says whether the file begins as an array or an object does.
func (s *Source) JSON() (array, object bool) {
	first := bytes.TrimLeft(s.window.peek(256), " \t\r\n")
	return len(first) > 0 && first[0] == '[', len(first) > 0 && first[0] == '{'
}
