package alignment

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
)

// Options are the options of Assess. Nil means the defaults.
type Options struct {
	// Scale gives strengths their numbers; the zero Scale means 1-3-9. Whatever it is, 1-3-9, 1-3-5 and 1-2-3 are
	// run as well to see whether the ranking of the stages depends on it.
	Scale StrengthScale
	// Persona names a persona whose weights replace the journeys' own. Journeys without that persona are left out.
	Persona cxmodel.Key
	// Measured holds estimates for the measures of the journeys. Where a measure has floor, target and an item, it
	// replaces the judged performance of that item.
	Measured []Measurement
}

// Assess scores how well the canvas supports the journeys. It returns the errors of Validate where there are any, and
// the context's error if it ends first. The same model gives the same bytes on any number of cores.
func Assess(ctx context.Context, m *Model, opts *Options) (*Assessment, error) {
	o := Options{}
	if opts != nil {
		o = *opts
	}
	if o.Scale == (StrengthScale{}) {
		o.Scale = Scale139()
	}
	if err := o.Scale.check(); err != nil {
		return nil, err
	}
	issues := m.Validate()
	if err := issues.Err(); err != nil {
		return nil, fmt.Errorf("alignment: the model cannot be assessed: %w", err)
	}
	c := newCompiler(m, o.Persona)
	uses, err := c.measure(o.Measured)
	if err != nil {
		return nil, err
	}
	p, notes, err := c.compile()
	if err != nil {
		return nil, err
	}
	a := &Assessment{Name: m.Name, Persona: o.Persona, Scale: o.Scale.Name, Measured: uses, Notes: notes,
		Coarse: c.coarse, Issues: issues, model: m, program: p, scale: o.Scale}
	a.world = p.world(known, o.Scale)
	a.base = p.score(a.world)
	a.low = p.score(p.world(lowest, o.Scale))
	a.high = p.score(p.world(highest, o.Scale))
	a.paper = p.score(p.world(onPaper, o.Scale))

	a.scoreTotal()
	a.scoreStages()
	a.scoreItems()
	if err := a.scoreBlocks(ctx); err != nil {
		return nil, err
	}
	a.nameStages()
	a.findCells()
	a.findItems()
	a.measureTargets()
	a.Gaps = structuralGaps(m)
	a.climb()
	return a, ctx.Err()
}

func (a *Assessment) scoreTotal() {
	p := a.program
	paper := a.paperStages()
	a.Total = Support{Delivered: a.base.total, Design: p.totalOf(paper), Low: a.low.total, High: a.high.total}.ordered()
	for j, jn := range a.model.Journeys {
		s := JourneyScore{Key: jn.Key, Name: jn.Name}
		mask := func(values []float64) []float64 {
			out := slices.Clone(values)
			for i := range out {
				if p.stages[i].journey != j {
					out[i] = math.NaN()
				}
			}
			return out
		}
		present := false
		for i := range p.stages {
			if p.stages[i].journey == j {
				s.Weight += p.stages[i].weight
				present = true
			}
		}
		if !present {
			continue // left out for this persona
		}
		designs := paper
		if math.IsNaN(p.totalOf(mask(a.base.stages))) {
			designs = a.paper.stages
		}
		s.Support = Support{Delivered: p.totalOf(mask(a.base.stages)), Design: p.totalOf(mask(designs)),
			Low: p.totalOf(mask(a.low.stages)), High: p.totalOf(mask(a.high.stages))}.ordered()
		a.Journeys = append(a.Journeys, s)
	}
}

// paperStages returns the designs of the stages that have a value today, so that the totals' gaps are of the same stages;
// of all stages where none has.
func (a *Assessment) paperStages() []float64 {
	if math.IsNaN(a.base.total) {
		return a.paper.stages
	}
	out := slices.Clone(a.paper.stages)
	for i := range out {
		if math.IsNaN(a.base.stages[i]) {
			out[i] = math.NaN()
		}
	}
	return out
}

