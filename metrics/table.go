package metrics

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/cxmodel/cxmodel/internal/table"
)

// A Table is a list of estimates with labels before them, such as touchpoint and segment: the table form of every
// result of this package.
type Table struct {
	Labels []string   `json:"labels"` // the headings of the label columns
	Rows   []TableRow `json:"rows"`
}

// A TableRow is one estimate and its labels, as many as the Table has headings.
type TableRow struct {
	Labels   []string `json:"labels"`
	Estimate Estimate `json:"estimate"`
}

// Add appends an estimate.
func (t *Table) Add(e Estimate, labels ...string) {
	t.Rows = append(t.Rows, TableRow{slices.Clone(labels), e})
}

// WriteCSV writes a heading and one line per row (RFC 4180), for programs: numbers in full precision, empty where not
// available, warnings by code. A cell that a spreadsheet would run as a formula gets an apostrophe before it.
func (t *Table) WriteCSV(w io.Writer) error {
	return t.write(w, (*table.Table).WriteCSV, Estimate.cells,
		"metric", "value", "low", "high", "unit", "level", "n", "effective-n", "missing", "off-scale", "method", "definition", "warnings")
}

// WriteMarkdown writes a pipe table for people: numbers rounded in their unit, what is missing and the warnings as
// notes.
func (t *Table) WriteMarkdown(w io.Writer) error {
	return t.write(w, (*table.Table).WriteMarkdown, Estimate.phrases, "metric", "value", "interval", "n", "notes")
}

// tableOf returns a table of estimates without labels.
func tableOf(estimates ...Estimate) *Table {
	t := &Table{}
	for _, e := range estimates {
		t.Add(e)
	}
	return t
}

func (t *Table) write(w io.Writer, write func(*table.Table, io.Writer) error, cells func(Estimate) []string, head ...string) error {
	out := table.Table{Head: slices.Concat(t.Labels, head)}
	for i, r := range t.Rows {
		if len(r.Labels) != len(t.Labels) {
			return fmt.Errorf("%w: row %d has %d labels, the table has %d headings", ErrMismatch, i, len(r.Labels), len(t.Labels))
		}
		out.Add(slices.Concat(r.Labels, cells(r.Estimate))...)
	}
	if err := write(&out, w); err != nil {
		return fmt.Errorf("metrics: write table: %w", err)
	}
	return nil
}

// cells returns the CSV columns of an estimate.
func (e Estimate) cells() []string {
	number := func(x float64) string {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return ""
		}
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	level := ""
	if e.Level > 0 {
		level = number(e.Level)
	}
	return []string{
		e.Metric, number(e.Value), number(e.Low), number(e.High), e.Unit.String(), level, strconv.Itoa(e.N), number(e.EffectiveN),
		strconv.Itoa(e.Missing), strconv.Itoa(e.OffScale), e.Method, e.Definition, strings.Join(e.Warnings.Codes(), " "),
	}
}

// phrases returns the Markdown columns of an estimate.
func (e Estimate) phrases() []string {
	value, interval := "n/a", ""
	if !math.IsNaN(e.Value) {
		value = e.Unit.format(e.Value, true)
	}
	if e.HasInterval() {
		interval = fmt.Sprintf("%s..%s (%s %%)", e.Unit.format(e.Low, false), e.Unit.format(e.High, true), percent(e.Level))
	}
	var notes []string
	if e.Missing > 0 {
		notes = append(notes, fmt.Sprintf("%d missing", e.Missing))
	}
	if e.OffScale > 0 {
		notes = append(notes, fmt.Sprintf("%d off scale", e.OffScale))
	}
	if e.Warnings != 0 {
		notes = append(notes, e.Warnings.String())
	}
	return []string{e.Metric, value, interval, strconv.Itoa(e.N), strings.Join(notes, "; ")}
}
