package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
)

var diffCommand = &command{name: "diff", args: "OLD NEW", short: "say what changed between two versions, and why the score moved", run: runDiff, long: `
diff compares two versions of a model: what changed, in the words of the model,
and how the score moved. Points are divided among three causes, in this order:

  frame      what is asked: stages, weights, facets, personas, scale
  knowledge  what is known: links, ratings, items, what is reviewed
  reality    what the business does: performance, stated in both versions

so that reality is what the change of performance is worth in the model as it is
now. The three sum to the change. The format follows the name of the file that
is written; without one it is text. With -most-lost the exit status is 1 where a
stage has lost more, as a gate for a build.

Examples:

  cx diff last-year.yaml model.yaml
  git show main:model.yaml > old.yaml; cx diff -format md old.yaml model.yaml
  cx diff -answers new.csv -answers-before old.csv old.yaml model.yaml
`}

func runDiff(e *env, args []string) error {
	out := e.flags.String("o", "", "write to `file`; standard output without it")
	form := e.flags.String("format", "", "`text`, md, csv or json")
	most := math.NaN()
	e.flags.Func("most-lost", "fail where a stage lost more than so many `points` of 100, or its score", func(s string) (err error) {
		if most, err = strconv.ParseFloat(s, 64); err != nil || !(most >= 0 && most <= 100) {
			return errors.New("give a number from 0 to 100")
		}
		return nil
	})
	flags := e.assessFlags()
	before := assessFlags{persona: flags.persona, read: flags.read,
		answers: e.flags.String("answers-before", "", "the answers that belong to the older version, a `file`"),
		scale:   e.flags.String("scale-before", "", "the scale of the older version; without it that of the newer, `1-3-9`")}
	rest, err := e.parse(args, 2, 2)
	if err != nil {
		return err
	}
	if *before.scale == "" {
		before.scale = flags.scale
	}
	kind, err := formatOf(*form, *out, "text", "md", "csv", "json")
	if err != nil {
		return err
	}
	write := diffText
	switch kind {
	case "md":
		write = diffMarkdown
	case "csv":
		write = func(w io.Writer, c *alignment.Comparison) error { return c.WriteCSV(w) }
	case "json":
		write = func(w io.Writer, c *alignment.Comparison) error { return writeJSON(w, c) }
	}
	c, err := e.compare(rest[0], rest[1], before, flags)
	if err != nil {
		return err
	}
	if err := e.write(*out, func(w io.Writer) error { return write(w, c) }); err != nil || math.IsNaN(most) {
		return err
	}
	return lost(c, most)
}

// lost returns an error that names the stages that lost more than so many points of 100.
func lost(c *alignment.Comparison, most float64) error {
	var names []string
	for _, s := range c.Worse(most / 100) {
		names = append(names, fmt.Sprintf("%s (%s)", visible(s.Name), points(s.Change)))
	}
	if len(names) == 0 {
		return nil
	}
	return fmt.Errorf("%s lost more than %g points, or the score: %s", plural(len(names), "stage"), most, strings.Join(names, ", "))
}

// compare compares two versions. An older one that has errors has no score; what changed since is said all the same, so
// that a broken model can be mended in a pull request.
func (e *env) compare(older, newer string, before, after assessFlags) (*alignment.Comparison, error) {
	now, err := e.assessable(newer)
	if err != nil {
		return nil, err
	}
	old, err := e.openModel(older)
	if err != nil {
		return nil, err
	}
	opts := &alignment.CompareOptions{}
	if opts.After, _, err = after.options(e, now.model); err != nil {
		return nil, err
	}
	if issues := old.check(); issues.Err() != nil {
		a, err := alignment.Assess(context.Background(), now.model, opts.After)
		if err != nil {
			return nil, err
		}
		none := math.NaN()
		return &alignment.Comparison{Before: alignment.Support{Delivered: none, Low: none, High: none, Design: none}, After: a.Total, Change: none,
			Causes:  alignment.Causes{Frame: none, Knowledge: none, Reality: none},
			Changes: alignment.Diff(old.model, now.model),
			Notes:   []string{fmt.Sprintf("the older version has %s, so that there is no score to compare with", plural(count(issues, cxmodel.SeverityError), "error"))}}, nil
	}
	if opts.Before, _, err = before.options(e, old.model); err != nil {
		return nil, err
	}
	return alignment.Compare(context.Background(), old.model, now.model, opts)
}

