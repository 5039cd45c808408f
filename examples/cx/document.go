package main

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/journey"
)

// A document is a file of one of the three kinds; one of the three fields is set.
type document struct {
	name    string
	model   *alignment.Model
	journey *journey.Journey
	canvas  *canvas.Canvas
	issues  cxmodel.Issues // of reading
	files   int            // that it was read from
}

// open reads a model, journey or canvas: the kind of which it has the fewest unknown fields, a model if in doubt.
func (e *env) open(name string) (*document, error) {
	d, err := e.openModel(name)
	if err != nil || foreign(d.issues) == 0 || name == "-" { // standard input is read already
		return d, err
	}
	data, err := e.read(name)
	if err != nil {
		return nil, err
	}
	opts := &cxmodel.DecodeOptions{Name: name}
	if j, issues, err := journey.Decode(bytes.NewReader(data), opts); err == nil && foreign(issues) < foreign(d.issues) {
		d = &document{name: name, journey: j, issues: issues, files: 1}
	}
	if c, issues, err := canvas.Decode(bytes.NewReader(data), opts); err == nil && foreign(issues) < foreign(d.issues) {
		d = &document{name: name, canvas: c, issues: issues, files: 1}
	}
	return d, nil
}

// foreign counts the fields of the document itself that its kind does not have.
func foreign(issues cxmodel.Issues) int {
	n := 0
	for _, i := range issues.Code("unknown-field") {
		if strings.Count(i.Path, "/") == 1 {
			n++
		}
	}
	return n
}

// openModel reads a model and the files that it names.
func (e *env) openModel(name string) (*document, error) {
	d := &document{name: name, files: 1}
	var err error
	if name == "-" {
		if d.model, d.issues, err = alignment.Decode(e.stdin, &cxmodel.DecodeOptions{Name: "stdin"}); err != nil {
			return nil, unreadable("stdin", err)
		}
		return d, nil
	}
	counting := &countingFS{FS: os.DirFS(filepath.Dir(name))}
	d.model, d.issues, err = alignment.Load(counting, filepath.Base(name), nil)
	if err != nil {
		return nil, unreadable(name, err)
	}
	d.files = counting.opened
	place(d.issues, filepath.Dir(name))
	return d, nil
}

// place gives issues the names of files as they were called from here.
func place(issues cxmodel.Issues, folder string) {
	for i := range issues {
		if file := &issues[i].Pos.File; *file != "" && folder != "." {
			*file = path.Join(filepath.ToSlash(folder), *file)
		}
	}
}

// check returns all issues of the document: those of reading and those of its contents.
func (d *document) check() cxmodel.Issues {
	var found cxmodel.Issues
	switch {
	case d.model != nil:
		found = d.model.Validate()
		if d.name != "-" {
			place(found, filepath.Dir(d.name))
		}
	case d.journey != nil:
		found = d.journey.Validate()
	default:
		found = d.canvas.Validate()
	}
	return append(d.issues[:len(d.issues):len(d.issues)], found...)
}

// assessable reads a model whose file was understood; what was not is printed.
func (e *env) assessable(name string) (*document, error) {
	d, err := e.openModel(name)
	if err != nil {
		return nil, err
	}
	if issues := d.check(); issues.Err() != nil {
		list(e.stderr, issues.Of(cxmodel.SeverityError))
		return nil, errFound
	}
	return d, nil
}

// countingFS counts the files that are opened.
type countingFS struct {
	fs.FS
	opened int
}

func (c *countingFS) Open(name string) (fs.File, error) {
	c.opened++
	return c.FS.Open(name)
}

// encode writes the document, comments kept.
func (d *document) encode(w io.Writer, opts *cxmodel.EncodeOptions) error {
	switch {
	case d.model != nil:
		return alignment.Encode(w, d.model, opts)
	case d.journey != nil:
		return journey.Encode(w, d.journey, opts)
	}
	return canvas.Encode(w, d.canvas, opts)
}

// encodeLike returns the format that the name of a file asks for.
func encodeLike(name string) *cxmodel.EncodeOptions {
	if strings.EqualFold(filepath.Ext(name), ".json") {
		return &cxmodel.EncodeOptions{Format: cxmodel.FormatJSON}
	}
	return &cxmodel.EncodeOptions{Format: cxmodel.FormatYAML}
}
