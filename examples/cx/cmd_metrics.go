package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

var metricsCommand = &command{name: "metrics", args: "ANSWERS", short: "survey answers in, estimates with intervals out", run: runMetrics, long: `
metrics counts survey answers by measure, touchpoint, segment and period, and
prints each metric with its interval, the number of answers and, where the
invitations are known, the response rate. Measures never mix.

What was asked comes from a model, or from -measure. ANSWERS is a CSV or JSON
file with one row an answer (measure, score, touchpoint, segment, time), or one
row a respondent, whose columns -column maps to measures; - is standard input.
Answers off the scale of their measure are told and not counted. The format
follows the name of the file that is written; without one it is text.

Examples:

  cx metrics -model model.yaml answers.csv
  cx metrics -measure nps=nps -measure csat=csat:1-5 -every month answers.csv
  cx metrics -measure nps=nps -column "How likely=nps" -by segment wide.csv
  cx metrics -measure csat=csat:1-5 -column "How was it?=csat" -word good=4 \
    -word "very good=5" -column Date=time -dates dd.mm.yyyy wide.csv
  cx metrics -model model.yaml -format csv answers.csv > estimates.csv
`}

func runMetrics(e *env, args []string) error {
	out := e.flags.String("o", "", "write to `file`; standard output without it")
	form := e.flags.String("format", "", "`text`, csv, md or json")
	model := e.flags.String("model", "", "the model whose measures are asked, a `file`")
	every := e.flags.String("every", "", "length of a `period`: day, week, month, quarter or year; all time without it")
	by := e.flags.String("by", "touchpoint,segment,period", "the dimensions to keep apart, a `list` of touchpoint, segment, period; or none")
	level := e.flags.Float64("level", .95, "confidence level of the intervals, `between 0 and 1`")
	read := e.answerFlags()
	var measures []string
	e.flags.Func("measure", "a question: `KEY=METRIC[:MIN-MAX]`, such as csat=csat:1-5; again for each", collect(&measures))
	rest, err := e.parse(args, 1, 1)
	if err != nil {
		return err
	}
	kind, err := formatOf(*form, *out, "text", "csv", "md", "json")
	if err != nil {
		return err
	}
	if !(*level > 0 && *level < 1) {
		return usage("the level is between 0 and 1; write .95 for 95 %%")
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
	ro, err := read.reader(rest[0], defs, aliases)
	if err != nil {
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
	write := func(w io.Writer) error { return metricsText(w, table) }
	switch kind {
	case "csv":
		write = table.WriteCSV
	case "md":
		write = table.WriteMarkdown
	case "json":
		write = func(w io.Writer) error { return writeJSON(w, table) }
	}
	return e.write(*out, write)
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
			if !scaled && def.Key.Valid() && slices.Contains([]string{"csat", "csat-mean", "stars", "top-box", "bottom-box", "mean"}, metric) {
				return nil, aliases, usage("%s has no scale of its own; write -measure %s:1-5, or what it is", metric, s)
			}
			return nil, aliases, usage("%v", err)
		}
		defs = append(defs, def)
	}
	if len(defs) == 0 {
		return nil, aliases, usage("nothing says what was asked; give -model or -measure")
	}
	return defs, aliases, nil
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

// isFew reports whether an estimate stands on fewer than five answers.
func isFew(e metrics.Estimate) bool { return e.N > 0 && e.Warnings.Has(metrics.WarnFewAnswers) }

// metricsText prints a table for people; columns that say nothing are left out, and few answers are marked.
func metricsText(w io.Writer, t *survey.Table) error {
	used := make([]bool, len(t.Labels))
	few, missing, off, rates := false, false, false, false
	for _, r := range t.Rows {
		for i, l := range r.Labels {
			used[i] = used[i] || l != ""
		}
		few = few || isFew(r.Estimate)
		missing, off, rates = missing || r.Estimate.Missing > 0, off || r.Estimate.OffScale > 0, rates || r.ResponseRate != nil
	}
	out := &textTable{head: []string{"measure"}, max: 18}
	for i, l := range t.Labels {
		if used[i] {
			out.head = append(out.head, l)
			out.left++
		}
	}
	out.head = append(out.head, "value", "interval", "n")
	optional := func(shown bool, name string) {
		if shown {
			out.head = append(out.head, name)
		}
	}
	optional(missing, "empty")
	optional(off, "off")
	optional(rates, "answered")
	for _, r := range t.Rows {
		row := []string{string(r.Measure)}
		for i, l := range r.Labels {
			if used[i] {
				row = append(row, l)
			}
		}
		value, interval := figures(r)
		n := strconv.Itoa(r.Estimate.N)
		if few { // blanks keep the figures in line
			n += map[bool]string{true: "*", false: " "}[isFew(r.Estimate)]
		}
		row = append(row, value, interval, n)
		if missing {
			row = append(row, strconv.Itoa(r.Estimate.Missing))
		}
		if off {
			row = append(row, strconv.Itoa(r.Estimate.OffScale))
		}
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
	for _, note := range []struct {
		shown bool
		text  string
	}{
		{len(t.Rows) == 0, "No answer to any of the measures."},
		{few, "* fewer than five answers: the interval is wide, and a rank means nothing"},
		{missing, "empty: not answered"},
		{off, "off: answers off the scale of the measure, not counted; check that it is theirs"},
	} {
		if note.shown {
			b.WriteString(note.text + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
