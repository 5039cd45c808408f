package metrics_test

import (
	"math/rand/v2"
	"testing"

	"github.com/cxmodel/cxmodel/metrics"
)

// score is a defined one-byte type, as a program has it.
type score uint8

// answers returns n answers as a survey gives them, in an order that no processor can predict. The shares are those of a
// usual score of +35: 15 % detractors, 35 % passives, 50 % promoters, spread evenly inside each band.
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

// ifElse is the loop that the library is measured against: one comparison after the other, not even a look at the scale.
func ifElse[T metrics.Number](scores []T) (detractors, passives, promoters int) {
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

// ifElseBytes is the same, not generic, in case the compiler did worse by generic code.
func ifElseBytes(scores []uint8) (detractors, passives, promoters int) {
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

func ofCounts(d, m, p int) (metrics.Estimate, error) { return metrics.NPSOf(d, m, p, nil) }

func benchmarkNPS[T metrics.Number](b *testing.B, loops map[string]func([]T) (d, m, p int)) {
	scores := answers[T](1 << 22)
	perAnswer := func(b *testing.B) {
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(scores)), "ns/answer")
	}
	b.Run("library", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := metrics.NPS(scores, nil); err != nil {
				b.Fatal(err)
			}
		}
		perAnswer(b)
	})
	for name, loop := range loops {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := ofCounts(loop(scores)); err != nil {
					b.Fatal(err)
				}
			}
			perAnswer(b)
		})
	}
}

// NPS with its interval, against the same from counts made by if and else, in the same run. The bar is a tenth for the
// one-byte types, without allocation.
func BenchmarkNPSUint8(b *testing.B) {
	benchmarkNPS(b, map[string]func([]uint8) (int, int, int){"if-else": ifElse[uint8], "if-else-not-generic": ifElseBytes})
}

func BenchmarkNPSDefined(b *testing.B) {
	benchmarkNPS(b, map[string]func([]score) (int, int, int){"if-else": ifElse[score]})
}

func BenchmarkNPSInt8(b *testing.B) {
	benchmarkNPS(b, map[string]func([]int8) (int, int, int){"if-else": ifElse[int8]})
}

func BenchmarkNPSInt(b *testing.B) {
	benchmarkNPS(b, map[string]func([]int) (int, int, int){"if-else": ifElse[int]})
}

func BenchmarkNPSFloat64(b *testing.B) {
	benchmarkNPS(b, map[string]func([]float64) (int, int, int){"if-else": ifElse[float64]})
}

// One-byte answers of which one in a hundred is off the scale: every block is counted twice.
func BenchmarkNPSUint8Stray(b *testing.B) {
	scores := answers[uint8](1 << 22)
	for i := 0; i < len(scores); i += 100 {
		scores[i] = 255
	}
	for b.Loop() {
		if _, err := metrics.NPS(scores, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(scores)), "ns/answer")
}
