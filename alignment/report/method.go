package report

import (
	"fmt"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
)

// method says how the score is made, what the words mean, and what was let pass.
func (b *builder) method() section {
	s := section{ID: "method", Title: b.l.Method}
	scale := b.a.StrengthScale()
	if b.a.Rung >= alignment.RungStrengths {
		s.Blocks = append(s.Blocks,
			block{Text: b.l.MethodText},
			block{Code: formula},
			block{List: []string{
				put(b.l.LegendStrengths, b.points(scale.Strong), b.points(scale.Medium), b.points(scale.Weak), b.show(scale.Name)),
				b.l.LegendStage, b.l.LegendFailure, b.l.LegendLost, b.l.LegendInterval, b.l.LegendContribution, b.l.LegendScales, b.l.LegendMeasured,
			}},
			block{Text: strings.Join(b.sentences(), " ")},
		)
	}
	if g := b.grades(); g != "" {
		s.Blocks = append(s.Blocks, block{Text: g})
	}
	if len(b.a.Notes) > 0 {
		var notes []string
		for _, n := range b.a.Notes {
			notes = append(notes, b.sentence(n))
		}
		s.Blocks = append(s.Blocks, block{Title: b.l.Choices, List: notes})
	}
	if t := b.waivers(); len(t.Rows) > 0 {
		s.Blocks = append(s.Blocks, block{Title: b.l.Waivers, Table: t})
	}
	if lines := b.issues(); len(lines) > 0 {
		s.Blocks = append(s.Blocks, block{Title: put(b.l.TitleCount, b.l.Issues, count(len(lines))), List: lines, Fold: len(lines) > 8})
	}
	if b.a.Rung >= alignment.RungPerformance && len(b.a.Next) > 0 {
		var next []string
		for _, n := range b.a.Next {
			next = append(next, b.sentence(n))
		}
		s.Blocks = append(s.Blocks, block{Title: b.l.NextStep, List: next})
	}
	return s
}

// formula is the definition of the score, as package alignment documents it.
const formula = `q(item)           = works · min over needs of (1 − r (1 − q(needed)))
gate(cell)        = min over must-not-fail of (1 − r (1 − q)), the best of alternatives
support(cell)     = gate · max over helps of (r q)
support(stage)    = Σ weight · support(cell)
support(total)    = Σ weight · support(stage)`

// grades counts the links by the best evidence behind them.
func (b *builder) grades() string {
	if len(b.m.Links) == 0 {
		return ""
	}
	n := map[cxmodel.Grade]int{}
	for _, l := range b.m.Links {
		n[cxmodel.BestGrade(l.Evidence)]++
	}
	return put(b.l.Grades, count(len(b.m.Links)), count(n[cxmodel.GradeMeasured]), count(n[cxmodel.GradeObserved]), count(n[cxmodel.GradeStated]), count(n[cxmodel.GradeAssumed]))
}

// waivers lists every waiver, and what it lets pass.
func (b *builder) waivers() *table {
	t := &table{Caption: b.l.Waivers, Columns: []column{{Name: b.l.WaiverCode, First: true}, {Name: b.l.WaiverAt}, {Name: b.l.Reason}, {Name: b.l.Until}, {Name: b.l.State}}}
	for _, w := range b.m.Waivers {
		until := b.l.NoEnd
		if !w.Until.IsZero() {
			until = w.Until.String()
		}
		t.add(text(b.show(w.Code)), text(b.show(w.At.String())), text(b.prose(w.Reason)), text(until), text(b.waiverState(w)))
	}
	return t
}

// waiverState says whether a waiver lets anything pass: an issue of the model, a gap, or an element without owner.
func (b *builder) waiverState(w cxmodel.Waiver) string {
	if !w.Until.IsZero() && !b.m.AsOf.IsZero() && w.Until.Before(b.m.AsOf) {
		return b.l.Ended
	}
	n := 0
	for _, is := range []cxmodel.Issues{b.a.Issues, b.a.Gaps} {
		for _, i := range is {
			if i.Code == w.Code && w.At.Matches(i.Ref) {
				n++
			}
		}
	}
	if w.Code == alignment.GapNoOwner { // these gaps name many elements in one
		for ref, at := range b.home {
			if at.touchpoint != nil && at.touchpoint.Owner == "" && w.At.Matches(ref) {
				n++
			}
		}
		for _, it := range b.a.Items {
			if it.Owner == "" && w.At.Matches(it.Ref) {
				n++
			}
		}
	}
	if n == 0 {
		return b.l.Unused
	}
	return put(b.l.LetsPass, count(n))
}

// issues lists the warnings and notes about the model, with their places.
func (b *builder) issues() []string {
	var out []string
	for _, i := range b.a.Issues {
		if i.Code == "unused-waiver" { // the table of waivers says it, and knows the gaps as well
			continue
		}
		line := fmt.Sprintf("%s: %s [%s]", i.Severity, i.Message, i.Code)
		if !i.Pos.IsZero() {
			line = i.Pos.String() + ": " + line
		} else if i.Path != "" {
			line = i.Path + ": " + line
		}
		line = b.prose(line)
		if i.Waived != "" {
			line = put(b.l.NameNote, line, put(b.l.WaivedBecause, b.prose(i.Waived)))
		}
		out = append(out, line)
	}
	return out
}
