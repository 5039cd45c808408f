package clv_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/clv"
)

func TestNoOrderIsNoDataAsInPackageMetrics(t *testing.T) {
	r := clv.NewReader(strings.NewReader("customer,time,amount,currency\na,2026-01-02,1.50 EUR,EUR\n"), nil)
	_, err := clv.Summarize(context.Background(), r.All(), nil)
	require.ErrorIs(t, err, clv.ErrNoData)
	require.ErrorIs(t, err, metrics.ErrNoData)
	assert.NotErrorIs(t, err, metrics.ErrOption)
	assert.ErrorContains(t, err, "clv: no data: the log has no order; rejected rows are listed by the reader")
	_, rejected := r.Rejected()
	assert.Equal(t, 1, rejected)
}
