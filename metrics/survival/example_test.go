package survival_test

import (
	"fmt"
	"os"
	"time"

	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/survival"
)

// Months as a customer, and whether the customer has left; one was known from its third month on only.
var customers = []survival.Subject{
	{Exit: 2, Cause: survival.Event}, {Exit: 5, Cause: survival.Event}, {Exit: 5}, {Exit: 7, Cause: survival.Event}, {Entry: 3, Exit: 9, Cause: survival.Event},
	{Exit: 11}, {Exit: 12, Cause: survival.Event}, {Exit: 14, Cause: survival.Event}, {Exit: 18}, {Exit: 24},
}

func ExampleKaplanMeier() {
	curve, err := survival.KaplanMeier(customers, &survival.Options{Unit: "months"})
	if err != nil {
		fmt.Println(err)
		return
	}
	year, _ := curve.At(12)
	median, _ := curve.Median()
	mean, _ := curve.RestrictedMean(12)
	fmt.Println(year)
	fmt.Println(median)
	fmt.Println(mean)
	// Output:
	// share without the event 42.3 % (95 % CI 11.2..71.4 %, n=10, Kaplan-Meier, log-log); fewer than 5 answers, collect more before acting on it
	// median time 12.00 months (95 % CI 2.00..+Inf, n=10, Kaplan-Meier, log-log); no upper limit within the time observed, observe longer
	// restricted mean time 9.29 months (95 % CI 7.01..11.57, n=10, Kaplan-Meier area, normal)
}

func ExampleCurve_Quantile() {
	curve, _ := survival.KaplanMeier(customers, &survival.Options{Transform: survival.Log})
	quarter, _ := curve.Quantile(.25)
	fmt.Println(quarter)
	_, err := curve.Quantile(.9)
	fmt.Println(err)
	// Output:
	// p25 of time 7.00 (95 % CI 2.00..+Inf, n=10, Kaplan-Meier, log); no upper limit within the time observed, observe longer
	// survival: not reached within the time observed: p90 of time; after 24 28.2 % are left
}

// Two plans are compared by the difference of one estimate, with its interval.
func ExampleCurve_RestrictedMean() {
	yearly := []survival.Subject{{Exit: 8, Cause: survival.Event}, {Exit: 12, Cause: survival.Event}, {Exit: 12}, {Exit: 20}, {Exit: 24}, {Exit: 24}}
	of := func(subjects []survival.Subject) metrics.Estimate {
		curve, _ := survival.KaplanMeier(subjects, &survival.Options{Unit: "months"})
		mean, _ := curve.RestrictedMean(18)
		return mean
	}
	d, err := metrics.Difference(of(yearly), of(customers))
	fmt.Println(d, err)
	// Output:
	// restricted mean time difference +4.06 (95 % CI -0.73..+8.55, includes 0, n=6 and 10, MOVER from Kaplan-Meier area, normal) <nil>
}

func ExampleCurve_CumulativeHazard() {
	curve, _ := survival.KaplanMeier(customers, nil)
	h, _ := curve.CumulativeHazard(12)
	fmt.Println(h)
	// Output:
	// cumulative hazard 0.7817 (95 % CI 0.3108..1.966, n=10, Nelson-Aalen, log)
}

func ExampleCurve_Table() {
	curve, _ := survival.KaplanMeier(customers, &survival.Options{Unit: "months"})
	table, _ := curve.Table(3, 6)
	_ = table.WriteMarkdown(os.Stdout)
	// Output:
	// | time | metric | value | interval | n | notes |
	// | --- | --- | ---: | --- | ---: | --- |
	// | 3 months | share without the event | 88.9 % | 43.3..98.4 % (95 %) | 10 |  |
	// | 6 months | share without the event | 79.0 % | 39.0..94.3 % (95 %) | 10 |  |
}

