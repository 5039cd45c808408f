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
	require.NoError(k.T, json.Unmarshal(k.c.Output, &out))
	for name, raw := range out {
		m, ok := methods[name]
		if !ok {
			k.left++
			continue
		}
		var want [2]float64
		require.NoError(k.T, json.Unmarshal(raw, &want))
		e, err := metrics.Proportion(x, n, &metrics.ProportionOptions{Level: level, Method: m})
		require.NoError(k.T, err)
		if k.c.ID[:3] == "sm." { // this peer clamps in silence
			k.near(want[0], e.Low, name)
			k.near(want[1], e.High, name)
			continue
		}
		k.limits(want, e.Low, e.High, 0, 1, e.Warnings, name)
	}
}

func (k *check) propCI() {
	var in struct{ X, N int }
	require.NoError(k.T, json.Unmarshal(k.c.Input, &in))
	k.proportion(in.X, in.N, .95, map[string]metrics.ProportionMethod{
		"wilson": metrics.Wilson, "exact": metrics.ClopperPearson, "agresti-coull": metrics.AgrestiCoull, "asymptotic": metrics.Wald, "jeffreys_equal_tail": metrics.Jeffreys,
	})
}

func (k *check) smProp() {
	var in struct {
		X, N int
		Conf float64
	}
	require.NoError(k.T, json.Unmarshal(k.c.Input, &in))
	k.proportion(in.X, in.N, in.Conf, map[string]metrics.ProportionMethod{
		"wilson": metrics.Wilson, "beta": metrics.ClopperPearson, "agresti_coull": metrics.AgrestiCoull, "normal": metrics.Wald, "jeffreys": metrics.Jeffreys,
	})
}

func (k *check) binomTest() {
	var in struct{ X, N int }
	require.NoError(k.T, json.Unmarshal(k.c.Input, &in))
	k.proportion(in.X, in.N, .95, map[string]metrics.ProportionMethod{"wilson": metrics.Wilson, "exact": metrics.ClopperPearson})
}

// smDiff checks differences of proportions: MOVER from Wilson is Newcombe's method 10, from Wald the Wald interval, and
// from Wald on one success and one failure more in each group the interval of Agresti and Caffo.
func (k *check) smDiff() {
	var in struct{ X1, N1, X2, N2 int }
	var out struct {
		Wald, Newcomb [2]float64
		Caffo         [2]float64 `json:"agresti-caffo"`
	}
	k.decode(&in, &out)
	k.left += 3 // pooled z-test, Miettinen-Nurminen, Mee
	difference := func(m metrics.ProportionMethod, add int) metrics.Comparison {
		a, err := metrics.Proportion(in.X1+add, in.N1+2*add, &metrics.ProportionOptions{Method: m})
		require.NoError(k.T, err)
		b, err := metrics.Proportion(in.X2+add, in.N2+2*add, &metrics.ProportionOptions{Method: m})
		require.NoError(k.T, err)
		d, err := metrics.Difference(a, b)
		require.NoError(k.T, err)
		return d
	}
	for _, c := range []struct {
		name string
		want [2]float64
		got  metrics.Comparison
	}{
		{"wald", out.Wald, difference(metrics.Wald, 0)},
		{"agresti-caffo", out.Caffo, difference(metrics.Wald, 1)},
		{"newcombe", out.Newcomb, difference(metrics.Wilson, 0)},
	} {
		k.limits(c.want, c.got.Low, c.got.High, -1, 1, c.got.Warnings, c.name)
	}
}

func (k *check) delighted() {
	var in struct{ Counts map[string]int }
	var out struct {
		Top2, Pct, Mean, SD float64
		TCI                 [2]float64 `json:"t_ci"`
		Wilson              [2]float64
	}
	k.decode(&in, &out)
	t := metrics.NewTally(cxmodel.Scale{Min: 1, Max: 5})
	for score := 1; score <= 5; score++ {
		require.NoError(k.T, t.AddN(float64(score), in.Counts[fmt.Sprint(score)]))
	}
	top, err := t.CSAT(nil)
	require.NoError(k.T, err)
	k.near(out.Top2, top.Value, "top-2")
	k.near(out.Pct, 100*top.Value, "per cent")
	k.limits(out.Wilson, top.Low, top.High, 0, 1, top.Warnings, "Wilson")
	mean, err := t.MeanCSAT(nil)
	require.NoError(k.T, err)
	k.near(out.Mean, mean.Value, "mean")
	k.near(out.SD, t.StdDev(), "sd")
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
	k.decode(&in, &out)
	for i, x := range in.X {
		e, err := metrics.ChurnPerExposure(x, in.PT[i], nil)
		require.NoError(k.T, err)
		k.near(out.Rate[i], e.Value, "rate")
		assert.InDelta(k.T, out.Lower[i], e.Low, 0x1p-13/in.PT[i], "low")
		assert.InDelta(k.T, out.Upper[i], e.High, 0x1p-13/in.PT[i], "high")
		k.compared += 2
		if x > 0 {
			assert.InDelta(k.T, .975, atMost(x-1, e.Low*in.PT[i]), 1e-12)
		}
		assert.InEpsilon(k.T, .025, atMost(x, e.High*in.PT[i]), 1e-12)
	}
}
