package alignmentcsv_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/alignment/alignmentcsv"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/journey"
)

var models = []string{"cafe.yaml", "restaurant.yaml", "running-shoes.yaml", "shop.yaml", "b2b.yaml"}

func load(t testing.TB, name string) *alignment.Model {
	m, issues, err := alignment.Load(os.DirFS("../../examples/models"), name, nil)
	require.NoError(t, err)
	require.NoError(t, issues.Err())
	return m
}

func links(t testing.TB, m *alignment.Model, o *alignmentcsv.SheetOptions) string {
	var b bytes.Buffer
	require.NoError(t, alignmentcsv.EncodeLinks(&b, m, o))
	return b.String()
}

func sheet(t testing.TB, m *alignment.Model, o *alignmentcsv.SheetOptions) string {
	var b bytes.Buffer
	_, err := alignmentcsv.EncodeSheet(&b, m, o)
	require.NoError(t, err)
	return b.String()
}

func merge(t testing.TB, m *alignment.Model, table string, o *alignmentcsv.ReadOptions) (*alignment.Model, cxmodel.Issues) {
	out, issues, err := alignmentcsv.Update(m, strings.NewReader(table), o)
	require.NoError(t, err)
	return out, issues
}

// rich gives the links of a model everything that a link can say, and some of them a second time.
func rich(m *alignment.Model, seed uint64) *alignment.Model {
	m = m.Clone()
	r := rand.New(rand.NewPCG(seed, 1))
	texts := []string{"=1+1", "'=x", "a;b", "two\nlines", "\"", "-1", "ü", "x,y"}
	for i := range m.Links {
		l := &m.Links[i]
		l.Strength = alignment.Strength(r.IntN(5))
		if r.IntN(2) == 0 {
			l.Performance = new(canvas.Performance(r.Float64()))
		}
		if r.IntN(2) == 0 {
			l.Rater = []cxmodel.Key{"anna", "ben"}[r.IntN(2)]
		}
		if r.IntN(2) == 0 && l.Role == alignment.Required {
			l.Group = "either"
		}
		if r.IntN(2) == 0 {
			l.Evidence = []cxmodel.Evidence{{Kind: cxmodel.EvidenceInterview, N: r.IntN(20), Note: texts[r.IntN(8)], Date: cxmodel.Date{Year: 2026, Month: 11, Day: 2}}, {Kind: "own"}}
		}
		if r.IntN(2) == 0 {
			l.Note = texts[r.IntN(len(texts))]
		}
		if r.IntN(3) == 0 {
			l.Labels = map[string]string{"room": texts[r.IntN(8)]}
			l.Fields = map[string]any{"x-meeting": []any{int64(7), 1.5, texts[r.IntN(8)], nil, map[string]any{"a": true}}, "x-By": "me"}
		}
	}
	for range 3 {
		m.Links = append(m.Links, m.Links[r.IntN(len(m.Links))])
	}
	return m.Clone()
}

func TestLongFormOutAndInIsTheIdentityOnLinks(t *testing.T) {
	for _, name := range models {
		for seed := range uint64(12) {
			m := load(t, name)
			if seed > 0 {
				m = rich(m, seed)
			}
			for _, comma := range []rune{0, ';', '\t'} {
				table := links(t, m, &alignmentcsv.SheetOptions{Separator: comma})
				back, issues, err := alignmentcsv.Decode(strings.NewReader(table), nil)
				require.NoError(t, err)
				require.Empty(t, issues)
				require.Equal(t, m.Links, back)
				merged, issues := merge(t, m, table, &alignmentcsv.ReadOptions{Replace: true})
				require.Empty(t, issues)
				require.Equal(t, m, merged)
			}
		}
	}
}

