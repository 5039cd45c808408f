package report

import (
	"math"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
)

// trace gives what every number comes from: the items, and each cell with its links.
func (b *builder) trace() section {
	s := section{ID: "trace", Title: b.l.Trace, Lead: b.l.TraceLead}
	if len(b.a.Items) > 0 {
		s.Blocks = append(s.Blocks, block{Title: put(b.l.TitleCount, b.l.Items, count(len(b.a.Items))), Table: b.items(), Fold: true})
	}
	if b.a.Rung >= alignment.RungMarks {
		t := b.cells()
		s.Blocks = append(s.Blocks, block{Title: put(b.l.TitleCount, b.l.Cells, count(len(t.Rows))), Table: t, Fold: true})
	}
	return s
}

func (b *builder) items() *table {
	t := &table{Caption: b.l.Items, Columns: []column{{Name: b.l.Item, First: true}, {Name: b.l.Block}, {Name: b.l.Owner}, {Name: b.l.Performance, Number: true}}}
	if b.score {
		t.Columns = append(t.Columns, column{Name: b.l.IfFailed, Number: true}, column{Name: b.l.IfFull, Number: true})
	}
	t.Columns = append(t.Columns, column{Name: b.l.Cost, Number: true}, column{Name: b.l.Evidence})
	evidence := map[cxmodel.Ref]cxmodel.Grade{}
	for e := range b.entries() {
		evidence[e.Ref()] = cxmodel.BestGrade(e.Base().Evidence)
	}
	currency := b.currency()
	for _, it := range b.a.Items {
		works := cell{Text: b.points(it.Performance)}
		switch {
		case b.measuredEverywhere(it.Ref):
			works.Sub = b.l.Measured
		case !math.IsNaN(it.Performance):
			works.Sub = b.l.Judged
		}
		row := []cell{b.named(it.Ref), text(b.l.Blocks[it.Block-1]), text(b.show(it.Owner)), works}
		if b.score {
			row = append(row, text(b.change("−", it.KnockOut)), text(b.change("+", it.Leverage)))
		}
		cost := ""
		if !math.IsNaN(it.CostPerYear) {
			cost = b.money(it.CostPerYear, currency)
		}
		row = append(row, text(cost), text(evidence[it.Ref].String()))
		t.Rows = append(t.Rows, row)
	}
	return t
}

// measuredEverywhere reports whether the performance of an item is a measured one, and not only that at some touchpoint.
func (b *builder) measuredEverywhere(item cxmodel.Ref) bool {
	return slices.ContainsFunc(b.a.Measured, func(m alignment.MeasuredUse) bool {
		return m.Item == item && m.At.Kind == cxmodel.KindJourney && !math.IsNaN(m.Performance)
	})
}

// change writes points of the total with a sign, none where there are none.
func (b *builder) change(sign string, x float64) string {
	s := b.tenth(100 * x)
	if x > 1e-12 {
		return b.signs(sign + s)
	}
	return s
}

// cells lists every cell with the links that bear on it, the deciding and the binding one marked.
func (b *builder) cells() *table {
	t := &table{Caption: b.l.Cells, Columns: []column{{Name: b.l.Touchpoint, First: true}, {Name: b.l.Quality}, {Name: b.l.Weight, Number: true}}}
	if b.score {
		t.Columns = append(t.Columns, column{Name: b.l.WorksToday, Number: true})
	}
	if b.a.Rung >= alignment.RungStrengths {
		t.Columns = append(t.Columns, column{Name: b.l.OnPaper, Number: true})
	}
	t.Columns = append(t.Columns, column{Name: b.l.Links})
	for c := range b.a.Cells() {
		place := b.named(c.Touchpoint)
		if c.Touchpoint != c.Stage {
			place.Sub = b.name(c.Stage)
		}
		row := []cell{place, text(b.l.term(string(c.Facet))), text(put(b.l.Percent, b.tenth(100*c.Weight)))}
		if b.score {
			row = append(row, cell{Text: b.points(c.Support.Delivered), Sub: b.span(c.Support.Low, c.Support.High)})
		}
		if b.a.Rung >= alignment.RungStrengths {
			row = append(row, text(b.points(c.Support.Design)))
		}
		row = append(row, text(b.links(c)))
		t.Rows = append(t.Rows, row)
	}
	return t
}

// links writes the links of a cell, such as
//
//	Phone: strong, works 50, gives 50 (decides); Washing up: must not fail, strong, works 75, leaves 75 % (marks down)
func (b *builder) links(c alignment.Cell) string {
	var out []string
	for i := range c.Links {
		u := &c.Links[i]
		parts := []string{}
		required := u.Link.Role == alignment.Required
		if required {
			parts = append(parts, b.l.Required)
		}
		if u.Link.Strength == alignment.Unrated {
			parts = append(parts, b.l.NotRated)
		} else {
			parts = append(parts, b.l.Strengths[u.Link.Strength-1])
		}
		if !math.IsNaN(u.Works) {
			parts = append(parts, put(b.l.Works, b.points(u.Works)))
		}
		if !math.IsNaN(u.Value) {
			if required {
				parts = append(parts, put(b.l.Leaves, b.percent(u.Value)))
			} else {
				parts = append(parts, put(b.l.Gives, b.points(u.Value)))
			}
		}
		if u.Link.Rater != "" {
			parts = append(parts, put(b.l.RatedBy, string(u.Link.Rater)))
		}
		if len(u.Link.Evidence) > 0 {
			parts = append(parts, put(b.l.Grade, cxmodel.BestGrade(u.Link.Evidence).String()))
		}
		line := put(b.l.NameValue, b.name(u.Item), strings.Join(parts, ", "))
		switch u {
		case c.Deciding:
			line = put(b.l.NameNote, line, b.l.Decides)
		case c.Binding:
			line = put(b.l.NameNote, line, b.l.Binds)
		}
		out = append(out, line)
	}
	if len(out) == 0 {
		return b.l.Nothing
	}
	return strings.Join(out, "; ")
}
