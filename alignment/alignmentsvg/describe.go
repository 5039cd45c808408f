package alignmentsvg

import (
	"slices"
	"strconv"
	"strings"
)

// describe says in words what is to be seen: each stage with the blocks that carry most of it.
func (d *drawing) describe() string {
	var b strings.Builder
	for i := range d.bands {
		for k := range d.bands[i].columns {
			c := &d.bands[i].columns[k]
			if c.total {
				continue
			}
			if b.Len() > 0 {
				b.WriteByte('\n')
			}
			b.WriteString(d.sentence(c))
		}
	}
	if b.Len() == 0 {
		return d.l.NoStage
	}
	return b.String()
}

// sentence describes a stage: its score and the three blocks that carry most, or the blocks that lead there.
func (d *drawing) sentence(c *column) string {
	var order []int
	for k := range c.cells {
		if c.cells[k].linked {
			order = append(order, k)
		}
	}
	var parts []string
	if !c.rated() {
		for _, k := range order {
			parts = append(parts, d.l.Blocks[k])
		}
		return end(put(d.l.Covered, short(c.name), strconv.Itoa(len(order))), parts)
	}
	slices.SortStableFunc(order, func(x, y int) int {
		switch d := c.cells[y].points - c.cells[x].points; {
		case d > 0:
			return 1
		case d < 0:
			return -1
		}
		return 0
	})
	for _, k := range order[:min(3, len(order))] {
		parts = append(parts, put(d.l.Carries, d.l.Blocks[k], d.l.whole(c.cells[k].points)))
	}
	return end(put(d.l.Scores, short(c.name), d.l.whole(c.support.Delivered)), parts)
}

func end(sentence string, parts []string) string {
	if len(parts) > 0 {
		sentence += ": " + strings.Join(parts, ", ")
	}
	return sentence + "."
}

// tooltip says what a cell says.
func (d *drawing) tooltip(c *column, block int) string {
	name := short(c.name)
	if c.total {
		name = d.l.All
	}
	switch e := &c.cells[block]; {
	case !e.linked:
		return put(d.l.Nowhere, d.l.Blocks[block], name)
	case !c.rated():
		return put(d.l.Leads, d.l.Blocks[block], name)
	case e.hurts != "":
		return name + ": " + put(d.l.Carries, d.l.Blocks[block], d.l.whole(e.points)) + ". " + put(d.l.Fails, e.hurts, name, d.l.whole(e.cost))
	default:
		return name + ": " + put(d.l.Carries, d.l.Blocks[block], d.l.whole(e.points)) + "."
	}
}
