package survey

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"math"
	"slices"
	"time"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/nearest"
)

// CubeOptions are the choices of a Cube and of GroupBy; nil stands for the defaults.
type CubeOptions struct {
	Every         Every          // the length of a period; unspecified means all time in one
	Location      *time.Location // in which a period begins; nil means UTC
	MaxCells      int            // 0 means 1,048,576; beyond it Add fails with a *cxmodel.LimitError
	SkipUnknown   bool           // pass over answers to measures that are not defined, and count them in Skipped
	IgnoreWeights bool           // count weighted answers as one each; otherwise they are refused
	Weighted      bool           // count answers by weight, so that estimates are weighted ones; see Count.Weights
}

const (
	defaultMaxCells = 1 << 20
	maxMeasures     = maxKeys - 1
)

func (o *CubeOptions) withDefaults() (CubeOptions, error) {
	var c CubeOptions
	if o != nil {
		c = *o
	}
	if c.Location == nil {
		c.Location = time.UTC
	}
	if c.MaxCells == 0 {
		c.MaxCells = defaultMaxCells
	}
	if c.MaxCells < 0 || c.MaxCells > math.MaxInt32 {
		return c, fmt.Errorf("%w: at most %d cells", ErrOption, c.MaxCells)
	}
	if c.Weighted && c.IgnoreWeights {
		return c, fmt.Errorf("%w: weights are either counted by or ignored", ErrOption)
	}
	if !c.Every.valid() {
		return c, fmt.Errorf("%w: there is no period %d", ErrOption, int(c.Every))
	}
	return c, nil
}

// A Cube counts answers by measure, touchpoint, segment and period: exactly, in integers, so that cubes made by shard
// or by day merge and subtract in any order. It keeps only the cells that occur, each about 100 bytes on a scale of
// eleven points. It never adds up different measures.
//
// A Cube is made by [NewCube]; the zero Cube has no measures. It is not safe for concurrent writing.
type Cube struct {
	opts        CubeOptions
	measures    []*counters         // by measure, and in a weighted cube by measure and weight
	byMeasure   map[cxmodel.Key]int // those of weight 1
	byWeight    map[weightClass]int // the others
	touchpoints keyring
	segments    keyring
	periods     []Period
	byPeriod    map[Period]uint16
	cells       int // in all counters
	emptied     int // how often Sub has emptied one since they were last compacted
	fractions   int // different fractional scores in the cells, which take memory like cells
	rolledUp    Dimensions
	skipped     int

	// What the answer before had, or those lately.
	lastMeasure int
	lastWeight  weightClass
	lastClass   int   // of lastWeight
	lastDay     int64 // of lastPeriod, which is 0 if there is none
	lastPeriod  uint16
	lately      *recentCells
}

// A cellID packs the codes of measure, touchpoint, segment and period, 16 bits each.
type cellID uint64

func makeID(measure int, touchpoint, segment, period uint16) cellID {
	return cellID(measure)<<48 | cellID(touchpoint)<<32 | cellID(segment)<<16 | cellID(period)
}

func (id cellID) measure() int { return int(id >> 48) }

func (id cellID) codes() (measure int, touchpoint, segment, period uint16) {
	return int(id >> 48), uint16(id >> 32), uint16(id >> 16), uint16(id)
}

// NewCube returns an empty Cube for the measures. It fails with [ErrMeasure] if a definition cannot be used or two have
// the same key, and with [ErrOption].
func NewCube(measures []MeasureDef, opts *CubeOptions) (*Cube, error) {
	o, err := opts.withDefaults()
	if err != nil {
		return nil, err
	}
	c := newCube(o)
	if len(measures) > maxMeasures {
		return nil, fmt.Errorf("survey: %w", &cxmodel.LimitError{What: "measures", Limit: maxMeasures})
	}
	for _, d := range measures {
		if err := d.Check(); err != nil {
			return nil, err
		}
		if _, twice := c.byMeasure[d.Key]; twice {
			return nil, fmt.Errorf("%w: %s is defined twice", ErrMeasure, d.Key)
		}
		c.define(d.withScale())
	}
	return c, nil
}

func newCube(o CubeOptions) *Cube {
	return &Cube{
		opts: o, byMeasure: map[cxmodel.Key]int{}, byWeight: map[weightClass]int{},
		touchpoints: *newKeyring("touchpoint", nil), segments: *newKeyring("segment", nil),
		periods: []Period{{}}, byPeriod: map[Period]uint16{{}: 0},
	}
}

func (c *Cube) define(d MeasureDef) int {
	i := len(c.measures)
	c.measures = append(c.measures, newCounters(d, 1))
	c.byMeasure[d.Key] = i
	return i
}

