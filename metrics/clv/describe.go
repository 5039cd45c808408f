package clv

import (
	"context"
	"fmt"
	"iter"
	"math"
	"math/bits"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/records"
	"github.com/cxmodel/cxmodel/metrics"
)

// DescribeOptions say how orders are counted. Nil means the defaults.
type DescribeOptions struct {
	Calendar
	Period   cxmodel.Per  // of the retention curve: month, quarter or year of the calendar; unspecified means quarter
	Through  cxmodel.Date // last day that the log covers in full; unset means the day of the last order
	Discount float64      // per period, for LifetimeRevenue; > -1; 0: none
	Level    float64      // of the intervals; 0 means .95
}

// An Overview is what an order log says by itself, before any model: everything in it has been seen, nothing is
// forecast. It is exact whatever the order of the log (LifetimeRevenue, for customers of more than 64 periods, if each
// one's orders come in time order), and takes memory for the customers, not for their orders.
type Overview struct {
	Customers int          `json:"customers"` // customers with an order
	Orders    int          `json:"orders"`    // orders, several on one day counted each; refunds are not among them
	Refunds   int          `json:"refunds"`   // orders of a negative amount; they lower the revenue
	Unmatched int          `json:"unmatched"` // customers with refunds and no order, left out of all else
	Repeaters int          `json:"repeaters"` // customers who bought on a second day or more
	First     cxmodel.Date `json:"first"`     // day of the first order
	Last      cxmodel.Date `json:"last"`      // day of the last order

	RepeatRate  metrics.Estimate `json:"repeat-rate"`  // Repeaters of Customers, [0, 1]
	Revenue     cxmodel.Money    `json:"revenue"`      // exact, refunds taken off
	PerOrder    metrics.Estimate `json:"per-order"`    // mean amount of an order, in the currency of Revenue; refunds not taken off
	PerCustomer metrics.Estimate `json:"per-customer"` // mean revenue of a customer so far

	Period cxmodel.Per `json:"period"` // of Retention and LifetimeRevenue
	// Retention[k] is the share of customers who ordered in the k-th period after the period of their first order,
	// among those for whom the log covers that period in full; Retention[0] is 1. At most 64 periods are followed.
	// It is an activity curve: a customer may pause and come back, so it need not fall.
	Retention []metrics.Estimate `json:"retention"`
	// LifetimeRevenue is the revenue of a customer over the periods of Retention:
	//
	//	v Σ_k Retention[k]/(1+d)^k
	//
	// with v the mean revenue of a customer in a period with an order, and discount d. It ends where the log ends, or after
	// the 64 periods: a lower bound of the life's revenue, and no CLV, because no cost is taken off. The interval is that
	// of PerCustomer in proportion.
	LifetimeRevenue metrics.Estimate `json:"lifetime-revenue"`

	// Rejected lists the orders left out because they cannot be used, by customer (the first hundred);
	// RejectedCount says how many there were. Those of [Summarize] are the same, but for refunds.
	Rejected      cxmodel.Issues `json:"rejected,omitempty"`
	RejectedCount int            `json:"rejected-count,omitempty"`
}

// seen is what is kept of a customer.
type seen struct {
	revenue     cxmodel.Money
	first, last int32
	base        int32  // period of the first order
	latest      int32  // the last period counted in more
	more        int32  // periods with an order that active cannot hold
	active      uint64 // bit k: ordered in period base+k
}

// followed is the number of periods that a retention curve has at most.
const followed = 64

// on marks a period with an order.
func (c *seen) on(p int32) {
	switch {
	case c.active == 0:
		c.base, c.active = p, 1
	case p < c.base:
		shift := min(c.base-p, followed)
		c.more += int32(bits.OnesCount64(c.active >> (followed - shift)))
		c.base, c.active = p, c.active<<shift|1
	case p < c.base+followed:
		c.active |= 1 << (p - c.base)
	case c.more == 0 || p != c.latest:
		c.more, c.latest = c.more+1, p
	}
}

