package metrics

import (
	"fmt"

	"github.com/cxmodel/cxmodel"
)

// Bands cut the answers of a scale in three: detractors, passives, promoters. Passive and Promoter are the scores at
// which passives and promoters begin, going towards the good end, so that every answer falls into a band, 6.5 and 8.5
// included:
//
//	high is good: detractor < Passive <= passive < Promoter <= promoter
//	low is good:  promoter <= Promoter < passive <= Passive < detractor
//
// The zero Bands stand for [StandardBands] where the scale is 0 to 10; on any other scale they are an error, because
// cut-offs cannot be guessed.
type Bands struct {
	Scale    cxmodel.Scale `json:"scale"`
	Passive  float64       `json:"passive"`
	Promoter float64       `json:"promoter"`
}

// StandardBands are those of the Net Promoter Score on 0 to 10: 0-6, 7-8, 9-10 (Reichheld, The one number you need
// to grow, Harvard Business Review, December 2003).
func StandardBands() Bands { return Bands{cxmodel.Scale{Max: 10}, 7, 9} }

// TenPointBands are the same cut-offs on 1 to 10. There are six detractor points and not seven, so the score is not
// comparable with that of 0 to 10.
func TenPointBands() Bands { return Bands{cxmodel.Scale{Min: 1, Max: 10}, 7, 9} }

// FivePointBands are those of employee scores on 1 to 5: 1-3, 4, 5. Not comparable with 0 to 10.
func FivePointBands() Bands { return Bands{cxmodel.Scale{Min: 1, Max: 5}, 4, 5} }

// Check returns nil if the scale is usable and each band has room on it, else an error that wraps [ErrBands].
func (b Bands) Check() error {
	if err := b.Scale.Check(); err != nil {
		return fmt.Errorf("%w: %w", ErrBands, err)
	}
	lo, hi := float64(b.Scale.Min), float64(b.Scale.Max)
	if b.Scale.LowIsGood {
		if !(lo <= b.Promoter && b.Promoter <= b.Passive && b.Passive < hi) {
			return fmt.Errorf("%w: on %v, promoters up to %v and passives up to %v; want min <= promoter <= passive < max", ErrBands, b.Scale, b.Promoter, b.Passive)
		}
	} else if !(lo < b.Passive && b.Passive <= b.Promoter && b.Promoter <= hi) {
		return fmt.Errorf("%w: on %v, passives from %v and promoters from %v; want min < passive <= promoter <= max", ErrBands, b.Scale, b.Passive, b.Promoter)
	}
	return nil
}

// String returns the definition, such as "0..10, detractors below 7, promoters from 9".
func (b Bands) String() string {
	switch {
	case b == StandardBands():
		return standardDefinition
	case b.Scale.LowIsGood:
		return fmt.Sprintf("%v, detractors above %v, promoters up to %v", b.Scale, b.Passive, b.Promoter)
	}
	return fmt.Sprintf("%v, detractors below %v, promoters from %v", b.Scale, b.Passive, b.Promoter)
}

// standardDefinition spares the default path an allocation.
const standardDefinition = "0..10, detractors below 7, promoters from 9"

// side returns -1 for a detractor, 0 for a passive, 1 for a promoter; score lies on the scale.
func (b Bands) side(score float64) int {
	if b.Scale.LowIsGood {
		switch {
		case score <= b.Promoter:
			return 1
		case score <= b.Passive:
			return 0
		}
		return -1
	}
	switch {
	case score >= b.Promoter:
		return 1
	case score >= b.Passive:
		return 0
	}
	return -1
}
