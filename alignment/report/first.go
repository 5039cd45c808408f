package report

import (
	"math"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/journey"
)

// How much the first screen holds, so that it prints on one page.
const (
	mostStages = 12 // beyond them, the ten that lose most
	someStages = 10
	mostUnsure = 7
	mostGaps   = 10
)

// first writes the first screen: what the rung of the model can carry, and no score beyond it.
func (b *builder) first() first {
	f := first{DoTitle: b.l.DoFirst}
	switch {
	case b.a.Rung >= alignment.RungStrengths:
		b.firstScore(&f)
		b.firstActions(&f)
	case b.a.Rung == alignment.RungMarks:
		f.Message = b.l.OnlyMarks
		f.Stages = b.coverage()
	default:
		f.Message = b.l.OnlyNames
	}
	if b.a.Rung < alignment.RungPerformance {
		f.DoTitle = b.l.DoNext
		b.firstNext(&f)
	}
	if b.a.Rung < alignment.RungStrengths {
		f.Gaps = b.gapTexts()
		if n := len(f.Gaps); n > mostGaps {
			f.Gaps, f.GapsAll = f.Gaps[:mostGaps], put(b.l.MoreBelow, count(n-mostGaps))
		}
	}
	f.Short = len(b.a.Stages) <= 7
	f.Unsure = b.unsure()
	if n := len(f.Unsure); n > mostUnsure {
		f.Unsure, f.Hidden = f.Unsure[:mostUnsure], put(b.l.MoreBelow, count(n-mostUnsure))
	}
	return f
}

func (b *builder) firstScore(f *first) {
	t := b.a.Total
	f.Bar = b.bar(t)
	f.Sentences = b.sentences()
	if b.score {
		f.Score, f.OfHundred = b.points(t.Delivered), b.l.OfHundred
		if span := b.span(t.Low, t.High); span != "" {
			f.Range = put(b.l.UntilJudged, span)
		}
		f.Legend = []key{
			{"works", put(b.l.LegendWorks, b.points(t.Delivered))},
			{"there", put(b.l.LegendThere, b.points(t.ExecutionGap()))},
			{"missing", put(b.l.LegendMissing, b.points(t.DesignGap()))},
		}
	} else {
		f.Message = b.l.OnlyPaper
		f.Legend = []key{
			{"there", put(b.l.LegendPaper, b.points(t.Design))},
			{"missing", put(b.l.LegendMissing, b.points(t.DesignGap()))},
		}
	}
	f.Stages, f.More = b.stageTable(true)
	f.Naming = b.naming()
}

// sentences are the three that stand under every score.
func (b *builder) sentences() []string {
	return []string{b.l.Judgement, b.l.Satisfaction, b.l.Safety}
}

// firstActions writes what to fix, build and protect, each with the first and the two next.
func (b *builder) firstActions(f *first) {
	add := func(kind string, actions []alignment.Action, what func(alignment.Action) (name, why string), sign string) {
		const least = .0005 // what is written as 0.0 points is not worth naming
		actions = slices.DeleteFunc(slices.Clone(actions), func(a alignment.Action) bool { return a.Points < least })
		if len(actions) == 0 {
			return
		}
		a := action{Kind: kind, Points: put(b.l.Points, b.signs(sign+b.tenth(100*actions[0].Points))), Loss: sign != "+"}
		a.What, a.Why = what(actions[0])
		var then []string
		for _, x := range actions[1:min(3, len(actions))] {
			name, _ := what(x)
			then = append(then, name+"\u00a0"+b.signs(sign+b.tenth(100*x.Points)))
		}
		if len(then) > 0 {
			a.Then = put(b.l.Then, strings.Join(then, "; "))
		}
		f.Do = append(f.Do, a)
	}
	if b.score {
		add(b.l.Fix, b.a.Fix(), func(x alignment.Action) (string, string) {
			it, _ := b.a.Item(x.Item.Key)
			if math.IsNaN(it.Performance) {
				return b.name(x.Item), b.l.FixWhyPlaces
			}
			if b.measuredEverywhere(it.Ref) {
				return b.name(x.Item), put(b.l.FixWhyMeasured, b.points(it.Performance))
			}
			return b.name(x.Item), put(b.l.FixWhyJudged, b.points(it.Performance))
		}, "+")
	}
	add(b.l.Build, b.a.Build(), func(x alignment.Action) (string, string) {
		return b.cellName(x.Cell), b.l.BuildWhy
	}, "+")
	if b.score {
		add(b.l.Protect, b.a.Protect(), func(x alignment.Action) (string, string) { return b.name(x.Item), b.l.ProtectWhy }, "−")
	}
}

// firstNext says what the next rung needs.
func (b *builder) firstNext(f *first) {
	for _, n := range b.a.Next {
		f.Do = append(f.Do, action{Kind: b.l.Next, What: b.sentence(n)})
	}
}

// cellName names a touchpoint and a quality, the touchpoint alone where it is judged as a whole.
func (b *builder) cellName(c alignment.CellRef) string {
	if c.Facet == journey.DefaultFacet {
		return b.name(c.Touchpoint)
	}
	return b.name(c.Touchpoint) + ", " + b.l.term(string(c.Facet))
}
