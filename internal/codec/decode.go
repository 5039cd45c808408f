package codec

import (
	"encoding"
	"errors"
	"fmt"
	"io"
	"math"
	"path"
	"reflect"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/enum"
)

// Version is the format that this library reads and writes.
const Version = "cxmodel/1"

// Codes of the issues that decoding finds.
const (
	CodeUnknownField = "unknown-field"
	CodeUnknownWord  = "unknown-word"
	CodeWrongType    = "wrong-type"
	CodeBadValue     = "bad-value"
	CodeDuplicate    = "duplicate-field"
	CodeFormat       = "unknown-format"
	CodeTooMany      = "too-many-issues"
	CodeFile         = "unreadable-file"
)

// Decode reads a document into the struct that into points to. It returns what does not fit as issues and keeps
// going; its error means that nothing could be read.
func Decode(r io.Reader, into any, opts *cxmodel.DecodeOptions) (*Origin, cxmodel.Issues, error) {
	return DecodeFiles(r, into, opts, nil)
}

// DecodeFiles is Decode for documents whose fields may name further files; open opens them.
func DecodeFiles(r io.Reader, into any, opts *cxmodel.DecodeOptions, open func(name string) (io.ReadCloser, error)) (*Origin, cxmodel.Issues, error) {
	if opts == nil {
		opts = &cxmodel.DecodeOptions{}
	}
	limits := opts.Limits.WithDefaults()
	root, err := parse(r, opts.Name, opts.Format, limits)
	if err != nil {
		return nil, nil, err
	}
	origin := &Origin{root: root, name: opts.Name, files: map[*yaml.Node]string{}}
	d := &decoder{origin: origin, limits: limits, file: opts.Name, open: open}
	v := reflect.ValueOf(into).Elem()
	if root.Kind != yaml.MappingNode {
		return nil, nil, &SyntaxError{Pos: d.pos(root), Message: fmt.Sprintf(
			"the document is %s; a document is a mapping of fields such as %s", describe(root), strings.Join(infoOf(v.Type()).names()[:3], ", "))}
	}
	d.document(root, v)
	if d.limit != nil {
		return nil, nil, d.limit
	}
	if d.dropped > 0 {
		d.issues = append(d.issues, cxmodel.Issue{Code: CodeTooMany, Severity: cxmodel.SeverityError,
			Message: fmt.Sprintf("%d further issues are not listed; mend the first ones", d.dropped)})
	}
	return origin, d.issues, nil
}

type decoder struct {
	origin   *Origin
	limits   cxmodel.Limits
	file     string
	open     func(string) (io.ReadCloser, error)
	path     []string
	elements int
	depth    int
	issues   cxmodel.Issues
	dropped  int
	limit    *cxmodel.LimitError
}

func (d *decoder) pos(n *yaml.Node) cxmodel.Position {
	return cxmodel.Position{File: d.file, Line: n.Line, Column: n.Column}
}

func (d *decoder) issue(n *yaml.Node, code, message string, err error) {
	if d.full() {
		return
	}
	d.issues = append(d.issues, cxmodel.Issue{Path: pointer(d.path), Pos: d.pos(n), Code: code,
		Severity: cxmodel.SeverityError, Message: message, Err: err})
}

// document decodes a root mapping: its "format" line is the codec's business, not the struct's.
func (d *decoder) document(n *yaml.Node, v reflect.Value) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if value := n.Content[i+1]; n.Content[i].Value == "format" && value.Value != Version {
			d.path = append(d.path, "format")
			d.issue(value, CodeFormat, fmt.Sprintf("this file says format %q; this library reads %q", clip.Text(value.Value), Version), nil)
			d.path = d.path[:len(d.path)-1]
		}
	}
	d.value(n, v, field{})
}

