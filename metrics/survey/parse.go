package survey

import (
	"math"
	"strconv"
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
