package report_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/alignment/report"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

// cafe returns the assessment of the smallest example.
func cafe() *alignment.Assessment {
	model, _, err := alignment.Load(os.DirFS("../../examples/models"), "cafe.yaml", nil)
	if err != nil {
		panic(err)
	}
	assessment, err := alignment.Assess(context.Background(), model, nil)
	if err != nil {
		panic(err)
	}
	return assessment
}

func ExampleHTML() {
	var page bytes.Buffer
	if err := report.HTML(&page, cafe(), nil); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(strings.Contains(page.String(), "<b>38</b> of 100 works today"))
	// Output: true
}

func ExampleMarkdown() {
	var text bytes.Buffer
	if err := report.Markdown(&text, cafe(), nil); err != nil {
		fmt.Println(err)
		return
	}
	first, _, _ := strings.Cut(text.String(), "| Stage")
	fmt.Print(first)
	// Output:
	// # Café Anna
	//
	// A neighbour comes for lunch
	//
	// **38** of 100 works today
	//
	// `###############++++++++++++++++.........` `#` works today 38, `+` there, but not working fully 40, `.` not there 22
	//
	// > The score is judgement unless marked measured. It is not satisfaction, and not comparable with another company's or another set of facets. A second-best helper adds safety, not points.
}

func ExampleObserve() {
	model, _, err := alignment.Load(os.DirFS("../../examples/models"), "shop.yaml", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	answers := "measure,touchpoint,score\n" + strings.Repeat("checkout-csat,payment,5\n", 30) + strings.Repeat("checkout-csat,payment,2\n", 10)
	cube, _, _, err := alignment.ReadAnswers(context.Background(), model, strings.NewReader(answers), &survey.ReaderOptions{Name: "answers.csv"})
	if err != nil {
		fmt.Println(err)
		return
	}
	observed, err := report.Observe(model, cube)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, o := range observed {
		fmt.Println(o.At, o.Estimate)
	}
	// Output: touchpoint/payment CSAT 75.0 % (95 % CI 59.8..85.8 %, n=40, Wilson)
}

func ExampleEnglish() {
	labels := report.English()
	labels.Language, labels.WorksToday, labels.DoFirst, labels.Decimal = "de", "Wirkt heute", "Zuerst", ","
	var page bytes.Buffer
	if err := report.HTML(&page, cafe(), &report.Options{Labels: &labels, Theme: &report.Theme{Mode: report.ModeDark}}); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(strings.Contains(page.String(), `<html lang="de">`), strings.Contains(page.String(), "Wirkt heute"))
	// Output: true true
}
