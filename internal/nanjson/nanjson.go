// Package nanjson writes results as JSON: a number that is not available, NaN or infinite, is null, which
// encoding/json refuses to write.
package nanjson

import (
	"bytes"
	"encoding"
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strings"
)

var (
	jsonMarshaler = reflect.TypeFor[json.Marshaler]()
	textMarshaler = reflect.TypeFor[encoding.TextMarshaler]()
)

// Marshal returns v as JSON. It reads the json tags of structs (name, omitempty, omitzero, "-"), uses the MarshalJSON
// of values inside v but not of v itself, and sorts the keys of maps.
func Marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	err := write(&b, reflect.ValueOf(v), true)
	return b.Bytes(), err
}

func write(b *bytes.Buffer, v reflect.Value, root bool) error {
	if !v.IsValid() {
		b.WriteString("null")
		return nil
	}
	if v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		if v.IsNil() {
			b.WriteString("null")
			return nil
		}
		if root || v.Kind() == reflect.Interface || !v.Type().Implements(jsonMarshaler) {
			return write(b, v.Elem(), root)
		}
	}
	if !root && (v.Type().Implements(jsonMarshaler) || v.Type().Implements(textMarshaler)) {
		return plain(b, v)
	}
	switch v.Kind() {
	case reflect.Float64:
		if math.IsNaN(v.Float()) || math.IsInf(v.Float(), 0) {
			b.WriteString("null")
			return nil
		}
		return plain(b, v)
	case reflect.Struct:
		b.WriteByte('{')
		first := true
		if err := fields(b, v, &first); err != nil {
			return err
		}
		b.WriteByte('}')
		return nil
	case reflect.Slice, reflect.Array:
		if v.Kind() == reflect.Slice && v.IsNil() {
			b.WriteString("[]") // no elements is an empty list, not an unknown one
			return nil
		}
		b.WriteByte('[')
		for i := range v.Len() {
			if i > 0 {
				b.WriteByte(',')
			}
			if err := write(b, v.Index(i), false); err != nil {
				return err
			}
		}
		b.WriteByte(']')
		return nil
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, c reflect.Value) int { return strings.Compare(a.String(), c.String()) })
		b.WriteByte('{')
		for i, k := range keys {
			if i > 0 {
				b.WriteByte(',')
			}
			if err := plain(b, reflect.ValueOf(k.String())); err != nil {
				return err
			}
			b.WriteByte(':')
			if err := write(b, v.MapIndex(k), false); err != nil {
				return err
			}
		}
		b.WriteByte('}')
		return nil
	}
	return plain(b, v)
}

func fields(b *bytes.Buffer, v reflect.Value, first *bool) error {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		tag := f.Tag.Get("json")
		name, options, _ := strings.Cut(tag, ",")
		if f.Anonymous && tag == "" && f.Type.Kind() == reflect.Struct {
			if err := fields(b, v.Field(i), first); err != nil {
				return err
			}
			continue
		}
		if !f.IsExported() || name == "-" || strings.HasPrefix(options, "omit") && empty(v.Field(i)) {
			continue
		}
		if name == "" {
			name = f.Name
		}
		if !*first {
			b.WriteByte(',')
		}
		*first = false
		if err := plain(b, reflect.ValueOf(name)); err != nil {
			return err
		}
		b.WriteByte(':')
		if err := write(b, v.Field(i), false); err != nil {
			return err
		}
	}
	return nil
}

func empty(v reflect.Value) bool {
	if v.Kind() == reflect.Slice || v.Kind() == reflect.Map {
		return v.Len() == 0
	}
	return v.IsZero()
}

func plain(b *bytes.Buffer, v reflect.Value) error {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v.Interface()); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1)
	return nil
}
