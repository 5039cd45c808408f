package report

import (
	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/journey"
)

// A builder writes the content.
type builder struct {
	a     *alignment.Assessment
	m     *alignment.Model
	o     Options
	l     Labels
	score bool
	seen  []observation

	names map[cxmodel.Ref]string // of stages, touchpoints, items, personas, as they are shown
	whole map[cxmodel.Ref]string // uncut
	home  map[cxmodel.Ref]place  // where a touchpoint or stage stands
}

// A place is a stage or touchpoint in the model.
type place struct {
	journey    *journey.Journey
	stage      *journey.Stage
	touchpoint *journey.Touchpoint // nil: the stage as a whole
}

func newBuilder(a *alignment.Assessment, o Options, l Labels) *builder {
	b := &builder{a: a, m: a.Model(), o: o, l: l, score: a.HasScore(),
		names: map[cxmodel.Ref]string{}, whole: map[cxmodel.Ref]string{}, home: map[cxmodel.Ref]place{}}
	for _, j := range b.m.Journeys {
		b.learn(cxmodel.Ref{Kind: cxmodel.KindJourney, Key: j.Key}, j.Name)
		for i := range j.Personas {
			b.learn(cxmodel.Ref{Kind: cxmodel.KindPersona, Key: j.Personas[i].Key}, j.Personas[i].Title())
		}
		for i := range j.Stages {
			s := &j.Stages[i]
			b.learn(s.Ref(), s.Title())
			b.home[s.Ref()] = place{j, s, nil}
			for k := range s.Touchpoints {
				t := &s.Touchpoints[k]
				b.learn(t.Ref(), t.Title())
				b.home[t.Ref()] = place{j, s, t}
			}
		}
	}
	for e := range b.entries() {
		name := e.Base().Name
		if name == "" {
			name = string(e.Base().Key)
		}
		b.learn(e.Ref(), name)
	}
	b.seen = b.observations()
	return b
}

func (b *builder) entries() func(func(canvas.Entry) bool) {
	if b.m.Canvas == nil {
		return func(func(canvas.Entry) bool) {}
	}
	return b.m.Canvas.Entries()
}

// build puts the report together.
func (b *builder) build() (*content, error) {
	c := &content{L: &b.l, Title: b.title(), Facts: b.facts(), First: b.first()}
	pictures, err := b.pictures()
	if err != nil {
		return nil, err
	}
	for _, s := range []section{pictures, b.stages(), b.strips(), b.listening(), b.open(), b.attention(), b.trace(), b.method()} {
		if len(s.Blocks) > 0 {
			c.Sections = append(c.Sections, s)
		}
	}
	return c, nil
}

func (b *builder) title() string {
	if name := b.show(b.a.Name); name != "" {
		return name
	}
	if len(b.m.Journeys) == 1 {
		if name := b.show(b.m.Journeys[0].Name); name != "" {
			return name
		}
	}
	return b.l.Untitled
}

// facts say which model this is, and as whom it is seen.
func (b *builder) facts() []string {
	var out []string
	add := func(label, value string) {
		if value = b.show(value); value != "" {
			out = append(out, put(label, value))
		}
	}
	add(b.l.Version, b.m.Version)
	if !b.m.AsOf.IsZero() {
		add(b.l.AsOf, b.m.AsOf.String())
	}
	if b.a.Persona != "" {
		add(b.l.Persona, b.names[cxmodel.Ref{Kind: cxmodel.KindPersona, Key: b.a.Persona}])
	}
	if len(b.a.Journeys) == 1 {
		for _, j := range b.m.Journeys {
			if j.Key == b.a.Journeys[0].Key {
				add("{1}", j.Scenario)
				if j.State != journey.StateUnspecified {
					add("{1}", b.l.term(j.State.String()))
				}
				if j.Basis != journey.BasisUnspecified {
					add("{1}", b.l.term(j.Basis.String()))
				}
			}
		}
	} else if len(b.a.Journeys) > 1 {
		add(b.l.JourneysCount, count(len(b.a.Journeys)))
	}
	return out
}
