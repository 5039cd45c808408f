package svg_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/internal/svg"
	"github.com/cxmodel/cxmodel/internal/svg/svgtest"
)

func TestStackIsAsHighAsItsTexts(t *testing.T) {
	s := &svg.Stack{Width: 100}
	assert.Zero(t, s.Height())
	s.Add("", svg.Text{Font: svg.Font{Size: 10}, Before: 50})
	assert.Zero(t, s.Height(), "nothing to see leaves no trace")
	s.Add("one", svg.Text{Font: svg.Font{Size: 10}, Before: 50})
	assert.Equal(t, 13., s.Height(), "no room above the first text")
	s.Add("two\nthree", svg.Text{Font: svg.Font{Size: 20}, Before: 7})
	assert.Equal(t, 13.+7+2*26, s.Height())
}

// A text behind a mark stands where the mark ends, whichever way it is read; all is mirrored in a mirrored picture.
func TestTextsBeginBesideTheirMarks(t *testing.T) {
	s := &svg.Stack{Width: 100}
	for _, mark := range []svg.Mark{svg.NoMark, svg.Dot, svg.Up, svg.Down, svg.Diamond, svg.Plus, svg.Minus, svg.Tilde} {
		s.Add("left", svg.Text{Font: svg.Font{Size: 10}, Fill: svg.Ink, Mark: mark, Accent: svg.Bad})
	}
	s.Add("below", svg.Text{Font: svg.Font{Size: 10}, Fill: svg.Ink, Under: svg.Dot})
	s.Add("العملاء", svg.Text{Font: svg.Font{Size: 10}, Fill: svg.Ink, Mark: svg.Dot, Accent: svg.Bad})
	for _, mirrored := range []bool{false, true} {
		got := picture(t, svg.Frame{Width: 140, Height: 150, RightToLeft: mirrored}, func(p *svg.Picture) { p.Stack(20, 5, s) })
		require.NoError(t, svgtest.Check(got))
		texts, err := svgtest.Read(got)
		require.NoError(t, err)
		edge := func(x svgtest.Text) float64 {
			if mirrored {
				return 140 - x.Right // from the side where the picture begins
			}
			return x.Left
		}
		assert.InDelta(t, 20, edge(texts[0]), .01)
		for _, x := range texts[1:] {
			assert.InDelta(t, 33, edge(x), .01)
		}
	}
}

func TestWordsLeftEmptyAreThoseOfTheStandard(t *testing.T) {
	type words struct {
		A, B string
		List [2]string
		Flag bool
		More map[string]string
	}
	standard := words{A: "a", B: "b", List: [2]string{"x", "y"}, Flag: true, More: map[string]string{"k": "v"}}
	assert.Equal(t, standard, svg.Words(nil, standard))
	own := &words{B: "mine", List: [2]string{1: "own"}}
	assert.Equal(t, words{A: "a", B: "mine", List: [2]string{"x", "own"}}, svg.Words(own, standard))
	assert.Equal(t, &words{B: "mine", List: [2]string{1: "own"}}, own, "the argument is not changed")
}
