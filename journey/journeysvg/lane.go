package journeysvg

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/svg"
	"github.com/cxmodel/cxmodel/journey"
)

// lane draws a row of texts.
func (b *band) lane(lane Lane) []part {
	l := &b.labels
	plain := svg.Text{Font: textFont, Fill: svg.Ink, Lines: b.lines, Before: 4}
	quote := plain
	quote.Font = quoteFont
	// text makes a row of one field.
	text := func(name string, style svg.Text, field func(*journey.Touchpoint) string) []part {
		return b.row(name, func(s *svg.Stack, c column) {
			if c.touchpoint != nil {
				s.Add(field(c.touchpoint), style)
			}
		})
	}
	each := func(name string, fill func(*svg.Stack, *journey.Touchpoint)) []part {
		return b.row(name, func(s *svg.Stack, c column) {
			if c.touchpoint != nil {
				fill(s, c.touchpoint)
			}
		})
	}
	switch lane {
	case LaneDoes:
		return text(l.Does, plain, func(t *journey.Touchpoint) string { return t.Action })
	case LaneThinks:
		return text(l.Thinks, plain, func(t *journey.Touchpoint) string { return t.Thought })
	case LaneSays:
		return text(l.Says, quote, func(t *journey.Touchpoint) string { return l.quoted(t.Says) })
	case LaneExpects:
		return text(l.Expects, plain, func(t *journey.Touchpoint) string { return t.Expectation })
	case LaneStrategy:
		return text(l.Strategy, plain, func(t *journey.Touchpoint) string { return t.Strategy })
	case LaneChannel:
		return text(l.Channel, plain, func(t *journey.Touchpoint) string { return capital(l.term(string(t.Channel))) })
	case LaneOwner:
		return b.row(l.Owner, func(s *svg.Stack, c column) {
			owner := c.stage.Owner
			if c.touchpoint != nil {
				owner = cmp.Or(c.touchpoint.Owner, owner)
			}
			s.Add(owner, plain)
		})
	case LaneObserved:
		return each(l.Observed, func(s *svg.Stack, t *journey.Touchpoint) {
			for _, o := range b.observed(t.Key, t.Formerly, t.Aliases) {
				b.observation(s, o)
			}
		})
	case LaneEmotions:
		return each(l.Emotions, b.emotions)
	case LanePains:
		return each(l.Pains, func(s *svg.Stack, t *journey.Touchpoint) {
			for _, x := range t.Pains {
				b.note(s, x.Text, svg.Down, svg.Bad, l.graded(l.Severity, x.Severity), l.reach(x.Reach), l.count(x.Count))
			}
		})
	case LaneDelights:
		return each(l.Delights, func(s *svg.Stack, t *journey.Touchpoint) {
			for _, x := range t.Delights {
				b.note(s, x.Text, svg.Up, svg.Good, l.graded(l.Strength, x.Strength), l.reach(x.Reach), l.count(x.Count))
			}
		})
	case LaneOpportunities:
		return each(l.Opportunities, func(s *svg.Stack, t *journey.Touchpoint) {
			for _, x := range t.Opportunities {
				b.note(s, x.Text, svg.Plus, svg.Good, l.graded(l.Impact, x.Impact), l.graded(l.Effort, x.Effort), l.reach(x.Reach), l.count(x.Count), x.Owner)
			}
		})
	case LaneMessage:
		return each(l.Message, func(s *svg.Stack, t *journey.Touchpoint) {
			for _, x := range t.Messages {
				b.note(s, l.quoted(x.Text), svg.NoMark, svg.NoPaint, b.audience(x)...)
			}
		})
	case LaneStandard:
		return each(l.Standard, b.standard)
	case LaneHandOff:
		return each(l.HandOff, b.handOff)
	case LaneNext:
		return each(l.Next, b.next)
	case LaneActors:
		return each(l.Actors, func(s *svg.Stack, t *journey.Touchpoint) {
			for _, x := range t.Actors {
				b.note(s, x.Name, svg.NoMark, svg.NoPaint, l.term(x.Role.String()))
			}
		})
	case LaneSystems:
		return each(l.Systems, func(s *svg.Stack, t *journey.Touchpoint) {
			for _, x := range t.Systems {
				b.note(s, x, svg.NoMark, svg.NoPaint)
			}
		})
	case LaneMeasures:
		return each(l.Measures, func(s *svg.Stack, t *journey.Touchpoint) {
			for i := range t.Measures {
				x := &t.Measures[i]
				b.note(s, cmp.Or(x.Question, x.Name, string(x.Key)), svg.NoMark, svg.NoPaint, l.term(string(x.Metric)), x.Decision)
			}
		})
	}
	name := string(lane)
	for _, own := range b.j.Lanes {
		if Lane(own.Key) == lane {
			name = cmp.Or(own.Name, name)
			break
		}
	}
	return text(name, plain, func(t *journey.Touchpoint) string { return t.Lanes[cxmodel.Key(lane)] })
}