// value decodes n into v and reports whether it did; f is the field that v stands in.
func (d *decoder) value(n *yaml.Node, v reflect.Value, f field) {
	if d.limit != nil {
		return
	}
	d.elements++
	d.depth++
	defer func() { d.depth-- }()
	switch {
	case d.elements > d.limits.Elements:
		d.limit = &cxmodel.LimitError{What: "elements", Limit: int64(d.limits.Elements), Pos: d.pos(n)}
		return
	case d.depth > d.limits.Depth:
		d.limit = &cxmodel.LimitError{What: "nested levels", Limit: int64(d.limits.Depth), Pos: d.pos(n)}
		return
	case n.Kind == yaml.AliasNode:
		d.value(n.Alias, v, f)
		return
	case n.Kind == yaml.ScalarNode && n.Tag == "!!null":
		return
	}
	if f.file && n.Kind == yaml.ScalarNode && d.open != nil && isFileName(n.Value) {
		d.include(n, v, f)
		return
	}
	if f.file && n.Kind == yaml.ScalarNode && isFileName(n.Value) {
		d.issue(n, CodeFile, fmt.Sprintf("%q names a file; only Load reads a model in several files", clip.Text(n.Value)), nil)
		return
	}
	if v.Kind() == reflect.Pointer {
		elem := reflect.New(v.Type().Elem())
		before := len(d.issues) + d.dropped
		d.value(n, elem.Elem(), field{keyed: f.keyed})
		if n.Kind != yaml.ScalarNode || len(d.issues)+d.dropped == before { // a number that could not be read is unset, not zero
			v.Set(elem)
		}
		return
	}
	if n.Kind == yaml.ScalarNode && v.Addr().Type().Implements(textUnmarshaler) {
		if err := v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(n.Value)); err != nil {
			d.badText(n, err)
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		if len(infoOf(v.Type()).fields) == 0 { // it is written as text
			d.issue(n, CodeWrongType, "expected text, found "+describe(n), nil)
			return
		}
		d.structure(n, v)
	case reflect.Slice:
		d.slice(n, v, f)
	case reflect.Map:
		d.mapping(n, v)
	case reflect.Interface:
		v.Set(reflect.ValueOf(d.free(n)))
	default:
		d.scalar(n, v)
	}
}

// full counts an issue that is not listed, so that no message is made for it.
func (d *decoder) full() bool {
	if len(d.issues) < d.limits.Issues {
		return false
	}
	d.dropped++
	return true
}

func (d *decoder) badText(n *yaml.Node, err error) {
	if d.full() {
		return
	}
	var unknown *enum.UnknownError
	if errors.As(err, &unknown) {
		message := unknown.Error()
		if guess := Nearest(unknown.Word, unknown.Names); guess != "" {
			message = fmt.Sprintf("%q is not a %s; did you mean %q? (%s)", clip.Text(unknown.Word), unknown.Type, guess, strings.Join(unknown.Names, ", "))
		}
		d.issue(n, CodeUnknownWord, message, err)
		return
	}
	message := err.Error()
	for _, pkg := range []string{"cxmodel: ", "journey: ", "canvas: ", "alignment: "} { // the reader of a file knows no packages
		message = strings.TrimPrefix(message, pkg)
	}
	if strings.HasPrefix(message, "invalid UUID") {
		message = fmt.Sprintf("%q is not a UUID such as %q; leave the field out if there is none yet", clip.Text(n.Value), "01990a5d-ac96-774b-bcce-b302099a8057")
	}
	d.issue(n, CodeBadValue, message, err)
}

func (d *decoder) structure(n *yaml.Node, v reflect.Value) {
	in := infoOf(v.Type())
	switch {
	case n.Kind == yaml.ScalarNode && in.text >= 0:
		d.value(n, v.FieldByIndex(in.fields[in.text].index), field{})
		return
	case n.Kind != yaml.MappingNode:
		d.issue(n, CodeWrongType, fmt.Sprintf("expected a mapping with fields such as %s, found %s", strings.Join(in.names()[:min(3, len(in.fields))], ", "), describe(n)), nil)
		return
	}
	var seen map[string]int
	if len(n.Content) > 2 {
		seen = make(map[string]int, len(n.Content)/2)
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		name := key.Value
		d.path = append(d.path, name)
		if d.duplicate(seen, key) {
			d.path = d.path[:len(d.path)-1]
			continue
		}
		if at, known := in.byName[name]; known {
			d.value(value, v.FieldByIndex(in.fields[at].index), in.fields[at])
		} else if strings.HasPrefix(name, "x-") && in.extra != nil {
			extra := v.FieldByIndex(in.extra)
			if extra.IsNil() {
				extra.Set(reflect.MakeMap(extra.Type()))
			}
			extra.SetMapIndex(reflect.ValueOf(name), reflect.ValueOf(&[]any{d.free(value)}[0]).Elem())
		} else if !(name == "format" && len(d.path) == 1) && !(name == "format" && d.file != d.origin.name) {
			d.unknownField(key, value, n, in)
		}
		d.path = d.path[:len(d.path)-1]
	}
}

