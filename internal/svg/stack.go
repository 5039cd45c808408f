package svg

// A Stack is a column of texts, one below the other, that is measured before it is drawn.
type Stack struct {
	Width  float64 // of the column, in pixels
	height float64
	texts  []stacked
}

type stacked struct {
	Text
	block Block
	y     float64
}

// A Text says how a text of a [Stack] is set.
type Text struct {
	Font   Font
	Fill   Paint
	Lines  int     // at most; 0: as many as it takes
	Before float64 // room above it, in pixels; none above the first text
	Mark   Mark    // in front of it
	Accent Paint   // of the mark
	Under  Mark    // the mark of the text above, under whose beginning this one begins
}

// A Mark is a sign in front of a text.
type Mark int

// Marks.
const (
	NoMark Mark = iota
	Dot
	Up
	Down
	Diamond
	Plus
	Minus
	Tilde
)

// Add appends a text, wrapped to the width of the stack. A text without a visible character leaves no trace.
func (s *Stack) Add(text string, t Text) {
	b := Wrap(text, t.Font, max(s.Width-t.indent(), t.Font.Size), t.Lines)
	if len(b.Lines) == 0 {
		return
	}
	if len(s.texts) > 0 {
		s.height += t.Before
	}
	s.texts = append(s.texts, stacked{t, b, s.height})
	s.height += b.Height()
}

// Height returns the height of the texts, in pixels; 0 if there are none.
func (s *Stack) Height() float64 { return s.height }

func (t Text) indent() float64 {
	if t.Mark == NoMark && t.Under == NoMark {
		return 0
	}
	return 13
}

// Stack draws s with its upper left corner at (x, y).
func (p *Picture) Stack(x, y float64, s *Stack) {
	for _, t := range s.texts {
		p.Mark(t.Mark, x+t.indent()*.4, y+t.y+t.Font.Size*.64, t.Font.Size*.32, t.Accent)
		p.Text(x+t.indent(), y+t.y, s.Width-t.indent(), t.block, t.Fill, Lead)
	}
}

// Mark draws a sign around (x, y) that reaches r pixels to each side.
func (p *Picture) Mark(m Mark, x, y, r float64, fill Paint) {
	var d Path
	polygon := func(xy ...float64) {
		d.Move(x+xy[0]*r, y+xy[1]*r)
		for i := 2; i < len(xy); i += 2 {
			d.Line(x+xy[i]*r, y+xy[i+1]*r)
		}
		d.Close()
		p.Path(&d, Style{Fill: fill})
	}
	stroke := Style{Stroke: fill, Width: r * .55}
	switch m {
	case Dot:
		p.Circle(x, y, r*.55, Style{Fill: fill})
	case Up:
		polygon(0, -.9, .95, .75, -.95, .75)
	case Down:
		polygon(0, .9, .95, -.75, -.95, -.75)
	case Diamond:
		polygon(0, -1.15, 1.15, 0, 0, 1.15, -1.15, 0)
	case Plus:
		p.Line(x, y-r, x, y+r, stroke)
		p.Line(x-r, y, x+r, y, stroke)
	case Minus:
		p.Line(x-r, y, x+r, y, stroke)
	case Tilde:
		d.Move(x-r, y+.3*r)
		d.Curve(x-.3*r, y-1.2*r, x+.3*r, y+1.2*r, x+r, y-.3*r)
		p.Path(&d, stroke)
	}
}
