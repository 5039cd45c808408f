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

// strips let the blocks answer that carry no points: for whom, for what money, at what cost.
func (b *builder) strips() section {
	s := section{ID: "blocks", Title: b.l.NineBlocks, Lead: b.l.NineBlocksLead}
	if len(b.a.Stages) == 0 {
		return s
	}
	spent := b.spending()
	earned, amounts := b.earnings()
	t := &table{Caption: b.l.NineBlocks, Columns: []column{{Name: b.l.Stage, First: true}, {Name: b.l.PassesHere}, {Name: b.l.EarnedHere},
		{Name: b.l.SpentHere, Number: true}, {Name: b.l.Importance, Number: true}}}
	for i, st := range b.a.Stages {
		row := []cell{b.named(st.Ref), b.passes(st.Ref), text(strings.Join(earned[st.Ref], "; ")), text(b.l.NotKnown), text(b.percent(st.Weight))}
		if len(earned[st.Ref]) == 0 {
			row[2] = text(b.l.Nothing)
		}
		if spent.known > 0 {
			share := spent.by[i] / spent.known
			row[3] = cell{Text: b.percent(share)}
			switch { // against the weight, by a factor that rounding and rough splitting do not make
			case st.Weight > 0 && share < st.Weight/2:
				row[3].Flag = b.l.SpentLittle
			case share > 2*st.Weight:
				row[3].Flag = b.l.SpentMuch
			}
		}
		t.add(row...)
	}
	var notes []string
	if len(amounts) > 0 {
		notes = append(notes, put(b.l.EarnedAmounts, strings.Join(amounts, "; ")))
	}
	if b.hasRevenue() {
		notes = append(notes, b.l.EarnedRule)
	} else {
		notes = append(notes, b.l.NoRevenue)
	}
	if spent.known > 0 {
		notes = append(notes, put(b.l.SpentRule, b.money(spent.known, spent.currency)))
		if spent.lost > 0 {
			notes = append(notes, put(b.l.SpentNowhere, b.money(spent.lost, spent.currency)))
		}
	} else {
		notes = append(notes, b.l.NothingCosted)
	}
	if lone := b.segmentsAlone(); len(lone) > 0 {
		notes = append(notes, put(b.l.SegmentsAlone, b.list(lone, 8)))
	}
	var over []string
	for _, k := range b.a.Blocks {
		if k.OverInvested && b.score {
			over = append(over, put(b.l.OverInvested, b.l.Blocks[k.Block-1], b.percent(k.CostShare), b.points(k.Total)))
		}
	}
	personas := slices.ContainsFunc(b.m.Journeys, func(j *journey.Journey) bool { return len(j.Personas) > 0 })
	if personas || b.hasRevenue() || spent.known > 0 {
		s.Blocks = []block{{Table: t}}
	} else {
		notes = append(notes, b.l.NoPersona)
	}
	s.Blocks = append(s.Blocks, block{List: append(notes, over...)})
	return s
}

// passes says which personas come through a stage, and how much it matters to them where they weigh it themselves.
func (b *builder) passes(stage cxmodel.Ref) cell {
	at := b.home[stage]
	if at.stage == nil {
		return cell{}
	}
	index := slices.IndexFunc(at.journey.Stages, func(s journey.Stage) bool { return s.Key == stage.Key })
	var names, segments []string
	for i := range at.journey.Personas {
		p := &at.journey.Personas[i]
		if b.a.Persona != "" && p.Key != b.a.Persona {
			continue
		}
		shares, err := at.journey.StageShares(p)
		if err != nil || shares[index] == 0 || !meets(at.stage, p) {
			continue
		}
		name := b.name(cxmodel.Ref{Kind: cxmodel.KindPersona, Key: p.Key})
		if p.StageWeights != nil {
			name = put(b.l.WithShare, name, b.percent(shares[index]))
		}
		names = append(names, name)
		if segment := b.name(cxmodel.Ref{Kind: cxmodel.KindSegment, Key: p.Segment}); p.Segment != "" && !slices.Contains(segments, segment) {
			segments = append(segments, segment)
		}
	}
	if len(names) == 0 {
		return cell{Text: b.l.NotKnown}
	}
	return cell{Text: strings.Join(names, "; "), Sub: strings.Join(segments, "; ")}
}

// meets reports whether a persona uses any touchpoint of a stage, or the stage has none.
func meets(s *journey.Stage, p *journey.Persona) bool {
	return len(s.Touchpoints) == 0 || slices.ContainsFunc(s.Touchpoints, func(t journey.Touchpoint) bool { return p.Uses(t.Key) })
}

// segmentsAlone returns the segments that no persona stands for.
func (b *builder) segmentsAlone() []string {
	var out []string
	if b.m.Canvas == nil {
		return nil
	}
	for i := range b.m.Canvas.Segments {
		s := &b.m.Canvas.Segments[i]
		stands := slices.ContainsFunc(b.m.Journeys, func(j *journey.Journey) bool {
			return slices.ContainsFunc(j.Personas, func(p journey.Persona) bool { return p.Segment == s.Key })
		})
		if !stands {
			out = append(out, b.name(s.Ref()))
		}
	}
	return out
}

func (b *builder) hasRevenue() bool { return b.m.Canvas != nil && len(b.m.Canvas.RevenueStreams) > 0 }

