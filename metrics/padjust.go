package metrics

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/cxmodel/cxmodel/internal/enum"
)

// Adjustment names a correction of p-values for the number of comparisons made.
type Adjustment int

// The adjustments. The first two control the false discovery rate: the expected share of false alarms among the alarms. The
// others control the family-wise error rate: the chance of any false alarm.
const (
	// BenjaminiHochberg is for independent or positively dependent comparisons (Journal of the Royal Statistical
	// Society B 57 (1995), 289-300). The default.
	BenjaminiHochberg Adjustment = iota + 1
	// BenjaminiYekutieli holds under any dependence (Annals of Statistics 29 (2001), 1165-1188).
	BenjaminiYekutieli
	// Holm steps down, and holds under any dependence (Scandinavian Journal of Statistics 6 (1979), 65-70).
	Holm
	// Hochberg steps up, for independent or positively dependent comparisons (Biometrika 75 (1988), 800-802).
	Hochberg
	// Hommel closes the tests of Simes: never weaker than Hochberg, under the same conditions (Biometrika 75 (1988),
	// 383-386).
	Hommel
	// Bonferroni multiplies by the number of comparisons; Holm does the same better.
	Bonferroni
	// Sidak is 1 - (1-p)^n, exact for independent comparisons (Journal of the American Statistical Association 62
	// (1967), 626-633).
	Sidak
	// HolmSidak steps down with the formula of Sidak.
	HolmSidak
)

var adjustments = enum.Table{Type: "adjustment", Names: []string{
	"", "Benjamini-Hochberg", "Benjamini-Yekutieli", "Holm", "Hochberg", "Hommel", "Bonferroni", "Šidák", "Holm-Šidák",
}}

// String returns the name of a.
func (a Adjustment) String() string { return adjustments.String(int(a)) }

// MarshalText implements [encoding.TextMarshaler].
func (a Adjustment) MarshalText() ([]byte, error) { return enumText(&adjustments, int(a)) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown name is an error that lists the names.
func (a *Adjustment) UnmarshalText(text []byte) error {
	i, err := enumParse(&adjustments, text)
	if err == nil {
		*a = Adjustment(i)
	}
	return err
}

// AdjustPValues returns p-values corrected for their number, in the order given, each in [0, 1]: compare them with the
// level that a single one would be compared with. 0 is [BenjaminiHochberg]. It fails with [ErrValue] where a p-value is
// not a number in [0, 1]; no p-values give none. It takes n log n steps, with [Hommel] n².
func AdjustPValues(p []float64, method Adjustment) ([]float64, error) {
	method = cmp.Or(method, BenjaminiHochberg)
	if method < 0 || int(method) >= len(adjustments.Names) {
		return nil, fmt.Errorf("%w: there is no adjustment %d", ErrOption, method)
	}
	for i, x := range p {
		if !(x >= 0 && x <= 1) {
			return nil, fmt.Errorf("%w: p-value %d is %v; it must be in [0, 1]", ErrValue, i, x)
		}
	}
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	sorted := make([]float64, len(p))
	for rank, i := range order {
		sorted[rank] = p[i]
	}
	adjustSorted(sorted, method)
	out := make([]float64, len(p))
	for rank, i := range order {
		out[i] = min(sorted[rank], 1)
	}
	return out, nil
}

// adjustSorted replaces ascending p-values by their adjusted values, which may exceed 1.
func adjustSorted(p []float64, method Adjustment) {
	n := float64(len(p))
	switch method {
	case Bonferroni:
		each(p, func(_, x float64) float64 { return n * x })
	case Sidak:
		each(p, func(_, x float64) float64 { return sidak(x, n) })
	case Holm:
		each(p, func(rank, x float64) float64 { return (n - rank + 1) * x })
		rising(p)
	case HolmSidak:
		each(p, func(rank, x float64) float64 { return sidak(x, n-rank+1) })
		rising(p)
	case Hochberg:
		each(p, func(rank, x float64) float64 { return (n - rank + 1) * x })
		capped(p)
	case BenjaminiHochberg:
		each(p, func(rank, x float64) float64 { return n / rank * x })
		capped(p)
	case BenjaminiYekutieli:
		harmonic := 0.
		for k := n; k >= 1; k-- {
			harmonic += 1 / k
		}
		each(p, func(rank, x float64) float64 { return harmonic * n / rank * x })
		capped(p)
	case Hommel:
		hommel(p)
	}
}

// each replaces every p-value by f of its rank, from 1, and itself.
func each(p []float64, f func(rank, x float64) float64) {
	for i, x := range p {
		p[i] = f(float64(i+1), x)
	}
}

// sidak returns 1 - (1-p)^m without loss for small p.
func sidak(p, m float64) float64 { return -math.Expm1(m * math.Log1p(-p)) }

// rising replaces each element by the largest so far.
func rising(p []float64) {
	for i := 1; i < len(p); i++ {
		p[i] = max(p[i], p[i-1])
	}
}

// capped replaces each element by the smallest from there on.
func capped(p []float64) {
	for i := len(p) - 2; i >= 0; i-- {
		p[i] = min(p[i], p[i+1])
	}
}

// hommel closes Simes' tests in time n², by S. P. Wright, Adjusted p-values for simultaneous inference, Biometrics 48
// (1992), 1005-1013, appendix: for every size m of a subset of the comparisons its smallest Simes p-value, spread over
// the comparisons that it can contain.
func hommel(p []float64) {
	n := len(p)
	simes := func(q []float64, m int) float64 { // the smallest m p_i/i, over the last len(q) ranks of m
		least := math.Inf(1)
		for i, x := range q {
			least = min(least, float64(m)*x/float64(m-len(q)+i+1))
		}
		return least
	}
	adjusted := slices.Clone(p)
	for m := n; m > 1; m-- {
		// Of the subsets of size m that hold a given comparison, the one with the m-1 largest others has the largest
		// Simes p-value.
		tail := simes(p[n-m+1:], m)
		for i := range p {
			adjusted[i] = max(adjusted[i], min(tail, float64(m)*p[min(i, n-m)]))
		}
	}
	copy(p, adjusted)
}
