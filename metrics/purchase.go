package metrics

// RepeatPurchaseRate returns buyers with two or more orders inside the window / buyers in the window.
func RepeatPurchaseRate(repeatBuyers, buyers int, opts *ProportionOptions) (Estimate, error) {
	return share("repeat purchase rate", "buyers with two orders or more in the window / buyers in the window", repeatBuyers, buyers, opts)
}

// ReturningCustomerRate returns buyers in the window with any earlier order, before the window too / buyers in the
// window. On the same orders it is mostly far above [RepeatPurchaseRate].
func ReturningCustomerRate(returning, buyers int, opts *ProportionOptions) (Estimate, error) {
	return share("returning customer rate", "buyers in the window with any earlier order / buyers in the window", returning, buyers, opts)
}

// ConversionOfVisitors returns visitors who did what was hoped for / visitors.
func ConversionOfVisitors(converted, visitors int, opts *ProportionOptions) (Estimate, error) {
	return share("conversion of visitors", "visitors who converted / visitors", converted, visitors, opts)
}

// ConversionOfVisits returns visits with a conversion / visits. The visits of one visitor are not independent, so the
// interval is too narrow where many return.
func ConversionOfVisits(converted, visits int, opts *ProportionOptions) (Estimate, error) {
	return share("conversion of visits", "visits with a conversion / visits", converted, visits, opts)
}
