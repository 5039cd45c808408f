package metrics

import (
	"fmt"
	"math"
)

// Trend tests whether a share rises or falls over ordered groups, such as churn by month: the test of Cochran and
// Armitage for a linear trend,
//
//	χ² = (Σ x_i (s_i - s̄))² / (p(1-p) Σ n_i (s_i - s̄)²), p = Σ x_i/Σ n_i, s̄ = Σ n_i s_i/Σ n_i
//
// with one degree of freedom (P. Armitage, Tests for linear trends in proportions and frequencies, Biometrics 11 (1955),
// 375-386). successes[i] of n[i] belong to the group with score scores[i]; nil scores are 1, 2, 3 and so on. It fails
// with [ErrMismatch], [ErrCount] or [ErrValue] on bad input, with [ErrNoData] where there are no trials, and with
// [ErrUndefined] where all trials succeed or fail, or all have one score.
func Trend(successes, n []int, scores []float64) (Test, error) {
	const name = "Cochran-Armitage trend"
	if len(successes) != len(n) || scores != nil && len(scores) != len(n) {
		return noTest(name), fmt.Errorf("%w: %d successes, %d trials, %d scores", ErrMismatch, len(successes), len(n), len(scores))
	}
	score := func(i int) float64 {
		if scores == nil {
			return float64(i + 1)
		}
		return scores[i]
	}
	var x, total, sumScores float64
	trials := 0
	for i := range n {
		if successes[i] < 0 || successes[i] > n[i] {
			return noTest(name), fmt.Errorf("%w in group %d: %d of %d", ErrCount, i, successes[i], n[i])
		}
		if !finite(score(i)) {
			return noTest(name), fmt.Errorf("%w: score %d is %v", ErrValue, i, score(i))
		}
		var ok bool
		if trials, ok = sum(trials, n[i]); !ok {
			return noTest(name), fmt.Errorf("%w: the trials overflow", ErrCount)
		}
		x += float64(successes[i])
		sumScores += float64(n[i]) * score(i)
	}
	total = float64(trials)
	if trials == 0 {
		return noTest(name), fmt.Errorf("%w for %s: no trials", ErrNoData, name)
	}
	mean, farthest := sumScores/total, 0.0
	for i := range n {
		farthest = max(farthest, math.Abs(score(i)-mean))
	}
	if !finite(mean) || !finite(farthest) {
		return noTest(name), fmt.Errorf("%w: the scores overflow; write smaller ones, their unit does not matter", ErrValue)
	}
	_, exponent := math.Frexp(farthest) // scores in another unit give the same test, and their squares neither overflow nor vanish
	var with, spread float64
	for i := range n {
		d := math.Ldexp(score(i)-mean, -exponent)
		with += float64(successes[i]) * d
		spread += float64(n[i]) * d * d
	}
	variance := x / total * ((total - x) / total) * spread
	if !(variance > 0) || !finite(variance) {
		return noTest(name), fmt.Errorf("%w: %v of %v succeed, over scores with spread %v", ErrUndefined, x, total, spread)
	}
	t := Test{Name: name, Statistic: with * (with / variance), DF: 1, N: trials}
	t.P = chiSquareTail(t.Statistic, 1)
	return t, nil
}

// finite reports whether x is a number and not infinite.
func finite(x float64) bool { return x-x == 0 }
