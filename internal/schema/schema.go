// Package schema describes the documents of this library as JSON Schema (draft 2020-12), generated from the Go types that
// internal/codec decodes into: the same fields, short forms, words and x- keys, and nothing else.
package schema

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/codec"
	"github.com/cxmodel/cxmodel/internal/enum"
)

// Object is a JSON object. Keys are written sorted, so that the same types give the same bytes.
type Object = map[string]any

var textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()

// Of returns the schema of the documents that are decoded into t, a struct type. docs gives the doc comments of types
// ("journey.Stage") and fields ("journey.Stage.Goal"); nil for none.
func Of(t reflect.Type, id, title string, docs map[string]string) Object {
	g := &generator{docs: docs, defs: Object{}, names: map[reflect.Type]string{}}
	root := g.structure(t)
	properties := root["properties"].(Object)
	properties["format"] = Object{"const": codec.Version, "description": "The format of the file."}
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["$id"] = id
	root["title"] = title
	root["type"] = "object"
	root["$defs"] = g.defs
	return root
}

type generator struct {
	docs  map[string]string
	defs  Object
	names map[reflect.Type]string
}

// A field is a field of a struct as the codec sees it.
type field struct {
	name  string
	typ   reflect.Type
	doc   string
	keyed string
	file  bool
	text  bool
}

// fieldsOf returns the fields of a struct, and whether x- keys are kept.
func (g *generator) fieldsOf(t reflect.Type) (fields []field, extra bool) {
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous && f.Type.Kind() == reflect.Struct && f.Tag.Get("json") == "" {
			inner, more := g.fieldsOf(f.Type)
			fields, extra = append(fields, inner...), extra || more
			continue
		}
		words := strings.Split(f.Tag.Get("codec"), ",")
		if words[0] == "x-" {
			extra = true
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if !f.IsExported() || name == "" || name == "-" {
			continue
		}
		fd := field{name: name, typ: f.Type, doc: g.docs[t.String()+"."+f.Name]}
		for _, w := range words {
			option, value, _ := strings.Cut(w, "=")
			switch option {
			case "text":
				fd.text = true
			case "keyed":
				fd.keyed = value
			case "file":
				fd.file = true
			}
		}
		fields = append(fields, fd)
	}
	return fields, extra
}

// structure returns the schema of the mapping that stands for a struct.
func (g *generator) structure(t reflect.Type) Object {
	fields, extra := g.fieldsOf(t)
	properties := Object{}
	for _, f := range fields {
		s := g.value(f.typ, f)
		if f.doc != "" {
			s = with(s, "description", f.doc)
		}
		properties[f.name] = s
	}
	out := Object{"type": "object", "properties": properties, "additionalProperties": false}
	if extra {
		out["patternProperties"] = Object{"^x-": true}
	}
	if doc := g.docs[t.String()]; doc != "" {
		out["description"] = doc
	}
	return out
}

// with returns s with one more keyword; a reference takes no neighbours in some readers, so it is wrapped.
func with(s Object, key string, value any) Object {
	if _, ref := s["$ref"]; ref {
		return Object{"allOf": []any{s}, key: value}
	}
	s[key] = value
	return s
}

// value returns the schema of what may stand for a value of type t in field f.
func (g *generator) value(t reflect.Type, f field) Object {
	s := g.plain(t, f)
	if f.file { // the name of a file that holds the value
		s = anyOf(s, Object{"type": "string", "pattern": `\.(yaml|yml|json)$`})
	}
	return s
}

func anyOf(options ...Object) Object {
	var flat []any
	for _, o := range options {
		if inner, ok := o["anyOf"].([]any); ok && len(o) == 1 {
			flat = append(flat, inner...)
		} else {
			flat = append(flat, o)
		}
	}
	return Object{"anyOf": flat}
}

func (g *generator) plain(t reflect.Type, f field) Object {
	if t.Kind() == reflect.Pointer {
		return g.plain(t.Elem(), f)
	}
	if reflect.PointerTo(t).Implements(textUnmarshaler) {
		return g.text(t)
	}
	switch t.Kind() {
	case reflect.Struct:
		return g.reference(t)
	case reflect.Slice:
		return g.list(t, f)
	case reflect.Map:
		s := Object{"type": []any{"object", "null"}, "additionalProperties": strict(g.value(t.Elem(), field{}), t.Elem())}
		if t.Key() == reflect.TypeFor[cxmodel.Key]() {
			s["propertyNames"] = keySchema()
		}
		return s
	case reflect.Interface:
		return Object{}
	case reflect.String:
		if t == reflect.TypeFor[cxmodel.Key]() {
			return nullable(keySchema())
		}
		return nullable(Object{"type": []any{"string", "number", "boolean"}})
	case reflect.Bool:
		return anyOf(Object{"type": []any{"boolean", "null"}}, Object{"enum": []any{"yes", "no", "true", "false"}})
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return nullable(Object{"type": "integer"})
	case reflect.Float64:
		return nullable(Object{"type": "number"})
	}
	panic("schema: no way to describe " + t.String())
}

// strict takes null out: in a map of numbers nothing is no value.
func strict(s Object, t reflect.Type) Object {
	if t.Kind() == reflect.String {
		return s
	}
	types, ok := s["type"].([]any)
	if !ok {
		return s
	}
	var kept []any
	for _, x := range types {
		if x != "null" {
			kept = append(kept, x)
		}
	}
	s["type"] = kept
	return s
}

// nullable lets nothing stand for a value that is not set.
func nullable(s Object) Object {
	switch types := s["type"].(type) {
	case string:
		s["type"] = []any{types, "null"}
	case []any:
		s["type"] = append(types, "null")
	}
	return s
}

