package journeycsv_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/journey"
	"github.com/cxmodel/cxmodel/journey/journeycsv"
)

func encode(t require.TestingT, j *journey.Journey, o *journeycsv.Options) string {
	var b bytes.Buffer
	require.NoError(t, journeycsv.Encode(&b, j, o))
	return b.String()
}

// journeys returns those of the presets and of the example models.
func journeys(t *testing.T) map[string]*journey.Journey {
	out := map[string]*journey.Journey{}
	for _, name := range journey.Presets() {
		j, err := journey.Preset(name)
		require.NoError(t, err)
		out[name] = j
	}
	files, err := filepath.Glob("../../examples/models/*.yaml")
	require.NoError(t, err)
	for _, f := range files {
		m, issues, err := alignment.Load(os.DirFS(filepath.Dir(f)), filepath.Base(f), nil)
		require.NoError(t, err)
		require.NoError(t, issues.Err())
		for _, j := range m.Journeys {
			require.NoError(t, j.ApplyPreset())
			out[f+string(j.Key)] = j
		}
	}
	return out
}

func TestOutAndInIsTheIdentityOnLanes(t *testing.T) {
	for name, j := range journeys(t) {
		for _, comma := range []rune{0, ';', '\t'} {
			sheet := encode(t, j, &journeycsv.Options{Separator: comma})
			again, issues, err := journeycsv.Decode(strings.NewReader(sheet), nil)
			require.NoError(t, err, name)
			require.Empty(t, issues.Of(cxmodel.SeverityError), name)
			assert.Equal(t, sheet, encode(t, again, &journeycsv.Options{Separator: comma}), name)

			updated, issues, err := journeycsv.Update(j, strings.NewReader(sheet), nil)
			require.NoError(t, err, name)
			require.Empty(t, issues, name)
			assert.Equal(t, j, updated, name)
		}
	}
}

func TestAnyTextSurvives(t *testing.T) {
	text := rapid.StringMatching(`[-=+@'"•* \n\r\t,;a#é＝]{0,8}|.{0,6}`)
	rapid.Check(t, func(r *rapid.T) {
		j := &journey.Journey{Lanes: []journey.Lane{{Key: "legal"}, {Key: "name"}, {Key: "tools"}, {Key: "stage"}}}
		s := journey.Stage{Key: "s"}
		for _, key := range []cxmodel.Key{"a", "b", "c"} {
			say := func() string { return text.Draw(r, "text") }
			tp := journey.Touchpoint{Key: key, Name: say(), Action: say(), Owner: say(), Layer: journey.Layer(rapid.IntRange(0, 5).Draw(r, "layer")),
				Lanes: map[cxmodel.Key]string{}}
			for _, l := range j.Lanes {
				if v := say(); strings.TrimSpace(v) != "" {
					tp.Lanes[l.Key] = v
				}
			}
			for range rapid.IntRange(0, 3).Draw(r, "pains") {
				if v := say(); strings.TrimSpace(v) != "" {
					tp.Pains = append(tp.Pains, journey.Pain{Text: v, Severity: new(journey.DegreeHigh)})
				}
			}
			if rapid.Bool().Draw(r, "mood") {
				tp.Sentiment = new(rapid.Float64().Draw(r, "sentiment"))
			}
			s.Touchpoints = append(s.Touchpoints, tp)
		}
		j.Stages = []journey.Stage{s, {Key: "empty"}}
		sheet := encode(r, j, nil)

		updated, issues, err := journeycsv.Update(j, strings.NewReader(sheet), nil)
		require.NoError(r, err)
		require.Empty(r, issues, sheet)
		require.Equal(r, j, updated)

		again, issues, err := journeycsv.Decode(strings.NewReader(sheet), nil)
		require.NoError(r, err)
		require.Empty(r, issues.Of(cxmodel.SeverityError), sheet)
		require.Equal(r, rows(sheet), rows(encode(r, again, nil)))
	})
}

// rows returns the lines of a table without regard to their order: lanes of one's own come as they are discovered.
func rows(sheet string) []string { return slices.Sorted(strings.Lines(sheet)) }

