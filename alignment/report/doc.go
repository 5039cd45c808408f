// Package report writes an assessment as one page that a board reads in a minute and an engineer can trace: as HTML that
// needs nothing but itself, and as Markdown.
//
// In three steps:
//
//  1. Have an [alignment.Assessment], and what customers said as [Observation] values where there is any (see [Observe]).
//  2. Set [Options] where the defaults will not do: theme, words, how the pictures are drawn.
//  3. Call [HTML] or [Markdown].
//
// # The first screen
//
// It prints alone on one page of A4 or Letter: the bar of what works today, what is there but not working fully, and
// what is not there, with its interval; every stage with weight, works today, on paper, points lost, after one failure,
// and what customers say with the number of answers and the interval; what to fix, build and protect first, with
// points; and what is not sure. Of more than twelve stages it shows the ten that lose most, and says so.
//
// Below follow the pictures, the segments, revenue streams and costs by stage, what was measured on customers, pains
// that nobody works on, touchpoints that nobody owns, every item and every cell with its links, the method, the legend,
// and every waiver.
//
// A model that has no ratings yet gets what its rung can carry (see [alignment.Rung]): the gaps between journey and
// canvas, the map of who touches what, the score on paper. No score is shown that the model cannot carry.
//
// # Safety
//
// The page has no script, refers to nothing outside itself, and forbids both by its content security policy. Whatever
// names hold, they are shown as text; control characters and overrides of the writing direction are replaced. A name longer
// than 90 characters ends with an ellipsis. Numbers that rest on fewer than five answers are suppressed.
//
// # What it is not for
//
// It computes no score and no metric: it says what package alignment and package metrics found. The words are data
// ([Labels]), but messages of validation and gaps are English.
package report
