package svg_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/internal/svg"
	"github.com/cxmodel/cxmodel/internal/svg/svgtest"
)

func picture(t testing.TB, f svg.Frame, draw func(*svg.Picture)) []byte {
	t.Helper()
	if f.Width == 0 {
		f.Width, f.Height = 200, 100
	}
	if f.Title == "" {
		f.Title = "Test"
	}
	p, err := svg.New(f)
	require.NoError(t, err)
	if draw != nil {
		draw(p)
	}
	var b bytes.Buffer
	_, err = p.WriteTo(&b)
	require.NoError(t, err)
	return b.Bytes()
}

// Hostile texts, as they may stand in any name.
var hostile = []string{
	"<script>alert(1)</script>", `"><svg onload=alert(1)>`, "&lt;&#0;&nope;", "]]><!--", "a\x00b\x1b[31mc\x7f\u0085",
	"\u202egnirts\u202c", "\u2066abc\u2069\u200f", "\xff\xfe\xc3(", "\ufffe\uffff\U0001ffff", strings.Repeat("x", 10_000),
	strings.Repeat("क्ष", 300), "👩‍👩‍👧‍👦🏳️‍🌈🇩🇪👍🏽", "e" + strings.Repeat("\u0301", 500), "顧客体験、良い。", "العملاء أولا", "﷽𒐫", "", " \n\t ",
	"x:url(http://example.com)", "javascript:alert(1)",
}

func TestPictureIsWellFormedWhateverTheTexts(t *testing.T) {
	for _, text := range hostile {
		got := picture(t, svg.Frame{ID: text, Title: text + "!", Description: text, Language: text, Width: 300, Height: 12_000, Theme: &svg.Theme{Font: text}},
			func(p *svg.Picture) {
				p.Begin(text)
				p.Text(10, 10, 100, svg.Wrap(text, svg.Font{Size: 12}, 100, 0), svg.Ink, svg.Lead)
				p.Text(150, 10, 100, svg.Fit(text, svg.Font{Size: 12, Bold: true}, 100), svg.Muted, svg.Middle)
				p.End()
			})
		require.NoError(t, svgtest.Check(got), "%.40q", text)
		assert.True(t, utf8.Valid(got))
	}
}

func TestCleanIsIdempotentAndVisible(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                   "plain",
		"  two   words ":          "two words",
		"a\r\n\r\n b\tc":          "a\nb c",
		"nul\x00 bell\a":          "nul\ufffd bell\ufffd",
		"\u202eabc\u202c":         "\ufffdabc",
		"\u2067abc\u2069":         "abc",
		"\xff":                    "\ufffd",
		"\uffff":                  "\ufffd",
		"soft\u00adhyphen":        "softhyphen",
		"no\u00a0break\u202fhere": "no\u00a0break\u202fhere",
		"\u3000全角":                "全角",
		"👩‍👩‍👧":                   "👩‍👩‍👧",
	} {
		assert.Equal(t, want, svg.Clean(in), "%q", in)
		assert.Equal(t, want, svg.Clean(svg.Clean(in)), "%q", in)
	}
	zalgo := "z" + strings.Repeat("\u0335", 100) + "a"
	assert.Equal(t, "z"+strings.Repeat("\u0335", 6)+"a", svg.Clean(zalgo))
}

func TestOutputIsTheSameForTheSameCalls(t *testing.T) {
	draw := func(p *svg.Picture) {
		for i := range 8 {
			p.Rect(float64(i)/3, 1.005, 10, 10, svg.Style{Fill: svg.Category(i), Stroke: svg.Edge, Dash: []float64{1, 2}})
			p.Text(0, float64(20*i), 60, svg.Wrap("Ärger über alles", svg.Font{Size: 7}, 60, 0), svg.OnCategory(i), svg.Lead)
		}
	}
	f := svg.Frame{Width: 200, Height: 400}
	assert.Equal(t, picture(t, f, draw), picture(t, f, draw))
}

func TestNumbersHaveTwoDecimalsAtMost(t *testing.T) {
	got := string(picture(t, svg.Frame{}, func(p *svg.Picture) {
		p.Line(1./3, -2./3, 1e-9, 12.5, svg.Style{Stroke: svg.Edge, Width: 1.25})
	}))
	assert.Contains(t, got, `<line x1="0.33" y1="-0.67" x2="0" y2="12.5" fill="none" stroke="#7b8794" stroke-width="1.25" class="s-edge"/>`)
}

func TestMirroredPictureStartsOnTheRight(t *testing.T) {
	got := string(picture(t, svg.Frame{RightToLeft: true}, func(p *svg.Picture) {
		p.Rect(0, 0, 50, 10, svg.Style{Fill: svg.Panel})
		p.Text(10, 0, 30, svg.Wrap("مرحبا", svg.Font{Size: 10}, 100, 0), svg.Ink, svg.Lead)
		p.Text(10, 20, 30, svg.Wrap("hello", svg.Font{Size: 10}, 100, 0), svg.Ink, svg.Lead)
		p.Text(10, 40, 30, svg.Wrap("hello", svg.Font{Size: 10}, 100, 0), svg.Ink, svg.Trail)
	}))
	assert.Contains(t, got, `<rect x="150" y="0" width="50"`)
	assert.Contains(t, got, `<text x="190" y="10" direction="rtl"`)
	assert.Contains(t, got, `<text x="190" y="30" text-anchor="end"`)
	assert.Contains(t, got, `<text x="160" y="50" font-size`)
}

