package clv

import (
	"errors"
	"fmt"
	"time"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
)

// parseDay reads the two plain date layouts without the cost of package time.
func parseDay(layout string, b []byte, loc *time.Location) (time.Time, bool) {
	var y, m, d int
	switch {
	case layout == time.DateOnly && len(b) == 10 && b[4] == '-' && b[7] == '-':
		y, m, d = digits(b[:4]), digits(b[5:7]), digits(b[8:])
	case layout == "20060102" && len(b) == 8:
		y, m, d = digits(b[:4]), digits(b[4:6]), digits(b[6:])
	}
	if y <= 0 || m < 1 || m > 12 || d < 1 || d > 28 {
		return time.Time{}, false // the ends of months are left to package time
	}
	return time.Date(y, time.Month(m), d, 0, 0, 0, 0, loc), true
}

// digits returns the number that b spells, -1 if it is none.
func digits(b []byte) int {
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// parseAmount reads a plain decimal number exactly. Thousands separators, symbols and exponents are refused.
func parseAmount(b []byte, point byte, currency string) (cxmodel.Money, error) {
	if len(b) == 0 {
		return cxmodel.Money{}, errors.New("the amount is empty")
	}
	var n int64
	scale, seen, after := 0, 0, false
	for i, c := range b {
		switch {
		case c >= '0' && c <= '9':
			if seen++; seen > 18 {
				return cxmodel.Money{}, fmt.Errorf("amount %q: %w", clip.Text(b), cxmodel.ErrOverflow)
			}
			n = n*10 + int64(c-'0')
			if after {
				scale++
			}
		case c == point && !after:
			after = true
		case (c == '-' || c == '+') && i == 0:
		default:
			seen = -len(b) // never a number
		}
	}
	if seen <= 0 {
		return cxmodel.Money{}, fmt.Errorf("%q is not an amount such as 1234%c50", clip.Text(b), point)
	}
	if b[0] == '-' {
		n = -n
	}
	return cxmodel.NewMoney(n, scale, currency)
}
