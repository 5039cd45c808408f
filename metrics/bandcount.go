package metrics

import (
	"fmt"
	"math"
	"unsafe"
)

// bandCounts are answers by band.
type bandCounts struct{ detractors, passives, promoters, missing, offScale int }

// answers returns the number of answers on the scale.
func (c bandCounts) answers() (int, error) {
	if c.detractors < 0 || c.passives < 0 || c.promoters < 0 {
		return 0, fmt.Errorf("%w: %d detractors, %d passives, %d promoters; counts are not negative", ErrCount, c.detractors, c.passives, c.promoters)
	}
	n, ok := sum(c.detractors, c.passives, c.promoters)
	if !ok {
		return 0, fmt.Errorf("%w: %d + %d + %d overflows", ErrCount, c.detractors, c.passives, c.promoters)
	}
	return n, nil
}

// sum adds counts that are not negative and reports whether the result fits.
func sum(counts ...int) (total int, ok bool) {
	for _, c := range counts {
		if c > math.MaxInt-total {
			return 0, false
		}
		total += c
	}
	return total, true
}

// add counts n answers of one score.
func (c *bandCounts) add(b Bands, score float64, n int) {
	switch {
	case b.Scale.Contains(score):
		switch b.side(score) {
		case -1:
			c.detractors += n
		case 0:
			c.passives += n
		default:
			c.promoters += n
		}
	case math.IsNaN(score):
		c.missing += n
	default:
		c.offScale += n
	}
}

// countBands counts answers by band without a branch on their values, which on real answers no processor can predict.
func countBands[T Number](scores []T, b Bands) bandCounts {
	// Three bands are three half-open ranges: [lo, first), [first, second), [second, hi].
	lo, hi := float64(b.Scale.Min), float64(b.Scale.Max)
	first, second := b.Passive, b.Promoter
	if b.Scale.LowIsGood {
		first, second = math.Nextafter(b.Promoter, math.Inf(1)), math.Nextafter(b.Passive, math.Inf(1))
	}
	cut := cuts{int64(lo), int64(math.Ceil(first)), int64(math.Ceil(second)), int64(hi)}
	var r ranges
	switch one := T(1); {
	case one/2 != 0:
		r = countFloats(scores, lo, first, second, hi, cut)
	default:
		if zero := T(0); zero-1 > zero {
			cut = cut.unsigned()
		}
		if unsafe.Sizeof(one) == 1 && cut.lo >= 0 && cut.hi < 127 {
			// The bytes of one-byte integers, whatever their named type.
			r = countBytes(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(scores))), len(scores)), cut)
		} else {
			r = countInts(scores, cut)
		}
	}
	c := bandCounts{detractors: r.first, passives: r.second, promoters: r.third, missing: r.missing}
	if b.Scale.LowIsGood {
		c.detractors, c.promoters = c.promoters, c.detractors
	}
	c.offScale = len(scores) - r.first - r.second - r.third - r.missing
	return c
}

// ranges are answers by range, from low to high, and NaNs.
type ranges struct{ first, second, third, missing int }

// cuts are the ranges of whole numbers [lo, first), [first, second), [second, hi].
type cuts struct{ lo, first, second, hi int64 }

// unsigned returns the cuts that matter to numbers that are not negative.
func (c cuts) unsigned() cuts {
	return cuts{max(c.lo, 0), max(c.first, 0), max(c.second, 0), max(c.hi, -1)}
}

// bit compiles to one instruction.
func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

func countFloats[T Number](scores []T, lo, first, second, hi float64, c cuts) (r ranges) {
	u1, u2, end := uint64(c.first-c.lo), uint64(c.second-c.lo), uint64(c.hi-c.lo)
	var whole, one, two, off int
	for _, s := range scores {
		x := float64(s)
		if i := int64(x); float64(i) == x { // nearly always, so that this branch is predicted
			u := uint64(i - c.lo)
			whole++
			one += bit(u >= u1)
			two += bit(u >= u2)
			off += bit(u > end)
			continue
		}
		switch {
		case x != x:
			r.missing++
		case !(x >= lo && x <= hi):
		case x < first:
			r.first++
		case x < second:
			r.second++
		default:
			r.third++
		}
	}
	r.add(ranges{first: whole - one, second: one - two, third: two - off})
	return r
}

func countInts[T Number](scores []T, c cuts) ranges {
	if c.hi < c.lo {
		return ranges{}
	}
	// What lies below lo wraps to a huge number, and is then above hi too. An unsigned 64-bit number beyond int64
	// wraps to a negative one; lo is not negative for unsigned types, so it ends off the scale as it must.
	first, second, end := uint64(c.first-c.lo), uint64(c.second-c.lo), uint64(c.hi-c.lo)
	var one, two, off int
	for _, s := range scores {
		u := uint64(int64(s) - c.lo)
		one += bit(u >= first)
		two += bit(u >= second)
		off += bit(u > end)
	}
	return ranges{first: len(scores) - one, second: one - two, third: two - off}
}
