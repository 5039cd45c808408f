package journeysvg

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel/internal/svg"
	"github.com/cxmodel/cxmodel/journey"
)

// A band is a run of columns that stand side by side.
type band struct {
	*journeyMap
	columns []column
	first   int     // the number of the first column
	column  float64 // its width
}

// parts draws the band.
func (b *band) parts() []part {
	parts := []part{b.phases(), b.stages()}
	for _, lane := range b.lanes {
		switch lane {
		case LaneTouchpoints:
			parts = append(parts, b.touchpoints()...)
		case LaneFeels:
			parts = append(parts, b.feels()...)
		default:
			parts = append(parts, b.lane(lane)...)
		}
	}
	if len(parts) == 2 {
		return append(parts, gap(26))
	}
	boundaries := part{draw: func(*svg.Picture, float64) {}}
	height := 0.
	for _, p := range parts[2:] {
		height += p.height
	}
	// Stages are parted by hairlines, which lie below what is drawn on them.
	boundaries.draw = func(p *svg.Picture, y float64) {
		for i := range b.columns {
			if i > 0 && b.columns[i].stage != b.columns[i-1].stage {
				p.Line(b.left(i), y, b.left(i), y+height, svg.Style{Stroke: svg.Rule})
			}
		}
		p.Line(b.margin, y+height, b.right(), y+height, svg.Style{Stroke: svg.Rule})
	}
	return append(slices.Insert(parts, 2, boundaries), gap(26))
}

// left is where column i begins.
func (b *band) left(i int) float64 { return b.margin + b.label + float64(i)*b.column }

// right is where the band ends.
func (b *band) right() float64 { return b.left(len(b.columns)) }

// runs calls f for each run of columns that are the same by key: columns from to to.
func runs[K comparable](b []column, key func(column) K, f func(from, to int)) {
	for from := 0; from < len(b); {
		to := from + 1
		for to < len(b) && key(b[to]) == key(b[from]) {
			to++
		}
		f(from, to)
		from = to
	}
}

// phases draws the band of pre-sale, sale and post-sale.
func (b *band) phases() part {
	phase := func(c column) journey.Phase { return c.stage.EffectivePhase() }
	if !slices.ContainsFunc(b.journeyMap.columns, func(c column) bool { return phaseIndex(phase(c)) >= 0 }) {
		return gap(0)
	}
	type run struct {
		from, to int
		phase    int
		text     svg.Block
	}
	var all []run
	height := 0.
	runs(b.columns, phase, func(from, to int) {
		if i := phaseIndex(phase(b.columns[from])); i >= 0 {
			text := svg.Wrap(b.labels.Phases[i], labelFont, float64(to-from)*b.column-2*cardGap, 3)
			all = append(all, run{from, to, i, text})
			height = max(height, text.Height())
		}
	})
	return part{height + 12, func(p *svg.Picture, y float64) {
		for _, r := range all {
			x, w := b.left(r.from)+cardGap, float64(r.to-r.from)*b.column-2*cardGap
			p.Text(x, y+height-r.text.Height(), w, r.text, svg.Muted, svg.Lead)
			p.Rect(x, y+height+3, w, 4, svg.Style{Fill: svg.Category(phaseColor[r.phase]), Radius: 2})
		}
	}}
}

func phaseIndex(p journey.Phase) int {
	if p < journey.PhasePreSale || p > journey.PhasePostSale {
		return -1
	}
	return int(p - journey.PhasePreSale)
}

// phaseColor is the category of each phase: blue, purple and green of Okabe and Ito.
var phaseColor = [3]int{0, 3, 2}

// stages draws the heads of the stages.
func (b *band) stages() part {
	type head struct {
		from, to int
		stack    *svg.Stack
	}
	var heads []head
	height := 34.
	const point = 9
	runs(b.columns, func(c column) *journey.Stage { return c.stage }, func(from, to int) {
		c := b.columns[from]
		stack := &svg.Stack{Width: float64(to-from)*b.column - 2*cardGap - 2*cellPad - point}
		continued := from == 0 && b.first > 0 && b.journeyMap.columns[b.first-1].stage == c.stage
		b.stageHead(stack, c, continued)
		heads = append(heads, head{from, to, stack})
		height = max(height, stack.Height()+18)
	})
	return part{height + 6, func(p *svg.Picture, y float64) {
		for _, h := range heads {
			c := b.columns[h.from]
			x, x2 := b.left(h.from)+cardGap, b.left(h.to)-cardGap
			fill := svg.Panel
			if i := phaseIndex(c.stage.EffectivePhase()); i >= 0 {
				fill = svg.Tint(phaseColor[i])
			}
			var d svg.Path
			d.Move(x, y)
			d.Line(x2-point, y)
			d.Line(x2, y+height/2)
			d.Line(x2-point, y+height)
			d.Line(x, y+height)
			d.Line(x+point, y+height/2)
			d.Close()
			p.Begin(c.stage.Description)
			p.Path(&d, svg.Style{Fill: fill})
			p.Stack(x+cellPad+point, y+9, h.stack)
			p.End()
		}
	}}
}

