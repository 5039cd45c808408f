package report

import (
	"math"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
)

// attention lists what to look at, each apart: targets, uncovered qualities, what has no stand-in, what carries too much,
// what serves nothing, where raters disagree, and all that is not sure.
func (b *builder) attention() section {
	s := section{ID: "look", Title: b.l.Attention}
	a := b.a
	list := func(title string, names []string) {
		if len(names) > 0 {
			s.Blocks = append(s.Blocks, block{Title: put(b.l.TitleCount, title, count(len(names))), List: names, Fold: len(names) > 15})
		}
	}
	if t := b.targets(); len(t.Rows) > 0 && b.a.Rung >= alignment.RungStrengths {
		s.Blocks = append(s.Blocks, block{Title: b.l.Targets, Table: t})
	}
	list(b.l.Uncovered, b.cellNames(a.Uncovered))
	if a.Rung >= alignment.RungStrengths {
		list(b.l.NoStandIn, b.noStandIn())
	}
	var names []string
	for _, ref := range a.Overloaded {
		names = append(names, b.name(ref))
	}
	list(b.l.Overloaded, names)
	if a.Rung >= alignment.RungMarks {
		names = nil
		for _, ref := range a.Orphans {
			names = append(names, b.name(ref))
		}
		list(b.l.Orphans, names)
		list(b.l.BareTouchpoints, b.bareTouchpoints())
		list(b.l.UnjudgedCells, b.cellNames(a.Unjudged))
	}
	if t := b.disagreements(); len(t.Rows) > 0 {
		s.Blocks = append(s.Blocks, block{Title: b.l.Disagreements, Table: t})
	}
	if unsure := b.unsure(); len(unsure) > mostUnsure {
		list(b.l.NotSure, unsure)
	}
	return s
}

func (b *builder) cellNames(cells []alignment.CellRef) []string {
	var out []string
	for _, c := range cells {
		out = append(out, b.cellName(c))
	}
	return out
}

// targets compares stages with what they are meant to reach.
func (b *builder) targets() *table {
	t := &table{Caption: b.l.Targets, Columns: []column{{Name: b.l.Stage, First: true}, {Name: b.l.Quality}, {Name: b.l.Target, Number: true},
		{Name: b.l.WorksToday, Number: true}, {Name: b.l.Gap, Number: true}, {Name: b.l.PointsOfTotal, Number: true}}}
	for _, g := range b.a.Targets {
		quality := b.l.All
		if g.Facet != "" {
			quality = b.l.term(string(g.Facet))
		}
		t.add(b.named(g.Stage), text(quality), text(b.points(g.Target)), text(b.points(g.Support.Delivered)), text(b.points(g.Gap)), text(b.tenth(100*g.Weighted)))
	}
	return t
}

// noStandIn lists the cells whose quality one item delivers alone.
func (b *builder) noStandIn() []string {
	var out []string
	for c := range b.a.Cells() {
		if c.Weight == 0 {
			continue
		}
		var by cxmodel.Ref
		alone := true
		for _, u := range c.Links {
			if u.Link.Role != alignment.Required && u.Link.Strength != alignment.None {
				alone = alone && (by.IsZero() || by == u.Item)
				by = u.Item
			}
		}
		if alone && !by.IsZero() {
			out = append(out, put(b.l.AloneBy, b.cellName(c.CellRef), b.name(by)))
		}
	}
	return out
}

// bareTouchpoints lists those without any link.
func (b *builder) bareTouchpoints() []string {
	var out []string
	for _, t := range b.a.Touchpoints {
		if len(t.Blocks) == 0 {
			out = append(out, b.name(t.Ref))
		}
	}
	return out
}

// disagreements shows how differently raters see a cell.
func (b *builder) disagreements() *table {
	t := &table{Caption: b.l.Disagreements, Columns: []column{{Name: b.l.Place, First: true}, {Name: b.l.Raters}}}
	for _, d := range b.a.Disagreements {
		var by []string
		for _, r := range d.Raters {
			name := string(r.Rater)
			if name == "" {
				name = b.l.UnnamedRater
			}
			value := b.points(r.Value)
			if math.IsNaN(r.Value) {
				value = b.l.NotRated
			}
			by = append(by, put(b.l.NameValue, name, value))
		}
		t.add(text(b.cellName(d.Cell)), text(strings.Join(by, "; ")))
	}
	return t
}
