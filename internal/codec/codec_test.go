package codec_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/codec"
	"github.com/cxmodel/cxmodel/internal/enum"
)

type color int

var colors = enum.Table{Type: "color", Names: []string{"", "red", "green"}}

func (c color) MarshalText() ([]byte, error) { return []byte(colors.String(int(c))), nil }

func (c *color) UnmarshalText(text []byte) error {
	i, err := colors.Parse(text)
	*c = color(i)
	return err
}

type note struct {
	Text string `json:"text" codec:"text"`
	Deep *int   `json:"deep,omitempty"`
}

type weight struct {
	Key    cxmodel.Key `json:"key" codec:"text"`
	Weight *float64    `json:"weight,omitempty"`
}

type pain struct {
	Key  cxmodel.Key `json:"key,omitempty"`
	Text string      `json:"text" codec:"text"`
}

type row struct {
	Item    cxmodel.Key `json:"item"`
	Targets []cell      `json:"targets" codec:"keyed=Word"`
}

type cell struct {
	Target string `json:"target"`
	Word   string `json:"word"`
}

type part struct {
	Key   cxmodel.Key `json:"key"`
	Name  string      `json:"name"`
	Color color       `json:"color,omitempty"`
	On    bool        `json:"on,omitempty"`
	cxmodel.Extra
}

type tool struct {
	Key    cxmodel.Key `json:"key" codec:"text"`
	Name   string      `json:"name,omitempty"`
	Weight *float64    `json:"weight,omitempty"`
	cxmodel.Extra
}

type doc struct {
	Name    string         `json:"name"`
	Price   cxmodel.Amount `json:"price,omitempty"`
	Weight  *float64       `json:"weight,omitempty"`
	Facets  []weight       `json:"facets" codec:"keyed=Weight"`
	Helps   []row          `json:"helps" codec:"keyed=Targets"`
	Notes   []note         `json:"notes"`
	Parts   []part         `json:"parts"`
	Table   map[string]int `json:"table"`
	Tools   []tool         `json:"tools" codec:"keyed=Weight"`
	Single  *part          `json:"single,omitempty" codec:"file"`
	Deepest []string       `json:"deepest"`
	Colors  []color        `json:"colors"`
	ID      uuid.UUID      `json:"id,omitzero"`
	Pains   []pain         `json:"pains"`
	One     *part          `json:"one,omitempty"`
	Many    []*part        `json:"many,omitempty" codec:"was=one"`
	cxmodel.Extra
}

const sample = `# a model
format: cxmodel/1 # the format
# its name
name: Café
price: 12.5 EUR/month
weight: 0
facets: {emotion: 0.30, convenience: 0.7} # two
helps:
  phone: {enquiry: strong, visit.emotion: weak} # calls
  # the food
  food: {visit: strong}
notes: [too slow, {text: rude, deep: 3}]
parts:
  # first
  - {key: a, name: A, x-owner: {id: 7}} # end a
  - key: b # key b
    name: "B"
    color: green
    # tail of b
table: {z: 1, y: 2}
x-mine: [1, two, 3.5]
# the end
`

func decode(t *testing.T, s string) (*doc, *codec.Origin, cxmodel.Issues) {
	t.Helper()
	d := new(doc)
	o, issues, err := codec.Decode(strings.NewReader(s), d, &cxmodel.DecodeOptions{Name: "m.yaml"})
	require.NoError(t, err)
	return d, o, issues
}

func encode(t *testing.T, d *doc, o *codec.Origin, opts *cxmodel.EncodeOptions) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, codec.Encode(&b, d, o, opts))
	return b.String()
}

func TestDecodeReadsWhatPeopleWrite(t *testing.T) {
	d, _, issues := decode(t, sample)
	require.Empty(t, issues)
	assert.Equal(t, "12.50 EUR/month", d.Price.String())
	assert.Equal(t, 0.0, *d.Weight)
	assert.Equal(t, cxmodel.Key("convenience"), d.Facets[1].Key)
	assert.Equal(t, .7, *d.Facets[1].Weight)
	assert.Equal(t, []row{{"phone", []cell{{"enquiry", "strong"}, {"visit.emotion", "weak"}}}, {"food", []cell{{"visit", "strong"}}}}, d.Helps)
	assert.Equal(t, "too slow", d.Notes[0].Text)
	assert.Equal(t, 3, *d.Notes[1].Deep)
	assert.Equal(t, map[string]any{"x-owner": map[string]any{"id": int64(7)}}, d.Parts[0].Fields)
	assert.Equal(t, color(2), d.Parts[1].Color)
	assert.Equal(t, map[string]any{"x-mine": []any{int64(1), "two", 3.5}}, d.Fields)
}

