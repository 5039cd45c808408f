package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/nearest"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

// answerFlags say how a file of answers is written.
type answerFlags struct {
	columns, words, aliases, missing, layouts []string
	decimal                                   byte
}

func (e *env) answerFlags() *answerFlags {
	f := &answerFlags{}
	e.flags.Func("column", "a column of the answers: `HEADING=FIELD` or HEADING=MEASURE, where FIELD is time, touchpoint, segment, score, …; again for each", collect(&f.columns))
	e.flags.Func("word", "what a word in the answers means: `WORD=SCORE`, such as \"very good=5\"; again for each", collect(&f.words))
	e.flags.Func("alias", "what the answers call a measure, touchpoint or segment: `NAME=KEY`; again for each", collect(&f.aliases))
	e.flags.Func("missing", "`text` that stands for no answer, besides nothing, NA, NaN, N/A and null; again for each", func(s string) error {
		f.missing = append(f.missing, s)
		return nil
	})
	e.dates(&f.layouts)
	e.decimal(&f.decimal)
	return f
}

// dates defines the flag for how dates are written.
func (e *env) dates(into *[]string) {
	e.flags.Func("dates", "how dates are written, such as `dd.mm.yyyy`, \"mm/dd/yyyy hh:mm\", unix or unix-ms; again for each", func(s string) error {
		layout := dateLetters.Replace(s)
		if s == "unix" || s == "unix-ms" {
			*into = append(*into, s)
			return nil
		}
		if example := time.Date(2019, 11, 23, 21, 58, 59, 0, time.UTC); example.Format(layout) == layout {
			return fmt.Errorf("%q has neither yyyy, mm nor dd", s)
		}
		*into = append(*into, layout)
		return nil
	})
}

// dateLetters turns the letters that people write dates with into those of package time, which pass too.
var dateLetters = strings.NewReplacer("hh:mm:ss", "15:04:05", "hh:mm", "15:04", "HH:MM:SS", "15:04:05", "HH:MM", "15:04", "HH:mm:ss", "15:04:05", "HH:mm", "15:04",
	"yyyy", "2006", "YYYY", "2006", "mm", "01", "MM", "01", "dd", "02", "DD", "02")

// decimal defines the flag for the decimal mark.
func (e *env) decimal(into *byte) {
	*into = '.'
	e.flags.Func("decimal", "decimal mark of numbers: `point` or comma (default point)", func(s string) error {
		mark, ok := map[string]byte{".": '.', "point": '.', ",": ',', "comma": ','}[s]
		if !ok {
			return fmt.Errorf("%q is no decimal mark; use point or comma", s)
		}
		*into = mark
		return nil
	})
}

// collect gathers the values of a flag of the form a=b.
func collect(into *[]string) func(string) error {
	return func(s string) error {
		if !strings.Contains(s, "=") {
			return fmt.Errorf("%q has no =", s)
		}
		*into = append(*into, s)
		return nil
	}
}

// cutLast splits at the last =, because headings may have one.
func cutLast(s string) (before, after string) {
	at := strings.LastIndex(s, "=")
	return s[:at], s[at+1:]
}

// reader returns the options to read answers to the measures of defs.
func (f *answerFlags) reader(name string, defs []survey.MeasureDef, aliases survey.Aliases) (*survey.ReaderOptions, error) {
	o := &survey.ReaderOptions{Name: called(name), Aliases: aliases, Decimal: f.decimal, Layouts: f.layouts, Columns: map[string]survey.Column{}, StatusWords: map[string]survey.Status{}}
	if f.missing != nil {
		o.Missing = append([]string{"NA", "NaN", "N/A", "null"}, f.missing...)
	}
	for _, into := range []*map[string]cxmodel.Key{&o.Aliases.Measures, &o.Aliases.Touchpoints, &o.Aliases.Segments} {
		for _, s := range f.aliases {
			if *into == nil {
				*into = map[string]cxmodel.Key{}
			}
			called, key := cutLast(s)
			(*into)[called] = cxmodel.Key(key)
		}
	}
	scores := map[string]float64{}
	for _, s := range f.words {
		word, means := cutLast(s)
		status := survey.StatusUnspecified
		if x, err := strconv.ParseFloat(means, 64); err == nil {
			scores[word] = x
		} else if err := status.UnmarshalText([]byte(means)); err == nil {
			o.StatusWords[word] = status
		} else {
			return nil, usage("%q is neither a number nor a status; write -word %q", means, word+"=5")
		}
	}
	asked := func(key cxmodel.Key) bool {
		return slices.ContainsFunc(defs, func(d survey.MeasureDef) bool { return d.Key == key })
	}
	scored := false
	for _, s := range f.columns {
		heading, what := cutLast(s)
		var c survey.Column
		if err := c.Field.UnmarshalText([]byte(what)); err != nil || what == "" {
			if c.Measure = cxmodel.Key(what); !asked(c.Measure) {
				return nil, usage("%q is neither a measure nor a field: %v", what, err)
			}
		}
		if c.Measure != "" || c.Field == survey.FieldScore {
			c.Words, scored = scores, true
		}
		o.Columns[heading] = c
	}
	if len(scores) > 0 && !scored {
		o.Columns["score"] = survey.Column{Field: survey.FieldScore, Words: scores}
	}
	return o, nil
}

// count counts a file of answers. Rows that cannot be read, and answers to questions that nobody asked, are told on
// standard error.
func (e *env) count(cube *survey.Cube, name string, o *survey.ReaderOptions) error {
	data, done, err := e.source(name)
	if err != nil {
		return err
	}
	defer done()
	reader := survey.NewReader(data, o)
	err = cube.AddReader(context.Background(), reader)
	done()
	issues, rejected := reader.Rejected()
	listRows(e.stderr, issues)
	if err != nil {
		return err
	}
	if rejected > 0 {
		say(e.stderr, "%s: %d rejected of %s\n", o.Name, rejected, plural(reader.Rows(), "row"))
	}
	if n := cube.Skipped(); n > 0 {
		say(e.stderr, "%s: %s to questions that nobody defined%s\n", o.Name, plural(n, "answer"), strangers(cube, name, o))
	}
	return nil
}

// mostStrangers is how many unknown questions are named.
const mostStrangers = 5

// strangers names the questions that nobody defined, from a second look at the file.
func strangers(cube *survey.Cube, file string, o *survey.ReaderOptions) string {
	f, err := os.Open(file) // there is no second look at standard input
	if err != nil {
		return ""
	}
	defer f.Close()
	var known, names []string
	for _, d := range cube.Measures() {
		known = append(known, string(d.Key))
	}
	for a, err := range survey.NewReader(f, o).All() {
		name := string(a.Measure)
		if err != nil || len(names) > mostStrangers {
			break
		}
		if !slices.Contains(known, name) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for i, name := range names {
		if names[i] = strconv.Quote(name); i == mostStrangers {
			names[i] = "…"
		} else if guess := nearest.Word(name, known); guess != "" {
			names[i] += fmt.Sprintf(" (did you mean %q?)", guess)
		}
	}
	return ": " + visible(strings.Join(names, ", "))
}
