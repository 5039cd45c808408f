// Package svgtest checks pictures: that they are well-formed and closed in themselves, that no text lies on another,
// and that none leaves its box. [Check] reckons with the table of widths, [Browser] has a real browser measure.
package svgtest

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// A Box is a rectangle of a picture, in pixels.
type Box struct{ Left, Top, Right, Bottom float64 }

// A Text is a line of text as it stands in a picture.
type Text struct {
	Line string
	Box
	squeezed bool // the document says how wide it is to be
}

// Check returns what is wrong with a picture, as far as the table of widths can tell; nil is nothing.
func Check(picture []byte) error {
	d, err := parse(picture)
	if err != nil {
		return err
	}
	return d.check()
}

// Read returns the texts of a picture in their order. The error says that it is not well-formed, holds what package svg
// does not write, or refers to something outside itself.
func Read(picture []byte) ([]Text, error) {
	d, err := parse(picture)
	if err != nil {
		return nil, err
	}
	return d.texts, nil
}

// check reports texts that lie on one another, or leave the picture or the rectangle that they stand in.
func (d *document) check() error {
	var errs []error
	page := Box{0, 0, d.width, d.height}
	texts := slices.Clone(d.texts)
	slices.SortStableFunc(texts, func(a, b Text) int { return cmp.Compare(a.Top, b.Top) })
	for i, t := range texts {
		if !t.within(page) {
			errs = append(errs, fmt.Errorf("%.60q leaves the picture: %.1f of %.1f", t.Line, t.Box, page))
		} else if r := d.around(t.Box); !t.within(r) {
			errs = append(errs, fmt.Errorf("%.60q leaves its box: %.1f of %.1f", t.Line, t.Box, r))
		}
		for _, u := range texts[i+1:] {
			if u.Top > t.Bottom {
				break
			}
			if t.meets(u.Box) {
				errs = append(errs, fmt.Errorf("%.60q and %.60q overlap: %.1f and %.1f", t.Line, u.Line, t.Box, u.Box))
			}
		}
		if len(errs) > 20 {
			break
		}
	}
	return errors.Join(errs...)
}

// around returns the smallest rectangle that holds the middle of b.
func (d *document) around(b Box) Box {
	x, y := (b.Left+b.Right)/2, (b.Top+b.Bottom)/2
	best := Box{0, 0, d.width, d.height}
	for _, r := range d.rects {
		if r.Left <= x && x <= r.Right && r.Top <= y && y <= r.Bottom && r.area() < best.area() {
			best = r
		}
	}
	return best
}

// slack is what boxes may lie on one another, in pixels: widths are rounded.
const slack = .6

func (b Box) area() float64 { return (b.Right - b.Left) * (b.Bottom - b.Top) }

func (b Box) within(r Box) bool {
	return b.Left >= r.Left-slack && b.Right <= r.Right+slack && b.Top >= r.Top-slack && b.Bottom <= r.Bottom+slack
}

func (b Box) meets(c Box) bool {
	return b.Left < c.Right-slack && c.Left < b.Right-slack && b.Top < c.Bottom-slack && c.Top < b.Bottom-slack
}
