// Package durations counts times in a histogram that merges: response, handling and resolution times by shard, by hour
// and by agent, added up later without error.
//
// In three steps:
//
//  1. Count: the zero [Histogram] is ready, [Histogram.Add] takes some nanoseconds and no memory once the buckets are there.
//  2. Combine: [Histogram.Merge], [Histogram.Sub], and [Histogram.MarshalBinary] for a file or a database column.
//  3. Ask: [Histogram.Quantile], [Histogram.Mean], [Histogram.Within] a promised time. Each is a [metrics.Estimate].
//
// Counts are integers, so merging is exact: in any order and any number of parts it equals one pass, byte for byte.
// Only the place of a duration within its bucket is lost. A quantile is within [Histogram.RelativeError] of the one
// that sorting all durations would give: 1/128, less than 1 %, unless [New] asks for another. The mean is exact.
//
// What it is not for: what is still open has no duration yet, and leaving it out makes every figure too low; use
// package survival for the resolution times of a running desk. Histograms of different days merge only if no case is
// in both.
package durations
