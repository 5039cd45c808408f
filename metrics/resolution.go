package metrics

import "fmt"

// First contact resolution differs by its denominator. Contacts whose window for coming back is still open belong in
// none of the counts.

// FirstContactResolutionGross returns resolved at first contact / all contacts.
func FirstContactResolutionGross(resolved, contacts int, opts *ProportionOptions) (Estimate, error) {
	return share("gross first contact resolution", "resolved at first contact / all contacts", resolved, contacts, opts)
}

// FirstContactResolutionNet returns resolved at first contact / (all contacts - those that the first level could not
// have resolved).
func FirstContactResolutionNet(resolved, contacts, notResolvable int, opts *ProportionOptions) (Estimate, error) {
	const metric = "net first contact resolution"
	if notResolvable < 0 || notResolvable > contacts {
		return unavailable(metric, UnitShare), fmt.Errorf("%w for %s: %d not resolvable of %d contacts", ErrCount, metric, notResolvable, contacts)
	}
	return share(metric, "resolved at first contact / contacts that the first level can resolve", resolved, contacts-notResolvable, opts)
}

// FirstContactResolutionOfResolved returns tickets resolved without a further message from the customer / all resolved
// tickets: the definition of help desks that know no contacts, only tickets. Open tickets are in neither.
func FirstContactResolutionOfResolved(withoutReply, resolved int, opts *ProportionOptions) (Estimate, error) {
	return share("first contact resolution of resolved tickets", "resolved without a customer reply / resolved tickets", withoutReply, resolved, opts)
}

// FirstContactResolutionAsked returns the share of customers who say that their issue was resolved at first contact. It
// is not comparable with the operational figures.
func FirstContactResolutionAsked(yes, answers int, opts *ProportionOptions) (Estimate, error) {
	return share("first contact resolution, asked", "customers who say so / customers who answered", yes, answers, opts)
}
