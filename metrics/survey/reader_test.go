package survey_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

func readAll(t require.TestingT, r *survey.Reader) []survey.Answer {
	var out []survey.Answer
	for a, err := range r.All() {
		require.NoError(t, err)
		out = append(out, a)
	}
	return out
}

func read(t require.TestingT, text string, opts *survey.ReaderOptions) []survey.Answer {
	return readAll(t, survey.NewReader(strings.NewReader(text), opts))
}

func readError(text string, opts *survey.ReaderOptions) error {
	for _, err := range survey.NewReader(strings.NewReader(text), opts).All() {
		if err != nil {
			return err
		}
	}
	return nil
}

// scores returns "touchpoint=score", "-" for none.
func scores(answers []survey.Answer) []string {
	var out []string
	for _, a := range answers {
		s := "-"
		if a.Answered() {
			s = fmt.Sprint(a.Score)
		}
		out = append(out, string(a.Touchpoint)+"="+s)
	}
	return out
}

func TestLongFileNeedsNoOptions(t *testing.T) {
	got := read(t, "response_id,Customer ID,Recorded Date,measure,touchpoint,segment,channel,score,status,weight\n"+
		"r1,c1,2026-11-02T15:04:05+02:00,nps,Order online,frequent,email,9,completed,\n"+
		"r2,c2,2026-11-03,nps,order_online,,sms,,partial,1.5\n", nil)
	require.Len(t, got, 2)
	assert.Equal(t, survey.Answer{
		ID: "r1", Customer: "c1", Time: time.Date(2026, 11, 2, 13, 4, 5, 0, time.UTC), Measure: "nps", Touchpoint: "order-online",
		Segment: "frequent", Channel: "email", Score: 9, Status: survey.StatusCompleted,
	}, got[0])
	assert.True(t, math.IsNaN(got[1].Score))
	got[1].Score = 0
	assert.Equal(t, survey.Answer{
		ID: "r2", Customer: "c2", Time: time.Date(2026, 11, 3, 0, 0, 0, 0, time.UTC), Measure: "nps", Touchpoint: "order-online",
		Channel: "sms", Status: survey.StatusPartial, Weight: 1.5,
	}, got[1])
}

func TestWideFileHasAnAnswerForEachQuestionOfARow(t *testing.T) {
	opts := &survey.ReaderOptions{Columns: map[string]survey.Column{
		"Q1":     {Measure: "nps"},
		"Q2":     {Measure: "csat", Touchpoint: "checkout", Words: map[string]float64{"Very satisfied": 5}},
		"Q3":     {Measure: "csat"},
		"Plan":   {Field: survey.FieldLabel},
		"Region": {Field: survey.FieldLabel, Label: "region"},
		"Topics": {Field: survey.FieldThemes},
		"date":   {Field: survey.FieldIgnore},
	}}
	got := read(t, "respondent,date,touchpoint,Q3,Q1,Q2,Plan,Region,Topics\n7,x,delivery,2,9,Very satisfied,Gold,,Late; Broken box\n", opts)
	assert.Equal(t, []string{"delivery=2", "delivery=9", "checkout=5"}, scores(got))
	assert.Equal(t, cxmodel.Key("nps"), got[1].Measure)
	for _, a := range got {
		assert.Equal(t, "7", a.Customer)
		assert.Equal(t, map[string]string{"Plan": "Gold"}, a.Labels)
		assert.Equal(t, []cxmodel.Key{"late", "broken-box"}, a.Themes)
	}
}

// A file as Qualtrics exports it: names, question texts and import ids in three rows, the zone of the times among them,
// question texts with line breaks, previews and spam among the rows.
const qualtrics = "\xef\xbb\xbfStartDate,EndDate,Status,Progress,Finished,RecordedDate,ResponseId,DistributionChannel,Q1_NPS_GROUP,Q1,Q2\r\n" +
	"Start Date,End Date,Response Type,Progress,Finished,Recorded Date,Response ID,Distribution Channel,How likely are you - Group,\"How likely are you\nto recommend us, to a friend?\",\"How satisfied were you with the \"\"checkout\"\"?\"\r\n" +
	`"{""ImportId"":""startDate"",""timeZone"":""Pacific/Auckland""}","{""ImportId"":""endDate"",""timeZone"":""Pacific/Auckland""}","{""ImportId"":""status""}","{""ImportId"":""progress""}","{""ImportId"":""finished""}","{""ImportId"":""recordedDate"",""timeZone"":""Pacific/Auckland""}","{""ImportId"":""_recordId""}","{""ImportId"":""distributionChannel""}","{""ImportId"":""QID1_NPS_GROUP""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"` + "\r\n" +
	"2026-11-01 09:00:00,2026-11-01 09:02:00,IP Address,100,True,2026-11-01 09:02:01,R_1,email,Promoter,10,Extremely satisfied\r\n" +
	"2026-11-01 10:00:00,2026-11-01 10:01:00,IP Address,50,False,2026-11-08 10:01:00,R_2,email,Passive,8,\r\n" +
	"2026-11-01 11:00:00,2026-11-01 11:01:00,Survey Preview,100,True,2026-11-01 11:01:00,R_3,preview,Detractor,0,-99\r\n" +
	"2026-11-01 12:00:00,2026-11-01 12:01:00,IP Address,100,True,2026-11-01 12:01:00,R_4,anonymous,Detractor,0,-99\r\n"

