package report

import (
	"math"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
)

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

// naming says which stage loses most and which is the lowest, each candidate if the scales do not agree or too little is measured.
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
	within := func(n alignment.Naming) {
		var others []string
		for _, ref := range n.Within {
			others = append(others, b.name(ref))
		}
		if len(others) > 0 {
			out = append(out, put(b.l.WithinError, b.list(others, 4)))
		}
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
		if n.DependsOnScale() {
			one = several
		}
		out = append(out, put(one, names(n), span))
		within(n)
	}
	switch n := b.a.Lowest; {
	case n.DependsOnScale():
		out = append(out, put(b.l.LowestPerhaps, names(n)))
		within(n)
	case len(n.Candidates) > 0:
		out = append(out, put(b.l.Lowest, names(n)))
		within(n)
	default:
		out = append(out, b.l.NoLowest)
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
