package alignment

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/journey"
)

// Compare assesses two versions of a model and divides the change of the score among its causes, in this order: the frame
// first, then knowledge, then reality, so that reality is what the change of performance is worth in the model as it is
// now. With S(frame, knowledge, reality) the delivered score, 0 the older and 1 the newer version:
//
//	Frame     = S(1, 0, 0) - S(0, 0, 0)
//	Knowledge = S(1, 1, 0) - S(1, 0, 0)
//	Reality   = S(1, 1, 1) - S(1, 1, 0)
//
// In S(1, 0, 0) the older links lead to where they led, renames followed; what the newer frame does not have is left out,
// and its new stages are not reviewed. Another order would divide an interaction otherwise; the sum is the same. Where
// the older links reach nothing in the newer frame, frame and knowledge cannot be told apart: all is knowledge, and a
// note says so. The errors are those of [Assess], for either version.
func Compare(ctx context.Context, before, after *Model, opts *CompareOptions) (*Comparison, error) {
	o := CompareOptions{}
	if opts != nil {
		o = *opts
	}
	a, err := Assess(ctx, before, o.Before)
	if err != nil {
		return nil, fmt.Errorf("alignment: the older version: %w", err)
	}
	b, err := Assess(ctx, after, o.After)
	if err != nil {
		return nil, fmt.Errorf("alignment: the newer version: %w", err)
	}
	h := &hybrids{a: a, b: b, next: newSuccessor(a.model, b.model), opts: o}
	framed, err := h.framed()
	if err != nil {
		return nil, err
	}
	informed, err := h.informed()
	if err != nil {
		return nil, err
	}
	c := &Comparison{Before: a.Total, After: b.Total, Changes: Diff(a.model, b.model)}
	var merged bool
	c.Change, c.Causes, merged = split(a.base.total, framed.total, informed.total, b.base.total)
	if merged {
		c.Notes = append(c.Notes, "the older links reach nothing in the newer frame: what the frame changed is counted as knowledge")
	}
	if math.IsNaN(c.Change) {
		c.Notes = append(c.Notes, "one of the versions has nothing rated, so that there is no change of a score")
	}
	was := map[cxmodel.Ref]int{}
	for i, s := range a.program.stages {
		if now, ok := h.next[s.ref]; ok {
			was[now] = i
		}
	}
	kept := map[int]bool{}
	for i, s := range b.program.stages {
		d := StageChange{Ref: s.ref, Name: s.name, Before: math.NaN(), After: b.base.stages[i]}
		if at, ok := was[s.ref]; ok {
			d.Before = a.base.stages[at]
			kept[at] = true
		}
		d.Change, d.Causes, _ = split(d.Before, framed.stages[i], informed.stages[i], d.After)
		c.Stages = append(c.Stages, d)
	}
	for i, s := range a.program.stages {
		if !kept[i] {
			d := StageChange{Ref: s.ref, Name: s.name, Before: a.base.stages[i], After: math.NaN()}
			d.Change, d.Causes, _ = split(d.Before, math.NaN(), math.NaN(), d.After)
			c.Stages = append(c.Stages, d)
		}
	}
	return c, nil
}

// split returns the change from s0 to s3 and its parts; merged says that s1 has no value and frame stands at 0.
func split(s0, s1, s2, s3 float64) (change float64, c Causes, merged bool) {
	if math.IsNaN(s0) || math.IsNaN(s3) {
		return math.NaN(), Causes{math.NaN(), math.NaN(), math.NaN()}, false
	}
	if merged = math.IsNaN(s1); merged {
		s1 = s0
	}
	return s3 - s0, Causes{s1 - s0, s2 - s1, s3 - s2}, merged
}

// hybrids makes the models between the older version a and the newer one b.
type hybrids struct {
	a, b *Assessment
	next successor
	opts CompareOptions
}

// measured returns a compiler of m with the measurements of one version in it.
func measured(m *Model, o *Options) (*compiler, error) {
	if o == nil {
		o = &Options{}
	}
	c := newCompiler(m, o.Persona)
	_, err := c.measure(o.Measured)
	return c, err
}