// earnings returns the revenue streams by stage, and what each brings in. A stream is earned where it has a link; one
// without links where money is taken: in stages of kind purchase or renewal, and those with a touchpoint of kind order
// or payment.
func (b *builder) earnings() (map[cxmodel.Ref][]string, []string) {
	out := map[cxmodel.Ref][]string{}
	if !b.hasRevenue() {
		return out, nil
	}
	linked := b.linkedStages()
	var amounts []string
	for i := range b.m.Canvas.RevenueStreams {
		r := &b.m.Canvas.RevenueStreams[i]
		at := linked[r.Ref()]
		for _, s := range b.a.Stages {
			if at[s.Ref] || len(at) == 0 && takesMoney(b.home[s.Ref].stage) {
				out[s.Ref] = append(out[s.Ref], b.name(r.Ref()))
			}
		}
		if yearly, ok := r.Amount.PerYear(); ok {
			amounts = append(amounts, put(b.l.NameValue, b.name(r.Ref()), b.money(yearly, r.Amount.Money.Currency())))
		} else if !r.Amount.IsZero() {
			amounts = append(amounts, put(b.l.NameValue, b.name(r.Ref()), r.Amount.String()))
		}
	}
	return out, amounts
}

func takesMoney(s *journey.Stage) bool {
	if s == nil {
		return false
	}
	return s.Kind == journey.KindPurchase || s.Kind == journey.KindRenewal || slices.ContainsFunc(s.Touchpoints, func(t journey.Touchpoint) bool {
		return t.Kind == journey.TouchpointOrder || t.Kind == journey.TouchpointPayment
	})
}

// linkedStages returns, by item, the stages that it has a link to.
func (b *builder) linkedStages() map[cxmodel.Ref]map[cxmodel.Ref]bool {
	out := map[cxmodel.Ref]map[cxmodel.Ref]bool{}
	for c := range b.a.Cells() {
		for _, u := range c.Links {
			if u.Link.Strength == alignment.None {
				continue
			}
			if out[u.Item] == nil {
				out[u.Item] = map[cxmodel.Ref]bool{}
			}
			out[u.Item][c.Stage] = true
		}
	}
	return out
}

// A spending is what is known of the yearly costs.
type spending struct {
	by          []float64 // stage
	known, lost float64   // in all; of these, for what reaches no touchpoint
	currency    string
}

// spending splits the yearly cost of each item evenly over the touchpoints that it helps, by itself or through what needs
// it.
func (b *builder) spending() spending {
	s := spending{by: make([]float64, len(b.a.Stages)), currency: b.currency()}
	stage := map[cxmodel.Ref]int{}
	for i, st := range b.a.Stages {
		stage[st.Ref] = i
	}
	reach := b.reach()
	for _, it := range b.a.Items {
		if math.IsNaN(it.CostPerYear) {
			continue
		}
		s.known += it.CostPerYear
		places := reach[it.Ref]
		if len(places) == 0 {
			s.lost += it.CostPerYear
		}
		for _, at := range places {
			s.by[stage[at]] += it.CostPerYear / float64(len(places))
		}
	}
	if b.m.Canvas != nil {
		for i := range b.m.Canvas.Costs { // those that pay for nothing in the canvas are on no item
			c := &b.m.Canvas.Costs[i]
			if yearly, ok := c.Amount.PerYear(); ok && len(c.PaysFor) == 0 {
				s.known, s.lost = s.known+yearly, s.lost+yearly
			}
		}
	}
	return s
}

// reach returns, by item, the stage of each touchpoint that it helps, in the order of the document.
func (b *builder) reach() map[cxmodel.Ref][]cxmodel.Ref {
	helps := map[cxmodel.Ref]map[cxmodel.Ref]bool{} // item, touchpoint
	put := func(item, touchpoint cxmodel.Ref) bool {
		if helps[item] == nil {
			helps[item] = map[cxmodel.Ref]bool{}
		}
		added := !helps[item][touchpoint]
		helps[item][touchpoint] = true
		return added
	}
	for c := range b.a.Cells() {
		for _, u := range c.Links {
			if u.Link.Strength != alignment.None {
				put(u.Item, c.Touchpoint)
			}
		}
	}
	index := (*canvas.Index)(nil)
	if b.m.Canvas != nil {
		index = b.m.Canvas.Index()
	}
	for again := index != nil; again; { // needs have no cycle, so this ends
		again = false
		for _, n := range b.m.Needs {
			from, err1 := index.Lookup(n.Item)
			on, err2 := index.Lookup(n.Needs)
			if err1 != nil || err2 != nil || n.Strength == alignment.None {
				continue
			}
			for touchpoint := range helps[from.Ref()] {
				again = put(on.Ref(), touchpoint) || again
			}
		}
	}
	out := map[cxmodel.Ref][]cxmodel.Ref{}
	for _, t := range b.a.Touchpoints {
		for item, at := range helps {
			if at[t.Ref] {
				out[item] = append(out[item], t.Stage)
			}
		}
	}
	return out
}

// currency returns that of the model's amounts.
func (b *builder) currency() string {
	if b.m.Canvas == nil {
		return ""
	}
	if b.m.Canvas.Currency != "" {
		return b.m.Canvas.Currency
	}
	for e := range b.m.Canvas.Entries() {
		if c := e.Base().Amount.Money.Currency(); c != "" {
			return c
		}
	}
	return ""
}
