package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

var metricsCommand = &command{name: "metrics", args: "ANSWERS", short: "survey answers in, estimates with intervals out", run: runMetrics, long: `
metrics counts survey answers by measure, touchpoint, segment and period, and
prints each metric with its interval, the number of answers and, where the
invitations are known, the response rate. Measures never mix.

What was asked comes from a model, or from -measure. ANSWERS is a CSV or JSON
file with one row an answer (measure, score, touchpoint, segment, time), or one
row a respondent, whose columns -column maps to measures; - is standard input.

Examples:

  cx metrics -model model.yaml answers.csv
  cx metrics -measure nps=nps -measure csat=csat:1-5 -every month answers.csv
  cx metrics -measure nps=nps -column "How likely=nps" -by segment wide.csv
  cx metrics -model model.yaml -format csv answers.csv > estimates.csv
`}

func runMetrics(e *env, args []string) error {
	out := e.flags.String("o", "", "write to `file`; standard output without it")
	form := e.flags.String("format", "text", "`text`, csv, md or json")
	model := e.flags.String("model", "", "the model whose measures are asked, a `file`")
	every := e.flags.String("every", "", "length of a `period`: day, week, month, quarter or year; all time without it")
	by := e.flags.String("by", "touchpoint,segment,period", "the dimensions to keep apart, a `list` of touchpoint, segment, period; or none")
	level := e.flags.Float64("level", .95, "confidence level of the intervals, `between 0 and 1`")
	decimal := e.flags.String("decimal", ".", "decimal `mark` of the answers: . or ,")
	var measures, columns []string
	e.flags.Func("measure", "a question: `KEY=METRIC[:MIN-MAX]`, such as csat=csat:1-5; again for each", collect(&measures))
	e.flags.Func("column", "a column: `HEADING=FIELD` or HEADING=MEASURE, where FIELD is time, touchpoint, segment, score, …; again for each", collect(&columns))
	rest, err := e.parse(args, 1, 1)
	if err != nil {
		return err
	}
	defs, aliases, err := e.measures(*model, measures)
	if err != nil {
		return err
	}
	co := &survey.CubeOptions{SkipUnknown: true}
	if err := co.Every.UnmarshalText([]byte(*every)); err != nil {
		return usage("%v", err)
	}
	over, err := without(*by)
	if err != nil {
		return err
	}
	if *decimal != "." && *decimal != "," {
		return usage("%q is no decimal mark; use . or ,", *decimal)
	}
	ro := &survey.ReaderOptions{Name: rest[0], Aliases: aliases, Decimal: (*decimal)[0]}
	if ro.Columns, err = columnMap(columns, defs); err != nil {
		return err
	}
	cube, err := survey.NewCube(defs, co)
	if err != nil {
		return err
	}
	if err := e.count(cube, rest[0], ro); err != nil {
		return err
	}
	if cube, err = cube.RollUp(over); err != nil {
		return err
	}
	table, err := cube.Table(context.Background(), &survey.EstimateOptions{Level: *level})
	if err != nil {
		return err
	}
	var write func(w io.Writer) error
	switch *form {
	case "text":
		write = func(w io.Writer) error { return metricsText(w, table) }
	case "csv":
		write = table.WriteCSV
	case "md", "markdown":
		write = table.WriteMarkdown
	case "json":
		write = func(w io.Writer) error { return writeJSON(w, table) }
	default:
		return usage("there is no format %q; use text, csv, md or json", *form)
	}
	return e.write(*out, write)
}

func collect(into *[]string) func(string) error {
	return func(s string) error {
		if !strings.Contains(s, "=") {
			return fmt.Errorf("%q has no =", s)
		}
		*into = append(*into, s)
		return nil
	}
}

