// Package survey reads the answers of customers from the files of survey tools and counts them by measure, touchpoint,
// segment and period, so that each number of package metrics can be had for each of these, with its interval and the
// response rate.
//
// In three steps:
//
//  1. Say what was asked: a [MeasureDef] per question, with its metric, level and scale.
//  2. Count: a [Reader] streams a file, long or wide, CSV or JSON; a [Cube] counts it ([Cube.AddReader]). Rows that cannot
//     be read are listed by [Reader.Rejected]; the others count.
//  3. Read off: [Cube.Total], [Cube.Cells], [Cube.Series], [Cube.RollUp], [Cube.Table]; each [Count] has Estimate and
//     ResponseRate. For any other key there is [GroupBy].
//
// Different measures, levels (relationship, transaction) and scales are never put in one number: no operation does it,
// and where two definitions or counts would have to be mixed the error is [ErrPool].
//
// Counts are integers: cubes of shards, days or tools merge and subtract exactly, in any order. Every answer is counted
// somewhere: on the scale, off it, missing, partial, dismissed, invited, bounced or excluded; see [Count]. To keep a cube,
// write it as JSON ([Cube.MarshalJSON]): what is read back counts, merges and subtracts as before.
//
// Where answers are not a simple random sample:
//
//   - Weights: a Cube with CubeOptions.Weighted counts by weight and stays exact; its estimates are weighted, with intervals
//     on the effective number of answers. A weight is never a number of answers.
//   - Strata, small populations, and several answers of one customer: a [Sample] keeps the rows and finds the variance by
//     linearisation, with the design effect ([Sample.Estimate], [Sample.By], [Sample.Difference], [Sample.Compare],
//     [Sample.Themes]).
//   - A population that is known by margins: [Sample.PostStratify] and [Sample.Rake].
//   - How many to ask: the sample sizes of package metrics times the design effect of the last survey.
//
// Which interval is used, and why, stands in docs/intervals.md.
//
// What is read from the numbers: [Cube.Compare] and [Compare] put differences of segments, periods or a benchmark in a table
// and correct them for their number; [ConsistencyOf] says how much of the variation between groups is real; [CountThemes]
// counts what verbatims were coded as. [Cube.Suppress] keeps small groups out of a table, and [Cube.Erase] takes a customer
// out of a Cube.
//
// What it is not for: verbatims, of which only the themes are read; replicate weights and multi-stage designs, of which the
// first stage is taken; models of non-response; and sending surveys.
package survey
