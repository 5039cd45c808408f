package survey

import (
	"math"
	"strconv"
	"time"
)

// parseScore reads a number with the decimal mark: the whole text, sign allowed, no blanks, no grouping.
func parseScore(text []byte, decimal byte) (float64, bool) {
	switch {
	case len(text) == 1 && isDigit(text[0]):
		return float64(text[0] - '0'), true
	case len(text) == 2 && isDigit(text[0]) && isDigit(text[1]):
		return float64(text[0]-'0')*10 + float64(text[1]-'0'), true
	case len(text) == 0 || len(text) > 64:
		return 0, false
	}
	var plain [64]byte
	digits := 0
	for i, c := range text {
		switch {
		case isDigit(c):
			digits++
		case c == decimal:
			c = '.'
		case c == '-', c == '+', c == 'e', c == 'E':
		default:
			return 0, false
		}
		plain[i] = c
	}
	x, err := strconv.ParseFloat(string(plain[:len(text)]), 64)
	return x, err == nil && digits > 0 && !math.IsInf(x, 0)
}

func isDigit(c byte) bool { return c-'0' <= 9 }

// parseISO reads the forms of ISO 8601 that exports have: a date, or a date and a time to the minute or finer behind
// "T" or a blank, with or without "Z" or an offset. Without one the time is that of loc.
func parseISO(text []byte, loc *time.Location) (time.Time, bool) {
	if len(text) < 10 || text[4] != '-' || text[7] != '-' {
		return time.Time{}, false
	}
	y1, ok1 := twoDigits(text[0:2])
	y2, ok2 := twoDigits(text[2:4])
	month, ok3 := twoDigits(text[5:7])
	day, ok4 := twoDigits(text[8:10])
	year := y1*100 + y2
	if !ok1 || !ok2 || !ok3 || !ok4 || year == 0 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return time.Time{}, false
	}
	rest := text[10:]
	if len(rest) == 0 {
		return date(year, month, day, 0, 0, 0, loc), true
	}
	if len(rest) < 6 || rest[0] != 'T' && rest[0] != ' ' || rest[3] != ':' {
		return time.Time{}, false
	}
	hour, ok1 := twoDigits(rest[1:3])
	minute, ok2 := twoDigits(rest[4:6])
	rest = rest[6:]
	seconds, nanos := 0, 0
	if len(rest) >= 3 && rest[0] == ':' {
		seconds, ok3 = twoDigits(rest[1:3])
		if rest = rest[3:]; len(rest) > 1 && rest[0] == '.' {
			n, scale := 1, 100_000_000
			for ; n < len(rest) && isDigit(rest[n]); n++ {
				nanos += int(rest[n]-'0') * scale
				scale /= 10
			}
			ok4 = n > 1
			rest = rest[n:]
		}
	}
	if !ok1 || !ok2 || !ok3 || !ok4 || hour > 23 || minute > 59 || seconds > 59 {
		return time.Time{}, false
	}
	second := (hour*60+minute)*60 + seconds
	switch {
	case len(rest) == 0:
		return date(year, month, day, second, nanos, 0, loc), true
	case len(rest) == 1 && rest[0] == 'Z':
		return date(year, month, day, second, nanos, 0, time.UTC), true
	case rest[0] != '+' && rest[0] != '-':
		return time.Time{}, false
	}
	sign := 1
	if rest[0] == '-' {
		sign = -1
	}
	rest = rest[1:]
	if len(rest) == 5 && rest[2] == ':' {
		rest = []byte{rest[0], rest[1], rest[3], rest[4]}
	}
	if len(rest) != 2 && len(rest) != 4 {
		return time.Time{}, false
	}
	oh, ok1 := twoDigits(rest[:2])
	om := 0
	if ok2 = true; len(rest) == 4 {
		om, ok2 = twoDigits(rest[2:])
	}
	if !ok1 || !ok2 || oh > 23 || om > 59 {
		return time.Time{}, false
	}
	return date(year, month, day, second, nanos, sign*(oh*60+om)*60, time.UTC), true
}

// date returns a moment; second counts from midnight, offset in seconds east of loc, which is UTC where it is not 0.
func date(year, month, day, second, nanos, offset int, loc *time.Location) time.Time {
	if loc == time.UTC {
		return time.Unix(days(year, month, day)*86400+int64(second-offset), int64(nanos)).UTC()
	}
	return time.Date(year, time.Month(month), day, 0, 0, second, nanos, loc)
}

func twoDigits(two []byte) (int, bool) {
	return int(two[0]-'0')*10 + int(two[1]-'0'), isDigit(two[0]) && isDigit(two[1])
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}
