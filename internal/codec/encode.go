package codec

import (
	"bytes"
	"encoding"
	"fmt"
	"io"
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/cxmodel/cxmodel"
)

// Encode writes a document. With an origin, and unless opts asks for plain output, the comments, the order and the
// spelling of the file that was read stay wherever the value is the same, and so does what could not be read.
func Encode(w io.Writer, doc any, origin *Origin, opts *cxmodel.EncodeOptions) error {
	if opts == nil {
		opts = &cxmodel.EncodeOptions{}
	}
	var old *yaml.Node
	if origin != nil && !opts.Plain && opts.Format != cxmodel.FormatJSON {
		old = origin.root
	}
	e := &encoder{names: index{}}
	root := e.structure(indirect(reflect.ValueOf(doc)), old)
	if e.err != nil {
		return e.err
	}
	root.Style = 0
	if lookup(root, "format") == nil {
		root.Content = append([]*yaml.Node{text("format"), text(Version)}, root.Content...)
	}
	spellNulls(root, false)
	var b bytes.Buffer
	if opts.Format == cxmodel.FormatJSON {
		writeJSON(&b, root, "")
		b.WriteByte('\n')
	} else {
		d, err := yaml.NewDumper(&b, yaml.WithIndent(2), yaml.WithCompactSeqIndent(false), yaml.WithLineWidth(-1))
		if err != nil {
			return err
		}
		if err := d.Dump(root); err != nil {
			return err
		}
		if err := d.Close(); err != nil {
			return err
		}
	}
	_, err := w.Write(writeBlanks(b.Bytes()))
	return err
}

type encoder struct {
	err   error
	names index // of the old tree
}

// spellNulls writes out the nulls inside {…} and […]: the YAML library makes empty text of those that are not.
func spellNulls(n *yaml.Node, flow bool) {
	if flow && n.Tag == "!!null" && n.Value == "" {
		n.Value = "null"
	}
	for _, c := range n.Content {
		spellNulls(c, flow || n.Style&yaml.FlowStyle != 0)
	}
}

// widest is the length up to which a small mapping or list stands on one line.
const widest = 90

// value returns the node of v. old is the node that v was decoded from, or nil.
func (e *encoder) value(v reflect.Value, f field, old *yaml.Node) *yaml.Node {
	if old != nil && old.Kind == yaml.AliasNode {
		old = expand(old)
	}
	if v.Kind() == reflect.Pointer {
		if v.IsNil() { // in a list; elsewhere it is left out
			return comments(&yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"}, old)
		}
		return e.value(v.Elem(), f, old)
	}
	if v.Type().Implements(textMarshaler) && (v.Kind() != reflect.Struct || infoOf(v.Type()).text < 0) {
		b, err := v.Interface().(encoding.TextMarshaler).MarshalText()
		if err != nil && e.err == nil {
			e.err = err
		}
		n := text(string(b))
		if v.Kind() == reflect.Float64 || v.Kind() == reflect.Int { // a number that may be written as a word
			if _, err := strconv.ParseFloat(string(b), 64); err == nil {
				n.Tag, n.Style = "!!float", 0
			}
		}
		return keep(n, v, old)
	}
	switch v.Kind() {
	case reflect.Struct:
		if in := infoOf(v.Type()); in.text >= 0 && (old == nil || old.Kind == yaml.ScalarNode) && onlyField(v, in, in.text) {
			return e.value(v.FieldByIndex(in.fields[in.text].index), field{}, old)
		}
		return e.structure(v, old)
	case reflect.Slice:
		return e.slice(v, f, old)
	case reflect.Map:
		return e.mapping(v, old)
	case reflect.Interface:
		return e.free(v.Elem(), old)
	case reflect.String:
		return keep(text(v.String()), v, old)
	case reflect.Bool:
		return keep(&yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: strconv.FormatBool(v.Bool())}, v, old)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return keep(&yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: strconv.FormatInt(v.Int(), 10)}, v, old)
	case reflect.Float64:
		return keep(number(v.Float()), v, old)
	}
	panic("codec: no way to encode " + v.Type().String())
}

