package records_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/records"
)

// split returns the records before the first fault, and the fault.
func split(t require.TestingT, r io.Reader, sep byte, limit int) ([][]string, error) {
	src, err := records.Open(r, limit)
	require.NoError(t, err)
	s := src.Text(sep)
	var out [][]string
	for {
		fields, err := s.Next()
		if errors.Is(err, records.ErrEnd) {
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

var textSeeds = []string{
	"", "\n", "a,b\n1,2\n", "a;b\r\n1;2\r\n", "a\n\n\r\nb", "\"a\"\"b\",c\n", "\"a\nb\",c\r\n\"x\r\ny\"", "a,\"b", "a\"b,c\nd", "\"a\"b,c\nd",
	",,\n", "a,b,\n", "\"\"", "\"\",\"\"\r\n", "a\r", "\"a\"\r", "a\rb\n", "\"a\rb\"\n", "\r\r\n", "\"a\"\r\r\n", "\xef\xbb\xbfa,b", "é;ü\t\"ß\"\n", "\"a\"\"\"",
}

// FuzzText holds Text against encoding/csv: the same records up to the first fault, and a fault in the
// same record, however the stream is cut into reads.
func FuzzText(f *testing.F) {
	for _, s := range textSeeds {
		f.Add([]byte(s), byte(','))
		f.Add([]byte(s), byte(';'))
	}
	f.Fuzz(func(t *testing.T, data []byte, sep byte) {
		if !records.Separates(sep) {
			return
		}
		if _, err := records.Open(bytes.NewReader(data), 1<<20); err != nil {
			require.ErrorIs(t, err, records.ErrEncoding)
			return
		}
		std := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))
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
			var syntax *records.SyntaxError
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

func TestTextGoesOnAfterABrokenRecord(t *testing.T) {
	src, err := records.Open(strings.NewReader("a,b\n1,x\"y\n2,3\n\"p\"q,5\n6,7\n\"8,\n9\",\"a\n10\"b,11\n12,13\n"), 100)
	require.NoError(t, err)
	s := src.Text(',')
	var rows []string
	var rejects records.Rejects
	for {
		fields, err := s.Next()
		if errors.Is(err, records.ErrEnd) {
			break
		}
		if err != nil {
			require.True(t, rejects.Add(err, s.Line()))
			continue
		}
		rows = append(rows, string(bytes.Join(fields, []byte("|"))))
	}
	assert.Equal(t, []string{"a|b", "2|3", "6|7", "12|13"}, rows)
	issues, n := rejects.List()
	require.Equal(t, 3, n)
	for i, want := range []string{
		"2:4: warning: there is a quote in a field that does not begin with one; double it and put the field in quotes [broken-record]",
		"4:3: warning: there is a quote inside a quoted field; double it [broken-record]",
		"8:3: warning: there is a quote inside a quoted field; double it, or close the field that opens on line 7 [broken-record]",
	} {
		assert.Equal(t, want, issues[i].Error())
	}
}

func TestTheHeadingTellsTheSeparator(t *testing.T) {
	for text, want := range map[string]byte{"a,b\n": ',', "\n\r\na;b\n": ';', "a\tb\n": '\t', "a|b": '|', "a": ',', "\"a;b;c\",d\n": ',', "\ufeffa;b": ';'} {
		src, err := records.Open(strings.NewReader(text), 100)
		require.NoError(t, err)
		s := src.Text(0)
		_, err = s.Heading()
		require.NoError(t, err)
		assert.Equal(t, string(want), string(s.Separator()), "%q", text)
	}
}

func TestHeadingsThatAreNoTextAreRefused(t *testing.T) {
	for text, want := range map[string]error{
		"": records.ErrEnd, "\n\n": records.ErrEnd, "a,Gr\xf6\xdfe\n": records.ErrEncoding, "abcd,\x00\n": records.ErrEncoding,
		strings.Repeat(",", records.MaxColumns): cxmodel.ErrLimit,
	} {
		src, err := records.Open(strings.NewReader(text), 1<<20)
		require.NoError(t, err)
		_, err = src.Text(0).Heading()
		require.ErrorIs(t, err, want, "%.20q", text)
	}
	for _, text := range []string{"\xff\xfea\x00", "\xfe\xff\x00a", "a\x00b\x00"} {
		_, err := records.Open(strings.NewReader(text), 100)
		require.ErrorIs(t, err, records.ErrEncoding, "%q", text)
	}
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
