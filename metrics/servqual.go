package metrics

import (
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/internal/enum"
	"github.com/cxmodel/cxmodel/internal/nanjson"
)

// ServqualDimension is one of the five dimensions of service quality: A. Parasuraman, V. A. Zeithaml, L. L. Berry,
// SERVQUAL, Journal of Retailing 64 (1988), 12-40.
type ServqualDimension int

// The dimensions, in the order of the 22 items.
const (
	Tangibles       ServqualDimension = iota + 1 // rooms, equipment, appearance: items 1 to 4
	ReliableService                              // what was promised, done dependably: items 5 to 9
	Responsiveness                               // willing to help, prompt: items 10 to 13
	Assurance                                    // knowledge and courtesy that inspire trust: items 14 to 17
	Empathy                                      // individual attention: items 18 to 22
)

// servqualEnds are the ends of the dimensions among the items.
var servqualEnds = [...]int{0, 4, 9, 13, 17, 22}

var servqualDimensions = enum.Table{Type: "SERVQUAL dimension", Names: []string{"", "tangibles", "reliability", "responsiveness", "assurance", "empathy"}}

// String returns the name of d.
func (d ServqualDimension) String() string { return servqualDimensions.String(int(d)) }

// MarshalText implements [encoding.TextMarshaler].
func (d ServqualDimension) MarshalText() ([]byte, error) {
	return enumText(&servqualDimensions, int(d))
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown name is an error that lists the names.
func (d *ServqualDimension) UnmarshalText(text []byte) error {
	i, err := enumParse(&servqualDimensions, text)
	if err == nil {
		*d = ServqualDimension(i)
	}
	return err
}

// A ServqualAnswer is what one respondent said to the 22 items, usually on 1 to 7: what an excellent company would be like,
// and what this one is like. NaN is not answered.
type ServqualAnswer struct {
	Expectations, Perceptions [22]float64
}

// ServqualOptions are the choices of [SERVQUAL]; nil stands for the defaults.
type ServqualOptions struct {
	Level   float64    // confidence level in (0, 1); 0 means .95
	Weights [5]float64 // the importance of the dimensions in their order, mean of the points that respondents gave; they sum to 100. All 0: no weighted gap
}

// A ServqualResult holds the gaps, perception less expectation, in points of the scale: below zero where the service falls
// short.
type ServqualResult struct {
	Gaps        [5]Estimate    `json:"gaps"`        // by dimension, in their order
	Reliability [5]Reliability `json:"reliability"` // of the gaps of the items of a dimension; its Alpha is not available where it cannot be computed
	Unweighted  Estimate       `json:"unweighted"`  // the mean of the five gaps
	Weighted    Estimate       `json:"weighted"`    // weighted by importance; not available without weights
}

// MarshalJSON writes the result; a number that is not available is null.
func (r ServqualResult) MarshalJSON() ([]byte, error) { return nanjson.Marshal(r) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (r *ServqualResult) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, r) }

// String returns the unweighted gap.
func (r ServqualResult) String() string { return r.Unweighted.String() }

// Table returns the gaps by dimension, then the unweighted one, and the weighted one where there is one.
func (r ServqualResult) Table() *Table {
	t := &Table{Labels: []string{"dimension"}}
	for i, e := range r.Gaps {
		t.Add(e, ServqualDimension(i+1).String())
	}
	t.Add(r.Unweighted, "all, unweighted")
	if !math.IsNaN(r.Weighted.Value) {
		t.Add(r.Weighted, "all, weighted")
	}
	return t
}

