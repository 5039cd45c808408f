package clv

import (
	"cmp"
	"context"
	"fmt"
	"hash/maphash"
	"iter"
	"maps"
	"math"
	"slices"
	"sync/atomic"
	"time"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/records"
)

// A parcel is orders on their way from the reader to the counter, with the hashes of their customers.
type parcel struct {
	orders []Order
	hashes []uint32
}

// take hands the orders in parcels to a second goroutine, so that reading them and counting them go side by side. There is
// one reader and one counter, so the order is kept and the result does not depend on the processors.
func (s *summarizer) take(ctx context.Context, orders iter.Seq2[Order, error]) error {
	const size, parcels = 1024, 4
	full, free := make(chan parcel, parcels), make(chan parcel, parcels)
	for range parcels {
		free <- parcel{make([]Order, 0, size), make([]uint32, 0, size)}
	}
	var failed atomic.Bool
	counted := make(chan error, 1)
	go func() {
		var err error
		for p := range full {
			for i := 0; i < len(p.orders) && err == nil; i++ {
				err = s.add(&p.orders[i], p.hashes[i])
			}
			if err != nil {
				failed.Store(true)
			}
			clear(p.orders)
			free <- parcel{p.orders[:0], p.hashes[:0]}
		}
		counted <- err
	}()
	streamErr := func() error {
		defer close(full)
		p := <-free
		send := func() {
			for i := range p.orders {
				p.hashes = append(p.hashes, s.ids.hash(p.orders[i].Customer))
			}
			full <- p
		}
		for o, err := range orders {
			if err != nil {
				send()
				return err
			}
			if p.orders = append(p.orders, o); len(p.orders) == size {
				send()
				if failed.Load() || ctx.Err() != nil {
					return ctx.Err()
				}
				p = <-free
			}
		}
		send()
		return nil
	}()
	if err := <-counted; err != nil { // it stands before the stream's error in the log
		return err
	}
	return streamErr
}

// An account is what is kept of a customer while orders come in. It holds no pointer, so that a million of them cost the
// garbage collector nothing.
type account struct {
	first, last int32 // first and last order day of the calibration
	seen        int32 // last day in the queue
	days        int32 // order days of the calibration
	money       cxmodel.Money
}

// later is the account of the holdout.
type later struct {
	last, days int32
	money      cxmodel.Money
}

// An incoming order waits until there are batchSize of them: customers looked up together cost less than one by one,
// because the processor waits for several places of memory at once.
type incoming struct {
	customer string
	amount   cxmodel.Money
	day      int32
	hash     uint32 // of the customer
}

const batchSize = 256

// A queued order waits to be sorted.
type queued struct {
	account, day int32
	amount       cxmodel.Money
}

type summarizer struct {
	opts      SummaryOptions
	out       *Summary
	rejects   records.Rejects
	end, stop int32 // last day of the calibration and of the holdout
	holdout   bool
	ids       idIndex
	accounts  chunked[account]
	later     chunked[later]
	batch     []incoming
	queue     []queued
	disorder  bool
	lastDay   int32
	daily     map[int32]*DayCount
	today     *DayCount // of lastAsked
	lastAsked int32
	touched   int32 // keeps reads that only warm the cache from being left out
}

func newSummarizer(opts *SummaryOptions) (*summarizer, error) {
	s := &summarizer{end: math.MaxInt32, stop: math.MaxInt32, lastDay: math.MinInt32, daily: map[int32]*DayCount{}}
	if opts != nil {
		s.opts = *opts
	}
	o := &s.opts
	if o.Unit == 0 {
		o.Unit = Day
	}
	if o.Window == 0 {
		o.Window = defaultWindow
	}
	if err := o.check(); err != nil {
		return nil, err
	}
	if o.Occasions != cxmodel.PerUnspecified {
		n, ok := o.Occasions.PerYear()
		if !ok || opts.Unit != 0 {
			return nil, fmt.Errorf("clv: %w: Occasions by %v and Unit %v; choose month, quarter or year, and leave Unit out", ErrOption, o.Occasions, float64(opts.Unit))
		}
		if o.End.IsZero() {
			return nil, fmt.Errorf("clv: %w: Occasions without an End; it says whether the last one is whole", ErrOption)
		}
		o.Unit = Unit(float64(Year) / n)
	}
	switch {
	case !o.Unit.valid():
		return nil, fmt.Errorf("clv: %w: Unit %v days", ErrOption, float64(o.Unit))
	case o.Window < 1:
		return nil, fmt.Errorf("clv: %w: Window %d; it is a number of orders", ErrOption, o.Window)
	case o.Refunds < 0 || o.Refunds > RefundsFail:
		return nil, fmt.Errorf("clv: %w: there is no rule %v", ErrOption, o.Refunds)
	case !o.End.IsZero() && !o.End.Valid() || !o.HoldoutEnd.IsZero() && !o.HoldoutEnd.Valid():
		return nil, fmt.Errorf("clv: %w: End %v, HoldoutEnd %v: no such day", ErrOption, o.End, o.HoldoutEnd)
	case !o.HoldoutEnd.IsZero() && (o.End.IsZero() || !o.End.Before(o.HoldoutEnd)):
		return nil, fmt.Errorf("clv: %w: HoldoutEnd %v; the holdout needs an End before it", ErrOption, o.HoldoutEnd)
	}
	if !o.End.IsZero() {
		s.end = s.lastOf(o.End)
		s.stop = s.end
	}
	if !o.HoldoutEnd.IsZero() {
		s.holdout = true
		s.stop = s.lastOf(o.HoldoutEnd)
	}
	s.ids.seed = maphash.MakeSeed()
	s.out = &Summary{Unit: o.Unit, End: o.End, HoldoutEnd: o.HoldoutEnd}
	return s, nil
}

