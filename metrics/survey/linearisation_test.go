package survey_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

// slowVariance is the linearised variance of Σ w(y-m)/Σw over the rows of a part, written down from the definition: a
// regression of y-m on the dummies of the margins by normal equations, then sums by cluster, then deviations by stratum.
func slowVariance(s *survey.Sample, base []float64, part []bool, margins [][]string) (mean, variance float64) {
	w := func(i int) float64 {
		if s.Weights != nil {
			return s.Weights[i]
		}
		return 1
	}
	in := func(i int) bool { return part[i] && !math.IsNaN(s.Scores[i]) }
	total := 0.
	for i, y := range s.Scores {
		if in(i) {
			total += w(i)
			mean += w(i) * y
		}
	}
	mean /= total
	u := make([]float64, len(s.Scores)) // z over the weight
	for i, y := range s.Scores {
		if in(i) {
			u[i] = (y - mean) / total
		}
	}
	if margins != nil {
		u = regressed(u, base, margins)
	}
	sums := map[string]map[string]float64{}
	for i := range s.Scores {
		h, c := "", fmt.Sprint("row ", i)
		if s.Strata != nil {
			h = s.Strata[i]
		}
		if s.Clusters != nil && s.Clusters[i] != "" {
			c = s.Clusters[i]
		}
		if sums[h] == nil {
			sums[h] = map[string]float64{}
		}
		sums[h][c] += w(i) * u[i]
	}
	for h, clusters := range sums {
		n, average, squares := float64(len(clusters)), 0., 0.
		for _, z := range clusters {
			average += z / n
		}
		for _, z := range clusters {
			squares += (z - average) * (z - average)
		}
		if n > 1 {
			f := 1.
			if s.Population != nil {
				f = 1 - n/s.Population[h]
			}
			variance += f * n / (n - 1) * squares
		}
	}
	return mean, variance
}

// regressed returns the residuals of u in the regression with weights on the dummies of all margins, one of each but the
// first left out.
func regressed(u, weights []float64, margins [][]string) []float64 {
	column := map[string]int{}
	for j, keys := range margins {
		left := ""
		for i, k := range keys {
			if i == 0 && j > 0 {
				left = k
			}
			name := fmt.Sprint(j, k)
			if _, known := column[name]; !known && (j == 0 || k != left) {
				column[name] = len(column)
			}
		}
	}
	p := len(column)
	dummies := func(i int) (at []int) {
		for j, keys := range margins {
			if c, known := column[fmt.Sprint(j, keys[i])]; known {
				at = append(at, c)
			}
		}
		return at
	}
	m := make([][]float64, p) // X'WX | X'Wu
	for r := range m {
		m[r] = make([]float64, p+1)
	}
	for i := range u {
		for _, r := range dummies(i) {
			for _, c := range dummies(i) {
				m[r][c] += weights[i]
			}
			m[r][p] += weights[i] * u[i]
		}
	}
	for k := range m {
		for r := range m {
			if f := m[r][k] / m[k][k]; r != k {
				for c := range m[r] {
					m[r][c] -= f * m[k][c]
				}
			}
		}
	}
	out := make([]float64, len(u))
	for i := range u {
		out[i] = u[i]
		for _, c := range dummies(i) {
			out[i] -= m[c][p] / m[c][c]
		}
	}
	return out
}

// TestVarianceIsThatOfTheDefinition on random designs, whole and by part, before and after raking.
func TestVarianceIsThatOfTheDefinition(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 1))
	for run := range 200 {
		s := someSample(rng, meanOf, 40+rng.IntN(60))
		n := len(s.Scores)
		if run%3 == 0 {
			s.Clusters = nil
		}
		if run%4 == 0 {
			s.Population = map[string]float64{"0": 150, "1": 200.5, "2": 101}
		}
		if run%5 == 0 {
			s.Strata, s.Population = nil, nil
		}
		whole, part, keys := make([]bool, n), make([]bool, n), make([]string, n)
		region, age := make([]string, n), make([]string, n)
		for i := range n {
			whole[i], keys[i] = true, fmt.Sprint(rng.IntN(3))
			part[i] = keys[i] == "1"
			region[i], age[i] = string(rune('a'+i%4)), string(rune('x'+rng.IntN(3)))
		}
		check := func(s *survey.Sample, base []float64, margins [][]string) {
			e, err := s.Estimate(t.Context(), nil)
			require.NoError(t, err)
			mean, variance := slowVariance(s, base, whole, margins)
			assert.InEpsilon(t, mean, e.Estimate.Value, 1e-12)
			assert.InEpsilon(t, math.Sqrt(variance), e.Estimate.StdErr, 1e-9)
			domains, err := s.By(t.Context(), keys, nil)
			require.NoError(t, err)
			mean, variance = slowVariance(s, base, part, margins)
			assert.InEpsilon(t, mean, domains[1].Result.Estimate.Value, 1e-12)
			assert.InEpsilon(t, math.Sqrt(variance), domains[1].Result.Estimate.StdErr, 1e-9)
		}
		check(s, nil, nil)
		fitted, err := s.Rake(t.Context(), []survey.Margin{
			{Name: "region", Keys: region, Totals: map[string]float64{"a": 100, "b": 200, "c": 300, "d": 400}},
			{Name: "age", Keys: age, Totals: map[string]float64{"x": 500, "y": 300, "z": 200}},
		}, nil)
		require.NoError(t, err)
		check(fitted.Sample, s.Weights, [][]string{region, age})
	}
}

