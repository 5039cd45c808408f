package metrics_test

import (
	"encoding/json"
	"fmt"
	"math"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
)

// proportion checks the methods that the case names among ours.
func (k *check) proportion(x, n int, level float64, methods map[string]metrics.ProportionMethod) {
	var out map[string]json.RawMessage
	require.NoError(k.T, json.Unmarshal(k.Output, &out))
	for name, raw := range out {
		m, ok := methods[name]
		if !ok {
			k.LeaveOut()
			continue
		}
		var want [2]float64
		require.NoError(k.T, json.Unmarshal(raw, &want))
		e, err := metrics.Proportion(x, n, &metrics.ProportionOptions{Level: level, Method: m})
		require.NoError(k.T, err)
		if k.ID[:3] == "sm." { // this peer clamps in silence
			k.Near(want[0], e.Low, name)
			k.Near(want[1], e.High, name)
			continue
		}
		k.limits(want, e.Low, e.High, 0, 1, e.Warnings, name)
	}
}

func (k *check) propCI() {
	var in struct{ X, N int }
	require.NoError(k.T, json.Unmarshal(k.Input, &in))
	k.proportion(in.X, in.N, .95, map[string]metrics.ProportionMethod{
		"wilson": metrics.Wilson, "exact": metrics.ClopperPearson, "agresti-coull": metrics.AgrestiCoull, "asymptotic": metrics.Wald, "jeffreys_equal_tail": metrics.Jeffreys,
	})
}

func (k *check) smProp() {
	var in struct {
		X, N int
		Conf float64
	}
	require.NoError(k.T, json.Unmarshal(k.Input, &in))
	k.proportion(in.X, in.N, in.Conf, map[string]metrics.ProportionMethod{
		"wilson": metrics.Wilson, "beta": metrics.ClopperPearson, "agresti_coull": metrics.AgrestiCoull, "normal": metrics.Wald, "jeffreys": metrics.Jeffreys,
	})
}

func (k *check) binomTest() {
	var in struct{ X, N int }
	require.NoError(k.T, json.Unmarshal(k.Input, &in))
	k.proportion(in.X, in.N, .95, map[string]metrics.ProportionMethod{"wilson": metrics.Wilson, "exact": metrics.ClopperPearson})
}

func (k *check) smDiff() {
	var in struct{ X1, N1, X2, N2 int }
	var out struct {
		Wald, Newcomb [2]float64
		Caffo         [2]float64  `json:"agresti-caffo"`
		MN            [2]float64  `json:"score_mn"`
		Mee           [2]float64  `json:"score_mee"`
		Pooled        [2]*float64 `json:"ztest_pooled"`
	}
	k.Decode(&in, &out)
	for method, want := range map[metrics.DifferenceMethod][2]float64{
		metrics.DifferenceWald: out.Wald, metrics.DifferenceAgrestiCaffo: out.Caffo, metrics.DifferenceNewcombe: out.Newcomb,
		metrics.DifferenceMiettinenNurminen: out.MN, metrics.DifferenceMee: out.Mee,
	} {
		d, err := metrics.ProportionDifference(in.X1, in.N1, in.X2, in.N2, &metrics.DifferenceOptions{Method: method})
		require.NoError(k.T, err)
		k.limits(want, d.Low, d.High, -1, 1, d.Warnings, method.String())
	}
	test, err := metrics.ProportionTest(in.X1, in.N1, in.X2, in.N2)
	if out.Pooled[0] == nil { // 0/0
		require.ErrorIs(k.T, err, metrics.ErrUndefined)
		return
	}
	require.NoError(k.T, err)
	k.Near(*out.Pooled[0], test.Statistic, "pooled z")
	k.Near(*out.Pooled[1], test.P, "pooled p")
}

func (k *check) ratio() {
	var in struct{ X1, N1, X2, N2 int }
	var out map[string][2]float64
	k.Decode(&in, &out)
	for name, method := range map[string]metrics.RatioMethod{"log": metrics.RatioLog, "log-adjusted": metrics.RatioLogAdjusted, "score": metrics.RatioScore} {
		e, err := metrics.ProportionRatio(in.X1, in.N1, in.X2, in.N2, &metrics.RatioOptions{Method: method})
		require.NoError(k.T, err)
		k.Near(out[name][0], e.Low, name)
		k.Near(out[name][1], e.High, name)
	}
}

