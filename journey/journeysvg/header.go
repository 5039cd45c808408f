package journeysvg

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel/internal/svg"
	"github.com/cxmodel/cxmodel/journey"
)

// words returns the title and the description of the picture.
func (m *journeyMap) words() (title, description string) {
	l, touchpoints, moments := &m.labels, 0, 0
	for _, c := range m.columns {
		if c.touchpoint != nil {
			touchpoints++
			if c.touchpoint.Moment != journey.MomentUnspecified {
				moments++
			}
		}
	}
	title = cmp.Or(svg.OneLine(m.j.Name), svg.OneLine(m.j.Scenario), l.JourneyMap)
	facts := []string{l.JourneyMap, fmt.Sprintf("%s: %d", l.Stages, len(m.j.Stages)), fmt.Sprintf("%s: %d", l.Touchpoints, touchpoints)}
	if moments > 0 {
		facts = append(facts, fmt.Sprintf("%s: %d", l.MomentsOfTruth, moments))
	}
	names := make([]string, 0, len(m.j.Stages))
	for i := range m.j.Stages {
		if i == 20 {
			names = append(names, svg.Ellipsis)
			break
		}
		names = append(names, svg.Fit(m.j.Stages[i].Title(), textFont, 300).String())
	}
	if len(names) > 0 {
		facts = append(facts, strings.Join(names, ", "))
	}
	return title, strings.Join(facts, ". ") + "."
}

// header is what stands above the stages.
func (m *journeyMap) header() []part {
	j, l := m.j, &m.labels
	title, _ := m.words()
	stack := &svg.Stack{Width: min(m.width, 960)}
	stack.Add(title, svg.Text{Font: titleFont, Fill: svg.Ink, Lines: 4})
	if svg.OneLine(j.Scenario) != title {
		stack.Add(j.Scenario, svg.Text{Font: leadFont, Fill: svg.Ink, Lines: m.lines, Before: 4})
	}
	stack.Add(j.Purpose, svg.Text{Font: textFont, Fill: svg.Muted, Lines: m.lines, Before: 3})
	var facts []string
	fact := func(label, value string) {
		if value = svg.OneLine(value); value != "" {
			facts = append(facts, strings.TrimSpace(label+" "+value))
		}
	}
	if j.State != journey.StateUnspecified {
		fact("", l.term(j.State.String()))
	}
	if j.Basis != journey.BasisUnspecified {
		fact("", l.term(j.Basis.String()))
	}
	fact(l.Version, j.Version)
	fact(l.AsOf, j.AsOf.String())
	fact(l.Owner, j.Owner)
	if m.persona != nil {
		fact(l.Persona, m.persona.Title())
	}
	stack.Add(strings.Join(facts, "  ·  "), svg.Text{Font: textFont, Fill: svg.Muted, Lines: 3, Before: 5})
	parts := []part{{stack.Height(), func(p *svg.Picture, y float64) { p.Stack(m.margin, y, stack) }}, gap(18)}
	return append(parts, m.personas()...)
}

// personas draws a card for each persona.
func (m *journeyMap) personas() []part {
	all := m.j.Personas
	if m.persona != nil {
		all = []journey.Persona{*m.persona}
	}
	if len(all) == 0 {
		return nil
	}
	const least, most, space, pad = 220, 420, 10, 12
	room := min(m.width, 1400)
	perRow := min(max(int((room+space)/(least+space)), 1), len(all))
	width := min((room-float64(perRow-1)*space)/float64(perRow), most)
	var parts []part
	for row := range slices.Chunk(all, perRow) {
		stacks, height := make([]*svg.Stack, len(row)), 0.
		for i := range row {
			stacks[i] = m.personaCard(&row[i], width-2*pad)
			height = max(height, stacks[i].Height()+2*pad)
		}
		parts = append(parts, part{height, func(p *svg.Picture, y float64) {
			for i, s := range stacks {
				x := m.margin + float64(i)*(width+space)
				p.Begin(row[i].Description)
				p.Rect(x, y, width, height, svg.Style{Fill: svg.Panel, Radius: 8})
				p.Stack(x+pad, y+pad, s)
				p.End()
			}
		}}, gap(space))
	}
	return append(parts, gap(10))
}

