package metrics

import "encoding/binary"

const (
	everyByte = 0x0101010101010101 // times b: b in each of the eight bytes
	topBits   = 0x80 * everyByte
	stride    = 32          // bytes a step
	block     = 63 * stride // 252 words: a counter in each byte of a word holds up to 255
	evenBytes = 0x00ff00ff00ff00ff
)

// countBytes is countInts for bytes and cuts with 0 <= lo and hi < 127, eight bytes at a time. For bytes below 128,
// adding 128-t sets the top bit of just those that are t or more, and carries nothing into the next byte. A block with
// a byte off the scale is counted again with more care.
func countBytes(scores []byte, c cuts) ranges {
	var r ranges
	first, second := everyByte*uint64(128-c.first), everyByte*uint64(128-c.second)
	above, below := everyByte*uint64(127-c.hi), everyByte*uint64(127+c.lo)
	for len(scores) >= stride {
		part := scores[:min(block, len(scores)/stride*stride)]
		scores = scores[len(part):]
		var one, two, off uint64
		for b := part; len(b) >= stride; b = b[stride:] {
			w0, w1 := binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[8:])
			w2, w3 := binary.LittleEndian.Uint64(b[16:]), binary.LittleEndian.Uint64(b[24:])
			one += ((w0+first)>>7&everyByte + (w1+first)>>7&everyByte) + ((w2+first)>>7&everyByte + (w3+first)>>7&everyByte)
			two += ((w0+second)>>7&everyByte + (w1+second)>>7&everyByte) + ((w2+second)>>7&everyByte + (w3+second)>>7&everyByte)
			off |= (w0 | (w0 + above) | (below - w0)) | (w1 | (w1 + above) | (below - w1)) |
				(w2 | (w2 + above) | (below - w2)) | (w3 | (w3 + above) | (below - w3))
		}
		if off&topBits != 0 {
			r.add(countStrayBytes(part, c))
			continue
		}
		n1, n2 := sumBytes(one), sumBytes(two)
		r.add(ranges{first: len(part) - n1, second: n1 - n2, third: n2})
	}
	r.add(countInts(scores, c))
	return r
}

// countStrayBytes is countBytes for a block of any bytes, from 0 to 255: the top bit is left out of the sum and put back.
func countStrayBytes(block []byte, c cuts) ranges {
	const low7 = 0x7f * everyByte
	first, second := everyByte*uint64(128-c.first), everyByte*uint64(128-c.second)
	lowest, above := everyByte*uint64(128-c.lo), everyByte*uint64(127-c.hi)
	var one, two, all, off uint64
	for b := block; len(b) >= 8; b = b[8:] {
		w := binary.LittleEndian.Uint64(b)
		v := w & low7
		one += (v + first | w) >> 7 & everyByte
		two += (v + second | w) >> 7 & everyByte
		all += (v + lowest | w) >> 7 & everyByte
		off += (v + above | w) >> 7 & everyByte
	}
	n1, n2 := sumBytes(one), sumBytes(two)
	return ranges{first: sumBytes(all) - n1, second: n1 - n2, third: n2 - sumBytes(off)}
}

// sumBytes returns the sum of the eight bytes of w.
func sumBytes(w uint64) int {
	w = w&evenBytes + w>>8&evenBytes
	return int(w * 0x0001000100010001 >> 48)
}

func (r *ranges) add(s ranges) {
	r.first += s.first
	r.second += s.second
	r.third += s.third
	r.missing += s.missing
}
