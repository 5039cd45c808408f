package metrics

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/cxmodel/cxmodel"
)

// tallyVersion is the first byte of the binary form.
const tallyVersion = 1

// MarshalBinary returns a compact form for a file or a database column, the same bytes for equal tallies:
//
//	version (1 byte), flags (1 byte, bit 0: low is good), scale min (varint), scale max (varint),
//	missing, off scale, one count per whole point, number of fractions (uvarints),
//	and for each fraction, ascending: its value (8 bytes, IEEE 754, big-endian), its count (uvarint)
func (t *Tally) MarshalBinary() ([]byte, error) { return t.AppendBinary(nil) }

// AppendBinary implements [encoding.BinaryAppender]; see [Tally.MarshalBinary].
func (t *Tally) AppendBinary(b []byte) ([]byte, error) {
	if err := t.scale.Check(); err != nil {
		return b, fmt.Errorf("metrics: a tally without scale has no binary form: %w", err)
	}
	var flags byte
	if t.scale.LowIsGood {
		flags = 1
	}
	b = append(b, tallyVersion, flags)
	b = binary.AppendVarint(b, int64(t.scale.Min))
	b = binary.AppendVarint(b, int64(t.scale.Max))
	b = binary.AppendUvarint(b, uint64(t.missing))
	b = binary.AppendUvarint(b, uint64(t.offScale))
	for _, c := range t.points {
		b = binary.AppendUvarint(b, uint64(c))
	}
	b = binary.AppendUvarint(b, uint64(len(t.fractions)))
	if len(t.fractions) == 0 {
		return b, nil
	}
	for _, x := range slices.Sorted(maps.Keys(t.fractions)) {
		b = binary.BigEndian.AppendUint64(b, math.Float64bits(x))
		b = binary.AppendUvarint(b, uint64(t.fractions[x]))
	}
	return b, nil
}

// UnmarshalBinary replaces t with what [Tally.MarshalBinary] wrote. It fails with [ErrEncoding] and leaves t as it was
// if the bytes are damaged, cut off, followed by others, or of another version.
func (t *Tally) UnmarshalBinary(b []byte) error {
	r := tallyReader{b: b}
	if v := r.byte(); r.err == nil && v != tallyVersion {
		return fmt.Errorf("%w: version %d, this library reads version %d", ErrEncoding, v, tallyVersion)
	}
	flags := r.byte()
	scale := cxmodel.Scale{Min: int(r.varint()), Max: int(r.varint()), LowIsGood: flags == 1}
	if r.err != nil {
		return r.err
	}
	if err := scale.Check(); err != nil || flags > 1 {
		return fmt.Errorf("%w: flags %d, scale %v", ErrEncoding, flags, scale)
	}
	if len(b) < scale.Points() {
		return fmt.Errorf("%w: cut off", ErrEncoding)
	}
	d := NewTally(scale)
	r.addN(d, math.NaN())
	r.addN(d, float64(scale.Max)+1)
	for i := range d.points {
		r.addN(d, float64(scale.Min+i))
	}
	last := math.Inf(-1)
	for range r.uvarint() {
		x := math.Float64frombits(r.uint64())
		if r.err == nil && !(x > last && scale.Contains(x) && x != math.Trunc(x)) {
			return fmt.Errorf("%w: fraction %v", ErrEncoding, x)
		}
		last = x
		if r.addN(d, x); d.fractions[x] == 0 { // no count, or no bytes left
			r.fail()
			break
		}
	}
	switch {
	case r.err != nil:
		return r.err
	case len(r.b) > 0:
		return fmt.Errorf("%w: %d bytes too many", ErrEncoding, len(r.b))
	}
	*t = *d
	return nil
}

// MarshalText returns the binary form in base64 (RFC 4648), so that JSON keeps a tally, as text.
func (t Tally) MarshalText() ([]byte, error) {
	b, err := t.MarshalBinary()
	if err != nil {
		return nil, err
	}
	return base64.StdEncoding.AppendEncode(nil, b), nil
}

// UnmarshalText replaces t with what [Tally.MarshalText] wrote; it fails like [Tally.UnmarshalBinary].
func (t *Tally) UnmarshalText(text []byte) error {
	b, err := base64.StdEncoding.AppendDecode(nil, text)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrEncoding, err)
	}
	return t.UnmarshalBinary(b)
}

// tallyReader reads the binary form and keeps the first error.
type tallyReader struct {
	b   []byte
	err error
}

func (r *tallyReader) fail() {
	if r.err == nil {
		r.err = fmt.Errorf("%w: cut off or damaged", ErrEncoding)
	}
}

func (r *tallyReader) take(n int) []byte {
	if r.err != nil || n <= 0 || n > len(r.b) {
		r.fail()
		return make([]byte, 8)
	}
	head := r.b[:n]
	r.b = r.b[n:]
	return head
}

func (r *tallyReader) byte() byte     { return r.take(1)[0] }
func (r *tallyReader) uint64() uint64 { return binary.BigEndian.Uint64(r.take(8)) }

func (r *tallyReader) varint() int64 {
	v, n := binary.Varint(r.b)
	r.take(n)
	return v
}

func (r *tallyReader) uvarint() uint64 {
	v, n := binary.Uvarint(r.b)
	r.take(n)
	if r.err != nil {
		return 0
	}
	return v
}

// addN reads a count of answers of score.
func (r *tallyReader) addN(t *Tally, score float64) {
	v := r.uvarint()
	if v > math.MaxInt || r.err == nil && t.AddN(score, int(v)) != nil {
		r.fail()
	}
}
