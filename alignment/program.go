package alignment

import (
	"math"
	"slices"

	"github.com/cxmodel/cxmodel"
)

// A program is a model made ready for scoring: names resolved, weights normalised, links spread over cells. It is
// not changed after it is made. The formulas are those of the package comment.
type program struct {
	items    []progItem
	order    []int // items, each after those that it needs
	anyNeeds bool
	stages   []progStage
	cells    []progCell // by stage
	reach    [][]int    // by item: the cells that it has a link to, of its own or of those that need it
	touch    [][]int    // reach without links and needs of strength none
}

type progItem struct {
	ref    cxmodel.Ref
	name   string
	owner  string
	block  int // 0 to 8
	perf   float64
	rated  bool
	needs  []progNeed
	needed bool    // by an item that touches some cell
	cost   float64 // a year; NaN where unknown
}

type progNeed struct {
	on       int
	strength Strength
}

type progStage struct {
	journey     int
	ref         cxmodel.Ref
	name        string
	share       float64 // of its journey
	weight      float64 // share of the total
	reviewed    bool
	first, last int // its cells: [first, last)
}

type progCell struct {
	stage      int
	touchpoint cxmodel.Ref // the stage itself where it has no touchpoints
	name       string      // of the touchpoint
	facet      cxmodel.Key
	share      float64 // of its touchpoint in the stage
	facetShare float64 // of its facet in the touchpoint
	weight     float64 // share of the stage: share × facetShare
	raters     []progRater
}

type progRater struct {
	key     cxmodel.Key
	rated   bool // some helper has strength and performance: there is a point value
	helpers []term
	needed  [][]term // groups of alternatives
}

// A term is one link in one cell.
type term struct {
	item     int
	link     int // index into Model.Links
	strength Strength
	perf     float64     // of the item in this place
	own      bool        // perf is set
	measured int         // 1 + index of the measurement that set perf; 0: none did
	group    cxmodel.Key // of alternatives
}

// A corner says what stands in for the unknown.
type corner int

const (
	known  corner = iota // unrated contributors left out, unrated requirements and needs met: the point value
	lowest               // every unknown at its worst
	highest
	onPaper // the point value with everything working fully
)

const allBlocks = 1<<9 - 1

// A world is a what-if: who takes part, and how well.
type world struct {
	fullBlocks int // bit set of the blocks whose judged items work fully
	corner     corner
	blocks     int    // bit set of the blocks that take part
	out        int    // item that is knocked out, -1 for none
	full       int    // item that works fully, -1 for none
	absent     []bool // by item: knocked out; nil for none
	alone      bool   // requirements and needs on blocks that take no part are taken as met
	values     [Strong + 1]float64
	factor     []float64 // by item: min over its needs
}

func (p *program) world(c corner, scale StrengthScale) world {
	w := world{corner: c, blocks: allBlocks, out: -1, full: -1, values: scale.values()}
	p.settle(&w)
	return w
}

// settle computes the factors of a world whose other fields are set.
func (p *program) settle(w *world) {
	w.factor = make([]float64, len(p.items))
	p.settleItems(w, p.order)
}

// settleItems computes the factors of some items, which come after those that they need.
func (p *program) settleItems(w *world, order []int) {
	for _, i := range order {
		f := 1.
		for _, n := range p.items[i].needs {
			if w.alone && w.blocks>>p.items[n.on].block&1 == 0 {
				continue
			}
			q, ok := w.works(p, n.on, p.items[n.on].perf, p.items[n.on].rated)
			if !ok {
				q = w.factor[n.on] // taken as met, as far as what it needs allows
			}
			if r, ok := w.requirement(n.strength); ok {
				f = min(f, 1-r*(1-q))
			}
		}
		w.factor[i] = f
	}
}

// works returns q of an item whose performance is perf, and whether it is known.
func (w *world) works(p *program, item int, perf float64, rated bool) (float64, bool) {
	switch {
	case item == w.out || w.blocks>>p.items[item].block&1 == 0 || w.absent != nil && w.absent[item]:
		return 0, true
	case item == w.full || w.corner == onPaper:
		perf = 1
	case rated && w.fullBlocks>>p.items[item].block&1 == 1:
		perf = 1
	case rated:
	case w.corner == lowest:
		perf = 0
	case w.corner == highest:
		perf = 1
	default:
		return 0, false
	}
	return perf * w.factor[item], true
}

// help returns the number of a contributor's strength, requirement that of a requirement's or a need's.
func (w *world) help(s Strength) (float64, bool) {
	if s != Unrated {
		return w.values[s], true
	}
	switch w.corner {
	case lowest:
		return w.values[Weak], true
	case highest:
		return w.values[Strong], true
	}
	return 0, false
}

func (w *world) requirement(s Strength) (float64, bool) {
	if s != Unrated {
		return w.values[s], true
	}
	switch w.corner {
	case lowest:
		return w.values[Strong], true
	case highest:
		return w.values[Weak], true
	}
	return 0, false
}

// cell returns the support of a cell, and whether it has a value: at the low and high corners it always has.
func (w *world) cell(p *program, c *progCell) (float64, bool) {
	if len(c.raters) == 0 {
		switch {
		case p.stages[c.stage].reviewed:
			return 0, true
		case w.corner == highest:
			return 1, true
		}
		return 0, w.corner == lowest
	}
	if len(c.raters) == 1 {
		return w.rater(p, &c.raters[0])
	}
	var buffer [16]float64
	values := buffer[:0]
	point := w.corner == known || w.corner == onPaper
	same := point && slices.ContainsFunc(c.raters, func(r progRater) bool { return r.rated })
	for i := range c.raters {
		if same && !c.raters[i].rated {
			continue // design and what-ifs are over the raters of the point value: nobody joins because an item is out
		}
		if v, ok := w.rater(p, &c.raters[i]); ok {
			values = append(values, v)
		}
	}
	if len(values) == 0 {
		return 0, false
	}
	slices.Sort(values)
	return values[(len(values)-1)/2], true
}