func unplaced(issues cxmodel.Issues) []string {
	var out []string
	for _, i := range issues {
		if e, ok := errors.AsType[*journeycsv.UnplacedError](i); ok {
			out = append(out, e.Lane+"/"+e.Touchpoint+"="+e.Text)
		}
	}
	return out
}

func codes(issues cxmodel.Issues) []string {
	var out []string
	for _, i := range issues {
		out = append(out, i.Pos.String()+" "+i.Code)
	}
	return out
}

func TestUpdateListsWhatHasNoPlace(t *testing.T) {
	j, err := journey.Preset("small")
	require.NoError(t, err)
	const sheet = "\xef\xbb\xbftouchpoint;enquiry;servce;enquiry;follow-up;;Asks or books\r\n" +
		"stage;before;visit;before;visit;;\r\n" +
		"does;Calls;Sits;Waits;Leaves;Lost;\r\n" +
		"shoe size;41;;;;;\r\n" +
		"sentiment;0,5;;;good;;\r\n" +
		"action;twice;;;;;\r\n"
	got, issues, err := journeycsv.Update(j, strings.NewReader(sheet), &journeycsv.Options{Name: "wall.csv"})
	require.NoError(t, err)
	_, enquiry := got.Touchpoint("enquiry")
	assert.Equal(t, "Calls", enquiry.Action)
	assert.Equal(t, .5, *enquiry.Sentiment)
	_, followUp := got.Touchpoint("follow-up")
	assert.Equal(t, "Leaves", followUp.Action)
	assert.Equal(t, []string{
		"wall.csv:1:20 unknown-touchpoint", "wall.csv:1:27 duplicate-column", "wall.csv:2:27 unplaced", "wall.csv:1:46 duplicate-column",
		"wall.csv:3:12 unplaced", "wall.csv:3:17 unplaced", "wall.csv:3:30 unplaced",
		"wall.csv:4:1 unknown-lane", "wall.csv:4:11 unplaced", "wall.csv:5:17 bad-value", "wall.csv:6:1 duplicate-lane", "wall.csv:6:8 unplaced",
	}, codes(issues))
	assert.Equal(t, []string{"stage/follow-up=visit", "does/servce=Sits", "does/enquiry=Waits", "does/=Lost", "shoe size/enquiry=41",
		"sentiment/follow-up=good", "action/enquiry=twice"}, unplaced(issues))
	require.ErrorContains(t, issues.Err(), `unknown touchpoint "servce"; the journey has enquiry, service, follow-up`)
	_, issues, err = journeycsv.Update(&journey.Journey{}, strings.NewReader("touchpoint,servce\n"), nil)
	require.NoError(t, err)
	require.ErrorContains(t, issues.Err(), `unknown touchpoint "servce"; the journey has none`)
}

func TestUpdateKeepsWhatTheTableCannotHold(t *testing.T) {
	j := &journey.Journey{Stages: []journey.Stage{{Key: "s", Touchpoints: []journey.Touchpoint{{Key: "t", Channel: journey.ChannelPhone,
		Pains: []journey.Pain{{Key: "slow", Text: "too slow", Severity: new(journey.DegreeHigh)}, {Text: "rude", Reach: new(.5)}, {Text: "dear"}}}}}}}
	got, issues, err := journeycsv.Update(j, strings.NewReader("touchpoint,t\npains,\"new\n- too slow\"\n"), nil)
	require.NoError(t, err)
	assert.Equal(t, []journey.Pain{{Text: "new"}, {Key: "slow", Text: "too slow", Severity: new(journey.DegreeHigh)}}, got.Stages[0].Touchpoints[0].Pains)
	assert.Equal(t, journey.ChannelPhone, got.Stages[0].Touchpoints[0].Channel, "a lane without a row stays")
	require.Len(t, issues, 1, "only what says more than its text is named")
	assert.Equal(t, `2:7: note: touchpoint "t": the table no longer has the pain "rude" with all that was known of it [removed]`, issues[0].Error())
	assert.Len(t, j.Stages[0].Touchpoints[0].Pains, 3, "the argument is not changed")
}