// stageHead writes what stands in the head of a stage; less where the stage began in the band above.
func (m *journeyMap) stageHead(stack *svg.Stack, c column, continued bool) {
	s, l := c.stage, &m.labels
	stack.Width -= cellPad
	stack.Add(s.Title(), svg.Text{Font: stageFont, Fill: svg.Ink, Lines: m.lines})
	if continued {
		stack.Add(l.Continued, svg.Text{Font: smallFont, Fill: svg.Muted, Lines: 2})
		return
	}
	stack.Add(s.Goal, svg.Text{Font: textFont, Fill: svg.Ink, Lines: m.lines, Before: 1})
	var facts []string
	if m.shares != nil {
		facts = append(facts, l.Weight+" "+l.percent(m.shares[c.number]))
	}
	if s.AnyOrder {
		facts = append(facts, l.AnyOrder)
	}
	stack.Add(strings.Join(facts, " · "), svg.Text{Font: smallFont, Fill: svg.Muted, Lines: 3, Before: 2})
	for _, o := range m.observed(s.Key, s.Formerly, s.Aliases) {
		m.observation(stack, o)
	}
}

// rowFrame draws the hairline above a row and its name.
func (b *band) rowFrame(p *svg.Picture, y float64, name *svg.Stack) {
	p.Line(b.margin, y, b.right(), y, svg.Style{Stroke: svg.Rule})
	b.rowTitle(p, y, name)
}

func (b *band) rowTitle(p *svg.Picture, y float64, name *svg.Stack) {
	p.Stack(b.margin, y+8, name)
}

// rowName is the name of a row, and how much room it takes above the cells.
func (m *journeyMap) rowName(name string) (stack *svg.Stack, above float64) {
	if m.label > 0 {
		stack = &svg.Stack{Width: m.label - 12}
		stack.Add(name, svg.Text{Font: labelFont, Fill: svg.Ink, Lines: m.lines})
		return stack, 0
	}
	stack = &svg.Stack{Width: m.width}
	stack.Add(name, svg.Text{Font: labelFont, Fill: svg.Muted, Lines: 3})
	return stack, stack.Height() + 4
}

// row is a row of the map: a stack of texts for each column. A row without texts is none.
func (b *band) row(name string, fill func(*svg.Stack, column)) []part {
	cells := make([]*svg.Stack, len(b.columns))
	height := 0.
	for i, c := range b.columns {
		cells[i] = &svg.Stack{Width: b.column - 2*cellPad}
		fill(cells[i], c)
		height = max(height, cells[i].Height())
	}
	if height == 0 {
		return nil
	}
	title, above := b.rowName(name)
	height = max(height+above, title.Height())
	return []part{{height + 17, func(p *svg.Picture, y float64) {
		b.rowFrame(p, y, title)
		for i, s := range cells {
			p.Stack(b.left(i)+cellPad, y+8+above, s)
		}
	}}}
}

// observation writes one number that was observed.
func (m *journeyMap) observation(s *svg.Stack, o Observation) {
	s.Add(svg.OneLine(o.Metric+" "+o.Value), svg.Text{Font: figureFont, Fill: svg.Ink, Lines: 3, Before: 5})
	var facts []string
	if o.Interval != "" {
		facts = append(facts, svg.OneLine(o.Interval))
	}
	if o.N > 0 {
		facts = append(facts, fmt.Sprintf("n\u00a0=\u00a0%d", o.N))
	}
	s.Add(strings.Join(facts, " · "), svg.Text{Font: smallFont, Fill: svg.Muted, Lines: 3})
	s.Add(o.Note, svg.Text{Font: smallFont, Fill: svg.Muted, Lines: m.lines})
}
