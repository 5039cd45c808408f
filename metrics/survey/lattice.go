package survey

import (
	"context"

	"github.com/cxmodel/cxmodel"
)

// A lattice is the cells of a cube with all their sums, and how they add up.
type lattice struct {
	cells []latticeCell
	lines []sumLine
	at    map[place4]int // the cells that hold answers
}

// A place4 is the codes of measure, touchpoint, segment and period of a cell; those of a dimension that is added up are 0.
type place4 [4]int32

// A latticeCell is a cell of the cube or of one of its sums.
type latticeCell struct {
	cell   Cell
	n      int // answers
	labels [3]string
	place  place4
	lines  [3]int // by dimension, the line of the cell; -1 without
	hidden bool
}

// A sumLine is the indexes of cells that add up to a total.
type sumLine struct {
	parts  []int
	total  int
	hidden int // of all these
}

// lattice returns the cells with the sums over totals, in every combination.
func (c *Cube) lattice(ctx context.Context, totals Dimensions) (*lattice, error) {
	x := &lattice{at: map[place4]int{}}
	measures, codes := map[cxmodel.Key]int32{}, [3]map[string]int32{}
	for d := range codes {
		codes[d] = map[string]int32{AllLabel: 0}
	}
	for t := Dimensions(0); t <= AllDimensions; t++ {
		if t&^totals != 0 {
			continue
		}
		sums, err := c.RollUp(t)
		if err != nil {
			return nil, err
		}
		for cell := range sums.Cells() {
			if ctx.Err() != nil {
				return nil, context.Cause(ctx)
			}
			l := latticeCell{cell: cell, n: cell.N(), labels: [3]string{string(cell.Touchpoint), string(cell.Segment), cell.Period.String()}, lines: [3]int{-1, -1, -1}}
			l.place[0] = codeOf(measures, cell.Measure.Key)
			for d := range 3 {
				if t&(1<<d) != 0 {
					l.labels[d] = AllLabel
				}
				l.place[1+d] = codeOf(codes[d], l.labels[d])
			}
			if l.n > 0 {
				x.at[l.place] = len(x.cells)
			}
			x.cells = append(x.cells, l)
		}
	}
	x.addUp(totals)
	return x, nil
}

// codeOf returns the number of a key, the next one where it has none.
func codeOf[K comparable](codes map[K]int32, key K) int32 {
	code, known := codes[key]
	if !known {
		code = int32(len(codes))
		codes[key] = code
	}
	return code
}

// addUp finds the lines of the cells that hold answers.
func (x *lattice) addUp(totals Dimensions) {
	for d := range 3 {
		if totals&(1<<d) == 0 {
			continue
		}
		for i := range x.cells {
			l := &x.cells[i]
			if l.n == 0 || l.place[1+d] == 0 {
				continue
			}
			total := x.moved(i, d, 0)
			if x.cells[total].lines[d] < 0 {
				x.cells[total].lines[d] = len(x.lines)
				x.lines = append(x.lines, sumLine{total: total})
			}
			l.lines[d] = x.cells[total].lines[d]
			line := &x.lines[l.lines[d]]
			line.parts = append(line.parts, i)
		}
	}
}

// moved returns the cell that has another code in a dimension, -1 where that holds no answers.
func (x *lattice) moved(cell, dimension int, code int32) int {
	place := x.cells[cell].place
	place[1+dimension] = code
	if i, known := x.at[place]; known {
		return i
	}
	return -1
}

func (x *lattice) hide(cell int) {
	x.cells[cell].hidden = true
	for _, j := range x.cells[cell].lines {
		if j >= 0 {
			x.lines[j].hidden++
		}
	}
}

// breaks returns the number of lines of a cell that have no suppressed cell.
func (x *lattice) breaks(cell int) (n int) {
	for _, j := range x.cells[cell].lines {
		if j >= 0 && x.lines[j].hidden == 0 {
			n++
		}
	}
	return n
}

// members returns all cells of a line.
func (x *lattice) members(line int) []int {
	l := x.lines[line]
	return append(l.parts[:len(l.parts):len(l.parts)], l.total)
}
