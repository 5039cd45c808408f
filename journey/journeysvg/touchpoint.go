package journeysvg

import (
	"strings"

	"github.com/cxmodel/cxmodel/internal/svg"
	"github.com/cxmodel/cxmodel/journey"
)

// touchpoints draws the cards of the touchpoints: in one row, or in the rows of a blueprint.
func (b *band) touchpoints() []part {
	blueprint := false
	for _, c := range b.journeyMap.columns {
		blueprint = blueprint || c.touchpoint != nil && c.touchpoint.Layer != journey.LayerUnspecified
	}
	if !blueprint {
		return b.cards(b.labels.Touchpoints, true, func(*journey.Touchpoint) bool { return true })
	}
	var parts []part
	above := -1 // the layer of the row drawn last
	for layer := range b.labels.Layers {
		// Each line that lies between this row and the one above it.
		var lines []part
		for i, line := range [...]string{b.labels.LineOfInteraction, b.labels.LineOfVisibility, b.labels.LineOfInternalInteraction} {
			if below := i + 2; above < below && layer >= below && (above >= 0 || i > 0) {
				lines = append(lines, b.blueprintLine(line))
			}
		}
		cards := b.cards(b.labels.Layers[layer], lines == nil, func(t *journey.Touchpoint) bool { return layerOf(t) == layer })
		if cards != nil {
			parts = append(append(parts, lines...), cards...)
			above = layer
		}
	}
	return parts
}

// layerOf returns the index of a touchpoint's layer in Labels.Layers.
func layerOf(t *journey.Touchpoint) int {
	if t.Layer < journey.LayerEvidence || t.Layer > journey.LayerSupportProcess {
		return int(journey.LayerFrontstage - journey.LayerEvidence)
	}
	return int(t.Layer - journey.LayerEvidence)
}

// blueprintLine draws one of the lines that part the layers.
func (b *band) blueprintLine(name string) part {
	width := b.label - 12
	if b.label == 0 {
		width = b.width
	}
	stack := &svg.Stack{Width: width}
	stack.Add(name, svg.Text{Font: svg.Font{Size: 10.5, Italic: true}, Fill: svg.Muted, Lines: 3})
	height := stack.Height() + 8
	return part{height, func(p *svg.Picture, y float64) {
		at := y + height/2
		if b.label == 0 {
			at = y + 1
		}
		p.Stack(b.margin, y+4, stack)
		p.Line(b.margin+b.label, at, b.right(), at, svg.Style{Stroke: svg.Edge, Width: 1.5, Dash: []float64{6, 4}})
	}}
}

// cards draws a row of cards for those touchpoints that in accepts; none where there are none. ruled: with a hairline
// above it.
func (b *band) cards(name string, ruled bool, in func(*journey.Touchpoint) bool) []part {
	const pad = 8
	cells := make([]*svg.Stack, len(b.columns))
	height := 0.
	for i, c := range b.columns {
		if c.touchpoint != nil && in(c.touchpoint) {
			cells[i] = &svg.Stack{Width: b.column - 2*cardGap - 2*pad}
			b.card(cells[i], c.touchpoint)
			height = max(height, cells[i].Height())
		}
	}
	if height == 0 {
		return nil
	}
	title, above := b.rowName(name)
	height = max(height+2*pad, title.Height()-above)
	return []part{{height + above + 16, func(p *svg.Picture, y float64) {
		if ruled {
			b.rowFrame(p, y, title)
		} else {
			b.rowTitle(p, y, title)
		}
		for i, s := range cells {
			if s == nil {
				continue
			}
			style := svg.Style{Fill: svg.Card, Stroke: svg.Edge, Radius: 6}
			if b.columns[i].touchpoint.Moment != journey.MomentUnspecified {
				style = svg.Style{Fill: svg.Tint(1), Stroke: svg.Accent, Radius: 6, Width: 1.5}
			}
			x := b.left(i) + cardGap
			p.Begin(b.columns[i].touchpoint.Description)
			p.Rect(x, y+8+above, b.column-2*cardGap, height, style)
			p.Stack(x+pad, y+8+above+pad, s)
			p.End()
		}
	}}}
}

func (m *journeyMap) card(s *svg.Stack, t *journey.Touchpoint) {
	l := &m.labels
	if i := int(t.Moment) - 1; i >= 0 && i < len(l.Moments) {
		s.Add(l.Moments[i], svg.Text{Font: markFont, Fill: svg.Accent, Lines: 3, Mark: svg.Diamond, Accent: svg.Accent})
	}
	s.Add(t.Title(), svg.Text{Font: nameFont, Fill: svg.Ink, Lines: m.lines, Before: 2})
	var facts []string
	if t.Optional {
		facts = append(facts, l.Optional)
	}
	if t.Repeats {
		facts = append(facts, l.Repeats)
	}
	if t.SubJourney != "" {
		facts = append(facts, l.SubJourney+" "+string(t.SubJourney))
	}
	s.Add(strings.Join(facts, " · "), svg.Text{Font: smallFont, Fill: svg.Muted, Lines: 3, Before: 1})
}