func (a *Assessment) scoreStages() {
	p := a.program
	for i := range p.stages {
		st := &p.stages[i]
		s := StageScore{Ref: st.ref, Name: st.name, Weight: st.weight, Reviewed: st.reviewed,
			Journey: a.model.Journeys[st.journey].Key,
			Support: Support{Delivered: a.base.stages[i], Design: a.paper.stages[i], Low: a.low.stages[i], High: a.high.stages[i]}.ordered()}
		s.PointsLost = s.Weight * (100 - 100*s.Support.Delivered)
		s.AfterOneFailure = s.Support.Delivered
		for c := st.first; c < st.last; c++ {
			if a.base.rated[c] {
				s.Rated += p.cells[c].weight
			}
		}
		s.Facets = a.facets(i)
		a.Touchpoints = append(a.Touchpoints, a.touchpoints(i)...)
		if math.IsNaN(st.weight) || st.weight == 0 {
			a.Notes = append(a.Notes, fmt.Sprintf("stage %q has weight 0: it is shown and does not count", st.ref.Key))
		}
		a.Partial = a.Partial || st.weight > 0 && math.IsNaN(s.Support.Delivered)
		a.Stages = append(a.Stages, s)
	}
}

// mean returns the support of some cells, weighted as in their stage.
func (a *Assessment) mean(cells []int) Support {
	total, s := 0., Support{}
	rated, paper := false, false
	for _, c := range cells {
		w := a.program.cells[c].weight
		total += w
		s.Low += w * a.low.cells[c]
		s.High += w * a.high.cells[c]
		if a.base.rated[c] {
			s.Delivered += w * a.base.cells[c]
			rated = true
		}
		if a.paper.rated[c] {
			s.Design += w * a.paper.cells[c]
			paper = true
		}
	}
	if total == 0 {
		nan := math.NaN()
		return Support{nan, nan, nan, nan}
	}
	s = Support{s.Delivered / total, s.Low / total, s.High / total, s.Design / total}
	if !rated {
		s.Delivered = math.NaN()
	}
	if !paper {
		s.Design = math.NaN()
	}
	return s.ordered()
}

func (a *Assessment) facets(stage int) []FacetScore {
	var out []FacetScore
	st := &a.program.stages[stage]
	by := map[cxmodel.Key][]int{}
	for c := st.first; c < st.last; c++ {
		f := a.program.cells[c].facet
		if by[f] == nil {
			out = append(out, FacetScore{Facet: f})
		}
		by[f] = append(by[f], c)
	}
	for i := range out {
		for _, c := range by[out[i].Facet] {
			out[i].Weight += a.program.cells[c].weight
		}
		out[i].Support = a.mean(by[out[i].Facet])
	}
	return out
}

func (a *Assessment) touchpoints(stage int) []TouchpointScore {
	var out []TouchpointScore
	st := &a.program.stages[stage]
	for first := st.first; first < st.last; {
		cell := &a.program.cells[first]
		var cells []int
		for c := first; c < st.last && a.program.cells[c].touchpoint == cell.touchpoint; c++ {
			cells = append(cells, c)
		}
		t := TouchpointScore{Stage: st.ref, Ref: cell.touchpoint, Name: cell.name, Weight: cell.share}
		if cell.share > 0 {
			t.Support = a.mean(cells)
		} else {
			t.Support = a.unweighted(cells)
		}
		out = append(out, t)
		first += len(cells)
	}
	return out
}

// unweighted is mean for a touchpoint of weight 0, whose cells have no weight in the stage: facets count the same.
func (a *Assessment) unweighted(cells []int) Support {
	n, s := float64(len(cells)), Support{}
	rated, paper := false, false
	for _, c := range cells {
		one := a.cellSupport(c)
		s.Low += one.Low / n
		s.High += one.High / n
		if !math.IsNaN(one.Delivered) {
			s.Delivered += one.Delivered / n
			rated = true
		}
		if !math.IsNaN(one.Design) {
			s.Design += one.Design / n
			paper = true
		}
	}
	if !rated {
		s.Delivered = math.NaN()
	}
	if !paper {
		s.Design = math.NaN()
	}
	return s.ordered()
}