func TestWhatIsWrittenAsTextIsNoMapping(t *testing.T) {
	for _, in := range []string{"price: {}\n", "price: [1 EUR]\n"} {
		d, _, issues := decode(t, in)
		require.Len(t, issues, 1)
		assert.Contains(t, issues[0].Message, "expected text, found a ")
		assert.True(t, d.Price.IsZero())
	}
}

func TestEncodeOfAnUnchangedFileIsTheFile(t *testing.T) {
	d, o, _ := decode(t, sample)
	assert.Equal(t, sample, encode(t, d, o, nil))
}

func TestKeyedEntriesThatSayMoreStayUnderTheirKey(t *testing.T) {
	const in = "format: cxmodel/1\ntools: {hammer: {weight: 0.3, name: H, x-a: 1}, saw: 0.7}\n"
	d, o, issues := decode(t, in)
	require.Empty(t, issues)
	assert.Equal(t, in, encode(t, d, o, nil))
	d.Tools[0].Name = "Hammer"
	d.Tools[1].Weight = new(0.5)
	assert.Equal(t, "format: cxmodel/1\ntools: {hammer: {weight: 0.3, name: Hammer, x-a: 1}, saw: 0.5}\n", encode(t, d, o, nil))
	again, _, issues := decode(t, encode(t, d, o, &cxmodel.EncodeOptions{Plain: true}))
	require.Empty(t, issues)
	assert.Equal(t, d, again)
}

func TestEmptyLinesStayWhereTheyWere(t *testing.T) {
	const in = `# about
# this file

format: cxmodel/1

name: x # why

# the parts

# really
parts:
  - key: a
    name: A

    on: true

  # b
  - key: b
    name: |
      two

      lines
    # tail

  - {key: c, name: C}

deepest:

  - one

  - two
table: {z: 1}
`
	d, o, issues := decode(t, in)
	require.Empty(t, issues)
	assert.Equal(t, in, encode(t, d, o, nil))
	for _, head := range []string{"# a\n\n# b\n", "# a\n", "\n\n# a\n\n", "\n"} {
		d, o, _ := decode(t, head+"name: x\n")
		assert.Equal(t, strings.TrimLeft(head, "\n")+"name: x\n", strings.Replace(encode(t, d, o, nil), "format: cxmodel/1\n", "", 1))
	}
	d.Parts = append([]part{{Key: "new"}}, d.Parts[1:]...)
	d.Deepest[0] = "three"
	out := encode(t, d, o, nil)
	assert.Contains(t, out, "parts:\n  - {key: new}\n\n  # b\n  - key: b\n")
	assert.Contains(t, out, "  - three\n\n  - two\n")
	assert.NotContains(t, out, "empty line")
}

func TestEditsKeepEveryComment(t *testing.T) {
	d, o, _ := decode(t, sample)
	d.Name = "Café Anna"
	d.Parts = append([]part{{Key: "new", Name: "N"}}, d.Parts...)
	d.Parts[1].Name = "A2"
	d.Helps[1].Targets = append(d.Helps[1].Targets, cell{"pay", "weak"})
	d.Facets[0].Weight = new(0.5)
	out := encode(t, d, o, nil)
	for _, line := range strings.Split(sample, "\n") {
		if _, comment, found := strings.Cut(line, "#"); found {
			assert.Contains(t, out, "#"+comment)
		}
	}
	again, _, issues := decode(t, out)
	require.Empty(t, issues)
	again.Fields, d.Fields = nil, nil
	assert.Equal(t, d, again, out)
}

