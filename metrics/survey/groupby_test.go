package survey_test

import (
	"context"
	"errors"
	"iter"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

// stream yields the answers, and then the error if there is one.
func stream(answers []survey.Answer, err error) iter.Seq2[survey.Answer, error] {
	return func(yield func(survey.Answer, error) bool) {
		for _, a := range answers {
			if !yield(a, nil) {
				return
			}
		}
		if err != nil {
			yield(survey.Answer{}, err)
		}
	}
}

// TestGroupByIsACubeByAnotherKey: with the touchpoint as key the groups are the cells of a cube without segments.
func TestGroupByIsACubeByAnotherKey(t *testing.T) {
	answers := someAnswers(rand.New(rand.NewPCG(21, 22)), 1000)
	ctx := context.Background()
	groups, err := survey.GroupBy(ctx, stream(answers, nil), defs, func(a survey.Answer) cxmodel.Key { return a.Touchpoint }, nil)
	require.NoError(t, err)
	cube, err := addEach(t, newCube(t, nil), answers).RollUp(survey.DimensionSegment)
	require.NoError(t, err)
	i := 0
	for cell := range cube.Cells() {
		require.Equal(t, survey.Group[cxmodel.Key]{Key: cell.Touchpoint, Count: cell.Count}, groups[i])
		i++
	}
	require.Len(t, groups, i)
}

func TestGroupByFailsAsACubeDoes(t *testing.T) {
	ctx := context.Background()
	answers := someAnswers(rand.New(rand.NewPCG(1, 1)), 10)
	channel := func(a survey.Answer) string { return a.Channel }
	fault := errors.New("fault")
	_, err := survey.GroupBy(ctx, stream(answers, fault), defs, channel, nil)
	assert.ErrorIs(t, err, fault)
	_, err = survey.GroupBy(ctx, stream([]survey.Answer{{Measure: "x"}}, nil), defs, channel, nil)
	assert.ErrorIs(t, err, survey.ErrUnknownMeasure)
	_, err = survey.GroupBy(ctx, stream(answers, nil), defs, func(survey.Answer) float64 { return math.NaN() }, nil)
	assert.ErrorIs(t, err, survey.ErrAnswer)
	_, err = survey.GroupBy(ctx, stream(answers, nil), append(defs, defs[0]), channel, nil)
	assert.ErrorIs(t, err, survey.ErrMeasure)
	_, err = survey.GroupBy(ctx, stream(someAnswers(rand.New(rand.NewPCG(1, 1)), 100), nil), defs, channel, &survey.CubeOptions{MaxCells: 2})
	assert.ErrorIs(t, err, cxmodel.ErrLimit)
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	_, err = survey.GroupBy(cancelled, stream(someAnswers(rand.New(rand.NewPCG(1, 1)), 5000), nil), defs, channel, nil)
	assert.ErrorIs(t, err, context.Canceled)
	groups, err := survey.GroupBy(ctx, stream([]survey.Answer{{Measure: "x"}}, nil), defs, channel, &survey.CubeOptions{SkipUnknown: true})
	require.NoError(t, err)
	assert.Empty(t, groups)
}
