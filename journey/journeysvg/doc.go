// Package journeysvg draws a customer journey as a map: stages and their touchpoints from left to right, and below them what
// customers do, think, feel and say, what hurts and what pleases them, and who and what stands behind it.
//
// In three steps:
//
//  1. Have a [journey.Journey], decoded or built in code. It need not be valid: what is there is drawn.
//  2. Set [Options] where the defaults will not do: the width of the page, the lanes, the language, observed numbers.
//  3. Call [Render].
//
// The picture is one self-contained SVG document, well-formed whatever the texts hold, and the same bytes for the same
// journey and options. Texts wrap; one that is longer than [Options.MaxLines] ends with an ellipsis, and is shown
// whole on hovering. It follows the viewer's preference for light or dark unless the [Theme] says otherwise.
//
// # What it shows
//
// A map has the lanes that have content, a row each. Touchpoints stand in one row, or, where any of them has a
// [journey.Layer], in the rows of a service blueprint (Shostack 1984; Bitner, Ostrom and Morgan 2008), with the lines of
// interaction, of visibility and of internal interaction between them. A touchpoint without layer is on the front
// stage there.
//
// The curve is [journey.Journey.Curve]. It is solid between touchpoints whose sentiment was measured on customers, dotted
// where one of the two was not, and has a gap at a touchpoint whose sentiment is not known. Between two points it
// runs without overshooting them (Fritsch and Carlson 1980): no value is shown that is not in the journey.
//
// # What it is not for
//
// It computes nothing but the curve: numbers that were observed are given to it, with their intervals.
package journeysvg
