// Package keydriver tells which touchpoints drive an outcome, such as the relationship NPS or the overall
// satisfaction, and which of them are worth work.
//
// In three steps:
//
//  1. Line up the answers: one row a customer, the outcome and a [Driver] for each touchpoint with its scale; NaN where not
//     answered.
//  2. Call [Analyze]: importance by LMG and by Johnson's relative weights, which share out R² and so never count one effect twice,
//     correlations and coefficients with intervals, on the customers who answered everything.
//  3. Decide: [Analysis.ImportancePerformance] is the two-by-two table, [Analysis.MomentsOfTruth] multiplies effect,
//     disappointment and reach, and holds the result against the moments that the journey flags.
//
// Drivers may be on different scales, and low may be good: correlations and coefficients are of the answers as they are,
// so they are negative for effort that drives customers away, and performance and moments of truth are turned. The outcome
// has to be high where good. For an NPS as the outcome, give the likelihood to recommend itself, or -100, 0 and 100 for the
// three bands to speak in points of NPS.
//
// What it is not for: proof of cause. Who is happy is happy everywhere; importance says where outcomes differ
// together, and an experiment says what happens when a touchpoint changes.
package keydriver
