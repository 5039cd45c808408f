package control

import (
	"math"

	"github.com/cxmodel/cxmodel/internal/nanjson"
)

// A CUSUMPoint is one period: the sums upwards and downwards, in standard deviations.
type CUSUMPoint struct {
	Label  string  `json:"label"`
	Up     float64 `json:"up"`   // >= 0
	Down   float64 `json:"down"` // <= 0
	Signal Signal  `json:"signal,omitempty"`
}

// A CUSUMChart is a pair of cumulative sums; Up signals above H, Down below -H.
type CUSUMChart struct {
	Center   float64      `json:"center"`
	K        float64      `json:"k"`
	H        float64      `json:"h"`
	Baseline int          `json:"baseline"`
	Points   []CUSUMPoint `json:"points"`
}

// RunLength returns the mean number of periods until an alarm for nothing; see [Chart.RunLength].
func (c *CUSUMChart) RunLength() (float64, error) { return CUSUMRunLength(c.K, c.H, 0) }

// CUSUM sums what exceeds an allowance k, upwards and downwards, in standard deviations of each observation:
//
//	z_i  = (x_i - centre)/σ_i
//	up   = max(0, up + z_i - k)      signal above h
//	down = min(0, down + z_i + k)    signal below -h
//
// (E. S. Page, Continuous inspection schemes, Biometrika 41 (1954), 100-115). With the defaults k = .5 and h = 5 it
// finds a change of one standard deviation in ten periods on average, and gives an alarm for nothing once in 465: see
// [CUSUMRunLength].
func CUSUM(obs []Observation, opts *Options) (*CUSUMChart, error) {
	s, err := opts.resolve(len(obs))
	if err != nil {
		return nil, err
	}
	return s.cusum(obs)
}

// cusum sums what exceeds the allowance and, where the centre is in doubt, two of its standard errors.
func (s settings) cusum(obs []Observation) (*CUSUMChart, error) {
	center, sd, err := s.scale(obs)
	if err != nil {
		return nil, err
	}
	c := &CUSUMChart{Center: center.value, K: s.K, H: s.H, Baseline: s.baseline, Points: make([]CUSUMPoint, len(obs))}
	doubt := 2 * math.Sqrt(center.variance(sd))
	up, down := 0.0, 0.0
	for i, x := range obs {
		z, k := (x.Value-center.value)/sd[i], s.K+doubt/sd[i]
		up, down = max(0, up+z-k), min(0, down+z+k)
		p := CUSUMPoint{Label: x.Label, Up: up, Down: down}
		switch {
		case up > s.H && up >= -down:
			p.Signal = Above
		case down < -s.H:
			p.Signal = Below
		}
		c.Points[i] = p
	}
	return c, nil
}

// Signals returns the indices of the points beyond H.
func (c *CUSUMChart) Signals() []int {
	var out []int
	for i, p := range c.Points {
		if p.Signal != None {
			out = append(out, i)
		}
	}
	return out
}

// MarshalJSON writes the chart.
func (c CUSUMChart) MarshalJSON() ([]byte, error) { return nanjson.Marshal(c) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (c *CUSUMChart) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, c) }
