package alignment

import (
	"slices"

	"github.com/cxmodel/cxmodel"
)

// An Action is something to do first, with the points of the total that depend on it.
type Action struct {
	Item   cxmodel.Ref `json:"item,omitzero"` // to fix or to protect
	Cell   CellRef     `json:"cell,omitzero"` // to build for
	Name   string      `json:"name"`          // of the item, or of the touchpoint
	Points float64     `json:"points"`        // of the total, in [0, 1]
}

// Fix lists the items that would gain most if they worked fully, the most first; items that gain nothing are left out.
func (a *Assessment) Fix() []Action {
	return a.itemActions(func(s ItemScore) float64 { return s.Leverage })
}

// Protect lists the items that would cost most if they failed, the most first.
func (a *Assessment) Protect() []Action {
	return a.itemActions(func(s ItemScore) float64 { return s.KnockOut })
}

// NoStandIn lists the items that cost points on paper if they fail, because nothing else could do as much in their place,
// the most first. It needs strengths and no performance.
func (a *Assessment) NoStandIn() []Action {
	p := a.program
	if p == nil {
		return nil
	}
	w := p.world(onPaper, a.scale)
	var out []Action
	for i := range p.items {
		if lost := p.knockOut(i, w, a.paper).total; lost > 1e-12 {
			out = append(out, Action{Item: p.items[i].ref, Name: p.items[i].name, Points: lost})
		}
	}
	return byPoints(out)
}

func (a *Assessment) itemActions(value func(ItemScore) float64) []Action {
	var out []Action
	for _, s := range a.Items {
		if v := value(s); v > 1e-12 {
			out = append(out, Action{Item: s.Ref, Name: s.Name, Points: v})
		}
	}
	return byPoints(out)
}

// Build lists the cells where most is not there: what a strong helper that works fully would add on paper, the most
// first. Cells that nobody judged are not among them; they are in Unjudged.
func (a *Assessment) Build() []Action {
	if a.program == nil {
		return nil
	}
	var out []Action
	for c := range a.program.cells {
		if !a.paper.rated[c] {
			continue
		}
		ref := a.cellRef(c)
		if gain := ref.Weight * (1 - a.paper.cells[c]); gain > 1e-12 {
			out = append(out, Action{Cell: ref, Name: a.program.cells[c].name, Points: gain})
		}
	}
	return byPoints(out)
}

// byPoints sorts by points, ties in document order.
func byPoints(as []Action) []Action {
	slices.SortStableFunc(as, func(x, y Action) int {
		switch d := y.Points - x.Points; {
		case d > 1e-12:
			return 1
		case d < -1e-12:
			return -1
		}
		return 0
	})
	return as
}

// HasScore reports whether the model's rung carries a score of what works today.
func (a *Assessment) HasScore() bool { return a.Rung >= RungPerformance }
