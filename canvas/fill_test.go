package canvas_test

import (
	"encoding"
	"fmt"
	"reflect"

	"github.com/google/uuid"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
)

// filled returns a canvas in which every exported field, down to the last list, is set: two items
// a block, one entry a list.
func filled() *canvas.Canvas {
	c := new(canvas.Canvas)
	n := 0
	fill(reflect.ValueOf(c).Elem(), &n)
	return c
}

func fill(v reflect.Value, n *int) {
	*n++
	switch x := v.Addr().Interface().(type) {
	case *uuid.UUID:
		*x = uuid.NewSHA1(uuid.NameSpaceOID, []byte{byte(*n)})
		return
	case *cxmodel.Date:
		*x = cxmodel.Date{Year: 2026, Month: 1, Day: 1}.AddDays(*n)
		return
	case *cxmodel.Amount:
		money, _ := cxmodel.NewMoney(int64(*n), 2, "EUR")
		*x = cxmodel.Amount{Money: money, Per: cxmodel.PerMonth}
		return
	case *cxmodel.Ref:
		*x = cxmodel.Ref{Kind: cxmodel.KindChannel, Key: cxmodel.Key(fmt.Sprint("k", *n))}
		return
	case *canvas.Performance:
		*x = canvas.Performance(float64(*n) / 100_000)
		return
	case *map[string]any:
		*x = map[string]any{"x-own": map[string]any{"list": []any{int64(*n), "a", 1.5, nil, true}}}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i), n)
			}
		}
	case reflect.Slice:
		length := 1
		if reflect.PointerTo(v.Type().Elem()).Implements(reflect.TypeFor[canvas.Entry]()) {
			length = 2
		}
		v.Set(reflect.MakeSlice(v.Type(), length, length))
		for i := range length {
			fill(v.Index(i), n)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Map:
		v.Set(reflect.ValueOf(map[string]string{"b": "2", "a": fmt.Sprint(*n)}))
	case reflect.String:
		v.SetString(fmt.Sprint("k", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(float64(*n) + 0.5)
	case reflect.Int:
		v.SetInt(1) // the first member of every enumeration
		if _, enum := v.Addr().Interface().(encoding.TextUnmarshaler); !enum {
			v.SetInt(int64(*n))
		}
	default:
		panic("no way to fill " + v.Type().String())
	}
}

// leaves calls f with every settable value without parts below v, and its path.
func leaves(v reflect.Value, path string, f func(path string, leaf reflect.Value)) {
	switch v.Addr().Interface().(type) {
	case *uuid.UUID, *cxmodel.Date, *cxmodel.Amount, *cxmodel.Ref, *map[string]any, *map[string]string:
		f(path, v)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				leaves(v.Field(i), path+"."+v.Type().Field(i).Name, f)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			leaves(v.Index(i), fmt.Sprintf("%s[%d]", path, i), f)
		}
	case reflect.Pointer:
		leaves(v.Elem(), path, f)
	default:
		f(path, v)
	}
}