func TestDecodeReadsAWhiteboard(t *testing.T) {
	const sheet = `Phase,Before,,After,
Step,Looks us up,Calls us,打分,
Doing,Searches,Dials,Writes,
Pain points,"• Old menu
• No prices",,,
Moment of truth,,x,,
Legal,,Consent,,stray
`
	j, issues, err := journeycsv.Decode(strings.NewReader(sheet), &journeycsv.Options{Labels: map[string]string{"stage": "Phase"}})
	require.NoError(t, err)
	require.Len(t, j.Stages, 2)
	assert.Equal(t, journey.Stage{Key: "before", Name: "Before", Touchpoints: []journey.Touchpoint{
		{Key: "looks-us-up", Name: "Looks us up", Action: "Searches", Pains: []journey.Pain{{Text: "Old menu"}, {Text: "No prices"}}},
		{Key: "calls-us", Name: "Calls us", Action: "Dials", Moment: journey.MomentOfTruth, Lanes: map[cxmodel.Key]string{"legal": "Consent"}},
	}}, j.Stages[0])
	assert.Equal(t, journey.Touchpoint{Key: "touchpoint-3", Name: "打分", Action: "Writes"}, j.Stages[1].Touchpoints[0])
	assert.Equal(t, []journey.Lane{{Key: "legal", Name: "Legal"}}, j.Lanes)
	assert.Equal(t, []string{"Legal/=stray"}, unplaced(issues))
	assert.Len(t, issues.Code(journeycsv.CodeMadeKey), 3)
	assert.Len(t, issues.Code(journeycsv.CodeNewLane), 1)
}

// What stands in the rows of headings is a cell like others: it has a place or is named.
func TestNoHeadingIsLostWithoutBeingNamed(t *testing.T) {
	for sheet, want := range map[string][]string{
		"touchpoint,a,b\nstage,s,\nstage,t,u\ntouchpoint,c\n":     {"stage/a=t", "stage/b=u", "touchpoint/a=c"},
		"touchpoint,a,b\nstage,s,s\nstage-name,One,Two\n":         {"stage-name/b=Two"},
		"touchpoint,a\nstage,s,t\nstage-name,One,Two\n":           {"stage/=t", "stage-name/=Two"},
		"touchpoint,a,b\nstage,s,\nstage-name,,Late is fine\n":    nil,
		"touchpoint,a,b\nstage-name,Before,After\nstage-name,x\n": {"stage-name/a=x"},
	} {
		j, issues, err := journeycsv.Decode(strings.NewReader(sheet), nil)
		require.NoError(t, err)
		assert.Equal(t, want, unplaced(issues), sheet)
		if want == nil {
			assert.Equal(t, "Late is fine", j.Stages[0].Name)
		}
	}
	j, issues, err := journeycsv.Decode(strings.NewReader("touchpoint,a,b,c\nstage name,Before we buy,,After\n"), nil)
	require.NoError(t, err)
	require.Empty(t, issues)
	require.Len(t, j.Stages, 2, "names alone make stages too")
	assert.Equal(t, "Before we buy", j.Stages[0].Name)
	assert.Equal(t, cxmodel.Key("after"), j.Stages[1].Key)

	small, err := journey.Preset("small")
	require.NoError(t, err)
	_, issues, err = journeycsv.Update(small, strings.NewReader("touchpoint,enquiry\nstage,before,visit\nstage,after\ntouchpoint,b\n"), nil)
	require.NoError(t, err)
	assert.Equal(t, []string{"stage/=visit", "stage/enquiry=after", "touchpoint/enquiry=b"}, unplaced(issues))
	assert.Len(t, issues.Code(journeycsv.CodeDuplicateLane), 2)
}