// TestThemesAreSharesOfTheDesign: the share of a theme is the mean of 0 and 1 among the rows with any theme, its variance that
// of the definition.
func TestThemesAreSharesOfTheDesign(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 2))
	for range 40 {
		s := someSample(rng, meanOf, 60)
		rows, coded := make([]survey.Answer, 60), make([]bool, 60)
		wait := &survey.Sample{Measure: meanOf, Scores: make([]float64, 60), Weights: s.Weights, Strata: s.Strata, Clusters: s.Clusters}
		late := make([]bool, 60)
		for i := range rows {
			switch rng.IntN(4) {
			case 0:
				rows[i].Themes, coded[i] = []cxmodel.Key{"wait", "price", "wait"}, true
				wait.Scores[i], late[i] = 1, true
			case 1:
				rows[i].Themes, coded[i] = []cxmodel.Key{"price"}, true
			}
		}
		themes, err := s.Themes(t.Context(), rows, nil)
		require.NoError(t, err)
		require.Len(t, themes, 2)
		assert.Equal(t, cxmodel.Key("price"), themes[0].Theme)
		assert.InDelta(t, 1, themes[0].Share.Value, 1e-15)
		share, variance := slowVariance(wait, nil, coded, nil)
		assert.InEpsilon(t, share, themes[1].Share.Value, 1e-12)
		assert.InEpsilon(t, math.Sqrt(variance), themes[1].Share.StdErr, 1e-9)
		assert.LessOrEqual(t, themes[1].Share.EffectiveN, float64(themes[1].Share.N))
		mean, variance := slowVariance(s, nil, late, nil)
		assert.InEpsilon(t, mean, themes[1].Metric.Value, 1e-12)
		assert.InEpsilon(t, math.Sqrt(variance), themes[1].Metric.StdErr, 1e-9)
	}
}

// TestThemesWithoutADesignAreCounted as CountThemes counts them, but for n/(n-1) in the variance.
func TestThemesWithoutADesignAreCounted(t *testing.T) {
	answers := []survey.Answer{
		{Measure: "nps", Score: 2, Themes: []cxmodel.Key{"price", "wait", "price"}},
		{Measure: "nps", Score: 9, Themes: []cxmodel.Key{"staff"}},
		{Measure: "nps", Score: 3, Themes: []cxmodel.Key{"wait"}},
		{Measure: "nps", Score: math.NaN(), Themes: []cxmodel.Key{"staff", "wait", "quiet"}},
		{Measure: "nps", Score: math.NaN(), Themes: []cxmodel.Key{"quiet"}},
		{Measure: "nps", Score: 10},
	}
	counted, err := survey.CountThemes(t.Context(), stream(answers, nil), []survey.MeasureDef{npsOf}, nil)
	require.NoError(t, err)
	s, rows, err := survey.SampleOf(t.Context(), stream(answers, nil), npsOf, nil)
	require.NoError(t, err)
	themes, err := s.Themes(t.Context(), rows, nil)
	require.NoError(t, err)
	require.Len(t, themes, len(counted))
	for i, c := range counted {
		assert.Equal(t, c.Theme, themes[i].Theme)
		assert.Equal(t, c.Share.N, themes[i].Share.N)
		assert.InDelta(t, c.Share.Value, themes[i].Share.Value, 1e-15)
		if math.IsNaN(c.Metric.Value) {
			assert.True(t, math.IsNaN(themes[i].Metric.Value))
			assert.Equal(t, c.Metric.Warnings, themes[i].Metric.Warnings)
			continue
		}
		assert.InDelta(t, c.Metric.Value, themes[i].Metric.Value, 1e-12)
	}
	_, err = s.Themes(t.Context(), rows[1:], nil)
	assert.ErrorIs(t, err, survey.ErrDesign)
	rows[0].Themes = []cxmodel.Key{"No Key"}
	_, err = s.Themes(t.Context(), rows, nil)
	assert.ErrorIs(t, err, survey.ErrAnswer)
	answers[0].Weight = 2
	_, err = survey.CountThemes(t.Context(), stream(answers, nil), []survey.MeasureDef{npsOf}, nil)
	assert.ErrorContains(t, err, "Sample.Themes")
}
