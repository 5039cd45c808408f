package metrics_test

import (
	"fmt"

	"github.com/cxmodel/cxmodel/metrics"
)

// One word, five numbers: 200 customers at the start, 20 of them leave, and 10 of 60 newly won ones.
func ExampleCohortChurn() {
	fmt.Println(metrics.CohortChurn(20, 200, nil))
	fmt.Println(metrics.ChurnOverStart(30, 200))
	fmt.Println(metrics.ChurnOverAverage(30, 200, 230))
	fmt.Println(metrics.ChurnPerExposure(30, 215, nil))
	fmt.Println(metrics.NetCustomerLoss(200, 230))
	// Output:
	// cohort churn 10.0 % (95 % CI 6.6..14.9 %, n=200, Wilson) <nil>
	// churn, all lost over start 15.0 % (no interval, n=200) <nil>
	// churn, all lost over average base 14.0 % (no interval, n=200) <nil>
	// churn per exposure 0.1395 (95 % CI 0.09414..0.1992, n=30, exact Poisson) <nil>
	// net customer loss -15.0 % (no interval, n=200) <nil>
}

func ExampleChurnOverStart() {
	fmt.Println(metrics.ChurnOverStart(30, 200))
	// Output:
	// churn, all lost over start 15.0 % (no interval, n=200) <nil>
}

func ExampleChurnOverAverage() {
	fmt.Println(metrics.ChurnOverAverage(30, 200, 230))
	// Output:
	// churn, all lost over average base 14.0 % (no interval, n=200) <nil>
}

func ExampleNetCustomerLoss() {
	fmt.Println(metrics.NetCustomerLoss(200, 230))
	// Output:
	// net customer loss -15.0 % (no interval, n=200) <nil>
}

func ExampleChurnPerExposure() {
	// Three customers lost in 40 customer-months of observation.
	fmt.Println(metrics.ChurnPerExposure(3, 40, nil))
	// Output:
	// churn per exposure 0.075 (95 % CI 0.01547..0.2192, n=3, exact Poisson) <nil>
}