// measures returns the questions of a model, or those that flags define.
func (e *env) measures(model string, specs []string) ([]survey.MeasureDef, survey.Aliases, error) {
	var defs []survey.MeasureDef
	var aliases survey.Aliases
	if model != "" {
		d, err := e.assessable(model)
		if err != nil {
			return nil, aliases, err
		}
		if defs, err = alignment.MeasureDefs(d.model); err != nil && len(specs) == 0 {
			return nil, aliases, err
		}
		aliases = alignment.AnswerAliases(d.model)
	}
	for _, s := range specs {
		key, what, _ := strings.Cut(s, "=")
		metric, span, scaled := strings.Cut(what, ":")
		def := survey.MeasureDef{Key: cxmodel.Key(key), Metric: survey.Metric(metric)}
		if scaled {
			low, high, _ := strings.Cut(span, "-")
			var err1, err2 error
			def.Scale.Min, err1 = strconv.Atoi(low)
			def.Scale.Max, err2 = strconv.Atoi(high)
			if err1 != nil || err2 != nil {
				return nil, aliases, usage("%q is no scale; write csat=csat:1-5", span)
			}
		}
		if err := def.Check(); err != nil {
			return nil, aliases, usage("%v", err)
		}
		defs = append(defs, def)
	}
	if len(defs) == 0 {
		return nil, aliases, usage("nothing says what was asked; give -model or -measure")
	}
	return defs, aliases, nil
}

// columnMap reads the -column flags: a heading is a field, or the answers to a measure.
func columnMap(specs []string, defs []survey.MeasureDef) (map[string]survey.Column, error) {
	if len(specs) == 0 {
		return nil, nil
	}
	out := map[string]survey.Column{}
	for _, s := range specs {
		at := strings.LastIndex(s, "=")
		heading, what := s[:at], s[at+1:]
		var c survey.Column
		if err := c.Field.UnmarshalText([]byte(what)); err != nil || what == "" {
			c = survey.Column{Measure: cxmodel.Key(what)}
			known := false
			for _, d := range defs {
				known = known || d.Key == c.Measure
			}
			if !known {
				return nil, usage("%q is neither a measure nor a field: %v", what, err)
			}
		}
		out[heading] = c
	}
	return out, nil
}

// without returns the dimensions that are not in the list.
func without(by string) (survey.Dimensions, error) {
	over := survey.AllDimensions
	for _, name := range strings.Split(by, ",") {
		switch strings.TrimSpace(name) {
		case "touchpoint":
			over &^= survey.DimensionTouchpoint
		case "segment":
			over &^= survey.DimensionSegment
		case "period":
			over &^= survey.DimensionPeriod
		case "", "none":
		default:
			return 0, usage("there is no dimension %q; use touchpoint, segment, period", name)
		}
	}
	return over, nil
}

// count counts a file of answers; rows that cannot be read are named on standard error.
func (e *env) count(cube *survey.Cube, name string, o *survey.ReaderOptions) error {
	r := e.stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		r = f
	}
	p := e.progress(r, name)
	reader := survey.NewReader(p, o)
	err := cube.AddReader(context.Background(), reader)
	p.done()
	issues, rejected := reader.Rejected()
	list(e.stderr, issues)
	if err != nil {
		return err
	}
	if rejected > 0 || cube.Skipped() > 0 {
		say(e.stderr, "%s read: %d rejected, %s to questions that nobody defined\n", plural(reader.Rows(), "row"), rejected, plural(cube.Skipped(), "answer"))
	}
	return nil
}

// metricsText prints a table for people; columns that say nothing are left out, and few answers are marked.
func metricsText(w io.Writer, t *survey.Table) error {
	used := make([]bool, len(t.Labels))
	rates := false
	for _, r := range t.Rows {
		for i, l := range r.Labels {
			used[i] = used[i] || l != ""
		}
		rates = rates || r.ResponseRate != nil
	}
	out := &textTable{head: []string{"measure"}, max: 18}
	for i, l := range t.Labels {
		if used[i] {
			out.head = append(out.head, l)
			out.left++
		}
	}
	out.head = append(out.head, "value", "interval", "n")
	if rates {
		out.head = append(out.head, "answered")
	}
	for _, r := range t.Rows {
		row := []string{string(r.Measure)}
		for i, l := range r.Labels {
			if used[i] {
				row = append(row, l)
			}
		}
		value, interval := figures(r)
		row = append(row, value, interval, strconv.Itoa(r.Estimate.N))
		if rates {
			rate := ""
			if r.ResponseRate != nil {
				rate = fmt.Sprintf("%.0f %%", 100*r.ResponseRate.Value)
			}
			row = append(row, rate)
		}
		out.add(row...)
	}
	var b strings.Builder
	out.write(&b)
	if len(t.Rows) == 0 {
		b.WriteString("No answer to any of the measures.\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
