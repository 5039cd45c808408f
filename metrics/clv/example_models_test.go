package clv_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/clv"
)

// The models of the CDNOW sample in weeks and dollars, as published.
var (
	exampleBG     = clv.BGNBD{R: .243, Alpha: 4.414, A: .793, B: 2.426}
	exampleMBG    = clv.MBGNBD{R: .525, Alpha: 6.183, A: .891, B: 1.614}
	examplePareto = clv.ParetoNBD{R: .553, Alpha: 10.578, S: .606, Beta: 11.669}
	exampleSpend  = clv.GammaGamma{P: 6.25, Q: 3.74, Gamma: 15.44}
)

// exampleBase makes up a base that behaves like CDNOW's.
func exampleBase() *clv.Summary {
	s, err := clv.Simulate(context.Background(), exampleMBG, &clv.SimulateOptions{
		Customers: 3000, Age: 39, Spread: 12, Holdout: 39, Unit: clv.Week, Spend: &exampleSpend, Currency: "USD", Seed: 1,
	})
	if err != nil {
		panic(err)
	}
	s.Currency = "USD"
	return s
}

func ExampleSimulate() {
	s := exampleBase()
	fmt.Println(len(s.Customers), "customers, observed for", s.Customers[0].Age > 27, "weeks")
	// Output:
	// 3000 customers, observed for true weeks
}

func ExampleModel() {
	// One customer, two views of whether he is still there.
	c := clv.Customer{Frequency: 0, Age: 38.86}
	for _, m := range []clv.Model{exampleBG, exampleMBG, examplePareto} {
		fmt.Printf("%-10s alive %.2f, next 39 weeks %.2f orders; a new customer %.2f a year\n", m.Name(), m.PAlive(c), m.ConditionalExpected(c, 39), m.Expected(52))
	}
	// Output:
	// BG/NBD     alive 1.00, next 39 weeks 0.20 orders; a new customer 1.45 a year
	// MBG/NBD    alive 0.39, next 39 weeks 0.15 orders; a new customer 1.42 a year
	// Pareto/NBD alive 0.30, next 39 weeks 0.11 orders; a new customer 1.47 a year
}