func (d *decoder) duplicate(seen map[string]int, key *yaml.Node) bool {
	if seen == nil {
		return false
	}
	if line, twice := seen[key.Value]; twice {
		d.issue(key, CodeDuplicate, fmt.Sprintf("%q stands here and in line %d; keep one, the first is read", clip.Text(key.Value), line), nil)
		return true
	}
	seen[key.Value] = key.Line
	return false
}

func (d *decoder) unknownField(key, value, parent *yaml.Node, in *structInfo) {
	if d.full() {
		return
	}
	message := fmt.Sprintf("unknown field %q", clip.Text(key.Value))
	switch guess := Nearest(key.Value, in.names()); {
	case key.Kind != yaml.ScalarNode:
		message = "a field has a name, not a list or a mapping"
	case key.Tag == "!!merge":
		message = "merge keys (<<) are not read; write the fields out"
	case parent.Style&yaml.FlowStyle != 0 && value.Tag == "!!null" && value.Value == "":
		if strings.Contains(key.Value, ":") {
			message += "; a blank belongs after the colon"
		} else {
			message += "; text with a comma inside {…} needs quotes"
		}
	case guess != "":
		message += fmt.Sprintf("; did you mean %q?", guess)
	default:
		message += fmt.Sprintf("; known are %s, and your own that begin with x-", strings.Join(in.names(), ", "))
	}
	d.issue(key, CodeUnknownField, message, nil)
}

func (d *decoder) slice(n *yaml.Node, v reflect.Value, f field) {
	t := v.Type()
	switch {
	case n.Kind == yaml.MappingNode && f.keyed != "":
		d.keyedSlice(n, v, f)
	case n.Kind == yaml.ScalarNode:
		elem := reflect.New(t.Elem()).Elem() // one value stands for a list of one
		if t.Elem().Kind() == reflect.Struct && !elem.Addr().Type().Implements(textUnmarshaler) && infoOf(t.Elem()).text < 0 {
			d.issue(n, CodeWrongType, fmt.Sprintf("expected a list, found %s; begin each entry with a hyphen", describe(n)), nil)
			return
		}
		d.value(n, elem, field{})
		v.Set(reflect.Append(v, elem))
	case n.Kind == yaml.MappingNode:
		d.issue(n, CodeWrongType, fmt.Sprintf("expected a list, found %s; begin each entry with a hyphen", describe(n)), nil)
	default:
		out := reflect.MakeSlice(t, len(n.Content), len(n.Content))
		for i, child := range n.Content {
			d.path = append(d.path, strconv.Itoa(i))
			d.value(child, out.Index(i), field{file: f.file})
			d.path = d.path[:len(d.path)-1]
		}
		v.Set(out)
	}
}

