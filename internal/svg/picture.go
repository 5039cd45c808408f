package svg

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// A Frame is what a picture is as a whole.
type Frame struct {
	// ID is the id of the root element and begins all others; it is to be unique in a page that holds several
	// pictures. Characters that an id cannot have become hyphens.
	ID          string
	Title       string  // its name, for screen readers too
	Description string  // what is to be seen, in words
	Language    string  // of the texts, by BCP 47: "en"; empty: not stated
	RightToLeft bool    // mirrored: what is laid out on the left is drawn on the right
	Width       float64 // in pixels
	Height      float64
	Theme       *Theme // nil: the default
}

// MaxSize is the largest width or height of a picture, in pixels.
const MaxSize = 1 << 22

// A Picture is an SVG document that is being drawn. What is drawn later lies on top.
type Picture struct {
	frame       Frame
	plain, dark [paints]Color
	fill        [paints]bool // the roles in use
	stroke      [paints]bool
	body        []byte
	open        int // groups
}

// New returns an empty picture. The error says which colour of the theme is malformed, or that the picture is too large.
func New(f Frame) (*Picture, error) {
	if !(f.Width > 0 && f.Width <= MaxSize && f.Height > 0 && f.Height <= MaxSize) {
		return nil, fmt.Errorf("svg: a picture of %g × %g pixels cannot be drawn; at most %d each way", f.Width, f.Height, MaxSize)
	}
	p := &Picture{frame: f, body: make([]byte, 0, 1<<14)}
	var err error
	if p.plain, p.dark, err = f.Theme.colors(); err != nil {
		return nil, fmt.Errorf("svg: %w", err)
	}
	p.frame.ID = identifier(f.ID)
	p.Rect(0, 0, f.Width, f.Height, Style{Fill: Page})
	return p, nil
}

// identifier makes an XML name of s.
func identifier(s string) string {
	if s == "" {
		return "cx"
	}
	b := []byte(s)
	for i, c := range b {
		if (c|0x20 < 'a' || c|0x20 > 'z') && (c < '0' || c > '9') && c != '_' {
			b[i] = '-'
		}
	}
	if c := b[0] | 0x20; c < 'a' || c > 'z' {
		return "cx-" + string(b)
	}
	return string(b)
}

// A Style is how a shape is drawn.
type Style struct {
	Fill   Paint
	Stroke Paint
	Width  float64   // of the stroke; 0: 1
	Radius float64   // of the corners of a rectangle
	Dash   []float64 // lengths of strokes and gaps; nil: unbroken
	Round  bool      // round ends and joins of the stroke
}

// Rect draws a rectangle.
func (p *Picture) Rect(x, y, w, h float64, s Style) {
	p.body = append(p.body, "<rect"...)
	p.number("x", p.left(x, w))
	p.number("y", y)
	p.number("width", w)
	p.number("height", h)
	if s.Radius > 0 {
		p.number("rx", s.Radius)
	}
	p.style(s)
}

// Circle draws a circle around (x, y).
func (p *Picture) Circle(x, y, r float64, s Style) {
	p.body = append(p.body, "<circle"...)
	p.number("cx", p.left(x, 0))
	p.number("cy", y)
	p.number("r", r)
	p.style(s)
}

// Line draws a straight line.
func (p *Picture) Line(x1, y1, x2, y2 float64, s Style) {
	p.body = append(p.body, "<line"...)
	p.number("x1", p.left(x1, 0))
	p.number("y1", y1)
	p.number("x2", p.left(x2, 0))
	p.number("y2", y2)
	p.style(s)
}

// A Path is a line through points.
type Path struct{ steps []step }

type step struct {
	op  byte
	xy  [6]float64
	len int
}

// Move begins a new line at (x, y).
func (d *Path) Move(x, y float64) { d.steps = append(d.steps, step{'M', [6]float64{x, y}, 2}) }

