package metrics

import (
	"fmt"

	"github.com/cxmodel/cxmodel"
)

// CSAT returns customer satisfaction as the share of the top boxes, in [0, 1]: on five points the share of 4 and 5. On
// other scales the number of positive points is not agreed on, and opts.Boxes must say it.
func CSAT[T Number](scores []T, scale cxmodel.Scale, opts *ProportionOptions) (Estimate, error) {
	return TallyOf(scores, scale).CSAT(opts)
}

// CSAT returns the share of the top boxes of the answers; see the function [CSAT].
func (t *Tally) CSAT(opts *ProportionOptions) (Estimate, error) {
	const metric = "CSAT"
	boxes := 0
	if opts != nil {
		boxes = opts.Boxes
	}
	if boxes == 0 {
		if t.scale.Check() == nil && t.scale.Points() != 5 {
			return unavailable(metric, UnitShare), fmt.Errorf("%w: CSAT on %v has no agreed number of top boxes; set ProportionOptions.Boxes", ErrOption, t.scale)
		}
		boxes = 2
	}
	return t.box(metric, boxes, !t.scale.LowIsGood, opts)
}

// CSATOf returns satisfied/answers, however satisfied was counted.
func CSATOf(satisfied, answers int, opts *ProportionOptions) (Estimate, error) {
	return share("CSAT", "satisfied of answers", satisfied, answers, opts)
}

// MeanCSAT returns the mean satisfaction in points of the scale: another metric than the share of the top boxes.
func MeanCSAT[T Number](scores []T, scale cxmodel.Scale, opts *MeanOptions) (Estimate, error) {
	return TallyOf(scores, scale).MeanCSAT(opts)
}

// MeanCSAT returns the mean satisfaction of the answers; see the function [MeanCSAT].
func (t *Tally) MeanCSAT(opts *MeanOptions) (Estimate, error) { return t.mean("mean CSAT", opts) }

// CSATGoodBad returns good/(good + bad): satisfaction as help desks count it from two buttons. On five points a 3 is
// usually bad in it, on three points only a 3 is good; who counts says which.
func CSATGoodBad(good, bad int, opts *ProportionOptions) (Estimate, error) {
	return goodBad("CSAT, good of good and bad", "good / (good + bad)", good, bad, opts)
}