func TestCommentsGoWhereTheirEntryGoes(t *testing.T) {
	const in = `format: cxmodel/1
notes:
  - one # 1
  - {text: two, deep: 2} # 2
  - three # 3
parts:
  # head of a
  - key: a # key a
    name: A
  - {key: b, name: B} # b
pains:
  - slow # why
  - {key: rude, text: They are rude} # who
tools:
  hammer: 0.3 # heavy
  saw: 0.7 # sharp
one:
  # of one
  key: o # key o
x-a: {b: 1} # mine
`
	d, o, issues := decode(t, in)
	require.Empty(t, issues)
	assert.Equal(t, in, encode(t, d, o, nil))
	d.Notes = append([]note{{Text: "new"}}, d.Notes[1:]...)
	d.Notes[1].Deep = new(5)
	d.Parts[0].Key = "renamed"
	d.Pains[0].Text = "too slow"
	d.Tools[0].Name = "Hammer"
	d.One, d.Many = nil, []*part{d.One, {Key: "p"}}
	d.Fields["x-a"] = map[string]any{"b": int64(2)}
	out := encode(t, d, o, nil)
	for _, line := range []string{"- {text: two, deep: 5} # 2", "- three # 3", "# head of a\n", "- key: renamed # key a", "- {key: b, name: B} # b", "- too slow # why", "# who",
		"hammer: {name: Hammer, weight: 0.3} # heavy", "saw: 0.7 # sharp", "# of one\n", "key: o # key o", "x-a: {b: 2} # mine"} {
		assert.Contains(t, out, line)
	}
	again, _, issues := decode(t, out)
	require.Empty(t, issues, out)
	assert.Equal(t, d, again, out)
}

func TestACommentBesideAKeyStaysWhereItsValueBecomesEmpty(t *testing.T) {
	d, o, issues := decode(t, "format: cxmodel/1\nsingle: # why\n  key: a\n  name: A\nname: x\n")
	require.Empty(t, issues)
	d.Single = &part{}
	assert.Equal(t, "format: cxmodel/1\nsingle: {} # why\nname: x\n", encode(t, d, o, nil))
}

func TestTextWithLineEndsOfOldIsReadAgain(t *testing.T) {
	for _, s := range []string{"a\u2028b", "\u2029", "\u0085", "x\u2028"} {
		d := &doc{Name: s, Parts: []part{{Key: "k", Extra: cxmodel.Extra{Labels: map[string]string{s: s}}}}}
		again, _, issues := decode(t, encode(t, d, nil, nil))
		require.Empty(t, issues)
		assert.Equal(t, d, again)
	}
}

func TestNothingIsNotEmptyText(t *testing.T) {
	d, o, issues := decode(t, "format: cxmodel/1\ntools: {saw: , nail: 1}\nx-a: {b: , c}\nx-d:\n  e:\n")
	require.Empty(t, issues)
	assert.Equal(t, "format: cxmodel/1\ntools: {saw: null, nail: 1}\nx-a: {b: null, c: null}\nx-d:\n  e:\n", encode(t, d, o, nil))
}

func TestWhatATableCannotHoldIsNotZero(t *testing.T) {
	const in = "format: cxmodel/1\ntable:\n  a: 1\n  b: x\ntools:\n  hammer: heavy\n  saw: 1\n  nail:\n"
	d, o, issues := decode(t, in)
	require.Len(t, issues, 2)
	assert.Equal(t, map[string]int{"a": 1}, d.Table)
	assert.Equal(t, in, encode(t, d, o, nil), "and is written back")
	d.Table["b"], d.Tools[0].Weight = 2, new(3.)
	assert.Equal(t, strings.NewReplacer("b: x", "b: 2", "heavy", "3").Replace(in), encode(t, d, o, nil))
	delete(d.Table, "b")
	again, _, issues := decode(t, encode(t, d, nil, &cxmodel.EncodeOptions{Format: cxmodel.FormatJSON}))
	require.Empty(t, issues)
	assert.Equal(t, d, again)
}

func TestPlainAndJSONRoundTrip(t *testing.T) {
	d, o, _ := decode(t, sample)
	for _, opts := range []*cxmodel.EncodeOptions{{Plain: true}, {Format: cxmodel.FormatJSON}} {
		out := encode(t, d, o, opts)
		again, _, issues := decode(t, out)
		require.Empty(t, issues, out)
		assert.Equal(t, d, again, out)
		assert.NotContains(t, out, "#")
	}
}

// JSON Schema calls 3.0 and 1e2 integers.
func TestWholeNumbersAreReadHoweverTheyAreWritten(t *testing.T) {
	for text, want := range map[string]int{"3": 3, "3.0": 3, "1e2": 100, "-25e-1": 0, "3.5": 0, "1e300": 0, "9007199254740993.0": 0, "1e": 0} {
		d, _, issues := decode(t, "table: {a: "+text+"}\n")
		if want == 0 {
			assert.Len(t, issues, 1, text)
			assert.Empty(t, d.Table, text)
			continue
		}
		require.Empty(t, issues, text)
		assert.Equal(t, want, d.Table["a"])
	}
}

