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
	switch {
	case p.N < 0 || p.N > maxRows:
		return fmt.Errorf("%w: %d tickets; want 0 to %d", ErrPopulation, p.N, maxRows)
	case p.Median <= 0:
		return fmt.Errorf("%w: median %v; it must be positive", ErrPopulation, p.Median)
	case !(p.FirstContact >= 0 && p.FirstContact <= 1):
		return fmt.Errorf("%w: first contact %v; it is a chance in [0, 1]", ErrPopulation, p.FirstContact)
	case p.Span < 0:
		return fmt.Errorf("%w: span %v; it must not be negative", ErrPopulation, p.Span)
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
	rows := make([]Ticket, 0, p.N)
	for i := range p.N {
		opened := at(p.Span, i, p.N)
		t := Ticket{ID: fmt.Sprintf("ticket-%d", i+1), Opened: p.Start.Add(opened), Contacts: 1}
		if took := exponential(r) * float64(p.Median) / math.Ln2; took <= float64(p.Span-opened) {
			t.Resolved = t.Opened.Add(time.Duration(took))
		}
		if r.Float64() >= p.FirstContact {
			t.Contacts = 2 + r.IntN(3)
		}
		rows = append(rows, t)
	}
	return rows, nil
}

// Within returns the true share of tickets resolved within d, were they all watched so long, in [0, 1]:
//
//	1 - 2^(-d/Median)
func (p Tickets) Within(d time.Duration) float64 {
	return -math.Expm1(-math.Ln2 * float64(max(d, 0)) / float64(p.Median))
}
