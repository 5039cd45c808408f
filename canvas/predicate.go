package canvas

import (
	"math"
	"slices"
	"strconv"
)

// A Predicate is one condition on the customers of a segment; a customer belongs to the segment if all hold.
// It compares one attribute with words, with a range of numbers, or is a sentence that no program can check:
//
//	predicates:
//	  - {basis: demographic, attribute: age, at-least: 25, below: 40}
//	  - {basis: psychographic, attribute: attitude, in: [thrifty, curious]}
//	  - lives within ten minutes
type Predicate struct {
	Note      string   `json:"note,omitempty" codec:"text"`
	Basis     Basis    `json:"basis,omitempty"`
	Attribute string   `json:"attribute,omitempty"` // the name that customer data have for it
	In        []string `json:"in,omitempty"`        // the value is one of these
	NotIn     []string `json:"not-in,omitempty"`    // the value is none of these
	AtLeast   *float64 `json:"at-least,omitempty"`  // lower bound, included
	Below     *float64 `json:"below,omitempty"`     // upper bound, excluded, so that ranges tile
	Unit      string   `json:"unit,omitempty"`      // of the bounds: years, EUR, orders a year
}

// Computable reports whether p compares an attribute with something, so that Holds can tell.
func (p Predicate) Computable() bool {
	return p.Attribute != "" && (len(p.In)+len(p.NotIn) > 0 || p.AtLeast != nil || p.Below != nil)
}

// Holds reports whether a customer whose attribute has the given value meets p. A value that is no number is in no
// range. A predicate that is not Computable holds for everybody.
func (p Predicate) Holds(value string) bool {
	if !p.Computable() {
		return true
	}
	if len(p.In) > 0 && !slices.Contains(p.In, value) || slices.Contains(p.NotIn, value) {
		return false
	}
	if p.AtLeast == nil && p.Below == nil {
		return true
	}
	x, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		return false
	}
	return (p.AtLeast == nil || x >= *p.AtLeast) && (p.Below == nil || x < *p.Below)
}

// Includes reports whether a customer belongs to the segment: whether all predicates that can be computed hold.
// value returns a customer's attribute, and false where it is not known; a condition on an unknown attribute does
// not hold. A segment without computable predicates includes nobody, because nothing says who belongs to it.
func (s Segment) Includes(value func(attribute string) (string, bool)) bool {
	computable := false
	for _, p := range s.Predicates {
		if !p.Computable() {
			continue
		}
		computable = true
		if v, known := value(p.Attribute); !known || !p.Holds(v) {
			return false
		}
	}
	return computable
}

// A Basis says what a predicate looks at. The vocabulary is open.
type Basis string

// Bases of segmentation.
const (
	BasisDemographic   Basis = "demographic"   // age, income, household; of firms: industry, size
	BasisGeographic    Basis = "geographic"    // where they are
	BasisPsychographic Basis = "psychographic" // values, attitudes, lifestyle
	BasisBehavioural   Basis = "behavioural"   // what they do: frequency, recency, channel, use
)