func ExampleCumulativeIncidence() {
	const voluntary, involuntary = 1, 2
	left := []survival.Subject{
		{Exit: 1, Cause: voluntary}, {Exit: 2}, {Exit: 2, Cause: involuntary}, {Exit: 3, Cause: voluntary}, {Exit: 4, Cause: voluntary},
		{Exit: 5}, {Exit: 5, Cause: involuntary}, {Exit: 6, Cause: voluntary}, {Exit: 7}, {Exit: 8, Cause: voluntary}, {Exit: 10},
	}
	churn, err := survival.CumulativeIncidence(left, []string{"voluntary", "involuntary"}, &survival.Options{Unit: "months"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, cause := range churn.Causes {
		e, _ := churn.At(cause, 4)
		fmt.Printf("%s: %v\n", e.Definition, e)
	}
	// Output:
	// voluntary by 4 months: cumulative incidence 29.5 % (95 % CI 7.0..57.3 %, n=11, Aalen-Johansen, log-log)
	// involuntary by 4 months: cumulative incidence 9.1 % (95 % CI 0.5..33.3 %, n=11, Aalen-Johansen, log-log)
}

func ExampleLogRank() {
	monthly := []survival.Subject{{Exit: 1, Cause: survival.Event}, {Exit: 2, Cause: survival.Event}, {Exit: 2, Cause: survival.Event}, {Exit: 5}, {Exit: 6, Cause: survival.Event}}
	yearly := []survival.Subject{{Exit: 3, Cause: survival.Event}, {Exit: 9}, {Exit: 12, Cause: survival.Event}, {Exit: 12}, {Exit: 12}}
	test, _ := survival.LogRank([]survival.Group{{Name: "monthly", Subjects: monthly}, {Name: "yearly", Subjects: yearly}})
	fmt.Println(test)
	_ = test.WriteMarkdown(os.Stdout)
	// Output:
	// log-rank chi-square 4.32 on 1 df, p=0.0377
	// | group | n | observed | expected |
	// | --- | ---: | ---: | ---: |
	// | monthly | 5 | 4 | 1.87 |
	// | yearly | 5 | 2 | 4.13 |
}

func ExampleRetention() {
	at := func(month string, start int, days ...int) survival.Customer {
		return survival.Customer{Cohort: month, Activity: metrics.Activity{Start: start, Days: days}}
	}
	customers := []survival.Customer{
		at("2026-03", 0, 0, 1, 9), at("2026-03", 2, 2, 3), at("2026-03", 5, 5), at("2026-04", 31, 31, 32), at("2026-04", 40, 40),
	}
	table, _ := survival.Retention(customers, []survival.Window{survival.OnDay(1), survival.OnOrAfter(7)}, 42, nil)
	for _, c := range table.Cohorts {
		for _, e := range c.Cells {
			fmt.Printf("%s %s: %.2f of %d, %d not complete\n", c.Name, e.Metric, e.Value, e.N, e.Missing)
		}
	}
	// Output:
	// 2026-03 retention on day 1: 0.67 of 3, 0 not complete
	// 2026-03 retention on or after day 7: 0.33 of 3, 0 not complete
	// 2026-04 retention on day 1: 0.50 of 2, 0 not complete
	// 2026-04 retention on or after day 7: 0.00 of 1, 1 not complete
}

func ExampleOnDay() {
	fmt.Println(survival.OnDay(7))
	// Output: day 7
}

func ExampleOnOrAfter() {
	fmt.Println(survival.OnOrAfter(7))
	// Output: on or after day 7
}

// One customer was active on day 7, one on day 9, one on neither. The fourth came on day 30 and was there on its day 7;
// on day 40 its days 7 to 13 are not over.
func ExampleBracket() {
	var customers []survival.Customer
	for _, a := range []metrics.Activity{{Days: []int{7}}, {Days: []int{9}}, {Days: []int{2}}, {Start: 30, Days: []int{37}}} {
		customers = append(customers, survival.Customer{Cohort: "2026", Activity: a})
	}
	table, _ := survival.Retention(customers, []survival.Window{survival.OnDay(7), survival.Bracket(7, 13)}, 40, nil)
	for _, e := range table.All.Cells {
		fmt.Printf("%s: %.2f of %d, %d not complete\n", e.Metric, e.Value, e.N, e.Missing)
	}
	// Output:
	// retention on day 7: 0.50 of 4, 0 not complete
	// retention in days 7 to 13: 0.67 of 3, 1 not complete
}

func ExampleDayNumber() {
	late := time.Date(2026, 3, 1, 23, 30, 0, 0, time.UTC)
	fmt.Println(survival.DayNumber(late, time.UTC), survival.DayNumber(late, time.FixedZone("CET", 3600)))
	// Output:
	// 20513 20514
}

var monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func tickets() []survival.Ticket {
	at := func(hours float64) time.Time { return monday.Add(time.Duration(hours * float64(time.Hour))) }
	return []survival.Ticket{
		{ID: "T1", Opened: at(0), FirstReply: at(.5), Resolved: at(2), Contacts: 1, Agent: "anna", Handling: 20 * time.Minute},
		{ID: "T2", Opened: at(1), FirstReply: at(2), Resolved: at(30), Contacts: 3, Agent: "ben", Handling: 75 * time.Minute},
		{ID: "T3", Opened: at(1), FirstReply: at(1.5), Resolved: at(3), Reopened: at(40), ResolvedAgain: at(44), Contacts: 1, Agent: "anna", Handling: 50 * time.Minute},
		{ID: "T4", Opened: at(4), FirstReply: at(5), Contacts: 2, BeyondFirstLevel: true, Agent: "ben", Handling: 30 * time.Minute},
		{ID: "T5", Opened: at(5), Resolved: at(6), Contacts: 1, Agent: "anna", Handling: 15 * time.Minute},
	}
}

func ExampleResolutionTimes() {
	subjects, err := survival.ResolutionTimes(tickets(), monday.AddDate(0, 0, 14), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	curve, _ := survival.KaplanMeier(subjects, &survival.Options{Unit: "hours"})
	median, _ := curve.Median()
	mean, _ := curve.RestrictedMean(72)
	fmt.Println(median)
	fmt.Println(mean)
	// Output:
	// median time 29.00 hours (95 % CI 1.00..+Inf, n=5, Kaplan-Meier, log-log); fewer than 5 answers, collect more before acting on it; no upper limit within the time observed, observe longer
	// restricted mean time 29.40 hours (95 % CI 6.02..52.78, n=5, Kaplan-Meier area, normal)
}

func ExampleResponseTimes() {
	subjects, _ := survival.ResponseTimes(tickets(), monday.AddDate(0, 0, 14), &survival.TicketOptions{Unit: time.Minute})
	curve, _ := survival.KaplanMeier(subjects, nil)
	p90, _ := curve.Quantile(.9)
	fmt.Println(p90.Value)
	// Output:
	// 60
}

func ExampleHandlingTimes() {
	for _, g := range survival.ByAgent(tickets()) {
		subjects, _ := survival.HandlingTimes(g.Tickets, monday.AddDate(0, 0, 14), &survival.TicketOptions{Unit: time.Minute})
		curve, _ := survival.KaplanMeier(subjects, nil)
		mean, _ := curve.RestrictedMean(60)
		fmt.Printf("%s: %.1f minutes within the first hour, %d tickets\n", g.Agent, mean.Value, mean.N)
	}
	// Output:
	// anna: 28.3 minutes within the first hour, 3 tickets
	// ben: 60.0 minutes within the first hour, 2 tickets
}

func ExampleByAgent() {
	for _, g := range survival.ByAgent(tickets()) {
		fmt.Println(g.Agent, len(g.Tickets))
	}
	// Output:
	// anna 3
	// ben 2
}

func ExampleFirstContact() {
	r, err := survival.FirstContact(tickets(), monday.AddDate(0, 0, 14), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.Gross)
	fmt.Println(r.Net)
	// Output:
	// gross first contact resolution 40.0 % (95 % CI 11.8..76.9 %, n=5, Wilson)
	// net first contact resolution 50.0 % (95 % CI 15.0..85.0 %, n=4, Wilson); fewer than 5 answers, collect more before acting on it
}

func ExampleBusinessHours() {
	hours := survival.BusinessHours{Week: map[time.Weekday][]survival.Shift{
		time.Monday: {{From: 9 * time.Hour, To: 17 * time.Hour}}, time.Tuesday: {{From: 9 * time.Hour, To: 17 * time.Hour}},
	}}
	subjects, _ := survival.ResolutionTimes(tickets()[1:2], monday.AddDate(0, 0, 14), &survival.TicketOptions{Clock: hours.Between})
	fmt.Println(subjects[0].Exit, "working hours")
	// Output:
	// 13 working hours
}
