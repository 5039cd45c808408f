package metrics

import (
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"

	"github.com/cxmodel/cxmodel"
)

// A Tally counts the answers to one question exactly: whole points in an array, fractions such as 6.5 each by its
// value, what is missing, and what lies off the scale. Tallies of the same scale merge and subtract without error in
// any order, so they can be made by shard, by day and by segment, and kept in a database column; see
// [Tally.MarshalBinary]. Every rating metric is read from it.
//
// Whole answers take no memory beyond the array, one count a point; each distinct fraction takes an entry of a map.
// A Tally is not safe for concurrent writing. The zero Tally has no scale: it can only be unmarshalled into.
type Tally struct {
	scale     cxmodel.Scale
	points    []int           // by whole point, from scale.Min
	fractions map[float64]int // by value; no zero counts
	n         int             // answers on the scale
	missing   int
	offScale  int
}

// NewTally returns an empty Tally for answers on scale. On a scale that fails its Check every answer counts as off
// the scale, and every metric returns the error of the Check.
func NewTally(scale cxmodel.Scale) *Tally {
	t := &Tally{scale: scale}
	if scale.Check() == nil {
		t.points = make([]int, scale.Points())
	}
	return t
}

// TallyOf counts scores on scale. NaN is missing.
func TallyOf[T Number](scores []T, scale cxmodel.Scale) *Tally {
	t := NewTally(scale)
	zero, one := T(0), T(1)
	if unsigned := zero-1 > zero; one/2 != 0 || unsigned && scale.Min < 0 {
		for _, x := range scores {
			t.Add(float64(x))
		}
		return t
	}
	for _, x := range scores {
		// What lies below the scale wraps to a huge number.
		if i := uint64(int64(x) - int64(scale.Min)); i < uint64(len(t.points)) {
			t.points[i]++
		} else {
			t.offScale++
		}
	}
	t.n = len(scores) - t.offScale
	return t
}

// TallyOfCounts returns a Tally with counts[i] answers of scale.Min+i. It fails with the error of the scale's Check,
// or with [ErrCount] where there are not as many counts as points, or one is negative.
func TallyOfCounts(scale cxmodel.Scale, counts []int) (*Tally, error) {
	t := NewTally(scale)
	if err := scale.Check(); err != nil {
		return t, fmt.Errorf("metrics: %w", err)
	}
	if len(counts) != len(t.points) {
		return t, fmt.Errorf("%w: %d counts for the %d points of %v", ErrCount, len(counts), len(t.points), scale)
	}
	for i, c := range counts {
		if err := t.AddN(float64(scale.Min+i), c); err != nil {
			return NewTally(scale), err
		}
	}
	return t, nil
}

// Scale returns the scale of the answers.
func (t *Tally) Scale() cxmodel.Scale { return t.scale }

// N returns the number of answers on the scale.
func (t *Tally) N() int { return t.n }

// Missing returns the number of questions not answered.
func (t *Tally) Missing() int { return t.missing }

// OffScale returns the number of answers outside the scale.
func (t *Tally) OffScale() int { return t.offScale }

// Add counts one answer. NaN is missing; what lies outside the scale, infinities included, is off the scale.
func (t *Tally) Add(score float64) { t.add(score, 1) }

// AddN counts n answers of the same score. It fails with [ErrCount] if n is negative or the Tally would hold more
// than an int can count, and then changes nothing.
func (t *Tally) AddN(score float64, n int) error {
	if n < 0 {
		return fmt.Errorf("%w: %d answers of %v; use Sub to take answers back", ErrCount, n, score)
	}
	if _, ok := sum(t.n, t.missing, t.offScale, n); !ok {
		return fmt.Errorf("%w: %d more answers overflow the tally", ErrCount, n)
	}
	t.add(score, n)
	return nil
}

// AddMissing counts n questions not answered; it fails like [Tally.AddN].
func (t *Tally) AddMissing(n int) error { return t.AddN(math.NaN(), n) }

func (t *Tally) add(score float64, n int) {
	if i, ok := t.point(score); ok {
		t.points[i] += n
		t.n += n
		return
	}
	switch {
	case math.IsNaN(score):
		t.missing += n
	case len(t.points) == 0 || !t.scale.Contains(score):
		t.offScale += n
	case n > 0:
		if t.fractions == nil {
			t.fractions = make(map[float64]int)
		}
		t.fractions[score] += n
		t.n += n
	}
}

