package metrics

// ReferringCustomers returns customers who referred somebody / customers.
func ReferringCustomers(referrers, customers int, opts *ProportionOptions) (Estimate, error) {
	return share("referring customers", "customers who referred somebody / customers", referrers, customers, opts)
}

// ReferredCustomers returns new customers who came by referral / new customers.
func ReferredCustomers(referred, newCustomers int, opts *ProportionOptions) (Estimate, error) {
	return share("referred customers", "new customers by referral / new customers", referred, newCustomers, opts)
}
