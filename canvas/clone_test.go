package canvas_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/canvas"
)

func TestCloneIsEqualAndSharesNothing(t *testing.T) {
	c := filled()
	d := c.Clone()
	require.Equal(t, c, d)
	memory := map[uintptr]string{}
	pointers(reflect.ValueOf(c).Elem(), "", func(path string, p uintptr) { memory[p] = path })
	require.Greater(t, len(memory), 300)
	pointers(reflect.ValueOf(d).Elem(), "", func(path string, p uintptr) {
		assert.NotContains(t, memory, p, "%s is shared", path)
	})
	assert.Nil(t, (*canvas.Canvas)(nil).Clone())
	assert.Equal(t, new(canvas.Canvas), new(canvas.Canvas).Clone(), "nil stays nil")
}

// pointers calls f with the address of every slice, map and pointer below v.
func pointers(v reflect.Value, path string, f func(path string, p uintptr)) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				pointers(v.Field(i), path+"."+v.Type().Field(i).Name, f)
			}
		}
	case reflect.Slice:
		if v.Len() > 0 {
			f(path, v.Pointer())
		}
		for i := range v.Len() {
			pointers(v.Index(i), path+"[]", f)
		}
	case reflect.Map:
		if !v.IsNil() {
			f(path, v.Pointer())
		}
		for _, k := range v.MapKeys() {
			pointers(v.MapIndex(k), path+"."+k.String(), f)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			f(path, v.Pointer())
			pointers(v.Elem(), path, f)
		}
	case reflect.Interface:
		if !v.IsNil() {
			pointers(v.Elem(), path, f)
		}
	}
}
