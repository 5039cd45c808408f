package survey_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

func TestAMetricWithoutAScaleOfItsOwnAsksForOne(t *testing.T) {
	for _, m := range survey.Metrics() {
		d := survey.MeasureDef{Key: "asked", Metric: m, Boxes: 2}
		if m.Scale() == (cxmodel.Scale{}) {
			err := d.Check()
			require.ErrorIs(t, err, survey.ErrMeasure, m)
			require.ErrorIs(t, err, cxmodel.ErrScale, m)
			assert.ErrorContains(t, err, string(m)+" has no scale of its own; set Scale", m)
			d.Scale = cxmodel.Scale{Min: 1, Max: 5}
		}
		assert.NoError(t, d.Check(), m)
	}
}
