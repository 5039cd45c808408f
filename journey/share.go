package journey

import (
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel"
)

// A Share is a part of a whole, as counts: 3 of 7. It is complete knowledge of a document, not a sample.
type Share struct {
	Count   int           `json:"count"`
	Of      int           `json:"of"`
	Without []cxmodel.Ref `json:"without,omitempty"` // the ones that do not count, in the order of the document
}

// Value returns Count/Of, in [0, 1]; NaN of nothing.
func (s Share) Value() float64 {
	if s.Of == 0 {
		return math.NaN()
	}
	return float64(s.Count) / float64(s.Of)
}

// String returns "3 of 7".
func (s Share) String() string { return fmt.Sprintf("%d of %d", s.Count, s.Of) }

func (s *Share) add(ref cxmodel.Ref, counts bool) {
	s.Of++
	if counts {
		s.Count++
	} else {
		s.Without = append(s.Without, ref)
	}
}
