// Package svgtest checks pictures: that they are well-formed, closed in themselves, and that no text lies on another
// or leaves the picture.
package svgtest

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/cxmodel/cxmodel/internal/svg"
)

// A Text is a line of text as it stands in a picture.
type Text struct {
	Line                     string
	Left, Top, Right, Bottom float64 // of its box, by the table of widths
}

// Check returns what is wrong with a picture; nil is nothing.
func Check(picture []byte) error {
	texts, err := Read(picture)
	if err != nil {
		return err
	}
	var errs []error
	root, err := rootOf(picture)
	if err != nil {
		return err
	}
	for i, t := range texts {
		if t.Left < -.01 || t.Top < -.01 || t.Right > root.width+.01 || t.Bottom > root.height+.01 {
			errs = append(errs, fmt.Errorf("%.60q leaves the picture: %.1f..%.1f × %.1f..%.1f of %g × %g", t.Line, t.Left, t.Right, t.Top, t.Bottom, root.width, root.height))
		}
		for _, u := range near(texts[i+1:], t) {
			errs = append(errs, fmt.Errorf("%.60q and %.60q overlap at (%.1f, %.1f)", t.Line, u.Line, max(t.Left, u.Left), max(t.Top, u.Top)))
		}
		if len(errs) > 20 {
			break
		}
	}
	return errors.Join(errs...)
}

// near returns those of texts that lie on t.
func near(texts []Text, t Text) []Text {
	var out []Text
	const slack = .05
	for _, u := range texts {
		if t.Left < u.Right-slack && u.Left < t.Right-slack && t.Top < u.Bottom-slack && u.Top < t.Bottom-slack {
			out = append(out, u)
		}
	}
	return out
}

type state struct {
	size          float64
	bold          bool
	width, height float64 // of the root
}

var elements = []string{"svg", "title", "desc", "style", "g", "rect", "circle", "line", "path", "text"}

// Read returns the texts of a picture. The error says that it is not well-formed, holds what package svg does not
// write, or refers to something outside itself.
func Read(picture []byte) ([]Text, error) {
	d := xml.NewDecoder(bytes.NewReader(picture))
	stack := []state{{}}
	ids := map[string]bool{}
	var refs []string
	var texts []Text
	var path []string
	var current *xml.StartElement
	var line strings.Builder
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			name := t.Name.Local
			if !slices.Contains(elements, name) || t.Name.Space != "http://www.w3.org/2000/svg" {
				return nil, fmt.Errorf("there is an element %s", name)
			}
			s := stack[len(stack)-1]
			for _, a := range t.Attr {
				value := strings.ToLower(a.Value)
				switch {
				case a.Name.Local == "xmlns":
				case strings.HasPrefix(a.Name.Local, "on"), strings.Contains(a.Name.Local, "href"), a.Name.Local == "style",
					strings.Contains(value, "url("), strings.Contains(value, "javascript:"):
					return nil, fmt.Errorf("%s has the attribute %s=%.80q", name, a.Name.Local, a.Value)
				case a.Name.Local == "id":
					if ids[a.Value] {
						return nil, fmt.Errorf("the id %q comes twice", a.Value)
					}
					ids[a.Value] = true
				case strings.HasPrefix(a.Name.Local, "aria-"):
					refs = append(refs, strings.Fields(a.Value)...)
				case a.Name.Local == "font-size":
					s.size, _ = strconv.ParseFloat(a.Value, 64)
				case a.Name.Local == "font-weight":
					s.bold = a.Value == "bold"
				}
			}
			stack, path = append(stack, s), append(path, name)
			if name == "text" {
				current = &t
				line.Reset()
			}
		case xml.CharData:
			if current != nil && path[len(path)-1] == "text" {
				line.Write(t)
			}
			if path != nil && len(path) > 0 && path[len(path)-1] == "style" && strings.Contains(string(t), "url(") {
				return nil, fmt.Errorf("the style refers to something: %.80q", string(t))
			}
		case xml.EndElement:
			if t.Name.Local == "text" {
				texts = append(texts, place(current, line.String(), stack[len(stack)-1]))
				current = nil
			}
			stack, path = stack[:len(stack)-1], path[:len(path)-1]
		case xml.ProcInst, xml.Directive, xml.Comment:
			return nil, fmt.Errorf("there is a %T", token)
		}
	}
	for _, r := range refs {
		if !ids[r] {
			return nil, fmt.Errorf("there is no element with the id %q", r)
		}
	}
	return texts, nil
}

// place returns where a text element stands.
func place(e *xml.StartElement, line string, s state) Text {
	number := func(name string) float64 {
		v, _ := strconv.ParseFloat(attribute(e, name), 64)
		return v
	}
	width := svg.Font{Size: s.size, Bold: s.bold}.Width(line)
	x, y := number("x"), number("y")
	left := x
	switch anchor, rtl := attribute(e, "text-anchor"), attribute(e, "direction") == "rtl"; {
	case anchor == "middle":
		left = x - width/2
	case (anchor == "end") != rtl:
		left = x - width
	}
	return Text{Line: line, Left: left, Right: left + width, Top: y - .905*s.size, Bottom: y + .212*s.size}
}

func attribute(e *xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func rootOf(picture []byte) (state, error) {
	d := xml.NewDecoder(bytes.NewReader(picture))
	t, err := d.Token()
	root, ok := t.(xml.StartElement)
	if err != nil || !ok {
		return state{}, errors.New("the picture does not begin with an element")
	}
	var s state
	if attribute(&root, "role") != "img" || attribute(&root, "aria-labelledby") == "" {
		return s, errors.New("the picture has no role or name for screen readers")
	}
	s.width, _ = strconv.ParseFloat(attribute(&root, "width"), 64)
	s.height, _ = strconv.ParseFloat(attribute(&root, "height"), 64)
	return s, nil
}
