package metrics

import (
	"slices"
	"strconv"
	"strings"

	"github.com/cxmodel/cxmodel/internal/table"
)

// textWidth is that of a terminal.
const textWidth = 80

// String lays the table out in columns, at most 80 characters wide as far as cutting labels allows: numbers rounded in
// their unit, that of a time beside it, warnings as footnotes. A metric or a level that all rows share stands in the heading.
func (t *Table) String() string {
	metrics, levels := map[string]bool{}, map[string]bool{}
	for _, r := range t.Rows {
		metrics[r.Estimate.Metric] = true
		if r.Estimate.HasInterval() {
			levels[percent(r.Estimate.Level)+" %"] = true
		}
	}
	out, notes := table.Table{Head: slices.Concat(t.Labels, []string{"metric", "value", "interval", "level", "n", "missing", "off scale", ""})}, table.Notes{}
	at := len(t.Labels)
	for _, r := range t.Rows {
		e := r.Estimate
		cells := make([]string, len(out.Head))
		copy(cells[:at], r.Labels)
		row := cells[at:]
		row[1], row[4], row[7] = strings.TrimSpace(e.Unit.Format(e.Value)+" "+e.In), strconv.Itoa(e.N), notes.Mark((e.Warnings &^ WarnNoInterval).String())
		if len(metrics) > 1 {
			row[0] = e.Metric
		}
		if e.HasInterval() {
			if row[2] = e.interval(); len(levels) > 1 {
				row[3] = percent(e.Level) + " %"
			}
		}
		if e.Missing > 0 {
			row[5] = strconv.Itoa(e.Missing)
		}
		if e.OffScale > 0 {
			row[6] = strconv.Itoa(e.OffScale)
		}
		out.Rows = append(out.Rows, cells)
	}
	for m := range metrics {
		if len(metrics) == 1 {
			out.Head[at+1] = m
		}
	}
	for l := range levels {
		if len(levels) == 1 {
			out.Head[at+2] = l + " interval"
		}
	}
	return out.Text(textWidth) + notes.Text(textWidth)
}

// interval returns the limits in the unit, whose sign is written once.
func (e Estimate) interval() string {
	return strings.Join([]string{e.Unit.format(e.Low, false), e.Unit.format(e.High, true)}, "..")
}
