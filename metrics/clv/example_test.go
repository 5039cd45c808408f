package clv_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics/clv"
)

func ExampleReader() {
	file := "customer,date,amount\nanna,2026-03-01,12.50\nben,2026-03-01,8\nanna,next week,9.90\nanna,2026-03-08,11.05\n"
	r := clv.NewReader(strings.NewReader(file), &clv.ReaderOptions{Name: "orders.csv", Currency: "EUR"})
	for o, err := range r.All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(o.Customer, o.Time.Format("2 Jan"), o.Amount)
	}
	issues, n := r.Rejected()
	fmt.Println(n, "of", r.Rows(), "rows rejected:")
	fmt.Println(issues[0])
	// Output:
	// anna 1 Mar 12.50 EUR
	// ben 1 Mar 8.00 EUR
	// anna 8 Mar 11.05 EUR
	// 1 of 4 rows rejected:
	// orders.csv:4: warning: the time "next week" is not written as in 2006-01-02, 20060102 or 2006-01-02T15:04:05Z; say how in Layouts [bad-time]
}

func ExampleCLV() {
	// A subscriber brings a margin of 100 a year, 80 % renew, money costs 10 % a year.
	terms := clv.Terms{Retention: .8, Discount: .1, Timing: clv.PayAtStart}
	value, _ := clv.CLV(100, terms)
	fmt.Printf("a new customer %.2f\n", value)
	terms.Timing = clv.JustPaid
	value, _ = clv.CLV(100, terms)
	fmt.Printf("who has just paid %.2f\n", value)
	// Output:
	// a new customer 366.67
	// who has just paid 266.67
}

func ExampleLifetimeRevenueFromCurve() {
	// 1,000 subscribers of 240 a year, 869 and 743 of them left after one year and two.
	curve, err := clv.CurveFromCounts([]int{1000, 869, 743})
	if err != nil {
		fmt.Println(err)
		return
	}
	seen, _ := clv.LifetimeRevenueFromCurve(240, curve, clv.Terms{Discount: .1, Timing: clv.PayAtStart})
	onward, _ := clv.LifetimeRevenueFromCurve(240, curve, clv.Terms{Discount: .1, Retention: .85, Timing: clv.PayAtStart})
	fmt.Printf("in three years %.2f, with 85 %% retention from then on %.2f\n", seen, onward)
	// Output:
	// in three years 576.97, with 85 % retention from then on 1078.04
}

