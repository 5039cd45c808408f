package alignment

import "math"

// An effect is what one change to one item does, by stage and in total, over the stages that have a value.
type effect struct {
	stages []float64
	total  float64
}

// change returns the scores of a world minus the base, looking only at the cells that item bears on.
func (p *program) change(w world, item int, base scored) effect {
	e := effect{stages: make([]float64, len(p.stages))}
	for _, c := range p.reach[item] {
		if !base.rated[c] {
			continue // what has no value has none to lose; see leverage for items that nobody judged
		}
		v, _ := w.cell(p, &p.cells[c])
		e.stages[p.cells[c].stage] += p.cells[c].weight * (v - base.cells[c])
	}
	weight := 0.
	for i := range p.stages {
		if math.IsNaN(base.stages[i]) {
			continue
		}
		e.total += p.stages[i].weight * e.stages[i]
		weight += p.stages[i].weight
	}
	if weight > 0 {
		e.total /= weight
	}
	return e
}

// knockOut returns how much is lost if the item fails. All numbers are zero or positive.
func (p *program) knockOut(item int, whole world, base scored) effect {
	w := whole
	w.out = item
	if p.anyNeeds {
		p.settle(&w)
	}
	e := p.change(w, item, base)
	for i := range e.stages {
		e.stages[i] = 0 - e.stages[i] // not -x: no negative zero
	}
	e.total = 0 - e.total
	return e
}

// leverage returns how much is gained if the item works fully; NaN in total where nobody has judged how it works.
func (p *program) leverage(item int, whole world, base scored) effect {
	if !p.judged(item) {
		e := effect{stages: make([]float64, len(p.stages)), total: math.NaN()}
		for i := range e.stages {
			e.stages[i] = math.NaN()
		}
		return e
	}
	w := whole
	w.full = item
	if p.anyNeeds {
		p.settle(&w)
	}
	return p.change(w, item, base)
}

// judged reports whether it is known how the item works wherever it counts: by its own performance, or, where nothing
// needs it, by those of all its links.
func (p *program) judged(item int) bool {
	if p.items[item].rated {
		return true
	}
	links, known := 0, !p.items[item].needed
	for _, c := range p.touch[item] {
		for i := range p.cells[c].raters {
			p.cells[c].raters[i].each(func(t *term, _ bool) {
				if t.item == item && t.strength != None {
					links++
					known = known && t.own
				}
			})
		}
	}
	return links > 0 && known
}
