package metrics

import (
	"fmt"
	"math"
)

// Revenue retention is computed on a cohort fixed at the start: revenue of customers won later is in neither
// numerator nor denominator. A customer that left and came back within the period counts with what it pays at the end.
// Revenue is skewed, a few customers carry most of it, and no interval is given: none would be honest.

// GrossRevenueRetention returns
//
//	Σ min(start, end) / Σ start
//
// over customers, in [0, 1]: what was kept, before any growth. Growth of one customer never makes up for the loss of
// another. start[i] and end[i] are the revenue of customer i, 0 before it was won and after it was lost.
func GrossRevenueRetention[T Number](start, end []T) (Estimate, error) {
	const metric, definition = "gross revenue retention", "sum of min(start, end) per customer / sum of start"
	base, kept, _, n, err := cohortRevenue(metric, start, end)
	if err != nil {
		return unavailable(metric, UnitShare), err
	}
	return bare(metric, definition, UnitShare, kept/base, n), nil
}

// NetRevenueRetention returns
//
//	Σ end / Σ start
//
// over the customers with revenue at the start. It exceeds 1 where growth outweighs losses.
func NetRevenueRetention[T Number](start, end []T) (Estimate, error) {
	const metric, definition = "net revenue retention", "revenue at the end of the customers at the start / their revenue at the start"
	base, _, all, n, err := cohortRevenue(metric, start, end)
	if err != nil {
		return unavailable(metric, UnitRatio), err
	}
	return bare(metric, definition, UnitRatio, all/base, n), nil
}

// GrossRevenueRetentionOf returns (start - contraction - churned)/start from totals of the cohort fixed at the start.
func GrossRevenueRetentionOf(start, contraction, churned float64) (Estimate, error) {
	return revenueOf("gross revenue retention", "(start - contraction - churned) / start", UnitShare, start, 0, contraction, churned)
}

// NetRevenueRetentionOf returns (start + expansion - contraction - churned)/start from totals of the cohort fixed at the
// start.
func NetRevenueRetentionOf(start, expansion, contraction, churned float64) (Estimate, error) {
	return revenueOf("net revenue retention", "(start + expansion - contraction - churned) / start", UnitRatio, start, expansion, contraction, churned)
}

func revenueOf(metric, definition string, unit Unit, start, expansion, contraction, churned float64) (Estimate, error) {
	lost := contraction + churned
	if !(expansion >= 0 && contraction >= 0 && churned >= 0) || lost > start*(1+1e-9) { // totals are rounded
		return unavailable(metric, unit), fmt.Errorf("%w for %s: start %v, expansion %v, contraction %v, churned %v; amounts are not negative, and no more is lost than was there",
			ErrCount, metric, start, expansion, contraction, churned)
	}
	e, err := quotient(metric, definition, max(start-lost, 0)+expansion, start, 0)
	e.Unit = unit
	return e, err
}

// cohortRevenue sums over the customers with revenue at the start.
func cohortRevenue[T Number](metric string, start, end []T) (base, kept, all float64, n int, err error) {
	if len(start) != len(end) {
		return 0, 0, 0, 0, fmt.Errorf("%w: %s of %d customers at the start and %d at the end; give both for each, 0 for none", ErrMismatch, metric, len(start), len(end))
	}
	for i := range start {
		s, e := float64(start[i]), float64(end[i])
		if !(s >= 0 && e >= 0) || math.IsInf(s+e, 1) {
			return 0, 0, 0, 0, fmt.Errorf("%w for %s: customer %d has revenue %v and %v", ErrCount, metric, i, s, e)
		}
		if s > 0 {
			base, kept, all, n = base+s, kept+min(s, e), all+e, n+1
		}
	}
	switch {
	case n == 0:
		err = fmt.Errorf("%w for %s: no customer has revenue at the start", ErrNoData, metric)
	case math.IsInf(base+all, 1) || math.IsInf(all/base, 1):
		err = fmt.Errorf("%w for %s: the revenue overflows", ErrCount, metric)
	}
	return base, kept, all, n, err
}
