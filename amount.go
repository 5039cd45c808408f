package cxmodel

import (
	"fmt"
	"strings"

	"github.com/cxmodel/cxmodel/internal/enum"
)

// Per is what an Amount is counted by.
type Per int

// Units of an Amount.
const (
	PerUnspecified Per = iota
	PerMonth
	PerQuarter
	PerYear
	PerUnit // each sale, visit, call: what a unit is, the driver says
	PerOnce
)

var perNames = enum.Table{Type: "unit of amounts", Names: []string{"", "month", "quarter", "year", "unit", "once"}}

// String returns "month", "quarter", "year", "unit" or "once".
func (p Per) String() string { return perNames.String(int(p)) }

// PerYear returns how many of p make a year, and false where that is not known (unit, once).
func (p Per) PerYear() (float64, bool) {
	switch p {
	case PerMonth:
		return 12, true
	case PerQuarter:
		return 4, true
	case PerYear:
		return 1, true
	}
	return 0, false
}

// MarshalText implements [encoding.TextMarshaler].
func (p Per) MarshalText() ([]byte, error) { return perNames.Text(int(p)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (p *Per) UnmarshalText(text []byte) error { return enum.Set(p, &perNames, text) }

// An Amount is money per unit of time or of use. Its text is "1200.00 EUR/month"; "900.00 EUR/once" is paid once.
type Amount struct {
	Money Money
	Per   Per
}

// ParseAmount reads "1200 EUR/month"; without a slash the unit stays unspecified, and Validate asks for it.
func ParseAmount(s string) (Amount, error) {
	money, per, found := strings.Cut(s, "/")
	m, err := ParseMoney(money)
	if err != nil {
		return Amount{}, err
	}
	a := Amount{Money: m}
	if !found {
		return a, nil
	}
	per = strings.TrimSpace(per)
	if per == "" {
		return Amount{}, fmt.Errorf("cxmodel: %w: %q has no unit after the slash; write one of %s, or no slash", ErrAmount, shorten(s, 40), strings.Join(perNames.Names[1:], ", "))
	}
	if err := a.Per.UnmarshalText([]byte(per)); err != nil {
		return Amount{}, fmt.Errorf("cxmodel: %w: %w", ErrAmount, err)
	}
	return a, nil
}

// IsZero reports whether a is unset.
func (a Amount) IsZero() bool { return a == Amount{} }

// PerYear returns the yearly money as a number in the currency's major unit, and false for unit, once and unspecified.
func (a Amount) PerYear() (float64, bool) {
	n, ok := a.Per.PerYear()
	return a.Money.Float64() * n, ok
}

// String returns "1200.00 EUR/month".
func (a Amount) String() string {
	if a.Per == PerUnspecified {
		return a.Money.String()
	}
	return a.Money.String() + "/" + a.Per.String()
}

// MarshalText implements [encoding.TextMarshaler].
func (a Amount) MarshalText() ([]byte, error) {
	if a.IsZero() {
		return nil, nil
	}
	return []byte(a.String()), nil
}

// UnmarshalText implements [encoding.TextUnmarshaler]; see [ParseAmount].
func (a *Amount) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*a = Amount{}
		return nil
	}
	parsed, err := ParseAmount(string(text))
	if err != nil {
		return err
	}
	*a = parsed
	return nil
}
