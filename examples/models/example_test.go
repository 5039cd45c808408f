package models_test

import (
	"context"
	"fmt"

	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/examples/models"
)

func Example() {
	m, issues, err := alignment.Load(models.Files, "cafe.yaml", nil)
	if err != nil || issues.Err() != nil {
		fmt.Println(err, issues)
		return
	}
	a, err := alignment.Assess(context.Background(), m, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s: %.0f of 100\n", a.Name, 100*a.Total.Delivered)
	// Output: Café Anna: 38 of 100
}
