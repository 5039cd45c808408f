package survival

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cxmodel/cxmodel/metrics"
)

// A Ticket is one request of a customer and its life. A zero time means: not yet. Contacts and Handling have no date,
// so ask [FirstContact] and [HandlingTimes] about the day of the export; of an earlier day they would know too much.
type Ticket struct {
	ID               string
	Opened           time.Time
	FirstReply       time.Time     // the first reply by a person
	Resolved         time.Time     // resolved for the first time
	Reopened         time.Time     // came back for the first time after Resolved, as the same ticket or another one
	ResolvedAgain    time.Time     // resolved for good after Reopened
	Contacts         int           // times that the customer got in touch before Resolved, the first one included; 0 counts as 1
	BeyondFirstLevel bool          // the first level cannot resolve it by its nature: leaves the net first contact resolution
	Agent            string        // who resolved it, for grouping
	Handling         time.Duration // talk, hold and wrap-up so far, before and after Reopened
}

// TicketOptions are the choices of ticket times; nil stands for the defaults.
type TicketOptions struct {
	// Clock measures the time between two moments; nil means wall-clock time. [BusinessHours.Between] counts only
	// the hours in which somebody works.
	Clock func(from, to time.Time) time.Duration
	// Unit is the unit of the subjects' times; 0 means time.Hour.
	Unit time.Duration
}

func (o *TicketOptions) resolve() (TicketOptions, error) {
	r := TicketOptions{}
	if o != nil {
		r = *o
	}
	if r.Clock == nil {
		r.Clock = func(from, to time.Time) time.Duration { return to.Sub(from) }
	}
	if r.Unit == 0 {
		r.Unit = time.Hour
	}
	if r.Unit < 0 {
		return r, fmt.Errorf("%w: unit %v", metrics.ErrOption, r.Unit)
	}
	return r, nil
}

// check returns what is wrong with the ticket.
func (t Ticket) check() error {
	order := []struct {
		name string
		at   time.Time
	}{{"resolved", t.Resolved}, {"reopened", t.Reopened}, {"resolved again", t.ResolvedAgain}}
	last, lastName := t.Opened, "opened"
	fail := func(format string, args ...any) error {
		return fmt.Errorf("%w %q: %s", ErrTicket, t.ID, fmt.Sprintf(format, args...))
	}
	if t.Opened.IsZero() {
		return fail("no time of opening")
	}
	if !t.FirstReply.IsZero() && t.FirstReply.Before(t.Opened) {
		return fail("first reply %v before it was opened %v", t.FirstReply.Format(time.RFC3339), t.Opened.Format(time.RFC3339))
	}
	gap := ""
	for _, o := range order {
		switch {
		case o.at.IsZero():
			if gap == "" {
				gap = o.name
			}
		case gap != "":
			return fail("%s, but never %s", o.name, gap)
		case o.at.Before(last):
			return fail("%s %v before it was %s %v", o.name, o.at.Format(time.RFC3339), lastName, last.Format(time.RFC3339))
		default:
			last, lastName = o.at, o.name
		}
	}
	if t.Contacts < 0 || t.Handling < 0 {
		return fail("%d contacts, handling %v; neither is negative", t.Contacts, t.Handling)
	}
	return nil
}

// until returns the ticket as it was known at asOf: later times have not come yet.
func (t Ticket) until(asOf time.Time) Ticket {
	for _, at := range []*time.Time{&t.FirstReply, &t.Resolved, &t.Reopened, &t.ResolvedAgain} {
		if at.After(asOf) {
			*at = time.Time{}
		}
	}
	return t
}

// closed returns when the ticket was resolved for good, and whether it was.
func (t Ticket) closed() (time.Time, bool) {
	if t.Reopened.IsZero() {
		return t.Resolved, !t.Resolved.IsZero()
	}
	return t.ResolvedAgain, !t.ResolvedAgain.IsZero()
}

// asKnown checks the tickets and yields those opened by asOf as they were known then.
func asKnown(tickets []Ticket, asOf time.Time) ([]Ticket, error) {
	known := make([]Ticket, 0, len(tickets))
	for _, t := range tickets {
		if err := t.check(); err != nil {
			return nil, err
		}
		if !t.Opened.After(asOf) {
			known = append(known, t.until(asOf))
		}
	}
	if len(known) == 0 {
		return nil, fmt.Errorf("%w: no ticket was opened by %s", metrics.ErrNoData, asOf.Format(time.RFC3339))
	}
	return known, nil
}

// ByAgent groups tickets by their agent, agents ascending: for a curve or a rate of each.
func ByAgent(tickets []Ticket) []AgentTickets {
	at := map[string]int{}
	var groups []AgentTickets
	for _, t := range tickets {
		i, ok := at[t.Agent]
		if !ok {
			i = len(groups)
			at[t.Agent] = i
			groups = append(groups, AgentTickets{Agent: t.Agent})
		}
		groups[i].Tickets = append(groups[i].Tickets, t)
	}
	slices.SortFunc(groups, func(a, b AgentTickets) int { return strings.Compare(a.Agent, b.Agent) })
	return groups
}

// AgentTickets are the tickets of one agent.
type AgentTickets struct {
	Agent   string
	Tickets []Ticket
}