func text(s string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
	if strings.ContainsAny(s, "\u0085\u2028\u2029") { // line ends of YAML 1.1, which the library writes as they are
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

func number(x float64) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!float"}
	switch {
	case math.IsNaN(x):
		n.Value = ".nan"
	case math.IsInf(x, 1):
		n.Value = ".inf"
	case math.IsInf(x, -1):
		n.Value = "-.inf"
	default:
		n.Value = strconv.FormatFloat(x, 'f', -1, 64)
	}
	return n
}

// keep returns old, as it was written, if it still means v, or could not be read and v is unset; else n with the
// comments of old.
func keep(n *yaml.Node, v reflect.Value, old *yaml.Node) *yaml.Node {
	if old == nil || old.Kind != yaml.ScalarNode {
		return comments(n, old)
	}
	was := reflect.New(v.Type()).Elem()
	d := scratch()
	d.value(old, was, field{})
	unread := len(d.issues) > 0 && v.IsZero()
	if unread || len(d.issues) == 0 && reflect.DeepEqual(was.Interface(), v.Interface()) {
		same := *old
		same.Anchor = ""
		return &same
	}
	n.Style |= old.Style & (yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle)
	if n.Tag != "!!str" {
		n.Style = 0
	}
	return comments(n, old)
}

func scratch() *decoder {
	return &decoder{origin: &Origin{files: map[*yaml.Node]string{}}, limits: cxmodel.Limits{}.WithDefaults()}
}

func comments(n, old *yaml.Node) *yaml.Node {
	if old != nil {
		n.HeadComment, n.LineComment, n.FootComment = old.HeadComment, old.LineComment, old.FootComment
	}
	return n
}

// expand returns a copy of what an alias stands for.
func expand(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		c := expand(n.Alias)
		return comments(c, n)
	}
	c := *n
	c.Anchor = ""
	c.Content = make([]*yaml.Node, len(n.Content))
	for i := range n.Content {
		c.Content[i] = expand(n.Content[i])
	}
	return &c
}

// A pair is one entry of a mapping under construction.
type pair struct{ key, value *yaml.Node }

// structure writes the fields that are set. Entries of old come first, in their order; new ones follow the field
// that precedes them in the struct.
func (e *encoder) structure(v reflect.Value, old *yaml.Node) *yaml.Node {
	in := infoOf(v.Type())
	fresh := make(map[string]*yaml.Node, len(in.fields))
	order := make([]string, 0, len(in.fields))
	for _, f := range in.fields {
		fv := v.FieldByIndex(f.index)
		was := (*yaml.Node)(nil)
		if old != nil {
			was = e.names.lookup(old, f.name)
		}
		if unset(fv) {
			if was != nil && unreadable(fv.Type(), f, was) {
				fresh[f.name], order = expand(was), append(order, f.name)
			}
			continue
		}
		if old != nil && was == nil && f.was != "" {
			if one := e.names.lookup(old, f.was); one != nil {
				was = &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: []*yaml.Node{one}}
			}
		}
		fresh[f.name], order = e.value(fv, f, was), append(order, f.name)
	}
	if in.extra != nil {
		m := v.FieldByIndex(in.extra)
		for _, k := range slices.Sorted(maps.Keys(m.Interface().(map[string]any))) {
			was := (*yaml.Node)(nil)
			if old != nil {
				was = e.names.lookup(old, k)
			}
			fresh[k], order = e.free(m.MapIndex(reflect.ValueOf(k)).Elem(), was), append(order, k)
		}
	}
	n := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	if old == nil || old.Kind != yaml.MappingNode {
		for _, name := range order {
			n.Content = append(n.Content, text(name), fresh[name])
		}
		n.Style = style(n, old)
		return comments(n, old)
	}
	n.Style = old.Style
	n.Content = merge(old, fresh, order, func(name string) bool {
		_, known := in.byName[name]
		return !known && !(in.extra != nil && len(name) > 2 && name[:2] == "x-") // what decoding could not place
	})
	if n.Style&yaml.FlowStyle != 0 && !oneLine(n) {
		n.Style &^= yaml.FlowStyle
	}
	return comments(n, old)
}

