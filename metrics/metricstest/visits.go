package metricstest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// maxGap keeps a time between two steps far from overflow.
const maxGap = 8760 * time.Hour

// An Event is a row of [Visits]: what happened in a case, and when.
type Event struct {
	Case, Activity string
	Time           time.Time
}

// Visits is a population of visits that go from step to step and may end after each.
type Visits struct {
	Seed     uint64
	N        int
	Steps    []string      // the activities in their order, distinct and not empty
	Continue []float64     // the chance in [0, 1] to go on from each step to the next, one fewer than Steps
	Gap      time.Duration // the mean time between two steps, exponential; 0 to 8760 hours
	Start    time.Time     // visits begin evenly over [Start, Start+Span)
	Span     time.Duration
}

// Check returns nil if the population can be drawn, else an error that wraps [ErrPopulation].
func (p Visits) Check() error {
	switch {
	case len(p.Steps) == 0:
		return fmt.Errorf("%w: visits have no steps", ErrPopulation)
	case p.N < 0 || p.N > maxRows/len(p.Steps):
		return fmt.Errorf("%w: %d visits of %d steps; at most %d rows", ErrPopulation, p.N, len(p.Steps), maxRows)
	case len(p.Continue) != len(p.Steps)-1:
		return fmt.Errorf("%w: %d chances to go on for %d steps; want one fewer than steps", ErrPopulation, len(p.Continue), len(p.Steps))
	case p.Gap < 0 || p.Gap > maxGap:
		return fmt.Errorf("%w: gap %v; want 0 to %v", ErrPopulation, p.Gap, maxGap)
	case p.Span < 0:
		return fmt.Errorf("%w: span %v; it must not be negative", ErrPopulation, p.Span)
	}
	for i, s := range p.Steps {
		if strings.TrimSpace(s) == "" || slices.Contains(p.Steps[:i], s) {
			return fmt.Errorf("%w: step %d is %q; steps are distinct and not empty", ErrPopulation, i, s)
		}
	}
	for i, c := range p.Continue {
		if !(c >= 0 && c <= 1) {
			return fmt.Errorf("%w: the chance to go on from %q is %v; want [0, 1]", ErrPopulation, p.Steps[i], c)
		}
	}
	return nil
}

// Rows returns the events in the order of their times. It fails like Check.
func (p Visits) Rows() ([]Event, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	r := rand.New(rand.NewPCG(p.Seed, 4))
	var rows []Event
	for i := range p.N {
		e := Event{Case: fmt.Sprintf("visit-%d", i+1), Time: p.Start.Add(at(p.Span, i, p.N))}
		for s, step := range p.Steps {
			if s > 0 {
				if r.Float64() >= p.Continue[s-1] {
					break
				}
				e.Time = e.Time.Add(time.Duration(exponential(r) * float64(p.Gap)))
			}
			e.Activity = step
			rows = append(rows, e)
		}
	}
	slices.SortStableFunc(rows, func(a, b Event) int { return a.Time.Compare(b.Time) })
	return rows, nil
}

// Reach returns the true share of visits that come to a step, in [0, 1]; NaN for a step that there is not.
func (p Visits) Reach(step string) float64 {
	share := 1.
	for i, s := range p.Steps {
		if s == step {
			return share
		}
		if i < len(p.Continue) {
			share *= p.Continue[i]
		}
	}
	return math.NaN()
}
