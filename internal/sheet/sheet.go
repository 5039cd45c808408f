// Package sheet reads tables as people send them back: CSV with any of the usual separators, with or without a
// byte-order mark, with line ends of any system. Every cell knows its line and column.
package sheet

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/table"
)

// Errors of a file that is no table.
var (
	ErrEmpty    = errors.New("the table is empty")
	ErrEncoding = errors.New("the table is not text in UTF-8; save it as CSV UTF-8")
)

// A Cell is one cell: its text, without surrounding blanks and with formulas armed again, and its place.
type Cell struct {
	Text string
	Pos  cxmodel.Position
}

// A Row is one row; it may be shorter or longer than the heading.
type Row []Cell

// At returns cell i, the empty cell beyond the end.
func (r Row) At(i int) Cell {
	if i < 0 || i >= len(r) {
		return Cell{}
	}
	return r[i]
}

// Options say how a table is to be read.
type Options struct {
	Name      string // of the file, for positions
	Separator rune   // 0: that of a first row "sep=;", else the one of comma, semicolon and tab that the first row has most often
	Limits    cxmodel.Limits
}

// A Table is what was read: the rows that are neither empty nor comments (rows that begin with #), without "sep=;".
type Table struct {
	Rows      []Row
	Separator rune
}

// Read reads a table. It has a row at least.
func Read(r io.Reader, o Options) (*Table, error) {
	limits := o.Limits.WithDefaults()
	data, err := io.ReadAll(io.LimitReader(r, limits.Bytes+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > limits.Bytes {
		return nil, &cxmodel.LimitError{What: "bytes", Limit: limits.Bytes, Pos: cxmodel.Position{File: o.Name}}
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if bad := notText(data); bad >= 0 {
		return nil, placed(o.Name, 1+bytes.Count(data[:bad], []byte("\n")), ErrEncoding)
	}
	if !bytes.ContainsRune(data, '\n') { // the line ends of old Macintosh spreadsheets
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	}
	c := csv.NewReader(bufio.NewReader(bytes.NewReader(data)))
	c.FieldsPerRecord = -1
	c.ReuseRecord = true
	c.Comma = o.Separator
	if c.Comma == 0 {
		c.Comma = separator(data)
	}
	var rows []Row
	elements := 0
	for {
		record, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, place(o.Name, err)
		}
		if elements += len(record); elements > limits.Elements {
			line, _ := c.FieldPos(0)
			return nil, &cxmodel.LimitError{What: "elements", Limit: int64(limits.Elements), Pos: cxmodel.Position{File: o.Name, Line: line}}
		}
		row := make(Row, len(record))
		empty := true
		for i, text := range record {
			line, column := c.FieldPos(i)
			row[i] = Cell{strings.TrimSpace(table.Arm(strings.TrimSpace(text))), cxmodel.Position{File: o.Name, Line: line, Column: column}}
			empty = empty && row[i].Text == ""
		}
		if !empty && !strings.HasPrefix(row[0].Text, "#") && !(row[0].Pos.Line == 1 && declared(row[0].Text)) {
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		return nil, placed(o.Name, 0, ErrEmpty)
	}
	return &Table{rows, c.Comma}, nil
}

// notText returns where data stops being text, -1 if it is text all through.
func notText(data []byte) int {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == 0 || r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

// placed says in which file and line something is wrong, where that is known.
func placed(file string, line int, err error) error {
	if pos := (cxmodel.Position{File: file, Line: line}); !pos.IsZero() {
		return fmt.Errorf("%s: %w", pos, err)
	}
	return err
}

// place gives a broken record the form of the library's errors.
func place(file string, err error) error {
	var p *csv.ParseError
	if !errors.As(err, &p) {
		return err
	}
	pos := cxmodel.Position{File: file, Line: p.Line, Column: p.Column}
	return fmt.Errorf("%s: %w; a cell with a quote in it stands in quotes, and the quote is doubled", pos, p.Err)
}

// declared reports whether a first row names the separator, as spreadsheets write it: "sep=;".
func declared(text string) bool {
	return len(text) <= len("sep=;") && len(text) >= len("sep=") && strings.EqualFold(text[:len("sep=")], "sep=")
}

// separator returns the separator that the first row names, else the one that stands most often in the first row that
// is neither empty nor a comment, outside quotes.
func separator(data []byte) rune {
	first, _, _ := bytes.Cut(data, []byte("\n"))
	if first := strings.TrimRight(string(first), "\r"); len(first) == len("sep=;") && declared(first) && strings.Contains(",;\t|", first[4:]) {
		return rune(first[4])
	}
	counts := map[rune]int{}
	quoted, comment, start := false, false, true
	for _, c := range string(data) {
		if start && !quoted {
			comment = c == '#'
		}
		start = c == '\n'
		switch {
		case comment:
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == ',' || c == ';' || c == '\t':
			counts[c]++
		}
		if c == '\n' && !quoted && len(counts) > 0 {
			break
		}
	}
	best := ','
	for _, c := range []rune{';', '\t'} {
		if counts[c] > counts[best] {
			best = c
		}
	}
	return best
}

var plain = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\uFFFD")

// Plain returns a text as a table holds it: line ends of one kind, no blanks at the ends, no bytes that are not text.
func Plain(s string) string {
	return strings.TrimSpace(plain.Replace(strings.ToValidUTF8(s, "\uFFFD")))
}

// Write writes rows as RFC 4180 CSV with the given separator (0 is a comma), texts as Plain makes them and formulas defused.
func Write(w io.Writer, rows [][]string, comma rune) error {
	c := csv.NewWriter(w)
	if comma != 0 {
		c.Comma = comma
	}
	for _, row := range rows {
		safe := slices.Clone(row)
		for i := range safe {
			safe[i] = table.Defuse(Plain(safe[i]))
		}
		if err := c.Write(safe); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}
