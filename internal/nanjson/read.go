package nanjson

import (
	"encoding"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strings"
)

var (
	jsonUnmarshaler = reflect.TypeFor[json.Unmarshaler]()
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
	null            = json.RawMessage("null")
)

// Unmarshal reads into the struct that v points to what [Marshal] writes: a number that is null, or that is missing
// though it is never left out, becomes NaN, where encoding/json would make it 0. It uses the UnmarshalJSON of values inside v
// but not of v itself. On an error v stays as it was.
func Unmarshal(data []byte, v any) error {
	target := reflect.ValueOf(v).Elem()
	out := reflect.New(target.Type()).Elem()
	if err := read(data, out, true); err != nil {
		return err
	}
	target.Set(out)
	return nil
}

func read(data json.RawMessage, v reflect.Value, root bool) error {
	p := reflect.PointerTo(v.Type())
	if !root && (p.Implements(jsonUnmarshaler) || p.Implements(textUnmarshaler)) {
		return json.Unmarshal(data, v.Addr().Interface())
	}
	unknown := string(data) == "null"
	switch {
	case v.Kind() == reflect.Float64 && unknown:
		v.SetFloat(math.NaN())
		return nil
	case v.Kind() == reflect.Struct:
		var object map[string]json.RawMessage
		if err := json.Unmarshal(data, &object); err != nil {
			return err
		}
		return readFields(object, v)
	case v.Kind() == reflect.Pointer && !unknown:
		v.Set(reflect.New(v.Type().Elem()))
		return read(data, v.Elem(), false)
	case v.Kind() == reflect.Slice && !unknown, v.Kind() == reflect.Array:
		var list []json.RawMessage
		if err := json.Unmarshal(data, &list); err != nil {
			return err
		}
		if v.Kind() == reflect.Slice {
			v.Set(reflect.MakeSlice(v.Type(), len(list), len(list)))
		}
		for i := range min(v.Len(), len(list)) {
			if err := read(list[i], v.Index(i), false); err != nil {
				return fmt.Errorf("[%d]: %w", i, err)
			}
		}
		return nil
	}
	return json.Unmarshal(data, v.Addr().Interface())
}

func readFields(object map[string]json.RawMessage, v reflect.Value) error {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		tag := f.Tag.Get("json")
		name, options, _ := strings.Cut(tag, ",")
		if f.Anonymous && tag == "" && f.Type.Kind() == reflect.Struct {
			if err := readFields(object, v.Field(i)); err != nil {
				return err
			}
			continue
		}
		if !f.IsExported() || name == "-" {
			continue
		}
		if name == "" {
			name = f.Name
		}
		data, ok := object[name]
		if !ok {
			if strings.HasPrefix(options, "omit") || f.Type.Kind() != reflect.Float64 {
				continue
			}
			data = null
		}
		if err := read(data, v.Field(i), false); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}
