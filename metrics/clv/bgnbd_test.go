package clv_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics/clv"
)

func TestBGNBDFitOfCDNOW(t *testing.T) {
	s := cdnowSummary(t)
	f, err := clv.FitBGNBD(context.Background(), s, nil)
	require.NoError(t, err)
	t.Log(f, f.Iterations, f.Gradient)
	assert.Equal(t, clv.Converged, f.Status)
	// Maximum by an independent Newton fit on exact days, to 1e-6; the paper prints .243 4.414 .793 2.426, LL -9582.4.
	parametersWithin(t, []float64{.242594522, 4.41360202, .792922017, 2.42590678}, f.Model.Parameters(), 1e-6)
	parametersWithin(t, []float64{.0125574, .378224, .185734, .705414}, f.StdErr, 1e-5)
	within(t, -9582.429207, f.LogLikelihood, 1e-10, "LL")
	assert.Equal(t, 1016, f.Rows)
	assert.Empty(t, f.Unidentified)
}
