package journeysvg

import (
	"math"

	"github.com/cxmodel/cxmodel/internal/svg"
	"github.com/cxmodel/cxmodel/journey"
)

// A curve is the sentiment over the columns of the map. Places on it are counted in columns: the middle of column i
// is i + 0.5.
type curve struct {
	points   []point
	segments []segment

	measured, assumed, unknown, moments bool // which of them there are
}

type point struct {
	journey.CurvePoint
	column    int
	peak, end bool

	before, after float64 // values of the neighbours on the curve; NaN: none
}

// A segment leads from one point to the next by a cubic with the slopes m0 and m1, per column.
type segment struct {
	x0, y0, m0 float64
	x1, y1, m1 float64
	measured   bool
}

// newCurve lays the points over the columns. Columns that customers do not see are passed over; one whose sentiment
// is not known interrupts the curve, and so does a stage without touchpoints.
func newCurve(c journey.Curve, columns []column) curve {
	var out curve
	peak, hasPeak := c.Peak()
	end, hasEnd := c.End()
	rest, run := c.Points, []int(nil)
	flush := func() {
		out.join(run)
		run = nil
	}
	known := false
	for i, col := range columns {
		if col.touchpoint == nil {
			flush()
			continue
		}
		if !col.touchpoint.Layer.Visible() {
			continue
		}
		x := point{CurvePoint: rest[0], column: i, before: math.NaN(), after: math.NaN()}
		rest = rest[1:]
		x.end = hasEnd && len(rest) == 0 && x.CurvePoint == end
		if x.peak = hasPeak && x.CurvePoint == peak; x.peak {
			hasPeak = false // the first of equals
		}
		out.points = append(out.points, x)
		if !x.Known() {
			flush()
			continue
		}
		known = true
		run = append(run, len(out.points)-1)
	}
	flush()
	if !known {
		return curve{}
	}
	for _, x := range out.points {
		out.measured = out.measured || x.Known() && !x.Assumed()
		out.assumed = out.assumed || x.Assumed()
		out.unknown = out.unknown || !x.Known()
		out.moments = out.moments || x.Known() && x.Moment != journey.MomentUnspecified
	}
	return out
}

// join leads a curve through neighbouring points, monotone between them, after F. N. Fritsch and R. E. Carlson,
// Monotone Piecewise Cubic Interpolation, SIAM J. Numer. Anal. 17 (1980) 238-246, with the harmonic mean of
// F. N. Fritsch and J. Butland (1984) for the slope at a point:
//
//	m = 0 where the secants d0 and d1 beside the point differ in sign, else 3 (h0 + h1) / ((2 h1 + h0) / d0 + (h1 + 2 h0) / d1)
func (c *curve) join(run []int) {
	n := len(run)
	if n < 2 {
		return
	}
	x, y := make([]float64, n), make([]float64, n)
	for i, at := range run {
		x[i], y[i] = float64(c.points[at].column)+.5, clamped(c.points[at].Value)
	}
	slope := make([]float64, n) // level at both ends
	for i := 1; i < n-1; i++ {
		h0, h1 := x[i]-x[i-1], x[i+1]-x[i]
		d0, d1 := (y[i]-y[i-1])/h0, (y[i+1]-y[i])/h1
		if d0*d1 > 0 {
			slope[i] = 3 * (h0 + h1) / ((2*h1+h0)/d0 + (h1+2*h0)/d1)
		}
	}
	for i := range n - 1 {
		a, b := &c.points[run[i]], &c.points[run[i+1]]
		a.after, b.before = y[i+1], y[i]
		c.segments = append(c.segments, segment{x[i], y[i], slope[i], x[i+1], y[i+1], slope[i+1], !a.Assumed() && !b.Assumed()})
	}
}

func clamped(v float64) float64 { return min(max(v, -2), 2) }

// clip returns the control points of the part of s between the places from and to.
func (s segment) clip(from, to float64) (x, y [4]float64) {
	h := s.x1 - s.x0
	y = [4]float64{s.y0, s.y0 + float64(s.m0*h/3), s.y1 - float64(s.m1*h/3), s.y1}
	t0, t1 := (max(from, s.x0)-s.x0)/h, (min(to, s.x1)-s.x0)/h
	y = blossom(y, t0, t1)
	a, b := s.x0+float64(t0*h), s.x0+float64(t1*h)
	return [4]float64{a, a + (b-a)/3, b - (b-a)/3, b}, y
}

// blossom returns the control points of the part of a cubic Bézier curve between the parameters s and t.
func blossom(c [4]float64, s, t float64) [4]float64 {
	mix := func(a, b, t float64) float64 { return float64(a*(1-t)) + float64(b*t) }
	at := func(u, v, w float64) float64 {
		a, b, d := mix(c[0], c[1], u), mix(c[1], c[2], u), mix(c[2], c[3], u)
		a, b = mix(a, b, v), mix(b, d, v)
		return mix(a, b, w)
	}
	return [4]float64{at(s, s, s), at(s, s, t), at(s, t, t), at(t, t, t)}
}

