// Package control answers "is this change real" about a metric that is measured every week, and shows what stands
// behind the answer.
//
// In three steps:
//
//  1. Measure each period as a [metrics.Estimate], at least eight of them from a time that you call normal.
//  2. Ask [Judge]: one sentence, with the change and an interval that stays valid however often you look.
//  3. Look at the charts in its Verdict, or draw one alone: [PChart], [Shewhart], [Individuals], [EWMA], [CUSUM].
//
// An ordinary 95 % interval that is looked at every week is wrong at some time in four dashboards of ten. [AlwaysValid]
// turns it into one that is wrong at any time in at most five of a hundred, for about 1.6 times the width. A control
// chart makes no such promise: it gives an alarm for nothing once in so many periods, its run length ([CUSUMRunLength],
// [EWMARunLength]), and sees a change sooner. So a chart says where to look, the interval whether to believe it.
//
// What it is not for: the cause of a change, comparing many segments at once (package survey corrects for that), and
// seasons: compare with the same weeks of last year, or take the season out first.
package control
