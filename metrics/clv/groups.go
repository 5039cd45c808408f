package clv

import (
	"fmt"
	"math"
	"slices"

	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/metrics"
)

// Association is the sentence that stands under every comparison of customers by what they say.
const Association = "This is association: customers who score higher may buy more for other reasons, and a raised score need not raise the value."

// A GroupValue is what the customers of one group do and are worth.
type GroupValue struct {
	Group    string           `json:"group"`
	N        int              `json:"n"`        // customers
	Returned metrics.Estimate `json:"returned"` // share with a repeat order so far
	Expected metrics.Estimate `json:"expected"` // mean expected orders within the horizon
	Revenue  metrics.Estimate `json:"revenue"`  // mean expected revenue; NaN where the predictions have no value
	CLV      metrics.Estimate `json:"clv"`      // mean CLV; NaN without a margin
}

// ByGroup joins predictions with a group for each customer, such as promoter, passive or detractor, and returns value and
// return by group in the order of the names, with the number of customers that have no group. Customers whose value is
// NaN are left out of its mean, counted in Missing. Show [Association] with it. The intervals are those of a mean over
// customers, as if the model's parameters were known. Errors: ErrInvalid where predictions and summary are not of the same
// customers, or customers have weights; ErrNoData where none has a group.
func ByGroup(p *Predictions, s *Summary, groupOf func(id string) (group string, ok bool)) (groups []GroupValue, unmatched int, err error) {
	if p == nil || s == nil || len(p.Customers) != len(s.Customers) || len(s.Customers) == 0 {
		return nil, 0, fmt.Errorf("clv: %w: predictions and summary are not of the same customers", ErrInvalid)
	}
	if err := s.unweighted(); err != nil {
		return nil, 0, err
	}
	members := map[string][]int{}
	for i := range p.Customers {
		if p.Customers[i].ID != s.Customers[i].ID {
			return nil, 0, fmt.Errorf("clv: %w: customer %d is %q in the predictions and %q in the summary", ErrInvalid, i, clip.Text(p.Customers[i].ID), clip.Text(s.Customers[i].ID))
		}
		name, ok := groupOf(p.Customers[i].ID)
		if !ok {
			unmatched++
			continue
		}
		members[name] = append(members[name], i)
	}
	if len(members) == 0 {
		return nil, unmatched, fmt.Errorf("clv: %w: no customer has a group", ErrNoData)
	}
	names := make([]string, 0, len(members))
	for name := range members {
		names = append(names, name)
	}
	slices.Sort(names)
	definition := "mean over customers"
	if p.HasValue {
		definition += ", in " + p.Currency
	}
	for _, name := range names {
		at := members[name]
		g := GroupValue{Group: name, N: len(at)}
		returned := 0
		for _, i := range at {
			if s.Customers[i].Frequency > 0 {
				returned++
			}
		}
		if g.Returned, err = metrics.Proportion(returned, len(at), nil); err != nil {
			return nil, unmatched, err
		}
		g.Returned.Metric = "returned"
		g.Expected = meanOf("expected orders", "mean over customers", metrics.UnitCount, at, func(i int) float64 { return p.Customers[i].Expected })
		none := math.NaN()
		g.Revenue = meanOf("expected revenue", definition, metrics.UnitMoney, at, func(i int) float64 {
			if !p.HasValue {
				return none
			}
			return p.Customers[i].Revenue
		})
		g.CLV = meanOf("CLV", definition, metrics.UnitMoney, at, func(i int) float64 {
			if !p.HasMargin {
				return none
			}
			return p.Customers[i].CLV
		})
		groups = append(groups, g)
	}
	return groups, unmatched, nil
}

// meanOf returns the mean of the values that are numbers.
func meanOf(metric, definition string, unit metrics.Unit, at []int, value func(i int) float64) metrics.Estimate {
	n, mean, squares := 0, 0.0, 0.0
	for _, i := range at {
		v := value(i)
		if math.IsNaN(v) {
			continue
		}
		n++
		d := v - mean
		mean += d / float64(n)
		squares += d * (v - mean)
	}
	if n == 0 {
		mean = math.NaN()
	}
	e := meanEstimate(metric, definition, unit, 0, mean, squares, n)
	e.Missing = len(at) - n
	return e
}
