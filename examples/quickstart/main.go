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
	"log"
	"os"
	"path/filepath"

	"github.com/cxmodel/cxmodel/alignment"
)

func main() {
	log.SetFlags(0)
	path := flag.String("model", "examples/models/restaurant.yaml", "the model, a YAML or JSON `file`")
	answers := flag.String("answers", "", "survey answers, a CSV or JSON `file`")
	orders := flag.String("orders", "", "orders, a CSV `file` with customer, time, amount and currency")
	flag.Parse()
	ctx := context.Background()

	model, issues, err := alignment.Load(os.DirFS(filepath.Dir(*path)), filepath.Base(*path), nil)
	check(err)          // the file cannot be read at all
	check(issues.Err()) // or something in it could not be understood

	measured, err := readAnswers(ctx, model, *answers)
	check(err)
	assessment, err := alignment.Assess(ctx, model, &alignment.Options{Measured: measured})
	check(err)
	check(assessment.WriteSummary(os.Stdout))
	check(describeOrders(ctx, *orders))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
