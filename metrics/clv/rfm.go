package clv

import (
	"fmt"
	"math"
	"slices"
	"sort"
)

// An RFM is a customer's scores by recency, frequency and money, 1 the worst. They describe; a model forecasts.
type RFM struct {
	ID      string `json:"id"`
	R       int    `json:"r"`
	F       int    `json:"f"`
	M       int    `json:"m"`
	Segment string `json:"segment,omitempty"` // of the first rule that holds; "" where none does
}

// A SegmentRule names the customers whose scores lie in a box. Bounds are included; 0 means no bound.
type SegmentRule struct {
	Name                               string
	MinR, MaxR, MinF, MaxF, MinM, MaxM int
}

func (r SegmentRule) holds(c RFM) bool {
	in := func(v, low, high int) bool { return v >= low && (high == 0 || v <= high) }
	return in(c.R, r.MinR, r.MaxR) && in(c.F, r.MinF, r.MaxF) && in(c.M, r.MinM, r.MaxM)
}

// RFMSegments returns segments for five scores. Each pair of R and F falls into one of them; the money plays no part,
// because much money spent long ago is no promise. They are a convention, not a finding: write your own.
func RFMSegments() []SegmentRule {
	return []SegmentRule{
		{Name: "champions", MinR: 4, MinF: 4},
		{Name: "loyal", MinR: 3, MinF: 3},
		{Name: "new", MinR: 4, MaxF: 1},
		{Name: "promising", MinR: 4, MaxF: 3},
		{Name: "need attention", MinR: 3, MaxF: 2},
		{Name: "at risk", MaxR: 2, MinF: 3},
		{Name: "hibernating", MaxR: 2, MaxF: 2},
	}
}

// RFMOptions say how customers are scored. Nil means the defaults.
type RFMOptions struct {
	Scores   int           // number of scores, 2 to 100; 0 means 5
	Segments []SegmentRule // first rule that holds; nil means RFMSegments, for 5 scores only
}

// ScoreRFM scores each customer against the others: R by the time since the last order, F by the number of repeat orders,
// M by the money of the repeat orders. With k scores, a customer's is 1 + the whole part of k times the share of customers
// that are worse, so customers who are alike are scored alike, and groups need not be of one size. Errors: ErrNoData,
// ErrOption, those of [Summary.Check], and ErrInvalid where customers have weights.
func ScoreRFM(s *Summary, opts *RFMOptions) ([]RFM, error) {
	k := 5
	var rules []SegmentRule
	if opts != nil {
		if opts.Scores != 0 {
			k = opts.Scores
		}
		rules = opts.Segments
	}
	if k < 2 || k > 100 {
		return nil, fmt.Errorf("clv: %w: %d scores; 2 to 100 make sense", ErrOption, k)
	}
	if rules == nil && k == 5 {
		rules = RFMSegments()
	}
	if s == nil || len(s.Customers) == 0 {
		return nil, fmt.Errorf("clv: %w: the summary has no customer", ErrNoData)
	}
	if err := s.Check().Err(); err != nil {
		return nil, err
	}
	if err := s.unweighted(); err != nil {
		return nil, err
	}
	n := len(s.Customers)
	r, f, m := make([]float64, n), make([]float64, n), make([]float64, n)
	for i, c := range s.Customers {
		r[i] = c.Recency - c.Age // the later the better
		f[i] = float64(c.Frequency)
		m[i] = float64(c.Frequency) * c.MeanSpend
	}
	rs, fs, ms := scores(r, k), scores(f, k), scores(m, k)
	out := make([]RFM, n)
	for i, c := range s.Customers {
		out[i] = RFM{ID: c.ID, R: rs[i], F: fs[i], M: ms[i]}
		for _, rule := range rules {
			if rule.holds(out[i]) {
				out[i].Segment = rule.Name
				break
			}
		}
	}
	return out, nil
}

// scores returns 1 + floor(k × share of values below) for each value.
func scores(values []float64, k int) []int {
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	out := make([]int, len(values))
	for i, v := range values {
		below := sort.SearchFloat64s(sorted, v)
		out[i] = 1 + int(math.Floor(float64(k)*float64(below)/float64(len(values))))
	}
	return out
}
