package survey

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/table"
	"github.com/cxmodel/cxmodel/metrics"
)

// A Table is the table form of the cells of a Cube or of groups.
type Table struct {
	Labels []string   `json:"labels"` // the headings of the label columns
	Rows   []TableRow `json:"rows"`
}

// A TableRow is one cell or group: its labels, as many as the Table has headings, and what was counted.
type TableRow struct {
	Measure      cxmodel.Key       `json:"measure"`
	Level        Level             `json:"level,omitempty"`
	Labels       []string          `json:"labels"`
	Estimate     metrics.Estimate  `json:"estimate"`                // without answers Value is NaN and there are warnings
	ResponseRate *metrics.Estimate `json:"response-rate,omitempty"` // nil where the invitations are not known
	Partial      int               `json:"partial"`
	Dismissed    int               `json:"dismissed"`
	Invited      int               `json:"invited"`
	Bounced      int               `json:"bounced"`
	Excluded     int               `json:"excluded"`
	Suppressed   bool              `json:"suppressed,omitempty"` // nothing is shown; see Cube.Suppress
}

// Table returns the cells in the order of Cells, labelled by touchpoint, segment and period. Cells without answers have
// an empty estimate. It fails if the options do not fit a measure, or with the error of the context.
func (c *Cube) Table(ctx context.Context, opts *EstimateOptions) (*Table, error) {
	t := &Table{Labels: []string{"touchpoint", "segment", "period"}}
	for cell := range c.Cells() {
		if err := t.add(ctx, cell.Count, opts, string(cell.Touchpoint), string(cell.Segment), cell.Period.String()); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (t *Table) add(ctx context.Context, c Count, opts *EstimateOptions, labels ...string) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	e, err := c.orEmpty(opts)
	if err != nil {
		return err
	}
	row := TableRow{
		Measure: c.Measure.Key, Level: c.Measure.Level, Labels: labels, Estimate: e,
		Partial: c.Partial, Dismissed: c.Dismissed, Invited: c.Invited, Bounced: c.Bounced, Excluded: c.Excluded,
	}
	rate, err := c.ResponseRate(opts)
	switch {
	case err == nil:
		row.ResponseRate = &rate
	case !errors.Is(err, ErrInvitations) && !errors.Is(err, metrics.ErrNoData):
		return fmt.Errorf("survey: %s: %w", c.Measure.Key, err)
	}
	t.Rows = append(t.Rows, row)
	return nil
}

// WriteCSV writes a heading and one line per row, for programs: numbers in full precision, empty where not available. A
// cell that a spreadsheet would run as a formula gets an apostrophe before it.
func (t *Table) WriteCSV(w io.Writer) error {
	return t.write(w, (*table.Table).WriteCSV, func(r TableRow) []string {
		e := r.Estimate
		cells := []string{strconv.Itoa(e.N), strconv.Itoa(e.Missing), strconv.Itoa(e.OffScale), e.Metric,
			number(e.Value), number(e.Low), number(e.High), e.Unit.String(), e.Method, strings.Join(e.Warnings.Codes(), " ")}
		rate := []string{"", "", "", ""}
		if r.ResponseRate != nil {
			rate = []string{strconv.Itoa(r.ResponseRate.N), number(r.ResponseRate.Value), number(r.ResponseRate.Low), number(r.ResponseRate.High)}
		}
		cells = append(cells, rate...)
		for _, n := range []int{r.Partial, r.Dismissed, r.Invited, r.Bounced, r.Excluded} {
			cells = append(cells, strconv.Itoa(n))
		}
		if r.Suppressed {
			cells = make([]string, len(cells))
		}
		return append(cells, strconv.FormatBool(r.Suppressed))
	}, "n", "missing", "off-scale", "metric", "value", "low", "high", "unit", "method", "warnings",
		"delivered", "response-rate", "response-rate-low", "response-rate-high", "partial", "dismissed", "invited", "bounced", "excluded", "suppressed")
}

// WriteMarkdown writes a pipe table for people: every number with its interval.
func (t *Table) WriteMarkdown(w io.Writer) error {
	return t.write(w, (*table.Table).WriteMarkdown, func(r TableRow) []string {
		if r.Suppressed {
			return []string{"not shown", "not shown"}
		}
		rate := "not known"
		if r.ResponseRate != nil {
			rate = strings.TrimPrefix(r.ResponseRate.String(), r.ResponseRate.Metric+" ")
		}
		return []string{r.Estimate.String(), rate}
	}, "estimate", "response rate")
}

// String lays the table out in columns as [metrics.Table.String] does; a response rate has a row of its own, below the
// metric. Rows that are suppressed are counted at the end.
func (t *Table) String() string {
	out, hidden := &metrics.Table{Labels: slices.Concat([]string{"measure"}, t.Labels)}, 0
	for _, r := range t.Rows {
		labels := slices.Concat([]string{string(r.Measure)}, r.Labels)
		if r.Suppressed {
			hidden++
			continue
		}
		out.Add(r.Estimate, labels...)
		if r.ResponseRate != nil {
			out.Add(*r.ResponseRate, labels...)
		}
	}
	if hidden > 0 {
		return fmt.Sprintf("%v\nrows not shown: %d", out, hidden)
	}
	return out.String()
}

func (t *Table) write(w io.Writer, write func(*table.Table, io.Writer) error, cells func(TableRow) []string, head ...string) error {
	rows := make([][]string, len(t.Rows))
	for i, r := range t.Rows {
		rows[i] = slices.Concat([]string{string(r.Measure), r.Level.String()}, r.Labels, cells(r))
	}
	return writeRows(w, write, slices.Concat([]string{"measure", "level"}, t.Labels, head), rows)
}

// writeRows writes rows that are as long as the heading.
func writeRows(w io.Writer, write func(*table.Table, io.Writer) error, head []string, rows [][]string) error {
	out := table.Table{Head: head}
	for i, r := range rows {
		if len(r) != len(head) {
			return fmt.Errorf("%w: row %d of the table has %d cells, its heading %d; are there as many labels?", ErrShape, i, len(r), len(head))
		}
		out.Add(r...)
	}
	if err := write(&out, w); err != nil {
		return fmt.Errorf("survey: write table: %w", err)
	}
	return nil
}

func number(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return ""
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}
