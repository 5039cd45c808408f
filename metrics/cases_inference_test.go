package metrics_test

import (
	"encoding/json"
	"math"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/internal/refcase"
	"github.com/cxmodel/cxmodel/metrics"
)

// adjust compares the adjusted p-values that the two peers print, by the names they have for the methods.
func (k *check) adjust() {
	var in struct{ P []float64 }
	var out map[string][]float64
	k.Decode(&in, &out)
	for name, want := range out {
		method, ok := map[string]metrics.Adjustment{
			"bonferroni": metrics.Bonferroni, "holm": metrics.Holm, "hochberg": metrics.Hochberg, "simes-hochberg": metrics.Hochberg, "hommel": metrics.Hommel,
			"BH": metrics.BenjaminiHochberg, "fdr_bh": metrics.BenjaminiHochberg, "BY": metrics.BenjaminiYekutieli, "fdr_by": metrics.BenjaminiYekutieli,
			"sidak": metrics.Sidak, "holm-sidak": metrics.HolmSidak,
		}[name]
		if !ok { // the two-stage method needs a level, and adjusted p-values that depend on it mislead
			k.LeaveOut()
			continue
		}
		got, err := metrics.AdjustPValues(in.P, method)
		require.NoError(k.T, err)
		for i := range want {
			k.Near(want[i], got[i], name)
		}
	}
}

func (k *check) chiSquare() {
	var in struct{ A, B []int }
	var out struct{ ChiSq, DF, P float64 }
	k.Decode(&in, &out)
	test, err := metrics.ChiSquare([][]int{in.A, in.B})
	require.NoError(k.T, err)
	k.Near(out.ChiSq, test.Statistic, "chi-square")
	k.Near(out.DF, test.DF, "df")
	k.Near(out.P, test.P, "p")
}

func (k *check) trend() {
	var in struct{ X, N []int }
	var out struct{ ChiSq, P float64 }
	k.Decode(&in, &out)
	test, err := metrics.Trend(in.X, in.N, nil)
	require.NoError(k.T, err)
	k.Near(out.ChiSq, test.Statistic, "chi-square")
	k.Near(out.P, test.P, "p")
}

func (k *check) mannWhitney() {
	var in struct{ X, Y []int }
	var out struct{ W, P float64 }
	k.Decode(&in, &out)
	r, err := metrics.MannWhitney(in.X, in.Y, nil)
	require.NoError(k.T, err)
	k.Near(out.W, r.Test.Statistic, "W")
	k.Near(out.P, r.Test.P, "p")
	k.Near(out.W/float64(len(in.X)*len(in.Y)), r.Superiority.Value, "superiority")
}

// attitudeRows returns the answers of case data.attitude, columns in the order of their names.
func (k *check) attitudeRows() [][]float64 {
	var out struct{ Rows []map[string]float64 }
	require.NoError(k.T, json.Unmarshal(refcase.Named(k.T, "data.attitude").Output, &out))
	rows := make([][]float64, len(out.Rows))
	for r, row := range out.Rows {
		for _, name := range []string{"rating", "complaints", "privileges", "learning", "raises", "critical", "advance"} {
			rows[r] = append(rows[r], row[name])
		}
	}
	return rows
}

func (k *check) alpha() {
	var out struct {
		Raw float64 `json:"raw_alpha"`
		Std float64 `json:"std_alpha"`
		R   float64 `json:"average_r"`
	}
	require.NoError(k.T, json.Unmarshal(k.Output, &out))
	r, err := metrics.CronbachAlpha(k.attitudeRows(), nil)
	require.NoError(k.T, err)
	k.Near(out.Raw, r.Alpha.Value, "alpha")
	k.Near(out.Std, r.Standardized, "standardized")
	k.Near(out.R, r.MeanCorrelation, "mean correlation")
}

