package svgtest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// script writes the box of every text of every picture, by the browser's own fonts, and what ought not to have happened.
const script = `
const out = {texts: [], alerts: window.alerts, elements: document.querySelectorAll('svg script, svg foreignObject, svg image, svg a, svg use').length,
  loads: performance.getEntriesByType('resource').map(e => e.name)};
for (const svg of document.querySelectorAll('svg'))
  out.texts.push([...svg.querySelectorAll('text')].map(t => { const b = t.getBBox(); return [b.x, b.x + b.width]; }));
document.getElementById('out').textContent = JSON.stringify(out);`

// Browser shows the pictures in one page of a headless Chromium, and fails the test for texts that are wider than was
// reckoned, and that overlap or leave their box by the widths that the browser sees, for scripts that ran and for anything that was loaded. It skips where there
// is no browser, or tests are to be short.
func Browser(t *testing.T, pictures map[string][]byte) {
	t.Helper()
	names := slices.Sorted(maps.Keys(pictures))
	var page bytes.Buffer
	page.WriteString("<!doctype html><meta charset=utf-8><script>window.alerts = 0; window.alert = () => window.alerts++</script>")
	for _, name := range names {
		page.Write(pictures[name])
	}
	page.WriteString("<pre id=out></pre><script>" + script + "</script>")

	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, page.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	dom := Chromium(t, "--dump-dom", "file://"+file)
	_, rest, _ := bytes.Cut(dom, []byte(`<pre id="out">`))
	rest, _, found := bytes.Cut(rest, []byte("</pre>"))
	var out struct {
		Texts            [][][2]float64
		Alerts, Elements int
		Loads            []string
	}
	if err := json.Unmarshal([]byte(html.UnescapeString(string(rest))), &out); err != nil || !found {
		t.Fatalf("the browser measured nothing: %v", err)
	}
	if out.Alerts > 0 || out.Elements > 0 || len(out.Loads) > 0 {
		t.Errorf("scripts ran %d times, there are %d elements that do not belong there, and %q was loaded", out.Alerts, out.Elements, out.Loads)
	}
	if len(out.Texts) != len(names) {
		t.Fatalf("the browser sees %d pictures, not %d", len(out.Texts), len(names))
	}
	for i, name := range names {
		if err := measured(pictures[name], out.Texts[i]); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// measured checks a picture whose texts reach from left to right as given.
func measured(picture []byte, widths [][2]float64) error {
	d, err := parse(picture)
	if err != nil {
		return err
	}
	if len(widths) != len(d.texts) {
		return fmt.Errorf("the browser sees %d texts, not %d", len(widths), len(d.texts))
	}
	var errs []error
	for i := range d.texts {
		t := &d.texts[i]
		reckoned := t.Right - t.Left
		t.Left, t.Right = widths[i][0], widths[i][1]
		if wide := t.Right - t.Left; wide > 1.03*reckoned+1.5 && !t.squeezed { // small letters stand on whole pixels
			errs = append(errs, fmt.Errorf("%.60q is %.1f pixels wide, reckoned were %.1f", t.Line, wide, reckoned))
		}
	}
	return errors.Join(append(errs, d.check())...)
}

// Chromium runs a headless Chromium, for at most a minute, and returns what it writes. It skips the test where there is
// no browser, or tests are to be short.
func Chromium(t *testing.T, args ...string) []byte {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes seconds; not in short tests")
	}
	browser := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			browser = path
			break
		}
	}
	if browser == "" {
		t.Skip("there is no Chromium here to look with; install it (Debian: apt-get install chromium)")
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, browser, append([]string{"--headless", "--hide-scrollbars", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--user-data-dir=" + t.TempDir()}, args...)...)
	cmd.WaitDelay = 5 * time.Second
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", browser, err, errs.String())
	}
	return out.Bytes()
}
