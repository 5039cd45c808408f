package canvassvg

import (
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/internal/svg"
)

// Options say how a canvas is drawn. The zero value, and nil, are the defaults.
type Options struct {
	// ID begins every id in the document; it is to be unique among the pictures of a page. Empty: "canvas".
	ID     string
	Theme  *Theme  // nil: the library's own, light or dark as the viewer prefers
	Labels *Labels // the fixed words; nil, and words left empty: English
	Layout Layout

	// Width of the picture, in pixels, at least 200. Below 860 the blocks stand one below the other, in as many columns
	// as fit. 0: 1280.
	Width float64
	// MaxLines is how many lines a text may have before it is cut. 0: 8; negative: any number.
	MaxLines int
	// Before is an earlier version: what was added, changed and removed since then is marked, by [canvas.Diff]. Nil: no marks.
	Before *canvas.Canvas
}

// A Layout says where the blocks stand.
type Layout int

// Layouts.
const (
	LayoutClassic Layout = iota // that of the Business Model Canvas, with the attribution that its licence asks for
	LayoutGrid                  // three bands: create, deliver, capture
)

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
