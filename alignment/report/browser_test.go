package report_test

import (
	"encoding/json"
	"fmt"
	gohtml "html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/alignment/alignmentsvg"
	"github.com/cxmodel/cxmodel/alignment/report"
	"github.com/cxmodel/cxmodel/internal/svg/svgtest"
)

// A look is a page at one width, in pixels. Paper is the page as it prints, looked at on a screen.
type look struct {
	Name  string
	Page  string
	Width int
	Paper bool
}

// seen is what the measuring script finds.
type seen struct {
	Name     string
	Faults   []string
	Texts    int
	First    float64 // height of the first screen
	Ran      bool    // something in the page ran
	Overflow float64 // how far the page is wider than its window
}

// measure looks at pages in frames of one window: each text with the lines that the browser made of it.
const measure = `
function look(frame, name) {
  const w = frame.contentWindow, d = w.document, faults = [], texts = []
  const fault = (what, node) => { if (faults.length < 12) faults.push(what + ": " + node.textContent.trim().slice(0, 60)) }
  const root = d.documentElement
  for (const x of d.querySelectorAll("details")) x.open = true
  const walker = d.createTreeWalker(d.body, NodeFilter.SHOW_TEXT)
  for (let node; node = walker.nextNode();) {
    const el = node.parentElement
    if (!node.textContent.trim() || el.closest("title,desc,style")) continue
    const hidden = el.closest("caption,thead,.hidden")
    if (hidden && w.getComputedStyle(hidden).clipPath != "none") continue // for screen readers
    const range = d.createRange()
    range.selectNodeContents(node)
    const svg = el.closest("svg")
    // The box that a text may fill: its picture; else the cell or block that it stands in.
    let box = svg
    for (let x = el; !box; x = x.parentElement) {
      const display = w.getComputedStyle(x).display
      if (!display.startsWith("inline") && display != "contents") box = x
    }
    const style = w.getComputedStyle(box), clamped = style.webkitLineClamp != "none" && style.overflow == "hidden"
    const b = box.getBoundingClientRect(), cell = el.closest("td,th"), c = cell && cell.getBoundingClientRect()
    const scroll = el.closest(".scroll") && w.getComputedStyle(el.closest(".scroll")).overflowX == "auto"
    for (const r of range.getClientRects()) {
      if (r.width < 1 || r.height < 1) continue
      if (clamped && r.bottom > b.bottom + 1) continue // cut with an ellipsis
      if (r.left < b.left - 1.5 || r.right > b.right + 1.5) fault("leaves its box by " + Math.max(b.left - r.left, r.right - b.right).toFixed(1), node)
      else if (c && (r.left < c.left - 1.5 || r.right > c.right + 1.5)) fault("leaves its cell", node)
      else if (svg && (r.top < b.top - 1.5 || r.bottom > b.bottom + 1.5)) fault("leaves its picture", node)
      else if (!scroll && (r.left < -1 || r.right > root.clientWidth + 1)) fault("leaves the page", node)
      texts.push({node, left: r.left + 1, right: r.right - 1, top: r.top + r.height * .16, bottom: r.bottom - r.height * .16})
    }
  }
  texts.sort((a, b) => a.top - b.top)
  for (let i = 0; i < texts.length; i++) {
    for (let k = i + 1; k < texts.length && texts[k].top < texts[i].bottom; k++) {
      const a = texts[i], b = texts[k]
      if (a.node != b.node && a.left < b.right && b.left < a.right) fault("lies on " + b.node.textContent.trim().slice(0, 40), a.node)
    }
  }
  const first = d.querySelector(".first").getBoundingClientRect()
  return {Name: name, Faults: faults, Texts: texts.length, First: first.height, Ran: !!(w.pwned || window.pwned), Overflow: root.scrollWidth - root.clientWidth}
}
`

