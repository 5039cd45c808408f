package codec

import (
	"encoding"
	"reflect"
	"strings"
	"sync"
)

// A structInfo is what the codec knows of a struct type.
type structInfo struct {
	fields []field
	byName map[string]int // into fields
	extra  []int          // index path of the x- map, nil if there is none
	text   int            // field that a scalar stands for, -1 if there is none
	key    int            // field named "key", -1 if there is none
}

type field struct {
	name  string
	index []int
	keyed string // name of the Go field that a keyed mapping's value fills
	file  bool
	was   string // name of the field that held a single entry of this list
}

var (
	infos           sync.Map // reflect.Type -> *structInfo
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
	textMarshaler   = reflect.TypeFor[encoding.TextMarshaler]()
)

func infoOf(t reflect.Type) *structInfo {
	if in, ok := infos.Load(t); ok {
		return in.(*structInfo)
	}
	in := &structInfo{byName: map[string]int{}, text: -1, key: -1}
	in.collect(t, nil)
	actual, _ := infos.LoadOrStore(t, in)
	return actual.(*structInfo)
}

func (in *structInfo) collect(t reflect.Type, prefix []int) {
	for i := range t.NumField() {
		f := t.Field(i)
		index := append(prefix[:len(prefix):len(prefix)], i)
		words := strings.Split(f.Tag.Get("codec"), ",")
		if f.Anonymous && f.Type.Kind() == reflect.Struct && f.Tag.Get("json") == "" {
			in.collect(f.Type, index)
			continue
		}
		if words[0] == "x-" {
			in.extra = index
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if !f.IsExported() || name == "" || name == "-" {
			continue
		}
		fd := field{name: name, index: index}
		for _, w := range words {
			option, value, _ := strings.Cut(w, "=")
			switch option {
			case "text":
				in.text = len(in.fields)
			case "keyed":
				fd.keyed = value
			case "file":
				fd.file = true
			case "was":
				fd.was = value
			}
		}
		if name == "key" {
			in.key = len(in.fields)
		}
		in.byName[name] = len(in.fields)
		in.fields = append(in.fields, fd)
	}
}

// keyedFields returns the fields of the elements of a keyed slice that take a mapping's keys and values: the
// first field, and the one that the tag names.
func keyedFields(slice reflect.Type, valueField string) (key, value field) {
	elem := slice.Elem()
	in := infoOf(elem)
	f, _ := elem.FieldByName(valueField)
	for _, fd := range in.fields {
		if len(fd.index) == len(f.Index) && fd.index[0] == f.Index[0] {
			value = fd
		}
	}
	return in.fields[0], value
}

func (in *structInfo) names() []string {
	out := make([]string, len(in.fields))
	for i, f := range in.fields {
		out[i] = f.name
	}
	return out
}
