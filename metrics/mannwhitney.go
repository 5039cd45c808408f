package metrics

import (
	"fmt"
	"math"
	"slices"

	"github.com/cxmodel/cxmodel/internal/dist"
)

// A MannWhitneyResult compares the ranks of two groups.
type MannWhitneyResult struct {
	Test        Test     `json:"test"`        // W is the number of pairs in which the first group's answer is higher, ties counted half
	Superiority Estimate `json:"superiority"` // W/(n1 n2), the chance that an answer of the first group is the higher one, ties counted half
}

// String returns both.
func (r MannWhitneyResult) String() string { return r.Test.String() + "; " + r.Superiority.String() }

// Table returns the superiority.
func (r MannWhitneyResult) Table() *Table { return tableOf(r.Superiority) }

// MannWhitney tests whether answers of one group tend to be higher than those of another, on any scale whose points are
// ordered, by the normal approximation with ties and continuity correction,
//
//	z = (W - n1 n2/2 ∓ 1/2)/σ, σ² = n1 n2/12 (N+1 - Σ(t³-t)/(N(N-1)))
//
// over the numbers t of equal answers (H. B. Mann, D. R. Whitney, Annals of Mathematical Statistics 18 (1947), 50-60). How
// much higher is the Superiority, with an interval on the logit scale from the variance of E. R. DeLong et al., Biometrics
// 44 (1988), 837-845, at the level of opts; there is none where every pair goes one way. NaN counts as missing. It fails with [ErrNoData] where a group is empty and with [ErrUndefined] where all answers are equal.
func MannWhitney[T Number](x, y []T, opts *MeanOptions) (MannWhitneyResult, error) {
	const name, metric = "Mann-Whitney W", "superiority"
	r := MannWhitneyResult{Test: noTest(name), Superiority: unavailable(metric, UnitShare)}
	if opts == nil {
		opts = &MeanOptions{}
	}
	level, q, err := confidence(opts.Level)
	if err != nil {
		return r, err
	}
	a, b := answered(x), answered(y)
	r.Superiority.Missing = len(x) - len(a) + len(y) - len(b)
	if len(a) == 0 || len(b) == 0 {
		return r, fmt.Errorf("%w for %s: groups of %d and %d, %d missing", ErrNoData, name, len(a), len(b), r.Superiority.Missing)
	}
	n1, n2 := float64(len(a)), float64(len(b))
	n := n1 + n2
	var w, ties, squaresX, squaresY float64 // squares of the placements of x among y, and of y among x
	for i, j := 0, 0; i < len(a) || j < len(b); {
		v := least(a[i:], b[j:])
		xs, ys := run(a[i:], v), run(b[j:], v)
		below := float64(j) + float64(ys)/2
		above := n1 - float64(i) - float64(xs)/2
		w += float64(xs) * below
		squaresX += float64(xs) * (below / n2) * (below / n2)
		squaresY += float64(ys) * (above / n1) * (above / n1)
		t := float64(xs + ys)
		ties += t * (t*t - 1)
		i, j = i+xs, j+ys
	}
	sigma := math.Sqrt(n1 / 12 * n2 * (n + 1 - ties/n/(n-1)))
	if !(sigma > 0) {
		return r, fmt.Errorf("%w: all %v answers are equal", ErrUndefined, n)
	}
	d := w - n1*n2/2
	z := math.Copysign(max(math.Abs(d)-.5, 0), d) / sigma
	r.Test = Test{Name: name, Statistic: w, P: 2 * dist.NormalCDF(-math.Abs(z)), N: len(a) + len(b)}
	if min(n1, n2) < 5 {
		r.Test.Warnings |= WarnFewAnswers
	}
	e := &r.Superiority
	s := w / n1 / n2
	e.Definition, e.Value, e.N, e.EffectiveN = "pairs in which the first group is higher, ties counted half", s, len(a)+len(b), n
	e.Warnings = r.Test.Warnings
	if n1 < 2 || n2 < 2 || s <= 0 || s >= 1 {
		e.Warnings |= WarnNoInterval
		return r, nil
	}
	e.StdErr = math.Sqrt(max(squaresX/n1-s*s, 0)/(n1-1) + max(squaresY/n2-s*s, 0)/(n2-1))
	width, odds := math.Exp(q*e.StdErr/(s*(1-s))), s/(1-s)
	e.Low, e.High, e.Level, e.Method = odds/(odds+width), odds*width/(1+odds*width), level, "DeLong, logit"
	return r, nil
}

// answered returns the values that are not NaN, ascending.
func answered[T Number](values []T) []T {
	known := slices.DeleteFunc(slices.Clone(values), func(v T) bool { return v != v })
	slices.Sort(known)
	return known
}

// least returns the smallest element at the head of two ascending slices, not both empty.
func least[T Number](a, b []T) T {
	if len(a) == 0 || len(b) > 0 && b[0] < a[0] {
		return b[0]
	}
	return a[0]
}

// run returns how many elements at the head of s equal v.
func run[T Number](s []T, v T) int {
	n := 0
	for n < len(s) && s[n] == v {
		n++
	}
	return n
}
