package clv_test

import (
	"context"
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/clv"
)

func TestTheChoiceFollowsContractAndTime(t *testing.T) {
	names := func(b clv.Business) (out []string) {
		for _, c := range clv.Choose(b) {
			assert.NotEmpty(t, c.Why)
			assert.NotEmpty(t, c.Not)
			out = append(out, c.Model)
		}
		return out
	}
	// The two by two of Fader & Hardie, "Probability models for customer-base analysis" (2009), Fig. 1.
	assert.Equal(t, []string{"BG/NBD", "MBG/NBD", "Pareto/NBD"}, names(clv.Business{}))
	assert.Equal(t, []string{"MBG/NBD", "BG/NBD", "Pareto/NBD"}, names(clv.Business{HeavyFirst: true}))
	assert.Equal(t, []string{"Pareto/NBD", "BG/NBD", "MBG/NBD"}, names(clv.Business{NeedsClosedValue: true}))
	assert.Equal(t, []string{"BG/BB"}, names(clv.Business{Fixed: true}))
	assert.Equal(t, []string{"sBG", "BdW"}, names(clv.Business{Contract: true, Fixed: true}))
	assert.Empty(t, names(clv.Business{Contract: true}))
	assert.Len(t, clv.Choices(), 6)
}

func TestDriftBetweenTwoFits(t *testing.T) {
	ctx := context.Background()
	early, err := clv.FitBGNBD(ctx, cdnowSummary(t), nil)
	require.NoError(t, err)
	late, err := clv.FitBGNBD(ctx, cdnow78(t), nil)
	require.NoError(t, err)
	d, err := clv.Compare(early, late)
	require.NoError(t, err)
	require.Len(t, d, 4)
	assert.Equal(t, "alpha", d[1].Parameter)
	// ln(5.44725751/4.41360202) / hypot(.378224/4.41360202, .398296/5.44725751) = .210429/.112616
	assert.InDelta(t, 1.8686, d[1].Z, 1e-3)
	none, err := clv.Compare(early, early)
	require.NoError(t, err)
	assert.Zero(t, none[0].Z)
	bare := &clv.Fit[clv.BGNBD]{Model: bgExact, Unit: clv.Week}
	d, err = clv.Compare(bare, late)
	require.NoError(t, err)
	assert.True(t, math.IsNaN(d[0].Z))
	bare.Unit = clv.Day
	_, err = clv.Compare(bare, late)
	require.ErrorIs(t, err, clv.ErrUnits)
}

func TestFitsThatDoNotExistHaveNoDrift(t *testing.T) {
	fit := &clv.Fit[clv.BGNBD]{Model: bgExact, Unit: clv.Week}
	_, err := clv.Compare(nil, fit)
	require.ErrorIs(t, err, clv.ErrNoData)
	_, err = clv.Compare(&clv.Fit[clv.BGNBD]{Unit: clv.Week}, fit)
	require.ErrorIs(t, err, clv.ErrInvalid)
}

// A fit may be saved without its covariance, and written by hand with the model alone.
func TestAFitWithoutStandardErrorsCanBePrinted(t *testing.T) {
	var fit clv.Fit[clv.BGNBD]
	require.NoError(t, json.Unmarshal([]byte(`{"model":"BG/NBD","unit":"week","parameters":{"r":1,"alpha":2,"a":3,"b":4},"status":"converged"}`), &fit))
	assert.Equal(t, "BG/NBD r 1, alpha 2, a 3, b 4 (LL 0.000, n=0, week, converged)", fit.String())
	e, err := clv.DeltaInterval(&fit, "orders", metrics.UnitCount, 0, func(m clv.BGNBD) float64 { return m.Expected(52) })
	require.ErrorIs(t, err, clv.ErrInvalid)
	assert.True(t, math.IsNaN(e.Value), "no number stands beside an error")
	e, err = clv.Bootstrap(context.Background(), &fit, cdnowSummary(t), clv.FitBGNBD, "orders", metrics.UnitCount, &clv.BootstrapOptions{Draws: 3}, func(m clv.BGNBD) float64 { return m.Expected(52) })
	require.ErrorIs(t, err, clv.ErrOption)
	assert.True(t, math.IsNaN(e.Value))
}
