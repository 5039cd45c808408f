package alignment_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/metrics"
)

func compare(t testing.TB, before, after *alignment.Model, opts *alignment.CompareOptions) *alignment.Comparison {
	t.Helper()
	c, err := alignment.Compare(t.Context(), before, after, opts)
	require.NoError(t, err)
	return c
}

// Edits of one kind each. None of them makes a model invalid.
func editPerformance(rng *rand.Rand, m *alignment.Model) {
	for e := range m.Canvas.Entries() {
		if b := e.Base(); b.Performance != nil {
			b.Performance = new(canvas.Performance(rng.Float64()))
		}
	}
	for i := range m.Links {
		if l := &m.Links[i]; l.Performance != nil {
			l.Performance = new(canvas.Performance(rng.Float64()))
		}
	}
}

func editKnowledge(rng *rand.Rand, m *alignment.Model) {
	for i := range m.Links {
		if rng.IntN(2) == 0 {
			m.Links[i].Strength = randomStrength(rng, 6)
		}
	}
	if len(m.Links) > 1 {
		m.Links = m.Links[1:]
	}
	for e := range m.Canvas.Entries() {
		if b := e.Base(); b.Performance == nil && rng.IntN(2) == 0 {
			b.Performance = new(canvas.Performance(rng.Float64()))
		}
	}
	for _, j := range m.Journeys {
		for i := range j.Stages {
			j.Stages[i].Reviewed = rng.IntN(2) == 0
		}
	}
}

func editFrame(rng *rand.Rand, m *alignment.Model) {
	for _, j := range m.Journeys {
		for i := range j.Stages {
			s := &j.Stages[i]
			s.Weight = new(1 + 4*rng.Float64())
			for k := range s.Touchpoints {
				s.Touchpoints[k].Weight = new(1 + 4*rng.Float64())
			}
		}
		for i := range j.Facets {
			j.Facets[i].Weight = new(1 + 4*rng.Float64())
		}
	}
}

// changes returns the change of the total and of every stage, with their causes.
func changes(c *alignment.Comparison) map[string][2]any {
	out := map[string][2]any{"total": {c.Change, c.Causes}}
	for _, s := range c.Stages {
		out[s.Ref.String()] = [2]any{s.Change, s.Causes}
	}
	return out
}

func TestCausesSumToTheChange(t *testing.T) {
	t.Parallel()
	scales := []alignment.StrengthScale{alignment.Scale139(), alignment.Scale135(), alignment.Scale123()}
	known := 0
	for seed := range uint64(models) {
		rng := rand.New(rand.NewPCG(seed, 11))
		before := randomModel(rng)
		after := randomModel(rng) // nothing but some keys in common
		if seed%2 == 0 {
			after = before.Clone()
			editPerformance(rng, after)
			editKnowledge(rng, after)
			editFrame(rng, after)
		}
		c := compare(t, before, after, &alignment.CompareOptions{Before: &alignment.Options{Scale: scales[rng.IntN(3)]}, After: &alignment.Options{Scale: scales[rng.IntN(3)]}})
		for name, x := range changes(c) {
			change, causes := x[0].(float64), x[1].(alignment.Causes)
			if math.IsNaN(change) {
				assert.True(t, math.IsNaN(causes.Frame) && math.IsNaN(causes.Knowledge) && math.IsNaN(causes.Reality), name)
				continue
			}
			known++
			assert.InDelta(t, change, causes.Frame+causes.Knowledge+causes.Reality, 1e-12, "%s, seed %d", name, seed)
		}
		if !math.IsNaN(c.Change) {
			assert.Equal(t, c.After.Delivered-c.Before.Delivered, c.Change)
		}
	}
	assert.Greater(t, known, models, "most pairs have scores")
}

func TestAChangeOfOneKindHasOneCause(t *testing.T) {
	t.Parallel()
	for seed := range uint64(models / 5) {
		rng := rand.New(rand.NewPCG(seed, 12))
		before := randomModel(rng)
		for kind, edit := range []func(*rand.Rand, *alignment.Model){editFrame, editKnowledge, editPerformance} {
			after := before.Clone()
			edit(rng, after)
			for name, x := range changes(compare(t, before, after, nil)) {
				change, k := x[0].(float64), x[1].(alignment.Causes)
				if math.IsNaN(change) {
					continue
				}
				got := []float64{k.Frame, k.Knowledge, k.Reality}
				for other := range got {
					if other != kind {
						require.InDelta(t, 0, got[other], 1e-15, "%s, seed %d, kind %d, cause %d", name, seed, kind, other)
					}
				}
			}
		}
	}
}

