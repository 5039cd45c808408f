package alignmentsvg_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/alignment/alignmentsvg"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/internal/golden"
	"github.com/cxmodel/cxmodel/internal/svg"
	"github.com/cxmodel/cxmodel/internal/svg/svgtest"
	"github.com/cxmodel/cxmodel/journey"
)

var examples = []string{"cafe", "restaurant", "shop", "b2b", "running-shoes"}

func assess(t testing.TB, m *alignment.Model) *alignment.Assessment {
	t.Helper()
	a, err := alignment.Assess(t.Context(), m, nil)
	require.NoError(t, err)
	return a
}

func example(t testing.TB, name string) *alignment.Assessment {
	t.Helper()
	m, issues, err := alignment.Load(os.DirFS("../../examples/models"), name+".yaml", nil)
	require.NoError(t, err)
	require.Empty(t, issues)
	return assess(t, m)
}

func render(t testing.TB, a *alignment.Assessment, opts *alignmentsvg.Options) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, alignmentsvg.Render(&b, a, opts))
	return b.String()
}

// wide returns a model of so many stages, with items in all nine blocks; every other stage is rated in part.
func wide(stages int) *alignment.Model {
	rng := rand.New(rand.NewPCG(1, 2))
	j := &journey.Journey{Name: "Wide"}
	m := &alignment.Model{Name: "Wide", Journeys: []*journey.Journey{j}, Canvas: &canvas.Canvas{}}
	item := func(key string) canvas.Item {
		return canvas.Item{Key: cxmodel.Key(key), Name: key, Performance: new(canvas.Performance(rng.Float64()))}
	}
	c := m.Canvas
	c.Segments = []canvas.Segment{{Item: item("segment")}}
	c.Propositions = []canvas.Proposition{{Item: item("proposition")}}
	c.Channels = []canvas.Channel{{Item: item("channel")}}
	c.Relationships = []canvas.Relationship{{Item: item("relationship")}}
	c.RevenueStreams = []canvas.RevenueStream{{Item: item("stream")}}
	c.Resources = []canvas.Resource{{Item: item("resource")}}
	c.Activities = []canvas.Activity{{Item: item("activity")}}
	c.Partnerships = []canvas.Partnership{{Item: item("partner")}}
	c.Costs = []canvas.Cost{{Item: item("cost")}}
	for s := range stages {
		key := fmt.Sprintf("s%d", s)
		st := journey.Stage{Key: cxmodel.Key(key), Name: fmt.Sprintf("Stage %d of a rather long name", s)}
		if s%2 == 1 {
			st.Touchpoints = []journey.Touchpoint{{Key: cxmodel.Key(key + "a"), Name: "A"}, {Key: cxmodel.Key(key + "b"), Name: "B"}}
		}
		j.Stages = append(j.Stages, st)
		for e := range c.Entries() {
			to := key
			if s%2 == 1 {
				to += "a"
			}
			if rng.IntN(2) == 0 {
				m.Links = append(m.Links, alignment.Helps(string(e.Ref().Key), to, alignment.Weak+alignment.Strength(rng.IntN(3))))
			}
		}
	}
	return m
}

func lines(t testing.TB, picture string) (out []string) {
	t.Helper()
	texts, err := svgtest.Read([]byte(picture))
	require.NoError(t, err)
	for _, x := range texts {
		out = append(out, x.Line)
	}
	return out
}