// Describe counts the orders of a log. Refunds (negative amounts) lower the revenue and are neither orders nor
// signs of life. Orders that cannot be used (no customer, a time out of range) are listed in Rejected, and the rest is
// counted. Errors: ErrNoData without an order, [cxmodel.ErrMixed] for two currencies, ErrOption, and any error of the
// stream.
func Describe(ctx context.Context, orders iter.Seq2[Order, error], opts *DescribeOptions) (*Overview, error) {
	var o DescribeOptions
	if opts != nil {
		o = *opts
	}
	if o.Period == cxmodel.PerUnspecified {
		o.Period = cxmodel.PerQuarter
	}
	if _, ok := o.Period.PerYear(); !ok {
		return nil, fmt.Errorf("clv: %w: Period %v; use month, quarter or year", ErrOption, o.Period)
	}
	if !(o.Discount > -1) || math.IsInf(o.Discount, 0) {
		return nil, fmt.Errorf("clv: %w: Discount %v; it is above -1", ErrOption, o.Discount)
	}
	if err := o.check(); err != nil {
		return nil, err
	}

	d := describer{opts: o, out: &Overview{Period: o.Period}, index: map[string]int32{}}
	n := 0
	for order, err := range orders {
		if err != nil {
			return nil, err
		}
		if n++; n&0xffff == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err := d.add(order); err != nil {
			return nil, err
		}
	}
	return d.finish()
}

type describer struct {
	opts    DescribeOptions
	out     *Overview
	rejects records.Rejects
	index   map[string]int32
	all     []seen
	mean    float64 // of the amounts of orders
	squares float64 // Σ of their squared deviations
	noDay   int32   // the last day whose period is known, and its period
	period  int32
	some    bool
}

func (d *describer) add(o Order) error {
	day, err := orderDay(&o, d.opts.Calendar)
	if err != nil {
		d.rejects.Add(err, 0)
		return nil
	}
	if d.out.Revenue, err = d.out.Revenue.Add(o.Amount); err != nil {
		return fmt.Errorf("clv: customer %q: %w", clip.Text(o.Customer), err)
	}
	at, known := d.index[o.Customer]
	if !known {
		at = int32(len(d.all))
		d.index[o.Customer] = at
		d.all = append(d.all, seen{first: math.MaxInt32, last: math.MinInt32})
	}
	c := &d.all[at]
	if c.revenue, err = c.revenue.Add(o.Amount); err != nil {
		return fmt.Errorf("clv: customer %q: %w", clip.Text(o.Customer), err)
	}
	if o.Amount.Sign() < 0 {
		d.out.Refunds++
		return nil
	}
	d.out.Orders++
	v := o.Amount.Float64()
	delta := v - d.mean
	d.mean += delta / float64(d.out.Orders)
	d.squares += delta * (v - d.mean)
	if !d.some || day != d.noDay {
		d.some, d.noDay, d.period = true, day, periodOf(int(day), d.opts.Period)
	}
	c.on(d.period)
	c.first, c.last = min(c.first, day), max(c.last, day)
	return nil
}

func (d *describer) finish() (*Overview, error) {
	out := d.out
	out.Rejected, out.RejectedCount = d.rejects.List()
	first, last := int32(math.MaxInt32), int32(math.MinInt32)
	var mean, m2 float64
	for i := range d.all {
		c := &d.all[i]
		if c.active == 0 {
			out.Unmatched++
			var err error
			if out.Revenue, err = out.Revenue.Sub(c.revenue); err != nil {
				return nil, fmt.Errorf("clv: %w", err)
			}
			continue
		}
		out.Customers++
		first, last = min(first, c.first), max(last, c.last)
		if c.last > c.first {
			out.Repeaters++
		}
		v := c.revenue.Float64()
		delta := v - mean
		mean += delta / float64(out.Customers)
		m2 += delta * (v - mean)
	}
	if out.Orders == 0 {
		return nil, noOrder(&d.rejects)
	}
	out.First, out.Last = dateOf(int(first)), dateOf(int(last))
	var err error
	if out.RepeatRate, err = d.share("repeat rate", out.Repeaters, out.Customers); err != nil {
		return nil, err
	}
	out.PerOrder = d.money("revenue per order", d.mean, d.squares, out.Orders)
	out.PerCustomer = d.money("revenue per customer", out.Revenue.Float64()/float64(out.Customers), m2, out.Customers)

	through := last
	if !d.opts.Through.IsZero() {
		if through = int32(dayOf(d.opts.Through)); through < last {
			return nil, fmt.Errorf("clv: %w: Through %v is before the last order, %v", ErrOption, d.opts.Through, out.Last)
		}
	}
	return out, d.retention(through)
}

