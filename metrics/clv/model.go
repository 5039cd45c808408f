package clv

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/cxmodel/cxmodel"
)

// A Model says how customers without a contract buy and leave. BGNBD, MBGNBD and ParetoNBD take any finite time; BGBB
// takes fixed occasions, and its times are whole numbers of them. Methods return NaN outside their domain.
type Model interface {
	Name() string
	ParameterNames() []string
	Parameters() []float64
	// LogLikelihood of one customer.
	LogLikelihood(c Customer) float64
	// PAlive is the probability that c is still a customer at Age (BG/BB: at the next occasion).
	PAlive(c Customer) float64
	// Expected is the number of orders expected of a new customer within t, the first order not counted.
	Expected(t float64) float64
	// ConditionalExpected is the number of orders expected of c between Age and Age+t.
	ConditionalExpected(c Customer, t float64) float64
	// PMF is the probability that a new customer orders x times within t, the first order not counted.
	PMF(x int, t float64) float64

	valid() bool
	// expectedAlive is ConditionalExpected if c is alive: it depends on Frequency and Age only.
	expectedAlive(c Customer, t float64) float64
	// live calls order with the time of each repeat order of a customer made up, in rising order, up to end.
	live(rng *rand.Rand, end float64, order func(t float64))
}

var (
	_ Model = BGNBD{}
	_ Model = MBGNBD{}
	_ Model = ParetoNBD{}
	_ Model = BGBB{}
)

// cells checks the summary and groups its customers.
func (s *Summary) cells() ([]cell, error) {
	if s == nil {
		return nil, fmt.Errorf("clv: %w: the summary is nil", ErrNoData)
	}
	if !s.Unit.valid() {
		return nil, fmt.Errorf("clv: %w: the summary has no unit of time; set Unit, such as clv.Week", ErrUnits)
	}
	return group(s.Customers, Customer.check)
}

// Check returns an issue for every customer that no model can take: a recency beyond the age, repeat orders at time 0,
// negative or infinite numbers. Fit functions stop at the first of them.
func (s *Summary) Check() cxmodel.Issues {
	var out cxmodel.Issues
	for i, c := range s.Customers {
		err := c.check()
		if err == nil && (math.IsNaN(c.MeanSpend) || math.IsInf(c.MeanSpend, 0)) {
			err = fmt.Errorf("mean spend %v; it is a finite number", c.MeanSpend)
		}
		if err != nil {
			err = customerError(c, i, err)
			out = append(out, cxmodel.Issue{Path: fmt.Sprintf("/customers/%d", i), Code: "impossible-customer", Severity: cxmodel.SeverityError, Message: err.Error(), Err: err})
		}
	}
	return out
}

func newFit[M interface{ ParameterNames() []string }](m M, s *Summary, cells []cell) *Fit[M] {
	f := &Fit[M]{Model: m, Names: m.ParameterNames(), Rows: len(cells)}
	for _, c := range cells {
		f.Customers += c.w
	}
	f.Unit = s.Unit
	return f
}

func positive(values ...float64) bool {
	for _, v := range values {
		if !(v > 0) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}
