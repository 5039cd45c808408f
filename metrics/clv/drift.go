package clv

import (
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel"
)

// A Drift is how a parameter changed from one fit to the next.
type Drift struct {
	Parameter string  `json:"parameter"`
	Old       float64 `json:"old"`
	New       float64 `json:"new"`
	// Z is the change of the logarithm over its standard error, as if the two fits were of different customers. Fits to
	// logs that share customers vary less than that, so a Z beyond ±2 is a change to look into, and a small one is not
	// proof of none.
	Z float64 `json:"z"`
}

// Compare returns the change of each parameter from the fit old to the fit now: this month's against last month's.
// ErrNoData where there is no fit, ErrInvalid where a parameter is not positive, ErrUnits where the units of time differ,
// [cxmodel.ErrMixed] where the currencies do;
// Z is NaN where a fit has no standard error.
func Compare[M any](old, now *Fit[M]) ([]Drift, error) {
	if old == nil || now == nil {
		return nil, fmt.Errorf("clv: %w: a fit is nil", ErrNoData)
	}
	if old.Unit != now.Unit {
		return nil, fmt.Errorf("clv: %w: the old fit is in units of %v, the new one in %v", ErrUnits, old.Unit, now.Unit)
	}
	if old.Currency != now.Currency {
		return nil, fmt.Errorf("clv: %w: the old fit is in %q, the new one in %q", cxmodel.ErrMixed, old.Currency, now.Currency)
	}
	a, ok := any(&old.Model).(settable)
	if !ok {
		return nil, fmt.Errorf("clv: %w: %T is no model of this package", ErrInvalid, old.Model)
	}
	b := any(&now.Model).(settable)
	p, q := a.Parameters(), b.Parameters()
	out := make([]Drift, len(p))
	for i, name := range a.ParameterNames() {
		if !positive(p[i]) || !positive(q[i]) {
			return nil, fmt.Errorf("clv: %w: %s is %v in the old fit and %v in the new one; parameters are positive", ErrInvalid, name, p[i], q[i])
		}
		d := Drift{Parameter: name, Old: p[i], New: q[i], Z: math.NaN()}
		if i < len(old.StdErr) && i < len(now.StdErr) {
			d.Z = math.Log(q[i]/p[i]) / math.Hypot(old.StdErr[i]/p[i], now.StdErr[i]/q[i])
		}
		out[i] = d
	}
	return out, nil
}
