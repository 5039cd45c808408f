package metrics_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
)

// A refCase is one case of testdata/cases.json: numbers printed by another tool, which its peer and call name.
type refCase struct {
	ID     string          `json:"id"`
	Input  json.RawMessage `json:"input"`
	Output json.RawMessage `json:"output"`
	RelTol float64         `json:"rel_tol"`
}

// familyOf returns the family of a case: the first one or two words of its name.
func familyOf(id string) string {
	words := strings.Split(id, ".")
	if len(words) > 2 && words[0] != "km" && words[0] != "spc" {
		words = words[:2]
	}
	return strings.Join(words[:min(2, len(words))], ".")
}

// check compares the numbers of one case.
type check struct {
	*testing.T
	c              refCase
	compared, left int
}

func (k *check) near(want, got float64, what string) {
	k.Helper()
	k.compared++
	tol := k.c.RelTol * math.Abs(want)
	if want == 0 {
		tol = k.c.RelTol
	}
	assert.LessOrEqual(k.T, math.Abs(want-got), tol, "%s: want %.17g, got %.17g", what, want, got)
}

// p compares a p-value that the peer computed as 1 - Φ(z): to the case's tolerance or the last bit of 1, whichever is more.
func (k *check) p(want, got float64) {
	k.Helper()
	k.compared++
	assert.LessOrEqual(k.T, math.Abs(want-got), max(k.c.RelTol*want, 0x1p-52), "p: want %.17g, got %.17g", want, got)
}

// limits compares an interval with a peer's that may leave [-max, max]: then ours must be clamped there, and say so.
func (k *check) limits(want [2]float64, low, high, least, most float64, warnings metrics.Warning, what string) {
	k.Helper()
	k.near(max(want[0], least), low, what+" low")
	k.near(min(want[1], most), high, what+" high")
	assert.Equal(k.T, want[0] < least || want[1] > most, warnings.Has(metrics.WarnClamped), "%s: clamped", what)
}

func (k *check) decode(in, out any) {
	k.Helper()
	require.NoError(k.T, json.Unmarshal(k.c.Input, in))
	require.NoError(k.T, json.Unmarshal(k.c.Output, out))
}

// The runners, by family. A family that is not here belongs to a later package.
var runners = map[string]func(*check){
	"nps.wald": func(k *check) { k.npsWald(metrics.NPSWald) }, "nps.aw34": func(k *check) { k.npsWald(metrics.NPSAdjustedWald) },
	"nps.tango": (*check).npsTango, "nps.diff": (*check).npsDiff, "nps.paired": (*check).npsPaired,
	"bayes.jeffreys": (*check).bayes, "bayes.uniform": (*check).bayes,
	"prop.ci": (*check).propCI, "sm.prop": (*check).smProp, "sp.binomtest": (*check).binomTest, "sm.diff": (*check).smDiff,
	"csat.delighted": (*check).delighted, "rate.pois": (*check).poisson,
	"def.nrr": (*check).nrr, "def.fcr": (*check).fcr, "def.csat": (*check).defCSAT, "def.ces": (*check).defCES, "def.enps": (*check).defENPS,
	"def.nps": (*check).defNPS, "def.repeat": (*check).defRepeat, "def.retention": (*check).defRetention,
}

