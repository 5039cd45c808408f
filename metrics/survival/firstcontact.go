package survival

import (
	"fmt"
	"time"

	"github.com/cxmodel/cxmodel/metrics"
)

// FirstContactOptions are the choices of first contact resolution; nil stands for the defaults.
type FirstContactOptions struct {
	// Window is the time after the resolution in which the customer must not come back, and after the opening before
	// which a ticket is too young to count; 0 means 7 days.
	Window time.Duration
	// Proportion are level and method of the interval; nil stands for Wilson's at .95.
	Proportion *metrics.ProportionOptions
}

// A FirstContactResult has the two published denominators side by side. They are not the share of customers who say
// that their issue was resolved ([metrics.FirstContactResolutionAsked]).
type FirstContactResult struct {
	Gross metrics.Estimate `json:"gross"` // of all tickets
	Net   metrics.Estimate `json:"net"`   // of those that the first level can resolve
}

// FirstContact returns the share of tickets that were resolved with one contact and did not come back within the
// window.
//
// In the denominator are the tickets opened at least a window before asOf whose outcome is known: resolved and the
// window over, or contacted or reopened a second time. Missing counts the others: too young, still open after
// one contact, or resolved with the window still running. A ticket that came back after its window counts as resolved.
// It fails with [metrics.ErrNoData] where no outcome is known, and with [ErrTicket]; Net alone has no value where every
// ticket is beyond the first level.
func FirstContact(tickets []Ticket, asOf time.Time, opts *FirstContactOptions) (FirstContactResult, error) {
	r := FirstContactResult{Gross: unavailable("gross first contact resolution", metrics.UnitShare), Net: unavailable("net first contact resolution", metrics.UnitShare)}
	o := FirstContactOptions{}
	if opts != nil {
		o = *opts
	}
	if o.Window == 0 {
		o.Window = 7 * 24 * time.Hour
	}
	if o.Window < 0 {
		return r, fmt.Errorf("%w: window %v", metrics.ErrOption, o.Window)
	}
	known, err := asKnown(tickets, asOf)
	if err != nil {
		return r, err
	}
	type count struct{ all, resolved, missing int }
	var gross, net count
	for _, t := range known {
		resolved, decided := t.atFirstContact(asOf, o.Window)
		for _, c := range []*count{&gross, &net} {
			switch {
			case c == &net && t.BeyondFirstLevel:
			case !decided:
				c.missing++
			default:
				c.all++
				if resolved {
					c.resolved++
				}
			}
		}
	}
	if r.Gross, err = metrics.FirstContactResolutionGross(gross.resolved, gross.all, o.Proportion); err != nil {
		return r, err
	}
	r.Gross.Missing = gross.missing
	if net.all > 0 {
		if r.Net, err = metrics.FirstContactResolutionNet(net.resolved, net.all, 0, o.Proportion); err != nil {
			return r, err
		}
	}
	r.Net.Missing = net.missing
	return r, nil
}

// atFirstContact reports whether one contact resolved the ticket, and whether that can be said by asOf.
func (t Ticket) atFirstContact(asOf time.Time, window time.Duration) (resolved, decided bool) {
	back := !t.Reopened.IsZero() && t.Reopened.Sub(t.Resolved) <= window
	switch {
	case asOf.Sub(t.Opened) < window:
		return false, false
	case t.Contacts > 1 || back:
		return false, true
	case t.Resolved.IsZero() || asOf.Sub(t.Resolved) < window:
		return false, false
	}
	return true, true
}

// Table returns the two rates.
func (r FirstContactResult) Table() *metrics.Table {
	t := &metrics.Table{}
	t.Add(r.Gross)
	t.Add(r.Net)
	return t
}