func TestSheetOutAndInIsTheIdentityOnLinks(t *testing.T) {
	for _, name := range models {
		for seed := range uint64(12) {
			m := load(t, name)
			if seed > 0 {
				m = rich(m, seed)
			}
			table := sheet(t, m, nil)
			merged, issues := merge(t, m, table, &alignmentcsv.ReadOptions{Replace: true})
			require.Empty(t, issues, table)
			require.Equal(t, m, merged)

			// Into a model without links it brings all that a sheet holds.
			bare := m.Clone()
			bare.Links = nil
			merged, issues = merge(t, bare, table, nil)
			require.Empty(t, issues.Of(cxmodel.SeverityError))
			for _, i := range issues {
				require.Equal(t, alignmentcsv.CodeTwice, i.Code)
			}
			want, got := map[string]int{}, map[string]int{}
			for _, l := range m.Links {
				want[l.String()+string(l.Rater)+string(l.Group)]++
			}
			for _, l := range merged.Links {
				got[l.String()+string(l.Rater)+string(l.Group)]++
			}
			if seed == 0 {
				require.Equal(t, want, got)
			}
		}
	}
}

func TestSheetSaysWhatItHasNoRoomFor(t *testing.T) {
	m := load(t, "cafe.yaml")
	m.Links[0].Note = "asked twice"
	var b bytes.Buffer
	issues, err := alignmentcsv.EncodeSheet(&b, m, nil)
	require.NoError(t, err)
	require.Len(t, issues, 1)
	assert.Equal(t, "/links/0: note: the sheet has no room for the note of the link from phone to enquiry; the long form has [not-in-sheet]", issues[0].Error())
}

func TestAReturnedSheetGetsItsRater(t *testing.T) {
	m := load(t, "cafe.yaml")
	blank := sheet(t, m, &alignmentcsv.SheetOptions{Blank: true, Rater: "ben"})
	assert.NotContains(t, blank, "strong")
	filled := strings.Replace(blank, "phone,Phone,ben,contributes,,,", "phone,Phone,ben,contributes,3,x,", 1)
	require.NotEqual(t, blank, filled)
	merged, issues := merge(t, m, filled, nil)
	require.Empty(t, issues)
	require.Len(t, merged.Links, len(m.Links)+2)
	assert.Equal(t, m.Links, merged.Links[:len(m.Links)], "other raters keep what they said")
	assert.Equal(t, []alignment.Link{
		{Item: cxmodel.Ref{Key: "phone"}, To: cxmodel.Ref{Key: "enquiry"}, Role: alignment.Contributes, Strength: alignment.Medium, Rater: "ben"},
		{Item: cxmodel.Ref{Key: "phone"}, To: cxmodel.Ref{Key: "visit"}, Role: alignment.Contributes, Strength: alignment.Unrated, Rater: "ben"},
	}, merged.Links[len(m.Links):])
	again, issues := merge(t, merged, filled, nil)
	require.Empty(t, issues)
	assert.Equal(t, merged, again, "the same sheet twice is the same model")

	// Taken back: an empty sheet of the same rater, with Replace, takes out what it said, and says so.
	cleared, issues := merge(t, merged, blank, &alignmentcsv.ReadOptions{Replace: true})
	assert.Len(t, issues.Code(alignmentcsv.CodeRemoved), 2)
	assert.Equal(t, m.Links, cleared.Links)
}

