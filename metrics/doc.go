// Package metrics turns answers and counts into customer experience metrics, each with its interval: Net Promoter
// Score and its employee form, customer satisfaction, customer effort, stars, churn, retention, first contact
// resolution, repeat purchase, conversion, referral and word of mouth.
//
// Every formula returns an [Estimate]: the value never travels without its unit, interval, number of answers, what
// was missing or off the scale, the method, and warnings that say what would cure them. No data is [ErrNoData],
// never a number. Where one word has several published definitions (churn, first contact resolution, retention),
// each is a function of its own with the denominator in its name.
//
// In three steps:
//
//  1. Count. One line over a slice ([NPS], [CSAT], [CES2]), from counts that you have ([NPSOf], [Proportion]), or into
//     a [Tally], which counts exactly, merges, subtracts and lives in a database column.
//  2. Read the [Estimate], print it, or put several in a [Table].
//  3. Compare two groups with [Difference], which keeps the sign. Where many are compared, correct with [AdjustPValues].
//
// Beside them stand the tests and models that a survey needs ([ChiSquare], [Trend], [MannWhitney], [ANOVA],
// [LinearRegression], [CronbachAlpha], [SERVQUAL]), sample sizes ([NPSSampleSize] and its sisters), and composites with
// their decomposition ([Balance], [Index], [AnswerIndex]).
//
// What it is not for: reading files and grouping answers by touchpoint (package survey), the weights, strata and clusters of
// a sample design (survey.Sample, which finds the effective number of answers; whoever knows it hands it to [NPSOfWeights] or
// [ProportionOfWeights]), times, which are right-censored (package survival), and customer lifetime value (package clv).
//
// The package needs the standard library, the root package and golang.org/x/exp/constraints only.
//
// Net Promoter, Net Promoter Score and NPS are registered trademarks of Bain & Company, Inc., NICE Systems, Inc. and Fred
// Reichheld; the names are used here to say what is computed.
package metrics