func TestQualtricsExport(t *testing.T) {
	for _, names := range [][2]string{{"Q1", "Q2"}, {"QID1", "QID2"}, {"How likely are you\nto recommend us, to a friend?", `How satisfied were you with the "checkout"?`}} {
		opts := survey.QualtricsOptions(map[string]survey.Column{
			names[0]: {Measure: "nps"},
			names[1]: {Measure: "csat", Touchpoint: "checkout", Words: map[string]float64{"Extremely satisfied": 5}},
		})
		r := survey.NewReader(strings.NewReader(qualtrics), opts)
		got := readAll(t, r)
		issues, bad := r.Rejected()
		assert.Empty(t, issues)
		assert.Zero(t, bad)
		assert.Equal(t, 4, r.Rows())
		assert.Equal(t, []string{"=10", "checkout=5", "=8", "checkout=-", "=0", "checkout=-", "=0", "checkout=-"}, scores(got))
		assert.Equal(t, "R_2", got[2].ID)
		assert.Equal(t, []survey.Status{survey.StatusCompleted, survey.StatusPartial, survey.StatusExcluded, survey.StatusCompleted},
			[]survey.Status{got[0].Status, got[2].Status, got[4].Status, got[6].Status})
		// 09:02:01 in Auckland, where summer time (UTC+13) holds in November.
		assert.Equal(t, time.Date(2026, 10, 31, 20, 2, 1, 0, time.UTC), got[0].Time.UTC())
	}
}

func TestForgottenHeaderRowsAreRejectedWithTheCure(t *testing.T) {
	opts := survey.QualtricsOptions(map[string]survey.Column{"Q1": {Measure: "nps"}})
	opts.HeaderRows = 1
	r := survey.NewReader(strings.NewReader(qualtrics), opts)
	assert.Len(t, readAll(t, r), 4)
	_, bad := r.Rejected()
	assert.Equal(t, 2, bad)
	opts = &survey.ReaderOptions{Columns: map[string]survey.Column{"Q1": {Measure: "nps"}, "Status": {Field: survey.FieldIgnore},
		"Finished": {Field: survey.FieldIgnore}, "RecordedDate": {Field: survey.FieldIgnore}}}
	r = survey.NewReader(strings.NewReader(qualtrics), opts)
	readAll(t, r)
	issues, bad := r.Rejected()
	require.Equal(t, 2, bad)
	assert.Contains(t, issues[1].Message, "set HeaderRows to 3")
}

func TestSeparatorsMarksAndLineEnds(t *testing.T) {
	for name, text := range map[string]string{
		"comma":           "measure,touchpoint,score\nnps,a,7\nnps,b,10\n",
		"semicolon":       "measure;touchpoint;score\nnps;a;7\nnps;b;10\n",
		"tab":             "measure\ttouchpoint\tscore\nnps\ta\t7\nnps\tb\t10\n",
		"CRLF":            "measure,touchpoint,score\r\nnps,a,7\r\nnps,b,10\r\n",
		"byte-order mark": "\xef\xbb\xbfmeasure,touchpoint,score\nnps,a,7\nnps,b,10\n",
		"no last newline": "measure,touchpoint,score\nnps,a,7\nnps,b,10",
		"blank lines":     "\n\r\nmeasure,touchpoint,score\n\nnps,a,7\n,,\n\nnps,b,10\n\n",
		"blanks":          "measure , touchpoint,\tscore\nnps, a ,7 \n nps,b, 10\n",
		"quotes":          "\"measure\",\"touchpoint\",\"score\"\n\"nps\",\"a\",\"7\"\n\"nps\",\"b\",\"10\"\n",
		"JSON":            `[{"measure":"nps","touchpoint":"a","score":7}, {"score":"10","touchpoint":"b","measure":"nps"}]`,
		"JSON lines":      "{\"measure\":\"nps\",\"touchpoint\":\"a\",\"score\":7}\n\n {\"score\":1e1,\"touchpoint\":\"b\",\"measure\":\"nps\"}\r\n",
	} {
		assert.Equal(t, []string{"a=7", "b=10"}, scores(read(t, text, nil)), name)
		assert.Equal(t, []string{"a=7", "b=10"}, scores(readAll(t, survey.NewReader(iotest.OneByteReader(strings.NewReader(text)), nil))), name)
	}
	got := read(t, "measure;touchpoint;score\nnps;a;7,5\nnps;b;-1\n", &survey.ReaderOptions{Decimal: ','})
	assert.Equal(t, []string{"a=7.5", "b=-1"}, scores(got))
}