func TestWhatDoesNotFitIsListed(t *testing.T) {
	m := load(t, "restaurant.yaml")
	const table = "\xef\xbb\xbfItem;Rater;Role;choose.convenience;chose;pay.speed;choose.convenience;;Not a place!\r\n" +
		"website-menu;Anna K.;;5;strong;weak;weak;;strong\r\n" +
		"web-menu;anna-k;contributes;strong;;;;;\r\n" +
		"card-terminal;;helps;strong;;;;;\r\n" +
		";;;weak;;;;lost;;beyond\r\n" +
		"phone-booking;Anna K.;;9;;;;;\r\n"
	merged, issues, err := alignmentcsv.Update(m, strings.NewReader(table), &alignmentcsv.ReadOptions{Name: "s.csv"})
	require.NoError(t, err)
	require.Len(t, merged.Links, len(m.Links)+1)
	assert.Equal(t, "phone-booking contributes to choose.convenience, strong", merged.Links[len(m.Links)].String())
	assert.Equal(t, cxmodel.Key("anna-k"), merged.Links[len(m.Links)].Rater)
	var got []string
	var texts []string
	for _, i := range issues {
		got = append(got, i.Pos.String()+" "+i.Code)
		if e, ok := errors.AsType[*alignmentcsv.UnplacedError](i); ok {
			texts = append(texts, e.Row+"/"+e.Column+"="+e.Text)
		}
	}
	assert.ElementsMatch(t, []string{"s.csv:1:52 duplicate-column", "s.csv:2:37 unplaced", "s.csv:5:12 unplaced", "s.csv:1:72 unknown-column", "s.csv:2:43 unplaced",
		"s.csv:2:14 made-key", "s.csv:2:23 bad-value", "s.csv:4:16 bad-value", "s.csv:4:22 unplaced", "s.csv:5:1 missing-item", "s.csv:5:4 unplaced", "s.csv:5:18 unplaced",
		"s.csv:2:25 unknown-touchpoint", "s.csv:2:32 unknown-facet", "s.csv:3:29 unknown-item"}, got)
	assert.Contains(t, texts, "website-menu/chose=strong")
	assert.Contains(t, texts, "/=beyond")
	require.ErrorContains(t, issues.Code(alignmentcsv.CodeUnknownTarget)[0], `the model has no stage or touchpoint "chose"; did you mean "choose"?`)
}

func TestABadCellOfTheLongFormTakesNothingAway(t *testing.T) {
	m := rich(load(t, "cafe.yaml"), 3)
	m.Links[0].Performance, m.Links[0].Rater, m.Links[0].Group = new(canvas.Performance(.3)), "", ""
	merged, issues := merge(t, m, "item,to,performance,evidence,colour\n"+fmt.Sprintf("%s,%s,quite good,[1],red\n", m.Links[0].Item, m.Links[0].To), nil)
	assert.Equal(t, m, merged)
	assert.Len(t, issues.Code(alignmentcsv.CodeBadValue), 2)
	assert.Len(t, issues.Code(alignmentcsv.CodeUnknownColumn), 1)
	assert.Len(t, issues.Code(alignmentcsv.CodeUnplaced), 1)
}

func TestPerformanceIsReadAsPeopleWriteIt(t *testing.T) {
	links, issues, err := alignmentcsv.Decode(strings.NewReader("item;to;performance\na;b;0,7\na;b;0.7\na;b;Good\na;b;70 %\n"), nil)
	require.NoError(t, err)
	for i, want := range []canvas.Performance{.7, .7, canvas.Good} {
		assert.Equal(t, want, *links[i].Performance)
	}
	require.Len(t, issues, 1)
	assert.Equal(t, `5:5: "70 %" has no place: "70 %" is no performance; write a number from 0 to 1, or broken, poor, fair, good, excellent [bad-value]`, issues[0].Error())
}

// A message quotes the beginning of a hostile cell; the whole is in the UnplacedError.
func TestMessagesAreShort(t *testing.T) {
	long := strings.Repeat("x", 10_000)
	rows := func(columns int) string { return strings.Repeat(","+long, columns-1) }
	for _, table := range []string{
		"item,rater,role,group,visit," + long + ",visit." + long + "\nphone" + rows(7) + "\n" + long + ",,,,strong,strong,strong\nphone,,,,strong,strong,strong\nphone,,,,strong,strong,strong,strong," + long + "\n",
		"item,to,facet,role,group,strength,performance,rater,evidence,labels,x-a," + long + "\nphone" + rows(12) + "\n" + long + ",visit\nphone,visit," + long + "\nphone," + long + "\nphone,visit.y" + long + "\n",
	} {
		_, issues := merge(t, load(t, "cafe.yaml"), table, nil)
		require.NotEmpty(t, issues)
		for _, i := range issues {
			assert.Less(t, len(i.Error()), 600, "%.300s", i)
		}
	}
}

