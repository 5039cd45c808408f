package survey

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/cxmodel/cxmodel"
)

// Dimensions is a set of dimensions of a Cube. The measure is none of them: measures are never added up.
type Dimensions uint8

// The dimensions.
const (
	DimensionTouchpoint Dimensions = 1 << iota
	DimensionSegment
	DimensionPeriod

	AllDimensions = DimensionTouchpoint | DimensionSegment | DimensionPeriod
)

// mask has the bits of a cellID that are left when the dimensions are rolled up.
func (d Dimensions) mask() cellID {
	mask := ^cellID(0)
	if d&DimensionTouchpoint != 0 {
		mask &^= makeID(0, math.MaxUint16, 0, 0)
	}
	if d&DimensionSegment != 0 {
		mask &^= makeID(0, 0, math.MaxUint16, 0)
	}
	if d&DimensionPeriod != 0 {
		mask &^= makeID(0, 0, 0, math.MaxUint16)
	}
	return mask
}

// A Filter chooses cells; an empty field chooses all.
type Filter struct {
	Measures    []cxmodel.Key
	Touchpoints []cxmodel.Key // "" chooses the answers without one
	Segments    []cxmodel.Key // "" chooses the answers without one
	From, To    Period        // both included
}

// Slice returns a Cube of the cells that f chooses. Keys that do not occur choose nothing; a measure that is not defined
// is [ErrUnknownMeasure]. It fails with [ErrShape] if f names a dimension that is rolled up, or a period of another
// length. Answers that were skipped belong to no cell, so that a slice has none.
func (c *Cube) Slice(f Filter) (*Cube, error) {
	for _, k := range f.Measures {
		if _, known := c.byMeasure[k]; !known {
			return nil, c.unknown(k)
		}
	}
	for _, p := range []Period{f.From, f.To} {
		if !p.IsZero() && (p.Every() != c.opts.Every || c.rolledUp&DimensionPeriod != 0) {
			return nil, fmt.Errorf("%w: %v cannot be cut from it", ErrShape, p)
		}
	}
	if len(f.Touchpoints) > 0 && c.rolledUp&DimensionTouchpoint != 0 || len(f.Segments) > 0 && c.rolledUp&DimensionSegment != 0 {
		return nil, fmt.Errorf("%w: the dimension that is to be cut has been rolled up", ErrShape)
	}
	return c.derive(0, func(id cellID) bool {
		m, t, s, p := id.codes()
		period := c.periods[p]
		return among(f.Measures, c.measures[m].def.Key) && among(f.Touchpoints, c.touchpoints.keys[t]) && among(f.Segments, c.segments.keys[s]) &&
			(f.From.IsZero() || !period.IsZero() && period.Compare(f.From) >= 0) &&
			(f.To.IsZero() || !period.IsZero() && period.Compare(f.To) <= 0)
	})
}

func among(keys []cxmodel.Key, k cxmodel.Key) bool { return len(keys) == 0 || slices.Contains(keys, k) }

// RollUp returns a Cube in which the cells of each measure are added up over the dimensions. It fails with [ErrFull].
func (c *Cube) RollUp(over Dimensions) (*Cube, error) {
	d, err := c.derive(over, func(cellID) bool { return true })
	if err == nil {
		d.skipped = c.skipped
	}
	return d, err
}

// derive returns a Cube of the chosen cells, added up over the dimensions.
func (c *Cube) derive(over Dimensions, chosen func(cellID) bool) (*Cube, error) {
	d := newCube(c.opts)
	d.defineAll(c)
	d.touchpoints, d.segments = c.touchpoints.clone(), c.segments.clone()
	d.periods, d.byPeriod = slices.Clone(c.periods), maps.Clone(c.byPeriod)
	d.rolledUp = c.rolledUp | over
	mask := over.mask()
	for _, m := range c.measures {
		for cell, id := range m.ids {
			if m.empty(uint32(cell)) || !chosen(id) {
				continue
			}
			if err := d.take(id&mask, m, uint32(cell)); err != nil {
				return nil, err
			}
		}
	}
	return d, nil
}

func (k *keyring) clone() keyring {
	return keyring{what: k.what, aliases: k.aliases, byText: maps.Clone(k.byText), byKey: maps.Clone(k.byKey), keys: slices.Clone(k.keys)}
}
