package clv

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/cxmodel/cxmodel/internal/dist"
	"github.com/cxmodel/cxmodel/metrics"
)

// DeltaInterval returns what g makes of the fitted model, with an interval by the delta method: the gradient of g by the
// logarithms of the parameters, and their covariance. The interval is symmetric in the logit of g for a share
// ([metrics.UnitShare]) and in its logarithm for everything else, so that it cannot leave its range. It holds the doubt
// about the parameters, not what one customer may do by chance. ErrInvalid where g is not positive or the fit has no
// covariance, ErrNoData where there is no fit; level 0 means .95.
//
//	clv.DeltaInterval(fit, "orders of a new customer in a year", metrics.UnitCount, 0,
//		func(m clv.BGNBD) float64 { return m.Expected(52) })
func DeltaInterval[M any](f *Fit[M], metric string, unit metrics.Unit, level float64, g func(M) float64) (metrics.Estimate, error) {
	e := metrics.Estimate{Metric: metric, Unit: unit, Value: math.NaN(), Low: math.NaN(), High: math.NaN(), StdErr: math.NaN(), Method: "delta"}
	if f == nil {
		return e, errNoFit()
	}
	e.N, e.EffectiveN = int(f.Customers), f.Customers
	if unit == metrics.UnitMoney && f.Currency != "" {
		e.Definition = "in " + f.Currency
	}
	if level == 0 {
		level = .95
	}
	if !(level > 0 && level < 1) {
		return e, fmt.Errorf("clv: %w: level %v; it is in (0, 1)", ErrOption, level)
	}
	share := unit == metrics.UnitShare
	link := func(v float64) float64 {
		if share {
			return math.Log(v) - math.Log1p(-v)
		}
		return math.Log(v)
	}
	at, err := atParameters(f, g)
	if err != nil {
		return e, err
	}
	p := any(&f.Model).(settable).Parameters()
	value := at(p)
	if !(value > 0) || math.IsInf(value, 0) || share && value >= 1 {
		return e, fmt.Errorf("clv: %w: %s is %v, which has no interval", ErrInvalid, metric, value)
	}
	if len(f.Covariance) != len(p) {
		return e, fmt.Errorf("clv: %w: the fit has no covariance", ErrInvalid)
	}
	gradient := make([]float64, len(p))
	for i := range p {
		const h = 1e-4 // of ln p: the error of the difference is some 1e-9
		up, down := slices.Clone(p), slices.Clone(p)
		up[i] *= math.Exp(h)
		down[i] *= math.Exp(-h)
		gradient[i] = (link(at(up)) - link(at(down))) / (2 * h)
	}
	variance := 0.0
	for i := range p {
		for j := range p {
			variance += gradient[i] * gradient[j] * f.Covariance[i][j] / (p[i] * p[j])
		}
	}
	if !(variance >= 0) {
		return e, fmt.Errorf("clv: %w: the parameters %v are not determined, so %s has no interval", ErrInvalid, f.Unidentified, metric)
	}
	half := dist.NormalQuantile((1+level)/2) * math.Sqrt(variance)
	e.Value, e.Level = value, level
	if share {
		e.Low, e.High = 1/(1+math.Exp(-link(value)+half)), 1/(1+math.Exp(-link(value)-half))
		e.StdErr = math.Sqrt(variance) * value * (1 - value)
	} else {
		e.Low, e.High = value*math.Exp(-half), value*math.Exp(half)
		e.StdErr = math.Sqrt(variance) * value
	}
	return e, nil
}

// atParameters returns g as a function of the parameters.
func atParameters[M any](f *Fit[M], g func(M) float64) (func(p []float64) float64, error) {
	if _, ok := any(&f.Model).(settable); !ok {
		return nil, fmt.Errorf("clv: %w: %T is no model of this package", ErrInvalid, f.Model)
	}
	return func(p []float64) float64 {
		m := f.Model
		any(&m).(settable).set(p)
		return g(m)
	}, nil
}

// BootstrapOptions say how often a base is made up and fitted again. Nil means the defaults.
type BootstrapOptions struct {
	Draws int     // 20 or more; 0 means 200
	Seed  uint64  // the same seed gives the same interval
	Level float64 // confidence level in (0, 1); 0 means .95
}

// Bootstrap returns what g makes of the fitted model, with an interval by the parametric bootstrap: bases of the same
// ages as in s are simulated from the fit and fitted again by fit (FitBGNBD, …), and the interval is that between the
// quantiles of g over them. Draws whose fit does not converge are counted in Missing; more than one in ten is ErrNoFit.
func Bootstrap[M Model](ctx context.Context, f *Fit[M], s *Summary, fit func(context.Context, *Summary, *FitOptions) (*Fit[M], error), metric string, unit metrics.Unit, opts *BootstrapOptions, g func(M) float64) (metrics.Estimate, error) {
	var o BootstrapOptions
	if opts != nil {
		o = *opts
	}
	if o.Draws == 0 {
		o.Draws = 200
	}
	if o.Level == 0 {
		o.Level = .95
	}
	e := metrics.Estimate{Metric: metric, Unit: unit, Value: math.NaN(), Low: math.NaN(), High: math.NaN(), StdErr: math.NaN(),
		Method: fmt.Sprintf("bootstrap %d", o.Draws)}
	if _, err := usable(f, s); err != nil {
		return e, err
	}
	e.N, e.EffectiveN = int(f.Customers), f.Customers
	if o.Draws < 20 || !(o.Level > 0 && o.Level < 1) {
		return e, fmt.Errorf("clv: %w: %d draws at level %v; 20 draws or more", ErrOption, o.Draws, o.Level)
	}
	var values []float64
	start := &FitOptions{Start: any(&f.Model).(settable).Parameters()}
	for k := range o.Draws {
		base, err := Simulate(ctx, f.Model, &SimulateOptions{Like: s, Unit: s.Unit, Seed: o.Seed + uint64(k)})
		if err != nil {
			return e, err
		}
		again, err := fit(ctx, base, start)
		if ctx.Err() != nil {
			return e, ctx.Err()
		}
		v := math.NaN()
		if err == nil && again.Status == Converged {
			v = g(again.Model)
		}
		if math.IsNaN(v) {
			e.Missing++
			continue
		}
		values = append(values, v)
	}
	if 10*e.Missing > o.Draws {
		return e, fmt.Errorf("clv: %w: %d of %d draws", ErrNoFit, e.Missing, o.Draws)
	}
	slices.Sort(values)
	mean, squares := 0.0, 0.0
	for i, v := range values {
		d := v - mean
		mean += d / float64(i+1)
		squares += d * (v - mean)
	}
	e.Value, e.Level = g(f.Model), o.Level
	e.StdErr = math.Sqrt(squares / float64(len(values)-1))
	e.Low, e.High = quantile(values, (1-o.Level)/2), quantile(values, (1+o.Level)/2)
	return e, nil
}

// quantile interpolates between the order statistics of sorted values (type 7 of Hyndman & Fan 1996).
func quantile(sorted []float64, p float64) float64 {
	at := p * float64(len(sorted)-1)
	i := min(int(at), len(sorted)-2)
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}
