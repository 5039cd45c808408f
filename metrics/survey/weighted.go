package survey

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
)

// A WeightClass is the answers of one weight.
type WeightClass struct {
	Weight  float64        `json:"weight"`
	Answers *metrics.Tally `json:"answers"`
}

// weightClass names the counters of a measure, by its index, for one weight.
type weightClass struct {
	measure int
	weight  float64
}

// class returns the index of the counters of a measure for a weight, made if need be.
func (c *Cube) class(measure int, weight float64) (int, error) {
	if weight == 1 {
		return measure, nil
	}
	k := weightClass{measure, weight}
	if k == c.lastWeight {
		return c.lastClass, nil
	}
	i, known := c.byWeight[k]
	if !known {
		if len(c.measures) == maxMeasures {
			return 0, fmt.Errorf("survey: %w; round the weights to three digits, or use a Sample",
				&cxmodel.LimitError{What: "measures and weights", Limit: maxMeasures})
		}
		i = len(c.measures)
		c.measures = append(c.measures, newCounters(c.measures[measure].def, weight))
		c.byWeight[k] = i
	}
	c.lastWeight, c.lastClass = k, i
	return i, nil
}

// find returns the index here of the counters of another cube.
func (c *Cube) find(m *counters) (int, bool) {
	i, known := c.byMeasure[m.def.Key]
	if known && m.weight != 1 {
		i, known = c.byWeight[weightClass{i, m.weight}]
	}
	return i, known
}

// countersLike is find, with counters made if need be.
func (c *Cube) countersLike(m *counters) (int, error) {
	if i, known := c.find(m); known {
		return i, nil
	}
	if _, known := c.byMeasure[m.def.Key]; !known {
		if len(c.measures) == maxMeasures {
			return 0, fmt.Errorf("survey: %w", &cxmodel.LimitError{What: "measures", Limit: maxMeasures})
		}
		c.define(m.def)
	}
	return c.class(c.byMeasure[m.def.Key], m.weight)
}

// defineAll gives an empty cube the measures and weights of another, in the same order.
func (c *Cube) defineAll(o *Cube) {
	for _, m := range o.measures {
		c.measures = append(c.measures, newCounters(m.def, m.weight))
	}
	c.byMeasure, c.byWeight = maps.Clone(o.byMeasure), maps.Clone(o.byWeight)
}

// weightsOf returns the indexes of the counters of a measure, the lightest first.
func (c *Cube) weightsOf(measure int) []int {
	all := []int{measure}
	for k, i := range c.byWeight {
		if k.measure == measure {
			all = append(all, i)
		}
	}
	slices.SortFunc(all, func(a, b int) int { return cmp.Compare(c.measures[a].weight, c.measures[b].weight) })
	return all
}

// index returns the index of a cell in its counters, false if there is no such cell.
func (c *Cube) index(id cellID) (uint32, bool) {
	if id.measure() == maxMeasures { // that of no cube
		return 0, false
	}
	return c.measures[id.measure()].find(id)
}

// counted returns the counts of the cells of one measure and place, the lightest first.
func (c *Cube) counted(ids []cellID) Count {
	counts := make([]Count, len(ids))
	for i, id := range ids {
		m := c.measures[id.measure()]
		cell, _ := m.find(id)
		counts[i] = m.viewWeighted(cell, c.opts.Weighted)
	}
	if len(counts) == 1 {
		return counts[0]
	}
	sum, err := Sum(counts...)
	if err != nil {
		panic("survey: cells of one measure do not add up: " + err.Error())
	}
	return sum
}

// viewWeighted is view, with the weight where that is told.
func (m *counters) viewWeighted(cell uint32, weighted bool) Count {
	c := m.view(cell)
	if weighted {
		c.Weights = []WeightClass{{m.weight, c.Answers}}
	}
	return c
}

// mergeWeights adds up the classes of the same weight.
func mergeWeights(all []WeightClass) ([]WeightClass, error) {
	slices.SortStableFunc(all, func(a, b WeightClass) int { return cmp.Compare(a.Weight, b.Weight) })
	var out []WeightClass
	for _, w := range all {
		if n := len(out) - 1; n < 0 || out[n].Weight != w.Weight {
			out = append(out, WeightClass{w.Weight, w.Answers.Clone()})
		} else if err := out[n].Answers.Merge(w.Answers); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// weighted returns the metric of answers by weight, with the linearised variance of independent answers.
func (c Count) weighted(o EstimateOptions) (metrics.Estimate, error) {
	v, err := newValues(c.Measure)
	if err != nil {
		return unavailable(string(c.Measure.Metric)), err
	}
	w := &weighing{sums: map[float64]float64{}}
	err = c.eachWeighted(v, func(y, weight float64, n int) { w.add(y, weight, n) })
	if err == nil && w.n == 0 {
		_, err = c.Measure.read(c.answers(), o) // the error that says where the answers went
	}
	if err != nil {
		e := unavailable(v.template.Metric)
		e.Definition, e.Unit, e.Missing, e.OffScale = v.template.Definition, v.template.Unit, c.answers().Missing(), c.answers().OffScale()
		return e, err
	}
	w.mean = w.average()
	err = c.eachWeighted(v, func(y, weight float64, n int) {
		x := y - w.mean
		w.dev += weight * x * x / w.w * float64(n)
		z := weight * x / w.w
		w.variance += z * z * float64(n)
	})
	if err != nil {
		return unavailable(v.template.Metric), err
	}
	w.clusters, w.df, w.interval = w.n, float64(w.n-1), IntervalEffectiveN
	if w.n > 1 {
		w.variance *= float64(w.n) / w.df
	}
	e, err := v.estimate(w, o)
	e.Missing, e.OffScale = c.answers().Missing(), c.answers().OffScale()
	if e.OffScale > w.n/19 {
		e.Warnings |= metrics.WarnOffScale
	}
	return e, err
}

func (c Count) eachWeighted(v *values, do func(y, weight float64, n int)) error {
	for _, class := range c.Weights {
		for score, n := range class.Answers.Scores() {
			y, err := v.of(score)
			if err != nil {
				return err
			}
			do(y, class.Weight, n)
		}
	}
	return nil
}