func TestEveryReferenceCaseThatBelongsHere(t *testing.T) {
	b, err := os.ReadFile("testdata/cases.json")
	require.NoError(t, err)
	var cases []refCase
	require.NoError(t, json.Unmarshal(b, &cases))
	require.Len(t, cases, 146)
	type line struct{ cases, run, compared, left int }
	table := map[string]*line{}
	for _, c := range cases {
		family := familyOf(c.ID)
		if table[family] == nil {
			table[family] = &line{}
		}
		l := table[family]
		l.cases++
		run := runners[family]
		if run == nil {
			continue
		}
		t.Run(c.ID, func(t *testing.T) {
			k := &check{T: t, c: c}
			run(k)
			assert.Positive(t, k.compared)
			l.run++
			l.compared += k.compared
			l.left += k.left
		})
	}
	var s strings.Builder
	fmt.Fprintf(&s, "%-22s %6s %4s %8s %s\n", "family", "cases", "run", "numbers", "left for later packages")
	var sum line
	for _, family := range slices.Sorted(maps.Keys(table)) {
		l := table[family]
		left := ""
		switch {
		case l.run == 0:
			left = "all"
		case l.left > 0:
			left = fmt.Sprintf("%d numbers of methods not offered", l.left)
		}
		fmt.Fprintf(&s, "%-22s %6d %4d %8d %s\n", family, l.cases, l.run, l.compared, left)
		sum.cases, sum.run, sum.compared = sum.cases+l.cases, sum.run+l.run, sum.compared+l.compared
	}
	fmt.Fprintf(&s, "%-22s %6d %4d %8d\n", "sum", sum.cases, sum.run, sum.compared)
	t.Log("\n" + s.String())
	assert.GreaterOrEqual(t, sum.run, 85)
}

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
		NPS, SE float64
		CI      [2]float64
		P       float64 `json:"p_value_vs_0"`
	}
	k.decode(&in, &out)
	e := k.nps(in, m)
	k.near(out.NPS, e.Value/100, "value")
	k.near(out.SE, e.StdErr/100, "standard error")
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
	k.decode(&in, &out)
	e := k.nps(in, metrics.NPSTango)
	k.near(out.CI[0], e.Low/100, "low")
	k.near(out.CI[1], e.High/100, "high")
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
	k.decode(&in, &out)
	m := metrics.NPSWald
	if strings.Contains(k.c.ID, "aw34") {
		m = metrics.NPSAdjustedWald
	}
	of := func(c [3]int) metrics.Estimate {
		return k.nps(bandInput{Detractors: c[0], Passives: c[1], Promoters: c[2]}, m)
	}
	d, err := metrics.Difference(of(in.X), of(in.Y))
	require.NoError(k.T, err)
	k.near(out.SE, d.StdErr/100, "standard error")
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
	k.near(out.Delta, delta/100, "difference")
	k.near(out.CI[0], low/100, "low")
	k.near(out.CI[1], high/100, "high")
	_, p := metrics.ZTest(delta, d.StdErr)
	k.p(out.P, p)
}

func (k *check) npsPaired() {
	var in bandInput
	var out struct {
		Tango, Wald [2]float64
		AgrestiMin  [2]float64 `json:"agresti_min"`
	}
	k.decode(&in, &out)
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
	k.decode(&in, &out)
	post := metrics.NPSPosterior{
		Detractors: float64(in.Detractors), Passives: float64(in.Passives), Promoters: float64(in.Promoters), Prior: in.Prior[0],
	}
	k.near(out.Mean, post.Mean()/100, "mean")
	k.near(out.SD, post.StdDev()/100, "sd")
	k.near(out.CI[0], post.Quantile(.025)/100, "low")
	k.near(out.CI[1], post.Quantile(.975)/100, "high")
	k.near(out.Positive, 1-post.CDF(0), "P(NPS > 0)")
	if in.Prior[0] == .5 {
		e := k.nps(in, metrics.NPSJeffreys)
		k.near(out.SD, e.StdErr/100, "sd")
		k.near(out.CI[0], e.Low/100, "low")
		k.near(out.CI[1], e.High/100, "high")
	}
}

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

func (k *check) nrr() {
	var in struct{ Start, Churned, Contraction, Expansion float64 }
	var out struct{ NRR, GRR float64 }
	k.decode(&in, &out)
	net, err := metrics.NetRevenueRetentionOf(in.Start, in.Expansion, in.Contraction, in.Churned)
	require.NoError(k.T, err)
	gross, err := metrics.GrossRevenueRetentionOf(in.Start, in.Contraction, in.Churned)
	require.NoError(k.T, err)
	k.near(out.NRR, net.Value, "net")
	k.near(out.GRR, gross.Value, "gross")
}

func (k *check) fcr() {
	var in struct {
		Resolved int
		NoReply  int `json:"resolved_zero_customer_replies"`
	}
	var out struct{ FCR float64 }
	k.decode(&in, &out)
	e, err := metrics.FirstContactResolutionOfResolved(in.NoReply, in.Resolved, nil)
	require.NoError(k.T, err)
	k.near(out.FCR, e.Value, "FCR")
}

