// Package metricstest is a kit for the tests of services that compute with customer experience metrics: assertions that
// know chance, populations whose truth is known, a recorder in place of the store, and a conformance test for
// accumulators.
//
// In three steps:
//
//  1. Draw data with a known truth: [Answers], [Orders], [Tickets] and [Visits] are seeded, so that a test does not flake.
//     Run them through your service; [Recorder] stands where it writes.
//  2. Compare what comes out with [Plausible] (could this estimate come from that truth?), [NotWorse] and [NonInferior].
//     A failure shows every estimate with its interval.
//  3. Hold your own accumulator, such as counters in a cache or a table, to the laws of [CheckAccumulator].
//
// What it is not for: choosing a metric or an interval (package metrics), and load tests. It needs nothing of a test but
// [testing.TB].
package metricstest
