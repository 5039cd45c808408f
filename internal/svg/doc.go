// Package svg draws pictures as SVG: boxes, lines and text that is measured before it is set.
//
// In three steps:
//
//  1. Measure and wrap the texts with [Font.Width] and [Wrap], and lay out: all lengths are in pixels, y grows downwards.
//  2. Make a [Picture] of the size that came out, and draw on it. Colours are roles ([Ink], [Category], [Ramp]); the
//     [Theme] says which colour a role has in light and in dark surroundings.
//  3. Write it with [Picture.WriteTo].
//
// What comes out is well-formed whatever the texts hold, refers to nothing outside itself, runs no script, and is the
// same bytes for the same calls.
//
// # Characters
//
// Widths are those of Arial, by a table that is made from a free font of the same metrics (go generate); they hold
// for Arial, Liberation Sans, Arimo and Helvetica. Characters that these fonts lack come from whichever font the
// viewer has: their width is reckoned, rather too wide than too narrow. Kerning is not reckoned; it makes lines
// shorter. Grapheme clusters follow Unicode Standard Annex 29, without the rules for prepended marks.
//
// # Colours
//
// Categories are those of M. Okabe and K. Ito, Color Universal Design (2008), which people with any of the common forms
// of colour blindness tell apart. The ramp runs through one hue from light to dark (dark to light in dark
// surroundings). Text has a contrast of 4.5:1 or more against the grounds that it stands on (WCAG 2.2, 1.4.3).
package svg

//go:generate go run ./gen
