package metrics

import (
	"fmt"

	"github.com/cxmodel/cxmodel"
)

// CES1Scale is the scale of the first customer effort score: "how much effort did you personally have to put forth", 1
// very low to 5 very high, LOW is good (M. Dixon, K. Freeman, N. Toman, Stop trying to delight your customers,
// Harvard Business Review, July 2010).
func CES1Scale() cxmodel.Scale { return cxmodel.Scale{Min: 1, Max: 5, LowIsGood: true} }

// CES2Scale is the scale of customer effort score 2.0: "the company made it easy for me", 1 strongly disagree to 7
// strongly agree, HIGH is good (CEB, 2013).
func CES2Scale() cxmodel.Scale { return cxmodel.Scale{Min: 1, Max: 7} }

// CES1 returns the mean of customer effort score 1.0 on [CES1Scale]: 1 is the best.
func CES1[T Number](scores []T, opts *MeanOptions) (Estimate, error) {
	return TallyOf(scores, CES1Scale()).CES1(opts)
}

// CES2 returns the mean of customer effort score 2.0 on [CES2Scale]: 7 is the best.
func CES2[T Number](scores []T, opts *MeanOptions) (Estimate, error) {
	return TallyOf(scores, CES2Scale()).CES2(opts)
}

// CES2Share returns the share that found it easy, 5 to 7 on [CES2Scale], in [0, 1].
func CES2Share[T Number](scores []T, opts *ProportionOptions) (Estimate, error) {
	return TallyOf(scores, CES2Scale()).CES2Share(opts)
}

// CES2Index returns the share of 6 and 7 less the share of 1 to 3 on [CES2Scale], in points in [-100, 100]. It is a
// difference of shares like the Net Promoter Score, with the same intervals. opts.Bands is not used.
func CES2Index[T Number](scores []T, opts *NPSOptions) (Estimate, error) {
	return TallyOf(scores, CES2Scale()).CES2Index(opts)
}

// CES2ShareOf returns easy/answers, where easy is 5 to 7 on [CES2Scale].
func CES2ShareOf(easy, answers int, opts *ProportionOptions) (Estimate, error) {
	return share("CES 2.0 share", ces2ShareDefinition, easy, answers, opts)
}

// CES2IndexOf returns the index of counts of 1 to 3, 4 to 5, and 6 to 7; see [CES2Index].
func CES2IndexOf(difficult, neutral, easy int, opts *NPSOptions) (Estimate, error) {
	return ces2Index(bandCounts{detractors: difficult, passives: neutral, promoters: easy}, opts)
}

const (
	ces2ShareDefinition = "1..7, share from 5"
	ces2IndexDefinition = "1..7, share from 6 less share up to 3"
)

// CES1 returns the mean effort; the tally must be on [CES1Scale].
func (t *Tally) CES1(opts *MeanOptions) (Estimate, error) {
	if err := t.mustBeOn("CES 1.0", CES1Scale()); err != nil {
		return unavailable("CES 1.0", UnitScore), err
	}
	return t.mean("CES 1.0", opts)
}

// CES2 returns the mean ease; the tally must be on [CES2Scale].
func (t *Tally) CES2(opts *MeanOptions) (Estimate, error) {
	if err := t.mustBeOn("CES 2.0", CES2Scale()); err != nil {
		return unavailable("CES 2.0", UnitScore), err
	}
	return t.mean("CES 2.0", opts)
}

// CES2Share returns the share of 5 to 7; the tally must be on [CES2Scale].
func (t *Tally) CES2Share(opts *ProportionOptions) (Estimate, error) {
	if err := t.mustBeOn("CES 2.0 share", CES2Scale()); err != nil {
		return unavailable("CES 2.0 share", UnitShare), err
	}
	e, err := t.box("CES 2.0 share", 3, true, opts)
	if err == nil {
		e.Definition = ces2ShareDefinition
	}
	return e, err
}

// CES2Index returns the share of 6 and 7 less that of 1 to 3; the tally must be on [CES2Scale].
func (t *Tally) CES2Index(opts *NPSOptions) (Estimate, error) {
	if err := t.mustBeOn("CES 2.0 index", CES2Scale()); err != nil {
		return unavailable("CES 2.0 index", UnitPoints), err
	}
	c := bandCounts{missing: t.missing, offScale: t.offScale}
	b := ces2Bands()
	for score, n := range t.Scores() {
		// Below 4 is difficult, from 6 easy. A fraction such as 3.5 lies between 3 and 4 and is difficult.
		c.add(b, score, n)
	}
	return ces2Index(c, opts)
}

func ces2Bands() Bands { return Bands{CES2Scale(), 4, 6} }

func ces2Index(c bandCounts, opts *NPSOptions) (Estimate, error) {
	const metric = "CES 2.0 index"
	o := NPSOptions{}
	if opts != nil {
		o = *opts
	}
	o.Bands = ces2Bands()
	e, err := npsOfCounts(metric, c, &o)
	if err == nil {
		e.Definition = ces2IndexDefinition
	}
	return e, err
}

// mustBeOn refuses a metric on another scale than its own: the same figures would mean something else.
func (t *Tally) mustBeOn(metric string, scale cxmodel.Scale) error {
	if t.scale != scale {
		return fmt.Errorf("%w: %s is asked on %v, these answers are on %v", ErrMismatch, metric, scale, t.scale)
	}
	return nil
}
