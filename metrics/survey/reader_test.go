package survey_test

import (
	"context"
	"fmt"
	"math"
	"os"
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
	assert.Equal(t, `the touchpoint "Größe" is not a key of lower-case letters, digits and hyphens; name one for it in Aliases, such as Touchpoints: {"Größe": "grosse"}`,
		issues[1].Message)
	assert.Equal(t, "contradiction", issues[2].Code)
}

func TestAKeyIsOfferedOnlyForANameThatIsShownWhole(t *testing.T) {
	long := strings.Repeat("é", 500)
	r := survey.NewReader(strings.NewReader("measure,segment,score\nnps,Blé,9\nnps,日本,9\nnps,"+long+",9\n"), nil)
	readAll(t, r)
	issues, bad := r.Rejected()
	require.Equal(t, 3, bad)
	assert.Contains(t, issues[0].Message, `in Aliases, such as Segments: {"Blé": "ble"}`)
	for _, i := range issues[1:] {
		assert.True(t, strings.HasSuffix(i.Message, "name one for it in Aliases"), i.Message)
	}
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

func TestNaNInAFileIsNoAnswerAsInASlice(t *testing.T) {
	r := survey.NewReader(strings.NewReader("measure,score\nnps,NaN\nnps,nan\nnps,9\n"), nil)
	var got []float64
	for a, err := range r.All() {
		require.NoError(t, err)
		got = append(got, a.Score)
	}
	_, rejected := r.Rejected()
	assert.Zero(t, rejected)
	require.Len(t, got, 3)
	assert.True(t, math.IsNaN(got[0]) && math.IsNaN(got[1]))
	assert.InDelta(t, 9, got[2], 0)
}

// What a webhook sends: 1792857600 is 2026-10-24T16:00:00Z.
func TestTimesMayBeSecondsSince1970(t *testing.T) {
	want := time.Date(2026, 10, 24, 16, 0, 0, 0, time.UTC)
	r := survey.NewReader(strings.NewReader(`[{"measure": "nps", "score": 9, "time": 1792857600}, {"measure": "nps", "score": 9, "time": "2026-10-24T16:00:00Z"}, {"measure": "nps", "score": 9, "time": null}]`),
		&survey.ReaderOptions{Layouts: []string{"unix", time.RFC3339}})
	got := readAll(t, r)
	require.Len(t, got, 3)
	assert.True(t, got[0].Time.Equal(want) && got[1].Time.Equal(want))
	assert.True(t, got[2].Time.IsZero())
}
