package survival_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics/survival"
)

// million returns subjects with times in whole days or to the nanosecond, a third of them censored.
func million(days, late bool) []survival.Subject {
	r := rand.New(rand.NewPCG(1, 2))
	s := make([]survival.Subject, 1_000_000)
	for i := range s {
		x := 400 * r.ExpFloat64()
		if days {
			x = float64(int(x))
		}
		s[i] = survival.Subject{Exit: 100 + x}
		if r.IntN(3) > 0 {
			s[i].Cause = survival.Event
		}
		if late && r.IntN(4) == 0 {
			s[i].Entry = 90 * r.Float64()
		}
	}
	return s
}

// The bar is 0.3 s for a million subjects; BenchmarkSort is plain work to compare with.
func BenchmarkKaplanMeier(b *testing.B) {
	for _, c := range []struct {
		name       string
		days, late bool
	}{{"whole days", true, false}, {"distinct times", false, false}, {"late entry", false, true}} {
		b.Run(c.name, func(b *testing.B) {
			s := million(c.days, c.late)
			for b.Loop() {
				curve, err := survival.KaplanMeier(s, nil)
				require.NoError(b, err)
				_, err = curve.Median()
				require.NoError(b, err)
			}
		})
	}
}

func BenchmarkSort(b *testing.B) {
	s := million(false, false)
	x := make([]float64, len(s))
	for b.Loop() {
		for i := range s {
			x[i] = s[i].Exit
		}
		slices.Sort(x)
	}
}

func BenchmarkCumulativeIncidence(b *testing.B) {
	s := million(true, false)
	for b.Loop() {
		_, err := survival.CumulativeIncidence(s, []string{"voluntary"}, nil)
		require.NoError(b, err)
	}
}
