package report

import (
	"strconv"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/journey"
)

// open lists what nobody works on and what nobody answers for.
func (b *builder) open() section {
	s := section{ID: "open", Title: b.l.Open}
	pains := b.pains()
	switch {
	case len(pains.Rows) > 0:
		s.Blocks = append(s.Blocks, block{Title: b.l.PainsOpen, Table: pains})
	case b.anyPain():
		s.Blocks = append(s.Blocks, block{Title: b.l.PainsOpen, Text: b.l.PainsAllWorked})
	default:
		s.Blocks = append(s.Blocks, block{Title: b.l.PainsOpen, Text: b.l.NoPains})
	}
	touchpoints, all := b.unowned()
	switch {
	case all == 0:
	case len(touchpoints) == 0:
		s.Blocks = append(s.Blocks, block{Title: b.l.Unowned, Text: b.l.AllOwned})
	default:
		s.Blocks = append(s.Blocks, block{Title: b.l.Unowned, Text: b.list(touchpoints, 60)})
	}
	if items := b.unownedItems(); len(items) > 0 {
		s.Blocks = append(s.Blocks, block{Title: b.l.UnownedItems, Text: b.list(items, 60)})
	}
	if gaps := b.gapTexts(); len(gaps) > 0 {
		s.Blocks = append(s.Blocks, block{Title: b.l.Gaps, List: gaps, Fold: len(gaps) > 15})
	}
	return s
}

// pains lists those that no opportunity, initiative or reliever names.
func (b *builder) pains() *table {
	t := &table{Caption: b.l.PainsOpen, Columns: []column{{Name: b.l.Pain, First: true}, {Name: b.l.Touchpoint}, {Name: b.l.Severity},
		{Name: b.l.Reach, Number: true}, {Name: b.l.Cases, Number: true}}}
	for _, g := range b.a.Gaps.Code(alignment.GapPainUnaddressed) {
		at := b.home[g.Ref]
		n, err := strconv.Atoi(g.Path[strings.LastIndexByte(g.Path, '/')+1:])
		if at.touchpoint == nil || err != nil || n >= len(at.touchpoint.Pains) {
			continue
		}
		p := &at.touchpoint.Pains[n]
		row := []cell{{Text: b.prose(p.Text)}, {Text: b.name(g.Ref)}, {}, {}, {}}
		if reason := b.waived(alignment.GapPainUnaddressed, g.Ref); reason != "" {
			row[0].Sub = put(b.l.WaivedBecause, reason)
		}
		if p.Severity != nil {
			row[2].Text = b.degree(*p.Severity)
		}
		if p.Reach != nil {
			row[3].Text = b.percent(*p.Reach)
		}
		if p.Count != nil {
			row[4].Text = count(*p.Count)
		}
		t.add(row...)
	}
	return t
}

func (b *builder) anyPain() bool {
	for _, j := range b.m.Journeys {
		for _, t := range j.AllTouchpoints() {
			if len(t.Pains) > 0 {
				return true
			}
		}
	}
	return false
}

// degree writes a degree as a word where it has one.
func (b *builder) degree(d journey.Degree) string {
	for i, known := range []journey.Degree{journey.DegreeNone, journey.DegreeLow, journey.DegreeMedium, journey.DegreeHigh, journey.DegreeExtreme} {
		if d == known {
			return b.l.Degrees[i]
		}
	}
	return b.percent(float64(d))
}

// unowned returns the touchpoints without an owner of their own or of their stage, and how many touchpoints there are.
func (b *builder) unowned() (names []string, all int) {
	for _, j := range b.m.Journeys {
		for s, t := range j.AllTouchpoints() {
			all++
			if t.Owner != "" || s.Owner != "" {
				continue
			}
			name := b.name(t.Ref())
			if reason := b.waived(alignment.GapNoOwner, t.Ref()); reason != "" {
				name = put(b.l.NameNote, name, put(b.l.WaivedBecause, reason))
			}
			names = append(names, name)
		}
	}
	return names, all
}

func (b *builder) unownedItems() []string {
	var names []string
	for _, it := range b.a.Items {
		if it.Owner == "" && costs(it.Block) {
			name := b.name(it.Ref)
			if reason := b.waived(alignment.GapNoOwner, it.Ref); reason != "" {
				name = put(b.l.NameNote, name, put(b.l.WaivedBecause, reason))
			}
			names = append(names, name)
		}
	}
	return names
}

// waived returns the reason of the waiver that holds for an issue, "" if there is none.
func (b *builder) waived(code string, ref cxmodel.Ref) string {
	for _, i := range (cxmodel.Issues{{Ref: ref, Code: code}}).Waive(b.m.Waivers, b.m.AsOf) {
		if i.Code == code && i.Waived != "" {
			return b.prose(i.Waived)
		}
	}
	return ""
}

// gapTexts returns the structural gaps but those that have a table of their own; waived ones say why.
func (b *builder) gapTexts() []string {
	var out []string
	for _, g := range b.a.Gaps {
		if g.Code == alignment.GapPainUnaddressed && b.a.Rung >= alignment.RungStrengths || g.Code == alignment.GapNoOwner && b.a.Rung >= alignment.RungMarks {
			continue
		}
		line := b.prose(g.Message)
		if reason := b.waived(g.Code, g.Ref); reason != "" {
			line = put(b.l.NameNote, line, put(b.l.WaivedBecause, reason))
		}
		out = append(out, line)
	}
	return out
}
