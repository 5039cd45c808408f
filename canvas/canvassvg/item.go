package canvassvg

import (
	"cmp"
	"math"
	"strconv"
	"strings"

	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/internal/svg"
)

const (
	itemPad  = 8
	itemGap  = 6
	meterLen = 36
)

// A card is an item that is laid out; it is drawn as high as its row, which is at least height.
type card struct {
	height float64
	draw   func(p *svg.Picture, x, y, height float64)
}

// item lays out the card of an item. How it has changed is told by m.
func (d *drawing) item(e canvas.Entry, m mark, at place, width float64) card {
	base := e.Base()
	s := &svg.Stack{Width: width - 2*itemPad - stripeWidth}
	fill := svg.Ink
	if m != same {
		sign, word, color := d.sign(m)
		s.Add(word, svg.Text{Font: markFont, Fill: color, Mark: sign, Accent: color, Lines: 2})
		if m == removed {
			fill = svg.Muted
		}
	}
	s.Add(cmp.Or(svg.OneLine(base.Name), string(base.Key), d.labels.Nothing), svg.Text{Font: itemFont, Fill: fill, Lines: d.lines, Before: 1})
	if !base.Amount.IsZero() {
		s.Add(base.Amount.String(), svg.Text{Font: smallFont, Fill: svg.Muted, Lines: 2, Before: 1})
	}
	if m == changed {
		for _, x := range d.changes.notes[at] {
			s.Add(d.labels.say(x, e.Ref()), svg.Text{Font: smallFont, Fill: svg.Accent, Lines: d.lines, Before: 2})
		}
	}
	var segments []int
	coloured := d.reach != nil && m != removed
	nobody := ""
	if coloured {
		if segments = d.reach.of(e.Ref()); len(segments) == 0 {
			nobody = d.labels.Nobody
		}
	}
	foot := d.foot(segments, nobody, base.Performance, s.Width)
	height := s.Height() + 2*itemPad
	if foot.height > 0 {
		height += 4 + foot.height
	}
	var about []string
	if owner := svg.OneLine(base.Owner); owner != "" {
		about = append(about, d.labels.Owner+": "+owner)
	}
	if text := svg.Clean(base.Description); text != "" {
		about = append(about, text)
	}
	return card{height, func(p *svg.Picture, x, y, height float64) {
		style := svg.Style{Fill: svg.Card, Stroke: svg.Rule, Radius: 2}
		switch m {
		case added:
			style.Stroke, style.Width = svg.Good, 1.75
		case changed:
			style.Stroke, style.Width = svg.Accent, 1.75
		case removed:
			style.Stroke, style.Width, style.Dash = svg.Bad, 1.25, []float64{5, 3}
		}
		p.Begin(strings.Join(about, "\n"))
		p.Rect(x, y, width, height, style)
		if coloured {
			stripe(p, x, y, height, segments)
		}
		p.Stack(x+itemPad+stripeWidth, y+itemPad, s)
		foot.draw(p, x+itemPad+stripeWidth, y+height-itemPad-foot.height)
		p.End()
	}}
}

// stripe draws the colours of the segments along the edge of a card, grey if there are none.
func stripe(p *svg.Picture, x, y, height float64, segments []int) {
	if len(segments) == 0 {
		p.Rect(x, y, stripeWidth, height, svg.Style{Fill: svg.Edge})
		return
	}
	part := height / float64(len(segments))
	for i, n := range segments {
		p.Rect(x, y+float64(i)*part, stripeWidth, part, svg.Style{Fill: svg.Category(n)})
	}
}

// foot lays out the last lines of a card: the numbers of the segments, or that it reaches nobody, and how well the
// item works.
func (d *drawing) foot(segments []int, nobody string, performance *canvas.Performance, width float64) piece {
	const space = 3
	type placed struct {
		chip
		x, y float64
	}
	var chips []placed
	x, y := 0., 0.
	for _, n := range segments {
		c := newChip(n)
		if x > 0 && x+c.width > width {
			x, y = 0, y+chipHeight+space
		}
		chips = append(chips, placed{c, x, y})
		x += c.width + space
	}
	none := svg.Fit(nobody, smallFont, width)
	x += none.Width
	height := 0.
	if x > 0 {
		height = y + chipHeight
	}
	var word svg.Block
	var meterX, meterY float64
	judged := performance != nil && !math.IsNaN(float64(*performance))
	if judged {
		word = svg.Fit(d.level(*performance), smallFont, max(width-meterLen-6, 20))
		long := meterLen + 6 + max(word.Width, d.widestLevel(width)) // so that meters stand one below the other
		meterX, meterY = width-long, y
		if x == 0 {
			meterX = 0
		} else if x+6 > meterX {
			meterX, meterY = 0, y+chipHeight+space
		}
		height = meterY + chipHeight
	}
	return piece{height, func(p *svg.Picture, left, top float64) {
		for _, c := range chips {
			c.draw(p, left+c.x, top+c.y)
		}
		p.Text(left, top+chipHeight/2-smallFont.Size*.66, width, none, svg.Muted, svg.Lead)
		if !judged {
			return
		}
		at, middle := left+meterX, top+meterY+chipHeight/2
		p.Begin(d.labels.Performance + " " + d.level(*performance))
		meter(p, at, middle, float64(*performance))
		p.Text(at+meterLen+6, middle-smallFont.Size*.66, word.Width, word, svg.Muted, svg.Lead)
		p.End()
	}}
}

// meter draws how well an item works, of [0, 1], as a bar that is filled so far.
func meter(p *svg.Picture, x, middle, performance float64) {
	p.Rect(x, middle-2, meterLen, 4, svg.Style{Fill: svg.Rule, Radius: 2})
	if filled := meterLen * min(max(performance, 0), 1); filled > 0 {
		p.Rect(x, middle-2, filled, 4, svg.Style{Fill: svg.Muted, Radius: 2})
	}
}

// widestLevel returns the width of the longest word for how well an item works; 0 if a card of that width has no room for it.
func (d *drawing) widestLevel(width float64) float64 {
	widest := 0.
	for _, word := range d.labels.Levels {
		widest = max(widest, smallFont.Width(svg.OneLine(word)))
	}
	if widest > width/3 {
		return 0
	}
	return widest
}

// level writes how well an item works: as one of the five words, else from 0 to 100.
func (d *drawing) level(p canvas.Performance) string {
	for i, word := range d.labels.Levels {
		if float64(p)*4 == float64(i) {
			return word
		}
	}
	return strings.Replace(strconv.FormatFloat(math.Round(float64(p)*100), 'f', -1, 64), "-", "−", 1)
}
