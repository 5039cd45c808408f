package durations

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math"
)

const version = 1

// MarshalBinary returns a compact form for a file or a database column, the same bytes for equal histograms:
//
//	version (1 byte), precision k (1 byte), negative (uvarint), sum (16 bytes, big-endian), number of buckets (uvarint),
//	and for each bucket that is not empty, ascending: its distance from the one before, less one (uvarint),
//	its count (uvarint)
func (h *Histogram) MarshalBinary() ([]byte, error) { return h.AppendBinary(nil) }

// AppendBinary implements [encoding.BinaryAppender]; see [Histogram.MarshalBinary].
func (h *Histogram) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, version, byte(h.bits()))
	b = binary.AppendUvarint(b, h.negative)
	b = binary.BigEndian.AppendUint64(b, h.sum.hi)
	b = binary.BigEndian.AppendUint64(b, h.sum.lo)
	full := uint64(0)
	for _, c := range h.counts {
		if c > 0 {
			full++
		}
	}
	b = binary.AppendUvarint(b, full)
	last := -1
	for i, c := range h.counts {
		if c > 0 {
			b = binary.AppendUvarint(b, uint64(h.base+i-last-1))
			b = binary.AppendUvarint(b, c)
			last = h.base + i
		}
	}
	return b, nil
}

// UnmarshalBinary replaces h with what [Histogram.MarshalBinary] wrote. It fails with [ErrEncoding] and leaves h as it
// was if the bytes are damaged, cut off, followed by others, or of another version. It takes at most 4 MB.
func (h *Histogram) UnmarshalBinary(b []byte) error {
	if len(b) > 0 && b[0] != version {
		return fmt.Errorf("%w: version %d, this library reads version %d", ErrEncoding, b[0], version)
	}
	if len(b) < 2 || b[1] < 1 || b[1] > maxPrecision {
		return fmt.Errorf("%w: no precision from 1 to %d", ErrEncoding, maxPrecision)
	}
	d := Histogram{precision: b[1]}
	if b[1] == defaultPrecision {
		d.precision = 0
	}
	r := reader{b: b[2:]}
	d.negative = r.uvarint(maxCount)
	d.sum = uint128{r.uint64(), r.uint64()}
	most := bucketOf(math.MaxInt64, d.bits())
	full := r.uvarint(uint64(most) + 1)
	buckets := r // read twice: room is made for what the first reading has found sound
	first, last := 0, -1
	for i := range full {
		bucket := last + 1 + int(r.uvarint(uint64(most)))
		count := r.uvarint(maxCount - d.n)
		if r.err == nil && (bucket > most || count == 0) {
			r.err = fmt.Errorf("%w: bucket %d with %d durations", ErrEncoding, bucket, count)
		}
		if r.err != nil {
			return r.err
		}
		if i == 0 {
			first = bucket
		}
		d.n += count
		last = bucket
	}
	switch {
	case r.err != nil:
		return r.err
	case len(r.b) > 0:
		return fmt.Errorf("%w: %d bytes too many", ErrEncoding, len(r.b))
	}
	d.base, d.counts = first, make([]uint64, last+1-first)
	at := -1 - first
	for range full {
		at += 1 + int(buckets.uvarint(maxCount))
		d.counts[at] = buckets.uvarint(maxCount)
	}
	if !d.sumFits() {
		return fmt.Errorf("%w: the sum does not fit the counts", ErrEncoding)
	}
	*h = d
	return nil
}

// MarshalText returns the binary form in base64 (RFC 4648), so that JSON keeps a histogram, as text.
func (h Histogram) MarshalText() ([]byte, error) {
	b, err := h.MarshalBinary()
	if err != nil {
		return nil, err
	}
	return base64.StdEncoding.AppendEncode(nil, b), nil
}

// UnmarshalText replaces h with what [Histogram.MarshalText] wrote; it fails like [Histogram.UnmarshalBinary].
func (h *Histogram) UnmarshalText(text []byte) error {
	b, err := base64.StdEncoding.AppendDecode(nil, text)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrEncoding, err)
	}
	return h.UnmarshalBinary(b)
}

// A reader takes numbers off the front of b; after the first failure it returns zeros.
type reader struct {
	b   []byte
	err error
}

func (r *reader) uvarint(most uint64) uint64 {
	if r.err != nil {
		return 0
	}
	x, n := binary.Uvarint(r.b)
	switch {
	case n <= 0 || n > 1 && r.b[n-1] == 0: // cut off, too long, or not the shortest form
		r.err = fmt.Errorf("%w: cut off", ErrEncoding)
	case x > most:
		r.err = fmt.Errorf("%w: %d where at most %d is possible", ErrEncoding, x, most)
	default:
		r.b = r.b[n:]
		return x
	}
	return 0
}

func (r *reader) uint64() uint64 {
	if r.err == nil && len(r.b) < 8 {
		r.err = fmt.Errorf("%w: cut off", ErrEncoding)
	}
	if r.err != nil {
		return 0
	}
	x := binary.BigEndian.Uint64(r.b)
	r.b = r.b[8:]
	return x
}
