package report

import (
	"strings"

	"github.com/cxmodel/cxmodel/canvas"
)

// coverage shows a model of marks: which blocks touch which stage, and what has nothing behind it.
func (b *builder) coverage() *table {
	t := &table{Caption: b.l.Coverage, Columns: []column{{Name: b.l.Stage, First: true}, {Name: b.l.Weight, Number: true}, {Name: b.l.TouchedBy}, {Name: b.l.NothingBehind}}}
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
			if x.Stage == s.Ref && len(x.Blocks) == 0 {
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
