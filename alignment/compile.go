package alignment

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/journey"
)

// ErrPersona is wrapped when no journey has the persona that Options names.
var ErrPersona = errors.New("unknown persona")

// A compiler makes a program of a valid model.
type compiler struct {
	m       *Model
	persona cxmodel.Key
	edge    edge // of the intervals of what is measured
	names   *names
	p       *program
	notes   []string
	coarse  bool
	set     []override
	at      map[cxmodel.Ref][]int // the cells of a touchpoint or stage

	touchpoints, facets equality
	terms               int // so far
}

// An override is a measured performance, of an item in some place; an empty place means everywhere.
type override struct {
	item  int
	stage cxmodel.Ref
	touch cxmodel.Ref
	perf  float64
	use   int // index of the measurement
}

// mostTerms bounds what a small file can ask for: facets make cells of every touchpoint, and a link to a stage is one to
// each of its cells.
const mostTerms = 1_000_000

func newCompiler(m *Model, persona cxmodel.Key) *compiler {
	return newNames(m).compiler(m, persona)
}

// compiler is newCompiler for a model of which n are the names.
func (n *names) compiler(m *Model, persona cxmodel.Key) *compiler {
	c := &compiler{m: m, persona: persona, names: n, p: &program{}}
	for e := range entries(m) {
		it := e.Base()
		pi := progItem{ref: e.Ref(), name: it.Name, owner: it.Owner, block: int(e.Block()) - 1, cost: math.NaN()}
		if pi.name == "" {
			pi.name = string(it.Key)
		}
		if it.Performance != nil {
			pi.perf, pi.rated = float64(*it.Performance), true
		}
		c.p.items = append(c.p.items, pi)
	}
	c.costs()
	return c
}

// costs adds up, by item, its own yearly amount and its equal part of the costs that pay for it.
func (c *compiler) costs() {
	add := func(item int, yearly float64) {
		if it := &c.p.items[item]; math.IsNaN(it.cost) {
			it.cost = yearly
		} else {
			it.cost += yearly
		}
	}
	for e := range entries(c.m) {
		yearly, ok := e.Base().Amount.PerYear()
		if !ok || e.Base().Amount.Money.IsZero() {
			continue
		}
		switch e := e.(type) {
		case *canvas.RevenueStream, *canvas.Segment:
		case *canvas.Cost:
			for _, ref := range e.PaysFor {
				if i, ok := c.item(ref); ok {
					add(i, yearly/float64(len(e.PaysFor)))
				}
			}
		default:
			i, _ := c.item(e.Ref())
			add(i, yearly)
		}
	}
}

func (c *compiler) item(ref cxmodel.Ref) (int, bool) {
	found := c.names.items.find(ref)
	if len(found) != 1 {
		return 0, false
	}
	return found[0].at, true
}

func (c *compiler) compile() (*program, []string, error) {
	if err := c.stages(); err != nil {
		return nil, nil, err
	}
	for _, n := range c.m.Needs {
		from, ok1 := c.item(n.Item)
		on, ok2 := c.item(n.Needs)
		if !ok1 || !ok2 {
			continue // Validate has reported it
		}
		c.p.items[from].needs = append(c.p.items[from].needs, progNeed{on, n.Strength})
		c.p.anyNeeds = true
	}
	c.p.order, _ = needOrder(c.p.items)
	c.at = map[cxmodel.Ref][]int{}
	for i := range c.p.cells {
		cell := &c.p.cells[i]
		c.at[cell.touchpoint] = append(c.at[cell.touchpoint], i)
		if stage := c.p.stages[cell.stage].ref; stage != cell.touchpoint {
			c.at[stage] = append(c.at[stage], i)
		}
	}
	for i := range c.m.Links {
		if c.link(i); c.terms > mostTerms {
			return nil, nil, fmt.Errorf("alignment: %w: the links lead to more than %d cells, each counted for every link; link touchpoints or facets in place of stages, or split the model", cxmodel.ErrLimit, mostTerms)
		}
	}
	c.p.reach = c.p.bearing(func(Strength) bool { return true })
	c.p.touch = c.p.bearing(func(s Strength) bool { return s != None })
	for i := range c.p.items {
		for _, n := range c.p.items[i].needs {
			on := &c.p.items[n.on]
			on.needed = on.needed || n.strength != None && len(c.p.touch[i]) > 0
		}
	}
	return c.p, c.notes, nil
}

func (c *compiler) note(format string, args ...any) {
	c.notes = append(c.notes, fmt.Sprintf(format, args...))
}

