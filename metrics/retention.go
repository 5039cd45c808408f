package metrics

import "fmt"

// CohortRetention returns kept/start for a fixed cohort: of the customers at the start, those still there at the end.
// It is 1 - [CohortChurn], with the mirrored interval.
func CohortRetention(kept, start int, opts *ProportionOptions) (Estimate, error) {
	return share("cohort retention", "kept of those at the start / customers at the start", kept, start, opts)
}

// Activity is what one customer did: the day on which it started, and the days on which it was active, in any order,
// all counted from one common day.
type Activity struct {
	Start int
	Days  []int
}

// RetentionOnDay returns the share of customers active exactly day days after their start. Customers whose day has not
// come by asOf are not in the denominator but in Missing; activity after asOf does not count.
func RetentionOnDay(customers []Activity, day, asOf int, opts *ProportionOptions) (Estimate, error) {
	return retention(fmt.Sprintf("retention on day %d", day), customers, day, day, day, asOf, opts)
}

// RetentionOnOrAfter returns the share of customers active on day days after their start or later. It can rise when it is
// computed again later, because there is more time in which to return. Eligibility is that of [RetentionOnDay].
func RetentionOnOrAfter(customers []Activity, day, asOf int, opts *ProportionOptions) (Estimate, error) {
	return retention(fmt.Sprintf("retention on or after day %d", day), customers, day, maxDay, day, asOf, opts)
}

// RetentionInBracket returns the share of customers active on any of the days from to to, both included, after their
// start. Customers whose bracket is not over by asOf are in Missing.
func RetentionInBracket(customers []Activity, from, to, asOf int, opts *ProportionOptions) (Estimate, error) {
	return retention(fmt.Sprintf("retention in days %d to %d", from, to), customers, from, to, to, asOf, opts)
}

// maxDay is later than any day.
const maxDay = int(^uint(0) >> 1)

// retention counts those who were active from..to days after their start, among those for whom day until has come.
func retention(metric string, customers []Activity, from, to, until, asOf int, opts *ProportionOptions) (Estimate, error) {
	if from < 0 || to < from {
		return unavailable(metric, UnitShare), fmt.Errorf("%w: days %d to %d; want 0 <= from <= to", ErrOption, from, to)
	}
	active, eligible := 0, 0
	for _, c := range customers {
		// Differences of an earlier and a later day fit an unsigned number, whatever the two are.
		if c.Start > asOf || uint(asOf-c.Start) < uint(until) {
			continue
		}
		eligible++
		for _, d := range c.Days {
			if after := uint(d - c.Start); d >= c.Start && d <= asOf && after >= uint(from) && after <= uint(to) {
				active++
				break
			}
		}
	}
	e, err := share(metric, "active / customers whose days are complete", active, eligible, opts)
	e.Missing = len(customers) - eligible
	return e, err
}
