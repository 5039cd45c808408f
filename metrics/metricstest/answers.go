package metricstest

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"time"
)

// ErrPopulation is wrapped by every error about a population that cannot be drawn.
var ErrPopulation = errors.New("metricstest: impossible population")

// maxRows bounds the memory of a population.
const maxRows = 100_000_000

// An Answer is a row of [Answers].
type Answer struct {
	Customer string
	Score    float64 // 0 to 10; NaN: not answered
	Time     time.Time
}

// Answers is a population of answers on 0 to 10 whose truth is Shares.
type Answers struct {
	Seed        uint64
	Customers   int         // how many answer
	PerCustomer int         // how often each is asked; 0 means 1
	Shares      [11]float64 // the chance of each score; they sum to 1
	Alike       float64     // the correlation of two answers of one customer, in [0, 1); an interval that takes them for independent is then too narrow
	Missing     float64     // the chance in [0, 1) that a question is not answered, whatever the score
	Start       time.Time   // answers are spread evenly over [Start, Start+Span)
	Span        time.Duration
}

// Check returns nil if the population can be drawn, else an error that wraps [ErrPopulation].
func (p Answers) Check() error {
	sum := 0.
	for score, s := range p.Shares {
		if !(s >= 0) {
			return fmt.Errorf("%w: the share of score %d is %v; shares are not negative", ErrPopulation, score, s)
		}
		sum += s
	}
	switch {
	case math.Abs(sum-1) > 1e-9:
		return fmt.Errorf("%w: the shares sum to %v; they must sum to 1", ErrPopulation, sum)
	case p.Customers < 0 || p.PerCustomer < 0 || p.Span < 0:
		return fmt.Errorf("%w: %d customers, %d answers each, over %v; none may be negative", ErrPopulation, p.Customers, p.PerCustomer, p.Span)
	case float64(p.Customers)*float64(max(p.PerCustomer, 1)) > maxRows:
		return fmt.Errorf("%w: %d customers with %d answers each; at most %d rows", ErrPopulation, p.Customers, max(p.PerCustomer, 1), maxRows)
	case !(p.Alike >= 0 && p.Alike < 1) || !(p.Missing >= 0 && p.Missing < 1):
		return fmt.Errorf("%w: alike %v, missing %v; both must lie in [0, 1)", ErrPopulation, p.Alike, p.Missing)
	}
	return nil
}

// Rows returns the answers in the order of their times. The same population gives the same rows on every platform, as do the
// others. It fails like Check.
func (p Answers) Rows() ([]Answer, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	r := rand.New(rand.NewPCG(p.Seed, 1))
	own := make([]float64, p.Customers) // what a customer says unless something else happens
	for i := range own {
		own[i] = p.draw(r)
	}
	rounds := max(p.PerCustomer, 1)
	n := rounds * p.Customers
	keep := math.Sqrt(p.Alike) // two answers are both the customer's own with this chance squared
	rows := make([]Answer, 0, n)
	for i := range n {
		c := i % p.Customers
		a := Answer{Customer: fmt.Sprintf("customer-%d", c+1), Score: own[c], Time: p.Start.Add(at(p.Span, i, n))}
		if r.Float64() >= keep {
			a.Score = p.draw(r)
		}
		if r.Float64() < p.Missing {
			a.Score = math.NaN()
		}
		rows = append(rows, a)
	}
	return rows, nil
}

func (p Answers) draw(r *rand.Rand) float64 {
	u := r.Float64()
	last := 0.
	for score, s := range p.Shares {
		if s > 0 {
			last = float64(score)
		}
		if u < s {
			return float64(score)
		}
		u -= s
	}
	return last // what rounding left over
}

// Share returns the true share of scores from low to high, both included, in [0, 1].
func (p Answers) Share(low, high int) float64 {
	sum := 0.
	for score := max(low, 0); score <= min(high, 10); score++ {
		sum += p.Shares[score]
	}
	return sum
}

// NPS returns the true Net Promoter Score in points: 100 times the share of 9 and 10 less that of 0 to 6.
func (p Answers) NPS() float64 { return 100 * (p.Share(9, 10) - p.Share(0, 6)) }

// Mean returns the true mean score.
func (p Answers) Mean() float64 {
	sum := 0.
	for score, s := range p.Shares {
		sum += float64(score) * s
	}
	return sum
}
