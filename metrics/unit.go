package metrics

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
)

var unitNames = []string{"", "points", "share", "ratio", "score", "rate", "money", "count"}

// String returns the name of u: "points", "share", "ratio", "score", "rate", "money" or "count".
func (u Unit) String() string { return nameOf(unitNames, int(u), "Unit") }

// MarshalText implements [encoding.TextMarshaler].
func (u Unit) MarshalText() ([]byte, error) { return textOf(unitNames, int(u), "unit") }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown name is an error that lists the names.
func (u *Unit) UnmarshalText(text []byte) error {
	i, err := indexOf(unitNames, string(text), "unit")
	if err == nil {
		*u = Unit(i)
	}
	return err
}
