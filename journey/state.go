package journey

import "github.com/cxmodel/cxmodel/internal/enum"

// A State says whether a journey is the one that customers have or the one that they shall have.
type State int

// States.
const (
	StateUnspecified State = iota
	StateAsIs
	StateToBe
)

var states = enum.Table{Type: "state", Names: []string{"", "as-is", "to-be"}}

// String returns "as-is", "to-be", or "" for StateUnspecified.
func (s State) String() string { return states.String(int(s)) }

// MarshalText implements [encoding.TextMarshaler].
func (s State) MarshalText() ([]byte, error) { return states.Text(int(s)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (s *State) UnmarshalText(text []byte) error { return enum.Set(s, &states, text) }

// A Basis says whether a journey was drawn from belief or from research.
type Basis int

// Bases.
const (
	BasisUnspecified Basis = iota
	BasisAssumed
	BasisResearched
)

var bases = enum.Table{Type: "basis", Names: []string{"", "assumed", "researched"}}

// String returns "assumed", "researched", or "" for BasisUnspecified.
func (b Basis) String() string { return bases.String(int(b)) }

// MarshalText implements [encoding.TextMarshaler].
func (b Basis) MarshalText() ([]byte, error) { return bases.Text(int(b)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (b *Basis) UnmarshalText(text []byte) error { return enum.Set(b, &bases, text) }
