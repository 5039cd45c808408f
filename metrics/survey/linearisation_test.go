package survey_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

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
