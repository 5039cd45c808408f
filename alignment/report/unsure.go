package report

import (
	"math"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/canvas"
)

// unsure lists what is not known, what bears most on the score first: what depends on the rating scale, what nobody
// judged, what is not measured, not costed, or not in the file at all.
func (b *builder) unsure() []string {
	a := b.a
	var out []string
	add := func(s string) {
		if s != "" {
			out = append(out, s)
		}
	}
	if b.score && (a.Lowest.DependsOnScale() || a.MostLost.DependsOnScale()) {
		add(put(b.l.ScaleDependent, b.scaleAnswers()))
	}
	if a.Rung >= alignment.RungMarks {
		add(b.unjudged())
	}
	if b.score {
		if a.Partial {
			var names []string
			for _, s := range a.Stages {
				if math.IsNaN(s.Support.Delivered) {
					names = append(names, b.name(s.Ref))
				}
			}
			add(put(b.l.Partial, b.list(names, 3)))
		}
		measured, judged := 0, 0
		for _, it := range a.Items {
			switch {
			case it.Measured:
				measured++
			case !math.IsNaN(it.Performance):
				judged++
			}
		}
		if measured == 0 {
			add(b.l.NothingMeasured)
		} else {
			add(put(b.l.SomeMeasured, count(measured), count(measured+judged)))
		}
	}
	add(b.unasked())
	add(b.uncosted())
	add(b.notInFile())
	if n := len(a.Disagreements); n > 0 {
		add(few(n, b.l.Disagree1, b.l.Disagree))
	}
	if a.Coarse && a.Rung >= alignment.RungStrengths {
		add(b.l.Coarse)
	}
	for _, n := range a.Notes {
		add(b.sentence(n))
	}
	if n := len(a.Issues.Of(cxmodel.SeverityWarning)); n > 0 {
		add(few(n, b.l.Warnings1, b.l.Warnings))
	}
	if n := len(b.gapTexts()); n > 0 && a.Rung >= alignment.RungStrengths {
		add(few(n, b.l.GapsFound1, b.l.GapsFound))
	}
	return out
}

// scaleAnswers says which stage each rating scale names, of whatever they do not agree on.
func (b *builder) scaleAnswers() string {
	var out []string
	say := func(text string, n alignment.Naming) {
		if !n.DependsOnScale() {
			return
		}
		var by []string
		for _, x := range n.ByScale {
			by = append(by, put(b.l.OnScale, b.name(x.Stage), x.Scale))
		}
		out = append(out, put(text, strings.Join(by, ", ")))
	}
	say(b.l.ScaleMost, b.a.MostLost)
	say(b.l.ScaleLowest, b.a.Lowest)
	return strings.Join(out, "; ")
}

// unjudged says how much of the model nobody has judged.
func (b *builder) unjudged() string {
	if len(b.a.Unjudged) == 0 {
		return ""
	}
	weight := 0.
	cells := slices.Clone(b.a.Unjudged)
	for _, c := range cells {
		weight += c.Weight
	}
	slices.SortStableFunc(cells, func(x, y alignment.CellRef) int {
		switch {
		case x.Weight > y.Weight+1e-12:
			return -1
		case x.Weight < y.Weight-1e-12:
			return 1
		}
		return 0
	})
	var names []string
	for _, c := range cells {
		names = append(names, b.cellName(c))
	}
	one, many := b.l.Unjudged1, b.l.Unjudged
	text := many
	if len(cells) == 1 {
		text = one
	}
	return put(text, count(len(cells)), b.percent(weight), b.list(names, 2))
}

// unasked says in how many stages no customer was asked.
func (b *builder) unasked() string {
	if len(b.a.Stages) == 0 {
		return ""
	}
	silent := 0
	for _, s := range b.a.Stages {
		if len(b.saidAt(s.Ref)) == 0 {
			silent++
		}
	}
	switch silent {
	case 0:
		return ""
	case len(b.a.Stages):
		return b.l.NobodyAsked
	}
	return put(b.l.SomeAsked, count(silent), count(len(b.a.Stages)))
}

// uncosted says of how many items the costs are known.
func (b *builder) uncosted() string {
	known, of := 0, 0
	for _, it := range b.a.Items {
		if costs(it.Block) {
			of++
			if !math.IsNaN(it.CostPerYear) {
				known++
			}
		}
	}
	switch {
	case of == 0 || known == of:
		return ""
	case known == 0:
		return b.l.NothingCosted
	}
	return put(b.l.SomeCosted, count(known), count(of))
}

// costs reports whether items of the block are what money is spent on.
func costs(k canvas.Block) bool {
	return k != canvas.CustomerSegments && k != canvas.RevenueStreams && k != canvas.CostStructure
}

// notInFile names what the model says nothing of.
func (b *builder) notInFile() string {
	var out []string
	items := [9]int{}
	for _, it := range b.a.Items {
		items[it.Block-1]++
	}
	empty := 0
	for k := range canvas.Blocks() {
		if items[k-1] == 0 {
			out = append(out, lower(b.l.Blocks[k-1]))
			empty++
		}
	}
	if empty == 9 {
		out = []string{b.l.AbsentCanvas}
	}
	personas, touchpoints, measures, sentiments := 0, 0, 0, 0
	for _, j := range b.m.Journeys {
		personas += len(j.Personas)
		for range j.AllMeasures() {
			measures++
		}
		for _, t := range j.AllTouchpoints() {
			touchpoints++
			if t.Sentiment != nil {
				sentiments++
			}
		}
	}
	absent := func(n int, name string) {
		if n == 0 {
			out = append(out, name)
		}
	}
	absent(personas, b.l.AbsentPersonas)
	absent(touchpoints, b.l.AbsentTouchpoints)
	absent(measures, b.l.AbsentMeasures)
	absent(sentiments, b.l.AbsentSentiments)
	if len(out) == 0 {
		return ""
	}
	return put(b.l.NotInFile, strings.Join(out, ", "))
}

// lower writes a title within a sentence, unless it is an abbreviation.
func lower(s string) string {
	if len(s) > 1 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'a' && s[1] <= 'z' {
		return strings.ToLower(s[:1]) + s[1:]
	}
	return s
}