func TestIssuesHavePlaceAndCure(t *testing.T) {
	cases := []struct{ name, in, want string }{
		{"unknown field", "nmae: x\n", `m.yaml:1:1: unknown field "nmae"; did you mean "name"? [unknown-field]`},
		{"unquoted comma", "parts:\n  - {key: a, name: Hello, world}\n", `m.yaml:2:27: unknown field "world"; text with a comma inside {…} needs quotes [unknown-field]`},
		{"no blank", "parts:\n  - {key: a, name:Hello}\n", `m.yaml:2:14: unknown field "name:Hello"; a blank belongs after the colon [unknown-field]`},
		{"unknown word", "parts: [{key: a, color: grene}]\n", `m.yaml:1:25: "grene" is not a color; did you mean "green"? (red, green) [unknown-word]`},
		{"word far off", "parts: [{key: a, color: mauve}]\n", `m.yaml:1:25: "mauve" is not a color; use one of red, green [unknown-word]`},
		{"two names", "facets: {emotion: {key: joy, weight: 1}}\n", `m.yaml:1:25: "emotion" is the key of this entry; leave out the second [duplicate-field]`},
		{"wrong type", "weight: heavy\n", `m.yaml:1:9: expected a number, found the text "heavy" [wrong-type]`},
		{"quoted number", "weight: \"1\"\n", `m.yaml:1:9: expected a number, found the text "1" [wrong-type]`},
		{"list for mapping", "single: [1]\n", `m.yaml:1:9: expected a mapping with fields such as key, name, color, found a list [wrong-type]`},
		{"number of a table", "table: {a: 1, b: x}\n", `m.yaml:1:18: expected a whole number, found the text "x" [wrong-type]`},
		{"nothing in a table", "table: {a: 1, b: }\n", `m.yaml:1:18: expected a whole number, found nothing [wrong-type]`},
		{"mapping for list", "parts: {a: 1}\n", `m.yaml:1:8: expected a list, found a mapping; begin each entry with a hyphen [wrong-type]`},
		{"duplicate", "name: a\nname: b\n", `m.yaml:2:1: "name" stands here and in line 1; keep one, the first is read [duplicate-field]`},
		{"bad money", "price: 12,50 EUR\n", `m.yaml:1:8: malformed money: "12,50" is not a number such as 1234.50 [bad-value]`},
		{"bad identity", "id: 12\n", `m.yaml:1:5: "12" is not a UUID such as "01990a5d-ac96-774b-bcce-b302099a8057"; leave the field out if there is none yet [bad-value]`},
		{"file without files", "single: other.yaml\n", `m.yaml:1:9: "other.yaml" names a file; only Load reads a model in several files [unreadable-file]`},
		{"newer format", "format: cxmodel/2\nname: x\n", `m.yaml:1:9: this file says format "cxmodel/2"; this library reads "cxmodel/1" [unknown-format]`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, _, issues := decode(t, c.in)
			require.Len(t, issues, 1)
			assert.Equal(t, c.want, issues[0].Error())
		})
	}
}

func TestWhatCouldNotBeReadSurvivesEncoding(t *testing.T) {
	const in = "format: cxmodel/1\nname: x\nweight: heavy\nnmae: y\nparts:\n  - {key: a, color: mauve}\ncolors: [red, mauve, green]\n"
	d, o, issues := decode(t, in)
	require.Len(t, issues, 4)
	assert.Equal(t, in, encode(t, d, o, nil))
}

