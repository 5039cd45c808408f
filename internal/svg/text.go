package svg

import "math"

// An Align says where the lines of a text stand between the sides of their box.
type Align int

// Alignments. Lead and Trail are the sides where the picture begins and ends to be read, left and right unless it is
// mirrored.
const (
	Lead Align = iota
	Middle
	Trail
)

// Text sets a block in a box whose upper left corner is (x, y) and whose width is w. If the block is only the beginning
// of a text, the whole is shown on hovering. Several lines that are read the other way than the picture begin one below
// the other on their own side, and stand as a block on the Lead side.
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
	at, anchor := p.left(x, w), ""
	switch right := (a == Trail) != p.frame.RightToLeft; {
	case a == Middle:
		at, anchor = at+w/2, "middle"
	case right == b.RightToLeft: // the side where its lines begin
		if right {
			at += w
		}
	case group && a == Lead && right:
		at += w - min(b.Width, w)
	case group && a == Lead:
		at += min(b.Width, w)
	default:
		anchor = "end"
		if right {
			at += w
		}
	}
	for i, line := range b.Lines {
		p.body = append(p.body, "<text"...)
		p.number("x", at)
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
