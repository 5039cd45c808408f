package survey

import (
	"math"

	"github.com/cxmodel/cxmodel/metrics"
)

// values turns answers into what they are worth: every metric of this package is the mean over the answers of a value
// per answer (-100, 0 or 100 for NPS, 0 or 1 for a share, the score for a mean). The value is read from package metrics
// as the metric of that one answer, so that nothing is defined twice.
type values struct {
	def      MeasureDef
	template metrics.Estimate // metric, definition and unit
	known    map[float64]float64
}

func newValues(def MeasureDef) (*values, error) {
	if err := def.Check(); err != nil {
		return nil, err
	}
	v := &values{def: def.withScale(), known: map[float64]float64{}}
	_, err := v.of(float64(v.def.Scale.Min))
	return v, err
}

// of returns the value of a score on the scale.
func (v *values) of(score float64) (float64, error) {
	if y, ok := v.known[score]; ok {
		return y, nil
	}
	t := metrics.NewTally(v.def.Scale)
	t.Add(score)
	e, err := v.def.read(t, EstimateOptions{})
	if err != nil {
		return math.NaN(), err
	}
	v.template = e
	if len(v.known) < 4096 { // many fractions do not fill the memory
		v.known[score] = e.Value
	}
	return e.Value, nil
}

// span returns the range of the metric.
func (v *values) span() (low, high float64) {
	if v.template.Unit == metrics.UnitScore {
		return float64(v.def.Scale.Min), float64(v.def.Scale.Max)
	}
	return rangeOf(v.template.Unit)
}
