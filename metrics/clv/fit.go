package clv

import (
	"fmt"
	"math"
	"strings"

	"github.com/cxmodel/cxmodel/internal/enum"
)

// A Status says how a fit ended. Only Converged is a maximum of the likelihood.
type Status int

// The ends of a fit.
const (
	StatusUnspecified Status = iota
	Converged                // the gradient is zero and the Hessian negative definite
	Boundary                 // the likelihood has no inner maximum: a parameter runs to 0 or infinity, see Fit.Unidentified
	IterationLimit           // it was still climbing
	Stuck                    // it could not climb on, though the gradient is not zero
)

var statuses = enum.Table{Type: "status of a fit", Names: []string{"", "converged", "boundary", "iteration-limit", "stuck"}}

// String returns "converged", "boundary", "iteration-limit" or "stuck".
func (s Status) String() string { return statuses.String(int(s)) }

// MarshalText implements [encoding.TextMarshaler].
func (s Status) MarshalText() ([]byte, error) { return statuses.Text(int(s)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (s *Status) UnmarshalText(text []byte) error {
	if err := enum.Set(s, &statuses, text); err != nil {
		return fmt.Errorf("clv: %w: %w", ErrInvalid, err)
	}
	return nil
}

// FitOptions are the options of every Fit function. Nil means the defaults.
type FitOptions struct {
	Start      []float64 // parameters to start from, all positive; nil: worked out from the data
	Iterations int       // at most so many Newton steps; 0 means 200
}

// A Fit is a model with what is known about how well the data determine it.
type Fit[M any] struct {
	Model         M
	Names         []string    // of the parameters, in the order of StdErr and Covariance
	LogLikelihood float64     // at the maximum, of the timing (or the money) without factorials, as the papers give it
	StdErr        []float64   // of the parameters, from the inverse Hessian on their logarithms; NaN where there is none
	Covariance    [][]float64 // likewise
	Gradient      float64     // the largest derivative of the log-likelihood by the logarithm of a parameter
	Status        Status
	Iterations    int
	Customers     float64  // customers fitted, weights counted
	Rows          int      // distinct rows that they make
	Omitted       int      // customers that the model does not take, such as those without a repeat order for spend
	Unit          Unit     // of time; 0 for a model of money
	Currency      string   // of money, an ISO 4217 code; "" for a model of timing
	Unidentified  []string // parameters that the data do not pin down: they run away, or err by a factor of e or more
}

// AIC returns Akaike's criterion, 2k - 2 LL with k parameters. Compare models on the same customers only.
func (f *Fit[M]) AIC() float64 { return 2*float64(len(f.Names)) - 2*f.LogLikelihood }

// BIC returns Schwarz' criterion, k ln n - 2 LL with n customers.
func (f *Fit[M]) BIC() float64 {
	return float64(len(f.Names))*math.Log(f.Customers) - 2*f.LogLikelihood
}

// String returns one line such as
//
//	BG/NBD r 0.2426 ± 0.0126, alpha 4.414 ± 0.378, a 0.7929 ± 0.186, b 2.426 ± 0.705 (LL -9582.429, n=2357, week, converged)
func (f *Fit[M]) String() string {
	var b strings.Builder
	if m, ok := any(&f.Model).(settable); ok {
		b.WriteString(m.Name())
		for i, v := range m.Parameters() {
			sep := ","
			if i == 0 {
				sep = ""
			}
			fmt.Fprintf(&b, "%s %s %.4g", sep, m.ParameterNames()[i], v)
			if i < len(f.StdErr) { // a fit saved without a covariance has none
				fmt.Fprintf(&b, " ± %.3g", f.StdErr[i])
			}
		}
	}
	unit := ""
	if f.Unit > 0 {
		unit = ", " + f.Unit.String()
	}
	if f.Currency != "" {
		unit += ", " + f.Currency
	}
	fmt.Fprintf(&b, " (LL %.3f, n=%.0f%s, %s)", f.LogLikelihood, f.Customers, unit, f.Status)
	if len(f.Unidentified) > 0 {
		fmt.Fprintf(&b, "; not determined by these data: %s", strings.Join(f.Unidentified, ", "))
	}
	return b.String()
}

// usable returns the model of a fit that is to be used on the customers of a summary.
func usable[M Model](f *Fit[M], s *Summary) (Model, error) {
	if s == nil || len(s.Customers) == 0 {
		return nil, fmt.Errorf("clv: %w: the summary has no customer", ErrNoData)
	}
	return modelFor(f, s)
}

// modelFor returns the model of a fit in the unit of a summary.
func modelFor[M Model](f *Fit[M], s *Summary) (Model, error) {
	switch {
	case f == nil:
		return nil, errNoFit()
	case f.Unit != s.Unit || !f.Unit.valid():
		return nil, fmt.Errorf("clv: %w: the fit is in units of %v, the summary in %v; bring the summary over with Summary.In", ErrUnits, f.Unit, s.Unit)
	case !f.Model.valid():
		return nil, fmt.Errorf("clv: %w: %s with parameters %v", ErrInvalid, f.Model.Name(), f.Model.Parameters())
	}
	return f.Model, nil
}

// errNoFit is the error for a fit that is nil.
func errNoFit() error {
	return fmt.Errorf("clv: %w: the fit is nil; look at the error that came with it", ErrNoData)
}

// settle fills f from the end of the climb. The error is nil for Converged and Boundary: a boundary is an answer.
func (f *Fit[M]) settle(o optimum, p []float64) error {
	k := len(p)
	f.LogLikelihood, f.Status, f.Iterations = o.at.ll, o.status, o.iterations
	f.StdErr = make([]float64, k)
	f.Covariance = make([][]float64, k)
	for i := range k {
		f.Gradient = max(f.Gradient, math.Abs(o.at.grad[i]))
		f.Covariance[i] = make([]float64, k)
		for j := range i + 1 {
			f.Covariance[i][j] = p[i] * p[j] * o.inverse[i][j] // delta method
			f.Covariance[j][i] = f.Covariance[i][j]
		}
		f.StdErr[i] = math.Sqrt(f.Covariance[i][i])
		if se := math.Sqrt(o.inverse[i][i]); o.runaway[i] || !(se < 1) {
			f.Unidentified = append(f.Unidentified, f.Names[i])
		}
	}
	if f.Status == Converged || f.Status == Boundary {
		return nil
	}
	return fmt.Errorf("clv: %w: %v after %d steps, largest derivative %.3g; what was reached is returned beside this error",
		ErrNoFit, f.Status, f.Iterations, f.Gradient)
}

// starting returns ln of the start, the caller's or the one worked out.
func (o *FitOptions) starting(own ...float64) (theta [maxParams]float64, limit int, err error) {
	limit = 200
	if o != nil && o.Iterations < 0 {
		return theta, 0, fmt.Errorf("clv: %w: Iterations is %d", ErrOption, o.Iterations)
	}
	if o != nil && o.Iterations > 0 {
		limit = o.Iterations
	}
	if o != nil && o.Start != nil {
		if len(o.Start) != len(own) {
			return theta, 0, fmt.Errorf("clv: %w: Start has %d numbers, the model %d parameters", ErrOption, len(o.Start), len(own))
		}
		own = o.Start
	}
	for i, v := range own {
		if !(v > 0) || math.IsInf(v, 0) {
			return theta, 0, fmt.Errorf("clv: %w: Start[%d] is %v; parameters are positive", ErrOption, i, v)
		}
		theta[i] = math.Log(v)
	}
	return theta, limit, nil
}