func ExampleAnnualChurn() {
	month, err := metrics.CohortChurn(50, 1000, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(metrics.AnnualChurn(month, 12))
	// Output:
	// annual cohort churn 46.0 % (95 % CI 37.3..55.5 %, n=1000, Wilson) <nil>
}

func ExampleCohortRetention() {
	fmt.Println(metrics.CohortRetention(180, 200, nil))
	// Output:
	// cohort retention 90.0 % (95 % CI 85.1..93.4 %, n=200, Wilson) <nil>
}

// Three definitions of "retention on day 7" on the same customers; the last one joined too late to be counted.
func ExampleRetentionOnDay() {
	customers := []metrics.Activity{
		{Start: 0, Days: []int{0, 7}}, {Start: 0, Days: []int{0, 9}}, {Start: 0, Days: []int{0, 3}}, {Start: 5, Days: []int{5, 12, 19}}, {Start: 0, Days: []int{0}},
		{Start: 16, Days: []int{16, 18}},
	}
	const today = 20
	fmt.Println(metrics.RetentionOnDay(customers, 7, today, nil))
	fmt.Println(metrics.RetentionOnOrAfter(customers, 7, today, nil))
	fmt.Println(metrics.RetentionInBracket(customers, 7, 13, today, nil))
	// Output:
	// retention on day 7 40.0 % (95 % CI 11.8..76.9 %, n=5, 1 missing, Wilson) <nil>
	// retention on or after day 7 60.0 % (95 % CI 23.1..88.2 %, n=5, 1 missing, Wilson) <nil>
	// retention in days 7 to 13 60.0 % (95 % CI 23.1..88.2 %, n=5, 1 missing, Wilson) <nil>
}

func ExampleRetentionOnOrAfter() {
	customers := []metrics.Activity{{Start: 0, Days: []int{0, 9}}, {Start: 0, Days: []int{0, 3}}}
	e, err := metrics.RetentionOnOrAfter(customers, 7, 20, nil)
	fmt.Println(e.Value, err)
	// Output:
	// 0.5 <nil>
}

func ExampleRetentionInBracket() {
	customers := []metrics.Activity{{Start: 0, Days: []int{0, 9}}, {Start: 0, Days: []int{0, 30}}}
	e, err := metrics.RetentionInBracket(customers, 7, 13, 40, nil)
	fmt.Println(e.Value, err)
	// Output:
	// 0.5 <nil>
}

func ExampleNetRevenueRetention() {
	start := []float64{100, 100, 50, 0} // the last customer was won later
	end := []float64{150, 40, 0, 500}
	fmt.Println(metrics.NetRevenueRetention(start, end))
	fmt.Println(metrics.GrossRevenueRetention(start, end))
	// Output:
	// net revenue retention 76.0 % (no interval, n=3) <nil>
	// gross revenue retention 56.0 % (no interval, n=3) <nil>
}

func ExampleGrossRevenueRetention() {
	fmt.Println(metrics.GrossRevenueRetention([]int{100, 100}, []int{150, 40}))
	// Output:
	// gross revenue retention 70.0 % (no interval, n=2) <nil>
}

func ExampleNetRevenueRetentionOf() {
	fmt.Println(metrics.NetRevenueRetentionOf(200000, 20000, 4000, 6000))
	// Output:
	// net revenue retention 105.0 % (no interval, n not known) <nil>
}

func ExampleGrossRevenueRetentionOf() {
	fmt.Println(metrics.GrossRevenueRetentionOf(200000, 4000, 6000))
	// Output:
	// gross revenue retention 95.0 % (no interval, n not known) <nil>
}

func ExampleFirstContactResolutionGross() {
	fmt.Println(metrics.FirstContactResolutionGross(60, 100, nil))
	fmt.Println(metrics.FirstContactResolutionNet(60, 100, 20, nil))
	// Output:
	// gross first contact resolution 60.0 % (95 % CI 50.2..69.1 %, n=100, Wilson) <nil>
	// net first contact resolution 75.0 % (95 % CI 64.5..83.2 %, n=80, Wilson) <nil>
}

func ExampleFirstContactResolutionNet() {
	fmt.Println(metrics.FirstContactResolutionNet(60, 100, 20, nil))
	// Output:
	// net first contact resolution 75.0 % (95 % CI 64.5..83.2 %, n=80, Wilson) <nil>
}

func ExampleFirstContactResolutionOfResolved() {
	fmt.Println(metrics.FirstContactResolutionOfResolved(180, 250, nil))
	// Output:
	// first contact resolution of resolved tickets 72.0 % (95 % CI 66.1..77.2 %, n=250, Wilson) <nil>
}

func ExampleFirstContactResolutionAsked() {
	fmt.Println(metrics.FirstContactResolutionAsked(33, 48, nil))
	// Output:
	// first contact resolution, asked 68.8 % (95 % CI 54.7..80.1 %, n=48, Wilson) <nil>
}

// On the same orders two shops' glossaries differ by a factor of two.
func ExampleRepeatPurchaseRate() {
	fmt.Println(metrics.RepeatPurchaseRate(1139, 2357, nil))
	fmt.Println(metrics.ReturningCustomerRate(1630, 2357, nil))
	// Output:
	// repeat purchase rate 48.3 % (95 % CI 46.3..50.3 %, n=2357, Wilson) <nil>
	// returning customer rate 69.2 % (95 % CI 67.3..71.0 %, n=2357, Wilson) <nil>
}

func ExampleReturningCustomerRate() {
	fmt.Println(metrics.ReturningCustomerRate(2, 3, nil))
	// Output:
	// returning customer rate 66.7 % (95 % CI 20.8..93.9 %, n=3, Wilson); fewer than 5 answers, collect more before acting on it <nil>
}

func ExampleConversionOfVisitors() {
	fmt.Println(metrics.ConversionOfVisitors(231, 9800, nil))
	fmt.Println(metrics.ConversionOfVisits(240, 14200, nil))
	// Output:
	// conversion of visitors 2.4 % (95 % CI 2.1..2.7 %, n=9800, Wilson) <nil>
	// conversion of visits 1.7 % (95 % CI 1.5..1.9 %, n=14200, Wilson) <nil>
}

func ExampleConversionOfVisits() {
	fmt.Println(metrics.ConversionOfVisits(240, 14200, nil))
	// Output:
	// conversion of visits 1.7 % (95 % CI 1.5..1.9 %, n=14200, Wilson) <nil>
}

func ExampleReferringCustomers() {
	fmt.Println(metrics.ReferringCustomers(36, 400, nil))
	fmt.Println(metrics.ReferredCustomers(25, 120, nil))
	// Output:
	// referring customers 9.0 % (95 % CI 6.6..12.2 %, n=400, Wilson) <nil>
	// referred customers 20.8 % (95 % CI 14.5..28.9 %, n=120, Wilson) <nil>
}

func ExampleReferredCustomers() {
	fmt.Println(metrics.ReferredCustomers(25, 120, nil))
	// Output:
	// referred customers 20.8 % (95 % CI 14.5..28.9 %, n=120, Wilson) <nil>
}

func ExampleNegativeOfMentions() {
	// 40 negative, 90 positive and 70 neutral mentions.
	fmt.Println(metrics.NegativeOfMentions(40, 200, nil))
	fmt.Println(metrics.NegativeOfOpinions(40, 90, nil))
	// Output:
	// negative share of mentions 20.0 % (95 % CI 15.0..26.1 %, n=200, Wilson) <nil>
	// negative share of opinions 30.8 % (95 % CI 23.5..39.2 %, n=130, Wilson) <nil>
}

func ExampleNegativeOfOpinions() {
	fmt.Println(metrics.NegativeOfOpinions(40, 90, nil))
	// Output:
	// negative share of opinions 30.8 % (95 % CI 23.5..39.2 %, n=130, Wilson) <nil>
}

func ExampleResponseRate() {
	fmt.Println(metrics.ResponseRate(10, 40, nil))
	// Output:
	// response rate 25.0 % (95 % CI 14.2..40.2 %, n=40, Wilson) <nil>
}
