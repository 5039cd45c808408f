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
// # Where to find what
//
// A name says what goes in: NPS takes a slice of answers, NPSOf takes counts, Tally.NPS reads a [Tally], NPSOfWeights takes
// sums of weights. Answers are of any number type; in floating-point ones NaN means "not answered".
//
//   - Recommendation: [NPS], [ENPS], [NPSOf], [ENPSOf], [NPSOfWeights], [NPSPosterior]; other scales by [Bands].
//   - Satisfaction: [CSAT], [CSATOf], [CSATGoodBad], [MeanCSAT], [Stars], [Tally.TopBox]. Effort: [CES1], [CES2],
//     [CES2Share], [CES2Index].
//   - Churn: [CohortChurn], [ChurnPerExposure], [ChurnOverStart], [ChurnOverAverage], [NetCustomerLoss], by year
//     [AnnualChurn].
//   - Retention: [CohortRetention], [RetentionOnDay], [RetentionOnOrAfter], [RetentionInBracket]; of revenue
//     [NetRevenueRetention], [GrossRevenueRetention].
//   - Service: [FirstContactResolutionGross] and its sisters, [ResponseRate].
//   - Buying: [RepeatPurchaseRate], [ReturningCustomerRate], [ConversionOfVisitors], [ConversionOfVisits], [ShareOfWallet].
//   - Word of mouth: [ReferringCustomers], [ReferredCustomers], [NegativeOfMentions], [NegativeOfOpinions].
//   - Any other share, rate or number: [Proportion], [ProportionOfWeights], [EventRate], [Mean], [Describe], [Bootstrap].
//   - Two groups: [Difference] of two estimates; of two shares [ProportionDifference], [ProportionRatio], [ProportionTest]; of
//     two rates [RateRatio]; of ranks [MannWhitney]. Several groups: [ChiSquare], [Trend], [ANOVA], [AdjustPValues],
//     [SimultaneousShares].
//   - How many to ask: [NPSSampleSize], [NPSDifferenceSampleSize], [ProportionSampleSize], [ProportionDifferenceSampleSize],
//     [MeanDifferenceSampleSize].
//   - Questionnaires: [CronbachAlpha], [SERVQUAL]. Several measures in one: [Index], [AnswerIndex], [Balance].
//     Explanation of one by others: [LinearRegression].
//
// # What it is not for
//
// Reading files and grouping answers by touchpoint (package survey); the weights, strata and clusters of a sample design
// (survey.Sample, which finds the effective number of answers; whoever knows it hands it to [NPSOfWeights] or
// [ProportionOfWeights]); times, which are right-censored (package survival); customer lifetime value (package clv).
//
// The package needs the standard library, the root package and golang.org/x/exp/constraints only.
//
// Net Promoter, Net Promoter Score and NPS are registered trademarks of Bain & Company, Inc., NICE Systems, Inc. and Fred
// Reichheld; the names are used here to say what is computed.
package metrics
