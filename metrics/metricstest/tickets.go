package metricstest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"
)

// A Ticket is a row of [Tickets].
type Ticket struct {
	ID       string
	Opened   time.Time
	Resolved time.Time // zero: still open at the end
	Contacts int       // how often the customer got in touch, at least 1
}

// Tickets is a population of requests that are opened evenly and resolved after an exponential time.
type Tickets struct {
	Seed         uint64
	N            int
	Median       time.Duration // half of the tickets are resolved within it, above 0
	FirstContact float64       // the chance in [0, 1] that one contact is enough; else there are two or more
	Start        time.Time     // tickets are opened evenly over [Start, Start+Span)
	Span         time.Duration
}

// Check returns nil if the population can be drawn, else an error that wraps [ErrPopulation].
func (p Tickets) Check() error {
	if p.N < 0 || p.N > maxRows || p.Median <= 0 || p.Span < 0 || !(p.FirstContact >= 0 && p.FirstContact <= 1) {
		return fmt.Errorf("%w: %d tickets, median %v, first contact %v, over %v", ErrPopulation, p.N, p.Median, p.FirstContact, p.Span)
	}
	return nil
}

// Rows returns the tickets in the order of their opening, as known at the end of the span: what is not resolved by then is
// open, and leaving it out would make every mean too short. It fails like Check.
func (p Tickets) Rows() ([]Ticket, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	r := rand.New(rand.NewPCG(p.Seed, 3))
	end := p.Start.Add(p.Span)
	rows := make([]Ticket, 0, p.N)
	for i := range p.N {
		t := Ticket{ID: fmt.Sprintf("ticket-%d", i+1), Opened: p.Start.Add(at(p.Span, i, p.N)), Contacts: 1}
		took := r.ExpFloat64() * float64(p.Median) / math.Ln2
		if resolved := t.Opened.Add(time.Duration(min(took, math.MaxInt64/4))); !resolved.After(end) {
			t.Resolved = resolved
		}
		if r.Float64() >= p.FirstContact {
			t.Contacts = 2 + r.IntN(3)
		}
		rows = append(rows, t)
	}
	return rows, nil
}

// Within returns the true share of tickets resolved within d, in [0, 1].
func (p Tickets) Within(d time.Duration) float64 {
	return -math.Expm1(-math.Ln2 * float64(d) / float64(p.Median))
}
