package main

import (
	"bytes"
	"fmt"
	"io"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/alignment/alignmentcsv"
)

var linksCommand = &command{name: "links", args: "MODEL", short: "write the links as a table for a workshop, and read it back", run: runLinks, long: `
links writes what the canvas does for the journey as CSV: one row a link, or
with -sheet one row an item and one column a touchpoint, in which people write
none, weak, medium, strong, or 0, 1, 3, 9. With -merge it brings such a table
into the model. What finds no place is listed, with line and column, and makes
the status 1.

Examples:

  cx links model.yaml
  cx links -blank -rater anna -o anna.csv model.yaml    a form to be filled
  cx links -merge anna.csv -w model.yaml                and back into the model
`}

func runLinks(e *env, args []string) error {
	out := e.flags.String("o", "", "write to `file`; standard output without it")
	asSheet := e.flags.Bool("sheet", false, "items × touchpoints instead of one row a link")
	blank := e.flags.Bool("blank", false, "a sheet without strengths, to be filled")
	facets := e.flags.Bool("facets", false, "a column for each quality of each touchpoint")
	rater := e.flags.String("rater", "", "who rates, by `key`: in a blank sheet, and for rows of a table that name nobody")
	separator := e.flags.String("separator", "", "between cells: `comma`, semicolon or tab")
	merge := e.flags.String("merge", "", "bring the table of this `file` into the model, and write the model")
	all := e.flags.Bool("replace", false, "with -merge: take out what the table's raters said and the table does not have")
	inPlace := e.flags.Bool("w", false, "with -merge: write the model back to its file")
	rest, err := e.parse(args, 1, 1)
	if err != nil {
		return err
	}
	comma, ok := map[string]rune{"": 0, "comma": ',', "semicolon": ';', "tab": '\t'}[*separator]
	if !ok {
		return usage("there is no separator %q; use comma, semicolon or tab", *separator)
	}
	switch {
	case *merge == "" && (*inPlace || *all):
		return usage("-w and -replace go with -merge")
	case *inPlace && *out != "":
		return usage("give either -w or -o")
	case *rater != "" && !cxmodel.Key(*rater).Valid():
		return usage("-rater: %v", cxmodel.Key(*rater).Check())
	}
	d, err := e.openModel(rest[0])
	if err != nil {
		return err
	}
	list(e.stderr, d.issues)
	if *merge != "" {
		if *inPlace {
			if *out = rest[0]; d.files > 1 {
				return fmt.Errorf("%s names other files, and would swallow them; write to a new file with -o", rest[0])
			}
		}
		return e.merge(d, *merge, *out, &alignmentcsv.ReadOptions{Name: *merge, Separator: comma, Rater: cxmodel.Key(*rater), Replace: *all})
	}
	o := &alignmentcsv.SheetOptions{Separator: comma, Blank: *blank, Rater: cxmodel.Key(*rater), Facets: *facets}
	return e.write(*out, func(w io.Writer) error {
		if !*asSheet && !*blank && !*facets {
			return alignmentcsv.EncodeLinks(w, d.model, o)
		}
		issues, err := alignmentcsv.EncodeSheet(w, d.model, o)
		list(e.stderr, issues)
		return err
	})
}

// merge brings a table into a model and writes the model. Where something found no place the model is written all the
// same, with the rest.
func (e *env) merge(d *document, table, out string, o *alignmentcsv.ReadOptions) error {
	data, err := e.read(table)
	if err != nil {
		return err
	}
	m, issues, err := alignmentcsv.Update(d.model, bytes.NewReader(data), o)
	if err != nil {
		return err
	}
	list(e.stderr, issues)
	like := out
	if like == "" || like == "-" {
		like = d.name
	}
	if err := e.write(out, func(w io.Writer) error { return alignment.Encode(w, m, encodeLike(like)) }); err != nil {
		return err
	}
	if issues.Err() != nil {
		return errFound
	}
	return nil
}
