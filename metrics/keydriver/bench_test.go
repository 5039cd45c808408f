package keydriver_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/floats"

	"github.com/cxmodel/cxmodel/metrics/keydriver"
)

// The bar is 0.3 s for 16 drivers and 100,000 rows, everything included.
func BenchmarkAnalyze(b *testing.B) {
	for _, c := range []struct {
		name string
		n, p int
	}{{"16 drivers 100000 rows", 100_000, 16}, {"16 drivers 1000 rows", 1000, 16}, {"20 drivers 1000 rows", 1000, 20}} {
		b.Run(c.name, func(b *testing.B) {
			y, drivers := answers(rand.New(rand.NewPCG(1, 1)), c.n, c.p)
			for b.Loop() {
				_, err := keydriver.Analyze(b.Context(), y, drivers, nil)
				require.NoError(b, err)
			}
		})
	}
}

// BenchmarkCrossProducts is the plain work on the same data: the inner products of 17 columns.
func BenchmarkCrossProducts(b *testing.B) {
	y, drivers := answers(rand.New(rand.NewPCG(1, 1)), 100_000, 16)
	columns := [][]float64{y}
	for _, d := range drivers {
		columns = append(columns, d.Values)
	}
	sum := 0.0
	for b.Loop() {
		for i := range columns {
			for j := range i + 1 {
				sum += floats.Dot(columns[i], columns[j])
			}
		}
	}
	_ = sum
}
