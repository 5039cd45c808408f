// Package clv values customers: from an order log, from the simple formulas, and from probability models of buying
// and staying.
//
// In three steps:
//
//  1. Read the orders: a [Reader] streams a CSV file, rejects bad rows by line, and keeps money exact.
//  2. [Describe] them: counts, repeat rate, revenue, retention. Nothing in that is a forecast.
//  3. Value a customer: [CLV] where a margin is known, [LifetimeRevenue] where it is not.
//
// Revenue is not value. Whatever has no margin taken off is called LifetimeRevenue here, never CLV.
//
// What the package is not for: accounting (a [cxmodel.Money] sum is exact, a forecast is not), customers whose loss is
// a date in the past with a reason (package survival), and deciding who is served: a model knows the orders, not the
// customer.
package clv