// Line goes straight to (x, y).
func (d *Path) Line(x, y float64) { d.steps = append(d.steps, step{'L', [6]float64{x, y}, 2}) }

// Curve goes to (x, y) on a cubic Bézier curve with the control points (x1, y1) and (x2, y2).
func (d *Path) Curve(x1, y1, x2, y2, x, y float64) {
	d.steps = append(d.steps, step{'C', [6]float64{x1, y1, x2, y2, x, y}, 6})
}

// Close goes back to where the line began.
func (d *Path) Close() { d.steps = append(d.steps, step{op: 'Z'}) }

// Path draws d. An empty path draws nothing.
func (p *Picture) Path(d *Path, s Style) {
	if len(d.steps) == 0 {
		return
	}
	p.body = append(p.body, `<path d="`...)
	for _, s := range d.steps {
		p.body = append(p.body, s.op)
		for i, v := range s.xy[:s.len] {
			if i > 0 {
				p.body = append(p.body, ' ')
			}
			if i%2 == 0 {
				v = p.left(v, 0)
			}
			p.body = appendNumber(p.body, v)
		}
	}
	p.body = append(p.body, '"')
	p.style(s)
}

// Begin opens a group with a title, which browsers show on hovering; an empty title is none. End closes it.
func (p *Picture) Begin(title string) {
	p.body = append(p.body, "<g>"...)
	p.title(title)
	p.open++
}

// End closes the group that was opened last.
func (p *Picture) End() {
	p.body = append(p.body, "</g>\n"...)
	p.open--
}

func (p *Picture) title(s string) {
	if s = Clean(s); s != "" {
		p.body = append(appendEscaped(append(p.body, "<title>"...), s), "</title>"...)
	}
}

// left returns the x coordinate in the document of something that reaches from x to x + w.
func (p *Picture) left(x, w float64) float64 {
	if p.frame.RightToLeft {
		return p.frame.Width - x - w
	}
	return x
}

// style closes the tag of a shape.
func (p *Picture) style(s Style) {
	p.paint("fill", s.Fill, &p.fill)
	if s.Stroke != NoPaint {
		p.paint("stroke", s.Stroke, &p.stroke)
		if s.Width > 0 && s.Width != 1 {
			p.number("stroke-width", s.Width)
		}
		if len(s.Dash) > 0 {
			p.body = append(p.body, ` stroke-dasharray="`...)
			for i, d := range s.Dash {
				if i > 0 {
					p.body = append(p.body, ' ')
				}
				p.body = appendNumber(p.body, d)
			}
			p.body = append(p.body, '"')
		}
		if s.Round {
			p.body = append(p.body, ` stroke-linecap="round" stroke-linejoin="round"`...)
		}
	}
	p.classes(s.Fill, s.Stroke)
	p.body = append(p.body, "/>\n"...)
}

func (p *Picture) paint(attribute string, of Paint, used *[paints]bool) {
	color := Color("none")
	if of != NoPaint {
		color = p.plain[of]
		used[of] = true
	}
	p.attribute(attribute, string(color))
}

// classes names the roles, for what is another colour in the dark.
func (p *Picture) classes(fill, stroke Paint) {
	var text string
	if p.plain[fill] != p.dark[fill] {
		text = "f-" + fill.name()
	}
	if p.plain[stroke] != p.dark[stroke] {
		if text != "" {
			text += " "
		}
		text += "s-" + stroke.name()
	}
	if text != "" {
		p.attribute("class", text)
	}
}

func (p *Picture) attribute(name, value string) {
	p.body = append(p.body, ' ')
	p.body = append(p.body, name...)
	p.body = append(p.body, '=', '"')
	p.body = append(appendEscaped(p.body, value), '"')
}

func (p *Picture) number(name string, v float64) {
	p.body = append(p.body, ' ')
	p.body = append(p.body, name...)
	p.body = append(p.body, '=', '"')
	p.body = append(appendNumber(p.body, v), '"')
}

