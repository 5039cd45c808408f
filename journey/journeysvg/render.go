package journeysvg

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/svg"
	"github.com/cxmodel/cxmodel/journey"
)

// ErrOption is wrapped by every error about options that cannot be used. It is the same in all packages that draw.
var ErrOption = svg.ErrOption

// Render draws j as an SVG document. Nil options are the defaults. The errors are those of w, of options that name what
// the journey does not have (they wrap [ErrOption]), and of a map larger than a picture can be.
func Render(w io.Writer, j *journey.Journey, opts *Options) error {
	if j == nil {
		return errors.New("journeysvg: there is no journey to draw")
	}
	if opts == nil {
		opts = new(Options)
	}
	m, err := newMap(j, opts)
	if err != nil {
		return fmt.Errorf("journeysvg: %w", err)
	}
	if err := m.draw(w); err != nil {
		return fmt.Errorf("journeysvg: %w", err)
	}
	return nil
}

// Measures of the map, in pixels.
const (
	wideMargin   = 28
	narrowMargin = 16
	labelWidth   = 124
	leastWidth   = 760 // of what lies between the margins where Options.Width is 0
	narrow       = 600 // below it, lanes are named above
	cellPad      = 9
	cardGap      = 4
)

var (
	titleFont  = svg.Font{Size: 22, Bold: true}
	leadFont   = svg.Font{Size: 14}
	stageFont  = svg.Font{Size: 14, Bold: true}
	labelFont  = svg.Font{Size: 12, Bold: true}
	nameFont   = svg.Font{Size: 12.5, Bold: true}
	textFont   = svg.Font{Size: 12}
	quoteFont  = svg.Font{Size: 12, Italic: true}
	smallFont  = svg.Font{Size: 10.5}
	markFont   = svg.Font{Size: 10.5, Bold: true}
	figureFont = svg.Font{Size: 13, Bold: true}
)

// A journeyMap is a map that is being laid out.
type journeyMap struct {
	j       *journey.Journey
	opts    *Options
	labels  Labels
	persona *journey.Persona
	lanes   []Lane
	lines   int // of a text at most; 0: any number

	columns []column
	curve   curve
	shares  []float64 // of the stages; nil: not stated

	margin, label float64 // widths
	column        float64 // the least width of a column
	width         float64 // between the margins
}

// A column is a touchpoint of a stage, or a stage that has none.
type column struct {
	stage      *journey.Stage
	touchpoint *journey.Touchpoint // may be nil
	number     int                 // of the stage
}

// A part is a piece of the map, drawn from y downwards over the whole width.
type part struct {
	height float64
	draw   func(p *svg.Picture, y float64)
}

func newMap(j *journey.Journey, opts *Options) (*journeyMap, error) {
	m := &journeyMap{j: j, opts: opts, labels: opts.labels(), lines: opts.MaxLines, margin: wideMargin, label: labelWidth}
	switch {
	case m.lines == 0:
		m.lines = 12
	case m.lines < 0:
		m.lines = 0
	}
	if opts.Persona != "" {
		if m.persona = j.Persona(string(opts.Persona)); m.persona == nil {
			return nil, fmt.Errorf("%w: the journey has no persona %q", ErrOption, opts.Persona)
		}
	}
	if err := m.chooseLanes(); err != nil {
		return nil, err
	}
	for key := range sorted(opts.Observed) {
		if _, t := j.Touchpoint(string(key)); t == nil && j.Stage(string(key)) == nil {
			return nil, fmt.Errorf("%w: numbers were observed at %q, which is no touchpoint or stage of the journey", ErrOption, key)
		}
	}
	for i := range j.Stages {
		s, before := &j.Stages[i], len(m.columns)
		for k := range s.Touchpoints {
			if m.persona.Uses(s.Touchpoints[k].Key) {
				m.columns = append(m.columns, column{s, &s.Touchpoints[k], i})
			}
		}
		if len(m.columns) == before {
			m.columns = append(m.columns, column{stage: s, number: i})
		}
		if s.Weight != nil || m.persona != nil && m.persona.StageWeights != nil {
			m.shares, _ = j.StageShares(m.persona) // weights that cannot be used are for Validate to report
		}
	}
	m.curve = newCurve(j.Curve(m.persona), m.columns)
	return m, m.measure()
}

// measure finds the widths.
func (m *journeyMap) measure() error {
	least := m.opts.ColumnWidth
	switch {
	case least == 0:
		least = 168
	case !(least >= 80 && least <= 1000):
		return fmt.Errorf("%w: columns cannot be %g pixels wide; from 80 to 1000", ErrOption, least)
	}
	n := max(len(m.columns), 1)
	switch w := m.opts.Width; {
	case w == 0:
		m.column = max(least, float64(int((leastWidth-m.label)/float64(n))))
		m.width = m.label + float64(n)*m.column
		return nil
	case !(w >= 200 && w <= svg.MaxSize):
		return fmt.Errorf("%w: a map cannot be %g pixels wide; from 200 to %d, or 0 for as wide as it takes", ErrOption, w, svg.MaxSize)
	case w < narrow:
		m.margin, m.label = narrowMargin, 0
	}
	m.width = m.opts.Width - 2*m.margin
	m.column = min(least, m.width-m.label)
	return nil
}

