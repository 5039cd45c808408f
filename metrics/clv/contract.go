package clv

import (
	"context"
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/internal/special"
)

// A Contract model says how long customers under contract stay, counted in renewals. SBG and BdW are the members.
// Methods return NaN outside their domain.
type Contract interface {
	Name() string
	ParameterNames() []string
	Parameters() []float64
	// Survival is the share of a cohort still there after t renewals, t >= 0; 1 for t = 0.
	Survival(t int) float64
	// Loss is the share of a cohort that is lost at renewal t, t >= 1.
	Loss(t int) float64
	// Retention is the share of those there after t-1 renewals who renew for the t-th time, t >= 1.
	Retention(t int) float64
	// DEL is the discounted expected lifetime of a new customer in periods: Σ_{t>=0} S(t)/(1+d)^t, with d > 0.
	DEL(d float64) float64
	// DERL is the discounted expected residual lifetime of a customer who has renewed so many times and stands before
	// the next renewal: Σ_{t>=n+1} S(t)/S(n)/(1+d)^(t-n-1) with n renewals, so that the next payment, if it comes, is not
	// discounted.
	DERL(renewals int, d float64) float64

	valid() bool
}

// A Cohort is customers who began together, counted again at some renewals. Ages[i] is a number of renewals, Alive[i] how
// many were left then. Ages nil means 0, 1, 2, …; otherwise they rise from 0, and gaps are allowed: with {0, 7} only the
// first and the last count are known. Whoever is left at the last age is censored there.
type Cohort struct {
	Ages  []int
	Alive []int
}

// Check returns an error that wraps ErrNoData or ErrInvalid if c is no cohort: nobody at its start, ages that do not rise from
// 0, a count that grows.
func (c Cohort) Check() error {
	if _, err := c.check(); err != nil {
		return fmt.Errorf("clv: cohort: %w", err)
	}
	return nil
}

// check returns the ages, or what is wrong.
func (c Cohort) check() ([]int, error) {
	ages := c.Ages
	if ages == nil {
		ages = make([]int, len(c.Alive))
		for i := range ages {
			ages[i] = i
		}
	}
	if len(ages) != len(c.Alive) {
		return nil, fmt.Errorf("%w: %d ages and %d counts", ErrInvalid, len(ages), len(c.Alive))
	}
	if len(ages) == 0 || c.Alive[0] <= 0 {
		return nil, fmt.Errorf("%w: the cohort has nobody at its start", ErrNoData)
	}
	if ages[0] != 0 {
		return nil, fmt.Errorf("%w: the first count is at age %d; it is at age 0, when the cohort began", ErrInvalid, ages[0])
	}
	for i := 1; i < len(ages); i++ {
		if ages[i] <= ages[i-1] || ages[i] > maxOccasions {
			return nil, fmt.Errorf("%w: age %d after age %d; ages rise, to at most %d", ErrInvalid, ages[i], ages[i-1], maxOccasions)
		}
		if c.Alive[i] < 0 || c.Alive[i] > c.Alive[i-1] {
			return nil, fmt.Errorf("%w: %d customers at age %d after %d before; a cohort does not grow", ErrInvalid, c.Alive[i], ages[i], c.Alive[i-1])
		}
	}
	return ages, nil
}

// A step is one term of the likelihood: w customers lost after age from and by age to, or, with to 0, left at age from.
type step struct {
	from, to float64
	w        float64
}

// steps returns the terms of all cohorts, and the number of customers.
func steps(cohorts []Cohort) (out []step, customers float64, err error) {
	lost := 0.0
	seen := map[[2]int]int{}
	put := func(from, to, n int) {
		if n == 0 || from == 0 && to == 0 {
			return
		}
		key := [2]int{from, to}
		at, ok := seen[key]
		if !ok {
			at = len(out)
			seen[key] = at
			out = append(out, step{from: float64(from), to: float64(to)})
		}
		out[at].w += float64(n)
	}
	for i, c := range cohorts {
		ages, err := c.check()
		if err != nil {
			return nil, 0, fmt.Errorf("clv: cohort %d: %w", i, err)
		}
		customers += float64(c.Alive[0])
		for j := 1; j < len(ages); j++ {
			n := c.Alive[j-1] - c.Alive[j]
			lost += float64(n)
			put(ages[j-1], ages[j], n)
		}
		put(ages[len(ages)-1], 0, c.Alive[len(ages)-1])
	}
	switch {
	case len(cohorts) == 0:
		return nil, 0, fmt.Errorf("clv: %w: no cohort", ErrNoData)
	case len(out) == 0:
		return nil, 0, fmt.Errorf("clv: %w: no cohort has been counted a second time", ErrNoData)
	case lost == 0:
		return nil, 0, fmt.Errorf("clv: %w: all %.0f customers are left at the last count, so nothing says how soon they will leave; count again later, or add a cohort that has lost some", ErrNoLosses, customers)
	}
	return out, customers, nil
}

