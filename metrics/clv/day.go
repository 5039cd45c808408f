package clv

import (
	"fmt"
	"time"

	"github.com/cxmodel/cxmodel"
)

// A Calendar says where one day ends and the next begins. The zero Calendar has days from midnight to midnight in UTC.
type Calendar struct {
	Location *time.Location // nil means UTC
	DayStart time.Duration  // time of day at which a day begins, [0, 24h): 4h for a bar that closes at three
}

// day returns the number of days from 1970-01-01 to the day of t.
func (c Calendar) day(t time.Time) int {
	offset := 0
	if c.Location != nil && c.Location != time.UTC {
		_, offset = t.In(c.Location).Zone()
	}
	seconds := t.Unix() + int64(offset) - int64(c.DayStart/time.Second)
	day := seconds / 86400
	if seconds%86400 < 0 {
		day--
	}
	return int(day)
}

func (c Calendar) check() error {
	if c.DayStart < 0 || c.DayStart >= 24*time.Hour {
		return fmt.Errorf("clv: %w: DayStart %v; it is a time of day, from 0 to 24h", ErrOption, c.DayStart)
	}
	return nil
}

// dayOf and dateOf go between a date and its number of days since 1970-01-01.
func dayOf(d cxmodel.Date) int { return Calendar{}.day(d.In(time.UTC)) }

func dateOf(day int) cxmodel.Date {
	return cxmodel.DateOf(time.Unix(int64(day)*86400, 0).UTC())
}

// The days that a log may hold: years 1 to 9999. A day fits in an int32.
var firstDay, lastDay = dayOf(cxmodel.Date{Year: 1, Month: 1, Day: 1}), dayOf(cxmodel.Date{Year: 9999, Month: 12, Day: 31})
