package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/cxmodel/cxmodel/metrics/clv"
)

// describeOrders prints what a file of orders says before any model: repeat rate, average value, retention and the
// lifetime revenue seen so far.
func describeOrders(ctx context.Context, out io.Writer, path string) error {
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
		log.Print(i)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "\nOrders (rejected: %d)\n%s", rejected, wrap(overview.String()))
	return err
}
