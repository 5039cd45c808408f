package clv

import (
	"context"
	"math"

	"github.com/cxmodel/cxmodel/internal/special"
)

// BdW is the beta-discrete-Weibull model of Fader, Hardie, Liu, Davin & Steenburgh, "How to project customer retention"
// revisited (2018): as [SBG], but the customer's own risk of leaving may rise (C > 1) or fall (C < 1) with time; C = 1 is
// the sBG. All three are positive.
type BdW struct{ Alpha, Beta, C float64 }

// Name returns "BdW".
func (m BdW) Name() string { return "BdW" }

// ParameterNames returns the names of the parameters.
func (m BdW) ParameterNames() []string { return []string{"alpha", "beta", "c"} }

// Parameters returns Alpha, Beta, C.
func (m BdW) Parameters() []float64 { return []float64{m.Alpha, m.Beta, m.C} }

func (m BdW) valid() bool { return positive(m.Alpha, m.Beta, m.C) }

func (m BdW) logSurvival(t int) float64 {
	if t == 0 {
		return 0
	}
	return special.LogBeta(m.Alpha, m.Beta+math.Pow(float64(t), m.C)) - special.LogBeta(m.Alpha, m.Beta)
}

// Survival returns S(t) = B(α, β+t^c)/B(α, β).
func (m BdW) Survival(t int) float64 {
	if !m.valid() || t < 0 {
		return math.NaN()
	}
	return math.Exp(m.logSurvival(t))
}

// Loss returns S(t-1) - S(t).
func (m BdW) Loss(t int) float64 {
	if !m.valid() || t < 1 {
		return math.NaN()
	}
	before := m.logSurvival(t - 1)
	return -math.Exp(before) * math.Expm1(m.logSurvival(t)-before)
}

// Retention returns S(t)/S(t-1).
func (m BdW) Retention(t int) float64 {
	if !m.valid() || t < 1 {
		return math.NaN()
	}
	return math.Exp(m.logSurvival(t) - m.logSurvival(t-1))
}

// DEL sums S(t)/(1+d)^t until nothing is added, for d of .00001 or more; NaN otherwise.
func (m BdW) DEL(d float64) float64 { return m.lifetime(0, d) }

// DERL sums S(t)/S(n)/(1+d)^(t-n-1) from t = n+1 after n renewals, for d of .00001 or more; NaN otherwise.
func (m BdW) DERL(renewals int, d float64) float64 {
	if renewals < 0 {
		return math.NaN()
	}
	return m.lifetime(renewals+1, d) * math.Exp(-m.logSurvival(renewals))
}

// lifetime returns Σ_{t>=from} S(t)/(1+d)^(t-from).
func (m BdW) lifetime(from int, d float64) float64 {
	if !m.valid() || !(d >= 1e-5) || math.IsInf(d, 0) {
		return math.NaN()
	}
	sum, factor := 0.0, 1.0
	for t := from; ; t++ {
		s := math.Exp(m.logSurvival(t))
		sum += s * factor
		factor /= 1 + d
		if s*factor*(1+d)/d <= 1e-16*sum { // the rest falls at least as fast as the discount
			return sum
		}
	}
}

// FitBdW fits the model by maximum likelihood; see [FitSBG]. Three ages or more are needed to tell the three parameters
// apart; with fewer, Unidentified says so.
func FitBdW(ctx context.Context, cohorts []Cohort, opts *FitOptions) (*Fit[BdW], error) {
	o, p, rows, customers, err := fitContract(ctx, cohorts, 3, opts, 1, 3, 1)
	if err != nil {
		return nil, err
	}
	m := BdW{p[0], p[1], p[2]}
	f := &Fit[BdW]{Model: m, Names: m.ParameterNames(), Rows: rows, Customers: customers}
	return f, f.settle(o, p)
}

// LogLikelihood returns the log-likelihood of cohorts, or NaN where they are not valid.
func (m BdW) LogLikelihood(cohorts []Cohort) float64 {
	return contractLogLikelihood(m.valid(), cohorts, m.Alpha, m.Beta, m.C)
}
