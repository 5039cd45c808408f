package metrics_test

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
)

func (k *check) nrr() {
	var in struct{ Start, Churned, Contraction, Expansion float64 }
	var out struct{ NRR, GRR float64 }
	k.Decode(&in, &out)
	net, err := metrics.NetRevenueRetentionOf(in.Start, in.Expansion, in.Contraction, in.Churned)
	require.NoError(k.T, err)
	gross, err := metrics.GrossRevenueRetentionOf(in.Start, in.Contraction, in.Churned)
	require.NoError(k.T, err)
	k.Near(out.NRR, net.Value, "net")
	k.Near(out.GRR, gross.Value, "gross")
}

func (k *check) fcr() {
	var in struct {
		Resolved int
		NoReply  int `json:"resolved_zero_customer_replies"`
	}
	var out struct{ FCR float64 }
	k.Decode(&in, &out)
	e, err := metrics.FirstContactResolutionOfResolved(in.NoReply, in.Resolved, nil)
	require.NoError(k.T, err)
	k.Near(out.FCR, e.Value, "FCR")
}

func (k *check) defCSAT() {
	var in struct{ Good, Bad, Offered, N, Top2, Sum int }
	var out struct {
		CSAT, Mean float64
		Response   float64 `json:"response_rate"`
	}
	k.Decode(&in, &out)
	if in.N == 0 { // "offered" are those that were asked and did not answer
		e, err := metrics.CSATGoodBad(in.Good, in.Bad, nil)
		require.NoError(k.T, err)
		k.Near(out.CSAT, e.Value, "CSAT")
		e, err = metrics.ResponseRate(in.Good+in.Bad, in.Good+in.Bad+in.Offered, nil)
		require.NoError(k.T, err)
		k.Near(out.Response, e.Value, "response rate")
		return
	}
	// Twenty answers on 1 to 10, ten of them 9 or 10, that sum to 137: 10 of 9, 3 of 4, 5 of 5, 2 of 5.
	scores := slices.Concat(slices.Repeat([]int{9}, in.Top2), []int{4, 4, 4, 5, 5, 5, 5, 5, 5, 5})
	require.Equal(k.T, in.Sum, 9*10+3*4+7*5)
	scale := cxmodel.Scale{Min: 1, Max: 10}
	e, err := metrics.CSAT(scores, scale, &metrics.ProportionOptions{Boxes: 2})
	require.NoError(k.T, err)
	k.Near(out.CSAT, e.Value, "CSAT")
	e, err = metrics.MeanCSAT(scores, scale, nil)
	require.NoError(k.T, err)
	k.Near(out.Mean, e.Value, "mean")
}

func (k *check) defCES() {
	var in struct{ Easy, Neutral, Difficult int }
	var out struct{ Index float64 }
	k.Decode(&in, &out)
	e, err := metrics.CES2IndexOf(in.Difficult, in.Neutral, in.Easy, nil)
	require.NoError(k.T, err)
	k.Near(out.Index, e.Value, "index")
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
	k.Decode(&in, &out)
	switch {
	case in.Scores != nil: // 1 to 10 needs its bands said: six detractor points
		_, err := metrics.TallyOf(in.Scores, metrics.TenPointBands().Scale).ENPS(nil)
		require.ErrorIs(k.T, err, metrics.ErrBands)
		e, err := metrics.ENPS(in.Scores, &metrics.NPSOptions{Bands: metrics.TenPointBands()})
		require.NoError(k.T, err)
		k.Near(out.NPS, e.Value/100, "eNPS")
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
		k.Near(out.ENPS, e.Value, "eNPS")
		k.Near(out.Rounded, math.Round(e.Value), "rounded")
	default:
		e, err := metrics.ENPSOf(int(in.Detractors), int(in.Passives), int(in.Promoters), nil)
		require.NoError(k.T, err)
		k.Near(out.ENPS, e.Value, "eNPS")
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
	k.Decode(&in, &out)
	of := func(d, m, p int) metrics.Estimate {
		return k.nps(bandInput{Detractors: d, Passives: m, Promoters: p}, metrics.NPSTango)
	}
	var want float64
	switch k.ID {
	case "def.nps.roundtrap":
		require.NoError(k.T, json.Unmarshal(out.NPS, &want))
		e := of(in.Detractors, in.Passives, in.Promoters)
		k.Near(want, e.Value, "NPS")
		assert.True(k.T, strings.HasPrefix(e.String(), fmt.Sprintf("NPS %+.0f ", out.RoundLate)), e.String())
	case "def.nps.missing":
		k.Near(out.Valid, of(in.Detractors, in.Passives, in.Promoters).Value/100, "answered")
		// A denominator of all responses counts the unanswered as passive.
		k.Near(out.All, of(in.Detractors, in.Passives+in.NoScore, in.Promoters).Value/100, "all responses")
	case "def.nps.largest_remainder":
		got, err := metrics.Percents(in.Counts)
		require.NoError(k.T, err)
		k.Same(out.Remainders, got, "per cent")
	case "def.nps.overlap":
		a, b := of(in.X[0], in.X[1], in.X[2]), of(in.Y[0], in.Y[1], in.Y[2])
		d, err := metrics.Difference(a, b)
		require.NoError(k.T, err)
		var each [2]float64
		require.NoError(k.T, json.Unmarshal(out.NPS, &each))
		k.Near(each[0], a.Value/100, "NPS")
		k.Near(each[1], b.Value/100, "NPS")
		z, _ := metrics.ZTest(d.Value, d.StdErr)
		k.Near(out.Z, z, "z")
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
	k.Decode(&in, &out)
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
	k.Near(out.Repeat, e.Value, "repeat")
	e, err = metrics.ReturningCustomerRate(returning, buyers, nil)
	require.NoError(k.T, err)
	k.Near(out.Returning, e.Value, "returning")
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
		On       float64 `json:"on_day7"`
		After    float64 `json:"on_or_after_day7"`
		Bracket  float64 `json:"bracket_7_13"`
		Eligible []string
		Finished []string `json:"eligible_bracket"`
	}
	k.Decode(&in, &out)
	var customers []metrics.Activity
	for _, u := range in.Users {
		customers = append(customers, metrics.Activity{Start: u.Start, Days: u.Active})
	}
	on, err := metrics.RetentionOnDay(customers, in.Day, in.AsOf, nil)
	require.NoError(k.T, err)
	k.Near(out.On, on.Value, "on day")
	k.Same(len(out.Eligible), on.N, "eligible")
	assert.Equal(k.T, len(customers)-len(out.Eligible), on.Missing)
	after, err := metrics.RetentionOnOrAfter(customers, in.Day, in.AsOf, nil)
	require.NoError(k.T, err)
	k.Near(out.After, after.Value, "on or after")
	bracket, err := metrics.RetentionInBracket(customers, in.Bracket[0], in.Bracket[1], in.AsOf, nil)
	require.NoError(k.T, err)
	k.Near(out.Bracket, bracket.Value, "bracket")
	k.Same(len(out.Finished), bracket.N, "eligible for the bracket")
}