// appendNumber appends v with at most two decimals. What is no number is 0.
func appendNumber(b []byte, v float64) []byte {
	cents := math.Round(v * 100)
	if !(math.Abs(cents) < 1e15) || cents == 0 {
		return append(b, '0')
	}
	n := int64(cents)
	if n < 0 {
		b, n = append(b, '-'), -n
	}
	b = strconv.AppendInt(b, n/100, 10)
	switch {
	case n%100 == 0:
	case n%10 == 0:
		b = append(b, '.', byte('0'+n%100/10))
	default:
		b = append(b, '.', byte('0'+n%100/10), byte('0'+n%10))
	}
	return b
}

var errOpen = errors.New("svg: Begin and End do not match")

// WriteTo writes the document. It implements [io.WriterTo].
func (p *Picture) WriteTo(w io.Writer) (int64, error) {
	if p.open != 0 {
		return 0, errOpen
	}
	f := &p.frame
	body := p.body
	p.body = make([]byte, 0, len(body)+4096)
	defer func() { p.body = body }()

	p.body = append(p.body, `<svg xmlns="http://www.w3.org/2000/svg"`...)
	p.attribute("id", f.ID)
	p.number("width", f.Width)
	p.number("height", f.Height)
	p.body = append(p.body, ` viewBox="0 0 `...)
	p.body = append(appendNumber(p.body, f.Width), ' ')
	p.body = append(appendNumber(p.body, f.Height), '"')
	p.attribute("role", "img")
	title, description := OneLine(f.Title), Clean(f.Description)
	switch {
	case title != "" && description != "":
		p.attribute("aria-labelledby", f.ID+"-title")
		p.attribute("aria-describedby", f.ID+"-desc")
	case title != "":
		p.attribute("aria-labelledby", f.ID+"-title")
	}
	if f.Language != "" {
		p.attribute("lang", identifier(f.Language))
	}
	font := DefaultFont
	if f.Theme != nil && f.Theme.Font != "" {
		font = strings.Map(func(r rune) rune {
			if strings.ContainsRune("(){}<>;:\\", r) { // a name of a typeface has none
				return -1
			}
			return r
		}, OneLine(f.Theme.Font))
	}
	p.attribute("font-family", font)
	// In a page, what texts would inherit: they are laid out for none of it.
	p.body = append(p.body, ` direction="ltr" font-style="normal" font-weight="normal" letter-spacing="0" word-spacing="0"`+">\n"...)
	if title != "" {
		p.text("title", f.ID+"-title", title)
	}
	if description != "" {
		p.text("desc", f.ID+"-desc", description)
	}
	p.darkness()
	p.body = append(p.body, body...)
	p.body = append(p.body, "</svg>\n"...)
	n, err := w.Write(p.body)
	return int64(n), err
}

func (p *Picture) text(element, id, s string) {
	p.body = append(append(p.body, '<'), element...)
	p.attribute("id", id)
	p.body = append(p.body, '>')
	p.body = appendEscaped(p.body, s)
	p.body = append(append(append(p.body, "</"...), element...), ">\n"...)
}

// darkness writes the rules for dark surroundings. The light colours stand in the elements themselves, so that
// programs without CSS show them too.
func (p *Picture) darkness() {
	var rules []byte
	for i := range paints {
		if p.plain[i] == p.dark[i] {
			continue
		}
		for _, use := range []struct {
			used            bool
			class, property string
		}{{p.fill[i], "f-", "fill"}, {p.stroke[i], "s-", "stroke"}} {
			if use.used {
				rules = fmt.Appendf(rules, "#%s .%s%s{%s:%s}", p.frame.ID, use.class, i.name(), use.property, p.dark[i])
			}
		}
	}
	if len(rules) > 0 {
		p.body = append(p.body, "<style>@media screen and (prefers-color-scheme:dark){"...)
		p.body = append(append(p.body, rules...), "}</style>\n"...)
	}
}
