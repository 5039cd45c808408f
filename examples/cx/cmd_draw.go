package main

import (
	"context"
	"io"
	"path/filepath"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/alignment/alignmentsvg"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/canvas/canvassvg"
	"github.com/cxmodel/cxmodel/journey"
	"github.com/cxmodel/cxmodel/journey/journeysvg"
)

var drawCommand = &command{name: "draw", args: "journey|canvas|heatmap FILE", short: "draw the journey, the canvas, or who carries what, as SVG", run: runDraw, long: `
draw writes a picture in SVG:

  journey   the journey map, from a model or a journey
  canvas    the business model canvas, from a model or a canvas; with -before,
            what changed since then is marked
  heatmap   who carries what: block by stage, from a model

Examples:

  cx draw -o journey.svg journey model.yaml
  cx draw -o changes.svg -before last-year.yaml canvas model.yaml
  cx draw -o heatmap.svg heatmap model.yaml
`}

func runDraw(e *env, args []string) error {
	out := e.flags.String("o", "", "write to `file`; standard output without it")
	width := e.flags.Float64("width", 0, "width in `pixels`; without it, what suits the picture")
	key := e.flags.String("journey", "", "which journey, by `key`, where the model has several")
	layout := e.flags.String("layout", "classic", "of a canvas: `classic` or grid")
	before := e.flags.String("before", "", "an earlier version of the canvas or its model, a `file`")
	flags := e.assessFlags()
	rest, err := e.parse(args, 2, 2)
	if err != nil {
		return err
	}
	if ext := strings.ToLower(filepath.Ext(*out)); ext != "" && ext != ".svg" {
		return usage("draw writes SVG, not %s; name the file %s.svg", ext, strings.TrimSuffix(filepath.Base(*out), filepath.Ext(*out)))
	}
	var draw func(w io.Writer) error
	switch name := rest[1]; rest[0] {
	case "journey":
		j, err := e.journey(name, *key)
		if err != nil {
			return err
		}
		opts := &journeysvg.Options{Width: *width, Persona: cxmodel.Key(*flags.persona)}
		draw = func(w io.Writer) error { return journeysvg.Render(w, j, opts) }
	case "canvas":
		opts := &canvassvg.Options{Width: *width}
		switch *layout {
		case "classic":
		case "grid":
			opts.Layout = canvassvg.LayoutGrid
		default:
			return usage("there is no layout %q; use classic or grid", *layout)
		}
		c, err := e.canvas(name)
		if err != nil {
			return err
		}
		if *before != "" {
			if opts.Before, err = e.canvas(*before); err != nil {
				return err
			}
		}
		draw = func(w io.Writer) error { return canvassvg.Render(w, c, opts) }
	case "heatmap":
		d, err := e.assessable(name)
		if err != nil {
			return err
		}
		o, _, err := flags.options(e, d.model)
		if err != nil {
			return err
		}
		a, err := alignment.Assess(context.Background(), d.model, o)
		if err != nil {
			return err
		}
		draw = func(w io.Writer) error { return alignmentsvg.Render(w, a, &alignmentsvg.Options{Width: *width}) }
	default:
		return usage("there is no picture %q; use journey, canvas or heatmap", rest[0])
	}
	return e.write(*out, draw)
}

// journey reads the journey of a file: the one with that key, or the only one.
func (e *env) journey(name, key string) (*journey.Journey, error) {
	d, err := e.open(name)
	if err != nil {
		return nil, err
	}
	list(e.stderr, d.issues)
	switch {
	case d.journey != nil:
		return d.journey, nil
	case d.model == nil || len(d.model.Journeys) == 0:
		return nil, usage("%s has no journey", name)
	}
	var keys []string
	for _, j := range d.model.Journeys {
		if key == string(j.Key) || key == "" && len(d.model.Journeys) == 1 {
			return j, j.ApplyPreset()
		}
		keys = append(keys, string(j.Key))
	}
	return nil, usage("%s has the journeys %s; say which one with -journey", name, strings.Join(keys, ", "))
}

// canvas reads the canvas of a file.
func (e *env) canvas(name string) (*canvas.Canvas, error) {
	d, err := e.open(name)
	if err != nil {
		return nil, err
	}
	list(e.stderr, d.issues)
	switch {
	case d.canvas != nil:
		return d.canvas, nil
	case d.model != nil && d.model.Canvas != nil:
		return d.model.Canvas, nil
	}
	return nil, usage("%s has no canvas", name)
}
