package alignment

import (
	"fmt"

	"github.com/cxmodel/cxmodel/internal/enum"
)

// A Strength says how much an item does for a touchpoint. The zero Strength is a link that nobody has rated yet.
type Strength int

// Strengths.
const (
	Unrated Strength = iota // linked; worth anything from weak to strong
	None                    // looked at: it does nothing here
	Weak
	Medium
	Strong
)

var strengths = enum.Table{Type: "strength", Names: []string{"", "none", "weak", "medium", "strong"}}

// String returns "none", "weak", "medium", "strong", or "" for Unrated.
func (s Strength) String() string { return strengths.String(int(s)) }

// MarshalText implements [encoding.TextMarshaler].
func (s Strength) MarshalText() ([]byte, error) { return strengths.Text(int(s)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (s *Strength) UnmarshalText(text []byte) error { return enum.Set(s, &strengths, text) }

// A Role says how an item supports a touchpoint.
type Role int

// Roles.
const (
	RoleUnspecified Role = iota // taken as Contributes
	Contributes                 // it delivers the quality; the best contributor counts
	Required                    // the quality fails without it; the worst requirement counts
)

var roles = enum.Table{Type: "role", Names: []string{"", "contributes", "required"}}

// String returns "contributes" or "required".
func (r Role) String() string { return roles.String(int(r)) }

// MarshalText implements [encoding.TextMarshaler].
func (r Role) MarshalText() ([]byte, error) { return roles.Text(int(r)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (r *Role) UnmarshalText(text []byte) error { return enum.Set(r, &roles, text) }

// A StrengthScale gives each strength its number. Strengths are ordinal and every such scale is a choice, which is
// why an assessment always runs three of them.
type StrengthScale struct {
	Name                 string
	Weak, Medium, Strong float64 // in (0, 1], not falling; none is 0
}

// Scale139 is the scale of quality function deployment: 1/9, 3/9, 1. It is the default.
func Scale139() StrengthScale { return StrengthScale{"1-3-9", 1. / 9, 3. / 9, 1} }

// Scale135 is 1/5, 3/5, 1.
func Scale135() StrengthScale { return StrengthScale{"1-3-5", 1. / 5, 3. / 5, 1} }

// Scale123 is 1/3, 2/3, 1.
func Scale123() StrengthScale { return StrengthScale{"1-2-3", 1. / 3, 2. / 3, 1} }

// standardScales are the ones that every assessment compares.
func standardScales() []StrengthScale {
	return []StrengthScale{Scale139(), Scale135(), Scale123()}
}

func (s StrengthScale) check() error {
	if !(0 < s.Weak && s.Weak <= s.Medium && s.Medium <= s.Strong && s.Strong <= 1) {
		return fmt.Errorf("alignment: strength scale %q is not 0 < weak ≤ medium ≤ strong ≤ 1: %g, %g, %g", s.Name, s.Weak, s.Medium, s.Strong)
	}
	return nil
}

// values returns the numbers by Strength; Unrated has none and is handled by the caller.
func (s StrengthScale) values() [Strong + 1]float64 {
	return [Strong + 1]float64{Weak: s.Weak, Medium: s.Medium, Strong: s.Strong}
}
