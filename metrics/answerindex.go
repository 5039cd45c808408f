package metrics

import (
	"fmt"
	"math"
)

// An IndexQuestion is one question of an index. Its bands say which answers are good, neutral and bad.
type IndexQuestion struct {
	Name   string
	Bands  Bands
	Weight float64 // not negative; only proportions count
}

// AnswerIndex returns an index of several questions answered by the same respondents, one row each: good answers count +1,
// neutral ones 0, bad ones -w (BalanceOptions.BadWeight, 1 by default),
//
//	index = mean over respondents of Σ weight_q count_q/Σ weight_q
//
// in [-w, 1], with Student's t interval over respondents, which knows how their answers hang together; a sum of standard
// errors would not. With three questions on 1 to 5, equal weights, bad below 3 and good above it is the CX index of 2015
// over 100. Rows with an answer missing (NaN) or off its scale are left out and counted. It fails with [ErrBands],
// [ErrOption], [ErrMismatch] or [ErrNoData].
func AnswerIndex(rows [][]float64, questions []IndexQuestion, opts *BalanceOptions) (IndexResult, error) {
	const metric = "answer index"
	r := IndexResult{Index: unavailable(metric, UnitScore)}
	level, _, bad, err := opts.resolve()
	if err != nil {
		return r, err
	}
	total := 0.
	for _, q := range questions {
		if err := q.Bands.Check(); err != nil {
			return r, fmt.Errorf("%w (question %q)", err, q.Name)
		}
		if !(q.Weight >= 0) || !finite(q.Weight) {
			return r, fmt.Errorf("%w: question %q has weight %v", ErrOption, q.Name, q.Weight)
		}
		total += q.Weight
	}
	if !(total > 0) || !finite(total) {
		return r, fmt.Errorf("%w: the weights of %d questions sum to %v", ErrOption, len(questions), total)
	}
	scores := make([]float64, 0, len(rows))
	sums := make([]accumulator, len(questions))
	counts := make([]float64, len(questions))
	for i, row := range rows {
		if len(row) != len(questions) {
			return r, fmt.Errorf("%w: row %d has %d answers to %d questions", ErrMismatch, i, len(row), len(questions))
		}
		missing, off, score := false, false, 0.
		for j, q := range questions {
			missing = missing || math.IsNaN(row[j])
			off = off || !q.Bands.Scale.Contains(row[j])
			if counts[j] = float64(q.Bands.side(row[j])); counts[j] < 0 {
				counts[j] = -bad
			}
			score += q.Weight / total * counts[j]
		}
		switch {
		case missing:
			r.Index.Missing++
			continue
		case off:
			r.Index.OffScale++
			continue
		}
		scores = append(scores, score)
		for j, c := range counts {
			sums[j].add(c)
		}
	}
	if len(scores) == 0 {
		return r, fmt.Errorf("%w for %s: none of %d rows is complete and on the scales", ErrNoData, metric, len(rows))
	}
	d, err := Describe(scores, &MeanOptions{Level: level})
	if err != nil {
		return r, err
	}
	missing, off := r.Index.Missing, r.Index.OffScale
	r.Index = d.Mean
	e := &r.Index
	e.Metric, e.Unit, e.Missing, e.OffScale = metric, UnitScore, missing, off
	e.Definition = fmt.Sprintf("good - %v bad, %d questions", bad, len(questions))
	if e.HasInterval() {
		e.clamp(-bad, 1)
	}
	if float64(off) > .05*float64(off+e.N) {
		e.Warnings |= WarnOffScale
	}
	for j, q := range questions {
		w, s := q.Weight/total, sums[j].sum()/float64(len(scores))
		r.Parts = append(r.Parts, IndexPart{Name: q.Name, Weight: w, Score: s, Contribution: w * s, Lost: w * (1 - s)})
	}
	return r, nil
}
