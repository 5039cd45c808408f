package alignment_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/canvas"
)

func TestWorseNamesTheStagesThatLostMoreOrTheirScore(t *testing.T) {
	nan := math.NaN()
	c := &alignment.Comparison{Stages: []alignment.StageChange{
		{Name: "gained", Before: .5, After: .6}, {Name: "alike", Before: .5, After: .5 - 1e-12}, {Name: "lost 2", Before: .5, After: .48},
		{Name: "lost 20", Before: .5, After: .3}, {Name: "gone", Before: .5, After: nan}, {Name: "new", Before: nan, After: .1}, {Name: "never", Before: nan, After: nan},
	}}
	names := func(margin float64) []string {
		var n []string
		for _, s := range c.Worse(margin) {
			n = append(n, s.Name)
		}
		return n
	}
	assert.Equal(t, []string{"lost 2", "lost 20", "gone"}, names(0))
	assert.Equal(t, []string{"lost 20", "gone"}, names(.02))
	assert.Equal(t, []string{"gone"}, names(1))
}

func TestAModelIsNotWorseThanItself(t *testing.T) {
	m := load(t, "restaurant.yaml")
	assert.Empty(t, compare(t, m, m.Clone(), nil).Worse(0))
}

func TestAStageThatIsTakenOutIsWorse(t *testing.T) {
	before := load(t, "restaurant.yaml")
	after := before.Clone()
	j := after.Journeys[0]
	gone := j.Stages[len(j.Stages)-1]
	j.Stages = j.Stages[:len(j.Stages)-1]
	after.Links = nil
	for _, l := range before.Links {
		if l.To.Key != gone.Key {
			after.Links = append(after.Links, l)
		}
	}
	worse := compare(t, before, after, nil).Worse(0)
	require.Len(t, worse, 1)
	assert.Equal(t, gone.Name, worse[0].Name)
	assert.True(t, math.IsNaN(worse[0].Change))
}

// A build fails where a stage loses more than two points of a hundred.
func ExampleComparison_Worse() {
	before, _, err := alignment.Load(os.DirFS("../examples/models"), "cafe.yaml", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	after := before.Clone()
	after.Canvas.Channels[0].Performance = new(canvas.Performance(.25)) // seldom answered now: the host, a medium help of 3/9, is the best that is left
	c, err := alignment.Compare(context.Background(), before, after, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range c.Worse(.02) {
		fmt.Printf("%s %+.1f points: frame %+.1f, knowledge %+.1f, reality %+.1f\n", s.Name, 100*s.Change, 100*s.Frame, 100*s.Knowledge, 100*s.Reality)
	}
	// Output:
	// Asks for a table -16.7 points: frame +0.0, knowledge +0.0, reality -16.7
}
