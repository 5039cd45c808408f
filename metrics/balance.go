package metrics

import (
	"fmt"
	"math"
)

// BalanceOptions are the choices of a balance; nil stands for the defaults.
type BalanceOptions struct {
	Level     float64 // confidence level in (0, 1); 0 means .95
	BadWeight float64 // how many good answers make up for one bad answer, above 0; 0 means 1. State where a value other than 1 comes from
}

func (o *BalanceOptions) resolve() (level, z, weight float64, err error) {
	if o == nil {
		o = &BalanceOptions{}
	}
	level, z, err = confidence(o.Level)
	if weight = o.BadWeight; weight == 0 {
		weight = 1
	}
	if err == nil && !(weight > 0 && weight <= 1e6) {
		err = fmt.Errorf("%w: the weight of bad answers is %v; it must be above 0 and at most a million", ErrOption, weight)
	}
	return level, z, weight, err
}

// Balance returns the share of good answers less the weighted share of bad ones,
//
//	(good - w bad)/n
//
// in [-w, 1]: the mean of answers that count +1, 0 and -w. With w = 1 it is a Net Promoter Score over 100; a larger w says
// that a bad experience does more harm than a good one does good. The interval is MOVER from the Wilson limits of the two shares
// and their correlation ρ = -sqrt(pd/((1-p)(1-d))) (R. G. Newcombe, Statistics in Medicine 17 (1998), 2635-2650). It fails
// with [ErrCount], [ErrNoData] or [ErrOption]. Balances of different weights are not comparable, and [Difference] refuses.
func Balance(bad, neutral, good int, opts *BalanceOptions) (Estimate, error) {
	const metric = "balance"
	e := unavailable(metric, UnitScore)
	level, z, w, err := opts.resolve()
	if err != nil {
		return e, err
	}
	if bad < 0 || neutral < 0 || good < 0 {
		return e, fmt.Errorf("%w for %s: %d bad, %d neutral, %d good", ErrCount, metric, bad, neutral, good)
	}
	n, ok := sum(bad, neutral, good)
	switch {
	case !ok:
		return e, fmt.Errorf("%w for %s: the sum overflows", ErrCount, metric)
	case n == 0:
		return e, fmt.Errorf("%w for %s: no answers", ErrNoData, metric)
	}
	nf := float64(n)
	p, d := float64(good)/nf, float64(bad)/nf
	e.Definition, e.Value, e.N, e.EffectiveN = fmt.Sprintf("good - %v bad, of answers", w), p-w*d, n, nf
	e.StdErr = math.Sqrt(max(p+w*w*d-e.Value*e.Value, 0) / nf)
	rho := 0.
	if p > 0 && d > 0 && p < 1 && d < 1 {
		rho = -math.Sqrt(p / (1 - d) * d / (1 - p))
	}
	pl, pu := wilson(float64(good), nf, z)
	dl, du := wilson(float64(bad), nf, z)
	side := func(x, y float64) float64 { return math.Sqrt(max(x*x-2*rho*x*y+y*y, 0)) }
	e.Low, e.High = e.Value-side(p-pl, w*(du-d)), e.Value+side(pu-p, w*(d-dl))
	e.Level, e.Method = level, "MOVER from Wilson"
	e.clamp(-w, 1)
	if n < 5 {
		e.Warnings |= WarnFewAnswers
	}
	if e.Low == e.High {
		e.Warnings |= WarnZeroWidth
	}
	return e, nil
}
