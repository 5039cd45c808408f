package metrics_test

import (
	"math/rand/v2"
	"testing"

	"github.com/cxmodel/cxmodel/metrics"
)

type score uint8

// answers returns n answers as a survey gives them, in random order: no processor can predict them. The shares are those
// of a typical score of +35: 15 % detractors, 35 % passives, 50 % promoters, spread evenly inside each band.
func answers[T metrics.Number](n int) []T {
	r := rand.New(rand.NewPCG(1, 2))
	s := make([]T, n)
	for i := range s {
		switch u := r.IntN(100); {
		case u < 15:
			s[i] = T(r.IntN(7))
		case u < 50:
			s[i] = T(7 + r.IntN(2))
		default:
			s[i] = T(9 + r.IntN(2))
		}
	}
	return s
}

// ifElse is the loop that everybody writes.
func ifElse[T metrics.Number](scores []T) (detractors, passives, promoters, off int) {
	for _, s := range scores {
		if s >= 9 && s <= 10 {
			promoters++
		} else if s >= 7 && s <= 8 {
			passives++
		} else if s >= 0 && s <= 6 {
			detractors++
		} else {
			off++
		}
	}
	return
}

// ifElse3 is the shortest honest loop: three bands, no look at the scale.
func ifElse3[T metrics.Number](scores []T) (detractors, passives, promoters int) {
	for _, s := range scores {
		if s >= 9 {
			promoters++
		} else if s >= 7 {
			passives++
		} else {
			detractors++
		}
	}
	return
}

func benchmarkNPS[T metrics.Number](b *testing.B) {
	scores := answers[T](1 << 20)
	b.Run("library", func(b *testing.B) {
		b.SetBytes(int64(len(scores)))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := metrics.NPS(scores, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("if-else", func(b *testing.B) {
		b.SetBytes(int64(len(scores)))
		for b.Loop() {
			d, m, p, _ := ifElse(scores)
			if _, err := metrics.NPSOf(d, m, p, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("if-else3", func(b *testing.B) {
		b.SetBytes(int64(len(scores)))
		for b.Loop() {
			d, m, p := ifElse3(scores)
			if _, err := metrics.NPSOf(d, m, p, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkNPSOfUint8(b *testing.B)   { benchmarkNPS[uint8](b) }
func BenchmarkNPSOfDefined(b *testing.B) { benchmarkNPS[score](b) }
func BenchmarkNPSOfInt8(b *testing.B)    { benchmarkNPS[int8](b) }
func BenchmarkNPSOfInt(b *testing.B)     { benchmarkNPS[int](b) }
func BenchmarkNPSOfFloat64(b *testing.B) { benchmarkNPS[float64](b) }
