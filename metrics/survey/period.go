package survey

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/enum"
)

// Every is a length of calendar periods.
type Every int

// The lengths. Weeks are those of ISO 8601: they begin on Monday and belong to the year of their Thursday.
const (
	EveryUnspecified Every = iota // all time in one
	EveryDay
	EveryWeek
	EveryMonth
	EveryQuarter
	EveryYear
)

var everies = &enum.Table{Type: "period", Names: []string{"", "day", "week", "month", "quarter", "year"}}

// String returns "day", "week", "month", "quarter" or "year"; "" if unspecified.
func (e Every) String() string { return everies.String(int(e)) }

// MarshalText implements [encoding.TextMarshaler].
func (e Every) MarshalText() ([]byte, error) {
	if !e.valid() {
		return nil, fmt.Errorf("%w: there is no period %d", ErrOption, int(e))
	}
	return []byte(e.String()), nil
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown word is an error that lists the words.
func (e *Every) UnmarshalText(text []byte) error {
	i, err := everies.Parse(text)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrOption, err)
	}
	*e = Every(i)
	return nil
}

func (e Every) valid() bool { return e >= 0 && int(e) < len(everies.Names) }

// A Period is one day, ISO week, month, quarter or year of the calendar. Periods are comparable with ==. The zero
// Period is that of answers without a time, and of all time.
type Period struct {
	every Every
	index int32 // days, weeks, months, quarters or years since the one of 1 January 1970
}

// PeriodOf returns the period of length every that t falls into in loc (nil means UTC): the zero Period if t is
// zero, every is unspecified, or the year there is outside 1 to 9999.
func PeriodOf(t time.Time, every Every, loc *time.Location) Period {
	if t.IsZero() || every == EveryUnspecified || !every.valid() {
		return Period{}
	}
	seconds := t.Unix()
	if loc != nil && loc != time.UTC {
		_, offset := t.In(loc).Zone()
		seconds += int64(offset)
	}
	if seconds < minSeconds || seconds >= maxSeconds {
		return Period{}
	}
	return periodOfDay(int32(floorDiv(seconds, 86400)), every)
}

// The years 1 to 9999, in seconds since 1970.
const (
	minSeconds = -62135596800
	maxSeconds = 253402300800
)

func periodOfDay(day int32, every Every) Period {
	switch every {
	case EveryDay:
		return Period{every, day}
	case EveryWeek:
		return Period{every, int32(floorDiv(int64(day)+3, 7))} // 1970 began on a Thursday
	}
	y, m, _ := civil(day)
	switch every {
	case EveryMonth:
		return Period{every, (y-1970)*12 + m - 1}
	case EveryQuarter:
		return Period{every, (y-1970)*4 + (m-1)/3}
	default:
		return Period{every, y - 1970}
	}
}

// IsZero reports whether p is the zero Period.
func (p Period) IsZero() bool { return p == Period{} }

// Every returns the length of p.
func (p Period) Every() Every { return p.every }

// Add returns the period n periods later, earlier for negative n: the zero Period if p is, or outside the years 1 to 9999.
func (p Period) Add(n int) Period {
	if p.IsZero() {
		return p
	}
	first, last := periodOfDay(minSeconds/86400, p.every).index, periodOfDay(maxSeconds/86400-1, p.every).index
	if n < int(first)-int(p.index) || n > int(last)-int(p.index) {
		return Period{}
	}
	return Period{p.every, p.index + int32(n)}
}

// Compare orders periods by length, shortest first, then by time; the zero Period comes first.
func (p Period) Compare(q Period) int {
	return cmp.Or(cmp.Compare(p.every, q.every), cmp.Compare(p.index, q.index))
}

// Start returns the first moment of p in loc (nil means UTC), End the first moment after it. Both are the zero time
// for the zero Period.
func (p Period) Start(loc *time.Location) time.Time {
	if p.IsZero() {
		return time.Time{}
	}
	if loc == nil {
		loc = time.UTC
	}
	y, m, d := p.date()
	midnight, t := time.Date(y, m, d, 0, 0, 0, 0, time.UTC), time.Date(y, m, d, 0, 0, 0, 0, loc)
	start, end := t.ZoneBounds()
	if t.Day() != midnight.Day() { // there was no midnight: clocks were set forward, and Date took the time before
		return end
	}
	if !start.IsZero() { // midnight came twice: clocks were set back, and Date took the second
		_, offset := start.Add(-1).Zone()
		if first := midnight.Add(-time.Duration(offset) * time.Second).In(loc); first.Before(start) {
			return first
		}
	}
	return t
}

