package journey

import "github.com/cxmodel/cxmodel/internal/enum"

// A Moment marks a moment of truth: a contact by which customers judge the whole (Carlzon 1987).
type Moment int

// Moments of truth. In a file, true and yes mean MomentOfTruth.
const (
	MomentUnspecified Moment = iota
	MomentOfTruth            // of whatever kind
	MomentZero               // looking it up before the shop (Lecinski 2011)
	MomentFirst              // choosing it at the shelf (Lafley, Procter & Gamble, 2005)
	MomentSecond             // using it
	MomentUltimate           // telling others about it (Solis 2013)
)

var moments = enum.Table{Type: "moment of truth", Names: []string{"", "yes", "zero", "first", "second", "ultimate"}}

// String returns "yes", "zero", "first", "second", "ultimate", or "" for MomentUnspecified.
func (m Moment) String() string { return moments.String(int(m)) }

// MarshalText implements [encoding.TextMarshaler].
func (m Moment) MarshalText() ([]byte, error) { return moments.Text(int(m)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (m *Moment) UnmarshalText(text []byte) error {
	switch string(text) {
	case "true":
		*m = MomentOfTruth
		return nil
	case "false", "no":
		*m = MomentUnspecified
		return nil
	}
	return enum.Set(m, &moments, text)
}
