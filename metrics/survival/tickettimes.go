package survival

import (
	"fmt"
	"time"
)

// ResponseTimes returns the time from opening to the first reply, as subjects for [KaplanMeier]: report the median, the
// ninetieth percentile and the restricted mean. A ticket that was resolved without a reply counts its resolution as the
// reply. Tickets without either are censored at asOf. What happened after asOf is not known at asOf, and tickets opened
// later are left out, so any past day can be computed again. It fails with [ErrTicket], and with [metrics.ErrNoData]
// where no ticket was opened by asOf.
func ResponseTimes(tickets []Ticket, asOf time.Time, opts *TicketOptions) ([]Subject, error) {
	return times(tickets, asOf, opts, func(t Ticket) (time.Time, bool) {
		if t.FirstReply.IsZero() || !t.Resolved.IsZero() && t.Resolved.Before(t.FirstReply) {
			return t.Resolved, !t.Resolved.IsZero()
		}
		return t.FirstReply, true
	})
}

// ResolutionTimes returns the time from opening to the resolution for good: a reopened ticket runs on until it is
// resolved again. Open tickets are censored at asOf; the rest is as in [ResponseTimes].
func ResolutionTimes(tickets []Ticket, asOf time.Time, opts *TicketOptions) ([]Subject, error) {
	return times(tickets, asOf, opts, Ticket.closed)
}

func times(tickets []Ticket, asOf time.Time, opts *TicketOptions, end func(Ticket) (time.Time, bool)) ([]Subject, error) {
	o, err := opts.resolve()
	if err != nil {
		return nil, err
	}
	known, err := asKnown(tickets, asOf)
	if err != nil {
		return nil, err
	}
	subjects := make([]Subject, len(known))
	for i, t := range known {
		s := Subject{Cause: Event}
		to, done := end(t)
		if !done {
			to, s.Cause = asOf, Censored
		}
		d := o.Clock(t.Opened, to)
		if d < 0 {
			return nil, fmt.Errorf("%w %q: the clock went back by %v", ErrTicket, t.ID, -d)
		}
		s.Exit = float64(d) / float64(o.Unit)
		subjects[i] = s
	}
	return subjects, nil
}

// HandlingTimes returns the time that staff worked on each ticket. That of an open ticket is censored at what it has
// taken so far. The Clock of the options is not used: handling is measured, not counted between two moments. Tickets
// that take more work a day are censored at more, so the curve is right only while few are open; with many, keep to
// tickets old enough to be closed (D. Y. Lin, E. J. Feuer, R. Etzioni, Y. Wax, Estimating medical costs from incomplete
// follow-up data, Biometrics 53 (1997), 419-434). Errors are those of [ResponseTimes].
func HandlingTimes(tickets []Ticket, asOf time.Time, opts *TicketOptions) ([]Subject, error) {
	o, err := opts.resolve()
	if err != nil {
		return nil, err
	}
	known, err := asKnown(tickets, asOf)
	if err != nil {
		return nil, err
	}
	subjects := make([]Subject, len(known))
	for i, t := range known {
		subjects[i] = Subject{Exit: float64(t.Handling) / float64(o.Unit)}
		if _, done := t.closed(); done {
			subjects[i].Cause = Event
		}
	}
	return subjects, nil
}
