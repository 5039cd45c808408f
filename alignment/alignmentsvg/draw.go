package alignmentsvg

import (
	"github.com/cxmodel/cxmodel/internal/svg"
)

func (d *drawing) draw() {
	d.p.Stack(margin, margin, &d.head)
	for i := range d.bands {
		d.drawBand(&d.bands[i])
	}
	if len(d.bands) == 0 {
		d.p.Text(margin, margin+d.head.Height()+14, d.width-2*margin, svg.Fit(d.l.NoStage, labelFont, d.width-2*margin), svg.Ink, svg.Lead)
	}
	d.drawLegend()
	d.p.Stack(margin, d.height-margin-d.foot.Height(), &d.foot)
}

// left returns where column i of a band begins.
func (d *drawing) left(b *band, i int) float64 {
	x := margin + d.label + float64(i)*d.column
	if b.columns[i].total {
		x += totalGap
	}
	return x
}

func (d *drawing) drawBand(b *band) {
	y := b.y
	if len(b.journey.Lines) > 0 {
		d.p.Text(margin, y, d.width-2*margin, b.journey, svg.Ink, svg.Lead)
		y += b.journey.Height() + 6
	}
	for i, h := range b.heads {
		d.p.Text(d.left(b, i), y+b.head-h.Height(), d.column-cellGap, h, svg.Ink, svg.Middle)
	}
	y += b.head + 6
	for k, name := range d.names {
		d.p.Text(margin, y+centred(name, d.rows-cellGap), d.label-10, name, svg.Ink, svg.Lead)
		for i := range b.columns {
			d.drawCell(&b.columns[i], k, d.left(b, i), y)
		}
		y += d.rows
	}
	y += 4
	end := d.left(b, len(b.columns)-1) + d.column
	d.p.Line(margin, y, end, y, svg.Style{Stroke: svg.Edge})
	for _, r := range d.below {
		first := r.height
		if r.small != nil {
			first -= smallFont.Size * svg.Leading
		}
		d.p.Text(margin, y+centred(r.name, max(first, r.name.Height())), d.label-10, r.name, r.paint, svg.Lead)
		for i := range b.columns {
			c := &b.columns[i]
			d.text(r.value(c), r.font, d.left(b, i), y, first, r.paint)
			if r.small != nil {
				d.text(r.small(c), smallFont, d.left(b, i), y+first-5, smallFont.Size*svg.Leading, svg.Muted)
			}
		}
		y += r.height
	}
}

// centred returns how far below the top of a box a block stands in its middle, as the eye sees it: from the top of the
// capitals to the last base line.
func centred(b svg.Block, height float64) float64 {
	const capitals = .716
	return (height - b.Font.Size*(2-capitals+float64(len(b.Lines)-1)*svg.Leading)) / 2
}

// text sets a number in the middle of a column and of a height.
func (d *drawing) text(s string, f svg.Font, x, y, height float64, fill svg.Paint) {
	b := svg.Fit(s, f, d.column)
	d.p.Text(x, y+centred(b, height), d.column-cellGap, b, fill, svg.Middle)
}

func (d *drawing) drawCell(c *column, block int, x, y float64) {
	e := &c.cells[block]
	w, h := d.column-cellGap, d.rows-cellGap
	d.p.Begin(d.tooltip(c, block))
	defer d.p.End()
	switch {
	case !e.linked:
		d.p.Rect(x, y, w, h, svg.Style{Fill: svg.Page})
		d.text(d.l.NotAvailable, smallFont, x, y, h, svg.Muted)
	case !c.rated():
		d.p.Rect(x, y, w, h, svg.Style{Fill: svg.Panel, Radius: 3})
		d.p.Circle(x+w/2, y+h/2, 4.5, svg.Style{Fill: svg.Ink})
	default:
		d.p.Rect(x, y, w, h, svg.Style{Fill: svg.Ramp(e.points / d.top), Radius: 3})
		d.text(d.l.whole(e.points), cellFont, x, y, h, svg.OnRamp(e.points/d.top))
		if e.hurts != "" {
			d.corner(x+w, y, svg.OnRamp(e.points/d.top))
		}
	}
}

// corner draws the mark for a failure that hurts, into the corner whose outer edges meet at (x, y).
func (d *drawing) corner(x, y float64, fill svg.Paint) {
	var p svg.Path
	p.Move(x-markSize-3, y+3)
	p.Line(x-3, y+3)
	p.Line(x-3, y+3+markSize)
	p.Close()
	d.p.Path(&p, svg.Style{Fill: fill})
}
