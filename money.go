package cxmodel

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"math/bits"
	"strconv"
	"strings"
)

// Errors of money arithmetic. All are wrapped with the amounts at fault.
var (
	ErrCurrency = errors.New("unknown currency")      // not an ISO 4217 code
	ErrMixed    = errors.New("currencies do not mix") // one sum, two currencies
	ErrOverflow = errors.New("money out of range")    // more than 18 digits
	ErrAmount   = errors.New("malformed money")       // text that is not "12.50 EUR"
)

const maxMoneyScale = 18

// Money is an exact decimal amount of one currency. It is normalised, so == compares values: 12.5 EUR == 12.50 EUR.
// The zero Money is nothing in no currency; it adds to any other.
type Money struct {
	coefficient int64 // value = coefficient / 10^scale, without trailing zeros
	scale       uint8
	currency    [3]byte
}

// NewMoney returns coefficient / 10^scale of the currency, an ISO 4217 code: NewMoney(1250, 2, "EUR") is 12.50 EUR.
func NewMoney(coefficient int64, scale int, currency string) (Money, error) {
	if _, known := currencyDigits[currency]; !known {
		return Money{}, fmt.Errorf("cxmodel: %w: %q; use an ISO 4217 code such as EUR", ErrCurrency, shorten(currency, 16))
	}
	if scale < 0 || scale > maxMoneyScale {
		return Money{}, fmt.Errorf("cxmodel: %w: %d digits after the point; 0 to %d are allowed", ErrOverflow, scale, maxMoneyScale)
	}
	return normalised(coefficient, uint8(scale), [3]byte([]byte(currency))), nil
}

// ParseMoney reads "12.50 EUR": digits with an optional sign and point, a blank, an ISO 4217 code.
// Thousands separators and symbols are refused, because their meaning depends on the country.
func ParseMoney(s string) (Money, error) {
	number, currency, found := strings.Cut(strings.TrimSpace(s), " ")
	if !found {
		return Money{}, fmt.Errorf("cxmodel: %w: %q; write number, blank and currency, such as %q", ErrAmount, shorten(s, 40), "12.50 EUR")
	}
	coefficient, scale, err := parseDecimal(number)
	if err != nil {
		return Money{}, err
	}
	return NewMoney(coefficient, scale, strings.TrimSpace(currency))
}

func parseDecimal(s string) (coefficient int64, scale int, err error) {
	digits := strings.TrimLeft(s, "+-")
	whole, fraction, _ := strings.Cut(digits, ".")
	if len(s)-len(digits) > 1 || whole+fraction == "" || strings.Trim(whole+fraction, "0123456789") != "" {
		return 0, 0, fmt.Errorf("cxmodel: %w: %q is not a number such as 1234.50", ErrAmount, shorten(s, 40))
	}
	fraction = strings.TrimRight(fraction, "0")
	if len(fraction) > maxMoneyScale {
		return 0, 0, fmt.Errorf("cxmodel: %w: %q has more than %d digits after the point", ErrOverflow, shorten(s, 40), maxMoneyScale)
	}
	sign := s[:len(s)-len(digits)]
	coefficient, err = strconv.ParseInt(sign+whole+fraction, 10, 64)
	if err != nil || coefficient == math.MinInt64 {
		return 0, 0, fmt.Errorf("cxmodel: %w: %q", ErrOverflow, shorten(s, 40))
	}
	return coefficient, len(fraction), nil
}

func normalised(coefficient int64, scale uint8, currency [3]byte) Money {
	for scale > 0 && coefficient%10 == 0 {
		coefficient /= 10
		scale--
	}
	return Money{coefficient, scale, currency}
}

// IsZero reports whether m is nothing, in whatever currency.
func (m Money) IsZero() bool { return m.coefficient == 0 }

// Currency returns the ISO 4217 code, "" for the zero Money.
func (m Money) Currency() string {
	if m.currency == [3]byte{} {
		return ""
	}
	return string(m.currency[:])
}

// Sign returns -1, 0 or +1.
func (m Money) Sign() int {
	switch {
	case m.coefficient < 0:
		return -1
	case m.coefficient > 0:
		return 1
	}
	return 0
}

// Neg returns -m.
func (m Money) Neg() Money {
	m.coefficient = -m.coefficient
	return m
}

// Add returns m + o, exactly. Two currencies are ErrMixed, more than 18 digits ErrOverflow.
func (m Money) Add(o Money) (Money, error) {
	a, b, err := m.align(o)
	if err != nil {
		return Money{}, err
	}
	sum := a.coefficient + b.coefficient
	if (a.coefficient > 0) == (b.coefficient > 0) && (sum > 0) != (a.coefficient > 0) && a.coefficient != 0 && b.coefficient != 0 || sum == math.MinInt64 {
		return Money{}, fmt.Errorf("cxmodel: %w: %s + %s", ErrOverflow, m, o)
	}
	return normalised(sum, a.scale, a.currency), nil
}