// lastOf returns the number of the last day, or the last whole occasion, up to the end of d.
func (s *summarizer) lastOf(d cxmodel.Date) int32 {
	day := dayOf(d)
	if s.opts.Occasions == cxmodel.PerUnspecified {
		return int32(day)
	}
	p := periodOf(day, s.opts.Occasions)
	if periodOf(day+1, s.opts.Occasions) == p {
		p--
	}
	return p
}

// date returns the day of a number, or the first day of an occasion.
func (s *summarizer) date(n int32) cxmodel.Date {
	switch s.opts.Occasions {
	case cxmodel.PerYear:
		return cxmodel.Date{Year: int(n), Month: 1, Day: 1}
	case cxmodel.PerQuarter:
		return cxmodel.Date{Year: int(n) / 4, Month: time.Month(n%4*3 + 1), Day: 1}
	case cxmodel.PerMonth:
		return cxmodel.Date{Year: int(n) / 12, Month: time.Month(n%12 + 1), Day: 1}
	}
	return dateOf(int(n))
}

func (s *summarizer) add(o *Order, hash uint32) error {
	day, err := orderDay(o, s.opts.Calendar)
	if err != nil {
		s.rejects.Add(err, 0)
		return nil
	}
	if s.opts.Occasions != cxmodel.PerUnspecified {
		day = periodOf(int(day), s.opts.Occasions)
	}
	if o.Amount.Sign() < 0 {
		switch s.opts.Refunds {
		case RefundsFail:
			return fmt.Errorf("clv: customer %q: %w: %v on %v", clip.Text(o.Customer), ErrRefund, o.Amount, s.date(day))
		case RefundsLeftOut:
			s.rejects.Add(records.Reject("refund", "customer %q: %w: %v on %v is left out; RefundsNetted takes it off the order before it",
				clip.Text(o.Customer), ErrRefund, o.Amount, s.date(day)), 0)
			return nil
		}
	}
	if day > s.stop {
		s.out.Late++
		return nil
	}
	s.batch = append(s.batch, incoming{o.Customer, o.Amount, day, hash})
	if len(s.batch) == batchSize {
		return s.enqueue()
	}
	return nil
}

// enqueue moves the batch into the queue, with the numbers of the customers.
func (s *summarizer) enqueue() error {
	numbers := s.ids.findAll(s.batch)
	for i := range s.batch {
		o, at := &s.batch[i], numbers[i]
		if at == s.accounts.n {
			*s.accounts.grow() = account{seen: math.MinInt32}
			if s.holdout {
				*s.later.grow() = later{last: math.MinInt32}
			}
		}
		if a := s.accounts.at(at); o.day >= a.seen {
			a.seen = o.day
		} else {
			s.disorder = true
			s.out.Unordered++
		}
		s.queue = append(s.queue, queued{at, o.day, o.amount})
		if len(s.queue) >= s.opts.Window {
			if err := s.count(); err != nil {
				return err
			}
		}
	}
	clear(s.batch)
	s.batch = s.batch[:0]
	return nil
}

// flush counts all that has come in.
func (s *summarizer) flush() error {
	if err := s.enqueue(); err != nil {
		return err
	}
	return s.count()
}

