package clv

import (
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel"
)

// A Customer is what the probability models know of a customer: how often, how lately, for how long, how much.
type Customer struct {
	ID        string  `json:"id,omitempty"`
	Frequency int     `json:"frequency"`        // x: days with an order after the first one; for BG/BB, opportunities taken
	Recency   float64 `json:"recency"`          // t_x: time of the last order, counted from the first; 0 where Frequency is 0
	Age       float64 `json:"age"`              // T: time observed, counted from the first order; for BG/BB, the number of opportunities
	MeanSpend float64 `json:"mean-spend"`       // mean money of the repeat order days; 0 where Frequency is 0 or money is not known
	Weight    float64 `json:"weight,omitempty"` // number of customers that this one stands for; 0 means 1
}

// weight returns the Weight that counts.
func (c Customer) weight() float64 {
	if c.Weight == 0 {
		return 1
	}
	return c.Weight
}

// unweighted fails for a summary in which a customer stands for others: what is asked of each by itself cannot be had.
func (s *Summary) unweighted() error {
	for i, c := range s.Customers {
		if c.weight() != 1 {
			return customerError(c, i, fmt.Errorf("it stands for %v customers, and here each counts by itself; use the summary before Group", c.Weight))
		}
	}
	return nil
}

// check returns what is wrong with c as input of a model in continuous time.
func (c Customer) check() error {
	switch {
	case c.Frequency < 0:
		return fmt.Errorf("frequency %d is negative", c.Frequency)
	case c.Frequency > maxFrequency:
		return fmt.Errorf("frequency %d is beyond %d", c.Frequency, maxFrequency)
	case !(c.Age >= 0) || math.IsInf(c.Age, 0):
		return fmt.Errorf("age %v; it is a finite time of 0 or more", c.Age)
	case !(c.Recency >= 0 && c.Recency <= c.Age*(1+1e-12)): // a last digit lost in a change of units is no fault
		return fmt.Errorf("recency %v is not between 0 and the age, %v", c.Recency, c.Age)
	case c.Frequency == 0 && c.Recency > 0:
		return fmt.Errorf("no repeat order and yet a recency of %v", c.Recency)
	case c.Frequency > 0 && c.Recency == 0:
		return fmt.Errorf("%d repeat orders at time 0; orders of one day are one", c.Frequency)
	case !(c.Weight >= 0) || math.IsInf(c.Weight, 0):
		return fmt.Errorf("weight %v; it is a finite number of 0 or more", c.Weight)
	}
	return nil
}

// A Holdout is what a customer did after the calibration ended.
type Holdout struct {
	Frequency int     `json:"frequency"`  // days with an order
	MeanSpend float64 `json:"mean-spend"` // mean money of those days; 0 where there are none
}

// A DayCount is what happened on a day that had an order.
type DayCount struct {
	Day    cxmodel.Date `json:"day"`
	First  int          `json:"first"`  // customers whose first order it was
	Repeat int          `json:"repeat"` // customers who ordered again
}

// A Summary is an order log as the models take it: one [Customer] each, in one unit of time and one currency. It can
// be built by hand as well; Unit is required.
type Summary struct {
	Unit      Unit
	Currency  string // of MeanSpend, an ISO 4217 code; "" where money is not known
	Customers []Customer

	End         cxmodel.Date // last day of the calibration; unset in a summary built by hand
	HoldoutEnd  cxmodel.Date // last day of the holdout; unset without one
	HoldoutSpan float64      // length of the holdout in units
	Holdout     []Holdout    // beside Customers; nil without a holdout

	Orders    int // orders that were counted, refunds not among them
	Days      int // order days that they make
	Refunds   int // refunds taken off
	Late      int // orders after the end of what is summarised, left out
	Newer     int // customers whose first order falls into the holdout, left out
	Unordered int // orders that came out of time order and were sorted

	Revenue cxmodel.Money // of all orders that were counted, holdout included, exact

	// Daily counts first and repeat order days of the Customers by day, the holdout's included, in order of time; nil in a
	// summary built by hand. [Track] reads it.
	Daily []DayCount

	// Rejected lists the orders left out because they cannot be used, by customer (the first hundred);
	// RejectedCount says how many there were.
	Rejected      cxmodel.Issues
	RejectedCount int
}

// Repeaters returns the number of customers with a repeat order, weights counted.
func (s *Summary) Repeaters() float64 {
	n := 0.0
	for _, c := range s.Customers {
		if c.Frequency > 0 {
			n += c.weight()
		}
	}
	return n
}

// Size returns the number of customers, weights counted.
func (s *Summary) Size() float64 {
	n := 0.0
	for _, c := range s.Customers {
		n += c.weight()
	}
	return n
}

// In returns s with its times counted in another unit. The customers are copied.
func (s *Summary) In(u Unit) (*Summary, error) {
	if !u.valid() || !s.Unit.valid() {
		return nil, fmt.Errorf("clv: %w: from unit %v to unit %v", ErrUnits, float64(s.Unit), float64(u))
	}
	out := *s
	out.Unit = u
	ratio := float64(s.Unit / u)
	out.HoldoutSpan *= ratio
	out.Customers = make([]Customer, len(s.Customers))
	for i, c := range s.Customers {
		c.Recency *= ratio
		c.Age *= ratio
		out.Customers[i] = c
	}
	return &out, nil
}

// Group returns s with customers of equal frequency, recency and age made one with their Weight added, in the order of
// their first appearance. IDs, spend and holdout are dropped: the models of timing do not need them. The Fit
// functions group by themselves; Group is for storing and sending.
func (s *Summary) Group() (*Summary, error) {
	cells, err := group(s.Customers, Customer.check)
	if err != nil {
		return nil, err
	}
	out := &Summary{Unit: s.Unit, Currency: s.Currency, End: s.End, Customers: make([]Customer, len(cells))}
	for i, c := range cells {
		out.Customers[i] = Customer{Frequency: int(c.x), Recency: c.tx, Age: c.age, Weight: c.w}
	}
	return out, nil
}
