package alignmentsvg

import (
	"github.com/cxmodel/cxmodel/internal/svg"
)

// An entry of the legend is a sign and what it means.
type entry struct {
	kind sign
	text svg.Block
	y    float64
}

type sign int

const (
	signRamp sign = iota
	signMark
	signDot
	signNone
)

const (
	swatch   = 20 // width of one colour, less where there is no room
	signWide = 26 // of the other signs
	legendY  = 16.5
)

// layOutLegend places the legend below y and returns where it ends. Only signs that occur are explained.
func (d *drawing) layOutLegend(y float64) float64 {
	var rated, marked, dotted, empty, interval bool
	for i := range d.bands {
		for k := range d.bands[i].columns {
			c := &d.bands[i].columns[k]
			interval = interval || c.rated() && c.uncertain()
			for _, e := range c.cells {
				rated = rated || e.linked && c.rated()
				dotted = dotted || e.linked && !c.rated()
				marked = marked || e.linked && e.hurts != ""
				empty = empty || !e.linked
			}
		}
	}
	add := func(used bool, kind sign, indent float64, text string) {
		if !used {
			return
		}
		e := entry{kind: kind, text: svg.Wrap(text, smallFont, d.width-2*margin-indent, 0), y: y}
		d.legend = append(d.legend, e)
		y += max(e.text.Height()+3, legendY)
	}
	if rated {
		d.legend = append(d.legend, entry{kind: signRamp, y: y})
		y += legendY + 2
	}
	add(marked, signMark, signWide, d.l.Hurts)
	add(dotted, signDot, signWide, d.l.Linked)
	add(empty, signNone, 0, d.l.NoLink)
	add(interval, signNone, 0, d.l.Unjudged)
	return y
}

func (d *drawing) drawLegend() {
	for _, e := range d.legend {
		x, middle := float64(margin), e.y+smallFont.Size*svg.Leading/2
		switch e.kind {
		case signRamp:
			least := svg.Fit(d.l.Least, smallFont, 90)
			d.p.Text(x, e.y, least.Width+1, least, svg.Muted, svg.Lead)
			x += least.Width + 8
			most := svg.Fit(put(d.l.Most, d.l.whole(d.top)), smallFont, 90)
			wide := min(swatch, (d.width-margin-x-most.Width-9)/svg.RampSteps)
			for i := range svg.RampSteps {
				d.p.Rect(x, e.y+1, wide, smallFont.Size+1, svg.Style{Fill: svg.Ramp(float64(i) / (svg.RampSteps - 1)), Stroke: svg.Rule})
				x += wide
			}
			d.p.Text(x+8, e.y, most.Width+1, most, svg.Muted, svg.Lead)
			continue
		case signMark:
			d.corner(x+14, middle-8, svg.Ink)
			x += signWide
		case signDot:
			d.p.Circle(x+8, middle, 4.5, svg.Style{Fill: svg.Ink})
			x += signWide
		}
		d.p.Text(x, e.y, d.width-margin-x, e.text, svg.Muted, svg.Lead)
	}
}
