package records

import "time"

// ParseTime reads the forms of ISO 8601 that exports have: a date, or a date and a time to the minute or finer behind
// "T" or a blank, with or without "Z" or an offset. Without one the time is that of loc.
func ParseTime(text []byte, loc *time.Location) (time.Time, bool) {
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
			for ; n < len(rest) && digit(rest[n]); n++ {
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
	if loc == time.UTC { // a third of the time of time.Date
		return time.Unix(days(year, month, day)*86400+int64(second-offset), int64(nanos)).UTC()
	}
	return time.Date(year, time.Month(month), day, 0, 0, second, nanos, loc)
}

func twoDigits(two []byte) (int, bool) {
	return int(two[0]-'0')*10 + int(two[1]-'0'), digit(two[0]) && digit(two[1])
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

func digit(c byte) bool { return c-'0' <= 9 }

// days returns the day of a date of the year 1 or later, counted from 1 January 1970 (Hinnant, days_from_civil).
func days(year, month, day int) int64 {
	if month <= 2 {
		year--
	}
	era, ofEra := year/400, year%400
	ofYear := (153*((month+9)%12)+2)/5 + day - 1
	return int64(era*146097 + ofEra*365 + ofEra/4 - ofEra/100 + ofYear - 719468)
}
