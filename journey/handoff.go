package journey

import (
	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/enum"
)

// A HandOff says what becomes of the customer's case when another touchpoint takes over. In a file a lone word stands
// for it: `hand-off: lost`.
type HandOff struct {
	State   Carry       `json:"state,omitempty" codec:"text"`
	To      cxmodel.Key `json:"to,omitempty"`      // the touchpoint that takes over; unset: each that may follow
	Carries string      `json:"carries,omitempty"` // what is passed on: the basket, the case number
	Note    string      `json:"note,omitempty"`
	cxmodel.Extra
}

// Carry says whether the next touchpoint knows what the customer has said and done.
type Carry int

// What is carried over.
const (
	CarryUnspecified Carry = iota
	CarryAll
	CarryPart
	CarryNone
)

var carries = enum.Table{Type: "hand-off state", Names: []string{"", "carried", "partly", "lost"}}

// String returns "carried", "partly", "lost", or "" for CarryUnspecified.
func (c Carry) String() string { return carries.String(int(c)) }

// MarshalText implements [encoding.TextMarshaler].
func (c Carry) MarshalText() ([]byte, error) { return carries.Text(int(c)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (c *Carry) UnmarshalText(text []byte) error { return enum.Set(c, &carries, text) }
