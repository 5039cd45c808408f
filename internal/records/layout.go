package records

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

// The layouts that package time does not have.
const (
	layoutUnix      = "unix"    // seconds since 1970 in UTC, with or without decimals
	layoutUnixMilli = "unix-ms" // whole milliseconds
)

// endOf9999 is the first second of the year 10000.
const endOf9999 = 253402300800

var errNumber = errors.New("not a number of seconds since 1970 up to the year 9999")

// ParseLayout reads a time by a layout of package time, or by "unix" or "unix-ms".
func ParseLayout(layout, text string, loc *time.Location) (time.Time, error) {
	switch layout {
	case layoutUnix:
		seconds, decimals, _ := strings.Cut(text, ".")
		s, ok := digits(seconds)
		nanos, ok2 := digits((decimals + "000000000")[:9])
		if !ok || !ok2 || len(decimals) > 9 || s >= endOf9999 {
			return time.Time{}, errNumber
		}
		return time.Unix(s, nanos).In(loc), nil
	case layoutUnixMilli:
		ms, ok := digits(text)
		if !ok || ms >= endOf9999*1000 {
			return time.Time{}, errNumber
		}
		return time.UnixMilli(ms).In(loc), nil
	}
	return time.ParseInLocation(layout, text, loc)
}

// digits reads a number without a sign.
func digits(s string) (int64, bool) {
	if s == "" || s[0] < '0' || s[0] > '9' {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil
}
