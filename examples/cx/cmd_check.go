package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
)

var checkCommand = &command{name: "check", args: "FILE...", short: "say what is wrong with a model, journey or canvas", run: runCheck, long: `
check reads models, journeys and canvases and prints what is wrong with them,
one line each, as compilers do:

  model.yaml:12:9: unknown field "knd"; did you mean "kind"? [unknown-field]

Errors make the exit status 1; warnings and notes do not. Issues that a waiver
lets pass stay in the list, with the reason.

Examples:

  cx check model.yaml
  cx check -strict -gaps model.yaml        for a quiet file: gaps are shown too
  cx check -format sarif model.yaml        for the code scanning of a platform
`}

func runCheck(e *env, args []string) error {
	form := e.flags.String("format", "", "`text`, json or sarif")
	gaps := e.flags.Bool("gaps", false, "also list what journey and canvas do not have of each other, as notes")
	strict := e.flags.Bool("strict", false, "warnings count as errors")
	files, err := e.parse(args, 1, -1)
	if err != nil {
		return err
	}
	kind, err := formatOf(*form, "", "text", "json", "sarif")
	if err != nil {
		return err
	}
	var all cxmodel.Issues
	for _, name := range files {
		d, err := e.open(name)
		if err != nil {
			var issue cxmodel.Issue
			if !errors.As(err, &issue) {
				return err
			}
			all = append(all, issue)
			continue
		}
		issues := d.check()
		if name != "-" && !e.saysFormat(name) {
			issues = append(issues, cxmodel.Issue{Pos: cxmodel.Position{File: name}, Code: "missing-format", Severity: cxmodel.SeverityNote,
				Message: "the file does not say its format; write format: cxmodel/1 as the first line (cx fmt -w does), so that it is read alike in years to come"})
		}
		if *gaps && d.model != nil && issues.Err() == nil {
			a, err := alignment.Assess(context.Background(), d.model, nil)
			if err != nil {
				return err
			}
			found := slices.Clone(a.Gaps)
			if name != "-" {
				place(found, filepath.Dir(name))
			}
			issues = append(issues, found...)
		}
		for i := range issues {
			if issues[i].Pos.File == "" {
				issues[i].Pos.File = name
			}
		}
		slices.SortStableFunc(issues, func(a, b cxmodel.Issue) int {
			return cmp.Or(cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Column, b.Pos.Column))
		})
		all = append(all, issues...)
	}
	switch kind {
	case "text":
		list(e.stdout, all)
		say(e.stderr, "%s\n", tally(all, len(files)))
	case "json":
		err = writeJSON(e.stdout, map[string]any{"errors": count(all, cxmodel.SeverityError), "warnings": count(all, cxmodel.SeverityWarning), "issues": append(cxmodel.Issues{}, all...)})
	case "sarif":
		err = writeSARIF(e.stdout, all)
	}
	if err != nil {
		return err
	}
	if all.Err() != nil || *strict && count(all, cxmodel.SeverityWarning) > 0 {
		return errFound
	}
	return nil
}

// saysFormat reports whether a document names its format.
func (e *env) saysFormat(name string) bool {
	data, err := e.read(name)
	var top struct{ Format *string }
	return err == nil && yaml.Unmarshal(data, &top) == nil && top.Format != nil
}

// unreadable makes an issue of a file that could not be read at all.
func unreadable(name string, err error) cxmodel.Issue {
	message := reason(err)
	pos := cxmodel.Position{File: name}
	at := syntaxPosition(err)
	pos.Line, pos.Column = at.Line, at.Column
	for _, prefix := range []string{at.String(), filepath.Base(name)} {
		message = strings.TrimPrefix(message, prefix+": ")
	}
	return cxmodel.Issue{Pos: pos, Code: "unreadable", Severity: cxmodel.SeverityError, Message: message, Err: err}
}

// count counts the issues of a severity that no waiver lets pass.
func count(issues cxmodel.Issues, s cxmodel.Severity) int {
	n := 0
	for _, i := range issues {
		if i.Severity == s && i.Waived == "" {
			n++
		}
	}
	return n
}

func tally(issues cxmodel.Issues, files int) string {
	waived := 0
	for _, i := range issues {
		if i.Waived != "" {
			waived++
		}
	}
	out := fmt.Sprintf("%s checked: %s, %s, %s", plural(files, "file"), plural(count(issues, cxmodel.SeverityError), "error"),
		plural(count(issues, cxmodel.SeverityWarning), "warning"), plural(count(issues, cxmodel.SeverityNote), "note"))
	if waived > 0 {
		out += fmt.Sprintf(", %d waived", waived)
	}
	return out
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
