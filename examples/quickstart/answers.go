package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

// readAnswers counts a file of answers by the measures of the model, prints the estimates, and returns them.
func readAnswers(ctx context.Context, out io.Writer, model *alignment.Model, path string) ([]alignment.Measurement, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	cube, issues, rejected, err := alignment.ReadAnswers(ctx, model, f, &survey.ReaderOptions{Name: path})
	for _, i := range issues {
		log.Print(i)
	}
	if err != nil {
		return nil, err
	}
	measured, issues, err := alignment.Measurements(model, cube)
	for _, i := range issues {
		log.Print(i)
	}
	if err != nil {
		return nil, err
	}
	text := fmt.Sprintf("Answers (rejected: %d; to questions that the model does not ask: %d)\n", rejected, cube.Skipped())
	for _, m := range measured {
		at := ""
		if m.Touchpoint != "" {
			at = " at " + string(m.Touchpoint)
		}
		text += fmt.Sprintf("- %s%s: %s\n", m.Measure, at, m.Estimate)
	}
	_, err = fmt.Fprintln(out, wrap(text))
	return measured, err
}
