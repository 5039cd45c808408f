package survey

import (
	"fmt"

	"github.com/cxmodel/cxmodel/internal/enum"
)

// Pairing says which parts are compared with which.
type Pairing int

// The pairings.
const (
	PairAll      Pairing = iota + 1 // each with each: the earlier less the later in the list
	PairPrevious                    // each less the one before it
	PairFirst                       // each less the first
)

var pairings = &enum.Table{Type: "pairing", Names: []string{"", "all", "previous", "first"}}

// String returns "all", "previous" or "first"; "" if unspecified.
func (p Pairing) String() string { return pairings.String(int(p)) }

// MarshalText implements [encoding.TextMarshaler].
func (p Pairing) MarshalText() ([]byte, error) {
	if p < 0 || int(p) >= len(pairings.Names) {
		return nil, fmt.Errorf("%w: there is no pairing %d", ErrOption, int(p))
	}
	return []byte(p.String()), nil
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown word is an error that lists the words.
func (p *Pairing) UnmarshalText(text []byte) error {
	i, err := pairings.Parse(text)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrOption, err)
	}
	*p = Pairing(i)
	return nil
}