func TestNothingChangedIsNoChange(t *testing.T) {
	t.Parallel()
	for seed := range uint64(models / 5) {
		m := randomModel(rand.New(rand.NewPCG(seed, 7)))
		c := compare(t, m, m.Clone(), nil)
		assert.Empty(t, c.Changes)
		for name, x := range changes(c) {
			if change := x[0].(float64); !math.IsNaN(change) {
				assert.Zero(t, change, name)
				assert.Zero(t, x[1], name)
			}
		}
	}
}

func TestARenameMovesNothing(t *testing.T) {
	before := load(t, "restaurant.yaml")
	after := before.Clone()
	s := &after.Journeys[0].Stages[2]
	s.Key, s.Formerly = "dine", []cxmodel.Key{"order-dine"}
	w := &after.Canvas.Relationships[0]
	w.Key, w.Formerly = "waiters", []cxmodel.Key{"waiter-service"}
	c := compare(t, before, after, nil)
	assert.Zero(t, c.Change)
	assert.Zero(t, c.Causes)
	var lines []string
	for _, x := range c.Changes {
		lines = append(lines, x.String())
	}
	assert.Equal(t, []string{"stage/dine: renamed from order-dine to dine", "relationship/waiters: renamed from waiter-service to waiters"}, lines)
}

// The café: phone is all that enquiry has at 1 × .5; the total is the mean of three stages.
func TestCausesByHand(t *testing.T) {
	before := load(t, "cafe.yaml")
	edit := func(f func(m *alignment.Model)) *alignment.Comparison {
		after := before.Clone()
		f(after)
		return compare(t, before, after, nil)
	}
	better := func(m *alignment.Model) { m.Canvas.Channels[0].Performance = new(canvas.Performance(1)) }
	c := edit(better)
	assert.InDelta(t, .5/3, c.Reality, 1e-15)
	assert.Zero(t, c.Frame)
	assert.Zero(t, c.Knowledge)
	assert.InDelta(t, .5, c.Stages[0].Reality, 1e-15)

	// A new stage, not reviewed, has no score: the total stays. A link to it is knowledge: the mean of four stages has
	// .25 × (1 - .381944) more with a helper that works fully.
	c = edit(func(m *alignment.Model) {
		j := m.Journeys[0]
		j.Stages = append(j.Stages, j.Stages[0])
		j.Stages[3].Key, j.Stages[3].Name = "pay", "Pays"
		m.Links = append(m.Links, alignment.Helps("host", "pay", alignment.Strong))
	})
	assert.InDelta(t, 0, c.Frame, 1e-15)
	assert.InDelta(t, .25*(1-.3819444444444444), c.Knowledge, 1e-12)
	assert.Zero(t, c.Reality)
	assert.True(t, math.IsNaN(c.Stages[3].Change), "it had no score before")

	// All weight on enquiry is frame: .5 - .381944; then the phone gets better by .5, all of which counts now.
	c = edit(func(m *alignment.Model) {
		for i, w := range []float64{1, 0, 0} {
			m.Journeys[0].Stages[i].Weight = &w
		}
		better(m)
	})
	assert.InDelta(t, .5-.3819444444444444, c.Frame, 1e-12)
	assert.InDelta(t, .5, c.Reality, 1e-12)

	// A performance that nobody knew before is knowledge, and so is an item that is new.
	before.Canvas.Channels[0].Performance = nil
	c = edit(better)
	assert.Zero(t, c.Reality)
	assert.NotZero(t, c.Knowledge)
}