func (m *journeyMap) personaCard(x *journey.Persona, width float64) *svg.Stack {
	l := &m.labels
	s := &svg.Stack{Width: width}
	s.Add(x.Title(), svg.Text{Font: nameFont, Fill: svg.Ink, Lines: 3})
	var facts []string
	if x.Role != "" {
		facts = append(facts, l.term(svg.OneLine(x.Role)))
	}
	if x.Share != nil && finite(*x.Share) {
		facts = append(facts, l.percent(*x.Share)+" "+l.Share)
	}
	if x.Size != nil {
		facts = append(facts, fmt.Sprintf("%d %s", *x.Size, l.Size))
	}
	s.Add(strings.Join(facts, " · "), svg.Text{Font: smallFont, Fill: svg.Muted, Lines: 3, Before: 1})
	s.Add(l.quoted(x.Says), svg.Text{Font: quoteFont, Fill: svg.Ink, Lines: m.lines, Before: 4})
	for _, list := range []struct {
		label string
		texts []string
	}{{l.Goals, x.Goals}, {l.Needs, x.Needs}} {
		for i, text := range list.texts {
			if i == 0 {
				s.Add(list.label, svg.Text{Font: markFont, Fill: svg.Muted, Before: 5})
			}
			s.Add(text, svg.Text{Font: textFont, Fill: svg.Ink, Lines: m.lines, Mark: svg.Dot, Accent: svg.Muted, Before: 1})
		}
	}
	channels := make([]string, len(x.PreferredChannels))
	for i, c := range x.PreferredChannels {
		channels[i] = l.term(string(c))
	}
	if len(channels) > 0 {
		s.Add(l.Channel+": "+strings.Join(channels, ", "), svg.Text{Font: smallFont, Fill: svg.Muted, Lines: 3, Before: 5})
	}
	return s
}

// legend says what the signs of the curve mean.
func (m *journeyMap) legend() []part {
	if len(m.curve.points) == 0 || !slices.Contains(m.lanes, LaneFeels) {
		return nil
	}
	l := &m.labels
	type entry struct {
		text string
		draw func(p *svg.Picture, x, y float64)
	}
	var entries []entry
	add := func(used bool, text string, draw func(p *svg.Picture, x, y float64)) {
		if used {
			entries = append(entries, entry{text, draw})
		}
	}
	dot := func(measured bool) func(p *svg.Picture, x, y float64) {
		return func(p *svg.Picture, x, y float64) {
			p.Line(x, y, x+26, y, curveStyle(measured))
			m.dot(p, x+13, y, measured, false)
		}
	}
	add(m.curve.measured, l.Measured, dot(true))
	add(m.curve.assumed, l.Assumed, dot(false))
	add(m.curve.unknown, l.Unknown, func(p *svg.Picture, x, y float64) {
		p.Text(x, y-smallFont.Size*.65, 26, svg.Fit("?", markFont, 26), svg.Muted, svg.Middle)
	})
	add(m.curve.moments, l.Moments[0], func(p *svg.Picture, x, y float64) { m.dot(p, x+13, y, m.curve.measured, true) })

	parts := []part{gap(14)}
	var row []entry
	x := 0.
	flush := func() {
		if now := row; len(now) > 0 {
			parts = append(parts, part{18, func(p *svg.Picture, y float64) {
				x := m.margin
				for _, e := range now {
					text := svg.Fit(e.text, smallFont, m.width-34)
					e.draw(p, x, y+9)
					p.Text(x+34, y+9-smallFont.Size*.66, text.Width, text, svg.Muted, svg.Lead)
					x += 34 + text.Width + 24
				}
			}})
		}
		row, x = nil, 0
	}
	for _, e := range entries {
		w := 34 + svg.Fit(e.text, smallFont, m.width-34).Width
		if x > 0 && x+w > m.width {
			flush()
		}
		row, x = append(row, e), x+w+24
	}
	flush()
	return parts
}

// percent writes a share in [0, 1].
func (l *Labels) percent(x float64) string { return l.number(100*x, 1) + "\u00a0%" }

// number writes x with so many decimals at most, in the language's way, and a real minus sign.
func (l *Labels) number(x float64, decimals int) string {
	return strings.NewReplacer("-", "−", ".", l.Decimal).Replace(fixed(x, decimals))
}

// signed writes a number with its sign, which stays on its left in texts that are read from the right.
func (l *Labels) signed(x float64) string {
	s := l.number(x, 2)
	if x > 0 {
		s = "+" + s
	}
	if l.RightToLeft {
		s = "\u200e" + s
	}
	return s
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// sorted iterates over a map by key.
func sorted[K cmp.Ordered, V any](m map[K]V) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for _, k := range slices.Sorted(maps.Keys(m)) {
			if !yield(k, m[k]) {
				return
			}
		}
	}
}
