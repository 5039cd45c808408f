package alignmentsvg

import (
	"github.com/cxmodel/cxmodel/internal/svg"
)

// Options say how a heat map is drawn. The zero value, and nil, are the defaults.
type Options struct {
	// ID begins every id in the document; it is to be unique among the pictures of a page. Empty: "alignment".
	ID     string
	Theme  *Theme  // nil: the library's own, light or dark as the viewer prefers
	Labels *Labels // the fixed words; nil, and words left empty: English

	// Width is how wide the picture may be, in pixels, from 280 to 10,000; fewer stages make it narrower. 0: 960.
	Width float64
}

// Theme says how pictures look: palettes for light and dark, typeface. It is the same type in all packages that draw.
type Theme = svg.Theme

// Palette holds the colours of a [Theme] by their roles.
type Palette = svg.Palette

// Color is a colour of a [Palette], "#rrggbb".
type Color = svg.Color

// Modes of a [Theme].
const (
	ModeAuto  = svg.ModeAuto // light or dark as the viewer prefers; light in print
	ModeLight = svg.ModeLight
	ModeDark  = svg.ModeDark
)

func (o *Options) withDefaults() Options {
	out := Options{}
	if o != nil {
		out = *o
	}
	if out.ID == "" {
		out.ID = "alignment"
	}
	if !(out.Width > 0) {
		out.Width = 960
	}
	out.Width = min(max(out.Width, 280), 10_000)
	return out
}
