package survey_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

// plane is a cube of touchpoints by segments with so many answers each.
func plane(t require.TestingT, counts [][]int) *survey.Cube {
	c, err := survey.NewCube([]survey.MeasureDef{npsOf}, nil)
	require.NoError(t, err)
	for i, row := range counts {
		for j, n := range row {
			require.NoError(t, c.AddN(survey.Answer{Measure: "nps", Touchpoint: cxmodel.Key(fmt.Sprint("t", i)), Segment: cxmodel.Key(fmt.Sprint("s", j)), Score: 9}, n))
		}
	}
	return c
}

const planeTotals = survey.DimensionTouchpoint | survey.DimensionSegment

// shown writes what is shown as a grid with totals: x for what is not.
func shown(s *survey.Suppressed) string {
	var b strings.Builder
	for _, r := range s.Rows {
		what := fmt.Sprint(r.Estimate.N)
		if r.Suppressed {
			what = "x"
		}
		fmt.Fprintf(&b, "%s %s %s\n", r.Labels[0], r.Labels[1], what)
	}
	return b.String()
}

// TestOneSmallCellTakesThreeOthers with it: its row, its column, and the corner.
func TestOneSmallCellTakesThreeOthers(t *testing.T) {
	c := plane(t, [][]int{{3, 20, 30}, {12, 40, 50}, {60, 70, 80}})
	s, err := c.Suppress(context.Background(), &survey.SuppressOptions{Totals: planeTotals})
	require.NoError(t, err)
	assert.Equal(t, 1, s.Few)
	assert.Equal(t, 3, s.Complement)
	text := shown(s)
	for _, line := range []string{"t0 s0 x", "t0 s1 x", "t1 s0 x", "t1 s1 x", "t2 s2 80", "t0 (all) 53", "(all) s0 75", "(all) (all) 365"} {
		assert.Contains(t, text, line+"\n")
	}
	for _, r := range s.Rows {
		if r.Suppressed {
			assert.Zero(t, r.Estimate.N)
			assert.Nil(t, r.ResponseRate)
		}
	}
	var b bytes.Buffer
	require.NoError(t, s.WriteCSV(&b))
	assert.Regexp(t, `(?m)^nps,,t0,s0,+true$`, b.String())
	b.Reset()
	require.NoError(t, s.WriteMarkdown(&b))
	assert.Contains(t, b.String(), "not shown")
}

func TestWithoutTotalsOnlySmallCellsAreHidden(t *testing.T) {
	s, err := plane(t, [][]int{{3, 20}, {12, 4}}).Suppress(context.Background(), nil)
	require.NoError(t, err)
	assert.Equal(t, "t0 s0 x\nt0 s1 20\nt1 s0 12\nt1 s1 x\n", shown(s))
	s, err = plane(t, [][]int{{3, 20}, {12, 4}}).Suppress(context.Background(), &survey.SuppressOptions{Min: 1})
	require.NoError(t, err)
	assert.Zero(t, s.Few)
}

// TestSmallGroupsAreNotAddedUpEither: two cells of 1 and 2 answers below a shown total would give away their sum of 3.
func TestSmallGroupsAreNotAddedUpEither(t *testing.T) {
	s, err := plane(t, [][]int{{1, 2, 30, 40}}).Suppress(context.Background(), &survey.SuppressOptions{Totals: survey.DimensionSegment})
	require.NoError(t, err)
	assert.Equal(t, "t0 s0 x\nt0 s1 x\nt0 s2 x\nt0 s3 40\nt0 (all) 73\n", shown(s))
}

