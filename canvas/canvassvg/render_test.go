package canvassvg_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/canvas/canvassvg"
	"github.com/cxmodel/cxmodel/internal/svg/svgtest"
)

// hostileNames may stand in any text of a canvas.
var hostileNames = []string{
	"<script>alert(1)</script>", `"><svg onload="alert(1)"/>`, "&lt;&nope;&#0;", "]]>", "nul\x00 bell\a\x1b[31m", "\u202etxet neddih\u202c", "\u2067isolate",
	"\xff\xfe bytes", strings.Repeat("long ", 2000), strings.Repeat("x", 10_000), "顧客体験の設計は難しい。", "👩‍👩‍👧‍👦🏳️‍🌈🇩🇪👍🏽", "العملاء أولا في كل مرحلة", "z" + strings.Repeat("\u0335", 200), "  \n\n\t ", "﷽",
}

// hostile puts the text wherever a canvas has one, and links in circles.
func hostile(text string) *canvas.Canvas {
	key := cxmodel.Key(text)
	item := func(k cxmodel.Key) canvas.Item {
		return canvas.Item{Key: k, Name: text, Description: text, Owner: text, Performance: new(canvas.Performance(math.NaN()))}
	}
	return &canvas.Canvas{Name: text, Description: text, Version: text, Currency: text, CostFocus: canvas.CostFocus(text), AsOf: cxmodel.Date{Year: -7},
		Segments:       []canvas.Segment{{Item: item(key)}, {Item: item(key)}, {Item: item("other")}, {}},
		Propositions:   []canvas.Proposition{{Item: item("vp"), Segments: []cxmodel.Key{key, "other", "nobody"}}},
		Channels:       []canvas.Channel{{Item: item("ch"), Segments: []cxmodel.Key{"nobody"}, Propositions: []cxmodel.Key{"vp"}}},
		Relationships:  []canvas.Relationship{{Item: item("vp")}},
		RevenueStreams: []canvas.RevenueStream{{Item: item("rs"), Payers: []cxmodel.Key{"other"}}},
		Resources:      []canvas.Resource{{Item: item("kr"), Serves: []cxmodel.Ref{{Key: "kr"}, {Key: "ka"}, {Kind: cxmodel.Kind(text), Key: key}}}},
		Activities:     []canvas.Activity{{Item: item("ka"), Serves: []cxmodel.Ref{{Kind: cxmodel.KindResource, Key: "kr"}}}},
		Partnerships:   []canvas.Partnership{{Item: item("kp"), Supplies: []cxmodel.Ref{{Key: "kp"}}}},
		Costs:          []canvas.Cost{{Item: canvas.Item{Performance: new(canvas.Performance(1e300))}}},
	}
}

func TestCanvasesAreSoundWhateverTheTexts(t *testing.T) {
	for _, text := range hostileNames {
		for _, width := range []float64{0, 390} {
			for _, layout := range []canvassvg.Layout{canvassvg.LayoutClassic, canvassvg.LayoutGrid} {
				opts := &canvassvg.Options{ID: text, Width: width, Layout: layout, Before: cafe(), Labels: &canvassvg.Labels{RightToLeft: width == 390}}
				require.NoError(t, svgtest.Check(render(t, hostile(text), opts)), "%.40q at %g", text, width)
			}
		}
	}
}

func TestCanvasesOfEveryWidthHoldTheirTexts(t *testing.T) {
	for _, width := range []float64{0, 200, 599, 859, 860, 3000} {
		for _, n := range []int{0, 1, 12, 23} {
			opts := &canvassvg.Options{Width: width, Layout: canvassvg.Layout(n % 2), Labels: &canvassvg.Labels{RightToLeft: n == 12}}
			require.NoError(t, svgtest.Check(render(t, crowded(n), opts)), "%d items at %g", n, width)
		}
	}
}

func TestNothingIsDropped(t *testing.T) {
	c := crowded(40)
	i := 0
	for e := range c.Entries() {
		e.Base().Name = fmt.Sprintf("Item-%d.", i)
		i++
	}
	for _, layout := range []canvassvg.Layout{canvassvg.LayoutClassic, canvassvg.LayoutGrid} {
		got := string(render(t, c, &canvassvg.Options{Layout: layout}))
		for k := range i {
			assert.Contains(t, got, fmt.Sprintf(">Item-%d.<", k))
		}
	}
}

func TestAttributionStandsUnderTheClassicLayoutOnly(t *testing.T) {
	const line = "Strategyzer AG (strategyzer.com), CC BY-SA 3.0"
	assert.Contains(t, string(render(t, cafe(), nil)), line)
	assert.Contains(t, strings.Join(lines(t, render(t, cafe(), &canvassvg.Options{Width: 300})), " "), line)
	assert.NotContains(t, string(render(t, cafe(), &canvassvg.Options{Layout: canvassvg.LayoutGrid})), "Strategyzer")
}