// Sub returns m - o, with the errors of Add.
func (m Money) Sub(o Money) (Money, error) { return m.Add(o.Neg()) }

// Mul returns m × n, exactly, or ErrOverflow.
func (m Money) Mul(n int64) (Money, error) {
	if n == math.MinInt64 {
		return Money{}, fmt.Errorf("cxmodel: %w: %s × %d", ErrOverflow, m, n)
	}
	hi, lo := bits.Mul64(magnitude(m.coefficient), magnitude(n))
	if hi != 0 || lo > math.MaxInt64 {
		return Money{}, fmt.Errorf("cxmodel: %w: %s × %d", ErrOverflow, m, n)
	}
	product := int64(lo)
	if (m.coefficient < 0) != (n < 0) {
		product = -product
	}
	return normalised(product, m.scale, m.currency), nil
}

// Cmp returns -1, 0 or +1 as m is less than, equal to or greater than o; two currencies are ErrMixed.
func (m Money) Cmp(o Money) (int, error) {
	d, err := m.Sub(o)
	if errors.Is(err, ErrOverflow) { // the difference is out of range, its sign is not
		if m.Sign() != o.Sign() {
			return cmp.Compare(m.Sign(), o.Sign()), nil
		}
		return m.Sign() * cmp.Compare(o.scale, m.scale), nil // the one of fewer decimals does not fit the scale of the other
	}
	return d.Sign(), err
}

// Round returns m rounded half to even at the minor unit of its currency: 12.345 EUR is 12.34 EUR.
func (m Money) Round() Money {
	digits := m.digits()
	if int(m.scale) <= digits {
		return m
	}
	unit := pow10(int(m.scale) - digits)
	quotient, remainder := m.coefficient/unit, m.coefficient%unit
	if twice := magnitude(remainder) * 2; twice > uint64(unit) || twice == uint64(unit) && quotient%2 != 0 {
		if m.coefficient < 0 {
			quotient--
		} else {
			quotient++
		}
	}
	return normalised(quotient, uint8(digits), m.currency)
}

// Float64 returns the nearest float64, for formulas; sums belong in Add.
func (m Money) Float64() float64 {
	if m.coefficient > -1<<53 && m.coefficient < 1<<53 {
		return float64(m.coefficient) / float64(pow10(int(m.scale))) // both exact below 2^53 and 10^22: one rounding
	}
	number, _, _ := strings.Cut(m.String(), " ")
	f, _ := strconv.ParseFloat(number, 64)
	return f
}

// String returns "12.50 EUR", with at least the digits of the currency's minor unit; "0" for the zero Money.
func (m Money) String() string {
	digits := strconv.FormatUint(magnitude(m.coefficient), 10)
	scale := int(m.scale)
	if least := m.digits(); scale < least {
		digits += strings.Repeat("0", least-scale)
		scale = least
	}
	if len(digits) <= scale {
		digits = strings.Repeat("0", scale-len(digits)+1) + digits
	}
	if scale > 0 {
		digits = digits[:len(digits)-scale] + "." + digits[len(digits)-scale:]
	}
	if m.coefficient < 0 {
		digits = "-" + digits
	}
	if m.currency == [3]byte{} {
		return digits
	}
	return digits + " " + m.Currency()
}

// MarshalText implements [encoding.TextMarshaler].
func (m Money) MarshalText() ([]byte, error) {
	if m == (Money{}) {
		return nil, nil
	}
	return []byte(m.String()), nil
}

// UnmarshalText implements [encoding.TextUnmarshaler]; see [ParseMoney].
func (m *Money) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*m = Money{}
		return nil
	}
	parsed, err := ParseMoney(string(text))
	if err != nil {
		return err
	}
	*m = parsed
	return nil
}

// align returns both amounts at one scale and in one currency; the zero Money takes the other's.
func (m Money) align(o Money) (a, b Money, err error) {
	if m == (Money{}) {
		m.currency = o.currency
	}
	if o == (Money{}) {
		o.currency = m.currency
	}
	if m.currency != o.currency {
		return m, o, fmt.Errorf("cxmodel: %w: %s and %s", ErrMixed, m, o)
	}
	a, b = m, o
	for a.scale != b.scale {
		low := &a
		if b.scale < a.scale {
			low = &b
		}
		if magnitude(low.coefficient) > math.MaxInt64/10 {
			return m, o, fmt.Errorf("cxmodel: %w: %s and %s", ErrOverflow, m, o)
		}
		low.coefficient *= 10
		low.scale++
	}
	return a, b, nil
}

func (m Money) digits() int { return int(currencyDigits[m.Currency()]) }

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

func pow10(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}