func TestUnreadableDocumentsAreErrors(t *testing.T) {
	deep := strings.Repeat("[", 20_000)
	nested := strings.Repeat(`{"a":`, 10_000) + "1" + strings.Repeat("}", 10_000)
	bomb := "name: x\na: &a [x, x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c < 'k'; c++ {
		bomb += string(c) + ": &" + string(c) + " [" + strings.Repeat("*"+string(c-1)+", ", 9) + "*" + string(c-1) + "]\n"
	}
	cases := []struct {
		name, in, want string
		is             error
	}{
		{"empty", "", "m.yaml: the file is empty", codec.ErrEmpty},
		{"blank", " \n\n", "the file is empty", codec.ErrEmpty},
		{"comments", "# nothing\n", "empty", nil},
		{"list", "- a\n- b\n", "m.yaml:1:1: the document is a list", nil},
		{"scalar", "hello\n", "the document is the text", nil},
		{"bracket", "a: [1,2\nb: 3\n", "m.yaml:2:2: did not find expected ',' or ']'", nil},
		{"brace", "a: {b: 1\nc: 2\n", "close the { with a }", nil},
		{"further left", "a:\n    - b\n   - c\n", "begin the line in the same column as its neighbours", nil},
		{"tab before a name", "a:\n  b: 1\n\tc: 2\n", "a tab cannot indent YAML", nil},
		{"colon in a text", "a: b: c\n", "put text with a colon in quotes", nil},
		{"no blank after the colon", "a: 1\nb:2\nc: 3\n", "a colon and a blank", nil},
		{"open quote", "a: \"b\nc: d\n", "a quote is opened and not closed", nil},
		{"star", "a: *b*\n", "text that begins with *", nil},
		{"tab", "parts:\n\t- a\n", "a tab cannot indent YAML", nil},
		{"directive", "%YAML 1.2\n---\nname: a\n", "leave the line out that begins with %YAML", nil},
		{"anchor", "a: *x\n", "m.yaml:1:4: unknown anchor", nil},
		{"deep yaml", "x-a: " + deep, "more than 64 nested levels", cxmodel.ErrLimit},
		{"deep json", nested, "more than 64 nested levels", cxmodel.ErrLimit},
		{"json end", `{"name": "x"`, "", nil},
		{"two documents", "name: a\n---\nname: b\n", "several documents", nil},
		{"utf-16", "\xff\xfen\x00a\x00", "not UTF-8", codec.ErrEncoding},
		{"bomb", strings.ReplaceAll(bomb, "\na:", "\nx-a:") + "x-z: *j\n", "more than 2000000 elements", cxmodel.ErrLimit},
		{"cycle", "x-a: &x [*x]\n", "m.yaml:1:10: the alias *x refers to itself", nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := codec.Decode(strings.NewReader(c.in), new(doc), &cxmodel.DecodeOptions{Name: "m.yaml"})
			require.ErrorContains(t, err, c.want)
			if c.is != nil {
				require.ErrorIs(t, err, c.is)
			}
		})
	}
	_, _, err := codec.Decode(strings.NewReader(sample), new(doc), &cxmodel.DecodeOptions{Limits: cxmodel.Limits{Bytes: 100}})
	require.ErrorIs(t, err, cxmodel.ErrLimit)
}

func TestIssuesAreBounded(t *testing.T) {
	_, _, issues := decode(t, "table: {"+strings.Repeat("k: x, ", 3000)+"}\n")
	require.Len(t, issues, 1001)
	assert.Equal(t, "too-many-issues", issues[1000].Code)
}

func TestLocateFollowsKeysAfterEdits(t *testing.T) {
	d, o, _ := decode(t, sample)
	d.Parts = append([]part{{Key: "new"}}, d.Parts...)
	issues := cxmodel.Issues{{Path: "/parts/2/color"}, {Path: "/parts/0/name"}, {Path: "/helps/1/targets/0"}, {Path: "/facets/1/weight"}}
	o.Locate(d, issues)
	assert.Equal(t, "m.yaml:18:12", issues[0].Pos.String())
	assert.Equal(t, "m.yaml:15:3", issues[1].Pos.String(), "what is not in the file has the place of its list")
	assert.Equal(t, 11, issues[2].Pos.Line)
	assert.Equal(t, 7, issues[3].Pos.Line)
}

func TestJSONHasPositionsAndSurrogates(t *testing.T) {
	d, _, issues := decode(t, "{\n  \"name\": \"\\ud83d\\ude00\",\n  \"wieght\": 3,\n  \"parts\": [{\"key\": \"a\"}]\n}")
	assert.Equal(t, "😀", d.Name)
	require.Len(t, issues, 1)
	assert.Equal(t, "m.yaml:3:3", issues[0].Pos.String())
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(sample))
	f.Add([]byte(`{"name":"x","parts":[{"key":"a"}]}`))
	f.Add([]byte("a: &x [*x]\n"))
	f.Add([]byte("<<: {name: x}\n? [a]\n: b\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		d := new(doc)
		o, issues, err := codec.Decode(bytes.NewReader(data), d, &cxmodel.DecodeOptions{Limits: cxmodel.Limits{Elements: 10_000}})
		if err != nil {
			return
		}
		var b, again bytes.Buffer
		if codec.Encode(&b, d, o, nil) != nil || len(issues) > 0 {
			return
		}
		require.NoError(t, codec.Encode(&again, d, nil, &cxmodel.EncodeOptions{Format: cxmodel.FormatJSON}))
		d2 := new(doc)
		_, issues, err = codec.Decode(bytes.NewReader(again.Bytes()), d2, &cxmodel.DecodeOptions{Format: cxmodel.FormatJSON})
		require.NoError(t, err, again.String())
		require.Empty(t, issues, again.String())
	})
}