func TestAMeasurementIsRealityOnlyAgainstAMeasurement(t *testing.T) {
	m := decode(t, `
journey:
  stages: [{key: visit}]
  measures: [{key: csat, metric: csat, level: relationship, scale: {min: 1, max: 5}, floor: 0, target: 1, item: host, question: "How was it?", decision: Staff}]
canvas: {relationships: [{key: host, name: Host, performance: 0.5}]}
helps: {host: {visit: strong}}
`)
	at := func(x float64) *alignment.Options {
		return &alignment.Options{Measured: []alignment.Measurement{{Measure: "csat", Estimate: metrics.Estimate{Metric: "csat", Unit: metrics.UnitShare, Value: x, N: 100}}}}
	}
	c := compare(t, m, m, &alignment.CompareOptions{Before: at(.6), After: at(.7)})
	assert.InDelta(t, .1, c.Reality, 1e-12)
	assert.Zero(t, c.Knowledge)
	c = compare(t, m, m, &alignment.CompareOptions{After: at(.7)})
	assert.InDelta(t, .2, c.Knowledge, 1e-12, "judged .5, measured .7: the rating moved")
	assert.Zero(t, c.Reality)
	stricter := m.Clone()
	stricter.Journeys[0].Measures[0].Floor = new(.5)
	c = compare(t, m, stricter, &alignment.CompareOptions{Before: at(.6), After: at(.7)})
	assert.InDelta(t, .2-.6, c.Frame, 1e-12, "the yardstick: .6 of 0 to 1 is .2 of .5 to 1")
	assert.InDelta(t, .2, c.Reality, 1e-12)
}

func TestNothingInCommonIsKnowledge(t *testing.T) {
	c := compare(t, load(t, "cafe.yaml"), load(t, "restaurant.yaml"), nil)
	assert.Zero(t, c.Frame)
	assert.Zero(t, c.Reality)
	assert.InDelta(t, .5417666666666667-.3819444444444444, c.Knowledge, 1e-12)
	assert.Contains(t, c.Notes[0], "reach nothing")
}

func TestWithoutAScoreThereIsNoChange(t *testing.T) {
	names := decode(t, "journey: {stages: [{key: a}]}\ncanvas: {channels: [{key: x}]}\n")
	c := compare(t, names, load(t, "cafe.yaml"), nil)
	assert.True(t, math.IsNaN(c.Change))
	b, err := json.Marshal(c)
	require.NoError(t, err)
	assert.Contains(t, string(b), `"change":null,"frame":null`)
	broken := names.Clone()
	broken.Journeys[0].Stages[0].Key = ""
	_, err = alignment.Compare(t.Context(), broken, names, nil)
	require.ErrorContains(t, err, "alignment: the older version")
	_, err = alignment.Compare(t.Context(), names, broken, nil)
	require.ErrorContains(t, err, "alignment: the newer version")
}

func ExampleCompare() {
	before, _, err := alignment.Load(os.DirFS("../examples/models"), "cafe.yaml", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	after := before.Clone()
	after.Canvas.Channels[0].Performance = new(canvas.Performance(1))                         // the phone is always answered now
	after.Links = append(after.Links, alignment.Helps("host", "follow-up", alignment.Strong)) // we saw that Anna asks everybody
	c, err := alignment.Compare(context.Background(), before, after, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := c.WriteMarkdown(os.Stdout); err != nil {
		fmt.Println(err)
	}
	for _, x := range c.Changes {
		fmt.Println(x)
	}
	// Output:
	// | stage | before | after | change | frame | knowledge | reality |
	// | --- | ---: | ---: | ---: | ---: | ---: | ---: |
	// | total | 38.2 | 85.4 | +47.2 | 0.0 | +30.6 | +16.7 |
	// | Asks for a table | 50.0 | 100.0 | +50.0 | 0.0 | 0.0 | +50.0 |
	// | Eats with us | 56.2 | 56.2 | 0.0 | 0.0 | 0.0 | 0.0 |
	// | Hears from us | 8.3 | 100.0 | +91.7 | 0.0 | +91.7 | 0.0 |
	// channel/phone: performance changed from fair to excellent
	// relationship/host: link to follow-up added "strong"
}

func TestComparisonTables(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, compare(t, load(t, "cafe.yaml"), load(t, "cafe.yaml"), nil).WriteCSV(&b))
	assert.Contains(t, b.String(), "stage,before,after,change,frame,knowledge,reality\ntotal,0.3819444444444444,0.3819444444444444,0,0,0,0\n")
}
