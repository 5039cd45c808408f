package alignment_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/journey"
)

// bigModel has as many stages, with five touchpoints each, three facets, items over the nine blocks, and links.
func bigModel(stages, items, links, needs int) *alignment.Model {
	rng := rand.New(rand.NewPCG(11, 12))
	j := &journey.Journey{Name: "Big", Facets: []journey.Facet{{Key: "outcome"}, {Key: "emotion"}, {Key: "convenience"}}}
	var places []string
	for s := range stages {
		st := journey.Stage{Key: cxmodel.Key(fmt.Sprintf("s%d", s)), Name: fmt.Sprintf("Stage %d", s)}
		places = append(places, string(st.Key))
		for t := range 5 {
			tp := journey.Touchpoint{Key: cxmodel.Key(fmt.Sprintf("t%d-%d", s, t)), Name: fmt.Sprintf("Touchpoint %d", t)}
			st.Touchpoints = append(st.Touchpoints, tp)
			places = append(places, string(tp.Key), string(tp.Key)) // one link in eleven goes to a whole stage
		}
		j.Stages = append(j.Stages, st)
	}
	m := &alignment.Model{Journeys: []*journey.Journey{j}, Canvas: &canvas.Canvas{}}
	for i := range items {
		it := canvas.Item{Key: cxmodel.Key(fmt.Sprintf("i%d", i)), Name: fmt.Sprintf("Item %d", i), Performance: new(canvas.Performance(rng.Float64()))}
		switch i % 9 {
		case 0:
			m.Canvas.Segments = append(m.Canvas.Segments, canvas.Segment{Item: it})
		case 1:
			m.Canvas.Propositions = append(m.Canvas.Propositions, canvas.Proposition{Item: it})
		case 2:
			m.Canvas.Channels = append(m.Canvas.Channels, canvas.Channel{Item: it})
		case 3:
			m.Canvas.Relationships = append(m.Canvas.Relationships, canvas.Relationship{Item: it})
		case 4:
			m.Canvas.RevenueStreams = append(m.Canvas.RevenueStreams, canvas.RevenueStream{Item: it})
		case 5:
			m.Canvas.Resources = append(m.Canvas.Resources, canvas.Resource{Item: it})
		case 6:
			m.Canvas.Activities = append(m.Canvas.Activities, canvas.Activity{Item: it})
		case 7:
			m.Canvas.Partnerships = append(m.Canvas.Partnerships, canvas.Partnership{Item: it})
		default:
			m.Canvas.Costs = append(m.Canvas.Costs, canvas.Cost{Item: it})
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
	for range needs {
		from := 1 + rng.IntN(items-1)
		m.Needs = append(m.Needs, alignment.Need{Item: ref(from), Needs: ref(rng.IntN(from)), Strength: alignment.Strong})
	}
	return m
}

// The bar: 12 stages, 60 touchpoints, 3 facets, 90 items and 400 links in at most 10 ms.
func BenchmarkAssess(b *testing.B) {
	for _, needs := range []int{0, 40} {
		m := bigModel(12, 90, 400, needs)
		b.Run(fmt.Sprintf("needs=%d", needs), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, err := alignment.Assess(b.Context(), m, nil)
				require.NoError(b, err)
			}
		})
	}
}

// The bar: a model of 5 MB decoded in under 1 s.
func BenchmarkDecode5MB(b *testing.B) {
	m := bigModel(600, 2000, 40_000, 0)
	for _, format := range []cxmodel.Format{cxmodel.FormatYAML, cxmodel.FormatJSON} {
		var text bytes.Buffer
		for i := range m.Links { // notes of a length that people write, up to 5 MB
			m.Links[i].Note = "seen on a visit in spring, told by three guests"
		}
		require.NoError(b, alignment.Encode(&text, m, &cxmodel.EncodeOptions{Format: format}))
		b.Run(map[cxmodel.Format]string{cxmodel.FormatYAML: "YAML", cxmodel.FormatJSON: "JSON"}[format], func(b *testing.B) {
			b.SetBytes(int64(text.Len()))
			for b.Loop() {
				_, issues, err := alignment.Decode(bytes.NewReader(text.Bytes()), nil)
				require.NoError(b, err)
				require.Empty(b, issues)
			}
		})
	}
}

// Validate of ten times the model takes about ten times as long.
func BenchmarkValidate(b *testing.B) {
	for _, n := range []int{1, 10} {
		m := bigModel(12*n, 90*n, 400*n, 30)
		for i := range m.Links {
			m.Links[i].Facet = "emotion"
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if err := m.Validate().Err(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