// A mistyped cell, role, item or column may be the very link that would be taken out.
func TestATableWithAnErrorTakesNothingOut(t *testing.T) {
	m := load(t, "cafe.yaml")
	for old, mistyped := range map[string]string{"contributes,strong,,": "contributes,strnog,,", "contributes": "contribute", "phone": "phnoe", "enquiry": "enqiury"} {
		table := strings.Replace(sheet(t, m, nil), old, mistyped, 1)
		merged, issues := merge(t, m, table, &alignmentcsv.ReadOptions{Replace: true})
		require.Error(t, issues.Err())
		assert.Equal(t, m, merged, mistyped)
	}
}

func TestPlacesThatAreWordsOfTheTable(t *testing.T) {
	m, issues, err := alignment.Decode(strings.NewReader("journey: {stages: [{key: to, touchpoints: [{key: name}]}]}\ncanvas: {channels: [{key: item, name: I}]}\nhelps: {item: {to: strong, name: weak}}\n"), nil)
	require.NoError(t, err)
	require.Empty(t, issues)
	table := sheet(t, m, nil)
	assert.Contains(t, table, "item,name,rater,role,stage/to,touchpoint/name\n")
	merged, issues := merge(t, m, table, nil)
	require.Empty(t, issues)
	assert.Equal(t, m, merged)
}

func TestTablesThatAreNone(t *testing.T) {
	_, err := alignmentcsv.EncodeSheet(&bytes.Buffer{}, nil, nil)
	require.ErrorIs(t, err, alignmentcsv.ErrNoModel)
	require.ErrorIs(t, alignmentcsv.EncodeLinks(&bytes.Buffer{}, nil, nil), alignmentcsv.ErrNoModel)
	_, _, err = alignmentcsv.Update(nil, strings.NewReader("item,to\na,b\n"), nil)
	require.ErrorIs(t, err, alignmentcsv.ErrNoModel)
	hollow := &alignment.Model{Journeys: []*journey.Journey{nil}, Links: []alignment.Link{alignment.Helps("a", "to", alignment.Weak)}}
	_, err = alignmentcsv.EncodeSheet(&bytes.Buffer{}, hollow, nil) // an empty journey is for Validate to report
	require.NoError(t, err)
	_, _, err = alignmentcsv.Update(hollow, strings.NewReader("item,to\na,b\n"), nil)
	require.NoError(t, err)
	_, _, err = alignmentcsv.Decode(strings.NewReader(""), nil)
	require.ErrorContains(t, err, "alignmentcsv: the table is empty")
	_, _, err = alignmentcsv.Decode(strings.NewReader("a,b\n1,2\n"), &alignmentcsv.ReadOptions{Name: "s.csv"})
	require.ErrorContains(t, err, `s.csv:1:1: there is no column "item"`)
	_, issues, err := alignmentcsv.Decode(strings.NewReader("item,to\n,visit\nphone,\n"), nil)
	require.NoError(t, err)
	assert.Len(t, issues, 2)
}

func FuzzDecode(f *testing.F) {
	f.Add("item,rater,role,a,b.c\nphone,anna,required,strong,9\n")
	f.Add("item;to;strength;evidence;x-a\nphone;visit.emotion;x;[];1\n")
	f.Add("item,to,to\n'=1,x,y\n")
	m := load(f, "cafe.yaml")
	f.Add(sheet(f, m, nil))
	f.Add(links(f, rich(m, 1), nil))
	f.Fuzz(func(t *testing.T, in string) {
		o := &alignmentcsv.ReadOptions{Limits: cxmodel.Limits{Bytes: 1 << 14, Elements: 1 << 10}}
		back, _, err := alignmentcsv.Decode(strings.NewReader(in), o)
		if err != nil {
			return
		}
		table := links(t, &alignment.Model{Links: back}, nil)
		again, issues, err := alignmentcsv.Decode(strings.NewReader(table), nil)
		require.NoError(t, err)
		if len(issues) == 0 { // else the table has keys that are none
			require.Equal(t, table, links(t, &alignment.Model{Links: again}, nil))
		}
		_, _, err = alignmentcsv.Update(m, strings.NewReader(in), o)
		require.NoError(t, err)
	})
}
