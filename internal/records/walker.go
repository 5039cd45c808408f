package records

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
)

// A walker turns one valid JSON object into fields.
type walker struct {
	*Objects
	rest []byte
}

func (w *walker) blank() {
	for len(w.rest) > 0 && (w.rest[0] == ' ' || w.rest[0] == '\t' || w.rest[0] == '\r' || w.rest[0] == '\n') {
		w.rest = w.rest[1:]
	}
}

// object reads an object whose members are columns below w.path.
func (w *walker) object(depth int) error {
	w.blank()
	w.rest = w.rest[1:] // the brace
	base := len(w.path)
	for {
		w.blank()
		switch w.rest[0] {
		case '}':
			w.rest = w.rest[1:]
			return nil
		case ',':
			w.rest = w.rest[1:]
			continue
		}
		if base > 0 {
			w.path = append(w.path, '.')
		}
		w.path = append(w.path, w.string()...)
		w.blank()
		w.rest = w.rest[1:] // the colon
		if err := w.value(depth, false); err != nil {
			return err
		}
		w.path = w.path[:base]
	}
}

// value reads the value of the column w.path. The elements of one array may set the same column.
func (w *walker) value(depth int, element bool) error {
	if depth >= maxDepth {
		return broken(w.fault(fmt.Sprintf("more than %d nested levels", maxDepth)))
	}
	w.blank()
	var text []byte
	switch w.rest[0] {
	case '{':
		return w.object(depth + 1)
	case '[':
		return w.elements(depth + 1)
	case '"':
		text = w.string()
	default:
		n := 0
		for n < len(w.rest) && !bytes.ContainsRune([]byte(",]} \t\r\n"), rune(w.rest[n])) {
			n++
		}
		if text = w.rest[:n]; text[0] == 'n' { // null
			text = nil
		}
		w.rest = w.rest[n:]
	}
	return w.put(text, element)
}

// elements reads an array: scalars are joined in one column, objects and arrays get columns by their index.
func (w *walker) elements(depth int) error {
	w.rest = w.rest[1:] // the bracket
	base, first := len(w.path), true
	for i := 0; ; {
		w.blank()
		switch c := w.rest[0]; c {
		case ']':
			w.rest = w.rest[1:]
			return nil
		case ',':
			w.rest = w.rest[1:]
			continue
		case '{', '[':
			w.path = strconv.AppendInt(append(w.path, '.'), int64(i), 10)
			if err := w.value(depth, false); err != nil {
				return err
			}
			w.path = w.path[:base]
		default:
			if err := w.value(depth, !first); err != nil {
				return err
			}
			first = false
		}
		i++
	}
}

// string reads a string.
func (w *walker) string() []byte {
	for i := 1; ; i++ {
		switch w.rest[i] {
		case '"':
			text := w.rest[1:i]
			w.rest = w.rest[i+1:]
			return text
		case '\\':
			n := i + 2
			for w.rest[n] != '"' {
				if w.rest[n] == '\\' {
					n++
				}
				n++
			}
			var text string
			_ = json.Unmarshal(w.rest[:n+1], &text) // valid, as the whole record is
			w.rest = w.rest[n+1:]
			return []byte(text)
		}
	}
}

// put sets the column w.path, or adds a further element of an array to it.
func (w *walker) put(text []byte, element bool) error {
	i, ok := w.column[string(w.path)]
	if !ok {
		if len(w.path) > maxName {
			return broken(w.fault(fmt.Sprintf("the member %q has a name longer than %d bytes", clip.Text(w.path), maxName)))
		}
		if i = len(w.names); i == MaxColumns {
			return &cxmodel.LimitError{What: "columns", Limit: MaxColumns, Pos: cxmodel.Position{Line: w.first}}
		}
		w.names = append(w.names, string(w.path))
		w.fields, w.set = append(w.fields, nil), append(w.set, 0)
		w.column[w.names[i]] = i
	}
	switch {
	case w.set[i] != w.number:
		w.set[i] = w.number
		w.fields[i] = text
	case element:
		from := len(w.arena)
		w.arena = append(append(append(w.arena, w.fields[i]...), w.join...), text...)
		w.fields[i] = w.arena[from:len(w.arena):len(w.arena)]
	default:
		return broken(w.fault(fmt.Sprintf("the member %q stands twice", clip.Text(w.path))))
	}
	return nil
}
