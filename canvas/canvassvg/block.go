package canvassvg

import (
	"iter"
	"slices"

	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/internal/svg"
)

const (
	blockPad  = 10
	leastItem = 190 // width of an item where a block has room for several side by side
	mostItem  = 420
)

// A blockBox is a block with its title and items, of a given width.
type blockBox struct {
	width, height float64 // the height that it takes
	title         *svg.Stack
	rows          []row
	columns       int
}

// A row is a line of items in a block.
type row struct {
	items  []card
	height float64
}

// block lays out a block of the given width.
func (d *drawing) block(b canvas.Block, width float64) *blockBox {
	x := &blockBox{width: width, title: &svg.Stack{Width: width - 2*blockPad}}
	x.title.Add(d.labels.block(b), svg.Text{Font: blockFont, Fill: svg.Ink, Lines: 4})
	inner := width - 2*blockPad
	n := 0
	for range d.entries(b) {
		n++
	}
	x.columns = max(1, min(int((inner+itemGap)/(leastItem+itemGap)), n))
	wide := d.itemWidth(x)
	for entry, at := range d.entries(b) {
		if len(x.rows) == 0 || len(x.rows[len(x.rows)-1].items) == x.columns {
			x.rows = append(x.rows, row{})
		}
		r := &x.rows[len(x.rows)-1]
		item := d.item(entry, at.mark, at.place, wide)
		r.items = append(r.items, item)
		r.height = max(r.height, item.height)
	}
	if n == 0 {
		x.title.Add(d.labels.Questions[b-canvas.CustomerSegments], svg.Text{Font: quietFont, Fill: svg.Muted, Before: 6})
	}
	x.height = blockPad + x.title.Height() + blockPad
	for _, r := range x.rows {
		x.height += r.height + itemGap
	}
	if n > 0 {
		x.height += 8 - itemGap
	}
	return x
}

// itemWidth returns how wide an item of a block is.
func (d *drawing) itemWidth(x *blockBox) float64 {
	inner := x.width - 2*blockPad
	return min((inner-float64(x.columns-1)*itemGap)/float64(x.columns), mostItem)
}

// marked is the place of an item and its mark.
type marked struct {
	place
	mark mark
}

// entries iterates over the items of a block, then over those that were removed from it.
func (d *drawing) entries(b canvas.Block) iter.Seq2[canvas.Entry, marked] {
	return func(yield func(canvas.Entry, marked) bool) {
		i := 0
		for e := range d.c.EntriesOf(b) {
			m := marked{place: place{b, i}}
			if d.changes != nil {
				m.mark = d.changes.marks[m.place]
			}
			if !yield(e, m) {
				return
			}
			i++
		}
		if d.changes == nil {
			return
		}
		for _, e := range d.changes.gone[b] {
			if !yield(e, marked{place{b, -1}, removed}) {
				return
			}
		}
	}
}

// draw draws a block; height is at least what it takes.
func (d *drawing) drawBlock(p *svg.Picture, x *blockBox, left, top, height float64, style svg.Style) {
	p.Rect(left, top, x.width, height, style)
	p.Stack(left+blockPad, top+blockPad, x.title)
	wide, y := d.itemWidth(x), top+blockPad+x.title.Height()+8
	for _, r := range x.rows {
		for i, item := range r.items {
			item.draw(p, left+blockPad+float64(i)*(wide+itemGap), y, r.height)
		}
		y += r.height + itemGap
	}
}

// classic lays the blocks out as the Business Model Canvas does: partnerships, activities over resources,
// propositions, relationships over channels, and segments; below them costs and revenue.
func (d *drawing) classic() piece {
	fifth := d.width / 5
	box := map[canvas.Block]*blockBox{}
	for b := range canvas.Blocks() {
		width := fifth
		if b == canvas.CostStructure || b == canvas.RevenueStreams {
			width = d.width / 2
		}
		box[b] = d.block(b, width)
	}
	need := func(b canvas.Block) float64 { return box[b].height }
	upper := max(need(canvas.KeyPartnerships), need(canvas.ValuePropositions), need(canvas.CustomerSegments),
		need(canvas.KeyActivities)+need(canvas.KeyResources), need(canvas.CustomerRelationships)+need(canvas.Channels), 320)
	lower := max(need(canvas.CostStructure), need(canvas.RevenueStreams), 110)
	// The two columns with two blocks are parted at the same height if that costs no room, at best in the middle.
	part := func(above, below float64) float64 { return min(max(above, upper/2), upper-below) }
	left := part(need(canvas.KeyActivities), need(canvas.KeyResources))
	right := part(need(canvas.CustomerRelationships), need(canvas.Channels))
	if both := max(left, right); both <= upper-max(need(canvas.KeyResources), need(canvas.Channels)) {
		left, right = both, both
	} else if both := min(left, right); both >= max(need(canvas.KeyActivities), need(canvas.CustomerRelationships)) {
		left, right = both, both
	}
	return piece{upper + lower, func(p *svg.Picture, x, y float64) {
		style := svg.Style{Fill: svg.Panel, Stroke: svg.Edge}
		at := func(column int) float64 { return x + float64(column)*fifth }
		d.drawBlock(p, box[canvas.KeyPartnerships], at(0), y, upper, style)
		d.drawBlock(p, box[canvas.KeyActivities], at(1), y, left, style)
		d.drawBlock(p, box[canvas.KeyResources], at(1), y+left, upper-left, style)
		d.drawBlock(p, box[canvas.ValuePropositions], at(2), y, upper, style)
		d.drawBlock(p, box[canvas.CustomerRelationships], at(3), y, right, style)
		d.drawBlock(p, box[canvas.Channels], at(3), y+right, upper-right, style)
		d.drawBlock(p, box[canvas.CustomerSegments], at(4), y, upper, style)
		d.drawBlock(p, box[canvas.CostStructure], x, y+upper, lower, style)
		d.drawBlock(p, box[canvas.RevenueStreams], x+d.width/2, y+upper, lower, style)
	}}
}

// grid lays the blocks out in three bands by what they do with value.
func (d *drawing) grid() []piece {
	var pieces []piece
	for i, title := range d.labels.Perspectives {
		var blocks []canvas.Block
		for b := range canvas.Blocks() {
			if b.Perspective() == canvas.Create+canvas.Perspective(i) {
				blocks = append(blocks, b)
			}
		}
		s := &svg.Stack{Width: d.width}
		s.Add(title, svg.Text{Font: textFont, Fill: svg.Muted, Lines: 2})
		pieces = append(pieces, stackPiece(s), gap(4), d.line(blocks, len(blocks)), gap(14))
	}
	return pieces
}

// stacked lays the blocks out one below the other, in as many columns as fit.
func (d *drawing) stacked() []piece {
	columns := max(1, int(d.width/280))
	var pieces []piece
	for blocks := range slices.Chunk(slices.Collect(canvas.Blocks()), columns) {
		pieces = append(pieces, d.line(blocks, columns), gap(10))
	}
	return pieces
}

// line lays blocks out side by side, as wide as if there were so many of them.
func (d *drawing) line(blocks []canvas.Block, columns int) piece {
	const space = 10
	width := (d.width - float64(columns-1)*space) / float64(columns)
	boxes := make([]*blockBox, len(blocks))
	height := 70.
	for i, b := range blocks {
		boxes[i] = d.block(b, width)
		height = max(height, boxes[i].height)
	}
	return piece{height, func(p *svg.Picture, x, y float64) {
		for i, box := range boxes {
			d.drawBlock(p, box, x+float64(i)*(width+space), y, height, svg.Style{Fill: svg.Panel, Radius: 8})
		}
	}}
}
