package survey_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

func TestThreeBadRowsAmongTenThousand(t *testing.T) {
	var b strings.Builder
	b.WriteString("id,measure,touchpoint,score\n")
	for i := 1; i <= 10_000; i++ {
		switch i {
		case 17:
			b.WriteString("17,nps,checkout,nine\n")
		case 5000:
			b.WriteString("5000,nps,check\"out,9\n")
		case 9999:
			b.WriteString("9999,nps,9\n")
		default:
			fmt.Fprintf(&b, "%d,nps,checkout,%d\n", i, i%11)
		}
	}
	for _, count := range []func(*survey.Cube, *survey.Reader) error{
		func(c *survey.Cube, r *survey.Reader) error { return c.AddAll(context.Background(), r.All()) },
		func(c *survey.Cube, r *survey.Reader) error { return c.AddReader(context.Background(), r) },
	} {
		r := survey.NewReader(strings.NewReader(b.String()), &survey.ReaderOptions{Name: "answers.csv"})
		c := weekly(t)
		require.NoError(t, count(c, r))
		total, err := c.Total("nps")
		require.NoError(t, err)
		assert.Equal(t, 9997, total.N())
		assert.Equal(t, 10_000, r.Rows())
		issues, bad := r.Rejected()
		assert.Equal(t, 3, bad)
		require.Len(t, issues, 3)
		assert.Equal(t, `answers.csv:18: warning: column "score": "nine" is not a number; name what it means in the Words of the column, or in Missing [bad-score]`, issues[0].Error())
		assert.Equal(t, "answers.csv:5001:15: warning: there is a quote in a field that does not begin with one; double it and put the field in quotes [broken-record]", issues[1].Error())
		assert.Equal(t, "answers.csv:10000: warning: the row has 3 cells, the headings 4 [field-count]", issues[2].Error())
		var syntax *survey.SyntaxError
		assert.ErrorAs(t, issues[1], &syntax)
		assert.NoError(t, issues.Err(), "the file can be used")
	}
}

func TestRejectedKeepsAHundredAndCountsAll(t *testing.T) {
	r := survey.NewReader(strings.NewReader("measure,score\n"+strings.Repeat("nps,x\n", 250)), nil)
	assert.Empty(t, readAll(t, r))
	issues, bad := r.Rejected()
	assert.Len(t, issues, 100)
	assert.Equal(t, 250, bad)
	issues[0].Message = "changed"
	again, _ := r.Rejected()
	assert.NotEqual(t, "changed", again[0].Message)
}

func TestOneBadCellOfAWideRowLeavesTheOthers(t *testing.T) {
	r := survey.NewReader(strings.NewReader("Q1,Q2,Q3\n1,x,3\n"), &survey.ReaderOptions{Columns: map[string]survey.Column{
		"Q1": {Measure: "nps", Touchpoint: "a"}, "Q2": {Measure: "nps", Touchpoint: "b"}, "Q3": {Measure: "nps", Touchpoint: "c"}}})
	assert.Equal(t, []string{"a=1", "c=3"}, scores(readAll(t, r)))
	_, bad := r.Rejected()
	assert.Equal(t, 1, bad)
}

