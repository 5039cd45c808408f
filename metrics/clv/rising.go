package clv

import (
	"maps"
	"math"
	"slices"

	"github.com/cxmodel/cxmodel/internal/special"
)

// rising is ln Γ(at+n) - ln Γ(at) with its first two derivatives by at, for growing n. Steps are added one by one, which
// is more exact than a difference of two large logarithms; long gaps are jumped.
type rising struct {
	at, n       float64
	log, d1, d2 float64
}

func (r *rising) to(n int) {
	target := float64(n)
	if target-r.n > 256 {
		x, y := r.at+r.n, r.at+target
		r.log += special.LogGamma(y) - special.LogGamma(x)
		r.d1 += special.Digamma(y) - special.Digamma(x)
		r.d2 += special.Trigamma(y) - special.Trigamma(x)
		r.n = target
		return
	}
	for ; r.n < target; r.n++ {
		v := r.at + r.n
		r.log += math.Log(v)
		r.d1 += 1 / v
		r.d2 -= 1 / (v * v)
	}
}

// tally counts the customers of each frequency, in rising order.
func tally(cells []cell) []countOf {
	counts := map[int32]float64{}
	for _, c := range cells {
		counts[c.x] += c.w
	}
	out := make([]countOf, 0, len(counts))
	for _, x := range slices.Sorted(maps.Keys(counts)) {
		out = append(out, countOf{x: int(x), w: counts[x]})
	}
	return out
}
