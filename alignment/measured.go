package alignment

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/journey"
	"github.com/cxmodel/cxmodel/metrics"
)

// ErrMeasurement is wrapped when a measurement fits no measure of the model.
var ErrMeasurement = errors.New("measurement without a measure")

// measure turns measurements into performances, by measures that state floor, target and item:
//
//	performance = clamp((x - floor) / (target - floor), 0, 1)
//
// It holds where the measure stands: on the journey for the item everywhere, on a stage or a touchpoint, or at the
// measurement's own touchpoint, for the item's links there.
func (c *compiler) measure(ms []Measurement) ([]MeasuredUse, error) {
	var uses []MeasuredUse
	for _, x := range ms {
		if x.Touchpoint != "" {
			place := c.names.places.find(cxmodel.Ref{Kind: cxmodel.KindTouchpoint, Key: x.Touchpoint})
			if len(place) != 1 {
				return nil, fmt.Errorf("alignment: %w: %q: the journeys have no touchpoint %q; add it, or the name as an alias of one", ErrMeasurement, x.Measure, x.Touchpoint)
			}
			x.Touchpoint = place[0].ref.Key
		}
		found, at, err := c.findMeasure(x)
		if err != nil {
			return nil, err
		}
		if unit, known := unitOf(found.Metric); known && x.Estimate.Unit != unit {
			return nil, fmt.Errorf("alignment: %w: measure %q is %s, in %s; the estimate is %q, in %s", ErrMeasurement,
				x.Measure, found.Metric, unit, x.Estimate.Metric, x.Estimate.Unit)
		}
		if x.Touchpoint != "" {
			at = cxmodel.Ref{Kind: cxmodel.KindTouchpoint, Key: x.Touchpoint}
		}
		use := MeasuredUse{Measure: found.Key, At: at, Performance: math.NaN(), Replaced: math.NaN(), Estimate: x.Estimate}
		item, ok := c.item(found.Item)
		if perf := c.worth(found, x.Estimate); ok && !math.IsNaN(perf) {
			it := &c.p.items[item]
			use.Item, use.Performance = it.ref, perf
			if it.rated {
				use.Replaced = it.perf
			}
			o := override{item: item, perf: perf, use: len(uses)}
			if other := slices.IndexFunc(uses, func(u MeasuredUse) bool { return u.Item == it.ref && u.At == at }); other >= 0 {
				return nil, fmt.Errorf("alignment: %q and %q both say how %s works at %s; leave out one of the measurements, or the item of one measure",
					uses[other].Measure, found.Key, it.ref, at)
			}
			switch at.Kind {
			case cxmodel.KindStage:
				o.stage = at
			case cxmodel.KindTouchpoint:
				o.touch = at
			default:
				it.perf, it.rated = perf, true
			}
			c.set = append(c.set, o)
		}
		uses = append(uses, use)
	}
	// The narrower place wins: overrides are applied in order.
	breadth := func(o override) int {
		switch {
		case !o.touch.IsZero():
			return 2
		case !o.stage.IsZero():
			return 1
		}
		return 0
	}
	slices.SortStableFunc(c.set, func(a, b override) int { return breadth(a) - breadth(b) })
	return uses, nil
}

// findMeasure returns the measure that x belongs to and where it stands: for a measurement at a touchpoint the one there,
// else that of its stage, its journey, or what else has the key but is of no other touchpoint; without a touchpoint that
// of a journey, or the only one. If several can be meant, and one names the item that it measures, that is an error.
func (c *compiler) findMeasure(x Measurement) (*journey.Measure, cxmodel.Ref, error) {
	rank := c.around(x.Touchpoint)
	var found []*journey.Measure // of the highest rank
	var where, elsewhere []cxmodel.Ref
	sets := false
	c.eachMeasure(func(m *journey.Measure, at cxmodel.Ref) {
		if m.Key != x.Measure && !slices.Contains(m.Aliases, string(x.Measure)) {
			return
		}
		if x.Touchpoint != "" && at.Kind == cxmodel.KindTouchpoint && at.Key != x.Touchpoint {
			elsewhere = append(elsewhere, at)
			return
		}
		if len(found) > 0 && rank(at) < rank(where[0]) {
			return
		}
		if len(found) > 0 && rank(at) > rank(where[0]) {
			found, where, sets = nil, nil, false
		}
		found, where, sets = append(found, m), append(where, at), sets || !m.Item.IsZero()
	})
	switch {
	case len(found) == 0 && len(elsewhere) > 0:
		return nil, cxmodel.Ref{}, fmt.Errorf("alignment: %w: %q is not asked at %q, but at %s; add the measure there, or to the journey", ErrMeasurement, x.Measure, x.Touchpoint, listedRefs(elsewhere))
	case len(found) == 0:
		return nil, cxmodel.Ref{}, fmt.Errorf("alignment: %w: %q; the journeys have %q", ErrMeasurement, x.Measure, c.measureKeys())
	case len(found) > 1 && sets:
		return nil, cxmodel.Ref{}, fmt.Errorf("alignment: measurement of %q: %w, it stands at %s; say at which touchpoint it was measured", x.Measure, ErrAmbiguous, listedRefs(where))
	case len(found) > 1:
		return found[0], cxmodel.Ref{}, nil
	}
	return found[0], where[0], nil
}

