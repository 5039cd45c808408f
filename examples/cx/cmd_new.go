package main

import (
	"bytes"
	"embed"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/examples/models"
	"github.com/cxmodel/cxmodel/journey"
)

//go:embed templates/*.yaml
var templates embed.FS

var newCommand = &command{name: "new", args: "KIND", short: "make a model to begin with", run: runNew, long: `
new writes a model to begin with. KIND is

  small    a small business on one screen: three stages, five things behind them
  shop     an online shop, with personas, pains, measures, owners and costs
  b2b      a business that serves businesses
  cafe, restaurant, running-shoes
           the other example models
  awareness-to-advocacy, awareness-to-loyalty, business-to-business,
  consumer-goods, need-to-conclusion, subscription, three-phases
           the stages of that journey, and a canvas to be filled

Rename what is called otherwise with you, take out what you do not have, and
say how well things work: broken, poor, fair, good or excellent.

Examples:

  cx new small
  cx new -name "Anna's café" -o model.yaml small
  cx new -o model.yaml subscription
`}

func runNew(e *env, args []string) error {
	out := e.flags.String("o", "", "write to `file`; standard output without it")
	name := e.flags.String("name", "", "the `name` of the business")
	force := e.flags.Bool("force", false, "replace the file if there is one")
	rest, err := e.parse(args, 1, 1)
	if err != nil {
		return err
	}
	data, err := template(rest[0])
	if err != nil {
		return err
	}
	if as := encodeLike(*out); *name != "" || as.Format == cxmodel.FormatJSON {
		m, _, err := alignment.Decode(bytes.NewReader(data), nil)
		if err != nil {
			return err
		}
		if *name != "" {
			m.Name = *name
		}
		var b bytes.Buffer
		if err := alignment.Encode(&b, m, as); err != nil {
			return err
		}
		data = b.Bytes()
	}
	if _, err := os.Stat(*out); *out != "" && *out != "-" && err == nil && !*force {
		return fmt.Errorf("%s is there already; -force replaces it", *out)
	}
	return e.write(*out, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// template returns the file of a kind of model.
func template(kind string) ([]byte, error) {
	if kind == "small" {
		return templates.ReadFile("templates/small.yaml")
	}
	if data, err := models.Files.ReadFile(kind + ".yaml"); err == nil {
		return data, nil
	}
	if slices.Contains(journey.Presets(), kind) {
		return fromPreset(kind)
	}
	return nil, usage("there is no %q; cx help new lists what there is, such as small, shop and b2b", kind)
}

// fromPreset returns a model with the stages of a preset and a canvas to be filled.
func fromPreset(name string) ([]byte, error) {
	j, err := journey.Preset(name)
	if err != nil {
		return nil, err
	}
	item := func(key, name string) canvas.Item { return canvas.Item{Key: cxmodel.Key(key), Name: name} }
	m := &alignment.Model{Name: "My business", Journeys: []*journey.Journey{j}, Canvas: &canvas.Canvas{
		Segments:       []canvas.Segment{{Item: item("customers", "Our customers")}},
		Propositions:   []canvas.Proposition{{Item: item("promise", "What we promise")}},
		Channels:       []canvas.Channel{{Item: item("shop", "Where they meet us")}},
		Relationships:  []canvas.Relationship{{Item: item("advice", "How we treat them")}},
		RevenueStreams: []canvas.RevenueStream{{Item: item("sales", "What they pay for")}},
		Resources:      []canvas.Resource{{Item: item("team", "Who and what we need")}},
		Activities:     []canvas.Activity{{Item: item("daily-work", "What we do every day")}},
		Partnerships:   []canvas.Partnership{{Item: item("supplier", "Who helps us")}},
		Costs:          []canvas.Cost{{Item: item("wages", "What it costs")}},
	}}
	m.Links = []alignment.Link{alignment.Helps("promise", string(j.Stages[0].Key), alignment.Unrated)}
	var b bytes.Buffer
	b.WriteString("# Name what you have in each block, say under performance how well it works (broken, poor, fair,\n" +
		"# good, excellent), and under helps what it does for each stage (weak, medium, strong).\n")
	err = alignment.Encode(&b, m, nil)
	return b.Bytes(), err
}
