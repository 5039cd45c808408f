package alignment_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/journey"
)

// models is the number of random models that every axiom is tried on.
const models = 1000

// assessed holds the assessments of the random models, which the axioms share.
var assessed [models]struct {
	once sync.Once
	a    *alignment.Assessment
}

// forModels calls f with random models and their assessments, each from a seed of its own that a failure names.
func forModels(t *testing.T, f func(t *testing.T, rng *rand.Rand, m *alignment.Model, a *alignment.Assessment)) {
	for seed := range uint64(models) {
		rng := rand.New(rand.NewPCG(seed, 7))
		m := randomModel(rng)
		assessed[seed].once.Do(func() { assessed[seed].a = assess(t, m, nil) })
		f(t, rng, m, assessed[seed].a)
		if t.Failed() {
			t.Fatalf("with seed %d", seed)
		}
	}
}

// randomModel makes a valid model of one or two journeys, with facets, layers, weights, raters, groups and needs, in
// which anything may be unrated.
func randomModel(rng *rand.Rand) *alignment.Model {
	m := &alignment.Model{Canvas: &canvas.Canvas{}}
	weight := func() *float64 { return new(float64(1 + rng.IntN(5))) }
	facets := []journey.Facet{{Key: "outcome", Weight: weight()}, {Key: "emotion", Weight: weight()}, {Key: "speed", Weight: weight()}}[:1+rng.IntN(3)]
	var places []string
	for j := range 1 + rng.IntN(2) {
		jn := &journey.Journey{Key: cxmodel.Key(fmt.Sprintf("j%d", j)), Facets: facets, Weight: weight()}
		for s := range 1 + rng.IntN(3) {
			st := journey.Stage{Key: cxmodel.Key(fmt.Sprintf("j%d-s%d", j, s)), Name: "S", Weight: weight(), Reviewed: rng.IntN(2) == 0}
			places = append(places, string(st.Key))
			for k := range rng.IntN(3) {
				tp := journey.Touchpoint{Key: cxmodel.Key(fmt.Sprintf("%s-t%d", st.Key, k)), Name: "T", Weight: weight()}
				if rng.IntN(4) == 0 {
					tp.Layer, tp.Weight = journey.LayerBackstage, nil
				}
				st.Touchpoints = append(st.Touchpoints, tp)
				places = append(places, string(tp.Key))
			}
			jn.Stages = append(jn.Stages, st)
		}
		m.Journeys = append(m.Journeys, jn)
	}
	items := 2 + rng.IntN(6)
	base := func(i int) canvas.Item {
		it := canvas.Item{Key: cxmodel.Key(fmt.Sprintf("i%d", i)), Name: "I"}
		if rng.IntN(5) > 0 {
			it.Performance = new(canvas.Performance(float64(rng.IntN(11)) / 10))
		}
		return it
	}
	for i := range items {
		switch rng.IntN(4) {
		case 0:
			m.Canvas.Propositions = append(m.Canvas.Propositions, canvas.Proposition{Item: base(i)})
		case 1:
			m.Canvas.Channels = append(m.Canvas.Channels, canvas.Channel{Item: base(i)})
		case 2:
			m.Canvas.Resources = append(m.Canvas.Resources, canvas.Resource{Item: base(i)})
		default:
			m.Canvas.Activities = append(m.Canvas.Activities, canvas.Activity{Item: base(i)})
		}
	}
	raters := []cxmodel.Key{"", "", "", "anna", "ben"}
	for range rng.IntN(14) {
		l := alignment.Helps(fmt.Sprintf("i%d", rng.IntN(items)), places[rng.IntN(len(places))], randomStrength(rng, 6))
		if rng.IntN(2) == 0 {
			l.Facet = facets[rng.IntN(len(facets))].Key
		}
		if rng.IntN(3) == 0 {
			l.Role = alignment.Required
			if rng.IntN(3) == 0 {
				l.Group = "either"
			}
		}
		if rng.IntN(6) == 0 {
			l.Performance = new(canvas.Performance(float64(rng.IntN(11)) / 10))
		}
		l.Rater = raters[rng.IntN(len(raters))]
		m.Links = append(m.Links, l)
	}
	for range rng.IntN(4) {
		from, on := rng.IntN(items), rng.IntN(items)
		if from < on { // no cycles
			m.Needs = append(m.Needs, alignment.Need{Item: ref(from), Needs: ref(on), Strength: randomStrength(rng, 6)})
		}
	}
	return m
}

func ref(i int) cxmodel.Ref { return cxmodel.Ref{Key: cxmodel.Key(fmt.Sprintf("i%d", i))} }

