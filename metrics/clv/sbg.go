package clv

import (
	"context"
	"math"

	"github.com/cxmodel/cxmodel/internal/special"
)

// SBG is the shifted beta-geometric model of Fader & Hardie, "How to project customer retention" (2007): at each renewal
// a customer leaves with a probability that is the customer's own, from Beta(Alpha, Beta). The retention of a cohort
// rises with its age although nobody's own does: those who are quick to leave leave first. Both are positive.
type SBG struct{ Alpha, Beta float64 }

// Name returns "sBG".
func (m SBG) Name() string { return "sBG" }

// ParameterNames returns the names of the parameters.
func (m SBG) ParameterNames() []string { return []string{"alpha", "beta"} }

// Parameters returns Alpha, Beta.
func (m SBG) Parameters() []float64 { return []float64{m.Alpha, m.Beta} }

func (m SBG) valid() bool { return positive(m.Alpha, m.Beta) }

// Survival returns S(t) = B(α, β+t)/B(α, β).
func (m SBG) Survival(t int) float64 {
	if !m.valid() || t < 0 {
		return math.NaN()
	}
	return math.Exp(special.LogBeta(m.Alpha, m.Beta+float64(t)) - special.LogBeta(m.Alpha, m.Beta))
}

// Loss returns P(T=t) = B(α+1, β+t-1)/B(α, β).
func (m SBG) Loss(t int) float64 {
	if !m.valid() || t < 1 {
		return math.NaN()
	}
	return math.Exp(special.LogBeta(m.Alpha+1, m.Beta+float64(t)-1) - special.LogBeta(m.Alpha, m.Beta))
}

// Retention returns r_t = (β+t-1)/(α+β+t-1).
func (m SBG) Retention(t int) float64 {
	if !m.valid() || t < 1 {
		return math.NaN()
	}
	b := m.Beta + float64(t) - 1
	return b / (m.Alpha + b)
}

// DEL returns 2F1(1, β; α+β; 1/(1+d)), for d > 0. Fader & Hardie (2010), eq. 6.
func (m SBG) DEL(d float64) float64 {
	if !m.valid() || !(d > 0) || math.IsInf(d, 0) {
		return math.NaN()
	}
	return discounted(m.Beta, m.Alpha, 1/(1+d))
}

// DERL returns (β+n)/(α+β+n) 2F1(1, β+n+1; α+β+n+1; 1/(1+d)) after n renewals, for d > 0. Fader & Hardie (2010), eq. 9.
func (m SBG) DERL(renewals int, d float64) float64 {
	if !m.valid() || renewals < 0 || !(d > 0) || math.IsInf(d, 0) {
		return math.NaN()
	}
	b := m.Beta + float64(renewals)
	return b / (m.Alpha + b) * discounted(b+1, m.Alpha, 1/(1+d))
}

// FitSBG fits the model by maximum likelihood to one or more cohorts, of any length each. Errors: ErrNoData, ErrInvalid
// for a cohort that grows, ErrNoLosses where nobody has left, ErrNoFit with what was reached beside it. Where all leave at
// one rate both parameters run away with their ratio fixed: Status is Boundary.
func FitSBG(ctx context.Context, cohorts []Cohort, opts *FitOptions) (*Fit[SBG], error) {
	o, p, rows, customers, err := fitContract(ctx, cohorts, 2, opts, 1, 3)
	if err != nil {
		return nil, err
	}
	m := SBG{p[0], p[1]}
	f := &Fit[SBG]{Model: m, Names: m.ParameterNames(), Rows: rows, Customers: customers}
	return f, f.settle(o, p)
}

// LogLikelihood returns the log-likelihood of cohorts, or NaN where they are not valid.
func (m SBG) LogLikelihood(cohorts []Cohort) float64 {
	return contractLogLikelihood(m.valid(), cohorts, m.Alpha, m.Beta, 1)
}

func contractLogLikelihood(valid bool, cohorts []Cohort, alpha, beta, c float64) float64 {
	terms, _, err := steps(cohorts)
	if err != nil || !valid {
		return math.NaN()
	}
	return contractLikelihood(terms, alpha, beta, c).ll
}
