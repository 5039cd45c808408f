package canvassvg

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/internal/svg"
)

// ErrOption is wrapped by every error about options that cannot be used. It is the same in all packages that draw.
var ErrOption = svg.ErrOption

// Render draws c as an SVG document. Nil options are the defaults. The errors are those of w, of options that cannot be
// used (they wrap [ErrOption]), and of a canvas larger than a picture can be.
func Render(w io.Writer, c *canvas.Canvas, opts *Options) error {
	if c == nil {
		return errors.New("canvassvg: there is no canvas to draw")
	}
	if opts == nil {
		opts = new(Options)
	}
	d, err := newDrawing(c, opts)
	if err == nil {
		err = d.draw(w)
	}
	if err != nil {
		return fmt.Errorf("canvassvg: %w", err)
	}
	return nil
}

const (
	defaultWidth = 1280
	leastClassic = 860 // the width of a picture that has room for five blocks side by side
	wideMargin   = 24
	narrowMargin = 12
)

var (
	titleFont = svg.Font{Size: 22, Bold: true}
	textFont  = svg.Font{Size: 13}
	blockFont = svg.Font{Size: 13, Bold: true}
	itemFont  = svg.Font{Size: 12.5}
	smallFont = svg.Font{Size: 10.5}
	markFont  = svg.Font{Size: 10.5, Bold: true}
	chipFont  = svg.Font{Size: 9.5, Bold: true}
	quietFont = svg.Font{Size: 11, Italic: true}
)

// A drawing is a canvas that is being laid out.
type drawing struct {
	c       *canvas.Canvas
	opts    *Options
	labels  Labels
	lines   int      // of a text at most; 0: any number
	reach   *reach   // nil: nothing is linked to a segment
	changes *changes // nil: no earlier version

	margin, width float64 // beside and between the margins
}

// A piece is a part of the picture that is drawn with its upper left corner at (x, y).
type piece struct {
	height float64
	draw   func(p *svg.Picture, x, y float64)
}

func newDrawing(c *canvas.Canvas, opts *Options) (*drawing, error) {
	d := &drawing{c: c, opts: opts, labels: opts.labels(), lines: opts.MaxLines, reach: newReach(c), margin: wideMargin}
	switch {
	case d.lines == 0:
		d.lines = 8
	case d.lines < 0:
		d.lines = 0
	}
	width := cmp.Or(opts.Width, defaultWidth)
	if !(width >= 200 && width <= svg.MaxSize) {
		return nil, fmt.Errorf("%w: a canvas cannot be %g pixels wide; from 200 to %d, or 0 for %d", ErrOption, width, svg.MaxSize, defaultWidth)
	}
	if width < 600 {
		d.margin = narrowMargin
	}
	d.width = width - 2*d.margin
	if opts.Layout != LayoutClassic && opts.Layout != LayoutGrid {
		return nil, fmt.Errorf("%w: there is no layout %d; use LayoutClassic or LayoutGrid", ErrOption, opts.Layout)
	}
	if opts.Before != nil {
		d.changes = newChanges(opts.Before, c)
	}
	return d, nil
}

func (d *drawing) draw(w io.Writer) error {
	pieces := d.header()
	switch {
	case d.width+2*d.margin < leastClassic:
		pieces = append(pieces, d.stacked()...)
	case d.opts.Layout == LayoutGrid:
		pieces = append(pieces, d.grid()...)
	default:
		pieces = append(pieces, d.classic())
	}
	if d.opts.Layout == LayoutClassic {
		s := &svg.Stack{Width: d.width}
		s.Add(d.labels.Attribution, svg.Text{Font: smallFont, Fill: svg.Muted})
		pieces = append(pieces, gap(10), stackPiece(s))
	}
	height := 2 * d.margin
	for _, x := range pieces {
		height += x.height
	}
	title, description := d.words()
	p, err := svg.New(svg.Frame{ID: cmp.Or(d.opts.ID, "canvas"), Title: title, Description: description, Language: d.labels.Language,
		RightToLeft: d.labels.RightToLeft, Width: d.width + 2*d.margin, Height: height, Theme: d.opts.Theme})
	if err != nil {
		return err
	}
	y := d.margin
	for _, x := range pieces {
		x.draw(p, d.margin, y)
		y += x.height
	}
	_, err = p.WriteTo(w)
	return err
}

// words returns the title and the description of the picture.
func (d *drawing) words() (title, description string) {
	facts := []string{d.labels.Canvas}
	for b := range canvas.Blocks() {
		n := 0
		for range d.c.EntriesOf(b) {
			n++
		}
		facts = append(facts, fmt.Sprintf("%s: %d", d.labels.block(b), n))
	}
	if d.changes != nil {
		for m, word := range []string{added: d.labels.Added, changed: d.labels.Changed, removed: d.labels.Removed} {
			if n := d.changes.count[m]; n > 0 {
				facts = append(facts, fmt.Sprintf("%s: %d", word, n))
			}
		}
	}
	return cmp.Or(svg.OneLine(d.c.Name), d.labels.Canvas), strings.Join(facts, ". ") + "."
}

// header is what stands above the blocks: the title, what the canvas says of itself, and the legend.
func (d *drawing) header() []piece {
	l, c := &d.labels, d.c
	title, _ := d.words()
	s := &svg.Stack{Width: min(d.width, 960)}
	s.Add(title, svg.Text{Font: titleFont, Fill: svg.Ink, Lines: 4})
	s.Add(c.Description, svg.Text{Font: textFont, Fill: svg.Ink, Lines: d.lines, Before: 4})
	var facts []string
	fact := func(label, value string) {
		if value = svg.OneLine(value); value != "" {
			facts = append(facts, strings.TrimSpace(label+" "+value))
		}
	}
	fact(l.Version, c.Version)
	fact(l.AsOf, c.AsOf.String())
	fact("", l.term(string(c.CostFocus)))
	s.Add(strings.Join(facts, "  ·  "), svg.Text{Font: smallFont, Fill: svg.Muted, Lines: 3, Before: 5})
	if d.changes != nil {
		for _, x := range d.changes.document {
			s.Add(l.say(x, x.Ref), svg.Text{Font: smallFont, Fill: svg.Accent, Mark: svg.Tilde, Accent: svg.Accent, Lines: d.lines, Before: 3})
		}
	}
	return append([]piece{stackPiece(s), gap(12)}, d.legend()...)
}

func gap(height float64) piece { return piece{height, func(*svg.Picture, float64, float64) {}} }

func stackPiece(s *svg.Stack) piece {
	return piece{s.Height(), func(p *svg.Picture, x, y float64) { p.Stack(x, y, s) }}
}