// merge returns the entries of old that are still there, with their new values, and the new ones.
func merge(old *yaml.Node, fresh map[string]*yaml.Node, order []string, foreign func(string) bool) []*yaml.Node {
	var out []pair
	seen := map[string]bool{}
	for i := 0; i+1 < len(old.Content); i += 2 {
		key := old.Content[i]
		value, kept := fresh[key.Value]
		if seen[key.Value] || !kept {
			if !seen[key.Value] && foreign(key.Value) || seen[key.Value] {
				out = append(out, pair{expand(key), expand(old.Content[i+1])})
			}
			continue
		}
		seen[key.Value] = true
		k := *key
		if value.Kind != yaml.ScalarNode && k.LineComment != "" && (len(value.Content) == 0 || value.Style&yaml.FlowStyle != 0) {
			value.LineComment, k.LineComment = k.LineComment, "" // behind the value now that it stands on the line of its key
		}
		out = append(out, pair{&k, value})
	}
	for i, name := range order {
		if seen[name] {
			continue
		}
		var at int
		if i > 0 {
			at = 1 + slices.IndexFunc(out, func(p pair) bool { return p.key.Value == order[i-1] })
		} else if len(out) > 0 && out[0].key.Value == "format" {
			at = 1
		} else {
			at = 0
		}
		out = slices.Insert(out, at, pair{text(name), fresh[name]})
		seen[name] = true
	}
	content := make([]*yaml.Node, 0, 2*len(out))
	for _, p := range out {
		content = append(content, p.key, p.value)
	}
	return content
}

func unset(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map:
		return v.Len() == 0
	case reflect.Pointer:
		return v.IsNil()
	}
	return v.IsZero()
}

// unreadable reports whether the old node holds something that decoding had to leave out.
func unreadable(t reflect.Type, f field, old *yaml.Node) bool {
	d := scratch()
	d.value(old, reflect.New(t).Elem(), f)
	return len(d.issues) > 0
}

func onlyField(v reflect.Value, in *structInfo, only int) bool {
	for i, f := range in.fields {
		if i != only && !unset(v.FieldByIndex(f.index)) {
			return false
		}
	}
	return !unset(v.FieldByIndex(in.fields[only].index)) && (in.extra == nil || v.FieldByIndex(in.extra).Len() == 0)
}

func (e *encoder) slice(v reflect.Value, f field, old *yaml.Node) *yaml.Node {
	if old != nil && old.Kind == yaml.ScalarNode { // one value, or none, that stood for a list
		if old.Tag != "!!null" && v.Len() == 1 && !unset(v.Index(0)) {
			if n := e.value(v.Index(0), field{}, old); n.Kind == yaml.ScalarNode || f.keyed == "" {
				return n
			}
		}
		return comments(e.slice(v, f, nil), old)
	}
	if f.keyed != "" && (old == nil || old.Kind == yaml.MappingNode) {
		if n := e.keyed(v, f, old); n != nil {
			return n
		}
	}
	n := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
	was := e.entries(v, old)
	for i := range v.Len() {
		n.Content = append(n.Content, e.value(v.Index(i), field{}, was[i]))
	}
	n.Style = style(n, old)
	return comments(n, old)
}

