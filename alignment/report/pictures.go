package report

import (
	"bytes"
	"fmt"
	"html/template"
	"io"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/alignment/alignmentsvg"
	"github.com/cxmodel/cxmodel/canvas/canvassvg"
	"github.com/cxmodel/cxmodel/journey"
	"github.com/cxmodel/cxmodel/journey/journeysvg"
)

// Widths of the pictures, in pixels: for desks and paper, and for phones.
const (
	pictureWide   = 1160
	pictureNarrow = 342
)

// pictures draws what carries what, the journeys and the canvas, each wide and narrow; the page shows the one that fits.
func (b *builder) pictures() (section, error) {
	s := section{ID: "pictures", Title: b.l.Pictures}
	if b.o.NoPictures {
		return s, nil
	}
	add := func(title string, draw func(w io.Writer, id string, width float64) error, id string) error {
		x := block{Title: title}
		var buf bytes.Buffer
		for _, v := range []struct {
			id    string
			width float64
			to    *template.HTML
		}{{id, pictureWide, &x.Picture}, {id + "-narrow", pictureNarrow, &x.Narrow}} {
			buf.Reset()
			if err := draw(&buf, v.id, v.width); err != nil {
				return fmt.Errorf("report: %s: %w", v.id, err)
			}
			*v.to = template.HTML(buf.String()) // package svg escapes every text
		}
		x.ID = id
		x.Width, x.Slices = sliced(string(x.Picture))
		s.Blocks = append(s.Blocks, x)
		return nil
	}
	if b.a.Rung >= alignment.RungMarks && len(b.a.Stages) > 0 {
		err := add(b.l.HeatMap, func(w io.Writer, id string, width float64) error {
			o := copied(b.o.HeatMap)
			o.ID, o.Theme, o.Width = id, b.o.Theme, width
			return alignmentsvg.Render(w, b.a, &o)
		}, "carries")
		if err != nil {
			return s, err
		}
	}
	for i, j := range b.m.Journeys {
		o := copied(b.o.Journey)
		o.Theme, o.Observed, o.Persona = b.o.Theme, b.observedFor(j), ""
		if b.a.Persona != "" && j.Persona(string(b.a.Persona)) != nil {
			o.Persona = b.a.Persona
		} else if b.a.Persona != "" {
			continue // not this persona's way
		}
		title := b.l.JourneyMap
		if name := b.show(j.Name); name != "" {
			title = name
		}
		err := add(title, func(w io.Writer, id string, width float64) error {
			o.ID, o.Width = id, width
			return journeysvg.Render(w, j, &o)
		}, fmt.Sprintf("journey-%d", i+1))
		if err != nil {
			return s, err
		}
	}
	if b.m.Canvas == nil {
		return s, nil
	}
	err := add(b.l.CanvasMap, func(w io.Writer, id string, width float64) error {
		o := copied(b.o.Canvas)
		o.ID, o.Theme, o.Width = id, b.o.Theme, width
		return canvassvg.Render(w, b.m.Canvas, &o)
	}, "canvas")
	return s, err
}

func copied[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}

// observedFor gives the map of a journey what was measured at its stages and touchpoints on customers as a whole, suppressed
// numbers left out.
func (b *builder) observedFor(j *journey.Journey) map[cxmodel.Key][]journeysvg.Observation {
	out := map[cxmodel.Key][]journeysvg.Observation{}
	last := map[cxmodel.Key]map[cxmodel.Key]int{} // place, measure: index
	for _, o := range b.seen {
		if at, known := b.home[o.At]; !known || at.journey != j || o.suppressed() || o.Segment != "" || o.Estimate.N == 0 {
			continue
		}
		x := journeysvg.Observe(o.Estimate)
		if last[o.At.Key] == nil {
			last[o.At.Key] = map[cxmodel.Key]int{}
		}
		if at, again := last[o.At.Key][o.Measure]; again {
			out[o.At.Key][at] = x // the later period
			continue
		}
		last[o.At.Key][o.Measure] = len(out[o.At.Key])
		out[o.At.Key] = append(out[o.At.Key], x)
	}
	return out
}
