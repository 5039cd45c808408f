package canvassvg

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/cxmodel/cxmodel/internal/svg"
)

// legend names the segments by number and colour, the meter, and the marks of a comparison.
func (d *drawing) legend() []piece {
	type entry struct {
		text  string
		width float64 // of the sign
		draw  func(p *svg.Picture, x, y float64)
	}
	var entries []entry
	if d.reach != nil {
		for i := range d.c.Segments {
			base := d.c.Segments[i].Base()
			chip := newChip(i)
			entries = append(entries, entry{cmp.Or(svg.OneLine(base.Name), string(base.Key)), chip.width, chip.draw})
		}
		if d.anyGrey() {
			entries = append(entries, entry{d.labels.Nobody, stripeWidth, func(p *svg.Picture, x, y float64) {
				p.Rect(x, y, stripeWidth, chipHeight, svg.Style{Fill: svg.Edge})
			}})
		}
	}
	if d.anyJudged() {
		entries = append(entries, entry{d.labels.Performance + ": " + strings.Join(d.labels.Levels[:], ", "), meterLen, func(p *svg.Picture, x, y float64) {
			meter(p, x, y+chipHeight/2, .5)
		}})
	}
	if d.changes != nil {
		version := svg.OneLine(d.opts.Before.Version)
		if version == "" {
			version = svg.OneLine(d.opts.Before.Name)
		}
		if version != "" {
			entries = append(entries, entry{d.labels.Since + " " + version + ":", 0, func(*svg.Picture, float64, float64) {}})
		}
		for _, m := range []mark{added, changed, removed} {
			sign, word, fill := d.sign(m)
			entries = append(entries, entry{fmt.Sprintf("%d %s", d.changes.count[m], word), 12, func(p *svg.Picture, x, y float64) {
				p.Mark(sign, x+6, y+chipHeight/2, 4.5, fill)
			}})
		}
	}
	var pieces []piece
	var row []func(p *svg.Picture, x, y float64)
	x := 0.
	flush := func() {
		if now := row; len(now) > 0 {
			pieces = append(pieces, piece{20, func(p *svg.Picture, x, y float64) {
				for _, draw := range now {
					draw(p, x, y)
				}
			}})
		}
		row, x = nil, 0
	}
	for _, e := range entries {
		sign := e.width
		if sign > 0 {
			sign += 6
		}
		text := svg.Fit(e.text, smallFont, min(d.width-sign, 320))
		if x > 0 && x+sign+text.Width > d.width {
			flush()
		}
		at := x
		row = append(row, func(p *svg.Picture, x, y float64) {
			e.draw(p, x+at, y)
			p.Text(x+at+sign, y+chipHeight/2-smallFont.Size*.66, text.Width, text, svg.Muted, svg.Lead)
		})
		x += sign + text.Width + 20
	}
	flush()
	if len(pieces) > 0 {
		pieces = append(pieces, gap(8))
	}
	return pieces
}

// anyGrey reports whether there is an item that reaches nobody.
func (d *drawing) anyGrey() bool {
	for e := range d.c.Entries() {
		if len(d.reach.of(e.Ref())) == 0 {
			return true
		}
	}
	return false
}

// anyJudged reports whether it is said of any item how well it works.
func (d *drawing) anyJudged() bool {
	for e := range d.c.Entries() {
		if p := e.Base().Performance; p != nil && !math.IsNaN(float64(*p)) {
			return true
		}
	}
	return false
}

const (
	chipHeight  = 13
	stripeWidth = 4
)

// A chip is the number of a segment on its colour, so that the colour is not all that tells segments apart.
type chip struct {
	number int
	text   svg.Block
	width  float64
}

func newChip(segment int) chip {
	text := svg.Fit(strconv.Itoa(segment+1), chipFont, 60)
	return chip{segment, text, max(text.Width+6, 15)}
}

func (c chip) draw(p *svg.Picture, x, y float64) {
	p.Rect(x, y, c.width, chipHeight, svg.Style{Fill: svg.Category(c.number), Radius: 3})
	p.Text(x, y+chipHeight/2-chipFont.Size*.66, c.width, c.text, svg.OnCategory(c.number), svg.Middle)
}

// sign returns how a mark is shown.
func (d *drawing) sign(m mark) (sign svg.Mark, word string, color svg.Paint) {
	switch m {
	case added:
		return svg.Plus, d.labels.Added, svg.Good
	case removed:
		return svg.Minus, d.labels.Removed, svg.Bad
	}
	return svg.Tilde, d.labels.Changed, svg.Accent
}