func ExampleFitMBGNBD() {
	fit, err := clv.FitMBGNBD(context.Background(), exampleBase(), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(fit.Status, fit.Names, fit.Unit)
	// Output:
	// converged [r alpha a b] week
}

func ExampleFitParetoNBD() {
	fit, err := clv.FitParetoNBD(context.Background(), exampleBase(), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	c := clv.Customer{Frequency: 7, Recency: 35, Age: 39}
	rate := clv.ContinuousRate(.15, 52) // 15 % a year on weekly data
	fmt.Println(fit.Status, fit.Model.DERT(c, rate) > fit.Model.ConditionalExpected(c, 39))
	// Output:
	// converged true
}

func ExampleFitGammaGamma() {
	fit, err := clv.FitGammaGamma(context.Background(), exampleBase(), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = clv.GammaGamma{P: 6, Q: .9, Gamma: 15}.Mean()
	fmt.Println(fit.Status)
	fmt.Println(err)
	// Output:
	// converged
	// clv: the mean is infinite: q is 0.9; a few customers spend without bound, so give the spend of each, or a median
}

func ExampleFitBGBB() {
	// Donors and six yearly appeals: who gave how often, and when last.
	s := &clv.Summary{Unit: clv.Year, Customers: []clv.Customer{
		{Frequency: 0, Age: 6, Weight: 350},
		{Frequency: 1, Recency: 1, Age: 6, Weight: 110},
		{Frequency: 2, Recency: 4, Age: 6, Weight: 60},
		{Frequency: 3, Recency: 6, Age: 6, Weight: 70},
		{Frequency: 6, Recency: 6, Age: 6, Weight: 120},
	}}
	fit, err := clv.FitBGBB(context.Background(), s, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range s.Customers {
		fmt.Printf("x %d, last %v: there at the next appeal %.2f\n", c.Frequency, c.Recency, fit.Model.PAlive(c))
	}
	// Output:
	// x 0, last 0: there at the next appeal 0.12
	// x 1, last 1: there at the next appeal 0.08
	// x 2, last 4: there at the next appeal 0.74
	// x 3, last 6: there at the next appeal 0.96
	// x 6, last 6: there at the next appeal 0.96
}

func ExampleFitBdW() {
	fit, err := clv.FitBdW(context.Background(), []clv.Cohort{{Alive: []int{1000, 869, 743, 653, 593, 551, 517, 491}}}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%v, after 12 years %.1f %%\n", fit.Status, 100*fit.Model.Survival(12))
	// Output:
	// converged, after 12 years 40.4 %
}

func ExampleHoldoutTable() {
	s := exampleBase()
	rows, err := clv.HoldoutTable(context.Background(), &clv.Fit[clv.MBGNBD]{Model: exampleMBG, Unit: clv.Week}, s, 3)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range rows {
		fmt.Printf("x %d: %.2f orders, %.2f expected\n", r.Frequency, r.Actual.Value, r.Expected)
	}
	// Output:
	// x 0: 0.19 orders, 0.18 expected
	// x 1: 0.54 orders, 0.55 expected
	// x 2: 1.02 orders, 0.96 expected
	// x 3: 3.15 orders, 3.05 expected
}

func ExampleShareAlive() {
	shares, err := clv.ShareAlive(context.Background(), exampleBase())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range shares {
		fmt.Printf("%-10s %2.0f %%\n", s.Model, 100*s.Share)
	}
	fmt.Println(shares[2].Caveat)
	// Output:
	// MBG/NBD    42 %
	// Pareto/NBD 43 %
	// BG/NBD     80 %
	// BG/NBD takes every customer without a repeat order for alive; for the share alive look at MBG/NBD or Pareto/NBD too
}

func ExampleDeltaInterval() {
	fit, err := clv.FitMBGNBD(context.Background(), exampleBase(), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	year, err := clv.DeltaInterval(fit, "orders of a new customer in a year", metrics.UnitCount, 0,
		func(m clv.MBGNBD) float64 { return m.Expected(52) })
	if err != nil {
		fmt.Println(err)
		return
	}
	truth := exampleMBG.Expected(52)
	fmt.Println(year.Low < truth && truth < year.High)
	// Output:
	// true
}

func ExampleFit_MarshalJSON() {
	fit := &clv.Fit[clv.GammaGamma]{Model: exampleSpend, Currency: "USD", LogLikelihood: -4055.9, Status: clv.Converged, Customers: 946}
	if err := json.NewEncoder(os.Stdout).Encode(fit); err != nil {
		fmt.Println(err)
	}
	var timing clv.Fit[clv.BGNBD]
	fmt.Println(json.Unmarshal([]byte(`{"model": "Gamma-Gamma", "parameters": {"p": 6.25, "q": 3.74, "gamma": 15.44}}`), &timing))
	// Output:
	// {"model":"Gamma-Gamma","currency":"USD","parameters":{"gamma":15.44,"p":6.25,"q":3.74},"log-likelihood":-4055.9,"status":"converged","iterations":0,"gradient":0,"customers":946,"rows":0}
	// clv: input outside its range: the saved model is "Gamma-Gamma", not "BG/NBD"
}

func ExampleChoose() {
	for _, c := range clv.Choose(clv.Business{Contract: true, Fixed: true}) {
		fmt.Printf("%s: %s (but %s)\n", c.Model, c.Why, c.Not)
	}
	// Output:
	// sBG: renewals at fixed dates, the loss is seen; two parameters explain why retention rises with age (but nobody's own risk changes with time)
	// BdW: as sBG, and a customer's own risk may rise or fall with time (but three parameters: a short cohort does not tell them apart)
}

func ExampleResidualValue() {
	// Subscribers by the number of their renewals, 10 % a year (Fader & Hardie 2010, Case 1).
	m := clv.SBG{Alpha: 3.80, Beta: 15.20}
	fmt.Printf("%.0f\n", clv.ResidualValue(m, 1, .1, []int{20500, 15200, 11340, 7961, 4391}))
	// Output:
	// 207438
}

func ExampleScoreRFM() {
	scores, err := clv.ScoreRFM(&clv.Summary{Unit: clv.Day, Customers: []clv.Customer{
		{ID: "anna", Frequency: 4, Recency: 95, Age: 100, MeanSpend: 10},
		{ID: "ben", Frequency: 0, Age: 3},
		{ID: "cleo", Frequency: 1, Recency: 10, Age: 100, MeanSpend: 90},
	}}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range scores {
		fmt.Println(s.ID, s.R, s.F, s.M, s.Segment)
	}
	// Output:
	// anna 2 4 2 at risk
	// ben 4 1 1 new
	// cleo 1 2 4 hibernating
}

func ExampleTransitions_Value() {
	spring := map[string]string{"anna": "regular", "ben": "regular", "cleo": "guest", "dora": "guest", "emil": "guest"}
	summer := map[string]string{"anna": "regular", "ben": "guest", "cleo": "regular", "dora": "guest", "emil": "gone"}
	m, err := clv.CountTransitions(spring, summer)
	if err != nil {
		fmt.Println(err)
		return
	}
	// Margin per quarter in the states gone, guest, regular; 2 % a quarter.
	v, err := m.Value([]float64{0, 20, 90}, .02)
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, state := range m.States {
		fmt.Printf("%s %.0f\n", state, v[i])
	}
	fmt.Printf("a guest who becomes a regular is worth %.0f more\n", v[2]-v[1])
	// Output:
	// gone 0
	// guest 216
	// regular 385
	// a guest who becomes a regular is worth 168 more
}

func ExampleByGroup() {
	s := exampleBase()
	p, err := clv.Predict(context.Background(), &clv.Fit[clv.MBGNBD]{Model: exampleMBG, Unit: clv.Week}, s, 52, &clv.ValueOptions{Spend: &clv.Fit[clv.GammaGamma]{Model: exampleSpend, Currency: "USD"}, Margin: .3})
	if err != nil {
		fmt.Println(err)
		return
	}
	says := map[string]string{"1": "promoter", "2": "promoter", "3": "passive", "4": "detractor", "5": "promoter", "6": "passive", "7": "promoter"}
	groups, unmatched, err := clv.ByGroup(p, s, func(id string) (string, bool) { g, ok := says[id]; return g, ok })
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, g := range groups {
		fmt.Println(g.Group, g.N)
	}
	fmt.Println(unmatched, "customers did not answer.", clv.Association)
	// Output:
	// detractor 1
	// passive 2
	// promoter 4
	// 2993 customers did not answer. This is association: customers who score higher may buy more for other reasons, and a raised score need not raise the value.
}

func ExampleReferrals_Value() {
	v, _ := clv.Referrals{PerPeriod: 2, Periods: 2, CLV: 100, Otherwise: .25, Saved: 20, Discount: .1}.Value()
	fmt.Printf("%.2f\n", v)
	// Output:
	// 329.75
}

func ExampleTerms_Elasticities() {
	e, _ := clv.Terms{Retention: .8, Discount: .1, Timing: clv.JustPaid}.Elasticities()
	fmt.Printf("1 %% more retention is worth %.2f %%, 1 %% more of the discount rate %.2f %%\n", e.Retention, e.Discount)
	// Output:
	// 1 % more retention is worth 3.67 %, 1 % more of the discount rate -0.33 %
}

func ExampleTrack() {
	file := "customer,date,amount\nanna,2026-01-05,10\nben,2026-01-06,10\nanna,2026-01-14,10\nben,2026-01-20,10\nanna,2026-01-25,10\n"
	orders := clv.NewReader(strings.NewReader(file), &clv.ReaderOptions{Currency: "EUR"})
	s, err := clv.Summarize(context.Background(), orders.All(), &clv.SummaryOptions{Unit: clv.Week})
	if err != nil {
		fmt.Println(err)
		return
	}
	rows, err := clv.Track(&clv.Fit[clv.BGNBD]{Model: exampleBG, Unit: clv.Week}, s, 7)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range rows {
		fmt.Printf("until %v: %v repeat orders, %.2f expected\n", r.Until, r.ActualC, r.ExpectedC)
	}
	// Output:
	// until 2026-01-11: 0 repeat orders, 0.10 expected
	// until 2026-01-18: 1 repeat orders, 0.20 expected
	// until 2026-01-25: 3 repeat orders, 0.30 expected
}

func ExampleRank() {
	ctx, s := context.Background(), exampleBase()
	bg, err := clv.FitBGNBD(ctx, s, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	mbg, err := clv.FitMBGNBD(ctx, s, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	ranks, err := clv.Rank(bg, mbg)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(ranks), "models, lowest AIC first:", ranks[0].AIC <= ranks[1].AIC)
	// Output:
	// 2 models, lowest AIC first: true
}

func ExampleBootstrap() {
	ctx, s := context.Background(), exampleBase()
	fit, err := clv.FitMBGNBD(ctx, s, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	year := func(m clv.MBGNBD) float64 { return m.Expected(52) }
	e, err := clv.Bootstrap(ctx, fit, s, clv.FitMBGNBD, "orders of a new customer in a year", metrics.UnitCount, &clv.BootstrapOptions{Draws: 40, Seed: 1}, year)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(e.Method, e.Missing, e.Low < e.Value && e.Value < e.High)
	// Output:
	// bootstrap 40 0 true
}

func ExampleProspectValue() {
	fit := &clv.Fit[clv.BGNBD]{Model: exampleBG, Unit: clv.Week}
	spend := &clv.Fit[clv.GammaGamma]{Model: exampleSpend, Currency: "USD"}
	p, err := clv.ProspectValue(fit, 52, &clv.ValueOptions{Spend: spend, Margin: .3, Discount: .01, Period: 52. / 12, Acquisition: 12})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.2f orders in a year, revenue %.2f, CLV %.2f, less the cost to win %.2f\n", p.Orders, p.Revenue, p.CLV, p.Net)
	// Output:
	// 2.45 orders in a year, revenue 83.48, CLV 25.04, less the cost to win 13.04
}

func ExampleCompare() {
	last := &clv.Fit[clv.SBG]{Model: clv.SBG{Alpha: .67, Beta: 3.8}, StdErr: []float64{.1, .8}}
	this := &clv.Fit[clv.SBG]{Model: clv.SBG{Alpha: 1.1, Beta: 3.9}, StdErr: []float64{.12, .8}}
	drift, err := clv.Compare(last, this)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range drift {
		fmt.Printf("%s %.2f to %.2f, z %.1f\n", d.Parameter, d.Old, d.New, d.Z)
	}
	// Output:
	// alpha 0.67 to 1.10, z 2.7
	// beta 3.80 to 3.90, z 0.1
}

func ExampleWriteMarkdown() {
	if err := clv.WriteMarkdown(os.Stdout, []clv.RFM{{ID: "anna", R: 5, F: 4, M: 4, Segment: "champions"}, {ID: "ben", R: 1, F: 1, M: 2, Segment: "hibernating"}}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// | id | r | f | m | segment |
	// | --- | ---: | ---: | ---: | --- |
	// | anna | 5 | 4 | 4 | champions |
	// | ben | 1 | 1 | 2 | hibernating |
}

func ExamplePriceChange_Factor() {
	// 10 % more on the price, elasticity -2, cost to serve 60 % of the old price.
	revenue, margin, _ := clv.PriceChange{Change: .1, Elasticity: -2, CostShare: .6}.Factor()
	fmt.Printf("revenue × %.2f, margin × %.2f\n", revenue, margin)
	// Output:
	// revenue × 0.91, margin × 1.03
}

func ExampleFrequencyTable() {
	rows, err := clv.FrequencyTable(context.Background(), &clv.Fit[clv.MBGNBD]{Model: exampleMBG, Unit: clv.Week}, exampleBase(), 2)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range rows {
		fmt.Printf("x %d: %.0f customers, %.0f expected\n", r.Frequency, r.Actual, r.Expected)
	}
	// Output:
	// x 0: 1790 customers, 1802 expected
	// x 1: 588 customers, 546 expected
	// x 2: 622 customers, 651 expected
}
