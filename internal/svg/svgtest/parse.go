package svgtest

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/cxmodel/cxmodel/internal/svg"
)

// A document is what a picture holds.
type document struct {
	width, height float64
	texts         []Text
	rects         []Box
	ids           map[string]bool
	refs          []string
}

// An element is open while its content is read.
type element struct {
	xml.StartElement
	font svg.Font // of the texts in it
	line strings.Builder
}

var elements = []string{"svg", "title", "desc", "style", "g", "rect", "circle", "line", "path", "text"}

func parse(picture []byte) (*document, error) {
	decoder := xml.NewDecoder(bytes.NewReader(picture))
	d := &document{ids: map[string]bool{}}
	open := []*element{{}}
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		top := open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			e := &element{StartElement: t.Copy(), font: top.font}
			if err := d.start(e, len(open) == 1); err != nil {
				return nil, err
			}
			open = append(open, e)
		case xml.CharData:
			top.line.Write(t)
			if top.Name.Local == "style" && strings.Contains(string(t), "url(") {
				return nil, fmt.Errorf("the style refers to something: %.80q", string(t))
			}
		case xml.EndElement:
			if top.Name.Local == "text" {
				d.texts = append(d.texts, top.text())
			}
			open = open[:len(open)-1]
		default:
			return nil, fmt.Errorf("there is a %T", token)
		}
	}
	for _, r := range d.refs {
		if !d.ids[r] {
			return nil, fmt.Errorf("there is no element with the id %q", r)
		}
	}
	return d, nil
}

// start takes in an element and its attributes.
func (d *document) start(e *element, root bool) error {
	name := e.Name.Local
	if !slices.Contains(elements, name) || e.Name.Space != "http://www.w3.org/2000/svg" || root != (name == "svg") {
		return fmt.Errorf("there is an element %s", name)
	}
	for _, a := range e.Attr {
		value := strings.ToLower(a.Value)
		switch {
		case a.Name.Local == "xmlns":
		case strings.HasPrefix(a.Name.Local, "on"), strings.Contains(a.Name.Local, "href"), a.Name.Local == "style",
			strings.Contains(value, "url("), strings.Contains(value, "javascript:"):
			return fmt.Errorf("%s has the attribute %s=%.80q", name, a.Name.Local, a.Value)
		case a.Name.Local == "id" && d.ids[a.Value]:
			return fmt.Errorf("the id %q comes twice", a.Value)
		case a.Name.Local == "id":
			d.ids[a.Value] = true
		case strings.HasPrefix(a.Name.Local, "aria-"):
			d.refs = append(d.refs, strings.Fields(a.Value)...)
		case a.Name.Local == "font-size":
			e.font.Size = e.number("font-size")
		case a.Name.Local == "font-weight":
			e.font.Bold = value == "bold"
		}
	}
	switch name {
	case "svg":
		if e.attribute("role") != "img" || e.attribute("aria-labelledby") == "" {
			return fmt.Errorf("the picture has no role or no name for screen readers")
		}
		d.width, d.height = e.number("width"), e.number("height")
	case "rect":
		x, y := e.number("x"), e.number("y")
		d.rects = append(d.rects, Box{x, y, x + e.number("width"), y + e.number("height")})
	}
	return nil
}

// text returns where a text element stands.
func (e *element) text() Text {
	line := e.line.String()
	width := e.font.Width(line)
	squeezed := e.attribute("textLength") != ""
	if squeezed {
		width = e.number("textLength")
	}
	x, y := e.number("x"), e.number("y")
	left := x
	switch anchor := e.attribute("text-anchor"); {
	case anchor == "middle":
		left = x - width/2
	case (anchor == "end") != (e.attribute("direction") == "rtl"):
		left = x - width
	}
	return Text{line, Box{left, y - .905*e.font.Size, left + width, y + .212*e.font.Size}, squeezed}
}

func (e *element) attribute(name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (e *element) number(name string) float64 {
	v, _ := strconv.ParseFloat(e.attribute(name), 64)
	return v
}