// keyedSlice reads {emotion: 0.3} as [{key: emotion, weight: 0.3}], in the order of the file.
func (d *decoder) keyedSlice(n *yaml.Node, v reflect.Value, f field) {
	keyField, valueField := keyedFields(v.Type(), f.keyed)
	out := reflect.MakeSlice(v.Type(), 0, len(n.Content)/2)
	seen := make(map[string]int, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		d.path = append(d.path, key.Value)
		if !d.duplicate(seen, key) {
			elem := reflect.New(v.Type().Elem()).Elem()
			before := len(d.issues) + d.dropped
			d.value(key, elem.FieldByIndex(keyField.index), field{})
			named := len(d.issues)+d.dropped == before // an entry whose name cannot be read is left out
			target := elem.FieldByIndex(valueField.index)
			if value.Kind == yaml.MappingNode && target.Kind() != reflect.Slice && target.Kind() != reflect.Struct {
				if second := lookup(value, keyField.name); second != nil { // or the entry would have two names
					d.issue(second, CodeDuplicate, fmt.Sprintf("%q is the %s of this entry; leave out the second", clip.Text(key.Value), keyField.name), nil)
					named = false
				}
				d.value(value, elem, field{}) // {emotion: {name: …, weight: 0.3}}
			} else {
				d.value(value, target, valueField)
			}
			if named {
				out = reflect.Append(out, elem)
			}
		}
		d.path = d.path[:len(d.path)-1]
	}
	v.Set(out)
}

func (d *decoder) mapping(n *yaml.Node, v reflect.Value) {
	if n.Kind != yaml.MappingNode {
		d.issue(n, CodeWrongType, "expected a mapping, found "+describe(n), nil)
		return
	}
	t := v.Type()
	out := reflect.MakeMapWithSize(t, len(n.Content)/2)
	seen := make(map[string]int, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		d.path = append(d.path, key.Value)
		if !d.duplicate(seen, key) {
			k, elem := reflect.New(t.Key()).Elem(), reflect.New(t.Elem()).Elem()
			before := len(d.issues) + d.dropped
			d.value(key, k, field{})
			if value.Tag == "!!null" && elem.Kind() != reflect.String {
				d.issue(value, CodeWrongType, fmt.Sprintf("expected %s, found nothing", wanted(elem)), nil)
			}
			d.value(value, elem, field{})
			if len(d.issues)+d.dropped == before { // what could not be read is unset, not zero
				out.SetMapIndex(k, elem)
			}
		}
		d.path = d.path[:len(d.path)-1]
	}
	v.Set(out)
}

func (d *decoder) scalar(n *yaml.Node, v reflect.Value) {
	if n.Kind != yaml.ScalarNode {
		d.issue(n, CodeWrongType, fmt.Sprintf("expected %s, found %s", wanted(v), describe(n)), nil)
		return
	}
	ok := true
	switch v.Kind() {
	case reflect.String:
		v.SetString(n.Value)
	case reflect.Bool:
		v.SetBool(n.Value == "true" || n.Value == "yes")
		ok = n.Value == "true" || n.Value == "yes" || n.Value == "false" || n.Value == "no"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		i, err := parseInt(n.Value, v.Type().Bits())
		v.SetInt(i)
		ok = err == nil
	case reflect.Float64:
		f, err := parseFloat(n.Value)
		v.SetFloat(f)
		ok = err == nil && n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) == 0 && n.Tag != "!!str"
	default:
		panic("codec: no way to decode " + v.Type().String())
	}
	if !ok {
		v.SetZero()
		d.issue(n, CodeWrongType, fmt.Sprintf("expected %s, found %s", wanted(v), describe(n)), nil)
	}
}

// parseInt reads a whole number; 3.0 and 1e3 are whole too, as JSON Schema has it.
func parseInt(s string, bits int) (int64, error) {
	i, err := strconv.ParseInt(s, 10, bits)
	if err == nil || !strings.ContainsAny(s, ".eE") {
		return i, err
	}
	const exact = 1<<53 - 1 // the largest below which no two whole numbers are one float64
	f, err := parseFloat(s)
	if err != nil || f != math.Trunc(f) || math.Abs(f) > min(exact, math.Ldexp(1, bits-1)-1) {
		return 0, strconv.ErrSyntax
	}
	return int64(f), nil
}

func parseFloat(s string) (float64, error) {
	switch strings.ToLower(s) {
	case ".nan":
		return math.NaN(), nil
	case ".inf", "+.inf":
		return math.Inf(1), nil
	case "-.inf":
		return math.Inf(-1), nil
	}
	if strings.ContainsAny(s, "xXpP_nNiI") { // ParseFloat reads hexadecimal, nan and infinity, YAML does not
		return 0, strconv.ErrSyntax
	}
	return strconv.ParseFloat(s, 64)
}

