package sheet_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/sheet"
)

func texts(t *sheet.Table) [][]string {
	var out [][]string
	for _, r := range t.Rows {
		var line []string
		for _, c := range r {
			line = append(line, c.Text)
		}
		out = append(out, line)
	}
	return out
}

func TestReadTakesWhatSpreadsheetsWrite(t *testing.T) {
	want := [][]string{{"lane", "a", "b, c"}, {"does", "1", "2"}}
	for name, in := range map[string]string{
		"comma":           "lane,a,\"b, c\"\ndoes,1,2\n",
		"semicolon":       "lane;a;b, c\ndoes;1;2\n",
		"tab":             "lane\ta\tb, c\ndoes\t1\t2\n",
		"mark":            "\xef\xbb\xbflane,a,\"b, c\"\ndoes,1,2\n",
		"windows":         "lane;a;b, c\r\ndoes;1;2\r\n",
		"macintosh":       "lane;a;b, c\rdoes;1;2",
		"comment":         "# Anna, Ben, Cem, Dora\nlane;a;b, c\ndoes;1;2\n",
		"declared":        "sep=;\r\nlane;a;b, c\r\ndoes;1;2\r\n",
		"declared tab":    "sep=\t\nlane\ta\tb, c\ndoes\t1\t2\n",
		"empty, comments": "\n# x\n,,\nlane,a,\"b, c\"\n\n does , 1,2",
	} {
		rows, err := sheet.Read(strings.NewReader(in), sheet.Options{})
		require.NoError(t, err, name)
		assert.Equal(t, want, texts(rows), name)
	}
}

func TestCellsKnowTheirPlace(t *testing.T) {
	rows, err := sheet.Read(strings.NewReader("lane,a\n\"two\nlines\",\"=x\"\nlast,b\n"), sheet.Options{Name: "s.csv"})
	require.NoError(t, err)
	assert.Equal(t, "s.csv:3:8", rows.Rows[1][1].Pos.String())
	assert.Equal(t, "s.csv:4:6", rows.Rows[2][1].Pos.String())
	assert.Zero(t, rows.Rows[0].At(9))
}

func TestBadTablesAreErrors(t *testing.T) {
	_, err := sheet.Read(strings.NewReader("\n,\n"), sheet.Options{})
	require.ErrorIs(t, err, sheet.ErrEmpty)
	for _, in := range []string{"\xff\xfea\x00", "a\xe9,b\n"} {
		_, err = sheet.Read(strings.NewReader(in), sheet.Options{})
		require.ErrorIs(t, err, sheet.ErrEncoding)
	}
	_, err = sheet.Read(strings.NewReader("a,b\n\ufffd,1\nK\xe4se,2\n"), sheet.Options{Name: "s.csv"})
	require.EqualError(t, err, "s.csv:3: the table is not text in UTF-8; save it as CSV UTF-8")
	_, err = sheet.Read(strings.NewReader("# nothing\n"), sheet.Options{Name: "s.csv"})
	require.EqualError(t, err, "s.csv: the table is empty")
	_, err = sheet.Read(strings.NewReader("a,b\n\"x\"y,c\n"), sheet.Options{Name: "s.csv"})
	require.ErrorContains(t, err, "s.csv:2:")
	_, err = sheet.Read(strings.NewReader("a,b,c\n"), sheet.Options{Limits: cxmodel.Limits{Elements: 2}})
	require.ErrorIs(t, err, cxmodel.ErrLimit)
	_, err = sheet.Read(strings.NewReader("a,b,c\n"), sheet.Options{Limits: cxmodel.Limits{Bytes: 3}})
	require.ErrorIs(t, err, cxmodel.ErrLimit)
}

func TestWriteAndReadAreInverse(t *testing.T) {
	rows := [][]string{{"=1", "'=1", "a;b", "x\ny", "-2"}, {"@", "\"", "", "ü", "z"}}
	for _, comma := range []rune{0, ';', '\t'} {
		var b bytes.Buffer
		require.NoError(t, sheet.Write(&b, rows, comma))
		back, err := sheet.Read(&b, sheet.Options{Separator: comma})
		require.NoError(t, err)
		assert.Equal(t, rows, texts(back))
	}
}