// simultaneousLimits compares the joint limits of the counts of the case.
func (k *check) simultaneousLimits(m metrics.SimultaneousMethod, low, high func(i int) float64) {
	var in struct{ Counts []int }
	require.NoError(k.T, json.Unmarshal(k.Input, &in))
	shares, err := metrics.SimultaneousShares(in.Counts, &metrics.SimultaneousOptions{Method: m})
	require.NoError(k.T, err)
	for i, e := range shares {
		k.Near(low(i), e.Low, "low")
		k.Near(high(i), e.High, "high")
	}
}

func (k *check) simultaneous(m metrics.SimultaneousMethod) {
	var out struct{ Lower, Upper []float64 }
	require.NoError(k.T, json.Unmarshal(k.Output, &out))
	k.simultaneousLimits(m, func(i int) float64 { return out.Lower[i] }, func(i int) float64 { return out.Upper[i] })
}

func (k *check) bothSimultaneous() {
	var out struct{ Goodman, Sison [][2]float64 }
	require.NoError(k.T, json.Unmarshal(k.Output, &out))
	k.simultaneousLimits(metrics.Goodman, func(i int) float64 { return out.Goodman[i][0] }, func(i int) float64 { return out.Goodman[i][1] })
	k.simultaneousLimits(metrics.SisonGlaz, func(i int) float64 { return out.Sison[i][0] }, func(i int) float64 { return out.Sison[i][1] })
}

func (k *check) delighted() {
	var in struct{ Counts map[string]int }
	var out struct {
		Top2, Pct, Mean, SD float64
		TCI                 [2]float64 `json:"t_ci"`
		Wilson              [2]float64
	}
	k.Decode(&in, &out)
	t := metrics.NewTally(cxmodel.Scale{Min: 1, Max: 5})
	for score := 1; score <= 5; score++ {
		require.NoError(k.T, t.AddN(float64(score), in.Counts[fmt.Sprint(score)]))
	}
	top, err := t.CSAT(nil)
	require.NoError(k.T, err)
	k.Near(out.Top2, top.Value, "top-2")
	k.Near(out.Pct, 100*top.Value, "per cent")
	k.limits(out.Wilson, top.Low, top.High, 0, 1, top.Warnings, "Wilson")
	mean, err := t.MeanCSAT(nil)
	require.NoError(k.T, err)
	k.Near(out.Mean, mean.Value, "mean")
	k.Near(out.SD, t.StdDev(), "sd")
	k.limits(out.TCI, mean.Low, mean.High, 1, 5, mean.Warnings, "t")
}

// poisson checks the exact limits. The peer finds them with R's uniroot at its default tolerance of 2^-13 in the expected
// count, which its own rel_tol overstates, so its printed limits are compared to that; ours must solve the defining
// equation P(X >= x | low) = P(X <= x | high) = .025, summed term by term, to 1e-12.
func (k *check) poisson() {
	atMost := func(x int, mean float64) float64 {
		sum, term := 0.0, math.Exp(-mean)
		for i := 0; i <= x; i++ {
			sum += term
			term *= mean / float64(i+1)
		}
		return sum
	}
	var in struct {
		X  []int
		PT []float64
	}
	var out struct{ Rate, Lower, Upper []float64 }
	k.Decode(&in, &out)
	for i, x := range in.X {
		e, err := metrics.EventRate(x, in.PT[i], nil)
		require.NoError(k.T, err)
		k.Near(out.Rate[i], e.Value, "rate")
		k.Within(0x1p-13/in.PT[i], out.Lower[i], e.Low, "low")
		k.Within(0x1p-13/in.PT[i], out.Upper[i], e.High, "high")
		if x > 0 {
			assert.InDelta(k.T, .975, atMost(x-1, e.Low*in.PT[i]), 1e-12)
		}
		assert.InEpsilon(k.T, .025, atMost(x, e.High*in.PT[i]), 1e-12)
	}
}
