package metrics

import (
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel"
)

// A StarRating is the score of reviews: the mean of the stars, which is never told without the number of reviews, and
// how many gave one star, two stars and so on.
type StarRating struct {
	Mean   Estimate   `json:"mean"`   // in stars, Student's t interval
	Shares []Estimate `json:"shares"` // Shares[i] is the share of Min+i stars, each with its own Wilson interval
}

// Stars returns the score of reviews of one to five stars; NaN is a review without stars. Half stars count in the
// mean as they are, and in the shares for the star below.
func Stars[T Number](ratings []T, opts *MeanOptions) (StarRating, error) {
	return TallyOf(ratings, cxmodel.Scale{Min: 1, Max: 5}).Stars(opts)
}

// Stars returns the score of the answers taken as stars; see the function [Stars].
func (t *Tally) Stars(opts *MeanOptions) (StarRating, error) {
	mean, err := t.mean("stars", opts)
	if err != nil {
		return StarRating{Mean: mean}, err
	}
	counts := make([]int, t.scale.Points())
	for stars, n := range t.Scores() {
		counts[int(math.Floor(stars))-t.scale.Min] += n
	}
	r := StarRating{Mean: mean, Shares: make([]Estimate, len(counts))}
	for i, n := range counts {
		o := ProportionOptions{}
		if opts != nil {
			o.Level = opts.Level
		}
		e, err := share(fmt.Sprintf("share of %d stars", t.scale.Min+i), "reviews with so many stars of reviews with stars", n, t.n, &o)
		if err != nil {
			return r, err
		}
		e.Missing, e.OffScale = t.missing, t.offScale
		r.Shares[i] = e
	}
	return r, nil
}

// Reviews returns the number of reviews with stars.
func (r StarRating) Reviews() int { return r.Mean.N }

// String returns the mean with its interval and the number of reviews.
func (r StarRating) String() string { return r.Mean.String() }

// Table returns the mean and the shares, best first.
func (r StarRating) Table() *Table {
	t := &Table{}
	t.Add(r.Mean)
	for i := len(r.Shares) - 1; i >= 0; i-- {
		t.Add(r.Shares[i])
	}
	return t
}