// points returns points of 100 with a sign and one decimal.
func points(x float64) string {
	if math.IsNaN(x) {
		return "n/a"
	}
	s := fmt.Sprintf("%+.1f", 100*x)
	if s == "-0.0" || s == "+0.0" {
		return "0.0"
	}
	return s
}

func score(x float64) string {
	if math.IsNaN(x) {
		return "n/a"
	}
	return fmt.Sprintf("%.1f", 100*x)
}

// moved returns the sentence that comes first.
func moved(c *alignment.Comparison) string {
	switch {
	case math.IsNaN(c.Change):
		return "One of the versions has no score yet."
	case points(c.Change) == "0.0":
		return fmt.Sprintf("What works today stays at %s of 100.", score(c.After.Delivered))
	}
	return fmt.Sprintf("What works today went from %s to %s of 100: %s points.", score(c.Before.Delivered), score(c.After.Delivered), points(c.Change))
}

func diffText(w io.Writer, c *alignment.Comparison) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", moved(c))
	t := &textTable{head: []string{"", "before", "after", "change", "frame", "knowledge", "reality"}, max: 28}
	row := func(name string, before, after, change float64, k alignment.Causes) {
		t.add(name, score(before), score(after), points(change), points(k.Frame), points(k.Knowledge), points(k.Reality))
	}
	row("Total", c.Before.Delivered, c.After.Delivered, c.Change, c.Causes)
	for _, s := range c.Stages {
		row(s.Name, s.Before, s.After, s.Change, s.Causes)
	}
	t.write(&b)
	b.WriteString("\nframe: what is asked; knowledge: what is known; reality: how things work\n")
	for _, n := range c.Notes {
		b.WriteString(strings.Join(fold("Note: "+n+".", 80), "\n") + "\n")
	}
	if len(c.Changes) > 0 {
		fmt.Fprintf(&b, "\n%s:\n", plural(len(c.Changes), "change"))
	}
	for _, x := range c.Changes {
		b.WriteString("  " + strings.Join(fold(visible(x.String()), 78), "\n    ") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// mostChanges is how many changes a pull request shows before the rest is counted.
const mostChanges = 100

func diffMarkdown(w io.Writer, c *alignment.Comparison) error {
	var b strings.Builder
	fmt.Fprintf(&b, "### %s\n\n", strings.TrimSuffix(moved(c), "."))
	if err := c.WriteMarkdown(&b); err != nil {
		return err
	}
	b.WriteString("\nFrame: what is asked (stages, weights, facets, scale). Knowledge: what is known (links, ratings, reviews).\n" +
		"Reality: how things work. The score is judgement unless it is marked as measured; it is not satisfaction.\n")
	for _, n := range c.Notes {
		fmt.Fprintf(&b, "\n> %s\n", n)
	}
	if len(c.Changes) > 0 {
		fmt.Fprintf(&b, "\n<details><summary>%s</summary>\n\n", plural(len(c.Changes), "change"))
		for i, x := range c.Changes {
			if i == mostChanges {
				fmt.Fprintf(&b, "- and %d more\n", len(c.Changes)-mostChanges)
				break
			}
			fmt.Fprintf(&b, "- %s\n", code(x))
		}
		b.WriteString("\n</details>\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// code shows a change as code, in which names neither link nor notify.
func code(c cxmodel.Change) string {
	text := visible(c.String())
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	if len(fence) > 1 {
		return fence + " " + text + " " + fence
	}
	return fence + text + fence
}
