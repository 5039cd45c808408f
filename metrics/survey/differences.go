package survey

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/nanjson"
	"github.com/cxmodel/cxmodel/internal/table"
	"github.com/cxmodel/cxmodel/metrics"
)

// Differences is a table of differences, corrected for their number: with twenty comparisons of equal groups at the .05
// level one is expected to differ by chance.
type Differences struct {
	Labels     []string           `json:"labels"` // the headings of the labels that both sides share
	Rows       []DifferenceRow    `json:"rows"`
	Left       []LeftOut          `json:"left"` // what could not be compared
	Adjustment metrics.Adjustment `json:"adjustment"`
}

// A DifferenceRow is A less B.
type DifferenceRow struct {
	Measure    cxmodel.Key        `json:"measure,omitempty"`
	Labels     []string           `json:"labels,omitempty"`
	A          string             `json:"a"`
	B          string             `json:"b"`
	Comparison metrics.Comparison `json:"comparison"` // its interval is that of this difference alone
	P          float64            `json:"p"`          // two-sided, below 1-level where the interval excludes zero
	Adjusted   float64            `json:"adjusted-p"` // corrected for all rows of the table
	Differs    bool               `json:"differs"`    // Adjusted is at most 1-level
}

// LeftOut is a part that could not be compared.
type LeftOut struct {
	Measure cxmodel.Key `json:"measure,omitempty"`
	Labels  []string    `json:"labels,omitempty"`
	Part    string      `json:"part"`
	Reason  string      `json:"reason"`
}

// MarshalJSON writes the table; a number that is not available is null.
func (d Differences) MarshalJSON() ([]byte, error) { return nanjson.Marshal(d) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (d *Differences) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, d) }

// Differing returns the rows that differ after the correction.
func (d *Differences) Differing() []DifferenceRow {
	var rows []DifferenceRow
	for _, r := range d.Rows {
		if r.Differs {
			rows = append(rows, r)
		}
	}
	return rows
}

// WriteCSV writes a heading and one line per difference, for programs; see [Table.WriteCSV].
func (d *Differences) WriteCSV(w io.Writer) error {
	return d.write(w, (*table.Table).WriteCSV, func(r DifferenceRow) []string {
		c := r.Comparison
		return []string{strconv.Itoa(c.A.N), strconv.Itoa(c.B.N), c.A.Metric, number(c.Value), number(c.Low), number(c.High), c.A.Unit.String(),
			c.Method, number(r.P), number(r.Adjusted), strconv.FormatBool(r.Differs)}
	}, "n-a", "n-b", "metric", "difference", "low", "high", "unit", "method", "p", "adjusted-p", "differs")
}

// WriteMarkdown writes a pipe table for people, and below it what could not be compared.
func (d *Differences) WriteMarkdown(w io.Writer) error {
	err := d.write(w, (*table.Table).WriteMarkdown, func(r DifferenceRow) []string {
		differs := "no"
		if r.Differs {
			differs = "yes"
		}
		return []string{r.Comparison.String(), strconv.FormatFloat(r.Adjusted, 'g', 2, 64), differs}
	}, "difference", "p ("+d.Adjustment.String()+")", "differs")
	if err != nil || len(d.Left) == 0 {
		return err
	}
	if _, err := io.WriteString(w, "\n"); err != nil {
		return fmt.Errorf("survey: write table: %w", err)
	}
	rows := make([][]string, len(d.Left))
	for i, l := range d.Left {
		rows[i] = slices.Concat([]string{string(l.Measure)}, l.Labels, []string{l.Part, l.Reason})
	}
	return writeRows(w, (*table.Table).WriteMarkdown, slices.Concat([]string{"measure"}, d.Labels, []string{"not compared", "reason"}), rows)
}

// String lays the table out in columns, at most 80 characters wide as far as cutting labels allows, with how the p-values
// are corrected and how many parts could not be compared.
func (d *Differences) String() string {
	out := table.Table{Head: slices.Concat([]string{"measure"}, d.Labels, []string{"a", "b", "difference", "interval", "p", "differs"})}
	for _, r := range d.Rows {
		c, differs := r.Comparison, "no"
		if r.Differs {
			differs = "yes"
		}
		unit := c.A.Unit
		cells := slices.Concat([]string{string(r.Measure)}, r.Labels, []string{r.A, r.B, unit.Format(c.Value),
			strings.TrimSuffix(unit.Format(c.Low), " %") + ".." + unit.Format(c.High), strconv.FormatFloat(r.Adjusted, 'g', 2, 64), differs})
		for len(cells) < len(out.Head) {
			cells = append(cells, "")
		}
		out.Add(cells[:len(out.Head)]...)
	}
	text := fmt.Sprintf("%s\np corrected by %v", out.Text(80), d.Adjustment)
	if len(d.Left) > 0 {
		text += fmt.Sprintf("\nnot compared: %d, such as %s (%s)", len(d.Left), clip.Text(d.Left[0].Part), d.Left[0].Reason)
	}
	return text
}

func (d *Differences) write(w io.Writer, write func(*table.Table, io.Writer) error, cells func(DifferenceRow) []string, head ...string) error {
	rows := make([][]string, len(d.Rows))
	for i, r := range d.Rows {
		rows[i] = slices.Concat([]string{string(r.Measure)}, r.Labels, []string{r.A, r.B}, cells(r))
	}
	return writeRows(w, write, slices.Concat([]string{"measure"}, d.Labels, []string{"a", "b"}, head), rows)
}