func TestBadFilesAreErrorsThatNameTheCure(t *testing.T) {
	q := map[string]survey.Column{"Qustion 1": {Measure: "nps"}}
	for name, c := range map[string]struct {
		text string
		opts *survey.ReaderOptions
		is   error
		says string
	}{
		"empty":                 {"", nil, survey.ErrEmpty, ""},
		"only a mark":           {"\xef\xbb\xbf\n\n", nil, survey.ErrEmpty, ""},
		"fewer header rows":     {"a,b\n", survey.QualtricsOptions(nil), survey.ErrEmpty, "1 of 3 header rows"},
		"missing column":        {"id,Question 1,Question 2\n", &survey.ReaderOptions{Columns: q}, survey.ErrColumn, `there is no "Qustion 1"; did you mean "Question 1"?; the file has "id", "Question 1", "Question 2"`},
		"missing member":        {`[{"Question 1": 9}]`, &survey.ReaderOptions{Columns: q}, survey.ErrColumn, `did you mean "Question 1"?`},
		"no scores":             {"measure,scor\nnps,9\n", nil, survey.ErrColumn, `none holds scores; name it "score" or map it in Columns; the file has "measure", "scor"`},
		"no scores in JSON":     {`{"measure":"nps","scor":9}`, nil, survey.ErrColumn, "none holds scores"},
		"no measure":            {"touchpoint,score\na,9\n", nil, survey.ErrColumn, "answers no measure"},
		"two of one field":      {"measure,score,id,response id\n", nil, survey.ErrColumn, `both "id" and "response id" are the id`},
		"two of one name":       {"Question 1,Question 1\n", &survey.ReaderOptions{Columns: map[string]survey.Column{"Question 1": {Measure: "nps"}}}, survey.ErrColumn, "columns 1 and 2 are both named"},
		"column without use":    {"a\n", &survey.ReaderOptions{Columns: map[string]survey.Column{"a": {}}}, survey.ErrOption, "neither field nor measure"},
		"measure on a label":    {"a\n", &survey.ReaderOptions{Columns: map[string]survey.Column{"a": {Field: survey.FieldLabel, Measure: "nps"}}}, survey.ErrOption, "belong to score columns"},
		"bad key in the map":    {"a\n", &survey.ReaderOptions{Columns: map[string]survey.Column{"a": {Measure: "N P S"}}}, cxmodel.ErrKey, `"n-p-s"`},
		"bad alias":             {"measure,score\n", &survey.ReaderOptions{Aliases: survey.Aliases{Segments: map[string]cxmodel.Key{"x": "X Y"}}}, cxmodel.ErrKey, "the alias"},
		"decimal mark":          {"measure,score\n", &survey.ReaderOptions{Decimal: ';'}, survey.ErrOption, ""},
		"UTF-16 little endian":  {"\xff\xfem\x00e\x00", nil, survey.ErrEncoding, "UTF-16"},
		"UTF-16 big endian":     {"\xfe\xff\x00m\x00e", nil, survey.ErrEncoding, "UTF-16"},
		"UTF-16 without mark":   {"m\x00e\x00a\x00s\x00", nil, survey.ErrEncoding, "UTF-16"},
		"Latin-1":               {"measure,score,Gr\xf6\xdfe\n", nil, survey.ErrEncoding, "CSV UTF-8"},
		"quote never closed":    {"measure,score\nnps,9\nnps,\"8\nnps,7\n", nil, nil, "3:5: the quote that opens here is never closed"},
		"quote in the headings": {"measure,sc\"ore\n", nil, nil, "in the headings"},
		"cut array":             {`[{"measure":"nps","score":9},`, nil, nil, "is it cut off?"},
		"cut object":            {`[{"measure":"nps","score":9`, nil, nil, "is it cut off?"},
		"text behind the array": {`[{"measure":"nps","score":9}] x`, nil, nil, "unexpected"},
		"array of numbers":      {`[1,2]`, nil, nil, "write an array of objects"},
		"object over lines":     {"{\n\"measure\":\"nps\",\"score\":9}", nil, nil, "one object a line"},
		"zone nobody knows":     {"measure,score,time\n\"{\"\"ImportId\"\":\"\"a\"\"}\",x,\"{\"\"ImportId\"\":\"\"b\"\",\"\"timeZone\"\":\"\"Mars/Base\"\"}\"\n", &survey.ReaderOptions{HeaderRows: 2}, survey.ErrOption, "set Location"},
	} {
		t.Run(name, func(t *testing.T) {
			err := readError(c.text, c.opts)
			require.Error(t, err)
			assert.ErrorContains(t, err, c.says)
			if c.is != nil {
				assert.ErrorIs(t, err, c.is)
			} else {
				var syntax *survey.SyntaxError
				require.ErrorAs(t, err, &syntax)
				assert.Positive(t, syntax.Pos.Line)
			}
		})
	}
}

