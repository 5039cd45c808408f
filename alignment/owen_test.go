package alignment_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/journey"
)

// crowd is one stage with channels c0, c1, … of the performances given, all strong helpers, and a resource r at .5.
func crowd(performances ...float64) *alignment.Model {
	m := &alignment.Model{Canvas: &canvas.Canvas{}, Journeys: []*journey.Journey{{Stages: []journey.Stage{{Key: "one", Name: "One"}}}}}
	m.Canvas.Resources = []canvas.Resource{{Item: canvas.Item{Key: "r", Name: "R", Performance: new(canvas.Performance(.5))}}}
	for i, p := range performances {
		key := fmt.Sprintf("c%d", i)
		m.Canvas.Channels = append(m.Canvas.Channels, canvas.Channel{Item: canvas.Item{Key: cxmodel.Key(key), Name: key, Performance: new(canvas.Performance(p))}})
		m.Links = append(m.Links, alignment.Helps(key, "one", alignment.Strong))
	}
	return m
}

// enumerated is m with a need of no strength, which changes no score and has every coalition looked at.
func enumerated(m *alignment.Model) *alignment.Model {
	m = m.Clone()
	for e := range m.Canvas.Entries() {
		m.Needs = append(m.Needs, alignment.Need{Item: e.Ref(), Needs: cxmodel.Ref{Key: "nothing"}, Strength: alignment.None})
	}
	m.Canvas.Costs = append(m.Canvas.Costs, canvas.Cost{Item: canvas.Item{Key: "nothing", Name: "Nothing"}})
	return m
}

func leaves(t *testing.T, m *alignment.Model, block canvas.Block) []float64 {
	t.Helper()
	e, err := assess(t, m, nil).Explain(t.Context(), m.Journeys[0].Stages[0].Key, block)
	require.NoError(t, err)
	var out []float64
	for _, l := range e.Leaves {
		out = append(out, l.Amount)
	}
	return out
}

// The game of one block where the best counts is the airport game (Littlechild and Owen 1973): each step of the levels
// .2, .4, .9 is shared by those who reach it.
func TestTheBestOfABlockIsSharedAsInTheAirportGame(t *testing.T) {
	assert.InDeltaSlice(t, []float64{.2 / 3, .2/3 + .2/2, .2/3 + .2/2 + .5}, leaves(t, crowd(.2, .4, .9), canvas.Channels), tolerance)

	// with a requirement on c0, all but what is left without it, nothing here, takes c0 as well: c1 brings .4 · [c0 is there]
	m := crowd(1, 1)
	m.Links = []alignment.Link{alignment.MustNotFail("c0", "one", alignment.Strong), alignment.Helps("c1", "one", alignment.Strong)}
	assert.InDeltaSlice(t, []float64{.5, .5}, leaves(t, m, canvas.Channels), tolerance)
}

// The value by the formula is the value by looking at every coalition, on cells with requirements, alternatives, several
// blocks and unrated links.
func TestTheFormulaAndTheEnumerationAgree(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 21))
		m := crowd(make([]float64, 2+rng.IntN(5))...)
		m.Links = nil
		for e := range m.Canvas.Entries() {
			e.Base().Performance = new(canvas.Performance(float64(rng.IntN(11)) / 10))
			if rng.IntN(6) == 0 {
				e.Base().Performance = nil
			}
			for range 1 + rng.IntN(2) {
				l := alignment.Helps(string(e.Base().Key), "one", randomStrength(rng, 8))
				if rng.IntN(2) == 0 {
					l.Role = alignment.Required
					l.Group = []cxmodel.Key{"", "either", "or"}[rng.IntN(3)]
				}
				m.Links = append(m.Links, l)
			}
		}
		for _, b := range []canvas.Block{canvas.Channels, canvas.KeyResources} {
			want := leaves(t, enumerated(m), b)
			assert.InDeltaSlice(t, want, leaves(t, m, b), tolerance, "seed %d", seed)
		}
	}
}

// 200 channels that differ by 1/200: the least of them carries its level shared by all, the best also the last step.
func TestABlockOfManyItemsIsExplainedWithoutNeeds(t *testing.T) {
	const n = 200
	var ps []float64
	for i := range n {
		ps = append(ps, float64(i+1)/n)
	}
	m := crowd(ps...)
	m.Links = append(m.Links, alignment.MustNotFail("c0", "one", alignment.None), alignment.MustNotFail("r", "one", alignment.Strong))
	got := leaves(t, m, canvas.Channels)
	require.Len(t, got, n)
	// without r, which works .5, nothing is left; the two blocks share the .5 that there is
	assert.InDelta(t, .25/n/n, got[0], tolerance)
	last := 0.
	for i := range n {
		last += .25 / n / float64(n-i)
	}
	assert.InDelta(t, last, got[n-1], 1e-12)

	_, err := assess(t, enumerated(m), nil).Explain(t.Context(), "one", canvas.Channels)
	require.ErrorIs(t, err, alignment.ErrTooMany)
	require.ErrorContains(t, err, "stage/one (overall) has 200 items")
}

func TestExplainEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, m := range []*alignment.Model{crowd(.2, .4), enumerated(crowd(.2, .4))} {
		_, err := assess(t, m, nil).Explain(ctx, "one", canvas.Channels)
		require.ErrorIs(t, err, context.Canceled)
	}
}
