package control_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics/control"
)

func BenchmarkJudge(b *testing.B) {
	p := periods(14)
	for b.Loop() {
		_, err := control.Judge(p, nil)
		require.NoError(b, err)
	}
}

func BenchmarkCUSUMRunLength(b *testing.B) {
	for b.Loop() {
		_, err := control.CUSUMRunLength(.5, 5, 0)
		require.NoError(b, err)
	}
}

// A million periods; NormFloat64 is what making them takes.
func BenchmarkEWMA(b *testing.B) {
	obs := noise(rand.New(rand.NewPCG(1, 1)), 1_000_000)
	for b.Loop() {
		_, err := control.EWMA(obs, nil)
		require.NoError(b, err)
	}
}
