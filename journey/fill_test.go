package journey_test

import (
	"fmt"
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/journey"
)

// full returns a journey in which every field that can be set is set, lists with so many entries each.
func full(entries int) *journey.Journey {
	j := new(journey.Journey)
	n := 0
	fill(reflect.ValueOf(j).Elem(), &n, entries)
	j.Preset = "" // a preset gives way to stages; it is tested by itself
	return j
}

func fill(v reflect.Value, n *int, entries int) {
	*n++
	switch v.Interface().(type) {
	case uuid.UUID:
		v.Set(reflect.ValueOf(uuid.MustParse("0192f7c4-3b1e-7c55-9a41-5d0f6c2f8a10")))
		return
	case cxmodel.Date:
		v.Set(reflect.ValueOf(cxmodel.Date{Year: 2026, Month: time.January, Day: 1 + *n%28}))
		return
	case cxmodel.Ref:
		v.Set(reflect.ValueOf(cxmodel.Ref{Kind: "stage", Key: cxmodel.Key(fmt.Sprint("k", *n))}))
		return
	case journey.EmotionTag, cxmodel.Key:
		v.SetString(fmt.Sprint("k", *n))
		return
	case map[string]any:
		v.Set(reflect.ValueOf(map[string]any{"x-a": []any{int64(*n), map[string]any{"b": "c"}}}))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() {
				fill(f, n, entries)
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n, entries)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), entries, entries))
		for i := range entries {
			fill(v.Index(i), n, entries)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range entries {
			k, x := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			fill(k, n, entries)
			fill(x, n, entries)
			v.SetMapIndex(k, x)
		}
	case reflect.String:
		v.SetString(fmt.Sprint("text ", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(int64(1 + *n%2))
	case reflect.Float64:
		v.SetFloat(math.Mod(float64(*n), 97) / 97)
	default:
		panic("no way to fill " + v.Type().String())
	}
}

// leaves calls do with every value in v that holds no other, where it can be set, and its path.
func leaves(v reflect.Value, path string, do func(reflect.Value, string)) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() {
				leaves(f, path+"."+v.Type().Field(i).Name, do)
			}
		}
	case reflect.Pointer:
		if !v.IsNil() {
			leaves(v.Elem(), path, do)
		}
	case reflect.Array: // an identity
		leaves(v.Index(0), path, do)
	case reflect.Slice:
		for i := range v.Len() {
			leaves(v.Index(i), fmt.Sprint(path, ".", i), do)
		}
	default:
		do(v, path)
	}
}

// scramble puts another value in place of v.
func scramble(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(v.String() + "-other")
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Int:
		v.SetInt(3 - v.Int())
	case reflect.Float64:
		v.SetFloat(v.Float() + 1)
	case reflect.Uint8:
		v.SetUint(v.Uint() ^ 1)
	case reflect.Map:
		key := v.MapKeys()[0]
		x := reflect.New(v.Type().Elem()).Elem()
		x.Set(v.MapIndex(key))
		if x.Kind() == reflect.Interface {
			x.Elem().Index(1).Elem().SetMapIndex(reflect.ValueOf("b"), reflect.ValueOf(any("d")))
		} else {
			scramble(x)
		}
		v.SetMapIndex(key, x)
	default:
		panic("no way to change " + v.Type().String())
	}
}

func eachLeaf(t *testing.T, j *journey.Journey, do func(v reflect.Value, path string)) {
	t.Helper()
	n := 0
	leaves(reflect.ValueOf(j).Elem(), "", func(v reflect.Value, path string) { n++; do(v, path) })
	if n < 100 {
		t.Fatalf("only %d values were reached", n)
	}
}
