package keydriver_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics/keydriver"
)

// exactR2 returns R² of y on columns in rational numbers, by Gauss's elimination of the normal equations: without rounding
// their condition does no harm.
func exactR2(y []float64, columns [][]float64) *big.Rat {
	n := big.NewRat(int64(len(y)), 1)
	all := append(slices.Clone(columns), y)
	m := make([][]*big.Rat, len(all)) // n Σ ab - Σ a Σ b
	for i := range all {
		m[i] = make([]*big.Rat, len(all))
		for j := range all {
			ab, a, b := new(big.Rat), new(big.Rat), new(big.Rat)
			for k := range y {
				x, z := new(big.Rat).SetFloat64(all[i][k]), new(big.Rat).SetFloat64(all[j][k])
				a.Add(a, x)
				b.Add(b, z)
				ab.Add(ab, x.Mul(x, z))
			}
			m[i][j] = ab.Mul(ab, n)
			m[i][j].Sub(m[i][j], a.Mul(a, b))
		}
	}
	p := len(columns)
	total := new(big.Rat).Set(m[p][p])
	for k := range p {
		for i := k + 1; i <= p; i++ {
			f := new(big.Rat).Quo(m[i][k], m[k][k])
			for j := k; j <= p; j++ {
				m[i][j].Sub(m[i][j], new(big.Rat).Mul(f, m[k][j]))
			}
		}
	}
	rest := new(big.Rat).Quo(m[p][p], total)
	return rest.Sub(big.NewRat(1, 1), rest)
}

// exactLMG averages what each driver adds over all orderings, one after the other.
func exactLMG(y []float64, drivers []keydriver.Driver) []float64 {
	p := len(drivers)
	known := map[int]*big.Rat{} // by set
	r2 := func(set int) *big.Rat {
		if known[set] == nil {
			var columns [][]float64
			for j := range p {
				if set>>j&1 == 1 {
					columns = append(columns, drivers[j].Values)
				}
			}
			known[set] = exactR2(y, columns)
		}
		return known[set]
	}
	sum := make([]*big.Rat, p)
	for j := range sum {
		sum[j] = new(big.Rat)
	}
	orderings := int64(0)
	var order func(set int, done []int)
	order = func(set int, done []int) {
		if len(done) == p {
			orderings++
			before := 0
			for _, j := range done {
				sum[j].Add(sum[j], new(big.Rat).Sub(r2(before|1<<j), r2(before)))
				before |= 1 << j
			}
			return
		}
		for j := range p {
			if set>>j&1 == 0 {
				order(set|1<<j, append(slices.Clone(done), j))
			}
		}
	}
	order(0, nil)
	out := make([]float64, p)
	for j := range out {
		out[j], _ = sum[j].Quo(sum[j], big.NewRat(orderings, 1)).Float64()
	}
	return out
}

func TestLMGIsTheMeanOverAllOrderingsInExactNumbers(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 1))
	for p := 1; p <= 5; p++ {
		y, drivers := answers(r, 12*p, p)
		for i := range y {
			y[i] = math.Round(y[i])
		}
		a, err := keydriver.Analyze(t.Context(), y, drivers, nil)
		require.NoError(t, err)
		for j, want := range exactLMG(y, drivers) {
			assert.InDelta(t, want, a.Results[j].LMG, 1e-14, "driver %d of %d", j, p)
		}
	}
}

// A driver that hardly differs from another keeps its digits, or is refused: there is nothing between.
func TestNearlyCollinearDriversAreRightOrRefused(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 1))
	y, drivers := answers(r, 60, 2)
	noise := make([]float64, len(y))
	for i := range y {
		y[i], noise[i] = math.Round(y[i]), r.NormFloat64()
	}
	refused := 0
	for _, part := range []float64{1e-2, 1e-3, 1e-4, 3e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-11} {
		third := keydriver.Driver{Key: "third", Values: make([]float64, len(y))}
		for i := range y {
			third.Values[i] = drivers[0].Values[i] + part*noise[i]
		}
		all := append(slices.Clone(drivers), third)
		a, err := keydriver.Analyze(t.Context(), y, all, nil)
		if err != nil {
			var collinear *keydriver.CollinearError
			require.ErrorAs(t, err, &collinear)
			assert.Equal(t, "third", string(collinear.Driver))
			assert.Equal(t, "touchpoint-00", string(collinear.With[0]))
			refused++
			continue
		}
		for j, want := range exactLMG(y, all) {
			assert.InDelta(t, want, a.Results[j].LMG, 1e-6, "part %v, driver %d", part, j)
		}
	}
	assert.Equal(t, 5, refused)
}