// Count returns the number of answers that are exactly score.
func (t *Tally) Count(score float64) int {
	if i, ok := t.point(score); ok {
		return t.points[i]
	}
	return t.fractions[score]
}

// point returns the index of a whole score on the scale.
func (t *Tally) point(score float64) (i int, ok bool) {
	whole := int(score)
	i = whole - t.scale.Min
	return i, float64(whole) == score && uint(i) < uint(len(t.points))
}

// Scores returns every score that has answers with their number, lowest score first.
func (t *Tally) Scores() iter.Seq2[float64, int] {
	return func(yield func(float64, int) bool) {
		var fractions []float64
		if len(t.fractions) > 0 {
			fractions = slices.Sorted(maps.Keys(t.fractions))
		}
		for i, c := range t.points {
			at := float64(t.scale.Min + i)
			for len(fractions) > 0 && fractions[0] < at {
				if !yield(fractions[0], t.fractions[fractions[0]]) {
					return
				}
				fractions = fractions[1:]
			}
			if c > 0 && !yield(at, c) {
				return
			}
		}
	}
}

// Clone returns a copy that shares nothing with t.
func (t *Tally) Clone() *Tally {
	c := *t
	c.points, c.fractions = slices.Clone(t.points), maps.Clone(t.fractions)
	return &c
}

// Equal reports whether t and o have the same scale and the same counts; no Tally is equal to nil.
func (t *Tally) Equal(o *Tally) bool {
	return o != nil && t.scale == o.scale && t.missing == o.missing && t.offScale == o.offScale &&
		slices.Equal(t.points, o.points) && maps.Equal(t.fractions, o.fractions)
}

// Merge adds the answers of o to t. It fails with [ErrMismatch] if the scales differ or o is nil, or with [ErrCount] on overflow,
// and then changes nothing.
func (t *Tally) Merge(o *Tally) error {
	if o == nil {
		return fmt.Errorf("%w: there is no tally to merge", ErrMismatch)
	}
	if t.scale != o.scale {
		return fmt.Errorf("%w: a tally on %v cannot take one on %v", ErrMismatch, t.scale, o.scale)
	}
	if _, ok := sum(t.n, t.missing, t.offScale, o.n, o.missing, o.offScale); !ok {
		return fmt.Errorf("%w: the merged tally overflows", ErrCount)
	}
	for i, c := range o.points {
		t.points[i] += c
	}
	for x, c := range o.fractions {
		if t.fractions == nil {
			t.fractions = make(map[float64]int, len(o.fractions))
		}
		t.fractions[x] += c
	}
	t.n, t.missing, t.offScale = t.n+o.n, t.missing+o.missing, t.offScale+o.offScale
	return nil
}

// Sub takes the answers of o back out of t: the inverse of [Tally.Merge], for answers that were set aside or a window
// that moves on. It fails with [ErrMismatch] if the scales differ or o is nil, or with [ErrCount] if o has answers that t has not,
// and then changes nothing.
func (t *Tally) Sub(o *Tally) error {
	if o == nil {
		return fmt.Errorf("%w: there is no tally to take away", ErrMismatch)
	}
	if t.scale != o.scale {
		return fmt.Errorf("%w: a tally on %v cannot give up one on %v", ErrMismatch, t.scale, o.scale)
	}
	for score, c := range o.Scores() {
		if have := t.Count(score); have < c {
			return fmt.Errorf("%w: %d answers of %v cannot be taken from %d", ErrCount, c, score, have)
		}
	}
	if t.missing < o.missing || t.offScale < o.offScale {
		return fmt.Errorf("%w: %d missing and %d off scale cannot be taken from %d and %d", ErrCount, o.missing, o.offScale, t.missing, t.offScale)
	}
	if t == o {
		o = t.Clone()
	}
	for i, c := range o.points {
		t.points[i] -= c
	}
	for x, c := range o.fractions {
		if t.fractions[x] -= c; t.fractions[x] == 0 {
			delete(t.fractions, x)
		}
	}
	t.n, t.missing, t.offScale = t.n-o.n, t.missing-o.missing, t.offScale-o.offScale
	return nil
}
