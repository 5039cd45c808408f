package clv

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/cxmodel/cxmodel/internal/clip"
)

// A Unit is a length of time in days. Every time of a [Summary], a model and a forecast is counted in it, so that
// weeks are never taken for months. Any positive number of days will do.
type Unit float64

// The usual units. Month, quarter and year are the mean ones of the Gregorian calendar.
const (
	Day     Unit = 1
	Week    Unit = 7
	Month   Unit = 365.2425 / 12
	Quarter Unit = 365.2425 / 4
	Year    Unit = 365.2425
)

var unitNames = []struct {
	unit Unit
	name string
}{{Day, "day"}, {Week, "week"}, {Month, "month"}, {Quarter, "quarter"}, {Year, "year"}}

// Days returns the length in days.
func (u Unit) Days() float64 { return float64(u) }

// PerYear returns how many units make a year of 365.2425 days.
func (u Unit) PerYear() float64 { return float64(Year / u) }

// String returns "week", or "10 days" for a unit without a name.
func (u Unit) String() string {
	for _, n := range unitNames {
		if u == n.unit {
			return n.name
		}
	}
	return strconv.FormatFloat(float64(u), 'g', -1, 64) + " days"
}

// MarshalText implements [encoding.TextMarshaler].
func (u Unit) MarshalText() ([]byte, error) { return []byte(u.String()), nil }

// UnmarshalText reads "week" or "10 days".
func (u *Unit) UnmarshalText(text []byte) error {
	s := string(text)
	for _, n := range unitNames {
		if s == n.name {
			*u = n.unit
			return nil
		}
	}
	days, err := strconv.ParseFloat(strings.TrimSuffix(s, " days"), 64)
	if err != nil || !strings.HasSuffix(s, " days") || !Unit(days).valid() {
		return fmt.Errorf("clv: %w: %q is no unit of time; write day, week, month, quarter, year or %q", ErrInvalid, clip.Text(text), "10 days")
	}
	*u = Unit(days)
	return nil
}

func (u Unit) valid() bool { return u > 0 && !math.IsInf(float64(u), 0) }