func (k *check) defCSAT() {
	var in struct{ Good, Bad, Offered, N, Top2, Sum int }
	var out struct {
		CSAT, Mean float64
		Response   float64 `json:"response_rate"`
	}
	k.decode(&in, &out)
	if in.N == 0 { // "offered" are those that were asked and did not answer
		e, err := metrics.CSATGoodBad(in.Good, in.Bad, nil)
		require.NoError(k.T, err)
		k.near(out.CSAT, e.Value, "CSAT")
		e, err = metrics.ResponseRate(in.Good+in.Bad, in.Good+in.Bad+in.Offered, nil)
		require.NoError(k.T, err)
		k.near(out.Response, e.Value, "response rate")
		return
	}
	// Twenty answers on 1 to 10, ten of them 9 or 10, that sum to 137: 10 of 9, 3 of 4, 5 of 5, 2 of 5.
	scores := slices.Concat(slices.Repeat([]int{9}, in.Top2), []int{4, 4, 4, 5, 5, 5, 5, 5, 5, 5})
	require.Equal(k.T, in.Sum, 9*10+3*4+7*5)
	scale := cxmodel.Scale{Min: 1, Max: 10}
	e, err := metrics.CSAT(scores, scale, &metrics.ProportionOptions{Boxes: 2})
	require.NoError(k.T, err)
	k.near(out.CSAT, e.Value, "CSAT")
	e, err = metrics.MeanCSAT(scores, scale, nil)
	require.NoError(k.T, err)
	k.near(out.Mean, e.Value, "mean")
}

func (k *check) defCES() {
	var in struct{ Easy, Neutral, Difficult int }
	var out struct{ Index float64 }
	k.decode(&in, &out)
	e, err := metrics.CES2IndexOf(in.Difficult, in.Neutral, in.Easy, nil)
	require.NoError(k.T, err)
	k.near(out.Index, e.Value, "index")
}

func (k *check) defENPS() {
	var in struct {
		Promoters  float64   `json:"promoters_pct"`
		Passives   float64   `json:"passives_pct"`
		Detractors float64   `json:"detractors_pct"`
		Up         []float64 `json:"promoter_shares"`
		Down       []float64 `json:"detractor_shares"`
		Scores     []int
	}
	var out struct{ ENPS, NPS, Rounded float64 }
	k.decode(&in, &out)
	switch {
	case in.Scores != nil: // 1 to 10 needs its bands said: six detractor points
		_, err := metrics.TallyOf(in.Scores, metrics.TenPointBands().Scale).ENPS(nil)
		require.ErrorIs(k.T, err, metrics.ErrBands)
		e, err := metrics.ENPS(in.Scores, &metrics.NPSOptions{Bands: metrics.TenPointBands()})
		require.NoError(k.T, err)
		k.near(out.NPS, e.Value/100, "eNPS")
	case in.Up != nil: // shares only: the number of answers is not told
		up, down := 0.0, 0.0
		for _, x := range in.Up {
			up += x
		}
		for _, x := range in.Down {
			down += x
		}
		e, err := metrics.NPSOfWeights(down, 100-up-down, up, 100, 100, nil)
		require.NoError(k.T, err)
		k.near(out.ENPS, e.Value, "eNPS")
		k.near(out.Rounded, math.Round(e.Value), "rounded")
	default:
		e, err := metrics.ENPSOf(int(in.Detractors), int(in.Passives), int(in.Promoters), nil)
		require.NoError(k.T, err)
		k.near(out.ENPS, e.Value, "eNPS")
	}
}

