package records

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/cxmodel/cxmodel"
)

const (
	maxDepth = 64   // nested levels of a JSON object
	maxName  = 1024 // bytes of the name of a column, those of the objects around it included
)

// An Objects reads records from an array of JSON objects, or from one JSON object a line. The members become
// columns by name, those of an object inside it by "outer.inner", and scalars in an array are joined.
type Objects struct {
	*window
	array bool   // else JSON lines
	place int    // in the array
	join  string // between the scalars of an array

	names  []string
	column map[string]int
	fields [][]byte
	set    []int // the record that last set each column
	number int   // of the record, from 1
	arena  []byte
	path   []byte
}

// Objects reads the source as JSON. A file that does not begin with [ is one object a line; join goes between the scalars
// of an array. Each of the columns is known before an object has it.
func (s *Source) Objects(join string, columns ...string) *Objects {
	array, _ := s.JSON()
	o := &Objects{window: s.window, array: array, join: join, column: make(map[string]int, len(columns)), names: columns}
	for i, name := range columns {
		o.column[name] = i
	}
	o.fields, o.set = make([][]byte, len(columns)), make([]int, len(columns))
	return o
}

// Names returns the columns, those of Objects first, then others in the order of their first appearance. It is not to be
// changed.
func (o *Objects) Names() []string { return o.names }

// Seen says whether an object so far had the column i.
func (o *Objects) Seen(i int) bool { return o.set[i] > 0 }

// Array says whether the file is an array, else it is one object a line.
func (o *Objects) Array() bool { return o.array }

// Next returns the values of the next object by column, valid until the next call; ErrEnd after the last. Errors are as
// those of [Text.Next].
func (o *Objects) Next() ([][]byte, error) {
	text, err := o.text()
	if err != nil {
		return nil, err
	}
	o.number++
	o.arena, o.path = o.arena[:0], o.path[:0]
	for i := range o.fields {
		o.fields[i] = nil
	}
	if !json.Valid(text) {
		return nil, broken(o.fault("the record is not valid JSON" + why(text)))
	}
	w := walker{Objects: o, rest: text}
	if err := w.object(0); err != nil {
		return nil, err
	}
	return o.fields, nil
}

func (o *Objects) fault(reason string) *SyntaxError {
	return &SyntaxError{Pos: cxmodel.Position{Line: o.first}, Reason: reason}
}

// why returns what encoding/json has against text.
func why(text []byte) string {
	var syntax *json.SyntaxError
	if err := json.Unmarshal(text, new(any)); errors.As(err, &syntax) {
		return fmt.Sprintf(": %s after %d bytes of it", syntax, syntax.Offset)
	}
	return ""
}

// text returns the bytes of the next object, which are used up.
func (o *Objects) text() ([]byte, error) {
	if !o.array {
		return o.textLine()
	}
	for {
		c, err := o.next()
		o.first = o.line
		switch {
		case errors.Is(err, ErrEnd) && o.place == behind:
			return nil, ErrEnd
		case errors.Is(err, ErrEnd):
			return nil, o.fault("the file ends inside the array; is it cut off?")
		case err != nil:
			return nil, err
		case c == '[' && o.place == before:
			o.place = atFirst
		case c == ']' && (o.place == atFirst || o.place == afterObject):
			o.place = behind
		case c == ',' && o.place == afterObject:
			o.place = afterComma
		case c == '{' && (o.place == atFirst || o.place == afterComma):
			n, err := o.extent()
			if err != nil {
				return nil, err
			}
			text := o.buf[o.start : o.start+n]
			o.skip(n)
			o.place = afterObject
			return text, nil
		default:
			return nil, o.fault(fmt.Sprintf("unexpected %q; write an array of objects, or one object a line", rune(c)))
		}
		o.skip(1)
	}
}

// Places in an array of objects.
const (
	before = iota
	atFirst
	afterObject
	afterComma
	behind
)

// next returns the first byte that is not blank, without using it up.
func (o *Objects) next() (byte, error) {
	for {
		for ; o.start < o.end; o.skip(1) {
			if c := o.buf[o.start]; c != ' ' && c != '\t' && c != '\r' && c != '\n' {
				return c, nil
			}
		}
		if o.err != nil {
			return 0, o.err
		}
		if err := o.fill(); err != nil {
			return 0, err
		}
	}
}

// extent returns the length of the object at the start of the window.
func (o *Objects) extent() (int, error) {
	depth, inString, escaped, seen := 0, false, false, 0
	for {
		b := o.buf[o.start:o.end]
		for ; seen < len(b); seen++ {
			c := b[seen]
			switch {
			case escaped:
				escaped = false
			case inString:
				escaped = c == '\\'
				inString = c != '"'
			case c == '"':
				inString = true
			case c == '{' || c == '[':
				depth++
			case c == '}' || c == ']':
				if depth--; depth == 0 {
					if seen+1 > o.limit {
						return 0, o.tooLong()
					}
					return seen + 1, nil
				}
			}
		}
		if errors.Is(o.err, ErrEnd) {
			o.first = o.line
			return 0, o.fault("the file ends inside the object that begins here; is it cut off?")
		}
		if o.err != nil {
			return 0, o.err
		}
		if err := o.fill(); err != nil {
			return 0, err
		}
	}
}

// textLine returns the next line that is not blank.
func (o *Objects) textLine() ([]byte, error) {
	for {
		line, err := o.peekLine()
		if err != nil {
			return nil, err
		}
		o.first = o.line
		o.start += len(line)
		o.line++
		text := bytes.TrimSpace(line)
		switch {
		case len(text) == 0:
		case o.number == 0 && !json.Valid(text):
			return nil, o.fault("the first line is not a whole JSON object; write one object a line, or an array of objects")
		case text[0] != '{':
			o.number++
			return nil, broken(o.fault("the line is not a JSON object"))
		default:
			return text, nil
		}
	}
}
