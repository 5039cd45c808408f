// Package clvsvg draws what package clv finds: the tracking curve of repeat orders, seen and expected; the map of
// frequency and recency, coloured by the probability to be alive or by the orders expected; the retention curve of a
// cohort with its projection.
//
// In three steps:
//
//  1. Have a fit and what it is compared with: rows of [clv.Track], a model, a cohort.
//  2. Set [Options] where the defaults will not do: size, colours, words.
//  3. Call [Tracking], [HeatMap] or [Retention].
//
// Each picture is one self-contained SVG document, the same bytes for the same arguments. The package computes nothing
// but positions; what is projected is drawn with a broken line.
package clvsvg
