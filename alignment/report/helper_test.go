package report_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/alignment/report"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/journey"
	"github.com/cxmodel/cxmodel/metrics"
)

var examples = []string{"cafe", "restaurant", "shop", "b2b", "running-shoes"}

func load(t testing.TB, name string) *alignment.Model {
	t.Helper()
	m, issues, err := alignment.Load(os.DirFS("../../examples/models"), name+".yaml", nil)
	require.NoError(t, err)
	require.Empty(t, issues)
	return m
}

func assess(t testing.TB, m *alignment.Model, opts *alignment.Options) *alignment.Assessment {
	t.Helper()
	a, err := alignment.Assess(t.Context(), m, opts)
	require.NoError(t, err)
	return a
}

func example(t testing.TB, name string) *alignment.Assessment {
	t.Helper()
	return assess(t, load(t, name), nil)
}

func html(t testing.TB, a *alignment.Assessment, opts *report.Options) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, report.HTML(&b, a, opts))
	return b.String()
}

func markdown(t testing.TB, a *alignment.Assessment, opts *report.Options) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, report.Markdown(&b, a, opts))
	return b.String()
}

// nps is an estimate from so many answers, half of them promoters.
func nps(t testing.TB, n int) metrics.Estimate {
	t.Helper()
	e, err := metrics.NPSOf(n/4, n-n/4-n/2, n/2, nil)
	require.NoError(t, err)
	return e
}

// big returns a model of 30 stages and 120 items with long names, partly judged, and answers from everywhere.
func big(t testing.TB) (*alignment.Model, []report.Observation) {
	const stages, items, links = 30, 120, 700
	rng := rand.New(rand.NewPCG(11, 12))
	j := &journey.Journey{Name: "A long journey", Scenario: "Somebody goes through all of it", Facets: []journey.Facet{{Key: "outcome"}, {Key: "emotion"}, {Key: "convenience"}}}
	var places []string
	var observed []report.Observation
	for s := range stages {
		st := journey.Stage{Key: cxmodel.Key(fmt.Sprintf("s%d", s)), Name: fmt.Sprintf("Stage %d with a name that is rather long", s), Reviewed: s%3 == 0}
		places = append(places, string(st.Key))
		for n := range 4 {
			tp := journey.Touchpoint{Key: cxmodel.Key(fmt.Sprintf("t%d-%d", s, n)), Name: fmt.Sprintf("Touchpoint %d of stage %d", n, s), Sentiment: new(rng.Float64()*4 - 2)}
			if n == 1 {
				tp.Pains = []journey.Pain{{Text: "It takes too long and nobody says why"}}
				tp.Measures = []journey.Measure{{Key: cxmodel.Key(fmt.Sprintf("m%d", s)), Metric: journey.MetricNPS, Question: "How likely are you to recommend us?"}}
				observed = append(observed, report.Observation{At: tp.Ref(), Measure: tp.Measures[0].Key, Estimate: nps(t, 3+rng.IntN(400)), Reach: new(rng.Float64())})
			}
			st.Touchpoints = append(st.Touchpoints, tp)
			places = append(places, string(tp.Key), string(tp.Key))
		}
		j.Stages = append(j.Stages, st)
	}
	m := &alignment.Model{Name: "A large model", Journeys: []*journey.Journey{j}, Canvas: &canvas.Canvas{Name: "Large"}}
	for i := range items {
		it := canvas.Item{Key: cxmodel.Key(fmt.Sprintf("i%d", i)), Name: fmt.Sprintf("Item %d of the canvas", i), Performance: new(canvas.Performance(rng.Float64()))}
		if i%7 == 0 {
			it.Performance = nil
		}
		c := m.Canvas
		switch canvas.Block(i%9 + 1) {
		case canvas.CustomerSegments:
			c.Segments = append(c.Segments, canvas.Segment{Item: it})
		case canvas.ValuePropositions:
			c.Propositions = append(c.Propositions, canvas.Proposition{Item: it})
		case canvas.Channels:
			c.Channels = append(c.Channels, canvas.Channel{Item: it})
		case canvas.CustomerRelationships:
			c.Relationships = append(c.Relationships, canvas.Relationship{Item: it})
		case canvas.RevenueStreams:
			c.RevenueStreams = append(c.RevenueStreams, canvas.RevenueStream{Item: it})
		case canvas.KeyResources:
			c.Resources = append(c.Resources, canvas.Resource{Item: it})
		case canvas.KeyActivities:
			c.Activities = append(c.Activities, canvas.Activity{Item: it})
		case canvas.KeyPartnerships:
			c.Partnerships = append(c.Partnerships, canvas.Partnership{Item: it})
		case canvas.CostStructure:
			c.Costs = append(c.Costs, canvas.Cost{Item: it})
		}
	}
	for range links {
		l := alignment.Helps(fmt.Sprintf("i%d", rng.IntN(items)), places[rng.IntN(len(places))], alignment.Weak+alignment.Strength(rng.IntN(3)))
		if rng.IntN(4) == 0 {
			l.Role = alignment.Required
		}
		if rng.IntN(2) == 0 {
			l.Facet = j.Facets[rng.IntN(3)].Key
		}
		m.Links = append(m.Links, l)
	}
	return m, observed
}

// marks returns a model whose links have no strength.
func marks(t testing.TB) *alignment.Model {
	m := load(t, "shop")
	for i := range m.Links {
		m.Links[i].Strength = alignment.Unrated
	}
	m.Targets = nil
	return m
}

// unlinked returns a model of names alone. Its stages are reviewed, so that they have a score of 0 that means nothing.
func unlinked(t testing.TB) *alignment.Model {
	m := load(t, "shop")
	m.Links, m.Needs = nil, nil
	return m
}

// hostile are texts that try to break out of where they stand, to run, to turn their surroundings round, or to be endless.
var hostile = []string{
	`<script>window.pwned=1;parent.pwned=1</script>`, `"><img src=x onerror="window.pwned=1;parent.pwned=1">`, `</style></title></svg><svg onload=parent.pwned=1>`,
	`' onmouseover='parent.pwned=1`, `[click](javascript:parent.pwned=1) ![x](http://example.com/x.png) <http://example.com> www.example.com @everyone #1`,
	"a\x00b\x07c\x1b[31m\ufffe", "\u202Ereversed\u202D \u2067isolate", strings.Repeat("long", 2500), "| a | b |\n|---|---|\n# not a heading", "&lt;b&gt;{1}{2}{{.}}",
	"خدمة العملاء والطلبات", "食べ物と飲み物の予約をする", "👩‍👩‍👧‍👦🏽 party", strings.Repeat("e\u0301a\u0308", 40), "\xff\xfe\xfa",
}

// poison puts hostile texts wherever a model takes text. What has a form of its own (keys, currencies, presets) is left.
func poison(m *alignment.Model) {
	n := 0
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer:
			if !v.IsNil() {
				walk(v.Elem())
			}
		case reflect.Slice, reflect.Array:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Struct:
			for i := range v.NumField() {
				if f := v.Type().Field(i); f.IsExported() && f.Name != "Currency" && f.Name != "Preset" && f.Name != "Aliases" {
					walk(v.Field(i))
				}
			}
		case reflect.String:
			if v.Type() == reflect.TypeFor[string]() && v.CanSet() {
				v.SetString(hostile[n%len(hostile)])
				n++
			}
		}
	}
	walk(reflect.ValueOf(m))
}
