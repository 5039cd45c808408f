package report

import (
	"math"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/canvas"
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

// bar draws a support.
func (b *builder) bar(s alignment.Support) *bar {
	x := &bar{Works: 100 * s.Delivered, Paper: 100 * s.Design}
	switch {
	case math.IsNaN(s.Delivered) && math.IsNaN(s.Design):
		return nil
	case math.IsNaN(s.Delivered):
		x.Works = 0
		x.Text = put(b.l.BarPaper, b.points(s.Design))
		return x
	case math.IsNaN(s.Design):
		x.Paper = x.Works
	}
	x.Text = put(b.l.BarText, b.points(s.Delivered), b.points(x.Paper/100))
	if span := b.span(s.Low, s.High); span != "" {
		x.Interval, x.Low, x.High = true, 100*s.Low, 100*s.High
		x.Text += ", " + span
	}
	return x
}

// stageTable lists the stages; short leaves out those that lose least where there are too many for a page.
func (b *builder) stageTable(short bool) (t *table, more string) {
	t = &table{Caption: b.l.Stages, Columns: []column{{Name: b.l.Stage, First: true}, {Name: b.l.Weight, Number: true}}}
	if b.score {
		t.Columns = append(t.Columns, column{Name: b.l.WorksToday, Number: true, Bar: true})
	}
	t.Columns = append(t.Columns, column{Name: b.l.OnPaper, Number: true, Bar: !b.score})
	if b.score {
		t.Columns = append(t.Columns, column{Name: b.l.PointsLost, Number: true}, column{Name: b.l.AfterOneFailure, Number: true})
	}
	said := len(b.seen) > 0
	if said {
		t.Columns = append(t.Columns, column{Name: b.l.CustomersSay})
	}
	shown := b.shownStages(short)
	many := len(b.a.Journeys) > 1
	for i, s := range b.a.Stages {
		if !shown[i] {
			continue
		}
		name := b.named(s.Ref)
		name.Flag = b.flags(s.Ref)
		if many {
			name.Sub = b.journeyName(s.Journey)
		}
		row := []cell{name, text(b.percent(s.Weight))}
		if b.score {
			works := cell{Text: b.points(s.Support.Delivered), Bar: b.bar(s.Support), Sub: b.span(s.Support.Low, s.Support.High)}
			row = append(row, works)
		}
		paper := text(b.points(s.Support.Design))
		if !b.score {
			paper.Bar = b.bar(s.Support)
		}
		row = append(row, paper)
		if b.score {
			row = append(row, text(b.tenth(s.PointsLost)), text(b.points(s.AfterOneFailure)))
		}
		if said {
			row = append(row, b.said(s.Ref))
		}
		t.add(row...)
	}
	if n := len(b.a.Stages) - len(t.Rows); n > 0 {
		weight, lost := 0., 0.
		for i, s := range b.a.Stages {
			if !shown[i] {
				weight += s.Weight
				if !math.IsNaN(s.PointsLost) {
					lost += s.PointsLost
				}
			}
		}
		more = put(b.l.OtherStages, count(n), b.percent(weight), b.tenth(lost))
		if !b.score {
			more = put(b.l.OtherPaper, count(n), b.percent(weight))
		}
	}
	return t, more
}

// shownStages chooses the stages of the first screen: those that lose most, on paper where there are no scores.
func (b *builder) shownStages(short bool) map[int]bool {
	order := make([]int, len(b.a.Stages))
	for i := range order {
		order[i] = i
	}
	if short && len(order) > mostStages {
		lost := func(i int) float64 {
			s := &b.a.Stages[i]
			x := s.PointsLost
			if !b.score {
				x = s.Weight * (1 - s.Support.Design)
			}
			if math.IsNaN(x) {
				return -1
			}
			if b.isNamed(s.Ref) {
				return 1000 // whoever is named below the table is in it
			}
			return x
		}
		slices.SortStableFunc(order, func(x, y int) int {
			switch d := lost(y) - lost(x); {
			case d > 0:
				return 1
			case d < 0:
				return -1
			}
			return 0
		})
		order = order[:someStages]
	}
	shown := map[int]bool{}
	for _, i := range order {
		shown[i] = true
	}
	return shown
}

// isNamed reports whether a stage is named as losing most or as the lowest.
func (b *builder) isNamed(ref cxmodel.Ref) bool {
	return slices.Contains(b.a.MostLost.Candidates, ref) || slices.Contains(b.a.Lowest.Candidates, ref)
}

func (b *builder) flags(ref cxmodel.Ref) string {
	if !b.score {
		return ""
	}
	var out []string
	flag := func(n alignment.Naming, sure, unsure string) {
		if slices.Contains(n.Candidates, ref) {
			if n.Agreed() {
				out = append(out, sure)
			} else {
				out = append(out, unsure)
			}
		}
	}
	flag(b.a.MostLost, b.l.FlagMost, b.l.FlagMostPerhaps)
	flag(b.a.Lowest, b.l.FlagLowest, b.l.FlagLowestPerhaps)
	return strings.Join(out, ", ")
}

// naming says which stage loses most and which is the lowest, each candidate if the scales do not agree.
func (b *builder) naming() []string {
	if !b.score {
		return nil
	}
	var out []string
	names := func(n alignment.Naming) string {
		var names []string
		for _, by := range n.ByScale { // in the order in which the scales name them
			if name := b.name(by.Stage); !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		return strings.Join(names, b.l.Or)
	}
	if n := b.a.MostLost; len(n.Candidates) > 0 {
		low, high := math.Inf(1), math.Inf(-1)
		for _, by := range n.ByScale {
			low, high = min(low, by.Value), max(high, by.Value)
		}
		span := b.tenth(low)
		if b.tenth(high) != span {
			span = put(b.l.Interval, span, b.tenth(high))
		}
		one, several := b.l.MostLost, b.l.MostLostPerhaps
		if n.Agreed() {
			out = append(out, put(one, names(n), span))
		} else {
			out = append(out, put(several, names(n), span))
		}
	}
	switch n := b.a.Lowest; {
	case n.Agreed():
		out = append(out, put(b.l.Lowest, names(n)))
	case len(n.Candidates) > 0:
		out = append(out, put(b.l.LowestPerhaps, names(n)))
	default:
		out = append(out, b.l.NoLowest)
	}
	return out
}

// firstActions writes what to fix, build and protect, each with the first and the two next.
func (b *builder) firstActions(f *first) {
	add := func(kind string, actions []alignment.Action, what func(alignment.Action) (name, why string), sign string) {
		if len(actions) == 0 {
			return
		}
		a := action{Kind: kind, Points: put(b.l.Points, sign+b.tenth(100*actions[0].Points)), Loss: sign != "+"}
		a.What, a.Why = what(actions[0])
		var then []string
		for _, x := range actions[1:min(3, len(actions))] {
			name, _ := what(x)
			then = append(then, name+"\u00a0"+sign+b.tenth(100*x.Points))
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
			if it.Measured {
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

// coverage shows a model of marks: which blocks touch which stage, and what has nothing behind it.
func (b *builder) coverage() *table {
	t := &table{Caption: b.l.Coverage, Columns: []column{{Name: b.l.Stage, First: true}, {Name: b.l.Weight, Number: true}, {Name: b.l.TouchedBy}, {Name: b.l.NothingBehind}}}
	behind := b.blocksBehind()
	shown := b.shownStages(true)
	any := false
	for i, s := range b.a.Stages {
		if !shown[i] {
			continue
		}
		var blocks, bare []string
		for k := range canvas.Blocks() {
			if b.a.Block(k).Applicable[i] {
				blocks = append(blocks, b.l.Blocks[k-1])
			}
		}
		for _, x := range b.a.Touchpoints {
			if x.Stage == s.Ref && behind[x.Ref] == 0 {
				bare = append(bare, b.name(x.Ref))
			}
		}
		by := text(strings.Join(blocks, ", "))
		if len(blocks) == 0 {
			by = text(b.l.Nothing)
		}
		any = any || len(bare) > 0
		t.add(b.named(s.Ref), text(b.percent(s.Weight)), by, text(b.list(bare, 4)))
	}
	if !any {
		t.Columns = t.Columns[:3]
		for i := range t.Rows {
			t.Rows[i] = t.Rows[i][:3]
		}
	}
	return t
}

// blocksBehind returns the blocks that have a link to a touchpoint, as bits.
func (b *builder) blocksBehind() map[cxmodel.Ref]uint {
	out := map[cxmodel.Ref]uint{}
	for c := range b.a.Cells() {
		for _, u := range c.Links {
			if u.Link.Strength != alignment.None {
				out[c.Touchpoint] |= 1 << (canvas.BlockOf(u.Item.Kind) - 1)
			}
		}
	}
	return out
}

func (b *builder) journeyName(k cxmodel.Key) string {
	return b.name(cxmodel.Ref{Kind: cxmodel.KindJourney, Key: k})
}

// stages lists all stages where the first screen has room for some only.
func (b *builder) stages() section {
	s := section{ID: "stages", Title: b.l.AllStages}
	if len(b.a.Stages) <= mostStages || b.a.Rung < alignment.RungStrengths {
		return s
	}
	t, _ := b.stageTable(false)
	s.Blocks = []block{{Table: t}, {Text: strings.Join(b.sentences(), " ")}}
	return s
}