func (k *check) defNPS() {
	var in struct {
		Detractors, Passives, Promoters int
		NoScore                         int `json:"no_score"`
		Counts                          []int
		X, Y                            [3]int
	}
	var out struct {
		NPS        json.RawMessage
		Late       string
		RoundLate  float64 `json:"round_late"`
		Valid      float64 `json:"valid_only"`
		All        float64 `json:"all_responses"`
		Remainders []int   `json:"largest_remainder"`
		Z          float64
	}
	k.decode(&in, &out)
	of := func(d, m, p int) metrics.Estimate {
		return k.nps(bandInput{Detractors: d, Passives: m, Promoters: p}, metrics.NPSTango)
	}
	var want float64
	switch k.c.ID {
	case "def.nps.roundtrap":
		require.NoError(k.T, json.Unmarshal(out.NPS, &want))
		e := of(in.Detractors, in.Passives, in.Promoters)
		k.near(want, e.Value, "NPS")
		k.compared++
		assert.True(k.T, strings.HasPrefix(e.String(), fmt.Sprintf("NPS %+.0f ", out.RoundLate)), e.String())
	case "def.nps.missing":
		k.near(out.Valid, of(in.Detractors, in.Passives, in.Promoters).Value/100, "answered")
		// A denominator of all responses counts the unanswered as passive.
		k.near(out.All, of(in.Detractors, in.Passives+in.NoScore, in.Promoters).Value/100, "all responses")
	case "def.nps.largest_remainder":
		got, err := metrics.Percents(in.Counts)
		require.NoError(k.T, err)
		assert.Equal(k.T, out.Remainders, got)
		k.compared += len(got)
	case "def.nps.overlap":
		a, b := of(in.X[0], in.X[1], in.X[2]), of(in.Y[0], in.Y[1], in.Y[2])
		d, err := metrics.Difference(a, b)
		require.NoError(k.T, err)
		var each [2]float64
		require.NoError(k.T, json.Unmarshal(out.NPS, &each))
		k.near(each[0], a.Value/100, "NPS")
		k.near(each[1], b.Value/100, "NPS")
		z, _ := metrics.ZTest(d.Value, d.StdErr)
		k.near(out.Z, z, "z")
		assert.True(k.T, d.ExcludesZero(), "the difference is real")
	default:
		k.Fatal("unknown case")
	}
}

func (k *check) defRepeat() {
	var in struct {
		Window [2]string
		Orders map[string][]string
	}
	var out struct {
		Repeat    float64 `json:"repeat_purchase_rate"`
		Returning float64 `json:"shopify_returning_rate"`
	}
	k.decode(&in, &out)
	var buyers, repeated, returning int
	for _, days := range in.Orders {
		inside := 0
		for _, d := range days {
			if in.Window[0] <= d && d <= in.Window[1] {
				inside++
			}
		}
		if inside == 0 {
			continue
		}
		buyers++
		if inside > 1 {
			repeated++
		}
		if len(days) > 1 {
			returning++
		}
	}
	e, err := metrics.RepeatPurchaseRate(repeated, buyers, nil)
	require.NoError(k.T, err)
	k.near(out.Repeat, e.Value, "repeat")
	e, err = metrics.ReturningCustomerRate(returning, buyers, nil)
	require.NoError(k.T, err)
	k.near(out.Returning, e.Value, "returning")
}

func (k *check) defRetention() {
	var in struct {
		Day     int
		Bracket [2]int
		AsOf    int `json:"as_of_day"`
		Users   map[string]struct {
			Start  int
			Active []int
		}
	}
	var out struct {
		On       float64  `json:"on_day7"`
		After    float64  `json:"on_or_after_day7"`
		Bracket  float64  `json:"bracket_7_13"`
		Eligible []string `json:"eligible"`
	}
	k.decode(&in, &out)
	var customers []metrics.Activity
	for _, u := range in.Users {
		customers = append(customers, metrics.Activity{Start: u.Start, Days: u.Active})
	}
	on, err := metrics.RetentionOnDay(customers, in.Day, in.AsOf, nil)
	require.NoError(k.T, err)
	k.near(out.On, on.Value, "on day")
	assert.Equal(k.T, len(out.Eligible), on.N)
	assert.Equal(k.T, len(customers)-len(out.Eligible), on.Missing)
	after, err := metrics.RetentionOnOrAfter(customers, in.Day, in.AsOf, nil)
	require.NoError(k.T, err)
	k.near(out.After, after.Value, "on or after")
	bracket, err := metrics.RetentionInBracket(customers, in.Bracket[0], in.Bracket[1], in.AsOf, nil)
	require.NoError(k.T, err)
	k.near(out.Bracket, bracket.Value, "bracket")
}
