package metrics

import (
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/internal/enum"
)

// Unit says what the numbers of an [Estimate] are.
type Unit int

// The units.
const (
	UnitUnspecified Unit = iota
	UnitPoints           // a difference of two shares in points, [-100, 100]: NPS, CES index
	UnitShare            // a part of a whole, [0, 1], printed in per cent
	UnitRatio            // a quotient that may leave [0, 1], printed in per cent: net revenue retention
	UnitScore            // a mean on an answer scale, in points of that scale
	UnitRate             // events per unit of exposure, such as per customer-month
	UnitMoney            // an amount in the currency of the input
	UnitCount            // a number of things, such as orders per customer
	UnitTime             // a length of time, in the unit of the input
	UnitNumber           // a number without unit: a correlation, a standardised coefficient
)

var units = enum.Table{Type: "unit", Names: []string{"", "points", "share", "ratio", "score", "rate", "money", "count", "time", "number"}}

// String returns the name of u: "points", "share", "ratio", "score", "rate", "money", "count", "time"
// or "number".
func (u Unit) String() string { return units.String(int(u)) }

// Format returns x in the unit, rounded as [Estimate.String] rounds it: "+35", "44.4 %", "3.25"; "n/a" where x is NaN.
func (u Unit) Format(x float64) string {
	if math.IsNaN(x) {
		return "n/a"
	}
	return u.format(x, true)
}

// MarshalText implements [encoding.TextMarshaler].
func (u Unit) MarshalText() ([]byte, error) { return enumText(&units, int(u)) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown name is an error that lists the names.
func (u *Unit) UnmarshalText(text []byte) error {
	i, err := enumParse(&units, text)
	if err == nil {
		*u = Unit(i)
	}
	return err
}

func enumText(t *enum.Table, i int) ([]byte, error) {
	text, err := t.Text(i)
	if err != nil {
		err = fmt.Errorf("%w: %w", ErrOption, err)
	}
	return text, err
}

func enumParse(t *enum.Table, text []byte) (int, error) {
	i, err := t.Parse(text)
	if err != nil {
		err = fmt.Errorf("%w: %w", ErrOption, err)
	}
	return i, err
}
