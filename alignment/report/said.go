package report

import (
	"math"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/journey"
)

// said is what customers say in a stage: the answers about the stage itself, else the most answers about one of its
// touchpoints; over all segments where there are such, of the last period.
func (b *builder) said(stage cxmodel.Ref) cell {
	found := b.saidAt(stage)
	if len(found) == 0 {
		return cell{Text: b.l.NotAsked}
	}
	best := found[0]
	for _, o := range found[1:] {
		if b.better(o, best, stage) {
			best = o
		}
	}
	c := cell{Text: b.metric(best) + " " + b.estimate(best)}
	var sub []string
	if span := b.interval(best); span != "" {
		sub = append(sub, span)
	}
	sub = append(sub, put(b.l.N, b.answers(best)))
	if best.At != stage {
		sub = append(sub, b.name(best.At))
	}
	if best.Segment != "" {
		sub = append(sub, b.name(cxmodel.Ref{Kind: cxmodel.KindSegment, Key: best.Segment}))
	}
	if n := len(found) - 1; n > 0 {
		sub = append(sub, put(b.l.MoreObserved, count(n)))
	}
	c.Sub = strings.Join(sub, ", ")
	return c
}

// better reports whether o tells more of a stage than p.
func (b *builder) better(o, p observation, stage cxmodel.Ref) bool {
	if x, y := o.At == stage, p.At == stage; x != y {
		return x
	}
	if x, y := o.Segment == "", p.Segment == ""; x != y {
		return x
	}
	if c := o.Period.Compare(p.Period); c != 0 && o.Measure == p.Measure && o.At == p.At {
		return c > 0
	}
	return o.Estimate.N > p.Estimate.N
}

// saidAt returns the observations about a stage and its touchpoints that have answers.
func (b *builder) saidAt(stage cxmodel.Ref) []observation {
	var out []observation
	for _, o := range b.seen {
		if o.Estimate.N > 0 || !math.IsNaN(o.Estimate.Value) {
			if at, ok := b.home[o.At]; o.At == stage || ok && at.touchpoint != nil && at.stage.Ref() == stage {
				out = append(out, o)
			}
		}
	}
	return out
}

// metric names what was measured.
func (b *builder) metric(o observation) string {
	if o.Estimate.Metric != "" {
		return b.show(o.Estimate.Metric)
	}
	if o.measure != nil {
		return b.metricName(o.measure.Metric)
	}
	return b.show(string(o.Measure))
}

// fewest is how many answers a number rests on that is shown. Below it, somebody might be told by their answer.
const fewest = 5

func (o observation) suppressed() bool { return o.Estimate.N > 0 && o.Estimate.N < fewest }

// estimate writes the value of an observation.
func (b *builder) estimate(o observation) string {
	switch {
	case o.suppressed():
		return b.l.Suppressed
	case math.IsNaN(o.Estimate.Value):
		return b.l.NotAvailable
	}
	s := b.value(o.Estimate.Unit, o.Estimate.Value)
	if o.measure != nil && o.measure.Unit != "" {
		s += " " + b.show(o.measure.Unit)
	}
	return s
}

func (b *builder) interval(o observation) string {
	if o.suppressed() || !o.Estimate.HasInterval() {
		return ""
	}
	return put(b.l.To, b.value(o.Estimate.Unit, o.Estimate.Low), b.value(o.Estimate.Unit, o.Estimate.High))
}

// answers writes how many there are.
func (b *builder) answers(o observation) string {
	switch n := o.Estimate.N; {
	case o.suppressed():
		return put(b.l.Below, count(fewest))
	case n == 0 && !math.IsNaN(o.Estimate.Value):
		return b.l.NotKnown
	default:
		return count(n)
	}
}

// observed reports whether there is an observation for a measure at its place, or anywhere if it is asked in several.
func (b *builder) observed(m *journey.Measure) bool {
	for _, o := range b.seen {
		if o.Measure == m.Key && (o.Estimate.N > 0 || !math.IsNaN(o.Estimate.Value)) {
			return true
		}
	}
	return false
}