// feels draws the part of the curve over the columns of a band.
func (b *band) feels() []part {
	last, known := b.first+len(b.columns), false
	for _, x := range b.curve.points {
		known = known || x.column >= b.first && x.column < last && x.Known()
	}
	if !known {
		return nil
	}
	const step, room = 30, 26 // pixels between two degrees; above and below the curve
	title, above := b.rowName(b.labels.Feels)
	if b.label > 0 {
		above = max(title.Height()-6, 0)
	}
	height := above + 2*room + 4*step
	if b.label == 0 {
		height += smallFont.Size * svg.Leading // for the word below the scale
	}
	return []part{{height + 8, func(p *svg.Picture, top float64) {
		b.rowFrame(p, top, title)
		zero := top + 8 + above + room + 2*step
		place := func(x, y float64) (float64, float64) { return b.left(0) + (x-float64(b.first))*b.column, zero - y*step }
		for v := -2; v <= 2; v++ {
			style := svg.Style{Stroke: svg.Rule, Dash: []float64{2, 4}}
			if v == 0 {
				style = svg.Style{Stroke: svg.Rule}
			}
			y := zero - float64(v*step)
			p.Line(b.left(0)+2, y, b.right()-2, y, style)
		}
		if b.label > 0 {
			for i, word := range [...]string{b.labels.VeryGood, b.labels.Neither, b.labels.VeryBad} {
				text := svg.Fit(word, smallFont, b.label-12)
				p.Text(b.margin, zero-float64((2-2*i)*step)-smallFont.Size*.65, b.label-8, text, svg.Muted, svg.Trail)
			}
		} else { // the ends of the scale, out of the way of the curve
			good, bad := svg.Fit(b.labels.VeryGood, smallFont, b.width/2), svg.Fit(b.labels.VeryBad, smallFont, b.width/2)
			p.Text(b.margin, top+8, b.width, good, svg.Muted, svg.Trail)
			p.Text(b.margin, zero+2*step+room-4, b.width, bad, svg.Muted, svg.Trail)
		}
		for _, s := range b.curve.segments {
			if s.x1 <= float64(b.first) || s.x0 >= float64(last) {
				continue
			}
			xs, ys := s.clip(float64(b.first), float64(last))
			var d svg.Path
			for i := range xs {
				xs[i], ys[i] = place(xs[i], ys[i])
			}
			d.Move(xs[0], ys[0])
			d.Curve(xs[1], ys[1], xs[2], ys[2], xs[3], ys[3])
			p.Path(&d, curveStyle(s.measured))
		}
		for _, x := range b.curve.points {
			if x.column >= b.first && x.column < last {
				px, py := place(float64(x.column)+.5, clamped(x.Value))
				b.point(p, px, py, zero, x)
			}
		}
	}}}
}

func curveStyle(measured bool) svg.Style {
	s := svg.Style{Stroke: svg.Good, Width: 2.5, Round: true}
	if !measured {
		s.Dash = []float64{.1, 6}
	}
	return s
}

// point draws a point of the curve with its value.
func (b *band) point(p *svg.Picture, x, y, zero float64, at point) {
	l := &b.labels
	if !at.Known() {
		p.Text(x-12, zero-markFont.Size*.65, 24, svg.Fit("?", markFont, 24), svg.Muted, svg.Middle)
		return
	}
	b.dot(p, x, y, !at.Assumed(), at.Moment != journey.MomentUnspecified)
	text := l.signed(at.Value)
	font, fill := smallFont, svg.Muted
	if at.peak || at.end {
		font, fill = markFont, svg.Good
		if at.Value < 0 {
			fill = svg.Bad
		}
		names := ""
		if at.peak {
			names = l.Peak + " "
		}
		if at.end {
			names += l.End + " "
		}
		text = names + text
	}
	block := svg.Fit(text, font, b.column-8)
	above, beside := at.side()
	far := 9.
	if at.Moment != journey.MomentUnspecified {
		far = 12
	}
	top := y + far
	if above {
		top = y - far - font.Size*1.2
	}
	left := x - block.Width/2
	switch {
	case beside < 0:
		left = x - 6 - block.Width
	case beside > 0:
		left = x + 6
	}
	p.Rect(left-2, top-1, block.Width+4, font.Size*1.2+2, svg.Style{Fill: svg.Page}) // so that no hairline runs through the number
	p.Text(left, top, block.Width, block, fill, svg.Lead)
}

// side says where the value of a point does not lie on the curve: above or below the point, and a little before it
// (-1), after it (1) or right there (0).
func (x point) side() (above bool, beside int) {
	v := clamped(x.Value)
	switch {
	case math.IsNaN(x.before) && math.IsNaN(x.after):
		return v >= 0, 0
	case math.IsNaN(x.before):
		return x.after <= v, 0
	case math.IsNaN(x.after):
		return x.before <= v, 0
	case x.before < v && v < x.after:
		return true, -1
	case x.before > v && v > x.after:
		return true, 1
	}
	return x.before <= v && x.after <= v, 0
}

// dot draws the sign of a point: full where it was measured, a diamond at a moment of truth.
func (m *journeyMap) dot(p *svg.Picture, x, y float64, measured, moment bool) {
	if moment {
		p.Mark(svg.Diamond, x, y, 8, svg.Accent)
		if !measured {
			p.Mark(svg.Diamond, x, y, 5, svg.Page)
		}
		return
	}
	fill := svg.Page
	if measured {
		fill = svg.Good
	}
	p.Circle(x, y, 4.5, svg.Style{Fill: fill, Stroke: svg.Good, Width: 2})
}
