package control

import (
	"io"
	"strconv"

	"github.com/cxmodel/cxmodel/internal/table"
)

// WriteCSV writes a heading and one line a period, for programs.
func (c *Chart) WriteCSV(w io.Writer) error { return c.table(full).WriteCSV(w) }

// WriteMarkdown writes a pipe table for people.
func (c *Chart) WriteMarkdown(w io.Writer) error { return c.table(short).WriteMarkdown(w) }

func (c *Chart) table(number func(float64) string) *table.Table {
	t := &table.Table{Head: []string{"period", c.Name, "low", "high", "signal"}}
	for _, p := range c.Points {
		t.Add(p.Label, number(p.Value), number(p.Low), number(p.High), p.Signal.String())
	}
	return t
}

// WriteCSV writes a heading and one line a period, for programs.
func (c *CUSUMChart) WriteCSV(w io.Writer) error { return c.table(full).WriteCSV(w) }

// WriteMarkdown writes a pipe table for people.
func (c *CUSUMChart) WriteMarkdown(w io.Writer) error { return c.table(short).WriteMarkdown(w) }

func (c *CUSUMChart) table(number func(float64) string) *table.Table {
	t := &table.Table{Head: []string{"period", "up", "down", "signal"}}
	for _, p := range c.Points {
		t.Add(p.Label, number(p.Up), number(p.Down), p.Signal.String())
	}
	return t
}

func full(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// short rounds to four significant digits.
func short(x float64) string {
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'e', 3, 64), 64)
	return full(rounded)
}
