// Package clv values customers: from an order log, from the simple formulas, and from probability models of buying
// and staying.
//
// In three steps:
//
//  1. Read the orders: a [Reader] streams a CSV file, rejects bad rows by line, and keeps money exact. [Describe] counts
//     what is there; nothing in that is a forecast.
//  2. [Summarize] them to what the models take, with a holdout, and fit: [FitBGNBD] or another that [Choose] offers for
//     the timing, [FitGammaGamma] for the money. Look at the [Fit]'s Status, then at [HoldoutTable] and [Track].
//  3. [Predict] the orders and the value of each customer, with [DeltaInterval] for what matters.
//
// Without an order log there are the formulas, [CLV] and [Curve], and for subscribers the cohort models, [FitSBG].
//
// # Conventions
//
// Revenue is not value. Whatever has no margin taken off is called revenue or LifetimeRevenue here, never CLV.
// Every time is counted in the [Unit] of its summary, from the customer's first order on, and models carry that unit
// in their [Fit]. Orders of one customer on one day of the [Calendar] are one. The first order is not in the frequency.
//
// A fit climbs by Newton's method with the exact Hessian, over rows of like customers with weights. It ends in one of
// four ways, and says which: Converged; Boundary, where the data have no inner maximum and a parameter runs away; or an
// error that wraps [ErrNoFit]. Numbers that do not exist, such as the mean of a spend model with q <= 1, are errors or
// NaN.
//
// # What it is not for
//
// Accounting (a [cxmodel.Money] sum is exact, a forecast is not), loss that is seen on any day (right-censored time,
// which package survival takes), and deciding who is served: a model knows the orders, not the customer.
package clv
