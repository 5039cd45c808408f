package survey_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/metricstest"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

// A cell holds fewer answers than AddN is tried with, which therefore is not offered.
func TestTheCubeKeepsEveryLaw(t *testing.T) {
	for _, opts := range []*survey.CubeOptions{nil, {Weighted: true}} {
		require.NoError(t, metricstest.CheckAccumulator(metricstest.Accumulator[*survey.Cube]{
			Scale: cxmodel.Scale{Max: 10},
			New:   func() *survey.Cube { return plainCube(t, opts) },
			Add: func(c *survey.Cube, score float64) {
				require.NoError(t, c.Add(survey.Answer{Measure: "nps", Score: score}))
			},
			Merge: (*survey.Cube).Merge,
			Sub:   (*survey.Cube).Sub,
			Estimate: func(c *survey.Cube) (metrics.Estimate, error) {
				total, err := c.Total("nps")
				require.NoError(t, err)
				return total.Estimate(nil)
			},
			Marshal: func(c *survey.Cube) ([]byte, error) { return json.Marshal(c) },
			Unmarshal: func(data []byte) (*survey.Cube, error) {
				c := new(survey.Cube)
				return c, json.Unmarshal(data, c)
			},
		}))
	}
}
