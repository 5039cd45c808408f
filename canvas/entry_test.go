package canvas_test

import (
	"encoding"
	"fmt"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
)

// entryTypes returns the types of the entries of c that embed Item.
func entryTypes() map[reflect.Type]string {
	types := map[reflect.Type]string{}
	c := reflect.TypeFor[canvas.Canvas]()
	for i := range c.NumField() {
		if f := c.Field(i); f.Type.Kind() == reflect.Slice {
			types[f.Type.Elem()] = f.Name
		}
	}
	return types
}

func TestEveryBlockHasOneTypeAndEveryTypeIsAnEntry(t *testing.T) {
	types := entryTypes()
	require.Len(t, types, 9)
	entry := reflect.TypeFor[canvas.Entry]()
	blocks := map[canvas.Block]reflect.Type{}
	for typ := range types {
		require.True(t, reflect.PointerTo(typ).Implements(entry), "%s is no Entry", typ)
		assert.False(t, typ.Implements(entry), "%s is an Entry by value, and changes would be lost", typ)
		e := reflect.New(typ).Interface().(canvas.Entry)
		blocks[e.Block()] = typ
		e.Base().Key = "k"
		assert.Equal(t, cxmodel.Ref{Kind: e.Block().Kind(), Key: "k"}, e.Ref())
		_, ok := typ.MethodByName("Clone")
		assert.False(t, ok, "Clone of %s would be that of what it embeds", typ)
	}
	assert.Len(t, blocks, 9)
}

func TestEntriesWalkAllNineBlocksInOrder(t *testing.T) {
	c := filled()
	var seen []canvas.Block
	for e := range c.Entries() {
		seen = append(seen, e.Block())
	}
	assert.Len(t, seen, 18)
	assert.IsNonDecreasing(t, seen)
	for e := range c.Entries() {
		e.Base().Name = "changed"
	}
	assert.Equal(t, "changed", c.Costs[1].Name, "entries point into the canvas")
	for range c.Entries() {
		break // an iterator must bear being left
	}
}

// outsider has all that an outsider can have of an Entry.
type outsider struct{ canvas.Item }

func (*outsider) Block() canvas.Block { return canvas.Channels }
func (*outsider) Ref() cxmodel.Ref    { return cxmodel.Ref{} }

func TestEntryIsSealed(t *testing.T) {
	_, ok := any(new(outsider)).(canvas.Entry)
	assert.False(t, ok)
	_, ok = any(new(canvas.Item)).(canvas.Entry)
	assert.False(t, ok)
}

func TestItemHasNothingThatWouldChangeHowItsTypesAreWritten(t *testing.T) {
	for typ := range entryTypes() {
		x := reflect.New(typ).Interface()
		_, stringer := x.(fmt.Stringer)
		_, text := x.(encoding.TextMarshaler)
		_, json := x.(interface{ MarshalJSON() ([]byte, error) })
		assert.False(t, stringer || text || json, "%s", typ)
	}
}
