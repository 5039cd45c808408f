package svg

import "math"

// An Align says where the lines of a text stand between the sides of their box.
type Align int

// Alignments. Lead and Trail are the sides where the picture begins and ends to be read, left and right unless it is
// mirrored. Start is where the text itself begins to be read, the right side for Arabic and Hebrew.
const (
	Lead Align = iota
	Middle
	Trail
	Start
)

// Text sets a block in a box whose upper left corner is (x, y) and whose width is w. If the block is only the beginning
// of a text, the whole is shown on hovering.
func (p *Picture) Text(x, y, w float64, b Block, fill Paint, a Align) {
	if len(b.Lines) == 0 {
		return
	}
	group := len(b.Lines) > 1
	if group {
		p.body = append(p.body, "<g"...)
		p.font(b.Font, fill)
		p.body = append(p.body, '>')
		p.title(b.Whole)
	}
	left := p.left(x, w)
	for i, line := range b.Lines {
		p.body = append(p.body, "<text"...)
		at := a
		switch {
		case a == Start && b.RightToLeft, a == Lead && p.frame.RightToLeft, a == Trail && !p.frame.RightToLeft:
			at = Trail // the right side
		case a != Middle:
			at = Lead
		}
		anchor := ""
		switch at {
		case Middle:
			p.number("x", left+w/2)
			anchor = "middle"
		case Lead:
			p.number("x", left)
			if b.RightToLeft {
				anchor = "end"
			}
		case Trail:
			p.number("x", left+w)
			if !b.RightToLeft {
				anchor = "end"
			}
		}
		p.number("y", y+(1+float64(i)*Leading)*b.Font.Size)
		if anchor != "" {
			p.attribute("text-anchor", anchor)
		}
		if b.RightToLeft {
			p.attribute("direction", "rtl")
		}
		// What may be wider than reckoned, and a character wider than its box, is squeezed.
		if units, sure := b.Font.units(line); !sure || float64(units)*b.Font.Size > (w+.01)*em {
			p.number("textLength", min(math.Floor(float64(units)*b.Font.Size/em), w))
			p.attribute("lengthAdjust", "spacingAndGlyphs")
		}
		if !group {
			p.font(b.Font, fill)
		}
		p.body = append(p.body, '>')
		if !group {
			p.title(b.Whole)
		}
		p.body = append(appendEscaped(p.body, line), "</text>"...)
		if !group {
			p.body = append(p.body, '\n')
		}
	}
	if group {
		p.body = append(p.body, "</g>\n"...)
	}
}

// font writes the attributes that all lines of a block share.
func (p *Picture) font(f Font, fill Paint) {
	p.number("font-size", f.Size)
	if f.Bold {
		p.attribute("font-weight", "bold")
	}
	if f.Italic {
		p.attribute("font-style", "italic")
	}
	p.paint("fill", fill, &p.fill)
	p.classes(fill, NoPaint)
}
