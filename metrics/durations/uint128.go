package durations

import "math/bits"

// A uint128 is a sum of nanoseconds that no histogram overflows: 2^53 durations of 2^63 ns make 2^116.
type uint128 struct{ hi, lo uint64 }

func (s *uint128) add(x uint128) {
	var carry uint64
	s.lo, carry = bits.Add64(s.lo, x.lo, 0)
	s.hi, _ = bits.Add64(s.hi, x.hi, carry)
}

func (s *uint128) sub(x uint128) {
	var borrow uint64
	s.lo, borrow = bits.Sub64(s.lo, x.lo, 0)
	s.hi, _ = bits.Sub64(s.hi, x.hi, borrow)
}

func (s uint128) less(x uint128) bool { return s.hi < x.hi || s.hi == x.hi && s.lo < x.lo }

// over returns s/n; a remainder above 2^53 loses its last bits.
func (s uint128) over(n uint64) float64 {
	high, rest := bits.Div64(0, s.hi, n)
	low, rest := bits.Div64(rest, s.lo, n)
	return float64(high)*0x1p64 + float64(low) + float64(rest)/float64(n)
}

func times(a, b uint64) uint128 {
	hi, lo := bits.Mul64(a, b)
	return uint128{hi, lo}
}
