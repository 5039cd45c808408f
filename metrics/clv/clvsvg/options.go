package clvsvg

import (
	"fmt"

	"github.com/cxmodel/cxmodel/internal/svg"
)

// ErrOption is wrapped by every error about arguments that cannot be drawn. It is the same in all packages that draw.
var ErrOption = svg.ErrOption

// Options say how a picture is drawn. The zero value, and nil, are the defaults.
type Options struct {
	ID     string  // begins every id in the document; unique among the pictures of a page; empty: "clv"
	Theme  *Theme  // nil: the library's own, light or dark as the viewer prefers
	Labels *Labels // the fixed words; nil, and words left empty: English
	Width  float64 // in pixels, 320 to 4000; 0: 720
	Height float64 // in pixels, 240 to 4000; 0: 400
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

// Labels are the fixed words of the pictures, in one language. A word left empty is English.
type Labels struct {
	Language    string // by BCP 47, for screen readers: "de"
	RightToLeft bool   // the picture is mirrored

	Tracking     string // title
	Cumulative   string // follows the title of a cumulative tracking curve
	RepeatOrders string
	Actual       string
	Expected     string
	Calibration  string // at the end of the calibration

	Alive          string // title of the map of P(alive)
	ExpectedOrders string // title of the map of expected orders
	Frequency      string
	Recency        string

	Retention string // title
	Seen      string
	Projected string
	Renewals  string
}

// English returns the English words, which are the default.
func English() Labels {
	return Labels{
		Language: "en", Tracking: "Repeat orders, seen and expected", Cumulative: "cumulative", RepeatOrders: "repeat orders",
		Actual: "seen", Expected: "expected", Calibration: "calibration ends",
		Alive: "Probability to be a customer still", ExpectedOrders: "Orders expected", Frequency: "repeat orders", Recency: "time of the last order",
		Retention: "Customers left", Seen: "seen", Projected: "projected", Renewals: "renewals",
	}
}

// resolve returns the options with their defaults.
func (o *Options) resolve() (Options, Labels, error) {
	var out Options
	if o != nil {
		out = *o
	}
	if out.ID == "" {
		out.ID = "clv"
	}
	if out.Width == 0 {
		out.Width = 720
	}
	if out.Height == 0 {
		out.Height = 400
	}
	labels := svg.Words(out.Labels, English())
	if !(out.Width >= 320 && out.Width <= 4000 && out.Height >= 240 && out.Height <= 4000) {
		return out, labels, fmt.Errorf("clvsvg: %w: %v by %v pixels; 320 by 240 to 4000 by 4000", ErrOption, out.Width, out.Height)
	}
	return out, labels, nil
}