// included returns the journeys that count, each with its persona, and their shares of the total.
func (c *compiler) included() ([]int, []*journey.Persona, []float64, error) {
	var at []int
	var personas []*journey.Persona
	var weights []*float64
	known := []cxmodel.Key{}
	for i, j := range c.m.Journeys {
		p := (*journey.Persona)(nil)
		for k := range j.Personas {
			known = append(known, j.Personas[k].Key)
			if c.persona != "" && j.Personas[k].Key == c.persona {
				p = &j.Personas[k]
			}
		}
		if c.persona == "" || p != nil {
			at, personas, weights = append(at, i), append(personas, p), append(weights, j.Weight)
		}
	}
	if len(at) == 0 && c.persona != "" {
		if len(known) == 0 {
			return nil, nil, nil, fmt.Errorf("alignment: %w: %q; the journeys have none, add it under personas", ErrPersona, c.persona)
		}
		return nil, nil, nil, fmt.Errorf("alignment: %w: %q; the journeys have %q", ErrPersona, c.persona, known)
	}
	shares, err := journey.Shares(weights)
	if len(at) > 1 && !slices.ContainsFunc(weights, func(w *float64) bool { return w != nil }) {
		c.note("all %d journeys count the same: no weights are set", len(at))
	}
	return at, personas, shares, err
}

func (c *compiler) stages() error {
	at, personas, shares, err := c.included()
	if err != nil {
		return err
	}
	for n, i := range at {
		j, persona := c.m.Journeys[i], personas[n]
		stageShares, err := j.StageShares(persona)
		if err != nil {
			return fmt.Errorf("alignment: journey %q: stages: %w", j.Key, err)
		}
		if len(j.Stages) > 1 && c.persona == "" && !slices.ContainsFunc(j.Stages, func(s journey.Stage) bool { return s.Weight != nil }) {
			c.note("all stages%s count the same: no weights are set", ofJourney(c.m, j))
		}
		used := 0.
		for s := range j.Stages {
			if usesNone(&j.Stages[s], persona) {
				c.note("stage %q is left out: the persona uses none of its touchpoints", j.Stages[s].Key)
				stageShares[s] = math.NaN()
				continue
			}
			used += stageShares[s]
		}
		for s := range j.Stages {
			if math.IsNaN(stageShares[s]) {
				continue
			}
			share := 0.
			if used > 0 {
				share = stageShares[s] / used
			}
			if err := c.stage(i, j, &j.Stages[s], persona, share, shares[n]*share); err != nil {
				return err
			}
		}
	}
	c.sayEqual()
	return nil
}

func usesNone(s *journey.Stage, p *journey.Persona) bool {
	if p == nil || len(s.Touchpoints) == 0 {
		return false
	}
	return !slices.ContainsFunc(s.Touchpoints, func(t journey.Touchpoint) bool { return p.Uses(t.Key) })
}

func (c *compiler) stage(at int, j *journey.Journey, s *journey.Stage, persona *journey.Persona, share, weight float64) error {
	ps := progStage{journey: at, ref: cxmodel.Ref{Kind: cxmodel.KindStage, Key: s.Key}, name: s.Name, share: share, weight: weight,
		reviewed: s.Reviewed, first: len(c.p.cells)}
	if ps.name == "" {
		ps.name = string(s.Key)
	}
	shares, err := s.TouchpointShares(persona)
	if err != nil {
		return fmt.Errorf("alignment: stage %q: touchpoints: %w", s.Key, err)
	}
	if shares == nil {
		if err := c.cells(j, s, nil, persona, ps.ref, ps.name, 1); err != nil {
			return err
		}
		shares = make([]float64, len(s.Touchpoints))
	}
	for i := range s.Touchpoints {
		t := &s.Touchpoints[i]
		if !persona.Uses(t.Key) {
			continue
		}
		name := t.Name
		if name == "" {
			name = string(t.Key)
		}
		if err := c.cells(j, s, t, persona, cxmodel.Ref{Kind: cxmodel.KindTouchpoint, Key: t.Key}, name, shares[i]); err != nil {
			return err
		}
	}
	ps.last = len(c.p.cells)
	c.p.stages = append(c.p.stages, ps)
	counting, set := 0, false
	for i := range s.Touchpoints {
		if shares[i] > 0 {
			counting++
		}
		set = set || s.Touchpoints[i].Weight != nil
	}
	if counting > 1 {
		c.touchpoints.add(string(s.Key), set)
	}
	return nil
}

// An equality collects what counts the same for want of weights, to be said once.
type equality struct {
	names []string
	of    int // how many could have weights
}

func (e *equality) add(name string, set bool) {
	e.of++
	if !set {
		e.names = append(e.names, name)
	}
}