// entries returns, by list entry, the node of old that it was decoded from, nil for new ones: the node with its key;
// else one that means the same; else the one at its place, if no other entry has that.
func (e *encoder) entries(v reflect.Value, old *yaml.Node) []*yaml.Node {
	was := make([]*yaml.Node, v.Len())
	if old == nil || old.Kind != yaml.SequenceNode {
		return was
	}
	taken := make(map[*yaml.Node]bool, len(old.Content))
	missing := 0
	for i := range was {
		elem := v.Index(i)
		if key, keyed := keyOf(elem); keyed && key != "" {
			was[i] = entry(old, i, elem)
		} else if i < len(old.Content) && means(old.Content[i], elem) {
			was[i] = old.Content[i]
		}
		if taken[was[i]] {
			was[i] = nil
		}
		if was[i] == nil {
			missing++
			continue
		}
		taken[was[i]] = true
	}
	if missing == 0 {
		return was
	}
	free := map[string][]*yaml.Node{} // by what they mean
	for _, c := range old.Content {
		if !taken[c] {
			elem := reflect.New(v.Type().Elem()).Elem()
			scratch().value(c, elem, field{})
			free[e.meaning(elem)] = append(free[e.meaning(elem)], c)
		}
	}
	for i := range was {
		if was[i] == nil {
			m := e.meaning(v.Index(i))
			if nodes := free[m]; len(nodes) > 0 {
				was[i], free[m] = nodes[0], nodes[1:]
				taken[nodes[0]] = true
			}
		}
	}
	for i := range was {
		if was[i] == nil && i < len(old.Content) && !taken[old.Content[i]] && resembles(old.Content[i], v.Index(i)) {
			was[i] = old.Content[i]
		}
	}
	return was
}

// means reports whether n, read like v, is v.
func means(n *yaml.Node, v reflect.Value) bool {
	was, d := reflect.New(v.Type()).Elem(), scratch()
	d.value(n, was, field{})
	return len(d.issues) == 0 && reflect.DeepEqual(was.Interface(), v.Interface())
}

// resembles reports whether n can be v under another key: some other field that is set is the same.
func resembles(n *yaml.Node, v reflect.Value) bool {
	key, keyed := keyOf(v)
	if !keyed || key == "" {
		return true
	}
	was := reflect.New(v.Type()).Elem()
	scratch().value(n, was, field{})
	was, v = indirect(was), indirect(v)
	if !was.IsValid() {
		return false
	}
	in := infoOf(v.Type())
	for i, f := range in.fields {
		if a := v.FieldByIndex(f.index); i != in.key && !unset(a) && reflect.DeepEqual(a.Interface(), was.FieldByIndex(f.index).Interface()) {
			return true
		}
	}
	return false
}

// meaning returns a text that two values share if they are written the same.
func (e *encoder) meaning(v reflect.Value) string {
	var b bytes.Buffer
	writeJSON(&b, (&encoder{names: index{}}).value(v, field{}, nil), "")
	return b.String()
}

// keyed writes [{key: emotion, weight: 0.3}] as {emotion: 0.3}, or returns nil where a list says it better. An entry
// that says more than key and value is a mapping under its key, if it stood so in the file.
func (e *encoder) keyed(v reflect.Value, f field, old *yaml.Node) *yaml.Node {
	keyField, valueField := keyedFields(v.Type(), f.keyed)
	elemType := v.Type().Elem()
	in := infoOf(elemType)
	fresh, order := map[string]*yaml.Node{}, []string{}
	for i := range v.Len() {
		elem := v.Index(i)
		more := in.extra != nil && elem.FieldByIndex(in.extra).Len() > 0
		for _, fd := range in.fields {
			more = more || fd.name != keyField.name && fd.name != valueField.name && !unset(elem.FieldByIndex(fd.index))
		}
		key := textOf(elem.FieldByIndex(keyField.index))
		value := elem.FieldByIndex(valueField.index)
		was := (*yaml.Node)(nil)
		if old != nil {
			was = e.names.lookup(old, key)
		}
		switch {
		case fresh[key] != nil:
			return nil
		case was != nil && was.Kind == yaml.MappingNode && value.Kind() != reflect.Slice && value.Kind() != reflect.Struct:
			rest := reflect.New(elem.Type()).Elem()
			rest.Set(elem)
			rest.FieldByIndex(keyField.index).SetZero()
			fresh[key] = e.structure(rest, was)
		case !more && unset(value) && was != nil && (was.Tag == "!!null" || unreadable(value.Type(), valueField, was)):
			fresh[key] = expand(was)
		case more && old != nil && value.Kind() != reflect.Slice && value.Kind() != reflect.Struct:
			rest := reflect.New(elem.Type()).Elem()
			rest.Set(elem)
			rest.FieldByIndex(keyField.index).SetZero()
			fresh[key] = comments(e.structure(rest, nil), was)
		case more || unset(value):
			return nil
		default:
			fresh[key] = e.value(value, valueField, was)
		}
		order = append(order, key)
	}
	n := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	if old != nil {
		n.Content = merge(old, fresh, order, func(name string) bool {
			return unreadable(elemType.FieldByIndex(keyField.index).Type, field{}, text(name)) ||
				unreadable(elemType.FieldByIndex(valueField.index).Type, valueField, e.names.lookup(old, name))
		})
	} else {
		for _, key := range order {
			n.Content = append(n.Content, text(key), fresh[key])
		}
	}
	n.Style = style(n, old)
	return comments(n, old)
}