// free decodes what the model does not know: the values of x- keys.
func (d *decoder) free(n *yaml.Node) any {
	d.elements++
	d.depth++
	defer func() { d.depth-- }()
	if d.limit == nil && d.elements > d.limits.Elements {
		d.limit = &cxmodel.LimitError{What: "elements", Limit: int64(d.limits.Elements), Pos: d.pos(n)}
	}
	if d.limit == nil && d.depth > d.limits.Depth {
		d.limit = &cxmodel.LimitError{What: "nested levels", Limit: int64(d.limits.Depth), Pos: d.pos(n)}
	}
	if d.limit != nil {
		return nil
	}
	switch n.Kind {
	case yaml.AliasNode:
		return d.free(n.Alias)
	case yaml.SequenceNode:
		out := make([]any, len(n.Content))
		for i, c := range n.Content {
			out[i] = d.free(c)
		}
		return out
	case yaml.MappingNode:
		out := make(map[string]any, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			out[n.Content[i].Value] = d.free(n.Content[i+1])
		}
		return out
	}
	switch n.Tag {
	case "!!null":
		return nil
	case "!!bool":
		return n.Value == "true"
	case "!!int":
		if i, err := strconv.ParseInt(n.Value, 0, 64); err == nil {
			return i
		}
	case "!!float":
		if f, err := parseFloat(n.Value); err == nil {
			return f
		}
	}
	return n.Value
}

// include decodes the file that n names, and puts its tree in n's place.
func (d *decoder) include(n *yaml.Node, v reflect.Value, f field) {
	name := path.Join(path.Dir(d.file), n.Value)
	r, err := d.open(name)
	if err != nil {
		d.issue(n, CodeFile, fmt.Sprintf("cannot open %q: %v", clip.Text(name), err), err)
		return
	}
	defer r.Close()
	root, err := parse(r, name, cxmodel.FormatAuto, d.limits)
	if err != nil {
		d.issue(n, CodeFile, err.Error(), err)
		return
	}
	*n = *root
	d.origin.files[n] = name
	outer := d.file
	d.file = name
	d.dropFormat(n)
	d.value(n, v, field{keyed: f.keyed})
	d.file = outer
}

// dropFormat checks the format line of a file that becomes part of another document, and takes it out.
func (d *decoder) dropFormat(n *yaml.Node) {
	if n.Kind != yaml.MappingNode || len(n.Content) < 2 || n.Content[0].Value != "format" {
		return
	}
	if value := n.Content[1]; value.Value != Version {
		d.issue(value, CodeFormat, fmt.Sprintf("this file says format %q; this library reads %q", clip.Text(value.Value), Version), nil)
	}
	if head := n.Content[0].HeadComment; head != "" && len(n.Content) > 2 {
		n.Content[2].HeadComment = strings.TrimSuffix(head+"\n"+n.Content[2].HeadComment, "\n")
	}
	n.Content = n.Content[2:]
}

func isFileName(s string) bool {
	return strings.HasSuffix(s, ".yaml") || strings.HasSuffix(s, ".yml") || strings.HasSuffix(s, ".json")
}

func wanted(v reflect.Value) string {
	switch v.Kind() {
	case reflect.String:
		return "text"
	case reflect.Bool:
		return "true or false"
	case reflect.Float64:
		return "a number"
	}
	return "a whole number"
}

func describe(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case n.Kind == yaml.AliasNode:
		return "an alias"
	case n.Tag == "!!str":
		return fmt.Sprintf("the text %q", clip.Text(n.Value))
	case n.Tag == "!!null":
		return "nothing"
	}
	return fmt.Sprintf("%q", clip.Text(n.Value))
}

func pointer(segments []string) string {
	if len(segments) == 0 {
		return ""
	}
	var b strings.Builder
	for _, s := range segments {
		b.WriteByte('/')
		b.WriteString(strings.NewReplacer("~", "~0", "/", "~1").Replace(s))
	}
	return b.String()
}