func lines(t *testing.T, picture []byte) []string {
	texts, err := svgtest.Read(picture)
	require.NoError(t, err)
	var out []string
	for _, x := range texts {
		out = append(out, x.Line)
	}
	return out
}

// In the café, food is for both segments, the phone names the neighbours alone, the bike reaches whom the delivery is
// for, the kitchen, the market and the rent reach whom the food is for, and nobody gets the review cards.
func TestItemsHaveTheNumbersOfWhomTheyReach(t *testing.T) {
	got := lines(t, render(t, cafe(), nil))
	after := func(name string) []string {
		for i, line := range got {
			if line == name {
				i++
				for strings.Contains(got[i], "EUR") {
					i++
				}
				from := i
				for i < len(got) && (got[i] == "1" || got[i] == "2" || got[i] == "leads to no segment") {
					i++
				}
				return got[from:i]
			}
		}
		return nil
	}
	for name, want := range map[string][]string{
		"Home-style food": {"1", "2"}, "Lunch brought to the office": {"2"}, "Phone": {"1"}, "Delivery bike": {"2"}, "Review cards": {"leads to no segment"},
		"Kitchen": {"1", "2"}, "Farmers at the market": {"1", "2"}, "Rent": {"1", "2"}, "Meals": {"1"}, "Lunch contracts": {"2"},
	} {
		assert.Equal(t, want, after(name), name)
	}
}

func TestMetersStandOneBelowTheOtherAndAreExplained(t *testing.T) {
	c := &canvas.Canvas{}
	for i, p := range []canvas.Performance{canvas.Broken, canvas.Fair, canvas.Excellent, .33} {
		c.Channels = append(c.Channels, canvas.Channel{Item: canvas.Item{Key: cxmodel.Key(fmt.Sprint("c", i)), Performance: &p}})
	}
	texts, err := svgtest.Read(render(t, c, nil))
	require.NoError(t, err)
	at := map[float64]int{}
	for _, x := range texts {
		switch x.Line {
		case "broken", "fair", "excellent", "33":
			at[x.Left]++
		}
	}
	assert.Len(t, at, 1)
	const legend = ">works: broken, poor, fair, good, excellent<"
	assert.Contains(t, string(render(t, c, nil)), legend)
	for i := range c.Channels {
		c.Channels[i].Performance = nil
	}
	assert.NotContains(t, string(render(t, c, nil)), legend)
}

func TestCanvasWithoutLinksHasNoColours(t *testing.T) {
	c := cafe()
	c.Propositions[0].Segments, c.Propositions[1].Segments = nil, nil
	c.Channels[0].Segments, c.Relationships[0].Segments = nil, nil
	c.RevenueStreams[0].Payers, c.RevenueStreams[1].Payers = nil, nil
	got := string(render(t, c, nil))
	assert.NotContains(t, got, "leads to no segment")
	assert.NotContains(t, got, "f-on-category")
}

func TestChangesAreMarked(t *testing.T) {
	got := lines(t, render(t, decode(cafeLater), &canvassvg.Options{Before: cafe()}))
	for _, want := range []string{"Since 2026-Q3:", "2 added", "5 changed", "3 removed", "Lunch brought to the office", "performance: good → excellent", "renamed from cards",
		"amount: 9000.00 EUR/month → 11000.00 EUR/month", "size: 900 → 950", "performance: poor → –"} {
		assert.Contains(t, got, want)
	}
	same := string(render(t, cafe(), &canvassvg.Options{Before: cafe()}))
	assert.Contains(t, same, ">0 added<")
	assert.NotContains(t, same, ">added<")
}

func TestAChangeInAPartMarksItsItem(t *testing.T) {
	a, b := cafe(), cafe()
	a.Segments[0].Pains = []canvas.Pain{{Key: "noise", Text: "Loud"}, {Key: "queue", Text: "Queue"}}
	b.Segments[0].Pains = []canvas.Pain{{Key: "queue", Text: "Long queue"}}
	b.Segments[0].Gains = []canvas.Gain{{Key: "rest", Text: "A rest"}}
	got := lines(t, render(t, b, &canvassvg.Options{Before: a}))
	for _, want := range []string{"1 changed", "pain queue: text: Queue → Long queue", "gain rest: added", "pain noise: removed"} {
		assert.Contains(t, got, want)
	}
}