// framed scores the newer frame with the older links and performances.
func (h *hybrids) framed() (scored, error) {
	m := &Model{Canvas: h.a.model.Canvas, Needs: h.a.model.Needs}
	reviewed := map[cxmodel.Ref]bool{}
	for _, j := range h.a.model.Journeys {
		for i := range j.Stages {
			if now, ok := h.next[j.Stages[i].Ref()]; ok && j.Stages[i].Reviewed {
				reviewed[now] = true
			}
		}
	}
	for _, j := range h.b.model.Journeys {
		j = j.Clone()
		for i := range j.Stages {
			j.Stages[i].Reviewed = reviewed[j.Stages[i].Ref()]
		}
		m.Journeys = append(m.Journeys, j)
	}
	old := newNames(h.a.model)
	for _, l := range h.a.model.Links {
		if places := old.places.find(l.To); len(places) == 1 {
			if to, ok := h.next[places[0].ref]; ok {
				l.To = to
				m.Links = append(m.Links, l)
			}
		}
	}
	was, err := h.yardstick()
	if err != nil {
		return scored{}, err
	}
	c := newCompiler(m, h.b.Persona)
	for i := range c.p.items {
		c.p.items[i].perf, c.p.items[i].rated = was.p.items[i].perf, was.p.items[i].rated
	}
	for _, o := range was.set {
		ok1, ok2 := true, true
		if !o.stage.IsZero() {
			o.stage, ok1 = h.next[o.stage]
		}
		if !o.touch.IsZero() {
			o.touch, ok2 = h.next[o.touch]
		}
		if ok1 && ok2 {
			c.set = append(c.set, o)
		}
	}
	return h.score(c)
}

// yardstick returns the older version measured by the newer floors and targets, where the newer version has the measure.
func (h *hybrids) yardstick() (*compiler, error) {
	m := h.a.model.Clone()
	type id struct {
		at  cxmodel.Ref
		key cxmodel.Key
	}
	now := map[id]*journey.Measure{}
	newCompiler(h.b.model, "").eachMeasure(func(x *journey.Measure, at cxmodel.Ref) { now[id{at, x.Key}] = x })
	newCompiler(m, "").eachMeasure(func(x *journey.Measure, at cxmodel.Ref) {
		if at.Kind != cxmodel.KindJourney {
			at = h.next[at]
		}
		if y := now[id{at, x.Key}]; y != nil {
			x.Floor, x.Target = y.Floor, y.Target
		}
	})
	return measured(m, h.opts.Before)
}

// informed scores the newer version with the older performances, where both state one from the same kind of source.
func (h *hybrids) informed() (scored, error) {
	was, err := h.yardstick()
	if err != nil {
		return scored{}, err
	}
	m := h.b.model.Clone()
	h.linkPerformances(m)
	c, err := measured(m, h.opts.After)
	if err != nil {
		return scored{}, err
	}
	everywhere := func(set []override) map[int]bool {
		out := map[int]bool{}
		for _, o := range set {
			if o.stage.IsZero() && o.touch.IsZero() {
				out[o.item] = true
			}
		}
		return out
	}
	wasMeasured, isMeasured := everywhere(was.set), everywhere(c.set)
	older := map[cxmodel.Ref]int{} // items of the older version by their newer name
	for i, it := range was.p.items {
		if now, ok := h.next[it.ref]; ok {
			older[now] = i
		}
	}
	for i := range c.p.items {
		it := &c.p.items[i]
		at, ok := older[it.ref]
		if ok && it.rated && was.p.items[at].rated && isMeasured[i] == wasMeasured[at] {
			it.perf = was.p.items[at].perf
		}
	}
	for i := range c.set {
		o := &c.set[i]
		at, ok := older[c.p.items[o.item].ref]
		for _, x := range was.set {
			if ok && x.item == at && h.became(x.stage, o.stage) && h.became(x.touch, o.touch) {
				o.perf = x.perf
			}
		}
	}
	return h.score(c)
}

// became reports whether the older place is now the newer one; an empty place is everywhere in both.
func (h *hybrids) became(older, newer cxmodel.Ref) bool {
	if older.IsZero() || newer.IsZero() {
		return older == newer
	}
	return h.next[older] == newer
}

// linkPerformances gives the links of m the performances that the older version had in the same place.
func (h *hybrids) linkPerformances(m *Model) {
	old, now := newNames(h.a.model), newNames(m)
	was := map[meaning][]canvas.Performance{}
	for _, l := range h.a.model.Links {
		if id, ok := old.meaning(l, h.next); ok && l.Performance != nil {
			was[id] = append(was[id], *l.Performance)
		}
	}
	for i := range m.Links {
		l := &m.Links[i]
		id, ok := now.meaning(*l, nil)
		if !ok || l.Performance == nil || len(was[id]) == 0 {
			continue
		}
		at := max(slices.Index(was[id], *l.Performance), 0) // of links that stand several times, those that are the same
		l.Performance = new(was[id][at])
		was[id] = slices.Delete(was[id], at, at+1)
	}
}

// score scores a hybrid on the newer scale.
func (h *hybrids) score(c *compiler) (scored, error) {
	p, _, err := c.compile()
	if err != nil {
		return scored{}, err
	}
	return p.score(p.world(known, h.b.scale)), nil
}
