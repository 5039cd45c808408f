package metrics

import (
	"cmp"
	"fmt"
	"math"
)

// CohortChurn returns lost/start for a fixed cohort: of the customers at the start of the period, those who had left by
// its end. Customers won during the period are in neither. A share in [0, 1]. Churn has as many values as denominators, so
// there is no function Churn: choose the definition, and keep to it. Customers whose end is not yet known are censored; with
// their dates use package survival.
func CohortChurn(lost, start int, opts *ProportionOptions) (Estimate, error) {
	return share("cohort churn", "lost of those at the start / customers at the start", lost, start, opts)
}

// ChurnOverStart returns all customers lost in the period, newly won ones included, over those at the start. It is too
// high while the base grows and may exceed 1; lost is not a part of start, so there is no interval.
func ChurnOverStart(lost, start int) (Estimate, error) {
	return quotient("churn, all lost over start", "all lost / customers at the start", float64(lost), float64(start), start)
}

// ChurnOverAverage returns all customers lost in the period over the mean of the base at its start and end. It may
// exceed 1; there is no interval.
func ChurnOverAverage(lost, start, end int) (Estimate, error) {
	base := (float64(start) + float64(end)) / 2
	if start < 0 || end < 0 {
		base = -1
	}
	return quotient("churn, all lost over average base", "all lost / mean of customers at start and end", float64(lost), base, start)
}

// ChurnPerExposure returns customers lost per unit of exposure, such as per customer-month under observation: a hazard,
// not a probability. Whoever joins late or is still there counts for the time observed, so that it needs no cohort. N
// is the number lost.
func ChurnPerExposure(lost int, exposure float64, opts *RateOptions) (Estimate, error) {
	return eventRate("churn per exposure", "lost / customer time observed", lost, exposure, opts)
}

// NetCustomerLoss returns (start - end)/start, which some glossaries print as churn. It mixes losses with gains and is
// negative while the base grows; there is no interval.
func NetCustomerLoss(start, end int) (Estimate, error) {
	const metric, definition = "net customer loss", "(customers at the start - at the end) / at the start"
	if end < 0 {
		return unavailable(metric, UnitRatio), fmt.Errorf("%w for %s: %d at the end", ErrCount, metric, end)
	}
	e, err := quotient(metric, definition, 0, float64(start), start)
	if err == nil {
		e.Value = (float64(start) - float64(end)) / float64(start)
	}
	return e, err
}

// AnnualChurn turns the churn of a period, a share, into that of a year of so many periods,
//
//	1 - (1 - churn)^periods
//
// and the limits of its interval alike. Twelve times the monthly churn is not the annual one, and may exceed 1.
// It fails with [ErrMismatch] where churn is no share, and with [ErrOption] on periods that are not above 0.
func AnnualChurn(churn Estimate, periods float64) (Estimate, error) {
	none := unavailable("annual "+cmp.Or(churn.Metric, "churn"), UnitShare)
	switch {
	case churn.Unit != UnitShare || !(churn.Value >= 0 && churn.Value <= 1):
		return none, fmt.Errorf("%w: %q of %v in unit %q cannot be compounded; want churn as a share in [0, 1], such as that of CohortChurn",
			ErrMismatch, churn.Metric, churn.Value, churn.Unit)
	case !(periods > 0) || math.IsInf(periods, 1):
		return none, fmt.Errorf("%w: a year of %v periods; want a number above 0, such as 12", ErrOption, periods)
	}
	e := churn
	year := func(x float64) float64 { return -math.Expm1(periods * math.Log1p(-x)) }
	e.Metric = "annual " + churn.Metric
	e.Definition = fmt.Sprintf("%s, compounded over %v periods", churn.Definition, periods)
	e.Value, e.Low, e.High = year(churn.Value), year(max(churn.Low, 0)), year(min(churn.High, 1))
	// The delta method: the derivative of the formula times the standard error.
	e.StdErr = churn.StdErr * periods * math.Pow(1-churn.Value, periods-1)
	if !e.HasInterval() {
		e.Level, e.Low, e.High = 0, math.NaN(), math.NaN()
		e.Warnings |= WarnNoInterval
	}
	if e.Low == e.High {
		e.Warnings |= WarnZeroWidth
	}
	return e, nil
}

// quotient is a ratio without interval.
func quotient(metric, definition string, numerator, denominator float64, n int) (Estimate, error) {
	switch {
	case !(numerator >= 0 && denominator >= 0) || math.IsInf(numerator, 1) || math.IsInf(denominator, 1):
		return unavailable(metric, UnitRatio), fmt.Errorf("%w for %s: %v / %v (%s)", ErrCount, metric, numerator, denominator, definition)
	case denominator == 0:
		return unavailable(metric, UnitRatio), fmt.Errorf("%w for %s: the denominator is 0 (%s)", ErrNoData, metric, definition)
	}
	if math.IsInf(numerator/denominator, 1) {
		return unavailable(metric, UnitRatio), fmt.Errorf("%w for %s: %v / %v is beyond the largest float64", ErrCount, metric, numerator, denominator)
	}
	return bare(metric, definition, UnitRatio, numerator/denominator, n), nil
}
