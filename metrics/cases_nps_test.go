package metrics_test

import (
	"math"
	"strings"

	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
)

type bandInput struct {
	Detractors, Passives, Promoters int
	Conf                            float64
	Prior                           [3]float64
}

func (k *check) nps(in bandInput, m metrics.NPSMethod) metrics.Estimate {
	k.Helper()
	e, err := metrics.NPSOf(in.Detractors, in.Passives, in.Promoters, &metrics.NPSOptions{Level: in.Conf, Method: m})
	require.NoError(k.T, err)
	return e
}

// npsWald checks a method of the form centre ± z·SE; the peer does not clamp its limits.
func (k *check) npsWald(m metrics.NPSMethod) {
	var in bandInput
	var out struct {
		NPS, SE  float64
		Variance *float64 // of one answer; the peer gives it where it is not adjusted
		CI       [2]float64
		P        float64 `json:"p_value_vs_0"`
	}
	k.Decode(&in, &out)
	e := k.nps(in, m)
	k.Near(out.NPS, e.Value/100, "value")
	k.Near(out.SE, e.StdErr/100, "standard error")
	if out.Variance != nil {
		k.Near(*out.Variance, e.EffectiveN*math.Pow(e.StdErr/100, 2), "variance")
	}
	k.limits(out.CI, e.Low/100, e.High/100, -1, 1, e.Warnings, "interval")
	// The peer tests the centre of the interval, which the adjustment moves away from the value.
	centre := e.Low + 1.959963984540054*e.StdErr
	if m == metrics.NPSWald {
		centre = e.Value
	}
	_, p := metrics.ZTest(centre, e.StdErr)
	if out.SE == 0 && out.NPS == 0 {
		p = 1
	}
	k.p(out.P, p)
}

func (k *check) npsTango() {
	var in bandInput
	var out struct{ CI [2]float64 }
	k.Decode(&in, &out)
	e := k.nps(in, metrics.NPSTango)
	k.Near(out.CI[0], e.Low/100, "low")
	k.Near(out.CI[1], e.High/100, "high")
}

// npsDiff checks two-sample Wald intervals. The peer loses the sign, and with the adjustment takes the difference of
// the adjusted scores, which are the middles of our intervals.
func (k *check) npsDiff() {
	var in struct{ X, Y [3]int }
	var out struct {
		Delta float64 `json:"delta_abs"`
		SE, P float64
		CI    [2]float64
	}
	k.Decode(&in, &out)
	m := metrics.NPSWald
	if strings.Contains(k.ID, "aw34") {
		m = metrics.NPSAdjustedWald
	}
	of := func(c [3]int) metrics.Estimate {
		return k.nps(bandInput{Detractors: c[0], Passives: c[1], Promoters: c[2]}, m)
	}
	d, err := metrics.Difference(of(in.X), of(in.Y))
	require.NoError(k.T, err)
	k.Near(out.SE, d.StdErr/100, "standard error")
	delta := d.Value
	if m == metrics.NPSAdjustedWald {
		require.False(k.T, (d.A.Warnings | d.B.Warnings).Has(metrics.WarnClamped))
		delta = (d.A.Low+d.A.High)/2 - (d.B.Low+d.B.High)/2
	}
	const z = 1.959963984540054
	low, high := delta-z*d.StdErr, delta+z*d.StdErr
	if m == metrics.NPSWald { // here MOVER is the Wald interval of the difference
		low, high = d.Low, d.High
	}
	if delta < 0 { // the peer's sign
		low, high, delta = -high, -low, -delta
	}
	k.Near(out.Delta, delta/100, "difference")
	k.Near(out.CI[0], low/100, "low")
	k.Near(out.CI[1], high/100, "high")
	_, p := metrics.ZTest(delta, d.StdErr)
	k.p(out.P, p)
}

func (k *check) npsPaired() {
	var in bandInput
	var out struct {
		Tango, Wald [2]float64
		AgrestiMin  [2]float64 `json:"agresti_min"`
	}
	k.Decode(&in, &out)
	for m, want := range map[metrics.NPSMethod][2]float64{metrics.NPSTango: out.Tango, metrics.NPSWald: out.Wald, metrics.NPSAgrestiMin: out.AgrestiMin} {
		e := k.nps(in, m)
		k.limits(want, e.Low/100, e.High/100, -1, 1, e.Warnings, m.String())
	}
}

func (k *check) bayes() {
	var in bandInput
	var out struct {
		Mean, SD float64
		CI       [2]float64
		Positive float64 `json:"p_gt_0"`
	}
	k.Decode(&in, &out)
	post := metrics.NPSPosterior{
		Detractors: float64(in.Detractors), Passives: float64(in.Passives), Promoters: float64(in.Promoters), Prior: in.Prior[0],
	}
	k.Near(out.Mean, post.Mean()/100, "mean")
	k.Near(out.SD, post.StdDev()/100, "sd")
	k.Near(out.CI[0], post.Quantile(.025)/100, "low")
	k.Near(out.CI[1], post.Quantile(.975)/100, "high")
	k.Near(out.Positive, 1-post.CDF(0), "P(NPS > 0)")
	if in.Prior[0] == .5 {
		e := k.nps(in, metrics.NPSJeffreys)
		k.Near(out.SD, e.StdErr/100, "sd")
		k.Near(out.CI[0], e.Low/100, "low")
		k.Near(out.CI[1], e.High/100, "high")
	}
}