// SERVQUAL returns the gaps between perception and expectation by dimension and in all. A respondent's gap in a dimension is
// the mean over the items answered on both sides, and the interval is Student's t over respondents, so that it knows how
// the items hang together. Who answered no item of a dimension is missing there, and in the gaps of all. Differences of two
// scores are less reliable than the scores: read the Reliability beside them. It fails with [ErrNoData] where nobody
// answered every dimension, with [ErrOption] on weights that do not sum to 100, with [ErrValue] on infinite answers.
func SERVQUAL(answers []ServqualAnswer, opts *ServqualOptions) (ServqualResult, error) {
	if opts == nil {
		opts = &ServqualOptions{}
	}
	r := noServqual()
	if _, _, err := confidence(opts.Level); err != nil {
		return r, err
	}
	weights := 0.
	for i, w := range opts.Weights {
		if !(w >= 0) {
			return r, fmt.Errorf("%w: the weight of %v is %v", ErrOption, ServqualDimension(i+1), w)
		}
		weights += w
	}
	if weights != 0 && math.Abs(weights-100) > 1e-9 {
		return r, fmt.Errorf("%w: the weights sum to %v; they must sum to 100", ErrOption, weights)
	}
	var gaps [5][]float64 // of each respondent, NaN where missing
	var all, weighted []float64
	for i, a := range answers {
		for item := range a.Expectations {
			if e, p := a.Expectations[item], a.Perceptions[item]; math.IsInf(e, 0) || math.IsInf(p, 0) {
				return r, fmt.Errorf("%w: item %d of answer %d is %v, expected %v", ErrValue, item+1, i, p, e)
			}
		}
		sum, sumWeighted := 0., 0.
		for d := range gaps {
			g := a.gap(d)
			gaps[d] = append(gaps[d], g)
			sum += g / 5
			sumWeighted += g * opts.Weights[d] / 100
		}
		all, weighted = append(all, sum), append(weighted, sumWeighted)
	}
	gap := func(values []float64, definition string) (Estimate, error) {
		d, err := Describe(values, &MeanOptions{Level: opts.Level})
		d.Mean.Metric, d.Mean.Unit, d.Mean.Definition = "SERVQUAL gap", UnitScore, definition
		return d.Mean, err
	}
	for d := range gaps {
		var err error
		name := ServqualDimension(d + 1).String()
		if r.Gaps[d], err = gap(gaps[d], "perception - expectation, "+name); err != nil {
			return noServqual(), fmt.Errorf("%w (SERVQUAL, %s)", err, name)
		}
		// No reliability is an honest answer: one respondent, or all of one mind.
		r.Reliability[d], _ = CronbachAlpha(itemGaps(answers, d), &MeanOptions{Level: opts.Level})
	}
	var err error
	if r.Unweighted, err = gap(all, "perception - expectation, mean of five dimensions"); err != nil {
		return noServqual(), fmt.Errorf("%w (SERVQUAL, all dimensions)", err)
	}
	if weights != 0 {
		if r.Weighted, err = gap(weighted, "perception - expectation, weighted by importance"); err != nil {
			return noServqual(), fmt.Errorf("%w (SERVQUAL, weighted)", err)
		}
		r.Weighted.Metric = "weighted SERVQUAL gap"
	}
	return r, nil
}

// noServqual is the result that goes with an error.
func noServqual() ServqualResult {
	r := ServqualResult{Unweighted: unavailable("SERVQUAL gap", UnitScore), Weighted: unavailable("weighted SERVQUAL gap", UnitScore)}
	for i := range r.Gaps {
		r.Gaps[i], r.Reliability[i] = unavailable("SERVQUAL gap", UnitScore), noReliability()
	}
	return r
}

// gap returns the mean gap of the items of dimension d, from 0, that have both sides; NaN if none has.
func (a *ServqualAnswer) gap(d int) float64 {
	sum, n := 0., 0
	for i := servqualEnds[d]; i < servqualEnds[d+1]; i++ {
		if g := a.Perceptions[i] - a.Expectations[i]; !math.IsNaN(g) {
			sum += g
			n++
		}
	}
	return sum / float64(n)
}

// itemGaps returns the gaps of the items of dimension d by respondent.
func itemGaps(answers []ServqualAnswer, d int) [][]float64 {
	rows := make([][]float64, len(answers))
	for r := range answers {
		for i := servqualEnds[d]; i < servqualEnds[d+1]; i++ {
			rows[r] = append(rows[r], answers[r].Perceptions[i]-answers[r].Expectations[i])
		}
	}
	return rows
}
