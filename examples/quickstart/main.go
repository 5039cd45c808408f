// Quickstart loads a customer experience model, assesses it and prints what a manager wants to know.
//
//	go run ./examples/quickstart
//	go run ./examples/quickstart -model my.yaml -answers answers.csv -orders orders.csv
//
// Answers become measured performance in place of judged; orders give repeat rate, average value and lifetime revenue.
package main

import (
	"context"
	"flag"
	"io"
	"io/fs"
	"log"
	"os"
	"path/filepath"

	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/examples/models"
)

func main() {
	log.SetFlags(0)
	model := flag.String("model", "", "the model, a YAML or JSON `file`; without it the restaurant of examples/models")
	answers := flag.String("answers", "", "survey answers, a CSV or JSON `file` with measure and score")
	orders := flag.String("orders", "", "orders, a CSV `file` with customer, time, amount and currency")
	flag.Parse()
	if err := run(context.Background(), os.Stdout, *model, *answers, *orders); err != nil {
		log.Fatal(err)
	}
}

// run prints to out; what it had to leave out it tells by package log.
func run(ctx context.Context, out io.Writer, modelFile, answersFile, ordersFile string) error {
	folder, name := fs.FS(models.Files), "restaurant.yaml"
	if modelFile != "" {
		folder, name = os.DirFS(filepath.Dir(modelFile)), filepath.Base(modelFile)
	}
	model, issues, err := alignment.Load(folder, name, nil)
	if err != nil {
		return err // the file cannot be read at all
	}
	if err := issues.Err(); err != nil {
		return err // or something in it could not be understood
	}
	measured, err := readAnswers(ctx, out, model, answersFile)
	if err != nil {
		return err
	}
	assessment, err := alignment.Assess(ctx, model, &alignment.Options{Measured: measured})
	if err != nil {
		return err
	}
	if err := assessment.WriteSummary(out); err != nil {
		return err
	}
	return describeOrders(ctx, out, ordersFile)
}