// randomStrength is unrated once in so many times.
func randomStrength(rng *rand.Rand, unratedOnceIn int) alignment.Strength {
	if rng.IntN(unratedOnceIn) == 0 {
		return alignment.Unrated
	}
	return alignment.None + alignment.Strength(rng.IntN(4))
}

// delivered returns the scores of the stages and the total.
func delivered(a *alignment.Assessment) []float64 {
	var out []float64
	for _, s := range a.Stages {
		out = append(out, s.Support.Delivered)
	}
	return append(out, a.Total.Delivered)
}

func TestAxiomBoundedAndOrdered(t *testing.T) {
	t.Parallel()
	forModels(t, func(t *testing.T, _ *rand.Rand, m *alignment.Model, a *alignment.Assessment) {
		check := func(s alignment.Support) {
			for _, v := range []float64{s.Delivered, s.Low, s.High, s.Design} {
				assert.False(t, v < -1e-12 || v > 1+1e-12, "%v", s)
			}
			assert.False(t, s.Low > s.High+1e-12 || s.Low > s.Delivered+1e-12 || s.Delivered > s.High+1e-12 || s.Delivered > s.Design+1e-12, "%v", s)
		}
		check(a.Total)
		for _, s := range a.Stages {
			check(s.Support)
			assert.False(t, s.AfterOneFailure < -1e-12 || s.AfterOneFailure > s.Support.Delivered+1e-12)
		}
		for _, s := range a.Touchpoints {
			check(s.Support)
		}
		for c := range a.Cells() {
			check(c.Support)
		}
	})
}

// atLeast checks that no stage fell from a to b, nor the total while the same stages are rated.
func atLeast(t *testing.T, a, b *alignment.Assessment, name string) {
	same := true
	for i := range a.Stages {
		x, y := a.Stages[i].Support.Delivered, b.Stages[i].Support.Delivered
		same = same && math.IsNaN(x) == math.IsNaN(y)
		assert.False(t, x > y+1e-12, "%s: stage %d fell from %v to %v", name, i, x, y)
	}
	if same {
		assert.False(t, a.Total.Delivered > b.Total.Delivered+1e-12, "%s: the total fell", name)
	}
}

func TestAxiomNeverFallsWhenHelpIsAddedOrPerformanceRises(t *testing.T) {
	t.Parallel()
	forModels(t, func(t *testing.T, rng *rand.Rand, m *alignment.Model, a *alignment.Assessment) {
		for _, e := range slices.Collect(m.Canvas.Entries()) {
			if p := e.Base().Performance; p != nil {
				before := *p
				*p = min(1, before+canvas.Performance(rng.Float64()))
				atLeast(t, a, assess(t, m, nil), "performance rises")
				*p = before
			}
		}
		if len(m.Links) == 0 {
			return
		}
		n := rng.IntN(len(m.Links))
		l := m.Links[n]
		if l.Role != alignment.Required && l.Strength != alignment.Unrated && l.Strength < alignment.Strong {
			m.Links[n].Strength++
			atLeast(t, a, assess(t, m, nil), "contributor strengthened")
			m.Links[n].Strength--
		}
		if l.Role == alignment.Required || l.Strength == alignment.Unrated || l.Performance == nil && performanceOf(m, l.Item.Key) == nil {
			return // the axiom holds with the set of raters fixed: this one must have a value there already
		}
		more := alignment.Link{Item: ref(rng.IntN(2)), To: l.To, Facet: l.Facet, Rater: l.Rater, Strength: alignment.Weak + alignment.Strength(rng.IntN(3))}
		m.Links = append(m.Links, more)
		atLeast(t, a, assess(t, m, nil), "contributor added")
	})
}

func TestAxiomNeverRisesWhenARequirementIsAdded(t *testing.T) {
	t.Parallel()
	forModels(t, func(t *testing.T, rng *rand.Rand, m *alignment.Model, a *alignment.Assessment) {
		if len(m.Links) == 0 {
			return
		}
		n := rng.IntN(len(m.Links))
		l := m.Links[n]
		if l.Role == alignment.Required && l.Strength != alignment.Unrated && l.Strength < alignment.Strong {
			m.Links[n].Strength++
			atLeast(t, assess(t, m, nil), a, "requirement strengthened")
			m.Links[n].Strength--
		}
		m.Links = append(m.Links, alignment.Link{Item: ref(rng.IntN(2)), To: l.To, Facet: l.Facet, Rater: l.Rater, Role: alignment.Required,
			Strength: alignment.Weak + alignment.Strength(rng.IntN(3))})
		atLeast(t, assess(t, m, nil), a, "requirement added")
	})
}

func TestAxiomListingTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	forModels(t, func(t *testing.T, rng *rand.Rand, m *alignment.Model, a *alignment.Assessment) {
		want := delivered(a)
		twice := m.Clone()
		twice.Links = append(twice.Links, twice.Links...)
		sameScores(t, want, delivered(assess(t, twice, nil)), "every link twice")

		clone := m.Clone()
		first := slices.Collect(clone.Canvas.Entries())[0]
		copyOf := *first.Base()
		old := cxmodel.Ref{Key: copyOf.Key}
		copyOf.Key = "clone"
		clone.Canvas.Partnerships = append(clone.Canvas.Partnerships, canvas.Partnership{Item: copyOf}) // in another block, too
		for _, l := range m.Links {
			if l.Item == old {
				l.Item = cxmodel.Ref{Key: "clone"}
				clone.Links = append(clone.Links, l)
			}
		}
		for _, n := range m.Needs {
			if n.Item == old {
				clone.Needs = append(clone.Needs, alignment.Need{Item: cxmodel.Ref{Key: "clone"}, Needs: n.Needs, Strength: n.Strength})
			}
		}
		sameScores(t, want, delivered(assess(t, clone, nil)), "an item twice")

		clone.Canvas.Costs = append(clone.Canvas.Costs, canvas.Cost{Item: canvas.Item{Key: "unrelated", Name: "Unrelated"}})
		sameScores(t, want, delivered(assess(t, clone, nil)), "an unrelated item")
	})
}

func sameScores(t *testing.T, want, got []float64, name string) {
	require.Len(t, got, len(want))
	for i := range want {
		assert.False(t, math.IsNaN(want[i]) != math.IsNaN(got[i]) || math.Abs(want[i]-got[i]) > 1e-12, "%s: %v became %v", name, want, got)
	}
}

func TestAxiomRenamingReorderingAndScalingWeightsChangeNothing(t *testing.T) {
	t.Parallel()
	forModels(t, func(t *testing.T, rng *rand.Rand, m *alignment.Model, a *alignment.Assessment) {
		want := delivered(a)
		other := m.Clone()
		rng.Shuffle(len(other.Links), func(i, j int) { other.Links[i], other.Links[j] = other.Links[j], other.Links[i] })
		slices.Reverse(other.Needs)
		slices.Reverse(other.Canvas.Channels)
		for e := range other.Canvas.Entries() {
			e.Base().Key = "renamed-" + e.Base().Key
		}
		for i := range other.Links {
			other.Links[i].Item.Key = "renamed-" + other.Links[i].Item.Key
		}
		for i := range other.Needs {
			other.Needs[i].Item.Key = "renamed-" + other.Needs[i].Item.Key
			other.Needs[i].Needs.Key = "renamed-" + other.Needs[i].Needs.Key
		}
		for _, j := range other.Journeys {
			*j.Weight *= 8
			for f := range j.Facets {
				*j.Facets[f].Weight *= 3
			}
			for s := range j.Stages {
				*j.Stages[s].Weight *= .5
				slices.Reverse(j.Stages[s].Touchpoints)
			}
		}
		sameScores(t, want, delivered(assess(t, other, nil)), "shuffled")
	})
}

func TestAxiomPartsSumToTheWhole(t *testing.T) {
	t.Parallel()
	forModels(t, func(t *testing.T, _ *rand.Rand, m *alignment.Model, a *alignment.Assessment) {
		cells := map[cxmodel.Ref]float64{}
		for c := range a.Cells() {
			if !math.IsNaN(c.Support.Delivered) {
				cells[c.Stage] += c.Share * c.Support.Delivered
			}
		}
		total, weight := 0., 0.
		for i, s := range a.Stages {
			if math.IsNaN(s.Support.Delivered) {
				continue
			}
			blocks := 0.
			for _, b := range a.Blocks {
				blocks += b.Contribution[i]
				assert.True(t, b.Applicable[i] || b.Contribution[i] == 0)
			}
			facets := 0.
			for _, f := range s.Facets {
				if !math.IsNaN(f.Support.Delivered) {
					facets += f.Weight * f.Support.Delivered
				}
			}
			assert.InDelta(t, s.Support.Delivered, cells[s.Ref], 1e-12)
			assert.InDelta(t, s.Support.Delivered, blocks, 1e-12)
			assert.InDelta(t, s.Support.Delivered, facets, 1e-12)
			total += s.Weight * s.Support.Delivered
			weight += s.Weight
		}
		if weight > 0 {
			assert.InDelta(t, a.Total.Delivered, total/weight, 1e-12)
		}
		for _, s := range a.Stages {
			for b := canvas.CustomerSegments; b <= canvas.CostStructure; b++ {
				e, err := a.Explain(t.Context(), s.Ref.Key, b)
				require.NoError(t, err)
				sum := 0.
				for _, l := range e.Leaves {
					sum += l.Amount
				}
				assert.InDelta(t, e.Contribution, sum, 1e-12)
			}
		}
	})
}

