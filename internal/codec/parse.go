package codec

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
)

// Errors that make a document unreadable as a whole.
var (
	ErrEmpty    = errors.New("the file is empty")
	ErrEncoding = errors.New("the file is not UTF-8")
)

// A SyntaxError says where YAML or JSON ends to be well formed.
type SyntaxError struct {
	Pos     cxmodel.Position
	Message string
	Err     error
}

// Error returns the place and what is wrong there.
func (e *SyntaxError) Error() string { return e.Pos.String() + ": " + e.Message }

// Unwrap returns the parser's own error.
func (e *SyntaxError) Unwrap() error { return e.Err }

// parse reads a whole document into a tree of nodes.
func parse(r io.Reader, name string, format cxmodel.Format, limits cxmodel.Limits) (*yaml.Node, error) {
	data, err := io.ReadAll(io.LimitReader(r, limits.Bytes+1))
	if err != nil {
		return nil, at(name, err)
	}
	if int64(len(data)) > limits.Bytes {
		return nil, &cxmodel.LimitError{What: "bytes", Limit: limits.Bytes, Pos: cxmodel.Position{File: name}}
	}
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	if !utf8.Valid(data) {
		line := 1 + bytes.Count(data[:invalidAt(data)], []byte("\n"))
		return nil, &SyntaxError{Pos: cxmodel.Position{File: name, Line: line},
			Message: ErrEncoding.Error() + "; save it as UTF-8", Err: ErrEncoding}
	}
	trimmed := bytes.TrimSpace(data)
	if len(trimmed) == 0 {
		return nil, at(name, fmt.Errorf("%w; a model begins with the line %q", ErrEmpty, "format: "+Version))
	}
	if format == cxmodel.FormatAuto {
		format = cxmodel.FormatYAML
		if strings.HasSuffix(name, ".json") || trimmed[0] == '{' && json.Valid(trimmed) {
			format = cxmodel.FormatJSON
		}
	}
	if format == cxmodel.FormatJSON {
		return parseJSON(data, name, limits)
	}
	return parseYAML(data, name, limits)
}

func at(name string, err error) error {
	if name == "" {
		return err
	}
	return fmt.Errorf("%s: %w", name, err)
}

func invalidAt(data []byte) int {
	i := 0
	for i < len(data) {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		i += n
	}
	return i
}

func parseYAML(data []byte, name string, limits cxmodel.Limits) (*yaml.Node, error) {
	deep := false
	depth := func(level int, _ *yaml.DepthContext) error {
		if level > limits.Depth {
			deep = true
			return cxmodel.ErrLimit
		}
		return nil
	}
	var doc yaml.Node
	err := yaml.Load(data, &doc, yaml.WithPlugin(loaderlimits.New(loaderlimits.DepthFunc(depth))))
	switch {
	case deep:
		return nil, &cxmodel.LimitError{What: "nested levels", Limit: int64(limits.Depth), Pos: markOf(err, name)}
	case err != nil:
		return nil, yamlError(err, name)
	}
	root := doc.Content[0]
	if err := checkAliases(root, name, limits); err != nil {
		return nil, err
	}
	if root.HeadComment == "" && doc.HeadComment != "" {
		root.HeadComment = doc.HeadComment + "\n" + blank // what parts it from the root
	}
	if root.FootComment == "" {
		root.FootComment = doc.FootComment
	}
	markBlanks(root, data)
	return root, nil
}

// checkAliases refuses a tree whose aliases form a cycle, or stand for more elements than the limit.
func checkAliases(root *yaml.Node, name string, limits cxmodel.Limits) error {
	const open = -1
	size := map[*yaml.Node]int{} // of anchored nodes, aliases expanded
	var walk func(n *yaml.Node) (int, error)
	walk = func(n *yaml.Node) (int, error) {
		if n.Kind == yaml.AliasNode {
			known, ok := size[n.Alias]
			if ok && known == open {
				return 0, &SyntaxError{Pos: cxmodel.Position{File: name, Line: n.Line, Column: n.Column},
					Message: fmt.Sprintf("the alias *%s refers to itself", clip.Text(n.Value))}
			}
			return known, nil
		}
		if n.Anchor != "" {
			size[n] = open
		}
		total := 1
		for _, c := range n.Content {
			s, err := walk(c)
			if err != nil {
				return 0, err
			}
			if total += s; total > limits.Elements {
				return 0, &cxmodel.LimitError{What: "elements", Limit: int64(limits.Elements),
					Pos: cxmodel.Position{File: name, Line: c.Line, Column: c.Column}}
			}
		}
		if n.Anchor != "" {
			size[n] = total
		}
		return total, nil
	}
	_, err := walk(root)
	return err
}

