package report

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"math"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/internal/svg"
)

// ErrNoAssessment is returned for a nil assessment, and for one that [alignment.Assess] did not make: it has no model.
var ErrNoAssessment = errors.New("report: there is no assessment to report")

//go:embed page.html
var pageText string

//go:embed page.css
var pageCSS string

// page is parsed when the first report is written, not by whoever imports the package.
var page = sync.OnceValues(func() (*template.Template, error) {
	return template.New("report").Funcs(template.FuncMap{"fixed": fixed}).Parse(pageText)
})

// fixed writes a coordinate with at most two decimals.
func fixed(x float64) string {
	if math.IsNaN(x) {
		return "0"
	}
	return strconv.FormatFloat(math.Round(x*100)/100+0, 'f', -1, 64)
}

// HTML writes the report as one page that needs nothing but itself. It fails if the theme has a malformed colour, or with
// the error of w; nothing is written before the page is complete.
func HTML(w io.Writer, a *alignment.Assessment, opts *Options) error {
	c, o, err := contentOf(a, opts)
	if err != nil {
		return err
	}
	style, scheme, err := style(o.Theme)
	if err != nil {
		return err
	}
	t, err := page()
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	var b bytes.Buffer
	b.Grow(1 << 18)
	err = t.ExecuteTemplate(&b, "page", struct {
		C      *content
		Style  template.CSS
		Scheme string
	}{c, style, scheme})
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

func contentOf(a *alignment.Assessment, opts *Options) (*content, *Options, error) {
	if a == nil || a.Model() == nil {
		return nil, nil, ErrNoAssessment
	}
	o := Options{}
	if opts != nil {
		o = *opts
	}
	c, err := newBuilder(a, o, o.labels()).build()
	return c, &o, err
}

// style returns the style sheet, the colours of the theme as its variables, and the schemes that it has.
func style(t *Theme) (template.CSS, string, error) {
	if t == nil {
		t = new(Theme)
	}
	light, err := palette(t.Light, svg.LightPalette())
	if err != nil {
		return "", "", err
	}
	dark, err := palette(t.Dark, svg.DarkPalette())
	if err != nil {
		return "", "", err
	}
	var b strings.Builder
	write := func(p Palette) {
		fmt.Fprintf(&b, "--page:%s;--panel:%s;--ink:%s;--muted:%s;--rule:%s;--edge:%s;--accent:%s;--good:%s;--bad:%s;--works:%s;--there:%s;--missing:%s}\n",
			p.Page, p.Panel, p.Ink, p.Muted, p.Rule, p.Edge, p.Accent, p.Good, p.Bad, p.Ramp[6], p.Ramp[3], p.Ramp[0])
	}
	scheme := "light"
	b.WriteString(":root{--font:" + font(t.Font) + ";")
	switch t.Mode {
	case ModeDark:
		scheme = "dark"
		write(dark)
	case ModeLight:
		write(light)
	default:
		scheme = "light dark"
		write(light)
		b.WriteString("@media screen and (prefers-color-scheme:dark){:root{")
		write(dark)
		b.WriteString("}\n")
	}
	b.WriteString(pageCSS)
	return template.CSS(b.String()), scheme, nil // colours are checked, the font is cleaned, the rest is our own
}

// palette fills the colours that p leaves open and checks all of them.
func palette(p, standard Palette) (Palette, error) {
	v, s := reflect.ValueOf(&p).Elem(), reflect.ValueOf(standard)
	for i := range v.NumField() {
		colors := []*Color{}
		switch f := v.Field(i); f.Kind() {
		case reflect.String:
			colors = append(colors, f.Addr().Interface().(*Color))
			if f.String() == "" {
				f.SetString(s.Field(i).String())
			}
		case reflect.Array:
			for k := range f.Len() {
				if f.Index(k).String() == "" {
					f.Index(k).SetString(s.Field(i).Index(k).String())
				}
				colors = append(colors, f.Index(k).Addr().Interface().(*Color))
			}
		}
		for _, c := range colors {
			if err := c.Check(); err != nil {
				return p, fmt.Errorf("report: theme: %s: %w", strings.ToLower(v.Type().Field(i).Name), err)
			}
		}
	}
	return p, nil
}

// font returns the list of typefaces for a style sheet.
func font(f string) string {
	if f == "" {
		return svg.DefaultFont
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("(){}<>;:\\@/*", r) || r < ' ' { // a name of a typeface has none
			return -1
		}
		return r
	}, svg.OneLine(f))
}
