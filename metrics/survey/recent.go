package survey

// recent is a small table of the texts seen lately with their codes. A look into it takes a third of the time of a look
// into a map, which stands behind it.
type recent[S ~string] [1 << recentBits]struct {
	text S
	code uint16
}

const recentBits = 10

// recentSlot returns the place of a text by its length and three of its bytes.
func recentSlot[T ~string | ~[]byte](text T) uint32 {
	h := uint32(len(text))
	if n := len(text); n > 1 {
		h += uint32(text[n-1])<<24 ^ uint32(text[n-2])<<16 ^ uint32(text[n/2])<<8
	}
	return h * 2654435761 >> (32 - recentBits) // Knuth's multiplicative hash
}

// recentCells is the same for the cells of a Cube; cell is one more than the index, 0 where the place is free.
type recentCells [1 << recentBits]struct {
	id   cellID
	cell uint32
}

func (id cellID) recentSlot() uint64 {
	return uint64(id) * 0x9e3779b97f4a7c15 >> (64 - recentBits) // Fibonacci hashing
}