// logSurvival is ln S(t) = ln B(α, β+t^c) - ln B(α, β) with its derivatives by α, β and c.
func logSurvival(alpha, beta, c, t float64) (v sums) {
	if t == 0 {
		return v
	}
	tau, l := t, math.Log(t)
	if c != 1 {
		tau = math.Pow(t, c)
	}
	s := alpha + beta
	v.ll = special.LogBeta(alpha, beta+tau) - special.LogBeta(alpha, beta)
	ds, dst := special.Digamma(s), special.Digamma(s+tau)
	db, dbt := special.Digamma(beta), special.Digamma(beta+tau)
	ts, tst := special.Trigamma(s), special.Trigamma(s+tau)
	tb, tbt := special.Trigamma(beta), special.Trigamma(beta+tau)
	v.grad = [4]float64{ds - dst, dbt - dst - db + ds, (dbt - dst) * tau * l}
	v.hess = [4][4]float64{
		{ts - tst},
		{ts - tst, tbt - tst - tb + ts},
		{-tst * tau * l, (tbt - tst) * tau * l, (tbt-tst)*tau*l*tau*l + (dbt-dst)*tau*l*l},
	}
	return v
}

// contractLikelihood returns Σ w ln(S(from) - S(to)) + Σ w ln S(from).
func contractLikelihood(terms []step, alpha, beta, c float64) (out sums) {
	for _, t := range terms {
		v := logSurvival(alpha, beta, c, t.from)
		if t.to > 0 {
			// ln(e^a - e^b) of two functions: shares of the two in the derivatives, then those of a logarithm.
			b := logSurvival(alpha, beta, c, t.to)
			gone := -math.Expm1(b.ll - v.ll) // 1 - S(to)/S(from)
			wa, wb := 1/gone, (1-gone)/gone
			var d sums
			d.ll = v.ll + math.Log(gone)
			for i := range 3 {
				d.grad[i] = wa*v.grad[i] - wb*b.grad[i]
			}
			for i := range 3 {
				for j := range i + 1 {
					d.hess[i][j] = wa*(v.hess[i][j]+v.grad[i]*v.grad[j]) - wb*(b.hess[i][j]+b.grad[i]*b.grad[j]) - d.grad[i]*d.grad[j]
				}
			}
			v = d
		}
		out.ll += t.w * v.ll
		for i := range 3 {
			out.grad[i] += t.w * v.grad[i]
			for j := range i + 1 {
				out.hess[i][j] += t.w * v.hess[i][j]
			}
		}
	}
	return out
}

// fitContract fits the first k of α, β, c.
func fitContract(ctx context.Context, cohorts []Cohort, k int, opts *FitOptions, own ...float64) (o optimum, p []float64, rows int, customers float64, err error) {
	terms, customers, err := steps(cohorts)
	if err != nil {
		return o, nil, 0, 0, err
	}
	theta, limit, err := opts.starting(own...)
	if err != nil {
		return o, nil, 0, 0, err
	}
	o, err = maximize(ctx, k, theta, limit, func(p []float64) sums {
		c := 1.0
		if k == 3 {
			c = p[2]
		}
		return contractLikelihood(terms, p[0], p[1], c)
	})
	p = make([]float64, k)
	for i := range p {
		p[i] = math.Exp(o.theta[i])
	}
	return o, p, len(terms), customers, err
}

// ResidualValue returns margin × the DERL of customers by the number of their renewals, summed: what a base of
// subscribers is still worth. Naive figures take one retention rate for all; on the case of Fader & Hardie, "Customer-base
// valuation in a contractual setting: the perils of ignoring heterogeneity" (2010), that loses 12 %. NaN for a discount
// that is not positive or a negative count.
func ResidualValue(m Contract, margin, d float64, customersByRenewals []int) float64 {
	sum := 0.0
	for renewals, n := range customersByRenewals {
		if n < 0 {
			return math.NaN()
		}
		if n > 0 {
			sum += float64(n) * m.DERL(renewals, d)
		}
	}
	return margin * sum
}
