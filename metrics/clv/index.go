package clv

import (
	"hash/maphash"
	"strings"
)

// chunked is a list that grows without being copied.
type chunked[T any] struct {
	chunks [][]T
	n      int32
}

const chunkBits = 12

func (c *chunked[T]) at(i int32) *T { return &c.chunks[i>>chunkBits][i&(1<<chunkBits-1)] }

func (c *chunked[T]) get(i int32) T { return *c.at(i) }

func (c *chunked[T]) grow() *T {
	if int(c.n>>chunkBits) == len(c.chunks) {
		c.chunks = append(c.chunks, make([]T, 1<<chunkBits))
	}
	c.n++
	return c.at(c.n - 1)
}

// idIndex numbers the customers in the order of their first appearance. It keeps its own copy of the names, many in one
// piece of memory, so that the rows that they came from can go.
type idIndex struct {
	seed  maphash.Seed
	slots []slot
	names chunked[string]
	text  strings.Builder
}

type slot struct {
	hash   uint32
	number int32 // 1 + number of the customer; 0: free
}

// hash may be called while the index grows: it reads the seed alone.
func (x *idIndex) hash(name string) uint32 { return uint32(maphash.String(x.seed, name)) }

// findAll returns the numbers of the customers of a batch, new ones in their order.
func (x *idIndex) findAll(batch []incoming) (numbers [batchSize]int32) {
	if x.slots == nil {
		x.slots = make([]slot, 1<<10)
	}
	var names [batchSize]string
	mask := uint32(len(x.slots) - 1)
	for i := range batch {
		at := batch[i].hash & mask
		for x.slots[at].number != 0 && x.slots[at].hash != batch[i].hash {
			at = (at + 1) & mask
		}
		numbers[i] = x.slots[at].number - 1
	}
	for i := range batch {
		if numbers[i] >= 0 {
			names[i] = *x.names.at(numbers[i])
		}
	}
	for i := range batch {
		if numbers[i] < 0 || names[i] != batch[i].customer {
			numbers[i] = x.find(batch[i].customer, batch[i].hash)
		}
	}
	return numbers
}

func (x *idIndex) find(name string, hash uint32) int32 {
	mask := uint32(len(x.slots) - 1)
	at := hash & mask
	for ; x.slots[at].number != 0; at = (at + 1) & mask {
		if s := x.slots[at]; s.hash == hash && *x.names.at(s.number - 1) == name {
			return s.number - 1
		}
	}
	x.slots[at] = slot{hash, x.names.n + 1}
	*x.names.grow() = x.keep(name)
	if 4*int(x.names.n) > 3*len(x.slots) {
		x.double()
	}
	return x.names.n - 1
}

func (x *idIndex) double() {
	old := x.slots
	x.slots = make([]slot, 2*len(old))
	mask := uint32(len(x.slots) - 1)
	for _, s := range old {
		if s.number == 0 {
			continue
		}
		at := s.hash & mask
		for x.slots[at].number != 0 {
			at = (at + 1) & mask
		}
		x.slots[at] = s
	}
}

// keep returns a copy of name within the current piece of text.
func (x *idIndex) keep(name string) string {
	if x.text.Cap()-x.text.Len() < len(name) {
		x.text = strings.Builder{}
		x.text.Grow(max(1<<16, len(name)))
	}
	from := x.text.Len()
	x.text.WriteString(name)
	return x.text.String()[from:]
}
