package metrics

// NegativeOfMentions returns negative mentions / all mentions, neutral ones included: the negative share of word of
// mouth. For answers on a scale see [Tally.BottomBox].
func NegativeOfMentions(negative, mentions int, opts *ProportionOptions) (Estimate, error) {
	return share("negative share of mentions", "negative mentions / all mentions", negative, mentions, opts)
}

// NegativeOfOpinions returns negative / (negative + positive) mentions, neutral ones left out.
func NegativeOfOpinions(negative, positive int, opts *ProportionOptions) (Estimate, error) {
	return goodBad("negative share of opinions", "negative / (negative + positive) mentions", negative, positive, opts)
}
