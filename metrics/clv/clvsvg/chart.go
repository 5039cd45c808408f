package clvsvg

import (
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/cxmodel/cxmodel/internal/svg"
)

var (
	titleFont = svg.Font{Size: 16, Bold: true}
	textFont  = svg.Font{Size: 12}
	tickFont  = svg.Font{Size: 11}
)

const margin = 16

// A tick is a place on an axis and what stands there.
type tick struct {
	at   float64
	text string
}

// A chart is a picture with two axes. Its plot maps (x0, y0) to (x1, y1) onto a box of pixels.
type chart struct {
	p                        *svg.Picture
	left, top, width, height float64
	x0, x1, y0, y1           float64
}

func (c *chart) x(v float64) float64 { return c.left + (v-c.x0)/(c.x1-c.x0)*c.width }
func (c *chart) y(v float64) float64 { return c.top + c.height - (v-c.y0)/(c.y1-c.y0)*c.height }

// An entry of a legend.
type entry struct {
	text  string
	paint svg.Paint
	dash  []float64
	dot   bool // a point instead of a line
}

// newChart lays out title, legend and axes, and draws them. grid draws a line across at each tick of y;
// reserve is room on the right of the y axis's words that is left for a scale.
func newChart(o Options, l Labels, title, description, xLabel, yLabel string, xs, ys []tick, x0, x1, y0, y1 float64, legend []entry, grid bool, reserve float64) (*chart, error) {
	p, err := svg.New(svg.Frame{ID: o.ID, Title: title, Description: description, Language: l.Language, RightToLeft: l.RightToLeft, Width: o.Width, Height: o.Height, Theme: o.Theme})
	if err != nil {
		return nil, fmt.Errorf("clvsvg: %w", err)
	}
	c := &chart{p: p, x0: x0, x1: x1, y0: y0, y1: y1}
	p.Rect(0, 0, o.Width, o.Height, svg.Style{Fill: svg.Page})
	head := svg.Wrap(title, titleFont, o.Width-2*margin, 2)
	p.Text(margin, margin, o.Width-2*margin, head, svg.Ink, svg.Lead)
	y := margin + head.Height() + 6

	at := float64(margin)
	for _, e := range legend {
		b := svg.Fit(e.text, textFont, o.Width/2)
		if at+30+b.Width > o.Width-margin && at > margin {
			at, y = margin, y+18
		}
		if e.dot {
			p.Circle(at+11, y+8, 4, svg.Style{Fill: e.paint})
		} else {
			p.Line(at, y+8, at+22, y+8, svg.Style{Stroke: e.paint, Width: 2.5, Dash: e.dash})
		}
		p.Text(at+28, y, b.Width, b, svg.Ink, svg.Lead)
		at += 28 + b.Width + 18
	}
	if len(legend) > 0 {
		y += 22
	}
	yHead := svg.Fit(yLabel, textFont, o.Width-2*margin-reserve)
	p.Text(margin, y, o.Width-2*margin-reserve, yHead, svg.Muted, svg.Lead)
	if yHead.Height() > 0 || reserve > 0 {
		y += 24
	}
	y += 4

	wide := 0.0
	for _, t := range ys {
		wide = max(wide, tickFont.Width(t.text))
	}
	c.left, c.top = margin+wide+8, y
	c.width = o.Width - margin - 12 - c.left
	c.height = o.Height - margin - 38 - c.top
	for _, t := range ys {
		at := c.y(t.at)
		if grid {
			p.Line(c.left, at, c.left+c.width, at, svg.Style{Stroke: svg.Rule})
		}
		b := svg.Fit(t.text, tickFont, wide+1)
		p.Text(margin, at-b.Height()/2, wide+1, b, svg.Muted, svg.Trail)
	}
	last := math.Inf(-1)
	for _, t := range xs {
		w := tickFont.Width(t.text) + 1
		at := min(max(c.x(t.at)-w/2, 0), o.Width-w)
		p.Line(c.x(t.at), c.top+c.height, c.x(t.at), c.top+c.height+4, svg.Style{Stroke: svg.Edge})
		if at < last+6 {
			continue // no room for its text
		}
		b := svg.Fit(t.text, tickFont, w)
		p.Text(at, c.top+c.height+6, w, b, svg.Muted, svg.Middle)
		last = at + w
	}
	p.Line(c.left, c.top+c.height, c.left+c.width, c.top+c.height, svg.Style{Stroke: svg.Edge})
	p.Text(c.left, c.top+c.height+22, c.width, svg.Fit(xLabel, textFont, c.width), svg.Muted, svg.Middle)
	return c, nil
}

// line draws a curve through points.
func (c *chart) line(xs, ys []float64, paint svg.Paint, dash []float64) {
	var d svg.Path
	for i := range xs {
		if i == 0 {
			d.Move(c.x(xs[i]), c.y(ys[i]))
		} else {
			d.Line(c.x(xs[i]), c.y(ys[i]))
		}
	}
	c.p.Path(&d, svg.Style{Stroke: paint, Width: 2.5, Dash: dash, Round: true})
}

func (c *chart) write(w io.Writer) error {
	if _, err := c.p.WriteTo(w); err != nil {
		return fmt.Errorf("clvsvg: %w", err)
	}
	return nil
}

// ticks returns about n round numbers from 0 to most, the last at most or above.
func ticks(most float64, n int) []tick {
	raw := most / float64(n)
	step := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, f := range []float64{1, 2, 5, 10} {
		if step*f >= raw*(1-1e-9) {
			step *= f
			break
		}
	}
	var out []tick
	for k := 0; ; k++ {
		v := float64(k) * step
		out = append(out, tick{v, strconv.FormatFloat(v, 'g', 6, 64)})
		if v >= most*(1-1e-9) {
			return out
		}
	}
}

// drawable returns the largest of the values, or an error if one of them cannot be drawn.
func drawable(what string, values ...float64) (float64, error) {
	most := 0.0
	for _, v := range values {
		if !(v >= 0) || v > 1e15 {
			return 0, fmt.Errorf("clvsvg: %w: %s %v", ErrOption, what, v)
		}
		most = max(most, v)
	}
	return max(most, 1e-9), nil
}
