package alignmentsvg

import (
	"cmp"
	"fmt"

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

// withDefaults returns the options that are meant, or what is wrong with them.
func (o *Options) withDefaults() (Options, error) {
	out := Options{}
	if o != nil {
		out = *o
	}
	out.ID = cmp.Or(out.ID, "alignment")
	out.Width = cmp.Or(out.Width, 960)
	if !(out.Width >= 280 && out.Width <= 10_000) {
		return out, fmt.Errorf("%w: a heat map cannot be %g pixels wide; from 280 to 10000, or 0 for 960", ErrOption, out.Width)
	}
	return out, nil
}