// hostile are names that try to break out, to run, to turn the text round, or to be endless.
var hostile = []string{
	`</text></svg><script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, "&lt;&amp;{1}{2}", "a\x00b\x07\ufffe", "\u202Etxt.exe\u202D",
	strings.Repeat("long", 2500), strings.Repeat("x\u0301", 50), "食べ物と飲み物の予約をする", "خدمة العملاء", "👩‍👩‍👧‍👦🏽 party", " ", "\xff\xfe",
}

func TestNothingOverlapsOrLeavesThePicture(t *testing.T) {
	check := func(t *testing.T, a *alignment.Assessment) {
		for _, width := range []float64{0, 280, 358, 640, 1400} {
			for _, rtl := range []bool{false, true} {
				picture := render(t, a, &alignmentsvg.Options{Width: width, Labels: &alignmentsvg.Labels{RightToLeft: rtl}})
				assert.NoError(t, svgtest.Check([]byte(picture)), "width %g, right to left %v", width, rtl)
			}
		}
	}
	for _, name := range examples {
		t.Run(name, func(t *testing.T) { check(t, example(t, name)) })
	}
	t.Run("30 stages", func(t *testing.T) { check(t, assess(t, wide(30))) })
	t.Run("no link", func(t *testing.T) {
		m := wide(4)
		m.Links = nil
		check(t, assess(t, m))
	})
	t.Run("hostile names", func(t *testing.T) {
		m := wide(len(hostile))
		m.Name = strings.Join(hostile, " ")
		for i, name := range hostile {
			m.Journeys[0].Stages[i].Name = name
		}
		i := 0
		for e := range m.Canvas.Entries() {
			e.Base().Name = hostile[i%len(hostile)]
			i++
		}
		a := assess(t, m)
		check(t, a)
		assert.Less(t, len(render(t, a, nil)), 400_000, "a long name is not repeated in full")
		a.Name = strings.Repeat("long name ", 30)
		assert.Contains(t, strings.Join(lines(t, render(t, a, nil)), " "), "…: Who carries what", "a long name leaves room for what is shown")
	})
}

func TestTheCornerIsMarkedWhereOneFailureCostsHalf(t *testing.T) {
	// restaurant.json: after one failure .06 .186667 .225 .213333 .24 of .41 .506667 .689 .493333 .36; half and more is lost
	// in all stages but the last. No failure costs half of the total: the worst is .1856 of .5418.
	picture := render(t, example(t, "restaurant"), nil)
	for _, want := range []string{
		"Discover: Channels 40. If Website+menu failed, Discover would lose 35 points.",
		"Choose: Channels 47. If Website+menu failed, Choose would lose 32 points.",
		"Order and dine: Key resources 23. If Kitchen brigade failed, Order and dine would lose 46 points.",
		"Pay: Key resources 38. If Card terminal failed, Pay would lose 28 points.",
	} {
		assert.Contains(t, picture, want)
	}
	assert.Equal(t, 4, strings.Count(picture, " would lose "))
}

func TestColumnsAreTheShapleyValuesAndNAIsNA(t *testing.T) {
	// alignment reference: contributions of channels .396667 .473333 0 0 .12, in total .172167.
	picture := render(t, example(t, "restaurant"), nil)
	for _, want := range []string{"Discover: Channels 40.", "Choose: Channels 47.", "Channels: nothing leads to Pay.", "Advocate: Channels 12.", "All stages: Channels 17.",
		"Key partnerships: nothing leads to Advocate."} {
		assert.Contains(t, picture, want)
	}
	for _, want := range []string{">54<", ">41<", ">69<", ">36<", ">12.4<", ">45.8<"} {
		assert.Contains(t, picture, want, "scores without decimals, points lost with one")
	}
	assert.NotContains(t, picture, "tandalone")
}

func TestNoScoreThatTheRungCannotCarry(t *testing.T) {
	m := wide(4)
	for i := range m.Links {
		m.Links[i].Strength = alignment.Unrated
	}
	marks := render(t, assess(t, m), nil)
	assert.Contains(t, marks, "Who touches what")
	for _, score := range []string{"Works today", "On paper", "Points lost", "After one failure", "judgement unless"} {
		assert.NotContains(t, marks, score)
	}
	m.Links = nil
	for i := range m.Journeys[0].Stages {
		m.Journeys[0].Stages[i].Reviewed = true // the total is 0, but nobody has linked anything yet
	}
	names := render(t, assess(t, m), nil)
	assert.NotContains(t, names, "Works today")
	assert.NotContains(t, names, ">0<")
	paper := render(t, example(t, "running-shoes"), nil)
	assert.Contains(t, paper, "On paper")
	assert.Contains(t, paper, "judgement unless")
	assert.NotContains(t, paper, "Works today")
}

func TestAnIntervalStandsWhereSomethingIsUnjudged(t *testing.T) {
	m := &alignment.Model{Name: "Half", Journeys: []*journey.Journey{{Stages: []journey.Stage{{Key: "s", Name: "S",
		Touchpoints: []journey.Touchpoint{{Key: "a", Name: "A"}, {Key: "b", Name: "B"}}}}}},
		Canvas: &canvas.Canvas{Channels: []canvas.Channel{{Item: canvas.Item{Key: "c", Name: "C", Performance: new(canvas.Performance(1))}}}},
		Links:  []alignment.Link{alignment.Helps("c", "a", alignment.Strong)}}
	picture := render(t, assess(t, m), nil) // b is worth 0 to 100, and half of the stage
	assert.Contains(t, picture, ">50–100<")
	assert.Contains(t, picture, "not all is judged yet")
}

func TestThePictureIsTheSameOnEveryRunAndNumberOfCores(t *testing.T) {
	want := render(t, assess(t, wide(30)), nil)
	for _, n := range []int{1, 2, 8} {
		before := runtime.GOMAXPROCS(n)
		got := render(t, assess(t, wide(30)), nil)
		runtime.GOMAXPROCS(before)
		require.Equal(t, want, got)
	}
}

func TestTextOnEveryColourIsReadable(t *testing.T) {
	for _, p := range []svg.Palette{svg.LightPalette(), svg.DarkPalette()} {
		for _, c := range p.Ramp {
			assert.GreaterOrEqual(t, svg.Contrast(c, c.On()), 4.5)
		}
		for _, text := range []svg.Color{p.Ink, p.Muted} {
			assert.GreaterOrEqual(t, svg.Contrast(text, p.Page), 4.5)
		}
	}
}

// The sign of the legend and its text stand side by side, and rows begin where the picture does, also where the words are
// written the other way than the picture runs.
func TestAMirroredMapStandsOnItsRight(t *testing.T) {
	texts, err := svgtest.Read([]byte(render(t, example(t, "restaurant"), &alignmentsvg.Options{Labels: &alignmentsvg.Labels{RightToLeft: true}})))
	require.NoError(t, err)
	width := texts[0].Right + 16
	for _, x := range texts {
		switch {
		case strings.HasPrefix(x.Line, "one failure"):
			assert.InDelta(t, width-16-26, x.Right, 1)
		case strings.HasPrefix(x.Line, "n/a: "), x.Line == "Customer segments", x.Line == "Works today":
			assert.InDelta(t, width-16, x.Right, 1, x.Line)
		}
	}
}

func TestWordsAndThemeAreData(t *testing.T) {
	l := alignmentsvg.Labels{Language: "de", Title: "Wer trägt was", WorksToday: "Heute", Decimal: ","}
	l.Blocks[2] = "Kanäle"
	picture := render(t, example(t, "restaurant"), &alignmentsvg.Options{ID: "x y", Labels: &l,
		Theme: &alignmentsvg.Theme{Mode: alignmentsvg.ModeDark, Dark: alignmentsvg.Palette{Page: "#102030"}}})
	for _, want := range []string{`lang="de"`, `id="x-y"`, "Wer trägt was", "Heute", "Kanäle", ">12,4<", "#102030"} {
		assert.Contains(t, picture, want)
	}
	err := alignmentsvg.Render(new(bytes.Buffer), example(t, "cafe"), &alignmentsvg.Options{Theme: &alignmentsvg.Theme{Light: alignmentsvg.Palette{Ink: "red"}}})
	assert.ErrorContains(t, err, `alignmentsvg: svg: unusable option: theme: ink: "red" is not a colour`)
}

type broken struct{}

var errBroken = errors.New("broken pipe")

func (broken) Write([]byte) (int, error) { return 0, errBroken }

func TestErrorsAreReported(t *testing.T) {
	assert.ErrorIs(t, alignmentsvg.Render(broken{}, example(t, "cafe"), nil), errBroken)
	assert.ErrorIs(t, alignmentsvg.Render(new(bytes.Buffer), nil, nil), alignmentsvg.ErrNoAssessment)
	for _, width := range []float64{-1, 10, 1e9, math.NaN(), math.Inf(1)} {
		err := alignmentsvg.Render(new(bytes.Buffer), example(t, "cafe"), &alignmentsvg.Options{Width: width})
		assert.ErrorIs(t, err, alignmentsvg.ErrOption)
		assert.ErrorContains(t, err, "pixels wide; from 280 to 10000, or 0 for 960")
	}
}

func TestGoldenPictures(t *testing.T) {
	for _, name := range []string{"cafe", "restaurant", "running-shoes"} {
		assert.NoError(t, golden.Check(name+".svg", []byte(render(t, example(t, name), nil))))
	}
	assert.NoError(t, golden.Check("restaurant-358.svg", []byte(render(t, example(t, "restaurant"), &alignmentsvg.Options{Width: 358}))))
}

func BenchmarkRender(b *testing.B) {
	for _, stages := range []int{5, 30} {
		a := assess(b, wide(stages))
		b.Run(fmt.Sprintf("stages=%d", stages), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				require.NoError(b, alignmentsvg.Render(new(bytes.Buffer), a, nil))
			}
		})
	}
}