func (a *Assessment) scoreItems() {
	p := a.program
	measured := map[cxmodel.Ref]bool{}
	for _, u := range a.Measured {
		measured[u.Item] = true
	}
	worst := make([]float64, len(p.stages))
	for i := range p.items {
		it := &p.items[i]
		out, full := p.knockOut(i, a.world, a.base), p.leverage(i, a.world, a.base)
		s := ItemScore{Ref: it.ref, Name: it.name, Owner: it.owner, Block: canvas.Block(it.block + 1), Performance: math.NaN(),
			Measured: measured[it.ref], KnockOut: out.total, Leverage: full.total, KnockOutBy: out.stages, LeverageBy: full.stages,
			Stages: p.linkedStages(i), CostPerYear: it.cost, GainPerCost: math.NaN()}
		if it.rated {
			s.Performance = it.perf
		}
		if it.cost > 0 {
			s.GainPerCost = full.total / it.cost
			s.Currency = a.model.Canvas.Currency
		}
		for st := range a.Stages {
			if out.stages[st] > worst[st]+1e-12 {
				worst[st] = out.stages[st]
				a.Stages[st].WorstFailure = it.ref
			}
		}
		a.Items = append(a.Items, s)
	}
	for st := range a.Stages {
		a.Stages[st].AfterOneFailure = a.Stages[st].Support.Delivered - worst[st]
	}
}

// linkedStages counts the stages that the item has a link in.
func (p *program) linkedStages(item int) int {
	stages := map[int]bool{}
	for _, c := range p.reach[item] {
		for r := range p.cells[c].raters {
			p.cells[c].raters[r].each(func(t *term, _ bool) {
				if t.item == item && t.strength != None {
					stages[p.cells[c].stage] = true
				}
			})
		}
	}
	return len(stages)
}

func (a *Assessment) scoreBlocks(ctx context.Context) error {
	p := a.program
	contribution, err := p.contribution(ctx, a.scale, a.base)
	if err != nil {
		return err
	}
	standalone := p.standalone(a.scale, a.base)
	bearing := p.blocksBearing()
	cost, known := [9]float64{}, 0.
	counts := [9]int{}
	for i := range p.items {
		counts[p.items[i].block]++
		if c := p.items[i].cost; !math.IsNaN(c) {
			cost[p.items[i].block] += c
			known += c
		}
	}
	for b := range contribution {
		s := BlockScore{Block: canvas.Block(b + 1), Contribution: contribution[b], Standalone: standalone[b],
			Applicable: make([]bool, len(p.stages)), Items: counts[b], CostShare: math.NaN()}
		for c := range p.cells {
			if bearing[c]>>b&1 == 1 {
				s.Applicable[p.cells[c].stage] = true
			}
		}
		weight := 0.
		for i := range p.stages {
			if !math.IsNaN(a.base.stages[i]) {
				s.Total += p.stages[i].weight * contribution[b][i]
				weight += p.stages[i].weight
			}
		}
		if weight > 0 {
			s.Total /= weight
		}
		s.Leverage = a.blockLeverage(b)
		if known > 0 {
			s.CostShare = cost[b] / known
			s.OverInvested = s.CostShare > 0 && s.Leverage < .01 && s.CostShare > 2*s.Total/a.base.total
		}
		a.Blocks = append(a.Blocks, s)
	}
	return nil
}

// blockLeverage returns what the total gains if every judged item of the block works fully.
func (a *Assessment) blockLeverage(block int) float64 {
	w := a.world
	w.fullBlocks = 1 << block
	if a.program.anyNeeds {
		a.program.settle(&w)
	}
	return a.program.score(w).total - a.base.total
}

// nameStages names the stage that loses most and the lowest one, on the three scales.
func (a *Assessment) nameStages() {
	p := a.program
	add := func(n *Naming, scale string, at int, value float64) {
		ref := p.stages[at].ref
		n.ByScale = append(n.ByScale, NamedBy{Scale: scale, Stage: ref, Value: value})
		if !slices.Contains(n.Candidates, ref) {
			n.Candidates = append(n.Candidates, ref)
		}
	}
	const tie = 1e-12 // equal but for rounding: document order decides
	for _, scale := range standardScales() {
		s := p.score(p.world(known, scale))
		most, low := -1, -1
		lost := func(i int) float64 { return p.stages[i].weight * (100 - 100*s.stages[i]) }
		for i := range p.stages {
			if math.IsNaN(s.stages[i]) || p.stages[i].weight == 0 {
				continue
			}
			if most < 0 || lost(i) > lost(most)+tie {
				most = i
			}
			if a.Stages[i].mayBeLowest() && (low < 0 || s.stages[i] < s.stages[low]-tie) {
				low = i
			}
		}
		if most >= 0 {
			add(&a.MostLost, scale.Name, most, lost(most))
		}
		if low >= 0 {
			add(&a.Lowest, scale.Name, low, s.stages[low])
		}
	}
	order := func(x, y cxmodel.Ref) int { return p.stageIndex(x) - p.stageIndex(y) }
	slices.SortFunc(a.MostLost.Candidates, order)
	slices.SortFunc(a.Lowest.Candidates, order)
}

