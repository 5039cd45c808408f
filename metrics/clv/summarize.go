package clv

import (
	"context"
	"fmt"
	"iter"

	"github.com/cxmodel/cxmodel"
)

// Refunds says what becomes of an order with a negative amount. In no case is it an order day.
type Refunds int

// The rules.
const (
	RefundsLeftOut Refunds = iota // it is not counted, and listed in Summary.Rejected
	RefundsNetted                 // it is taken off the money of the customer's last order day before it
	RefundsFail                   // it ends Summarize with ErrRefund
)

// String returns "left-out", "netted" or "fail".
func (r Refunds) String() string {
	if r < 0 || r > RefundsFail {
		return fmt.Sprintf("refunds(%d)", int(r))
	}
	return [...]string{"left-out", "netted", "fail"}[r]
}

// SummaryOptions say how an order log becomes a [Summary]. Nil means the defaults.
type SummaryOptions struct {
	Calendar
	Unit       Unit         // of all times; 0 means Day
	End        cxmodel.Date // last day of the calibration, up to which T is counted; unset means the day of the last order
	HoldoutEnd cxmodel.Date // last day of the holdout, after End; unset means no holdout
	Refunds    Refunds
	// Occasions counts the calendar's months, quarters or years with an order instead of days, as [BGBB] wants: x and t_x
	// are then whole numbers of them, Unit is theirs, and a last period that End does not complete is left out, with its
	// orders in Late. End is required, Unit is not to be set.
	Occasions cxmodel.Per
	// Each customer's orders must come in time order, or be out of it by no more than Window orders of the whole log:
	// so many are held back and sorted. 0 means 262,144 (some 6 MB). A larger disorder is ErrTimeOrder, never a wrong count.
	Window int
}

const defaultWindow = 1 << 18

// Summarize turns an order log into what the models take: for each customer the number of repeat order days x, the
// time t_x of the last one, the time T observed, and the mean money of the repeat days. Orders of one customer on one
// day are one, their money adds up; the first day is in neither x nor the mean. Amounts of zero count as orders.
//
// Customers stand in the order of their first appearance; those who first order after End are left out and counted in
// Newer. Memory grows with the customers, not with their orders. Orders that cannot be used (no customer, a time out
// of range) are listed in Rejected, and the rest is counted. Errors: ErrNoData, ErrTimeOrder, [cxmodel.ErrMixed] for
// two currencies, ErrOption, ErrRefund, and any error of the stream.
func Summarize(ctx context.Context, orders iter.Seq2[Order, error], opts *SummaryOptions) (*Summary, error) {
	s, err := newSummarizer(opts)
	if err != nil {
		return nil, err
	}
	if err := s.take(ctx, orders); err != nil {
		return nil, err
	}
	if err := s.flush(); err != nil {
		return nil, err
	}
	return s.finish()
}
