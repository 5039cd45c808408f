package clvsvg

import (
	"fmt"
	"io"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/svg"
	"github.com/cxmodel/cxmodel/metrics/clv"
)

// Tracking draws the repeat orders of all customers over time, seen (solid) and expected (broken), period by period or
// cumulative, with a line where the calibration ended; an unset calibrationEnd draws none. ErrOption without rows.
func Tracking(w io.Writer, rows []clv.TrackRow, calibrationEnd cxmodel.Date, cumulative bool, opts *Options) error {
	o, l, err := opts.resolve()
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return fmt.Errorf("clvsvg: %w: there is no period to draw", ErrOption)
	}
	xs, actual, expected := make([]float64, len(rows)), make([]float64, len(rows)), make([]float64, len(rows))
	title := l.Tracking
	for i, r := range rows {
		xs[i], actual[i], expected[i] = float64(i+1), r.Actual, r.Expected
		if cumulative {
			actual[i], expected[i] = r.ActualC, r.ExpectedC
		}
	}
	if cumulative {
		title += " (" + l.Cumulative + ")"
	}
	most, err := drawable("number of orders", append(append([]float64(nil), actual...), expected...)...)
	if err != nil {
		return err
	}
	ys := ticks(most, 5)
	step := max(1, len(rows)/5)
	var dates []tick
	for i := step - 1; i < len(rows); i += step {
		dates = append(dates, tick{xs[i], rows[i].Until.String()})
	}
	last := len(rows) - 1
	description := fmt.Sprintf("%s: %s %.0f, %s %.0f, %v", title, l.Actual, actual[last], l.Expected, expected[last], rows[last].Until)
	legend := []entry{{text: l.Actual, paint: svg.Category(0)}, {text: l.Expected, paint: svg.Category(1), dash: []float64{6, 4}}}
	c, err := newChart(o, l, title, description, "", l.RepeatOrders, dates, ys, 0, float64(len(rows)), 0, ys[len(ys)-1].at, legend, true, 0)
	if err != nil {
		return err
	}
	if !calibrationEnd.IsZero() {
		n := 0
		for n < len(rows) && !calibrationEnd.Before(rows[n].Until) {
			n++
		}
		at := c.x(float64(n))
		c.p.Line(at, c.top, at, c.top+c.height, svg.Style{Stroke: svg.Edge, Dash: []float64{2, 3}})
		b := svg.Fit(l.Calibration, tickFont, c.width)
		c.p.Text(min(at+4, c.left+c.width-b.Width-1), c.top+c.height-b.Height()-4, b.Width+1, b, svg.Muted, svg.Lead)
	}
	c.line(xs, actual, svg.Category(0), nil)
	c.line(xs, expected, svg.Category(1), []float64{6, 4})
	return c.write(w)
}
