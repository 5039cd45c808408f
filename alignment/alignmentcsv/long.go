package alignmentcsv

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/sheet"
)

// A column is a field of a link in the long form.
type column struct {
	name string
	get  func(l *alignment.Link) (string, error)
	set  func(l *alignment.Link, text string) error
}

func textColumn[T ~string](name string, field func(*alignment.Link) *T) column {
	return column{name, func(l *alignment.Link) (string, error) { return string(*field(l)), nil },
		func(l *alignment.Link, text string) error { *field(l) = T(text); return nil }}
}

func refColumn(name string, field func(*alignment.Link) *cxmodel.Ref) column {
	return column{name, func(l *alignment.Link) (string, error) { return field(l).String(), nil },
		func(l *alignment.Link, text string) error { return field(l).UnmarshalText([]byte(text)) }}
}

func jsonColumn[T any](name string, field func(*alignment.Link) *T, unset func(T) bool) column {
	return column{name, func(l *alignment.Link) (string, error) {
		if unset(*field(l)) {
			return "", nil
		}
		b, err := json.Marshal(*field(l))
		return string(b), err
	}, func(l *alignment.Link, text string) error {
		d := json.NewDecoder(strings.NewReader(text))
		d.DisallowUnknownFields()
		var v T
		if err := d.Decode(&v); err != nil || d.More() {
			return fmt.Errorf("%q is not %s in JSON, as EncodeLinks writes it", clip.Text(text), name)
		}
		*field(l) = v
		return nil
	}}
}

// columns are the fields of a link, in the order of the table. The field "to" takes "place.facet" too.
var columns = []column{
	refColumn("item", func(l *alignment.Link) *cxmodel.Ref { return &l.Item }),
	{"to", func(l *alignment.Link) (string, error) { return l.To.String(), nil }, func(l *alignment.Link, text string) error {
		place, facet, _ := strings.Cut(text, ".")
		if facet != "" {
			l.Facet = cxmodel.Key(facet)
		}
		return l.To.UnmarshalText([]byte(place))
	}},
	textColumn("facet", func(l *alignment.Link) *cxmodel.Key { return &l.Facet }),
	{"role", func(l *alignment.Link) (string, error) { return l.Role.String(), nil }, func(l *alignment.Link, text string) error {
		return l.Role.UnmarshalText([]byte(strings.ToLower(text)))
	}},
	textColumn("group", func(l *alignment.Link) *cxmodel.Key { return &l.Group }),
	{"strength", func(l *alignment.Link) (string, error) { return l.Strength.String(), nil }, func(l *alignment.Link, text string) (err error) {
		l.Strength, err = parseStrength(text)
		return err
	}},
	{"performance", func(l *alignment.Link) (string, error) {
		if l.Performance == nil {
			return "", nil
		}
		return strconv.FormatFloat(float64(*l.Performance), 'g', -1, 64), nil
	}, func(l *alignment.Link, text string) error {
		var p canvas.Performance
		plain := strings.Replace(strings.ToLower(text), ",", ".", 1) // the decimal comma of many countries
		if err := p.UnmarshalText([]byte(plain)); err != nil {
			return fmt.Errorf("%q is no performance; write a number from 0 to 1, or broken, poor, fair, good, excellent", clip.Text(text))
		}
		l.Performance = &p
		return nil
	}},
	textColumn("rater", func(l *alignment.Link) *cxmodel.Key { return &l.Rater }),
	jsonColumn("evidence", func(l *alignment.Link) *[]cxmodel.Evidence { return &l.Evidence }, func(e []cxmodel.Evidence) bool { return e == nil }),
	textColumn("note", func(l *alignment.Link) *string { return &l.Note }),
	jsonColumn("labels", func(l *alignment.Link) *map[string]string { return &l.Labels }, func(m map[string]string) bool { return m == nil }),
}

// ownColumn is a field of the user's own, such as "x-meeting"; its cells are JSON.
func ownColumn(name string) column {
	return column{name, func(l *alignment.Link) (string, error) {
		v, ok := l.Fields[name]
		if !ok {
			return "", nil
		}
		b, err := json.Marshal(v)
		return string(b), err
	}, func(l *alignment.Link, text string) error {
		d := json.NewDecoder(strings.NewReader(text))
		d.UseNumber()
		var v any
		if err := d.Decode(&v); err != nil || d.More() {
			return fmt.Errorf("%q is not JSON; put text in quotes", clip.Text(text))
		}
		if l.Fields == nil {
			l.Fields = map[string]any{}
		}
		l.Fields[name] = plainNumbers(v)
		return nil
	}}
}

// plainNumbers makes whole numbers int64 and others float64, as the decoders of documents do.
func plainNumbers(v any) any {
	switch v := v.(type) {
	case json.Number:
		if i, err := v.Int64(); err == nil {
			return i
		}
		f, _ := v.Float64()
		return f
	case []any:
		for i := range v {
			v[i] = plainNumbers(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = plainNumbers(v[k])
		}
	}
	return v
}

// EncodeLinks writes all links of the model in the long form, one row a link, in their order. Columns that no link fills
// are left out, but for item, to, role, strength and rater. Cells that a spreadsheet would run as a formula are defused.
func EncodeLinks(w io.Writer, m *alignment.Model, opts *SheetOptions) error {
	if m == nil {
		return ErrNoModel
	}
	o := SheetOptions{}
	if opts != nil {
		o = *opts
	}
	own := map[string]bool{}
	for i := range m.Links {
		for k := range m.Links[i].Fields {
			own[k] = true
		}
	}
	all := slices.Clone(columns)
	for _, k := range slices.Sorted(maps.Keys(own)) {
		all = append(all, ownColumn(k))
	}
	head := make([]string, len(all))
	filled := make([]bool, len(all))
	rows := [][]string{head}
	for i, c := range all {
		head[i] = c.name
		filled[i] = slices.Contains([]string{"item", "to", "role", "strength", "rater"}, c.name)
	}
	for n := range m.Links {
		row := make([]string, len(all))
		for i, c := range all {
			var err error
			if row[i], err = c.get(&m.Links[n]); err != nil {
				return fmt.Errorf("alignmentcsv: link %d: %s: %w", n+1, c.name, err)
			}
			filled[i] = filled[i] || row[i] != ""
		}
		rows = append(rows, row)
	}
	for i, row := range rows {
		kept := make([]string, 0, len(row))
		for k, cell := range row {
			if filled[k] {
				kept = append(kept, cell)
			}
		}
		rows[i] = kept
	}
	if err := sheet.Write(w, rows, o.Separator); err != nil {
		return fmt.Errorf("alignmentcsv: %w", err)
	}
	return nil
}