// keyPattern is the form of a key, of a kind, and of a facet.
const keyPattern = "[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?"

// keySchema is a key; the codec reads any text and leaves the form to Validate, an editor had better say it at once.
func keySchema() Object {
	return Object{"type": []any{"string", "integer"}, "pattern": "^(" + keyPattern + ")?$"}
}

// reference returns a reference to the definition of a struct: the mapping, or the scalar that stands for it.
func (g *generator) reference(t reflect.Type) Object {
	name, ok := g.names[t]
	if !ok {
		name = t.String()
		g.names[t] = name
		g.defs[name] = nil // it is under way
		options := []Object{g.structure(t), {"type": "null"}}
		fields, _ := g.fieldsOf(t)
		for _, f := range fields {
			if f.text {
				options = append(options, g.value(f.typ, field{}))
			}
		}
		g.defs[name] = anyOf(options...)
	}
	return Object{"$ref": "#/$defs/" + name}
}

// list returns the schema of a slice: a list, one value in place of a list of one, or a keyed mapping.
func (g *generator) list(t reflect.Type, f field) Object {
	elem := t.Elem()
	item := g.value(elem, field{file: f.file})
	options := []Object{{"type": []any{"array", "null"}, "items": item}}
	if s := g.single(elem); s != nil {
		options = append(options, s)
	}
	if f.keyed != "" {
		options = append(options, g.keyed(elem, f))
	}
	return anyOf(options...)
}

// single returns the schema of a scalar that stands for a list of one, nil if the elements have none.
func (g *generator) single(t reflect.Type) Object {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || reflect.PointerTo(t).Implements(textUnmarshaler) {
		return g.plain(t, field{})
	}
	fields, _ := g.fieldsOf(t)
	for _, f := range fields {
		if f.text {
			return g.plain(f.typ, field{})
		}
	}
	return nil
}

// keyed returns the schema of the mapping that may stand for a list: {emotion: 0.3} is [{key: emotion, weight: 0.3}].
func (g *generator) keyed(elem reflect.Type, f field) Object {
	if elem.Kind() == reflect.Pointer {
		elem = elem.Elem()
	}
	sf, _ := elem.FieldByName(f.keyed)
	fields, _ := g.fieldsOf(elem)
	name, _, _ := strings.Cut(sf.Tag.Get("json"), ",")
	for _, inner := range fields {
		if inner.name != name {
			continue
		}
		value := g.value(inner.typ, inner)
		if k := indirect(inner.typ).Kind(); k != reflect.Slice && k != reflect.Struct {
			// {emotion: {name: …, weight: 0.3}}
			value = anyOf(value, Object{"type": "object", "allOf": []any{g.reference(elem)}, "properties": Object{fields[0].name: false}})
		}
		out := Object{"type": "object", "additionalProperties": value}
		if name := g.plain(fields[0].typ, fields[0]); name["pattern"] != nil { // the first field takes the names
			out["propertyNames"] = Object{"pattern": name["pattern"]}
		}
		return out
	}
	panic(fmt.Sprintf("schema: %v has no field %s", elem, f.keyed))
}

func indirect(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return t
}

// text returns the schema of a type that reads itself from text: its words, numbers where it reads them, or a form.
func (g *generator) text(t reflect.Type) Object {
	read := func(s string) error {
		return reflect.New(t).Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(s))
	}
	var unknown *enum.UnknownError
	if err := read("\x00"); errors.As(err, &unknown) {
		words := []any{}
		for _, n := range unknown.Names {
			words = append(words, n)
		}
		for _, also := range []string{"true", "false", "yes", "no", ""} { // what else is read
			if read(also) == nil && !slices.Contains(words, any(also)) {
				words = append(words, also)
			}
		}
		for _, b := range []bool{true, false} {
			if read(strconv.FormatBool(b)) == nil {
				words = append(words, b)
			}
		}
		return Object{"enum": append(words, nil)}
	}
	const hyphenated = `[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}`
	switch t {
	case reflect.TypeFor[uuid.UUID]():
		return Object{"type": []any{"string", "null"}, "pattern": `^((urn:uuid:)?` + hyphenated + `|\{` + hyphenated + `\}|[0-9a-fA-F]{32})$`}
	case reflect.TypeFor[cxmodel.Date]():
		return Object{"type": []any{"string", "null"}, "pattern": `^([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9])))?$`}
	case reflect.TypeFor[cxmodel.Ref]():
		return Object{"type": []any{"string", "null"}, "pattern": "^((" + keyPattern + "/)?" + keyPattern + ")?$"}
	case reflect.TypeFor[cxmodel.Amount]():
		return Object{"type": []any{"string", "null"}, "pattern": `^(\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+) +[A-Z]{3}\s*(/\s*(month|quarter|year|unit|once)\s*)?)?$`}
	case reflect.TypeFor[cxmodel.Money]():
		return Object{"type": []any{"string", "null"}, "pattern": `^(\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+) +[A-Z]{3}\s*)?$`}
	}
	if t.Kind() == reflect.Float64 { // a number that may be written as a word
		words := []any{}
		for _, w := range strings.Fields("none low medium high extreme broken poor fair good excellent") {
			if read(w) == nil {
				words = append(words, w)
			}
		}
		return anyOf(Object{"type": []any{"number", "null"}}, Object{"enum": words})
	}
	if read("stage/visit.emotion") == nil && read("Not a key") != nil { // a place of a link
		return Object{"type": []any{"string", "null"}, "pattern": "^((" + keyPattern + "/)?" + keyPattern + `)?(\.` + keyPattern + ")?$"}
	}
	return Object{"type": []any{"string", "null"}}
}
