package main

import (
	"context"
	"io"

	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/alignment/report"
)

var reportCommand = &command{name: "report", args: "MODEL", short: "assess a model: one page for a board, traceable for an engineer", run: runReport, long: `
report assesses a model and writes what it found: what works today, what is
there but not working fully, what is not there, what to do first, and what is
not sure. HTML is one page that needs no network; JSON is the whole assessment.

The format follows the name of the file; without one it is text.

Examples:

  cx report model.yaml
  cx report -o report.html model.yaml
  cx report -o report.html -answers answers.csv model.yaml
  cx report -format json model.yaml | jq .total
`}

func runReport(e *env, args []string) error {
	out := e.flags.String("o", "", "write to `file`; standard output without it")
	form := e.flags.String("format", "", "`html`, md, json or text")
	flags := e.assessFlags()
	rest, err := e.parse(args, 1, 1)
	if err != nil {
		return err
	}
	kind, err := formatOf(*form, *out, "html", "md", "json", "text")
	if err != nil {
		return err
	}
	write := func(w io.Writer, a *alignment.Assessment, _ *report.Options) error { return a.WriteSummary(w) }
	switch kind {
	case "html":
		write = report.HTML
	case "md":
		write = report.Markdown
	case "json":
		write = func(w io.Writer, a *alignment.Assessment, _ *report.Options) error { return writeJSON(w, a) }
	}
	d, err := e.assessable(rest[0])
	if err != nil {
		return err
	}
	opts, cube, err := flags.options(e, d.model)
	if err != nil {
		return err
	}
	a, err := alignment.Assess(context.Background(), d.model, opts)
	if err != nil {
		return err
	}
	ro := &report.Options{}
	if cube != nil {
		if ro.Observed, err = report.Observe(d.model, cube); err != nil {
			return err
		}
	}
	return e.write(*out, func(w io.Writer) error { return write(w, a, ro) })
}