// Measures returns the definitions, by key.
func (c *Cube) Measures() []MeasureDef {
	defs := make([]MeasureDef, 0, len(c.byMeasure))
	for _, i := range c.byMeasure {
		defs = append(defs, c.measures[i].def)
	}
	slices.SortFunc(defs, func(a, b MeasureDef) int { return cmp.Compare(a.Key, b.Key) })
	return defs
}

// Len returns the number of cells, those included that Sub has emptied and not yet cleared away.
func (c *Cube) Len() int { return c.cells }

// Skipped returns the number of answers passed over because nobody defined their measure; see CubeOptions.SkipUnknown.
func (c *Cube) Skipped() int { return c.skipped }

// Add counts one answer. It fails with [ErrUnknownMeasure], [ErrAnswer], [ErrWeighted], [ErrFull] or a
// *cxmodel.LimitError, and then counts nothing. A score off the scale is no error: it is counted as such.
func (c *Cube) Add(a Answer) error { return c.add(&a, 1) }

// AddN counts n answers that are alike, such as the invitations that nobody replied to: known from the sending tool as
// a number, they have no rows.
func (c *Cube) AddN(a Answer, n int) error {
	if n < 0 {
		return fmt.Errorf("%w: %d answers; use Sub to take answers back", ErrNegative, n)
	}
	return c.add(&a, n)
}

func (c *Cube) add(a *Answer, n int) error {
	before := c.mark()
	err := c.tryAdd(a, n)
	if err != nil {
		c.rewind(before)
	}
	return err
}

// tryAdd is add; after an error the cube may hold an empty cell, and a key, a period and a weight that no cell has.
func (c *Cube) tryAdd(a *Answer, n int) error {
	m, err := c.admit(a, n)
	if err != nil || m < 0 || n == 0 {
		return err
	}
	period, err := c.periodOf(a.Time)
	if err != nil {
		return err
	}
	cells := c.cells
	cell, err := c.at(m, a.Touchpoint, a.Segment, period)
	if err != nil {
		return err
	}
	err = c.count(c.measures[m], cell, a.Score, a.Status, n)
	if err != nil && c.cells > cells {
		c.measures[m].pop()
		c.cells, c.lately = cells, nil
	}
	return err
}

// A mark is how many measures, keys and periods a cube had.
type mark struct{ measures, touchpoints, segments, periods int }

func (c *Cube) mark() mark {
	return mark{len(c.measures), len(c.touchpoints.keys), len(c.segments.keys), len(c.periods)}
}

// rewind forgets the measures, weights, keys and periods that came after a mark. No cell has one of them.
func (c *Cube) rewind(to mark) {
	if c.mark() == to {
		return
	}
	for _, m := range slices.Backward(c.measures[to.measures:]) { // a measure comes before its weights
		if m.weight == 1 {
			delete(c.byMeasure, m.def.Key)
		} else {
			delete(c.byWeight, weightClass{c.byMeasure[m.def.Key], m.weight})
		}
	}
	for _, p := range c.periods[to.periods:] {
		delete(c.byPeriod, p)
	}
	c.measures, c.periods = c.measures[:to.measures], c.periods[:to.periods]
	c.touchpoints.cut(to.touchpoints)
	c.segments.cut(to.segments)
	c.lastMeasure, c.lastWeight, c.lastPeriod = 0, weightClass{}, 0
}

// like returns an empty cube with the options, measures and rolled-up dimensions of c.
func (c *Cube) like() *Cube {
	d := newCube(c.opts)
	d.rolledUp = c.rolledUp
	for _, m := range c.measures {
		if m.weight == 1 {
			d.define(m.def)
		}
	}
	return d
}

// admit returns the index of the measure of an answer that can be counted, -1 for an answer to pass over.
func (c *Cube) admit(a *Answer, n int) (int, error) {
	if err := a.check(); err != nil {
		return 0, err
	}
	m, ok := c.lastMeasure, true
	if m >= len(c.measures) || c.measures[m].def.Key != a.Measure { // lastMeasure is of weight 1
		m, ok = c.byMeasure[a.Measure]
		c.lastMeasure = m
	}
	switch {
	case !ok && c.opts.SkipUnknown:
		c.skipped += n
		return -1, nil
	case !ok:
		return 0, c.unknown(a.Measure)
	case a.Weight == 0 || a.Weight == 1 || c.opts.IgnoreWeights:
		return m, nil
	case c.opts.Weighted:
		return c.class(m, a.Weight)
	}
	return 0, weighted(a.Weight)
}

