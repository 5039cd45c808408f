package svg

import (
	"fmt"
	"math"
	"strconv"
)

// A Color is an sRGB colour, "#rrggbb".
type Color string

// Check returns nil if c is well formed, else an error that says how to write it.
func (c Color) Check() error {
	if _, _, _, ok := c.rgb(); !ok {
		return fmt.Errorf("%.20q is not a colour; write six hexadecimal digits, such as %q", string(c), "#0072b2")
	}
	return nil
}

func (c Color) rgb() (r, g, b float64, ok bool) {
	if len(c) != 7 || c[0] != '#' {
		return 0, 0, 0, false
	}
	v, err := strconv.ParseUint(string(c[1:]), 16, 32)
	if err != nil {
		return 0, 0, 0, false
	}
	return float64(v>>16) / 255, float64(v>>8&255) / 255, float64(v&255) / 255, true
}

// Luminance returns the relative luminance of c by WCAG 2.2, in [0, 1]:
//
//	L = 0.2126 R + 0.7152 G + 0.0722 B,  where  R = r/12.92 if r <= 0.04045, else ((r + 0.055) / 1.055)^2.4
//
// and NaN for a malformed colour.
func (c Color) Luminance() float64 {
	r, g, b, ok := c.rgb()
	if !ok {
		return math.NaN()
	}
	linear := func(x float64) float64 {
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

// Contrast returns the contrast ratio of two colours by WCAG 2.2, (L1 + 0.05) / (L2 + 0.05) with the lighter one
// first, in [1, 21].
func Contrast(a, b Color) float64 {
	x, y := a.Luminance(), b.Luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// On returns black or white, whichever is read better on c. Its contrast is never below 4.58.
func (c Color) On() Color {
	if Contrast(c, "#000000") >= Contrast(c, "#ffffff") {
		return "#000000"
	}
	return "#ffffff"
}
