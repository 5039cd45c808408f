package main

import (
	"bytes"
	"io"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/journey"
)

var fmtCommand = &command{name: "fmt", args: "FILE...", short: "write a file in the usual form, comments kept", run: runFmt, long: `
fmt writes models, journeys and canvases in the usual form: two blanks for each
level, small mappings on one line where they stood so. Comments, empty lines,
the order of fields, and what the library cannot read stay as they are. Files
that a model names are not touched.

Examples:

  cx fmt model.yaml          to standard output
  cx fmt -w *.yaml           in place
  cx fmt -l *.yaml           list the files that would change; status 1 if any
`}

func runFmt(e *env, args []string) error {
	inPlace := e.flags.Bool("w", false, "write the result back to the file")
	only := e.flags.Bool("l", false, "list the files that would change")
	files, err := e.parse(args, 1, -1)
	if err != nil {
		return err
	}
	changed := false
	for _, name := range files {
		before, err := e.read(name)
		if err != nil {
			return err
		}
		after, err := format(name, before)
		if err != nil {
			return err
		}
		differs := !bytes.Equal(before, after)
		changed = changed || differs
		switch {
		case *only:
			if differs {
				say(e.stdout, "%s\n", name)
			}
		case *inPlace && name != "-":
			if !differs {
				continue
			}
			err = replace(name, func(w io.Writer) error { _, err := w.Write(after); return err })
		default:
			_, err = e.stdout.Write(after)
		}
		if err != nil {
			return err
		}
	}
	if *only && changed {
		return errFound
	}
	return nil
}

// format returns a file in the usual form. Whatever kind of document it is, nothing in it is lost: a field that the kind
// does not have is written as it was read.
func format(name string, data []byte) ([]byte, error) {
	opts := &cxmodel.DecodeOptions{Name: name}
	d := &document{name: name}
	var err error
	if d.model, d.issues, err = alignment.Decode(bytes.NewReader(data), opts); err != nil {
		return nil, err
	}
	if j, issues, err := journey.Decode(bytes.NewReader(data), opts); err == nil && foreign(issues) < foreign(d.issues) {
		d = &document{name: name, journey: j, issues: issues}
	}
	if c, issues, err := canvas.Decode(bytes.NewReader(data), opts); err == nil && foreign(issues) < foreign(d.issues) {
		d = &document{name: name, canvas: c, issues: issues}
	}
	encode := &cxmodel.EncodeOptions{}
	if first := bytes.TrimSpace(data); len(first) > 0 && first[0] == '{' {
		encode.Format = cxmodel.FormatJSON
		if err := d.issues.Err(); err != nil { // JSON is written from what was understood
			return nil, err
		}
	}
	var b bytes.Buffer
	err = d.encode(&b, encode)
	return b.Bytes(), err
}
