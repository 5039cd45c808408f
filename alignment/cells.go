package alignment

import (
	"iter"
	"math"

	"github.com/cxmodel/cxmodel"
)

// A Cell is one quality of one touchpoint, with all that bears on it.
type Cell struct {
	CellRef
	Share    float64   // of the stage
	Support  Support   // Delivered is NaN where nobody has judged
	Gate     float64   // the first factor: the worst requirement
	Deciding *LinkUse  // the contributor that counts; nil if there is none
	Binding  *LinkUse  // the requirement that marks the cell down; nil if none does
	Links    []LinkUse // all links, in document order
}

// A LinkUse is a link as it counts in one cell.
type LinkUse struct {
	Link        Link
	Item        cxmodel.Ref
	Name        string  // of the item
	Performance float64 // in this place; NaN: not judged
	Works       float64 // performance, marked down by what the item needs; NaN: not judged
	Value       float64 // strength × works for a contributor, 1 - strength × (1 - works) for a requirement; NaN: not rated

	measured int // 1 + index of the measurement that set Performance; 0: none did
}

// Cells iterates over all cells in document order.
func (a *Assessment) Cells() iter.Seq[Cell] {
	return func(yield func(Cell) bool) {
		if a.program == nil {
			return
		}
		for c := range a.program.cells {
			if !yield(a.cell(c)) {
				return
			}
		}
	}
}

func (a *Assessment) cellRef(c int) CellRef {
	cell := &a.program.cells[c]
	s := &a.program.stages[cell.stage]
	return CellRef{Stage: s.ref, Touchpoint: cell.touchpoint, Facet: cell.facet, Weight: s.weight * cell.weight}
}

func (a *Assessment) cellSupport(c int) Support {
	s := Support{Delivered: math.NaN(), Design: math.NaN(), Low: a.low.cells[c], High: a.high.cells[c]}
	if a.base.rated[c] {
		s.Delivered = a.base.cells[c]
	}
	if a.paper.rated[c] {
		s.Design = a.paper.cells[c]
	}
	return s.ordered()
}

func (a *Assessment) cell(c int) Cell {
	p, w := a.program, &a.world
	cell := Cell{CellRef: a.cellRef(c), Share: p.cells[c].weight, Support: a.cellSupport(c), Gate: 1}
	for r := range p.cells[c].raters {
		rater := &p.cells[c].raters[r]
		rater.each(func(t *term, required bool) {
			use := LinkUse{Link: a.model.Links[t.link], Item: p.items[t.item].ref, Name: p.items[t.item].name, measured: t.measured,
				Performance: math.NaN(), Works: math.NaN(), Value: math.NaN()}
			if t.own {
				use.Performance = t.perf
			} else if p.items[t.item].rated {
				use.Performance = p.items[t.item].perf
			}
			q, known := w.term(p, t)
			if known {
				use.Works = q
			}
			if strength, rated := w.help(t.strength); rated && (known || t.strength == None) {
				use.Value = strength * q
				if required {
					use.Value = 1 - strength*(1-q)
				}
			}
			cell.Links = append(cell.Links, use)
		})
	}
	a.decide(&cell, c)
	return cell
}

// decide finds the deciding contributor and the binding requirement among the links of the rater whose value counts.
func (a *Assessment) decide(cell *Cell, c int) {
	p, w := a.program, &a.world
	for r := range p.cells[c].raters {
		rater := &p.cells[c].raters[r]
		if v, ok := w.rater(p, rater); len(p.cells[c].raters) > 1 && a.base.rated[c] && (!ok || v != a.base.cells[c]) {
			continue
		}
		cell.Gate = w.gate(p, rater)
		for i := range cell.Links {
			use := &cell.Links[i]
			if use.Link.Rater != rater.key || math.IsNaN(use.Value) {
				continue
			}
			switch required := use.Link.required(); {
			case !required && (cell.Deciding == nil || use.Value > cell.Deciding.Value):
				cell.Deciding = use
			case required && use.Value < 1 && use.Value == cell.Gate && cell.Binding == nil:
				cell.Binding = use
			}
		}
		return
	}
}