// lookAt opens the pages in one window of the browser and measures them.
func lookAt(t *testing.T, looks []look) []seen {
	t.Helper()
	var b strings.Builder
	b.WriteString("<!DOCTYPE html><meta charset=utf-8><body>\n")
	for i, l := range looks {
		page := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`).ReplaceAllString(l.Page, "") // so that a script would run
		if l.Paper {
			page = strings.Replace(page, "@media print{", "@media all{", 1)
		}
		fmt.Fprintf(&b, `<iframe id="f%d" style="width:%dpx;height:900px;border:0" srcdoc="%s"></iframe>`+"\n", i, l.Width, gohtml.EscapeString(page))
	}
	names := make([]string, len(looks))
	for i, l := range looks {
		names[i] = l.Name
	}
	list, err := json.Marshal(names)
	require.NoError(t, err)
	fmt.Fprintf(&b, "<pre id=result></pre><script>%s\naddEventListener('load', () => {\n  const names = %s\n  result.textContent = 'BEGIN' + JSON.stringify(names.map((n, i) => look(document.getElementById('f' + i), n))) + 'END'\n})</script>\n", measure, list)
	file := filepath.Join(t.TempDir(), "looks.html")
	require.NoError(t, os.WriteFile(file, []byte(b.String()), 0o600))
	dom := string(svgtest.Chromium(t, "--window-size=1400,1000", "--virtual-time-budget=10000", "--dump-dom", "file://"+file))
	at := strings.LastIndex(dom, "BEGIN[")
	end := strings.LastIndex(dom, "]END")
	require.True(t, at >= 0 && end > at, "the page was not measured: %.2000s", dom[max(0, len(dom)-2000):])
	var out []seen
	require.NoError(t, json.Unmarshal([]byte(gohtml.UnescapeString(dom[at+len("BEGIN"):end+1])), &out))
	return out
}

// pages are what people look at: the examples, a large model, each rung, other directions of writing, hostile names.
func pages(t *testing.T) map[string]string {
	out := map[string]string{}
	for _, name := range examples {
		out[name] = html(t, example(t, name), nil)
	}
	m, observed := big(t)
	out["large"] = html(t, assess(t, m, nil), &report.Options{Observed: observed})
	out["marks"] = html(t, assess(t, marks(t), nil), nil)
	out["names"] = html(t, assess(t, unlinked(t), nil), nil)
	out["right to left"] = html(t, example(t, "restaurant"), &report.Options{Labels: &report.Labels{Language: "ar", RightToLeft: true, WorksToday: "يعمل اليوم"},
		HeatMap: &alignmentsvg.Options{Labels: &alignmentsvg.Labels{Language: "ar", RightToLeft: true, WorksToday: "يعمل اليوم"}}})
	poisoned := load(t, "shop")
	poison(poisoned)
	out["hostile"] = html(t, assess(t, poisoned, nil), nil)
	return out
}

// Letter is the smaller page: 11 in less 22 mm of margins, at 96 pixels an inch; A4 is the narrower one: 210 mm less 24 mm.
const (
	paperHeight = 11*96 - 22/25.4*96
	paperWidth  = 702 // of 702.99
)

func TestNothingOverlapsOrOverflowsInABrowser(t *testing.T) {
	all := pages(t)
	for _, group := range [][]string{{"large"}, {"shop", "hostile", "b2b"}, {"cafe", "restaurant", "running-shoes", "names", "marks", "right to left"}} {
		t.Run(strings.Join(group, ", "), func(t *testing.T) {
			t.Parallel()
			var looks []look
			for _, name := range group {
				page := all[name]
				require.NotEmpty(t, page)
				looks = append(looks, look{name + ", phone", page, 390, false}, look{name + ", desk", page, 1280, false}, look{name + ", paper", page, paperWidth, true})
				if name == "shop" {
					looks = append(looks, look{name + ", tablet", page, 820, false})
				}
			}
			for _, s := range lookAt(t, looks) {
				for _, f := range s.Faults {
					t.Errorf("%s: %s", s.Name, f)
				}
				assert.Greater(t, s.Texts, 50, s.Name)
				assert.Zero(t, s.Overflow, "%s: the page scrolls sideways", s.Name)
				assert.False(t, s.Ran, "%s: a name was run as a script", s.Name)
				if strings.HasSuffix(s.Name, "paper") {
					assert.LessOrEqual(t, s.First, paperHeight, "%s: the first screen prints on one page", s.Name)
				}
			}
		})
	}
}

func TestTheFirstScreenPrintsAlone(t *testing.T) {
	t.Parallel()
	m, observed := big(t)
	page := html(t, assess(t, m, nil), &report.Options{Observed: observed, NoPictures: true})
	from, to := strings.Index(page, "<nav"), strings.Index(page, "</main>")
	require.True(t, from > 0 && to > from)
	for size, css := range map[string]string{"A4": "@page{size:A4}", "Letter": "@page{size:letter}"} {
		alone := strings.Replace(page[:from]+page[to:], "</style>", css+"</style>", 1)
		file := filepath.Join(t.TempDir(), "first.html")
		require.NoError(t, os.WriteFile(file, []byte(alone), 0o600))
		pdf := filepath.Join(t.TempDir(), "first.pdf")
		svgtest.Chromium(t, "--no-pdf-header-footer", "--print-to-pdf="+pdf, "file://"+file)
		b, err := os.ReadFile(pdf)
		require.NoError(t, err)
		assert.Len(t, regexp.MustCompile(`/Type\s*/Page\b[^s]`).FindAll(b, -1), 1, size)
	}
}

func TestTheMeasureFindsFaults(t *testing.T) {
	t.Parallel()
	page := `<!DOCTYPE html><body><div class="first"><p style="width:40px;white-space:nowrap">this is wider than its box</p>
<div style="position:relative;height:40px"><p style="position:absolute;top:0">one above</p><p style="position:absolute;top:5px">the other</p></div>
<div style="width:900px">wide</div><svg width="50" height="20"><text x="20" y="15">leaves the picture</text></svg></div><script>window.pwned=1</script>`
	found := lookAt(t, []look{{"bad", page, 390, false}})[0]
	faults := strings.Join(found.Faults, "\n")
	for _, want := range []string{"leaves its box by", "this is wider", "lies on the other: one above", "leaves the picture"} {
		assert.Contains(t, faults, want)
	}
	assert.Positive(t, found.Overflow)
	assert.True(t, found.Ran)
}
