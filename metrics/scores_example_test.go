package metrics_test

import (
	"fmt"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
)

func ExampleCSAT() {
	fmt.Println(metrics.CSAT([]int{5, 4, 4, 3, 5, 1, 4, 5, 2, 5}, cxmodel.Scale{Min: 1, Max: 5}, nil))
	// On other scales the number of positive points must be said.
	fmt.Println(metrics.CSAT([]int{10, 9, 7, 8}, cxmodel.Scale{Min: 1, Max: 10}, &metrics.ProportionOptions{Boxes: 2}))
	// Output:
	// CSAT 70.0 % (95 % CI 39.7..89.2 %, n=10, Wilson) <nil>
	// CSAT 50.0 % (95 % CI 15.0..85.0 %, n=4, Wilson); fewer than 5 answers, collect more before acting on it <nil>
}

func ExampleCSATOf() {
	fmt.Println(metrics.CSATOf(74, 107, nil))
	// Output:
	// CSAT 69.2 % (95 % CI 59.9..77.1 %, n=107, Wilson) <nil>
}

func ExampleMeanCSAT() {
	fmt.Println(metrics.MeanCSAT([]int{5, 4, 4, 3, 5, 1, 4, 5, 2, 5}, cxmodel.Scale{Min: 1, Max: 5}, nil))
	// Output:
	// mean CSAT 3.80 (95 % CI 2.80..4.80, n=10, t) <nil>
}

func ExampleCSATGoodBad() {
	fmt.Println(metrics.CSATGoodBad(8, 2, nil))
	// Output:
	// CSAT, good of good and bad 80.0 % (95 % CI 49.0..94.3 %, n=10, Wilson) <nil>
}

func ExampleCES1() {
	e, err := metrics.CES1([]int{1, 2, 1, 3, 5, 2}, nil)
	fmt.Println(e, err)
	fmt.Println(e.Definition)
	// Output:
	// CES 1.0 2.33 (95 % CI 1.00..3.91, n=6, t); a limit left the range and was moved to its end, collect more answers or use the default method <nil>
	// 1..5, low is good
}

func ExampleCES2() {
	fmt.Println(metrics.CES2([]int{7, 6, 5, 7, 3, 6, 4, 7}, nil))
	// Output:
	// CES 2.0 5.63 (95 % CI 4.37..6.88, n=8, t) <nil>
}

// Six of eight found it easy.
func ExampleCES2Share() {
	fmt.Println(metrics.CES2Share([]int{7, 6, 5, 7, 3, 6, 4, 7}, nil))
	// Output:
	// CES 2.0 share 75.0 % (95 % CI 40.9..92.9 %, n=8, Wilson) <nil>
}

// Five of 6 and 7 less one of 1 to 3, of eight.
func ExampleCES2Index() {
	fmt.Println(metrics.CES2Index([]int{7, 6, 5, 7, 3, 6, 4, 7}, nil))
	// Output:
	// CES 2.0 index +50 (95 % CI -10..+82, n=8, score) <nil>
}

// The two effort scores run opposite ways.
func ExampleCES1Scale() {
	fmt.Println(metrics.CES1Scale())
	// Output: 1..5, low is good
}

func ExampleCES2Scale() {
	fmt.Println(metrics.CES2Scale())
	// Output: 1..7
}

func ExampleCES2ShareOf() {
	fmt.Println(metrics.CES2ShareOf(700, 1000, nil))
	// Output:
	// CES 2.0 share 70.0 % (95 % CI 67.1..72.8 %, n=1000, Wilson) <nil>
}

func ExampleCES2IndexOf() {
	fmt.Println(metrics.CES2IndexOf(190, 240, 570, nil))
	// Output:
	// CES 2.0 index +38 (95 % CI +33..+43, n=1000, score) <nil>
}

func ExampleStars() {
	r, err := metrics.Stars([]float64{5, 5, 4.5, 4, 1, 5}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r)
	fmt.Println(r.Reviews(), "reviews")
	fmt.Println(r.Shares[4])
	// Output:
	// stars 4.08 (95 % CI 2.44..5.00, n=6, t); a limit left the range and was moved to its end, collect more answers or use the default method
	// 6 reviews
	// share of 5 stars 50.0 % (95 % CI 18.8..81.2 %, n=6, Wilson)
}
