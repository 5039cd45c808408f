package svg

import (
	"fmt"
	"strconv"
)

// A Theme says how a picture looks. Its zero value is the library's own look, light or dark as the viewer prefers.
type Theme struct {
	Mode  Mode    // which palette; ModeAuto: as the viewer prefers, and light in print
	Light Palette // unset colours are those of [LightPalette]
	Dark  Palette // unset colours are those of [DarkPalette]
	// Font is a list of typefaces as CSS has it; empty: Arial and what has its metrics. Texts are laid out for Arial: a
	// wider typeface needs shorter texts.
	Font string
}

// A Mode says which palette of a [Theme] is used.
type Mode int

// Modes.
const (
	ModeAuto Mode = iota
	ModeLight
	ModeDark
)

// DefaultFont is the typeface of a Theme that names none: Arial, and what has its metrics.
const DefaultFont = "Arial, 'Liberation Sans', Arimo, Helvetica, sans-serif"

// A Palette gives the roles of colours their colours. Ink, Muted, Accent, Good and Bad are for text on Page, Panel, Card
// and the tints.
type Palette struct {
	Page   Color // the ground of the picture
	Panel  Color // heads and bands that structure it
	Card   Color // what lies on it
	Ink    Color // text
	Muted  Color // text of second rank
	Rule   Color // hairlines that only part
	Edge   Color // outlines and curves that say something; 3:1 against the grounds
	Accent Color // what must be seen
	Good   Color
	Bad    Color

	Categories [8]Color // kinds of thing, told apart by colour
	Tints      [8]Color // the same, as grounds for text
	Ramp       [9]Color // from little to much
}

// LightPalette returns the palette for light surroundings.
func LightPalette() Palette {
	return Palette{
		Page: "#ffffff", Panel: "#f2f4f7", Card: "#ffffff", Ink: "#1c2128", Muted: "#57606a", Rule: "#d5dae0", Edge: "#7b8794",
		Accent: "#7a4f00", Good: "#005a92", Bad: "#a63a00",
		Categories: okabeIto("#000000"),
		Tints:      [8]Color{"#d9eaf6", "#fbecce", "#d6f0e6", "#f5e4ee", "#dcf0fb", "#fbe2d2", "#fbf7cc", "#e4e7eb"},
		Ramp:       [9]Color{"#f1f6fb", "#d9e7f4", "#bdd6eb", "#9cc1e0", "#77a9d3", "#508fc3", "#2f73ae", "#175792", "#073a6e"},
	}
}

// DarkPalette returns the palette for dark surroundings.
func DarkPalette() Palette {
	return Palette{
		Page: "#12161c", Panel: "#1d232c", Card: "#262e3a", Ink: "#e8ecf1", Muted: "#a7b1bd", Rule: "#343c47", Edge: "#7d8896",
		Accent: "#f0b94a", Good: "#6cbbee", Bad: "#ff9a61",
		Categories: okabeIto("#ffffff"),
		Tints:      [8]Color{"#143149", "#3d2f10", "#10382c", "#3c2634", "#173a4d", "#43240f", "#38350f", "#2c333c"},
		Ramp:       [9]Color{"#1b2430", "#1d3046", "#1f3f61", "#24517e", "#32669b", "#4a7fb5", "#6b9bcb", "#94badf", "#c6dcf2"},
	}
}

// okabeIto returns the eight colours of Okabe and Ito (2008), beginning with those that differ most; the last is
// black there.
func okabeIto(black Color) [8]Color {
	return [8]Color{"#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", black}
}

// A Paint is the role of a colour in a picture.
type Paint int

// The roles; [Category], [OnCategory], [Tint], [Ramp] and [OnRamp] return the others.
const (
	NoPaint Paint = iota
	Page
	Panel
	Card
	Ink
	Muted
	Rule
	Edge
	Accent
	Good
	Bad

	category
	onCategory = category + 8
	tint       = onCategory + 8
	ramp       = tint + 8
	onRamp     = ramp + 9
	paints     = onRamp + 9
)

// Categories is how many colours tell kinds apart; a ninth kind has the colour of the first.
const Categories = 8

// RampSteps is how many steps a ramp has.
const RampSteps = 9

// Category returns the colour of kind i, from 0.
func Category(i int) Paint { return category + Paint(i%Categories) }

// OnCategory returns the colour of text on Category(i).
func OnCategory(i int) Paint { return onCategory + Paint(i%Categories) }

// Tint returns the ground of texts about kind i, from 0.
func Tint(i int) Paint { return tint + Paint(i%Categories) }

// Ramp returns the colour of an amount x in [0, 1]; what lies outside has the colour of the nearest end.
func Ramp(x float64) Paint { return ramp + rampStep(x) }

// OnRamp returns the colour of text on Ramp(x).
func OnRamp(x float64) Paint { return onRamp + rampStep(x) }

func rampStep(x float64) Paint {
	if !(x > 0) {
		return 0
	}
	return Paint(min(x, 1)*(RampSteps-1) + 0.5)
}

var paintNames = [...]string{"none", "page", "panel", "card", "ink", "muted", "rule", "edge", "accent", "good", "bad"}

// name returns what p is called in class names: "ink", "category2".
func (p Paint) name() string {
	switch {
	case p < category:
		return paintNames[p]
	case p < onCategory:
		return "category" + strconv.Itoa(int(p-category))
	case p < tint:
		return "on-category" + strconv.Itoa(int(p-onCategory))
	case p < ramp:
		return "tint" + strconv.Itoa(int(p-tint))
	case p < onRamp:
		return "ramp" + strconv.Itoa(int(p-ramp))
	}
	return "on-ramp" + strconv.Itoa(int(p-onRamp))
}

// colors returns the colour of every Paint, those of standard where p has none.
func (p Palette) colors(standard Palette) ([paints]Color, error) {
	var out [paints]Color
	set := func(at Paint, own, standard []Color) error {
		for i, c := range own {
			if c == "" {
				c = standard[i]
			}
			if err := c.Check(); err != nil {
				return fmt.Errorf("%w: theme: %s: %w", ErrOption, (at + Paint(i)).name(), err)
			}
			out[at+Paint(i)] = c
		}
		return nil
	}
	plain := func(p Palette) []Color {
		return []Color{p.Page, p.Panel, p.Card, p.Ink, p.Muted, p.Rule, p.Edge, p.Accent, p.Good, p.Bad}
	}
	for _, err := range []error{
		set(Page, plain(p), plain(standard)),
		set(category, p.Categories[:], standard.Categories[:]),
		set(tint, p.Tints[:], standard.Tints[:]),
		set(ramp, p.Ramp[:], standard.Ramp[:]),
	} {
		if err != nil {
			return out, err
		}
	}
	for i := range Paint(Categories) {
		out[onCategory+i] = out[category+i].On()
	}
	for i := range Paint(RampSteps) {
		out[onRamp+i] = out[ramp+i].On()
	}
	return out, nil
}

// colors returns the colours of a theme: those that the picture states, and those that replace them in the dark.
func (t *Theme) colors() (plain, dark [paints]Color, err error) {
	if t == nil {
		t = new(Theme)
	}
	light, err := t.Light.colors(LightPalette())
	if err != nil {
		return light, light, err
	}
	if dark, err = t.Dark.colors(DarkPalette()); err != nil {
		return light, dark, err
	}
	switch t.Mode {
	case ModeLight:
		return light, light, nil
	case ModeDark:
		return dark, dark, nil
	}
	return light, dark, nil
}
