package records_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/records"
)

// objects returns what each object holds by column, the rejections, and the error that ended the reading.
func objects(t require.TestingT, text string, limit int) (rows []map[string]string, rejects records.Rejects, err error) {
	src, err := records.Open(iotest.HalfReader(strings.NewReader(text)), limit)
	require.NoError(t, err)
	o := src.Objects(";", "first")
	for {
		fields, err := o.Next()
		if errors.Is(err, records.ErrEnd) {
			return rows, rejects, nil
		}
		if err != nil {
			if rejects.Add(err, o.Line()) {
				continue
			}
			return rows, rejects, err
		}
		row := map[string]string{}
		for i, f := range fields {
			if f != nil {
				row[o.Names()[i]] = string(f)
			}
		}
		rows = append(rows, row)
	}
}

func TestArraysAndLinesOfObjectsReadAlike(t *testing.T) {
	want := []map[string]string{
		{"first": "1", "a.b": "x", "list": "p;q", "deep.0.c": "true"},
		{"first": "é\"", "n": ""},
	}
	one, two := `{"first":1,"a":{"b":"x"},"list":["p","q"],"deep":[{"c":true}],"gone":null}`, `{"first":"\u00e9\"","n":""}`
	for _, text := range []string{"[" + one + ",\n" + two + "]", one + "\n\n" + two, "\ufeff" + one + "\r\n" + two + "\n"} {
		rows, rejects, err := objects(t, text, 1<<16)
		require.NoError(t, err)
		assert.Equal(t, want, rows)
		_, n := rejects.List()
		assert.Zero(t, n)
	}
}

func TestNamesDoNotFillTheMemory(t *testing.T) {
	var b strings.Builder
	for i := range 10 {
		fmt.Fprintf(&b, "{\"a\":1,\"%s%d\":2}\n", strings.Repeat("x", 1<<15), i)
	}
	rows, rejects, err := objects(t, b.String(), 1<<16)
	require.NoError(t, err)
	assert.Empty(t, rows)
	issues, n := rejects.List()
	assert.Equal(t, 10, n)
	assert.Contains(t, issues[0].Message, "longer than 1024 bytes")
	assert.Less(t, len(issues[0].Message), 200)

	b.Reset()
	for i := range records.MaxColumns + 1 {
		fmt.Fprintf(&b, "{\"a%d\":1}\n", i)
	}
	_, _, err = objects(t, b.String(), 1<<16)
	require.ErrorIs(t, err, cxmodel.ErrLimit)
}

// FuzzObjects: of an array that is read without a rejection, encoding/json sees as many objects.
func FuzzObjects(f *testing.F) {
	for _, s := range []string{`[{"a":1},{"a":[1,2,{"b":null}]}]`, "{\"a\":\"x\\\"\"}\n{\"b\":{}}\n[]\n", `[`, `[{"a":1,"a":2}]`, `{"a":`, `[{}] x`, `{"a":[[1],[2]]}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := records.Open(strings.NewReader(text), 1<<12); err != nil {
			return
		}
		rows, rejects, err := objects(t, text, 1<<12)
		if _, n := rejects.List(); err != nil || n > 0 || len(rows) == 0 {
			return
		}
		dec := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix([]byte(text), []byte("\ufeff"))))
		if strings.HasPrefix(strings.TrimLeft(text, " \t\r\n\ufeff"), "[") {
			var all []json.RawMessage
			require.NoError(t, dec.Decode(&all))
			require.Len(t, all, len(rows))
		}
	})
}