// date returns the first day of p; month and day may be beyond those of a year, as in time.Date.
func (p Period) date() (y int, m time.Month, d int) {
	i := int(p.index)
	switch p.every {
	case EveryDay:
		return 1970, 1, 1 + i
	case EveryWeek:
		return 1970, 1, 1 + 7*i - 3
	case EveryMonth:
		return 1970, time.Month(1 + i), 1
	case EveryQuarter:
		return 1970, time.Month(1 + 3*i), 1
	default:
		return 1970 + i, 1, 1
	}
}

// End returns the first moment after p in loc; see [Period.Start].
func (p Period) End(loc *time.Location) time.Time {
	if p.IsZero() {
		return time.Time{}
	}
	return Period{p.every, p.index + 1}.Start(loc)
}

// String returns "2026-11-02", "2026-W45", "2026-11", "2026-Q4", "2026", or "" for the zero Period.
func (p Period) String() string {
	if p.IsZero() {
		return ""
	}
	t := p.Start(nil)
	switch p.every {
	case EveryDay:
		return t.Format(time.DateOnly)
	case EveryWeek:
		y, w := t.ISOWeek()
		return fmt.Sprintf("%04d-W%02d", y, w)
	case EveryMonth:
		return t.Format("2006-01")
	case EveryQuarter:
		return fmt.Sprintf("%04d-Q%d", t.Year(), (int(t.Month())+2)/3)
	default:
		return fmt.Sprintf("%04d", t.Year())
	}
}

// ParsePeriod reads what [Period.String] writes.
func ParsePeriod(s string) (Period, error) {
	p, err := parsePeriod(s)
	if err != nil || p.String() != s {
		return Period{}, fmt.Errorf("%w: %q is not a period; write one such as %q, %q, %q, %q or %q",
			ErrOption, clip.Text(s), "2026-11-02", "2026-W45", "2026-11", "2026-Q4", "2026")
	}
	return p, nil
}

func parsePeriod(s string) (Period, error) {
	if s == "" {
		return Period{}, nil
	}
	year, rest, _ := strings.Cut(s, "-")
	switch {
	case rest == "":
		t, err := time.Parse("2006", s)
		return PeriodOf(t, EveryYear, nil), err
	case rest[0] == 'Q':
		q, err := strconv.Atoi(rest[1:])
		if err != nil {
			return Period{}, err
		}
		t, err := time.Parse("2006", year)
		return PeriodOf(t, EveryQuarter, nil).Add(q - 1), err
	case rest[0] == 'W':
		w, err := strconv.Atoi(rest[1:])
		if err != nil {
			return Period{}, err
		}
		t, err := time.Parse("2006-01-02", year+"-01-04") // always in week 1
		return PeriodOf(t, EveryWeek, nil).Add(w - 1), err
	case strings.Contains(rest, "-"):
		t, err := time.Parse(time.DateOnly, s)
		return PeriodOf(t, EveryDay, nil), err
	default:
		t, err := time.Parse("2006-01", s)
		return PeriodOf(t, EveryMonth, nil), err
	}
}

// MarshalText implements [encoding.TextMarshaler].
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler]; see [ParsePeriod].
func (p *Period) UnmarshalText(text []byte) error {
	parsed, err := ParsePeriod(string(text))
	if err == nil {
		*p = parsed
	}
	return err
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// civil returns year, month and day of the proleptic Gregorian calendar, day counted from 1 January 1970
// (Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days).
func civil(day int32) (y, m, d int32) {
	z := int64(day) + 719468 // from 1 March of the year 0
	era := floorDiv(z, 146097)
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	d = int32(doy - (153*mp+2)/5 + 1)
	m = int32(mp + 3)
	if mp >= 10 {
		m = int32(mp - 9)
	}
	y = int32(yoe + era*400)
	if m <= 2 {
		y++
	}
	return y, m, d
}
