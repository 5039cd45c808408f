package survival

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
)

// A Shift is a stretch of a day in which somebody works, from From to To after midnight, such as 9*time.Hour to
// 17*time.Hour. A shift past midnight is two, one on each day.
type Shift struct{ From, To time.Duration }

// BusinessHours are the hours in which somebody works: for a team, the union of the schedules of its members. Shifts
// of a day may overlap; the time counts once.
type BusinessHours struct {
	Location *time.Location           // nil means UTC
	Week     map[time.Weekday][]Shift // by day of the week; a day without shifts is closed
	Dates    map[cxmodel.Date][]Shift // days that differ: holidays have none
}

// maxDays bounds the walk over days: 50 years.
const maxDays = 50 * 366

// Between returns the working time between two moments: 0 where both lie outside the hours with none between them,
// and 0 where to is not after from. Days are those of Location, also where the clock is changed. It is a Clock for
// [TicketOptions]. Beyond 50 years it counts the first 50.
func (h BusinessHours) Between(from, to time.Time) time.Duration {
	loc := h.Location
	if loc == nil {
		loc = time.UTC
	}
	var sum time.Duration
	day := cxmodel.DateOf(from.In(loc))
	for range maxDays {
		start := day.In(loc)
		if !start.Before(to) {
			break
		}
		shifts, ok := h.Dates[day]
		if !ok {
			shifts = h.Week[day.In(time.UTC).Weekday()] // start may lie in the day before, where midnight is skipped
		}
		end := time.Time{} // of what is counted so far
		for _, s := range ordered(shifts) {
			a, b := clock(day, s.From, loc), clock(day, s.To, loc)
			a, b = latest(a, from, end), earliest(b, to)
			if b.After(a) {
				sum += b.Sub(a)
				end = b
			}
		}
		day = day.AddDays(1)
	}
	return sum
}

// Check returns an error for a shift that does not lie within one day.
func (h BusinessHours) Check() error {
	check := func(day string, shifts []Shift) error {
		for _, s := range shifts {
			if s.From < 0 || s.To <= s.From || s.To > 24*time.Hour {
				return fmt.Errorf("%w: shift %v to %v on %s; want 0 <= from < to <= 24h", metrics.ErrOption, s.From, s.To, day)
			}
		}
		return nil
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		if err := check(d.String(), h.Week[d]); err != nil {
			return err
		}
	}
	for d, shifts := range h.Dates {
		if err := check(d.String(), shifts); err != nil {
			return err
		}
	}
	return nil
}

// ordered returns the shifts by their beginning.
func ordered(shifts []Shift) []Shift {
	if len(shifts) < 2 {
		return shifts
	}
	return slices.SortedFunc(slices.Values(shifts), func(a, b Shift) int { return cmp.Compare(a.From, b.From) })
}

// clock returns the moment at which the clock on the wall shows d after midnight; where it jumps over that, the moment
// of the jump.
func clock(day cxmodel.Date, d time.Duration, loc *time.Location) time.Time {
	wanted := time.Date(day.Year, day.Month, day.Day, 0, 0, 0, int(d), time.UTC)
	t := time.Date(day.Year, day.Month, day.Day, 0, 0, 0, int(d), loc)
	_, offset := t.Zone()
	before, after := t.ZoneBounds()
	switch shown := t.Add(time.Duration(offset) * time.Second); {
	case shown.Before(wanted): // t counts by the zone after the jump, and so lies before it
		return after
	case shown.After(wanted):
		return before
	}
	return t
}

func latest(t time.Time, others ...time.Time) time.Time {
	for _, o := range others {
		if o.After(t) {
			t = o
		}
	}
	return t
}

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