func weighted(w float64) error {
	return fmt.Errorf("%w: the weight is %v; set Weighted to count by weight, or IgnoreWeights to count each answer once", ErrWeighted, w)
}

func (c *Cube) unknown(k cxmodel.Key) error {
	known := make([]string, 0, len(c.measures))
	for _, d := range c.Measures() {
		known = append(known, string(d.Key))
	}
	near := ""
	if n := nearest.Word(string(k), known); n != "" {
		near = fmt.Sprintf("; did you mean %q?", n)
	}
	if len(known) > 20 {
		known = append(known[:20], "...")
	}
	return fmt.Errorf("%w: %q is none of %q%s; define it, or set SkipUnknown", ErrUnknownMeasure, clip.Text(string(k)), known, near)
}

// AddAll counts the answers of a stream, such as that of [Reader.All], and returns the first error, of the stream or of
// Add; the cube then holds the answers before it. For a Reader, [Cube.AddReader] does the same in less time.
func (c *Cube) AddAll(ctx context.Context, answers iter.Seq2[Answer, error]) error {
	n := 0
	for a, err := range answers {
		if err != nil {
			return err
		}
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err := c.add(&a, 1); err != nil {
			return err
		}
	}
	return nil
}

// at returns the cell of measure m at the coordinates, made if need be.
func (c *Cube) at(m int, touchpoint, segment cxmodel.Key, period uint16) (uint32, error) {
	t, err := c.touchpoints.addLately(touchpoint)
	if err != nil {
		return 0, err
	}
	s, err := c.segments.addLately(segment)
	if err != nil {
		return 0, err
	}
	id := makeID(m, t, s, period)
	if c.lately == nil {
		c.lately = new(recentCells)
	}
	e := &c.lately[id.recentSlot()]
	if e.id == id && e.cell > 0 {
		return e.cell - 1, nil
	}
	cell, err := c.cell(id)
	if err == nil {
		e.id, e.cell = id, cell+1
	}
	return cell, err
}

// periodOf returns the code of the period of t.
func (c *Cube) periodOf(t time.Time) (uint16, error) {
	if c.opts.Every == EveryUnspecified || t.IsZero() {
		return 0, nil
	}
	if c.opts.Location != time.UTC {
		return c.period(PeriodOf(t, c.opts.Every, c.opts.Location))
	}
	day := floorDiv(t.Unix(), 86400) // mostly that of the answer before
	if day == c.lastDay && c.lastPeriod > 0 {
		return c.lastPeriod, nil
	}
	code, err := c.period(PeriodOf(t, c.opts.Every, time.UTC))
	c.lastDay, c.lastPeriod = day, code
	return code, err
}

// period returns the code of p.
func (c *Cube) period(p Period) (uint16, error) {
	if code, ok := c.byPeriod[p]; ok {
		return code, nil
	}
	if len(c.periods) == maxKeys {
		return 0, fmt.Errorf("survey: %w", &cxmodel.LimitError{What: "different periods", Limit: maxKeys})
	}
	code := uint16(len(c.periods))
	c.periods = append(c.periods, p)
	c.byPeriod[p] = code
	return code, nil
}

// cell returns the cell of an id, made if need be.
func (c *Cube) cell(id cellID) (uint32, error) {
	id &= c.rolledUp.mask()
	m := c.measures[id.measure()]
	if i, ok := m.find(id); ok {
		return i, nil
	}
	if err := c.room(); err != nil {
		return 0, err
	}
	c.cells++
	return m.at(id), nil
}

// reserve makes room for more cells at once: their number by measure.
func (c *Cube) reserve(cells []int) {
	for m, more := range cells {
		c.measures[m].reserve(min(more, c.opts.MaxCells))
	}
}

func (c *Cube) room() error {
	if c.cells+c.fractions >= c.opts.MaxCells {
		return fmt.Errorf("survey: %w", &cxmodel.LimitError{What: "cells", Limit: int64(c.opts.MaxCells)})
	}
	return nil
}

// count adds n answers to a cell.
func (c *Cube) count(m *counters, cell uint32, score float64, status Status, n int) error {
	if uint64(n) > math.MaxUint32 {
		return full(m.def)
	}
	at, partial := m.place(score, status)
	if at >= 0 {
		return m.add(cell, at, partial, uint32(n))
	}
	_, known := m.fractions[cell][score]
	if known || n == 0 {
		return m.addFraction(cell, score, partial, uint32(n))
	}
	if err := c.room(); err != nil {
		return err
	}
	err := m.addFraction(cell, score, partial, uint32(n))
	if err == nil {
		c.fractions++
	}
	return err
}
