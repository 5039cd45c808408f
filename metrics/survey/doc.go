// Package survey reads the answers of customers from the files of survey tools and counts them by measure, touchpoint,
// segment and period, so that each number of package metrics can be had for each of these, with its interval and the
// response rate.
//
// In three steps:
//
//  1. Say what was asked: a [MeasureDef] per question, with its metric, level and scale.
//  2. Count: a [Reader] streams a file, long or wide, CSV or JSON; a [Cube] counts it ([Cube.AddReader]). Rows that cannot
//     be read are listed by [Reader.Rejected]; the others count.
//  3. Read off: [Cube.Total], [Cube.Cells], [Cube.RollUp], [Cube.Table]; each [Count] has Estimate and ResponseRate. For
//     any other key there is [GroupBy].
//
// Different measures, levels (relationship, transaction) and scales are never put in one number: no operation does it,
// and where two definitions or counts would have to be mixed the error is [ErrPool].
//
// Counts are integers: cubes of shards, days or tools merge and subtract exactly, in any order. Every answer is counted
// somewhere: on the scale, off it, missing, partial, dismissed, invited, bounced or excluded; see [Count].
//
// What it is not for: weighted answers, which a count cannot hold (a Cube refuses them unless told to ignore the
// weights); several answers of one customer, which are not independent, so that intervals from them are too narrow;
// verbatims, of which only the themes are read; and sending surveys.
package survey
