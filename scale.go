package cxmodel

import (
	"errors"
	"fmt"
	"math"
)

// ErrScale is wrapped by every error about a Scale that cannot be used.
var ErrScale = errors.New("unusable scale")

// MaxScalePoints is the largest number of whole points that a Scale may have.
const MaxScalePoints = 1001

// maxScaleBound keeps the sums over a scale far from overflow.
const maxScaleBound = 1_000_000

// A Scale is the answer scale of a question: whole points from Min to Max, both included. It says which
// end is good, because that cannot be guessed: on the 2010 customer effort score 1 is the best answer.
// The zero Scale is invalid.
type Scale struct {
	Min       int  `json:"min"`
	Max       int  `json:"max"`
	LowIsGood bool `json:"low-is-good,omitempty"`
}

// Check returns nil if answers can be counted on s, else an error that wraps [ErrScale].
func (s Scale) Check() error {
	switch {
	case s == Scale{}:
		return fmt.Errorf("%w: it is not set; give min and max, such as 0 and 10", ErrScale)
	case s.Min >= s.Max:
		return fmt.Errorf("%w: min %d is not below max %d", ErrScale, s.Min, s.Max)
	case s.Min < -maxScaleBound || s.Max > maxScaleBound || s.Max-s.Min+1 > MaxScalePoints:
		return fmt.Errorf("%w: %d to %d has more than %d points", ErrScale, s.Min, s.Max, MaxScalePoints)
	}
	return nil
}

// Points returns the number of whole points: 11 for 0 to 10.
func (s Scale) Points() int { return s.Max - s.Min + 1 }

// Contains reports whether score lies on the scale. Fractions between Min and Max do; NaN does not.
func (s Scale) Contains(score float64) bool {
	return score >= float64(s.Min) && score <= float64(s.Max)
}

// Position maps score to [0, 1], 0 at the bad end and 1 at the good end; NaN outside the scale.
func (s Scale) Position(score float64) float64 {
	if !s.Contains(score) || s.Min >= s.Max {
		return math.NaN()
	}
	p := (score - float64(s.Min)) / float64(s.Max-s.Min)
	if s.LowIsGood {
		return 1 - p
	}
	return p
}

// String returns "0..10", or "1..5, low is good".
func (s Scale) String() string {
	if s.LowIsGood {
		return fmt.Sprintf("%d..%d, low is good", s.Min, s.Max)
	}
	return fmt.Sprintf("%d..%d", s.Min, s.Max)
}