// retention fills the curve and what is made of it.
func (d *describer) retention(through int32) error {
	// The last period counts only if the log covers its last day.
	end := periodOf(int(through), d.opts.Period)
	if periodOf(int(through)+1, d.opts.Period) == end {
		end--
	}
	var active, covered [followed]int
	periods := 0
	for i := range d.all {
		c := &d.all[i]
		if c.active == 0 {
			continue
		}
		periods += bits.OnesCount64(c.active) + int(c.more)
		for k := range int(min(end-c.base+1, followed)) {
			covered[k]++
			active[k] += int(c.active >> k & 1)
		}
	}
	if covered[0] == 0 { // the log is shorter than a period: all that is known is the start
		covered[0], active[0] = d.out.Customers, d.out.Customers
	}
	sum, factor := 0.0, 1.0
	for k := 0; k < followed && covered[k] > 0; k++ {
		e, err := d.share(fmt.Sprintf("customers with an order %d %vs after the first", k, d.opts.Period), active[k], covered[k])
		if err != nil {
			return err
		}
		d.out.Retention = append(d.out.Retention, e)
		sum += e.Value * factor
		factor /= 1 + d.opts.Discount
	}
	e := d.out.PerCustomer
	e.Metric = fmt.Sprintf("lifetime revenue over %d %vs", len(d.out.Retention), d.opts.Period)
	value := d.out.Revenue.Float64() / float64(periods) * sum
	ratio := value / e.Value
	if e.Value == 0 {
		ratio = 0
	}
	e.Value, e.Low, e.High, e.StdErr = value, e.Low*ratio, e.High*ratio, e.StdErr*math.Abs(ratio)
	d.out.LifetimeRevenue = e
	return nil
}

// orderDay checks an order and returns its day; the error is a [records.Rejection].
func orderDay(o *Order, c Calendar) (int32, error) {
	if o.Customer == "" {
		return 0, records.Reject("unusable-order", "%w: an order of %v has no customer", ErrInvalid, o.Time)
	}
	day := c.day(o.Time)
	if o.Time.IsZero() || day < firstDay || day > lastDay {
		return 0, records.Reject("unusable-order", "%w: customer %q has an order at %v; years 1 to 9999 are taken", ErrInvalid, clip.Text(o.Customer), o.Time)
	}
	return int32(day), nil
}

// noOrder is the error for a log without an order that can be used.
func noOrder(rejects *records.Rejects) error {
	if list, n := rejects.List(); n > 0 {
		return fmt.Errorf("clv: %w: none of the %d orders can be used, the first because of this: %w", ErrNoData, n, list[0].Err)
	}
	return fmt.Errorf("clv: %w: the log has no order; rejected rows are listed by the reader", ErrNoData)
}

// periodOf numbers the calendar's months, quarters or years.
func periodOf(day int, per cxmodel.Per) int32 {
	date := dateOf(day)
	months := date.Year*12 + int(date.Month) - 1
	switch per {
	case cxmodel.PerMonth:
		return int32(months)
	case cxmodel.PerQuarter:
		return int32(months / 3)
	}
	return int32(date.Year)
}

// String returns the overview in a few lines, each number with its interval.
func (o *Overview) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d orders of %d customers, %v to %v\n", o.Orders, o.Customers, o.First, o.Last)
	fmt.Fprintf(&b, "%d bought again on another day: %v\n", o.Repeaters, o.RepeatRate)
	fmt.Fprintf(&b, "revenue %v\n", o.Revenue)
	for _, e := range []metrics.Estimate{o.PerOrder, o.PerCustomer, o.LifetimeRevenue} {
		fmt.Fprintf(&b, "%v\n", e)
	}
	return b.String()
}