// TestNothingSuppressedFollows: an attacker who repeatedly solves the lines that have one unknown finds nothing, and neither
// does one who eliminates over the rationals.
func TestNothingSuppressedFollows(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 1))
	for range 150 {
		counts := make([][]int, 2+rng.IntN(4))
		for i := range counts {
			counts[i] = make([]int, 2+rng.IntN(4))
			for j := range counts[i] {
				counts[i][j] = rng.IntN(5) * rng.IntN(9)
			}
		}
		s, err := plane(t, counts).Suppress(context.Background(), &survey.SuppressOptions{Totals: planeTotals})
		require.NoError(t, err)
		names, unknown := map[string]int{}, map[string]bool{}
		for _, r := range s.Rows {
			key := r.Labels[0] + " " + r.Labels[1]
			if unknown[key] = r.Suppressed; unknown[key] {
				names[key] = len(names)
			} else if r.Estimate.N > 0 {
				assert.GreaterOrEqual(t, r.Estimate.N, 5)
			}
		}
		var rows [][]float64
		add := func(parts []string, total string) {
			row := make([]float64, len(names))
			for _, p := range parts {
				if unknown[p] {
					row[names[p]]++
				}
			}
			if unknown[total] {
				row[names[total]]--
			}
			rows = append(rows, row)
		}
		columns := len(counts[0])
		for _, r := range counts {
			columns = max(columns, len(r))
		}
		touchpoints, segments := []string{survey.AllLabel}, []string{survey.AllLabel}
		for i := range counts {
			touchpoints = append(touchpoints, fmt.Sprint("t", i))
		}
		for j := range columns {
			segments = append(segments, fmt.Sprint("s", j))
		}
		for _, a := range touchpoints {
			var parts []string
			for _, b := range segments[1:] {
				parts = append(parts, a+" "+b)
			}
			add(parts, a+" "+survey.AllLabel)
		}
		for _, b := range segments {
			var parts []string
			for _, a := range touchpoints[1:] {
				parts = append(parts, a+" "+b)
			}
			add(parts, survey.AllLabel+" "+b)
		}
		for name, k := range names {
			assert.False(t, follows(rows, k), "%s follows in\n%s", name, shown(s))
		}
	}
}

// follows reports whether unknown k is determined: whether leaving out its column lowers the rank of the equations by one
// while the unit row does not raise it.
func follows(rows [][]float64, k int) bool {
	unit := make([]float64, len(rows[0]))
	unit[k] = 1
	return rank(rows) == rank(append(rows[:len(rows):len(rows)], unit))
}

func rank(rows [][]float64) (r int) {
	m := make([][]float64, len(rows))
	for i := range rows {
		m[i] = append([]float64(nil), rows[i]...)
	}
	for k := 0; len(m) > 0 && k < len(m[0]) && r < len(m); k++ {
		p := r
		for i := r; i < len(m); i++ {
			if abs(m[i][k]) > abs(m[p][k]) {
				p = i
			}
		}
		if abs(m[p][k]) < 1e-9 {
			continue
		}
		m[r], m[p] = m[p], m[r]
		for i := r + 1; i < len(m); i++ {
			f := m[i][k] / m[r][k]
			for c := range m[i] {
				m[i][c] -= f * m[r][c]
			}
		}
		r++
	}
	return r
}

func abs(x float64) float64 { return max(x, -x) }

// TestNothingTellsWhichRowIsSmall: of six answers in two rows, one of them with fewer than five, the other would be known
// to have five.
func TestNothingTellsWhichRowIsSmall(t *testing.T) {
	s, err := plane(t, [][]int{{1, 5, 20}}).Suppress(context.Background(), &survey.SuppressOptions{Totals: survey.DimensionSegment})
	require.NoError(t, err)
	assert.Equal(t, "t0 s0 x\nt0 s1 x\nt0 s2 20\nt0 (all) 26\n", shown(s))
	assert.Equal(t, []int{1, 1}, []int{s.Few, s.Complement})
	for _, write := range []func(io.Writer) error{s.WriteCSV, s.WriteMarkdown, func(w io.Writer) error { return json.NewEncoder(w).Encode(s) }} {
		var b bytes.Buffer
		require.NoError(t, write(&b))
		assert.NotContains(t, b.String(), "few")
		assert.NotContains(t, b.String(), "complement")
	}
	s.Rows[0].Labels[1] = s.Rows[1].Labels[1]
	assert.Equal(t, fmt.Sprint(s.Rows[0]), fmt.Sprint(s.Rows[1]))
}

func TestUnusableSuppression(t *testing.T) {
	ctx := context.Background()
	c := plane(t, [][]int{{3, 20}})
	_, err := c.Suppress(ctx, &survey.SuppressOptions{Min: -1})
	assert.ErrorIs(t, err, survey.ErrOption)
	rolled, err := c.RollUp(survey.DimensionSegment)
	require.NoError(t, err)
	_, err = rolled.Suppress(ctx, &survey.SuppressOptions{Totals: planeTotals})
	assert.ErrorIs(t, err, survey.ErrShape)
	_, err = c.Suppress(ctx, &survey.SuppressOptions{EstimateOptions: survey.EstimateOptions{Level: 2}})
	assert.ErrorIs(t, err, metrics.ErrOption)
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	_, err = c.Suppress(cancelled, nil)
	assert.ErrorIs(t, err, context.Canceled)
}
