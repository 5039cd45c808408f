package alignmentsvg

import (
	"math"
	"slices"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/internal/svg"
)

// A column is what the map says of one stage, or of all of them.
type column struct {
	journey cxmodel.Key
	name    string
	cells   [9]cell
	support alignment.Support
	after   float64 // one failure
	weight  float64
	lost    float64
	total   bool
}

// A cell is what one block does for a stage.
type cell struct {
	linked bool
	points float64 // NaN: not rated
	hurts  string  // the item whose failure would cost half of the score or more
	cost   float64 // what it would cost, in [0, 1]
}

// short cuts a name for texts that cannot wrap: descriptions and what is shown on hovering.
func short(name string) string {
	const most = 80
	name = svg.OneLine(name)
	if r := []rune(name); len(r) > most {
		return string(r[:most-1]) + svg.Ellipsis
	}
	return name
}

func (c *column) rated() bool { return !math.IsNaN(c.support.Delivered) }

// columns returns the stages, and their total where there are several and any has a score.
func columns(a *alignment.Assessment) []column {
	out := make([]column, 0, len(a.Stages)+1)
	for i, s := range a.Stages {
		c := column{journey: s.Journey, name: s.Name, support: s.Support, after: s.AfterOneFailure, weight: s.Weight, lost: s.PointsLost}
		if !a.HasScore() {
			c.support.Delivered = math.NaN()
		}
		for b := range c.cells {
			block := &a.Blocks[b]
			c.cells[b] = cell{linked: block.Applicable[i], points: block.Contribution[i]}
			if !c.rated() {
				c.cells[b].points = math.NaN()
			}
		}
		c.mark(a, func(it *alignment.ItemScore) float64 { return it.KnockOutBy[i] })
		out = append(out, c)
	}
	if len(out) < 2 || !a.HasScore() {
		return out
	}
	t := column{support: a.Total, weight: 1, total: true}
	for b := range t.cells {
		t.cells[b].points = a.Blocks[b].Total
	}
	for i := range out {
		for b := range t.cells {
			t.cells[b].linked = t.cells[b].linked || out[i].cells[b].linked && out[i].rated()
		}
		if out[i].rated() {
			t.lost += out[i].lost
		}
	}
	worst := t.mark(a, func(it *alignment.ItemScore) float64 { return it.KnockOut })
	t.after = t.support.Delivered - worst
	return append(out, t)
}

// mark finds the items whose failure would cost half of the score or more, and returns the worst cost of any failure.
func (c *column) mark(a *alignment.Assessment, knockOut func(*alignment.ItemScore) float64) float64 {
	worst := 0.
	for k := range a.Items {
		it := &a.Items[k]
		cost := knockOut(it)
		worst = max(worst, cost)
		cell := &c.cells[it.Block-1]
		if cost > 1e-12 && cost >= c.support.Delivered/2-1e-12 && cost > cell.cost {
			cell.hurts, cell.cost = short(it.Name), cost
		}
	}
	return worst
}

// bands cuts the columns into rows of at most so many, as even as they can be; a journey begins a new one.
func bands(cols []column, most int) [][]column {
	var out [][]column
	for len(cols) > 0 {
		n := 1
		for n < len(cols) && (cols[n].journey == cols[0].journey || cols[n].total) {
			n++
		}
		rows := (n + most - 1) / most
		out = slices.AppendSeq(out, slices.Chunk(cols[:n], (n+rows-1)/rows))
		cols = cols[n:]
	}
	return out
}
