package survey

import (
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/metrics"
)

// AddCell adds what a cell holds: the inverse of [Cube.Cells], for a service that keeps its cells as rows of a database, or
// as JSON, and starts again. It is [Cube.Merge] of a cube with that one cell: a measure that c does not know is taken over,
// and the errors are the same, but for [ErrMeasure] and [ErrAnswer] where no cube holds such a cell.
//
// Of the weights a cell tells those of its answers only: Partial, Dismissed, Invited, Bounced and Excluded are counted at
// weight 1. Estimates and response rates are the same; what [Cube.Erase] and [Cube.Sub] can take away is not.
func (c *Cube) AddCell(cell Cell) error {
	opts := c.opts
	if c.byMeasure == nil {
		return fmt.Errorf("%w: the cube is zero; make it with NewCube", ErrShape)
	}
	if p := cell.Period.Every(); p != EveryUnspecified && p != opts.Every {
		return fmt.Errorf("%w: a cell of the %s %s, periods %q", ErrShape, p, cell.Period, opts.Every)
	}
	one, err := NewCube([]MeasureDef{cell.Measure}, &opts)
	if err != nil {
		return err
	}
	one.rolledUp = c.rolledUp
	if err := one.fillCell(cell); err != nil {
		return err
	}
	return c.Merge(one)
}

// fillCell counts a cell in a cube of its measure that is empty; after an error the cube is of no use.
func (c *Cube) fillCell(cell Cell) error {
	classes := cell.byWeight()
	if cell.Weights != nil {
		sum, err := mergeWeights(withWeight1(classes))
		if err != nil || len(sum) != 1 || !sum[0].Answers.Equal(cell.answers()) {
			return fmt.Errorf("%w: the cell of %s has other answers by weight than in all", ErrAnswer, cell.Measure.Key)
		}
	}
	if c.opts.IgnoreWeights {
		classes = []WeightClass{{1, cell.answers()}}
	}
	t, err := c.touchpoints.add(cell.Touchpoint)
	if err != nil {
		return err
	}
	s, err := c.segments.add(cell.Segment)
	if err != nil {
		return err
	}
	p, err := c.period(cell.Period)
	if err != nil {
		return err
	}
	for _, w := range classes {
		m := 0
		switch {
		case w.Weight == 1:
		case !(w.Weight > 0) || math.IsInf(w.Weight, 1):
			return fmt.Errorf("%w: the weight is %v; give a number above 0", ErrAnswer, w.Weight)
		case !c.opts.Weighted:
			return weighted(w.Weight)
		default:
			if m, err = c.class(0, w.Weight); err != nil {
				return err
			}
		}
		if err := c.fillAnswers(makeID(m, t, s, p), w.Answers); err != nil {
			return err
		}
	}
	return c.fillRest(makeID(0, t, s, p), cell.Count)
}

// withWeight1 returns the classes with their weights set to 1, so that they add up to one.
func withWeight1(classes []WeightClass) []WeightClass {
	ones := make([]WeightClass, len(classes))
	for i, w := range classes {
		if w.Answers == nil {
			w.Answers = new(metrics.Tally)
		}
		ones[i] = WeightClass{1, w.Answers}
	}
	return ones
}

// fillAnswers counts the answers of a tally.
func (c *Cube) fillAnswers(id cellID, t *metrics.Tally) error {
	m := c.measures[id.measure()]
	if t.Scale() != m.def.Scale {
		return fmt.Errorf("%w: a cell of %s has answers on the scale %v", ErrPool, m.def.kind(), t.Scale())
	}
	at, err := c.cell(id)
	if err != nil {
		return err
	}
	for score, n := range t.Scores() {
		if err := c.count(m, at, score, StatusUnspecified, n); err != nil {
			return err
		}
	}
	if err := c.count(m, at, math.NaN(), StatusUnspecified, t.Missing()); err != nil {
		return err
	}
	return c.count(m, at, math.Inf(1), StatusUnspecified, t.OffScale())
}

// fillRest counts what a cell holds besides its answers.
func (c *Cube) fillRest(id cellID, n Count) error {
	m := c.measures[0]
	at, err := c.cell(id)
	if err != nil {
		return err
	}
	if given := n.answers().N() + n.answers().OffScale(); n.Partial > given {
		return fmt.Errorf("%w: the cell of %s has %d partial answers of %d", ErrAnswer, n.Measure.Key, n.Partial, given)
	}
	for slot, n := range map[int]int{
		slotPartial: n.Partial, slotDismissed: n.Dismissed, slotInvited: n.Invited, slotBounced: n.Bounced, slotExcluded: n.Excluded,
	} {
		switch {
		case n < 0:
			return fmt.Errorf("%w: the cell of %s has a count of %d", ErrAnswer, m.def.Key, n)
		case uint64(n) > math.MaxUint32:
			return full(m.def)
		}
		if err := m.add(at, m.points+slot, false, uint32(n)); err != nil {
			return err
		}
	}
	return nil
}
