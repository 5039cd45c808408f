package survey_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

// studentTails is the two-sided tail of Student's t beyond t for 5 and 8 degrees of freedom (M. Abramowitz, I. A. Stegun,
// Handbook of Mathematical Functions, 1964, 26.7.3 and 26.7.4).
func studentTails(t float64, df int) float64 {
	theta := math.Atan(t / math.Sqrt(float64(df)))
	sin, cos := math.Sincos(theta)
	if df == 5 {
		return 1 - 2/math.Pi*(theta+sin*(cos+2./3*cos*cos*cos))
	}
	c := cos * cos
	return 1 - sin*(1+c/2+3./8*c*c+5./16*c*c*c)
}

// TestPOfAPairedDifferenceIsThatOfStudent: six customers with the differences 1 1 0 2 0 2 have the mean 1 and the standard
// error sqrt(4/30), so t = 2.7386 with 5 degrees of freedom.
func TestPOfAPairedDifferenceIsThatOfStudent(t *testing.T) {
	s, keys := &survey.Sample{Measure: meanOf}, []string(nil)
	for i, pair := range [][2]float64{{3, 4}, {2, 3}, {5, 5}, {1, 3}, {4, 4}, {2, 4}} {
		s.Scores = append(s.Scores, pair[0], pair[1])
		s.Clusters = append(s.Clusters, fmt.Sprint(i), fmt.Sprint(i))
		keys = append(keys, "before", "after")
	}
	d, err := s.Compare(t.Context(), keys, nil)
	require.NoError(t, err)
	assert.InEpsilon(t, studentTails(1/math.Sqrt(4./30), 5), d.Rows[0].P, 1e-8)
	assert.True(t, d.Rows[0].Differs)
}

// TestPOfFewAnswersHasHeavyTails: means of five answers each, 1.4 and 4.6 with variance .3, are 3.2/sqrt(.12) = 9.2 standard
// errors apart. Welch's test has 8 degrees of freedom and p = 2e-5, a normal distribution with the width of the interval 7e-11.
func TestPOfFewAnswersHasHeavyTails(t *testing.T) {
	var parts []survey.Part
	for i, scores := range [][]float64{{1, 1, 1, 2, 2}, {4, 4, 5, 5, 5}} {
		e, err := metrics.Mean(scores, meanOf.Scale, nil)
		require.NoError(t, err)
		parts = append(parts, survey.Part{Label: fmt.Sprint(i), Estimate: e})
	}
	d, err := survey.Compare(parts, nil)
	require.NoError(t, err)
	student := studentTails(3.2/math.Sqrt(.12), 8)
	assert.InDelta(t, 1.5e-5, student, 1e-6)
	assert.GreaterOrEqual(t, d.Rows[0].P, student)
	assert.LessOrEqual(t, d.Rows[0].P, 20*student)
}

// TestPOfMeansAgreesWithTheInterval: below .05 exactly where the interval excludes zero.
func TestPOfMeansAgreesWithTheInterval(t *testing.T) {
	for a := range 5 {
		for b := range 5 {
			for n := 2; n < 9; n++ {
				scores := make([][]float64, 2)
				for i := range n {
					scores[0] = append(scores[0], float64(1+(a+i)%5))
					scores[1] = append(scores[1], float64(1+(b+i*i)%5), float64(1+b))
				}
				var parts []survey.Part
				for _, s := range scores {
					e, err := metrics.Mean(s, meanOf.Scale, nil)
					require.NoError(t, err)
					parts = append(parts, survey.Part{Label: fmt.Sprint(len(parts)), Estimate: e})
				}
				d, err := survey.Compare(parts, nil)
				require.NoError(t, err)
				for _, r := range d.Rows {
					assert.Equal(t, r.Comparison.ExcludesZero(), r.P < .05, "%v: p=%v", r.Comparison, r.P)
				}
			}
		}
	}
}

// TestADifferenceWithoutWidthIsNotJudged: each of six customers rose by one point, so that the interval is [1, 1] and knows no
// p-value.
func TestADifferenceWithoutWidthIsNotJudged(t *testing.T) {
	s, keys := &survey.Sample{Measure: meanOf}, []string(nil)
	for i := range 6 {
		s.Scores, keys = append(s.Scores, float64(1+i%3), float64(2+i%3)), append(keys, "a", "b")
		s.Clusters = append(s.Clusters, fmt.Sprint(i), fmt.Sprint(i))
	}
	d, err := s.Compare(t.Context(), keys, nil)
	require.NoError(t, err)
	assert.Empty(t, d.Rows)
	assert.Equal(t, []survey.LeftOut{{Measure: "mean", Part: "a less b", Reason: "an interval without width"}}, d.Left)
}