// mayBeLowest reports whether enough is known of a stage to call it the lowest.
func (s StageScore) mayBeLowest() bool { return s.Reviewed && s.Rated >= .5-1e-12 }

func (p *program) stageIndex(ref cxmodel.Ref) int {
	return slices.IndexFunc(p.stages, func(s progStage) bool { return s.ref == ref })
}

// findCells lists the cells that nothing helps, those that nobody judged, and those that raters see differently.
func (a *Assessment) findCells() {
	p := a.program
	for c := range p.cells {
		cell := &p.cells[c]
		if cell.weight == 0 {
			continue
		}
		switch {
		case !a.base.rated[c]:
			a.Unjudged = append(a.Unjudged, a.cellRef(c))
		case len(cell.raters) == 0:
			a.Uncovered = append(a.Uncovered, a.cellRef(c))
		}
		if len(cell.raters) < 2 {
			continue
		}
		d := Disagreement{Cell: a.cellRef(c)}
		differ := false
		for r := range cell.raters {
			v, ok := a.world.rater(p, &cell.raters[r])
			if !ok {
				v = math.NaN()
			}
			d.Raters = append(d.Raters, RaterValue{cell.raters[r].key, v})
			differ = differ || !(math.Abs(v-d.Raters[0].Value) <= 1e-12) && !(math.IsNaN(v) && math.IsNaN(d.Raters[0].Value))
		}
		if differ {
			a.Disagreements = append(a.Disagreements, d)
		}
	}
}

// findItems lists the items that serve nothing and those that carry too much.
func (a *Assessment) findItems() {
	p := a.program
	serves := p.serves()
	byKnockOut := make([]int, len(p.items))
	for i := range p.items {
		byKnockOut[i] = i
		switch canvas.Block(p.items[i].block + 1) {
		case canvas.ValuePropositions, canvas.Channels, canvas.CustomerRelationships, canvas.KeyResources, canvas.KeyActivities, canvas.KeyPartnerships:
			if !serves[i] {
				a.Orphans = append(a.Orphans, p.items[i].ref)
			}
		}
	}
	slices.SortStableFunc(byKnockOut, func(x, y int) int {
		switch d := a.Items[y].KnockOut - a.Items[x].KnockOut; {
		case d > 0:
			return 1
		case d < 0:
			return -1
		}
		return 0
	})
	top := byKnockOut[:(len(byKnockOut)+9)/10]
	for i := range p.items {
		if slices.Contains(top, i) && a.Items[i].KnockOut > 0 && a.Items[i].Stages > 3 {
			a.Overloaded = append(a.Overloaded, p.items[i].ref)
		}
	}
}

// serves reports, by item, whether it reaches a touchpoint by a link that is not none, or through needs.
func (p *program) serves() []bool {
	out := make([]bool, len(p.items))
	for c := range p.cells {
		for r := range p.cells[c].raters {
			p.cells[c].raters[r].each(func(t *term, _ bool) {
				out[t.item] = out[t.item] || t.strength != None
			})
		}
	}
	for k := len(p.order) - 1; k >= 0; k-- { // those that need others come after them
		if i := p.order[k]; out[i] {
			for _, n := range p.items[i].needs {
				out[n.on] = out[n.on] || n.strength != None
			}
		}
	}
	return out
}

func (a *Assessment) measureTargets() {
	for _, t := range a.model.Targets {
		i := slices.IndexFunc(a.program.stages, func(s progStage) bool { return t.Stage.Matches(s.ref) })
		if i < 0 {
			continue // not in this persona's journeys
		}
		g := TargetGap{Stage: a.program.stages[i].ref, Facet: t.Facet, Target: t.Score, Support: a.Stages[i].Support}
		if t.Facet != "" {
			f := slices.IndexFunc(a.Stages[i].Facets, func(f FacetScore) bool { return f.Facet == t.Facet })
			if f < 0 {
				continue
			}
			g.Support = a.Stages[i].Facets[f].Support
		}
		g.Gap = g.Target - g.Support.Delivered
		if g.Gap < 0 {
			g.Gap = 0
		}
		g.Weighted = a.program.stages[i].weight * g.Gap
		a.Targets = append(a.Targets, g)
	}
}
