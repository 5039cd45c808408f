package clv

import (
	"encoding"
	"io"
	"reflect"
	"strconv"
	"strings"

	"github.com/cxmodel/cxmodel/internal/nanjson"
	"github.com/cxmodel/cxmodel/internal/table"
	"github.com/cxmodel/cxmodel/metrics"
)

// A Row is a line of one of the results of this package.
type Row interface {
	Customer | Prediction | HoldoutRow | TrackRow | Ranked | AliveShare | FrequencyRow | RFM | GroupValue | Drift | Choice
}

// WriteCSV writes rows under a heading of their JSON names, numbers with six digits and nothing for one that is not
// available. An estimate takes three columns: its value, low and high. What a spreadsheet would take for a formula gets
// an apostrophe. For a million predictions [Predictions.WriteCSV] holds less in memory.
func WriteCSV[T Row](w io.Writer, rows []T) error { return tableOf(rows).WriteCSV(w) }

// WriteMarkdown writes the same as a Markdown table.
func WriteMarkdown[T Row](w io.Writer, rows []T) error { return tableOf(rows).WriteMarkdown(w) }

func tableOf[T Row](rows []T) *table.Table {
	t := &table.Table{}
	kind := reflect.TypeFor[T]()
	for i := range kind.NumField() {
		f := kind.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		t.Head = append(t.Head, name)
		if f.Type == reflect.TypeFor[metrics.Estimate]() {
			t.Head = append(t.Head, name+"-low", name+"-high")
		}
	}
	for _, row := range rows {
		v := reflect.ValueOf(row)
		var cells []string
		for i := range v.NumField() {
			switch f := v.Field(i).Interface().(type) {
			case metrics.Estimate:
				cells = append(cells, number(f.Value), number(f.Low), number(f.High))
			case float64:
				cells = append(cells, number(f))
			case int:
				cells = append(cells, strconv.Itoa(f))
			case bool:
				cells = append(cells, strconv.FormatBool(f))
			case string:
				cells = append(cells, f)
			case encoding.TextMarshaler: // dates and statuses, which always have a text
				text, _ := f.MarshalText()
				cells = append(cells, string(text))
			}
		}
		t.Add(cells...)
	}
	return t
}

// MarshalJSON writes null for a number that is not available.
func (p Prediction) MarshalJSON() ([]byte, error) { return nanjson.Marshal(p) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (p *Prediction) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, p) }

// MarshalJSON writes null for a number that is not available.
func (p Prospect) MarshalJSON() ([]byte, error) { return nanjson.Marshal(p) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (p *Prospect) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, p) }

// MarshalJSON writes null for a number that is not available.
func (d Drift) MarshalJSON() ([]byte, error) { return nanjson.Marshal(d) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (d *Drift) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, d) }
