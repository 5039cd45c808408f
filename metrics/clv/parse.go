package clv

import (
	"errors"
	"fmt"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
)

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