// A message quotes the beginning of a hostile cell; the whole is in the UnplacedError.
func TestMessagesAreShort(t *testing.T) {
	long := strings.Repeat("x", 10_000)
	var b strings.Builder
	fmt.Fprintf(&b, "touchpoint,a,%s,%s\nstage,s,,%s\nstage-name,%s,,%s\n%s,1\n", long, long, long, long, long+"y", long)
	for _, lane := range journeycsv.Lanes() {
		fmt.Fprintf(&b, "%s,%s,,,%s\n", lane, long, long)
	}
	small, err := journey.Preset("small")
	require.NoError(t, err)
	_, decoded, err := journeycsv.Decode(strings.NewReader(b.String()), nil)
	require.NoError(t, err)
	_, updated, err := journeycsv.Update(small, strings.NewReader(strings.Replace(b.String(), "touchpoint,a", "touchpoint,enquiry", 1)), nil)
	require.NoError(t, err)
	for _, i := range append(decoded, updated...) {
		assert.Less(t, len(i.Error()), 600, "%.300s", i)
	}
}

func TestFormulasAreDefused(t *testing.T) {
	j := &journey.Journey{Stages: []journey.Stage{{Key: "s", Touchpoints: []journey.Touchpoint{{Key: "t", Name: "=HYPERLINK(1)", Sentiment: new(-1.)}}}}}
	sheet := encode(t, j, nil)
	assert.Contains(t, sheet, "\nname,'=HYPERLINK(1)\n")
	assert.Contains(t, sheet, "\nsentiment,-1\n")
}

func TestEmptyIsAnError(t *testing.T) {
	_, _, err := journeycsv.Decode(strings.NewReader("\n"), nil)
	require.ErrorContains(t, err, "the table is empty")
	_, _, err = journeycsv.Decode(strings.NewReader("touchpoint\ndoes\n"), nil)
	require.ErrorIs(t, err, journeycsv.ErrNoTouchpoints)
	require.ErrorIs(t, journeycsv.Encode(&bytes.Buffer{}, &journey.Journey{}, nil), journeycsv.ErrNoTouchpoints)
	require.ErrorIs(t, journeycsv.Encode(&bytes.Buffer{}, nil, nil), journeycsv.ErrNoTouchpoints)
	_, _, err = journeycsv.Update(nil, strings.NewReader("touchpoint,a\n"), nil)
	require.ErrorIs(t, err, journeycsv.ErrNoTouchpoints)
}

// A table of many columns and many rows that have one cell must not cost columns × rows.
func TestRaggedTablesTakeLinearTime(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a large table")
	}
	var b strings.Builder
	b.WriteString("touchpoint")
	for i := range 20_000 {
		fmt.Fprintf(&b, ",t%d", i)
	}
	for i := range 20_000 {
		fmt.Fprintf(&b, "\nlane %d", i)
	}
	start := time.Now()
	_, _, err := journeycsv.Decode(strings.NewReader(b.String()), nil)
	require.NoError(t, err)
	small, err := journey.Preset("small")
	require.NoError(t, err)
	_, _, err = journeycsv.Update(small, strings.NewReader(b.String()), nil)
	require.NoError(t, err)
	assert.Less(t, time.Since(start), 30*time.Second) // columns × rows would be 4·10⁸ cells
}

func FuzzDecode(f *testing.F) {
	f.Add("touchpoint,a,b\nstage,s,\npains,\"x\ny\",z\n")
	f.Add("Phase;;\nStep;Ä;stage/x\nsentiment;0,5;'=1\n")
	f.Add("a,a,a\nlane/name,1,2,3\n")
	small := cxmodel.Limits{Bytes: 1 << 12, Elements: 1 << 9}
	f.Fuzz(func(t *testing.T, in string) {
		j, _, err := journeycsv.Decode(strings.NewReader(in), &journeycsv.Options{Limits: small})
		if err != nil {
			return
		}
		sheet := encode(t, j, nil)
		again, issues, err := journeycsv.Decode(strings.NewReader(sheet), nil)
		require.NoError(t, err)
		require.NoError(t, issues.Err(), sheet)
		require.Equal(t, sheet, encode(t, again, nil))
		updated, issues, err := journeycsv.Update(j, strings.NewReader(sheet), nil)
		require.NoError(t, err)
		require.NoError(t, issues.Err(), sheet)
		require.Equal(t, sheet, encode(t, updated, nil))
	})
}