// bands cuts the columns into as few rows as are not too wide, between stages where a stage fits into a row, and so
// that the rows are much of a length.
func (m *journeyMap) bands() []*band {
	if len(m.columns) == 0 {
		return nil
	}
	if m.opts.Width == 0 {
		return []*band{{m, m.columns, 0, (m.width - m.label) / float64(len(m.columns))}}
	}
	room := max(int((m.width-m.label)/m.column), 1)
	var units []int // columns that are not parted
	runs(m.columns, func(c column) int { return c.number }, func(from, to int) {
		for n := to - from; n > 0; {
			pieces := (n + room - 1) / room
			units = append(units, (n+pieces-1)/pieces)
			n -= units[len(units)-1]
		}
	})
	// best[i] is the best way to lay units[i:]: bands, then the sum of the squares of the columns left free.
	type way struct{ bands, free, next int }
	best := make([]way, len(units)+1)
	for i := len(units) - 1; i >= 0; i-- {
		best[i].bands = len(units) + 1
		for k, used := i, 0; k < len(units) && used+units[k] <= room; k++ {
			used += units[k]
			w := way{best[k+1].bands + 1, best[k+1].free + (room-used)*(room-used), k + 1}
			if w.bands < best[i].bands || w.bands == best[i].bands && w.free < best[i].free {
				best[i] = w
			}
		}
	}
	var out []*band
	first := 0
	for i := 0; i < len(units); i = best[i].next {
		n := 0
		for _, u := range units[i:best[i].next] {
			n += u
		}
		wide := min((m.width-m.label)/float64(n), 2.25*m.column)
		out = append(out, &band{m, m.columns[first : first+n], first, wide})
		first += n
	}
	return out
}

// chooseLanes checks the lanes that are asked for.
func (m *journeyMap) chooseLanes() error {
	known := standardLanes()
	for _, l := range m.j.Lanes {
		known = append(known, Lane(l.Key))
	}
	m.lanes = m.opts.Lanes
	if m.lanes == nil {
		m.lanes = known
	}
	for _, l := range m.lanes {
		if !slices.Contains(known, l) {
			names := make([]string, len(known))
			for i := range known {
				names[i] = string(known[i])
			}
			return fmt.Errorf("%w: there is no lane %q; use some of %s", ErrOption, l, strings.Join(names, ", "))
		}
	}
	return nil
}

// draw lays the parts one below the other, and draws them.
func (m *journeyMap) draw(w io.Writer) error {
	parts := m.header()
	var maps []part
	rows := 0
	for {
		for _, b := range m.bands() {
			p := b.parts()
			maps, rows = append(maps, p...), rows+len(p)-3
		}
		if rows > 0 || m.label == 0 {
			break
		}
		maps, m.label = nil, 0 // no row needs a name
	}
	parts = append(parts, maps...)
	if len(m.columns) == 0 {
		parts = append(parts, m.text(svg.Text{Font: leadFont, Fill: svg.Muted}, m.labels.NoStages))
	}
	legend := m.legend()
	if legend == nil && len(maps) > 0 {
		parts = parts[:len(parts)-1] // the gap below the last band
	}
	parts = append(parts, legend...)

	height := 2 * m.margin
	for _, p := range parts {
		height += p.height
	}
	title, description := m.words()
	id := m.opts.ID
	if id == "" {
		id = "journey"
	}
	p, err := svg.New(svg.Frame{ID: id, Title: title, Description: description, Language: m.labels.Language,
		RightToLeft: m.labels.RightToLeft, Width: m.width + 2*m.margin, Height: height, Theme: m.opts.Theme})
	if err != nil {
		return err
	}
	y := m.margin
	for _, part := range parts {
		part.draw(p, y)
		y += part.height
	}
	_, err = p.WriteTo(w)
	return err
}

// text is a part that is one text.
func (m *journeyMap) text(t svg.Text, s string) part {
	stack := &svg.Stack{Width: min(m.width, 900)}
	stack.Add(s, t)
	return part{stack.Height(), func(p *svg.Picture, y float64) { p.Stack(m.margin, y, stack) }}
}

func gap(height float64) part { return part{height, func(*svg.Picture, float64) {}} }

// observed returns the observations of a touchpoint or stage under any of its names.
func (m *journeyMap) observed(key cxmodel.Key, formerly []cxmodel.Key, aliases []string) []Observation {
	out := m.opts.Observed[key]
	for _, k := range formerly {
		out = append(slices.Clip(out), m.opts.Observed[k]...)
	}
	for _, a := range aliases {
		if cxmodel.Key(a) != key {
			out = append(slices.Clip(out), m.opts.Observed[cxmodel.Key(a)]...)
		}
	}
	return out
}
