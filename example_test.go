package cxmodel_test

import (
	"context"
	"fmt"
	"os"

	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/metrics"
)

// The library in one walk: a model file is loaded, assessed and explained; a metric is one line.
//
// Where the numbers come from: at the visit, food is worth .75 and the host 1/3, and washing up (strong, works .75) gates
// both, so v(KA, VP) = .75 × .75 = .5625, v(KA, CR) = .75 / 3 = .25, v(all) = .5625, and nothing without KA. Its Shapley
// value is .5625/6 + .25/6 + .5625/3 = .322917. The NPS of 6 promoters and 2 detractors among 10 has Tango's limits
// -.15291 and .75262, by bisection of the score equation outside this library.
func Example() {
	model, issues, err := alignment.Load(os.DirFS("examples/models"), "cafe.yaml", nil)
	if err != nil || issues.Err() != nil {
		fmt.Println(err, issues.Err())
		return
	}
	assessment, err := alignment.Assess(context.Background(), model, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("works today %.0f of 100, on paper %.0f\n", 100*assessment.Total.Delivered, 100*assessment.Total.Design)
	visit, err := assessment.Explain(context.Background(), "visit", canvas.KeyActivities)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(visit.Text)

	nps, err := metrics.NPS([]int{10, 9, 9, 8, 7, 10, 3, 9, 10, 6}, nil)
	fmt.Println(nps, err)
	// Output:
	// works today 38 of 100, on paper 78
	// Key activities: 32.3 of the 56.2 points of Eats with us.
	// - Eats with us, overall (100 % of the stage) scores 56.2. This block's points:
	//   Washing up 32.3. Home-style food decides: strong, works 75. Washing up marks
	//   it down to 75 %: required, strong, works 75.
	// NPS +40 (95 % CI -15..+75, n=10, score) <nil>
}
