package codec

import (
	"reflect"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/cxmodel/cxmodel"
)

// An Origin remembers the file that a document was decoded from: its tree with places and comments. It is not
// changed after decoding, so that copies of the document may share it. A nil Origin is a document made in code.
type Origin struct {
	root  *yaml.Node
	name  string
	files map[*yaml.Node]string // roots of included files
}

// Has reports whether the document that was read has a field of that name at its root.
func (o *Origin) Has(field string) bool { return o != nil && lookup(o.root, field) != nil }

// Locate gives every issue that has a path but no position the place of that path in the file. It walks doc and
// the tree side by side and goes by the keys of list entries, so that it is right also after edits.
func (o *Origin) Locate(doc any, issues cxmodel.Issues) {
	if o == nil {
		return
	}
	names := index{}
	for i := range issues {
		if issues[i].Pos.IsZero() && issues[i].Path != "" {
			issues[i].Pos = o.position(reflect.ValueOf(doc), issues[i].Path, names)
			o.locateOther(reflect.ValueOf(doc), &issues[i], names)
		}
	}
}

// position returns the place of path, or of the nearest enclosing value that stands in the file.
func (o *Origin) position(v reflect.Value, path string, names index) cxmodel.Position {
	n, file := o.root, o.name
	f := field{}
	for _, segment := range strings.Split(path, "/")[1:] {
		segment = strings.NewReplacer("~1", "/", "~0", "~").Replace(segment)
		next, nv, nf := step(n, indirect(v), f, segment, names)
		if next == nil {
			break
		}
		n, v, f = next, nv, nf
		if inner, ok := o.files[n]; ok {
			file = inner
		}
	}
	return cxmodel.Position{File: file, Line: n.Line, Column: n.Column}
}

func indirect(v reflect.Value) reflect.Value {
	for v.IsValid() && v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	return v
}

// step follows one segment of a path in the tree and in the value.
func step(n *yaml.Node, v reflect.Value, f field, segment string, names index) (*yaml.Node, reflect.Value, field) {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	none := reflect.Value{}
	if !v.IsValid() {
		return names.lookup(n, segment), none, field{}
	}
	switch v.Kind() {
	case reflect.Struct:
		in := infoOf(v.Type())
		if at, ok := in.byName[segment]; ok {
			return names.lookup(n, segment), v.FieldByIndex(in.fields[at].index), in.fields[at]
		}
		return names.lookup(n, segment), none, field{}
	case reflect.Slice:
		i, err := strconv.Atoi(segment)
		if err != nil || i < 0 || i >= v.Len() {
			return names.lookup(n, segment), none, field{}
		}
		elem := v.Index(i)
		if n.Kind == yaml.MappingNode && f.keyed != "" {
			key, value := keyedFields(v.Type(), f.keyed)
			_ = value
			return names.lookup(n, textOf(elem.FieldByIndex(key.index))), elem, field{}
		}
		return entry(n, i, elem), elem, field{}
	case reflect.Map:
		value := none
		if v.Type().Key().Kind() == reflect.String {
			value = v.MapIndex(reflect.ValueOf(segment).Convert(v.Type().Key()))
		}
		return names.lookup(n, segment), value, field{}
	}
	return nil, none, field{}
}

// An index holds the entries of large mappings by name, so that looking up all of them takes time in proportion.
type index map[*yaml.Node]map[string]*yaml.Node

func (x index) lookup(n *yaml.Node, name string) *yaml.Node {
	const few = 64
	if len(n.Content) <= few || n.Kind != yaml.MappingNode {
		return lookup(n, name)
	}
	entries := x[n]
	if entries == nil {
		entries = make(map[string]*yaml.Node, len(n.Content)/2)
		for i := len(n.Content) - 2; i >= 0; i -= 2 { // the first of a name stands
			entries[n.Content[i].Value] = n.Content[i+1]
		}
		x[n] = entries
	}
	return entries[name]
}

func lookup(n *yaml.Node, name string) *yaml.Node {
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == name {
				return n.Content[i+1]
			}
		}
	}
	return nil
}

// entry returns the node of list entry i: the one with elem's key, where entries have keys.
func entry(n *yaml.Node, i int, elem reflect.Value) *yaml.Node {
	if n.Kind != yaml.SequenceNode {
		return nil
	}
	key, keyed := keyOf(elem)
	short := keyed && scalarIsKey(elem)
	if i < len(n.Content) && (!keyed || nodeKey(n.Content[i], short) == key) {
		return n.Content[i]
	}
	if key != "" {
		for _, c := range n.Content {
			if nodeKey(c, short) == key {
				return c
			}
		}
	}
	return nil
}

// keyOf returns the key of a list entry, and whether its type has one.
func keyOf(elem reflect.Value) (string, bool) {
	elem = indirect(elem)
	if !elem.IsValid() || elem.Kind() != reflect.Struct {
		return "", false
	}
	in := infoOf(elem.Type())
	if in.key < 0 {
		return "", false
	}
	return textOf(elem.FieldByIndex(in.fields[in.key].index)), true
}

// scalarIsKey reports whether a scalar in place of elem, a struct with a key, stands for that key.
func scalarIsKey(elem reflect.Value) bool {
	in := infoOf(indirect(elem).Type())
	return in.text == in.key
}

// nodeKey returns the key of a list entry's node; short says whether a scalar is one.
func nodeKey(n *yaml.Node, short bool) string {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.Kind == yaml.ScalarNode {
		if short {
			return n.Value
		}
		return ""
	}
	if k := lookup(n, "key"); k != nil {
		return k.Value
	}
	return ""
}