// squareRoot returns the square root of a symmetric positive definite matrix and its inverse by the iteration of E. D.
// Denman and A. N. Beavers (1976): no eigenvalues, no singular values.
func squareRoot(a [][]float64) (root, inverse [][]float64) {
	p := len(a)
	root, inverse = clone(a), make([][]float64, p)
	for i := range inverse {
		inverse[i] = make([]float64, p)
		inverse[i][i] = 1
	}
	for range 30 {
		x, z := invert(inverse), invert(root)
		for i := range p {
			for j := range p {
				root[i][j], inverse[i][j] = (root[i][j]+x[i][j])/2, (inverse[i][j]+z[i][j])/2
			}
		}
	}
	return root, inverse
}

func clone(a [][]float64) [][]float64 {
	b := make([][]float64, len(a))
	for i := range a {
		b[i] = slices.Clone(a[i])
	}
	return b
}

// invert is Gauss and Jordan's, without pivoting, for positive definite matrices.
func invert(a [][]float64) [][]float64 {
	p := len(a)
	m := clone(a)
	for i := range m {
		m[i] = append(m[i], make([]float64, p)...)
		m[i][p+i] = 1
	}
	for k := range p {
		pivot := m[k][k]
		for j := range m[k] {
			m[k][j] /= pivot
		}
		for i := range p {
			if f := m[i][k]; i != k {
				for j := range m[i] {
					m[i][j] -= f * m[k][j]
				}
			}
		}
	}
	for i := range m {
		m[i] = m[i][p:]
	}
	return m
}

// plain returns the correlation of two columns by its definition.
func plain(a, b []float64) float64 {
	n := float64(len(a))
	var ma, mb, ab, aa, bb float64
	for i := range a {
		ma, mb = ma+a[i]/n, mb+b[i]/n
	}
	for i := range a {
		ab, aa, bb = ab+(a[i]-ma)*(b[i]-mb), aa+(a[i]-ma)*(a[i]-ma), bb+(b[i]-mb)*(b[i]-mb)
	}
	return ab / math.Sqrt(aa*bb)
}

// Johnson's weights by his own formula, with the square root of the correlations taken another way.
func TestRelativeWeightsByAnotherSquareRoot(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 1))
	for _, p := range []int{1, 2, 4, 9} {
		y, drivers := answers(r, 30*p, p)
		a, err := keydriver.Analyze(t.Context(), y, drivers, nil)
		require.NoError(t, err)
		correlations, outcome := make([][]float64, p), make([]float64, p)
		for i := range p {
			correlations[i] = make([]float64, p)
			outcome[i] = plain(drivers[i].Values, y)
			for j := range p {
				correlations[i][j] = plain(drivers[i].Values, drivers[j].Values)
			}
		}
		root, inverse := squareRoot(correlations)
		for j, x := range a.Results {
			weight, car := 0.0, 0.0
			for k := range p {
				beta := 0.0
				for l := range p {
					beta += inverse[k][l] * outcome[l]
				}
				weight += root[j][k] * root[j][k] * beta * beta
				if k == j {
					car = beta * beta
				}
			}
			assert.InDelta(t, weight, x.RelativeWeight, 1e-13, "weight of %d of %d", j, p)
			assert.InDelta(t, car, x.CAR, 1e-13, "CAR of %d of %d", j, p)
			assert.InDelta(t, outcome[j], x.Correlation.Value, 1e-14)
		}
	}
}