// note writes a text and, small below it, facts about it.
func (m *journeyMap) note(s *svg.Stack, text string, mark svg.Mark, color svg.Paint, facts ...string) {
	s.Add(text, svg.Text{Font: textFont, Fill: svg.Ink, Lines: m.lines, Mark: mark, Accent: color, Before: 5})
	var said []string
	for _, f := range facts {
		if f = svg.OneLine(f); f != "" {
			said = append(said, f)
		}
	}
	s.Add(strings.Join(said, " · "), svg.Text{Font: smallFont, Fill: svg.Muted, Lines: m.lines, Under: mark})
}

func (m *journeyMap) emotions(s *svg.Stack, t *journey.Touchpoint) {
	l := &m.labels
	for _, e := range t.Emotions {
		text := l.term(string(e.Tag))
		switch {
		case e.Before != nil && e.After != nil:
			text += " " + l.degree(*e.Before) + " " + l.Arrow + " " + l.degree(*e.After)
		case e.After != nil:
			text += " " + l.degree(*e.After)
		case e.Before != nil:
			text += " " + l.degree(*e.Before) + " " + l.Arrow + " ?"
		}
		m.note(s, text, svg.NoMark, svg.NoPaint)
	}
}

func (m *journeyMap) standard(s *svg.Stack, t *journey.Touchpoint) {
	if t.Standard == nil {
		return
	}
	kept := ""
	if c := t.Standard.Compliance; c != nil && finite(*c) {
		kept = m.labels.Compliance + " " + m.labels.percent(*c)
		if g := t.Standard.Goal; g != nil && finite(*g) {
			kept += " / " + m.labels.percent(*g)
		}
	}
	m.note(s, t.Standard.Text, svg.NoMark, svg.NoPaint, kept)
}

func (m *journeyMap) handOff(s *svg.Stack, t *journey.Touchpoint) {
	h := t.HandOff
	if h == nil {
		return
	}
	mark, color := svg.Dot, svg.Muted
	switch h.State {
	case journey.CarryAll:
		color = svg.Good
	case journey.CarryNone:
		mark, color = svg.Down, svg.Bad
	}
	var text []string
	if h.State != journey.CarryUnspecified {
		text = append(text, m.labels.term(h.State.String()))
	}
	if h.Carries != "" {
		text = append(text, svg.OneLine(h.Carries))
	}
	carried := strings.Join(text, ": ")
	if h.To != "" {
		carried = strings.TrimSpace(carried + " " + m.labels.Arrow + " " + m.title(cxmodel.Ref{Key: h.To}))
	}
	m.note(s, carried, mark, color, h.Note)
}

func (m *journeyMap) next(s *svg.Stack, t *journey.Touchpoint) {
	for _, n := range t.Next {
		share := ""
		if n.Share != nil && finite(*n.Share) {
			share = m.labels.percent(*n.Share)
		}
		m.note(s, m.labels.Arrow+" "+m.title(n.To), svg.NoMark, svg.NoPaint, n.When, share)
	}
}

// title returns the name of a touchpoint or stage that something refers to.
func (m *journeyMap) title(ref cxmodel.Ref) string {
	if ref.Kind != cxmodel.KindStage {
		if _, t := m.j.Touchpoint(string(ref.Key)); t != nil {
			return t.Title()
		}
	}
	if s := m.j.Stage(string(ref.Key)); s != nil {
		return s.Title()
	}
	return string(ref.Key)
}

// audience names whom a message is meant for.
func (m *journeyMap) audience(x journey.Message) []string {
	var out []string
	for _, k := range x.Personas {
		name := string(k)
		if p := m.j.Persona(name); p != nil {
			name = p.Title()
		}
		out = append(out, name)
	}
	for _, k := range x.Segments {
		out = append(out, string(k))
	}
	return out
}

// degree writes a degree as one of the five words, else as a number.
func (l *Labels) degree(d journey.Degree) string {
	for i, word := range l.Degrees {
		if float64(d)*4 == float64(i) {
			return word
		}
	}
	if !finite(float64(d)) {
		return "?"
	}
	return l.number(float64(d), 2)
}

func (l *Labels) graded(label string, d *journey.Degree) string {
	if d == nil {
		return ""
	}
	return label + "\u00a0" + l.degree(*d)
}

func (l *Labels) reach(x *float64) string {
	if x == nil || !finite(*x) {
		return ""
	}
	return l.Reach + "\u00a0" + l.percent(*x)
}

func (l *Labels) count(n *int) string {
	if n == nil {
		return ""
	}
	return fmt.Sprintf("%d\u00a0%s", *n, l.Count)
}

// capital writes the first letter of s large.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || r == utf8.RuneError {
		return s
	}
	return string(unicode.ToTitle(r)) + s[n:]
}
