// Package survival measures times that are not over yet: how long customers stay, how long tickets stay open, which
// share is left on a day. What is still running when you look is censored, not dropped: leaving open cases out makes
// every mean too low, because the long ones are still open, and so does counting them as finished.
//
// In three steps:
//
//  1. Make a [Subject] of each customer: how long it was watched, and whether it left. [SubjectOf] makes
//     them from the dates of contracts, [ResolutionTimes] and its sisters from tickets.
//  2. Fit [KaplanMeier], or [CumulativeIncidence] where there are several ways to leave (voluntary churn, a card that
//     expired): 1 - Kaplan-Meier overstates each of them.
//  3. Ask the curve: [Curve.At] a time, [Curve.Median], [Curve.Quantile], [Curve.RestrictedMean]. Every answer is a
//     [metrics.Estimate] with its interval; [LogRank] compares groups.
//
// For tables of retention by cohort see [Retention]; for first contact resolution of tickets [FirstContact].
//
// What it is not for: forecasts beyond the time observed (package clv has the models for it; here they are
// [ErrHorizon]), regression on covariates, and weighted subjects, whose error needs the design.
//
// Times are plain numbers in any one unit, days as a rule; [Options] names it for the printed text.
package survival