func (k *check) npsSampleSize() {
	var in struct{ Var, MOE, Conf float64 }
	var out struct {
		N    float64
		Ceil int `json:"n_ceil"`
	}
	k.Decode(&in, &out)
	s, err := metrics.NPSSampleSize(in.Var, 100*in.MOE, &metrics.SampleSizeOptions{Level: in.Conf})
	require.NoError(k.T, err)
	k.Near(out.N, s.Exact, "n")
	k.Same(out.Ceil, s.N, "n rounded up")
}

func (k *check) powerProportion() {
	var in struct{ P1, P2, Power, Alpha float64 }
	var out struct{ N float64 }
	k.Decode(&in, &out)
	s, err := metrics.ProportionDifferenceSampleSize(in.P1, in.P2, &metrics.SampleSizeOptions{Level: 1 - in.Alpha, Power: in.Power})
	require.NoError(k.T, err)
	k.Near(out.N, s.Exact, "n")
}

func (k *check) powerMean() {
	var in struct{ Delta, SD, Power, Alpha float64 }
	var out struct {
		N float64
		Z float64 `json:"z_n"`
	}
	k.Decode(&in, &out)
	s, err := metrics.MeanDifferenceSampleSize(in.Delta, in.SD, &metrics.SampleSizeOptions{Level: 1 - in.Alpha, Power: in.Power})
	require.NoError(k.T, err)
	k.Near(out.N, s.Exact, "n")
	// With the variance known the t test becomes the z test: NPS points of the same variance, 3 less for the adjusted Wald.
	z, err := metrics.NPSDifferenceSampleSize(in.SD*in.SD, in.SD*in.SD, 100*in.Delta, &metrics.SampleSizeOptions{Level: 1 - in.Alpha, Power: in.Power})
	require.NoError(k.T, err)
	k.Near(out.Z, z.Exact+3, "z")
}

func (k *check) proportionSampleSize() {
	var in struct{ P, Half, Conf float64 }
	var out struct{ N float64 }
	k.Decode(&in, &out)
	s, err := metrics.ProportionSampleSize(in.P, in.Half, &metrics.SampleSizeOptions{Level: in.Conf})
	require.NoError(k.T, err)
	k.Near(out.N, s.Exact, "n")
}

func (k *check) bootstrap() {
	var in struct{ Counts [3]int }
	var out struct {
		CI [2]float64
		SE float64
	}
	k.Decode(&in, &out)
	e, err := metrics.BootstrapNPS(in.Counts[0], in.Counts[1], in.Counts[2], nil)
	require.NoError(k.T, err)
	k.Near(out.CI[0], e.Low/100, "low")
	k.Near(out.CI[1], e.High/100, "high")
	k.Near(out.SE, e.StdErr/100, "se")
}

func (k *check) wallet() {
	var in struct {
		N    []int
		Rank []float64
	}
	var out struct{ Share []float64 }
	k.Decode(&in, &out)
	for i, want := range out.Share {
		got, err := metrics.WalletAllocation(in.Rank[i], in.N[i])
		require.NoError(k.T, err)
		k.Near(want, got, "share")
	}
}

func (k *check) servqual() {
	names := []string{"tangibles", "reliability", "responsiveness", "assurance", "empathy"}
	var in struct {
		P, E    map[string][]float64
		Weights map[string]float64
	}
	var out struct {
		Gaps                 map[string]float64
		Unweighted, Weighted float64
	}
	k.Decode(&in, &out)
	var a metrics.ServqualAnswer
	var opts metrics.ServqualOptions
	item := 0
	for d, name := range names {
		opts.Weights[d] = in.Weights[name]
		copy(a.Expectations[item:], in.E[name])
		item += copy(a.Perceptions[item:], in.P[name])
	}
	require.Equal(k.T, 22, item)
	r, err := metrics.SERVQUAL([]metrics.ServqualAnswer{a}, &opts)
	require.NoError(k.T, err)
	for d, name := range names {
		k.Near(out.Gaps[name], r.Gaps[d].Value, name)
	}
	k.Near(out.Unweighted, r.Unweighted.Value, "unweighted")
	k.Near(out.Weighted, r.Weighted.Value, "weighted")
	assert.True(k.T, math.IsNaN(r.Reliability[0].Alpha.Value), "one respondent has no reliability")
}