func (e *encoder) mapping(v reflect.Value, old *yaml.Node) *yaml.Node {
	fresh, order := map[string]*yaml.Node{}, []string{}
	for _, k := range v.MapKeys() {
		name := textOf(k)
		was := (*yaml.Node)(nil)
		if old != nil {
			was = e.names.lookup(old, name)
		}
		fresh[name], order = e.value(v.MapIndex(k), field{}, was), append(order, name)
	}
	slices.Sort(order)
	n := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	if old != nil && old.Kind == yaml.MappingNode {
		n.Content = merge(old, fresh, order, func(name string) bool {
			return unreadable(v.Type(), field{}, &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{text(name), e.names.lookup(old, name)}})
		})
	} else {
		for _, name := range order {
			n.Content = append(n.Content, text(name), fresh[name])
		}
	}
	n.Style = style(n, old)
	return comments(n, old)
}

// free writes the value of an x- key.
func (e *encoder) free(v reflect.Value, old *yaml.Node) *yaml.Node {
	if v.IsValid() && old != nil && reflect.DeepEqual(scratch().free(old), v.Interface()) {
		return expand(old)
	}
	n := &yaml.Node{}
	var plain any
	if v.IsValid() {
		plain = v.Interface()
	}
	if err := n.Encode(plain); err != nil && e.err == nil {
		e.err = fmt.Errorf("a field that begins with x-: %w", err)
	}
	restyle(n, old)
	return comments(n, old)
}

func textOf(v reflect.Value) string {
	if v.Type().Implements(textMarshaler) {
		b, _ := v.Interface().(encoding.TextMarshaler).MarshalText()
		return string(b)
	}
	return v.String()
}

// style keeps the style of old, or puts a small mapping or list on one line.
func style(n, old *yaml.Node) yaml.Style {
	if old != nil && old.Kind == n.Kind {
		if old.Style&yaml.FlowStyle != 0 && !oneLine(n) {
			return 0
		}
		return old.Style
	}
	if oneLine(n) && width(n) <= widest {
		return yaml.FlowStyle
	}
	return 0
}

// restyle is style for a tree that the YAML library made.
func restyle(n, old *yaml.Node) {
	for _, c := range n.Content {
		restyle(c, nil)
	}
	if n.Kind != yaml.ScalarNode {
		n.Style = style(n, old)
	}
}

// oneLine reports whether n may stand on one line: comments inside would be lost there.
func oneLine(n *yaml.Node) bool {
	for _, c := range n.Content {
		if c.HeadComment != "" || c.LineComment != "" || c.FootComment != "" || !oneLine(c) ||
			c.Kind != yaml.ScalarNode && len(c.Content) > 0 && c.Style&yaml.FlowStyle == 0 {
			return false
		}
	}
	return true
}

func width(n *yaml.Node) int {
	w := len(n.Value) + 2
	for _, c := range n.Content {
		w += width(c)
	}
	return w
}
