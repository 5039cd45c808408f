package metrics

import (
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/internal/dist"
)

// RateOptions are the choices of an event rate; nil stands for the defaults.
type RateOptions struct {
	Level float64 // confidence level in (0, 1); 0 means .95
}

// EventRate returns events per unit of exposure, such as complaints per order or outages per day, with the exact
// interval of Poisson counts: each limit is the rate at which as many events or more (or fewer) have the chance
// (1-level)/2. Events that come in bursts vary more than that. N is the number of events. It fails with [ErrCount] on a
// negative number of events or an exposure that is negative or not finite, and with [ErrNoData] without exposure.
func EventRate(events int, exposure float64, opts *RateOptions) (Estimate, error) {
	return eventRate("event rate", "events per unit of exposure", events, exposure, opts)
}

// eventRate returns events/exposure with the exact Poisson interval: each limit is the rate at which as many events
// or more (or fewer) have the chance (1-level)/2. F. Garwood, Fiducial limits for the Poisson distribution,
// Biometrika 28 (1936), 437-442:
//
//	low = gamma(α/2; x)/exposure, high = gamma(1-α/2; x+1)/exposure
func eventRate(metric, definition string, events int, exposure float64, opts *RateOptions) (Estimate, error) {
	if opts == nil {
		opts = &RateOptions{}
	}
	level, _, err := confidence(opts.Level)
	switch {
	case err != nil:
	case events < 0 || !(exposure >= 0) || math.IsInf(exposure, 1) || exposure == 0 && events > 0:
		err = fmt.Errorf("%w for %s: %d in an exposure of %v", ErrCount, metric, events, exposure)
	case exposure == 0:
		err = fmt.Errorf("%w for %s: no exposure", ErrNoData, metric)
	}
	if err != nil {
		return unavailable(metric, UnitRate), err
	}
	x, tail := float64(events), (1-level)/2
	e := Estimate{
		Metric: metric, Definition: definition, Unit: UnitRate, Value: x / exposure, StdErr: math.Sqrt(x) / exposure,
		High: dist.GammaTailQuantile(tail, x+1) / exposure, Level: level, N: events, EffectiveN: x, Method: "exact Poisson",
	}
	if events > 0 {
		e.Low = dist.GammaQuantile(tail, x) / exposure
	}
	if math.IsInf(e.High, 1) {
		return unavailable(metric, UnitRate), fmt.Errorf("%w for %s: %d in an exposure of %v is beyond the largest float64; choose a smaller unit", ErrCount, metric, events, exposure)
	}
	return e, nil
}

// bare is an estimate for which there is no honest interval, and which says so.
func bare(metric, definition string, unit Unit, value float64, n int) Estimate {
	e := unavailable(metric, unit)
	e.Definition, e.Value, e.N, e.EffectiveN, e.Warnings = definition, value, n, float64(n), WarnNoInterval
	return e
}