func TestWhatStandsBeforeABrokenQuoteIsReturned(t *testing.T) {
	n := 0
	var last error
	for _, err := range survey.NewReader(strings.NewReader("measure,score\nnps,9\nnps,8\n\"nps,7\n"), nil).All() {
		if last = err; err == nil {
			n++
		}
	}
	assert.Equal(t, 2, n)
	assert.ErrorContains(t, last, "4:1")
}

func TestBadRecordsInJSONAreRejected(t *testing.T) {
	deep := strings.Repeat(`{"a":`, 10_000) + "1" + strings.Repeat("}", 10_000)
	for name, text := range map[string]string{
		"array": `[{"measure":"nps","score":1}, {"measure":"nps","score":2,"score":3}, {"measure":"nps","score":tru},` + deep + `,{"measure":"nps","score":4}]`,
		"lines": "{\"measure\":\"nps\",\"score\":1}\n{\"measure\":\"nps\",\"score\":2,\"score\":3}\n{\"measure\":\"nps\",\n" + deep + "\n{\"measure\":\"nps\",\"score\":4}",
	} {
		r := survey.NewReader(strings.NewReader(text), nil)
		assert.Equal(t, []string{"=1", "=4"}, scores(readAll(t, r)), name)
		issues, bad := r.Rejected()
		assert.Equal(t, 3, bad, name)
		assert.Equal(t, 5, r.Rows(), name)
		assert.Contains(t, issues[0].Message, `the member "score" stands twice`, name)
		assert.Contains(t, issues[1].Message, "not valid JSON", name)
		assert.Contains(t, issues[2].Message, "nested levels", name)
		if name == "lines" {
			assert.Equal(t, 4, issues[2].Pos.Line)
		}
	}
}

func TestJSONMembersAreColumns(t *testing.T) {
	opts := &survey.ReaderOptions{Columns: map[string]survey.Column{
		"answers.q1":    {Measure: "nps"},
		"answers.q2":    {Measure: "csat", Touchpoint: "checkout"},
		"customer.name": {Field: survey.FieldCustomer},
		"tags":          {Field: survey.FieldThemes},
		"items.1.plan":  {Field: survey.FieldLabel, Label: "plan"},
	}}
	got := read(t, `[{"answers":{"q1":9,"q2":null},"customer":{"name":"Ann \"B\" \u00df"},"tags":["late","Broken box"],"items":[{"plan":"x"},{"plan":"y"}]},
	                 {"customer":{"name":"Bob"},"answers":{"q2":4}}]`, opts)
	assert.Equal(t, []string{"=9", "checkout=-", "=-", "checkout=4"}, scores(got))
	assert.Equal(t, `Ann "B" ß`, got[0].Customer)
	assert.Equal(t, []cxmodel.Key{"late", "broken-box"}, got[0].Themes)
	assert.Equal(t, map[string]string{"plan": "y"}, got[0].Labels)
}

// TestInvitationsWithoutAScoreMemberAreAnswers: in JSON what is not there may be left out altogether.
func TestInvitationsWithoutAScoreMemberAreAnswers(t *testing.T) {
	got := read(t, "{\"measure\":\"nps\",\"status\":\"invited\"}\n{\"measure\":\"nps\",\"status\":\"completed\",\"score\":9}\n", nil)
	require.Len(t, got, 2)
	assert.Equal(t, survey.StatusInvited, got[0].Status)
	assert.Equal(t, []string{"=-", "=9"}, scores(got))
}

func TestSpentReaderYieldsErrConsumed(t *testing.T) {
	r := survey.NewReader(strings.NewReader("measure,score\nnps,9\nnps,8\n"), nil)
	for range r.All() {
		break
	}
	n := 0
	for _, err := range r.All() {
		assert.ErrorIs(t, err, survey.ErrConsumed)
		n++
	}
	assert.Equal(t, 1, n)
	assert.ErrorIs(t, weekly(t).AddReader(context.Background(), r), survey.ErrConsumed)
}