// worth returns the performance that an estimate makes, at the edge of its interval that the compiler is asked for. Where
// there is no honest interval nothing is known of the edges.
func (c *compiler) worth(m *journey.Measure, e metrics.Estimate) float64 {
	point := m.Performance(e.Value)
	ends := []float64{point}
	switch {
	case math.IsNaN(point):
	case e.HasInterval():
		ends = append(ends, m.Performance(e.Low), m.Performance(e.High))
	case e.Warnings.Has(metrics.WarnNoInterval):
		ends = append(ends, 0, 1)
	}
	switch c.edge {
	case worstEdge:
		return slices.Min(ends)
	case bestEdge:
		return slices.Max(ends)
	}
	return point
}

// An edge is an end of the intervals of what is measured.
type edge int

const (
	noEdge    edge = iota // the point values
	worstEdge             // the ends that make the lower performance
	bestEdge
)

// edges compiles the model with every measurement at the worst and at the best end of its interval; nil where nothing that
// is measured sets a performance.
func edges(m *Model, o Options, uses []MeasuredUse) ([]*program, error) {
	if !slices.ContainsFunc(uses, func(u MeasuredUse) bool { return !math.IsNaN(u.Performance) }) {
		return nil, nil
	}
	var out []*program
	for _, e := range []edge{worstEdge, bestEdge} {
		c := newCompiler(m, o.Persona)
		c.edge = e
		if _, err := c.measure(o.Measured); err != nil {
			return nil, err
		}
		p, _, err := c.compile()
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

func listedRefs(refs []cxmodel.Ref) string {
	var out []string
	for _, r := range refs {
		out = append(out, r.String())
	}
	return listed(out)
}

// around ranks the places of measures: for a touchpoint its own, its stage and its journey, the nearer the higher; for
// none, all journeys.
func (c *compiler) around(touchpoint cxmodel.Key) func(cxmodel.Ref) int {
	if touchpoint == "" {
		return func(at cxmodel.Ref) int {
			if at.Kind == cxmodel.KindJourney {
				return 1
			}
			return 0
		}
	}
	ranks := map[cxmodel.Ref]int{}
	for _, j := range c.m.Journeys {
		if j == nil {
			continue // Validate reports it
		}
		for s := range j.Stages {
			for t := range j.Stages[s].Touchpoints {
				if at := j.Stages[s].Touchpoints[t].Ref(); at.Key == touchpoint {
					ranks = map[cxmodel.Ref]int{at: 3, j.Stages[s].Ref(): 2, {Kind: cxmodel.KindJourney, Key: j.Key}: 1}
				}
			}
		}
	}
	return func(at cxmodel.Ref) int { return ranks[at] }
}

func (c *compiler) eachMeasure(f func(m *journey.Measure, at cxmodel.Ref)) {
	for _, j := range c.m.Journeys {
		if j == nil {
			continue // Validate reports it
		}
		for i := range j.Measures {
			f(&j.Measures[i], cxmodel.Ref{Kind: cxmodel.KindJourney, Key: j.Key})
		}
		for s := range j.Stages {
			st := &j.Stages[s]
			for i := range st.Measures {
				f(&st.Measures[i], cxmodel.Ref{Kind: cxmodel.KindStage, Key: st.Key})
			}
			for t := range st.Touchpoints {
				tp := &st.Touchpoints[t]
				for i := range tp.Measures {
					f(&tp.Measures[i], cxmodel.Ref{Kind: cxmodel.KindTouchpoint, Key: tp.Key})
				}
			}
		}
	}
}

func (c *compiler) measureKeys() []cxmodel.Key {
	var out []cxmodel.Key
	c.eachMeasure(func(m *journey.Measure, _ cxmodel.Ref) {
		if !slices.Contains(out, m.Key) {
			out = append(out, m.Key)
		}
	})
	return out
}

// unitOf returns the unit of a metric's estimates, where it has one by its definition.
func unitOf(m journey.Metric) (metrics.Unit, bool) {
	switch m {
	case journey.MetricNPS, journey.MetricENPS:
		return metrics.UnitPoints, true
	case journey.MetricCSAT:
		return metrics.UnitShare, true
	case journey.MetricCSATMean, journey.MetricCES, journey.MetricCES2, journey.MetricStars:
		return metrics.UnitScore, true
	}
	return metrics.UnitUnspecified, false
}
