// Package alignmentsvg draws an assessment as one heat map: who carries what. Rows are the nine blocks of the canvas,
// columns the stages of the journeys, and a cell says how many points of the stage's score the block carries.
//
// In three steps:
//
//  1. Have an [alignment.Assessment].
//  2. Set [Options] where the defaults will not do: width, language, theme.
//  3. Call [Render].
//
// The picture is one self-contained SVG document, well-formed whatever the names hold, and the same bytes for the same
// assessment and options. Stages that do not fit side by side go on below; each journey begins a band of its own.
//
// # What it shows
//
// The number in a cell is the block's contribution ([alignment.BlockScore]): the exact Shapley value over the nine blocks,
// from 0 to 100 without decimals. The numbers of a column sum to the stage's score but for rounding. "n/a" is a
// block from which no link and no path of needs leads to the stage. Darker is more (lighter is more in dark surroundings).
//
// A corner is marked where a failure would hurt: where a single item of the block, if it failed, would cost the stage at
// least half of its score,
//
//	knock-out of the item in the stage >= 1/2 · score of the stage > 0
//
// Below stand the stage's score with its interval where something is not judged yet, the score after its worst single
// failure, its weight and the points it loses.
//
// A stage in which nothing is rated yet has dots in place of points: the block leads there, and nobody knows how well. A
// model without scores is a map of dots, with the scores on paper below where links are rated.
//
// # What it is not for
//
// It does not show what a block would reach by itself (Standalone): that is another question, and side by side the two
// maps are read as one.
package alignmentsvg
