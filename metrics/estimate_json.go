package metrics

import (
	"encoding/json"
	"math"
)

// estimateJSON is the JSON form of an Estimate: a number that is not available is null.
type estimateJSON struct {
	Metric     string   `json:"metric"`
	Definition string   `json:"definition,omitempty"`
	Unit       Unit     `json:"unit"`
	Value      *float64 `json:"value"`
	Low        *float64 `json:"low"`
	High       *float64 `json:"high"`
	StdErr     *float64 `json:"std-err"`
	Level      float64  `json:"level,omitempty"`
	N          int      `json:"n"`
	EffectiveN *float64 `json:"effective-n,omitempty"`
	Missing    int      `json:"missing"`
	OffScale   int      `json:"off-scale"`
	Method     string   `json:"method,omitempty"`
	Warnings   Warning  `json:"warnings"`
}

// MarshalJSON writes the estimate as an object with kebab-case names; what is not available is null.
func (e Estimate) MarshalJSON() ([]byte, error) {
	return json.Marshal(estimateJSON{
		Metric: e.Metric, Definition: e.Definition, Unit: e.Unit,
		Value: finite(e.Value), Low: finite(e.Low), High: finite(e.High), StdErr: finite(e.StdErr),
		Level: e.Level, N: e.N, EffectiveN: finite(e.EffectiveN), Missing: e.Missing, OffScale: e.OffScale,
		Method: e.Method, Warnings: e.Warnings,
	})
}

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (e *Estimate) UnmarshalJSON(b []byte) error {
	var j estimateJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return err
	}
	*e = Estimate{
		Metric: j.Metric, Definition: j.Definition, Unit: j.Unit,
		Value: orNaN(j.Value), Low: orNaN(j.Low), High: orNaN(j.High), StdErr: orNaN(j.StdErr),
		Level: j.Level, N: j.N, Missing: j.Missing, OffScale: j.OffScale, Method: j.Method, Warnings: j.Warnings,
	}
	if j.EffectiveN != nil {
		e.EffectiveN = *j.EffectiveN
	}
	return nil
}

// finite returns nil for what JSON cannot say.
func finite(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

func orNaN(p *float64) float64 {
	if p == nil {
		return math.NaN()
	}
	return *p
}
