package metrics

import (
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/internal/nanjson"
)

// An ANOVAResult is the table of a one-way analysis of variance.
type ANOVAResult struct {
	SumBetween  float64 `json:"sum-between"`  // Σ n_g (mean_g - mean)²
	SumWithin   float64 `json:"sum-within"`   // Σ (x - mean_g)²
	DFBetween   int     `json:"df-between"`   // groups - 1
	DFWithin    int     `json:"df-within"`    // n - groups
	MeanBetween float64 `json:"mean-between"` // SumBetween/DFBetween
	MeanWithin  float64 `json:"mean-within"`  // SumWithin/DFWithin
	F           float64 `json:"f"`            // MeanBetween/MeanWithin; +Inf where groups differ and nothing varies inside them
	P           float64 `json:"p"`
	R2          float64 `json:"r2"`          // SumBetween/(SumBetween + SumWithin), the share explained, in [0, 1]
	ResidualSD  float64 `json:"residual-sd"` // sqrt(MeanWithin)
	N           int     `json:"n"`
	Missing     int     `json:"missing"` // NaN in the groups, left out
}

// MarshalJSON writes the table; a number that is not available is null.
func (r ANOVAResult) MarshalJSON() ([]byte, error) { return nanjson.Marshal(r) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (r *ANOVAResult) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, r) }

// Test returns F as a test; its DF is DFBetween.
func (r ANOVAResult) Test() Test {
	return Test{Name: "one-way ANOVA F", Statistic: r.F, DF: float64(r.DFBetween), P: r.P, N: r.N}
}

// String returns the table in one line.
func (r ANOVAResult) String() string {
	return fmt.Sprintf("one-way ANOVA F(%d, %d) = %.4g, p%s, R² %.4g, n=%d", r.DFBetween, r.DFWithin, r.F, pText(r.P), r.R2, r.N)
}

// ANOVA tests whether the means of groups differ, such as mean satisfaction by segment, by R. A. Fisher's one-way analysis
// of variance. It supposes independent answers of like variance, and says that some means differ, not which. NaN counts as
// missing. It fails with [ErrNoData] where fewer than two groups have answers or none has two, with [ErrUndefined] where
// all answers are equal, and with [ErrValue] on infinite ones.
func ANOVA[T Number](groups [][]T) (ANOVAResult, error) {
	nan := math.NaN()
	r := ANOVAResult{SumBetween: nan, SumWithin: nan, MeanBetween: nan, MeanWithin: nan, F: nan, P: nan, R2: nan, ResidualSD: nan}
	var all center
	centers := make([]center, len(groups))
	filled := 0
	for g, group := range groups {
		for i, v := range group {
			x := float64(v)
			if x != x {
				r.Missing++
				continue
			}
			if !finite(x) {
				return r, fmt.Errorf("%w: answer %d of group %d is %v", ErrValue, i, g, x)
			}
			if all.n == 0 {
				all.origin = x
			}
			centers[g].origin = all.origin
			centers[g].add(x)
			all.add(x)
		}
		if centers[g].n > 0 {
			filled++
		}
	}
	r.N = all.n
	r.DFBetween, r.DFWithin = filled-1, all.n-filled
	if r.DFBetween < 1 || r.DFWithin < 1 {
		return r, fmt.Errorf("%w for ANOVA: %d answers in %d groups; two groups are needed, and two answers in one of them", ErrNoData, all.n, filled)
	}
	var between, within accumulator
	mean := all.mean()
	for g, group := range groups {
		c := &centers[g]
		if c.n == 0 {
			continue
		}
		groupMean := c.mean()
		between.add(float64(c.n) * (groupMean - mean) * (groupMean - mean))
		for _, v := range group {
			if x := float64(v); x == x {
				d := (x - all.origin) - groupMean
				within.add(d * d)
			}
		}
	}
	b, w := between.sum(), within.sum()
	switch {
	case !finite(b) || !finite(w):
		return r, fmt.Errorf("%w: the squares of the answers overflow", ErrValue)
	case b == 0 && w == 0:
		return r, fmt.Errorf("%w: all %d answers are equal", ErrUndefined, all.n)
	}
	r.SumBetween, r.SumWithin = b, w
	r.MeanBetween, r.MeanWithin = b/float64(r.DFBetween), w/float64(r.DFWithin)
	r.F = r.MeanBetween / r.MeanWithin
	r.P = fTail(r.F, float64(r.DFBetween), float64(r.DFWithin))
	r.R2, r.ResidualSD = b/(b+w), math.Sqrt(r.MeanWithin)
	return r, nil
}