func (w *world) rater(p *program, r *progRater) (float64, bool) {
	gate := w.gate(p, r)
	if len(r.helpers) == 0 {
		switch w.corner {
		case highest:
			return gate, true
		case lowest:
			return 0, true
		}
		return 0, false
	}
	best, rated := 0., false
	for i := range r.helpers {
		if v, ok := w.helper(p, &r.helpers[i]); ok {
			best, rated = max(best, v), true
		}
	}
	return gate * best, rated
}

// helper returns what one contributor delivers, and whether strength and performance are known.
func (w *world) helper(p *program, t *term) (float64, bool) {
	if t.strength == None {
		return 0, true // however it works
	}
	strength, ok := w.help(t.strength)
	if !ok {
		return 0, false
	}
	q, ok := w.term(p, t)
	return strength * q, ok
}

// term returns q of the link's item in this place.
func (w *world) term(p *program, t *term) (float64, bool) {
	if t.own {
		return w.works(p, t.item, t.perf, true)
	}
	it := &p.items[t.item]
	return w.works(p, t.item, it.perf, it.rated)
}

// gate returns G: the worst requirement, 1 if there is none.
func (w *world) gate(p *program, r *progRater) float64 {
	gate := 1.
	for _, group := range r.needed {
		best := 0.
		for i := range group {
			best = max(best, w.need(p, &group[i]))
		}
		gate = min(gate, best)
	}
	return gate
}

// need returns 1 - r (1 - q) of one requirement.
func (w *world) need(p *program, t *term) float64 {
	if w.alone && w.blocks>>p.items[t.item].block&1 == 0 {
		return 1
	}
	r, ok := w.requirement(t.strength)
	if !ok {
		return 1
	}
	q, ok := w.term(p, t)
	if !ok {
		q = w.factor[t.item]
	}
	return 1 - r*(1-q)
}

// bearing returns, by item, the cells to which links lead from it, or from those that need it.
func (p *program) bearing(counts func(Strength) bool) [][]int {
	dependants := make([][]int, len(p.items))
	for i := range p.items {
		for _, n := range p.items[i].needs {
			if counts(n.strength) {
				dependants[n.on] = append(dependants[n.on], i)
			}
		}
	}
	direct := make([][]int, len(p.items))
	for c := range p.cells {
		for _, r := range p.cells[c].raters {
			r.each(func(t *term, _ bool) {
				if n := len(direct[t.item]); counts(t.strength) && (n == 0 || direct[t.item][n-1] != c) {
					direct[t.item] = append(direct[t.item], c)
				}
			})
		}
	}
	reach := make([][]int, len(p.items))
	for k := len(p.order) - 1; k >= 0; k-- { // dependants first
		i := p.order[k]
		all := slices.Clone(direct[i])
		for _, d := range dependants[i] {
			all = append(all, reach[d]...)
		}
		slices.Sort(all)
		reach[i] = slices.Compact(all)
	}
	return reach
}

// each calls f for every link of the rater.
func (r *progRater) each(f func(t *term, required bool)) {
	for i := range r.helpers {
		f(&r.helpers[i], false)
	}
	for _, group := range r.needed {
		for i := range group {
			f(&group[i], true)
		}
	}
}

// scored is one pass over all cells.
type scored struct {
	cells  []float64 // 0 where not rated
	rated  []bool
	stages []float64 // NaN where nothing is rated
	total  float64   // over the stages that have a value; NaN if none has
}

func (p *program) score(w world) scored {
	s := scored{cells: make([]float64, len(p.cells)), rated: make([]bool, len(p.cells)), stages: make([]float64, len(p.stages))}
	for c := range p.cells {
		s.cells[c], s.rated[c] = w.cell(p, &p.cells[c])
	}
	for i := range p.stages {
		s.stages[i] = p.stageValue(i, s.cells, s.rated)
	}
	s.total = p.totalOf(s.stages)
	return s
}

func (p *program) stageValue(stage int, cells []float64, rated []bool) float64 {
	sum, found := 0., false
	for c := p.stages[stage].first; c < p.stages[stage].last; c++ {
		if rated[c] && p.cells[c].weight > 0 {
			sum += p.cells[c].weight * cells[c]
			found = true
		}
	}
	if !found {
		return math.NaN()
	}
	return sum
}

// totalOf returns the weighted mean over the stages that have a value.
func (p *program) totalOf(stages []float64) float64 {
	return p.meanOf(stages, func(s *progStage) float64 { return s.weight })
}

// journeyOf is totalOf for one journey, which has a value of its own even where it counts nothing in the total.
func (p *program) journeyOf(journey int, stages []float64) float64 {
	return p.meanOf(stages, func(s *progStage) float64 {
		if s.journey != journey {
			return 0
		}
		return s.share
	})
}

func (p *program) meanOf(stages []float64, weightOf func(*progStage) float64) float64 {
	sum, weight := 0., 0.
	for i, v := range stages {
		if w := weightOf(&p.stages[i]); !math.IsNaN(v) {
			sum += w * v
			weight += w
		}
	}
	if weight == 0 {
		return math.NaN()
	}
	return sum / weight
}