func ExampleDescribe() {
	// The public CDNOW sample becomes such a file by
	// converged 5 rows, 100 customers
	// alive 0.92, orders in the next 10 weeks 1.47
	// alive 0.16, orders in the next 10 weeks 0.15
	//	awk 'BEGIN {print "customer,date,amount"} {gsub(/\r/, ""); print $1 "," $3 "," $5}' CDNOW_sample.txt
	file := `customer,date,amount
anna,2026-01-07,12.50
dora,2026-01-20,9.00
ben,2026-02-01,8.00
fred,2026-02-10,12.00
dora,2026-03-02,9.50
cleo,2026-03-09,19.90
emil,2026-03-15,14.00
anna,2026-04-08,11.50
ben,2026-05-11,10.00
fred,2026-06-30,12.10
`
	orders := clv.NewReader(strings.NewReader(file), &clv.ReaderOptions{Currency: "EUR"})
	o, err := clv.Describe(context.Background(), orders.All(), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(o)
	// Output:
	// 10 orders of 6 customers, 2026-01-07 to 2026-06-30
	// 4 bought again on another day: repeat rate 66.7 % (95 % CI 30.0..90.3 %, n=6, Wilson)
	// revenue 118.50 EUR
	// revenue per order 11.85 (95 % CI 9.44..14.26, n=10, t)
	// revenue per customer 19.75 (95 % CI 15.69..23.81, n=6, t)
	// lifetime revenue over 2 quarters 19.75 (95 % CI 15.69..23.81, n=6, t)
}

func ExampleSummarize() {
	file := "customer,date,amount\nanna,2026-01-01,12.50\nben,2026-01-05,8.00\nanna,2026-01-15,11.50\nanna,2026-01-15,3.50\nanna,2026-03-01,9.00\nben,2026-03-10,8.00\n"
	orders := clv.NewReader(strings.NewReader(file), &clv.ReaderOptions{Currency: "EUR"})
	s, err := clv.Summarize(context.Background(), orders.All(), &clv.SummaryOptions{
		Unit:       clv.Week,
		End:        cxmodel.Date{Year: 2026, Month: 3, Day: 5},
		HoldoutEnd: cxmodel.Date{Year: 2026, Month: 4, Day: 2},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, c := range s.Customers {
		fmt.Printf("%s: x %d, t_x %.2f, T %.2f %ss, mean %.2f %s; holdout %d\n",
			c.ID, c.Frequency, c.Recency, c.Age, s.Unit, c.MeanSpend, s.Currency, s.Holdout[i].Frequency)
	}
	// Output:
	// anna: x 2, t_x 8.43, T 9.00 weeks, mean 12.00 EUR; holdout 0
	// ben: x 0, t_x 0.00, T 8.43 weeks, mean 0.00 EUR; holdout 1
}

func ExampleFitBGNBD() {
	// Customers by hand; Weight says how many are alike.
	s := &clv.Summary{Unit: clv.Week, Customers: []clv.Customer{
		{Frequency: 0, Age: 40, Weight: 60},
		{Frequency: 1, Recency: 5, Age: 40, Weight: 18},
		{Frequency: 2, Recency: 30, Age: 40, Weight: 12},
		{Frequency: 4, Recency: 12, Age: 38, Weight: 4},
		{Frequency: 7, Recency: 36, Age: 38, Weight: 6},
	}}
	fit, err := clv.FitBGNBD(context.Background(), s, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	faithful := clv.Customer{Frequency: 7, Recency: 36, Age: 38}
	gone := clv.Customer{Frequency: 4, Recency: 12, Age: 38}
	fmt.Println(fit.Status, fit.Rows, "rows,", fit.Customers, "customers")
	for _, c := range []clv.Customer{faithful, gone} {
		fmt.Printf("alive %.2f, orders in the next 10 weeks %.2f\n", fit.Model.PAlive(c), fit.Model.ConditionalExpected(c, 10))
	}
	// Output:
	// converged 5 rows, 100 customers
	// alive 0.92, orders in the next 10 weeks 1.47
	// alive 0.16, orders in the next 10 weeks 0.15
}

func ExampleFitSBG() {
	// Of 1,000 subscribers so many were left after each of seven years (Fader & Hardie 2007, Table 1, High End).
	cohort := clv.Cohort{Alive: []int{1000, 869, 743, 653, 593, 551, 517, 491}}
	fit, err := clv.FitSBG(context.Background(), []clv.Cohort{cohort}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(fit)
	fmt.Printf("left after 12 years %.1f %%; a new one stays %.1f discounted years, one of 7 renewals %.1f more\n",
		100*fit.Model.Survival(12), fit.Model.DEL(.1), fit.Model.DERL(7, .1))
	// Output:
	// sBG alpha 0.6681 ± 0.104, beta 3.806 ± 0.786 (LL -1611.158, n=1000, converged)
	// left after 12 years 37.8 %; a new one stays 5.9 discounted years, one of 7 renewals 7.5 more
}

func ExamplePredict() {
	// Parameters of the CDNOW sample: timing in weeks (Fader, Hardie & Lee 2005), spend in dollars (Fader & Hardie 2013).
	fit := &clv.Fit[clv.BGNBD]{Model: clv.BGNBD{R: .243, Alpha: 4.414, A: .793, B: 2.426}, Unit: clv.Week}
	s := &clv.Summary{Unit: clv.Week, Currency: "USD", Customers: []clv.Customer{
		{ID: "00004", Frequency: 2, Recency: 30.43, Age: 38.86, MeanSpend: 22.35},
		{ID: "00021", Frequency: 1, Recency: 1.71, Age: 38.86, MeanSpend: 11.77},
	}}
	p, err := clv.Predict(context.Background(), fit, s, 39, &clv.ValueOptions{
		Spend:    &clv.Fit[clv.GammaGamma]{Model: clv.GammaGamma{P: 6.25, Q: 3.74, Gamma: 15.44}, Currency: "USD"},
		Margin:   .3,
		Discount: .01, // a month
		Period:   52. / 12,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range p.Customers {
		fmt.Printf("%s: alive %.2f, %.2f orders in %.0f %ss, CLV %.2f %s\n", c.ID, c.PAlive, c.Expected, p.Horizon, p.Unit, c.CLV, p.Currency)
	}
	// Output:
	// 00004: alive 0.73, 1.23 orders in 39 weeks, CLV 8.66 USD
	// 00021: alive 0.21, 0.20 orders in 39 weeks, CLV 1.10 USD
}
