package main

import (
	"context"
	"fmt"
	"os"

	"github.com/cxmodel/cxmodel/metrics/clv"
)

// describeOrders prints what a file of orders says before any model: repeat rate, average value, retention and the
// lifetime revenue seen so far.
func describeOrders(ctx context.Context, path string) error {
	if path == "" {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	reader := clv.NewReader(f, &clv.ReaderOptions{Name: path})
	overview, err := clv.Describe(ctx, reader.All(), nil)
	issues, rejected := reader.Rejected()
	for _, i := range issues {
		fmt.Fprintln(os.Stderr, i)
	}
	if err != nil {
		return err
	}
	fmt.Printf("\nOrders (%d rows rejected)\n%s", rejected, overview)
	return nil
}
