package metricstest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"
)

// An Order is a row of [Orders].
type Order struct {
	Customer string
	Time     time.Time
	Amount   float64
}

// Orders is a population of customers who buy for the first time at Start, then again and again by chance until they leave
// for good, unseen, as customers do: orders of a Poisson process, an exponential time until leaving.
type Orders struct {
	Seed      uint64
	Customers int
	Rate      float64   // orders a day of a customer who has not left, above 0
	Leave     float64   // the chance a day of leaving, as a hazard; 0: nobody leaves
	Amount    float64   // the mean amount of an order, above 0; amounts are exponential
	Start     time.Time // of everybody
	Days      float64   // how long orders are watched, above 0 and at most 36500
}

// Check returns nil if the population can be drawn, else an error that wraps [ErrPopulation].
func (p Orders) Check() error {
	switch {
	case p.Customers < 0:
		return fmt.Errorf("%w: %d customers", ErrPopulation, p.Customers)
	case !(p.Rate > 0):
		return fmt.Errorf("%w: rate %v; it is orders a day, above 0", ErrPopulation, p.Rate)
	case !(p.Leave >= 0 && p.Leave <= math.MaxFloat64):
		return fmt.Errorf("%w: leave %v; it is a chance a day, not negative", ErrPopulation, p.Leave)
	case !(p.Amount > 0 && p.Amount <= 1e300):
		return fmt.Errorf("%w: amount %v; it is a mean above 0", ErrPopulation, p.Amount)
	case !(p.Days > 0 && p.Days <= 36500):
		return fmt.Errorf("%w: %v days; want above 0 and at most 36500", ErrPopulation, p.Days)
	case !(float64(p.Customers)*p.MeanOrders() <= maxRows):
		return fmt.Errorf("%w: %d customers with %v orders each; at most %d rows", ErrPopulation, p.Customers, p.MeanOrders(), maxRows)
	}
	return nil
}

// Rows returns the orders in the order of their times. It fails like Check.
func (p Orders) Rows() ([]Order, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	r := rand.New(rand.NewPCG(p.Seed, 2))
	var rows []Order
	for c := range p.Customers {
		customer := fmt.Sprintf("customer-%d", c+1)
		end := p.Days
		if p.Leave > 0 {
			end = min(end, exponential(r)/p.Leave)
		}
		for day := 0.; day <= end; day += exponential(r) / p.Rate {
			rows = append(rows, Order{customer, p.Start.Add(days(day)), p.Amount * exponential(r)})
		}
	}
	slices.SortStableFunc(rows, func(a, b Order) int { return a.Time.Compare(b.Time) })
	return rows, nil
}

func days(d float64) time.Duration { return time.Duration(d * 24 * float64(time.Hour)) }

// MeanOrders returns the true mean number of orders of a customer, the first one included:
//
//	1 + Rate (1 - exp(-Leave Days))/Leave
func (p Orders) MeanOrders() float64 {
	if p.Leave == 0 {
		return 1 + p.Rate*p.Days
	}
	return 1 - p.Rate*math.Expm1(-p.Leave*p.Days)/p.Leave
}

// Repeat returns the true share of customers with two orders or more, in [0, 1]: those whose second order comes before they
// leave and before the end,
//
//	Rate/(Rate+Leave) (1 - exp(-(Rate+Leave) Days))
func (p Orders) Repeat() float64 {
	return -p.Rate / (p.Rate + p.Leave) * math.Expm1(-(p.Rate+p.Leave)*p.Days)
}

// Stay returns the true share of customers who have not left after so many days, in [0, 1]:
//
//	exp(-Leave days)
func (p Orders) Stay(days float64) float64 { return math.Exp(-p.Leave * max(days, 0)) }
