package clv

import (
	"errors"
	"time"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/records"
	"github.com/cxmodel/cxmodel/internal/sentinel"
	"github.com/cxmodel/cxmodel/metrics"
)

// Errors about orders and what is made of them. Each is wrapped with the place and the cure.
var (
	ErrNoData     = sentinel.New("no data", metrics.ErrNoData)                  // no order, no customer, no row; it is metrics.ErrNoData too
	ErrConsumed   = records.ErrConsumed                                         // a Reader is ranged over once
	ErrColumn     = errors.New("column missing or ambiguous")                   // the heading lacks customer, time, amount or currency
	ErrEncoding   = records.ErrEncoding                                         // the file is UTF-16, or not text in UTF-8
	ErrNoCurrency = errors.New("the currency is not known")                     // no column, option or summary names it
	ErrTimeOrder  = errors.New("orders out of time order")                      // beyond what the options let be sorted
	ErrInvalid    = errors.New("input outside its range")                       // a number that no formula here takes
	ErrNoRepeats  = errors.New("nobody has bought again")                       // nothing tells how often customers buy
	ErrNoLosses   = errors.New("nobody has left")                               // nothing tells how soon customers leave
	ErrInfinite   = errors.New("the value is infinite")                         // payments grow as fast as they are discounted
	ErrNoMean     = errors.New("the mean is infinite")                          // a spend model with q of 1 or less
	ErrNoFit      = errors.New("the fit did not converge")                      // what was reached stands beside the error
	ErrOption     = sentinel.New("option outside its range", metrics.ErrOption) // an options struct that cannot be followed; it is metrics.ErrOption too
	ErrRefund     = errors.New("negative amount")                               // a refund where the options allow none
	ErrUnits      = errors.New("time units do not agree")                       // a summary in weeks, a model in days
)

// A SyntaxError is a row that cannot be cut into fields, because of a broken quote: its Pos is line and column in bytes,
// both from 1, and its Reason says what is wrong and how to mend it.
type SyntaxError = records.SyntaxError

// An Order is one purchase. A negative Amount is a refund; see [Refunds] for what becomes of it.
type Order struct {
	Customer string        // whoever buys; never empty
	Time     time.Time     // the moment; which day that is depends on the location in the options
	Amount   cxmodel.Money // what was paid, exact
}
