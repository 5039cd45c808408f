package metrics

import "fmt"

// ReferringCustomers returns customers who referred somebody / customers.
func ReferringCustomers(referrers, customers int, opts *ProportionOptions) (Estimate, error) {
	return share("referring customers", "customers who referred somebody / customers", referrers, customers, opts)
}

// ReferredCustomers returns new customers who came by referral / new customers.
func ReferredCustomers(referred, newCustomers int, opts *ProportionOptions) (Estimate, error) {
	return share("referred customers", "new customers by referral / new customers", referred, newCustomers, opts)
}

// NegativeOfMentions returns negative mentions / all mentions, neutral ones included: the negative share of word of
// mouth. For answers on a scale see [Tally.BottomBox].
func NegativeOfMentions(negative, mentions int, opts *ProportionOptions) (Estimate, error) {
	return share("negative share of mentions", "negative mentions / all mentions", negative, mentions, opts)
}

// NegativeOfOpinions returns negative / (negative + positive) mentions, neutral ones left out.
func NegativeOfOpinions(negative, positive int, opts *ProportionOptions) (Estimate, error) {
	return goodBad("negative share of opinions", "negative / (negative + positive) mentions", negative, positive, opts)
}

// CSATGoodBad returns good/(good + bad): satisfaction as help desks count it from two buttons. On five points a 3 is
// usually bad in it, on three points only a 3 is good; who counts says which.
func CSATGoodBad(good, bad int, opts *ProportionOptions) (Estimate, error) {
	return goodBad("CSAT, good of good and bad", "good / (good + bad)", good, bad, opts)
}

// ResponseRate returns those who answered / those who were asked.
func ResponseRate(answered, invited int, opts *ProportionOptions) (Estimate, error) {
	return share("response rate", "answered / invited", answered, invited, opts)
}

// goodBad is the share x/(x + y).
func goodBad(metric, definition string, x, y int, opts *ProportionOptions) (Estimate, error) {
	if x < 0 || y < 0 {
		return unavailable(metric, UnitShare), fmt.Errorf("%w for %s: %d and %d", ErrCount, metric, x, y)
	}
	n, ok := sum(x, y)
	if !ok {
		return unavailable(metric, UnitShare), fmt.Errorf("%w for %s: %d + %d overflows", ErrCount, metric, x, y)
	}
	return share(metric, definition, x, n, opts)
}
