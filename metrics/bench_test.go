package metrics_test

import (
	"testing"

	"github.com/cxmodel/cxmodel/metrics"
)

// The interval alone, by method.
func BenchmarkNPSInterval(b *testing.B) {
	for _, m := range npsMethods {
		b.Run(m.String(), func(b *testing.B) {
			opts := &metrics.NPSOptions{Method: m}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := metrics.NPSOf(120, 300, 480, opts); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkProportionInterval(b *testing.B) {
	for _, m := range proportionMethods {
		b.Run(m.String(), func(b *testing.B) {
			opts := &metrics.ProportionOptions{Method: m}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := metrics.Proportion(74, 107, opts); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkTallyAdd(b *testing.B) {
	scores := answers[float64](1 << 12)
	t := metrics.NewTally(zeroToTen)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		t.Add(scores[i&(1<<12-1)])
	}
}

func BenchmarkTallyOf(b *testing.B) {
	bytes, ints, floats := answers[uint8](1<<20), answers[int](1<<20), answers[float64](1<<20)
	for name, count := range map[string]func(){
		"uint8":   func() { metrics.TallyOf(bytes, zeroToTen) },
		"int":     func() { metrics.TallyOf(ints, zeroToTen) },
		"float64": func() { metrics.TallyOf(floats, zeroToTen) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				count()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(1<<20), "ns/answer")
		})
	}
}

func BenchmarkTallyMerge(b *testing.B) {
	sum, part := metrics.NewTally(zeroToTen), metrics.TallyOf(answers[int](1000), zeroToTen)
	b.ReportAllocs()
	for b.Loop() {
		if err := sum.Merge(part); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTallyMarshalBinary(b *testing.B) {
	t := metrics.TallyOf(answers[int](1000), zeroToTen)
	buf := make([]byte, 0, 64)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := t.AppendBinary(buf); err != nil {
			b.Fatal(err)
		}
	}
}
