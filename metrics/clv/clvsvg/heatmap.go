package clvsvg

import (
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/cxmodel/cxmodel/internal/svg"
	"github.com/cxmodel/cxmodel/metrics/clv"
)

// A Map says which customers a heat map shows, and what of them.
type Map struct {
	Age     float64 // time that all have been observed, in the unit of the model, 1e-9 to 1e9
	Most    int     // the largest frequency shown, 1 to 200; 0: 20
	Steps   int     // into how many the time of the last order is cut, 2 to 200; 0: 20; for BG/BB the occasions themselves
	Horizon float64 // 0: the probability to be alive; above: the orders expected within it
}

// HeatMap draws for every frequency (across) and time of the last order (up) what the model says of such a customer:
// the probability to be alive, or the orders expected. Customers that cannot be are left white. ErrOption for a map or
// model out of range.
func HeatMap(w io.Writer, m clv.Model, area Map, opts *Options) error {
	o, l, err := opts.resolve()
	if err != nil {
		return err
	}
	if area.Most == 0 {
		area.Most = 20
	}
	if area.Steps == 0 {
		area.Steps = 20
	}
	if m == nil {
		return fmt.Errorf("clvsvg: %w: the model is nil", ErrOption)
	}
	_, occasions := m.(clv.BGBB)
	if occasions {
		area.Steps = int(math.Min(area.Age, 201))
	}
	if !(area.Age >= 1e-9 && area.Age <= 1e9) || area.Most < 1 || area.Most > 200 || area.Steps < 1 || area.Steps > 200 || !(area.Horizon >= 0) {
		return fmt.Errorf("clvsvg: %w: a map of %+v", ErrOption, area)
	}
	values := make([][]float64, area.Steps)
	most := 0.0
	for j := range values {
		values[j] = make([]float64, area.Most+1)
		for x := range values[j] {
			c := clv.Customer{Frequency: x, Age: area.Age}
			if x > 0 {
				c.Recency = area.Age * float64(j+1) / float64(area.Steps)
			}
			v := m.PAlive(c)
			if area.Horizon > 0 {
				v = m.ConditionalExpected(c, area.Horizon)
			}
			if x == 0 && j > 0 {
				v = math.NaN() // without a repeat order there is no time of one: the lowest row holds them
			}
			values[j][x] = v
			if v > most {
				most = v
			}
		}
	}
	if most == 0 {
		return fmt.Errorf("clvsvg: %w: %s %v says nothing of these customers", ErrOption, m.Name(), m.Parameters())
	}
	title, top := l.Alive, 1.0
	if area.Horizon > 0 {
		title, top = l.ExpectedOrders, most
	}
	title += ", " + m.Name()
	xs := make([]tick, 0, area.Most)
	for x := 0; x <= area.Most; x++ {
		xs = append(xs, tick{float64(x) + .5, strconv.Itoa(x)})
	}
	var ys []tick
	for _, t := range ticks(area.Age, 4) {
		if t.at <= area.Age*(1+1e-9) {
			ys = append(ys, t)
		}
	}
	c, err := newChart(o, l, title, fmt.Sprintf("%s: 0 to %s", title, strconv.FormatFloat(top, 'g', 3, 64)), l.Frequency, l.Recency, xs, ys, 0, float64(area.Most+1), 0, area.Age, nil, false, rampWidth)
	if err != nil {
		return err
	}
	c.ramp(o, top)
	for j, row := range values {
		for x, v := range row {
			if math.IsNaN(v) {
				continue
			}
			low, high := area.Age*float64(j)/float64(area.Steps), area.Age*float64(j+1)/float64(area.Steps)
			c.p.Begin(fmt.Sprintf("%d, %.3g: %.3g", x, high, v))
			c.p.Rect(c.x(float64(x)), c.y(high), c.x(float64(x+1))-c.x(float64(x)), c.y(low)-c.y(high), svg.Style{Fill: svg.Ramp(v / top)})
			c.p.End()
		}
	}
	return c.write(w)
}

// rampWidth is room for the scale of colours and the numbers at its ends.
const rampWidth = 220

// ramp draws the scale of colours above the plot, on the right.
func (c *chart) ramp(o Options, top float64) {
	const cell, cells = 14, svg.RampSteps
	end := strconv.FormatFloat(top, 'g', 3, 64)
	b := svg.Fit(end, tickFont, 80)
	zero := svg.Fit("0", tickFont, 20)
	right := o.Width - margin - b.Width
	left := right - 6 - cell*cells
	y := c.top - 22
	c.p.Text(left-zero.Width-6, y, zero.Width+1, zero, svg.Muted, svg.Lead)
	for i := range cells {
		c.p.Rect(left+float64(i*cell), y+1, cell, 11, svg.Style{Fill: svg.Ramp((float64(i) + .5) / cells)})
	}
	c.p.Text(right, y, b.Width+1, b, svg.Muted, svg.Lead)
}
