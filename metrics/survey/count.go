package survey

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/cxmodel/cxmodel/metrics"
)

// A Count is what became of one measure in one place: how many answers of each score there are, and how many
// invitations led to none.
//
//	status                   with a score                  without
//	unspecified, completed   Answers (or its OffScale)     Answers.Missing
//	partial                  the same, and Partial         Answers.Missing
//	dismissed                the same, and Partial         Dismissed
//	invited, bounced         an error                      Invited, Bounced
//	excluded                 Excluded                      Excluded
type Count struct {
	Measure   MeasureDef     `json:"measure"`
	Answers   *metrics.Tally `json:"answers"`             // by score, with what is missing and off the scale; weights do not count
	Weights   []WeightClass  `json:"weights,omitempty"`   // of a weighted cube: the same answers by weight, the lightest first; else nil
	Partial   int            `json:"partial,omitempty"`   // of the answers on and off the scale, those of people who did not come to the end
	Dismissed int            `json:"dismissed,omitempty"` // seen, closed, and this question not answered
	Invited   int            `json:"invited,omitempty"`   // sent or shown, nothing came back
	Bounced   int            `json:"bounced,omitempty"`   // not delivered
	Excluded  int            `json:"excluded,omitempty"`  // tests and the like, in no other number
}

// EstimateOptions are the choices of an interval; nil stands for the defaults.
type EstimateOptions struct {
	Level      float64                  // confidence level in (0, 1); 0 means .95
	NPS        metrics.NPSMethod        // for NPS and eNPS; 0 means the score interval
	Proportion metrics.ProportionMethod // for shares and response rates; 0 means Wilson
}

// N returns the number of answers on the scale.
func (c Count) N() int { return c.answers().N() }

// answers returns the tally, an empty one where c has none.
func (c Count) answers() *metrics.Tally {
	if c.Answers == nil {
		return metrics.NewTally(c.Measure.withScale().Scale)
	}
	return c.Answers
}

// Delivered returns the number of invitations that reached somebody, as far as the data know of them.
func (c Count) Delivered() int {
	a := c.answers()
	return a.N() + a.OffScale() + a.Missing() + c.Dismissed + c.Invited
}

// Estimate returns the measure's metric with its interval. With Weights it is the weighted metric, on the effective number
// of answers from the linearised variance of independent answers,
//
//	Var = n/(n-1) Σ (w(y-m))²/(Σw)², effective n = Σ w(y-m)²/Σw / Var
//
// for values y with the weighted mean m; for strata and clusters there is [Sample]. It fails with metrics.ErrNoData or metrics.ErrOffScale where
// there is nothing to estimate from.
func (c Count) Estimate(opts *EstimateOptions) (metrics.Estimate, error) {
	if opts == nil {
		opts = &EstimateOptions{}
	}
	if c.Weights != nil {
		return c.weighted(*opts)
	}
	return c.Measure.read(c.answers(), *opts)
}

// orEmpty is Estimate, with an empty estimate where there are no answers, and warnings that say so.
func (c Count) orEmpty(opts *EstimateOptions) (metrics.Estimate, error) {
	e, err := c.Estimate(opts)
	switch {
	case errors.Is(err, metrics.ErrNoData), errors.Is(err, metrics.ErrOffScale):
		e.Warnings |= metrics.WarnFewAnswers | metrics.WarnNoInterval
	case err != nil:
		return e, fmt.Errorf("survey: %s: %w", c.Measure.Key, err)
	}
	return e, nil
}

func unavailable(metric string) metrics.Estimate {
	nan := math.NaN()
	return metrics.Estimate{Metric: metric, Value: nan, Low: nan, High: nan, StdErr: nan}
}

// ResponseRate returns the share of the delivered invitations that led to an answer to this question,
//
//	(N + off scale) / (N + off scale + missing + dismissed + invited)
//
// with its interval: for one question, RR2 of the American Association for Public Opinion Research (Standard
// Definitions), which takes partial interviews as responses. What bounced or is excluded is in neither part, and
// weights do not count.
// It fails with [ErrInvitations] unless MeasureDef.Invitations says that all invitations are there, and with
// metrics.ErrNoData where nothing was delivered.
func (c Count) ResponseRate(opts *EstimateOptions) (metrics.Estimate, error) {
	if opts == nil {
		opts = &EstimateOptions{}
	}
	answered, delivered := c.answers().N()+c.answers().OffScale(), c.Delivered()
	e, err := metrics.Proportion(answered, delivered, &metrics.ProportionOptions{Level: opts.Level, Method: opts.Proportion})
	if !c.Measure.Invitations {
		e = unavailable("")
		err = fmt.Errorf("%w for %s; set Invitations in its definition if the data hold every invitation, replied to or not",
			ErrInvitations, c.Measure.Key)
	}
	e.Metric, e.Definition = "response rate", "answered of delivered"
	return e, err
}

// Sum adds counts of one measure, such as those of the touchpoints of a stage. It fails with [ErrPool] if they are of
// different measures, levels or scales, and with metrics.ErrNoData if there are none.
func Sum(counts ...Count) (Count, error) {
	if len(counts) == 0 {
		return Count{}, fmt.Errorf("survey: a sum of no counts: %w", metrics.ErrNoData)
	}
	sum := counts[0]
	sum.Answers = sum.answers().Clone()
	for _, c := range counts[1:] {
		if c.Measure != sum.Measure {
			return Count{}, poolError(sum.Measure, c.Measure)
		}
		if err := sum.Answers.Merge(c.answers()); err != nil {
			return Count{}, fmt.Errorf("survey: %s: %w", c.Measure.Key, err)
		}
		sum.Partial += c.Partial
		sum.Dismissed += c.Dismissed
		sum.Invited += c.Invited
		sum.Bounced += c.Bounced
		sum.Excluded += c.Excluded
	}
	if !slices.ContainsFunc(counts, func(c Count) bool { return c.Weights != nil }) {
		return sum, nil
	}
	var classes []WeightClass
	for _, c := range counts {
		classes = append(classes, c.byWeight()...)
	}
	var err error
	if sum.Weights, err = mergeWeights(classes); err != nil {
		return Count{}, fmt.Errorf("survey: %s: %w", sum.Measure.Key, err)
	}
	return sum, nil
}

// byWeight returns the weight classes, one of weight 1 for a count without.
func (c Count) byWeight() []WeightClass {
	if c.Weights != nil {
		return c.Weights
	}
	return []WeightClass{{1, c.answers()}}
}

func poolError(a, b MeasureDef) error {
	if a.Key == b.Key && a.kind() == b.kind() {
		return fmt.Errorf("%w: %s has two definitions that differ in question, boxes, bands or invitations", ErrPool, a.kind())
	}
	return fmt.Errorf("%w: %s and %s", ErrPool, a.kind(), b.kind())
}
