package metrics_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
)

func TestNPSIsPromotersMinusDetractorsInPoints(t *testing.T) {
	// Four promoters, one passive, one detractor of six: 100 (4-1)/6 = 50.
	e, err := metrics.NPS([]int{10, 9, 9, 10, 8, 0}, nil)
	require.NoError(t, err)
	assert.Equal(t, 50.0, e.Value)
	assert.Equal(t, 6, e.N)
}

func TestNoDataIsNeverANumber(t *testing.T) {
	e, err := metrics.NPSOf(0, 0, 0, nil)
	require.ErrorIs(t, err, metrics.ErrNoData)
	assert.NotEqual(t, e.Value, e.Value, "NaN")
}