func TestFailureOfTheSourceEndsTheStream(t *testing.T) {
	for _, text := range []string{"measure,score\nnps,9\n", `[{"measure":"nps","score":9}`, "{\"measure\":\"nps\",\"score\":9}\n"} {
		fault := errors.New("the disk is gone")
		var got []error
		for _, err := range survey.NewReader(io.MultiReader(strings.NewReader(text), iotest.ErrReader(fault)), nil).All() {
			got = append(got, err)
		}
		require.Len(t, got, 2)
		assert.NoError(t, got[0])
		assert.ErrorIs(t, got[1], fault)
	}
}

// endless yields head, then the same byte for n bytes.
type endless struct {
	head string
	n    int64
}

func (e *endless) Read(p []byte) (int, error) {
	if e.head != "" {
		n := copy(p, e.head)
		e.head = e.head[n:]
		return n, nil
	}
	if e.n == 0 {
		return 0, io.EOF
	}
	n := min(int64(len(p)), e.n)
	for i := range p[:n] {
		p[i] = 'a'
	}
	e.n -= n
	return int(n), nil
}

func TestAGigabyteInOneLineIsATypedErrorInLittleMemory(t *testing.T) {
	const gigabyte = 1 << 30
	for name, head := range map[string]string{
		"heading":      "",
		"field":        "measure,score\nnps,9\nnps,",
		"quoted field": "measure,score\nnps,9\nnps,\"",
		"JSON lines":   "{\"measure\":\"nps\",\"score\":9}\n\n{\"a\":\"",
		"JSON array":   "[{\"measure\":\"nps\",\"score\":9},\n\n{\"a\":\"",
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		src := &endless{head, gigabyte}
		var last error
		for _, err := range survey.NewReader(src, nil).All() {
			last = err
		}
		runtime.ReadMemStats(&after)
		var limit *cxmodel.LimitError
		require.ErrorAs(t, last, &limit, name)
		assert.ErrorIs(t, last, cxmodel.ErrLimit)
		assert.Equal(t, int64(1<<20), limit.Limit)
		line := 3
		if name == "heading" {
			line = 1
		}
		assert.Equal(t, line, limit.Pos.Line, name)
		assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(8<<20), name)
		assert.Greater(t, src.n, int64(gigabyte-8<<20), "it stops reading")
	}
}

func TestTooManyDifferentKeysEndTheReading(t *testing.T) {
	var b strings.Builder
	b.WriteString("measure,score,segment\n")
	for i := range 70_000 {
		fmt.Fprintf(&b, "nps,1,customer-%d\n", i)
	}
	err := readError(b.String(), nil)
	assert.ErrorIs(t, err, cxmodel.ErrLimit)
	assert.ErrorContains(t, err, "is the column map right?")
	assert.ErrorContains(t, err, "line 65537")
}

func TestOptionsAreNotKeptAndNotChanged(t *testing.T) {
	opts := &survey.ReaderOptions{
		Columns: map[string]survey.Column{"Q1": {Measure: "nps", Words: map[string]float64{"bad": 0}}},
		Aliases: survey.Aliases{Touchpoints: map[string]cxmodel.Key{"A!": "a"}}, Missing: []string{"none"}, StatusWords: map[string]survey.Status{"gone": survey.StatusBounced},
	}
	r := survey.NewReader(strings.NewReader("touchpoint,Q1,status\nA!,bad,\nA!,,gone\n"), opts)
	opts.Columns["Q1"].Words["bad"] = 7
	delete(opts.Columns, "Q1")
	delete(opts.Aliases.Touchpoints, "A!")
	delete(opts.StatusWords, "gone")
	assert.Equal(t, []string{"a=0", "a=-"}, scores(readAll(t, r)))
	assert.Len(t, opts.Missing, 1)
}

// TestLongQuotedRecordFromASlowSource: a record of a megabyte of quotes, one byte a read, is cut in linear time.
func TestLongQuotedRecordFromASlowSource(t *testing.T) {
	text := "measure,score,note\nnps,9,\"" + strings.Repeat(`""`, 500_000) + "\"\nnps,8,\n"
	assert.Equal(t, []string{"=9", "=8"}, scores(readAll(t, survey.NewReader(iotest.OneByteReader(strings.NewReader(text)), nil))))
}
