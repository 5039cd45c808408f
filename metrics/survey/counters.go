package survey

import (
	"fmt"
	"math"
	"slices"

	"github.com/cxmodel/cxmodel/metrics"
)

// Behind the counts by point each cell has these.
const (
	slotMissing = iota
	slotOffScale
	slotPartial
	slotDismissed
	slotInvited
	slotBounced
	slotExcluded
	slotEnd
)

// counters are the cells of one measure, one row of counts each.
type counters struct {
	def       MeasureDef
	weight    float64 // of each answer; 1 unless the cube is a weighted one
	points    int
	stride    int
	counts    []uint32
	ids       []cellID
	inOrder   int                           // so many of the first cells are in the order of their ids
	others    map[cellID]uint32             // the index of each other cell
	fractions map[uint32]map[float64]uint32 // by cell: scores between the points
}

func newCounters(d MeasureDef, weight float64) *counters {
	return &counters{def: d, weight: weight, points: d.Scale.Points(), stride: d.Scale.Points() + slotEnd}
}

// find returns the index of a cell.
func (m *counters) find(id cellID) (uint32, bool) {
	if i, ok := slices.BinarySearch(m.ids[:m.inOrder], id); ok {
		return uint32(i), true
	}
	i, ok := m.others[id]
	return i, ok
}

// at returns the index of a cell, made if need be.
func (m *counters) at(id cellID) uint32 {
	n := len(m.ids)
	if m.inOrder == n && (n == 0 || m.ids[n-1] < id) { // it comes behind all, so it is not there
		m.inOrder++
		return m.grow(id)
	}
	if i, ok := m.find(id); ok {
		return i
	}
	if m.others == nil {
		m.others = map[cellID]uint32{}
	}
	m.others[id] = uint32(n)
	return m.grow(id)
}

// reserve makes room for more cells at once.
func (m *counters) reserve(more int) {
	m.ids = slices.Grow(m.ids, more)
	m.counts = slices.Grow(m.counts, more*m.stride)
}

// grow adds a cell and returns its index.
func (m *counters) grow(id cellID) uint32 {
	m.ids = append(m.ids, id)
	m.counts = slices.Grow(m.counts, m.stride)[:len(m.counts)+m.stride] // the rest is zero: only an empty row is ever cut off
	return uint32(len(m.ids) - 1)
}

// pop takes the last cell away, which is empty.
func (m *counters) pop() {
	n := len(m.ids) - 1
	delete(m.others, m.ids[n])
	m.ids, m.counts, m.inOrder = m.ids[:n], m.counts[:n*m.stride], min(m.inOrder, n)
}

func (m *counters) row(cell uint32) []uint32 {
	at := int(cell) * m.stride
	return m.counts[at : at+m.stride : at+m.stride]
}

// place returns where in its row an answer is counted, -1 for a score between two points, and whether it is partial.
func (m *counters) place(score float64, status Status) (at int, partial bool) {
	switch status {
	case StatusExcluded:
		return m.points + slotExcluded, false
	case StatusBounced:
		return m.points + slotBounced, false
	case StatusInvited:
		return m.points + slotInvited, false
	}
	above := score - float64(m.def.Scale.Min)
	switch {
	case score != score && status == StatusDismissed:
		return m.points + slotDismissed, false
	case score != score:
		return m.points + slotMissing, false
	}
	partial = status == StatusPartial || status == StatusDismissed
	switch {
	case !(above >= 0 && above <= float64(m.points-1)):
		return m.points + slotOffScale, partial
	case above != math.Trunc(above):
		return -1, partial
	}
	return int(above), partial
}

func (m *counters) add(cell uint32, at int, partial bool, n uint32) error {
	row := m.row(cell)
	if row[at]+n < n {
		return full(m.def)
	}
	if partial {
		if row[m.points+slotPartial]+n < n {
			return full(m.def)
		}
		row[m.points+slotPartial] += n
	}
	row[at] += n
	return nil
}

func (m *counters) addFraction(cell uint32, score float64, partial bool, n uint32) error {
	if n == 0 {
		return nil
	}
	if m.fractions == nil {
		m.fractions = map[uint32]map[float64]uint32{}
	}
	if m.fractions[cell] == nil {
		m.fractions[cell] = map[float64]uint32{}
	}
	partials := &m.row(cell)[m.points+slotPartial]
	if have := m.fractions[cell][score]; have+n < n || partial && *partials+n < n {
		return full(m.def)
	}
	m.fractions[cell][score] += n
	if partial {
		*partials += n
	}
	return nil
}

func full(d MeasureDef) error {
	return fmt.Errorf("%w: more than %d answers to %s; use periods, or a tally of package metrics", ErrFull, uint32(math.MaxUint32), d.Key)
}

func (m *counters) empty(cell uint32) bool {
	for _, n := range m.row(cell) {
		if n > 0 {
			return false
		}
	}
	return len(m.fractions[cell]) == 0
}

// view returns the counts of a cell.
func (m *counters) view(cell uint32) Count {
	row := m.row(cell)
	t := metrics.NewTally(m.def.Scale)
	add := func(score float64, n uint32) {
		_ = t.AddN(score, int(n)) // neither negative nor near the range of an int
	}
	for i, n := range row[:m.points] {
		if n > 0 {
			add(float64(m.def.Scale.Min+i), n)
		}
	}
	for score, n := range m.fractions[cell] {
		add(score, n)
	}
	rest := row[m.points:]
	add(math.NaN(), rest[slotMissing])
	add(math.Inf(1), rest[slotOffScale])
	return Count{
		Measure: m.def, Answers: t, Partial: int(rest[slotPartial]), Dismissed: int(rest[slotDismissed]),
		Invited: int(rest[slotInvited]), Bounced: int(rest[slotBounced]), Excluded: int(rest[slotExcluded]),
	}
}
