package metrics

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A Table is a list of estimates with labels before them, such as touchpoint and segment: the table form of every
// result of this package.
type Table struct {
	Labels []string // the headings of the label columns
	Rows   []TableRow
}

// A TableRow is one estimate and its labels, as many as the Table has headings.
type TableRow struct {
	Labels []string
	Estimate
}

var estimateColumns = []string{"metric", "value", "low", "high", "unit", "level", "n", "effective-n", "missing", "off-scale", "method", "definition", "warnings"}

// Add appends an estimate.
func (t *Table) Add(e Estimate, labels ...string) {
	t.Rows = append(t.Rows, TableRow{slices.Clone(labels), e})
}

// WriteCSV writes a heading and one line per row (RFC 4180), numbers in full precision, empty where not available. A
// label that a spreadsheet would take for a formula is written with an apostrophe before it.
func (t *Table) WriteCSV(w io.Writer) error {
	c := csv.NewWriter(w)
	if err := c.Write(slices.Concat(quoteFormulas(t.Labels), estimateColumns)); err != nil {
		return fmt.Errorf("metrics: write table: %w", err)
	}
	for i, r := range t.Rows {
		if len(r.Labels) != len(t.Labels) {
			return fmt.Errorf("%w: row %d has %d labels, the table has %d headings", ErrMismatch, i, len(r.Labels), len(t.Labels))
		}
		if err := c.Write(slices.Concat(quoteFormulas(r.Labels), r.cells())); err != nil {
			return fmt.Errorf("metrics: write table: %w", err)
		}
	}
	c.Flush()
	if err := c.Error(); err != nil {
		return fmt.Errorf("metrics: write table: %w", err)
	}
	return nil
}

// cells returns the columns of an estimate.
func (e Estimate) cells() []string {
	number := func(x float64) string {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return ""
		}
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	level := ""
	if e.Level > 0 {
		level = number(e.Level)
	}
	return []string{
		quoteFormula(e.Metric), number(e.Value), number(e.Low), number(e.High), e.Unit.String(), level, strconv.Itoa(e.N), number(e.EffectiveN),
		strconv.Itoa(e.Missing), strconv.Itoa(e.OffScale), quoteFormula(e.Method), quoteFormula(e.Definition), strings.Join(e.Warnings.Codes(), " "),
	}
}

func quoteFormulas(cells []string) []string {
	q := make([]string, len(cells))
	for i, c := range cells {
		q[i] = quoteFormula(c)
	}
	return q
}

// quoteFormula guards against spreadsheets that run what begins like a formula.
func quoteFormula(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// WriteMarkdown writes the table for people: the labels, the estimate as String gives it in parts, and the warnings.
func (t *Table) WriteMarkdown(w io.Writer) error {
	var b strings.Builder
	head := slices.Concat(t.Labels, []string{"metric", "value", "interval", "n", "notes"})
	markdownRow(&b, head)
	b.WriteString(strings.Repeat("| --- ", len(head)) + "|\n")
	for i, r := range t.Rows {
		if len(r.Labels) != len(t.Labels) {
			return fmt.Errorf("%w: row %d has %d labels, the table has %d headings", ErrMismatch, i, len(r.Labels), len(t.Labels))
		}
		e := r.Estimate
		value, interval := "", ""
		if !math.IsNaN(e.Value) {
			value = e.Unit.format(e.Value, true)
		}
		if e.HasInterval() {
			interval = fmt.Sprintf("%s..%s (%s %%)", e.Unit.format(e.Low, false), e.Unit.format(e.High, true), percent(e.Level))
		}
		markdownRow(&b, slices.Concat(r.Labels, []string{e.Metric, value, interval, strconv.Itoa(e.N), e.notes()}))
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("metrics: write table: %w", err)
	}
	return nil
}

// notes says what is missing, off the scale and to be cured.
func (e Estimate) notes() string {
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
	return strings.Join(notes, "; ")
}

var markdownEscapes = strings.NewReplacer(`\`, `\\`, "|", `\|`, "<", "&lt;", "&", "&amp;", "\n", " ", "\r", " ")

func markdownRow(b *strings.Builder, cells []string) {
	for _, c := range cells {
		b.WriteString("| ")
		b.WriteString(markdownEscapes.Replace(c))
		b.WriteByte(' ')
	}
	b.WriteString("|\n")
}
