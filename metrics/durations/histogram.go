package durations

import (
	"fmt"
	"iter"
	"math"
	"math/bits"
	"time"

	"github.com/cxmodel/cxmodel/metrics"
)

// A Histogram counts durations in buckets whose width grows with the duration. Each octave, from 2^e to 2^(e+1)
// nanoseconds, is cut into 2^k buckets of equal width, so that
//
//	width / duration <= 2^-k
//
// and the middle of a bucket is within 2^-(k+1) of all that is in it; below 2^(k+1) ns every nanosecond has its own
// bucket. Bucket numbers are computed in integers, hence the same on every machine. k is 6 unless [New] asks for more.
//
// It takes 8 bytes for each bucket between the shortest and the longest duration: 11 kB from a second to a month. The
// zero Histogram is empty and ready. It is not safe for concurrent writing: give each goroutine one, and merge.
type Histogram struct {
	precision uint8    // k, or 0 for defaultPrecision
	base      int      // the bucket of counts[0]
	counts    []uint64 // by bucket
	n         uint64
	negative  uint64
	sum       uint128 // of all durations in nanoseconds
}

const (
	defaultPrecision = 6
	maxPrecision     = 13
	maxCount         = 1 << 53 // durations in all, so that a count is exact as a float64 too
)

// New returns an empty histogram whose quantiles are within relativeError, in [0.0001, 0.25]; 0 means .01. The error
// kept is the next power of two below: see [Histogram.RelativeError].
func New(relativeError float64) (*Histogram, error) {
	if relativeError == 0 {
		return &Histogram{}, nil
	}
	if !(relativeError >= .0001 && relativeError <= .25) {
		return nil, fmt.Errorf("%w: relative error %v; want .0001 to .25, such as .01 for 1 %%", metrics.ErrOption, relativeError)
	}
	h := &Histogram{precision: 1}
	for h.RelativeError() > relativeError {
		h.precision++
	}
	return h, nil
}

func (h *Histogram) bits() int {
	if h.precision == 0 {
		return defaultPrecision
	}
	return int(h.precision)
}

// RelativeError returns the largest error of a quantile, relative to the duration of its rank: 1/128 for the zero
// Histogram.
func (h *Histogram) RelativeError() float64 { return math.Ldexp(1, -h.bits()-1) }

// N returns the number of durations counted.
func (h *Histogram) N() int { return int(h.n) }

// Negative returns how many durations were below zero, the sign of clocks that disagree. They are not in N.
func (h *Histogram) Negative() int { return int(h.negative) }

// bucketOf returns the bucket of v nanoseconds at precision k.
func bucketOf(v uint64, k int) int {
	shift := max(bits.Len64(v)-1-k, 0)
	return shift<<k + int(v>>shift)
}

// boundsOf returns the shortest and the longest duration of bucket i at precision k.
func boundsOf(i, k int) (low, high uint64) {
	shift := max(i>>k-1, 0)
	low = uint64(i-shift<<k) << shift
	return low, low + 1<<shift - 1
}

// Add counts d; below zero it goes to [Histogram.Negative].
func (h *Histogram) Add(d time.Duration) {
	if d < 0 {
		h.negative++
		return
	}
	i := bucketOf(uint64(d), h.bits()) - h.base
	if uint(i) >= uint(len(h.counts)) {
		i = h.cover(i+h.base, i+h.base)
	}
	h.counts[i]++
	h.n++
	h.sum.add(uint128{0, uint64(d)})
}

// AddN counts d n times. It fails with [metrics.ErrCount], and counts nothing, where n is negative or there would be
// more than 2^53 in all.
func (h *Histogram) AddN(d time.Duration, n int) error {
	if n < 0 || uint64(n) > maxCount || h.n+uint64(n) > maxCount || h.negative+uint64(n) > maxCount {
		return fmt.Errorf("%w: %d more of %v on top of %d", metrics.ErrCount, n, d, h.n)
	}
	if n == 0 {
		return nil
	}
	if d < 0 {
		h.negative += uint64(n)
		return nil
	}
	b := bucketOf(uint64(d), h.bits())
	h.counts[h.cover(b, b)] += uint64(n)
	h.n += uint64(n)
	h.sum.add(times(uint64(d), uint64(n)))
	return nil
}