// cures say how to mend what the YAML parser complains of, in the words of somebody who writes a model.
var cures = []struct{ of, cure string }{
	{"cannot start any token", "a tab cannot indent YAML, use blanks, and put text that begins with a sign in quotes"},
	{"tab character", "a tab cannot indent YAML, use blanks"},
	{"incompatible YAML", "leave the line out that begins with %YAML"},
	{"expected ',' or '}'", "close the { with a }, and put text with a colon in quotes; the cause may be in the line above"},
	{"expected ',' or ']'", "close the [ with a ], and put text with a colon in quotes; the cause may be in the line above"},
	{"expected key", "begin the line in the same column as its neighbours, and put text after a closing quote inside it"},
	{"expected '-' indicator", "begin the line in the same column as its neighbours"},
	{"mapping values are not allowed", "put text with a colon in quotes, and begin the line in the same column as its neighbours"},
	{"sequence entries are not allowed", "begin a list in a line of its own, below the name of the field"},
	{"could not find expected ':'", "write a colon and a blank after the name of the field, and begin the line in the column of its neighbours"},
	{"unexpected end of stream", "a quote is opened and not closed"},
	{"unknown anchor", "put text that begins with * in quotes"},
}

func yamlError(err error, name string) error {
	switch text := err.Error(); {
	case strings.HasSuffix(text, "no documents in stream"):
		return at(name, fmt.Errorf("%w; it holds only comments", ErrEmpty))
	case strings.HasSuffix(text, "expected single document, found multiple"):
		return at(name, errors.New("the file holds several documents; keep one, without lines of ---"))
	}
	var one *yaml.LoadError
	if errors.As(err, &one) {
		message := one.Message
		for _, c := range cures {
			if strings.Contains(message, c.of) {
				message += "; " + c.cure
				break
			}
		}
		return &SyntaxError{Pos: markOf(err, name), Message: message, Err: err}
	}
	return at(name, err)
}

func markOf(err error, name string) cxmodel.Position {
	pos := cxmodel.Position{File: name}
	var one *yaml.LoadError
	if errors.As(err, &one) {
		pos.Line, pos.Column = one.Mark.Line, one.Mark.Column
	}
	return pos
}

// parseJSON builds the node tree that parseYAML would, so that one decoder serves both. YAML cannot read all of
// JSON (surrogate pairs), hence the tokens of encoding/json.
func parseJSON(data []byte, name string, limits cxmodel.Limits) (*yaml.Node, error) {
	p := &jsonParser{data: data, dec: json.NewDecoder(bytes.NewReader(data)), line: 1, name: name, limits: limits}
	p.dec.UseNumber()
	root, err := p.value(0)
	if err != nil {
		return nil, err
	}
	if _, err := p.dec.Token(); err != io.EOF {
		return nil, &SyntaxError{Pos: p.pos(), Message: "text after the end of the JSON value"}
	}
	return root, nil
}

type jsonParser struct {
	data   []byte
	dec    *json.Decoder
	name   string
	limits cxmodel.Limits
	offset int // up to which line and start are counted
	line   int
	start  int // of the current line
	count  int
}

// pos is the place of the next token.
func (p *jsonParser) pos() cxmodel.Position {
	i := int(p.dec.InputOffset())
	for i < len(p.data) && strings.IndexByte(" \t\r\n,:", p.data[i]) >= 0 {
		i++
	}
	for ; p.offset < i; p.offset++ {
		if p.data[p.offset] == '\n' {
			p.line++
			p.start = p.offset + 1
		}
	}
	return cxmodel.Position{File: p.name, Line: p.line, Column: i - p.start + 1}
}

func (p *jsonParser) value(depth int) (*yaml.Node, error) {
	pos := p.pos()
	if depth > p.limits.Depth {
		return nil, &cxmodel.LimitError{What: "nested levels", Limit: int64(p.limits.Depth), Pos: pos}
	}
	if p.count++; p.count > p.limits.Elements {
		return nil, &cxmodel.LimitError{What: "elements", Limit: int64(p.limits.Elements), Pos: pos}
	}
	token, err := p.dec.Token()
	if err != nil {
		message := err.Error()
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			message = "the file ends inside a value"
		}
		return nil, &SyntaxError{Pos: pos, Message: message, Err: err}
	}
	n := &yaml.Node{Kind: yaml.ScalarNode, Line: pos.Line, Column: pos.Column}
	switch token := token.(type) {
	case nil:
		n.Tag, n.Value = "!!null", "null"
	case bool:
		n.Tag, n.Value = "!!bool", fmt.Sprint(token)
	case json.Number:
		n.Tag, n.Value = "!!float", token.String()
		if !strings.ContainsAny(n.Value, ".eE") {
			n.Tag = "!!int"
		}
	case string:
		n.Tag, n.Value = "!!str", token
	case json.Delim:
		n.Kind, n.Tag = yaml.SequenceNode, "!!seq"
		if token == '{' {
			n.Kind, n.Tag = yaml.MappingNode, "!!map"
		}
		for p.dec.More() {
			children := 1
			if token == '{' {
				children = 2
			}
			for range children {
				child, err := p.value(depth + 1)
				if err != nil {
					return nil, err
				}
				n.Content = append(n.Content, child)
			}
		}
		if _, err := p.dec.Token(); err != nil {
			return nil, &SyntaxError{Pos: p.pos(), Message: "the file ends inside a list or an object", Err: err}
		}
	}
	return n, nil
}
