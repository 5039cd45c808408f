package clv_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/clv"
)

func TestArgumentsAreNeitherChangedNorKept(t *testing.T) {
	ctx := context.Background()
	fresh := func() *clv.Summary {
		s := exampleBase()
		s.Customers = s.Customers[:400]
		s.Holdout = s.Holdout[:400]
		return s
	}
	want := fresh()
	fit := &clv.Fit[clv.MBGNBD]{Model: exampleMBG, Unit: clv.Week, Names: []string{"r", "alpha", "a", "b"}, Customers: 400}
	for name, use := range map[string]func(s *clv.Summary) error{
		"FitBGNBD":      func(s *clv.Summary) error { _, err := clv.FitBGNBD(ctx, s, nil); return err },
		"FitMBGNBD":     func(s *clv.Summary) error { _, err := clv.FitMBGNBD(ctx, s, nil); return err },
		"FitParetoNBD":  func(s *clv.Summary) error { _, err := clv.FitParetoNBD(ctx, s, nil); return err },
		"FitGammaGamma": func(s *clv.Summary) error { _, err := clv.FitGammaGamma(ctx, s, nil); return err },
		"Predict": func(s *clv.Summary) error {
			_, err := clv.Predict(ctx, fit, s, 10, &clv.ValueOptions{Spend: dollars(exampleSpend)})
			return err
		},
		"HoldoutTable": func(s *clv.Summary) error { _, err := clv.HoldoutTable(ctx, fit, s, 3); return err },
		"ScoreRFM":     func(s *clv.Summary) error { _, err := clv.ScoreRFM(s, nil); return err },
		"Simulate": func(s *clv.Summary) error {
			_, err := clv.Simulate(ctx, exampleMBG, &clv.SimulateOptions{Like: s, Unit: clv.Week})
			return err
		},
		"In": func(s *clv.Summary) error {
			o, err := s.In(clv.Day)
			if err == nil {
				o.Customers[0].Age = -1
			}
			return err
		},
		"Group": func(s *clv.Summary) error { _, err := s.Group(); return err },
		"ShareAlive": func(s *clv.Summary) error {
			_, err := clv.ShareAlive(ctx, s)
			return err
		},
	} {
		s := fresh()
		require.NoError(t, use(s), name)
		assert.Equal(t, want, s, name)
	}
	start := []float64{.5, 5, 1, 2}
	f, err := clv.FitBGNBD(ctx, fresh(), &clv.FitOptions{Start: start})
	require.NoError(t, err)
	assert.Equal(t, []float64{.5, 5, 1, 2}, start)
	cov := slices.Clone(f.Covariance[0])
	_, err = clv.DeltaInterval(f, "r", metrics.UnitCount, 0, func(m clv.BGNBD) float64 { return m.R })
	require.NoError(t, err)
	assert.Equal(t, cov, f.Covariance[0])
	cohort := clv.Cohort{Ages: []int{0, 1, 2}, Alive: []int{10, 7, 6}}
	_, err = clv.FitSBG(ctx, []clv.Cohort{cohort}, nil)
	require.NoError(t, err)
	assert.Equal(t, clv.Cohort{Ages: []int{0, 1, 2}, Alive: []int{10, 7, 6}}, cohort)
}

func FuzzSavedFit(f *testing.F) {
	f.Add([]byte(`{"model":"sBG","parameters":{"alpha":0.668,"beta":3.806},"covariance":[[0.01],[0.07,null]],"log-likelihood":-1611.2,"status":"converged","iterations":5,"gradient":0,"customers":1000,"rows":8}`))
	f.Add([]byte(`{"model":"sBG","unit":"10 days","parameters":{"alpha":1e308,"beta":5e-324},"status":"boundary"}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var fit clv.Fit[clv.SBG]
		if json.Unmarshal(b, &fit) != nil {
			return
		}
		once, err := json.Marshal(&fit)
		if err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		var again clv.Fit[clv.SBG]
		if err := json.Unmarshal(once, &again); err != nil {
			t.Fatalf("what was written cannot be read: %v: %s", err, once)
		}
		twice, err := json.Marshal(&again)
		if err != nil || string(once) != string(twice) {
			t.Fatalf("%s\n%s", once, twice)
		}
	})
}