func TestAliasesMissingMarkersAndStatusWords(t *testing.T) {
	opts := &survey.ReaderOptions{
		Aliases: survey.Aliases{
			Measures:    map[string]cxmodel.Key{"Empfehlung": "nps"},
			Touchpoints: map[string]cxmodel.Key{"Größe & Farbe": "size", "TP-0042": "checkout"},
		},
		Missing:     []string{"99", "k.A."},
		StatusWords: map[string]survey.Status{"Email Bounced": survey.StatusBounced},
	}
	r := survey.NewReader(strings.NewReader("measure,touchpoint,score,status\n"+
		"Empfehlung,Größe & Farbe,9,\nEmpfehlung,TP-0042,99,\nEmpfehlung,TP-0042,K.A.,\nEmpfehlung,TP-0042,NA,\n"+
		"Empfehlung,TP-0042,,EMAIL BOUNCED\nEmpfehlung,Größe,8,\nEmpfehlung,TP-0042,8,email bounced\n"), opts)
	got := readAll(t, r)
	assert.Equal(t, []string{"size=9", "checkout=-", "checkout=-", "checkout=-"}, scores(got))
	assert.Equal(t, survey.StatusBounced, got[3].Status)
	issues, bad := r.Rejected()
	require.Equal(t, 3, bad)
	assert.Equal(t, "bad-score", issues[0].Code) // the defaults are replaced: NA is no longer known
	assert.Equal(t, "bad-key", issues[1].Code)
	assert.Contains(t, issues[1].Message, `touchpoint "Größe"`)
	assert.Equal(t, "contradiction", issues[2].Code)
}

func TestTimesAreReadAsSaid(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	got := read(t, "measure,score,time\nnps,1,03/11/2026 08:30\n", &survey.ReaderOptions{Layouts: []string{"02/01/2006 15:04"}, Location: berlin})
	assert.Equal(t, time.Date(2026, 11, 3, 7, 30, 0, 0, time.UTC), got[0].Time.UTC())
	r := survey.NewReader(strings.NewReader("measure,score,time\nnps,1,03/11/2026\nnps,1,2026-02-30\nnps,1,\n"), nil)
	got = readAll(t, r)
	require.Len(t, got, 1)
	assert.True(t, got[0].Time.IsZero())
	issues, _ := r.Rejected()
	assert.Contains(t, issues[0].Message, "say how in Layouts")
}

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

// FuzzReader: nothing panics or hangs, an error comes last, and what AddReader counts is what All yields.
func FuzzReader(f *testing.F) {
	f.Add([]byte(qualtrics), uint8(3))
	for _, s := range []string{
		"measure,touchpoint,score,status,time,weight\nnps,a,9,completed,2026-01-02,1\nnps,b,,invited,2026-01-02T03:04:05Z,\n",
		"measure;score\nnps;\"9\nnps;8\n", "[{\"measure\":\"nps\",\"score\":9,\"x\":{\"y\":[1,\"2\",{\"z\":null}]}}]", "{\"measure\":\"nps\",\"score\":\"6.5\"}\n{}\nnull\n",
		"\xff\xfea\x00", "measure,score\nnps,1e400\nnps,-0\nnps,+7\nnps,6.5\n", "[[{}]]", "[", "{\"measure\":\"n\\u0070s\",\"a.b\":1,\"a\":{\"b\":2}}",
	} {
		f.Add([]byte(s), uint8(1))
	}
	f.Fuzz(func(t *testing.T, data []byte, rows uint8) {
		opts := &survey.ReaderOptions{HeaderRows: int(rows % 4), RowBytes: 1 << 12, Columns: map[string]survey.Column{}}
		if rows > 3 {
			opts.Columns["Q1"] = survey.Column{Measure: "nps", Touchpoint: "a"}
		}
		cubes := [2]*survey.Cube{}
		var errs [2]error
		var bad [2]int
		for i := range cubes {
			c, err := survey.NewCube([]survey.MeasureDef{npsDef}, &survey.CubeOptions{Every: survey.EveryDay, SkipUnknown: true, IgnoreWeights: true})
			require.NoError(t, err)
			r := survey.NewReader(strings.NewReader(string(data)), opts)
			if cubes[i] = c; i == 0 {
				ended := false
				errs[i] = c.AddAll(context.Background(), func(yield func(survey.Answer, error) bool) {
					for a, err := range r.All() {
						require.False(t, ended)
						require.NoError(t, a.Check())
						ended = err != nil
						if !yield(a, err) {
							return
						}
					}
				})
			} else {
				errs[i] = c.AddReader(context.Background(), r)
			}
			issues, n := r.Rejected()
			for _, issue := range issues {
				if issue.Code == "bad-theme" {
					n--
				}
			}
			bad[i] = n
		}
		require.Equal(t, errs[0] == nil, errs[1] == nil, "%v and %v", errs[0], errs[1])
		if errs[0] == nil {
			require.Equal(t, bad[0], bad[1])
		}
		requireEqual(t, cubes[0], cubes[1])
	})
}

func TestReaderOfAFileOnDisk(t *testing.T) {
	f, err := os.Open("testdata/answers.csv")
	require.NoError(t, err)
	defer f.Close()
	assert.NotEmpty(t, readAll(t, survey.NewReader(f, nil)))
}
