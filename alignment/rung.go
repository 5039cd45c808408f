package alignment

import (
	"fmt"
	"math"
	"slices"

	"github.com/cxmodel/cxmodel/internal/enum"
)

// A Rung says how much a model has to say, and so what an assessment can show. Every rung has full output of its own.
type Rung int

// The rungs.
const (
	RungUnspecified Rung = iota
	RungNames            // journey and canvas: structural gaps
	RungMarks            // links: coverage, orphans
	RungStrengths        // rated links: on paper, uncovered qualities
	RungPerformance      // judged performance: works today, what to fix first
	RungMeasurement      // measured performance: intervals, the test against customers
)

var rungs = enum.Table{Type: "rung", Names: []string{"", "names", "marks", "strengths", "performance", "measurement"}}

// String returns "names", "marks", "strengths", "performance" or "measurement".
func (r Rung) String() string { return rungs.String(int(r)) }

// MarshalText implements [encoding.TextMarshaler].
func (r Rung) MarshalText() ([]byte, error) { return rungs.Text(int(r)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (r *Rung) UnmarshalText(text []byte) error { return enum.Set(r, &rungs, text) }

// climb finds the rung, and what the next one needs.
func (a *Assessment) climb() {
	unmarked, unrated := 0, 0
	p := a.program
	for c := range p.cells {
		if len(p.cells[c].raters) == 0 && p.cells[c].weight > 0 && !p.stages[p.cells[c].stage].reviewed {
			unmarked++
		}
	}
	for _, l := range a.model.Links {
		if l.Strength == Unrated {
			unrated++
		}
	}
	serving, unjudged := 0, 0
	for i := range p.items {
		if len(p.touch[i]) > 0 {
			serving++
			if !p.judged(i) {
				unjudged++
			}
		}
	}
	measured := false
	for _, m := range a.Measured {
		measured = measured || !math.IsNaN(m.Performance)
	}
	need := func(format string, args ...any) { a.Next = append(a.Next, fmt.Sprintf(format, args...)) }
	switch {
	case len(a.model.Links) == 0:
		a.Rung = RungNames
		need("mark which canvas items help which stage or touchpoint (helps: {item: [stage]})")
	case math.IsNaN(a.Total.Design) || unrated == len(a.model.Links): // what is reviewed and uncovered has a score of 0 before any rating
		a.Rung = RungMarks
		if unrated > 0 {
			need("rate the links: %s of %d without a strength (weak, medium, strong)", count(unrated, "link"), len(a.model.Links))
		} else {
			need("say what helps (helps: {item: {stage: strong}}): so far the links only require, or lead where nothing counts")
		}
	case serving == 0: // all links say none
		a.Rung = RungStrengths
		need("say what helps (helps: {item: {stage: strong}}): so far every link says that its item does nothing there")
	case math.IsNaN(a.Total.Delivered) || unjudged == serving:
		a.Rung = RungStrengths
		need("judge how well %s that %s customers %s today (performance: broken, poor, fair, good, excellent)", count(unjudged, "item"),
			plural(unjudged, "touches", "touch"), plural(unjudged, "works", "work"))
	case !measured:
		a.Rung = RungPerformance
		need("measure: give answers for a measure with floor and target, and the item whose performance it measures")
	default:
		a.Rung = RungMeasurement
	}
	if a.HasScore() && !slices.ContainsFunc(a.Stages, func(s StageScore) bool { return s.Reviewed }) {
		need("mark each stage whose links are all entered as reviewed (reviewed: true), so that the lowest can be named")
	}
	if a.Rung >= RungStrengths {
		if unrated > 0 {
			need("rate %s that %s no strength yet", count(unrated, "link"), plural(unrated, "has", "have"))
		}
		if unjudged > 0 && a.Rung > RungStrengths {
			need("judge %s without a performance", count(unjudged, "item"))
		}
		if unmarked > 0 {
			need("say what helps in %s without a link, or mark the stage reviewed", count(unmarked, "cell"))
		}
	}
}

func count(n int, noun string) string { return fmt.Sprintf("%d %s", n, plural(n, noun, noun+"s")) }

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
