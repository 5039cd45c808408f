package survey

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func split(t require.TestingT, r io.Reader, sep byte, limit int) ([][]string, error) {
	s := &splitter{window: newWindow(r, limit), sep: sep}
	var out [][]string
	for {
		fields, err := s.record()
		if errors.Is(err, errEnd) {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		row := make([]string, len(fields))
		for i, f := range fields {
			row[i] = string(f)
		}
		out = append(out, row)
	}
}

var splitSeeds = []string{
	"", "\n", "a,b\n1,2\n", "a;b\r\n1;2\r\n", "a\n\n\r\nb", "\"a\"\"b\",c\n", "\"a\nb\",c\r\n\"x\r\ny\"", "a,\"b", "a\"b,c\nd", "\"a\"b,c\nd",
	",,\n", "a,b,\n", "\"\"", "\"\",\"\"\r\n", "a\r", "\"a\"\r", "a\rb\n", "\"a\rb\"\n", "\r\r\n", "\"a\"\r\r\n", "\xef\xbb\xbfa,b", "é;ü\t\"ß\"\n", "\"a\"\"\"",
}

// FuzzSplitter holds the splitter against encoding/csv: the same records up to the first fault, and a fault in the
// same record, however the stream is cut into reads.
func FuzzSplitter(f *testing.F) {
	for _, s := range splitSeeds {
		f.Add([]byte(s), byte(','))
		f.Add([]byte(s), byte(';'))
	}
	f.Fuzz(func(t *testing.T, data []byte, sep byte) {
		if sep == '"' || sep == '\r' || sep == '\n' || sep == 0 || sep >= 0x80 {
			return
		}
		std := csv.NewReader(bytes.NewReader(data))
		std.Comma, std.FieldsPerRecord = rune(sep), -1
		var want [][]string
		var wantErr error
		for {
			row, err := std.Read()
			if err == io.EOF {
				break
			}
			if err != nil {
				wantErr = err
				break
			}
			want = append(want, row)
		}
		for _, src := range []io.Reader{bytes.NewReader(data), iotest.OneByteReader(bytes.NewReader(data)), iotest.DataErrReader(bytes.NewReader(data))} {
			got, err := split(t, src, sep, 1<<20)
			require.Equal(t, want, got)
			if wantErr == nil {
				require.NoError(t, err)
				continue
			}
			var syntax *SyntaxError
			require.ErrorAs(t, err, &syntax)
			var std *csv.ParseError
			require.ErrorAs(t, wantErr, &std)
			if errors.Is(wantErr, csv.ErrBareQuote) {
				require.Equal(t, std.Line, syntax.Pos.Line)
				require.Equal(t, std.Column, syntax.Pos.Column)
			}
		}
	})
}

func TestSplitterGoesOnAfterABrokenRecord(t *testing.T) {
	s := &splitter{window: newWindow(bytes.NewReader([]byte("a,b\n1,x\"y\n2,3\n\"p\"q,5\n6,7\n")), 100), sep: ','}
	var rows []string
	var faults []string
	for {
		fields, err := s.record()
		if errors.Is(err, errEnd) {
			break
		}
		if err != nil {
			faults = append(faults, err.Error())
			continue
		}
		rows = append(rows, string(bytes.Join(fields, []byte("|"))))
	}
	assert.Equal(t, []string{"a|b", "2|3", "6|7"}, rows)
	require.Len(t, faults, 2)
	assert.Contains(t, faults[0], "2:4")
	assert.Contains(t, faults[1], "4:3")
}

func TestRecordOfExactlyTheLimitIsRead(t *testing.T) {
	for _, c := range []struct {
		text string
		ok   bool
	}{
		{"12345678\n", true}, {"12345678", true}, {"123456789\n", false}, {"123456789", false},
		{"\"123456\"\n", true}, {"\"123456\"", true}, {"\"123456789\"\n", false}, {"\"1234\n5678901234567\"", false},
	} {
		_, err := split(t, bytes.NewReader([]byte("h\n"+c.text)), ',', 8)
		assert.Equal(t, c.ok, err == nil, "%q: %v", c.text, err)
	}
}
