package metrics

import (
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/internal/nanjson"
)

// An IndexResult is one number made of several, and what each of them brings to it.
type IndexResult struct {
	Index Estimate    `json:"index"`
	Parts []IndexPart `json:"parts"` // in the order given; their contributions sum to the index
}

// An IndexPart is one measure or question in an index.
type IndexPart struct {
	Name         string  `json:"name"`
	Weight       float64 `json:"weight"`       // its part of all weights; these sum to 1
	Score        float64 `json:"score"`        // at best 1
	Contribution float64 `json:"contribution"` // Weight × Score
	Lost         float64 `json:"lost"`         // Weight × (1 - Score): what the index would gain if this part were perfect
}

// MarshalJSON writes the result; a number that is not available is null.
func (r IndexResult) MarshalJSON() ([]byte, error) { return nanjson.Marshal(r) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (r *IndexResult) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, r) }

// String returns the index with its interval.
func (r IndexResult) String() string { return r.Index.String() }

// Table returns the index and the contribution of each part to it, which has no interval of its own.
func (r IndexResult) Table() *Table {
	t := &Table{Labels: []string{"part"}}
	t.Add(r.Index, "all")
	for _, p := range r.Parts {
		t.Add(bare("contribution to "+r.Index.Metric, fmt.Sprintf("weight %.4g × score %.4g", p.Weight, p.Score), r.Index.Unit, p.Contribution, r.Index.N), p.Name)
	}
	return t
}

// An IndexMeasure is a measured metric in an index. Floor and Target place it, in its own unit: the value that is worth
// nothing and the one that is as good as wished. A floor above the target says that low is good. They have no default,
// because the index is made of them.
type IndexMeasure struct {
	Name          string
	Estimate      Estimate
	Floor, Target float64
	Weight        float64 // not negative; only proportions count
}

// Index returns the weighted mean of measures, each scored by where it lies between its floor and target,
//
//	index = Σ w_i s_i/Σ w_i, s_i = clamp((value_i - floor_i)/(target_i - floor_i), 0, 1)
//
// a share in [0, 1]. The interval is MOVER from those of the measures (Zou and Donner 2008, see [Difference]) and supposes
// that they come from different respondents; for questions answered by the same people use [AnswerIndex]. A measure without
// interval leaves the index without one. N and EffectiveN are the smallest of the measures with weight. It fails with [ErrNoData] without measures or
// values, with [ErrOption] on unusable floors, targets or weights, and with [ErrMismatch] on different levels.
func Index(measures []IndexMeasure) (IndexResult, error) {
	const metric = "index"
	r := IndexResult{Index: unavailable(metric, UnitShare)}
	if len(measures) == 0 {
		return r, fmt.Errorf("%w for an index: no measures", ErrNoData)
	}
	total, level := 0., 0.
	for _, m := range measures {
		span := m.Target - m.Floor
		switch {
		case !finite(m.Estimate.Value) || m.Estimate.Metric == "" && m.Estimate.N == 0:
			return r, fmt.Errorf("%w for an index: measure %q has no value; leave it out", ErrNoData, m.Name)
		case !finite(span) || span == 0:
			return r, fmt.Errorf("%w: measure %q goes from floor %v to target %v", ErrOption, m.Name, m.Floor, m.Target)
		case !(m.Weight >= 0) || !finite(m.Weight):
			return r, fmt.Errorf("%w: measure %q has weight %v", ErrOption, m.Name, m.Weight)
		case m.Estimate.HasInterval() && level > 0 && m.Estimate.Level != level:
			return r, fmt.Errorf("%w: the interval of %q is at level %v, another at %v", ErrMismatch, m.Name, m.Estimate.Level, level)
		}
		if m.Estimate.HasInterval() {
			level = m.Estimate.Level
		}
		total += m.Weight
	}
	if !(total > 0) || !finite(total) {
		return r, fmt.Errorf("%w: the weights sum to %v", ErrOption, total)
	}
	e := &r.Index
	e.Definition, e.Level, e.Method = "weighted mean of scores between floor and target", level, "MOVER"
	e.N, e.EffectiveN = math.MaxInt, math.Inf(1) // some measure has weight
	var value accumulator
	var below, above, variance float64
	for _, m := range measures {
		score := func(x float64) float64 { return min(max((x-m.Floor)/(m.Target-m.Floor), 0), 1) }
		w, s := m.Weight/total, score(m.Estimate.Value)
		r.Parts = append(r.Parts, IndexPart{Name: m.Name, Weight: w, Score: s, Contribution: w * s, Lost: w * (1 - s)})
		value.add(w * s)
		if w > 0 {
			low, high := score(m.Estimate.Low), score(m.Estimate.High)
			if !m.Estimate.HasInterval() {
				low, high = math.NaN(), math.NaN()
			}
			if m.Floor > m.Target {
				low, high = high, low
			}
			below, above = math.Hypot(below, w*(s-low)), math.Hypot(above, w*(high-s))
			variance += math.Pow(w*m.Estimate.StdErr/(m.Target-m.Floor), 2)
			e.N, e.EffectiveN = min(e.N, m.Estimate.N), min(e.EffectiveN, m.Estimate.EffectiveN)
			e.Warnings |= m.Estimate.Warnings &^ (WarnClamped | WarnZeroWidth)
		}
	}
	e.Value, e.StdErr = value.sum(), math.Sqrt(variance)
	e.Low, e.High = max(e.Value-below, 0), min(e.Value+above, 1)
	if !e.HasInterval() {
		e.Level, e.Method, e.Low, e.High = 0, "", math.NaN(), math.NaN()
		e.Warnings |= WarnNoInterval
	}
	return r, nil
}