// A knock-out is the model with the item at performance 0 everywhere, leverage the model with it at 1.
func TestAxiomWhatIfEqualsRecomputation(t *testing.T) {
	t.Parallel()
	forModels(t, func(t *testing.T, rng *rand.Rand, m *alignment.Model, a *alignment.Assessment) {
		entries := slices.Collect(m.Canvas.Entries())
		e := entries[rng.IntN(len(entries))]
		s := item(t, a, e.Base().Key)
		recomputed := func(p canvas.Performance) *alignment.Assessment {
			c := m.Clone()
			for ce := range c.Canvas.Entries() {
				if ce.Base().Key == e.Base().Key {
					ce.Base().Performance = &p
				}
			}
			for i := range c.Links {
				if c.Links[i].Item.Key == e.Base().Key && c.Links[i].Performance != nil {
					c.Links[i].Performance = &p
				}
			}
			return assess(t, c, nil)
		}
		if math.IsNaN(s.Leverage) || math.IsNaN(a.Total.Delivered) || e.Base().Performance == nil {
			return // what nobody judged becomes rated by setting it: another question
		}
		out, full := recomputed(0), recomputed(1)
		assert.InDelta(t, a.Total.Delivered-out.Total.Delivered, s.KnockOut, 1e-12)
		assert.InDelta(t, full.Total.Delivered-a.Total.Delivered, s.Leverage, 1e-12)
		for i := range a.Stages {
			if !math.IsNaN(a.Stages[i].Support.Delivered) {
				assert.InDelta(t, a.Stages[i].Support.Delivered-out.Stages[i].Support.Delivered, s.KnockOutBy[i], 1e-12)
			}
		}
	})
}

func TestAxiomSameBytesOnAnyNumberOfCores(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	forModels(t, func(t *testing.T, _ *rand.Rand, _ *alignment.Model, _ *alignment.Assessment) {}) // on one core
	runtime.GOMAXPROCS(8)
	forModels(t, func(t *testing.T, _ *rand.Rand, m *alignment.Model, one *alignment.Assessment) {
		assert.Equal(t, bytesOf(t, one), bytesOf(t, assess(t, m, nil)))
	})
}

// Shapley by its definition, over all orders of the blocks, on models where everything is rated by one rater: there a
// block that takes no part is one whose items perform at 0.
func TestContributionEqualsTheMeanOverAllOrders(t *testing.T) {
	t.Parallel()
	for seed := range uint64(100) {
		rng := rand.New(rand.NewPCG(seed, 3))
		m := randomModel(rng)
		for e := range m.Canvas.Entries() {
			e.Base().Performance = new(canvas.Performance(float64(1+rng.IntN(10)) / 10))
		}
		for i := range m.Links {
			m.Links[i].Rater, m.Links[i].Performance = "", nil
		}
		a := assess(t, m, nil)
		if math.IsNaN(a.Stages[0].Support.Delivered) {
			continue
		}
		known := map[string]float64{}
		score := func(in map[canvas.Block]bool) float64 {
			name := fmt.Sprint(in)
			if v, ok := known[name]; ok {
				return v
			}
			c := m.Clone()
			for e := range c.Canvas.Entries() {
				if !in[e.Block()] {
					*e.Base().Performance = 0
				}
			}
			known[name] = assess(t, c, nil).Stages[0].Support.Delivered
			return known[name]
		}
		players := []canvas.Block{canvas.ValuePropositions, canvas.Channels, canvas.KeyResources, canvas.KeyActivities}
		sums := map[canvas.Block]float64{}
		orders := permutations(players)
		for _, order := range orders {
			in := map[canvas.Block]bool{}
			before := score(in)
			for _, b := range order {
				in[b] = true
				after := score(in)
				sums[b] += (after - before) / float64(len(orders))
				before = after
			}
		}
		for _, b := range players {
			assert.InDelta(t, sums[b], a.Block(b).Contribution[0], 1e-12, "seed %d", seed)
		}
	}
}

func performanceOf(m *alignment.Model, key cxmodel.Key) *canvas.Performance {
	for e := range m.Canvas.Entries() {
		if e.Base().Key == key {
			return e.Base().Performance
		}
	}
	return nil
}

func permutations(bs []canvas.Block) [][]canvas.Block {
	if len(bs) == 1 {
		return [][]canvas.Block{bs}
	}
	var out [][]canvas.Block
	for i := range bs {
		rest := slices.Delete(slices.Clone(bs), i, i+1)
		for _, p := range permutations(rest) {
			out = append(out, append([]canvas.Block{bs[i]}, p...))
		}
	}
	return out
}
