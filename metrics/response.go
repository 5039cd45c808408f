package metrics

// ResponseRate returns those who answered / those who were asked.
func ResponseRate(answered, invited int, opts *ProportionOptions) (Estimate, error) {
	return share("response rate", "answered / invited", answered, invited, opts)
}