// cover makes room for the buckets from low to high and returns the index of low in counts. It grows by half as much
// again as there is, so that a rising series does not copy at each step.
func (h *Histogram) cover(low, high int) int {
	if len(h.counts) == 0 {
		h.base = low
		h.counts = make([]uint64, high-low+1)
		return 0
	}
	if from, to := h.base, h.base+len(h.counts); low < from || high >= to {
		spare := len(h.counts) / 2
		if low < from {
			from = max(low-spare, 0)
		}
		if high >= to {
			to = min(high+1+spare, bucketOf(math.MaxInt64, h.bits())+1)
		}
		counts := make([]uint64, to-from)
		copy(counts[h.base-from:], h.counts)
		h.base, h.counts = from, counts
	}
	return low - h.base
}

// Merge adds the counts of other, which stays as it is. It fails with [metrics.ErrMismatch] where the relative errors
// differ, and with [metrics.ErrCount] where there would be more
// than 2^53 durations; then h stays as it was.
func (h *Histogram) Merge(other *Histogram) error {
	if other == nil {
		return fmt.Errorf("%w: there is no histogram to merge", metrics.ErrMismatch)
	}
	if h.bits() != other.bits() {
		return fmt.Errorf("%w: histograms with relative errors %v and %v", metrics.ErrMismatch, h.RelativeError(), other.RelativeError())
	}
	if h.n+other.n > maxCount || h.negative+other.negative > maxCount {
		return fmt.Errorf("%w: %d and %d durations together", metrics.ErrCount, h.n, other.n)
	}
	if low, counts := other.used(); len(counts) > 0 {
		at := h.cover(low, low+len(counts)-1)
		for i, c := range counts {
			h.counts[at+i] += c
		}
	}
	h.n += other.n
	h.negative += other.negative
	h.sum.add(other.sum)
	return nil
}

// Sub takes the counts of other out again: Sub undoes Merge. It fails with [metrics.ErrMismatch] where the relative
// errors differ, and with [metrics.ErrCount] where other is not part of h; then h stays as it was.
func (h *Histogram) Sub(other *Histogram) error {
	if other == nil {
		return fmt.Errorf("%w: there is no histogram to take away", metrics.ErrMismatch)
	}
	if h.bits() != other.bits() {
		return fmt.Errorf("%w: histograms with relative errors %v and %v", metrics.ErrMismatch, h.RelativeError(), other.RelativeError())
	}
	rest := h.Clone()
	low, counts := other.used()
	fits := other.n <= h.n && other.negative <= h.negative && !h.sum.less(other.sum)
	for i, c := range counts {
		if c > rest.count(low+i) {
			fits = false
		} else if c > 0 {
			rest.counts[low+i-rest.base] -= c
		}
	}
	rest.n -= other.n
	rest.negative -= other.negative
	rest.sum.sub(other.sum)
	if !fits || !rest.sumFits() {
		return fmt.Errorf("%w: what is taken out was never counted", metrics.ErrCount)
	}
	*h = *rest
	return nil
}

// sumFits reports whether the sum can be that of durations in the buckets.
func (h *Histogram) sumFits() bool {
	var least, greatest uint128
	for i, c := range h.counts {
		if c > 0 {
			low, high := boundsOf(h.base+i, h.bits())
			least.add(times(low, c))
			greatest.add(times(high, c))
		}
	}
	return !h.sum.less(least) && !greatest.less(h.sum)
}

// count returns the count of a bucket, also of one that there is no room for.
func (h *Histogram) count(bucket int) uint64 {
	if i := bucket - h.base; uint(i) < uint(len(h.counts)) {
		return h.counts[i]
	}
	return 0
}

// used returns the counts from the first to the last that is not zero, and the bucket of the first.
func (h *Histogram) used() (low int, counts []uint64) {
	first, last := 0, len(h.counts)
	for first < last && h.counts[first] == 0 {
		first++
	}
	for last > first && h.counts[last-1] == 0 {
		last--
	}
	return h.base + first, h.counts[first:last]
}

// Clone returns a copy that shares nothing with h.
func (h *Histogram) Clone() *Histogram {
	c := *h
	low, counts := h.used()
	c.base, c.counts = low, append([]uint64(nil), counts...)
	return &c
}

// A Bucket is a range of durations, both ends included, and how many fell into it.
type Bucket struct {
	Low, High time.Duration
	Count     int
}

// Buckets yields the buckets that are not empty, the shortest durations first.
func (h *Histogram) Buckets() iter.Seq[Bucket] {
	return func(yield func(Bucket) bool) {
		for i, c := range h.counts {
			if c == 0 {
				continue
			}
			low, high := boundsOf(h.base+i, h.bits())
			if !yield(Bucket{time.Duration(low), time.Duration(high), int(c)}) {
				return
			}
		}
	}
}