func TestSameCanvasSameBytes(t *testing.T) {
	first := render(t, crowded(12), nil)
	before := runtime.GOMAXPROCS(1)
	second := render(t, crowded(12), nil)
	runtime.GOMAXPROCS(before)
	assert.Equal(t, first, second)
}

func TestCanvasIsNotChanged(t *testing.T) {
	c, before := decode(cafeLater), cafe()
	wantC, wantBefore := c.Clone(), before.Clone()
	render(t, c, &canvassvg.Options{Before: before})
	assert.Equal(t, wantC, c)
	assert.Equal(t, wantBefore, before)
}

func TestEmptyCanvasAsksItsQuestions(t *testing.T) {
	got := strings.Join(lines(t, render(t, &canvas.Canvas{}, nil)), " ")
	for b := range canvas.Blocks() {
		assert.Contains(t, got, b.Title())
		assert.Contains(t, got, b.Question())
	}
	assert.EqualError(t, canvassvg.Render(&bytes.Buffer{}, nil, nil), "canvassvg: there is no canvas to draw")
}

func TestOptionsThatCannotBeUsedAreRefused(t *testing.T) {
	for want, opts := range map[string]canvassvg.Options{
		"a canvas cannot be 10 pixels wide; from 200 to":                           {Width: 10},
		"a canvas cannot be NaN pixels wide":                                       {Width: math.NaN()},
		"there is no layout 7; use LayoutClassic or LayoutGrid":                    {Layout: 7},
		`theme: good: "green" is not a colour; write six hexadecimal digits, such`: {Theme: &canvassvg.Theme{Light: canvassvg.Palette{Good: "green"}}},
	} {
		var b bytes.Buffer
		err := canvassvg.Render(&b, cafe(), &opts)
		assert.ErrorContains(t, err, want)
		assert.Zero(t, b.Len(), "nothing half-written")
		if !strings.HasPrefix(want, "theme") {
			assert.ErrorIs(t, err, canvassvg.ErrOption)
		}
	}
}

func TestErrorOfTheWriterIsReturned(t *testing.T) {
	assert.ErrorIs(t, canvassvg.Render(closed{}, cafe(), nil), errClosed)
}

var errClosed = errors.New("closed pipe")

type closed struct{}

func (closed) Write([]byte) (int, error) { return 0, errClosed }

func TestBrowserSeesNothingOverlapOrCut(t *testing.T) {
	pictures := map[string][]byte{}
	add := func(name string, c *canvas.Canvas, opts canvassvg.Options) {
		opts.ID = name
		pictures[name] = render(t, c, &opts)
	}
	for _, layout := range []canvassvg.Layout{canvassvg.LayoutClassic, canvassvg.LayoutGrid} {
		for _, width := range []float64{0, 390, 860} {
			name := fmt.Sprint("-", layout, "-", width)
			add("cafe"+name, cafe(), canvassvg.Options{Layout: layout, Width: width})
			add("diff"+name, decode(cafeLater), canvassvg.Options{Layout: layout, Width: width, Before: cafe()})
			add("crowded"+name, crowded(9), canvassvg.Options{Layout: layout, Width: width})
			add("empty"+name, &canvas.Canvas{}, canvassvg.Options{Layout: layout, Width: width, Labels: german()})
		}
	}
	add("forty", crowded(40), canvassvg.Options{})
	add("arabic", cafe(), canvassvg.Options{Labels: arabic()})
	for i, text := range hostileNames {
		add(fmt.Sprint("hostile-", i), hostile(strings.ReplaceAll(text, "\u0335\u0335", "")), canvassvg.Options{})
	}
	svgtest.Browser(t, pictures)
}

func FuzzRender(f *testing.F) {
	for i, s := range hostileNames {
		f.Add(s, float64(200+i*90), i)
	}
	f.Fuzz(func(t *testing.T, text string, width float64, layout int) {
		if len(text) > 2000 {
			t.Skip("longer than a fuzz run has time to draw; long names have a test of their own")
		}
		var b bytes.Buffer
		if err := canvassvg.Render(&b, hostile(text), &canvassvg.Options{ID: text, Width: width, Layout: canvassvg.Layout(layout & 1), Before: cafe()}); err != nil {
			require.ErrorIs(t, err, canvassvg.ErrOption)
			return
		}
		require.NoError(t, svgtest.Check(b.Bytes()))
	})
}

func BenchmarkRender(b *testing.B) {
	c := crowded(12)
	b.SetBytes(int64(len(render(b, c, nil))))
	b.ReportAllocs()
	for b.Loop() {
		if err := canvassvg.Render(&bytes.Buffer{}, c, nil); err != nil {
			b.Fatal(err)
		}
	}
}
