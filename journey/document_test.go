package journey_test

import (
	"bytes"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/journey"
)

func decode(t testing.TB, text string) *journey.Journey {
	t.Helper()
	j, issues, err := journey.Decode(strings.NewReader(text), &cxmodel.DecodeOptions{Name: "j.yaml"})
	require.NoError(t, err)
	require.Empty(t, issues)
	return j
}

func encode(t testing.TB, j *journey.Journey, opts *cxmodel.EncodeOptions) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, journey.Encode(&b, j, opts))
	return b.String()
}

func load(t testing.TB, name string) (*journey.Journey, string) {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	return decode(t, string(text)), string(text)
}

func TestTheFixturesAreFlawless(t *testing.T) {
	for _, name := range []string{"cafe.yaml", "running-shoes.yaml"} {
		j, _ := load(t, name)
		assert.Empty(t, j.Validate(), name)
	}
}

func TestEncodeOfAnUnchangedFileIsTheFile(t *testing.T) {
	for _, name := range []string{"cafe.yaml", "running-shoes.yaml"} {
		j, text := load(t, name)
		assert.Equal(t, text, encode(t, j, nil), name)
	}
}

func TestEveryFieldSurvivesEveryFormat(t *testing.T) {
	for name, opts := range map[string]*cxmodel.EncodeOptions{"yaml": nil, "plain": {Plain: true}, "json": {Format: cxmodel.FormatJSON}} {
		text := encode(t, full(2), opts)
		j, issues, err := journey.Decode(strings.NewReader(text), nil)
		require.NoError(t, err, name)
		require.Empty(t, issues, name)
		assert.Empty(t, journey.Diff(full(2), j), name)
		assert.Equal(t, encode(t, full(2), opts), encode(t, j, opts), name)
	}
}

func TestEveryChangeOfAFieldShowsInDiffAndFile(t *testing.T) {
	base := full(1)
	text := encode(t, base, nil)
	count := 0
	eachLeaf(t, base, func(reflect.Value, string) { count++ })
	for n := range count {
		j, at, k := full(1), "", 0
		eachLeaf(t, j, func(v reflect.Value, path string) {
			if k == n {
				scramble(v)
				at = path
			}
			k++
		})
		assert.NotEmpty(t, journey.Diff(base, j), at)
		assert.NotEqual(t, text, encode(t, j, nil), at)
	}
}

func TestEditsOfAFileTouchOnlyWhatTheyChange(t *testing.T) {
	j, text := load(t, "running-shoes.yaml")
	j.Name = "Running shoes, second pair"
	j.Stages[0].Touchpoints[1].Emotions[0].After = new(journey.DegreeNone)
	j.Stages[2].Touchpoints[1].Sentiment = new(-2.0)
	j.Stages[4].Owner = "marketing"
	want := text
	for _, edit := range [][2]string{
		{"name: Running shoes #", "name: Running shoes, second pair #"},
		{"{before: high, after: medium}", "{before: high, after: 0}"},
		{"sentiment: -1\n", "sentiment: -2\n"},
		{"goal: Have something to tell\n", "goal: Have something to tell\n    owner: marketing\n"},
	} {
		require.Equal(t, 1, strings.Count(want, edit[0]), edit[0])
		want = strings.Replace(want, edit[0], edit[1], 1)
	}
	assert.Equal(t, want, encode(t, j, nil))
}

func TestStagesThatAreRemovedAndAddedLeaveTheRestAlone(t *testing.T) {
	j, text := load(t, "running-shoes.yaml")
	j.Stages = append(j.Stages[:3:3], j.Stages[4], journey.Stage{Key: "again", Name: "Again", Kind: journey.KindRenewal})
	out := encode(t, j, nil)
	four, five, own := strings.Index(text, "\n  # island four"), strings.Index(text, "\n  # island five"), strings.Index(text, "\nx-drawn-by")
	assert.Equal(t, text[:four]+text[five:own]+"  - {key: again, name: Again, kind: renewal}\n"+text[own:], out)
}

func TestIssuesOfReadingSayPlaceAndCure(t *testing.T) {
	cases := []struct{ name, in, want string }{
		{"unknown field", "stages:\n  - {key: a, nmae: x}\n", `j.yaml:2:14: unknown field "nmae"; did you mean "name"? [unknown-field]`},
		{"unknown word", "state: asis\n", `j.yaml:1:8: "asis" is not a state; did you mean "as-is"? (as-is, to-be) [unknown-word]`},
		{"moment", "stages: [{key: a, touchpoints: [{key: b, moment: third}]}]\n", `j.yaml:1:50: "third" is not a moment of truth; use one of yes, zero, first, second, ultimate [unknown-word]`},
		{"text for a number", "stages: [{key: a, touchpoints: [{key: b, sentiment: good}]}]\n", `j.yaml:1:53: expected a number, found the text "good" [wrong-type]`},
		{"degree", "stages: [{key: a, touchpoints: [{key: b, pains: [{text: c, severity: huge}]}]}]\n", `j.yaml:1:70: "huge" is not a degree; write a number from 0 to 1, or one of none, low, medium, high, extreme [bad-value]`},
		{"date", "as-of: 2026-02-30\n", `j.yaml:1:8: "2026-02-30" is not a date; write year-month-day, such as "2026-11-02" [bad-value]`},
		{"duplicate", "name: a\nname: b\n", `j.yaml:2:1: "name" stands here and in line 1; keep one, the first is read [duplicate-field]`},
		{"facet twice", "facets: {emotion: 1, emotion: 2}\n", `j.yaml:1:22: "emotion" stands here and in line 1; keep one, the first is read [duplicate-field]`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			j, issues, err := journey.Decode(strings.NewReader(c.in), &cxmodel.DecodeOptions{Name: "j.yaml"})
			require.NoError(t, err)
			require.Len(t, issues, 1)
			assert.Equal(t, c.want, issues[0].Error())
			assert.Equal(t, c.in, strings.TrimPrefix(encode(t, j, nil), "format: cxmodel/1\n"), "what could not be read is written back")
		})
	}
}

func TestWhatIsNoDocumentIsAnError(t *testing.T) {
	for in, want := range map[string]string{
		"":                                "journey: j.yaml: the file is empty",
		"- a\n":                           "journey: j.yaml:1:1: the document is a list",
		"stages: [\n":                     "journey: j.yaml:",
		"x-a: " + strings.Repeat("[", 90): "more than 64 nested levels",
	} {
		_, _, err := journey.Decode(strings.NewReader(in), &cxmodel.DecodeOptions{Name: "j.yaml"})
		require.ErrorContains(t, err, want)
	}
}

func TestAnEnumerationOutsideItsTableIsNotWritten(t *testing.T) {
	var b bytes.Buffer
	err := journey.Encode(&b, &journey.Journey{State: 9}, nil)
	require.EqualError(t, err, "journey: 9 is not a state; use one of as-is, to-be")
	assert.Empty(t, b.String())
}
