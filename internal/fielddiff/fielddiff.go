// Package fielddiff compares two elements of a document field by field, in the words that documents use: fields by
// their json names, values as text.
package fielddiff

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// A Field is a field whose value differs; the text of a value that is not set is "".
type Field struct{ Name, From, To string }

// Compare returns the fields in which the structs a and b, or what they point to, differ: those that b sets in the order
// of its type, then those that only a sets. The two may be of different types. Fields named in skip are left out. Values
// that a document cannot tell apart, such as nil and empty lists, are the same.
func Compare(a, b any, skip ...string) []Field {
	va, vb := indirect(reflect.ValueOf(a)), indirect(reflect.ValueOf(b))
	left := make(map[string]bool, 32) // out
	for _, name := range skip {
		left[name] = true
	}
	if va.Type() == vb.Type() {
		equalFields(va, vb, left) // most are, and need no text
	}
	from, to := fieldsOf(va, top, left), fieldsOf(vb, top, left)
	if len(from)+len(to) == 0 {
		return nil
	}
	olds := make(map[string]string, len(from))
	for _, f := range from {
		olds[f.Name] = f.To
	}
	var out []Field
	for _, f := range to {
		if old := olds[f.Name]; old != f.To {
			out = append(out, Field{f.Name, old, f.To})
		}
		delete(olds, f.Name)
	}
	for _, f := range from {
		if old := olds[f.Name]; old != "" {
			out = append(out, Field{f.Name, old, ""})
		}
	}
	return out
}

// equalFields adds the names of the fields that are the same in two structs of one type.
func equalFields(a, b reflect.Value, names map[string]bool) {
	for i := range a.NumField() {
		switch f := a.Type().Field(i); {
		case embedded(f):
			equalFields(a.Field(i), b.Field(i), names)
		case nameOf(f) != "" && reflect.DeepEqual(a.Field(i).Interface(), b.Field(i).Interface()):
			names[nameOf(f)] = true
		}
	}
}

func embedded(f reflect.StructField) bool {
	return f.Anonymous && f.Type.Kind() == reflect.Struct && nameOf(f) == ""
}

// nameOf returns the name of a field in documents, "" if it has none.
func nameOf(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "-" || !f.IsExported() && !f.Anonymous {
		return ""
	}
	return name
}

func indirect(v reflect.Value) reflect.Value {
	for v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	return v
}

// fieldsOf returns the fields that are set and not left out, with their text in To; the keys of an x- map are fields of
// their own.
func fieldsOf(v reflect.Value, render func(reflect.Value) string, left map[string]bool) []Field {
	var out []Field
	for i := range v.NumField() {
		f, value := v.Type().Field(i), v.Field(i)
		switch name := nameOf(f); {
		case embedded(f):
			out = append(out, fieldsOf(value, render, left)...)
		case f.Tag.Get("codec") == "x-":
			for _, k := range sortedKeys(value) {
				if !left[k.String()] {
					out = append(out, Field{Name: k.String(), To: text(value.MapIndex(k))})
				}
			}
		case name != "" && !left[name] && isSet(value):
			out = append(out, Field{Name: name, To: render(value)})
		}
	}
	return out
}

func isSet(v reflect.Value) bool {
	if v.Kind() == reflect.Slice || v.Kind() == reflect.Map {
		return v.Len() > 0
	}
	return !v.IsZero()
}

func sortedKeys(m reflect.Value) []reflect.Value {
	keys := m.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	return keys
}

// top returns the text of a field of the element itself: words stand bare, and lists without brackets.
func top(v reflect.Value) string {
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Slice:
		return join(v)
	}
	return text(v)
}

func join(list reflect.Value) string {
	parts := make([]string, list.Len())
	for i := range parts {
		parts[i] = text(list.Index(i))
	}
	return strings.Join(parts, ", ")
}

// text returns a value's text; different values have different texts.
func text(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return "null"
		}
		return text(v.Elem())
	}
	if m, ok := v.Interface().(encoding.TextMarshaler); ok {
		if b, err := m.MarshalText(); err == nil {
			return string(b)
		}
	}
	switch v.Kind() {
	case reflect.String:
		return quoted(v.String())
	case reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'g', -1, 64)
	case reflect.Slice:
		return "[" + join(v) + "]"
	case reflect.Map:
		parts := []string{}
		for _, k := range sortedKeys(v) {
			parts = append(parts, quoted(k.String())+": "+text(v.MapIndex(k)))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case reflect.Struct:
		parts := []string{}
		for _, f := range fieldsOf(v, text, nil) {
			parts = append(parts, f.Name+": "+f.To)
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return fmt.Sprint(v.Interface())
}

// quoted puts quotes around words that could be taken for something else among other values.
func quoted(s string) string {
	_, err := strconv.ParseFloat(s, 64)
	if err == nil || s == "" || s == "null" || s == "true" || s == "false" ||
		strings.ContainsAny(s, ",:\"{}[]\n") || strings.TrimSpace(s) != s {
		return strconv.Quote(s)
	}
	return s
}