// An Arabic paragraph in an English picture begins every line on its right, an English one in an Arabic picture on its left.
func TestLinesThatAreReadTheOtherWayBeginOneBelowTheOther(t *testing.T) {
	for mirrored, text := range map[bool]string{false: "العملاء أولا في كل مرحلة", true: "a few English words"} {
		block := svg.Wrap(text, svg.Font{Size: 10}, 60, 0)
		require.Greater(t, len(block.Lines), 1)
		got := picture(t, svg.Frame{RightToLeft: mirrored}, func(p *svg.Picture) { p.Text(20, 0, 100, block, svg.Ink, svg.Lead) })
		texts, err := svgtest.Read(got)
		require.NoError(t, err)
		left, right := 200., 0.
		for _, x := range texts {
			begin, first := x.Right, texts[0].Right
			if mirrored {
				begin, first = x.Left, texts[0].Left
			}
			assert.InDelta(t, first, begin, .01)
			left, right = min(left, x.Left), max(right, x.Right)
		}
		if mirrored {
			assert.InDelta(t, 180, right, .01)
		} else {
			assert.InDelta(t, 20, left, .01)
		}
	}
}

// A picture in a page inherits the style of its texts from where it stands, unless it states its own.
func TestThePageDoesNotReachTheTexts(t *testing.T) {
	root, _, _ := strings.Cut(string(picture(t, svg.Frame{RightToLeft: true}, nil)), ">")
	for _, want := range []string{`direction="ltr"`, `font-style="normal"`, `font-weight="normal"`, `letter-spacing="0"`, `word-spacing="0"`} {
		assert.Contains(t, root, want)
	}
}

func TestThemeIsData(t *testing.T) {
	draw := func(p *svg.Picture) { p.Rect(0, 0, 1, 1, svg.Style{Fill: svg.Category(1), Stroke: svg.Ink}) }
	auto := string(picture(t, svg.Frame{ID: "a"}, draw))
	assert.Contains(t, auto, `<style>@media screen and (prefers-color-scheme:dark){#a .f-page{fill:#12161c}#a .s-ink{stroke:#e8ecf1}}</style>`)

	for mode, ink := range map[svg.Mode]string{svg.ModeLight: "#1c2128", svg.ModeDark: "#e8ecf1"} {
		got := string(picture(t, svg.Frame{Theme: &svg.Theme{Mode: mode}}, draw))
		assert.NotContains(t, got, "<style>")
		assert.Contains(t, got, `stroke="`+ink+`"`)
	}
	own := &svg.Theme{Light: svg.Palette{Ink: "#123456"}}
	assert.Contains(t, string(picture(t, svg.Frame{Theme: own}, draw)), `stroke="#123456" class="f-category1`[:16])

	_, err := svg.New(svg.Frame{Width: 1, Height: 1, Theme: &svg.Theme{Dark: svg.Palette{Bad: "red;}"}}})
	assert.EqualError(t, err, `svg: unusable option: theme: bad: "red;}" is not a colour; write six hexadecimal digits, such as "#0072b2"`)
}

func TestSizeIsBounded(t *testing.T) {
	for _, f := range []svg.Frame{{}, {Width: 1}, {Width: 1e9, Height: 1}, {Width: -1, Height: 3}} {
		_, err := svg.New(f)
		assert.ErrorContains(t, err, "cannot be drawn", "%v", f)
	}
}

func TestErrorOfTheWriterIsReturned(t *testing.T) {
	p, err := svg.New(svg.Frame{Width: 1, Height: 1})
	require.NoError(t, err)
	_, err = p.WriteTo(broken{})
	assert.ErrorIs(t, err, errBroken)

	p.Begin("open")
	_, err = p.WriteTo(&bytes.Buffer{})
	assert.ErrorContains(t, err, "do not match")
}

var errBroken = errors.New("broken pipe")

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errBroken }

func FuzzPicture(f *testing.F) {
	for _, s := range hostile {
		f.Add(s, 60)
	}
	f.Fuzz(func(t *testing.T, text string, width int) {
		if len(text) > 1<<12 {
			t.Skip("longer than a fuzz run has time to wrap; long texts have a test of their own")
		}
		font := svg.Font{Size: 12}
		block := svg.Wrap(text, font, float64(width), 5)
		got := picture(t, svg.Frame{ID: text, Title: "T", Width: 20_000, Height: 200}, func(p *svg.Picture) {
			p.Text(0, 0, 1, block, svg.Ink, svg.Lead)
		})
		texts, err := svgtest.Read(got)
		require.NoError(t, err)
		require.Len(t, texts, len(block.Lines))
		for i, line := range block.Lines {
			require.Equal(t, line, texts[i].Line)
		}
	})
}
