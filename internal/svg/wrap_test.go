package svg_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/internal/svg"
)

func ExampleWrap() {
	block := svg.Wrap("Two hundred shoes, and no word on which is mine", svg.Font{Size: 12}, 110, 2)
	for _, line := range block.Lines {
		fmt.Printf("%5.1f %s\n", block.Font.Width(line), line)
	}
	fmt.Println(block.Whole)
	// Output:
	// 108.7 Two hundred shoes,
	//  94.7 and no word on…
	// Two hundred shoes, and no word on which is mine
}

// The widths are those that the font states: Arial, 2048 units to the em, has A 1366, i 455, space 569, 0 1139, W 1933.
func TestWidthsAreThoseOfArial(t *testing.T) {
	f := svg.Font{Size: 2048}
	assert.Equal(t, 1366.+455+569+1139+1933, f.Width("Ai 0W"))
	assert.Equal(t, 1479.+569+569+1139+1933, svg.Font{Size: 2048, Bold: true}.Width("Ai 0W"))
	assert.Equal(t, f.Width("e"), f.Width("e\u0301"))
	assert.Equal(t, 2*2048., f.Width("体験"))
}

func TestNoLineIsWiderThanItsBoxAndNothingIsLost(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	parts := []string{"a", "Wide", "words ", " ", "体", "験", "。", "（", "👩‍👩‍👧", "é", "e\u0301", "-", "und/oder", "\n", "العملاء ", "क्ष", "각", "🇩🇪", "longwordwithoutanyend", "\u00a0", ".", "1,000.5"}
	for range 500 {
		var b strings.Builder
		for range rng.IntN(30) {
			b.WriteString(parts[rng.IntN(len(parts))])
		}
		font := svg.Font{Size: 8 + rng.Float64()*10, Bold: rng.IntN(2) == 0}
		width := 80 + rng.Float64()*120 // wider than any one character
		block := svg.Wrap(b.String(), font, width, 0)
		for _, line := range block.Lines {
			require.LessOrEqual(t, font.Width(line), width, "%q", line)
			require.LessOrEqual(t, font.Width(line), block.Width+1e-9)
			require.NotContains(t, line, "\n")
		}
		squeeze := strings.NewReplacer(" ", "", "\n", "")
		require.Equal(t, squeeze.Replace(svg.Clean(b.String())), squeeze.Replace(strings.Join(block.Lines, "")))
		require.Empty(t, block.Whole)

		if n := len(block.Lines); n > 1 {
			cut := svg.Wrap(b.String(), font, width, n-1)
			require.Len(t, cut.Lines, n-1)
			require.Equal(t, svg.Clean(b.String()), cut.Whole)
			require.True(t, strings.HasSuffix(cut.Lines[n-2], svg.Ellipsis))
			require.LessOrEqual(t, font.Width(cut.Lines[n-2]), width)
			require.Equal(t, block, svg.Wrap(b.String(), font, width, n))
		}
	}
}

func TestAnEllipsisFollowsAWord(t *testing.T) {
	font := svg.Font{Size: 10}
	assert.Equal(t, "It took…", svg.Fit("It took. Very long.", font, font.Width("It took. V…")).String())
	assert.Equal(t, svg.Ellipsis, svg.Fit("..........", font, font.Width("...…")).String())
}

func TestLinesBreakWhereReadersExpectIt(t *testing.T) {
	font := svg.Font{Size: 10}
	for text, want := range map[string][]string{
		"one two three":          {"one two", "three"},
		"first\nthen":            {"first", "then"},
		"well-known facts":       {"well-", "known", "facts"},
		"and/or maybe":           {"and/or", "maybe"},
		"-5 to -10 °C":           {"-5 to -10", "°C"},
		"顧客体験。良い":                {"顧客体", "験。良い"},
		"顧客体「験」":                 {"顧客体", "「験」"},
		"👩‍👩‍👧👩‍👩‍👧":             {"👩‍👩‍👧", "👩‍👩‍👧"},
		"WWWWWWWW":               {"WWWW", "WWWW"},
		"e\u0301e\u0301 e\u0301": {"e\u0301e\u0301 e\u0301"},
		"":                       nil,
		" \x20\n":                nil,
	} {
		assert.Equal(t, want, svg.Wrap(text, font, 40, 0).Lines, "%q", text)
	}
}

// One cluster a line: nothing that readers take for one character is broken.
func TestCharactersAreNotBroken(t *testing.T) {
	for _, c := range []string{"👩‍👩‍👧‍👦", "🇩🇪", "👍🏽", "🏳️‍🌈", "e\u0301\u0323", "각", "\u1100\u1161\u11a8", "क्ष", "กำ", "1\ufe0f\u20e3", "\U0001f3f4\U000e0067\U000e0062\U000e007f"} {
		assert.Equal(t, []string{c, c, c}, svg.Wrap(c+c+c, svg.Font{Size: 12}, 1, 0).Lines, "%q", c)
	}
}

func TestDirectionIsThatOfTheFirstLetter(t *testing.T) {
	for text, want := range map[string]bool{"abc": false, "العملاء": true, "12 שלום": true, "(a) שלום": false, "": false, "123": false, "顧客": false} {
		assert.Equal(t, want, svg.RightToLeft(text), "%q", text)
	}
}

func TestLongTextIsWrappedInLinearTime(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	assert.Len(t, svg.Wrap(long, svg.Font{Size: 12}, 100, 3).Lines, 3)
	assert.Len(t, svg.Wrap(long, svg.Font{Size: 12}, 1e9, 0).Lines, 1)
}

func BenchmarkWrap(b *testing.B) {
	text := strings.Repeat("Two hundred shoes, and no word on which is mine. ", 20)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		svg.Wrap(text, svg.Font{Size: 12}, 150, 0)
	}
}