// count counts the queued orders, sorted by day if need be.
func (s *summarizer) count() error {
	if s.disorder {
		slices.SortStableFunc(s.queue, func(a, b queued) int { return cmp.Compare(a.day, b.day) })
		s.disorder = false
	}
	for from := 0; from < len(s.queue); from += batchSize {
		block := s.queue[from:min(from+batchSize, len(s.queue))]
		for i := range block { // bring the accounts into the cache, many at a time
			s.touched += s.accounts.at(block[i].account).days
		}
		for i := range block {
			if err := s.countOne(&block[i]); err != nil {
				return fmt.Errorf("clv: customer %q: %w", clip.Text(s.ids.names.get(block[i].account)), err)
			}
		}
	}
	s.queue = s.queue[:0]
	return nil
}

func (s *summarizer) countOne(q *queued) (err error) {
	a := s.accounts.at(q.account)
	money, last, days := &a.money, &a.last, &a.days
	if q.day > s.end && a.days > 0 {
		l := s.later.at(q.account)
		money, last, days = &l.money, &l.last, &l.days
	}
	if *days > 0 && q.day < *last {
		return fmt.Errorf("%w: an order of %v comes after one of %v; sort the log, or raise Window to more than the %d orders that are held back",
			ErrTimeOrder, s.date(q.day), s.date(*last), s.opts.Window)
	}
	if q.amount.Sign() < 0 {
		if *days == 0 {
			within := ""
			if days != &a.days {
				within = " in the holdout"
			}
			s.rejects.Add(records.Reject("refund", "customer %q: %w: %v on %v has no order before it%s", clip.Text(s.ids.names.get(q.account)), ErrRefund, q.amount, s.date(q.day), within), 0)
			return nil
		}
		s.out.Refunds++
	} else {
		s.out.Orders++
		s.lastDay = max(s.lastDay, q.day)
		if *days == 0 || q.day > *last {
			s.out.Days++
			*days++
			switch {
			case days == &a.days && a.days == 1:
				a.first = q.day
				if q.day <= s.end {
					s.on(q.day).First++
				}
			case a.first <= s.end:
				s.on(q.day).Repeat++
			}
		}
		*last = q.day
	}
	if s.out.Revenue, err = s.out.Revenue.Add(q.amount); err != nil {
		return err
	}
	if days == &a.days && a.days == 1 {
		return nil // the money of the first day is not asked for
	}
	*money, err = money.Add(q.amount)
	return err
}

// on returns the count of a day.
func (s *summarizer) on(day int32) *DayCount {
	if s.today == nil || day != s.lastAsked {
		s.lastAsked = day
		if s.today = s.daily[day]; s.today == nil {
			s.today = &DayCount{Day: s.date(day)}
			s.daily[day] = s.today
		}
	}
	return s.today
}

func (s *summarizer) finish() (*Summary, error) {
	out := s.out
	out.Rejected, out.RejectedCount = s.rejects.List()
	if out.Orders == 0 {
		if out.Late > 0 {
			return nil, fmt.Errorf("clv: %w: all %d orders that can be used are after the end, %v", ErrNoData, out.Late, s.date(s.stop))
		}
		return nil, noOrder(&s.rejects)
	}
	out.Currency = out.Revenue.Currency()
	end := s.end
	if end == math.MaxInt32 {
		end = s.lastDay
		out.End = s.date(end)
	}
	unit := out.Unit.Days()
	if s.opts.Occasions != cxmodel.PerUnspecified {
		unit = 1 // numbers of occasions already
	}
	if s.holdout {
		out.HoldoutSpan = float64(s.stop-end) / unit
	}
	n := 0
	for i := range s.accounts.n {
		if a := s.accounts.at(i); a.days > 0 && a.first <= end {
			n++
		}
	}
	out.Customers = make([]Customer, 0, n)
	if s.holdout {
		out.Holdout = make([]Holdout, 0, n)
	}
	for i := range s.accounts.n {
		a := s.accounts.at(i)
		if a.days == 0 {
			continue
		}
		if a.first > end {
			out.Newer++
			continue
		}
		c := Customer{ID: s.ids.names.get(i), Frequency: int(a.days) - 1, Recency: float64(a.last-a.first) / unit, Age: float64(end-a.first) / unit}
		if c.Frequency > 0 {
			c.MeanSpend = a.money.Float64() / float64(c.Frequency)
		}
		out.Customers = append(out.Customers, c)
		if s.holdout {
			l := s.later.at(i)
			h := Holdout{Frequency: int(l.days)}
			if l.days > 0 {
				h.MeanSpend = l.money.Float64() / float64(l.days)
			}
			out.Holdout = append(out.Holdout, h)
		}
	}
	for _, day := range slices.Sorted(maps.Keys(s.daily)) {
		out.Daily = append(out.Daily, *s.daily[day])
	}
	if n == 0 {
		return nil, fmt.Errorf("clv: %w: all customers first order after the end of the calibration, %v", ErrNoData, out.End)
	}
	return out, nil
}