// sayEqual says where touchpoints and facets count the same: everywhere, or in the places named.
func (c *compiler) sayEqual() {
	var everywhere []string
	for _, e := range []struct {
		what string
		equality
	}{{"all touchpoints of a stage", c.touchpoints}, {"all facets", c.facets}} {
		switch {
		case len(e.names) == 0:
		case len(e.names) == e.of:
			everywhere = append(everywhere, e.what)
		default:
			c.note("%s count the same in %s: no weights are set", e.what, listed(e.names))
		}
	}
	if len(everywhere) > 0 {
		c.note("%s count the same: no weights are set", strings.Join(everywhere, " and "))
	}
}

// cells appends the cells of one touchpoint: one for each facet of positive weight.
func (c *compiler) cells(j *journey.Journey, s *journey.Stage, t *journey.Touchpoint, persona *journey.Persona, ref cxmodel.Ref, name string, share float64) error {
	facets := j.FacetsOf(s, t)
	shares, err := journey.FacetShares(facets, persona)
	if err != nil {
		return fmt.Errorf("alignment: %s: facets: %w", ref, err)
	}
	if len(facets) > 1 {
		c.facets.add(string(ref.Key), slices.ContainsFunc(facets, func(f journey.Facet) bool {
			if persona != nil && persona.FacetWeights != nil {
				_, set := persona.FacetWeights[f.Key]
				return set
			}
			return f.Weight != nil
		}))
	}
	if len(c.p.cells)+len(facets) > mostTerms {
		return fmt.Errorf("alignment: %w: the journeys have more than %d cells (touchpoints with a facet each); name fewer facets, or split the model", cxmodel.ErrLimit, mostTerms)
	}
	for i, f := range facets {
		if shares[i] > 0 {
			c.p.cells = append(c.p.cells, progCell{stage: len(c.p.stages), touchpoint: ref, name: name, facet: f.Key,
				share: share, facetShare: shares[i], weight: share * shares[i]})
		}
	}
	return nil
}

// link puts link number n into every cell that it goes to.
func (c *compiler) link(n int) {
	l := c.m.Links[n]
	item, ok := c.item(l.Item)
	to := c.names.places.find(l.To)
	if !ok || len(to) != 1 {
		return // Validate has reported it
	}
	t := term{item: item, link: n, strength: l.Strength}
	if l.Performance != nil {
		t.perf, t.own = float64(*l.Performance), true
	}
	var last cxmodel.Ref
	for _, i := range c.at[to[0].ref] {
		cell := &c.p.cells[i]
		if l.Facet != "" && cell.facet != l.Facet {
			continue
		}
		c.coarse = c.coarse || l.Facet == "" && cell.touchpoint == last
		last = cell.touchpoint
		here, stage := t, c.p.stages[cell.stage].ref
		for _, o := range c.set {
			if o.item == item && (o.touch.IsZero() || o.touch == cell.touchpoint) && (o.stage.IsZero() || o.stage == stage) {
				here.perf, here.own, here.measured = o.perf, true, o.use+1
			}
		}
		cell.add(l, here, c.p.items[item].rated)
		c.terms++
	}
}

// add puts a term in; rated says whether its item's performance is known.
func (cell *progCell) add(l Link, t term, rated bool) {
	at := slices.IndexFunc(cell.raters, func(r progRater) bool { return r.key == l.Rater })
	if at < 0 {
		at = len(cell.raters)
		cell.raters = append(cell.raters, progRater{key: l.Rater})
	}
	r := &cell.raters[at]
	if !l.required() {
		r.helpers = append(r.helpers, t)
		r.rated = r.rated || t.strength == None || t.strength != Unrated && (t.own || rated)
		return
	}
	if l.Group != "" {
		for g := range r.needed {
			if first := r.needed[g][0]; first.group == l.Group {
				r.needed[g] = append(r.needed[g], t)
				return
			}
		}
	}
	t.group = l.Group
	r.needed = append(r.needed, []term{t})
}

// needOrder returns the items so that each comes after those that it needs; or, where that cannot be, a cycle.
func needOrder(items []progItem) (order, cycle []int) {
	const (
		unseen = iota
		open
		done
	)
	state := make([]int, len(items))
	var path []int
	var visit func(i int) bool
	visit = func(i int) bool {
		state[i] = open
		path = append(path, i)
		for _, n := range items[i].needs {
			switch state[n.on] {
			case open:
				cycle = append(slices.Clone(path[slices.Index(path, n.on):]), n.on)
				return false
			case unseen:
				if !visit(n.on) {
					return false
				}
			}
		}
		state[i] = done
		path = path[:len(path)-1]
		order = append(order, i)
		return true
	}
	for i := range items {
		if state[i] == unseen && !visit(i) {
			return nil, cycle
		}
	}
	return order, nil
}

func ofJourney(m *Model, j *journey.Journey) string {
	if len(m.Journeys) < 2 {
		return ""
	}
	return fmt.Sprintf(" of journey %q", j.Key)
}
