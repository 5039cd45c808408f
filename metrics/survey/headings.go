package survey

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/nearest"
)

// headings are the names of the columns, from one or more header rows: any of them may be used in the map.
type headings struct {
	first  []string   // the names in the first row
	others [][]string // further names of each column
	zones  []string   // the time zone of each column, where a heading says it
}

func (h *headings) add(row [][]byte) error {
	if h.first == nil {
		h.first = make([]string, len(row))
		h.others = make([][]string, len(row))
		h.zones = make([]string, len(row))
		for i, cell := range row {
			h.first[i] = strings.TrimSpace(string(cell))
		}
		return nil
	}
	if len(row) != len(h.first) {
		return fmt.Errorf("%w: the header rows have %d and %d cells", ErrColumn, len(h.first), len(row))
	}
	for i, cell := range row {
		h.others[i] = append(h.others[i], strings.TrimSpace(string(cell)))
		if q, ok := qualtricsImport(cell); ok {
			h.others[i] = append(h.others[i], q.ImportID)
			h.zones[i] = q.TimeZone
		}
	}
	return nil
}

// find returns the columns that have the name, exactly, or else without regard to case.
func (h *headings) find(name string) []int {
	for _, same := range []func(string) bool{
		func(s string) bool { return s == name },
		func(s string) bool { return strings.EqualFold(s, name) },
	} {
		var found []int
		for i, first := range h.first {
			if same(first) || slices.ContainsFunc(h.others[i], same) {
				found = append(found, i)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// missing is the error for a mapped column that the file does not have.
func (h *headings) missing(name string) error {
	near := ""
	if n := nearest.Word(name, h.first); n != "" {
		near = fmt.Sprintf("; did you mean %q?", n)
	}
	return fmt.Errorf("%w: there is no %q%s; the file has %s", ErrColumn, clip.Text(name), near, h.list())
}

func (h *headings) list() string {
	const shown = 20
	var b strings.Builder
	for i, name := range h.first {
		if i == shown {
			fmt.Fprintf(&b, " and %d more", len(h.first)-shown)
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%q", clip.Text(name))
	}
	return b.String()
}

// plain returns a heading in lower case, without blanks, hyphens, underscores and points.
func plain(s string) string {
	return strings.Map(func(c rune) rune {
		switch c {
		case ' ', '_', '-', '.', '\u00a0':
			return -1
		}
		return c
	}, strings.ToLower(s))
}

// qualtricsHeading is a cell of the third header row of a Qualtrics export.
type qualtricsHeading struct {
	ImportID string `json:"ImportId"`
	TimeZone string `json:"timeZone"`
}

func qualtricsImport(cell []byte) (q qualtricsHeading, ok bool) {
	if len(cell) == 0 || cell[0] != '{' {
		return q, false
	}
	return q, json.Unmarshal(cell, &q) == nil && q.ImportID != ""
}
